"""What a store does inside one transaction: statements on the tables of a record. Knows no file and no locking."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from dragoman.coding import order
from dragoman.said import counted
from dragoman.storage import rows, schema
from dragoman.types import (
    Claim,
    Dating,
    Event,
    Failure,
    Judgement,
    Link,
    Position,
    Process,
    Record,
    Text,
)

V = TypeVar("V")

# The derived tables, each with the column that is its key.
DERIVED = (
    (schema.events, "id"),
    (schema.positions, "id"),
    (schema.processes, "id"),
    (schema.model_links, "id"),
    (schema.datings, "text"),
)


def add(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is there; True if it was not."""
    return connection.execute(insert(table).values(row).on_conflict_do_nothing()).rowcount == 1


def leads() -> sa.Subquery:
    """Per text the report it is read as part of: :func:`dragoman.coding.order` in SQL."""
    reports = schema.reports
    place = sa.func.row_number().over(
        partition_by=reports.c.text, order_by=(reports.c.published.is_(None), reports.c.published, reports.c.id)
    )
    ranked = sa.select(reports.c.text, reports.c.id, reports.c.language, place.label("place")).subquery()
    return sa.select(ranked.c.text, ranked.c.id, ranked.c.language).where(ranked.c.place == 1).subquery()


def get(connection: sa.Connection, key: str) -> str | None:
    """A value of the meta table, None where it is not set."""
    return connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == key))


