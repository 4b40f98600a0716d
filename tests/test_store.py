"""The store: adds once, changes nothing, keeps the ledger of coding, redirects events, serves several at once."""

import dataclasses
import datetime as dt
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from dragoman.coding import order
from dragoman.ids import event_id, judgement_id
from dragoman.storage import rows
from dragoman.storage.schema import APPEND_ONLY
from dragoman.store import Store, StoreError
from dragoman.types import Dating, Decision, Failure, Interval, Judgement, Link, Record, Report, Verdict
from given import RUN, claim, document, event, report, text


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty record."""
    with Store.open(tmp_path / "r.db", create=True) as opened:
        yield opened


def count(store: Store, table: str) -> int:
    """The rows of a table."""
    with sqlite3.connect(store.path) as connection:
        rows_there: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    connection.close()
    return rows_there


def filled(store: Store, n: int = 2) -> list[str]:
    """Code ``n`` texts of one claim each; the claims' ids."""
    made = []
    for i in range(n):
        one = document(f"They met {i} times.", str(i), raw=str(i).encode())
        store.add_document(one)
        made.append(claim(one.text, 0, 8))
        store.finish_text(one.text.id, RUN, [made[-1]], None)
    return [one.id for one in made]


def test_a_document_is_added_once(store: Store) -> None:
    """Adding the same document again says so and adds no row."""
    one = document("They met.")

    assert store.add_document(one)
    assert not store.add_document(one)
    assert [1, 1, 1] == [count(store, table) for table in ("texts", "raws", "reports")]


def test_one_text_in_several_reports_is_stored_once(store: Store) -> None:
    """A syndicated text is one text; all its reports are kept, the earliest first and undated ones last."""
    days = {"b": "2018-05-02", "a": "", "c": "2018-05-01"}
    added = store.add_documents([document("They met.", name, published=day) for name, day in days.items()])

    assert [(True, True), (True, False), (True, False)] == added
    assert ["c", "b", "a"] == [found.document for found in store.reports_of(text("They met.").id)]
    assert text("They met.") == store.text(text("They met.").id)


def test_a_report_comes_back_as_it_was(store: Store) -> None:
    """Every field of a report survives, and the bytes it was found in are kept beside it."""
    of = text("Title\n\nThey met.")
    day = dt.date(2018, 4, 27)
    one = Report(
        "r", of.id, "d", "o", day, "27 April", "now", "Title", "http://a", "SEOUL", "AP", "en", "f.txt", body_at=7
    )
    raw = "Tïtle".encode()
    store.add_document(dataclasses.replace(document("x", raw=raw), report=one, text=of))

    assert (one,) == store.read().reports
    assert raw == store.raw(store.add_raw(raw, "text/plain"))


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET rowid = rowid", "DELETE FROM {0}"])
def test_what_was_said_cannot_be_changed(store: Store, table: str, statement: str) -> None:
    """The file itself refuses to change or delete a row of an append-only table, whoever asks."""
    first, second = filled(store)
    store.add_link(Link(first, second, Verdict.SAME, 1.0, ("seen",), "Ada", person=True))
    store.add_judgement(Judgement("j", first, Decision.ACCEPT, "Ada", "", ""))
    connection = sqlite3.connect(store.path)

    with pytest.raises(sqlite3.IntegrityError, match=f"{table} are kept as they are"):
        connection.execute(statement.format(table))
    connection.close()


def test_a_text_is_coded_once_by_a_run(store: Store) -> None:
    """A coded text is no longer to be coded; coding it again adds nothing."""
    one = document("They met.")
    store.add_document(one)

    assert [one.text.id] == list(store.texts_to_code(RUN))
    assert store.finish_text(one.text.id, RUN, [claim(one.text, 0, 8)], None)
    assert not store.finish_text(one.text.id, RUN, [claim(one.text, 0, 4)], None)
    assert [] == list(store.texts_to_code(RUN))
    assert (claim(one.text, 0, 8),) == store.read().claims


def test_an_earlier_report_has_its_text_coded_again(store: Store) -> None:
    """The day "today" means changes when an earlier report of a text turns up, so the text is coded anew."""
    late, early = (document("They met.", day, published=day) for day in ("2018-05-02", "2018-05-01"))
    store.add_document(late)
    store.finish_text(late.text.id, RUN, [claim(late.text, 0, 8, origin="late")], None)
    store.add_document(early)

    assert [late.text.id] == list(store.texts_to_code(RUN))
    store.finish_text(late.text.id, RUN, [claim(late.text, 0, 8, origin="early")], None)
    assert ["early"] == [one.origin for one in store.read().claims]
    assert 2 == count(store, "claims")


