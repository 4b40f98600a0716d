"""Spans from scores: conflicts go to the surer one, names never overlap, mentions never cross."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language import spans

TYPES = ("PERSON", "PLACE")


def scores(size: int, *given_: tuple[int, int, int, float]) -> np.ndarray:
    """Scores of a sentence where only these spans (first, last, type, score) are above "none"."""
    out = np.zeros((size, size, 3), np.float32)
    out[..., 0] = 1.0
    for first, last, kind, value in given_:
        out[first, last, 1 + kind] = value
    return out


def test_a_span_above_none_is_found_with_its_type() -> None:
    """In the order of the text; one below "none" is not."""
    found = spans.decode(scores(4, (2, 3, 1, 2.0), (0, 0, 0, 1.5), (1, 1, 0, 0.9)), TYPES, nested=False)

    assert [(0, 0, "PERSON"), (2, 3, "PLACE")] == found


def test_of_overlapping_names_the_surer_stays() -> None:
    """The margin over "none" decides, not the length."""
    given_ = scores(4, (0, 2, 0, 2.0), (1, 1, 1, 3.0), (3, 3, 0, 1.1))

    assert [(1, 1, "PLACE"), (3, 3, "PERSON")] == spans.decode(given_, TYPES, nested=False)


def test_mentions_may_lie_in_each_other_but_not_cross() -> None:
    """The surest of crossing ones stays, with what lies inside it."""
    given_ = scores(5, (0, 3, 0, 4.0), (1, 2, 1, 2.0), (2, 4, 0, 3.0))

    assert [(0, 3, "PERSON"), (1, 2, "PLACE")] == spans.decode(given_, TYPES, nested=True)


def test_a_span_that_ends_before_it_begins_is_none() -> None:
    """Scores below the diagonal say nothing."""
    assert [] == spans.decode(scores(3, (2, 0, 0, 9.0)), TYPES, nested=True)


@given(st.integers(1, 9), st.integers(0, 2**32 - 1), st.booleans())
def test_spans_never_conflict(size: int, seed: int, nested: bool) -> None:
    """Whatever the scores; and every one is above "none"."""
    given_ = np.random.default_rng(seed).normal(size=(size, size, 3)).astype(np.float32)
    found = spans.decode(given_, TYPES, nested=nested)

    for (a, b, _), (c, d, _) in itertools.combinations(found, 2):
        apart = b < c or d < a
        inside = (a <= c and d <= b) or (c <= a and b <= d)
        assert apart or (nested and inside)
    assert all(given_[a, b, 1 + TYPES.index(kind)] > given_[a, b, 0] for a, b, kind in found)
