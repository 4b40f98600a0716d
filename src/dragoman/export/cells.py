"""What several exports have in common: a party, a date, a place, a voice and the sides of an act as plain JSON values.

The shapes are those of the benchmark format (docs/export.md). This module must not know how rows are grouped or
written, only how one value of a record looks in a row.
"""

from collections.abc import Iterable
from typing import Any

from dragoman.lookup import Lookup
from dragoman.types import Act, Cell, Interval, Participation, Party, Place, Role, Span, Speaker, Voice

# Which side of an act a role stands on in formats that know only two (docs/export.md, "Sides").
ACTOR_ROLES = frozenset({Role.ACTOR, Role.VISITOR, Role.MEDIATOR, Role.SIGNATORY})
RECIPIENT_ROLES = frozenset({Role.RECIPIENT, Role.HOST})


def side(act: Act, roles: frozenset[Role]) -> list[Participation]:
    """The participations of an act in any of these roles, in the act's own order."""
    return [participation for participation in act.participations if participation.role in roles]


def party_row(cell: Cell[Party], look: Lookup) -> dict[str, Any]:
    """``{text, name, code, sector}``; words that were grounded in nobody keep themselves as name, code "UNK"."""
    text = look.words(cell.span)
    if cell.value is None:
        return {"text": text, "name": text, "code": "UNK", "sector": "UNK"}
    party = cell.value
    return {"text": text, "name": party.name, "code": party.code or "UNK", "sector": party.sector or "UNK"}


def date_row(interval: Interval | None) -> dict[str, Any] | None:
    """``{start, end, basis, edtf}`` with ISO days, end inclusive, null for an open bound; None where unknown."""
    if interval is None or not interval.known:
        return None
    return {
        "start": interval.start.isoformat() if interval.start else None,
        "end": interval.end.isoformat() if interval.end else None,
        "basis": interval.basis.value,
        "edtf": str(interval),
    }


def place_row(place: Place | None) -> dict[str, Any] | None:
    """``{name, country}``; None where unknown."""
    return None if place is None else {"name": place.name, "country": place.country}


def speaker_name(speaker: Speaker, look: Lookup) -> str:
    """Who speaks, by name; of a nameless speaker its words in the text ("officials"), else the class of anonymity."""
    if speaker.party.value is not None:
        return speaker.party.value.name
    return look.words(speaker.party.span) or speaker.anonymity or "unnamed source"


def voice_names(voices: Iterable[Voice], look: Lookup) -> list[str]:
    """The named sources of some voices, first speakers first, each once; [] for the outlet's own word."""
    names = (speaker_name(speaker, look) for voice in voices for speaker in voice.chain)
    return list(dict.fromkeys(names))


def span_row(span: Span) -> dict[str, Any]:
    """``{text, start, end}``: code points of the text with this SHA-256, end exclusive."""
    return {"text": span.text, "start": span.start, "end": span.end}
