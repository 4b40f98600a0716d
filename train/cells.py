"""Train the small network that reads an act's modes, its telling, its place and the kind of its day off its word.

    python -m train.cells FOLDER RUN/last.pt [--write]

FOLDER holds the examples (train.coder_items) and their cells (train.coder_cells); RUN/last.pt is the coder's network
(train.coder), whose word vectors are read once and kept still. The same topics are left out as there. ``--write`` adds
the weights to src/dragoman/data/coder/cells.npz.
"""

import argparse
import pickle
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dragoman.claims.cells import names
from dragoman.claims.signs import DAYS, SIZES, STATUSES, TYPES
from train import coder
from train.coder_examples import Cells, Example
from train.coder_export import TO, mean_of
from train.coder_model import Upper, gelu
from train.reader_model import WIDTH

INNER = 192
EPOCHS, RATE, DROPOUT = 40, 1e-3, 0.4  # by left-out topics
HIDDEN = 0.1  # of the time the signs of a word are hidden


@dataclass(slots=True)
class Rows:
    """Acts as tensors: vectors [E, WIDTH], their words' signs [E, 9], types, statuses, and what is right of them."""

    vectors: Tensor
    signs: Tensor
    types: Tensor
    statuses: Tensor
    modes: Tensor
    told: Tensor
    placed: Tensor
    days: Tensor
    offered: Tensor


class CellHeads(nn.Module):
    """An act's word, type and status to its cells."""

    def __init__(self, modes: int) -> None:
        super().__init__()
        self.word = nn.Linear(WIDTH, INNER)
        self.signs = nn.ModuleList(nn.Embedding(size, INNER) for size in SIZES)
        self.of_type, self.of_status = nn.Embedding(len(TYPES) + 1, INNER), nn.Embedding(len(STATUSES), INNER)
        for rows in (*self.signs, self.of_type, self.of_status):
            nn.init.normal_(rows.weight, std=0.03)
        self.cells = nn.Linear(INNER, modes + 2 + len(DAYS))
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, vectors: Tensor, signs: Tensor, types: Tensor, statuses: Tensor) -> Tensor:
        """-> [E, modes, told, placed, days]."""
        inner = self.word(self.drop(vectors)) + self.of_type(types) + self.of_status(statuses)
        for at, rows in enumerate(self.signs):
            inner = inner + rows(signs[:, at])
        found: Tensor = self.cells(self.drop(gelu(inner)))
        return found


@torch.no_grad()
def vectors(upper: Upper, examples: Sequence[Example]) -> dict[str, NDArray[np.float32]]:
    """The word vectors of examples, by document, rounded as an analysis keeps them."""
    upper.eval()
    out = {}
    for some in coder.batches(examples, None):
        given = coder.batch(some, None)
        found = upper(given.middle, given.mask, given.first).numpy()
        for one, begin in zip(some, given.begins, strict=True):
            out[one.document] = found[begin : begin + len(one.words)].astype("<f2").astype(np.float32)
    return out


def rows(examples: Sequence[Example], cells: dict[str, list[Cells]], seen: dict[str, NDArray[np.float32]]) -> Rows:
    """The acts of examples as tensors."""
    listed = {name: number for number, name in enumerate(names())}
    kept = [
        (one, act, cell) for one in examples for act, cell in zip(one.acts, cells.get(one.document, []), strict=True)
    ]
    right = np.zeros((len(kept), len(listed)), np.float32)
    days, offered = (np.zeros((len(kept), len(DAYS)), bool) for _ in range(2))
    for row, (_, act, cell) in enumerate(kept):
        for mode in cell.modes:
            if (name := (TYPES[act.type - 1], mode)) in listed:
                right[row, listed[name]] = 1
        for number, (kind, _) in enumerate(cell.days):
            offered[row, DAYS.index(kind)] = True
            days[row, DAYS.index(kind)] |= number in cell.right
    return Rows(
        torch.from_numpy(np.stack([seen[one.document][act.at] for one, act, _ in kept])),
        torch.from_numpy(np.stack([one.words[act.at] for one, act, _ in kept])),
        torch.tensor([act.type for _, act, _ in kept]),
        torch.tensor([act.status for _, act, _ in kept]),
        torch.from_numpy(right),
        torch.tensor([float(cell.told) for _, _, cell in kept]),
        torch.tensor([float(cell.placed) for _, _, cell in kept]),
        torch.from_numpy(days),
        torch.from_numpy(offered),
    )


