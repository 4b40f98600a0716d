"""Undated reports: candidates with reasons, or nothing."""

import datetime as dt

import pytest

import given
from dragoman import knowledge
from dragoman.ground.dating import date_text
from dragoman.language.english import analyse
from dragoman.mentions.times import find_times
from dragoman.types import Dating, Interval

WAR = "With the invasion that Russia began now in its 16th month, fighting went on. "


def dating(content: str) -> Dating:
    """The dating of a text."""
    analysis = analyse(given.text(content))
    return date_text(analysis, find_times(analysis), knowledge.load())


def candidates(content: str) -> list[str]:
    """The candidate days of a text."""
    return [day.isoformat() for day, _ in dating(content).candidates]


def test_a_weekday_and_the_month_of_a_war_leave_five_fridays() -> None:
    """The 16th month of a war begun on 24 February 2022 has five Fridays, and each says why it is one."""
    found = dating("An envoy met the minister in Ankara on Friday. " + WAR)

    assert ["2023-05-26", "2023-06-02", "2023-06-09", "2023-06-16", "2023-06-23"] == [
        day.isoformat() for day, _ in found.candidates
    ]
    assert (dt.date(2023, 5, 24), dt.date(2023, 6, 23)) == (found.window.start, found.window.end)
    assert all("“Friday” is day zero" in reason for _, reasons in found.candidates for reason in reasons)
    assert any("“its 16th month” of" in reason and "2022-02-24" in reason for reason in found.reasons)


def test_a_day_named_after_the_leads_is_day_zero() -> None:
    """They met on Thursday, a ministry said on Friday: the report is of Friday."""
    found = candidates("An envoy met the minister on Thursday. The ministry said so on Friday. " + WAR)

    assert "2023-05-26" == found[0]


def test_a_weekday_to_come_is_not_day_zero() -> None:
    """Friday's plans do not make the report one of Friday."""
    found = candidates("The two will meet on Friday. " + WAR)

    assert 31 == len(found)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("ANKARA, May 26, 2023 (Agency) - The envoys met on Thursday.", ["2023-05-26"]),
        ("Envoys meet\n\nANKARA, 26 May 2023 – The envoys met.", ["2023-05-26"]),
        ("Published on 26 May 2023\n\nThe envoys met.", ["2023-05-26"]),
        ("ANKARA, May 26 (Agency) - The envoys met. © 2023 Agency", ["2023-05-26"]),
        ("The envoys met on 26 May 2023.", []),
    ],
)
def test_datelines_and_stamps_give_the_day(content: str, expected: list[str]) -> None:
    """A dateline or a "Published" line gives one day, without a year the copyright's; a mere date does not."""
    assert expected == candidates(content)


def test_written_dates_bound_the_day() -> None:
    """A report is not older than what it tells as past and not younger than what it tells as to come."""
    window = dating("The accord was signed on 3 March 2021. A vote will be held on 5 June 2021.").window

    assert (dt.date(2021, 3, 3), dt.date(2021, 6, 5)) == (window.start, window.end)


def test_a_copyright_line_bounds_the_year() -> None:
    """The window is the year of the copyright line, the last of a range."""
    window = dating("The envoys met. Copyright 2019-2023 Agency").window

    assert (dt.date(2023, 1, 1), dt.date(2023, 12, 31)) == (window.start, window.end)


def test_without_evidence_no_day_is_given() -> None:
    """A text that says nothing of its day has no candidates and no window, and the reasons say what was sought."""
    found = dating("The envoys met on Friday in Ankara.")
    wordless = dating("© 2023 \n\n…")

    assert () == wordless.candidates
    assert () == found.candidates
    assert Interval() == found.window
    assert "no dateline" in found.reasons[0]


def test_evidence_that_contradicts_itself_dates_nothing() -> None:
    """A copyright line older than a date told as past leaves no day, and both are told."""
    found = dating("The accord was signed on 3 March 2021. © 2019 Agency")

    assert () == found.candidates
    assert not found.window.known
    assert 3 == len(found.reasons)
    assert "contradict" in found.reasons[-1]


def test_a_war_told_as_past_gives_no_upper_bound() -> None:
    """That a war was in its third month when something happened says only that the report is not older."""
    window = dating("When they met, the war in Ukraine was in its third month.").window

    assert (dt.date(2022, 4, 24), None) == (window.start, window.end)


def test_a_season_told_as_past_excludes_days_before_it() -> None:
    """What happened this autumn was not reported in May."""
    autumn = candidates("ANKARA, May 26 (Agency) - They met this autumn. © 2023 Agency")
    days = candidates("The envoys met on Friday. They had quarrelled this autumn. © 2023 Agency")

    assert ["2023-05-26"] == autumn  # the dateline is written: it stands
    assert "2023-09-01" == days[0]
