"""Calendar arithmetic for :mod:`dragoman.timex`: named periods as pairs of days, first and last.

Knows the Gregorian calendar, and the feasts of others by their table: no text, no language, no reports. Weeks run from
Monday to Sunday (bench GUIDE v1.1, "date"; ISO 8601). Seasons are the meteorological ones of the northern hemisphere,
where the news outlets that name seasons without a place mostly are; winter is named by the year of its December.
"""

import datetime as dt
import re

from dragoman.timex_feasts import feast

Days = tuple[dt.date, dt.date]

# First month of each season (meteorological, northern hemisphere); each lasts three months
SEASONS = {"SP": 3, "SU": 6, "AU": 9, "WI": 12}
# Days on either side of "n units ago" that still round to n units: half a unit, of those that are not told exactly
HALF = {"DE": 1826, "CE": 18262}
# A day or month named without its year is not meant further away than this (days) where the same one of another year
# is near: "the 7 October attack" in a text of November is not next year's, whatever the verb (bench train, 566 dates)
FAR = {"MD": 240, "EA": 240, "OE": 240, "NTH": 240, "FE": 240, "MO": 300}
# "A few days" are fewer than a week, "some weeks" fewer than two months, and so on: units that X stands for at most
SEVERAL = {"D": 7, "W": 6, "M": 9, "Q": 4, "Y": 9, "DE": 9, "CE": 5}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}


def day(delta: int, of: dt.date) -> Days:
    """The day ``delta`` days from ``of``."""
    there = add_days(of, delta)
    return there, there


def add_days(of: dt.date, delta: int) -> dt.date:
    """``of`` moved by days, held within the calendar (years 1 to 9999)."""
    ordinal = of.toordinal() + delta
    return dt.date.fromordinal(min(max(ordinal, 1), dt.date.max.toordinal()))


def add_months(of: dt.date, delta: int) -> dt.date:
    """``of`` moved by months; a day that the month lacks becomes its last (31 March less a month: 28 February)."""
    month = min(max(of.year * 12 + of.month - 1 + delta, 12), 9999 * 12 + 11)
    year, month = divmod(month, 12)
    return dt.date(year, month + 1, min(of.day, days_in(year, month + 1)))


def shift(of: dt.date, count: int, unit: str) -> dt.date:
    """``of`` moved by ``count`` units (D, W, M, Q, Y, DE decade, CE century)."""
    if unit == "D":
        return add_days(of, count)
    if unit == "W":
        return add_days(of, 7 * count)
    return add_months(of, count * _MONTHS[unit])


def days_in(year: int, month: int) -> int:
    """The number of days of a month."""
    following = dt.date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else None
    return (following - dt.timedelta(days=1)).day if following else 31


def month(year: int, number: int, count: int = 1) -> Days:
    """The ``count`` months from month ``number`` of ``year``."""
    first = dt.date(year, number, 1)
    end = add_months(first, count - 1)
    return first, end.replace(day=days_in(end.year, end.month))


def season(year: int, name: str) -> Days:
    """A season; the winter of 2022 is December 2022 to February 2023."""
    return month(year, SEASONS[name], 3)


def unit_around(of: dt.date, unit: str, delta: int) -> Days:
    """The calendar week, month, quarter, year, decade or century ``delta`` after the one that ``of`` lies in.

    Last week, said on a Saturday or Sunday, is the week that is ending (bench train: 6 of 6).
    """
    if unit == "D":
        return day(delta, of)
    if unit == "W":
        if delta == -1 and of.weekday() >= 5:
            return add_days(of, -of.weekday()), of
        monday = add_days(of, 7 * delta - of.weekday())
        return monday, add_days(monday, 6)
    if unit == "M":
        there = add_months(of.replace(day=1), delta)
        return month(there.year, there.month)
    if unit == "Q":
        there = add_months(of.replace(day=1, month=of.month - (of.month - 1) % 3), 3 * delta)
        return month(there.year, there.month, 3)
    years = _MONTHS[unit] // 12
    first = min(max(of.year - of.year % years + delta * years, 1), 9999)
    return dt.date(first, 1, 1), dt.date(min(first + years - 1, 9999), 12, 31)


