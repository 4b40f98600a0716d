"""Constrained clustering on bare ids: what joins, what must not, and that ties do not depend on order."""

import pytest

from dragoman.reconcile.cluster import Clustering, cluster, last_words
from dragoman.types import Link, Verdict


def said(a: str, b: str, verdict: Verdict, at: str = "1") -> Link:
    """A person's word on two ids."""
    return Link(a, b, verdict, 1.0, (), "Ana", at, person=True)


def grouped(points: dict[tuple[str, str], int], *links: Link, ids: str = "abcd") -> Clustering:
    """The clustering of single-letter ids at threshold 0; pairs without points count -4000."""
    return cluster(ids, points, last_words(links), {"threshold": 0, "absent": -4000, "least": -9999, "most": 9999})


def test_pairs_above_the_threshold_join() -> None:
    """A pair at the threshold joins, one below does not."""
    found = grouped({("a", "b"): 0, ("c", "d"): -1})

    assert (("a", "b"), ("c",), ("d",)) == found.groups


def test_one_strong_link_does_not_drag_in_a_stranger() -> None:
    """Groups join by their mean, so a link to one member is not enough."""
    found = grouped({("a", "b"): 3000, ("b", "c"): 1000})

    assert (("a", "b"), ("c",), ("d",)) == found.groups


@pytest.mark.parametrize(
    ("least", "most", "joined"), [(-9999, 9999, False), (-2000, 9999, True), (-2000, 1000, False), (-500, 1000, True)]
)
def test_one_odd_pair_counts_no_further_than_the_bounds(least: int, most: int, joined: bool) -> None:
    """Beyond ``least`` and ``most`` the points of a pair change nothing; the mean of three decides."""
    points = {("a", "b"): 3000, ("a", "c"): 3000, ("b", "c"): -9000}
    found = cluster("abc", points, {}, {"threshold": 0, "absent": -4000, "least": least, "most": most})

    assert joined is (("a", "b", "c") in found.groups)


def test_a_held_apart_pair_is_not_joined_through_a_third() -> None:
    """With a and b held apart, c joins the nearer of the two and the other stays alone."""
    found = grouped({("a", "c"): 5000, ("b", "c"): 4000, ("a", "b"): 9000}, said("a", "b", Verdict.NOT_SAME))

    assert (("a", "c"), ("b",), ("d",)) == found.groups


def test_a_persons_same_joins_whatever_the_points() -> None:
    """A person's word needs no points."""
    found = grouped({("a", "b"): -9000}, said("a", "b", Verdict.SAME))

    assert ("a", "b") in found.groups


def test_the_later_word_on_a_pair_stands() -> None:
    """A person may change their mind, or another's."""
    found = grouped({}, said("a", "b", Verdict.NOT_SAME, "1"), said("b", "a", Verdict.SAME, "2"))

    assert ("a", "b") in found.groups


def test_a_chain_of_sames_across_a_no_is_cut_at_its_earliest_word() -> None:
    """Of a = c and c = b with a and b held apart, the later word is kept and the earlier one reported."""
    found = grouped(
        {},
        said("a", "c", Verdict.SAME, "1"),
        said("b", "c", Verdict.SAME, "2"),
        said("a", "b", Verdict.NOT_SAME, "0"),
    )

    assert (("a",), ("b", "c"), ("d",)) == found.groups
    assert ["a"] == [link.left for link, _ in found.broken]


def test_ties_are_broken_by_id() -> None:
    """Of two equal ways to join, the one with the smaller ids is taken."""
    found = grouped({("a", "b"): 1000, ("b", "c"): 1000, ("a", "c"): -9000})

    assert (("a", "b"), ("c",), ("d",)) == found.groups
