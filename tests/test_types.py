"""The values that everything is made of: what they refuse, and how they print."""

import datetime as dt
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import types
from dragoman.types import Act, Basis, Cell, Failure, Interval, Says, Span, Status
from strategies import RECORD_TYPES, anything, intervals, spans


def day(number: int | None) -> dt.date | None:
    """A day of May 2023."""
    return dt.date(2023, 5, number) if number else None


def interval(*numbers: int | None, among: tuple[int, ...] = ()) -> Interval:
    """An interval of days of May 2023."""
    a, b, c, d = map(day, (*numbers, None, None, None, None)[:4])
    return Interval(a, b, c, d, among=tuple(dt.date(2023, 5, number) for number in among))


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("", interval()),
        ("2023-05-26", interval(26, 26, 26, 26)),
        ("2023-05-16/2023-05-17", interval(16, 16, 17, 17)),
        ("[2023-05-15..2023-05-21]", interval(15, 21, 15, 21)),
        ("[..2023-05-05]", interval(None, 5, None, 5)),
        ("[2023-05-01..]", interval(1, None, 1, None)),
        ("2023-05-01/..", interval(1, 1)),
        ("../2023-05-20", interval(None, None, 20, 20)),
        ("2023-05-01~/2023-05-20", interval(1, 5, 20, 20)),
        ("2023-05-01/2023-05-20~", interval(1, 1, 15, 20)),
        ("2023-05-01~/2023-05-20~", interval(1, None, None, 20)),
        ("2023-05-01~/..", interval(1, 5)),
        ("[2023-05-05,2023-05-12]", interval(5, 12, 5, 12, among=(5, 12))),
        ("2023-05-05", interval(5, 5, 5, 5, among=(5,))),
    ],
)
def test_interval_prints_edtf(expected: str, value: Interval) -> None:
    """Duration, uncertainty, open ends and sets of days each have their own EDTF form."""
    assert expected == str(value)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("first day ends", (20, 10, None, None)),
        ("last day ends", (None, None, 20, 10)),
        ("whole ends", (20, None, None, 10)),
    ],
)
def test_interval_refuses_bounds_in_the_wrong_order(words: str, numbers: tuple[int | None, ...]) -> None:
    """No interval ends before it begins."""
    with pytest.raises(ValueError, match=words):
        interval(*numbers)


@pytest.mark.parametrize("among", [(12, 5), (5, 5)])
def test_interval_refuses_disorderly_candidates(among: tuple[int, ...]) -> None:
    """Candidate days are sorted and distinct, so that equal sets are equal values."""
    with pytest.raises(ValueError, match="candidate days"):
        interval(5, 12, 5, 12, among=among)


def test_interval_outer_bounds() -> None:
    """Start and end are the widest reading, and an interval is known when one bound is."""
    value = interval(1, 5, 15, 20)

    assert (day(1), day(20)) == (value.start, value.end)
    assert value.known
    assert interval(None, 5).known
    assert not Interval(basis=Basis.PUBLICATION).known


@given(intervals())
def test_interval_prints_its_outer_days(value: Interval) -> None:
    """The printed form is empty exactly where nothing is known, and otherwise shows the days that bound it."""
    printed = str(value)

    assert bool(printed) == (value.known or len(value.among) > 1)
    if len(value.among) < 2:
        assert all(str(bound) in printed for bound in (value.start, value.end) if bound)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3)])
def test_span_refuses_what_lies_in_no_text(start: int, end: int) -> None:
    """A span has at least one code point and begins inside the text."""
    with pytest.raises(ValueError, match=rf"not {start}\.\.{end}"):
        Span("text", start, end)


@given(st.lists(spans(), max_size=6))
def test_spans_sort_by_place_in_the_text(values: list[Span]) -> None:
    """Spans of one text sort by where they begin, then by where they end."""
    expected = sorted(values, key=lambda span: (span.text, span.start, span.end))

    assert expected == sorted(values)


def test_cell_refuses_value_without_words_or_reason() -> None:
    """A value never travels without the words it was read from or the reason it was inferred."""
    with pytest.raises(ValueError, match="words it was read from or a reason"):
        Cell("Kyiv")


def test_cell_refuses_emptiness_without_reason() -> None:
    """Words alone do not say why there is no value."""
    with pytest.raises(ValueError, match="empty cell needs a reason"):
        Cell(None, Span("text", 0, 4))


def _parts(cell: Cell[Any]) -> tuple[Any, Span | None, str]:
    return cell.value, cell.span, cell.reason


def test_cell_keeps_words_reason_or_both() -> None:
    """Each of the three lawful forms is kept as given."""
    span = Span("text", 0, 4)

    assert (Status.PLANNED, span, "") == _parts(Cell(Status.PLANNED, span))
    assert ("Kyiv", None, "the capital") == _parts(Cell("Kyiv", reason="the capital"))
    assert (None, span, "two readings") == _parts(Cell(None, span, "two readings"))


def test_failure_names_file_line_and_field() -> None:
    """A failure is one line, with the parts that are known."""
    assert "news.jsonl:7: title: missing" == str(Failure("news.jsonl", "missing", 7, "title"))
    assert "page.html: took over 10 s" == str(Failure("page.html", "took over 10 s"))


@pytest.mark.parametrize("cls", RECORD_TYPES, ids=lambda cls: str(cls.__name__))
def test_types_are_frozen_and_slotted(cls: type) -> None:
    """No value of a record can be changed or given a new attribute."""
    assert cls.__dataclass_params__.frozen  # type: ignore[attr-defined]  # set on every dataclass
    assert not hasattr(cls, "__dict__") or "__slots__" in vars(cls)


@given(anything(Act))
def test_values_hash_and_pickle(act: object) -> None:
    """Values can key a dictionary and travel to another process unchanged."""
    copy = pickle.loads(pickle.dumps(act))

    assert act == copy
    assert hash(act) == hash(copy)


def test_types_are_listed() -> None:
    """Every public name of the package is in its __all__, sorted."""
    public = sorted(
        name for name, value in vars(types).items() if getattr(value, "__module__", "").startswith(types.__name__)
    )

    assert public == types.__all__


def test_vocabularies_are_text() -> None:
    """A status is its own text, so that tables keyed by text find it."""
    assert 1 == {"planned": 1}[Status.PLANNED]
    assert "is_silent" == f"{Says.SILENT}"
