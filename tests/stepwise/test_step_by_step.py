"""What a change touches is computed again, the rest is not; and the result is that of computing the record whole."""

import dataclasses
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from dragoman import ids, stepwise
from dragoman.reconcile.mass import Lot
from dragoman.reconcile.merging import Whole
from dragoman.reconcile.traits import Traits
from dragoman.stepwise import building, steps
from dragoman.stepwise.hand import Hand
from dragoman.storage import shelf_events
from dragoman.store import Store
from dragoman.types import Dating, Decision, Document, Interval, Judgement, Verdict
from steps import RULES, RUN, bring_up, opened, put, whole, written
from tellings import Telling, event_of, hold, record, reports, tell, word

VISIT = tell("CHN/Li Hui > RUS", "planned", "2023-05-15..2023-05-21", published="2023-05-12", content="to visit")
STOP = tell("CHN/Li Hui > RUS", "happened", "2023-05-26", published="2023-05-27", content="visited")
LATER_STOP = tell("CHN/Li Hui > RUS", "happened", "2023-05-26", published="2023-05-28", content="went there")
TOUR = tell("CHN/Li Hui > RUS+UKR+POL", "planned", published="2023-05-12", content="a tour of three")
DEMAND = tell(
    "FRA > TUR", "happened", "2023-05-16", published="2023-05-16", type_code="REQUEST", modes=(), content="asks"
)
REFUSAL = tell(
    "TUR > FRA", "happened", "2023-05-18", published="2023-05-18", type_code="REJECT", modes=(), content="no"
)
ELSEWHERE = tell("BRA > EGY", "happened", "2023-05-17", published="2023-05-17", content="met far away")
STANCES = [
    hold("CHN", "peace", "support", "talks without conditions", published="2023-05-12"),
    hold("CHN/Li Hui", "peace", "support", "talks without conditions, soon", published="2023-05-18"),
    hold("UKR", "peace", "oppose", "a ceasefire", published="2023-05-18"),
]
ALL = [VISIT, STOP, TOUR, DEMAND, REFUSAL, ELSEWHERE, *STANCES]


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty record."""
    with opened() as made:
        yield made


def judged(telling: Telling, decision: Decision, cell: str = "", value: str = "", at: str = "2024-01-01") -> Judgement:
    """A person's word on the claim of a telling."""
    bare = Judgement("", telling.claim.id, decision, "Ana", at, "seen", cell, value, telling.text.id)
    return dataclasses.replace(bare, id=ids.judgement_id(bare))


@pytest.mark.parametrize("order", [ALL, ALL[::-1], ALL[4:] + ALL[:4]])
def test_relations_positions_and_processes_follow(store: Store, order: list[Telling]) -> None:
    """A tour and its stop, a demand and its refusal, positions and processes: one by one as all at once."""
    for telling in order:
        put(store, [telling])
        bring_up(store)

    found = record(ALL)
    assert {"part_of", "responds_to"} <= {r.kind for event in found.events for r in event.relations}
    assert whole(found) == written(store)


def test_a_report_is_compared_with_its_blocks_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new report's claims meet what shares a party and a time with them, and only their events are written."""
    put(store, ALL)
    bring_up(store)
    read, compared, rewritten = [], [], set[str]()
    add, worth, write = Lot.add, Lot.worth, shelf_events.write

    def added(lot: Lot, act: Traits) -> int:
        read.append(set(act.codes))
        return add(lot, act)

    def scored(lot: Lot, ones: Whole, others: Whole) -> Whole:
        compared.append(len(ones))
        return worth(lot, ones, others)

    def wrote(
        connection: sa.Connection, table: sa.Table, new: list[dict[str, str]], gone: tuple[str, ...] = ()
    ) -> None:
        if table.name == "events":
            rewritten.update(row["id"] for row in new)
        write(connection, table, new, gone)

    monkeypatch.setattr(Lot, "add", added)
    monkeypatch.setattr(Lot, "worth", scored)
    monkeypatch.setattr(shelf_events, "write", wrote)
    late = tell("BRA > EGY", "happened", "2023-05-17", published="2023-05-18", content="met there, said another")
    put(store, [late])
    bring_up(store)

    assert ([{"BRA", "EGY"}, {"BRA", "EGY"}], [1]) == (read, compared)
    assert {event_of(record([*ALL, late]), ELSEWHERE).id} == rewritten
    assert whole(record([*ALL, late])) == written(store)


