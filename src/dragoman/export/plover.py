"""The export ``plover``: PLOVER JSON Lines (manual 2.0, chapter 6), with all else in an extension field: lossless.

A line for every event in PLOVER's own fields and coding (a visit to come is AGREE), and in the field ``dragoman`` the
whole event in its versioned JSON form. Whatever else a record holds (reports, texts, claims, positions, processes,
datings, links, judgements, failures, the run) has lines of its own with ``has_event`` false, which readers of PLOVER
skip. :func:`read` makes the record again. It must not compute anything about an event.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dragoman import jsonform
from dragoman.export.codes import name_of
from dragoman.export.forms import ExportError, File, Format, Source, documented, json_lines
from dragoman.export.happenings import Happening, Member, happenings
from dragoman.types import Precision, Record, Run

FIELD = "dragoman"
# The fields of a record besides its events, in the order of their lines; claims need no event to be read.
_OTHERS = ("reports", "texts", "claims", "positions", "processes", "datings", "links", "judgements", "failures")
_COUNT = "lines"
_RESOLUTION = {Precision.SITE: 5, Precision.CITY: 4, Precision.ADMIN1: 2, Precision.COUNTRY: 1}


def files(source: Source) -> tuple[File, ...]:
    """One file: how many lines it has, events in order of day and id, then everything else in order of id."""
    lines = list(rows(source))
    return (File("events.jsonl", json_lines([_counted(lines), *lines]), len(lines) + 1),)


def _counted(lines: Sequence[Any]) -> dict[str, Any]:
    """The first line: how many follow, so that a file that was cut off between two lines is known by it."""
    return {"id": _COUNT, "has_event": False, FIELD: {_COUNT: len(lines)}}


def rows(source: Source) -> Iterator[dict[str, Any]]:
    """The lines of a record."""
    for happening in happenings(source):
        yield _event(happening)
    if source.run:
        yield _other("run", source.run)
    for name in _OTHERS:
        yield from sorted((_other(name, value) for value in getattr(source.record, name)), key=_key)


def _key(line: dict[str, Any]) -> str:
    return json.dumps([line["id"], line[FIELD]])


def _form(value: Any) -> Any:
    return json.loads(jsonform.dumps(value))


def _other(name: str, value: Any) -> dict[str, Any]:
    key = getattr(value, "id", "") or getattr(value, "text", "")
    return {"id": f"{name}/{key}", "has_event": False, FIELD: _form(value)}


def _event(happening: Happening) -> dict[str, Any]:
    kind, modes, auxiliary = happening.plover
    book = happening.source.book
    coded = not auxiliary and kind in book.types
    line: dict[str, Any] = {
        "id": happening.event.id,
        "has_event": coded,
        "date": _text(happening.speech_day),
        "enddate": _text(happening.last) if happening.speech_day == happening.first else None,
        "actor": [_entity(member) for member in happening.actors],
        "recipient": [_entity(member) for member in happening.recipients],
        "event": [kind] if coded else [],
        "mode": list(modes) if coded else [],
        "context": list(happening.act.contexts),
        "quad_code": book.types[kind].quad if coded else None,
        "event_scale": book.score(kind, modes) if coded else None,
        "event_loc": _location(happening),
        "event_text": [happening.quote] if happening.quote and not happening.source.text_free else [],
        "text_info": _text_info(happening),
        "cite_info": _cite_info(happening),
        "coder": f"dragoman {happening.source.run.version}" if happening.source.run else "dragoman",
        "comment": "" if happening.reviewed else "unreviewed",
    }
    kept = {name: value for name, value in line.items() if name in _REQUIRED or value not in (None, "", [], {})}
    return {**kept, FIELD: _form(happening.event)}


_REQUIRED = ("id", "has_event", "date", "actor", "event")


def _text(day: Any) -> str | None:
    return day.isoformat() if day else None


def _entity(member: Member) -> dict[str, Any]:
    party = member.party
    entity = {
        "code": party.code or "UNK",
        "sector": party.sector,
        "entity_text": member.words,
        "identifier_id": party.id,
        "identifier_text": party.name,
        "office": party.title,
        FIELD: {"role": member.role.value, "kind": party.kind.value},
    }
    return {name: value for name, value in entity.items() if value}


def _location(happening: Happening) -> dict[str, Any]:
    place = happening.place
    if place is None:
        return {}
    location = {
        "extracted_place": happening.source.look.words(happening.act.place.span),
        "resolved_place": place.name,
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
        "city": happening.named(Precision.CITY),
        "province": happening.province,
        "country": name_of(place.country),
        "country_code": place.country,
        "resolution": _RESOLUTION.get(place.precision),
    }
    return {name: value for name, value in location.items() if value not in (None, "")}


def _text_info(happening: Happening) -> dict[str, Any]:
    if not happening.evidence:
        return {}
    span = happening.evidence.evidence
    return {"start": span.start, "end": span.end, FIELD: {"text": span.text}}


def _cite_info(happening: Happening) -> dict[str, Any]:
    if not happening.reports:
        return {}
    first, book = happening.reports[0], happening.source.book
    cited = {
        "citation": first.document,
        "url": first.url,
        "title": "" if happening.source.text_free else first.title,
        "language": first.language,
        "publication": first.outlet,
        "codebook": f"{book.name} {book.version}",
    }
    return {name: value for name, value in cited.items() if value}


def read(lines: Iterable[str], name: str = "lines") -> tuple[Record, Run | None]:
    """The record of lines that :func:`rows` made, and its run; PLOVER's own fields are not read.

    Raises :class:`~dragoman.export.forms.ExportError` in one line with the file and line where one is no such line, and
    for a file that holds fewer or more lines than its first one counts. Files of before there was such a line are read.
    """
    found: dict[str, list[Any]] = {}
    run: Run | None = None
    counted: int | None = None
    held = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        value = _value(line, f"{name}:{number}")
        held += not isinstance(value, int)
        if isinstance(value, int):
            counted = value
        elif isinstance(value, Run):
            run = value
        elif type(value).__name__ in _FIELD_OF:
            found.setdefault(_FIELD_OF[type(value).__name__], []).append(value)
        else:
            raise ExportError(f"{name}:{number}: {FIELD}: a {type(value).__name__} is no part of a record by itself")
    if counted not in (None, held):
        what = "was cut off" if held < (counted or 0) else "was added to"
        raise ExportError(f"{name}: holds {held} lines of a record that has {counted}: it {what}; export it again")
    return Record(**{field: tuple(sorted(values, key=_order)) for field, values in found.items()}), run


def _order(value: Any) -> tuple[str, str]:
    return str(getattr(value, "id", "")), jsonform.dumps(value)


_FIELD_OF = {("Process" if field == "processes" else field[:-1].capitalize()): field for field in (*_OTHERS, "events")}


def _value(line: str, where: str) -> Any:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise ExportError(f"{where}: not JSON: {problem}") from problem
    if not isinstance(raw, dict) or not isinstance(raw.get(FIELD), dict):
        raise ExportError(f"{where}: {FIELD}: missing; only PLOVER JSON Lines that Dragoman wrote can be read back")
    if raw.get("id") == _COUNT and type(count := raw[FIELD].get(_COUNT)) is int:
        return count
    try:
        return jsonform.loads(json.dumps(raw[FIELD]))
    except jsonform.JsonFormError as problem:
        raise ExportError(f"{where}: {FIELD}: {problem}") from problem


FORMAT = Format(
    "PLOVER JSON Lines (manual 2.0, chapter 6) with all of the record in an extension field: reads back whole.",
    files,
    (
        documented(
            "",
            id="the event's id; of other lines what the line is and its id; of the first line `lines`",
            has_event="true for what PLOVER codes; false for acts called for, supposed, denied or called off, for "
            "hostile acts announced, and for lines that are no event",
            date="first day; of what PLOVER's rules turn into AGREE, CONCEDE or REJECT, the day it was first reported; "
            "null where no day is known: none is invented",
            enddate="last day",
            actor="acting side: `code`, `sector`, `entity_text` (words), `identifier_id` and `identifier_text` (our id "
            "and name), `office`; `dragoman` holds the role",
            recipient="the other side, the same",
            event="one type, after PLOVER's own rules; empty where `has_event` is false",
            mode="its modes",
            context="contexts",
            quad_code="1 to 4, PLOVER's",
            event_scale="PLOVER score 2.0 (of 1.3 they are others)",
            event_loc="place; `province` as our gazetteer writes it; no district, no feature codes",
            event_text="the clause that tells it best; left out without texts",
            text_info="where it stands; `dragoman` names the text by its SHA-256",
            cite_info="the earliest report, and the codebook",
            coder="program and version",
            comment="`unreviewed` until a person has accepted or set a claim of it",
            dragoman="of the first line how many lines follow; of the others the whole value in the versioned JSON "
            "form of `dragoman.jsonform`",
        ),
    ),
    "Nothing: `dragoman.export.plover.read` makes the same record again, sorted by id. PLOVER's own fields lose what "
    "they cannot hold (time of day, religion, ethnicity, gender and age are never filled), the extension does not.",
)
