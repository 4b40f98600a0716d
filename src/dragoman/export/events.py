"""The export ``events``: one line per event, flat columns first, then the whole event in its versioned JSON form.

The flat columns are what a spreadsheet or a database wants; ``event`` is everything, and reads back with
:func:`dragoman.jsonform.decode`. This module must not compute anything about an event.
"""

from collections.abc import Iterator
from typing import Any

from dragoman import jsonform
from dragoman.export.cells import ACTOR_ROLES, RECIPIENT_ROLES, side
from dragoman.lookup import Lookup, look_up
from dragoman.types import Act, Event, Record, Role


def rows(record: Record) -> Iterator[dict[str, Any]]:
    """One row per event, in order of first day (undated last) and id."""
    whole = {event.id: event for event in record.events}
    for row in flat(record):
        yield row | {"event": jsonform.encode(whole[row["id"]])}


def flat(record: Record) -> list[dict[str, Any]]:
    """The same rows without the whole event."""
    look = look_up(record)
    lines = [_row(event, look) for event in record.events]
    return sorted(lines, key=lambda row: (row["start"] or row["end"] or "9999", row["id"]))


def _row(event: Event, look: Lookup) -> dict[str, Any]:
    act, standing = event.act, event.standing
    date, place = act.date.value, act.place.value
    return {
        "id": event.id,
        "start": date.start.isoformat() if date and date.start else None,
        "end": date.end.isoformat() if date and date.end else None,
        "date_basis": date.basis.value if date else "none",
        "date_edtf": str(date) if date else "",
        "type": act.type,
        "modes": list(act.modes),
        "contexts": list(act.contexts),
        "cameo": act.cameo,
        "status": act.status.value.value if act.status.value else None,
        **_parties("actor", act, ACTOR_ROLES),
        **_parties("recipient", act, RECIPIENT_ROLES),
        "place": place.name if place else None,
        "country": place.country if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "course": standing.course.value,
        "support": {support.cell: support.support.value for support in standing.support},
        "disputes": [f"{disputed.dispute.value}:{disputed.party}:{disputed.cell}" for disputed in standing.dispute],
        "as_of": standing.as_of.isoformat() if standing.as_of else None,
        "accounts": len(event.accounts),
        "documents": list(dict.fromkeys(report.document for report in look.reports_of(event.claims))),
    }


def _parties(name: str, act: Act, roles: frozenset[Role]) -> dict[str, list[str]]:
    parties = [participation.party.value for participation in side(act, roles) if participation.party.value]
    return {f"{name}_names": [party.name for party in parties], f"{name}_codes": [party.code for party in parties]}
