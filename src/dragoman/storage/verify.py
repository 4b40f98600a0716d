"""Whether a record is still what was written: hashes, spans, references; and the hash of all it says.

SQLite's own check finds a damaged tree but not a flipped letter in a text (RELIABILITY.md, S5), so every text, file,
report, coding and word of a person has a hash of its own. Knows the tables; computes nothing that is stored.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

import sqlalchemy as sa

from dragoman import anchors, ids, jsonform, said
from dragoman.storage import rows, schema, shelf_events, sql
from dragoman.types import Claim, Decision, Judgement, Run

Check: TypeAlias = Callable[[sa.Connection], Iterator[str]]

# Documents named in a line about a text or file that several reports share; the rest are counted.
_NAMED = 3
# Rows fetched at a time: texts are at most 5 MB each.
_PAGE = 50


def problems(connection: sa.Connection) -> list[str]:
    """A line for everything that is wrong, naming the documents; a table too damaged to read is one line."""
    found: list[str] = []
    for check in (_file, _texts, _raws, _reports, _codings, _claims, _words, _derived):
        try:
            found.extend(check(connection))
        except (sa.exc.DBAPIError, zlib.error, ValueError) as error:
            said = error.orig if isinstance(error, sa.exc.DBAPIError) else error
            found.append(f"{check.__name__[1:]}: cannot be read in full: {' '.join(str(said).split())}")
    return found


def digest(connection: sa.Connection) -> str:
    """SHA-256 of what the record says, whatever the order it was told in and however often it was interrupted.

    Left out is what depends on how it came about: sequence numbers, older codings, redirects, paths, times of reading.
    """
    running = hashlib.sha256()
    for part in _said():
        for row in connection.execute(part):
            running.update(json.dumps(list(row)).encode() + b"\n")
        running.update(b"\n")
    return running.hexdigest()


def derived_sha(connection: sa.Connection) -> str:
    """A hash of all rows of the derived tables, a sum so that it can follow changes (:func:`shelf_events.hashed`)."""
    total = 0
    for table, _ in sql.DERIVED:
        for row in _stream(connection, sa.select(table)):
            total += shelf_events.hashed(table.name, tuple(row))
    return f"{total % 2**256:064x}"


def _said() -> Iterator[sa.Select[Any]]:
    reports, codings, claims, currents = schema.reports, schema.codings, schema.claims, schema.currents
    yield sa.select(schema.texts.c.id).order_by(schema.texts.c.id)
    yield sa.select(schema.raws.c.sha256, schema.raws.c.media_type).order_by(schema.raws.c.sha256)
    told = [column for column in reports.c if column.name not in {"path", "retrieved", "sha256"}]
    yield sa.select(*told).order_by(reports.c.id)
    done = sa.select(*(column for column in codings.c if column.name != "seq"))
    yield done.join(currents, currents.c.coding == codings.c.seq).order_by(codings.c.text)
    current = sa.select(claims.c.text, claims.c.id, claims.c.form)
    yield current.join(currents, currents.c.coding == claims.c.coding).order_by(claims.c.text, claims.c.id)
    for table in (schema.links, schema.judgements, schema.failures):
        yield sa.select(table.c.form).order_by(table.c.form)
    for table, key in sql.DERIVED:
        yield sa.select(table.c.form).order_by(table.c[key])


def _file(connection: sa.Connection) -> Iterator[str]:
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check(10)"):
        if line != "ok":
            yield f"file: {line}"
    for table, _row, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{table}: a row names a row of {parent} that is not there"


def _texts(connection: sa.Connection) -> Iterator[str]:
    for id_, content in _stream(connection, sa.select(schema.texts.c.id, schema.texts.c.content)):
        if ids.sha256(content) != id_:
            documents = _documents(connection, schema.reports.c.text == id_)
            yield f"{documents}: the text is not what was read (hash differs)"


def _raws(connection: sa.Connection) -> Iterator[str]:
    for sha, packed in _stream(connection, sa.select(schema.raws.c.sha256, schema.raws.c.bytes)):
        try:
            whole = ids.sha256(zlib.decompress(packed)) == sha
        except zlib.error:
            whole = False
        if not whole:
            documents = _documents(connection, schema.reports.c.raw == sha)
            yield f"{documents}: the bytes as found are not what was read (hash differs)"


def _reports(connection: sa.Connection) -> Iterator[str]:
    for row in connection.execute(sa.select(schema.reports)).mappings():
        if rows.report_sha(row) != row["sha256"]:
            yield f"{row['document']}: the report is not what was read (hash differs)"


def _codings(connection: sa.Connection) -> Iterator[str]:
    codings, claims = schema.codings, schema.claims
    for id_, form in connection.execute(sa.select(schema.runs.c.id, schema.runs.c.form)):
        if ids.run_id(rows.value_of(form, Run)) != id_:
            yield f"run {id_[:12]}: not what was written (hash differs)"
    for coding in connection.execute(sa.select(codings)):
        forms = sa.select(claims.c.form).where(claims.c.coding == coding.seq).order_by(claims.c.id)
        if rows.coding_sha(connection.scalars(forms), coding.dating) != coding.sha256:
            yield f"{_documents(connection, schema.reports.c.text == coding.text)}: claims are not what was read"


def _claims(connection: sa.Connection) -> Iterator[str]:
    """Every claim's words lie inside its text."""
    query = sa.select(schema.claims, sa.func.length(schema.texts.c.content).label("length")).join(schema.texts)
    for row in _stream(connection, query):
        try:
            why = anchors.misplaced(rows.value_of(row.form, Claim), row.text, row.length)
        except jsonform.JsonFormError as error:
            why = str(error)
        if why:
            yield f"{_documents(connection, schema.reports.c.text == row.text)}: claim {row.id[:12]}: {why}"