def test_a_later_copy_does_not_have_its_text_coded_again(store: Store) -> None:
    """A report that is not the first of its text changes nothing in how it is read."""
    early, late = (document("They met.", day, published=day) for day in ("2018-05-01", "2018-05-02"))
    store.add_document(early)
    store.finish_text(early.text.id, RUN, [], None)
    store.add_document(late)

    assert [] == list(store.texts_to_code(RUN))


@examples(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "2018-05-01", "2018-05-02"])), min_size=1))
def test_the_file_and_the_program_agree_on_the_first_report(made: list[tuple[str, str]]) -> None:
    """The statement that finds texts to code takes the same report for the first as ``order`` does."""
    reports = [report(text("x"), name, published=day) for name, day in made]
    keys = [order(one) for one in reports]

    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE r (id, published)")
        connection.executemany("INSERT INTO r VALUES (?, ?)", [(r.id, str(r.published or "") or None) for r in reports])
        first = connection.execute("SELECT id FROM r ORDER BY published IS NULL, published, id").fetchone()[0]
    connection.close()
    assert min(keys)[2] == first


def test_a_text_set_aside_is_not_taken_up_again_unless_asked(store: Store) -> None:
    """A text that could not be coded counts as done, with its reason, until a retry succeeds."""
    one = document("They met.")
    store.add_document(one)
    store.quarantine(one.text.id, RUN, Failure("a", "killed its worker", stage="code"))

    assert [] == list(store.texts_to_code(RUN))
    assert [one.text.id] == list(store.texts_to_code(RUN, retry=True))
    assert ["a: killed its worker"] == [str(failure) for failure in store.read().failures]
    assert 1 == store.set_aside()
    assert store.finish_text(one.text.id, RUN, [claim(one.text, 0, 8)], None)
    assert () == store.read().failures
    assert 0 == store.set_aside()


def test_languages_that_nobody_reads_are_kept_and_counted(store: Store) -> None:
    """A text in an unserved language is stored, not to be coded, and counted under its language."""
    store.add_documents([document("Sie trafen sich.", "d", language="de"), document("They met.", "e")])

    assert [text("They met.").id] == list(store.texts_to_code(RUN, languages=["en"]))
    assert (("de", 1),) == store.unserved(["en"])


def test_the_latest_run_is_the_current_one_and_older_claims_stay(store: Store) -> None:
    """Claims of an older run are kept and not counted; going back to that run counts them again without coding."""
    first = filled(store, 1)
    newer = dataclasses.replace(RUN, id="1" * 32)
    of = store.read().texts[0]
    store.finish_text(of.id, newer, [claim(of, 0, 4)], None)
    store.settle(newer)

    assert [claim(of, 0, 4).id] == [one.id for one in store.read().claims]
    assert newer == store.latest_run()
    store.settle(RUN)
    assert first == [one.id for one in store.read().claims]
    assert 2 == count(store, "claims")


def test_failures_that_were_put_right_are_forgotten(store: Store) -> None:
    """Reading a folder again keeps the failures it still has, and those of other folders."""
    bad = [Failure("in/a.txt", "empty"), Failure("in/b.json", "not JSON", line=7), Failure("inner/c.txt", "empty")]
    for failure in bad:
        store.add_failure(failure)
    store.settle_failures(["in"], bad[1:2])

    assert bad[1:] == list(store.read().failures)


def test_words_of_people_are_kept_once(store: Store) -> None:
    """The same link or judgement twice is one; they come back in the order they were given."""
    first, second = filled(store)
    link = Link(first, second, Verdict.NOT_SAME, 1.0, ("two days",), "Ada", "2024-01-02", person=True)
    bare = Judgement("", first, Decision.REJECT, "Ada", "2024-01-01", "a rumour")
    judgement = dataclasses.replace(bare, id=judgement_id(bare))

    assert [True, False] == [store.add_link(link), store.add_link(link)]
    assert [True, False] == [store.add_judgement(judgement), store.add_judgement(judgement)]
    assert (link,) == store.read().links
    assert (judgement,) == store.read().judgements


def test_the_computed_part_comes_back(store: Store) -> None:
    """Events and datings are read as they were computed; the record knows whether they are up to date."""
    filled(store)
    inputs, generation = store.inputs()
    dating = Dating(inputs.texts[0].id, ((dt.date(2018, 5, 1), ("Tuesday",)),), Interval(), ("a weekday",))
    computed = dataclasses.replace(inputs, events=(event(inputs.claims[:1]),), datings=(dating,))

    assert not store.is_reduced()
    assert computed == store.replace_derived(computed, generation=generation)
    assert store.is_reduced()
    assert computed == store.read()


