"""The calendar of time expressions: what a normal form means from an anchor."""

import csv
import datetime as dt
import itertools
from pathlib import Path

import pytest

from dragoman import timex
from dragoman import timex_calendar as calendar
from dragoman.timex_feasts import feast
from dragoman.types import Basis, Interval

FRIDAY = dt.date(2023, 5, 26)
FRIDAYS = tuple(dt.date(2023, 5, 26) + dt.timedelta(weeks=count) for count in range(5))
TIMES = Path(__file__).resolve().parent.parent / "resources" / "times"


def _table(name: str) -> list[dict[str, str]]:
    with (TIMES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def days(normal: str, anchor: Interval | dt.date | None = FRIDAY) -> str:
    """The days of an expression as EDTF."""
    return str(timex.evaluate(normal, anchor))


def between(low: dt.date, high: dt.date, *among: dt.date) -> Interval:
    """An anchor somewhere between two days."""
    return Interval(low, high, low, high, among=among)


@pytest.mark.parametrize(
    ("normal", "expected"),
    [
        ("2023-05-16", "2023-05-16"),
        ("2023-05", "[2023-05-01..2023-05-31]"),
        ("2024-02", "[2024-02-01..2024-02-29]"),
        ("2023-Q1", "[2023-01-01..2023-03-31]"),
        ("2023-H2", "[2023-07-01..2023-12-31]"),
        ("2022-WI", "[2022-12-01..2023-02-28]"),
        ("199X", "[1990-01-01..1999-12-31]"),
        ("19XX", "[1900-01-01..1999-12-31]"),
        ("2023-05-16/2023-05-17", "2023-05-16/2023-05-17"),
        ("2023-05-16|2023-05-19", "[2023-05-16,2023-05-19]"),
        ("ORD:16:month@2022-02-24", "[2023-05-24..2023-06-23]"),
        ("ORD:1:day@2022-02-24", "2022-02-24"),
        ("D+2@2023-02-27", "2023-03-01"),
        ("2023;EARLY", "[2023-01-01..2023-04-30]"),
        ("2023-05;MID", "[2023-05-11..2023-05-20]"),
        ("2023;END", "[2023-12-01..2023-12-31]"),
        ("SINCE 2014/2016", "2014-01-01~/.."),
        ("BEFORE 2014", "[..2013-12-31]"),
        ("FROM 2014", "2014-01-01~/.."),
        ("2011-F10", "[2011-10-01..2012-09-30]"),
        ("2018-09;H1", "[2018-09-01..2018-09-15]"),
        ("2018-02;H2", "[2018-02-16..2018-02-28]"),
        ("199X;H1", "[1990-01-01..1994-12-31]"),
        ("2018-08;L3D", "[2018-08-29..2018-08-31]"),
        ("2018-12;F10D", "[2018-12-01..2018-12-10]"),
        ("2018;F9M", "[2018-01-01..2018-09-30]"),
        ("2018;L2W", "[2018-12-18..2018-12-31]"),
        ("2018-02;F40D", "[2018-02-01..2018-02-28]"),
        ("ANN:10@2001-09-11", "2011-09-11"),
        ("ANN:1@2020-02-29", "2021-02-28"),
        ("FE:RAMADAN:+0@2023", "[2023-03-23..2023-04-20]"),
        ("EA:-2:+0@1998", "1998-04-10"),
        ("OE:0:+0@2022", "2022-04-24"),
    ],
)
def test_written_dates_need_no_anchor(normal: str, expected: str) -> None:
    """What is written out means the same days from nowhere, and its basis is explicit."""
    found = timex.evaluate(normal, None)

    assert expected == str(found)
    assert Basis.EXPLICIT is found.basis


@pytest.mark.parametrize(
    ("normal", "expected"),
    [
        ("WD:5:<", "2023-05-26"),
        ("WD:5:>", "2023-05-26"),
        ("WD:5:-1", "2023-05-19"),
        ("WD:5:+1", "2023-06-02"),
        ("WD:4:<", "2023-05-25"),
        ("WD:4:>", "2023-06-01"),
        ("WD:4:?", "2023-05-25"),
        ("WE:<", "[2023-05-20..2023-05-21]"),
        ("WE:>", "[2023-05-27..2023-05-28]"),
        ("W+0", "[2023-05-22..2023-05-28]"),
        ("W-1", "[2023-05-15..2023-05-21]"),
        ("M-1", "[2023-04-01..2023-04-30]"),
        ("Q+0", "[2023-04-01..2023-06-30]"),
        ("DE-1", "[2010-01-01..2019-12-31]"),
        ("M+0;SOFAR", "[2023-05-01..2023-05-26]"),
        ("M+0;YET", "[2023-05-26..2023-05-31]"),
        ("AGO:P2D", "2023-05-24"),
        ("AGO:P2W", "2023-05-12"),
        ("LAST:P3M", "[2023-02-26..2023-05-26]"),
        ("NEXT:PXD", "[2023-05-26..2023-06-02]"),
        ("LAST:PT48H", "[2023-05-24..2023-05-26]"),
        ("WD:3:</WD:4:<", "2023-05-24/2023-05-25"),
        ("WD:5:</WD:6:<", "2023-05-19/2023-05-20"),
        ("WD:4:>/WD:5:>", "2023-06-01/2023-06-02"),
        ("PAST", "[..2023-05-26]"),
        ("FUTURE", "[2023-05-26..]"),
        ("BY Y+0;END", "[2023-05-26..2023-12-31]"),
        ("SINCE D-3", "2023-05-23/2023-05-26"),
        ("W+1@REF", "[2023-05-29..2023-06-04]"),
        ("W-2", "[2023-05-08..2023-05-14]"),
        ("AGO:P2M", "[2023-03-01..2023-03-31]"),
        ("AGO:P2Y", "[2021-01-01..2021-12-31]"),
        ("IN:P3D", "2023-05-29"),
        ("IN:P1Q", "[2023-07-01..2023-09-30]"),
        ("DM:04:<", "2023-05-04"),
        ("DM:04:>", "2023-06-04"),
        ("DM:31:<", "2023-03-31"),
        ("FROM WD:1:>", "2023-05-29/.."),
        ("WD:4:>@D+1@REF", "2023-06-01"),
        ("WD:2:+1/WD:3:>@WD:2:+1", "2023-05-30/2023-05-31"),
    ],
)
def test_relative_times_count_from_the_anchor(normal: str, expected: str) -> None:
    """Seen from a day, relative expressions mean days near it, and their basis is relative."""
    found = timex.evaluate(normal, FRIDAY)

    assert expected == str(found)
    assert Basis.RELATIVE is found.basis


@pytest.mark.parametrize(
    ("normal", "anchor", "expected"),
    [
        ("MO:04:?", dt.date(2023, 5, 26), "[2023-04-01..2023-04-30]"),
        ("MO:05:<", dt.date(2023, 5, 26), "[2023-05-01..2023-05-31]"),
        ("MO:12:<", dt.date(2023, 5, 26), "[2022-12-01..2022-12-31]"),
        ("MO:12:>", dt.date(2023, 5, 26), "[2023-12-01..2023-12-31]"),
        ("MD:12-30:?", dt.date(2023, 1, 2), "2022-12-30"),
        ("MD:01-02:?", dt.date(2022, 12, 30), "2023-01-02"),
        ("MD:10-07:>", dt.date(2023, 11, 10), "2023-10-07"),
        ("MD:02-29:<", dt.date(2023, 5, 26), "2020-02-29"),
        ("EA:-2:?", dt.date(2023, 4, 10), "2023-04-07"),
        ("NTH:11-4-4:>", dt.date(2023, 11, 1), "2023-11-23"),
        ("NTH:05-1-L:<", dt.date(2023, 6, 1), "2023-05-29"),
        ("SE:SU:-1", dt.date(2023, 7, 1), "[2022-06-01..2022-08-31]"),
        ("FE:EIDFITR:<", dt.date(2018, 6, 21), "2018-06-15"),
        ("FE:EIDADHA:>", dt.date(2024, 5, 1), "2024-06-16"),
        ("FE:NOWRUZ:?", dt.date(2024, 3, 24), "2024-03-20"),
        ("FE:RAMADAN:-1", dt.date(2024, 3, 24), "[2023-03-23..2023-04-20]"),
        ("OE:0:<", dt.date(2019, 5, 1), "2019-04-28"),
    ],
)
def test_named_days_without_a_year_are_those_of_the_nearest_fitting_year(
    normal: str, anchor: dt.date, expected: str
) -> None:
    """A day or month without a year follows its direction, unless the near one lies the other way."""
    assert expected == days(normal, anchor)


def test_last_week_said_at_the_weekend_is_the_week_that_ends() -> None:
    """Papers of a Sunday call the week before them last week."""
    assert "[2023-05-22..2023-05-28]" == days("W-1", dt.date(2023, 5, 28))


def test_candidate_anchors_give_candidate_days_and_hulls() -> None:
    """From one of five Fridays, a weekday is one of five days, and a week lies somewhere in the hull."""
    anchor = between(FRIDAYS[0], FRIDAYS[-1], *FRIDAYS)

    assert tuple(day - dt.timedelta(days=1) for day in FRIDAYS) == timex.evaluate("WD:4:<", anchor).among
    assert "[2023-05-15..2023-06-18]" == days("W-1", anchor)
    assert "[2023-04-01..2023-04-30]" == days("MO:04:<", anchor)


def test_a_window_for_an_anchor_gives_no_single_days() -> None:
    """When only bounds of the anchor are known, so are only bounds of what is counted from it."""
    found = timex.evaluate("D-1", between(dt.date(2023, 5, 1), dt.date(2023, 5, 31)))

    assert "[2023-04-30..2023-05-30]" == str(found)
    assert () == found.among


@pytest.mark.parametrize(
    ("normal", "reason"),
    [
        ("DUR:P3D", "a length of time"),
        ("SET:P1W", "something repeated"),
        ("CMP 2019", "a time compared with"),
        ("ORD:16:month", "beginning"),
        ("IN:P2D@EVENT", "does not date"),
        ("MD:04-31:?", "not in the calendar"),
        ("2023-02-30", "2023-02-30"),
        ("2023-05-17/2023-05-16", "ends before it begins"),
        ("WD:8:<", "not in the calendar"),
        ("DM:32:<", "not in the calendar"),
        ("FE:YULE:<", "not in the calendar"),
        ("FE:RAMADAN:+0@1950", "not in the calendar"),
        ("ANN:10", "beginning"),
        ("ANN:10@EVENT", "does not date"),
        ("next Friday", "no expression of time"),
        ("", "no expression of time"),
        ("2023;SOON", "no part of a period"),
    ],
)
def test_what_has_no_days_says_why(normal: str, reason: str) -> None:
    """Lengths, comparisons, days that no calendar has and nonsense are refused with a reason in words."""
    with pytest.raises(timex.TimexError, match=reason):
        timex.evaluate(normal, FRIDAY)


@pytest.mark.parametrize("anchor", [None, Interval(), Interval(dt.date(2023, 1, 1), None, dt.date(2023, 1, 1), None)])
def test_without_an_anchor_nothing_is_invented(anchor: Interval | None) -> None:
    """Relative times have no days where the anchor is not known or not bounded."""
    with pytest.raises(timex.TimexError, match="no day is known"):
        timex.evaluate("WD:5:<", anchor)


def test_directions_can_be_set_where_none_is_written() -> None:
    """A direction replaces what is open or read from tense, never what the words themselves say."""
    assert "WD:2:>/WD:3:>" == timex.directed("WD:2:?/WD:3:<", ">")
    assert "WD:5:-1" == timex.directed("WD:5:-1", ">")
    assert timex.undirected("SINCE MO:02:?")
    assert not timex.undirected("SINCE MO:02:<")
    with pytest.raises(timex.TimexError, match="no direction"):
        timex.directed("WD:5:?", "soon")


def test_the_feasts_of_the_table_come_every_year() -> None:
    """A feast comes once in every year of its calendar: eleven to thirteen months after the last one."""
    names = {row["feast"] for row in _table("feasts")}

    assert {"RAMADAN", "EIDFITR", "EIDADHA", "NOWRUZ", "LUNARNEWYEAR", "DIWALI", "PASSOVER", "YOMKIPPUR"} <= names
    for name in names:
        starts = [first for first, _ in feast(name)]
        assert {1995, 2035} == {starts[0].year, starts[-1].year}
        assert all(350 <= (late - early).days <= 386 for early, late in itertools.pairwise(starts)), name
        assert all(first <= last for first, last in feast(name))


def test_the_feasts_of_islam_follow_each_other() -> None:
    """The feast of the breaking of the fast is the day after the last of Ramadan."""
    after = {last + dt.timedelta(days=1) for _, last in feast("RAMADAN")}

    assert after <= {first for first, _ in feast("EIDFITR")}


def test_the_eastern_churches_keep_easter_on_a_sunday_not_before_the_western() -> None:
    """Both Easters are Sundays, the eastern one the same day or up to five weeks later."""
    for year in range(1995, 2036):
        west, east = calendar.easter(year), calendar.orthodox_easter(year)
        assert 7 == west.isoweekday() == east.isoweekday()
        assert 0 <= (east - west).days <= 35


def test_an_act_that_lasts_ends_after_its_length() -> None:
    """A three-day visit that began on Monday ended on Wednesday; uncertain beginnings stay as they are."""
    monday = timex.evaluate("2023-03-20", None)
    week = timex.evaluate("2023-03", None)

    assert "2023-03-20/2023-03-22" == str(timex.lasting(monday, "DUR:P3D"))
    assert monday == timex.lasting(monday, "DUR:P1D")
    assert monday == timex.lasting(monday, "DUR:PT3H")
    assert week == timex.lasting(week, "DUR:P3D")


def test_every_pattern_of_the_table_has_a_normal_form_that_means_something() -> None:
    """The normal forms that the table of patterns promises are dates, or say why they are none."""
    for row in _table("patterns"):
        normal = row["expected"]
        if timex.is_date(normal) and not normal.startswith("ORD:"):
            assert timex.evaluate(normal, FRIDAY).known, normal
        else:
            with pytest.raises(timex.TimexError):
                timex.evaluate(normal, FRIDAY)
