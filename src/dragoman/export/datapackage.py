"""The export ``datapackage``: a Frictionless Data Package (v2) of a record: tables, codebook, versions, citation."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dragoman.export import claims, events, flat, plover, positions, statements
from dragoman.export.forms import Column, File, Format, Part, Source, comma_separated, json_document, part
from dragoman.export.happenings import happenings
from dragoman.export.manifest import manifest

Row = Mapping[str, Any]


def _plain(name: str) -> Any:
    return lambda row: row[name]


def _flat(name: str, about: str) -> Column[Row]:
    return Column(name, about, _plain(name))


EVENTS = flat.COLUMNS
PARTICIPANTS: tuple[Column[Row], ...] = (
    _flat("event", "id of the event"),
    _flat("side", "actor or recipient"),
    _flat("role", "actor, recipient, visitor, host, mediator, signatory"),
    _flat("party", "our id, empty for one that no table knows"),
    _flat("name", "name"),
    _flat("kind", "state, body, office, person, group, collective, outlet"),
    _flat("code", "country or PLOVER code"),
    _flat("sector", "PLOVER sector"),
    _flat("title", "office on the day"),
    _flat("words", "the words that name it"),
)
REPORTS: tuple[Column[Row], ...] = (
    _flat("document", "the id as it was read"),
    _flat("id", "our id"),
    _flat("outlet", "outlet"),
    _flat("agency", "agency"),
    _flat("published", "day"),
    _flat("language", "ISO 639-1"),
    _flat("title", "title"),
    _flat("url", "address"),
    _flat("sha256", "of the text"),
    _flat("copies", "other reports of the same text"),
    _flat("claims", "claims read in it"),
    _flat("events", "events it bears on"),
)
# Where the words stand that a row was read from.
_PLACE: tuple[Column[Row], ...] = (
    Column("text", "SHA-256 of the text", lambda row: row["span"]["text"]),
    Column("offset", "first code point of the clause", lambda row: row["span"]["start"]),
    Column("end", "after its last", lambda row: row["span"]["end"]),
)
# Of the rows of JSON Lines: the columns that are texts, numbers or lists of texts; parties are named, spans parted.
CLAIMS: tuple[Column[Row], ...] = (
    _flat("document", "id of the report"),
    _flat("event", "id of the event"),
    _flat("type", "PLOVER type"),
    _flat("mode", "modes"),
    Column("actors", "names", lambda row: [one["name"] for one in row["actors"]]),
    Column("recipients", "names", lambda row: [one["name"] for one in row["recipients"]]),
    Column("date", "EDTF", lambda row: (row["date"] or {}).get("edtf")),
    Column("place", "name", lambda row: (row["place"] or {}).get("name")),
    _flat("status", "of the act, as this document tells it"),
    _flat("voices", "on whose word"),
    _flat("quote", "the clause"),
    _flat("says", "affirms or denies"),
    _flat("confidence", "of the reading"),
    _flat("filled", "columns filled from the event"),
    _flat("judged", "columns a person has set"),
    *_PLACE,
)
STATEMENTS: tuple[Column[Row], ...] = (
    _flat("document", "id of the report"),
    _flat("party", "who is silent or declines"),
    _flat("code", "its code"),
    _flat("says", "is_silent or declines_comment"),
    _flat("about", "the cell passed over"),
    _flat("event", "the event it bears on"),
    _flat("quote", "the clause"),
    *_PLACE,
)
POSITIONS: tuple[Column[Row], ...] = (
    _flat("document", "id of the report"),
    _flat("position", "id of the position"),
    Column("holder", "name of the party", lambda row: row["holder"]["name"]),
    Column("code", "its code", lambda row: row["holder"]["code"]),
    _flat("issue", "issue of the codebook"),
    _flat("stance", "stance of the codebook"),
    _flat("object", "what it wants or rejects"),
    _flat("condition", "on what condition"),
    _flat("voices", "on whose word"),
    _flat("quote", "the clause"),
    *_PLACE,
)
TABLES: dict[str, tuple[Column[Any], ...]] = {
    "events": EVENTS,
    "participants": PARTICIPANTS,
    "claims": CLAIMS,
    "statements": STATEMENTS,
    "positions": POSITIONS,
    "reports": REPORTS,
}
_NUMBERS = {"latitude", "longitude", "confidence"}
_INTEGERS = {"accounts", "offset", "copies"}


def _participants(source: Source) -> Iterator[Row]:
    for happening in happenings(source):
        for side, members in (("actor", happening.actors), ("recipient", happening.recipients)):
            for one in members:
                party = one.party
                yield {
                    "event": happening.event.id,
                    "side": side,
                    "role": one.role.value,
                    "party": party.id,
                    "name": party.name,
                    "kind": party.kind.value,
                    "code": party.code,
                    "sector": party.sector,
                    "title": party.title,
                    "words": one.words,
                }


def _field(table: str, column: Column[Any]) -> dict[str, str]:
    kind = "number" if column.name in _NUMBERS else "integer" if column.name in _INTEGERS else "string"
    if table in ("claims", "statements", "positions") and column.name == "end":
        kind = "integer"
    if (table, column.name) in (("reports", "claims"), ("reports", "events")):
        kind = "integer"
    if (table, column.name) in (("events", "start"), ("events", "end"), ("events", "as_of"), ("reports", "published")):
        kind = "date"
    return {"name": column.name, "type": kind, "description": column.about}


_KEYS: dict[str, dict[str, Any]] = {
    "events": {"primaryKey": ["id"]},
    "reports": {"primaryKey": ["id"]},
    "participants": {"foreignKeys": [{"fields": ["event"], "reference": {"resource": "events", "fields": ["id"]}}]},
    "claims": {"foreignKeys": [{"fields": ["event"], "reference": {"resource": "events", "fields": ["id"]}}]},
}


def _resource(name: str, content: bytes) -> dict[str, Any]:
    columns = TABLES[name]
    return {
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(name, column) for column in columns],
            "missingValues": [""],
            **_KEYS.get(name, {}),
        },
    }


def _other(path: str, content: bytes) -> dict[str, Any]:
    name = path.lower().replace("_", "-")
    return {
        "name": name,
        "path": path,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _rows(source: Source, reports: list[Row]) -> dict[str, list[Row]]:
    record = source.record
    return {
        "events": list(events.rows(record)),
        "participants": list(_participants(source)),
        "claims": list(claims.rows(record)),
        "statements": list(statements.rows(record)),
        "positions": list(positions.rows(record)),
        "reports": reports,
    }


def files(source: Source) -> tuple[File, ...]:
    """The tables, the lossless record, codebook, manifest, citation, and what ties them together."""
    read = manifest(source)
    rows = _rows(source, read["reports"])
    tables = {name: b"".join(comma_separated(TABLES[name], found)) for name, found in rows.items()}
    rest = {
        "record.jsonl": b"".join(plover.files(source)[0].content),
        "manifest.json": b"".join(json_document(read)),
        "CODEBOOK.md": _codebook(source),
        "CITATION.cff": _citation(source),
    }
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "dragoman-record",
        "title": "A record of a diplomatic process, read from news by Dragoman",
        "version": "1.0.0",
        "dragoman": read["made_by"] | {"text_free": source.text_free},
        "resources": [
            *(_resource(name, content) for name, content in tables.items()),
            *(_other(path, content) for path, content in rest.items()),
        ],
    }
    return (
        File("datapackage.json", json_document(package), 0),
        *(File(f"{name}.csv", (content,), len(rows[name])) for name, content in tables.items()),
        *(File(path, (content,), 0) for path, content in rest.items()),
    )


def _codebook(source: Source) -> bytes:
    """The codes that the record uses, with their definitions, and every column of every table."""
    book, record = source.book, source.record
    types = {event.act.type for event in record.events}
    lines = [
        f"# Codebook: {book.name} {book.version}",
        "",
        "Licence of the codes: CC BY-SA 4.0, derived from PLOVER.",
        "",
    ]
    lines += ["## Types and modes in this record", "", "| code | is |", "|---|---|"]
    for code, rule in book.types.items():
        if code in types:
            lines.append(f"| {code} | {rule.definition} |")
            modes = {mode for event in record.events if event.act.type == code for mode in event.act.modes}
            lines += [f"| {code} {mode} | {rule.modes[mode].definition} |" for mode in rule.modes if mode in modes]
    lines += _defined("Issues", book.issue_definitions, {position.issue for position in record.positions})
    lines += _defined("Stances", book.stance_definitions, {position.stance for position in record.positions})
    for name, columns in TABLES.items():
        lines += ["", f"## {name}.csv", "", "| column | holds |", "|---|---|"]
        lines += [f"| {column.name} | {column.about} |" for column in columns]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _defined(title: str, definitions: Mapping[str, str], used: Iterable[str]) -> list[str]:
    known = set(used)
    rows = [f"| {code} | {about} |" for code, about in definitions.items() if code in known]
    return ["", f"## {title}", "", "| code | is |", "|---|---|", *rows] if rows else []


def _citation(source: Source) -> bytes:
    """CITATION.cff 1.2.0; who made the record is not known here."""
    version = source.run.version if source.run else ""
    lines = [
        "cff-version: 1.2.0",
        "message: Cite this record as below, with your names, title and day put in.",
        "type: dataset",
        "title: A record of a diplomatic process",
        'version: "1.0.0"',
        "authors:",
        "  - name: (put in who made and checked this record)",
        "references:",
        "  - type: software",
        "    title: Dragoman",
        *([f'    version: "{version}"'] if version else []),
        "    authors:",
        "      - name: The Dragoman developers",
    ]
    return ("\n".join(lines) + "\n").encode()


FORMAT = Format(
    "A Frictionless Data Package (v2): tables, codebook, versions, citation, the record itself; needs -o DIRECTORY.",
    files,
    (
        Part(
            "",
            (
                ("datapackage.json", "the tables with types, keys, SHA-256 and bytes; under `dragoman` the versions"),
                ("record.jsonl", "the whole record, as `plover`"),
                ("manifest.json", "what was read, as `manifest`"),
                ("CODEBOOK.md", "the codes in use with their definitions, and all columns"),
                ("CITATION.cff", "to be filled in: who made and checked the record"),
            ),
        ),
        *(part(f"{name}.csv", columns) for name, columns in TABLES.items()),
    ),
    "Of the tables: reasons, links, relations, accounts. Nothing of `record.jsonl`. Name, version and licence of the "
    "package are yours to set.",
    folder=True,
)
