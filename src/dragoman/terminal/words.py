"""The values of a record in a reader's words: who, what, when, where, and how an event stands.

Every function returns harmless text (:func:`~dragoman.terminal.plain.plain`). It must not know tables or colours.
"""

import calendar
import itertools
from collections.abc import Iterable, Mapping

from dragoman.lookup import Lookup
from dragoman.terminal.plain import plain
from dragoman.types import (
    Act,
    ActorKind,
    Cell,
    CellSupport,
    Claim,
    Course,
    Dispute,
    Disputed,
    Event,
    Interval,
    Medium,
    Participation,
    Party,
    Record,
    RelationKind,
    Role,
    Says,
    Speaker,
    Stance,
    Standing,
    Status,
    Support,
    Voice,
)

ACTING = (Role.VISITOR, Role.ACTOR, Role.MEDIATOR, Role.SIGNATORY)
RECEIVING = (Role.RECIPIENT, Role.HOST)

COURSE = {
    Course.OPEN: "open",
    Course.REPORTED_PLAN: "reported plan",
    Course.ANNOUNCED: "announced",
    Course.POSTPONED: "postponed",
    Course.CANCELLED: "cancelled",
    Course.DONE_AS_ANNOUNCED: "done as announced",
    Course.DONE_CHANGED: "done, changed",
    Course.DONE_LATE: "done late",
    Course.DONE_UNANNOUNCED: "done",
    Course.LAPSED: "lapsed",
}
_DISPUTE = {
    Dispute.CONTESTED: "contested",
    Dispute.DENIED: "denied by",
    Dispute.REVISED: "revised",
    Dispute.UNACKNOWLEDGED: "unacknowledged by",
    Dispute.DECLINED: "declined comment by",
}
SAYS = {Says.AFFIRMS: "says", Says.DENIES: "denies", Says.SILENT: "is silent on", Says.DECLINES: "declines comment on"}
STATUS = {status: status.value.replace("_", " ") for status in Status}
RELATION = {
    RelationKind.PART_OF: ("part of", "has as a part"),
    RelationKind.FULFILS: ("fulfils", "is fulfilled by"),
    RelationKind.RESCHEDULES: ("reschedules", "is rescheduled by"),
    RelationKind.CANCELS: ("cancels", "is cancelled by"),
    RelationKind.RESPONDS_TO: ("responds to", "is answered by"),
    RelationKind.OUTCOME_OF: ("is an outcome of", "has the outcome"),
    RelationKind.AMENDS: ("amends", "is amended by"),
    RelationKind.VIOLATES: ("violates", "is violated by"),
}
# A stance in a sign beside its word, so that a grid can be read at a glance.
SIGNS = {"supports": "+", "accepts_if": "±", "offers": "→", "demands": "!", "rejects": "−", "neutral": "○"}

# The cell whose support stands for the event's in a table.
_HAPPENED = ("happened", "status")


def state_names(record: Record) -> dict[str, str]:
    """Code -> name of the states that the record's acts and positions name; a code nobody names stays a code."""
    names: dict[str, str] = {}
    acts = [event.act for event in record.events]
    acts += [claim.content for claim in record.claims if isinstance(claim.content, Act)]
    parties = [p.party.value for act in acts for p in act.participations]
    parties += [position.party for position in record.positions]
    parties += [speaker.party.value for claim in record.claims for speaker in claim.voice.chain]
    for party in parties:
        territory = party is not None and party.id.startswith(f"{party.code}/")
        if party is not None and party.kind is ActorKind.STATE and not territory:
            names.setdefault(party.code, party.name)
    return names


def party(value: Party) -> str:
    """``Li Hui (CHN)``; a state is its name alone."""
    bare = value.kind is ActorKind.STATE or value.code in ("", "UNK") or value.name == value.code
    return plain(value.name if bare else f"{value.name} ({value.code})")


def side(act: Act, roles: tuple[Role, ...], *, codes: bool = True) -> str:
    """Those who stand on one side of an act, "" for nobody; words that were grounded in nobody are left out."""
    parties = [p.party.value for p in act.participations if p.role in roles and p.party.value]
    return ", ".join(dict.fromkeys(party(one) if codes else plain(one.name) for one in parties))


def who(act: Act, *, codes: bool = True) -> str:
    """``actors → recipients``; observers, guarantors and spokespersons are left to ``explain``."""
    actors, recipients = side(act, ACTING, codes=codes), side(act, RECEIVING, codes=codes)
    return " → ".join(part for part in (actors or ("unknown" if recipients else ""), recipients) if part) or "unknown"


def deed(act: Act) -> str:
    """Type and modes: ``CONSULT visit``."""
    return plain(" ".join((act.type, *act.modes)))


def status(act: Act) -> str:
    """``called for``, "" where unknown."""
    return STATUS[act.status.value] if act.status.value else ""


def what(act: Act) -> str:
    """``CONSULT visit, happened``."""
    return ", ".join(part for part in (deed(act), status(act)) if part)


