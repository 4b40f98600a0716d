"""Where events are drawn on the map: places with their numbers, the part of the world that holds them all.

Plate carrée: x = longitude + 180, y = 90 - latitude, in tenths of a degree. Pure but for the outline of the land, which
is read once.
"""

import functools
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

# The least part of the world that is shown, and what is left free around the places; tenths of a degree.
_LEAST, _MARGIN = 300, 60
# Names are as large as if so many letters' heights made the map's width.
LETTERS = 80
# The radius of one event at a place, of the most, and of what a pointer needs, as parts of the width.
_SMALL, _LARGE = 0.005, 0.018


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its events; ``coarse`` where only the country is known."""

    name: str
    country: str
    events: int
    disputed: int
    x: float
    y: float
    radius: float
    coarse: bool
    named: bool = False


@dataclass(frozen=True, slots=True)
class Atlas:
    """The part of the world that is shown, and the places on it, the largest first."""

    left: float
    top: float
    width: float
    height: float
    spots: tuple[Spot, ...]


@functools.cache
def land() -> str:
    """The outline of the land as an SVG path."""
    raw = (resources.files("dragoman") / "data" / "land.json").read_text(encoding="utf-8")
    return str(json.loads(raw)["land"])


def at(lat: float, lon: float) -> tuple[float, float]:
    """Where a point of WGS 84 lies on the map."""
    return (lon + 180) * 10, (90 - lat) * 10


def drawn(places: Sequence[dict[str, Any]]) -> Atlas | None:
    """The map of places (name, country, lat, lon, precision, events, disputed); None where there are none."""
    if not places:
        return None
    xs, ys = zip(*(at(place["lat"], place["lon"]) for place in places), strict=True)
    left, width = _range(min(xs), max(xs), 3600)
    top, height = _range(min(ys), max(ys), 1800)
    if width < 2 * height:
        left, width = _widened(left, width, 2 * height, 3600)
    else:
        top, height = _widened(top, height, width / 2, 1800)
    most = max(place["events"] for place in places)
    spots = [
        Spot(
            name=place["name"],
            country=place["country"],
            events=place["events"],
            disputed=place["disputed"],
            x=round(x, 1),
            y=round(y, 1),
            radius=round(width * (_SMALL + (_LARGE - _SMALL) * math.sqrt(place["events"] / most)), 1),
            coarse=place["precision"] in ("country", "region"),
        )
        for place, x, y in zip(places, xs, ys, strict=True)
    ]
    ranked = sorted(spots, key=lambda spot: (-spot.events, spot.name))
    return Atlas(left, top, width, height, tuple(_named(ranked, width / LETTERS)))


def _named(spots: Sequence[Spot], size: float) -> Iterator[Spot]:
    """The same, those marked whose names can stand above them without touching another name."""
    taken: list[tuple[float, float, float]] = []
    for spot in spots:
        half, y = len(spot.name) * size * 0.3, spot.y - spot.radius
        free = all(abs(y - other) > size * 1.1 or abs(spot.x - x) > half + wide for x, other, wide in taken)
        if free:
            taken.append((spot.x, y, half))
        yield replace(spot, named=free)


def _range(low: float, high: float, most: float) -> tuple[float, float]:
    """Where a range begins and how long it is, with a margin, within 0 to ``most``."""
    return _widened(low - _MARGIN, high - low + 2 * _MARGIN, _LEAST, most)


def _widened(start: float, length: float, least: float, most: float) -> tuple[float, float]:
    grown = min(max(length, least), most)
    start = min(max(0.0, start - (grown - length) / 2), most - grown)
    return round(start, 1), round(grown, 1)
