"""What one sentence tells of between two parties that are given: the share of each PLOVER root.

A network of its own (data/coder/relation.onnx, trained by train/relation.py; docs/decisions/0021) reads the sentence
with both parties marked. Its word pieces and their vectors are the reader's: the table is taken out of the reader's
encoder, so that it is stored once. CONCEDE and RETREAT are one root, YIELD.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.language import network, stored
from dragoman.language.wordpiece import BEGIN, SEPARATOR, Vocabulary

ROOTS = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
NO_MARK, SOURCE_FROM, SOURCE_TO, TARGET_FROM, TARGET_TO = range(5)
MARKS = 5
PLAIN, SOURCE, TARGET, BOTH = range(4)  # what a piece belongs to
LONGEST = 120  # pieces; of longer sentences what stands around the parties
VIEWS = 4  # means over the source, the target, the beginning, all else
Part = tuple[int, int]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as the network reads it: its pieces (0 at marks), marks, and what each piece belongs to."""

    pieces: list[int]
    marks: list[int]
    kinds: list[int]


@dataclass(frozen=True, slots=True)
class Model:
    """The graph, the reader's vocabulary, and its table of pieces in bytes."""

    graph: Any
    vocabulary: Vocabulary
    table: "Table"


@dataclass(frozen=True, slots=True)
class Table:
    """Vectors of word pieces: ``(rows - zero) * scale``, rows [pieces, width] of bytes."""

    rows: NDArray[np.uint8]
    scale: float
    zero: float

    def vectors(self, pieces: NDArray[np.int64]) -> Floats:
        """[...] numbers of pieces -> [..., width]."""
        found: Floats = (self.rows[pieces].astype(np.float32) - np.float32(self.zero)) * np.float32(self.scale)
        return found


def table(encoder: bytes) -> Table:
    """The table of pieces that the reader's encoder stores."""
    kept = stored.tensors(encoder)
    scale, zero = (stored.number(kept[f"pieces.w_{part}"]) for part in ("scale", "zero_point"))
    size = stored.number({stored.WHOLE: kept["places.w"][stored.SHAPE][1:]})
    rows = np.frombuffer(stored.raw(kept["pieces.w_quantized"]), np.uint8).reshape(-1, int(size)).copy()
    return Table(rows, scale, zero)


def marked(sentence: str, source: Part, target: Part, vocabulary: Vocabulary) -> Marked:
    """A sentence with two parties, [first, last) code points, which may overlap."""
    ends = sorted({0, len(sentence), *source, *target})
    closing, opening = {source[1]: [SOURCE_TO]}, {source[0]: [SOURCE_FROM]}
    closing.setdefault(target[1], []).append(TARGET_TO)
    opening.setdefault(target[0], []).append(TARGET_FROM)
    pieces, marks, kinds = [vocabulary.numbers[BEGIN]], [NO_MARK], [PLAIN]
    for begin, end in zip(ends, [*ends[1:], len(sentence)], strict=True):
        for mark in (*closing.get(begin, ()), *opening.get(begin, ())):
            pieces.append(0)
            marks.append(mark)
            kinds.append(PLAIN)
        kind = (source[0] <= begin < source[1]) * SOURCE + (target[0] <= begin < target[1]) * TARGET
        found = [piece for form in sentence[begin:end].split() for piece in vocabulary.word(form)[0]]
        pieces += found
        marks += [NO_MARK] * len(found)
        kinds += [kind] * len(found)
    pieces.append(vocabulary.numbers[SEPARATOR])
    return around(Marked(pieces, [*marks, NO_MARK], [*kinds, PLAIN]))


def around(whole: Marked) -> Marked:
    """At most LONGEST pieces, those around the parties."""
    if len(whole.pieces) <= LONGEST:
        return whole
    held = [at for at, kind in enumerate(whole.kinds) if kind] or [0]
    begin = max(0, min(held[0] - 3, (held[0] + held[-1] - LONGEST) // 2))
    parts = (part[begin : begin + LONGEST] for part in (whole.pieces, whole.marks, whole.kinds))
    return Marked(*parts)


def padded(given: Sequence[Marked]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], Floats]:
    """Pieces, marks, kinds [B, T] and views [B, VIEWS, T], the weights of the means that the network takes."""
    length = max(len(one.pieces) for one in given)
    pieces, marks, kinds = (np.zeros((len(given), length), np.int64) for _ in range(3))
    views = np.zeros((len(given), VIEWS, length), np.float32)
    for row, one in enumerate(given):
        size = len(one.pieces)
        pieces[row, :size], marks[row, :size], kinds[row, :size] = one.pieces, one.marks, one.kinds
        kind, mark = kinds[row, :size], marks[row, :size]
        views[row, 0, :size] = (kind == SOURCE) | (kind == BOTH) | (mark == SOURCE_FROM)
        views[row, 1, :size] = (kind == TARGET) | (kind == BOTH) | (mark == TARGET_FROM)
        views[row, 2, 0] = 1
        views[row, 3, :size] = kind == PLAIN
    views /= np.maximum(views.sum(-1, keepdims=True), 1)
    return pieces, marks, kinds, views


@functools.cache
def load() -> Model:
    """The network that comes with Dragoman."""
    data = resources.files("dragoman").joinpath("data")
    listed = data.joinpath("reader", "vocab.txt").read_text(encoding="utf-8").split("\n")
    return Model(
        network.session(data.joinpath("coder", "relation.onnx").read_bytes(), network.threads()),
        Vocabulary({piece: number for number, piece in enumerate(listed) if piece}),
        table(data.joinpath("reader", "encoder.onnx").read_bytes()),
    )


def shares(sentence: str, source: Part, target: Part) -> dict[str, float]:
    """The share of each root between two parties of one sentence, [first, last) code points."""
    model = load()
    pieces, marks, kinds, views = padded([marked(sentence, source, target, model.vocabulary)])
    given = {
        "pieces": model.table.vectors(pieces) * (marks == NO_MARK)[..., None].astype(np.float32),
        "marks": marks,
        "kinds": kinds,
        "views": views,
        "lengths": np.array([pieces.shape[1]], np.int32),
    }
    (found,) = model.graph.run(("shares",), given)
    return {root: float(share) for root, share in zip(ROOTS, found[0], strict=True)}
