"""Where an act took place, where the rules have no place or the weights are sure of another."""

import pytest

from dragoman import ranking
from dragoman.claims import likely_scene
from readings import act_claims, coded, ruled


@pytest.mark.parametrize(
    ("text", "kind", "country"),
    [
        ("Norway sends more blankets to Ghana.", "AID", "GHA"),
        ("The first trucks of Norwegian aid entered Ghana on Sunday.", "AID", "GHA"),
        ("Norway evacuated its diplomats from Ghana.", "AID", "GHA"),
        ("Peruvian troops clashed with rebels as protesters took to the streets of Lima.", "ASSAULT", "PER"),
    ],
)
def test_scenes_that_no_rule_knows(text: str, kind: str, country: str) -> None:
    """The rules find no such act or no place; the weights find it in the act's sentence, and the reason says so."""
    found = [act for _, act in act_claims(coded(text, published="2019-03-12")) if act.type == kind]
    rules = [act for _, act in act_claims(ruled(text, published="2019-03-12")) if act.type == kind]

    assert [act.place.value.country for act in found if act.place.value] == [country]
    assert all(ranking.was_chosen(act.place) for act in found)
    assert not any(act.place.value for act in rules)


def test_places_of_rules_stay_and_calls_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights that are not sure change no place of the rules; a call is nowhere."""
    monkeypatch.setattr(likely_scene, "SURE", 1.1)
    visit = coded("Kenya's president visited Uganda on Monday.", published="2016-09-06")
    call = coded("Chile's president phoned the president of Peru on Monday.", published="2016-09-06")

    assert [act.place.reason for _, act in act_claims(visit)] == ["where the visit goes"]
    assert [act.place.value for _, act in act_claims(call)] == [None]
