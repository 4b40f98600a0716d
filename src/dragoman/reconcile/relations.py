"""How events stand to each other: the meeting part of a visit, the visit of a tour; the refusal that answers a demand.

Also, inside an event, how a claim that it was done or put off stands to the plan. Each relation carries its reasons.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.reconcile import names
from dragoman.reconcile.tables import Tables
from dragoman.reconcile.traits import DONE
from dragoman.reconcile.views import hull
from dragoman.reconcile.voices import Told
from dragoman.types import Act, ActorKind, Party, Relation, RelationKind, Role, Says, Status

VISIT = "visit"
DEMAND, REFUSAL = "REQUEST", "REJECT"


@dataclass(frozen=True, slots=True)
class Happening:
    """An event in the making: its id, best act, claims, and the first day one of them was published."""

    id: str
    act: Act
    told: tuple[Told, ...]
    reported: dt.date | None

    def parties(self, *roles: Role) -> list[Party]:
        """Its participants in one of these roles, or all of them."""
        return [p.party.value for p in self.act.participations if p.party.value and (not roles or p.role in roles)]

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """The days of its best date."""
        return hull(self.act.date.value)


def _codes(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(party.code for party in parties if party.code not in names.UNKNOWN)


def hosted(happening: Happening, tables: Tables) -> frozenset[tuple[str, str]]:
    """(visitor's code, host's code) of a visit or tour, of which others may be parts; nothing of other events."""
    visitors = happening.parties(Role.VISITOR)
    if tables.kind(happening.act.type).manner != "occasion" or not visitors or VISIT not in happening.act.modes:
        return frozenset()
    hosts = _codes(happening.parties(Role.HOST))
    return frozenset((visitor, host) for visitor in _codes(visitors) for host in hosts)


def attending(happening: Happening, tables: Tables) -> frozenset[str]:
    """The codes of who takes part in a meeting or visit, which may be part of another; nothing of other events."""
    occasion = tables.kind(happening.act.type).manner == "occasion"
    return _codes(happening.parties()) if occasion else frozenset()


def between(happening: Happening, type_code: str) -> frozenset[tuple[str, str]]:
    """(acting code, receiving code) of an event of this type; nothing of other events."""
    if happening.act.type != type_code:
        return frozenset()
    receiving = _codes(happening.parties(Role.RECIPIENT))
    return frozenset((actor, other) for actor in _codes(happening.parties(Role.ACTOR)) for other in receiving)


def part_of(parts: Iterable[Happening], happenings: Iterable[Happening], tables: Tables) -> list[Relation]:
    """Each meeting or visit among ``parts`` -> the smallest visit or tour that it is part of."""
    wholes: dict[tuple[str, str], list[Happening]] = defaultdict(list)
    for whole in happenings:
        for pair in hosted(whole, tables):
            wholes[pair].append(whole)
    out = []
    for part in parts:
        codes = attending(part, tables)
        near = {w.id: w for a in codes for b in codes if a != b for w in wholes.get((a, b), ())}
        fitting = [(_size(w), w.id, w) for w in near.values() if w.id != part.id and _within(part, w, tables)]
        if fitting:
            whole = min(fitting, key=lambda item: item[:2])[2]
            out.append(Relation(RelationKind.PART_OF, part.id, whole.id, _why(part, whole)))
    return out


def _hosts(happening: Happening) -> frozenset[str]:
    return _codes(happening.parties(Role.HOST))


def _size(whole: Happening) -> int:
    return len(_hosts(whole))


def _same_visitor(part: Happening, whole: Happening) -> bool:
    """The visitor of the whole takes part, or somebody unnamed of the visitor's state and nobody else of it."""
    for visitor in whole.parties(Role.VISITOR):
        own = [party for party in part.parties() if party.code == visitor.code]
        if any(names.is_person(party) and names.is_person(visitor) for party in own):
            if any(names.is_person(party) and names.same_person(party, visitor) for party in own):
                return True
        elif own:
            return True
    return False


def _smaller(part: Happening, whole: Happening) -> bool:
    """Fewer hosts than the tour; or, of a visit to one state, the meeting with somebody named of it."""
    visitors = _codes(whole.parties(Role.VISITOR))
    others = _codes(part.parties()) - visitors
    hosts = _hosts(whole)
    if not others or not others & hosts or len(_hosts(part)) > len(hosts):
        return False
    if len(hosts) > 1:
        return len(others & hosts) < len(hosts) and len(_hosts(part)) < len(hosts)
    host_people = [party for party in whole.parties(Role.HOST) if party.kind is not ActorKind.STATE]
    met = [p for p in part.parties() if p.code in hosts and p.kind is not ActorKind.STATE]
    return not host_people and bool(met)


