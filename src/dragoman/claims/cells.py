"""Cells of an act as a small network reads them off its word: its modes, and what its day rests on.

In NumPy, from data/coder/cells.npz (trained by train/cells.py; layer by layer the same). Days rest on one of the kinds
of :func:`dragoman.claims.likely_day.kind_of`.
"""

import functools
import io
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import numpy as np

from dragoman import codebook
from dragoman.claims import weigher
from dragoman.claims.signs import DAYS, SIZES, STATUSES, TYPES, Numbers
from dragoman.claims.weigher import Floats
from dragoman.types import Status

LIKELY = 0.5  # the share from which a mode is given


@dataclass(frozen=True, slots=True)
class Read:
    """The shares of the modes of an act's type, each for itself, and of what its day may rest on, together 1."""

    modes: Mapping[str, float]
    days: Mapping[str, float]


def likely_modes(read: Read) -> tuple[str, ...]:
    """The modes that are likelier than not."""
    return tuple(mode for mode, share in sorted(read.modes.items()) if share > LIKELY)


@functools.cache
def load() -> weigher.Weights:
    """The weights that come with Dragoman."""
    data = resources.files("dragoman").joinpath("data", "coder", "cells.npz").read_bytes()
    with np.load(io.BytesIO(data)) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


@functools.cache
def names() -> tuple[tuple[str, str], ...]:
    """Every mode of PLOVER with its type, in the order of the scores."""
    book = codebook.load()
    return tuple((name, mode) for name in TYPES for mode in sorted(book.types[name].modes))


def read(words: tuple[Floats, Numbers], kind: str, status: Status) -> Read:
    """The cells of an act; ``words``: the vector [width] and the signs [9] of the word that tells of it."""
    vector, signs = words
    weights = load()
    inner = weigher.linear(weights, "word", vector)
    inner = inner + weights["of_type.weight"][TYPES.index(kind) + 1]
    inner = inner + weights["of_status.weight"][STATUSES.index(status.value)]
    for at in range(len(SIZES)):
        inner = inner + weights[f"signs.{at}.weight"][signs[at]]
    scores = weigher.linear(weights, "cells", weigher.gelu(inner))
    listed = names()  # between these and the days stand two scores that are learned beside them (train/cells.py)
    single = 1 / (1 + np.exp(-scores[: len(listed)]))
    modes = {mode: float(share) for (name, mode), share in zip(listed, single, strict=True) if name == kind}
    days = weigher.shares(scores[-len(DAYS) :])
    return Read(modes, {day: float(share) for day, share in zip(DAYS, days, strict=True)})
