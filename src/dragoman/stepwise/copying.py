"""Which texts are copies of which, found again by what is kept of each; notes the events of groups that changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from dragoman.reconcile import copies
from dragoman.reconcile.copies import Runs, Sketch
from dragoman.stepwise.hand import Hand
from dragoman.storage import parts, shelf, shelf_events
from dragoman.storage.shelf import Connection
from dragoman.types import Text

_AT_ONCE = 300  # texts read together

ALL = ""
"""Noted in place of a text: a text came to be printed otherwise, or is no more; then all are looked at."""


def find_copies(hand: Hand) -> None:
    """Group what changed with all that shares runs with it; only pairs not compared before are compared by their words.

    Which texts are copies of which depends on those they share runs with alone, and on those that these do, and so on.
    """
    connection = hand.connection
    changed = set(shelf.noted(connection, "text of copies"))
    if not changed:
        return
    kept = shelf.sketches(connection)
    runs = {text: np.frombuffer(one, "<u8") for text, (_, _, one) in kept.items()}
    seen = set(kept) if ALL in changed else _sharing_runs(runs, changed & kept.keys())
    sketches = {text: Sketch(kept[text][0], kept[text][1], tuple(runs[text].tolist())) for text in sorted(seen)}
    known, new = shelf.shares(connection), dict[tuple[str, str], float]()
    printed = _Printed(connection, sketches)

    def likeness(copy: str, leader: str) -> float:
        pair = copy, leader
        if pair not in known:
            known[pair] = new[pair] = copies.alike(printed.runs(copy), printed.runs(leader))
        return known[pair]

    leader = copies.group(sketches, likeness).leader
    before = {text: to for text, to in shelf.leaders(connection).items() if text in seen}
    moved = {text for text, to in leader.items() if before.get(text) != to}
    if moved:
        hand.made.clear()  # whom an event is told by is counted by copies
    shelf.keep_copies(connection, {text: leader[text] for text in moved}, new)
    touched = _sharing(before, moved | changed) | _sharing(leader, moved | changed)
    shelf.note(connection, "build", shelf_events.events_told_by(connection, touched))
    shelf.done(connection, "text of copies", changed)


def _sharing_runs(runs: Mapping[str, npt.NDArray[np.uint64]], texts: Iterable[str]) -> set[str]:
    """These texts, those that share a run of the sketch with one of them, and so on."""
    names = list(runs)
    place = {text: at for at, text in enumerate(names)}
    sizes = [runs[text].size for text in names]
    ends = np.cumsum([0, *sizes])
    _, run = np.unique(np.concatenate([np.zeros(0, "<u8"), *runs.values()]), return_inverse=True)
    order = np.argsort(run, kind="stable")
    owner = np.repeat(np.arange(len(names)), sizes)[order]
    starts = np.searchsorted(run[order], np.arange(run.max(initial=-1) + 2))
    found, ahead, gone = {place[text] for text in texts}, [place[text] for text in texts], set[int]()
    while ahead:
        at = ahead.pop()
        for one in set(run[ends[at] : ends[at + 1]].tolist()) - gone:
            gone.add(one)
            fresh = set(owner[starts[one] : starts[one + 1]].tolist()) - found
            found |= fresh
            ahead += fresh
    return {names[at] for at in found}


def _sharing(leader: Mapping[str, str | None], texts: set[str]) -> set[str]:
    """The texts of all groups that these are in, and the texts themselves."""
    groups: dict[str | None, set[str]] = defaultdict(set)
    for text, to in leader.items():
        groups[to].add(text)
    heads = {leader[text] for text in texts if leader.get(text) is not None}
    return texts | {text for head in heads for text in groups[head]}


class _Printed:
    """The runs of texts, of which no more is read than the words, those that will be asked for next at once."""

    def __init__(self, connection: Connection, sketches: Mapping[str, Sketch]) -> None:
        self._connection = connection
        count = Counter(run for sketch in sketches.values() for run in sketch.runs)
        shared = (text for text, sketch in sketches.items() if any(count[run] > 1 for run in sketch.runs))
        self._ahead = sorted(shared, key=lambda text: (-sketches[text].size, text))
        self._place = {text: at for at, text in enumerate(self._ahead)}
        self._made: dict[str, Runs] = {}

    def runs(self, text: str) -> Runs:
        if text not in self._made:
            at = self._place[text]
            wanted = [one for one in self._ahead[at : at + _AT_ONCE] if one not in self._made]
            reports = shelf.reports_of(self._connection, wanted)
            for one, content in parts.contents(self._connection, wanted).items():
                self._made[one] = copies.runs(copies.as_printed(Text(one, content), reports.get(one, ())))
        return self._made[text]
