"""Rows of a record file made from values, and values from rows. Pure: knows the columns, not the file.

A row holds the value's JSON form and, beside it, the columns that people and programs search by.
"""

import dataclasses
import datetime as dt
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import RowMapping

from dragoman import jsonform
from dragoman.ids import event_id, link_id, sha256
from dragoman.types import (
    Act,
    Claim,
    Dating,
    Document,
    Event,
    Failure,
    Interval,
    Judgement,
    Link,
    Position,
    Process,
    Report,
)

Row: TypeAlias = dict[str, Any]
RowLike: TypeAlias = Row | RowMapping
V = TypeVar("V")

_REPORT = tuple(field.name for field in dataclasses.fields(Report))


def document_rows(document: Document) -> tuple[Row, Row, Row]:
    """The rows of texts, raws and reports of one document."""
    raw = raw_row(document.raw, document.media_type)
    report: Row = {name: getattr(document.report, name) for name in _REPORT}
    report["published"] = report["published"].isoformat() if report["published"] else None
    report |= {"raw": raw["sha256"], "extractor": document.extractor, "warnings": json.dumps(document.warnings)}
    return (
        {"id": document.text.id, "content": document.text.content},
        raw,
        report | {"sha256": report_sha(report)},
    )


def raw_row(raw: bytes, media_type: str) -> Row:
    """The row of bytes as they were found."""
    return {"sha256": sha256(raw), "bytes": zlib.compress(raw), "media_type": media_type}


def report_sha(row: RowLike) -> str:
    """The hash of a row of reports, its own column left out."""
    return sha256(json.dumps({name: value for name, value in sorted(row.items()) if name != "sha256"}))


def report_of(row: RowLike) -> Report:
    """The report in a row of reports."""
    values = {name: row[name] for name in _REPORT}
    values["published"] = dt.date.fromisoformat(values["published"]) if values["published"] else None
    return Report(**values)


def value_of(form: str, kind: type[V]) -> V:
    """The value in a ``form`` column; raises :class:`jsonform.JsonFormError` where it is not one of that type."""
    value = jsonform.loads(form)
    if not isinstance(value, kind):
        raise jsonform.JsonFormError(f"a {type(value).__name__} where a {kind.__name__} is kept")
    return value


def form_of(value: object) -> str:
    """The JSON form of a value, for a ``form`` column."""
    return jsonform.dumps(value)


def failure_row(failure: Failure) -> Row:
    """The row of one failure; the same failure twice is one row."""
    form = jsonform.dumps(failure)
    return {"id": sha256(form), "source": failure.source, "form": form}


def noted(failures: Iterable[Failure]) -> Row:
    """The column of a coding that keeps what went wrong in it."""
    return {"failures": json.dumps([jsonform.dumps(failure) for failure in failures])}


def coding_sha(forms: Iterable[str], dating: str | None) -> str:
    """The hash of what one coding gave; ``forms`` of its claims in the order of their ids."""
    return sha256("\n".join((dating or "", *forms)))  # a form is one line: JSON escapes line ends


def claim_rows(claims: Iterable[Claim], coding: int) -> list[Row]:
    """The rows of the claims of one coding."""
    return [{"coding": coding, "id": c.id, "text": c.text, "form": jsonform.dumps(c)} for c in claims]


def link_row(link: Link) -> Row:
    """The row of a link; its id is its hash, so that the same word twice is kept once."""
    columns = {"left": link.left, "right": link.right, "verdict": link.verdict.value}
    return {"id": link_id(link), **columns, "by": link.by, "at": link.at, "form": jsonform.dumps(link)}


def model_link_row(link: Link) -> Row:
    """The row of a link that a model made."""
    form = jsonform.dumps(link)
    columns = {"left": link.left, "right": link.right, "verdict": link.verdict.value}
    return {"id": sha256(form), **columns, "score": link.score, "form": form}


def judgement_row(judgement: Judgement) -> Row:
    """The row of a judgement."""
    columns = {name: getattr(judgement, name) for name in ("id", "claim", "by", "at")}
    return {**columns, "decision": judgement.decision.value, "form": jsonform.dumps(judgement)}


def event_row(event: Event) -> Row:
    """The row of an event; former ids are kept in redirects and not in its form."""
    act: Act = event.act
    place = act.place.value
    return {
        "id": event.id,
        "type": act.type,
        "status": act.status.value.value if act.status.value else "",
        **_days(act.date.value),
        "country": place.country if place else "",
        "course": event.standing.course.value,
        "form": jsonform.dumps(dataclasses.replace(event, former_ids=())),
    }


def position_row(position: Position) -> Row:
    """The row of a position."""
    return {
        "id": position.id,
        "party": position.party.code,
        "issue": position.issue,
        "stance": position.stance,
        **_days(position.period),
        "form": jsonform.dumps(position),
    }


def process_row(process: Process) -> Row:
    """The row of a process."""
    return {"id": process.id, "name": process.name, "form": jsonform.dumps(process)}


def dating_row(dating: Dating) -> Row:
    """The row of a dating."""
    return {"text": dating.text, "form": jsonform.dumps(dating)}


def _days(when: Interval | None) -> Row:
    first, last = (when.start, when.end) if when else (None, None)
    return {"first": first.isoformat() if first else None, "last": last.isoformat() if last else None}


def redirects(old: Mapping[str, tuple[str, ...]], new: Iterable[Event], known: Mapping[str, str]) -> dict[str, str]:
    """Where the ids of events that are no more lead: old id -> id of the event that took its place.

    ``old`` gives the claims of each event before, ``known`` the redirects so far.
    """
    home = {claim: event.id for event in new for claim in event.claims}
    living = set(home.values())
    to_now = moved({gone: old[gone] for gone in old.keys() - living}, home)
    kept = {id_: to_now.get(to, to) for id_, to in known.items() if id_ not in living}
    return kept | to_now


def moved(gone: Mapping[str, Sequence[str]], home: Mapping[str, str]) -> dict[str, str]:
    """Id of an event that is no more -> the event that took its place; ``home``: claim -> the event it is in now.

    ``gone`` gives the claims of each. The place is taken by the event that has the claim the old one was named for,
    else by the one with most of its claims (ties: the smallest id); of one without claims anywhere, by none.
    """
    found = {}
    for id_, claims in gone.items():
        shared = Counter(home[claim] for claim in claims if claim in home)
        named_for = next((claim for claim in claims if event_id(claim) == id_), "")
        if shared:
            found[id_] = home.get(named_for) or min(shared, key=lambda event: (-shared[event], event))
    return found
