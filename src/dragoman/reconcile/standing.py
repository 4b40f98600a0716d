"""Standing, second and third axis: on how many independent words each cell rests, and who stands against it.

Rules (docs/standing.md): only claims that it happened corroborate that it happened; an announcement never does. Two
voices count as two when they speak for different principals and both are named. An outlet's own voice is counted and
corroborates nothing. Absence from the reports at hand is no dispute: a party is silent only where a report says so.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Sequence

from dragoman.reconcile import course as courses
from dragoman.reconcile import values
from dragoman.reconcile.tables import Tables
from dragoman.reconcile.traits import DONE
from dragoman.reconcile.values import affirming, same_days, same_figure, same_place
from dragoman.reconcile.voices import Told, independent, outlets_of
from dragoman.types import Act, CellSupport, Dispute, Disputed, Says, Standing, Status, Support

Differ = Callable[[Told, Told], bool]


def compute(
    told: Sequence[Told],
    statements: Sequence[Told],
    *,
    act: Act,
    whole: Sequence[Told],
    parts: Sequence[Told],
    tables: Tables,
    now: dt.date | None,
    as_of: dt.date | None,
) -> Standing:
    """The standing of one event; ``statements`` are the silences and declined comments that concern it."""
    found = courses.find(told, whole=whole, parts=parts, act=act, now=now, grace=tables.settings["grace_days"])
    return Standing(
        course=found.course,
        support=supports(told, act, tables),
        dispute=disputes(told, statements),
        changed=found.changed,
        as_of=as_of,
        reasons=found.reasons,
    )


def _deeds(told: Iterable[Told]) -> list[Told]:
    return [i for i in told if i.view.claim.says is Says.AFFIRMS and i.view.status in DONE]


def supports(told: Sequence[Told], act: Act, tables: Tables) -> tuple[CellSupport, ...]:
    """The support of each cell that has a value: whether it happened (or is planned), when, where, by whom."""
    deeds = _deeds(told)
    base = deeds or [i for i in affirming(told) if i.view.claim.says is Says.AFFIRMS]
    if not base:
        return ()
    first = "happened" if deeds else "planned" if act.status.value is Status.PLANNED else "status"
    out = [_support(first, base, tables)]
    date, place = act.date.value, act.place.value
    if date is not None and date.known:
        bearing = [i for i in base if i.view.act.date.value and i.view.days and same_days(i.view.act.date.value, date)]
        out += [_support("date", bearing, tables)] if bearing else []
    if place is not None:
        bearing = [i for i in base if i.view.place and same_place(i.view.place, place)]
        out += [_support("place", bearing, tables)] if bearing else []
    codes = {part.party.value.code for part in act.participations if part.party.value}
    bearing = [i for i in base if i.view.codes and i.view.codes <= codes]
    out += [_support("participants", bearing, tables)] if bearing else []
    return tuple(out)


def _support(cell: str, told: Sequence[Told], tables: Tables) -> CellSupport:
    roots = independent(told)
    voiced = sorted({item.root.key for item in told if not item.root.own})
    names = tuple(root.code or root.name for root in roots)
    outlets = outlets_of(told)
    if len(roots) >= 2:
        return CellSupport(cell, Support.CORROBORATED, names, outlets, _grade(told, tables))
    if voiced:
        unnamed = tuple(sorted({item.root.name for item in told if item.root.anonymous}))
        grade = "against_interest" if roots and _against_interest(told, tables) else ""
        return CellSupport(cell, Support.ONE_VOICE, names or unnamed, outlets, grade)
    return CellSupport(cell, Support.UNATTRIBUTED, (), outlets)


def _against_interest(told: Iterable[Told], tables: Tables) -> bool:
    """Somebody owns up to a hostile act of its own."""
    return any(
        tables.kind(i.view.act.type).hostile and i.view.kind.manner == "deed" and i.root.counts
        and i.root.code and i.root.code in i.view.actor_codes
        for i in told
    )  # fmt: skip


def _grade(told: Sequence[Told], tables: Tables) -> str:
    """The strongest kind of corroboration: against interest, then a third party, then the counterpart."""
    if _against_interest(told, tables):
        return "against_interest"
    taking_part = {code for item in told for code in item.view.codes}
    roots = independent(told)
    if any(root.code not in taking_part for root in roots):
        return "third_party"
    return "counterpart"


def disputes(told: Sequence[Told], statements: Sequence[Told]) -> tuple[Disputed, ...]:
    """Everything that stands against an event, each with the party, the cell and the claims."""
    found = [*_denials(told), *_contests(told), *_silences(told, statements)]
    return tuple(sorted(set(found), key=lambda d: (list(Dispute).index(d.dispute), d.party, d.cell, d.claims)))


def _denies(item: Told) -> bool:
    return item.view.claim.says is Says.DENIES or item.view.status is Status.DENIED


def _denials(told: Sequence[Told]) -> list[Disputed]:
    """Denied by P, cell by cell: the root of the denial where it is named, else whoever the outlet says denies."""
    by: dict[tuple[str, str], list[str]] = {}
    for item in told:
        if _denies(item) and not item.root.own:
            key = item.root.code or item.root.name, item.view.claim.about
            by.setdefault(key, []).append(item.view.claim.id)
    return [Disputed(Dispute.DENIED, party, cell, tuple(sorted(ids))) for (party, cell), ids in by.items()]


def _figures_differ(a: Told, b: Told) -> bool:
    return any(
        (p.measure, p.side) == (q.measure, q.side) and not same_figure(p, q)
        for p in a.view.act.quantities
        for q in b.view.act.quantities
    )


def _dates_differ(a: Told, b: Told) -> bool:
    left, right = a.view.act.date.value, b.view.act.date.value
    return bool(left and right and left.known and right.known and not same_days(left, right))


def _places_differ(a: Told, b: Told) -> bool:
    return bool(a.view.place and b.view.place and not same_place(a.view.place, b.view.place))


DIFFERENCES: dict[str, Differ] = {
    "date": _dates_differ,
    "figures": _figures_differ,
    "place": _places_differ,
    "actors": lambda a, b: bool(
        a.view.kind.manner == "deed" and a.view.actor_codes and b.view.actor_codes
        and not a.view.actor_codes & b.view.actor_codes
    ),
}  # fmt: skip
"""The cells two claims of one event can disagree on, and when they do."""

_SEEN: dict[str, Callable[[Told], Hashable]] = {
    "date": lambda item: item.view.act.date.value,
    "figures": lambda item: item.view.act.quantities,
    "place": lambda item: item.view.place,
    "actors": lambda item: (item.view.kind.manner, item.view.actor_codes),
}
"""What of a claim is looked at for each: of the thousands of claims of a large event most show the same."""


def differing(told: Sequence[Told]) -> tuple[str, ...]:
    """The cells on which two claims of one event that tell of the same stage cannot both be right."""
    base = values.telling(told)
    found = []
    for cell, differ in DIFFERENCES.items():
        alike: dict[Hashable, list[Told]] = {}
        for item in base:
            alike.setdefault(_SEEN[cell](item), []).append(item)
        some = [item for items in alike.values() for item in items[:2]]  # two may differ that show the same figures
        if any(differ(a, b) for number, a in enumerate(some) for b in some[:number]):
            found.append(cell)
    return tuple(found)


def _contests(told: Sequence[Told]) -> list[Disputed]:
    """Contested where named independent roots differ; revised where one root differs from its own earlier word."""
    named = [item for item in _deeds(told) if item.root.counts]
    out = []
    for cell, differ in DIFFERENCES.items():
        sides: dict[tuple[Dispute, str], set[str]] = {}
        for number, a in enumerate(named):
            for b in named[:number]:
                if not differ(a, b):
                    continue
                same = a.root.key == b.root.key
                if same and (a.published is None or b.published is None or a.published == b.published):
                    continue  # one root, no order in time: loose wording, not a change of mind
                kind = Dispute.REVISED if same else Dispute.CONTESTED
                for item in (a, b):
                    party = item.root.code or item.root.name
                    sides.setdefault((kind, party), set()).update((a.view.claim.id, b.view.claim.id))
        out += [Disputed(kind, party, cell, tuple(sorted(ids))) for (kind, party), ids in sides.items()]
    return out


def _silences(told: Sequence[Told], statements: Sequence[Told]) -> list[Disputed]:
    """Unacknowledged by P, declined comment by P: until P itself says that it was done, or denies it."""
    spoke = {item.root.key for item in told if item.root.counts and (item.view.status in DONE or _denies(item))}
    by: dict[tuple[Dispute, str, str], list[str]] = {}
    for item in statements:
        if item.root.key in spoke:
            continue
        kind = Dispute.DECLINED if item.view.claim.says is Says.DECLINES else Dispute.UNACKNOWLEDGED
        party = item.root.code or item.root.name
        by.setdefault((kind, party, item.view.claim.about), []).append(item.view.claim.id)
    return [Disputed(kind, party, cell, tuple(sorted(ids))) for (kind, party, cell), ids in by.items()]
