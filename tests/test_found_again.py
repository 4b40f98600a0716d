"""Judgements found again after re-coding: in look-ups and exports, as they are when events are computed."""

import dataclasses

import example_record as example
from dragoman import codebook
from dragoman.export import claims as claims_export
from dragoman.export.forms import source
from dragoman.export.text_free import withheld
from dragoman.found_again import targets
from dragoman.lookup import look_up
from dragoman.types import Decision, Judgement

VISIT = example.C_VISIT
TEXT = next(text for text in example.RECORD.texts if text.id == VISIT.text)
WORDS = TEXT.content[VISIT.evidence.start : VISIT.evidence.end]
WORD = Judgement("j1", "an id of before", Decision.SET, "Ada", "2024-01-02", "read", "place", "Bonn", TEXT.id, WORDS)
RECORD = dataclasses.replace(example.RECORD, judgements=(WORD,))


def test_a_word_on_a_claim_that_has_another_id_now_counts_as_reviewed() -> None:
    """In every export, also without texts, where the words themselves are gone."""
    assert {"j1": VISIT.id} == targets([WORD], RECORD.claims, RECORD.texts)
    assert (WORD,) == look_up(RECORD).judged[VISIT.id]
    assert VISIT.id in source(RECORD, codebook.load()).reviewed
    assert VISIT.id in source(RECORD, codebook.load(), text_free=True).reviewed
    assert withheld(RECORD) == withheld(withheld(RECORD))
    assert ["place"] in [row["judged"] for row in claims_export.rows(RECORD)]


def test_words_that_are_found_twice_or_never_are_about_nothing() -> None:
    """Two claims of the same words: nobody knows which was meant."""
    double = dataclasses.replace(VISIT, id="another")
    lost = dataclasses.replace(WORD, words="words that are not there")

    assert {} == targets([WORD], [*RECORD.claims, double], RECORD.texts)
    assert {} == targets([lost], RECORD.claims, RECORD.texts)
    assert {"j1": "another"} == targets([dataclasses.replace(WORD, claim="another")], [VISIT, double], RECORD.texts)


def test_words_on_a_claim_that_a_person_added_are_on_no_other() -> None:
    """Taken back or left out, it gives them to nobody with the same words; while it is there, it takes none over."""
    own = dataclasses.replace(VISIT, id="own0123456789abcdef", origin="person:Ada")
    on_own = dataclasses.replace(WORD, claim=own.id)

    assert {} == targets([on_own], RECORD.claims, RECORD.texts)
    assert {"j1": own.id} == targets([on_own], [*RECORD.claims, own], RECORD.texts)
    assert {"j1": VISIT.id} == targets([WORD], [*RECORD.claims, own], RECORD.texts)