def put(connection: sa.Connection, key: str, value: str) -> None:
    """Set a value of the meta table."""
    statement = insert(schema.meta).values(key=key, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def drop(connection: sa.Connection, key: str) -> None:
    """Leave a value of the meta table unset."""
    connection.execute(sa.delete(schema.meta).where(schema.meta.c.key == key))


def pairs(connection: sa.Connection, query: sa.Select[Any]) -> dict[Any, Any]:
    """The rows of a query of two columns, the first as key."""
    return {key: value for key, value in connection.execute(query)}  # noqa: C416  # rows are no pairs to mypy


def generation(connection: sa.Connection) -> int:
    """How often what events are computed from has changed."""
    return int(get(connection, "generation") or 0)


def bump(connection: sa.Connection) -> None:
    """Count one more change of what events are computed from."""
    put(connection, "generation", str(generation(connection) + 1))


def settle(connection: sa.Connection, run: str) -> None:
    """Make the codings of the run with this id, and no others, the current ones of all texts."""
    lead, codings, currents = leads(), schema.codings, schema.currents
    ours = (codings.c.text == lead.c.text) & (codings.c.run == run) & (codings.c.lead == lead.c.id)
    want = pairs(connection, sa.select(lead.c.text, codings.c.seq).join_from(lead, codings, ours))
    have = pairs(connection, sa.select(currents.c.text, currents.c.coding))
    changed = [{"text": text, "coding": seq} for text, seq in want.items() if have.get(text) != seq]
    dropped = [text for text, seq in have.items() if want.get(text) != seq]
    for text in dropped:
        connection.execute(sa.delete(currents).where(currents.c.text == text))
    if changed:
        connection.execute(sa.insert(currents), changed)
    if changed or dropped:
        bump(connection)


def keep_word(connection: sa.Connection, word: Link | Judgement) -> bool:
    """Keep a person's word; True if it is new. Nothing is computed from words of blind coding."""
    if isinstance(word, Link):
        new = add(connection, schema.links, rows.link_row(word))
    else:
        new = add(connection, schema.judgements, rows.judgement_row(word))
    if new and (isinstance(word, Link) or not word.blind):
        bump(connection)
    return new


def read_redirects(connection: sa.Connection) -> dict[str, str]:
    """Former id of an event -> its id now."""
    return pairs(connection, sa.select(schema.redirects.c.old, schema.redirects.c.new))


def redirect(connection: sa.Connection, events: Sequence[Event]) -> None:
    """Bring the redirects up to date, before the events in the file give way to ``events``."""
    table = schema.redirects
    forms = connection.execute(sa.select(schema.events.c.id, schema.events.c.form))
    old = {id_: tuple(json.loads(form).get("claims", ())) for id_, form in forms}
    known = read_redirects(connection)
    new = rows.redirects(old, events, known)
    if new != known:
        connection.execute(sa.delete(table))
        if new:
            connection.execute(sa.insert(table), [{"old": a, "new": b} for a, b in sorted(new.items())])


def replace(connection: sa.Connection, table: sa.Table, key: str, new: Sequence[rows.Row]) -> None:
    """Make the rows of a table these, touching only those that differ."""
    wanted = {row[key]: row for row in new}
    column = table.c[key]
    have = pairs(connection, sa.select(column, table.c.form))
    for id_, form in have.items():
        if id_ not in wanted or wanted[id_]["form"] != form:
            connection.execute(sa.delete(table).where(column == id_))
    changed = [row for id_, row in wanted.items() if have.get(id_) != row["form"]]
    if changed:
        connection.execute(sa.insert(table), changed)


def read_inputs(connection: sa.Connection) -> Record:
    """What was read, claimed and decided; ``datings`` are those that each text gives by itself.

    Of people's words those that count; the claims that people added are among the claims.

    Raises :class:`jsonform.JsonFormError` or ValueError where a row is damaged.
    """
    texts = connection.execute(sa.select(schema.texts).order_by(schema.texts.c.id))
    claims = sa.select(schema.claims.c.form).join(schema.currents, schema.currents.c.coding == schema.claims.c.coding)
    datings = sa.select(schema.codings.c.dating).join(schema.currents).where(schema.codings.c.dating.is_not(None))
    read = Record(
        reports=tuple(sorted(map(rows.report_of, connection.execute(sa.select(schema.reports)).mappings()), key=order)),
        texts=tuple(Text(id_, content) for id_, content in texts),
        claims=tuple(
            sorted(_values(connection, claims, Claim), key=lambda claim: (claim.text, claim.evidence.start, claim.id))
        ),
        datings=_values(connection, datings.order_by(schema.codings.c.text), Dating),
        failures=_failures(connection),
    )
    links = sorted(_all(connection, schema.links, Link), key=lambda link: link.at)
    return counted(read, links, sorted(_all(connection, schema.judgements, Judgement), key=lambda word: word.at))


def read_derived(connection: sa.Connection, inputs: Record) -> Record:
    """The record of these inputs with what was computed last; raises as :func:`read_inputs` does."""
    return dataclasses.replace(
        inputs,
        events=with_former_ids(_all(connection, schema.events, Event), read_redirects(connection)),
        positions=_all(connection, schema.positions, Position),
        processes=_all(connection, schema.processes, Process),
        datings=_all(connection, schema.datings, Dating),
    )


def with_former_ids(events: Sequence[Event], redirects: Mapping[str, str]) -> tuple[Event, ...]:
    """The events, each with the ids that lead to it."""
    former: dict[str, list[str]] = {}
    for old, new in sorted(redirects.items()):
        former.setdefault(new, []).append(old)
    return tuple(dataclasses.replace(event, former_ids=tuple(former.get(event.id, ()))) for event in events)


def _all(connection: sa.Connection, table: sa.Table, kind: type[V]) -> tuple[V, ...]:
    return _values(connection, sa.select(table.c.form).order_by(*table.primary_key.columns), kind)


def _values(connection: sa.Connection, forms: sa.Select[tuple[Any]], kind: type[V]) -> tuple[V, ...]:
    return tuple(rows.value_of(form, kind) for form in connection.scalars(forms))


def _failures(connection: sa.Connection) -> tuple[Failure, ...]:
    """What could not be read, and what could not be coded by the current codings, in order of source."""
    coding = sa.select(schema.codings.c.failures).join(schema.currents)
    found = list(_all(connection, schema.failures, Failure))
    for forms in connection.scalars(coding):
        found.extend(rows.value_of(form, Failure) for form in json.loads(forms))
    return tuple(sorted(found, key=lambda failure: (failure.source, failure.line or 0, str(failure))))
