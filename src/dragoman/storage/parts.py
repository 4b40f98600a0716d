"""Parts of a record: some events, claims or texts with all that they rest on, without reading the rest.

For whoever shows one thing at a time (the workbench). Statements inside one transaction; knows no file.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from dragoman import found_again
from dragoman.storage import rows, schema, sql
from dragoman.types import Claim, Dating, Decision, Event, Judgement, Link, Position, Process, Record, Report, Text
from dragoman.withdrawn import standing, standing_links

V = TypeVar("V")

# Ids in one statement; SQLite's own limit is 32,766 (sqlite.org/limits.html).
_AT_ONCE = 900


@dataclass(frozen=True, slots=True)
class Wanted:
    """Ids of what somebody asks for; the claims of events and positions, and the texts of claims, come with them."""

    events: Sequence[str] = ()
    claims: Sequence[str] = ()
    texts: Sequence[str] = ()
    positions: Sequence[str] = ()
    processes: Sequence[str] = ()


def read(connection: sa.Connection, wanted: Wanted) -> Record:
    """The part of the record; ids that it does not hold are left out."""
    events = _by_id(connection, schema.events, wanted.events, Event)
    positions = _by_id(connection, schema.positions, wanted.positions, Position)
    processes = _by_id(connection, schema.processes, wanted.processes, Process)
    ids = [*wanted.claims]
    ids += [key for event in events for key in event.claims]
    ids += [key for event in events for dispute in event.standing.dispute for key in dispute.claims]
    ids += [key for position in positions for key in position.claims]
    claims = current_claims(connection, ids)
    texts = sorted({claim.text for claim in claims} | set(wanted.texts))
    contents = _rows(connection, sa.select(schema.texts), schema.texts.c.id, texts)
    published = _rows(connection, sa.select(schema.reports), schema.reports.c.text, texts)
    return Record(
        reports=tuple(sorted(map(rows.report_of, published), key=lambda report: report.id)),
        texts=tuple(Text(row["id"], row["content"]) for row in contents),
        claims=claims,
        events=sql.with_former_ids(events, sql.read_redirects(connection)),
        positions=positions,
        processes=processes,
        datings=_by_id(connection, schema.datings, texts, Dating, "text"),
        links=_links(connection, [claim.id for claim in claims]),
        judgements=_judgements(connection, claims),
    )


def current_claims(connection: sa.Connection, ids: Iterable[str]) -> tuple[Claim, ...]:
    """The claims with these ids in the codings that count, and those that people added, by place in their texts."""
    wanted, table = set(ids), schema.claims
    query = sa.select(table.c.form).join(schema.currents, schema.currents.c.coding == table.c.coding)
    found = {row["form"] for row in _rows(connection, query, table.c.id, wanted)}
    found |= {form for key, form in _added(connection).items() if key in wanted}
    claims = (rows.value_of(form, Claim) for form in found)
    return tuple(sorted(claims, key=lambda claim: (claim.text, claim.evidence.start, claim.id)))


def _added(connection: sa.Connection) -> dict[str, str]:
    """Id -> JSON form of the claims that people added, those taken back left out."""
    table = schema.judgements
    if not connection.scalar(sa.select(sa.exists().where(table.c.decision == Decision.OWN.value))):
        return {}
    judgements, _ = words_of_people(connection)
    return {one.claim: one.value for one in standing(judgements) if one.decision is Decision.OWN}


def forms(connection: sa.Connection, kind: str) -> dict[str, str]:
    """Id -> JSON form of every row of a table; of claims only the current ones, with those that people added."""
    table = schema.tables.tables[kind]
    query = sa.select(table.c.id, table.c.form)
    if kind == "claims":
        query = query.join(schema.currents, schema.currents.c.coding == table.c.coding)
        return sql.pairs(connection, query) | _added(connection)
    return sql.pairs(connection, query)


def contents(connection: sa.Connection, texts: Iterable[str]) -> dict[str, str]:
    """Text id -> content of these texts."""
    return {row["id"]: row["content"] for row in _rows(connection, sa.select(schema.texts), schema.texts.c.id, texts)}


def reports(connection: sa.Connection) -> tuple[Report, ...]:
    """All reports, by id."""
    query = sa.select(schema.reports).order_by(schema.reports.c.id)
    return tuple(map(rows.report_of, connection.execute(query).mappings()))


def words_of_people(connection: sa.Connection) -> tuple[tuple[Judgement, ...], tuple[Link, ...]]:
    """All judgements and links of people, oldest first."""
    judgements, links = schema.judgements, schema.links
    said = connection.scalars(sa.select(judgements.c.form).order_by(judgements.c.at, judgements.c.id))
    linked = connection.scalars(sa.select(links.c.form).order_by(links.c.at, links.c.id))
    return (
        tuple(rows.value_of(form, Judgement) for form in said.all()),
        tuple(rows.value_of(form, Link) for form in linked.all()),
    )


def state(connection: sa.Connection) -> dict[str, str]:
    """What changes whenever a part of the record does, by part; "record" is its name, "reduced" and "generation" differ
    while what is computed is not that of all that is kept.
    """
    known = {key: sql.get(connection, key) or "" for key in ("record", "generation", "reduced", "derived")}
    for table in (schema.reports, schema.judgements, schema.links):
        known[table.name] = str(connection.scalar(sa.select(sa.func.count()).select_from(table)))
    codings = sa.select(sa.func.count(), sa.func.total(schema.currents.c.coding))
    added = hashlib.sha256("".join(sorted(_added(connection))).encode()).hexdigest()[:16]
    return known | {"claims": ":".join(map(str, (*connection.execute(codings).one(), added)))}


def targets(connection: sa.Connection, judgements: Sequence[Judgement]) -> dict[str, str]:
    """Id of a judgement -> the claim it is about now (:mod:`dragoman.found_again`); those about none are left out."""
    current = sa.select(schema.claims.c.id).join(schema.currents, schema.currents.c.coding == schema.claims.c.coding)
    here = {row["id"] for row in _rows(connection, current, schema.claims.c.id, {one.claim for one in judgements})}
    here |= _added(connection).keys()
    found = {one.id: one.claim for one in judgements if one.claim in here}
    lost = [one for one in judgements if one.claim not in here]
    if lost:
        query = sa.select(schema.claims.c.form).join(
            schema.currents, schema.currents.c.coding == schema.claims.c.coding
        )
        texts = {one.text for one in lost}
        claims = [rows.value_of(row["form"], Claim) for row in _rows(connection, query, schema.claims.c.text, texts)]
        held = [Text(key, content) for key, content in contents(connection, texts).items()]
        found |= found_again.targets(lost, claims, held)
    return found


def _rows(connection: sa.Connection, query: Any, column: Any, ids: Iterable[str]) -> list[sa.RowMapping]:
    """The rows of a query where a column is one of the ids."""
    wanted, found = sorted(set(ids)), list[sa.RowMapping]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = query.where(column.in_(wanted[start : start + _AT_ONCE]))
        found += connection.execute(some).mappings().all()
    return found


def _by_id(
    connection: sa.Connection, table: sa.Table, ids: Iterable[str], kind: type[V], key: str = "id"
) -> tuple[V, ...]:
    found = _rows(connection, sa.select(table.c[key], table.c.form), table.c[key], ids)
    return tuple(rows.value_of(row["form"], kind) for row in sorted(found, key=lambda row: str(row[key])))


def _links(connection: sa.Connection, claims: Sequence[str]) -> tuple[Link, ...]:
    links = schema.links
    found = {
        row["id"]: rows.value_of(row["form"], Link)
        for column in (links.c.left, links.c.right)
        for row in _rows(connection, sa.select(links.c.id, links.c.form), column, claims)
    }
    return standing_links(sorted(found.values(), key=lambda link: (link.at, link.left, link.right)))


def _judgements(connection: sa.Connection, claims: Sequence[Claim]) -> tuple[Judgement, ...]:
    """The words that count on these claims, also those said of claims that they took the place of."""
    table, ids = schema.judgements, {claim.id for claim in claims}
    query = sa.select(table.c.id, table.c.form)
    found = {row["id"]: row["form"] for row in _rows(connection, query, table.c.claim, ids)}
    current = sa.select(schema.claims.c.id).join(schema.currents, schema.currents.c.coding == schema.claims.c.coding)
    lost = query.where(table.c.claim.not_in(current), table.c.decision != Decision.OWN.value)
    found |= sql.pairs(connection, lost)
    said = (rows.value_of(form, Judgement) for form in found.values())
    words = standing(sorted(said, key=lambda judgement: (judgement.at, judgement.id)))
    about = targets(connection, words)
    return tuple(word for word in words if about.get(word.id) in ids)
