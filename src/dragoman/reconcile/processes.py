"""Events -> processes: the stories they belong to, by relations and by parties that they have in common.

Two events are of one process when one stands in a relation to the other, or when they share two parties or more and
lie within the stated days of each other.
"""

import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from dragoman import ids
from dragoman.reconcile import names
from dragoman.reconcile.relations import Happening
from dragoman.reconcile.tables import Tables
from dragoman.types import Party, Process, Relation


def _parties(happening: Happening) -> dict[str, str]:
    """What tells a party apart (its code, else its name) -> its name."""
    return {_key(party): party.name for party in happening.parties() if _key(party)}


def _key(party: Party) -> str:
    return party.name if party.code in names.UNKNOWN else party.code


def _day(happening: Happening) -> dt.date | None:
    return happening.days[0] if happening.days else happening.reported


def processes(happenings: Sequence[Happening], relations: Iterable[Relation], tables: Tables) -> tuple[Process, ...]:
    """The processes of two events or more, sorted by id."""
    by_id = {happening.id: happening for happening in happenings}
    root = {key: key for key in by_id}
    ties = [(r.left, r.right) for r in relations if r.left in by_id and r.right in by_id]
    for left, right in [*ties, *_near(happenings, tables.settings["process_days"])]:
        a, b = sorted((_top(root, left), _top(root, right)))
        root[b] = a
    groups: dict[str, list[Happening]] = defaultdict(list)
    for key in sorted(by_id):
        groups[_top(root, key)].append(by_id[key])
    found = [_process(group) for group in groups.values() if len(group) > 1]
    return tuple(sorted(found, key=lambda process: process.id))


def _top(root: dict[str, str], key: str) -> str:
    """The smallest id that an event is tied to, the way there shortened for the next time."""
    while root[key] != key:
        root[key] = root[root[key]]
        key = root[key]
    return key


def _near(happenings: Iterable[Happening], most: int) -> Iterable[tuple[str, str]]:
    """Neighbours in time within each pair of parties: linking each event to the one before it links them all."""
    pairs: dict[tuple[str, str], list[tuple[dt.date, str]]] = defaultdict(list)
    for happening in happenings:
        day, keys = _day(happening), sorted(_parties(happening))
        if day is None:
            continue
        for number, left in enumerate(keys):
            for right in keys[number + 1 :]:
                pairs[left, right].append((day, happening.id))
    for pair in sorted(pairs):
        events = sorted(pairs[pair])
        for (before, left), (after, right) in itertools.pairwise(events):
            if (after - before).days <= most:
                yield left, right


def _process(happenings: Sequence[Happening]) -> Process:
    count: Counter[str] = Counter()
    for happening in happenings:
        count.update(_parties(happening).keys())
    ranked = sorted(count, key=lambda key: (-count[key], key))
    first = min(happenings, key=lambda h: (_day(h) is None, _day(h) or dt.date.max, h.id))
    day = _day(first)
    lead = " – ".join(ranked[:3])
    return Process(
        id="s" + ids.sha256(min(h.id for h in happenings))[:16],
        name=f"{lead}, from {day.isoformat()}" if day else lead,
        parties=tuple(ranked),
        events=tuple(sorted(h.id for h in happenings)),
    )
