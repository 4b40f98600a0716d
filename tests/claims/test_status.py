"""Status: what verbs, auxiliaries, governing words and adjectives say of whether an act happened, with their words."""

import pytest

from dragoman.types import Act, Says, Status
from readings import act_claims, coded, ruled


def the_act(text: str, title: str = "") -> Act:
    """The only act of a text."""
    ((_, act),) = act_claims(coded(text, title))
    return act


@pytest.mark.parametrize(
    ("text", "status", "cue"),
    [
        ("Kenya visited Uganda.", Status.HAPPENED, "visited"),
        ("The Kenyan president will visit Uganda.", Status.PLANNED, "will"),
        ("The Kenyan president may visit Uganda.", Status.HYPOTHETICAL, "may"),
        ("The Kenyan president intends to visit Uganda.", Status.PLANNED, "intends"),
        ("The Kenyan president hopes to visit Uganda.", Status.HYPOTHETICAL, "hopes"),
        ("Syria began to withdraw its troops from Lebanon.", Status.ONGOING, "began"),
        ("Brazil cancelled a visit to Argentina.", Status.CANCELLED, "cancelled"),
        ("Malta called off talks with Libya.", Status.CANCELLED, "called"),
        ("The upcoming talks between Libya and Malta are secret.", Status.PLANNED, "upcoming"),
        ("Turkey is shelling Syria.", Status.ONGOING, "shelling"),
    ],
)
def test_a_status_rests_on_its_words(text: str, status: Status, cue: str) -> None:
    """The status and the word that gives it."""
    found = the_act(text).status

    assert found.span is not None
    assert (status, cue) == (found.value, text[found.span.start : found.span.end])
    assert found.reason


@pytest.mark.parametrize(
    "text",
    [
        "Gabon should release the French tourists.",
        "Bhutan must withdraw its troops from Nepal.",
        "Sudan avoided a clash with Chad.",
    ],
)
def test_what_is_only_demanded_or_avoided_is_no_act(text: str) -> None:
    """Nobody is said to have done it, or to plan it."""
    assert [] == act_claims(ruled(text))


@pytest.mark.parametrize(
    "text",
    [
        "Jordan wants Syria to release the teachers.",
        "Botswana called on Zimbabwe to free the miners.",
        "Togo refused to free the pilots.",
    ],
)
def test_the_content_of_a_request_or_refusal_is_no_act(text: str) -> None:
    """The demand or refusal is the only act, not what is demanded."""
    assert the_act(text).type in ("REQUEST", "REJECT")


def test_a_negated_deed_is_denied_by_who_says_so() -> None:
    """Said by somebody it is a denial, with the act as its content."""
    ((claim, act),) = act_claims(coded("Kenya said that its president had not visited Uganda."))

    assert (Says.DENIES, Status.DENIED) == (claim.says, act.status.value)


def test_a_refusal_to_agree_is_a_rejection() -> None:
    """What "did not agree" tells is an act of its own, with the same actor."""
    act = the_act("Slovakia did not agree to the plan.")

    assert ("REJECT", Status.HAPPENED) == (act.type, act.status.value)


def test_an_infinitive_in_a_headline_is_the_future() -> None:
    """An infinitive without a verb above it announces."""
    act = the_act("The crowd sang.", "Norway's king to visit Ecuador")

    assert Status.PLANNED is act.status.value
