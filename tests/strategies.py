"""Hypothesis strategies for every type of a record, built from the types' own hints.

``anything(Claim)`` draws claims; ``RECORD_TYPES`` lists all types. Only the three types that refuse some values (spans,
intervals, cells) are built by hand. Lists are short: a record of two of everything has every shape a large one has.
"""

import dataclasses
import datetime as dt
import enum
import functools
import inspect
import types as pytypes
import typing
from typing import Any

from hypothesis import strategies as st

from dragoman import types
from dragoman.types import Basis, Cell, Interval, Span

RECORD_TYPES: tuple[type, ...] = tuple(
    cls for _, cls in sorted(vars(types).items()) if inspect.isclass(cls) and dataclasses.is_dataclass(cls)
)

_LONGEST = 2  # items of a list: none, one, several

# What news text is made of, and what breaks careless code: accents, other scripts, combining marks, line ends.
words = st.one_of(
    st.sampled_from(["", "Li Hui", "“Kyiv”", "Türkiye", "北京", "Москва", "e\u0301", "🕊", "a\n\nb", "\x00", "\u2028"]),
    st.text(max_size=12),
)
days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
numbers = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Spans of at least one code point."""
    start = draw(st.integers(0, 10**6))
    return Span(draw(words), start, start + draw(st.integers(1, 500)))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Intervals with any of the four bounds open, in every order that is allowed."""
    bounds = sorted(draw(st.lists(days, min_size=4, max_size=4)))
    if draw(st.booleans()):  # overlapping days: the last day may be one of the possible first days
        bounds = [bounds[0], bounds[2], bounds[1], bounds[3]]
    kept = [day if draw(st.booleans()) else None for day in bounds]
    among = tuple(sorted(draw(st.sets(days, max_size=3))))
    return Interval(kept[0], kept[1], kept[2], kept[3], draw(st.sampled_from(Basis)), among)


@st.composite
def cells(draw: st.DrawFn, of: Any) -> Cell[Any]:
    """Cells with words, with a reason, or with both; empty ones always with a reason."""
    value = draw(st.none() | of)
    span = draw(st.none() | spans())
    reason = draw(words)
    if not reason and (value is None or span is None):
        reason = "no words for it"
    return Cell(value, span, reason)


def for_hint(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type hint as they stand in the fields of our types."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is Cell:
        return cells(for_hint(args[0]))
    if origin in (typing.Union, pytypes.UnionType):
        return st.one_of(*(for_hint(arg) for arg in args))
    if origin is tuple:
        several = args[-1] is Ellipsis
        return st.lists(for_hint(args[0]), max_size=_LONGEST).map(tuple) if several else st.tuples(*map(for_hint, args))
    if inspect.isclass(hint) and issubclass(hint, enum.Enum):
        return st.sampled_from(hint)
    if inspect.isclass(hint) and dataclasses.is_dataclass(hint):
        return anything(hint)
    return _plain(hint)


def _plain(hint: Any) -> st.SearchStrategy[Any]:
    plain: dict[Any, st.SearchStrategy[Any]] = {
        type(None): st.none(),
        str: words,
        bool: st.booleans(),
        int: st.integers(-(2**63), 2**63 - 1),
        float: numbers,
        bytes: st.binary(max_size=20),
        dt.date: days,
    }
    return plain[hint]


@functools.cache
def anything(cls: type) -> st.SearchStrategy[Any]:
    """Values of one of the record's types."""
    if cls is Span:
        return spans()
    if cls is Interval:
        return intervals()
    if cls is Cell:
        return cells(anything(types.Party) | anything(types.Place) | intervals() | words)
    hints = typing.get_type_hints(cls)
    return st.builds(cls, **{field.name: for_hint(hints[field.name]) for field in dataclasses.fields(cls)})
