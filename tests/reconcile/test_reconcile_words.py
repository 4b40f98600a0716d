"""People's judgements: a claim rejected, a cell set, a claim of one's own, words found again after re-coding."""

from dataclasses import replace
from typing import Any

import pytest

from dragoman import jsonform
from dragoman.reconcile import cells
from dragoman.types import Act, Decision, Judgement, Status
from tellings import KNOWN, event_of, record, tell

VISIT = tell("CHN/Li Hui > UKR", days="2023-05-17", published="2023-05-18", content="came to Kyiv")
OTHER = tell("CHN/Li Hui > UKR", days="2023-05-17", published="2023-05-19", content="had come to Kyiv")


def judged(decision: Decision, *, number: int = 1, claim: str = VISIT.claim.id, **rest: Any) -> Judgement:
    """A judgement of Ana's; later ones have higher numbers."""
    return Judgement(f"j{number}", claim, decision, "Ana", f"2024-01-0{number}T00:00:00Z", "seen", **rest)


def test_a_rejected_claim_is_not_computed_with() -> None:
    """An event without its only claim is gone; with another claim it rests on that alone."""
    assert () == record([VISIT], judgements=[judged(Decision.REJECT)]).events
    assert (OTHER.claim.id,) == record([VISIT, OTHER], judgements=[judged(Decision.REJECT)]).events[0].claims


def test_a_later_accept_revives_a_rejected_claim() -> None:
    """The latest word on a claim stands."""
    found = record([VISIT], judgements=[judged(Decision.ACCEPT, number=2), judged(Decision.REJECT)])

    assert 1 == len(found.events)


def test_a_word_counts_as_of_a_day_too() -> None:
    """Though it does not name the text that its claim is of."""
    assert () == record([VISIT], judgements=[judged(Decision.REJECT)], as_of="2023-05-18").events


def test_a_set_cell_outranks_what_other_claims_say() -> None:
    """The value a person set is the event's, though two reports say otherwise."""
    third = tell("CHN/Li Hui > UKR", days="2023-05-17", published="2023-05-20", content="his trip to Kyiv")
    words = [judged(Decision.SET, cell="date", value="2023-05-16/2023-05-17")]
    event = event_of(record([VISIT, OTHER, third], judgements=words), VISIT)

    assert "2023-05-16/2023-05-17" == str(event.act.date.value)
    assert "set by Ana" == event.act.date.reason


@pytest.mark.parametrize(
    ("cell", "value", "shown"),
    [
        ("type", "AID", "AID"),
        ("status", "cancelled", "cancelled"),
        ("place", "Lviv (UKR)", "Lviv"),
        ("modes", "phone", "phone"),
        ("actors", "CHN; Wang Yi (CHN)", "China, Wang Yi"),
        ("recipients", "Poland", "Poland"),
    ],
)
def test_every_cell_can_be_set(cell: str, value: str, shown: str) -> None:
    """What is typed for a cell is read and stands in the event."""
    act = record([VISIT], judgements=[judged(Decision.SET, cell=cell, value=value)]).events[0].act
    sides = {
        side: ", ".join(p.party.value.name for p in act.participations if p.party.value and p.role.value in roles)
        for side, roles in (("actors", ("visitor", "actor")), ("recipients", ("host", "recipient")))
    }
    place = act.place.value.name if act.place.value else ""
    found = {"type": act.type, "status": act.status.value, "place": place, "modes": ", ".join(act.modes), **sides}

    assert shown == found[cell]


@pytest.mark.parametrize(
    ("cell", "value", "says"),
    [
        ("date", "last week", "'last week' is not a date"),
        ("status", "done", "'done' is not a status"),
        ("colour", "red", "an act has no cell 'colour'"),
        ("actors", "(CHN)", "a name is missing"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_in_one_line(cell: str, value: str, says: str) -> None:
    """A wrong value is an error that names the cell or the value, before anything is computed."""
    with pytest.raises(ValueError, match=says.replace("(", r"\(")) as problem:
        record([VISIT], judgements=[judged(Decision.SET, cell=cell, value=value)])

    assert "\n" not in str(problem.value)


def test_a_judgement_finds_its_words_again_after_recoding() -> None:
    """A claim that has got another id is known by its text and words."""
    recoded = replace(VISIT, claim=replace(VISIT.claim, id="f" * 32))
    words = judged(Decision.REJECT, text=VISIT.text.id, words="came to Kyiv")

    assert () == record([recoded], judgements=[words]).events


def test_a_judgement_on_a_claim_that_is_gone_is_noted_and_changes_nothing() -> None:
    """Words that fit nothing any more are kept and reported, never an error."""
    found = record([OTHER], judgements=[judged(Decision.REJECT)])

    assert 1 == len(found.events)
    assert ["judgement j1: its claim is not in the record and its words are not found once"] == list(found.notes)


def test_a_person_may_add_a_claim_of_their_own() -> None:
    """A claim in its JSON form is computed with like any other."""
    own = judged(Decision.OWN, claim="", value=jsonform.dumps(OTHER.claim))

    assert (OTHER.claim.id,) == record([], judgements=[own]).events[0].claims


@pytest.mark.parametrize("ids", ["ab", "ba"])
def test_a_cell_that_is_set_at_the_moment_a_claim_is_added_is_set(ids: str) -> None:
    """A third person lets a claim in and corrects it in one decision; ids are hashes and come in any order."""
    own = replace(judged(Decision.OWN, claim=OTHER.claim.id, value=jsonform.dumps(OTHER.claim)), id=ids[0])
    planned = replace(judged(Decision.SET, claim=OTHER.claim.id, cell="status", value="planned"), id=ids[1])

    assert Status.PLANNED is record([OTHER], judgements=[own, planned]).events[0].act.status.value


def test_setting_a_cell_leaves_the_rest_of_the_claim() -> None:
    """Only the cell that is named changes."""
    changed = cells.put(VISIT.claim, "status", "planned", "Ana", KNOWN)

    assert isinstance(changed.content, Act)
    assert Status.PLANNED is changed.content.status.value
    assert VISIT.claim == replace(changed, content=VISIT.claim.content)
