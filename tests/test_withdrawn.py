"""Words taken back, settled or blind: kept for ever, and counted nowhere."""

import dataclasses

from dragoman.ids import link_id
from dragoman.types import Decision, Judgement, Link, Verdict
from dragoman.withdrawn import said, standing, standing_links

REJECT = Judgement("j1", "c1", Decision.REJECT, "Ada", "2024-01-01", "misread")
ACCEPT = Judgement("j2", "c1", Decision.ACCEPT, "Ada", "2024-01-02", "read twice")
BACK = Judgement("j3", "c1", Decision.WITHDRAW, "Ada", "2024-01-03", "taken back", value="j1")


def test_what_is_taken_back_does_not_count() -> None:
    """Nor does the taking back, in whatever order they come."""
    assert (ACCEPT,) == standing([REJECT, ACCEPT, BACK]) == standing([BACK, ACCEPT, REJECT])
    assert (REJECT, ACCEPT) == standing([REJECT, ACCEPT])


def test_taking_back_is_final() -> None:
    """Who takes the taking back back changes nothing; who changes their mind judges again."""
    again = dataclasses.replace(BACK, id="j4", value="j3")
    anew = dataclasses.replace(REJECT, id="j5", at="2024-01-05")

    assert (ACCEPT,) == standing([REJECT, ACCEPT, BACK, again])
    assert (ACCEPT, anew) == standing([REJECT, ACCEPT, BACK, anew])


def test_a_blind_word_is_meant_and_does_not_count() -> None:
    """It is compared with others, and nothing is computed from it."""
    blind = dataclasses.replace(REJECT, id="j6", blind=True)

    assert (ACCEPT,) == standing([ACCEPT, blind])
    assert (ACCEPT, blind) == said([ACCEPT, blind])
    assert (ACCEPT,) == said([ACCEPT, blind, dataclasses.replace(BACK, value="j6", blind=True)])


def test_what_is_settled_counts_again_when_the_settling_word_is_taken_back() -> None:
    """Between two words a third decides, and may take that back."""
    third = dataclasses.replace(ACCEPT, id="j7", by="Eve", settles=("j1", "j2"))

    assert (third,) == standing([REJECT, ACCEPT, third])
    assert (REJECT, ACCEPT) == standing([REJECT, ACCEPT, third, dataclasses.replace(BACK, value="j7")])


def test_a_link_is_taken_back_by_name_and_not_by_its_reason() -> None:
    """Whoever gives "taken back" as their reason says a word like any other."""
    word = Link("c1", "c2", Verdict.SAME, 1.0, ("one call",), "Ada", "2024-01-01", person=True)
    other = Link("c1", "c2", Verdict.NOT_SAME, 1.0, ("taken back",), "Ada", "2024-01-02", person=True)
    back = Link("c1", "c2", Verdict.UNSURE, 1.0, ("so",), "Ada", "2024-01-03", person=True, withdraws=link_id(other))

    assert (word, other) == standing_links([word, other])
    assert (word,) == standing_links([word, other, back]) == standing_links([back, word, other])
