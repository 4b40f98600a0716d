"""A claim as reconciliation sees it: participants by side and code, days, place and words, worked out once.

Knows the report days of a claim's text and, where texts are at hand, the words of its evidence; never other claims.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from dragoman.reconcile import names
from dragoman.reconcile.tables import ActKind, Tables
from dragoman.types import Act, Basis, Claim, Interval, Party, Place, Report, Role, Status, Text

SIDE_ACTORS = frozenset((Role.ACTOR, Role.VISITOR, Role.MEDIATOR, Role.SIGNATORY))
SIDE_RECIPIENTS = frozenset((Role.RECIPIENT, Role.HOST))
PLANS = frozenset((Status.PLANNED, Status.HYPOTHETICAL, Status.CALLED_FOR, Status.POSTPONED, Status.CANCELLED))
DONE = frozenset((Status.HAPPENED, Status.ONGOING))

_WORD = re.compile(r"\w+")
# Words are compared by their first letters, so that "killing" meets "killing's" and "killings"; six is set by
# hand, not measured.
_STEM = 6
# Rarity, in hundredths, up to which a stem says nothing of what happened: it is in three texts of ten or more.
_COMMON = 120


People: TypeAlias = Mapping[str, tuple[Party, ...]]
"""Code -> the people named of it, none where only the state or a body is."""


@dataclass(frozen=True, slots=True)
class View:
    """One claim about an act, ready to be compared. ``days`` is the hull of its date, None where it is undated;
    ``gist`` holds the stems of the evidence that tell one happening from another, each with its rarity (hundredths);
    ``leaders`` are the codes for which a head of state or government takes part; ``headline`` says that the claim is
    read from its text's title. The rest is what each of many comparisons would have to find again: ``acting``,
    ``receiving`` and ``taking_part`` give for each known code on a side, or on either, the people named of it;
    ``unaligned`` are groups without a state, ``bodies`` those whose code many share; ``named``: a person
    takes part; ``size`` is the sum of the squares
    of the gist; ``lasts``: the act is known to take several days.
    """

    claim: Claim
    act: Act
    kind: ActKind
    status: Status
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    codes: frozenset[str]
    actor_codes: frozenset[str]
    recipient_codes: frozenset[str]
    days: tuple[dt.date, dt.date] | None
    basis: Basis
    published: dt.date | None
    place: Place | None
    words: str
    gist: Mapping[str, int]
    aspect: str
    leaders: frozenset[str]
    headline: bool
    modes: frozenset[str]
    acting: People
    receiving: People
    taking_part: People
    unaligned: tuple[Party, ...]
    bodies: tuple[Party, ...]
    named: bool
    size: int
    lasts: bool

    @property
    def parties(self) -> tuple[Party, ...]:
        """Everybody who takes part, acting side first."""
        return self.actors + self.recipients


def hull(interval: Interval | None) -> tuple[dt.date, dt.date] | None:
    """First and last day an interval can cover, an open end closed by the other; None where it has no bound."""
    if interval is None or not interval.known:
        return None
    starts = [day for day in (interval.first_min, interval.first_max, interval.last_min) if day]
    ends = [day for day in (interval.last_max, interval.last_min, interval.first_max) if day]
    start = starts[0] if starts else ends[0]
    end = ends[0] if ends else starts[0]
    return min(start, end), max(start, end)


def first_published(reports: Iterable[Report]) -> dict[str, dt.date]:
    """Text id -> the earliest day one of its reports was published; texts without a day are left out."""
    days: dict[str, dt.date] = {}
    for report in reports:
        if report.published and (report.text not in days or report.published < days[report.text]):
            days[report.text] = report.published
    return days


def stems(words: str) -> set[str]:
    """The words in lower case, cut to their first letters."""
    return {word[:_STEM] for word in _WORD.findall(words.lower())}


def _side(act: Act, roles: frozenset[Role]) -> tuple[Party, ...]:
    parties = {p.party.value for p in act.participations if p.role in roles and p.party.value}
    return tuple(sorted(parties, key=lambda party: (party.code, party.name, party.id)))


def _codes(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(party.code for party in parties if party.code not in names.UNKNOWN)


def _people(parties: Iterable[Party]) -> People:
    found: dict[str, tuple[Party, ...]] = {}
    for party in parties:
        if party.code not in names.UNKNOWN:
            found[party.code] = found.get(party.code, ()) + ((party,) if names.is_person(party) else ())
    return found


def _unaligned(parties: Iterable[Party]) -> tuple[Party, ...]:
    return tuple(p for p in parties if not names.is_person(p) and names.is_group(p))


def _bodies(parties: Iterable[Party]) -> tuple[Party, ...]:
    return tuple(p for p in parties if p.code in names.SHARED_CODES and not names.is_person(p))


def _words(claim: Claim, parties: Iterable[Party], texts: Mapping[str, Text], tables: Tables) -> str:
    """The evidence's content words, cut to stems, names of participants and idle words left out, sorted."""
    text = texts.get(claim.text)
    if text is None:
        return ""
    spoken = text.content[claim.evidence.start : claim.evidence.end].lower()
    known = {token for party in parties for token in names.tokens(party.name)}
    kept = {word[:_STEM] for word in _WORD.findall(spoken) if word not in tables.idle_words and word not in known}
    return " ".join(sorted(kept))


