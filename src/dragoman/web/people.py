"""Actors and positions as the index knows them: who takes part in what, with whom, and who holds what on which issue.

Asked of the index by SQL; offices by date come from the tables of actors. Knows no page.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dragoman.web.asked import Asked
from dragoman.web.index import Index
from dragoman.web.remembered import remembered
from dragoman.web.search import Page, chosen, filter_key, paged

_EVERYBODY = """
    SELECT key, name, code, kind, sector, title, event AS happening, NULL AS position FROM takes_part
    UNION ALL SELECT key, name, code, kind, sector, title, NULL, id FROM positions"""
# The types whose participants met or spoke with each other (PLOVER 2.0).
_MEETINGS = ("CONSULT",)


def actors(index: Index, asked: Asked) -> Page:
    """Actors by how much of the record names them, most first."""
    found = remembered(index, f"actors {filter_key(asked)}", lambda: _actors(index, asked))
    page = paged(found, asked)
    return replace(page, rows=[dict(row) for row in page.rows])


def _actors(index: Index, asked: Asked) -> list[Any]:
    parts, values = chosen(asked, {"party": "code", "kind": "kind", "sector": "sector"})
    if asked.q:
        parts.append("(name LIKE ? ESCAPE '\\' OR code = ?)")
        values += [_holding(asked.q), asked.q.upper()]
    query = f"""SELECT key, min(name) AS name, min(code) AS code, min(kind) AS kind, min(sector) AS sector,
        max(title) AS title, count(DISTINCT happening) AS events, count(DISTINCT position) AS positions
        FROM ({_EVERYBODY}) WHERE {" AND ".join(parts)} GROUP BY key
        ORDER BY count(DISTINCT happening) + count(DISTINCT position) DESC, name, key"""
    return index.all(query, values)


def actor(index: Index, key: str) -> dict[str, Any] | None:
    """One actor with its numbers, None where nobody has this key."""
    query = f"""SELECT key, name, code, kind, sector, max(title) AS title, count(DISTINCT happening) AS events,
        count(DISTINCT position) AS positions FROM ({_EVERYBODY}) WHERE key = ?"""
    found = index.all(query, (key,))
    return dict(found[0]) if found and found[0]["key"] is not None else None


def met(index: Index, key: str, most: int = 30) -> list[dict[str, Any]]:
    """Whom an actor met or spoke with: the others of its meetings that took place, most often first."""
    query = f"""SELECT b.key, min(b.name) AS name, min(b.code) AS code, count(DISTINCT b.event) AS events,
        min(e.day) AS first, max(e.day) AS last
        FROM takes_part a JOIN takes_part b ON b.event = a.event AND b.key <> a.key JOIN events e ON e.n = a.event
        WHERE a.key = ? AND e.type IN ({", ".join("?" * len(_MEETINGS))}) AND e.status IN ('happened', 'ongoing')
        GROUP BY b.key ORDER BY events DESC, name LIMIT ?"""
    return [dict(row) for row in index.all(query, (key, *_MEETINGS, most))]


def met_each_other(index: Index, keys: Sequence[str]) -> list[tuple[str, str, int]]:
    """(actor, another, number of meetings that took place) of these actors who met each other."""
    some = ", ".join("?" * len(keys))
    query = f"""SELECT a.key, b.key, count(DISTINCT a.event)
        FROM takes_part a JOIN takes_part b ON b.event = a.event AND b.key > a.key JOIN events e ON e.n = a.event
        WHERE a.key IN ({some}) AND b.key IN ({some}) AND e.type IN ({", ".join("?" * len(_MEETINGS))})
            AND e.status IN ('happened', 'ongoing') GROUP BY a.key, b.key ORDER BY a.key, b.key"""
    return [(row[0], row[1], row[2]) for row in index.all(query, (*keys, *keys, *_MEETINGS))]


def perhaps(index: Index, events: Sequence[str]) -> dict[str, dict[str, float]]:
    """Event -> the events that may be the same act by pairs of claims in doubt that nobody judged -> the best score."""
    found: dict[str, dict[str, float]] = {}
    marks = ", ".join("?" * len(events))
    for mine, other in (("left", "right"), ("right", "left")):
        query = f"""SELECT m.event, o.event AS other, max(p.score) AS score FROM event_claims m
            CROSS JOIN pairs p ON p.{mine} = m.claim AND p.spoken = 0
            CROSS JOIN event_claims o ON o.claim = p.{other}
            WHERE m.event IN ({marks}) AND o.event <> m.event AND m.how = 'tells' AND o.how = 'tells'
            GROUP BY m.event, o.event"""
        for row in index.all(query, events):
            others = found.setdefault(row["event"], {})
            others[row["other"]] = max(row["score"], others.get(row["other"], 0.0))
    return found


def held(index: Index, key: str) -> list[dict[str, Any]]:
    """The positions of an actor, by issue and day."""
    query = "SELECT * FROM positions WHERE key = ? ORDER BY issue, first = '', first, id"
    return [_position(row) for row in index.all(query, (key,))]


def positions(index: Index, asked: Asked) -> Page:
    """Positions by party, issue and day."""
    where, values = _positions_where(asked)
    total = index.one(f"SELECT count(*) FROM positions WHERE {where}", values)
    query = f"SELECT * FROM positions WHERE {where} ORDER BY name, issue, first = '', first, id LIMIT ? OFFSET ?"
    found = index.all(query, [*values, asked.size, (asked.page - 1) * asked.size])
    return Page([_position(row) for row in found], total, asked.page, asked.size)


@dataclass(frozen=True, slots=True)
class Square:
    """What a party holds on an issue: all of it counted, whether it changed, and the latest of it."""

    issue: str
    count: int
    changed: bool
    shown: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """A party of the grid: its state's code, or "" and the key of an actor without a state."""

    code: str
    key: str
    name: str
    count: int
    squares: dict[str, Square]


