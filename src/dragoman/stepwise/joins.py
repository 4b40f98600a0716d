"""How the acts of a group became one, and whether other acts could have come in between. Knows numbers only.

A group is as it was, whatever other acts come beside it, if none of what it was made of, on the way, comes as near to
any of these as to what it was joined with (decision 0018).
"""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

import numpy as np

Join: TypeAlias = tuple[int, int, float]
"""Two groups that became one, each by an act of it, and the mean points at which they did; the first is both then."""

_FORM = np.dtype([("keep", "<i4"), ("gone", "<i4"), ("mean", "<f8")])


def written(joins: Iterable[Join]) -> bytes:
    """Joins of one group as bytes; :func:`read` gives the same back."""
    return np.array(list(joins), _FORM).tobytes()


def read(form: bytes) -> list[Join]:
    """What :func:`written` wrote."""
    found: list[Join] = np.frombuffer(form, _FORM).tolist()
    return found


def stands(acts: Collection[int], joins: Collection[Join], nearest: Mapping[int, int], threshold: int) -> bool:
    """Whether a group would stand as it did beside others, to the nearest of which its acts have ``nearest`` points.

    ``joins``: how it came about, after what it is made of each; where people's words joined some of it, nothing is
    known. The mean points between acts of it and any of the others are no more than the mean of their nearest.
    """
    if len(joins) != len(acts) - 1:
        return False
    points = {act: nearest[act] for act in acts}
    sizes = dict.fromkeys(acts, 1)
    last = next(iter(acts))
    for keep, gone, mean in joins:
        if points[keep] / sizes[keep] >= mean or points[gone] / sizes[gone] >= mean:
            return False
        points[keep] += points[gone]
        sizes[keep] += sizes[gone]
        last = keep
    return points[last] / sizes[last] < threshold
