"""What holds of any two records: with itself a record differs in nothing, and no order changes what is told."""

import dataclasses
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dragoman.differences import How, compare
from dragoman.types import Event, Link, Record
from drawn import worded
from tellings import Telling
from tellings import record as reconciled

Case = tuple[list[Telling], list[Link]]
MIRRORED = {How.NEW: How.GONE, How.GONE: How.NEW, How.MERGED: How.SPLIT, How.SPLIT: How.MERGED}


def made(case: Case, of: slice) -> Record:
    """The record of some of the claims, with the words of people on them."""
    told, links = case
    some = told[of]
    ids = {one.claim.id for one in some}
    words = tuple(link for link in links if {link.left, link.right} <= ids)
    found = reconciled(some, words)
    return Record(
        reports=tuple(report for one in some for report in one.reports),
        texts=tuple(one.text for one in some),
        claims=tuple(one.claim for one in some),
        events=found.events,
        positions=found.positions,
        datings=found.datings,
        links=words,
    )


@given(worded(), st.randoms(use_true_random=False))
def test_a_record_differs_from_itself_in_nothing(case: Case, random: Random) -> None:
    """In whatever order it is held."""
    record = made(case, slice(None))

    assert not compare(record, record).any
    assert not compare(record, shuffled(record, random)).any


@given(worded(), st.integers(0, 3), st.randoms(use_true_random=False))
def test_the_order_of_records_makes_no_difference(case: Case, fewer: int, random: Random) -> None:
    """Two records with everything shuffled differ in the same, for the same reasons."""
    old, new = made(case, slice(fewer, None)), made(case, slice(None))

    assert compare(old, new) == compare(shuffled(old, random), shuffled(new, random))


@given(worded(), st.integers(1, 4))
def test_the_other_way_round_new_is_gone(case: Case, fewer: int) -> None:
    """Every change has its mirror, and every event of other claims is in exactly one."""
    old, new = made(case, slice(fewer, None)), made(case, slice(None))
    forth, back = compare(old, new), compare(new, old)

    mirrored = sorted((MIRRORED.get(one.how, one.how), ids(one.new), ids(one.old)) for one in forth.events)
    assert mirrored == sorted((one.how, ids(one.old), ids(one.new)) for one in back.events)
    named = [event for one in forth.events for event in one.new]
    assert len(named) == len({event.id for event in named})
    held = {event.claims for event in old.events}
    assert {event.id for event in new.events if event.claims not in held} <= {event.id for event in named}
    assert all(one.why for one in (*forth.events, *back.events))


def ids(events: tuple[Event, ...]) -> tuple[str, ...]:
    """Their ids."""
    return tuple(event.id for event in events)


def shuffled(record: Record, random: Random) -> Record:
    """A record with its parts in another order."""
    changes = {}
    for field in dataclasses.fields(record):
        parts = list(getattr(record, field.name))
        random.shuffle(parts)
        changes[field.name] = tuple(parts)
    return dataclasses.replace(record, **changes)
