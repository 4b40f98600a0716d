"""A coded item as numbers, as train/coder_items.py makes it and train/coder.py learns from it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.claims.signs import Numbers


@dataclass(slots=True)
class Labelled:
    """An act of the gold: the word that names it (``weak``: guessed), the words of its quote, its cells as rows."""

    at: int
    weak: bool
    quote: tuple[int, int]
    type: int
    status: int
    told: bool
    roles: Numbers
    codes: frozenset[str]
    pairs: Numbers


@dataclass(slots=True)
class Example:
    """An item: windows of half-read pieces with where their words begin, signs, the people named, the acts."""

    document: str
    split: str
    topic: str
    windows: list[tuple[NDArray[np.float16], NDArray[np.int64]]]
    words: Numbers
    people: Numbers
    at: NDArray[np.int64]
    codes: list[str]
    acts: list[Labelled]
    ruled: dict[int, tuple[str, frozenset[str]]]
    pairs: dict[int, Numbers]
    between: list[tuple[int, int, tuple[int, ...]]]  # source, target and rows of types, of sentences of PLV


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of an act: ``days`` are (kind, features) of candidates, ``right`` the numbers of those that agree."""

    modes: tuple[str, ...]
    told: bool
    placed: bool
    days: tuple[tuple[str, tuple[str, ...]], ...]
    right: frozenset[int]
