"""Times grounded: directions, times told from other times, reasons for empty cells."""

import datetime as dt

import pytest

import given
from dragoman.ground.times import resolve_times
from dragoman.language.english import analyse
from dragoman.mentions.times import find_times
from dragoman.types import Interval, Kind, Mention, Span

DAY = dt.date(2023, 5, 24)
ANCHOR = Interval(DAY, DAY, DAY, DAY)


def mention(normal: str, at: int = 0) -> Mention:
    """A mention with this normal form."""
    return Mention(Span("t", at, at + 3), Kind.TIME, "...", normal=normal)


@pytest.mark.parametrize(("way", "expected"), [("<", "2023-05-19"), (">", "2023-05-26"), ("?", "2023-05-19")])
def test_a_hint_settles_what_the_sentence_leaves_open(way: str, expected: str) -> None:
    """An open direction is the hint's; without one a weekday is past."""
    ((settled, cell),) = resolve_times([mention("WD:5:?")], ANCHOR, hint=lambda _: way)

    assert expected == str(cell.value)
    assert f"WD:5:{way}" == settled.normal


def test_a_hint_does_not_overrule_the_sentence() -> None:
    """What tense has settled stays."""
    ((settled, _),) = resolve_times([mention("WD:5:<")], ANCHOR, hint=lambda _: ">")

    assert "WD:5:<" == settled.normal


def test_times_told_from_other_times_keep_the_chain() -> None:
    """The next day is counted from the day last named; the normal form says from which, so it can be dated anew."""
    found = resolve_times([mention("W+1@REF", 20), mention("2023-04-02"), mention("D+1@REF", 10)], ANCHOR)

    assert ["2023-04-02", "D+1@2023-04-02", "W+1@2023-04-02"] == [one.normal for one, _ in found]
    assert ["2023-04-02", "2023-04-03", "[2023-04-03..2023-04-09]"] == [str(cell.value) for _, cell in found]


def test_bounds_and_vague_times_are_nothing_to_count_from() -> None:
    """After "since 2014" the next day is still counted from the day of the report."""
    found = resolve_times([mention("SINCE 2014"), mention("PAST", 5), mention("D+1@REF", 10)], ANCHOR)

    assert "D+1" == found[-1][0].normal


def test_every_cell_has_its_words_and_a_reason() -> None:
    """A length is no date: its cell is empty, with the words and why; a date's says from what it was counted."""
    text = given.text("A three-day visit began on Monday.")
    (_, length), (_, monday) = resolve_times(find_times(analyse(text)), ANCHOR)

    assert length.value is None
    assert "“three-day”: a length of time, not a date" == length.reason
    assert "2023-05-22" == str(monday.value)
    assert "WD:1:< seen from 2023-05-24" == monday.reason
    assert monday.span is not None
    assert "Monday" == text.content[monday.span.start : monday.span.end]


def test_an_unknown_anchor_leaves_relative_times_empty() -> None:
    """Without a day of publication nothing is made up, and written dates are read all the same."""
    (_, friday), (_, written) = resolve_times([mention("WD:5:<"), mention("2023-04-02", 5)], Interval())

    assert friday.value is None
    assert "no day is known to count from" in friday.reason
    assert "2023-04-02" == str(written.value)
