"""Events -> processes: the stories they belong to, by relations and by parties that they have in common.

Two events are of one process when one stands in a relation to the other, or when they share two parties or more and
lie within the stated days of each other.
"""

import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman import ids
from dragoman.reconcile import names
from dragoman.reconcile.relations import Happening
from dragoman.reconcile.tables import Tables
from dragoman.types import Party, Process, Relation


@dataclass(frozen=True, slots=True)
class Node:
    """As much of an event as processes ask for: its day, and what tells its parties apart (codes, else names)."""

    id: str
    day: dt.date | None
    parties: tuple[str, ...]


def node(happening: Happening) -> Node:
    """The node of an event."""
    day = happening.days[0] if happening.days else happening.reported
    keys = {_key(party) for party in happening.parties()} - {""}
    return Node(happening.id, day, tuple(sorted(keys)))


def _key(party: Party) -> str:
    return party.name if party.code in names.UNKNOWN else party.code


def of_events(happenings: Iterable[Happening], relations: Iterable[Relation], tables: Tables) -> tuple[Process, ...]:
    """The processes of these events."""
    return processes([node(one) for one in happenings], [(r.left, r.right) for r in relations], tables)


def processes(nodes: Sequence[Node], ties: Iterable[tuple[str, str]], tables: Tables) -> tuple[Process, ...]:
    """The processes of two events or more, sorted by id; ``ties``: the ends of relations between events."""
    by_id = {node.id: node for node in nodes}
    root = {key: key for key in by_id}
    known = [(left, right) for left, right in ties if left in by_id and right in by_id]
    for left, right in [*known, *_near(nodes, tables.settings["process_days"])]:
        a, b = sorted((_top(root, left), _top(root, right)))
        root[b] = a
    groups: dict[str, list[Node]] = defaultdict(list)
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


def _near(nodes: Iterable[Node], most: int) -> Iterable[tuple[str, str]]:
    """Neighbours in time within each pair of parties: linking each event to the one before it links them all."""
    pairs: dict[tuple[str, str], list[tuple[dt.date, str]]] = defaultdict(list)
    for one in nodes:
        if one.day is None:
            continue
        for pair in itertools.combinations(one.parties, 2):
            pairs[pair].append((one.day, one.id))
    for pair in sorted(pairs):
        events = sorted(pairs[pair])
        for (before, left), (after, right) in itertools.pairwise(events):
            if (after - before).days <= most:
                yield left, right


def _process(nodes: Sequence[Node]) -> Process:
    count: Counter[str] = Counter()
    for one in nodes:
        count.update(one.parties)
    ranked = sorted(count, key=lambda key: (-count[key], key))
    day = min(nodes, key=lambda n: (n.day is None, n.day or dt.date.max, n.id)).day
    lead = " – ".join(ranked[:3])
    return Process(
        id="s" + ids.sha256(min(one.id for one in nodes))[:16],
        name=f"{lead}, from {day.isoformat()}" if day else lead,
        parties=tuple(ranked),
        events=tuple(sorted(one.id for one in nodes)),
    )
