"""Property tests: whatever stands in a codebook, it is checked and refused in words, or it is a book that answers."""

import copy
import functools
import json
import re
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.codebook import Codebook, CodebookError, load, parse
from dragoman.types import Status

_BUILT = Path(__file__).resolve().parents[2] / "src" / "dragoman" / "data" / "codebook.json"

_JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-20, 20)
    | st.floats()
    | st.sampled_from(["", "CONSULT", "visit", "042", "x"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["a", "CONSULT", "types"]), inner),
    max_leaves=4,
)


@functools.cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(_BUILT.read_text(encoding="utf-8"))
    tables["cameo"] = {code: tables["cameo"][code] for code in ("030", "036", "040", "041", "042", "043", "125")}
    for rule in tables["types"].values():
        rule.pop("cameo")
    tables["to_cameo"] = [row for row in tables["to_cameo"] if row["code"] in tables["cameo"]]
    tables["says"] = {}
    return tables


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """A good book with one value, somewhere, replaced by junk, dropped or joined by a stranger."""
    book = copy.deepcopy(_tables())
    at: Any = book
    while True:
        key = draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if not (isinstance(at[key], dict | list) and at[key]) or draw(st.booleans()):
            break
        at = at[key]
    deed = draw(st.sampled_from(["replace", "replace", "drop", "join"]))
    if deed == "replace":
        at[key] = draw(_JUNK)
    elif deed == "drop":
        del at[key]
    elif isinstance(at, dict):
        at["stranger"] = draw(_JUNK)
    else:
        at.append(draw(_JUNK))
    return book


def _answers(book: Codebook) -> bool:
    for rule in book.types.values():
        for status in Status:
            code = book.to_cameo(rule.code, rule.modes, status, book.contexts)
            type_code, modes, _ = book.to_plover(rule.code, rule.modes, status)
            if (code and code not in book.cameo) or book.check_act(type_code, modes):
                return False
    return True


def _tried(tables: dict[str, Any]) -> tuple[Codebook | None, str]:
    try:
        return parse(tables, ""), ""
    except CodebookError as problem:
        return None, str(problem)


@settings(max_examples=200)
@given(spoilt())
def test_spoilt_books_are_refused_or_answer(tables: dict[str, Any]) -> None:
    """A book with something wrong in it raises CodebookError in one line that starts with a key, or it works."""
    book, refusal = _tried(tables)

    if book is None:
        assert re.match(r"\w+", refusal)[0] in {*tables, *_tables()}  # type: ignore[index]  # None fails the test
        assert "\n" not in refusal
    else:
        assert _answers(book)


def test_good_book_answers() -> None:
    """The book that is spoilt above is good before, as is the whole one."""
    assert _answers(parse(_tables(), ""))
    assert _answers(load())
