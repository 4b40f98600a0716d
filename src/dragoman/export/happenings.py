"""What the formats of event data share: an event with its sides, days, codes and reports, and its pairs of parties.

Makes the values that several formats write in their own columns, and must not know any of the formats.
"""

import dataclasses
import datetime as dt
import functools
import itertools
from collections.abc import Iterator

from dragoman.export.cells import ACTOR_ROLES, RECIPIENT_ROLES, side
from dragoman.export.codes import country
from dragoman.export.forms import Source
from dragoman.types import (
    Act,
    ActorKind,
    Claim,
    Event,
    Interval,
    Party,
    Place,
    Precision,
    Report,
    Role,
    Says,
    Status,
)

DONE = frozenset({Status.HAPPENED, Status.ONGOING, Status.UNCONFIRMED})


@dataclasses.dataclass(frozen=True, slots=True)
class Member:
    """A participant: the party, the words that name it in a text, its role."""

    party: Party
    words: str
    role: Role


@dataclasses.dataclass(frozen=True)
class Happening:
    """An event as the formats of event data see it. ``reports`` tell of it, copies too; ``told`` is the first day."""

    event: Event
    source: Source

    @property
    def act(self) -> Act:
        """The act, each cell at its best value."""
        return self.event.act

    @property
    def status(self) -> Status:
        """The act's status; happened where nothing else is said."""
        return self.act.status.value or Status.HAPPENED

    @property
    def days(self) -> Interval:
        """When; an interval without bounds where nothing is known."""
        return self.act.date.value or Interval()

    @property
    def first(self) -> dt.date | None:
        """The first day it may have begun; None where only its end is known."""
        return self.days.start

    @property
    def last(self) -> dt.date | None:
        """The last day, or the first where only that is known."""
        return self.days.end or self.days.start

    @property
    def doubt(self) -> int | None:
        """How many days later than the first it may have begun, 0 for a certain day, None where that is open."""
        first, latest = self.days.first_min, self.days.first_max
        return (latest - first).days if first and latest else None

    @property
    def place(self) -> Place | None:
        """Where."""
        return self.act.place.value

    def named(self, *precisions: Precision) -> str:
        """The place's name where it is known as finely as one of these, else ""."""
        return self.place.name if self.place and self.place.precision in precisions else ""

    @property
    def province(self) -> str:
        """The first-order division as our gazetteer writes it: the place itself, or the one it lies in."""
        return self.named(Precision.ADMIN1) or (self.place.admin1 if self.place else "")

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-3 of the place."""
        return self.place.country if self.place else ""

    @functools.cached_property
    def actors(self) -> tuple[Member, ...]:
        """The acting side."""
        return self._members(ACTOR_ROLES)

    @functools.cached_property
    def recipients(self) -> tuple[Member, ...]:
        """The other side."""
        return self._members(RECIPIENT_ROLES)

    def _members(self, roles: frozenset[Role]) -> tuple[Member, ...]:
        found: dict[tuple[str, str], Member] = {}
        for one in side(self.act, roles):
            words = self.source.look.words(one.party.span)
            party = one.party.value or Party("", words, ActorKind.GROUP, "UNK", "UNK")
            found.setdefault((party.id, party.name), Member(party, words, one.role))
        return tuple(found.values())

    @functools.cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims it rests on, in order of text and place."""
        known = (self.source.look.claims[key] for key in self.event.claims if key in self.source.look.claims)
        return tuple(sorted(known, key=lambda claim: (claim.evidence, claim.id)))

    @functools.cached_property
    def reports(self) -> tuple[Report, ...]:
        """The reports that tell of it, first published first, undated last."""
        found = self.source.look.reports_of(self.event.claims)
        return tuple(sorted(found, key=lambda one: (one.published is None, str(one.published), one.document, one.id)))

    @property
    def told(self) -> dt.date | None:
        """The day of the earliest dated report."""
        return self.reports[0].published if self.reports else None

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who reports it, first published first, each once; a report without an outlet by its document."""
        return tuple(dict.fromkeys(map(_outlet, self.reports)))

    @functools.cached_property
    def sources(self) -> tuple[str, ...]:
        """Who reports it, copies of one report once: under the agency that any of them names, else who printed first.

        As support is computed (docs/decisions/0017-near-copies.md); an agency and its subscribers are one source.
        """
        printed: dict[str, list[Report]] = {}
        origins = self.source.origins()
        for report in self.reports:
            printed.setdefault(origins.get(report.text, report.text), []).append(report)
        named = (
            next((one.agency for one in copies if one.agency), "") or _outlet(copies[0]) for copies in printed.values()
        )
        return tuple(dict.fromkeys(named))

    @property
    def reviewed(self) -> bool:
        """Whether a person has accepted, set or added any of its claims."""
        return not self.source.reviewed.isdisjoint(self.event.claims)

    @functools.cached_property
    def evidence(self) -> Claim | None:
        """The claim whose words stand for the event: affirmed, of its own status, surest."""
        ranked = sorted(
            self.claims, key=lambda one: (one.says is not Says.AFFIRMS, not self._same(one), -one.confidence)
        )
        return ranked[0] if ranked else None

    def _same(self, claim: Claim) -> bool:
        return isinstance(claim.content, Act) and claim.content.status.value is self.act.status.value

    @property
    def quote(self) -> str:
        """The words of that claim."""
        return self.source.look.words(self.evidence.evidence) if self.evidence else ""

    @functools.cached_property
    def cameo(self) -> str:
        """The CAMEO code, "" where it has none: one to come is the intent (03), one called off a refusal (125)."""
        if self.status in DONE and self.act.cameo:
            return self.act.cameo
        if self.act.type not in self.source.book.types:
            return ""
        return self.source.book.to_cameo(self.act.type, self.act.modes, self.status, self.act.contexts)

    @functools.cached_property
    def plover(self) -> tuple[str, tuple[str, ...], str]:
        """Type, modes and auxiliary mode in PLOVER's own coding: a visit to come is AGREE (docs/decisions/0002)."""
        if self.act.type not in self.source.book.types:
            return self.act.type, self.act.modes, ""
        return self.source.book.to_plover(self.act.type, self.act.modes, self.status)

    @property
    def speech_day(self) -> dt.date | None:
        """The day of a row whose code is that of an announcement: when it was first told, not when it is to be."""
        return self.first if self.status in DONE else self.told

    @property
    def title(self) -> str:
        """Who does what, in codes and names, no words of a text."""
        sides = (", ".join(_named(one) for one in members) for members in (self.actors, self.recipients))
        what = " ".join((self.act.type, *self.act.modes, self.status.value))
        return ", ".join(part for part in (" → ".join(name for name in sides if name), what) if part)

    @property
    def summary(self) -> str:
        """The title with days and place."""
        return ", ".join(part for part in (self.title, str(self.days), self.place_name) if part)

    @property
    def place_name(self) -> str:
        """The place's name, of a country given by its code the country's; "" for none."""
        return "" if self.place is None else country(self.place.name).name or self.place.name

    @property
    def two_sides(self) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
        """Both sides for formats that know no direction: where nobody receives, the first actor and the others."""
        return (self.actors, self.recipients) if self.recipients else (self.actors[:1], self.actors[1:])

    def pairs(self) -> Iterator[tuple[Member, Member, bool]]:
        """(from, to, turned): everybody of one side with everybody of the other, ``turned`` for the way back.

        Where nobody receives, as in a meeting, each with each. Meetings are told from both ends, as CAMEO does.
        """
        forth: list[tuple[Member, Member]] = list(itertools.product(self.actors, self.recipients))
        if not self.recipients:
            forth = list(itertools.combinations(self.actors, 2))
        for left, right in forth:
            if left.party != right.party:
                yield left, right, False
                if self.act.type == "CONSULT" and self.status in DONE:
                    yield right, left, True


def _outlet(report: Report) -> str:
    return report.outlet or report.document


def _named(member: Member) -> str:
    code = member.party.code
    return member.party.name + (f" ({code})" if code not in ("", "UNK", member.party.name) else "")


def happenings(source: Source) -> list[Happening]:
    """The events of a record in order of first day (undated last) and id."""
    found = [Happening(event, source) for event in source.record.events]
    return sorted(found, key=lambda one: (one.last is None, one.first or one.last or dt.date.max, one.event.id))


def row_number(event: str, row: int) -> int:
    """A whole number for a row of an event, below 2**52, so that it passes through every program unharmed.

    In hexadecimal, without its last three digits (the row's number), it is how the event's id goes on after "e":
    ``dragoman explain e<digits>`` finds the event. Of an id of another make it is a number like any other.
    """
    digits = event[1:11]
    if len(digits) < 10 or any(digit not in "0123456789abcdef" for digit in digits):
        digits = event.encode("utf-8", "replace").hex().ljust(10, "0")[:10]
    return int(digits, 16) * 4096 + row % 4096
