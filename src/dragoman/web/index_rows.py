"""Rows of the index from values of the record: what an event, claim or position is listed, filtered and found by.

Pure: knows no file. Days are ISO 8601, texts harmless (:func:`~dragoman.terminal.plain.plain`).
"""

import contextlib
import datetime as dt
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.codebook import Codebook
from dragoman.lookup import disputing
from dragoman.terminal import days as in_days
from dragoman.terminal import words
from dragoman.terminal.plain import plain, shortened
from dragoman.types import Act, Claim, Disputed, Event, Interval, Party, Position, Process, Report, Says

# Who speaks where nobody is named: the outlet itself, or somebody without a name.
OWN_VOICE, UNNAMED = "own", "unnamed"
# The filters whose values are counted beside the list of events, in the order in which they stand there.
COUNTED = ("dispute", "type", "status", "course", "support", "party", "country", "voice", "outlet")
# Outlets that a list names of an event.
_OUTLETS = 3
# The longest quote that a list shows.
_QUOTE = 240
# What a dispute, a denial or silence, and every further report add to what depends on an event; by hand, not measured.
_DISPUTED, _PER_REPORT = 2.0, 1.0
# A claim of no event, a stance, weighs as much as an undisputed act of one report.
BARE = 2.0
# PLOVER's scores run from -10 to 10; the strongest act weighs twice what a neutral one does.
_STRONGEST = 10.0


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are made with: names of states by code, and the codebook the record was coded with."""

    names: Mapping[str, str]
    book: Codebook


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of an event's claims: their texts, confidences, words and first speakers."""

    texts: set[str]
    confidences: list[float]
    quotes: list[str]
    voices: set[str]


def days(when: Interval | None) -> tuple[str, str]:
    """First and last day, "" where open or unknown."""
    if when is None:
        return "", ""
    return (when.start.isoformat() if when.start else "", when.end.isoformat() if when.end else "")


def party_key(party: Party) -> str:
    """What an actor is addressed by: its key in the tables, else its name."""
    return party.id or party.name


def dispute_value(one: Disputed) -> str:
    """``unacknowledged_by:PRK``: a dispute as a filter names it."""
    return f"{one.dispute.value}:{one.party}" if one.party else one.dispute.value


def voice_value(claim: Claim) -> str:
    """The first speaker of a claim as a filter names it: a code, else a name."""
    if not claim.voice.chain:
        return OWN_VOICE
    party = claim.voice.chain[0].party.value
    if party is None:
        return UNNAMED
    return party.code if party.code not in ("", "UNK") else plain(party.name)


def event_row(event: Event, told: Told, reports: Sequence[Report], known: Known) -> dict[str, Any]:
    """What an event is listed by; ``reports`` are those it rests on."""
    act, standing = event.act, event.standing
    first, last = days(act.date.value)
    outlets = {report.outlet or report.document for report in reports}
    support = next(iter(standing.support), None)
    doubt = 1 - min(told.confidences, default=1.0)
    return {
        "id": event.id,
        "type": act.type,
        "status": act.status.value.value if act.status.value else "",
        "course": standing.course.value,
        "first": first,
        "last": last,
        "day": first or last or "9999",
        "reports": len(reports),
        "claims": len(event.claims),
        "outlets": len(outlets),
        "disputes": len(standing.dispute),
        "doubt": doubt,
        "weight": weight(event, len(reports), known.book),
        "lane": _lane(act),
        **_place(act),
        "cells": json.dumps(
            {
                "when": words.when(act.date),
                "days": in_days.in_words(act.date),
                "who": words.who(act, codes=False),
                "what": words.deed(act),
                "status": words.status(act),
                "where": words.where(act),
                "course": words.COURSE[standing.course],
                "support": words.support(support, known.names) if support else "",
                "graded": support.support.value if support else "",
                "disputes": list(dict.fromkeys(words.dispute(one, known.names) for one in standing.dispute)),
                "standing": words.standing(standing, known.names),
                "told_by": _told_by(reports),
            }
        ),
    }


def _told_by(reports: Sequence[Report]) -> list[str]:
    """The outlets of reports, the earliest first."""
    ordered = sorted(reports, key=lambda one: (one.published is None, one.published or dt.date.min, one.id))
    return list(dict.fromkeys(plain(one.outlet or one.document) for one in ordered))[:_OUTLETS]


def weight(event: Event, reports: int, book: Codebook) -> float:
    """How much depends on an event: its disputes, how strong an act it is, how many reports tell of it."""
    rule = book.types.get(event.act.type)
    strength = abs(rule.score) / _STRONGEST if rule else 0.0
    disputed = _DISPUTED if event.standing.dispute or event.differing else 0.0
    return 1 + disputed + strength + _PER_REPORT * math.log2(1 + reports)


def _place(act: Act) -> dict[str, Any]:
    """Where a map draws an act; nowhere where no place with a point is known."""
    place = act.place.value
    if place is None or place.lat is None or place.lon is None:
        return {"place": "", "country": "", "lat": None, "lon": None, "precision": ""}
    known = {"place": place.name, "country": place.country, "precision": place.precision.value}
    return known | {"lat": place.lat, "lon": place.lon}


def _lane(act: Act) -> str:
    """The party in whose row a timeline draws an act: the first that acts."""
    codes = [part.party.value.code for part in act.participations if part.party.value]
    return next((code for code in codes if code not in ("", "UNK")), "UNK")


