"""What two records differ in, and why: each sort of change and of reason on small records."""

import dataclasses
import datetime as dt

import pytest

import example_record as example
from dragoman.differences import Cause, Change, How, compare
from dragoman.types import (
    Cell,
    Claim,
    Course,
    Dating,
    Decision,
    Event,
    Judgement,
    Link,
    Place,
    Record,
    Run,
    Standing,
    Status,
    Verdict,
)
from given import RUN, claim, event, report, text

FIRST, SECOND, THIRD = (text(words) for words in ("They met in the port.", "A meeting was held.", "Talks took place."))
A, B, C = (claim(of, 0, len(of.content)) for of in (FIRST, SECOND, THIRD))
OTHER_RUN = dataclasses.replace(RUN, id="1" * 32, version="2", codebook="f" * 64)
BOTH_RUNS = (RUN, OTHER_RUN)


def record(*events: Event, claims: tuple[Claim, ...] = (A, B), **more: object) -> Record:
    """A record of these events and claims, with the texts and reports that the claims are of."""
    texts = [of for of in (FIRST, SECOND, THIRD) if any(one.text == of.id for one in claims)]
    reports = tuple(report(of, f"doc-{(FIRST, SECOND, THIRD).index(of)}") for of in texts)
    made = Record(reports=reports, texts=tuple(texts), claims=claims, events=events)
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]


def causes(change: Change[Event]) -> list[Cause]:
    """The sorts of its reasons."""
    return [reason.cause for reason in change.why]


def with_act(of: Event, **cells: object) -> Event:
    """An event with other cells."""
    return dataclasses.replace(of, act=dataclasses.replace(of.act, **cells))  # type: ignore[arg-type]


APART = record(event([A]), event([B]))


def test_a_record_and_itself_differ_in_nothing() -> None:
    """Nor do two that hold the same in another order; another run alone is told and is no difference."""
    held = example.RECORD
    turned = dataclasses.replace(
        held,
        **{name: tuple(reversed(getattr(held, name))) for name in ("reports", "texts", "claims", "events")},
    )

    assert not compare(held, held).any
    assert not compare(held, turned).any
    assert not compare(held, held, BOTH_RUNS).any
    assert ("version", "codebook") == compare(held, held, BOTH_RUNS).run


def test_a_new_report_brings_a_new_event() -> None:
    """And the other way round takes it away; the reason names the document."""
    more = record(event([A]), event([B]), event([C]), claims=(A, B, C))
    (new,), (gone,) = compare(APART, more).events, compare(more, APART).events

    assert (How.NEW, (), (event([C]),)) == (new.how, new.old, new.new)
    assert "new report doc-2" == new.why[0].words
    assert (How.GONE, (event([C]),), ()) == (gone.how, gone.old, gone.new)
    assert "no longer held: report doc-2" == gone.why[0].words
    assert (C.id,) == compare(APART, more).claims_new


def test_a_persons_link_merges_two_events() -> None:
    """The reason is the person's word and says why; taken back, the events are split again."""
    word = Link(A.id, B.id, Verdict.SAME, 1.0, ("told twice",), "Ana", "2024-01-01T00:00:00Z", person=True)
    joined = record(event([A, B]), links=(word,))
    merged, split = compare(APART, joined), compare(joined, APART)

    assert [How.MERGED] == [one.how for one in merged.events]
    assert "Ana: same (told twice)" == merged.events[0].why[0].words
    assert [Cause.PERSON] == causes(merged.events[0])
    assert (word,) == merged.words_new
    assert [How.SPLIT] == [one.how for one in split.events]
    assert "no longer counts: Ana: same (told twice)" == split.events[0].why[0].words


def test_merged_without_a_reason_is_said_so() -> None:
    """The same claims, reports and words; with another run the run is named."""
    joined = record(event([A, B]))

    assert ["the same claims, merged otherwise"] == [one.words for one in compare(APART, joined).events[0].why]
    assert "(version, codebook)" in compare(APART, joined, BOTH_RUNS).events[0].why[0].words


def test_claims_that_change_places_are_regrouped() -> None:
    """Two events of two, neither merged nor split alone."""
    claims = (A, B, C)
    (change,) = compare(
        record(event([A, B]), event([C]), claims=claims), record(event([A]), event([B, C]), claims=claims)
    ).events

    assert How.REGROUPED is change.how
    assert (2, 2) == (len(change.old), len(change.new))


def test_an_event_is_known_by_its_claims_and_not_its_id() -> None:
    """An earlier report that gives an event its id changes it and makes none."""
    (change,) = compare(record(event([A]), claims=(A,)), record(event([B, A]))).events

    assert How.CHANGED is change.how
    assert change.old[0].id != change.new[0].id
    assert (B.id,) == change.claims_new


@pytest.mark.parametrize(
    ("cell", "other"),
    [
        ("type", {"type": "AGREE"}),
        ("modes", {"modes": ("visit",)}),
        ("status", {"status": Cell(Status.PLANNED, A.evidence)}),
        ("participants", {"participations": example.VISIT.participations}),
        ("date", {"date": example.VISIT.date}),
        ("place", {"place": Cell(Place("Port Sana", "SAN"), reason="named")}),
        ("contexts", {"contexts": ("military",)}),
        ("cameo", {"cameo": "042"}),
    ],
)
def test_a_cell_that_changed_is_named(cell: str, other: dict[str, object]) -> None:
    """It alone; and nothing is named where only its words or its reason are others."""
    old, new = record(event([A])), record(with_act(event([A]), **other))
    (change,) = compare(old, new).events

    assert (cell,) == change.cells
    assert How.CHANGED is change.how
    reworded = record(with_act(event([A]), date=Cell(reason="read again"), place=Cell(reason="read again")))
    assert not compare(old, reworded).any