@pytest.mark.parametrize(("day", "part"), [("2023-07-04", True), ("2023-07-06", False)])
def test_a_meeting_long_after_is_still_of_the_visit(store: Store, day: str, part: bool) -> None:
    """The farthest a plan reaches, 45 days behind its window, and no farther, found by steps as by the whole."""
    visit = tell("CHN/Li Hui > RUS", "planned", "2023-05-15..2023-05-21", published="2023-05-12", content="to travel")
    met = tell("CHN/Li Hui > RUS/Sergei Ryabkov", "happened", day, published=day, modes=(), content="sat together")
    for telling in (met, visit, ELSEWHERE):
        put(store, [telling])
        bring_up(store)

    found = record([met, visit, ELSEWHERE])
    assert part == ("part_of" in {r.kind for r in event_of(found, met).relations})
    assert whole(found) == written(store)


def test_judgements_and_their_withdrawal_follow(store: Store) -> None:
    """A cell set, a claim rejected, and the rejection taken back."""
    put(store, ALL)
    bring_up(store)
    words = [judged(VISIT, Decision.SET, "place", "Moscow (RUS)"), judged(STOP, Decision.REJECT)]
    words.append(judged(STOP, Decision.WITHDRAW, value=words[1].id, at="2024-01-02"))
    for number, judgement in enumerate(words, 1):
        store.add_judgement(judgement)
        bring_up(store)

        assert whole(record(ALL, judgements=words[:number])) == written(store)


def test_a_link_joins_and_parts(store: Store) -> None:
    """Two events linked by a person are one, and after another word two again; the id that went leads to the other."""
    put(store, ALL)
    bring_up(store)
    gone = event_of(record(ALL), REFUSAL).id
    for number, verdict in enumerate((Verdict.SAME, Verdict.NOT_SAME), 1):
        store.add_link(word(DEMAND, REFUSAL, verdict, at=f"2024-01-0{number}"))
        store.add_link(word(VISIT, STOP, verdict, at=f"2024-01-0{number}"))
        bring_up(store)
        known = store.words_of_people()[1]

        assert whole(record(ALL, known)) == written(store)
        assert (gone in store.redirects) == (verdict is Verdict.SAME)


def test_a_text_coded_again_loses_its_old_claims(store: Store) -> None:
    """Claims of an earlier run are not counted, and what they held together falls apart."""
    between = tell("CHN/Li Hui > RUS", "happened", "2023-05-26", published="2023-05-26", content="visited, it is said")
    put(store, [*ALL, between])
    bring_up(store)
    store.finish_text(between.text.id, dataclasses.replace(RUN, id="s" * 32), [], None)
    bring_up(store)

    assert whole(record(ALL)) == written(store)


def test_another_report_of_a_known_text_counts(store: Store) -> None:
    """Printed again, on an earlier day by another outlet: days, outlets and ids of events follow."""
    put(store, ALL)
    bring_up(store)
    again = dataclasses.replace(ELSEWHERE, reports=reports(ELSEWHERE.text, "2023-05-10", ("TASS",)))
    store.add_documents([])
    put(store, [again])
    bring_up(store)

    both = dataclasses.replace(ELSEWHERE, reports=(*ELSEWHERE.reports, *again.reports))
    assert whole(record([both if item is ELSEWHERE else item for item in ALL])) == written(store)


def test_copies_are_one_report_whichever_comes_first(store: Store) -> None:
    """A longer print that comes later takes the place of what it was cut from."""
    said = (
        "The envoy arrived by train on Friday and met nobody at all, so the ministry said that evening in the capital. "
    )
    short = tell("CHN > RUS", published="2023-05-26", outlets=("The Daily",), content=said + "Nobody knew why he came.")
    long = tell(
        "CHN > RUS", published="2023-05-27", outlets=("TASS",),
        content=said + "Nobody knew why he came. He left again by the night train, without a word to anyone.",
    )  # fmt: skip
    for telling in (short, long):
        put(store, [telling])
        bring_up(store)

    assert whole(record([short, long])) == written(store)


