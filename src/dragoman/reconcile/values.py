"""The best value of each cell of an event, chosen among its claims by one stated rule.

The rule: a person's word first; a general value gives way to a more specific one that can be true with it (the week
to the day in it, the country to the city); of those left, the value borne out by the most independent voices (each
outlet's own voice and each principal counts once, and a general value bears out every specific one it allows); then
the earliest published. A day that the words state goes before the report's own day, and that before background
knowledge. A deed is told by the claims that it was done, where there are any: a plan's window is no evidence of it.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from dragoman.codebook import Codebook
from dragoman.reconcile import names
from dragoman.reconcile.traits import DONE
from dragoman.reconcile.views import SIDE_ACTORS, SIDE_RECIPIENTS, hull
from dragoman.reconcile.voices import Told
from dragoman.types import (
    Act,
    ActorKind,
    Basis,
    Cell,
    Interval,
    Participation,
    Party,
    Place,
    Precision,
    Quantity,
    Role,
    Says,
    Status,
)

V = TypeVar("V")
Fixed = frozenset[tuple[str, str]]

_FINEST = tuple(Precision)
_BASES = (Basis.EXPLICIT, Basis.RELATIVE, Basis.PUBLICATION, Basis.BACKGROUND, Basis.NONE)
# Where no claim says it was done, the latest news stands; what is weaker than news stands alone, in this order
_NEWS = (Status.PLANNED, Status.POSTPONED, Status.CANCELLED)
_WEAK = (Status.UNCONFIRMED, Status.HYPOTHETICAL, Status.CALLED_FOR, Status.DENIED)
# Of one party in several roles, the role that says most: in a table of claims "visitor" tells more than "actor"
_ROLES = (
    Role.MEDIATOR, Role.VISITOR, Role.HOST, Role.SIGNATORY, Role.GUARANTOR,
    Role.ACTOR, Role.RECIPIENT, Role.OBSERVER, Role.SPOKESPERSON,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer(Generic[V]):
    """One claim's value of a cell; ``sure`` where a person set it."""

    value: V
    cell: Cell[V]
    told: Told
    sure: bool


def same_days(left: Interval, right: Interval) -> bool:
    """The two intervals can be of one occasion: they share a day."""
    a, b = hull(left), hull(right)
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def same_place(left: Place, right: Place) -> bool:
    """One of the places can be, or lie in, the other, as far as countries and cities tell."""
    if left.country and right.country and left.country != right.country:
        return False
    points = (Precision.SITE, Precision.CITY)
    if left.precision in points and right.precision in points:
        if left.geonameid is not None and right.geonameid is not None:
            return left.geonameid == right.geonameid
        return left.name == right.name
    return True


def same_figure(left: Quantity, right: Quantity) -> bool:
    """The bounds of two figures meet."""
    bounds = []
    for figure in (left, right):
        known = [value for value in (figure.low, figure.best, figure.high) if value is not None]
        bounds.append((min(known), max(known)) if known else None)
    a, b = bounds
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def affirming(told: Sequence[Told]) -> tuple[Told, ...]:
    """The claims whose voice affirms the act; all of them where every voice denies it."""
    found = tuple(item for item in told if item.view.claim.says is Says.AFFIRMS)
    return found or tuple(told)


def telling(told: Sequence[Told]) -> tuple[Told, ...]:
    """The claims that tell of the act as it was: those that it was done, else all that affirm it."""
    found = affirming(told)
    done = tuple(item for item in found if item.view.status in DONE)
    return done or found


def choose(offers: Sequence[Offer[V]], agree: Callable[[V, V], bool], specific: Callable[[V], Any]) -> Offer[V] | None:
    """The best offer by the rule of this module; None where nothing is offered.

    The first part of ``specific`` says how specific a value is.
    """
    if not offers:
        return None
    pool = [offer for offer in offers if offer.sure] or list(offers)
    voices: dict[V, set[str]] = {}  # by value: of thousands of claims few tell different ones
    for offer in pool:
        voices.setdefault(offer.value, set()).add(offer.told.root.key)
    agreeing = {value: [other for other in voices if agree(value, other)] for value in voices}
    exact = {
        value: len(set().union(*(voices[other] for other in some)))
        for value, some in agreeing.items()
        if not any(specific(other)[0] < specific(value)[0] for other in some)
    }
    left = [offer for offer in pool if offer.value in exact]
    return min(left, key=lambda offer: (-exact[offer.value], specific(offer.value), offer.told.order))