def _words(connection: sa.Connection) -> Iterator[str]:
    """People's links and judgements are as given and are about claims that are there."""
    links, judgements, claims = schema.links, schema.judgements, schema.claims
    own = judgements.alias("own")

    def known(claim: str) -> bool:
        added = sa.exists().where(own.c.claim == claim, own.c.decision == Decision.OWN.value)
        return bool(connection.scalar(sa.select(sa.exists().where(claims.c.id == claim) | added)))

    for link in connection.execute(sa.select(links)):
        if ids.sha256(link.form) != link.id:
            yield f"link {link.id[:12]} by {link.by}: not what was given (hash differs)"
        for end in (link.left, link.right):
            if not known(end):
                yield f"link {link.id[:12]} by {link.by}: there is no claim {end[:12]}"
    for row in connection.execute(sa.select(judgements)):
        word = rows.value_of(row.form, Judgement)
        if ids.judgement_id(word) != row.id:
            yield f"judgement {row.id[:12]} by {row.by}: not what was given (hash differs)"
        if word.decision is Decision.OWN:
            yield from _own(connection, word)
        elif not known(row.claim):
            yield f"judgement {row.id[:12]} by {row.by}: there is no claim {row.claim[:12]}"


def _own(connection: sa.Connection, word: Judgement) -> Iterator[str]:
    """A claim that a person added is one, and its words lie inside its text."""
    length = connection.scalar(sa.select(sa.func.length(schema.texts.c.content)).where(schema.texts.c.id == word.text))
    try:
        why = anchors.misplaced(said.own_claim(word.value), word.text, length or 0)
    except ValueError as error:
        why = str(error)
    if why:
        yield f"judgement {word.id[:12]} by {word.by}: its own claim: {why}"


def _derived(connection: sa.Connection) -> Iterator[str]:
    written = sql.get(connection, "derived")
    if written is not None and derived_sha(connection) != written:
        yield "events, positions: not what was computed; `dragoman code` computes them again"


def _stream(connection: sa.Connection, query: sa.Select[Any]) -> Iterable[Any]:
    return connection.execute(query.execution_options(yield_per=_PAGE))


def _documents(connection: sa.Connection, where: sa.ColumnElement[bool]) -> str:
    """The documents of a text or file, for a person."""
    names = connection.scalars(sa.select(schema.reports.c.document).where(where).order_by("document")).all()
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more if names else "a text without a report"