def test_stopping_after_any_step_loses_nothing(store: Store) -> None:
    """Between steps reports may come and the program may end; in the end the record is the same."""
    put(store, ALL[:4])
    for telling in ALL[4:]:
        bring_up(store, most=2)
        put(store, [telling])
    assert not store.is_reduced()
    bring_up(store)

    assert store.is_reduced()
    assert whole(record(ALL)) == written(store)


def test_other_rules_compute_all_anew(store: Store) -> None:
    """A shelf made with other tables is not used, and what was computed without one is taken over."""
    put(store, ALL)
    store.replace_derived(dataclasses.replace(store.read(), events=record(ALL[:2]).events))
    bring_up(store)
    before = bring_up(store)
    anew = bring_up(store, dataclasses.replace(RULES, made_with="other tests"))

    assert 1 == before < anew
    assert whole(record(ALL)) == written(store)


def test_what_is_up_to_date_is_not_computed_with_and_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes are found once; a record in the midst of steps is not up to date, though no text was coded."""
    follow, followed = building.follow, list[Hand]()

    def counted(hand: Hand) -> None:
        followed.append(hand)
        follow(hand)

    monkeypatch.setattr(building, "follow", counted)
    put(store, ALL)
    for _ in range(2):
        bring_up(store)
    assert 1 == len(followed)

    (again,) = reports(ELSEWHERE.text, "2023-05-20", ("TASS",))
    store.add_document(Document(again, ELSEWHERE.text, b"met far away", "text/plain", "tests"))
    bring_up(store, most=1)
    assert not store.is_reduced()
    bring_up(store)
    assert store.is_reduced()


def test_ids_lead_on_though_texts_are_coded_again_in_several_steps(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An event loses the claim it was named for, and its other claim is taken up later than the rest."""
    first, rest = (
        dataclasses.replace(telling, claim=dataclasses.replace(telling.claim, id=id_ * 32))
        for telling, id_ in ((STOP, "0"), (LATER_STOP, "f"))
    )
    others = [ELSEWHERE, DEMAND, REFUSAL]
    put(store, [first, rest, *others])
    bring_up(store)
    gone = ids.event_id(first.claim.id)
    assert {first.claim.id, rest.claim.id} == {c for e in store.read().events if e.id == gone for c in e.claims}

    monkeypatch.setattr(steps, "_CLAIMS", 1)
    anew = dataclasses.replace(RUN, id="s" * 32)
    store.finish_text(first.text.id, anew, [], None)
    put(store, [rest, *others], anew)
    bring_up(store)

    assert {gone: ids.event_id(rest.claim.id)} == store.redirects
    assert whole(record([rest, *others])) == written(store)


def test_the_hash_over_what_is_computed_follows(store: Store) -> None:
    """After steps the hash is that of all rows; a row changed behind the store's back is found."""
    for telling in ALL:
        put(store, [telling])
        bring_up(store)
    wrong = "events, positions: not what was computed; `dragoman code` computes them again"

    assert wrong not in store.verify()
    with store.stepping() as connection:
        connection.exec_driver_sql("UPDATE events SET status = 'planned' WHERE status = 'happened'")
    assert wrong in store.verify()


def test_undated_texts_are_not_for_steps(store: Store) -> None:
    """Where a text's day is found by its events, the record is computed whole."""
    undated = tell("CHN > RUS", content="met on a Friday")
    put(store, ALL)
    with store.stepping() as connection:
        assert stepwise.serves(connection)
    put(store, [undated])
    store.finish_text(
        undated.text.id,
        dataclasses.replace(RUN, id="s" * 32),
        [undated.claim],
        Dating(undated.text.id, (), Interval(), ()),
    )
    with store.stepping() as connection:
        assert not stepwise.serves(connection)
