"""Links between claims -> groups of claims, one group an event; constrained, and independent of input order.

A person's "same" is applied first, later words before earlier ones, unless it would join a pair that a person holds
apart; a held-apart pair is never joined, also not through third claims. The rest is agglomerative clustering by the
mean log-odds between groups, best pair first, ties broken by claim ids. Points are whole numbers, so sums are exact.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from dragoman.reconcile import merging
from dragoman.reconcile.merging import Whole
from dragoman.types import Link, Verdict

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Clustering:
    """Groups of claim ids, each sorted, sorted by their first id; ``broken`` are the words that could not be kept.

    ``joins``: of each two groups that became one, not by people's words, their first ids and the mean points at which
    they did, after what they are made of.
    """

    groups: tuple[tuple[str, ...], ...]
    broken: tuple[tuple[Link, str], ...]
    joins: tuple[tuple[str, str, float], ...] = field(default=(), compare=False)


def ordered(left: str, right: str) -> Pair:
    """A pair of ids in one order."""
    return (left, right) if left <= right else (right, left)


def last_words(links: Iterable[Link]) -> dict[Pair, Link]:
    """Pair -> the latest word on it; of words of one moment, "not the same" counts, then the name decides."""
    latest: dict[Pair, Link] = {}
    # Sorted so that the last one stands; at one moment NOT_SAME sorts last, so that caution wins
    rank = {Verdict.UNSURE: 0, Verdict.SAME: 1, Verdict.NOT_SAME: 2}
    for link in sorted(links, key=lambda k: (k.at, rank[k.verdict], k.by, k.reasons)):
        latest[ordered(link.left, link.right)] = link
    return latest


def noted(link: Link, why: str) -> Link:
    """A person's link with a reason more: why it could not be kept."""
    return replace(link, reasons=(*link.reasons, why))


