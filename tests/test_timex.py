"""The calendar of time expressions: what a normal form means from an anchor."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from dragoman import timex
from dragoman.types import Basis, Interval

FRIDAY = dt.date(2023, 5, 26)
FRIDAYS = tuple(dt.date(2023, 5, 26) + dt.timedelta(weeks=count) for count in range(5))
PATTERNS = Path(__file__).resolve().parent.parent / "resources" / "times" / "patterns.csv"


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
        ("AGO:P2W", "[2023-05-09..2023-05-15]"),
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
    with PATTERNS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            normal = row["expected"]
            if timex.is_date(normal) and not normal.startswith("ORD:"):
                assert timex.evaluate(normal, FRIDAY).known, normal
            else:
                with pytest.raises(timex.TimexError):
                    timex.evaluate(normal, FRIDAY)
