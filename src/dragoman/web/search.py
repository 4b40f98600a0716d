"""Lists, counts and pages of events, claims, documents, actors and positions, asked of the index by SQL.

Values given by a person are always parameters, never part of a statement. Knows no value of the record.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.terminal import choose
from dragoman.types import Course, Support
from dragoman.web.asked import Asked, words_of
from dragoman.web.index import Index
from dragoman.web.remembered import remembered

Numbers = NDArray[np.int32]

# Places that one map shows.
_PLACES = 400
# Where a match begins and ends in a snippet; neither occurs in indexed text, which is made harmless before.
OPEN, CLOSE = "\x02", "\x03"

_ORDER = {
    "date": "day, id",
    "-date": "day = '9999', day DESC, id",
    "reports": "reports DESC, day, id",
    "disputes": "disputes DESC, reports DESC, day, id",
    "doubt": "doubt * weight DESC, day, id",
}


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and how long the whole list is."""

    rows: list[Any]
    total: int
    page: int
    size: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))


def paged(rows: Sequence[Any], asked: Asked) -> Page:
    """The page that is asked for of a whole list."""
    start = (asked.page - 1) * asked.size
    return Page(list(rows[start : start + asked.size]), len(rows), asked.page, asked.size)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: how many things have it, whether it is chosen."""

    value: str
    count: int
    chosen: bool


def _where(asked: Asked, table: str, column: str, words: str, leave: str = "") -> tuple[str, list[Any]]:
    """The condition of a list; ``leave`` is a filter that is left out of it."""
    parts, values = ["1"], list[Any]()
    for name, wanted in asked.chosen.items():
        if wanted and name != leave:
            marks = ", ".join("?" * len(wanted))
            parts.append(f"n IN (SELECT {column} FROM {table} WHERE kind = ? AND value IN ({marks}))")
            values += [name, *wanted]
    if asked.standing:
        kinds = _standing(asked.standing)
        either = " OR ".join(["kind = ? AND value LIKE ?"] * len(kinds))
        parts.append(f"n IN (SELECT {column} FROM {table} WHERE {either})")
        values += [part for kind, value in kinds for part in (kind, value)]
    found = words_of(asked.q)
    if asked.q:
        parts.append(f"n IN (SELECT rowid FROM {words} WHERE {words} MATCH ?)" if found else "0")
        values += [found] if found else []
    if asked.since or asked.until:
        parts.append("(first <> '' OR last <> '')")
        if asked.since:
            parts.append("(last = '' OR last >= ?)")
            values.append(asked.first_day)
        if asked.until:
            parts.append("(first = '' OR first <= ?)")
            values.append(asked.last_day)
    return " AND ".join(parts), values


def _standing(beginning: str) -> list[tuple[str, str]]:
    """(facet, LIKE pattern) of the values of the three axes that begin so."""
    axes = (("course", set(Course)), ("support", set(Support)))
    found = []
    for value in choose.standings():
        if value.startswith(beginning):
            kind = next((name for name, axis in axes if value in axis), "dispute")
            found.append((kind, value + ("%" if kind == "dispute" else "")))
    return found


def _page(
    index: Index, table: str, asked: Asked, condition: tuple[str, list[Any]], order: str, *, total: int | None = None
) -> Page:
    where, values = condition
    total = _total(index, table, condition) if total is None else total
    query = f"SELECT * FROM {table} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"
    found = index.all(query, [*values, asked.size, (asked.page - 1) * asked.size])
    return Page(found, total, asked.page, asked.size)


def _total(index: Index, table: str, condition: tuple[str, list[Any]]) -> int:
    """How many rows a condition leaves; counted once."""
    where, values = condition
    query = f"SELECT count(*) FROM {table} WHERE {where}"
    return remembered(index, json.dumps([query, values]), lambda: int(index.one(query, values)))


def ids(index: Index, table: str, asked: Asked) -> list[str]:
    """The ids of all events or claims asked for, in their own order. ``table`` is a name of ours."""
    if table == "events":
        where, values = "n IN (SELECT value FROM json_each(?))", [json.dumps(numbers(index, asked).tolist())]
    else:
        where, values = _where(asked, "claim_facets", "claim", "claim_words")
    return [row[0] for row in index.all(f"SELECT id FROM {table} WHERE {where} ORDER BY id", values)]


def events(index: Index, asked: Asked) -> Page:
    """Events as dictionaries: the columns of the index, and the cells in words."""
    total = len(numbers(index, asked))
    found = _page(index, "events", asked, _events_where(asked), _ORDER[asked.sort], total=total)
    return Page([event(row) for row in found.rows], found.total, found.page, found.size)


def _events_where(asked: Asked, leave: str = "") -> tuple[str, list[Any]]:
    return _where(asked, "facets", "event", "event_words", leave)


def numbers(index: Index, asked: Asked, leave: str = "") -> Numbers:
    """The row numbers of all events asked for; ``leave`` is a filter that is left out. Nobody may change them."""
    where, values = _events_where(asked, leave)
    query = f"SELECT n FROM events WHERE {where}"

    def found() -> Numbers:
        return np.fromiter((row[0] for row in index.all(query, values)), np.int32)

    return remembered(index, json.dumps([query, values]), found)


def event(row: sqlite3.Row) -> dict[str, Any]:
    """A row of events with its cells in words."""
    made = dict(row) | json.loads(row["cells"])
    return {key: value for key, value in made.items() if key not in ("n", "mark", "cells", "day")}


def filter_key(asked: Asked) -> str:
    """The filter alone, without order and page."""
    return json.dumps(replace(asked, sort="date", page=1, size=50).pairs())


def hits(index: Index, q: str, events_shown: list[str]) -> dict[str, tuple[str, str]]:
    """Event -> (claim, its words with the match marked), of events whose claims' own words match."""
    found = words_of(q)
    if not found or not events_shown:
        return {}
    query = f"""SELECT e.event, c.id, c.n FROM event_claims e CROSS JOIN claims c ON c.id = e.claim
        WHERE e.event IN ({", ".join("?" * len(events_shown))}) ORDER BY c.text, c.start, c.id"""
    rows = index.all(query, events_shown)
    numbers = [row["n"] for row in rows]
    query = "SELECT rowid FROM claim_words WHERE claim_words MATCH ? AND +rowid IN (SELECT value FROM json_each(?))"
    matching = {row[0] for row in index.all(query, (found, json.dumps(numbers)))}
    first: dict[str, sqlite3.Row] = {}
    for row in rows:
        if row["n"] in matching:
            first.setdefault(row["event"], row)
    cut = _snippets(index, "claim_words", 0, found, [row["n"] for row in first.values()])
    return {event: (row["id"], cut[row["n"]]) for event, row in first.items()}


