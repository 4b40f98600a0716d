"""How the acts of a group became one, and whether other acts could have come in between. Knows numbers only.

A part of a group is as it was, whatever other acts come beside it, if none of what it was made of, on the way, comes as
near to any of these as to what it was joined with (decision 0018).
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


def lasting(acts: Collection[int], joins: Collection[Join], nearest: Mapping[int, int]) -> list[Join]:
    """Those of the joins of a group that others beside it, to the nearest of which its acts have ``nearest`` points,
    could not have come before; each with all joins that what it joined is made of.

    The mean points between a part of the group and any of the others are no more than the mean of their nearest.
    Raises ValueError where the joins are not of these acts.
    """
    if not all(keep in acts and gone in acts for keep, gone, _ in joins):
        raise ValueError("an event's joins on the shelf are not of its acts")
    points, sizes = {act: nearest[act] for act in acts}, dict.fromkeys(acts, 1)
    broken: set[int] = set()
    found = []
    for keep, gone, mean in joins:
        near = any(points[part] / sizes[part] >= mean for part in (keep, gone))
        if near or not broken.isdisjoint((keep, gone)):
            broken.add(keep)
        else:
            found.append((keep, gone, mean))
        points[keep] += points[gone]
        sizes[keep] += sizes[gone]
    return found


def stands(acts: Collection[int], lasted: Collection[Join], nearest: Mapping[int, int], threshold: int) -> bool:
    """Whether a group would stand as it did beside these others: all its joins last, and it as a whole is not near.

    Where people's words joined some of it, it has fewer joins than that, and nothing is known.
    """
    whole = len(lasted) == len(acts) - 1
    return whole and sum(nearest[act] for act in acts) / len(acts) < threshold
