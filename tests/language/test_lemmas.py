"""Lemmas: labelled forms, and the rules themselves."""

import csv
import io
from pathlib import Path

import pytest

from dragoman.language import lemmas

CASES = Path(__file__).parent.parent / "cases" / "reader_lemmas.csv"
ROWS = list(csv.DictReader(io.StringIO(CASES.read_bytes().decode("utf-8"))))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["form"])
def test_lemmas_are_as_the_cases_say(row: dict[str, str]) -> None:
    """Every labelled form with its tag has its labelled lemma."""
    assert row["lemma"] == lemmas.lemma(row["form"], row["tag"], lemmas.load())


def test_the_longest_ending_wins() -> None:
    """A rule for a whole word goes before one for its ending, and that before the one for any word."""
    rules = {"NOUN:NNS": {"": (1, ""), "ies": (3, "y"), "^series": (0, "")}}

    assert ["talk", "ally", "series"] == [
        lemmas.lemma(form, "NOUN:NNS", rules) for form in ("Talks", "allies", "series")
    ]


@pytest.mark.parametrize("form", ["s", "\u00ad", "’", "S" * 5_000])
def test_a_lemma_is_never_empty(form: str) -> None:
    """A form that a rule would cut to nothing is its own lemma."""
    assert lemmas.lemma(form, "NOUN:NNS", {"NOUN:NNS": {"": (1, "")}})
