"""Which texts are copies of which, found again by what is kept of each; notes the events of groups that changed."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from dragoman.reconcile import copies
from dragoman.reconcile.copies import Runs, Sketch
from dragoman.stepwise.hand import Hand
from dragoman.storage import shelf, shelf_events


def find_copies(hand: Hand) -> None:
    """Group all texts by the sketches kept; only pairs not compared before are compared by their words."""
    connection = hand.connection
    changed = set(shelf.noted(connection, "text of copies"))
    if not changed:
        return
    sketches = {
        text: Sketch(size, day, tuple(np.frombuffer(runs, "<u8").tolist()))
        for text, (size, day, runs) in shelf.sketches(connection).items()
    }
    known, new = shelf.shares(connection), dict[tuple[str, str], float]()
    made: dict[str, Runs] = {}

    def likeness(copy: str, leader: str) -> float:
        pair = copy, leader
        if pair not in known:
            known[pair] = new[pair] = copies.alike(_runs(copy, hand, made), _runs(leader, hand, made))
        return known[pair]

    leader = copies.group(sketches, likeness).leader
    before = shelf.leaders(connection)
    moved = {text for text, to in leader.items() if before.get(text) != to}
    shelf.keep_copies(connection, {text: leader[text] for text in moved}, new)
    touched = _sharing(before, moved | changed) | _sharing(leader, moved | changed)
    shelf.note(connection, "build", shelf_events.events_told_by(connection, touched))
    shelf.done(connection, "text of copies", changed)


def _sharing(leader: Mapping[str, str | None], texts: set[str]) -> set[str]:
    """The texts of all groups that these are in, and the texts themselves."""
    groups: dict[str | None, set[str]] = defaultdict(set)
    for text, to in leader.items():
        groups[to].add(text)
    heads = {leader[text] for text in texts if leader.get(text) is not None}
    return texts | {text for head in heads for text in groups[head]}


def _runs(text: str, hand: Hand, made: dict[str, Runs]) -> Runs:
    if text not in made:
        hand.fetch([text])
        made[text] = copies.runs(copies.as_printed(hand.texts[text], hand.reports.get(text, ())))
    return made[text]