def allowed(types: Tensor) -> Tensor:
    """Which modes each act's type has, [E, modes]."""
    owners = torch.tensor([TYPES.index(name) + 1 for name, _ in names()])
    return owners[None, :] == types[:, None]


def loss(heads: CellHeads, given: Rows, at: Tensor) -> Tensor:
    """What is to be made small, over some rows."""
    size = given.modes.shape[1]
    signs = given.signs[at].clone()
    signs[torch.rand(len(at)) < HIDDEN, 7:9] = 0
    scores = heads(given.vectors[at], signs, given.types[at], given.statuses[at])
    binary = nn.functional.binary_cross_entropy_with_logits
    known = allowed(given.types[at])
    found = binary(scores[:, :size][known], given.modes[at][known], reduction="sum") / len(at)
    found = found + binary(scores[:, size], given.told[at]) + binary(scores[:, size + 1], given.placed[at])
    days = scores[:, size + 2 :].masked_fill(~given.offered[at], -1e9).log_softmax(1)
    some = given.days[at].any(1)
    mass = days.masked_fill(~given.days[at], -1e9).logsumexp(1)
    return found - mass[some].sum() / len(at)


@torch.no_grad()
def figures(heads: CellHeads, given: Rows) -> dict[str, float]:
    """Shares that are right: exact sets of modes, told (F1), placed, the kind of day."""
    heads.eval()
    size = given.modes.shape[1]
    scores = heads(given.vectors, given.signs, given.types, given.statuses)
    said = (scores[:, :size] > 0) & allowed(given.types)
    told = scores[:, size] > 0
    hits = float((told & (given.told > 0)).sum())
    best = scores[:, size + 2 :].masked_fill(~given.offered, -1e9).argmax(1)
    some = given.days.any(1)
    return {
        "mode": float((said == (given.modes > 0)).all(1).float().mean()),
        "told": 2 * hits / float(told.sum() + given.told.sum()),
        "placed": float(((scores[:, size + 1] > 0) == (given.placed > 0)).float().mean()),
        "day": float(given.days[torch.arange(len(best)), best][some].float().mean()),
    }


def train(given: Rows, epochs: int = EPOCHS) -> CellHeads:
    """Heads that know these rows."""
    torch.manual_seed(1)
    heads = CellHeads(given.modes.shape[1])
    optimizer = torch.optim.AdamW(heads.parameters(), lr=RATE, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    for _ in range(epochs):
        heads.train()
        for at in torch.randperm(len(given.types)).split(128):
            optimizer.zero_grad()
            loss(heads, given, at).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
        schedule.step()
    return heads


def main() -> int:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    cells: dict[str, list[Cells]] = pickle.loads((chosen.folder / "cells.pkl").read_bytes())
    upper, _ = mean_of(chosen.weights)
    learn, measure = (
        [one for one in part if one.acts and one.document in cells] for part in coder.load(chosen.folder, chosen.fold)
    )
    seen = vectors(upper, [*learn, *measure])
    given = rows(learn, cells, seen)
    heads = train(given)
    parts = {
        "learned": learn,
        **{split: [one for one in measure if one.split == split] for split in ("train", "labels", "dev")},
    }
    for name, part in parts.items():
        if part:
            print(
                name,
                len(part),
                " ".join(f"{key} {value:.3f}" for key, value in figures(heads, rows(part, cells, seen)).items()),
            )
    if chosen.write:
        stored = {name: value.numpy().astype("<f2") for name, value in heads.state_dict().items()}
        np.savez(TO / "cells.npz", **{name: stored[name] for name in sorted(stored)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
