"""What holds for the reading of any text."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.english import analyse
from dragoman.language.network import LONGEST
from dragoman.types import Text

# Pieces that texts of news and hostile texts are made of
PIECES = [
    *["Gen.", "U.S.", "didn't", "Xi’s", "co-operate", "$300m", "No. 5", "p.m.", "e.g.", "...", "?!", '"', "”", "'s"],
    *["Kim Jong-un", "US-led", "1990s", "a@b.org", "www.x.org/a", "\n", "\r\n", " ", "\u200b", "\u00ad", "e\u0301"],
    *[
        "😀",
        "👩\u200d👧",
        "🇺🇦",
        "שלום",
        "\x00",
        "\u2028",
        "\ufeff",
        "\u202e",
        "dont",
        "cannot",
        "İ",
        "ß",
        "ǅ",
        "²",
        "①",
    ],
]
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


@given(TEXTS, st.integers(min_value=0, max_value=50))
def test_tokens_lie_in_the_text_in_order(content: str, body_at: int) -> None:
    """Each token's form is the text at its place, none is empty, and none begins before the last has ended."""
    at = 0
    for token in analyse(Text("t", content), body_at).tokens:
        assert at <= token.start < token.end <= len(content)
        assert content[token.start : token.end] == token.form
        assert token.lemma
        assert token.tag
        at = token.end


@given(TEXTS, st.integers(min_value=0, max_value=50))
def test_sentences_partition_the_tokens(content: str, body_at: int) -> None:
    """Sentences are not empty, not overlong, and together hold every token once, in order."""
    found = analyse(Text("t", content), body_at)
    edges = [0, *(end for _, end in found.sentences)]

    assert list(found.sentences) == list(itertools.pairwise(edges))
    assert len(found.tokens) == edges[-1]
    assert all(0 < end - start <= LONGEST for start, end in found.sentences)


@given(TEXTS)
def test_every_visible_letter_is_in_a_token(content: str) -> None:
    """No letter or digit is lost between tokens."""
    held = {at for token in analyse(Text("t", content)).tokens for at in range(token.start, token.end)}

    assert not [char for at, char in enumerate(content) if char.isalnum() and at not in held]


@given(TEXTS, st.integers(min_value=1, max_value=300))
def test_no_sentence_crosses_a_line_or_the_title(content: str, body_at: int) -> None:
    """Between the first and the last token of a sentence there is neither a line break nor the body's start."""
    found = analyse(Text("t", content), body_at)
    for first, end in found.sentences:
        start, stop = found.tokens[first].start, found.tokens[end - 1].end

        assert len(content[start:stop].splitlines()) == 1
        assert not start < body_at < stop or body_at >= len(content)


@given(TEXTS)
def test_reading_twice_gives_the_same(content: str) -> None:
    """The analysis is a function of the text alone."""
    text = Text("t", content)

    assert analyse(text) == analyse(text)
