"""The lists as tables of commas: all rows that a filter leaves, in the order of the page, safe in a spreadsheet.

They are made from the index, a page at a time, so that a list of any length begins to arrive at once.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from dragoman.export.forms import Column, comma_separated
from dragoman.web import people, search
from dragoman.web.asked import CLAIM_FILTERS, EVENT_FILTERS, HELD_FILTERS, Asked
from dragoman.web.index import Index

# Rows that are asked of the index at once.
_STEP = 1000

Row = Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class List:
    """One list: the filters it takes, its rows by what is asked, its columns (heading -> field of a row)."""

    filters: tuple[str, ...]
    rows: Callable[[Index, Asked], search.Page]
    columns: Mapping[str, str]


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


LISTS = {
    "events": List(
        EVENT_FILTERS,
        search.events,
        _same(
            "id", "first", "last", "when", "who", "what", "type", "status", "where", "country", "lat", "lon", "course"
        )
        | {"support": "graded"}
        | _same("disputes", "standing", "reports", "claims", "outlets", "doubt"),
    ),
    "claims": List(
        CLAIM_FILTERS,
        search.claims,
        _same("id", "event", "kind", "type", "status", "says", "about", "voice", "first", "last", "summary", "quote")
        | _same("confidence", "decision", "text", "start", "stop")
        | {"documents": "documents"},
    ),
    "positions": List(
        HELD_FILTERS,
        people.positions,
        _same("id", "name", "code", "kind", "sector", "title", "issue", "stance", "object", "condition")
        | _same("first", "last", "period", "claims"),
    ),
    "actors": List(
        ("party", "kind", "sector"),
        people.actors,
        _same("key", "name", "code", "kind", "sector", "title", "events", "positions"),
    ),
    "documents": List(
        ("outlet", "language"),
        search.documents,
        _same("id", "document", "published", "title", "outlet", "agency", "language", "claims", "events"),
    ),
    "processes": List((), search.processes, _same("id", "name", "parties", "events", "first", "last")),
}


def table(index: Index, name: str, asked: Asked) -> Iterator[bytes]:
    """The list as RFC 4180, UTF-8, with a header."""
    held = LISTS[name]
    columns = [Column(heading, "", _cell(field)) for heading, field in held.columns.items()]
    return comma_separated(columns, _rows(index, held, asked))


def _rows(index: Index, held: List, asked: Asked) -> Iterator[Row]:
    page = 1
    while True:
        found = held.rows(index, dataclasses.replace(asked, page=page, size=_STEP))
        yield from found.rows
        if page >= found.last:
            return
        page += 1


def _cell(field: str) -> Callable[[Row], Any]:
    def value(row: Row) -> Any:
        cell = row.get(field)
        if field == "documents":
            return [one["document"] for one in cell or ()]
        return list(cell) if isinstance(cell, Iterable) and not isinstance(cell, str) else cell

    return value
