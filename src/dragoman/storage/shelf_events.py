"""The shelf of a record, part three: what is known of events without reading them, and the derived tables in parts.

Events are written a few at a time, and what is no more is taken out at the end; the hash over all that is derived
follows each change.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dragoman.storage import rows, schema, sql
from dragoman.storage.shelf import Connection, ask, do, listed
from dragoman.types import Relation

Tie = tuple[str, str, str]
"""Kind, one code, another code: how an event can be part of another, or answer it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What other events ask of an event: its day, what tells its parties apart, when its plans lapse, its ties.

    ``lies``: first and last day (ordinals) by which it may be related to others; without, it has no ties. ``joins``:
    how its acts became one.
    """

    event: str
    day: str | None
    parties: tuple[str, ...]
    lapses: str | None
    lies: tuple[int, int] | None
    ties: frozenset[Tie]
    joins: bytes


def put(connection: Connection, events: Sequence[Known], members: Mapping[str, Iterable[int]]) -> None:
    """Make events known, new or in place of what was known of them; ``members``: the numbers of their acts."""
    forget(connection, [one.event for one in events])
    values = [(one.event, one.day, json.dumps(one.parties), one.lapses, one.joins) for one in events]
    do(connection, "INSERT INTO shelf_events VALUES (?, ?, ?, ?, ?)", values)
    ties = [(*tie, one.event, *one.lies) for one in events if one.lies for tie in sorted(one.ties)]
    do(connection, "INSERT INTO shelf_ties VALUES (?, ?, ?, ?, ?, ?)", ties)
    placed = [(event, n) for event, numbers in members.items() for n in numbers]
    do(connection, "UPDATE shelf_acts SET event = ? WHERE n = ?", placed)


def forget(connection: Connection, events: Iterable[str]) -> None:
    """Events are no more, or not as they were; relations are left for :func:`relate`."""
    gone = [(listed(events),)]
    for table in ("shelf_events", "shelf_ties"):
        do(connection, f"DELETE FROM {table} WHERE event IN (SELECT value FROM json_each(?))", gone)


def joins(connection: Connection, events: Iterable[str]) -> dict[str, bytes]:
    """Event -> how its acts became one."""
    query = "SELECT event, joins FROM shelf_events WHERE event IN (SELECT value FROM json_each(?))"
    return dict(ask(connection, query, listed(events)))


def waiting(connection: Connection, what: str, most: int) -> list[str]:
    """Events noted, at most so many, the earliest first, so that those told in the same texts come together."""
    query = """SELECT id FROM shelf_todo LEFT JOIN shelf_events ON event = id WHERE what = ?
        ORDER BY day, id LIMIT ?"""
    return [row[0] for row in ask(connection, query, what, most)]


def alive(connection: Connection, events: Iterable[str]) -> set[str]:
    """Those of the ids that are events now."""
    query = "SELECT event FROM shelf_events WHERE event IN (SELECT value FROM json_each(?))"
    return {row[0] for row in ask(connection, query, listed(events))}


def members(connection: Connection, events: Iterable[str]) -> dict[str, list[str]]:
    """Event -> its claims, sorted."""
    query = "SELECT event, claim FROM shelf_acts WHERE event IN (SELECT value FROM json_each(?)) ORDER BY claim"
    out: dict[str, list[str]] = {}
    for event, claim in ask(connection, query, listed(events)):
        out.setdefault(event, []).append(claim)
    return out


def events_of(connection: Connection, claims: Iterable[str]) -> set[str]:
    """The events that these claims are in."""
    query = (
        "SELECT DISTINCT event FROM shelf_acts WHERE event IS NOT NULL AND claim IN (SELECT value FROM json_each(?))"
    )
    return {row[0] for row in ask(connection, query, listed(claims))}


def events_told_by(connection: Connection, texts: Iterable[str]) -> set[str]:
    """The events that these texts tell of, or pass over."""
    query = """SELECT event FROM shelf_acts WHERE text IN (SELECT value FROM json_each(?1)) AND event IS NOT NULL
        UNION SELECT b.event FROM shelf_acts a JOIN shelf_acts b ON b.claim = a.about
        WHERE a.text IN (SELECT value FROM json_each(?1)) AND b.event IS NOT NULL"""
    return {row[0] for row in ask(connection, query, listed(texts))}


def silences_about(connection: Connection, claims: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Silent claim -> (the claim it concerns, its own text)."""
    query = "SELECT claim, about, text FROM shelf_acts WHERE about IN (SELECT value FROM json_each(?))"
    return {claim: (about, text) for claim, about, text in ask(connection, query, listed(claims))}


def set_about(connection: Connection, about: Mapping[str, str | None]) -> set[str]:
    """Keep what silent claims concern; the events that the changed ones concerned and concern now."""
    query = "SELECT claim, about FROM shelf_acts WHERE silent = 1 AND claim IN (SELECT value FROM json_each(?))"
    old = {claim: before for claim, before in ask(connection, query, listed(about))}  # noqa: C416 # rows
    do(connection, "UPDATE shelf_acts SET about = ? WHERE claim = ?", [(to, claim) for claim, to in about.items()])
    touched = {end for claim in old for end in (old[claim], about[claim]) if end}
    return events_of(connection, touched)


