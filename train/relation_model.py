"""The network that tells what a sentence says between two marked parties. Torch; what is shipped has none.

Six layers begun with the backbone's, over the reader's table of pieces (in bytes, as shipped, never learned): each
piece is the sum of its vector, its place, the mark that it is and the party that it belongs to. Means over source,
target, beginning and all else go through one layer to the scores of the roots. Columns: dragoman.language.relation.
"""

import numpy as np
import torch
from torch import Tensor, nn

from dragoman.language.relation import BOTH, LONGEST, MARKS, NO_MARK, ROOTS, VIEWS, Table
from train.reader_model import LAYERS, WIDTH, Encoder, Layer, backbone

KINDS = BOTH + 1
MARK_WORDS = ("[PAD]", "@", "@", "#", "#")  # the pieces whose vectors marks begin with


class Network(nn.Module):
    """Marked sentences to scores of roots."""

    def __init__(self, dropout: float = 0.1, light: float = 0.2) -> None:
        super().__init__()
        self.marks, self.kinds = nn.Embedding(MARKS, WIDTH), nn.Embedding(KINDS, WIDTH)
        self.places = nn.Embedding(LONGEST, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.inner, self.root = nn.Linear(VIEWS * WIDTH, WIDTH), nn.Linear(WIDTH, len(ROOTS))
        self.dropout, self.light = nn.Dropout(dropout), nn.Dropout(light)

    def forward(self, pieces: Tensor, marks: Tensor, kinds: Tensor, views: Tensor) -> Tensor:
        """``pieces`` [B, T, WIDTH], ``marks``, ``kinds`` [B, T], ``views`` [B, VIEWS, T] -> [B, roots]."""
        x = pieces * (marks == NO_MARK)[..., None] + self.marks(marks) * (marks != NO_MARK)[..., None]
        x = self.dropout(self.norm(x + self.kinds(kinds) + self.places.weight[: marks.shape[1]]))
        hidden = (views[:, :2].sum(1) + views[:, 3] == 0)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, hidden)
        inner = self.inner(self.light((views @ x).flatten(1)))
        scores: Tensor = self.root(self.light(torch.tanh(inner)))
        return scores

    def start(self, table: Table, vocabulary: dict[str, int]) -> None:
        """Begin with the backbone's layers, and with marks that are the vectors of signs."""
        encoder = Encoder(len(table.rows))
        encoder.start_from(backbone() / "model.safetensors")
        self.layers.load_state_dict(encoder.layers.state_dict())
        self.norm.load_state_dict(encoder.norm.state_dict())
        numbers = np.array([vocabulary[word] for word in MARK_WORDS])
        with torch.no_grad():
            self.places.weight.copy_(encoder.places.weight[:LONGEST] + encoder.shapes.weight[0])
            self.marks.weight.copy_(torch.from_numpy(table.vectors(numbers)))
            self.kinds.weight.zero_()
