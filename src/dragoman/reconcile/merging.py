"""Groups -> larger groups, the best pair first, by the mean points between them: one table of all pairs, in numpy.

For some thousands of groups; the table grows with their square. Knows numbers only.
"""

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]

APART = -(10**13)
"""The sum of points of groups that must not be joined: no number of other pairs makes up for it."""


def merged(sums: Whole, sizes: Whole, threshold: int) -> list[list[int]]:
    """The groups in the end, each as the numbers of those it is made of, the first of which is the smallest.

    ``sums`` (n x n, symmetric) are the points of all pairs between two groups, ``sizes`` (n) their members; both are
    used up. Of equal means the pair with the smaller numbers goes first.
    """
    count = len(sizes)
    mean = sums / np.outer(sizes, sizes)
    np.fill_diagonal(mean, -np.inf)
    best, partner = np.full(count, -np.inf), np.zeros(count, np.int64)
    for row in range(count - 1):
        _look(mean, row, best, partner)
    held = [[number] for number in range(count)]
    while count > 1 and best[keep := int(best.argmax())] >= threshold:
        gone = int(partner[keep])
        held[keep] += held[gone]
        held[gone] = []
        sums[keep] += sums[gone]
        sums[:, keep] = sums[keep]
        sizes[keep] += sizes[gone]
        living = mean[keep] > -np.inf
        living[keep] = living[gone] = False
        mean[keep] = np.where(living, sums[keep] / (sizes[keep] * sizes), -np.inf)
        mean[:, keep] = mean[keep]
        mean[gone] = mean[:, gone] = best[gone] = -np.inf
        nearer = (mean[:keep, keep] > best[:keep]) | ((mean[:keep, keep] == best[:keep]) & (keep < partner[:keep]))
        lost = np.flatnonzero(((partner == keep) | (partner == gone)) & (best > -np.inf))
        best[:keep][nearer], partner[:keep][nearer] = mean[:keep, keep][nearer], keep
        for row in {keep, *lost.tolist()}:
            _look(mean, row, best, partner)
    return [sorted(group) for group in held if group]


def _look(mean: npt.NDArray[np.float64], row: int, best: npt.NDArray[np.float64], partner: Whole) -> None:
    """Find the best partner after a group in the order of numbers."""
    ahead = mean[row, row + 1 :]
    if ahead.size:
        partner[row] = row + 1 + int(ahead.argmax())
        best[row] = mean[row, partner[row]]
