"""Claims that changed are clustered again, with the groups they were in and those near them; the rest stays.

Groups join, best pair first, only where a pair of theirs reaches the threshold or a person says so. A group near the
changed ones that comes out as it was met none of them on the way, so that what it met beyond them is as it was too.
Whether two groups meet on the way depends on them alone: what is the same for every two is the same for all (0018).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from dragoman import ids
from dragoman.reconcile import cluster, processes, relations, statements
from dragoman.reconcile import events as building
from dragoman.reconcile.events import Grouped
from dragoman.reconcile.relations import Happening
from dragoman.reconcile.values import affirming
from dragoman.reconcile.views import View
from dragoman.stepwise import joins, settling
from dragoman.stepwise.hand import Hand, Rules
from dragoman.stepwise.joins import Join
from dragoman.stepwise.settling import Numbers
from dragoman.storage import shelf, shelf_acts, shelf_events, shelf_pairs
from dragoman.storage.shelf_acts import Placed
from dragoman.storage.shelf_events import Known, Tie
from dragoman.types import Status

Group = tuple[str, ...]
_AT_ONCE = 300  # groups whose texts are read at once


def regroup(hand: Hand, seeds: Sequence[str], shaken: Sequence[str]) -> None:
    """Find the events of these claims and of what their change touches; ``shaken``: events that lost a claim."""
    connection, at_hand = hand.connection, _Groups(hand)
    changed = {*shelf_acts.numbers_of(connection, seeds).values(), *shelf_acts.acts_of(connection, shaken)}
    core, groups = settling.settle(changed, at_hand)
    placed = {n: at_hand.placed[n] for group in groups for n in group}
    number = {act.claim: n for n, act in placed.items()}
    before: dict[str, set[int]] = defaultdict(set)
    for n, act in placed.items():
        before[act.event or ""].add(n)
    ends = {end for pair in hand.links for end in pair}
    spoken = {number[claim] for claim in {*seeds, *ends} & number.keys()}
    new: dict[str, Group] = {}
    living = set()
    for group in groups:
        event = ids.event_id(min((placed[n] for n in group), key=_order).claim)
        living.add(event)
        if before.get(event, set()) != set(group) or not spoken.isdisjoint(group):
            new[event] = tuple(sorted(placed[n].claim for n in group))
    gone = (before.keys() | set(shaken)) - living - {""}
    became = {event: joins.written(at_hand.became[number[group[0]]]) for event, group in new.items()}
    _keep(hand, new, became, placed)
    gone -= shelf_events.members(connection, gone).keys()
    shelf_events.forget(connection, gone)
    shelf.note(connection, "relate", gone | new.keys())
    shelf.note(connection, "build", new.keys() | set(shaken) - gone)
    shelf.done(connection, "claim", [*seeds, *(placed[n].claim for n in core)])
    shelf.done(connection, "event", shaken)


class _Groups:
    """The groups of the record, for :func:`settling.settle`; what was read of acts is kept in ``placed``, how the
    groups made last came about in ``became``, by each of their acts, and of the groups near to what was asked for last
    what is one whatever happens in ``lasting``.
    """

    def __init__(self, hand: Hand) -> None:
        self.hand, self.placed = hand, dict[int, Placed]()
        self.became: dict[int, list[Join]] = {}
        self.lasting: list[Join] = []
        ends = {end for pair in hand.links for end in pair}
        self.spoken = frozenset(shelf_acts.numbers_of(hand.connection, ends).values())

    def whole(self, acts: Collection[int]) -> Numbers:
        connection, links = self.hand.connection, self.hand.links
        ends = shelf_acts.numbers_of(connection, {end for pair in links for end in pair})
        tied = [(ends[left], ends[right]) for left, right in links if left in ends and right in ends]
        found = shelf_acts.whole(connection, acts)
        while more := {n for pair in tied for n in pair if not found.isdisjoint(pair)} - found:
            found = shelf_acts.whole(connection, found | more)
        self.placed |= shelf_acts.placed(connection, found)
        return frozenset(found)

    def near(self, acts: Numbers) -> Mapping[str, Numbers]:
        connection, rules = self.hand.connection, self.hand.rules
        threshold, absent = rules.setting("threshold"), rules.setting("absent")
        points = shelf_pairs.strongest(connection, acts)
        found = shelf_acts.of_events(connection, set(np.flatnonzero(points >= threshold).tolist()) - acts)
        groups: dict[str, set[int]] = defaultdict(set)
        for n, event in found.items():
            groups[event].add(n)
        nearest = np.where(points == shelf_pairs.NONE, absent, points.clip(max=rules.setting("most")))
        near = {n: int(nearest[n]) for n in found}
        became = shelf_events.joins(connection, groups)
        met, self.lasting = dict[str, Numbers](), []
        for event, group in groups.items():
            lasted = joins.lasting(group, joins.read(became[event]), near) if self.spoken.isdisjoint(group) else []
            if not joins.stands(group, lasted, near, threshold):
                met[event] = frozenset(group)
                self.lasting += lasted
        self.placed |= shelf_acts.placed(connection, set().union(*met.values()))
        return met

    def made(self, acts: Numbers) -> Collection[Numbers]:
        numbers = sorted(acts, key=lambda n: self.placed[n].claim)
        place = {n: at for at, n in enumerate(numbers)}
        pairs = shelf_pairs.among(self.hand.connection, acts)
        at_number = np.zeros(max(place, default=0) + 1, np.int64)
        at_number[numbers] = np.arange(len(numbers))
        pairs[:, :2] = at_number[pairs[:, :2]]
        claims = [self.placed[n].claim for n in numbers]
        one = [(place[keep], place[gone]) for keep, gone, _ in self.lasting]
        made = cluster.numbered(claims, pairs, self.hand.links, self.hand.rules.table.settings, one)
        at = dict(zip(claims, numbers, strict=True))
        groups = [frozenset(at[claim] for claim in group) for group in made.groups]
        became: dict[int, list[Join]] = {}
        for group in groups:
            joined: list[Join] = []
            became |= dict.fromkeys(group, joined)
        for keep, gone, mean in made.joins:
            became[at[keep]].append((at[keep], at[gone], mean))
        self.became = became
        return groups


def _order(act: Placed) -> tuple[bool, str, str, int, str]:
    """As :attr:`dragoman.reconcile.voices.Told.order`."""
    return (act.published is None, act.published or "", act.text, act.start, act.claim)


def _keep(hand: Hand, groups: Mapping[str, Group], became: Mapping[str, bytes], placed: Mapping[int, Placed]) -> None:
    number = {act.claim: n for n, act in placed.items()}
    every = sorted(groups.values(), key=lambda group: min(_order(placed[number[claim]]) for claim in group))
    for some in (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE)):
        made = happenings(hand, some)
        known = [_known(one, became[one.id], hand.rules) for one in made.values()]
        members = {made[group].id: [number[claim] for claim in group] for group in some}
        shelf_events.put(hand.connection, known, members)


def happenings(hand: Hand, groups: Iterable[Group]) -> dict[Group, Happening]:
    """The events of groups of claims, as far as their own claims make them."""
    wanted = list(groups)
    missing = [group for group in wanted if group not in hand.made]
    had = {group: hand.made[group] for group in wanted if group in hand.made}
    given = hand.given(shelf_acts.texts_of(hand.connection, [claim for group in missing for claim in group]))
    found = Grouped(hand.views, {}, cluster.Clustering((), ()), {})
    new = {group: building.happening(group, found, given) for group in missing}
    hand.made |= new
    return {group: had.get(group) or new[group] for group in wanted}


def _known(happening: Happening, became: bytes, rules: Rules) -> Known:
    node = processes.node(happening)
    plans = [item.view for item in affirming(happening.told) if item.view.status is Status.PLANNED]
    ends = [view.days[1] for view in plans if view.days]
    days = relations.lies(happening)
    ties: set[Tie] = {("who", code, "") for code in relations.attending(happening, rules.table)}
    ties |= {("whole", *pair) for pair in relations.hosted(happening, rules.table)}
    ties |= {("demand", *pair) for pair in relations.between(happening, relations.DEMAND)}
    ties |= {("refusal", *pair) for pair in relations.between(happening, relations.REFUSAL)}
    return Known(
        event=happening.id,
        day=node.day.isoformat() if node.day else None,
        parties=node.parties,
        lapses=_lapses(max(ends), rules.setting("grace_days")) if ends else None,
        lies=(days[0].toordinal(), days[1].toordinal()) if days else None,
        ties=frozenset(ties),
        joins=became,
    )


def _lapses(end: dt.date, grace: int) -> str:
    """The last day on which a plan has not lapsed; the last there is where that lies beyond the calendar."""
    return dt.date.fromordinal(min(end.toordinal() + grace, dt.date.max.toordinal())).isoformat()


def attach(hand: Hand, silent: Sequence[str]) -> None:
    """Find again what silences concern; the events that they concerned and concern now are to be built again."""
    connection, table = hand.connection, hand.rules.table
    near: dict[str, list[tuple[int, View]]] = defaultdict(list)
    heard = list(shelf_acts.silences(connection, silent))
    known = shelf_acts.numbers_of(connection, silent, silent=True)
    hand.fetch({text for _, _, text, _ in heard} | set(shelf_acts.texts_of(connection, known)))
    for claim, concerned, _, points in heard:
        near[claim].append((points, hand.views[concerned]))
    views = [hand.views[claim] for claim in sorted(known)]
    texts = {view.claim.text for view in views}
    beside = [hand.views[c.id] for text in texts for c in hand.claims[text] if c.id in hand.views]
    for statement, told in statements.beside(beside):
        near[statement.claim.id].append((statements.points(statement, told, table), told))
    found = statements.attach(views, near, table)
    about = {view.claim.id: found.get(view.claim.id) for view in views}
    shelf.note(connection, "build", shelf_events.set_about(connection, about))
    shelf.done(connection, "silence", silent)
