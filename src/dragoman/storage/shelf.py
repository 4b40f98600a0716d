"""The shelf of a record, part one: which texts changed since events were last computed, and what is still to do.

Statements inside one transaction. What the tables hold is said in :mod:`dragoman.storage.schema`; knows no stage.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from dragoman.said import own_claim
from dragoman.storage import parts, rows, schema, sql
from dragoman.types import Claim, Decision, Judgement, Link, Report
from dragoman.withdrawn import standing, standing_links

Connection: TypeAlias = sa.Connection
Sketched: TypeAlias = tuple[int, int | None, bytes]
"""Size, day (ordinal) and sketch of a text."""

_TABLES = [table.name for table in schema.tables.sorted_tables if table.name.startswith("shelf_")]


def ask(connection: Connection, query: str, *values: Any) -> list[Any]:
    """The rows of a query; ``values`` fill its question marks."""
    return list(connection.exec_driver_sql(query, values).all())


def do(connection: Connection, statement: str, values: Sequence[tuple[Any, ...]] = ((),)) -> None:
    """Execute a statement once for each tuple of values."""
    if values:
        connection.exec_driver_sql(statement, list(values) if values != ((),) else ())


def listed(ids: Iterable[Any]) -> str:
    """Many values as one: a JSON list for ``json_each(?)``."""
    return json.dumps(list(ids))


def begin(connection: Connection, made_with: str) -> None:
    """Empty the shelf if it was made with other rules or tables; then everything is computed anew."""
    if sql.get(connection, "shelf") == made_with:
        return
    for table in _TABLES:
        do(connection, f"DELETE FROM {table}")
    do(connection, "DELETE FROM meta WHERE key IN ('today', 'reduced')")
    for end in ("left", "right"):
        do(connection, f"INSERT OR IGNORE INTO shelf_todo SELECT 'doubt', {end} FROM model_links")
    sql.put(connection, "shelf", made_with)


def stage(connection: Connection) -> tuple[str, str, int]:
    """What is another whenever texts, reports, claims or words of people are."""
    (reports,) = ask(connection, "SELECT count(*) FROM reports")[0]
    return sql.get(connection, "record") or "", sql.get(connection, "generation") or "", reports


def forget(connection: Connection) -> None:
    """Say that what is derived was written by other means: the shelf is made anew when next asked for."""
    sql.drop(connection, "shelf")


# What is to be done ---------------------------------------------------------------------------------------------------


def note(connection: Connection, what: str, ids: Iterable[str]) -> None:
    """Note things that must be looked at again."""
    do(connection, "INSERT OR IGNORE INTO shelf_todo VALUES (?, ?)", [(what, key) for key in ids])


def noted(connection: Connection, what: str, most: int = -1) -> list[str]:
    """What was noted, in order of id, at most so many (-1: all)."""
    query = "SELECT id FROM shelf_todo WHERE what = ? ORDER BY id LIMIT ?"
    return [row[0] for row in ask(connection, query, what, most)]


def done(connection: Connection, what: str, ids: Iterable[str]) -> None:
    """Strike what was looked at."""
    query = "DELETE FROM shelf_todo WHERE what = ? AND id IN (SELECT value FROM json_each(?))"
    do(connection, query, [(what, listed(ids))])


# Texts and people's words ---------------------------------------------------------------------------------------------

_CHANGED = """
    SELECT c.text FROM currents c JOIN (SELECT text, count(*) AS k FROM reports GROUP BY text) r ON r.text = c.text
    LEFT JOIN shelf_texts s ON s.text = c.text WHERE s.text IS NULL OR s.coding <> c.coding OR s.reports <> r.k
    UNION SELECT s.text FROM shelf_texts s LEFT JOIN currents c ON c.text = s.text
    WHERE c.text IS NULL AND s.coding <> 0
    UNION SELECT s.text FROM shelf_texts s WHERE s.coding = 0 AND s.reports <> (
        SELECT count(*) FROM reports r WHERE r.text = s.text)"""


def changed_texts(connection: Connection) -> list[str]:
    """Texts of which the coding or the reports are not what the shelf knows."""
    return [row[0] for row in ask(connection, _CHANGED)]


def undated(connection: Connection) -> bool:
    """Whether a text that counts has no day of publication but candidates for it."""
    query = """SELECT 1 FROM codings JOIN currents ON currents.coding = codings.seq WHERE dating IS NOT NULL AND NOT
        EXISTS (SELECT 1 FROM reports WHERE reports.text = codings.text AND published IS NOT NULL) LIMIT 1"""
    return bool(ask(connection, query))


def take_in_words(connection: Connection) -> None:
    """Note what words of people that are new here touch: the texts of judgements, the claims of links.

    Words of blind coding touch nothing.
    """
    for table in ("judgements", "links"):
        query = f"SELECT id, form FROM {table} WHERE id NOT IN (SELECT id FROM shelf_words)"
        found = ask(connection, query)
        for _, form in found:
            if table == "links":
                note(connection, "claim", _ends(connection, rows.value_of(form, Link)))
            else:
                note(connection, "text", _touched(connection, rows.value_of(form, Judgement)))
        do(connection, "INSERT INTO shelf_words VALUES (?)", [(row[0],) for row in found])


def _ends(connection: Connection, link: Link) -> set[str]:
    """The claims of a link and of the one that it takes back."""
    taken = ask(connection, "SELECT left, right FROM links WHERE id = ?", link.withdraws)
    return {link.left, link.right, *(end for ends in taken for end in ends)}


def _touched(connection: Connection, judgement: Judgement) -> set[str]:
    """The texts whose claims a judgement can change by what it says, takes back, settles or lets count again."""
    if judgement.blind:
        return set()
    withdraws = judgement.decision is Decision.WITHDRAW
    found = set() if withdraws else _texts_of(connection, [judgement])[judgement.id]
    others = {*judgement.settles, *([judgement.value] if withdraws else [])}
    forms = ask(connection, "SELECT form FROM judgements WHERE id IN (SELECT value FROM json_each(?))", listed(others))
    return found.union(*(_touched(connection, rows.value_of(form, Judgement)) for (form,) in forms))


def _texts_of(connection: Connection, judgements: Iterable[Judgement]) -> dict[str, set[str]]:
    """Id of a judgement -> the text of the claim that it is on, in any coding or a person's own."""
    known = list(judgements)
    claims, of = listed({one.claim for one in known}), defaultdict[str, set[str]](set)
    query = "SELECT DISTINCT id, text FROM claims WHERE id IN (SELECT value FROM json_each(?))"
    for claim, text in ask(connection, query, claims):
        of[claim].add(text)
    query = "SELECT claim, form FROM judgements WHERE decision = 'own' AND claim IN (SELECT value FROM json_each(?))"
    for claim, form in ask(connection, query, claims):
        of[claim].add(own_claim(rows.value_of(form, Judgement).value).text)
    return {one.id: of.get(one.claim) or ({one.text} if one.text else set()) for one in known}


