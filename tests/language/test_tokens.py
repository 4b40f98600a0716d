"""Words: what is split and what stays whole, and that time does not explode."""

import csv
import io
import time
from pathlib import Path

import pytest

from dragoman.language import tokens

CASES = Path(__file__).parent.parent / "cases" / "reader_tokens.csv"
ROWS = list(csv.DictReader(io.StringIO(CASES.read_bytes().decode("utf-8"))))


def forms(text: str) -> list[str]:
    """The tokens of a text as strings."""
    return [text[start:end] for start, end in tokens.split(text, 0, len(text))]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["notes"])
def test_words_are_cut_as_the_cases_say(row: dict[str, str]) -> None:
    """Every labelled text is cut into its labelled words."""
    expected = row["tokens"].split("|")

    assert expected == forms(row["text"])


def test_only_the_given_part_is_cut() -> None:
    """A word outside the given part is neither returned nor looked at."""
    text = "one Smith's three"

    assert [(4, 9)] == list(tokens.split(text, 4, 9))


@pytest.mark.parametrize(
    "unit", ["a", ".", "a.", "a-", "a'", "a@", "1,", "1/", "(", "?", "http://", "\u200b", "e\u0301", "😀\u200d"]
)
def test_time_is_linear_in_the_text(unit: str) -> None:
    """A hundred thousand characters of anything take less than two seconds."""
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    count = sum(1 for _ in tokens.split(text, 0, len(text)))

    assert count <= len(text)
    assert time.process_time() - began < 2
