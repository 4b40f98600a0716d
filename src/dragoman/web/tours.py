"""Itineraries: where somebody travelled, one place after the other, from the visits that a filter leaves. Pure but for
the question to the index.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from dragoman.types import Status
from dragoman.web import search
from dragoman.web.asked import Asked
from dragoman.web.atlas import at
from dragoman.web.index import Index
from dragoman.web.remembered import remembered

# Days between two places of one tour at most, and itineraries that one map shows; by hand, not measured.
_GAP, MOST = dt.timedelta(days=14), 8
# What was not, or was called for only, is no place of a tour.
_UNDONE = (Status.CANCELLED.value, Status.DENIED.value, Status.CALLED_FOR.value, Status.HYPOTHETICAL.value)


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of a tour, with the first event that tells of it; ``x`` and ``y`` in the map's units."""

    place: str
    event: str
    day: str
    planned: bool
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tour:
    """Who travelled, and the places in order, two or more; no place twice in a row."""

    key: str
    name: str
    stops: tuple[Stop, ...]

    @property
    def legs(self) -> list[tuple[Stop, Stop]]:
        """From each place to the next."""
        return list(pairwise(self.stops))


def tours(index: Index, asked: Asked) -> list[Tour]:
    """The itineraries of the visits asked for, those of most places first, then by day."""
    return remembered(index, f"tours {search.filter_key(asked)}", lambda: _tours(search.visits(index, asked)))


def _tours(visits: Sequence[dict[str, Any]]) -> list[Tour]:
    found = []
    for key, rows in groupby(visits, lambda row: row["key"]):
        for some in _close(row for row in rows if row["status"] not in _UNDONE):
            stops = tuple(_stop(row) for row in _moved(some))
            if len({stop.place for stop in stops}) > 1:
                found.append(Tour(key, some[0]["name"], stops))
    return sorted(found, key=lambda tour: (-len(tour.stops), tour.stops[0].day, tour.key))[:MOST]


def _close(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Visits by day, parted where too many days lie between two."""
    some: list[dict[str, Any]] = []
    for row in rows:
        if some and dt.date.fromisoformat(row["day"]) - dt.date.fromisoformat(some[-1]["day"]) > _GAP:
            yield some
            some = []
        some.append(row)
    if some:
        yield some


def _moved(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The visits that are at another place than the one before."""
    return [row for number, row in enumerate(rows) if not number or row["place"] != rows[number - 1]["place"]]


def _stop(row: dict[str, Any]) -> Stop:
    x, y = at(row["lat"], row["lon"])
    return Stop(row["place"], row["id"], row["days"], row["status"] == Status.PLANNED.value, x, y)