def _within(part: Happening, whole: Happening, tables: Tables) -> bool:
    if not _smaller(part, whole) or not _same_visitor(part, whole):
        return False
    grace = dt.timedelta(days=tables.settings["grace_days"])
    near = dt.timedelta(days=3)  # a visit's first or last meeting is often dated by its report
    if whole.days and part.days:
        planned = any(item.view.status is Status.PLANNED for item in whole.told)
        late = grace if planned else near
        return part.days[0] <= whole.days[1] + late and part.days[1] >= whole.days[0] - near
    anchor, other = (whole, part) if part.days else (part, whole)
    known = other.days or ((other.reported, other.reported) if other.reported else None)
    if known is None or known[0] is None or anchor.reported is None:
        return False
    reach = dt.timedelta(days=tables.settings["reach_days"])
    return abs(known[0] - anchor.reported) <= reach


def _why(part: Happening, whole: Happening) -> tuple[str, ...]:
    visitor = ", ".join(sorted({party.name for party in whole.parties(Role.VISITOR)}))
    stops = ", ".join(sorted(_codes(part.parties()) & _hosts(whole)))
    reasons = [f"{visitor} is the visitor of both", f"{stops} is among the hosts of {', '.join(sorted(_hosts(whole)))}"]
    if part.days and whole.days:
        when = "within" if part.days[0] <= whole.days[1] else "after"
        reasons.append(f"{part.act.date.value} is {when} the stated window {whole.act.date.value}")
    return tuple(reasons)


def responses(refusals: Iterable[Happening], happenings: Iterable[Happening], tables: Tables) -> list[Relation]:
    """A refusal by the one of whom something was demanded, towards the one who demanded, within the stated days."""
    demands: dict[tuple[str, str], list[Happening]] = defaultdict(list)
    for demand in happenings:
        for pair in between(demand, DEMAND):
            demands[pair].append(demand)
    out = []
    for refusal in refusals:
        found: dict[str, tuple[int, Happening]] = {}
        for asked, asker in between(refusal, REFUSAL):
            for demand in demands.get((asker, asked), ()):
                gap = _days_after(refusal, demand)
                if gap is not None and 0 <= gap <= tables.settings["answer_days"]:
                    found[demand.id] = (gap, demand)
        if found:
            gap, demand = min(found.values(), key=lambda item: (item[0], item[1].id))
            reason = f"refused {gap} days after the demand, between the same parties"
            out.append(Relation(RelationKind.RESPONDS_TO, refusal.id, demand.id, (reason,)))
    return out


def lies(happening: Happening) -> tuple[dt.date, dt.date] | None:
    """The days by which an event is found part of another or an answer: its own, else when it was first reported."""
    return happening.days or ((happening.reported, happening.reported) if happening.reported else None)


def reach(tables: Tables) -> int:
    """No two events of which :func:`lies` is more days apart than this stand in a relation."""
    return max(tables.settings[name] for name in ("grace_days", "reach_days", "answer_days"))


def _days_after(later: Happening, earlier: Happening) -> int | None:
    a = later.days[0] if later.days else later.reported
    b = earlier.days[0] if earlier.days else earlier.reported
    return (a - b).days if a and b else None


def within(told: Sequence[Told]) -> tuple[Relation, ...]:
    """Relations between claims of one event: what fulfils, puts off or calls off the plan."""
    said = [item for item in told if item.view.claim.says is Says.AFFIRMS]
    plans = [item for item in said if item.view.status is Status.PLANNED]
    if not plans:
        return ()
    first = min(plans, key=lambda item: item.order)
    kinds: Mapping[Status, RelationKind] = {
        Status.POSTPONED: RelationKind.RESCHEDULES,
        Status.CANCELLED: RelationKind.CANCELS,
        **dict.fromkeys(DONE, RelationKind.FULFILS),
    }
    out = []
    for item in sorted(said, key=lambda i: i.order):
        kind = kinds.get(item.view.status)
        moved = item.view.days and first.view.days and item.view.days[0] > first.view.days[1]
        if item.view.status is Status.PLANNED and moved:
            kind = RelationKind.RESCHEDULES
        if kind:
            days, planned = (str(i.view.act.date.value or "no stated day") for i in (item, first))
            reason = f"{item.view.status} ({days}) after it was planned ({planned})"
            out.append(Relation(kind, item.view.claim.id, first.view.claim.id, (reason,)))
    return tuple(out)
