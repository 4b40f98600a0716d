"""What holds for any claims and any of people's words: order and repetition change nothing; a "no" is kept."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dragoman.reconcile import cluster
from dragoman.types import Link, Says, Verdict
from drawn import tellings, worded
from tellings import Telling, record, word


@given(worded(), st.randoms(use_true_random=False))
def test_the_record_does_not_depend_on_input_order(case: tuple[list[Telling], list[Link]], random: Random) -> None:
    """Claims, reports and links in any order give the same record, reasons and all."""
    told, links = case
    other, words = list(told), list(links)
    random.shuffle(other)
    random.shuffle(words)

    assert record(told, links) == record(other, words)


@given(worded())
def test_a_persons_last_no_is_never_broken(case: tuple[list[Telling], list[Link]]) -> None:
    """A pair whose latest word is "not the same" is never in one event, through whatever third claims."""
    told, links = case
    found = record(told, links)
    events = {claim: event.id for event in found.events for claim in event.claims}
    apart = [pair for pair, link in cluster.last_words(links).items() if link.verdict is Verdict.NOT_SAME]

    assert [] == [(a, b) for a, b in apart if a in events and events[a] == events.get(b)]


@given(worded())
def test_a_same_that_is_not_kept_is_reported(case: tuple[list[Telling], list[Link]]) -> None:
    """A latest word "the same" is kept, or stands in the notes because it would join a held-apart pair."""
    told, links = case
    found = record(told, links)
    events = {claim: event.id for event in found.events for claim in event.claims}
    same = [pair for pair, link in cluster.last_words(links).items() if link.verdict is Verdict.SAME]
    broken = [(a, b) for a, b in same if a in events and b in events and events[a] != events[b]]

    assert len(broken) == len(found.notes)


@given(tellings())
def test_telling_twice_changes_nothing(told: list[Telling]) -> None:
    """The same claims given twice give the same record."""
    assert record(told) == record(told + told)


@given(tellings())
def test_every_affirmed_or_denied_claim_is_in_one_event(told: list[Telling]) -> None:
    """No claim is lost and none is in two events; silences are in none."""
    members = [claim for event in record(told).events for claim in event.claims]

    assert sorted({t.claim.id for t in told if t.claim.says is not Says.SILENT}) == sorted(members)


@given(tellings())
def test_an_events_id_is_that_of_its_earliest_claim(told: list[Telling]) -> None:
    """A report of a later day that joins an event leaves its id as it was."""
    dated = [t for t in told if t.reports[0].published and t.claim.says is not Says.SILENT]
    late = [t for t in dated if str(t.reports[0].published) == "2023-05-27"]
    early = [t for t in dated if t not in late]
    before = {claim: event.id for event in record(early).events for claim in event.claims}
    after = record(early + late, [word(a, b, Verdict.SAME) for a in early[:1] for b in late[:1]])

    assert not early or before[min(early, key=_order).claim.id] in {event.id for event in after.events}


def _order(telling: Telling) -> tuple[str, str, int]:
    return (str(telling.reports[0].published), telling.text.id, telling.claim.evidence.start)