def today(connection: Connection) -> str | None:
    """The newest day on which an act was told."""
    found: str | None = ask(connection, "SELECT max(published) FROM shelf_acts WHERE silent = 0")[0][0]
    return found


def lapsing(connection: Connection, before: str | None, now: str | None) -> set[str]:
    """The events of which a plan has lapsed on one of two days and not on the other; None: no day is known."""
    low, high = sorted((before or "", now or ""))
    query = "SELECT event FROM shelf_events WHERE lapses >= ? AND lapses < ?"
    return {row[0] for row in ask(connection, query, low, high)}


# Relations ------------------------------------------------------------------------------------------------------------


def tied_above(connection: Connection, events: Iterable[str], reach: int) -> set[str]:
    """The visits that these events may be part of, and the demands that they may answer, at most so many days apart."""
    query = """
        SELECT w.event FROM shelf_ties a CROSS JOIN shelf_ties b ON b.event = a.event AND b.tie = 'who'
        CROSS JOIN shelf_ties w ON w.tie = 'whole' AND w.one = a.one AND w.other = b.one
            AND w.first <= a.last + ?2 AND w.last >= a.first - ?2
        WHERE a.tie = 'who' AND a.one <> b.one AND a.event IN (SELECT value FROM json_each(?1))
        UNION SELECT d.event FROM shelf_ties r CROSS JOIN shelf_ties d
        ON d.tie = 'demand' AND d.one = r.other AND d.other = r.one
            AND d.first <= r.last + ?2 AND d.last >= r.first - ?2
        WHERE r.tie = 'refusal' AND r.event IN (SELECT value FROM json_each(?1))"""
    return {row[0] for row in ask(connection, query, listed(events), reach)}


def tied_below(connection: Connection, events: Iterable[str], reach: int) -> set[str]:
    """The meetings that may be part of these visits, and the refusals that may answer these demands, likewise."""
    query = """
        SELECT b.event FROM shelf_ties w CROSS JOIN shelf_ties a ON a.tie = 'who' AND a.one = w.one
            AND w.first <= a.last + ?2 AND w.last >= a.first - ?2
        CROSS JOIN shelf_ties b ON b.event = a.event AND b.tie = 'who' AND b.one = w.other
        WHERE w.tie = 'whole' AND w.one <> w.other AND w.event IN (SELECT value FROM json_each(?1))
        UNION SELECT r.event FROM shelf_ties d CROSS JOIN shelf_ties r
        ON r.tie = 'refusal' AND r.one = d.other AND r.other = d.one
            AND d.first <= r.last + ?2 AND d.last >= r.first - ?2
        WHERE d.tie = 'demand' AND d.event IN (SELECT value FROM json_each(?1))"""
    return {row[0] for row in ask(connection, query, listed(events), reach)}


def relations(connection: Connection, events: Iterable[str]) -> set[Relation]:
    """The relations with an end among these events."""
    query = """SELECT form FROM shelf_relations WHERE left IN (SELECT value FROM json_each(?1))
        UNION SELECT form FROM shelf_relations WHERE right IN (SELECT value FROM json_each(?1))"""
    return {rows.value_of(form, Relation) for (form,) in ask(connection, query, listed(events))}


def relate(connection: Connection, lefts: Iterable[str], found: Iterable[Relation]) -> None:
    """Make ``found`` the relations in which these events stand on the left."""
    do(connection, "DELETE FROM shelf_relations WHERE left IN (SELECT value FROM json_each(?))", [(listed(lefts),)])
    new = [(r.left, r.kind.value, r.right, rows.form_of(r)) for r in found]
    do(connection, "INSERT INTO shelf_relations VALUES (?, ?, ?, ?)", new)


_ABOVE = """WITH RECURSIVE up(event) AS (SELECT value FROM json_each(?)
    UNION SELECT r.right FROM up JOIN shelf_relations r ON r.left = up.event AND r.kind = 'part_of')
    SELECT event FROM up"""
_BELOW = """WITH RECURSIVE down(event) AS (SELECT value FROM json_each(?)
    UNION SELECT r.left FROM down JOIN shelf_relations r ON r.right = down.event AND r.kind = 'part_of')
    SELECT event FROM down"""


def above(connection: Connection, events: Iterable[str]) -> set[str]:
    """These events and all that they are part of, directly or not."""
    return {row[0] for row in ask(connection, _ABOVE, listed(events))}


def below(connection: Connection, events: Iterable[str]) -> set[str]:
    """These events and all their parts, directly or not."""
    return {row[0] for row in ask(connection, _BELOW, listed(events))}


