"""The coder's network: the upper half of an encoder over the reader's lower half, and heads that tell of acts. Torch.

``Upper`` gives a vector per word; ``Heads`` turns words into scores of act types (row 0: none), pairs of a word and
somebody named into scores of roles (none, acting, affected), words that name acts into scores of statuses (learned
beside the others; the coder takes statuses from the rules). Columns of signs: :mod:`dragoman.claims.signs`.
"""

import torch
from torch import Tensor, nn

from dragoman.claims.signs import KINDS, PAIR_SIZES, SECTORS, SIZES, STATUSES, TYPES
from train.reader_model import LAYERS, WIDTH, Layer

BELOW = LAYERS // 2  # the layers that stay the reader's
INNER, PRODUCT = 256, 128
ROLES = 3
KINDS_OF_TYPE = len(TYPES) + 1


class Upper(nn.Module):
    """Half-read pieces to word vectors."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS - BELOW))

    def forward(self, middle: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """``middle`` [B, T, WIDTH]; ``mask`` [B, T], 1 at pieces; ``first`` [N] into B * T. Gives [N, WIDTH]."""
        hidden = (1.0 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            middle = layer(middle, hidden)
        return middle.reshape(-1, WIDTH)[first]

    def start_from(self, encoder: dict[str, Tensor]) -> None:
        """The upper layers of the reader's encoder."""
        own = {
            f"layers.{int(number) - BELOW}.{rest}": value
            for (_, number, rest), value in (
                (name.split(".", 2), value) for name, value in encoder.items() if name.startswith("layers.")
            )
            if int(number) >= BELOW
        }
        self.load_state_dict(own)


def gelu(x: Tensor) -> Tensor:
    """The activation of the heads, as claims/weigher.py has it."""
    return nn.functional.gelu(x, approximate="tanh")


def table(rows: int) -> nn.Embedding:
    """A table of small vectors, nearly nothing at first."""
    made = nn.Embedding(rows, INNER)
    nn.init.normal_(made.weight, std=0.03)
    return made


class Heads(nn.Module):
    """What is read off word vectors and signs."""

    def __init__(self, dropout: float = 0.25) -> None:
        super().__init__()
        self.word = nn.Linear(WIDTH, INNER)
        self.signs = nn.ModuleList(table(size) for size in SIZES)
        self.typed = nn.Linear(INNER, KINDS_OF_TYPE)
        self.of_type = table(KINDS_OF_TYPE)
        self.at, self.by = nn.Linear(WIDTH, INNER), nn.Linear(WIDTH, INNER)
        self.pairs = nn.ModuleList(table(size) for size in PAIR_SIZES)
        self.kind, self.sector = table(len(KINDS) + 1), table(len(SECTORS) + 1)
        self.left, self.right = nn.Linear(WIDTH, PRODUCT), nn.Linear(WIDTH, PRODUCT)
        self.product = nn.Linear(PRODUCT, INNER)
        self.mixed, self.role = nn.Linear(INNER, INNER), nn.Linear(INNER, ROLES)
        self.state, self.status = nn.Linear(WIDTH + 2 * INNER, INNER), nn.Linear(INNER, len(STATUSES))
        self.asked_by, self.asked_of = nn.Linear(WIDTH, PRODUCT), nn.Linear(WIDTH, PRODUCT)
        self.asked, self.joined = nn.Linear(WIDTH, PRODUCT), nn.Linear(3 * WIDTH, INNER)
        self.relation = nn.Linear(INNER, len(TYPES))
        self.drop, self.light = nn.Dropout(dropout), nn.Dropout(0.1)

    def types(self, words: Tensor, signs: Tensor) -> Tensor:
        """``words`` [N, WIDTH], ``signs`` [N, 9] -> [N, 17]."""
        inner = self.word(self.light(words))
        for at, rows in enumerate(self.signs):
            inner = inner + rows(signs[:, at])
        return self.typed(self.drop(gelu(inner)))

    def roles(self, at: Tensor, by: Tensor, kinds: Tensor, pairs: Tensor, people: Tensor) -> Tensor:
        """Words ``at`` [P, WIDTH] that name acts of ``kinds`` [P], words ``by`` [P, WIDTH] of those named, with the
        signs of their ``pairs`` [P, 4] and of the ``people`` [P, 2] -> [P, 3].
        """
        at, by = self.light(at), self.light(by)
        inner = self.at(at) + self.by(by) + self.of_type(kinds) + self.product(self.left(at) * self.right(by))
        inner = inner + self.kind(people[:, 0]) + self.sector(people[:, 1])
        for column, rows in enumerate(self.pairs):
            inner = inner + rows(pairs[:, column])
        inner = self.mixed(self.drop(gelu(inner)))
        return self.role(self.drop(gelu(inner)))

    def statuses(self, at: Tensor, kinds: Tensor, signs: Tensor) -> Tensor:
        """Words ``at`` [E, WIDTH] that name acts of ``kinds`` [E], with their ``signs`` [E, 9] -> [E, statuses]."""
        known = self.signs[8](signs[:, 8]) + self.signs[0](signs[:, 0]) + self.signs[1](signs[:, 1])
        inner = self.state(torch.cat([self.light(at), self.of_type(kinds), known], 1))
        return self.status(self.drop(gelu(inner)))

    def between(self, source: Tensor, target: Tensor, words: Tensor, mask: Tensor) -> Tensor:
        """Words ``source`` and ``target`` [P, WIDTH] of sentences ``words`` [P, L, WIDTH] with ``mask`` [P, L] ->
        [P, types].
        """
        asked = torch.tanh(self.asked_by(self.light(source)) + self.asked_of(self.light(target)))
        scores = (self.asked(self.light(words)) * asked[:, None]).sum(-1).masked_fill(~mask, -1e9)
        seen = (scores.softmax(-1)[..., None] * words).sum(1)
        inner = self.joined(self.light(torch.cat([source, target, seen], 1)))
        return self.relation(self.drop(gelu(inner)))
