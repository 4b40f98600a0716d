"""Expressions of time in normal form, and the days they mean as seen from an anchor day.

The normal form is what a mention of a time is kept as, so that a text without a date can be dated anew when more is
known. It is small, like TIMEX3 values, and closed under composition. Knows the calendar only: no language (that is
``mentions.times``), no reports, no wall clock.

===================  ==============================================================================================
written dates        ``2023-05-16`` ``2023-05`` ``2023`` ``2023-Q1`` ``2023-H2`` ``2023-SU`` (SP SU AU WI) ``199X``
                     ``19XX`` ``2022-F10`` (the fiscal year that begins in October 2022)
named, no year       ``WD:5:d`` weekday (1 Monday) · ``MD:05-16:d`` day of a month · ``MO:04:d`` month ·
                     ``SE:SU:d`` season · ``QU:1:d`` quarter · ``HY:1:d`` half-year · ``WE:d`` weekend ·
                     ``EA:-2:d`` days from Easter, ``OE:0:d`` from that of the eastern churches · ``NTH:11-4-4:d``
                     fourth Thursday of November, L the last · ``DM:04:d`` the 4th of a month · ``FE:RAMADAN:d`` a
                     feast of the table of feasts.
                     ``d`` is the direction: ``<`` latest on or before the anchor, ``>`` first on or after it,
                     ``?`` not known (weekdays, weekends: as ``<``; others: the nearest), ``-1`` the last one before
                     the anchor, ``+0`` this week's or this year's, ``+1`` next week's, or the next one after
counted              ``D-1`` yesterday · ``W+1`` next week · ``M+0`` this month; units D W M Q Y DE (decade) CE
distances            ``AGO:P2W`` two weeks ago: that day; of months, quarters and years that month, quarter or year;
                     of longer units give or take half of one · ``IN:P2W`` · ``LAST:P3M`` within the past three
                     months · ``NEXT:PXD`` in the coming days (X: several); also PT24H hours
vague                ``PAST`` ``NOW`` ``FUTURE``
parts                ``x;EARLY`` ``;MID`` ``;LATE`` (thirds) ``;START`` ``;END`` (tenths) ``;SOFAR`` (up to the
                     anchor) ``;YET`` (from the anchor on) ``;H1`` ``;H2`` (halves) ``;F10D`` its first ten days
                     ``;L3D`` its last three (units D W M Y)
bounds               ``SINCE x`` (up to the anchor, as far as is told) ``FROM x`` (from its first day on) ``UNTIL x``
                     ``BEFORE x`` ``AFTER x`` ``BY x``
two                  ``x/y`` from x through y · ``x|y`` one or the other
another anchor       ``x@y``: x seen from y (``D+1@2023-05-16``); ``x@REF``: from the time last spoken of, which
                     grounding puts in place of REF; ``x@EVENT``: from something that the text does not date;
                     ``ANN:10@x``: the tenth anniversary of x
no days              ``DUR:P3D`` a length · ``SET:P1W`` a repetition · ``ORD:16:month`` of something (days only with
                     its beginning: ``ORD:16:month@2022-02-24``) · ``CMP x`` a comparison ("first since x")
===================  ==============================================================================================

Precedence, loosest first: bounds, ``/``, ``|``, ``@``, ``;``.
"""

import datetime as dt
import re
from dataclasses import replace

from dragoman import timex_calendar as calendar
from dragoman.timex_calendar import Days
from dragoman.types import Basis, Interval

BOUNDS = ("SINCE", "FROM", "UNTIL", "BEFORE", "AFTER", "BY", "CMP")
REF = "REF"
EVENT = "EVENT"

