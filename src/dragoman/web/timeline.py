"""Where everything of a timeline is drawn: lanes of parties, events as dots and as bars over the days they may be.

Uncertain days are drawn as ranges, never as a point in their middle. Pure geometry, in units of the drawing; the
template makes the SVG. Knows no page.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

# Units: the whole width, the room for names on the left, a row, a heading.
WIDTH, LEFT, ROW, HEAD = 1200, 150, 18, 34
RIGHT = 20
# The narrowest thing that can be hit with a pointer (WCAG 2.2, 2.5.8, is met by the rows' height and this).
_NARROWEST = 14
# The room that the name of a tick takes.
_NAME = 70
# Lanes that are drawn; the rest shares one.
_LANES = 14


@dataclass(frozen=True, slots=True)
class Drawn:
    """One event: from ``x`` over ``width``, in row ``y``; ``point`` where its day is certain."""

    event: dict[str, Any]
    x: float
    y: float
    width: float
    point: bool
    open_start: bool
    open_end: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """The rows of one party."""

    code: str
    y: float
    height: float
    drawn: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line at a day, with its name."""

    x: float
    name: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole drawing, with its first and last day."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    height: float
    first: dt.date
    last: dt.date


def drawn(events: Sequence[dict[str, Any]], since: str = "", until: str = "") -> Timeline | None:
    """The timeline of events that have a first or last day (rows of the index); None where none has."""
    dated = [(event, *_days(event)) for event in events if event["first"] or event["last"]]
    if not dated:
        return None
    low = dt.date.fromisoformat(since) if since else min(first for _, first, _ in dated)
    high = dt.date.fromisoformat(until) if until else max(last for _, _, last in dated)
    if low > high:
        return None
    unit = (WIDTH - LEFT - RIGHT) / max(1, (high - low).days + 1)
    lanes, y, codes = [], float(HEAD), _lanes(event for event, *_ in dated)
    for code in codes:
        mine = [one for one in dated if (one[0]["lane"] if one[0]["lane"] in codes else "") == code]
        packed, rows = _packed(mine, low, high, unit, y)
        height = rows * ROW + 10
        lanes.append(Lane(code, y, height, tuple(packed)))
        y += height
    return Timeline(tuple(lanes), tuple(_ticks(low, high, unit)), y + 6, low, high)


def _days(event: dict[str, Any]) -> tuple[dt.date, dt.date]:
    first, last = event["first"] or event["last"], event["last"] or event["first"]
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last)


def _lanes(events: Iterable[dict[str, Any]]) -> list[str]:
    """Parties, those with most events first; "" is the lane of all the others."""
    count = Counter(event["lane"] for event in events)
    ranked = sorted(count, key=lambda code: (-count[code], code))
    return ranked if len(ranked) <= _LANES else [*ranked[: _LANES - 1], ""]


def _packed(
    mine: Iterable[tuple[dict[str, Any], dt.date, dt.date]], low: dt.date, high: dt.date, unit: float, top: float
) -> tuple[list[Drawn], int]:
    """Events in as few rows as they fit in without touching, and how many rows."""
    ends: list[float] = []
    made = []
    for event, first, last in sorted(mine, key=lambda one: (one[1], one[2], one[0]["id"])):
        if last < low or first > high:
            continue
        left = LEFT + (max(first, low) - low).days * unit
        width = max(_NARROWEST, ((min(last, high) - max(first, low)).days + 1) * unit)
        row = next((number for number, end in enumerate(ends) if end + 2 <= left), len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = left + width
        point = bool(event["first"]) and event["first"] == event["last"]
        made.append(
            Drawn(event, round(left, 1), round(top + 5 + row * ROW, 1), round(width, 1), point,
                  not event["first"], not event["last"])
        )  # fmt: skip
    return made, max(1, len(ends))


def _ticks(low: dt.date, high: dt.date, unit: float) -> list[Tick]:
    """Some six to twelve lines at the starts of days, months or years."""
    days = (high - low).days + 1
    if days <= 14:
        marked = [low + dt.timedelta(days=number) for number in range(days)]
        return [Tick(_at(day, low, unit), f"{day:%-d %b}") for day in marked]
    months = max(1, round(days / 30.4 / 10))
    months = next((step for step in (1, 2, 3, 6, 12, 24, 60, 120, 240) if step >= months), 600)
    if days <= 60:
        marked = [low + dt.timedelta(days=number) for number in range(0, days, 7)]
        return [
            Tick(_at(day, low, unit), f"{day:%-d %b %Y}" if day == marked[0] else f"{day:%-d %b}") for day in marked
        ]
    year, month, found = low.year, 1, list[Tick]()
    while dt.date(year, month, 1) <= high:
        day = dt.date(year, month, 1)
        if day >= low:
            found.append(Tick(_at(day, low, unit), f"{year}" if months >= 12 else f"{day:%b %Y}"))
        month += months
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        if year > dt.MAXYEAR:
            break
    if not found or found[0].x - LEFT > _NAME:  # nothing tells when it begins
        found.insert(0, Tick(LEFT, f"{low:%b %Y}"))
    return found


def _at(day: dt.date, low: dt.date, unit: float) -> float:
    return round(LEFT + (day - low).days * unit, 1)
