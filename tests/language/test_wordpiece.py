"""Word pieces: the longest that fit, shapes, and words that are not words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language import network, wordpiece
from dragoman.language.wordpiece import Vocabulary

SMALL = Vocabulary(
    {piece: at for at, piece in enumerate(["[UNK]", "talk", "##s", "##ing", "u", ".", "s", "ze", "##l"])}
)


@pytest.mark.parametrize(
    ("form", "pieces"),
    [
        ("Talks", (1, 2)),
        ("talking", (1, 3)),
        ("U.S.", (4, 5, 6, 5)),
        ("Zel", (7, 8)),
        ("Zél", (7, 8)),
        ("talk\u00ads", (1, 2)),
        ("xyz", (0,)),
        ("talkx", (0,)),
        ("\u200b", (0,)),
        ("\U0001f600", (0,)),
    ],
)
def test_a_word_is_its_longest_pieces(form: str, pieces: tuple[int, ...]) -> None:
    """In lower case, without accents or invisible characters, punctuation apart; what does not fit is unknown."""
    assert pieces == SMALL.word(form)[0]


@pytest.mark.parametrize(
    ("form", "shape"),
    [
        ("talks", wordpiece.LOWER),
        ("Talks", wordpiece.TITLE),
        ("NATO", wordpiece.UPPER),
        ("McCain", wordpiece.MIXED),
        ("A", wordpiece.LETTER),
        ("F-16", wordpiece.DIGITS),
        ("...", wordpiece.SIGNS),
        ("سلام", wordpiece.LOWER),
    ],
)
def test_case_is_kept_as_a_shape(form: str, shape: int) -> None:
    """The encoder's vocabulary has no capitals."""
    assert shape == SMALL.word(form)[1]


def test_a_word_of_any_length_costs_no_more_than_a_long_one() -> None:
    """What stands behind its hundredth character is not looked at."""
    known = network.load().vocabulary

    assert known.word("a" * 100) == known.word("a" * 1_000_000)
    assert len(known.word("." * 1_000)[0]) == wordpiece.PIECES


@given(st.text(min_size=1, max_size=40))
def test_any_word_has_a_piece(form: str) -> None:
    """And the numbers are those of the vocabulary."""
    known = network.load().vocabulary
    pieces, shape = known.word(form)

    assert 0 < len(pieces) <= wordpiece.PIECES
    assert all(0 <= piece < len(known.numbers) for piece in pieces)
    assert 0 <= shape < wordpiece.SHAPES