_KINDS = "WD|MD|MO|SE|QU|HY|EA|OE|NTH|DM|FE"
_WRITTEN = re.compile(r"\b\d{4}\b|\b\d{2}(?:\dX|XX)\b|\b(?:MD|MO|SE|QU|HY|EA|OE|NTH|FE):")
_UNANCHORED = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m>\d{2})(?:-(?P<d>\d{2}))?|-(?P<s>SP|SU|AU|WI)|-Q(?P<q>[1-4])|-H(?P<h>[12])"
    r"|-F(?P<f>0[1-9]|1[0-2]))?"
    r"|(?P<c>\d{2})(?P<e>\dX|XX)"
)
_NAMED = re.compile(
    rf"(?:(?P<kind>{_KINDS}):(?P<value>[A-Z]+|-?\d+(?:-\d+)*(?:-L)?)|(?P<we>WE)):(?P<dir>\?|<|>|-1|\+0|\+1)"
)
_COUNTED = re.compile(r"(?P<unit>DE|CE|D|W|M|Q|Y)(?P<delta>[+-]\d+)")
_DISTANCE = re.compile(r"(?P<way>AGO|IN|LAST|NEXT):P(?P<time>T)?(?P<n>\d+|X)(?P<unit>DE|CE|[DWMQYHS])")
_ORDINAL = re.compile(r"ORD:(?P<n>\d+):(?P<unit>day|week|month|year)")
_ANNIVERSARY = re.compile(r"ANN:(?P<n>\d+)")
_PARTS = ("EARLY", "MID", "LATE", "START", "END", "SOFAR", "YET")
_FEW = re.compile(r"(?P<end>[FL])(?P<n>\d+|X)(?P<unit>DE|CE|[DWMQY])|H(?P<half>[12])")
_NO_DAYS = {
    "DUR": "a length of time, not a date",
    "SET": "something repeated, not a date",
    "CMP": "a time compared with, not the time of the act",
}
_DIRECTION = re.compile(rf"((?:{_KINDS}):[A-Z0-9-]+:|WE:)([?<>])")


class TimexError(ValueError):
    """The expression has no days: malformed, no anchor, or not a date at all. The message is the reason."""


def evaluate(normal: str, anchor: Interval | dt.date | None) -> Interval:
    """The days that ``normal`` means, seen from ``anchor`` (a day, or what is known of it).

    One unknown day of a period has first and last day anywhere in it; "from x to y" has them certain where x and y
    are. An anchor with candidate days (``among``) gives candidates where the answer is a day, else the hull. Basis
    EXPLICIT where a date, month or year is written, else RELATIVE. Raises :class:`TimexError` with the reason.
    """
    anchors = _anchor_days(anchor)
    if not anchors:
        return _with_basis(normal, _bounds(normal, None))
    return _with_basis(normal, merge([_bounds(normal, day) for day in anchors], exact=_exact(anchor)))


def directed(normal: str, direction: str) -> str:
    """``normal`` with the direction of every named day or period in it set: "<" past, ">" to come, "?" not known.

    Those that carry a direction of their own ("last Friday") keep it.
    """
    if direction not in ("<", ">", "?"):
        raise TimexError(f"{direction!r} is no direction")
    return _DIRECTION.sub(lambda match: match[1] + direction, normal)


def undirected(normal: str) -> bool:
    """Whether ``normal`` holds a named day or period whose direction is not known."""
    return any(match[2] == "?" for match in _DIRECTION.finditer(normal))


def lasting(interval: Interval, length: str) -> Interval:
    """What began on a known day and lasts ``length`` ("DUR:P3D", days or weeks), first day counted; else as it was."""
    match = re.fullmatch(r"DUR:P(\d+)([DW])", length)
    start = interval.first_min
    if not match or start is None or interval != replace(interval, first_max=start, last_min=start, last_max=start):
        return interval
    if interval.among:
        return interval
    end = calendar.add_days(calendar.shift(start, int(match[1]), match[2]), -1)
    return replace(interval, last_min=end, last_max=end) if end > start else interval


def is_date(normal: str) -> bool:
    """Whether ``normal`` can mean days at all: no length, repetition or comparison, nor counted from an event."""
    head = re.split(r"[: ]", normal, maxsplit=1)[0]
    return bool(normal) and head not in _NO_DAYS and not normal.endswith("@" + EVENT)


def merge(intervals: list[Interval], *, exact: bool) -> Interval:
    """One interval for "any of these": candidates (``among``) when ``exact`` and all are single days, else the hull."""
    distinct = list(dict.fromkeys(intervals))
    if len(distinct) == 1:
        return distinct[0]
    days = sorted({day for item in distinct for day in _days_of(item)})
    whole = Interval(
        _low([item.first_min for item in distinct]),
        _high([item.first_max for item in distinct]),
        _low([item.last_min for item in distinct]),
        _high([item.last_max for item in distinct]),
    )
    single = all(_days_of(item) for item in distinct)
    return replace(whole, among=tuple(days)) if exact and single and len(days) > 1 else whole


def _days_of(item: Interval) -> tuple[dt.date, ...]:
    if item.among:
        return item.among
    same = item.first_min and item.first_min == item.first_max == item.last_min == item.last_max
    return (item.first_min,) if same and item.first_min else ()


def _low(days: list[dt.date | None]) -> dt.date | None:
    known = [day for day in days if day]
    return min(known) if len(known) == len(days) else None


