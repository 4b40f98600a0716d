"""Tags: labelled sentences and headlines, the tags that leave the reader, ties."""

import csv
import io
from pathlib import Path

import pytest

from dragoman.language import features, tagger
from dragoman.language.english import analyse
from dragoman.types import Text

CASES = Path(__file__).parent.parent / "cases" / "reader_tags.csv"
ROWS = list(csv.DictReader(io.StringIO(CASES.read_bytes().decode("utf-8"))))


# Cases that the reader does not get right yet stay in the table; one that begins to pass must be unmarked
FAILS = pytest.mark.xfail(reason="known error of the tagger", strict=True)


@pytest.mark.parametrize(
    "row", [pytest.param(row, marks=FAILS if row["fails"] else (), id=row["text"]) for row in ROWS]
)
def test_words_have_the_tags_that_the_cases_say(row: dict[str, str]) -> None:
    """Every labelled word of a sentence or headline has its labelled tag."""
    expected = dict(pair.split("=") for pair in row["tags"].split())
    title = len(row["text"]) if row["notes"].startswith("headline") else 0
    found = {token.form: token.tag for token in analyse(Text("t", row["text"]), title).tokens}

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
    ],
)
def test_forms_leave_the_reader_only_where_they_are_needed(inside: str, outside: str) -> None:
    """Verbs, modals and plural nouns keep their form after the colon, all others lose theirs."""
    assert outside == tagger.output(inside)


def test_of_equal_scores_the_first_tag_wins() -> None:
    """A tie is decided by the order of tags, the same on every machine."""
    assert 5 == tagger.best((3, 5, 8), (1, 7, 7))


def test_tags_do_not_depend_on_what_was_read_before() -> None:
    """A tagger that has read other sentences gives the same tags as a fresh one."""
    sentence = ["Kremlin", "denies", "report", "of", "talks", "."]
    used = tagger.load()
    used.tag(["Report", "talks", "Denies", "kremlin"])
    fresh = tagger.Tagger(used.tags, used.lexicon, used.weights, used.lemmas)

    assert fresh.tag(sentence) == used.tag(sentence)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("the envoy visited Kyiv", features.LOWER),
        ("The envoy visited Kyiv", features.PROSE),
        ("Envoy Visits Kyiv Again", features.HEADLINE),
        ("ENVOY VISITS KYIV", features.CAPITALS),
        ("5 ? !", features.PROSE),
    ],
)
def test_a_headline_is_told_from_prose(text: str, style: int) -> None:
    """How a sentence is capitalised is seen from its longer words."""
    if style == features.LOWER:
        text = text.replace("Kyiv", "kyiv")

    assert style == features.style(text.split())


def test_a_word_is_read_without_what_cannot_be_seen() -> None:
    """Apostrophes of any shape, soft hyphens and all digits are alike to the tagger."""
    assert "sana'a-000" == features.plain("Sana’\u00ada-123")
