"""News text is harmless on a terminal, and JSON stays the same value."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.terminal.plain import json_text, lines, plain, shortened

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zelenskyy’s “plan” — 5 °C, наступ, 和平", "Zelenskyy’s “plan” — 5 °C, наступ, 和平"),
        ("two\r\nlines\tand more", "two lines and more"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("a\u202eb\u200bc", "a\\u202eb\\u200bc"),
        ("می\u200cخواهد", "می\u200cخواهد"),
        ("\U000e0041", "\\U000e0041"),
        ("\udcff", "\\udcff"),
    ],
)
def test_only_what_a_terminal_might_obey_is_written_out(text: str, shown: str) -> None:
    """Letters of any script stay; escape sequences, bidirectional overrides and invisible characters show."""
    assert plain(text) == shown


@given(ANY_TEXT)
def test_no_unsafe_character_is_left(text: str) -> None:
    """Whatever the text, no control or format character but the two joiners of spelling comes out."""
    left = {unicodedata.category(char) for char in plain(text) if char not in "\u200c\u200d"}

    assert not left & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@given(st.recursive(ANY_TEXT | st.integers() | st.none(), lambda v: st.lists(v) | st.dictionaries(ANY_TEXT, v)))
def test_json_is_harmless_and_the_same_value(value: object) -> None:
    """The JSON reads back as the value and holds no unsafe character."""
    made = json_text(value)

    assert json.loads(made) == value
    assert made == plain(made) or "  " in made


def test_indented_json_keeps_its_lines() -> None:
    """Line breaks of the layout stay, those of the text are escapes."""
    assert json_text({"a": "x\n\x85"}, indent=1) == '{\n "a": "x\\n\\u0085"\n}'


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("short", 10, "short"),
        ("the envoy, who came", 12, "the envoy…"),
        ("indivisible", 6, "indiv…"),
    ],
)
def test_long_words_are_cut_at_a_word_with_an_ellipsis(text: str, length: int, expected: str) -> None:
    """A cut text is never longer than asked for and shows that it was cut."""
    assert shortened(text, length) == expected


def test_lines_keep_their_breaks_and_nothing_a_terminal_obeys() -> None:
    """Tabs and line feeds stay; escape sequences and overrides are shown."""
    assert lines("a\tb\r\nc \x1b[2J\u202e\r") == "a\tb\nc \\x1b[2J\\u202e\\x0d"
