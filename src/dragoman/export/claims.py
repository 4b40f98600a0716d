"""The export ``claims``: one line per document and event, what this document says of it, in the benchmark format.

Acts that are affirmed or denied only; silences are in the export ``statements``. Several claims of one document on
one event are merged: the document's own words first, and cells that all of them leave open are filled from the
event (``filled`` names them; a date filled so has the basis "background"). A cell that a person has set is taken
from the event, which was computed with that word. This module must not compute anything about an event.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.export.cells import (
    ACTOR_ROLES,
    RECIPIENT_ROLES,
    date_row,
    party_row,
    place_row,
    side,
    span_row,
    voice_names,
)
from dragoman.export.envoys import Called, called
from dragoman.lookup import Lookup, look_up
from dragoman.ranking import was_chosen
from dragoman.types import (
    Act,
    ActorKind,
    Basis,
    Claim,
    Decision,
    Event,
    Party,
    Record,
    Role,
    Says,
    Status,
)

# Of several claims of one document on one event, the one whose status is further along the act's course speaks for
# the document: a report that tells both of the plan and of the deed tells of the deed (bench GUIDE, "one line each").
_STATUS_ORDER = (
    (Status.HAPPENED, Status.ONGOING),
    (Status.CANCELLED, Status.POSTPONED),
    (Status.UNCONFIRMED,),
    (Status.PLANNED,),
    (Status.CALLED_FOR, Status.HYPOTHETICAL),
    (Status.DENIED,),
)
_STATUS_RANK = {status: rank for rank, statuses in enumerate(_STATUS_ORDER) for status in statuses}

# Acts that are made by speaking: their speaker is the actor, not a source (bench GUIDE, "voices").
_SPOKEN = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})

STATED = (Basis.EXPLICIT, Basis.RELATIVE)  # days that words tell go before the day of publication

_RETOLD = dt.timedelta(days=3)  # for so long news is told as of the day

_VISIT = (Role.VISITOR, Role.HOST)
_SIDES = {"actors": ACTOR_ROLES, "recipients": RECIPIENT_ROLES}


def rows(record: Record) -> Iterator[dict[str, Any]]:
    """One row per document and event, in order of document, place in the text and event id."""
    look = look_up(record)
    envoys = called(record.claims, look)
    lines = [line for event in record.events for line in _lines_of(event, look, envoys)]
    yield from sorted(lines, key=lambda row: (row["document"], row["span"]["start"], row["event"]))


@dataclasses.dataclass(frozen=True, slots=True)
class _Told:
    """What one document tells of one event: its claims, best first, and the columns that a person has set in them."""

    document: str
    event: Event
    claims: tuple[Claim, ...]
    acts: tuple[Act, ...]
    reports: tuple[str, ...]
    judged: Mapping[str, str]
    look: Lookup
    envoys: Called


def _lines_of(event: Event, look: Lookup, envoys: Called) -> Iterator[dict[str, Any]]:
    claims: dict[str, dict[str, Claim]] = {}
    reports: dict[str, set[str]] = {}
    for key in event.claims:
        claim = look.claims.get(key)
        if claim is None or not isinstance(claim.content, Act) or claim.says not in (Says.AFFIRMS, Says.DENIES):
            continue
        for report in look.reports.get(claim.text, ()):
            claims.setdefault(report.document, {})[claim.id] = claim
            reports.setdefault(report.document, set()).add(report.id)
    for document, found in claims.items():
        ordered = tuple(sorted(found.values(), key=_preference))
        acts = tuple(claim.content for claim in ordered if isinstance(claim.content, Act))
        judged = _columns_set_by_people(ordered, look)
        told = tuple(sorted(reports[document]))
        yield _line(_Told(document, event, ordered, acts, told, judged, look, envoys))


def _preference(claim: Claim) -> tuple[Any, ...]:
    """The claim that speaks for its document first: affirmed, further along, more specific, surer, earlier."""
    act = claim.content
    assert isinstance(act, Act)
    known = [participation.party.value for participation in act.participations if participation.party.value]
    specific = (
        sum(party.code not in ("", "UNK") for party in known)
        + sum(party.kind is ActorKind.PERSON for party in known)
        + (act.date.value is not None and act.date.value.basis in STATED)
        + (act.place.value is not None and not was_chosen(act.place))
    )
    rank = _STATUS_RANK.get(act.status.value or Status.HAPPENED, 0)
    return (claim.says is Says.DENIES, rank, -specific, -claim.confidence, claim.evidence, claim.id)


def _line(told: _Told) -> dict[str, Any]:
    first, event, judged = told.claims[0], told.event, told.judged
    filled: list[str] = []
    sides = _received({name: _side(name, told, filled) for name in _SIDES}, told)
    return {
        "document": told.document,
        "event": event.id,
        "type": judged.get("type", told.acts[0].type),
        "mode": _modes(told, filled),
        **sides,
        "date": _date(told, filled),
        "place": _place(told, filled),
        "status": _status(told).value,
        "voices": _voices(told, {actor["name"] for actor in sides["actors"]}),
        "quote": told.look.words(first.evidence),
        "says": first.says.value,
        "confidence": first.confidence,
        "filled": filled,
        "judged": sorted(judged),
        "claims": [claim.id for claim in told.claims],
        "reports": list(told.reports),
        "span": span_row(first.evidence),
    }


# The names people use for a cell in a judgement -> the name of the column.
_COLUMN_OF = {
    "type": "type",
    "mode": "mode",
    "modes": "mode",
    "date": "date",
    "place": "place",
    "status": "status",
    "actors": "actors",
    "recipients": "recipients",
}


def _columns_set_by_people(claims: tuple[Claim, ...], look: Lookup) -> dict[str, str]:
    """Column -> the value a person has set; the last word counts, and the best claim's before another's."""
    place = {claim.id: number for number, claim in enumerate(claims)}
    ordered = sorted(place, key=lambda key: -place[key])
    said = [word for key in ordered for word in look.judged.get(key, ()) if word.decision is Decision.SET]
    return {_COLUMN_OF[word.cell]: word.value for word in said if word.cell in _COLUMN_OF}


def _status(told: _Told) -> Status:
    """The act's status; "denied" where the document only denies that it happened at all."""
    first = told.claims[0]
    if told.judged.get("status") in set(Status):
        return Status(told.judged["status"])
    if first.says is Says.DENIES and first.about == "happened":
        return Status.DENIED
    return told.acts[0].status.value or Status.HAPPENED