def event_facets(event: Event, told: Told, reports: Iterable[Report]) -> set[tuple[str, str]]:
    """(filter, value) of everything an event can be filtered by; processes are added later."""
    act, standing = event.act, event.standing
    place = act.place.value
    found = {("type", act.type), ("status", act.status.value.value if act.status.value else "")}
    found |= {("course", standing.course.value)}
    found |= {("support", one.support.value) for one in standing.support[:1]}
    found |= {("dispute", dispute_value(one)) for one in standing.dispute}
    for part in act.participations:
        if part.party.value:
            found |= {("party", part.party.value.code), ("actor", party_key(part.party.value))}
    if place:
        found |= {("place", place.name), ("country", place.country)}
    found |= {("voice", voice) for voice in told.voices}
    found |= {("outlet", report.outlet or report.document) for report in reports}
    found |= {("document", report.id) for report in reports}
    return {(kind, value) for kind, value in found if value}


def event_body(event: Event, told: Told, reports: Iterable[Report]) -> str:
    """The words an event is searched by: who, what, where, the words of its claims, the titles of its reports."""
    act = event.act
    known = [words.who(act), words.what(act), words.where(act), *told.quotes]
    known += [plain(text) for report in reports for text in (report.title, report.outlet)]
    return "\n".join(dict.fromkeys(known))


def participants(event: Event) -> Iterator[tuple[str, ...]]:
    """(key, name, code, kind, sector, title, role) of everybody who takes part."""
    seen = set()
    for part in event.act.participations:
        party = part.party.value
        if party and party_key(party) not in seen:
            seen.add(party_key(party))
            yield (*party_columns(party), part.role.value)


def party_columns(party: Party) -> tuple[str, ...]:
    """(key, name, code, kind, sector, title)."""
    return (party_key(party), plain(party.name), party.code, party.kind.value, party.sector, party.title)


def claims_of(event: Event) -> list[tuple[str, str, str]]:
    """(event, claim, how): the claims that tell of an event, and those that stand against it."""
    told = [(event.id, claim, "tells") for claim in event.claims]
    return told + [(event.id, claim, "disputes") for claim in disputing(event) if claim not in event.claims]


def claim_row(claim: Claim, content: str) -> dict[str, Any]:
    """What a claim is listed by; ``content`` is its text."""
    act = claim.content if isinstance(claim.content, Act) else None
    first, last = days(act.date.value if act else None)
    span = claim.evidence
    return {
        "id": claim.id,
        "text": claim.text,
        "kind": "act" if act else "stance",
        "type": act.type if act else getattr(claim.content, "issue", ""),
        "status": act.status.value.value if act and act.status.value else "",
        "says": claim.says.value,
        "about": claim.about,
        "confidence": claim.confidence,
        "start": span.start,
        "stop": span.end,
        "first": first,
        "last": last,
        "summary": words.content(claim),
        "voice": _speakers(claim, content),
        "quote": shortened(plain(content[span.start : span.end]), _QUOTE),
    }


def _speakers(claim: Claim, content: str) -> str:
    """The chain of voices in words."""
    said = []
    for one in claim.voice.chain:
        span = one.party.span
        bare = content[span.start : span.end] if span else one.anonymity
        name = words.party(one.party.value) if one.party.value else plain(bare)
        said.append(name or "unnamed source")
    return ", as told by ".join(said) or "the outlet itself"


def claim_facets(claim: Claim) -> set[tuple[str, str]]:
    """(filter, value) of everything a claim can be filtered by."""
    found = {("says", claim.says.value), ("voice", voice_value(claim))}
    if isinstance(claim.content, Act):
        act = claim.content
        found |= {("kind", "act"), ("type", act.type), ("status", act.status.value.value if act.status.value else "")}
        parties = [part.party.value for part in act.participations]
    else:
        found |= {("kind", "stance"), ("type", claim.content.issue), ("stance", claim.content.stance)}
        parties = [claim.content.holder.value]
    if claim.says in (Says.SILENT, Says.DECLINES):
        found.add(("kind", "statement"))
    for party in (*parties, *(one.party.value for one in claim.voice.chain)):
        if party:
            found |= {("party", party.code), ("actor", party_key(party))}
    return {(kind, value) for kind, value in found if value}


def process_title(process: Process, known: Known) -> str:
    """``China – Ukraine – Russia, from 26 April 2023``: its name, the codes of its first parties named."""
    name = plain(process.name)
    codes = " – ".join(process.parties[:3])
    if process.name.startswith(codes):
        parties = " – ".join(words.named(code, known.names) for code in process.parties[:3])
        name = parties + name[len(plain(codes)) :]
    lead, since, day = name.rpartition(", from ")
    with contextlib.suppress(ValueError):  # a name that ends in no day
        return f"{lead}{since}{in_days.day(dt.date.fromisoformat(day))}" if since else name
    return name


def position_row(position: Position) -> dict[str, Any]:
    """What a position is listed by."""
    first, last = days(position.period)
    key, name, code, kind, sector, title = party_columns(position.party)
    return {
        "id": position.id,
        "key": key,
        "name": name,
        "code": code,
        "kind": kind,
        "sector": sector,
        "title": title,
        "issue": position.issue,
        "stance": position.stance,
        "object": plain(position.object),
        "condition": plain(position.condition),
        "first": first,
        "last": last,
        "period": str(position.period),
        "claims": len(position.claims),
    }