def _offers(told: Sequence[Told], cell: str, fixed: Fixed, read: Callable[[Act], Cell[V]]) -> list[Offer[V]]:
    out = []
    for item in told:
        found = read(item.view.act)
        sure = (item.view.claim.id, cell) in fixed
        if found.value is not None:
            out.append(Offer(found.value, found, item, sure))
    return out


def _vagueness(interval: Interval) -> tuple[int, int]:
    """Sorts intervals by how many days they leave open, then by how they were read; a long visit is not a vague one."""
    open_ = 0
    for low, high in ((interval.first_min, interval.first_max), (interval.last_min, interval.last_max)):
        # An end that is not stated leaves more open than any that is: a year for want of a better measure
        open_ += (high - low).days if low and high else 365
    return open_, _BASES.index(interval.basis)


def date(told: Sequence[Told], fixed: Fixed) -> Offer[Interval] | None:
    """The best date: stated days first, then the reports' own, then background knowledge."""
    found = [offer for offer in _offers(told, "date", fixed, lambda act: act.date) if offer.value.known]
    sure = [offer for offer in found if offer.sure]
    stated = [offer for offer in found if offer.value.basis in (Basis.EXPLICIT, Basis.RELATIVE)]
    fresh = [offer for offer in found if offer.value.basis is Basis.PUBLICATION]
    return choose(sure or stated or fresh or found, same_days, _vagueness)


def place(told: Sequence[Told], fixed: Fixed) -> Offer[Place] | None:
    """The best place."""
    found = _offers(told, "place", fixed, lambda act: act.place)
    return choose(found, same_place, lambda value: (_FINEST.index(value.precision), value.name))


def status(told: Sequence[Told], fixed: Fixed) -> Cell[Status]:
    """How far the act has come by all claims: done if any says so, else the latest news, else the least weak word."""
    offers = _offers(affirming(told), "status", fixed, lambda act: act.status)
    offers = [offer for offer in offers if offer.sure] or offers
    if not offers:
        return Cell(Status.UNCONFIRMED, None, "no claim tells how far the act has come")
    by_status: dict[Status, list[Offer[Status]]] = {}
    for offer in sorted(offers, key=lambda o: o.told.order):
        by_status.setdefault(offer.value, []).append(offer)
    for done in (Status.HAPPENED, Status.ONGOING):
        if done in by_status:
            return by_status[done][0].cell
    news = [by_status[value][-1] for value in _NEWS if value in by_status]
    if news:
        dated = [offer for offer in news if offer.told.published] or news
        return max(dated, key=lambda o: o.told.order).cell
    return next(by_status[value][0].cell for value in _WEAK if value in by_status)


def _type(told: Sequence[Told], fixed: Fixed) -> str:
    sure = [item for item in told if (item.view.claim.id, "type") in fixed] or list(told)
    voices: dict[str, set[str]] = {}
    for item in sure:
        voices.setdefault(item.view.act.type, set()).add(item.root.key)
    return min(voices, key=lambda code: (-len(voices[code]), code))


def _modes(told: Sequence[Told], type_code: str, fixed: Fixed) -> tuple[str, ...]:
    same = [item for item in told if item.view.act.type == type_code]
    sure = [item for item in same if (item.view.claim.id, "modes") in fixed]
    voices: dict[tuple[str, ...], set[str]] = {}
    for item in sure or same:
        voices.setdefault(item.view.act.modes, set()).add(item.root.key)
    if not sure and len(voices) > 1:
        voices.pop((), None)
    return min(voices, key=lambda modes: (-len(voices[modes]), -len(modes), modes), default=())


def _known(party: Party) -> tuple[bool, int, str, str]:
    """Sorts descriptions of one party: with an id first, then the longest name."""
    return (not party.id, -len(party.name), party.name, party.code)


