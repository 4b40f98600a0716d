"""Days in a reader's words."""

import dataclasses
import datetime as dt

import pytest

from dragoman.terminal.days import in_words
from dragoman.types import Cell, Interval


def _interval(*bounds: str) -> Interval:
    a, b, c, d = (dt.date.fromisoformat(one) if one else None for one in bounds)
    return Interval(a, b, c, d)


def _within(first: str, last: str) -> Interval:
    return _interval(first, last, first, last)


_AMONG = dataclasses.replace(_within("2023-05-15", "2023-05-17"), among=(dt.date(2023, 5, 15), dt.date(2023, 5, 17)))
CASES = (
    (_within("2023-05-16", "2023-05-16"), "16 May 2023"),
    (_interval("2023-05-16", "2023-05-16", "2023-05-17", "2023-05-17"), "16–17 May 2023"),
    (_interval("2023-05-16", "2023-05-17", "2023-05-17", "2023-05-19"), "about 16–19 May 2023"),
    (_within("2023-05-15", "2023-05-18"), "some day 15–18 May 2023"),
    (_within("2023-05-30", "2023-06-02"), "some day 30 May – 2 June 2023"),
    (_within("2022-12-30", "2023-01-02"), "some day 30 December 2022 – 2 January 2023"),
    (_within("2024-02-01", "2024-02-29"), "February 2024"),
    (_within("2022-01-01", "2022-12-31"), "2022"),
    (_interval("2023-05-16", "2023-05-16", "", ""), "from 16 May 2023"),
    (_interval("", "", "", "2023-05-16"), "until 16 May 2023"),
    (_AMONG, "15 May 2023 or 17 May 2023"),
)  # fmt: skip


@pytest.mark.parametrize(("interval", "expected"), CASES, ids=[words for _, words in CASES])
def test_an_interval_in_words(interval: Interval, expected: str) -> None:
    """A day, days that something lasted, or one unknown day of several are told apart."""
    assert expected == in_words(Cell(interval, reason="as told"))


def test_no_day_in_words() -> None:
    """Where nothing is known."""
    assert "undated" == in_words(Cell(reason="no day is named"))
    assert "undated" == in_words(Cell(Interval(), reason="no day is named"))