def test_what_is_computed_of_an_older_state_is_refused(store: Store) -> None:
    """Events computed before another program added a claim do not replace anything, nor is their word kept."""
    first, second = filled(store)
    inputs, generation = store.inputs()
    filled(store, 3)
    word = Link(first, second, Verdict.SAME, 1.0, ("seen",), "Ada", person=True)

    assert store.replace_derived(inputs, generation=generation, words=[word]) is None
    assert () == store.read().links


def test_ids_of_events_that_were_merged_lead_on(store: Store) -> None:
    """The id of an event that went up in another leads to it, and the event says what it was called."""
    filled(store)
    inputs, _ = store.inputs()
    one, two = inputs.claims
    store.replace_derived(dataclasses.replace(inputs, events=(event([one]), event([two]))))
    store.replace_derived(dataclasses.replace(inputs, events=(event([one, two]),)))

    assert {event_id(two.id): event_id(one.id)} == store.redirects
    assert [(event_id(two.id),)] == [found.former_ids for found in store.read().events]


@pytest.mark.parametrize(
    ("old", "new", "known", "expected"),
    [
        ({"a": "ab"}, {"z": "zab"}, {}, {"a": "z"}),
        ({"a": "ab"}, {"z": "za", "b": "b"}, {}, {"a": "z"}),
        ({"x": "abc"}, {"a": "a", "b": "bc"}, {}, {"x": "b"}),
        ({"x": "ab"}, {"a": "a", "b": "b"}, {}, {"x": "a"}),
        ({"a": "ab"}, {"c": "c"}, {}, {}),
        ({"b": "b"}, {"a": "ab"}, {"c": "b"}, {"b": "a", "c": "a"}),
        ({"a": "ab"}, {"a": "a", "b": "b"}, {"b": "a"}, {}),
    ],
    ids=["renamed", "named-for", "most", "tie", "gone", "chain", "revived"],
)
def test_redirects(
    old: dict[str, str],
    new: dict[str, str],
    known: dict[str, str],
    expected: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An old id leads to the event with the claim it was named for, else with most of its claims; no id leads twice."""
    monkeypatch.setattr(rows, "event_id", lambda claim: claim)
    base = event([claim(text("They met."), 0, 8)])
    events = [dataclasses.replace(base, id=id_, claims=tuple(claims)) for id_, claims in new.items()]

    assert expected == rows.redirects({id_: tuple(claims) for id_, claims in old.items()}, events, known)


def test_the_digest_tells_records_apart_and_not_their_histories(tmp_path: Path) -> None:
    """Two records with the same content in another order have one digest; another claim gives another."""
    digests: list[str] = []
    for order_ in ((0, 1), (1, 0), (0,)):
        with Store.open(tmp_path / f"{len(digests)}.db", create=True) as store:
            for i in order_:
                one = document(f"They met {i} times.", str(i), raw=str(i).encode())
                store.add_document(one)
                store.finish_text(one.text.id, RUN, [claim(one.text, 0, 8)], None)
            digests.append(store.digest())

    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


def test_several_writers_wait_for_each_other(store: Store) -> None:
    """Four writers at once all get their turn and nothing is lost."""
    troubles: list[StoreError] = []

    def write(name: str) -> None:
        try:
            with Store.open(store.path) as own:
                for i in range(15):
                    own.add_failure(Failure(name, str(i)))
        except StoreError as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [] == troubles
    assert 60 == len(store.read().failures)


def test_a_writer_that_never_ends_is_named(store: Store) -> None:
    """Who cannot write because another program holds the record is told so in a sentence with what to do."""
    holder = sqlite3.connect(store.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with Store.open(store.path, patience=0.01) as other, pytest.raises(StoreError, match="another program is writing"):
        other.add_failure(Failure("a", "b"))
    holder.close()


def test_a_full_disk_loses_nothing_that_was_acknowledged(store: Store) -> None:
    """When the disk is full the error says so in one line, and what was added before is there."""
    store.add_document(document("They met."))
    store._engine.dispose()
    with store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    with pytest.raises(StoreError, match="the disk is full: make room") as caught:
        store.add_document(document("They met again. " * 9999, "b"))
    assert "\n" not in str(caught.value)
    assert 1 == len(store.read().reports)
    assert [] == store.verify()


def test_an_empty_record_is_empty(store: Store) -> None:
    """A new record reads as one with nothing in it."""
    assert Record() == store.read()
    assert [] == store.verify()
