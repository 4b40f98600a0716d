"""The shelf of a record, part three: pairs of acts, many at once, as tables of numbers.

Apart from the other parts, so that who looks at a record need not load numpy.
"""

import heapq
import itertools
from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.storage.shelf import Connection, do, listed
from dragoman.storage.shelf_acts import claims_of

Whole: TypeAlias = npt.NDArray[np.int64]
_AT_ONCE = 100_000  # rows of a table taken at once


def table(connection: Connection, query: str, columns: int, *values: Any) -> Whole:
    """The whole numbers that a query gives, rows by columns: many rows, of which no list is made."""
    cursor = connection.exec_driver_sql(query, values).cursor
    parts = [np.zeros((0, columns), np.int64)]
    while cursor is not None and (rows := cursor.fetchmany(_AT_ONCE)):
        parts.append(np.array(rows, np.int64))
    return np.concatenate(parts)


def pairs_among(connection: Connection, numbers: Iterable[int]) -> Whole:
    """One, other and points (columns) of the pairs with both ends among these acts."""
    do(connection, "CREATE TEMP TABLE IF NOT EXISTS shelf_some (n INTEGER PRIMARY KEY)")
    do(connection, "DELETE FROM temp.shelf_some")
    do(connection, "INSERT INTO temp.shelf_some SELECT value FROM json_each(?)", [(listed(numbers),)])
    # CROSS JOIN: the pairs of each act, then whether the other is among them, and not all others of each act in turn
    query = """SELECT p.one, p.other, p.points FROM temp.shelf_some s CROSS JOIN shelf_pairs p ON p.one = s.n
        CROSS JOIN temp.shelf_some t ON t.n = p.other"""
    return table(connection, query, 3)


_IN_DOUBT = """
    SELECT a.value, p.other, p.points FROM json_each(?1) a CROSS JOIN shelf_pairs p ON p.one = a.value
    WHERE p.points >= ?2 AND p.points < ?3
    UNION ALL SELECT a.value, p.one, p.points FROM json_each(?1) a CROSS JOIN shelf_pairs p ON p.other = a.value
    WHERE p.points >= ?2 AND p.points < ?3"""


def doubts(
    connection: Connection, numbers: Iterable[int], beside: Iterable[int], bounds: tuple[int, int, int]
) -> list[tuple[int, int, int]]:
    """(one, other, points) of pairs with an end among ``numbers`` that are among the strongest in doubt of that end, or
    of the other end where that is one of ``beside``; of equal points, the first claim by id. ``bounds``: from these
    points up to those, and how many of an end.
    """
    *between, most = bounds
    some = set(numbers)
    asked = listed(sorted(some.union(beside)))
    near = table(connection, _IN_DOUBT, 3, asked, *between)
    near = near[np.lexsort((-near[:, 2], near[:, 0]))]
    starts = np.flatnonzero(np.diff(near[:, 0], prepend=-1))
    lengths = np.diff(np.append(starts, len(near)))
    last = np.repeat(near[np.minimum(starts + most, starts + lengths) - 1, 2], lengths)
    near = near[near[:, 2] >= last]  # more than asked for, where points are equal
    claims = claims_of(connection, {int(n) for n in near[:, 1]})
    found = set()
    for n, ends in itertools.groupby(near.tolist(), key=lambda row: row[0]):
        strongest = heapq.nsmallest(most, ((-points, claims[other][0], other) for _, other, points in ends))
        found |= {
            (min(n, other), max(n, other), -points) for points, _, other in strongest if n in some or other in some
        }
    return sorted(found)