def words(connection: Connection) -> tuple[dict[str, list[Judgement]], tuple[Link, ...]]:
    """The judgements that count by the text they are on, and the links of people that count."""
    judgements, links = parts.words_of_people(connection)
    counting, on = standing(judgements), dict[str, list[Judgement]]()
    texts = _texts_of(connection, counting)
    for judgement in counting:
        for text in sorted(texts[judgement.id]):
            on.setdefault(text, []).append(judgement)
    return on, standing_links(links)


def claims_of(connection: Connection, texts: Iterable[str]) -> list[Claim]:
    """The claims of these texts in the codings that count, without those that people added."""
    query = """SELECT claims.form FROM currents JOIN claims ON claims.coding = currents.coding
        WHERE currents.text IN (SELECT value FROM json_each(?))
        AND claims.id NOT IN (SELECT claim FROM judgements WHERE decision = 'own')"""
    return [rows.value_of(form, Claim) for (form,) in ask(connection, query, listed(texts))]


def reports_of(connection: Connection, texts: Iterable[str]) -> dict[str, tuple[Report, ...]]:
    """Text id -> its reports, by id."""
    query = sa.text("SELECT * FROM reports WHERE text IN (SELECT value FROM json_each(:texts)) ORDER BY id")
    out: dict[str, list[Report]] = {}
    for row in connection.execute(query, {"texts": listed(texts)}).mappings():
        out.setdefault(row["text"], []).append(rows.report_of(row))
    return {text: tuple(found) for text, found in out.items()}


def known_text(connection: Connection, text: str, sketched: Sketched | None) -> bool:
    """Say that the shelf holds what there is of a text now; ``sketched``: None where it has no claims.

    True where the text was sketched otherwise before.
    """
    before = ask(connection, "SELECT size, day, sketch FROM shelf_texts WHERE text = ? AND sketch IS NOT NULL", text)
    coding = ask(connection, "SELECT coding FROM currents WHERE text = ?", text)
    (reports,) = ask(connection, "SELECT count(*) FROM reports WHERE text = ?", text)[0]
    values = (text, coding[0][0] if coding else 0, reports, *(sketched or (None, None, None)))
    do(connection, "INSERT OR REPLACE INTO shelf_texts VALUES (?, ?, ?, ?, ?, ?, NULL)", [values])
    do(connection, "DELETE FROM shelf_shares WHERE copy = ?1 OR leader = ?1", [(text,)])
    return bool(before) and tuple(before[0]) != sketched


# Copies ---------------------------------------------------------------------------------------------------------------


def sketches(connection: Connection) -> dict[str, Sketched]:
    """Text id -> what is compared of it, of every text with claims."""
    query = "SELECT text, size, day, sketch FROM shelf_texts WHERE sketch IS NOT NULL"
    return {text: (size, day, sketch) for text, size, day, sketch in ask(connection, query)}


def leaders(connection: Connection) -> dict[str, str | None]:
    """Text id -> the text it is a copy of as last computed, None where it was not; of every text with claims."""
    return dict(ask(connection, "SELECT text, leader FROM shelf_texts WHERE sketch IS NOT NULL"))


def shares(connection: Connection) -> dict[tuple[str, str], float]:
    """(copy, leader) -> the share of the copy's runs that the leader has, of pairs compared before."""
    return {(copy, leader): share for copy, leader, share in ask(connection, "SELECT * FROM shelf_shares")}


def keep_copies(connection: Connection, leader: Mapping[str, str], compared: Mapping[tuple[str, str], float]) -> None:
    """Keep whom these texts are copies of, and what was compared anew."""
    do(connection, "UPDATE shelf_texts SET leader = ? WHERE text = ?", [(to, text) for text, to in leader.items()])
    pairs = [(copy, to, share) for (copy, to), share in compared.items()]
    do(connection, "INSERT OR REPLACE INTO shelf_shares VALUES (?, ?, ?)", pairs)


def copies_of(connection: Connection, texts: Iterable[str]) -> dict[str, list[str]]:
    """Leader -> its copies, itself among them, by id: the groups that these texts are in."""
    query = """SELECT leader, text FROM shelf_texts WHERE leader IN (SELECT leader FROM shelf_texts WHERE text IN
        (SELECT value FROM json_each(?))) ORDER BY text"""
    out: dict[str, list[str]] = {}
    for leader, text in ask(connection, query, listed(texts)):
        out.setdefault(leader, []).append(text)
    return out