def all_known(connection: Connection) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """(event, day, parties) of every event."""
    query = "SELECT event, day, parties FROM shelf_events"
    return [(event, day, tuple(json.loads(parties))) for event, day, parties in ask(connection, query)]


def all_related(connection: Connection) -> list[tuple[str, str]]:
    """The ends of every relation."""
    return [(left, right) for left, right in ask(connection, "SELECT left, right FROM shelf_relations")]


# Stances --------------------------------------------------------------------------------------------------------------


def put_stances(connection: Connection, texts: Iterable[str], stances: Sequence[tuple[str, str, str]]) -> set[str]:
    """Make these (claim, text, held) the stances of the texts; what is held of those that went and those that came."""
    of = listed(texts)
    old = ask(connection, "SELECT held FROM shelf_stances WHERE text IN (SELECT value FROM json_each(?))", of)
    do(connection, "DELETE FROM shelf_stances WHERE text IN (SELECT value FROM json_each(?))", [(of,)])
    do(connection, "INSERT INTO shelf_stances VALUES (?, ?, ?)", stances)
    return {row[0] for row in old} | {held for _, _, held in stances}


def stances(connection: Connection, held: Iterable[str]) -> list[tuple[str, str]]:
    """(claim, text) of the stances of which this is held."""
    query = "SELECT claim, text FROM shelf_stances WHERE held IN (SELECT value FROM json_each(?))"
    return [(claim, text) for claim, text in ask(connection, query, listed(held))]


def put_positions(connection: Connection, held: Iterable[str], made: Mapping[str, str]) -> set[str]:
    """Make ``made`` (position -> what is held) the positions of what is held; those that are no more."""
    of = listed(held)
    query = "SELECT position FROM shelf_positions WHERE held IN (SELECT value FROM json_each(?))"
    old = {row[0] for row in ask(connection, query, of)}
    do(connection, "DELETE FROM shelf_positions WHERE held IN (SELECT value FROM json_each(?))", [(of,)])
    do(connection, "INSERT INTO shelf_positions VALUES (?, ?)", list(made.items()))
    return old - set(made)


# What is derived ------------------------------------------------------------------------------------------------------


def hashed(table: str, row: Sequence[Any]) -> int:
    """A row as a number; the hash of all that is derived is the sum of these, in any order, modulo 2^256."""
    return int.from_bytes(hashlib.sha256(json.dumps([table, *row]).encode()).digest())


def write(connection: Connection, table: sa.Table, new: Sequence[rows.Row], gone: Iterable[str] = ()) -> None:
    """Put rows into a derived table in place of those with their keys; take the rows with the keys ``gone`` out."""
    column = dict(sql.DERIVED)[table]
    keys = listed({str(row[column]) for row in new} | set(gone))
    old = ask(connection, f"SELECT * FROM {table.name} WHERE {column} IN (SELECT value FROM json_each(?))", keys)
    do(connection, f"DELETE FROM {table.name} WHERE {column} IN (SELECT value FROM json_each(?))", [(keys,)])
    if new:
        connection.execute(sa.insert(table), list(new))
    order = [field.name for field in table.columns]
    change = sum(hashed(table.name, [row[name] for name in order]) for row in new)
    change -= sum(hashed(table.name, tuple(row)) for row in old)
    before = int(sql.get(connection, "derived") or "0", 16)
    sql.put(connection, "derived", f"{(before + change) % 2**256:064x}")


def doubtful_links(connection: Connection, claims: Iterable[str]) -> dict[tuple[str, str], str]:
    """(left, right) -> id of the kept pairs in doubt with an end among these claims."""
    query = """SELECT left, right, id FROM model_links WHERE left IN (SELECT value FROM json_each(?1))
        UNION SELECT left, right, id FROM model_links WHERE right IN (SELECT value FROM json_each(?1))"""
    return {(left, right): id_ for left, right, id_ in ask(connection, query, listed(claims))}


def retire(connection: Connection) -> None:
    """Take out of the derived table what is no event now and redirect the ids; those of events lead nowhere else.

    For when all claims have their events: where an id leads depends on all of them (:func:`rows.moved`).
    """
    query = "SELECT id, form FROM events WHERE id NOT IN (SELECT event FROM shelf_events)"
    gone = {id_: json.loads(form).get("claims", ()) for id_, form in ask(connection, query)}
    claims = listed({claim for some in gone.values() for claim in some})
    query = """SELECT claim, event FROM shelf_acts
        WHERE event IS NOT NULL AND claim IN (SELECT value FROM json_each(?))"""
    home = {claim: event for claim, event in ask(connection, query, claims)}  # noqa: C416 # rows
    moved = sorted(rows.moved(gone, home).items())
    do(connection, "UPDATE redirects SET new = ? WHERE new = ?", [(new, id_) for id_, new in moved])
    do(connection, "INSERT OR REPLACE INTO redirects VALUES (?, ?)", moved)
    do(connection, "DELETE FROM redirects WHERE old IN (SELECT event FROM shelf_events)")
    write(connection, schema.events, (), gone)
