"""Ids: hashes of content, the same on every machine."""

import dataclasses
import hashlib

from dragoman import ids
from dragoman.types import Decision, Judgement
from given import RUN, document


def test_a_report_is_named_as_documented() -> None:
    """The id is the first 32 digits of the hash of text, document, outlet, date as written and address."""
    expected = hashlib.sha256(b"t\x1fd\x1fo\x1fp\x1fu").hexdigest()[:32]

    assert expected == ids.report_id("t", "d", "o", "p", "u")


def test_an_event_is_named_for_a_claim() -> None:
    """The id is "e" and 16 digits of the hash of the claim's id."""
    assert "e" + hashlib.sha256(b"c").hexdigest()[:16] == ids.event_id("c")


def test_an_id_does_not_depend_on_itself() -> None:
    """Judgements and runs have the same id before and after it is filled in."""
    judgement = Judgement("", "c", Decision.ACCEPT, "Ada", "2024-01-01", "seen")
    filled = dataclasses.replace(judgement, id=ids.judgement_id(judgement))

    assert filled.id == ids.judgement_id(filled)
    assert ids.judgement_id(judgement) != ids.judgement_id(dataclasses.replace(judgement, why="heard"))
    assert ids.run_id(RUN) == ids.run_id(dataclasses.replace(RUN, id="x"))


def test_a_text_is_named_for_its_content() -> None:
    """The same words have the same id, whatever report they come in."""
    assert document("They met.", "a").text.id == document("They met.", "b").text.id == ids.sha256("They met.")
