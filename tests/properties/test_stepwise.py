"""A record brought up to date in steps is, byte for byte, the record computed whole: whatever came, in any order."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.types import Link
from drawn import worded
from steps import bring_up, opened, put, unlike, whole, written
from tellings import Telling, record


# Each example opens a record of its own, which takes a fifth of a second
@settings(max_examples=15)
@given(worded(), st.randoms(use_true_random=False))
def test_reports_one_by_one_give_what_all_at_once_give(case: tuple[list[Telling], list[Link]], random: Random) -> None:
    """Claims and words of people come one after the other, in any order; the record follows each."""
    told, links = unlike(case[0]), case[1]
    coming: list[Telling | Link] = [*told, *links]
    random.shuffle(coming)
    with opened() as store:
        for item in coming:
            if isinstance(item, Link):
                store.add_link(item)
            else:
                put(store, [item])
            bring_up(store)

        assert whole(record(told, links)) == written(store)
