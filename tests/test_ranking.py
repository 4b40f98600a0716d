"""Choosing among candidates by weights: sums, ties, probabilities; the shipped weights."""

import pytest

from dragoman import ranking

WEIGHTS = {"a": 1000, "b": 500, "c": -2000}


def test_the_heaviest_sum_wins() -> None:
    """Features without a weight count nothing."""
    chosen = ranking.choose(WEIGHTS, [["b", "x"], ["a", "b"], ["a", "c"]])

    assert chosen.index == 1
    assert 0.5 < chosen.probability < 1
    assert abs(sum(chosen.shares) - 1) < 0.001


def test_the_first_of_equals_is_chosen() -> None:
    """So that the order of candidates, which is fixed, decides."""
    assert ranking.choose(WEIGHTS, [["x"], ["y"]]).index == 0
    assert ranking.choose(WEIGHTS, [["x"], ["y"]]).probability == 0.5


def test_there_must_be_a_candidate() -> None:
    """An empty list is a defect of the caller."""
    with pytest.raises(ValueError, match="empty"):
        ranking.choose(WEIGHTS, [])


def test_the_shipped_weights_are_of_all_choices() -> None:
    """Day, place, state, sector."""
    assert set(ranking.load()) == {"day", "place", "sector", "state"}
    assert all(weights for weights in ranking.load().values())
