"""Dates and datelines: labelled cases in tests/cases."""

import csv
from pathlib import Path

import pytest

from dragoman.ingest.datelines import Origin, origin
from dragoman.ingest.fields import day_of

_CASES = Path(__file__).parent.parent / "cases"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of cases; ¶ stands for a line break."""
    with (_CASES / name).open(encoding="utf-8", newline="") as table:
        return [{key: cell.replace("¶", "\n") for key, cell in row.items()} for row in csv.DictReader(table)]


@pytest.mark.parametrize("row", rows("ingest_datelines.csv"), ids=lambda row: row["body"][:30])
def test_origin(row: dict[str, str]) -> None:
    """A body's beginning gives the dateline as written and the agency's full name, or nothing."""
    assert Origin(row["dateline"], row["agency"]) == origin(row["body"])


@pytest.mark.parametrize("row", rows("ingest_dates.csv"), ids=lambda row: row["written"])
def test_day_of(row: dict[str, str]) -> None:
    """A date's day is the one written, and what is no ISO date or does not exist is refused."""
    if row["day"]:
        assert row["day"] == day_of(row["written"]).isoformat()
    else:
        with pytest.raises(ValueError, match=r"^(not an ISO date or time|no such date or time): '"):
            day_of(row["written"])


def test_long_first_line_is_quick() -> None:
    """A text without line breaks is looked at only as far as a dateline reaches."""
    assert Origin() == origin("A " * 2_000_000)