def when(cell: Cell[Interval]) -> str:
    """The interval in EDTF, a whole month or year as ``2018-05`` or ``2018``; "undated" where none is known."""
    value = cell.value
    if value is None or not value.known:
        return "undated"
    first, last = value.first_min, value.last_max
    if first and last and (first, last) == (value.last_min, value.first_max) and first.day == 1 and not value.among:
        if (first.month, last.month, last.day, last.year) == (1, 12, 31, first.year):
            return f"{first.year:04}"
        if last == first.replace(day=calendar.monthrange(first.year, first.month)[1]):
            return f"{first.year:04}-{first.month:02}"
    return str(value)


def where(act: Act) -> str:
    """``Moscow (RUS)``, "" where unknown."""
    place = act.place.value
    if place is None:
        return ""
    return plain(f"{place.name} ({place.country})" if place.country and place.name != place.country else place.name)


def named(code: str, names: Mapping[str, str]) -> str:
    """A party of a standing: a state's name for its code, else as it is."""
    return plain(names.get(code, code)) or "the outlet"


def support(value: CellSupport, names: Mapping[str, str]) -> str:
    """``one voice: China``, ``corroborated: China, Ukraine (counterpart)``, ``unattributed (2 outlets)``."""
    roots = ", ".join(named(root, names) for root in value.roots)
    if value.support is Support.UNATTRIBUTED:
        return f"unattributed ({value.outlets} outlet{'' if value.outlets == 1 else 's'})"
    grade = f" ({value.grade.replace('_', ' ')})" if value.grade else ""
    return f"{value.support.value.replace('_', ' ')}: {roots}{grade}"


def dispute(value: Disputed, names: Mapping[str, str]) -> str:
    """``unacknowledged by Ukraine``, ``contested: date``, ``denied by Iran: actors``."""
    word = _DISPUTE[value.dispute]
    by = f" {named(value.party, names)}" if word.endswith(" by") and value.party else ""
    about = f": {plain(value.cell)}" if value.cell and value.cell not in _HAPPENED else ""
    return f"{word}{by}{about}"


def standing(value: Standing, names: Mapping[str, str]) -> str:
    """The three axes in one line: ``done late; one voice: China; unacknowledged by Ukraine``."""
    changed = f" ({', '.join(map(plain, value.changed))})" if value.changed else ""
    whole = next((one for cell in _HAPPENED for one in value.support if one.cell == cell), None)
    whole = whole or next(iter(value.support), None)
    parts = [COURSE[value.course] + changed]
    parts += [support(whole, names)] if whole else []
    parts += list(dict.fromkeys(dispute(one, names) for one in value.dispute))
    return "; ".join(parts)


def speaker(value: Speaker, look: Lookup) -> str:
    """``Wang Wenbin (CHN), briefing``; nameless speakers by their words."""
    name = party(value.party.value) if value.party.value else plain(look.words(value.party.span) or value.anonymity)
    medium = f", {value.medium.value.replace('_', ' ')}" if value.medium is not Medium.UNKNOWN else ""
    return f"{name or 'unnamed source'}{medium}"


def voice(value: Voice, look: Lookup) -> str:
    """The chain from the first speaker on; "the outlet itself" for an empty one."""
    return ", as told by ".join(speaker(one, look) for one in value.chain) or "the outlet itself"


def says(claim: Claim) -> str:
    """What the voice of a claim does: says, denies, is silent on it (or on one cell of it)."""
    unsaid = claim.says in (Says.SILENT, Says.DECLINES)
    about = "it" if claim.about == "happened" else f"the {plain(claim.about)}"
    return f"{SAYS[claim.says]} {about}" if unsaid else SAYS[claim.says]


def content(claim: Claim) -> str:
    """What a claim is about, in one line."""
    if isinstance(claim.content, Stance):
        return stance(claim.content.stance, claim.content.issue, claim.content.object.value or "")
    act = claim.content
    place = where(act)
    return f"{what(act)}: {who(act)}{f', {place}' if place else ''}, {when(act.date)}"


def stance(value: str, issue: str, about: str) -> str:
    """``rejects (territory): loss of its territory``."""
    return plain(f"{value.replace('_', ' ')} ({issue.replace('_', ' ')})" + (f": {about}" if about else ""))


def participation(value: Participation) -> str:
    """A participant with its role: ``Sergei Lavrov (RUS) as host``."""
    name = party(value.party.value) if value.party.value else "unknown"
    behalf = f", for {plain(value.on_behalf)}" if value.on_behalf else ""
    return f"{name} as {value.role.value}{behalf}{', remotely' if value.remote else ''}"


def short_ids(ids: Iterable[str], least: int = 5) -> dict[str, str]:
    """Every id cut to the shortest common length (at least ``least``) at which all of them still differ."""
    known = sorted(set(ids))
    shared = 0
    for left, right in itertools.pairwise(known):
        shared = max(shared, next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), len(left)))
    return {key: key[: max(least, shared + 1)] for key in known}


def event_summary(event: Event) -> str:
    """An event in one line."""
    place = where(event.act)
    return f"{when(event.act.date)}: {who(event.act)}: {what(event.act)}{f', {place}' if place else ''}"
