"""Choosing among candidates by trained weights: each candidate is a set of named features, the heaviest sum wins.

A log-linear choice (McFadden's conditional logit): the weights are whole thousandths of log-odds, so that sums are
exact and the same everywhere. ``python -m train.likely`` writes them to ``data/likely.json``.
"""

import functools
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from dragoman.types import Cell

_CHOSEN = "likeliest of "


@dataclass(frozen=True, slots=True)
class Chosen:
    """The index of the winning candidate, and the probability of each."""

    index: int
    shares: tuple[float, ...]

    @property
    def probability(self) -> float:
        """The winner's."""
        return self.shares[self.index]


@functools.cache
def load(table: str = "likely") -> Mapping[str, Mapping[str, int]]:
    """What is chosen -> feature -> weight in thousandths of log-odds.

    ``table``: "likely" for "day", "place", "state" and "sector"; "voices" for "voice" (train/voices.py); "scenes" for
    "scene" (train/scenes.py).
    """
    raw: dict[str, dict[str, int]] = json.loads(
        resources.files("dragoman").joinpath("data", f"{table}.json").read_bytes()
    )
    return raw


def points(weights: Mapping[str, int], features: Iterable[str]) -> int:
    """The sum of the weights of a candidate's features; features that were not learned count nothing."""
    return sum(weights.get(one, 0) for one in features)


def choose(weights: Mapping[str, int], candidates: Sequence[Sequence[str]], more: Sequence[int] = ()) -> Chosen:
    """The best of candidates given as features; the first of equals. Raises ValueError where there is none.

    ``more``: points of each candidate besides those of its features.
    """
    sums = [points(weights, one) + extra for one, extra in zip(candidates, more or [0] * len(candidates), strict=True)]
    best = max(range(len(sums)), key=lambda at: (sums[at], -at))
    raised = [math.exp(max((one - sums[best]) / 1000, -60)) for one in sums]
    total = sum(raised)
    return Chosen(best, tuple(round(one / total, 4) for one in raised))


def why(chosen: Chosen) -> str:
    """The reason of a cell that was chosen so."""
    return f"{_CHOSEN}{len(chosen.shares)} readings ({chosen.probability:.2f})"


def was_chosen(cell: Cell[Any]) -> bool:
    """Whether a cell's value was chosen by weights, by its reason (:func:`why`)."""
    return _CHOSEN in cell.reason