def _modes(told: _Told, filled: list[str]) -> list[str]:
    """The modes that the document's claims of the same type name, each once; of a meeting without, the event's."""
    if "mode" in told.judged:
        return re.findall(r"[\w-]+", told.judged["mode"])
    same = (act for act in told.acts if act.type == told.acts[0].type)
    own = list(dict.fromkeys(mode for act in same for mode in act.modes))
    of_event = told.event.act
    if own or not of_event.modes or {told.acts[0].type, of_event.type} != {"CONSULT"}:
        return own
    filled.append("mode")
    return list(of_event.modes)


def _date(told: _Told, filled: list[str]) -> dict[str, Any] | None:
    dated = [row for act in told.acts if (row := date_row(act.date.value))]
    own = min(dated, key=lambda row: row["basis"] not in STATED, default=None)
    of_event = date_row(told.event.act.date.value)
    if "date" in told.judged:
        return of_event
    if of_event is None or (own is None and _open_date(told)) or (own is not None and not _late(own, of_event)):
        return own
    filled.append("date")
    return {**of_event, "basis": Basis.BACKGROUND.value}


def _late(own: Mapping[str, Any], of_event: Mapping[str, Any]) -> bool:
    """Whether a document has only its own day for what others, in their words, tell of one of the days before."""
    if own["basis"] != Basis.PUBLICATION or of_event["basis"] not in STATED:
        return False
    apart = dt.date.fromisoformat(own["start"]) - dt.date.fromisoformat(of_event["end"] or of_event["start"])
    return dt.timedelta() < apart <= _RETOLD


def _open_date(told: _Told) -> bool:
    """Whether the document's act has no day that others could lend it: a plan that states none leaves it open."""
    return _status(told) not in (Status.HAPPENED, Status.ONGOING)


