"""What the network makes of whether an act took place."""

import numpy as np
import pytest

from dragoman.claims import acts, likely_status, weigher
from dragoman.claims.lexicon import load
from dragoman.claims.likely_status import CLASSES
from dragoman.claims.likely_status import likely_status as read_status
from dragoman.types import Cell, Status
from readings import act_claims, coded, tree_of


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Envoys look ahead to Sunday's talks between Chad and Niger.", "CONSULT", Status.PLANNED),
        ("Chile will hold a series of talks with Peru next week.", "CONSULT", Status.PLANNED),
        ("Peru offers apology to Chile for the raid.", "CONCEDE", Status.HAPPENED),
        ("Chile considered an attack on Peru.", "ASSAULT", Status.HYPOTHETICAL),
        ("Hungary planned a visit to Serbia.", "CONSULT", Status.PLANNED),
    ],
)
def test_what_is_to_come_and_what_is_said(text: str, kind: str, status: Status) -> None:
    """Acts to come that no word of the tables tells are planned, words said are said, deeds feared stay so."""
    found = [act for _, act in act_claims(coded(text, published="2019-03-12")) if act.type == kind]

    assert [act.status.value for act in found] == [status]


def test_every_status_has_a_class_and_the_weights_fit() -> None:
    """No status is unknown to the reading; an act has as many features as there are weights."""
    tree = tree_of("Chile attacked Peru.")
    (act,) = acts.find_acts(tree, load())
    found = likely_status.features(tree, act, own=False, vectors=weigher.vectors(tree))

    assert set(CLASSES) == set(Status)
    assert likely_status.load()["weight"].shape == (len(found), 3)


def test_a_denied_act_stays_denied(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the weights say of an act that words deny; a reason names the status that the rules gave."""
    tree = tree_of("Chile attacked Peru.")
    (act,) = acts.find_acts(tree, load())
    weights = likely_status.load()
    to_come = {"weight": np.zeros_like(weights["weight"]), "bias": np.array([0, 9, 0], np.float32)}
    monkeypatch.setattr(likely_status, "load", lambda: to_come)

    read = read_status(tree, act, own=False, vectors=weigher.vectors(tree))
    act.status = Cell(Status.DENIED, act.status.span, "negated")

    assert read.value is Status.PLANNED
    assert "not “happened”" in read.reason
    assert read_status(tree, act, own=False, vectors=weigher.vectors(tree)) is act.status
