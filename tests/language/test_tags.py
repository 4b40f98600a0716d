"""Tags: labelled sentences and headlines, the tags that leave the reader."""

import csv
import io
from pathlib import Path

import pytest

from dragoman.language import english
from dragoman.types import Text

CASES = Path(__file__).parent.parent / "cases" / "reader_tags.csv"
ROWS = list(csv.DictReader(io.StringIO(CASES.read_bytes().decode("utf-8"))))


# Cases that the reader does not get right yet stay in the table; one that begins to pass must be unmarked
FAILS = pytest.mark.xfail(reason="known error of the reader", strict=True)


@pytest.mark.parametrize(
    "row", [pytest.param(row, marks=FAILS if row["fails"] else (), id=row["text"]) for row in ROWS]
)
def test_words_have_the_tags_that_the_cases_say(row: dict[str, str]) -> None:
    """Every labelled word of a sentence or headline has its labelled tag."""
    expected = dict(pair.split("=") for pair in row["tags"].split())
    title = len(row["text"]) if row["notes"].startswith("headline") else 0
    found = {token.form: token.tag for token in english.analyse(Text("t", row["text"]), title).tokens}

    assert expected == {form: found[form] for form in expected}


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ("VERB:VBD", "VERB:VBD"),
        ("AUX:MD", "AUX:MD"),
        ("AUX:VBZ", "AUX"),
        ("NOUN:NNS", "NOUN:NNS"),
        ("NOUN:NN", "NOUN"),
        ("PROPN:NNPS", "PROPN"),
        ("VERB:NNP", "VERB:VB"),
    ],
)
def test_forms_leave_the_reader_only_where_they_are_needed(inside: str, outside: str) -> None:
    """Verbs, modals and plural nouns keep their form after the colon, all others lose theirs."""
    assert outside == english.output(inside)
