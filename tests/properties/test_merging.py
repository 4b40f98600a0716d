"""Groups joined by a table of all pairs are those joined in rounds, of whatever points and words of people."""

import itertools
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from dragoman.reconcile import cluster, merging
from dragoman.types import Link, Verdict

_SETTINGS = {"threshold": 0, "absent": -1750, "least": -1750, "most": 4250}
_IDS = [f"c{number:02d}" for number in range(12)]
_PAIRS = list(itertools.combinations(_IDS, 2))
# Few values, so that means are often equal
_POINTS = st.dictionaries(
    st.sampled_from(_PAIRS), st.sampled_from((-6000, -1750, -1000, -500, 0, 500, 1000, 4250, 6000)), min_size=20
)
_SAID = st.lists(st.tuples(st.sampled_from(_PAIRS), st.sampled_from((Verdict.SAME, Verdict.NOT_SAME))), max_size=4)


@given(_POINTS, _SAID, st.sampled_from((0, 4)))
def test_rounds_give_what_a_table_gives(
    points: dict[tuple[str, str], int], said: list[tuple[tuple[str, str], Verdict]], table: int
) -> None:
    """Also of groups that people joined or hold apart, and where several means are equal."""
    words = {
        pair: Link(left=pair[0], right=pair[1], verdict=verdict, score=1.0, reasons=(), by="a", at=f"2023-01-0{day}")
        for day, (pair, verdict) in enumerate(said, 1)
    }
    by_table = cluster.cluster(_IDS, points, words, _SETTINGS)
    with mock.patch.object(merging, "TABLE", table):
        in_rounds = cluster.cluster(_IDS, points, words, _SETTINGS)

    assert in_rounds == by_table
