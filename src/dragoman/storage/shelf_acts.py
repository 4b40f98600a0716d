"""The shelf of a record, part two: acts, the blocks they lie in, the events they are in.

The joins of reconciliation: which acts share a block in time. Acts are numbered. Pairs that were worth keeping are in
:mod:`dragoman.storage.shelf_pairs`.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.storage.shelf import Connection, ask, do, listed


@dataclass(frozen=True, slots=True)
class Row:
    """An act as the shelf keeps it; ``published`` and ``start`` order the claims of an event, ``traits`` is what of it
    is compared, as one line.
    """

    claim: str
    text: str
    silent: bool
    published: str | None
    start: int
    traits: str
    blocks: tuple[str, ...]
    first: int
    last: int
    acting: int
    receiving: int


def put(connection: Connection, acts: Sequence[Row]) -> int:
    """Add acts with their blocks; the number of the first."""
    query = (
        "INSERT INTO shelf_acts (claim, text, silent, published, start, traits) VALUES (?, ?, ?, ?, ?, ?) RETURNING n"
    )
    first = 0
    blocks = []
    for act in acts:
        values = (act.claim, act.text, int(act.silent), act.published, act.start, act.traits)
        n = ask(connection, query, *values)[0][0]
        first = first or n
        blocks += [(key, act.last, n, act.first, act.acting, act.receiving) for key in act.blocks]
    do(connection, "INSERT INTO shelf_blocks VALUES (?, ?, ?, ?, ?, ?)", blocks)
    return first


@dataclass(frozen=True, slots=True)
class Left:
    """What acts that are taken out leave behind: their claims, silent ones that may concern them, events."""

    claims: set[str]
    silent: set[str]
    events: set[str]


def numbers_in(connection: Connection, texts: Iterable[str]) -> list[int]:
    """The numbers of the acts of these texts, in order."""
    query = "SELECT n FROM shelf_acts WHERE text IN (SELECT value FROM json_each(?)) ORDER BY n"
    return [row[0] for row in ask(connection, query, listed(texts))]


def take_out(connection: Connection, texts: Iterable[str]) -> Left:
    """Remove all acts of these texts."""
    found = ask(
        connection,
        "SELECT n, claim, event FROM shelf_acts WHERE text IN (SELECT value FROM json_each(?))",
        listed(texts),
    )
    numbers = listed(row[0] for row in found)
    silent = ask(connection, _SILENT, numbers)
    concerned = ask(connection, _CONCERNED, numbers)
    for query in (
        "DELETE FROM shelf_blocks WHERE n IN (SELECT value FROM json_each(?))",
        "DELETE FROM shelf_pairs WHERE n IN (SELECT value FROM json_each(?))",
        "DELETE FROM shelf_silences WHERE silent IN (SELECT value FROM json_each(?))",
        "DELETE FROM shelf_silences WHERE act IN (SELECT value FROM json_each(?))",
        "DELETE FROM shelf_acts WHERE n IN (SELECT value FROM json_each(?))",
    ):
        do(connection, query, [(numbers,)])
    return Left(
        claims={row[1] for row in found},
        silent={row[0] for row in silent},
        events={row[2] for row in found if row[2]} | {row[0] for row in concerned if row[0]},
    )


_SILENT = """
    SELECT a.claim FROM shelf_silences s JOIN shelf_acts a ON a.n = s.silent
    WHERE s.act IN (SELECT value FROM json_each(?))"""

# Events that a silent act which is taken out concerned
_CONCERNED = """
    SELECT DISTINCT b.event FROM shelf_acts a JOIN shelf_acts b ON b.claim = a.about
    WHERE a.n IN (SELECT value FROM json_each(?))"""

# CROSS JOIN: the new acts first, then what lies in their blocks; a bit in common on either side, or a side left open
_MEET = """
    SELECT f.n, json_group_array(b.n) FROM shelf_blocks f CROSS JOIN shelf_blocks b
    ON b.block = f.block AND b.last >= f.first AND b.first <= f.last AND b.n < f.n
    AND (f.acting = 0 OR b.acting = 0 OR f.acting & b.acting
         OR f.receiving = 0 OR b.receiving = 0 OR f.receiving & b.receiving)
    WHERE f.n >= ? GROUP BY f.n, f.block"""


def meeting(connection: Connection, first: int) -> Iterator[tuple[int, list[int]]]:
    """(new act, others in one block) of acts from number ``first`` on and all before them that may be one act."""
    for new, others in ask(connection, _MEET, first):
        yield new, json.loads(others)


def claims_of(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Number of an act -> (claim, text)."""
    query = "SELECT n, claim, text FROM shelf_acts WHERE n IN (SELECT value FROM json_each(?))"
    return {n: (claim, text) for n, claim, text in ask(connection, query, listed(numbers))}


