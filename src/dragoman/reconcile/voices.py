"""On whose word a claim rests: its root (the earliest speaker) folded to whom that speaker speaks for.

A foreign ministry, its spokesman and its minister speak for one state; state media for their state; two outlets that
quote one ministry are one voice. An outlet's own voice is reported, and corroborates nothing. Anonymous speakers are
never counted as independent of anybody.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.knowledge import Knowledge, fold
from dragoman.reconcile import names
from dragoman.reconcile.copies import Source
from dragoman.reconcile.tables import Tables
from dragoman.reconcile.views import View
from dragoman.types import ActorKind, Medium, Party, Report, Speaker


@dataclass(frozen=True, slots=True)
class Root:
    """Who stands behind a claim. ``key`` tells principals apart, ``code`` is the country's or body's code or "".

    ``own`` marks an outlet's own voice, ``anonymous`` a speaker who is not named.
    """

    key: str
    name: str
    code: str
    own: bool = False
    anonymous: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is a named voice that can bear a claim out."""
        return not self.own and not self.anonymous


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its root, the outlets that carried it and the first day it was published."""

    view: View
    root: Root
    outlets: tuple[str, ...]

    @property
    def published(self) -> dt.date | None:
        """The first day a report of the claim's text was published."""
        return self.view.published

    @property
    def order(self) -> tuple[bool, dt.date, str, int, str]:
        """Sorts claims by publication day (undated last), then by text and place in it."""
        claim = self.view.claim
        day = self.published
        return (day is None, day or dt.date.max, claim.text, claim.evidence.start, claim.id)


def principal(party: Party, tables: Tables, knowledge: Knowledge, medium: Medium = Medium.UNKNOWN) -> tuple[str, str]:
    """(key, code) of whom a party speaks for: its state where its sector is official, else itself."""
    code = party.code
    if party.kind is ActorKind.OUTLET:
        code = state_of_outlet(party.name, knowledge) or (code if medium is Medium.STATE_MEDIA else "")
        return (code, code) if code else (f"outlet {fold(party.name)}", "")
    if medium is Medium.STATE_MEDIA and code not in names.SHARED_CODES:
        return code, code
    if party.sector in tables.official and code not in names.SHARED_CODES:
        return code, code
    return party.id or fold(party.name), "" if code in names.SHARED_CODES else code


def state_of_outlet(outlet: str, knowledge: Knowledge) -> str:
    """The code of the state an outlet speaks for, "" for an independent or unknown one."""
    actor = knowledge.outlet(outlet) if outlet else None
    if actor is None:
        return ""
    return next((tenure.of for tenure in actor.tenures if tenure.of), "")


def _speaker(speaker: Speaker, text: str, tables: Tables, knowledge: Knowledge) -> Root:
    party = speaker.party.value
    if party is None or speaker.anonymity or not party.name:
        who = speaker.anonymity or (party.name if party and party.name else "unnamed source")
        code = party.code if party and party.code not in names.UNKNOWN else ""
        return Root(f"anonymous {fold(who)} {code} {text}", who, code, anonymous=True)
    key, code = principal(party, tables, knowledge, speaker.medium)
    return Root(key, party.name, code)


def root(view: View, source: Source, tables: Tables, knowledge: Knowledge) -> Root:
    """The root of a claim: its first speaker, else the agency, else the outlet that published it, or a copy, first."""
    claim = view.claim
    if claim.voice.chain:
        return _speaker(claim.voice.chain[0], source.key, tables, knowledge)
    ordered = sorted(source.reports, key=lambda r: (r.published is None, r.published or dt.date.max, r.outlet, r.id))
    name = next((r.agency for r in ordered if r.agency), "") or next((r.outlet for r in ordered if r.outlet), "")
    state = state_of_outlet(name, knowledge)
    if state:
        return Root(state, name, state)
    # Reports whose outlet is not known are taken one text, with its copies, at a time
    return Root(f"outlet {fold(name)}" if fold(name) else f"text {source.key}", name, "", own=True)


def tell(
    views: Iterable[View],
    reports: Mapping[str, Sequence[Report]],
    sources: Mapping[str, Source],
    tables: Tables,
    knowledge: Knowledge,
) -> tuple[Told, ...]:
    """Every claim with its root and outlets, in order of publication; ``sources``: the report a text is a copy of."""
    told = []
    for view in views:
        published = reports.get(view.claim.text, ())
        outlets = tuple(sorted({report.outlet for report in published if report.outlet}))
        told.append(Told(view, root(view, sources[view.claim.text], tables, knowledge), outlets))
    return tuple(sorted(told, key=lambda item: item.order))


def independent(told: Iterable[Told]) -> tuple[Root, ...]:
    """The independent named roots among claims, one for each principal, sorted by key."""
    found: dict[str, Root] = {}
    for item in told:
        if item.root.counts:
            found.setdefault(item.root.key, item.root)
    return tuple(found[key] for key in sorted(found))


def outlets_of(told: Iterable[Told]) -> int:
    """How many outlets report in their own voice; copies of one report count once."""
    return len({item.root.key for item in told if item.root.own})
