"""Pairs of acts on the shelf: what is asked of them, also when acts have left."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from dragoman.storage import shelf_acts, shelf_pairs
from dragoman.storage.shelf import Connection, do
from dragoman.store import Store


def act(number: int) -> shelf_acts.Row:
    """An act in a text of its own."""
    return shelf_acts.Row(f"c{number}", f"t{number}", False, None, 0, "", (), 0, 0, 0, 0)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[tuple[Connection, int]]:
    """Four acts that came in two steps, and the number of the first."""
    with Store.open(tmp_path / "r.db", create=True) as store, store.stepping() as connection:
        first = shelf_acts.put(connection, [act(number) for number in range(4)])
        for pairs in (((1, 0, 500),), ((3, 1, -200), (3, 0, 700), (2, 1, 100))):
            numbered = [(first + new, first + old, points) for new, old, points in pairs]
            shelf_pairs.keep(connection, np.array(numbered, np.int64))
        yield connection, first


def test_pairs_of_acts_are_found_from_both_ends(shelf: tuple[Connection, int]) -> None:
    """Those among some acts, the strongest of each act with them, and partners by points."""
    connection, first = shelf

    assert [[first + 1, first, 500], [first + 3, first, 700], [first + 3, first + 1, -200]] == shelf_pairs.among(
        connection, [first, first + 1, first + 3]
    ).tolist()
    strongest = shelf_pairs.strongest(connection, [first, first + 1]).tolist()
    assert [500, 500, 100, 700] == strongest[first:]
    assert {shelf_pairs.NONE} == set(strongest[:first])
    assert ({"c2", "c0"}, {"c3"}) == shelf_pairs.partners(connection, [first + 1], 0)
    # One claim is near to the first of these and in doubt with the second
    assert ({"c0", "c1", "c2", "c3"}, {"c3"}) == shelf_pairs.partners(connection, [first, first + 1], 0)


def test_the_strongest_in_doubt_are_kept_of_each_end(shelf: tuple[Connection, int]) -> None:
    """At most so many of an end, within the bounds."""
    connection, first = shelf

    found = shelf_pairs.doubts(connection, [first + 1], [], (-1000, 600, 1))
    assert [(first, first + 1, 500)] == found
    found = shelf_pairs.doubts(connection, [first + 1], [first + 2], (-1000, 600, 1))
    assert [(first, first + 1, 500), (first + 1, first + 2, 100)] == found


def test_an_act_that_left_has_no_pairs(shelf: tuple[Connection, int]) -> None:
    """Though those that came later still name it."""
    connection, first = shelf
    shelf_acts.take_out(connection, ["t0"])

    assert [shelf_pairs.NONE, 100, -200] == shelf_pairs.strongest(connection, [first + 1]).tolist()[first + 1 :]
    assert (set[str](), {"c1"}) == shelf_pairs.partners(connection, [first + 3], 0)
    assert not shelf_pairs.doubts(connection, [first + 3], [], (0, 1000, 3))


@pytest.mark.parametrize("met", [b"\0\0\0", np.array([9, 0], "<i4").tobytes(), np.array([-1, 0], "<i4").tobytes()])
def test_what_are_no_pairs_is_damage(shelf: tuple[Connection, int], met: bytes) -> None:
    """Cut off, or of an act that came later or never was: a ValueError, which the store tells as damage."""
    connection, first = shelf
    do(connection, "UPDATE shelf_pairs SET met = ? WHERE n = ?", [(met, first + 3)])

    with pytest.raises(ValueError, match=r"acts that never were|multiple"):
        shelf_pairs.among(connection, [first + 1, first + 3])