def test_a_person_set_a_cell() -> None:
    """The judgement is the reason, where it is on a claim of the event and on no other."""
    words = [
        Judgement(key, of.id, Decision.SET, "Ben", "2024-01-01T00:00:00Z", "not yet", "status", "planned")
        for key, of in (("j1", A), ("j2", B))
    ]
    planned = with_act(event([A]), status=Cell(Status.PLANNED, A.evidence))
    (change,) = compare(APART, record(planned, event([B]), judgements=tuple(words))).events

    assert ("status",) == change.cells
    assert ["Ben: set status=planned (not yet)"] == [one.words for one in change.why]


def test_coded_again_an_event_stays_one_though_its_claims_have_other_ids() -> None:
    """Where the claims stand on the same words; the reason names what the runs differ in."""
    again = claim(FIRST, 0, len(FIRST.content), act="AGREE")
    (change,) = compare(record(event([A]), claims=(A,)), record(event([again]), claims=(again,)), BOTH_RUNS).events

    assert (How.CHANGED, ("type",)) == (change.how, change.cells)
    assert [Cause.CODING] == causes(change)
    assert "other claims in the same texts: 1 new, 1 gone; coded by another run (version, codebook)" == (
        change.why[0].words
    )


def test_words_that_tell_two_acts_tie_nothing() -> None:
    """Of two claims on one trigger nobody can say which became which: gone and new."""
    agree, demand = (claim(FIRST, 0, 9, act=act) for act in ("AGREE", "REQUEST"))
    first, second = (claim(FIRST, 0, 9, act=act) for act in ("CONSULT", "ACCUSE"))
    changes = compare(
        record(event([first]), event([second]), claims=(first, second)),
        record(event([agree]), event([demand]), claims=(agree, demand)),
    ).events

    assert [How.GONE, How.GONE, How.NEW, How.NEW] == sorted(one.how for one in changes)


def test_a_plan_lapses_with_the_day_of_the_newest_report() -> None:
    """A standing that changed with no claim of the event is laid to that day."""
    lapsed = dataclasses.replace(event([A]), standing=Standing(Course.LAPSED, (), ()))
    late = record(lapsed, event([B]), event([C]), claims=(A, B, C))
    later = [dataclasses.replace(one, published=dt.date(2019, 1, 1)) for one in late.reports if one.text == THIRD.id]
    late = dataclasses.replace(late, reports=(*(one for one in late.reports if one.text != THIRD.id), *later))
    change = next(one for one in compare(APART, late).events if one.how is How.CHANGED)

    assert ("standing",) == change.cells
    assert [Cause.DAY] == causes(change)
    assert "2019-01-01, before of 2018-04-27" in change.why[0].words


def test_the_newest_day_is_of_the_reports_that_claims_are_of() -> None:
    """The latest of them, not the first; a later report that nothing was read from does not count."""
    lapsed = dataclasses.replace(event([A]), standing=Standing(Course.LAPSED, (), ()))
    late = record(lapsed, event([B]), event([C]), claims=(A, B, C))
    days = {THIRD.id: dt.date(2018, 6, 9), SECOND.id: dt.date(2018, 4, 27), FIRST.id: dt.date(2018, 4, 27)}
    reports = [dataclasses.replace(one, published=days[one.text]) for one in late.reports]
    silent = dataclasses.replace(report(text("Nothing was read here."), "doc-9"), published=dt.date(2019, 1, 1))
    undated = dataclasses.replace(report(THIRD, "doc-8"), published=None)
    late = dataclasses.replace(late, reports=(*reports, silent, undated))
    change = next(one for one in compare(APART, late).events if one.how is How.CHANGED)

    assert "the newest report is of 2018-06-09, before of 2018-04-27" in change.why[0].words


def test_other_days_of_an_undated_report_are_a_reason() -> None:
    """The candidates of its text differ."""
    days = Dating(FIRST.id, (), example.days(example.MONDAY), ())
    dated = record(with_act(event([A]), date=example.VISIT.date), event([B]), datings=(days,))
    (change,) = compare(APART, dated).events

    assert [Cause.DATING] == causes(change)


def test_positions_are_compared_by_their_cells() -> None:
    """Changed where they share claims, new and gone where they do not."""
    held = example.RECORD
    firmer = dataclasses.replace(example.POSITION, id="p9", condition="")
    (change,) = compare(held, dataclasses.replace(held, positions=(firmer,))).positions
    (gone,) = compare(held, dataclasses.replace(held, positions=())).positions

    assert (How.CHANGED, ("condition",)) == (change.how, change.cells)
    assert How.GONE is gone.how


def test_accounts_and_support_are_cells() -> None:
    """A voice that went, and the support of a cell other than that it happened."""
    held = example.E_VISIT
    support = dataclasses.replace(held.standing.support[0], cell="date")
    standing = dataclasses.replace(held.standing, support=(*held.standing.support, support))
    less = dataclasses.replace(held, accounts=held.accounts[:1], differing=(), standing=standing)
    events = (less, example.E_DEMAND, example.E_MEETING)
    (change,) = compare(example.RECORD, dataclasses.replace(example.RECORD, events=events)).events

    assert ("support of date", "accounts", "differing") == change.cells


def test_runs_that_are_not_known_are_not_compared() -> None:
    """One of two unknown is a difference of runs, both unknown none."""
    assert () == compare(APART, APART, (None, None)).run
    assert ("run",) == compare(APART, APART, (None, RUN)).run
    options = Run("", "1", (), (), "", "", options=(("code", "x"),))
    assert ("code",) == compare(APART, APART, (RUN, options)).run
