"""Events, positions, doubtful pairs and processes of what changed, written into the record."""

import datetime as dt
import json
from collections.abc import Sequence

import numpy as np

from dragoman.reconcile import cluster, compare, positions, processes
from dragoman.reconcile import events as building
from dragoman.reconcile.cluster import Clustering
from dragoman.reconcile.events import Context, Grouped
from dragoman.reconcile.processes import Node
from dragoman.stepwise.hand import Hand
from dragoman.stepwise.relating import of_events
from dragoman.storage import rows, schema, shelf, shelf_acts, shelf_events, shelf_pairs
from dragoman.types import Link, RelationKind


def build(hand: Hand, events: Sequence[str]) -> None:
    """Build these events anew, with all that they see of others."""
    connection = hand.connection
    here = shelf_events.alive(connection, events)
    ancestors = shelf_events.above(connection, here)
    related = shelf_events.relations(connection, ancestors)
    parts = {r.left for r in related if r.kind is RelationKind.PART_OF and r.right in here}
    made = of_events(hand, here | ancestors | parts)
    groups = {tuple(sorted(item.view.claim.id for item in made[event].told)): made[event] for event in sorted(here)}
    members = [claim for group in groups for claim in group]
    silent = shelf_events.silences_about(connection, members)
    given = hand.given({item.view.claim.text for one in made.values() for item in one.told} | {
        text for _, text in silent.values()
    })  # fmt: skip
    found = Grouped(
        views=hand.views,
        points=_points(hand, members),
        clustering=Clustering(tuple(sorted(groups)), _unkept(hand)),
        statements={claim: silent[claim][0] for claim in sorted(silent)},
    )
    now = shelf_events.today(connection)
    day = dt.date.fromisoformat(now) if now else None
    context = Context(happenings=made, related=building.by_event(related), now=day, as_of=None)
    new = building.made(groups, found, hand.links, context, given)
    shelf_events.write(connection, schema.events, [rows.event_row(event) for event in new])
    shelf.done(connection, "build", events)


def _points(hand: Hand, claims: Sequence[str]) -> dict[cluster.Pair, int]:
    """Of each claim the strongest pair with another of its event; of equal ones, the first."""
    order = sorted(claims)
    numbers = shelf_acts.numbers_of(hand.connection, order)
    placed = shelf_acts.placed(hand.connection, numbers.values())
    event = {key: number for number, key in enumerate(sorted({act.event or "" for act in placed.values()}))}
    place, group = np.zeros(max(placed, default=0) + 1, np.int64), np.zeros(len(order), np.int64)
    for at, claim in enumerate(order):
        place[numbers[claim]], group[at] = at, event[placed[numbers[claim]].event or ""]
    pairs = shelf_pairs.among(hand.connection, placed)
    ends, points = np.sort(place[pairs[:, :2]], axis=1), pairs[:, 2]
    within = group[ends[:, 0]] == group[ends[:, 1]]
    ends, points = ends[within], points[within]
    most = np.full(len(order), shelf_pairs.NONE, np.int64)
    for side in (0, 1):
        np.maximum.at(most, ends[:, side], points)
    strong = (points[:, None] == most[ends]).any(axis=1)
    ends, points = ends[strong], points[strong]
    return {
        (order[one], order[other]): value for (one, other), value in zip(ends.tolist(), points.tolist(), strict=True)
    }


def _unkept(hand: Hand) -> tuple[tuple[Link, str], ...]:
    ends = shelf_acts.numbers_of(hand.connection, {end for pair in hand.links for end in pair})
    return cluster.unkept(ends, hand.links)


def hold(hand: Hand, held: Sequence[str]) -> None:
    """Find again the positions of those who hold this, and write them."""
    connection, rules = hand.connection, hand.rules
    stances = shelf_events.stances(connection, held)
    hand.fetch({text for _, text in stances})
    wanted = {claim for claim, _ in stances}
    claims = [claim for text in {text for _, text in stances} for claim in hand.claims[text] if claim.id in wanted]
    made = positions.positions(claims, hand.published, rules.table, rules.knowledge)
    by_id = {claim.id: claim for claim in claims}
    keys = {
        position.id: json.dumps(positions.held_by(by_id[position.claims[0]], rules.table, rules.knowledge))
        for position in made
    }
    gone = shelf_events.put_positions(connection, held, keys)
    shelf_events.write(connection, schema.positions, [rows.position_row(position) for position in made], gone)
    shelf.done(connection, "held", held)


def doubt(hand: Hand, claims: Sequence[str]) -> None:
    """Find again which pairs in doubt are kept of these claims, and write them.

    Of a pair that is kept and stays, nothing is another: those of claims that were read again are taken out with them.
    """
    connection, rules = hand.connection, hand.rules
    old = shelf_events.doubtful_links(connection, claims)
    numbers = shelf_acts.numbers_of(connection, claims)
    beside = shelf_acts.numbers_of(connection, {end for pair in old for end in pair} - numbers.keys())
    bounds = rules.setting("doubt"), rules.setting("threshold"), rules.setting("doubts_kept")
    found = shelf_pairs.doubts(connection, numbers.values(), beside.values(), bounds)
    ends = shelf_acts.claims_of(connection, {n for one, other, _ in found for n in (one, other)})
    new = {cluster.ordered(ends[one][0], ends[other][0]): points for one, other, points in found}
    text = dict(ends.values())
    fresh = {pair: points for pair, points in new.items() if pair not in old}
    hand.fetch({text[end] for pair in fresh for end in pair})
    made = [
        rows.model_link_row(compare.link(hand.views[left], hand.views[right], points, rules.table))
        for (left, right), points in sorted(fresh.items())
    ]
    shelf_events.write(connection, schema.model_links, made, {old[pair] for pair in old.keys() - new.keys()})
    shelf.done(connection, "doubt", claims)


def follow(hand: Hand) -> None:
    """Find the processes of all events, by what is known of each, and write those that changed."""
    connection = hand.connection
    nodes = [
        Node(event, dt.date.fromisoformat(day) if day else None, parties)
        for event, day, parties in shelf_events.all_known(connection)
    ]
    made = processes.processes(nodes, shelf_events.all_related(connection), hand.rules.table)
    new = {process.id: rows.process_row(process) for process in made}
    old = dict(shelf.ask(connection, "SELECT id, form FROM processes"))
    changed = [row for id_, row in new.items() if old.get(id_) != row["form"]]
    shelf_events.write(connection, schema.processes, changed, old.keys() - new.keys())
