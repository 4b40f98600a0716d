"""A tour told in several sentences of one text is one event with all its hosts; what was done on it stays beside it."""

import pytest

from dragoman.types import Course, RelationKind, Role, Text, Verdict
from tellings import Telling, event_of, record, tell, word

NEWS = Text("tour", "The minister will fly to Ankara and Cairo next week. Stops in Paris and Berlin are to follow.")
FIRST, SECOND = (sentence + "." for sentence in NEWS.content.rstrip(".").split(". "))


def plan(who: str, sentence: str, days: str = "", status: str = "planned", text: Text = NEWS) -> Telling:
    """A sentence of the news of 1 September that announces a journey."""
    return tell(who, status, days, published="2023-09-01", voice_of="BRA", content=sentence, text=text)


WEEK = "2023-09-04..2023-09-10"
TOUR = plan("BRA/Mauro Vieira > TUR + EGY", FIRST, WEEK)
MORE = plan("BRA/Mauro Vieira > FRA + DEU", SECOND)


def hosts(told: Telling, *others: Telling) -> set[str]:
    """The codes of the hosts in the event of a claim."""
    parts = event_of(record([told, *others]), told).act.participations
    return {part.party.value.code for part in parts if part.role is Role.HOST and part.party.value}


def test_announcements_of_one_text_are_one_tour() -> None:
    """Two sentences on one visitor's journey make one tour of all hosts, in the week that one of them states."""
    event = event_of(record([TOUR, MORE]), TOUR)

    assert {"TUR", "EGY", "FRA", "DEU"} == hosts(TOUR, MORE)
    assert f"[{WEEK}]" == str(event.act.date.value)
    assert any("tour=one_text" in reason for link in event.links for reason in link.reasons)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(plan("BRA/Mauro Vieira > FRA + DEU", SECOND, "2023-10-02..2023-10-08"), id="another week"),
        pytest.param(plan("BRA/Lula da Silva > FRA + DEU", SECOND), id="another visitor"),
        pytest.param(plan("BRA/Mauro Vieira > FRA/Catherine Colonna", SECOND), id="a named host"),
        pytest.param(plan("BRA/Mauro Vieira > FRA + DEU", SECOND, status="happened"), id="done"),
        pytest.param(
            plan("BRA/Mauro Vieira > FRA + DEU", SECOND, text=Text("other", SECOND + " Others stay.")),
            id="another text",
        ),
    ],
)
def test_other_journeys_stay_apart(other: Telling) -> None:
    """Another week, visitor or text, a named host or a journey already done is no part of the announcement."""
    assert {"TUR", "EGY"} == hosts(TOUR, other)


def test_a_person_can_hold_the_sentences_of_a_tour_apart() -> None:
    """A person's "not the same" outranks the rule."""
    found = record([TOUR, MORE], [word(TOUR, MORE, Verdict.NOT_SAME)])

    assert event_of(found, TOUR).id != event_of(found, MORE).id


def test_a_stop_done_is_an_event_of_its_own() -> None:
    """The visit to one host, told with nobody named, is part of the tour and not merged with it; so is its meeting."""
    visit = tell("BRA/Mauro Vieira > EGY", published="2023-09-13", content="the minister flew to Cairo")
    meeting = tell(
        "BRA/Mauro Vieira > EGY/Sameh Shoukry", days="2023-09-13", published="2023-09-13", content="met in Cairo"
    )
    found = record([TOUR, MORE, visit, meeting])
    ids = [event_of(found, told).id for told in (TOUR, visit, meeting)]
    parts = {
        (relation.left, relation.right)
        for event in found.events
        for relation in event.relations
        if relation.kind is RelationKind.PART_OF
    }

    assert 3 == len(set(ids))
    assert {(ids[1], ids[0]), (ids[2], ids[1])} == parts
    assert Course.DONE_LATE is event_of(found, meeting).standing.course