def around(of: dt.date, unit: str) -> Days:
    """What "n units ago" means whose n units end on ``of``: a day, its month, quarter or year, or days around it."""
    if unit in ("D", "W"):
        return day(0, of)
    if unit in HALF:
        return add_days(of, -HALF[unit]), add_days(of, HALF[unit])
    return unit_around(of, unit, 0)


def first(days: Days, count: int, unit: str) -> Days:
    """The first ``count`` units of a period, not more than it has."""
    return days[0], min(days[1], add_days(shift(days[0], count, unit), -1))


def last(days: Days, count: int, unit: str) -> Days:
    """The last ``count`` units of a period, not more than it has."""
    return max(days[0], shift(add_days(days[1], 1), -count, unit)), days[1]


def half(days: Days, number: int) -> Days:
    """The first or second half: of a month its first 15 days, of months and years cut at a month."""
    months = (days[1].year - days[0].year) * 12 + days[1].month - days[0].month + 1
    length = (days[1] - days[0]).days + 1
    if months > 1 and days[0].day == 1:
        middle = add_months(days[0], months // 2)
    else:
        middle = add_days(days[0], 15 if 28 <= length <= 31 else (length + 1) // 2)
    return (days[0], add_days(middle, -1)) if number == 1 else (min(middle, days[1]), days[1])


def easter(year: int) -> dt.date:
    """Easter Sunday of the western churches (anonymous Gregorian computus, Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    number = (h - m + r + 90) // 25
    return dt.date(year, number, (h - m + r + number + 19) % 32)


def orthodox_easter(year: int) -> dt.date:
    """Easter Sunday of the eastern churches (Meeus, ch. 8, the Julian computus), in the Gregorian calendar."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    number, day_ = divmod(d + e + 114, 31)
    return add_days(dt.date(year, number, day_ + 1), year // 100 - year // 400 - 2)


def nth_weekday(year: int, number: int, weekday: int, nth: int) -> dt.date:
    """The ``nth`` weekday (1 Monday to 7 Sunday) of a month, -1 the last."""
    first, last = month(year, number)
    if nth < 0:
        return add_days(last, -((last.weekday() - (weekday - 1)) % 7))
    return add_days(first, (weekday - 1 - first.weekday()) % 7 + 7 * (nth - 1))


def part(days: Days, name: str) -> Days:
    """A part of a period: EARLY, MID, LATE are its thirds, START and END its first and last tenth (at least a day).

    Periods of three months and more are cut at months (early in a year is January to April), a month at its 10th and
    20th day, a week into three days each that overlap.
    """
    first, last = days
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    by_months = first.day == 1 and months >= 3 and last == month(last.year, last.month)[1]
    length = months if by_months else (last - first).days + 1
    third = 10 if 28 <= length <= 31 and not by_months else max(-(-length // 3) if length == 7 else length // 3, 1)
    tenth = max(round(length / 10), 1)
    at, count = {
        "EARLY": (0, third),
        "MID": ((length - third) // 2 if length == 7 else min(third, length - 1), third),
        "LATE": (2 * third, length - 2 * third) if length > 7 else (length - third, third),
        "START": (0, tenth),
        "END": (length - tenth, tenth),
    }[name]
    if not by_months:
        return add_days(first, at), add_days(first, at + count - 1)
    start = add_months(first, at)
    return month(start.year, start.month, count)


def named(kind: str, value: str, direction: str, anchor: dt.date) -> Days:
    """The days of a named day or period (WD MD and the like of :mod:`dragoman.timex`), seen from ``anchor``.

    Raises ValueError where the calendar has none.
    """
    if kind in ("WD", "WE"):
        return _in_week(int(value) if value else 6, 1 if kind == "WE" else 0, direction, anchor)
    if kind == "DM":
        return _choose(_days_of_months(int(value), anchor), direction, anchor)
    # Leap days are at most eight years apart
    years = range(max(anchor.year - 8, 1), min(anchor.year + 8, 9998) + 1)
    found = [days for year in years if (days := _in_year(kind, value, year))] if kind != "FE" else [*feast(value)]
    chosen, nearest = _choose(found, direction, anchor), _choose(found, "?", anchor)
    far = FAR.get(kind, 366)
    overruled = _distance(chosen, anchor) > far and _distance(nearest, anchor) <= 366 - far
    return nearest if direction in ("<", ">") and overruled else chosen


def _distance(days: Days, anchor: dt.date) -> int:
    return min(abs((day - anchor).days) for day in days)


def _in_week(weekday: int, more: int, direction: str, anchor: dt.date) -> Days:
    """A weekday (or with ``more`` the days from it) in the week that the direction points at."""
    if not 1 <= weekday <= 7:
        raise ValueError(f"there is no weekday {weekday}")
    this = add_days(anchor, weekday - 1 - anchor.weekday())
    back = (anchor.weekday() - (weekday - 1)) % 7
    if direction in ("?", "<"):
        first = add_days(anchor, -back)
        last = add_days(first, more)
        return first, min(last, anchor)
    if direction == ">":
        first = this if more and anchor <= add_days(this, more) else add_days(anchor, (7 - back) % 7)
        return max(first, anchor), add_days(first, more)
    if direction == "-1":
        first = add_days(this, -7) if more else add_days(anchor, -(back or 7))
    else:
        first = add_days(this, 7 * int(direction))
    return first, add_days(first, more)


def _days_of_months(number: int, anchor: dt.date) -> list[Days]:
    """The day of that number in the months around ``anchor`` that have it; raises ValueError where none has."""
    months = [add_months(anchor.replace(day=1), delta) for delta in range(-12, 13)]
    return [day(0, one.replace(day=number)) for one in months if 1 <= number <= days_in(one.year, one.month)]


def _in_year(kind: str, value: str, year: int) -> Days | None:
    """The days named in that year, None where the year lacks them (29 February)."""
    if kind == "SE":
        return season(year, value)
    if kind in ("EA", "OE"):
        return day(int(value), easter(year) if kind == "EA" else orthodox_easter(year))
    numbers = [int(number) for number in re.findall(r"\d+", value)]
    if kind == "MD":
        dt.date(2000, numbers[0], numbers[1])  # a leap year: raises for a day that no year has
        return day(0, dt.date(year, *numbers[:2])) if numbers[1] <= days_in(year, numbers[0]) else None
    if kind == "NTH":
        return day(0, nth_weekday(year, numbers[0], numbers[1], -1 if value.endswith("L") else numbers[2]))
    length = {"MO": 1, "QU": 3, "HY": 6}[kind]
    return month(year, (numbers[0] - 1) * length + 1, length)


def _choose(found: list[Days], direction: str, anchor: dt.date) -> Days:
    """Of the same days of several years, the one that the direction points at; raises ValueError if none is known."""
    fitting = {
        "<": [days for days in found if days[0] <= anchor][-1:],
        ">": [days for days in found if days[1] >= anchor][:1],
        "-1": [days for days in found if days[1] < anchor][-1:],
        "+1": [days for days in found if days[0] > anchor][:1],
    }
    if direction == "+0":
        return min(found, key=lambda days: abs(days[0].year - anchor.year))
    if direction != "?":
        chosen = fitting[direction]
    else:
        near = fitting["<"] + fitting[">"] if fitting["<"] and fitting[">"] else []
        chosen = sorted(near, key=lambda days: max((anchor - days[1]).days, (days[0] - anchor).days))[:1]
    if not chosen:
        raise ValueError("the table does not reach so far")
    return chosen[0]
