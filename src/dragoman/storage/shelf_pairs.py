"""The shelf of a record, part four: pairs of acts that were worth keeping, many at once, as tables of numbers.

A pair lies with the act that has the larger number, all pairs of an act as one value, so that millions are read in a
second. What leaves is still named by those that came later; no act is given its number again.
Apart from the other parts, so that who looks at a record need not load numpy.
"""

import heapq
import itertools
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from dragoman.storage.shelf import Connection, ask, do, listed
from dragoman.storage.shelf_acts import claims_of

Whole = npt.NDArray[np.int64]
_PAIR = np.dtype("<i4")  # the other act, and points
_AT_ONCE = 1_000  # acts whose pairs are read together

NONE = -(2**31)
"""Fewer points than any pair has."""


def keep(connection: Connection, pairs: Whole) -> None:
    """Keep pairs of acts (columns: the act that came last, the other, points): all that those which came have."""
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    acts, starts = np.unique(pairs[:, 0], return_index=True)
    met = np.split(pairs[:, 1:].astype(_PAIR), starts[1:])
    values = [(act, some.tobytes()) for act, some in zip(acts.tolist(), met, strict=False)]
    do(connection, "INSERT INTO shelf_pairs VALUES (?, ?)", values)


def kept(connection: Connection) -> int:
    """How many pairs are kept."""
    return int(ask(connection, "SELECT ifnull(sum(length(met)), 0) FROM shelf_pairs")[0][0]) // (2 * _PAIR.itemsize)


def among(connection: Connection, numbers: Iterable[int]) -> Whole:
    """One, other and points (columns) of the pairs with both ends among these acts; the larger number first."""
    asked = sorted(numbers)
    some = _marked(asked, max(asked, default=0) + 1)
    query = "SELECT n, met FROM shelf_pairs WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n"
    parts = [np.zeros((0, 3), np.int64)]
    for at in range(0, len(asked), _AT_ONCE):
        pairs = _read(ask(connection, query, listed(asked[at : at + _AT_ONCE])))
        parts.append(pairs[some[pairs[:, 1]]])
    return np.concatenate(parts)


def strongest(connection: Connection, numbers: Iterable[int]) -> Whole:
    """By the number of an act the points of its strongest pair with one of these acts, :data:`NONE` without any."""
    asked = sorted(numbers)
    found = np.full(_count(connection), NONE, np.int64)
    for pairs in _of(connection, asked):
        np.maximum.at(found, pairs[:, 1], pairs[:, 2])
    return found


def partners(connection: Connection, numbers: Iterable[int], least: int) -> tuple[set[str], set[str]]:
    """The claims with which these acts have pairs of at least so many points, and those with which they have others; a
    claim may be of both.
    """
    near, doubtful = set[int](), set[int]()
    for pairs in _of(connection, sorted(numbers)):
        strong = pairs[:, 2] >= least
        near.update(pairs[strong, 1].tolist())
        doubtful.update(pairs[~strong, 1].tolist())
    claims = claims_of(connection, near | doubtful)
    return {claims[n][0] for n in near}, {claims[n][0] for n in doubtful}


def doubts(
    connection: Connection, numbers: Iterable[int], beside: Iterable[int], bounds: tuple[int, int, int]
) -> list[tuple[int, int, int]]:
    """(one, other, points) of pairs with an end among ``numbers`` that are among the strongest in doubt of that end, or
    of the other end where that is one of ``beside``; of equal points, the first claim by id. ``bounds``: from these
    points up to those, and how many of an end.
    """
    doubt, threshold, most = bounds
    some = set(numbers)
    asked = sorted(some.union(beside))
    parts = [p[(p[:, 2] >= doubt) & (p[:, 2] < threshold)] for p in _of(connection, asked)]
    near = np.concatenate([np.zeros((0, 3), np.int64), *parts])
    near = near[np.argsort((near[:, 0] << 32) - near[:, 2], kind="stable")]  # by the end, then the strongest first
    starts = np.flatnonzero(np.diff(near[:, 0], prepend=-1))
    lengths = np.diff(np.append(starts, len(near)))
    last = np.repeat(near[np.minimum(starts + most, starts + lengths) - 1, 2], lengths)
    near = near[near[:, 2] >= last]  # more than asked for, where points are equal
    claims = claims_of(connection, {int(n) for n in near[:, 1]})
    found = set()
    for n, ends in itertools.groupby(near.tolist(), key=lambda row: row[0]):
        nearest = heapq.nsmallest(most, ((-points, claims[other][0], other) for _, other, points in ends))
        found |= {(min(n, other), max(n, other), -points) for points, _, other in nearest if n in some or other in some}
    return sorted(found)


def _of(connection: Connection, asked: list[int]) -> Iterator[Whole]:
    """One of these acts, another and points (columns) of all their pairs; a pair of two of these twice.

    Looks through the pairs of all acts that came after the first of these.
    """
    if not asked:
        return
    count = _count(connection)
    living = _marked([row[0] for row in ask(connection, "SELECT n FROM shelf_acts")], count)
    some = _marked(asked, count)
    query, first = "SELECT n, met FROM shelf_pairs WHERE n >= ? ORDER BY n LIMIT ?", asked[0]
    while found := ask(connection, query, first, _AT_ONCE):
        pairs = _read(found)
        pairs = pairs[living[pairs[:, 1]]]
        yield pairs[some[pairs[:, 0]]]
        yield pairs[some[pairs[:, 1]]][:, [1, 0, 2]]
        first = found[-1][0] + 1


def _read(found: list[tuple[int, bytes]]) -> Whole:
    """Act, other and points (columns) of the pairs that lie with acts; raises ValueError where they are none."""
    pairs = np.frombuffer(b"".join(met for _, met in found), _PAIR).reshape(-1, 2)
    lengths = np.array([len(met) // (2 * _PAIR.itemsize) for _, met in found], np.int64)
    acts = np.repeat(np.array([act for act, _ in found], np.int64), lengths)
    if ((pairs[:, 0] < 0) | (pairs[:, 0] >= acts)).any():
        raise ValueError("pairs of acts on the shelf name acts that never were")
    return np.column_stack((acts, pairs))


def _count(connection: Connection) -> int:
    """One more than the largest number of an act."""
    return int(ask(connection, "SELECT ifnull(max(n), 0) + 1 FROM shelf_acts")[0][0])


def _marked(numbers: list[int], count: int) -> npt.NDArray[np.bool_]:
    """Of each number below ``count`` whether it is one of these."""
    marks = np.zeros(count, bool)
    marks[numbers] = True
    return marks
