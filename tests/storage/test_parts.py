"""Parts of a record: what is asked for with all that it rests on, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import example_record as example
from dragoman.storage.parts import Wanted
from dragoman.store import Store
from dragoman.types import Decision, Document, Judgement, Link, Run, Verdict

RUN = Run("0" * 32, "1", (), (), "", "")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The example record."""
    with Store.open(tmp_path / "r.db", create=True) as opened:
        texts = {text.id: text for text in example.RECORD.texts}
        for report in example.RECORD.reports:
            opened.add_document(Document(report, texts[report.text], b"raw", "text/plain", "plain"))
        for text in texts:
            claims = [claim for claim in example.RECORD.claims if claim.text == text]
            opened.finish_text(text, RUN, claims, example.DATING if text == example.T3.id else None)
        opened.replace_derived(example.RECORD)
        yield opened


def test_an_event_comes_with_all_it_rests_on(store: Store) -> None:
    """Its claims and those that dispute it, their texts, all reports of these."""
    found = store.part(Wanted(events=[example.E_VISIT.id]))

    assert (example.E_VISIT,) == found.events
    assert {example.C_VISIT.id, example.C_PLAN.id, example.C_SILENT.id} == {claim.id for claim in found.claims}
    assert {example.T1.id, example.T2.id} == {text.id for text in found.texts}
    assert {"r1", "r2", "r3"} == {report.id for report in found.reports}


def test_texts_positions_and_what_is_not_there(store: Store) -> None:
    """A text comes with its dating; an unknown id is left out."""
    found = store.part(Wanted(texts=[example.T3.id, "nothing"], positions=[example.POSITION.id], events=["nothing"]))

    assert ((example.POSITION,), (example.DATING,), ()) == (found.positions, found.datings, found.events)
    assert (example.C_STANCE,) == found.claims


def test_more_ids_than_a_statement_takes(store: Store) -> None:
    """Many ids are asked for in several statements."""
    ids = [f"none{number}" for number in range(2500)]

    assert (example.C_VISIT,) == store.part(Wanted(claims=[*ids, example.C_VISIT.id])).claims
    assert {example.T1.id: example.FIRST} == store.contents([*ids, example.T1.id])


def test_words_of_people_are_kept_together_and_read_with_those_taken_back(store: Store) -> None:
    """What counts comes with a part; what was taken back is still on record."""
    word = Judgement("j1", example.C_VISIT.id, Decision.REJECT, "Ada", "2024-01-01", "misread")
    back = Judgement("j2", example.C_VISIT.id, Decision.WITHDRAW, "Ada", "2024-01-02", "taken back", value="j1")
    link = Link(example.C_PLAN.id, example.C_VISIT.id, Verdict.SAME, 1.0, ("one",), "Ada", "2024-01-01", person=True)
    before = store.state()
    store.add_words([word, link])
    between = store.part(Wanted(claims=[example.C_VISIT.id]))
    store.add_words([back])
    after = store.part(Wanted(claims=[example.C_VISIT.id]))

    assert ((word,), (link,)) == (between.judgements, between.links)
    assert ((), (link,)) == (after.judgements, after.links)
    assert ((word, back), (link,)) == store.words_of_people()
    assert () == store.read().judgements
    changed = {key for key, value in store.state().items() if before[key] != value}
    assert {"generation", "judgements", "links"} == changed


def test_forms_are_those_of_the_codings_that_count(store: Store) -> None:
    """By id."""
    assert {claim.id for claim in example.RECORD.claims} == set(store.forms("claims"))
    assert {event.id for event in example.RECORD.events} == set(store.forms("events"))
    assert ["r1", "r2", "r3", "r4"] == [report.id for report in store.report_rows()]