def _gist(claim: Claim, texts: Mapping[str, Text], tables: Tables) -> dict[str, int]:
    """The stems of the evidence with their rarity, names among them; those of every third text say nothing."""
    text = texts.get(claim.text)
    if text is None:
        return {}
    found = {stem: tables.rare(stem) for stem in stems(text.content[claim.evidence.start : claim.evidence.end])}
    return {stem: found[stem] for stem in sorted(found) if found[stem] > _COMMON}


def _aspect(claim: Claim, kind: ActKind, texts: Mapping[str, Text], tables: Tables) -> str:
    """Whether an occasion's words tell of a journey ("visit"), of the people meeting ("meeting") or of a call."""
    text = texts.get(claim.text)
    if text is None or kind.manner != "occasion":
        return ""
    spoken = _WORD.findall(text.content[claim.evidence.start : claim.evidence.end].lower())
    found = {tables.aspects[word] for word in spoken if word in tables.aspects}
    # A call is a call whatever else is said; people who meet on a visit are told as meeting
    return next((aspect for aspect in ("call", "meeting", "visit") if aspect in found), "")


def view(
    claim: Claim, published: Mapping[str, dt.date], texts: Mapping[str, Text], tables: Tables, body_at: int = 0
) -> View | None:
    """The view of a claim about an act; None for a stance. ``body_at``: where its text's body starts."""
    act = claim.content
    if not isinstance(act, Act):
        return None
    actors, recipients = _side(act, SIDE_ACTORS), _side(act, SIDE_RECIPIENTS)
    date = act.date.value
    gist = _gist(claim, texts, tables)
    return View(
        claim=claim,
        act=act,
        kind=tables.kind(act.type),
        status=act.status.value or Status.UNCONFIRMED,
        actors=actors,
        recipients=recipients,
        codes=_codes(actors + recipients),
        actor_codes=_codes(actors),
        recipient_codes=_codes(recipients),
        days=hull(date),
        basis=date.basis if date else Basis.NONE,
        published=published.get(claim.text),
        place=act.place.value,
        words=_words(claim, actors + recipients, texts, tables),
        gist=gist,
        aspect=_aspect(claim, tables.kind(act.type), texts, tables),
        leaders=_codes(party for party in actors + recipients if party.title in tables.leaders),
        headline=claim.evidence.end <= body_at,
        modes=frozenset(act.modes),
        acting=_people(actors),
        receiving=_people(recipients),
        taking_part=_people(actors + recipients),
        unaligned=_unaligned(actors + recipients),
        bodies=_bodies(actors + recipients),
        named=any(names.is_person(party) for party in actors + recipients),
        size=sum(weight * weight for weight in gist.values()),
        lasts=bool(date and date.first_max and date.last_min and date.first_max < date.last_min),
    )


def redated(claim: Claim, interval: Interval, reason: str) -> Claim:
    """The claim with its act dated to an interval, for a reason; the claim's id stays."""
    if not isinstance(claim.content, Act):
        return claim
    date = replace(claim.content.date, value=interval, reason=reason)
    return replace(claim, content=replace(claim.content, date=date))
