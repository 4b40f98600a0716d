"""The pipeline: sources become a record once, whatever the order, the workers, the interruptions and the texts."""

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import coders
from dragoman import pipeline, reducing, said, stepwise
from dragoman.ids import event_id
from dragoman.store import Store, StoreError
from dragoman.types import Decision, Judgement, Verdict

_NOTE = {"by": "Ada", "why": "read both", "at": "2024-01-01T00:00:00+00:00"}


def write(path: Path, texts: Iterable[str], *, first: int = 0, day: str = "2018-04-27", lang: str = "en") -> Path:
    """A .jsonl file of these texts."""
    items = [
        {"id": f"d{i}", "title": f"Talks {i}", "text": text, "published": day, "lang": lang}
        for i, text in enumerate(texts, first)
    ]
    path.write_text("".join(json.dumps(item) + "\n" for item in items))
    return path


def meetings(n: int) -> list[str]:
    """Texts of two claims each."""
    return [f"The leaders of both states met {i} times. Then they met reporters outside the hall." for i in range(n)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty record."""
    with Store.open(tmp_path / "r.db", create=True) as opened:
        yield opened


def coded(path: Path, *sources: Path, workers: int = 1) -> str:
    """The digest of a new record of these sources, coded one after the other."""
    with Store.open(path, create=True) as store:
        for source in sources:
            pipeline.code([source], store, coder=coders.quick, workers=workers)
        return store.digest()


def test_sources_become_a_record(tmp_path: Path, store: Store) -> None:
    """Reports are read, texts coded, events computed; the outcome counts what was done."""
    outcome = pipeline.code([write(tmp_path / "a.jsonl", meetings(3))], store, coder=coders.quick)
    record = store.read()

    assert (3, 3, 3, 3, 6) == (
        outcome.reports_read,
        outcome.reports_new,
        outcome.texts_new,
        outcome.texts_coded,
        outcome.claims_new,
    )
    assert () == outcome.failures
    assert outcome.events == len(record.events) > 0
    assert {claim.id for claim in record.claims} == {id_ for event in record.events for id_ in event.claims}
    assert [] == store.verify()


def test_the_map_half_runs_in_a_child(tmp_path: Path, store: Store) -> None:
    """The real reader and extractors code a text in a child, without a failure."""
    outcome = pipeline.code([write(tmp_path / "a.jsonl", meetings(2), day="")], store)

    assert (2, ()) == (outcome.texts_coded, outcome.failures)
    assert 2 == len(store.read().datings)
    assert [] == store.verify()


def test_a_second_run_adds_nothing(tmp_path: Path, store: Store) -> None:
    """Coding the same sources again changes no row."""
    source = write(tmp_path / "a.jsonl", meetings(3))
    pipeline.code([source], store, coder=coders.quick)
    before = store.digest()
    outcome = pipeline.code([source], store, coder=coders.quick)

    assert (3, 0, 0, 0, 0) == (
        outcome.reports_read,
        outcome.reports_new,
        outcome.texts_new,
        outcome.texts_coded,
        outcome.claims_new,
    )
    assert before == store.digest()


def test_the_record_does_not_depend_on_the_order_or_the_workers(tmp_path: Path) -> None:
    """Another order of the reports, other calls and more workers give the same record, byte for byte."""
    texts = meetings(8)
    whole = write(tmp_path / "whole.jsonl", texts)
    parts = [write(tmp_path / f"{i}.jsonl", [text], first=i) for i, text in enumerate(texts)]
    random.Random(5).shuffle(parts)
    digests = [
        coded(tmp_path / "1.db", whole),
        coded(tmp_path / "2.db", whole, workers=3),
        coded(tmp_path / "3.db", *parts),
    ]

    assert 1 == len(set(digests))


def test_an_earlier_report_that_comes_late_gives_the_same_record(tmp_path: Path) -> None:
    """Coding step by step equals coding at once, also when the first report of a text is the last to be read."""
    late = write(tmp_path / "late.jsonl", meetings(2), day="2018-05-02")
    early = write(tmp_path / "early.jsonl", meetings(1), day="2018-05-01")

    assert coded(tmp_path / "1.db", late, early) == coded(tmp_path / "2.db", early, late)


def test_a_text_that_kills_its_worker_is_set_aside(tmp_path: Path, store: Store) -> None:
    """Texts that kill, hang or break their worker are set aside with the reason, and the others are coded."""
    bad = ["They met. KILL", "They met. SLEEP", "They met. BREAK"]
    source = write(tmp_path / "a.jsonl", [*meetings(2), *bad])
    outcome = pipeline.code([source], store, coder=coders.hostile, seconds=0.5)

    assert (2, 3) == (outcome.texts_coded, outcome.set_aside)
    assert [
        f"{source}: d2: set aside, not coded: killed by signal 9 (SIGKILL)",
        f"{source}: d3: set aside, not coded: took longer than 0.5 s",
        f"{source}: d4: set aside, not coded: ValueError: two lines",
    ] == sorted(map(str, outcome.failures))
    assert set(outcome.failures) == set(store.read().failures)
    assert () == pipeline.code([source], store, coder=coders.hostile).failures
    assert 3 == pipeline.code([source], store, coder=coders.quick, retry=True).texts_coded
    assert 0 == store.set_aside()


def test_what_cannot_be_read_is_told_and_the_rest_is_coded(tmp_path: Path, store: Store) -> None:
    """A bad line is a failure of the outcome and the record, until the file is put right."""
    source = write(tmp_path / "a.jsonl", meetings(2))
    good = source.read_text()
    source.write_text("{\n" + good)
    outcome = pipeline.code([source], store, coder=coders.quick)

    assert [(str(source), 1)] == [(failure.source, failure.line) for failure in outcome.failures]
    assert 2 == outcome.texts_coded
    assert outcome.failures == store.read().failures
    source.write_text(good)
    assert () == pipeline.code([source], store, coder=coders.quick).failures
    assert () == store.read().failures


def test_a_text_in_a_language_nobody_reads_is_kept_and_not_coded(tmp_path: Path, store: Store) -> None:
    """Its report is in the record, the outcome counts its language, and no claim comes of it."""
    source = write(tmp_path / "a.jsonl", ["Die Minister trafen sich in Wien."], lang="de")
    outcome = pipeline.code([source], store, coder=coders.quick)

    assert (1, 0, (("de", 1),)) == (outcome.reports_new, outcome.texts_coded, outcome.skipped)
    assert 1 == len(store.read().reports)


def test_progress_is_told(tmp_path: Path, store: Store) -> None:
    """Whoever asks hears of every document read and of every text coded."""
    told: list[tuple[int, int]] = []
    source = write(tmp_path / "a.jsonl", meetings(3))
    pipeline.code([source], store, coder=coders.quick, progress=lambda done, total, _: told.append((done, total)))

    assert [(1, 0), (2, 0), (3, 0), (0, 3), (1, 3), (2, 3), (3, 3)] == told


def test_an_interrupted_run_is_computed_when_read(tmp_path: Path, store: Store) -> None:
    """After Ctrl-C what was coded is kept, and reading the record computes its events first."""

    def interrupt(done: int, total: int, what: str) -> None:
        if done == 2 and total:
            raise KeyboardInterrupt(what)

    source = write(tmp_path / "a.jsonl", meetings(4))
    with pytest.raises(KeyboardInterrupt):
        pipeline.code([source], store, coder=coders.quick, progress=interrupt)

    assert not store.is_reduced()
    assert 4 == len(store.read().claims)
    assert store.read().events == ()
    assert pipeline.read(store).events != ()
    assert 2 == pipeline.code([source], store, coder=coders.quick).texts_coded


def test_a_users_codebook_is_kept_with_the_record(tmp_path: Path, store: Store) -> None:
    """A record coded with a codebook of one's own is computed with it later, wherever the file is by then."""
    mine = tmp_path / "mine.toml"
    mine.write_text('extends = "plover-2.0"\nschema = 1\nname = "mine"\nversion = "1"\n')
    source = write(tmp_path / "a.jsonl", meetings(1))
    pipeline.code([source], store, coder=coders.quick, codebook=mine)
    content = mine.read_bytes()
    mine.unlink()
    run = store.latest_run()

    assert run is not None
    assert content == store.raw(dict(run.options)["codebook_file"])
    assert pipeline.reduce(store).events != ()
    assert 1 == pipeline.code([source], store, coder=coders.quick).texts_coded


def test_a_bad_codebook_is_refused_before_anything_is_read(tmp_path: Path, store: Store) -> None:
    """A codebook that breaks a rule stops the command with the file's name, and nothing is added."""
    mine = tmp_path / "mine.toml"
    mine.write_text("quad = 5")

    with pytest.raises(pipeline.CodebookError, match=r"mine\.toml"):
        pipeline.code([write(tmp_path / "a.jsonl", meetings(1))], store, coder=coders.quick, codebook=mine)
    assert () == store.read().reports


@pytest.fixture
def filled(tmp_path: Path, store: Store) -> Store:
    """A record of two texts with two claims each."""
    pipeline.code([write(tmp_path / "a.jsonl", meetings(2))], store, coder=coders.quick)
    return store


def test_a_rejected_claim_no_longer_counts(filled: Store) -> None:
    """A person's rejection takes a claim out of all events; the claim and the word on it are kept."""
    claim = filled.read().claims[0]
    record = pipeline.judge(filled, claim.id[:16], Decision.REJECT, **_NOTE)
    (word,) = filled.read().judgements

    assert claim.id not in {id_ for event in record.events for id_ in event.claims}
    assert claim in record.claims
    assert record == filled.read()
    assert (claim.id, claim.text, "Ada", "read both") == (word.claim, word.text, word.by, word.why)
    assert "met" in word.words
    assert [] == filled.verify()


def test_a_value_that_a_cell_cannot_take_is_refused_and_not_kept(filled: Store) -> None:
    """A judgement that nobody can compute with is refused in one line and leaves the record as it was."""
    before = filled.digest()

    with pytest.raises(StoreError, match="status"):
        pipeline.judge(filled, filled.read().claims[0].id, Decision.SET, "status", "sometimes", **_NOTE)
    assert before == filled.digest()


def test_a_record_as_of_a_day_is_computed_and_not_kept(filled: Store) -> None:
    """On the reports published up to that day."""
    before = filled.digest()

    assert () == pipeline.as_of(filled, dt.date(2018, 4, 26)).events
    assert filled.read().events
    assert {e.id for e in filled.read().events} == {e.id for e in pipeline.as_of(filled, dt.date(2018, 4, 27)).events}
    assert before == filled.digest()


def test_several_words_are_kept_all_or_none(filled: Store) -> None:
    """One that cannot be computed with stops them all."""
    first, second, *_ = filled.read().claims
    words = [
        Judgement(f"j{number}", claim.id, Decision.SET, "Ada", "2024-01-01", "why", "status", value)
        for number, (claim, value) in enumerate(((first, "planned"), (second, "sometimes")))
    ]
    with pytest.raises(StoreError, match="sometimes"):
        pipeline.decide(filled, words)

    assert () == filled.read().judgements
    pipeline.decide(filled, words[:1])
    assert (words[0],) == filled.read().judgements


def test_people_join_and_part_events(filled: Store) -> None:
    """Two claims held apart by a person are in two events; told the same, in one; by claim or event id."""
    first, second = (claim.id for claim in filled.read().claims[:2])
    apart = pipeline.link(filled, first, second, Verdict.NOT_SAME, **_NOTE)
    homes = [{event.id for event in apart.events if id_ in event.claims} for id_ in (first, second)]
    later = _NOTE | {"at": "2024-01-02T00:00:00+00:00"}
    together = pipeline.link(filled, first, second, Verdict.SAME, **later)

    assert homes[0] != homes[1]
    assert any({first, second} <= set(event.claims) for event in together.events)
    assert together == filled.read()


def test_an_event_is_linked_by_its_earliest_claim(filled: Store) -> None:
    """Linking events keeps a link between the claims they are named for."""
    first, second = (claim.id for claim in filled.read().claims[:2])
    pipeline.link(filled, first, second, Verdict.NOT_SAME, **_NOTE)
    one, two = (event.id for event in filled.read().events[:2])
    pipeline.link(filled, one[:8], two, Verdict.SAME, **_NOTE)

    word = next(link for link in filled.read().links if link.verdict is Verdict.SAME)
    assert [one, two] == [event_id(word.left), event_id(word.right)]


@pytest.mark.parametrize(("id_", "expected"), [("nobody", "no claim 'nobody'"), ("", "no claim ''")])
def test_an_id_that_names_nothing_is_refused(filled: Store, id_: str, expected: str) -> None:
    """An unknown or empty id is an error that repeats it."""
    with pytest.raises(StoreError, match=expected):
        pipeline.judge(filled, id_, Decision.ACCEPT, **_NOTE)


def test_an_ambiguous_id_is_refused(tmp_path: Path, store: Store) -> None:
    """The beginning of several ids names none; the error lists some of them."""
    pipeline.code([write(tmp_path / "a.jsonl", meetings(9))], store, coder=coders.quick)
    firsts = Counter(claim.id[0] for claim in store.read().claims)  # 18 ids begin with 16 digits

    with pytest.raises(StoreError, match=r"is not one claim: .*, .* begin with it"):
        pipeline.judge(store, firsts.most_common(1)[0][0], Decision.ACCEPT, **_NOTE)


def test_a_claim_is_not_linked_to_itself(filled: Store) -> None:
    """One claim on both sides is a slip, and refused."""
    claim = filled.read().claims[0].id

    with pytest.raises(StoreError, match="are the same claim"):
        pipeline.link(filled, claim, claim, Verdict.SAME, **_NOTE)


def test_a_record_that_changes_meanwhile_is_computed_again(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """When another program adds a word between reading and writing, the events are computed from both words."""
    claims = filled.read().claims
    calls: list[str] = []

    rules = reducing._rules

    def slow(store: Store) -> stepwise.Rules:
        calls.append("rules")
        if len(calls) == 2:  # the record is up to date, the word is not kept yet
            with Store.open(filled.path) as other:
                pipeline.judge(other, claims[0].id, Decision.REJECT, **_NOTE)
        return rules(store)

    monkeypatch.setattr(reducing, "_rules", slow)
    record = pipeline.judge(filled, claims[1].id, Decision.REJECT, **_NOTE)

    assert 2 == len(record.judgements)
    assert {claim.id for claim in claims[2:]} == {id_ for event in record.events for id_ in event.claims}


def test_a_word_is_kept_where_a_record_turns_to_one_computed_whole(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When another program codes an undated text between the steps and the word, the word is kept all the same."""
    serves = iter((True, False))
    monkeypatch.setattr(stepwise, "serves", lambda _: next(serves))
    claim = filled.read().claims[0]

    assert [claim.id] == [word.claim for word in pipeline.judge(filled, claim.id, Decision.REJECT, **_NOTE).judgements]


def test_a_word_kept_before_that_cannot_be_computed_with_can_be_taken_back(filled: Store) -> None:
    """Until then nothing is computed, in one line; the word that takes it back is kept, and all is computed."""
    wrong = Judgement("w", filled.read().claims[0].id, Decision.SET, "Ada", "2024-01-01", "why", "status", "sometimes")
    filled.add_judgement(wrong)
    with pytest.raises(StoreError, match="sometimes"):
        pipeline.bring_up(filled)
    pipeline.decide(filled, [said.withdrawal(wrong, said.Saying("Ada", "2024-01-02", "a slip"))])

    assert filled.is_reduced()
    assert () == filled.read().judgements


def test_the_outcome_of_an_own_coder_may_have_failures(tmp_path: Path, store: Store) -> None:
    """What an extractor did wrong is told and kept with the text, whose other claims count."""
    outcome = pipeline.code([write(tmp_path / "a.jsonl", meetings(1))], store, coder=coders.faulty)

    assert 2 == outcome.claims_new
    assert ["a.jsonl: an extractor broke a rule"] == [str(failure) for failure in outcome.failures]
    assert outcome.failures == store.read().failures