# A state's positions are one party's; who has no state stands for himself.
_PARTY = "CASE WHEN code IN ('', 'UNK') THEN name ELSE code END"


def grid(index: Index, asked: Asked, most: int, rows: int) -> tuple[list[Row], int]:
    """The ``rows`` parties with most positions, ``most`` of each issue, and how many parties there are."""
    where, values = _positions_where(asked)
    query = f"""SELECT {_PARTY} AS party, issue, count(*) AS count,
        count(DISTINCT CASE WHEN first <> '' THEN stance END) > 1 AS changed
        FROM positions WHERE {where} GROUP BY party, issue"""
    counts: dict[str, dict[str, Square]] = {}
    for row in index.all(query, values):
        squares = counts.setdefault(row["party"], {})
        squares[row["issue"]] = Square(row["issue"], row["count"], bool(row["changed"]), [])
    sizes = {party: sum(one.count for one in squares.values()) for party, squares in counts.items()}
    largest = sorted(counts, key=lambda party: (-sizes[party], party))[:rows]
    query = f"""SELECT {_PARTY} AS party, positions.* FROM
            (SELECT n AS number, row_number() OVER (PARTITION BY {_PARTY}, issue ORDER BY first DESC, id) AS place
             FROM positions WHERE {where}) JOIN positions ON n = number
        WHERE place <= ? AND party IN (SELECT value FROM json_each(?)) ORDER BY first = '', first, id"""
    made: dict[str, Row] = {}
    for row in index.all(query, [*values, most, json.dumps(largest)]):
        code = "" if row["party"] != row["code"] else row["code"]
        party = made.setdefault(
            row["party"], Row(code, row["key"], row["name"], sizes[row["party"]], counts[row["party"]])
        )
        party.squares[row["issue"]].shown.append(_position(row))
    return [made[party] for party in largest], len(counts)


def stances(index: Index, asked: Asked) -> list[str]:
    """The stances among the positions asked for."""
    where, values = _positions_where(asked)
    return [row[0] for row in index.all(f"SELECT DISTINCT stance FROM positions WHERE {where} ORDER BY 1", values)]


def position_ids(index: Index, asked: Asked) -> list[str]:
    """The ids of all positions asked for, in their own order."""
    where, values = _positions_where(asked)
    return [row[0] for row in index.all(f"SELECT id FROM positions WHERE {where} ORDER BY id", values)]


def _positions_where(asked: Asked) -> tuple[str, list[Any]]:
    parts, values = chosen(asked, {"party": "code", "actor": "key", "issue": "issue", "stance": "stance"})
    if asked.q:
        parts.append("(object LIKE ? ESCAPE '\\' OR condition LIKE ? ESCAPE '\\')")
        values += [_holding(asked.q)] * 2
    if asked.since:
        parts.append("(last = '' OR last >= ?) AND (first <> '' OR last <> '')")
        values.append(asked.first_day)
    if asked.until:
        parts.append("(first = '' OR first <= ?) AND (first <> '' OR last <> '')")
        values.append(asked.last_day)
    return " AND ".join(parts), values


def _holding(q: str) -> str:
    """The LIKE pattern, a backslash its escape, of what holds these letters."""
    escaped = q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _position(row: Any) -> dict[str, Any]:
    return {key: row[key] for key in row.keys() if key not in ("n", "mark")}  # noqa: SIM118 -- a row is no mapping
