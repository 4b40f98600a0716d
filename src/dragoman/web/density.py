"""How many events there are in each day, week, month or year of a time: bars above the timeline, each a way into it.

Pure geometry, in the units of the timeline's drawing. Knows no page.
"""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dragoman.terminal import days
from dragoman.web.timeline import LEFT, RIGHT, WIDTH

# The height of the tallest bar, of the least, and of the whole drawing.
TALL, _LEAST, HEIGHT = 52, 3, 60
# The longest times, in days, that are shown by day, week and month; longer ones by year.
_DAYS, _WEEKS, _MONTHS = 62, 430, 3700


@dataclass(frozen=True, slots=True)
class Bar:
    """Some days and their events; ``since`` and ``until`` as a URL asks for them, ``name`` as a person reads them."""

    since: str
    until: str
    name: str
    count: int
    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Density:
    """The bars, and the times before, after and around that a person may go on to; "" where there are no more."""

    bars: tuple[Bar, ...]
    unit: str
    earlier: tuple[str, str] | None
    later: tuple[str, str] | None
    wider: tuple[str, str] | None


def density(counts: Mapping[str, int], since: str, until: str) -> Density | None:
    """The bars of a time (ISO days, "" for all of it) from the events of each day; None where no event has a day."""
    known = {dt.date.fromisoformat(one): number for one, number in counts.items()}
    if not known:
        return None
    low = dt.date.fromisoformat(since) if since else min(known)
    high = dt.date.fromisoformat(until) if until else max(known)
    if low > high:
        return None
    unit, spans = _spans(low, high)
    held: Counter[dt.date] = Counter()
    for one, number in known.items():
        if low <= one <= high:
            held[_begin(one, unit)] += number
    most = max(held.values(), default=1)
    scale = (WIDTH - LEFT - RIGHT) / ((high - low).days + 1)
    bars = [
        Bar(
            max(first, low).isoformat(), min(last, high).isoformat(), _name(first, last, unit), held[first],
            round(LEFT + (max(first, low) - low).days * scale, 1),
            round(max(1.0, ((min(last, high) - max(first, low)).days + 1) * scale - 1), 1),
            round(max(_LEAST, TALL * held[first] / most), 1),
        )
        for first, last in spans
        if held[first]
    ]  # fmt: skip
    return Density(tuple(bars), unit, *_around(known, low, high))


def _around(
    known: Mapping[dt.date, int], low: dt.date, high: dt.date
) -> tuple[tuple[str, str] | None, tuple[str, str] | None, tuple[str, str] | None]:
    """As long a time before, after, and three times as long around, where events are."""
    length = (high - low).days + 1

    def window(by: int, to: int) -> tuple[str, str] | None:
        try:
            return (low + dt.timedelta(days=by)).isoformat(), (high + dt.timedelta(days=to)).isoformat()
        except OverflowError:
            return None

    before, after = any(one < low for one in known), any(one > high for one in known)
    return (
        window(-length, -length) if before else None,
        window(length, length) if after else None,
        window(-length, length) if before or after else None,
    )


def _spans(low: dt.date, high: dt.date) -> tuple[str, Iterator[tuple[dt.date, dt.date]]]:
    """The unit that suits a time, and all of its days, weeks, months or years."""
    length = (high - low).days + 1
    unit = "day" if length <= _DAYS else "week" if length <= _WEEKS else "month" if length <= _MONTHS else "year"

    def spans() -> Iterator[tuple[dt.date, dt.date]]:
        first = _begin(low, unit)
        while first <= high:
            last = _end(first, unit)
            yield first, last
            if last == dt.date.max:
                return
            first = last + dt.timedelta(days=1)

    return unit, spans()


def _begin(day: dt.date, unit: str) -> dt.date:
    if unit == "week":
        return day - dt.timedelta(days=min(day.weekday(), day.toordinal() - 1))
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1) if unit == "year" else day


def _end(first: dt.date, unit: str) -> dt.date:
    if unit == "week":
        return first + dt.timedelta(days=min(6 - first.weekday(), (dt.date.max - first).days))
    if unit == "month":
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first.replace(month=12, day=31) if unit == "year" else first


def _name(first: dt.date, last: dt.date, unit: str) -> str:
    if unit == "year":
        return f"{first.year}"
    if unit == "month":
        return days.month(first)
    return days.day(first) if unit == "day" else days.span(first, last)
