"""Time expressions as diplomatic news has them: the days that each means, looked up in its sentence."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from dragoman.phrases import look_up_time

CASES = Path(__file__).resolve().parent / "cases" / "news_times.csv"

# Sentences whose times are read wrong, and why; one that is read right must be taken out
WEAK = {
    "Talks on the enrichment file restart Wednesday in Geneva.": "the verb looks like a noun, its subject is far away",
    "Smugglers have recently shifted to the northern pass.": "vague times keep an open end",
    "In recent years the two fleets have drilled together.": "vague times keep an open end",
    "The parties will resume contact soon, the mediator insisted.": "vague times keep an open end",
    "In recent months the raids have grown bolder.": "vague times keep an open end",
    "A reply will come in due course, the palace said.": "vague times keep an open end",
    "The generals promised elections in the near future.": "vague times keep an open end",
}


def _cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(cell: str) -> dt.date | None:
    return dt.date.fromisoformat(cell) if cell else None


def _marked(row: dict[str, str]) -> object:
    """A case as a parameter; one that is listed as weak has to fail."""
    reason = WEAK.get(row["sentence"])
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(row, id=f"{row['published']} {row['words']}", marks=marks)


@pytest.mark.parametrize("row", [_marked(row) for row in _cases()])
def test_the_days_of_a_time(row: dict[str, str]) -> None:
    """Each expression means exactly the days of its row, seen from the day of the report or from its anchor."""
    cell = look_up_time(row["words"], _day(row["published"]), anchor=_day(row["anchor"]), context=row["sentence"])

    found = (cell.value.start, cell.value.end) if cell.value else (None, None)
    assert (_day(row["start"]), _day(row["end"])) == found, cell.reason


def test_weak_cases_are_cases() -> None:
    """Every sentence that is listed as weak is in the table."""
    assert set() == set(WEAK) - {row["sentence"] for row in _cases()}


def test_without_a_sentence_a_weekday_is_the_latest() -> None:
    """A column of a data set has no verbs: "Friday" is the last one, today's included."""
    assert "2023-05-19" == str(look_up_time("Friday", dt.date(2023, 5, 24)).value)
    assert "2023-05-26" == str(look_up_time("Friday", dt.date(2023, 5, 26)).value)
