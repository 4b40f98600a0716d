"""The export ``ftm``: FollowTheMoney entities for Aleph and OpenAleph, JSON Lines: reports, parties, events."""

import hashlib
from collections.abc import Iterator
from typing import Any

from dragoman.export.codes import country, language
from dragoman.export.forms import File, Format, Source, documented, json_lines
from dragoman.export.happenings import Happening, happenings
from dragoman.types import ActorKind, Party, Report

_SCHEMAS = {
    ActorKind.PERSON: "Person",
    ActorKind.STATE: "PublicBody",
    ActorKind.OFFICE: "LegalEntity",
    ActorKind.BODY: "Organization",
    ActorKind.GROUP: "Organization",
    ActorKind.COLLECTIVE: "LegalEntity",
    ActorKind.OUTLET: "Organization",
}


def _id(kind: str, *parts: str) -> str:
    """An id as FollowTheMoney makes them: a SHA-1 of what identifies the entity, the same in every export."""
    return hashlib.sha1("\x1f".join((kind, *parts)).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _entity(key: str, schema: str, **properties: Any) -> dict[str, Any]:
    """An entity; values are lists of texts without repeats, empty ones left out."""
    listed = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    texts = {name: list(dict.fromkeys(str(item) for item in value if item)) for name, value in listed.items()}
    return {"id": key, "schema": schema, "properties": {name: value for name, value in texts.items() if value}}


def _country(code: str) -> str:
    return country(code).iso2.lower()


def _article(report: Report) -> dict[str, Any]:
    return _entity(
        _id("report", report.id),
        "Article",
        title=report.title or report.document,
        sourceUrl=_address(report),
        publisher=report.outlet,
        publishedAt=report.published,
        language=language(report.language),
    )


def _address(report: Report) -> str:
    return report.url if report.url.startswith(("http://", "https://")) else ""


def _party_id(party: Party) -> str:
    return _id("party", party.id or f"{party.name}/{party.code}")


def _party(party: Party) -> dict[str, Any]:
    place = {"country": _country(party.code)}
    if party.kind is ActorKind.PERSON:
        place |= {"position": party.title.replace("_", " ")}
    return _entity(_party_id(party), _SCHEMAS[party.kind], name=party.name or "unknown", **place)


def _event(happening: Happening) -> dict[str, Any]:
    members = (*happening.actors, *happening.recipients)
    days = happening.days
    one = days.start if days.start == days.end else None
    return _entity(
        _id("event", happening.event.id),
        "Event",
        name=" ".join((happening.act.type, *happening.act.modes, happening.status.value)),
        summary=happening.summary,
        description=happening.quote,
        date=one,
        startDate=None if one else days.start,
        endDate=None if one else days.end,
        location=happening.place_name,
        country=_country(happening.country),
        involved=[_party_id(member.party) for member in members],
        proof=[_id("report", report.id) for report in happening.reports],
        sourceUrl=[_address(report) for report in happening.reports],
        publisher=list(happening.outlets),
        notes="" if happening.reviewed else "Unreviewed machine coding.",
        recordId=happening.event.id,
    )


def entities(source: Source) -> Iterator[dict[str, Any]]:
    """Reports by document, parties by id, events by day."""
    found = happenings(source)
    for report in sorted(source.record.reports, key=lambda one: (one.document, one.id)):
        yield _article(report)
    members = [member for happening in found for member in (*happening.actors, *happening.recipients)]
    parties: dict[str, Party] = {}
    for member in members:  # in order of day: the office of the latest event stays
        parties[_party_id(member.party)] = member.party
    for key in sorted(parties):
        yield _party(parties[key])
    for happening in found:
        yield _event(happening)


def files(source: Source) -> tuple[File, ...]:
    """One file."""
    found = list(entities(source))
    return (File("entities.ftm.json", json_lines(found), len(found)),)


FORMAT = Format(
    "FollowTheMoney entities (Article, Person, PublicBody, Organization, Event), JSON Lines, for Aleph.",
    files,
    (
        documented(
            "Article",
            title="title of a report, else its document",
            sourceUrl="address",
            publisher="outlet",
            publishedAt="day",
            language="ISO 639-3",
        ),
        documented(
            "Person, PublicBody (a state), Organization, LegalEntity (an office, a collective)",
            name="name",
            country="ISO 3166-1 alpha-2, small",
            position="office of a person at the latest event",
        ),
        documented(
            "Event",
            name="type, modes, status",
            summary="the event in codes and names",
            description="the clause that tells it best",
            date="the day, where it is one",
            startDate="first day",
            endDate="last day",
            location="place",
            country="its country",
            involved="both sides",
            proof="the articles",
            sourceUrl="their addresses",
            publisher="their outlets",
            notes="`Unreviewed machine coding.` until a person has judged it",
            recordId="the event's id",
        ),
    ),
    "Which side is which, roles, voices, standing, positions.",
)