def _high(days: list[dt.date | None]) -> dt.date | None:
    known = [day for day in days if day]
    return max(known) if len(known) == len(days) else None


def _anchor_days(anchor: Interval | dt.date | None) -> tuple[dt.date, ...]:
    if anchor is None or isinstance(anchor, dt.date):
        return (anchor,) if anchor else ()
    if anchor.among:
        return anchor.among
    if anchor.start and anchor.end:
        return (anchor.start, anchor.end) if anchor.start != anchor.end else (anchor.start,)
    return ()


def _exact(anchor: Interval | dt.date | None) -> bool:
    return not isinstance(anchor, Interval) or bool(anchor.among) or anchor.start == anchor.end


def _with_basis(normal: str, interval: Interval) -> Interval:
    return replace(interval, basis=Basis.EXPLICIT if _WRITTEN.search(normal) else Basis.RELATIVE)


def _bounds(normal: str, anchor: dt.date | None) -> Interval:
    word, _, rest = normal.partition(" ")
    if word not in BOUNDS or not rest:
        return _between(normal, anchor)
    if word == "CMP":
        raise TimexError(_NO_DAYS["CMP"])
    inner = _between(rest, anchor)
    if word in ("SINCE", "FROM"):
        told = word == "SINCE" and anchor and inner.last_max and anchor >= inner.last_max
        so_far = anchor if told else None
        return Interval(inner.first_min, inner.first_max, so_far, so_far)
    if word == "UNTIL":
        return Interval(None, None, inner.last_min, inner.last_max)
    if word == "BEFORE":
        end = calendar.add_days(inner.first_min, -1) if inner.first_min else None
        return Interval(None, end, None, end)
    if word == "AFTER":
        start = calendar.add_days(inner.last_max, 1) if inner.last_max else None
        return Interval(start, None, start, None)
    start = anchor if anchor and inner.last_max and anchor <= inner.last_max else None
    return Interval(start, inner.last_max, start, inner.last_max)


def _between(normal: str, anchor: dt.date | None) -> Interval:
    left, slash, right = normal.partition("/")
    if not slash:
        return _either(normal, anchor)
    if "/" in right:
        raise TimexError(f"{normal!r}: two ends at most")
    if _DIRECTION.search(left) and _DIRECTION.search(right):
        # "Friday and Saturday" are neighbours: the later is placed first in the past, the earlier in what is to come
        if _DIRECTION.search(normal)[2] == ">":  # type: ignore[index]
            first = _either(left, anchor)
            last = _either(right, first.first_min or anchor)
        else:
            last = _either(right, anchor)
            first = _either(directed(left, "<"), last.last_max or anchor)
    else:
        first, last = _either(left, anchor), _either(right, anchor)
    if first.first_min and last.last_max and first.first_min > last.last_max:
        raise TimexError(f"{normal!r} ends before it begins")
    return _ordered(first, last)


def _ordered(first: Interval, last: Interval) -> Interval:
    """From ``first`` to ``last``, the inner bounds cut to what the outer ones allow."""
    first_max = first.first_max if first.first_max == first.first_min else first.last_max
    last_min = last.last_min if last.last_max == last.last_min else last.first_min
    return Interval(first.first_min, first_max, last_min, last.last_max)


def _either(normal: str, anchor: dt.date | None) -> Interval:
    return merge([_seen(choice, anchor) for choice in normal.split("|")], exact=True)


def _seen(normal: str, anchor: dt.date | None) -> Interval:
    inner, at, outer = normal.partition("@")
    if not at or outer == REF:
        return _interval(_part(inner, anchor))
    if outer == EVENT:
        raise TimexError("counted from something that the text does not date")
    base = _bounds(outer, anchor)
    days = _anchor_days(base)
    if not days:
        raise TimexError(f"{outer!r} is no day to count from")
    exact = _exact(base) and not inner.startswith("ORD:")
    return merge([_interval(_counted_from(day, inner)) for day in days], exact=exact)


def _counted_from(start: dt.date, normal: str) -> tuple[dt.date | None, dt.date | None]:
    """What is told as so much after, before or into what began on ``start``."""
    if match := _ORDINAL.fullmatch(normal):
        return _nth(match, start)
    if match := _ANNIVERSARY.fullmatch(normal):
        return calendar.day(0, calendar.shift(start, int(match["n"]), "Y"))
    return _part(normal, start)


def _interval(days: tuple[dt.date | None, dt.date | None]) -> Interval:
    first, last = days
    return Interval(first, last, first, last)


