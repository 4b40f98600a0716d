"""Days of an act in a reader's words: ``16–17 May 2023``, ``some day 15–18 May 2023``. The tables keep EDTF.

Pure. Months are named in English whatever the language of the system is.
"""

import calendar
import datetime as dt

from dragoman.types import Cell, Interval

_MONTHS = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def in_words(cell: Cell[Interval]) -> str:
    """When it was: a day, days that it lasted, or "some day" of several; "undated" where nothing is known."""
    value = cell.value
    if value is None or not value.known:
        return "undated"
    if len(value.among) > 1:
        return " or ".join(day(one) for one in value.among)
    first, last = value.first_min, value.last_max
    if first is None or last is None:
        return f"from {day(first)}" if first else f"until {day(last)}" if last else "undated"
    if first == last:
        return day(first)
    either = (first, last) == (value.last_min, value.first_max)  # one unknown day, not a time that it lasted
    if either and (whole := _whole(first, last)):
        return whole
    sure = either or (value.first_min == value.first_max and value.last_min == value.last_max)
    return f"{'some day ' if either else '' if sure else 'about '}{span(first, last)}"


def day(one: dt.date) -> str:
    """``16 May 2023``."""
    return f"{one.day} {_MONTHS[one.month]} {one.year:04}"


def month(one: dt.date) -> str:
    """``May 2023``."""
    return f"{_MONTHS[one.month]} {one.year:04}"


def _whole(first: dt.date, last: dt.date) -> str:
    """``May 2023`` or ``2023`` for the days of a whole month or year, else ""."""
    if (first.day, first.month, last.month, last.day, last.year) == (1, 1, 12, 31, first.year):
        return f"{first.year:04}"
    if first.day == 1 and last == first.replace(day=calendar.monthrange(first.year, first.month)[1]):
        return month(first)
    return ""


def span(first: dt.date, last: dt.date) -> str:
    """``15–18 May 2023``, ``30 May – 2 June 2023``."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    begin = day(first) if first.year != last.year else f"{first.day} {_MONTHS[first.month]}"
    return f"{begin} – {day(last)}"