def _place(told: _Told, filled: list[str]) -> dict[str, Any] | None:
    own = next((row for act in told.acts if (row := place_row(act.place.value))), None)
    of_event = place_row(told.event.act.place.value)
    if "place" in told.judged:
        return of_event
    if own is not None or of_event is None or _several_places(told.event) or not _mostly_there(told):
        return own
    filled.append("place")
    return of_event


def _mostly_there(told: _Told) -> bool:
    """Whether half of an event's other claims tell that it was in its state: one in ten places no phone call."""
    others = [told.look.claims[key] for key in told.event.claims if key in told.look.claims]
    acts = [one.content for one in others if one not in told.claims and isinstance(one.content, Act)]
    placed = [act.place.value.country if act.place.value else "" for act in acts]
    place = told.event.act.place.value
    return place is not None and 2 * placed.count(place.country) >= len(placed)


def _several_places(event: Event) -> bool:
    """Whether the event has no one place that could be any report's: its reports differ, or it has several hosts."""
    hosts = {p.party.value.code for p in event.act.participations if p.role is Role.HOST and p.party.value}
    return "place" in event.differing or len(hosts) > 1


def _side(name: str, told: _Told, filled: list[str]) -> list[dict[str, Any]]:
    """The first claim's side of the act, else another claim's; the event's where the document names nobody at all."""
    of_event = side(told.event.act, _SIDES[name])
    if name in told.judged:
        return [party_row(participation.party, told.look) for participation in of_event]
    own = next((found for act in told.acts if (found := side(act, _SIDES[name]))), [])
    if own:
        return [_named(told, party_row(p.party, told.look), p.party.value, filled) for p in own]
    if any(side(act, ACTOR_ROLES | RECIPIENT_ROLES) for act in told.acts):
        # It says who took part, all on the other side, so that this one is not open but empty. Filling it would name
        # whom a demand is made to where the document does not: on gold claims of train that costs .27 of "record".
        return []
    if of_event:
        filled.append(name)
    return [{**party_row(participation.party, told.look), "text": ""} for participation in of_event]


def _received(sides: dict[str, list[dict[str, Any]]], told: _Told) -> dict[str, list[dict[str, Any]]]:
    """Of a visit, those who receive the visitor as recipients, also where a document says that both met.

    Who visits whom is known from this document's claims or others of the event (bench GUIDE, "actors / recipients").
    """
    if told.acts[0].type != "CONSULT" or not told.judged.keys().isdisjoint(_SIDES):
        return sides
    known = [p for act in (*told.acts, told.event.act) for p in act.participations if p.party.value]
    visitors, hosts = ({p.party.value.code for p in known if p.role is role and p.party.value} for role in _VISIT)
    hosts -= visitors
    met = [row for row in sides["actors"] if row["code"] in hosts]
    left = [row for row in sides["actors"] if row["code"] not in hosts]
    if not met or not any(row["code"] in visitors for row in left):
        return sides
    named = {row["code"] for row in met}
    return {"actors": left, "recipients": met + [row for row in sides["recipients"] if row["code"] not in named]}


def _named(told: _Told, row: dict[str, Any], party: Party | None, filled: list[str]) -> dict[str, Any]:
    """An office without a name ("the envoy") gets the name of the person called so elsewhere in the record, else that
    of the only person who acts for its country in the event.
    """
    if party is None or party.kind is not ActorKind.OFFICE:
        return row
    sides = [p.party.value for p in side(told.event.act, ACTOR_ROLES | RECIPIENT_ROLES) if p.party.value]
    names = {other.name for other in sides if other.kind is ActorKind.PERSON and other.code == party.code}
    noun = party.name.rpartition(" ")[2].lower()
    name = told.envoys.get((party.code, noun)) or (names.pop() if len(names) == 1 else "")
    if not name:
        return row
    if "name" not in filled:
        filled.append("name")
    return {**row, "name": name}


def _voices(told: _Told, actors: set[str]) -> list[str]:
    """On whose word the document has it; of an act made by speaking, not its own speaker."""
    said = told.claims[0].says
    names = voice_names((claim.voice for claim in told.claims if claim.says is said), told.look)
    spoken = told.acts[0].type in _SPOKEN
    return [name for name in names if not (spoken and name in actors)]