def _part(normal: str, anchor: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    base, *names = normal.split(";")
    if base in ("PAST", "NOW", "FUTURE"):
        day = _need(anchor)
        return (None if base == "PAST" else day), (None if base == "FUTURE" else day)
    days = _simple(base, anchor)
    for name in names:
        few = _FEW.fullmatch(name)
        if name not in _PARTS and not few:
            raise TimexError(f"{normal!r}: {name!r} is no part of a period")
        if few:
            days = _few(days, few)
        elif name == "SOFAR":
            days = days[0], max(days[0], min(days[1], _need(anchor)))
        elif name == "YET":
            days = min(days[1], max(days[0], _need(anchor))), days[1]
        else:
            days = calendar.part(days, name)
    return days


def _few(days: Days, match: re.Match[str]) -> Days:
    """A half of a period, or the first or last days, weeks, months or years of it."""
    if match["half"]:
        return calendar.half(days, int(match["half"]))
    count = calendar.SEVERAL[match["unit"]] if match["n"] == "X" else int(match["n"])
    some = calendar.first if match["end"] == "F" else calendar.last
    return some(days, count, match["unit"])


def _need(anchor: dt.date | None) -> dt.date:
    if anchor is None:
        raise TimexError("no day is known to count from")
    return anchor


def _simple(normal: str, anchor: dt.date | None) -> Days:
    if match := _UNANCHORED.fullmatch(normal):
        return _written(match)
    if match := _COUNTED.fullmatch(normal):
        return calendar.unit_around(_need(anchor), match["unit"], int(match["delta"]))
    if match := _NAMED.fullmatch(normal):
        return _named(match, _need(anchor))
    if match := _DISTANCE.fullmatch(normal):
        return _distance(match, _need(anchor))
    if _ORDINAL.fullmatch(normal) or _ANNIVERSARY.fullmatch(normal):
        raise TimexError("an ordinal of something whose beginning the text does not say")
    if (reason := _NO_DAYS.get(normal.partition(":")[0])) and ":" in normal:
        raise TimexError(reason)
    raise TimexError(f"{normal!r} is no expression of time")


def _written(match: re.Match[str]) -> Days:
    try:
        if match["c"]:
            span = 10 if match["e"] != "XX" else 100
            first = int((match["c"] + match["e"]).replace("X", "0"))
            return dt.date(first, 1, 1), dt.date(first + span - 1, 12, 31)
        year = int(match["y"])
        if match["d"]:
            return calendar.day(0, dt.date(year, int(match["m"]), int(match["d"])))
        if match["s"]:
            return calendar.season(year, match["s"])
        if match["f"]:
            return calendar.month(year, int(match["f"]), 12)
        for name, length in (("m", 1), ("q", 3), ("h", 6)):
            if match[name]:
                return calendar.month(year, (int(match[name]) - 1) * length + 1, length)
        return calendar.month(year, 1, 12)
    except ValueError as error:
        raise TimexError(f"{match[0]!r}: {error}") from error


def _named(match: re.Match[str], anchor: dt.date) -> Days:
    try:
        return calendar.named(match["we"] or match["kind"], match["value"] or "", match["dir"], anchor)
    except ValueError as error:
        raise TimexError(f"{match[0]!r} is not in the calendar") from error


def _distance(match: re.Match[str], anchor: dt.date) -> Days:
    way, unit = match["way"], match["unit"]
    sign = -1 if way in ("AGO", "LAST") else 1
    if match["time"]:
        hours = 24 if match["n"] == "X" else int(match["n"]) if unit == "H" else 1
        ends = anchor, calendar.add_days(anchor, sign * -(-hours // 24))
        return min(ends), max(ends)
    if match["n"] == "X":
        near = anchor if way in ("LAST", "NEXT") else calendar.shift(anchor, sign * 2, unit)
        far = calendar.shift(anchor, sign * calendar.SEVERAL[unit], unit)
        return min(near, far), max(near, far)
    there = calendar.shift(anchor, sign * int(match["n"]), unit)
    if way in ("LAST", "NEXT"):
        return min(anchor, there), max(anchor, there)
    return calendar.around(there, unit)


def _nth(match: re.Match[str], start: dt.date) -> Days:
    """The n-th day, week, month or year of what began on ``start`` (its 16th month: 15 full months have passed)."""
    unit, count = match["unit"][0].upper(), int(match["n"])
    if count < 1:
        raise TimexError("ordinals count from 1")
    first = calendar.shift(start, count - 1, unit)
    return first, calendar.add_days(calendar.shift(start, count, unit), -1)
