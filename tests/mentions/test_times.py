"""Time expressions found in sentences, and grounded from the day of publication."""

import csv
import datetime as dt
from pathlib import Path

import pytest

import given
from dragoman.ground.times import resolve_times
from dragoman.language.english import analyse
from dragoman.mentions.times import find_times
from dragoman.mentions.times_join import join
from dragoman.mentions.times_patterns import scan
from dragoman.types import Interval, Kind

ROOT = Path(__file__).resolve().parent.parent.parent


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _sentences() -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Published, sentence, and what is expected in it: words, normal form, days."""
    cases: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in _rows(ROOT / "tests" / "cases" / "times.csv"):
        found = cases.setdefault((row["published"], row["sentence"]), [])
        if row["words"]:
            found.append((row["words"], row["normal"], row["days"]))
    return [(*key, found) for key, found in cases.items()]


@pytest.mark.parametrize(("published", "sentence", "expected"), _sentences())
def test_the_times_of_a_sentence(published: str, sentence: str, expected: list[tuple[str, str, str]]) -> None:
    """Each sentence of the case table has these times, in this normal form, on these days, and no others."""
    day = dt.date.fromisoformat(published)
    found = resolve_times(find_times(analyse(given.text(sentence))), Interval(day, day, day, day))

    assert expected == [(mention.words, mention.normal, str(cell.value or "")) for mention, cell in found]


@pytest.mark.parametrize(
    ("example", "expected"),
    [(row["example"], row["expected"]) for row in _rows(ROOT / "resources" / "times" / "patterns.csv")],
)
def test_the_example_of_each_pattern(example: str, expected: str) -> None:
    """Every row of the table of patterns finds its own example, at its beginning or after its first words."""
    # Some patterns look at the word that follows: "two days after the", "day 100 of"
    sentence = f"{example} of" if expected.startswith("ORD:100") or "EVENT" in expected else example

    assert [expected] == [one.normal for one in scan(sentence)]


def test_the_examples_of_the_words_before() -> None:
    """Every row of the table of signals changes the normal form of the expression it stands before."""
    for row in _rows(ROOT / "resources" / "times" / "signals.csv"):
        joined = join(scan(row["example"]), row["example"])
        alone = scan(row["example"])[-1]

        changed = row["value"] in joined[-1].normal if row["value"] else joined[-1].start < alone.start
        assert changed, row


def test_mentions_are_times_with_their_own_words() -> None:
    """A mention is of kind TIME and spans exactly its words, also in the second paragraph."""
    text = given.text("Talks to resume\n\nThe envoys meet again on Tuesday, 16 May.")
    mention = find_times(analyse(text, 17))[0]

    assert Kind.TIME is mention.kind
    assert "Tuesday, 16 May" == text.content[mention.span.start : mention.span.end] == mention.words


def test_a_text_without_times_has_no_mentions() -> None:
    """Modal verbs, marches and names are no times."""
    text = given.text("They may march on. Mr Sun sat second. The may flies spring up and fall.")

    assert () == find_times(analyse(text))