class _Groups:
    """Disjoint sets of claims that know which other sets they must stay apart from."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.members: dict[str, list[str]] = {i: [i] for i in ids}
        self.root: dict[str, str] = {i: i for i in self.members}
        self.apart: dict[str, set[str]] = defaultdict(set)

    def hold_apart(self, left: str, right: str) -> None:
        self.apart[self.root[left]].add(self.root[right])
        self.apart[self.root[right]].add(self.root[left])

    def may_join(self, left: str, right: str) -> bool:
        return right not in self.apart[left]

    def join(self, left: str, right: str) -> str:
        """Unite two roots; the smaller id is the root of both."""
        keep, drop = ordered(left, right)
        for member in self.members[drop]:
            self.root[member] = keep
        self.members[keep].extend(self.members.pop(drop))
        for other in self.apart.pop(drop, set()):
            self.apart[other].discard(drop)
            self.apart[other].add(keep)
            self.apart[keep].add(other)
        return keep


def _apply_words(groups: _Groups, words: Mapping[Pair, Link]) -> list[tuple[Link, str]]:
    """Hold apart, then join, as people say; gives the words that could not be kept, each with why."""
    for (left, right), link in sorted(words.items()):
        if link.verdict is Verdict.NOT_SAME and left != right:
            groups.hold_apart(left, right)
    broken = []
    same = [(pair, link) for pair, link in sorted(words.items()) if link.verdict is Verdict.SAME]
    for (left, right), link in sorted(same, key=lambda item: item[1].at, reverse=True):
        a, b = groups.root[left], groups.root[right]
        if a == b:
            continue
        if groups.may_join(a, b):
            groups.join(a, b)
        else:
            broken.append((link, f"not kept: {left} and {right} as one would join a pair that is held apart"))
    return broken


def unkept(ids: Iterable[str], words: Mapping[Pair, Link]) -> tuple[tuple[Link, str], ...]:
    """The words that cannot be kept among these claims, each with why: what :func:`cluster` gives as ``broken``."""
    known = set(ids)
    told = {pair: link for pair, link in words.items() if pair[0] in known and pair[1] in known}
    ends = {end for pair in told for end in pair}
    return tuple(_apply_words(_Groups(sorted(ends)), told))


def cluster(
    ids: Iterable[str],
    points: Mapping[Pair, int],
    words: Mapping[Pair, Link],
    settings: Mapping[str, int],
    one: Iterable[Pair] = (),
) -> Clustering:
    """Group claims. ``points`` are log-odds of compared pairs in thousandths (keys ordered), ``words`` people's.

    Of ``settings`` are taken: ``threshold``, at which groups join; ``least`` and ``most``, beyond which the points of
    one pair count no further, so that one odd report does not decide for all; ``absent``, what a pair counts that was
    not worth comparing, below the threshold. ``one`` are pairs known to be of one group, by no word of people.
    """
    order = sorted(set(ids))
    place = {key: number for number, key in enumerate(order)}
    pairs = [(place[left], place[right], value) for (left, right), value in points.items()]
    places = [(place[left], place[right]) for left, right in one]
    return numbered(order, np.array(pairs, np.int64).reshape(-1, 3), words, settings, places)


def numbered(
    ids: Sequence[str],
    pairs: Whole,
    words: Mapping[Pair, Link],
    settings: Mapping[str, int],
    one: Iterable[tuple[int, int]] = (),
) -> Clustering:
    """As :func:`cluster`, of ids that are sorted; ``pairs`` (k x 3): two places and points; ``one``: two places."""
    least, most = settings["least"], settings["most"]
    groups = _Groups(ids)
    known = {pair: link for pair, link in words.items() if pair[0] in groups.root and pair[1] in groups.root}
    broken = _apply_words(groups, known)
    for first, second in one:
        groups.join(groups.root[ids[first]], groups.root[ids[second]])
    place = {key: number for number, key in enumerate(ids)}
    root = np.array([place[groups.root[key]] for key in ids], np.int64)
    left, right = root[pairs[:, 0]], root[pairs[:, 1]]
    between = np.flatnonzero(left != right)
    left, right, values = left[between], right[between], pairs[between, 2].clip(least, most)
    found = merging.Pairs(np.minimum(left, right), np.maximum(left, right), values, np.ones(len(values), np.int64))
    joins = []
    for members, some in _chains(found, len(ids), settings["threshold"]):
        for keep, gone, mean in _joined(groups, ids, members, some, settings):
            groups.join(keep, gone)
            joins.append((keep, gone, mean))
    made = tuple(sorted(tuple(sorted(group)) for group in groups.members.values()))
    return Clustering(made, tuple(broken), tuple(joins))


def _chains(pairs: merging.Pairs, count: int, threshold: int) -> Iterator[tuple[Whole, merging.Pairs]]:
    """(places of groups, pairs among them) of each lot that hangs together by pairs at the threshold: groups of two
    lots never join. ``count``: how many places there are.
    """
    near = pairs.points >= threshold
    lot = merging.lots(pairs.one[near], pairs.other[near], count)
    within = np.flatnonzero(lot[pairs.one] == lot[pairs.other])
    lots = lot[pairs.one[within]]
    many = np.bincount(lots, minlength=count)
    firsts = np.flatnonzero(many)
    number = np.zeros(count, np.uint16 if len(firsts) < 2**16 else np.int64)  # small numbers are sorted in one go
    number[firsts] = np.arange(len(firsts))
    within = within[np.argsort(number[lots], kind="stable")]
    for first, some in zip(firsts, np.split(within, np.cumsum(many[firsts])[:-1]), strict=False):
        yield np.flatnonzero(lot == first), pairs[some]


def _joined(
    groups: _Groups, ids: Sequence[str], members: Whole, pairs: merging.Pairs, settings: Mapping[str, int]
) -> Iterator[tuple[str, str, float]]:
    """Which groups of one lot become one."""
    sizes = np.array([len(groups.members[ids[place]]) for place in members], np.int64)
    at = {ids[place]: number for number, place in enumerate(members)}
    apart = [
        (at[left], at[right]) for left in at.keys() & groups.apart.keys() for right in groups.apart[left] & at.keys()
    ]
    held = np.array(apart, np.int64).reshape(-1, 2).T
    number = np.zeros(len(ids), np.int64)
    number[members] = np.arange(len(members))
    one, other = (np.append(number[ends], more) for ends, more in zip((pairs.one, pairs.other), held, strict=True))
    points = np.append(pairs.points, np.full(held.shape[1], merging.APART))
    count = np.append(pairs.count, np.ones(held.shape[1], np.int64))
    found = merging.joined(merging.Pairs(one, other, points, count), sizes, settings["absent"], settings["threshold"])
    for keep, gone, mean in found:
        yield ids[members[keep]], ids[members[gone]], mean
