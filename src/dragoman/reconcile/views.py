"""A claim as reconciliation sees it: participants by side and code, days, place and words, worked out once.

Knows the report days of a claim's text and, where texts are at hand, the words of its evidence; never other claims.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dragoman.ranking import was_chosen
from dragoman.reconcile import names
from dragoman.reconcile.tables import ActKind, Tables
from dragoman.reconcile.traits import Stated, Traits, derived
from dragoman.types import Act, Basis, Claim, Interval, Party, Report, Role, Status, Text

SIDE_ACTORS = frozenset((Role.ACTOR, Role.VISITOR, Role.MEDIATOR, Role.SIGNATORY))
SIDE_RECIPIENTS = frozenset((Role.RECIPIENT, Role.HOST))
_WORD = re.compile(r"\w+")
# Words are compared by their first letters, so that "killing" meets "killing's" and "killings"; six is set by
# hand, not measured.
_STEM = 6
# Rarity, in hundredths, up to which a stem says nothing of what happened: it is in three texts of ten or more.
_COMMON = 120


@dataclass(frozen=True, slots=True)
class View(Traits):
    """One claim about an act, with all that is compared of it and what that follows from. ``headline`` says that the
    claim is read from its text's title; ``lasts``: the act is known to take several days.
    """

    claim: Claim
    act: Act
    stated: Stated
    headline: bool
    lasts: bool


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


def _words(claim: Claim, parties: Iterable[Party], texts: Mapping[str, Text], tables: Tables) -> str:
    """The evidence's content words, cut to stems, names of participants and idle words left out, sorted."""
    text = texts.get(claim.text)
    if text is None:
        return ""
    spoken = text.content[claim.evidence.start : claim.evidence.end].lower()
    known = {token for party in parties for token in names.tokens(party.name)}
    kept = {word[:_STEM] for word in _WORD.findall(spoken) if word not in tables.idle_words and word not in known}
    return " ".join(sorted(kept))


def _telling(claim: Claim, texts: Mapping[str, Text], tables: Tables) -> tuple[str, ...]:
    """The stems of the evidence, names among them, sorted; those of every third text say nothing and are left out."""
    text = texts.get(claim.text)
    if text is None:
        return ()
    found = stems(text.content[claim.evidence.start : claim.evidence.end])
    return tuple(sorted(stem for stem in found if tables.rare(stem) > _COMMON))


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
    date = act.date.value
    said = stated(claim, act, published.get(claim.text), texts, tables)
    return View(
        **derived(said, tables),
        claim=claim,
        act=act,
        stated=said,
        headline=claim.evidence.end <= body_at,
        lasts=bool(date and date.first_max and date.last_min and date.first_max < date.last_min),
    )


def stated(claim: Claim, act: Act, published: dt.date | None, texts: Mapping[str, Text], tables: Tables) -> Stated:
    """What is compared of a claim about an act that was first reported on a day."""
    actors, recipients = _side(act, SIDE_ACTORS), _side(act, SIDE_RECIPIENTS)
    date = act.date.value
    return Stated(
        type=act.type,
        modes=tuple(sorted(act.modes)),
        status=act.status.value or Status.UNCONFIRMED,
        actors=actors,
        recipients=recipients,
        visitors=_side(act, frozenset((Role.VISITOR,))),
        hosts=_side(act, frozenset((Role.HOST,))),
        days=hull(date),
        basis=date.basis if date else Basis.NONE,
        published=published,
        place=None if was_chosen(act.place) else act.place.value,  # weighed scenes lose links (train/LOG.md)
        words=_words(claim, actors + recipients, texts, tables),
        stems=_telling(claim, texts, tables),
        aspect=_aspect(claim, tables.kind(act.type), texts, tables),
    )


def redated(claim: Claim, interval: Interval, reason: str) -> Claim:
    """The claim with its act dated to an interval, for a reason; the claim's id stays."""
    if not isinstance(claim.content, Act):
        return claim
    date = replace(claim.content.date, value=interval, reason=reason)
    return replace(claim, content=replace(claim.content, date=date))