def _snippets(index: Index, words: str, column: int, found: str, numbers: list[int]) -> dict[int, str]:
    """Row -> its words around what was found, which is marked.

    One search for all rows: ``+`` keeps SQLite from making a search for each, which for the beginning of a word goes
    through all that begins so.
    """
    query = f"""SELECT rowid, snippet({words}, {column}, '{OPEN}', '{CLOSE}', '…', 32) FROM {words}
        WHERE {words} MATCH ? AND +rowid IN (SELECT value FROM json_each(?))"""
    return {row[0]: row[1] for row in index.all(query, (found, json.dumps(numbers)))} if numbers else {}


def elsewhere(index: Index, q: str) -> dict[str, int]:
    """How many claims and documents hold the words of a search; {} without one."""
    found = words_of(q)
    tables = {"claims": "claim_words", "documents": "document_words"}
    query = "SELECT count(*) FROM {0} WHERE {0} MATCH ?"
    return {name: index.one(query.format(words), (found,)) if found else 0 for name, words in tables.items() if q}


def claims(index: Index, asked: Asked, *, text: str = "") -> Page:
    """Claims by text and place, each with the event it belongs to and what a person said of it."""
    where, values = _where(asked, "claim_facets", "claim", "claim_words")
    if text:
        where, values = f"{where} AND text = ?", [*values, text]
    found = _page(index, "claims", asked, (where, values), "text, start, id")
    return Page([claim(index, row) for row in found.rows], found.total, found.page, found.size)


def claim(index: Index, row: sqlite3.Row) -> dict[str, Any]:
    """A row of claims with its event, its documents and a person's word."""
    made = {key: row[key] for key in row.keys() if key not in ("n", "mark")}  # noqa: SIM118 -- a row is no mapping
    query = "SELECT event FROM event_claims WHERE claim = ? ORDER BY how DESC LIMIT 1"
    made["event"] = index.one(query, (row["id"],))
    made["decision"] = index.one("SELECT decision FROM decided WHERE claim = ?", (row["id"],)) or ""
    made["documents"] = [dict(one) for one in documents_of(index, row["text"])]
    return made


def documents_of(index: Index, text: str) -> list[sqlite3.Row]:
    """The reports of a text, earliest first."""
    query = "SELECT id, document, outlet, published, title FROM documents WHERE text = ?"
    return index.all(f"{query} ORDER BY published = '', published, id", (text,))