def participations(told: Sequence[Told], fixed: Fixed) -> tuple[Participation, ...]:
    """Everybody who takes part by any claim, once, under the fullest name, in the role most voices give.

    A state as a whole is left out where somebody of it is named on the same side, unless a person set it so.
    """
    sure = [item for item in told if {(item.view.claim.id, cell) for cell in ("actors", "recipients")} & fixed]
    groups: list[tuple[dict[Party, None], list[tuple[Participation, Told]]]] = []
    for item in sure or told:
        for part in item.view.act.participations:
            party = part.party.value
            if party is None:
                continue
            home = next((group for group in groups if any(_one(party, other) for other in group[0])), None)
            if home is None:
                groups.append(home := ({}, []))
            home[0][party] = None
            home[1].append((part, item))
    merged = [_merge(group) for _, group in groups]
    return tuple(sorted(merged if sure else _without_states(merged), key=_part_order))


@functools.lru_cache(maxsize=100_000)
def _one(party: Party, other: Party) -> bool:
    """Of one group if it is the same person, group or body by name; a state only with a state."""
    return (
        names.same_party(party, other)
        and (party.kind is ActorKind.STATE) == (other.kind is ActorKind.STATE)
        and (names.is_person(party) == names.is_person(other))
        and (names.is_person(party) or party.kind is ActorKind.STATE or names.same_group(party, other))
    )


def _merge(group: list[tuple[Participation, Told]]) -> Participation:
    parties = sorted((part.party.value for part, _ in group if part.party.value), key=_known)
    voices: dict[Role, set[str]] = {}
    for part, item in group:
        voices.setdefault(part.role, set()).add(item.root.key)
    role = min(voices, key=lambda r: (-len(voices[r]), _ROLES.index(r)))
    best = min(
        (part for part, _ in group if part.party.value == parties[0]),
        key=lambda p: (p.role is not role, p.party.span is None, str(p.party.span)),
    )
    return replace(best, role=role, remote=all(part.remote for part, _ in group))


def _without_states(parts: list[Participation]) -> list[Participation]:
    out = []
    for part in parts:
        party = part.party.value
        side = SIDE_ACTORS if part.role in SIDE_ACTORS else SIDE_RECIPIENTS
        named = any(
            other.party.value and party and other.party.value.code == party.code and other.role in side
            and other.party.value.kind is not ActorKind.STATE
            for other in parts
        )  # fmt: skip
        if not (party and party.kind is ActorKind.STATE and named):
            out.append(part)
    return out


def _part_order(part: Participation) -> tuple[int, str, str, str]:
    party = part.party.value
    return (
        _ROLES.index(part.role),
        party.code if party else "",
        party.name if party else "",
        party.id if party else "",
    )


def _quantities(told: Sequence[Told]) -> tuple[Quantity, ...]:
    """One figure for each measure and side: that of the latest report."""
    latest: dict[tuple[str, str], Quantity] = {}
    for item in sorted(told, key=lambda t: (t.published is not None, t.published or t.order[1], t.order)):
        for figure in item.view.act.quantities:
            latest[figure.measure, figure.side] = figure
    return tuple(latest[key] for key in sorted(latest))


def best_act(told: Sequence[Told], fixed: Fixed, codebook: Codebook) -> Act:
    """The act of an event: the best value of every cell, each with the words or the reason it rests on."""
    deeds = telling(told)
    type_code = _type(deeds, fixed)
    modes = _modes(deeds, type_code, fixed)
    reached = status(told, fixed)
    when, where = date(deeds, fixed), place(deeds, fixed) or place(affirming(told), fixed)
    model = when.told if when else min(deeds, key=lambda item: item.order)
    return Act(
        type=type_code,
        modes=modes,
        status=reached,
        participations=participations(deeds, fixed),
        date=when.cell if when else Cell(None, None, "no report of it tells a day"),
        place=where.cell if where else Cell(None, None, "no report of it tells a place"),
        trigger=model.view.act.trigger,
        contexts=tuple(sorted({context for item in deeds for context in item.view.act.contexts})),
        cameo=codebook.to_cameo(type_code, modes, reached.value or "") if type_code in codebook.types else "",
        quantities=_quantities(deeds),
        normal=when.told.view.act.normal if when else "",
    )
