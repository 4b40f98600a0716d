"""Sentences: where they end and where they do not."""

import csv
import io
from pathlib import Path

import pytest

from dragoman.language import sentences

CASES = Path(__file__).parent.parent / "cases" / "reader_sentences.csv"
ROWS = list(csv.DictReader(io.StringIO(CASES.read_bytes().decode("utf-8"))))


def split(text: str) -> list[str]:
    """The sentences of a text as strings, without the space around them, empty ones left out."""
    found = [text[start:end].strip() for start, end in sentences.split(text, 0, len(text))]
    return [sentence for sentence in found if sentence]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["notes"])
def test_sentences_end_where_the_cases_say(row: dict[str, str]) -> None:
    """Every labelled text is cut into its labelled sentences."""
    expected = row["sentences"].split("|")

    assert expected == split(row["text"])


def test_a_long_line_is_cut_at_its_sentences() -> None:
    """A line of many pieces has the same sentences as its paragraphs have one by one."""
    sentence = "Gen. Park met the envoy in the U.S. Senate on Friday."
    line = " ".join([sentence] * 400)

    assert [sentence] * 400 == split(line)


def test_nothing_is_lost_without_any_stop() -> None:
    """A long line without a stop is given in pieces that make up the whole."""
    text = "word " * 5_000
    spans = list(sentences.split(text, 0, len(text)))

    assert text == "".join(text[start:end] for start, end in spans)