def chosen(asked: Asked, columns: Mapping[str, str]) -> tuple[list[str], list[Any]]:
    """Conditions, with their values, of filters (filter -> column) whose values stand in the rows themselves."""
    parts, values = ["1"], list[Any]()
    for name, column in columns.items():
        wanted = asked.chosen.get(name, ())
        if wanted:
            parts.append(f"{column} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    return parts, values


def documents(index: Index, asked: Asked) -> Page:
    """Reports by day; with words to search, each with the matching words."""
    parts, values = chosen(asked, {"outlet": "outlet", "language": "language"})
    found = words_of(asked.q)
    if asked.q:
        parts.append("n IN (SELECT rowid FROM document_words WHERE document_words MATCH ?)" if found else "0")
        values += [found] if found else []
    if asked.since:
        parts.append("published >= ?")
        values.append(asked.first_day)
    if asked.until:
        parts.append("published <> '' AND published <= ?")
        values.append(asked.last_day)
    order = "published = '', published, document, id"
    page = _page(index, "documents", asked, (" AND ".join(parts), values), order)
    said = _snippets(index, "document_words", -1, found, [row["n"] for row in page.rows]) if found else {}
    rows = [_document(index, row, said.get(row["n"])) for row in page.rows]
    return Page(rows, page.total, page.page, page.size)


def _document(index: Index, row: sqlite3.Row, said: str | None) -> dict[str, Any]:
    made = {key: row[key] for key in row.keys() if key not in ("n", "mark")}  # noqa: SIM118 -- a row is no mapping
    made["claims"] = index.one("SELECT count(*) FROM claims WHERE text = ?", (row["text"],))
    query = """SELECT count(DISTINCT e.event) FROM event_claims e JOIN claims c ON c.id = e.claim WHERE c.text = ?"""
    made["events"] = index.one(query, (row["text"],))
    return made if said is None else {**made, "said": said}


def outlets(index: Index) -> list[Value]:
    """Every outlet with its number of reports, most first."""
    query = "SELECT outlet, count(*) FROM documents WHERE outlet <> '' GROUP BY outlet ORDER BY 2 DESC, 1"
    return [Value(row[0], row[1], False) for row in index.all(query)]


def by_day(index: Index, asked: Asked) -> dict[str, int]:
    """Day -> how many of the events asked for have it as their first known day, whatever days are asked for."""
    wanted = replace(asked, since="", until="")

    def counted() -> dict[str, int]:
        where, values = _events_where(wanted)
        query = f"SELECT day, count(*) FROM events WHERE day < '9999' AND {where} GROUP BY day"
        return {row[0]: row[1] for row in index.all(query, values)}

    return remembered(index, f"days {filter_key(wanted)}", counted)


def processes(index: Index, asked: Asked) -> Page:
    """Processes, the largest first, each with its first and last day."""
    total = index.one("SELECT count(*) FROM processes")
    query = """SELECT p.*, (SELECT min(day) FROM events JOIN facets f ON f.event = n AND f.kind = 'process'
            AND f.value = p.id WHERE day < '9999') AS first,
        (SELECT max(day) FROM events JOIN facets f ON f.event = n AND f.kind = 'process'
            AND f.value = p.id WHERE day < '9999') AS last
        FROM processes p ORDER BY events DESC, name, id LIMIT ? OFFSET ?"""
    found = [dict(row) for row in index.all(query, (asked.size, (asked.page - 1) * asked.size))]
    rows = [row | {"parties": json.loads(row["parties"])} for row in found]
    return Page(rows, total, asked.page, asked.size)


def places(index: Index, asked: Asked) -> list[dict[str, Any]]:
    """Places with a point of the events asked for, each with its numbers, most events first."""
    return remembered(index, f"places {filter_key(asked)}", lambda: _places(index, asked))


def visits(index: Index, asked: Asked) -> list[dict[str, Any]]:
    """Visits with a day and a point of the events asked for, of each visitor by day; a country's point is none."""
    where, values = _events_where(asked)
    query = f"""SELECT key, name, id, day, place, lat, lon, status, json_extract(cells, '$.days') AS days
        FROM events JOIN takes_part ON event = n
        WHERE role = 'visitor' AND kind = 'person' AND lat IS NOT NULL AND precision NOT IN ('country', 'region')
            AND day < '9999' AND {where} ORDER BY key, day, last, id"""
    return [dict(row) for row in index.all(query, values)]


def _places(index: Index, asked: Asked) -> list[dict[str, Any]]:
    where, values = _events_where(asked)
    query = f"""SELECT place AS name, country, lat, lon, precision, count(*) AS events, sum(disputes > 0) AS disputed
        FROM events WHERE lat IS NOT NULL AND {where} GROUP BY place, country, lat, lon
        ORDER BY count(*) DESC, place LIMIT ?"""
    return [dict(row) for row in index.all(query, [*values, _PLACES])]
