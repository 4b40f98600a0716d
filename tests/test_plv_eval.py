"""The measure of relations between given parties: marks, roots, figures."""

import pytest
from evals import plv


def test_marks_are_taken_out_and_their_places_kept() -> None:
    """The first place of each mark counts; what one mark holds may stand in the other."""
    plain, places = plv.unmarked("<s><t>Chad</t>ian police</s> freed <t>Mali</t>ans.")

    assert "Chadian police freed Malians." == plain
    assert {"s": (0, 14), "t": (0, 4)} == places


def test_figures() -> None:
    """Roots, quad classes and sides are counted each for themselves."""
    found = plv.figures([("AID", "YIELD"), ("ASSAULT", "ASSAULT"), ("ACCUSE", "ASSAULT")])

    assert pytest.approx(1 / 3) == found["accuracy"]
    assert pytest.approx((0 + 2 / 3 + 0) / 3) == found["root"]
    assert pytest.approx((1 + 2 / 3 + 0) / 3) == found["quad"]
    assert pytest.approx(1.0) == found["binary"]
