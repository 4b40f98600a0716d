"""Finding things in a record by id."""

import dataclasses

import pytest

import example_record as example
from dragoman.lookup import AmbiguousIdError, UnknownIdError, look_up


def test_an_id_may_be_shortened_as_long_as_it_is_one() -> None:
    """The beginning of an id finds its thing; one that begins several is refused with their names."""
    look = look_up(example.RECORD)

    assert look.find("e11") == example.E_VISIT
    assert look.find("p") == example.POSITION
    with pytest.raises(AmbiguousIdError, match=r"'e' begins several ids: e1.*, e2.*, e3.* and 1 more"):
        look.find("e")


@pytest.mark.parametrize("beginning", ["", "zz", "e1111111111111111x"])
def test_an_unknown_id_is_refused(beginning: str) -> None:
    """Nothing, and nothing like it, is no id."""
    with pytest.raises(UnknownIdError, match="no claim, event or position"):
        look_up(example.RECORD).find(beginning)


def test_a_whole_id_wins_over_longer_ones() -> None:
    """An id that begins another's is found by itself."""
    longer = dataclasses.replace(example.E_VISIT, id=example.E_VISIT.id + "0")
    look = look_up(dataclasses.replace(example.RECORD, events=(example.E_VISIT, longer)))

    assert look.find(example.E_VISIT.id) == example.E_VISIT


def test_a_silence_bears_on_the_event_it_disputes() -> None:
    """The claim that is passed over leads to its event though the event does not rest on it."""
    look = look_up(example.RECORD)

    assert look.event_of[example.C_SILENT.id] == example.E_VISIT.id
    assert example.C_SILENT.id not in example.E_VISIT.claims


def test_the_reports_of_claims_are_all_publications_of_their_texts() -> None:
    """A text in two outlets counts two reports, each once however many claims it holds."""
    look = look_up(example.RECORD)
    claims = (example.C_VISIT.id, example.C_SILENT.id, "not a claim")

    assert look.reports_of(claims) == (example.R_DAILY, example.R_GAZETTE)


def test_words_of_no_span_or_of_a_text_not_at_hand_are_empty() -> None:
    """A span in a text that the record does not hold has no words to show."""
    look = look_up(dataclasses.replace(example.RECORD, texts=()))

    assert not look.words(None)
    assert not look.words(example.C_VISIT.evidence)
