"""Dated happenings: which a text and a clause may mean."""

import datetime as dt

from dragoman import occasions

DAY = dt.date(2023, 8, 10)


def named(text: str, clause: str, day: dt.date | None = DAY) -> list[str]:
    """The first days of the happenings that a clause of a text may mean."""
    told = occasions.told(text.lower().split())
    return [str(one.first) for one in occasions.meant(told, clause.lower().split(), day)]


def test_a_coup_is_dated_by_its_state() -> None:
    """The text names it, the clause says what happened."""
    assert named("the coup in niger shook the region", "the coup in niger")[0] == "2023-07-26"


def test_what_a_clause_does_not_tell_is_not_meant() -> None:
    """The words of the act have to stand in the clause."""
    assert not named("the coup in niger shook the region", "the region was shaken")


def test_of_a_series_the_nearest_is_meant() -> None:
    """“The NATO summit” of July 2023 is the one in Vilnius, that of 2022 the one in Madrid."""
    words = "leaders arrived for the nato summit"

    assert named(words, words, dt.date(2023, 7, 10))[0] == "2023-07-11"
    assert named(words, words, dt.date(2022, 6, 30))[0] == "2022-06-28"


def test_nothing_long_after_the_report_is_meant() -> None:
    """A report of 2010 tells of no coup of 2023."""
    assert "2023-07-26" not in named("the coup in niger", "the coup in niger", dt.date(2010, 5, 1))


def test_most_three_are_offered() -> None:
    """However many fit."""
    words = "coup attack massacre summit in niger mali sudan gaza kabul nato russia ukraine"

    assert len(named(words, words, None)) <= occasions.MOST
