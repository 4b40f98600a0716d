"""What of a claim about an act is compared with other claims: short, kept on the shelf, and worked out once.

:class:`Stated` holds what must be known of a claim, as JSON for the shelf; :class:`Traits` what follows from that for
comparing, as each of many comparisons would have to find it again.
"""

import datetime as dt
import functools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from dragoman.reconcile import names
from dragoman.reconcile.tables import ActKind, Tables
from dragoman.types import ActorKind, Basis, Party, Place, Precision, Status

PLANS = frozenset((Status.PLANNED, Status.HYPOTHETICAL, Status.CALLED_FOR, Status.POSTPONED, Status.CANCELLED))
DONE = frozenset((Status.HAPPENED, Status.ONGOING))

People: TypeAlias = Mapping[str, tuple[Party, ...]]
"""Code -> the people named of it, none where only the state or a body is."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What must be known of a claim about an act to compare it; sides and roles in order, without repetition.

    ``words`` are the content words of the evidence as stems, ``stems`` those that tell one happening from another,
    sorted; ``days`` is the hull of its date; ``aspect`` whether it tells of a journey, a meeting or a call.
    """

    type: str
    modes: tuple[str, ...]
    status: Status
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    visitors: tuple[Party, ...]
    hosts: tuple[Party, ...]
    days: tuple[dt.date, dt.date] | None
    basis: Basis
    published: dt.date | None
    place: Place | None
    words: str
    stems: tuple[str, ...]
    aspect: str


@dataclass(frozen=True, slots=True)
class Traits:
    """A claim about an act, ready to be compared. ``days`` is the hull of its date, None where it is undated;
    ``gist`` holds the stems of the evidence that tell one happening from another, each with its rarity (hundredths);
    ``leaders`` are the codes for which a head of state or government takes part. ``acting``, ``receiving`` and
    ``taking_part`` give for each known code on a side, or on either, the people named of it; ``unaligned`` are groups
    without a state, ``bodies`` those whose code many share; ``named``: a person takes part; ``size`` is the sum of the
    squares of the gist.
    """

    kind: ActKind
    status: Status
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    visitors: tuple[Party, ...]
    hosts: tuple[Party, ...]
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
    modes: frozenset[str]
    acting: People
    receiving: People
    taking_part: People
    unaligned: tuple[Party, ...]
    bodies: tuple[Party, ...]
    named: bool
    size: int

    @property
    def parties(self) -> tuple[Party, ...]:
        """Everybody who takes part, acting side first."""
        return self.actors + self.recipients


def derived(stated: Stated, tables: Tables) -> dict[str, Any]:
    """The fields of :class:`Traits` by name."""
    actors, recipients = stated.actors, stated.recipients
    both = actors + recipients
    gist = {stem: tables.rare(stem) for stem in stated.stems}
    return {
        "kind": tables.kind(stated.type),
        "status": stated.status,
        "actors": actors,
        "recipients": recipients,
        "visitors": stated.visitors,
        "hosts": stated.hosts,
        "codes": _codes(both),
        "actor_codes": _codes(actors),
        "recipient_codes": _codes(recipients),
        "days": stated.days,
        "basis": stated.basis,
        "published": stated.published,
        "place": stated.place,
        "words": stated.words,
        "gist": gist,
        "aspect": stated.aspect,
        "leaders": _codes(party for party in both if party.title in tables.leaders),
        "modes": frozenset(stated.modes),
        "acting": _people(actors),
        "receiving": _people(recipients),
        "taking_part": _people(both),
        "unaligned": tuple(p for p in both if not names.is_person(p) and names.is_group(p)),
        "bodies": tuple(p for p in both if p.code in names.SHARED_CODES and not names.is_person(p)),
        "named": any(names.is_person(party) for party in both),
        "size": sum(weight * weight for weight in gist.values()),
    }


def traits(stated: Stated, tables: Tables) -> Traits:
    """What is compared of an act of which this is stated."""
    return Traits(**derived(stated, tables))


def _codes(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(party.code for party in parties if party.code not in names.UNKNOWN)


def _people(parties: Iterable[Party]) -> People:
    found: dict[str, tuple[Party, ...]] = {}
    for party in parties:
        if party.code not in names.UNKNOWN:
            found[party.code] = found.get(party.code, ()) + ((party,) if names.is_person(party) else ())
    return found


# As JSON --------------------------------------------------------------------------------------------------------------


def written(stated: Stated) -> str:
    """As one line of JSON; :func:`read` gives the same back.

    Not the form of :mod:`dragoman.jsonform`: this one is read for every act that a report meets, by nobody else, and
    all of it takes less time than its parties and place alone would there.
    """
    days = [day.isoformat() for day in stated.days] if stated.days else None
    place = stated.place
    form = (
        stated.type,
        stated.modes,
        stated.status.value,
        *([_party(party) for party in side] for side in (stated.actors, stated.recipients)),
        *([_party(party) for party in side] for side in (stated.visitors, stated.hosts)),
        days,
        stated.basis.value,
        stated.published.isoformat() if stated.published else None,
        place and (place.name, place.country, place.admin1, place.lat, place.lon, place.geonameid, place.precision),
        stated.words,
        stated.stems,
        stated.aspect,
    )
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"))


def read(form: str) -> Stated:
    """What :func:`written` wrote."""
    type_, modes, status, *sides, days, basis, published, place, words, stems, aspect = json.loads(form)
    actors, recipients, visitors, hosts = (tuple(_read_party(*party) for party in side) for side in sides)
    return Stated(
        type=type_,
        modes=tuple(modes),
        status=Status(status),
        actors=actors,
        recipients=recipients,
        visitors=visitors,
        hosts=hosts,
        days=(_day(days[0]), _day(days[1])) if days else None,
        basis=Basis(basis),
        published=_day(published) if published else None,
        place=_read_place(*place) if place else None,
        words=words,
        stems=tuple(stems),
        aspect=aspect,
    )


def _party(party: Party) -> tuple[str, ...]:
    return party.id, party.name, party.kind.value, party.code, party.sector, party.title


@functools.lru_cache(maxsize=50_000)
def _read_party(*form: str) -> Party:
    id_, name, kind, *rest = form
    return Party(id_, name, ActorKind(kind), *rest)


@functools.lru_cache(maxsize=10_000)
def _read_place(*form: Any) -> Place:
    return Place(*form[:-1], precision=Precision(form[-1]))  # type: ignore[misc] # all fields, in order


@functools.lru_cache(maxsize=5_000)
def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
