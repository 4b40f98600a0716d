"""The best tree of a sentence from scores of heads: Chu-Liu/Edmonds with one root. Knows arrays of numbers only."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Doubles = NDArray[np.float64]
NEVER = -1e12
RUINOUS = 1e6


def cycle(heads: list[int]) -> list[int]:
    """The nodes of a cycle among ``heads`` (node 0 is the root and has none), [] where there is none."""
    seen = [0] * len(heads)
    for begin in range(1, len(heads)):
        at = begin
        while at and not seen[at]:
            seen[at] = begin
            at = heads[at]
        if at and seen[at] == begin:
            found = [at]
            while heads[found[-1]] != at:
                found.append(heads[found[-1]])
            return found
    return []


def arborescence(scores: Doubles) -> list[int]:
    """The heads of the best tree on ``scores`` [n, n] (row: dependent, column: head; 0 is the root; [0] is 0)."""
    heads = [0, *scores[1:].argmax(1).tolist()]
    loop = cycle(heads)
    if not loop:
        return heads
    inside = np.zeros(len(heads), bool)
    inside[loop] = True
    outside, members = np.flatnonzero(~inside), np.array(loop)
    kept = scores[loop, [heads[at] for at in loop]]
    # The loop becomes one node, the last: entered where it costs least, left from its best member
    entered = scores[np.ix_(members, outside)] - kept[:, None]
    left = scores[np.ix_(outside, members)]
    small = np.full((len(outside) + 1, len(outside) + 1), NEVER)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[-1, :-1] = entered.max(0)
    small[:-1, -1] = left.max(1)
    found = arborescence(small)
    for place, at in enumerate(outside.tolist()):
        above = found[place]
        if at:
            heads[at] = loop[int(left[place].argmax())] if above == len(outside) else int(outside[above])
    broken = int(entered[:, found[-1]].argmax())
    heads[loop[broken]] = int(outside[found[-1]])
    return heads


def decode(scores: Scores) -> list[int]:
    """Each word's head, -1 for the one root, from ``scores`` [L, 1 + L] (column 0: the word is the root)."""
    size = len(scores)
    full = np.full((size + 1, size + 1), NEVER)
    full[1:] = scores
    np.fill_diagonal(full, NEVER)
    heads = arborescence(full)
    if heads[1:].count(0) > 1:
        # A root costs more than any tree is worth: the best tree with fewest roots, which is one
        full[1:, 0] -= RUINOUS
        heads = arborescence(full)
    return [head - 1 for head in heads[1:]]
