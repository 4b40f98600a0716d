"""Judgements taken back: kept for ever, and counted nowhere."""

import dataclasses

from dragoman.types import Decision, Judgement
from dragoman.withdrawn import standing

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
