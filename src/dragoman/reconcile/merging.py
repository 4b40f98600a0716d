"""Groups -> larger groups, the best pair first, by the mean points between them, in numpy.

Up to some thousands of groups by a table of all pairs. Of more, all pairs that are each other's best are joined at
once, round after round, until the table can hold what is left: a mean is never above the larger of the two it is made
of, so that such a pair is joined sooner or later whatever else is joined before. Knows numbers only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Join: TypeAlias = tuple[int, int, float]
"""Two groups by number, the smaller first, and the mean points at which they became one, of the smaller number."""

TABLE = 7000
"""Groups up to which there is a table of all pairs (400 MB)."""
_ROWS = 256  # of the table made together
APART = -(10**13)
"""The sum of points of groups that must not be joined: no number of other pairs makes up for it."""


@dataclass(slots=True)
class Pairs:
    """Pairs of groups, by the numbers of the two, the smaller first: points of all pairs of members that have some, and
    how many of them there are.
    """

    one: Whole
    other: Whole
    points: Whole
    count: Whole

    def __getitem__(self, some: npt.NDArray[np.bool_] | Whole) -> "Pairs":
        return Pairs(self.one[some], self.other[some], self.points[some], self.count[some])

    def summed(self, label: Whole) -> "Pairs":
        """These of groups of groups: ``label`` says what each is in now."""
        ends = np.sort(np.stack((label[self.one], label[self.other])), axis=0)
        between = np.flatnonzero(ends[0] != ends[1])
        keys = ends[0, between] * len(label) + ends[1, between]
        order = np.argsort(keys, kind="stable")
        firsts = np.flatnonzero(np.diff(keys[order], prepend=-1))
        moved = between[order]
        if not len(firsts):
            return self[firsts]
        points, count = (np.add.reduceat(column[moved], firsts) for column in (self.points, self.count))
        return Pairs(ends[0, moved[firsts]], ends[1, moved[firsts]], points, count)

    def beside(self, others: "Pairs") -> "Pairs":
        """These and others, of other groups."""
        mine, theirs = ((some.one, some.other, some.points, some.count) for some in (self, others))
        return Pairs(*(np.concatenate(columns) for columns in zip(mine, theirs, strict=True)))


def joined(pairs: Pairs, sizes: Whole, absent: int, threshold: int) -> Iterator[Join]:
    """Which groups become one: of each two that do, what they are made of has before.

    ``sizes`` (n) are the members of the groups; a pair of members without points counts ``absent``, below the
    ``threshold``. Of equal means the pair with the smaller numbers goes first.
    """
    sizes = sizes.copy()
    if len(sizes) <= TABLE:
        yield from _tabled(pairs, np.arange(len(sizes)), sizes, absent, threshold)
        return
    pairs = pairs.summed(np.arange(len(sizes)))
    while True:
        best, mean = _best(pairs, sizes, absent, threshold)
        living = np.flatnonzero(best >= 0)
        within = (best[pairs.one] >= 0) & (best[pairs.other] >= 0)  # means only fall: what has no partner is finished
        pairs = pairs[within]
        if len(living) <= TABLE:
            yield from _tabled(pairs, living, sizes[living], absent, threshold)
            return
        keep = living[(best[best[living]] == living) & (living < best[living])]
        yield from zip(keep.tolist(), best[keep].tolist(), mean[keep].tolist(), strict=True)
        label = np.arange(len(sizes))
        label[best[keep]] = keep
        sizes[keep] += sizes[best[keep]]
        moved = np.zeros(len(sizes), bool)
        moved[keep] = moved[best[keep]] = True
        of_moved = moved[pairs.one] | moved[pairs.other]
        pairs = pairs[~of_moved].beside(pairs[of_moved].summed(label))


def _best(pairs: Pairs, sizes: Whole, absent: int, threshold: int) -> tuple[Whole, npt.NDArray[np.float64]]:
    """For each group the one with the best mean that reaches the threshold, -1 where none does; and that mean."""
    area = sizes[pairs.one] * sizes[pairs.other]
    mean = (pairs.points + absent * (area - pairs.count)) / area
    near = mean >= threshold
    ways = ((pairs.one[near], pairs.other[near]), (pairs.other[near], pairs.one[near]))
    best, highest, value = np.full(len(sizes), len(sizes)), np.full(len(sizes), -np.inf), mean[near]
    for left, _ in ways:
        np.maximum.at(highest, left, value)
    for left, right in ways:
        top = value == highest[left]
        np.minimum.at(best, left[top], right[top])
    best[best == len(sizes)] = -1
    return best, highest


def _tabled(  # a few groups, by a table of all their pairs
    pairs: Pairs, groups: Whole, sizes: Whole, absent: int, threshold: int
) -> Iterator[Join]:
    count = len(groups)
    at = np.zeros(int(groups.max(initial=0)) + 1, np.int64)
    at[groups] = np.arange(count)
    one, other, points = at[pairs.one], at[pairs.other], pairs.points - absent * pairs.count
    keys = np.append(one * count + other, other * count + one)
    # Sums of whole numbers below 2**53 are exact as floats
    sums = np.bincount(keys, np.append(points, points), count * count).astype(np.float64, copy=False)
    sums = sums.reshape(count, count)
    for row in range(0, count, _ROWS):
        sums[row : row + _ROWS] += absent * np.outer(sizes[row : row + _ROWS], sizes)
    for keep, gone, mean in merged(sums, sizes, threshold):
        yield int(groups[keep]), int(groups[gone]), mean


def merged(sums: Floats, sizes: Whole, threshold: int) -> Iterator[Join]:
    """Which groups become one, the best pair first.

    ``sums`` (n x n, symmetric) are the points of all pairs between two groups, ``sizes`` (n) their members; both are
    used up. Of equal means the pair with the smaller numbers goes first.
    """
    count = len(sizes)
    dead = np.zeros(count, bool)
    best, partner = np.full(count, -np.inf), np.zeros(count, np.int64)
    for row in range(count - 1):
        _look(row, _means(row, sums, sizes, dead), best, partner)
    while count > 1 and best[keep := int(best.argmax())] >= threshold:
        gone = int(partner[keep])
        yield keep, gone, float(best[keep])
        sums[keep] += sums[gone]
        sums[:, keep] = sums[keep]
        sizes[keep] += sizes[gone]
        dead[gone], best[gone] = True, -np.inf
        mean = _means(keep, sums, sizes, dead)
        nearer = (mean[:keep] > best[:keep]) | ((mean[:keep] == best[:keep]) & (keep < partner[:keep]))
        nearer &= ~dead[:keep]
        lost = np.flatnonzero(((partner == keep) | (partner == gone)) & (best > -np.inf))
        best[:keep][nearer], partner[:keep][nearer] = mean[:keep][nearer], keep
        _look(keep, mean, best, partner)
        for row in set(lost.tolist()) - {keep}:
            _look(row, _means(row, sums, sizes, dead), best, partner)


def lots(one: Whole, other: Whole, count: int) -> Whole:
    """For each of ``count`` numbers the smallest of those it hangs together with by pairs."""
    root = np.arange(count)
    while True:
        low = np.minimum(root[one], root[other])
        new = root.copy()
        for ends in (one, other):
            np.minimum.at(new, root[ends], low)
        while not np.array_equal(new, new[new]):
            new = new[new]
        if np.array_equal(new, root):
            return root
        root = new


def _means(row: int, sums: Floats, sizes: Whole, dead: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """The means between a group and all, none of itself and of groups that are no more."""
    mean: npt.NDArray[np.float64] = sums[row] / (sizes[row] * sizes)
    mean[dead] = mean[row] = -np.inf
    return mean


def _look(row: int, mean: npt.NDArray[np.float64], best: npt.NDArray[np.float64], partner: Whole) -> None:
    """Find the best partner after a group in the order of numbers."""
    ahead = mean[row + 1 :]
    if ahead.size:
        partner[row] = row + 1 + int(ahead.argmax())
        best[row] = mean[partner[row]]
