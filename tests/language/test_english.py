"""The reader as a whole: title and body, hostile texts, its entry point."""

import time
from importlib import metadata

import pytest

from dragoman.language import english, network
from dragoman.types import Analysis, Text


def read(content: str, body_at: int = 0) -> Analysis:
    """The analysis of a content."""
    return english.analyse(Text("t", content), body_at)


def test_a_title_is_a_sentence_of_its_own() -> None:
    """No sentence runs over the place where the body starts, even without a line break."""
    title = "Envoy visits Kyiv "
    found = read(title + "He left on Friday.", len(title))

    assert [(0, 3), (3, 8)] == list(found.sentences)


@pytest.mark.parametrize("body_at", [0, -3, 8, 99])
def test_a_body_that_starts_nowhere_is_no_boundary(body_at: int) -> None:
    """A start outside the text is read as no title."""
    assert ((0, 3),) == read("He left.", body_at).sentences


@pytest.mark.parametrize("content", ["", " \n\t", "\u200b\ufeff", "\x07\x1b"])
def test_a_text_without_words_has_no_sentence(content: str) -> None:
    """White space, control and invisible characters are no tokens."""
    found = read(content)

    assert ((), ()) == (found.tokens, found.sentences)


def test_no_sentence_is_longer_than_the_limit() -> None:
    """An endless list is cut, so that time per word stays bounded."""
    found = read("talks, " * 500)

    assert network.LONGEST == max(end - start for start, end in found.sentences)


@pytest.mark.parametrize("content", ["x" * 300_000, "؟ سلام " * 500, "a\x00b", "👩‍👩‍👧 " * 500])
def test_hostile_texts_are_read_in_bounded_time(content: str) -> None:
    """A text without spaces, from right to left, with control characters or of emoji only is read within seconds."""
    began = time.process_time()
    found = read(content)

    assert found.tokens
    assert time.process_time() - began < 30


def test_the_reader_is_registered_for_english() -> None:
    """The entry point of the language code "en" is this reader."""
    (point,) = (found for found in metadata.entry_points(group="dragoman.readers") if found.name == "en")

    assert english.analyse is point.load()


def test_tokens_carry_lemma_and_tag_with_form() -> None:
    """Every token has its lemma and tag."""
    met = read("Lavrov met the envoys.").tokens[1]

    assert ("met", "meet", "VERB:VBD") == (met.form, met.lemma, met.tag)


def test_names_and_mentions_are_entities_of_their_layers() -> None:
    """Names are flat and typed for records of who did what; mentions are nested and may be nouns."""
    found = read("The Kenyan envoy, Mary Lee, met rebels in Goma on Friday.")
    words = {
        (entity.layer, entity.label): " ".join(token.form for token in found.tokens[entity.first : entity.last + 1])
        for entity in found.entities
    }

    assert "Mary Lee" == words["name", "PERSON"]
    assert "Goma" == words["name", "PLACE"]
    assert "Kenyan" == words["name", "GROUP"]
    assert "Friday" == words["name", "TIME"]
    assert ("mention", "person") in words