def compared(connection: Connection, numbers: Iterable[int]) -> Iterator[tuple[int, str, bool, str]]:
    """(number, text, whether it is silent, traits) of acts."""
    query = "SELECT n, text, silent, traits FROM shelf_acts WHERE n IN (SELECT value FROM json_each(?))"
    for n, text, silent, traits in ask(connection, query, listed(numbers)):
        yield n, text, bool(silent), traits


def numbers_of(connection: Connection, claims: Iterable[str], *, silent: bool = False) -> dict[str, int]:
    """Claim id -> the number of its act, of acts that are told, or passed over."""
    query = "SELECT claim, n FROM shelf_acts WHERE silent = ? AND claim IN (SELECT value FROM json_each(?))"
    return {claim: n for claim, n in ask(connection, query, int(silent), listed(claims))}  # noqa: C416 # rows


def keep_silences(connection: Connection, pairs: Sequence[tuple[int, int, int]]) -> None:
    """Keep the points of silent acts and what they may concern."""
    do(connection, "INSERT INTO shelf_silences VALUES (?, ?, ?)", pairs)


def silences(connection: Connection, silent: Iterable[str]) -> Iterator[tuple[str, str, str, int]]:
    """(silent claim, claim it may concern, that one's text, points)."""
    query = """SELECT a.claim, b.claim, b.text, s.points FROM shelf_silences s
        JOIN shelf_acts a ON a.n = s.silent JOIN shelf_acts b ON b.n = s.act
        WHERE a.claim IN (SELECT value FROM json_each(?))"""
    yield from ask(connection, query, listed(silent))


def whole(connection: Connection, numbers: Iterable[int]) -> set[int]:
    """These acts and all others of their events."""
    core = set(numbers)
    return core | of_events(connection, core).keys()


def of_events(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """All acts of the events that these acts are in -> event."""
    query = """SELECT b.n, b.event FROM (SELECT DISTINCT event FROM shelf_acts
        WHERE n IN (SELECT value FROM json_each(?)) AND event IS NOT NULL) a JOIN shelf_acts b ON b.event = a.event"""
    return dict(ask(connection, query, listed(numbers)))


def acts_of(connection: Connection, events: Iterable[str]) -> set[int]:
    """The acts of these events."""
    query = "SELECT n FROM shelf_acts WHERE event IN (SELECT value FROM json_each(?))"
    return {row[0] for row in ask(connection, query, listed(events))}


def waiting(connection: Connection, what: str, most: int = -1) -> list[str]:
    """Claims noted, the earliest first, so that what lies close is looked at together; at most so many (-1: all)."""
    query = """SELECT id FROM shelf_todo LEFT JOIN shelf_acts ON claim = id WHERE what = ?
        ORDER BY published, id LIMIT ?"""
    return [row[0] for row in ask(connection, query, what, most)]


@dataclass(frozen=True, slots=True)
class Placed:
    """An act with the event it was put in last."""

    claim: str
    text: str
    published: str | None
    start: int
    event: str | None


def placed(connection: Connection, numbers: Iterable[int]) -> dict[int, Placed]:
    """Number -> act."""
    query = """SELECT n, claim, text, published, start, event FROM shelf_acts
        WHERE n IN (SELECT value FROM json_each(?))"""
    return {row[0]: Placed(*row[1:]) for row in ask(connection, query, listed(numbers))}


def texts_of(connection: Connection, claims: Iterable[str]) -> set[str]:
    """The texts of these claims."""
    query = "SELECT DISTINCT text FROM shelf_acts WHERE claim IN (SELECT value FROM json_each(?))"
    return {row[0] for row in ask(connection, query, listed(claims))}
