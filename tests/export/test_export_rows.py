"""The rows of every export, on a record built by hand."""

import dataclasses
import datetime as dt
import json
import re
from pathlib import Path

import pytest

import example_record as example
from dragoman import jsonform, plugins
from dragoman.export import claims, events, positions, statements
from dragoman.export.envoys import called
from dragoman.export.forms import Format
from dragoman.lookup import look_up
from dragoman.types import (
    ActorKind,
    Basis,
    Cell,
    Claim,
    Decision,
    Event,
    Interval,
    Judgement,
    Participation,
    Party,
    Record,
    Role,
    Says,
    Span,
    Speaker,
    Status,
    Text,
    Voice,
)

DOCS = Path(__file__).resolve().parents[2] / "docs" / "export.md"


def test_claims_has_a_line_for_every_report_of_a_text() -> None:
    """A text in two outlets gives a line for each of their documents, all of one event."""
    rows = [row for row in claims.rows(example.RECORD) if row["event"] == example.E_VISIT.id]

    assert [row["document"] for row in rows] == ["daily-1", "gazette-1", "weekly-1"]


def test_a_claim_row_has_the_shape_of_the_benchmark() -> None:
    """Visitor and host are actor and recipient, an observer is neither; words, names, codes and days as read."""
    row = next(iter(claims.rows(example.RECORD)))

    assert row["actors"] == [{"text": "Mara Lind", "name": "Mara Lind", "code": "NOR", "sector": "GOV"}]
    assert row["recipients"] == [{"text": "Oto Beran", "name": "Oto Beran", "code": "SAN", "sector": "GOV"}]
    assert (row["type"], row["mode"], row["status"]) == ("CONSULT", ["visit"], "happened")
    assert tuple(row["date"][k] for k in ("start", "end", "basis")) == ("2018-06-04", "2018-06-04", "relative")
    assert row["place"] == {"name": "Port Sana", "country": "SAN"}
    assert row["voices"] == ["Norland Foreign Ministry"]
    assert row["quote"] == "Envoy Mara Lind visited Port Sana on Monday"
    assert row["filled"] == []


def test_cells_that_a_document_leaves_open_are_filled_from_the_event() -> None:
    """The plan names no place, envoy or mode: the event does, and the row says so; its day stays open, as a plan's."""
    rows = list(claims.rows(example.RECORD))
    row = next(row for row in rows if (row["document"], row["status"]) == ("weekly-1", "planned"))

    assert row["filled"] == ["name", "mode", "place"]
    assert row["date"] is None
    assert row["place"] == {"name": "Port Sana", "country": "SAN"}
    assert row["actors"] == [{"text": "envoy", "name": "Mara Lind", "code": "NOR", "sector": "GOV"}]
    assert row["recipients"] == []


def test_a_deed_without_a_day_is_dated_from_the_event() -> None:
    """A report that tells the deed and no day has the event's, as background."""
    act = dataclasses.replace(example.PLAN, status=Cell(Status.HAPPENED, None, "told as done"))
    undated = dataclasses.replace(example.C_PLAN, content=act)
    (row,) = claims.rows(dataclasses.replace(example.RECORD, claims=(undated,)))

    assert "date" in row["filled"]
    assert (row["date"]["start"], row["date"]["basis"]) == ("2018-06-04", "background")


def test_of_several_days_of_a_document_the_one_that_words_tell_is_written() -> None:
    """Before the day of publication, though that stands in the better claim; words that give no day do not count."""
    told = [
        dataclasses.replace(example.C_VISIT, id=key * 16, confidence=sure, content=dataclasses.replace(
            example.VISIT, date=Cell(day, example.VISIT.date.span, "a test"), participations=(*parts,),
        ))
        for key, sure, day, parts in (
            ("a1", 0.9, Interval(basis=Basis.EXPLICIT), example.VISIT.participations),
            ("b2", 0.8, example.days(dt.date(2018, 6, 9), basis=Basis.PUBLICATION), example.VISIT.participations),
            ("c3", 0.7, example.days(example.MONDAY), ()),
        )
    ]  # fmt: skip
    event = dataclasses.replace(example.E_VISIT, claims=tuple(claim.id for claim in told))
    record = dataclasses.replace(example.RECORD, claims=tuple(told), events=(event,), judgements=())

    assert {(row["date"]["start"], tuple(row["filled"])) for row in claims.rows(record)} == {("2018-06-04", ())}
    without = dataclasses.replace(record, claims=tuple(told[:2]))
    assert {row["date"]["start"] for row in claims.rows(without)} == {"2018-06-09"}


@pytest.mark.parametrize(("day", "start"), [(5, "2018-06-04"), (7, "2018-06-04"), (8, "2018-06-08"), (3, "2018-06-03")])
def test_a_report_of_the_days_after_has_the_day_that_others_state(day: int, start: str) -> None:
    """One that tells no day tells of its own; where the event has a stated day just before, that is meant."""
    told = Cell(example.days(dt.date(2018, 6, day), basis=Basis.PUBLICATION), None, "no time words")
    act = dataclasses.replace(example.PLAN, status=Cell(Status.HAPPENED, None, "told as done"), date=told)
    (row,) = claims.rows(
        dataclasses.replace(example.RECORD, claims=(dataclasses.replace(example.C_PLAN, content=act),))
    )

    assert start == row["date"]["start"]
    assert ("date" in row["filled"]) == (start == "2018-06-04")


def _called(name: str, words: str, text: str) -> tuple[Claim, Text]:
    """A claim whose actor is a person, told in these words."""
    person = Party("", name, ActorKind.PERSON, "NOR", "GOV")
    actor = Participation(Cell(person, Span(text, 0, len(words)), "a test"), Role.ACTOR)
    act = dataclasses.replace(example.VISIT, participations=(actor,))
    return dataclasses.replace(example.C_VISIT, id=text, text=text, content=act), Text(text, words)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([("Mara Lind", "special envoy Mara Lind"), ("Mara Lind", "the envoy Mara Lind")], "Mara Lind"),
        ([("Mara Lind", "special envoy Mara Lind")], ""),
        ([("Mara Lind", "Mara Lind"), ("Mara Lind", "the minister Mara Lind")], ""),
        ([("Mara Lind", "envoy Mara Lind"), ("Mara Lind", "an envoy"), ("Jon Vik", "envoy Jon Vik")], ""),
    ],
)
def test_an_envoy_is_whom_several_reports_call_so(told: list[tuple[str, str]], found: str) -> None:
    """One report is too few, and two persons are too many."""
    made = [_called(name, words, f"text{number}") for number, (name, words) in enumerate(told)]
    look = look_up(Record(claims=tuple(claim for claim, _ in made), texts=tuple(text for _, text in made)))

    assert found == called([claim for claim, _ in made], look).get(("NOR", "envoy"), "")


def test_no_report_is_lent_a_place_of_several() -> None:
    """Where reports differ on the place, or the journey has several hosts, a report's own place or none stays."""
    (event,) = (event for event in example.RECORD.events if example.C_PLAN.id in event.claims)
    tour = dataclasses.replace(event.act, participations=(
        *event.act.participations,
        Participation(Cell(Party("", "Westland", ActorKind.STATE, "WES"), None, "told"), Role.HOST),
    ))  # fmt: skip
    for changed in (dataclasses.replace(event, differing=("place",)), dataclasses.replace(event, act=tour)):
        record = dataclasses.replace(example.RECORD, events=(changed,), claims=(example.C_PLAN,))
        (row,) = claims.rows(record)

        assert row["place"] is None
        assert "place" not in row["filled"]


def test_a_meeting_without_a_mode_has_that_of_its_event() -> None:
    """What one report calls a meeting is the visit of others; the row says so."""
    bare = dataclasses.replace(example.C_PLAN, content=dataclasses.replace(example.PLAN, modes=()))

    (row,) = claims.rows(dataclasses.replace(example.RECORD, claims=(bare,)))

    assert (["visit"], True) == (row["mode"], "mode" in row["filled"])


def test_who_received_a_visitor_is_recipient_also_of_a_mere_meeting() -> None:
    """Where another report of the event tells who visited whom; where none does, both are actors."""
    both = tuple(dataclasses.replace(one, role=Role.ACTOR) for one in example.VISIT.participations[:2])
    met = dataclasses.replace(example.C_PLAN, content=dataclasses.replace(example.PLAN, modes=(), participations=both))
    record = dataclasses.replace(example.RECORD, claims=(met,))

    (row,) = claims.rows(record)
    assert ["NOR"] == [one["code"] for one in row["actors"]]
    assert ["Oto Beran"] == [one["name"] for one in row["recipients"]]

    (event,) = (event for event in record.events if met.id in event.claims)
    as_met = dataclasses.replace(event, act=dataclasses.replace(event.act, participations=both))
    (row,) = claims.rows(dataclasses.replace(record, events=(as_met,)))
    assert ["NOR", "SAN"] == [one["code"] for one in row["actors"]]


def test_sides_are_filled_where_a_document_names_nobody() -> None:
    """Only then: one that names an actor and nobody else says that there is nobody else."""
    nobody = dataclasses.replace(example.C_PLAN, content=dataclasses.replace(example.PLAN, participations=()))
    record = dataclasses.replace(example.RECORD, claims=(nobody,))

    (row,) = claims.rows(record)

    assert row["filled"] == ["actors", "recipients", "mode", "place"]
    assert [party["name"] for party in row["actors"] + row["recipients"]] == ["Mara Lind", "Oto Beran"]
    assert [party["text"] for party in row["actors"] + row["recipients"]] == ["", ""]


def test_several_claims_of_one_document_on_one_event_are_one_line() -> None:
    """Of a plan and a deed in one document the deed speaks, and what it leaves open comes from the plan's words."""
    plan = dataclasses.replace(
        example.C_VISIT,
        id="ab" * 16,
        content=dataclasses.replace(example.VISIT, status=Cell(Status.PLANNED, reason="said to come")),
    )
    bare = dataclasses.replace(example.VISIT, place=example.NO_PLACE, participations=example.VISIT.participations[:1])
    deed = dataclasses.replace(example.C_VISIT, content=bare, confidence=0.1)
    event = dataclasses.replace(example.E_VISIT, claims=tuple(sorted((plan.id, deed.id))))
    record = dataclasses.replace(example.RECORD, claims=(plan, deed), events=(event,), reports=(example.R_DAILY,))

    (row,) = claims.rows(record)

    assert row["status"] == "happened"
    assert [deed.id, plan.id] == row["claims"]
    assert (row["place"]["name"], [party["name"] for party in row["recipients"]]) == ("Port Sana", ["Oto Beran"])
    assert row["filled"] == []


def test_a_day_that_words_tell_goes_before_the_day_of_publication() -> None:
    """The deed is told best without a day of its own, and again with one."""
    told = example.VISIT.date.value
    assert told is not None
    published = dataclasses.replace(told, basis=Basis.PUBLICATION)
    best = dataclasses.replace(example.VISIT, date=dataclasses.replace(example.VISIT.date, value=published))
    bare = dataclasses.replace(example.VISIT, place=example.NO_PLACE, participations=example.VISIT.participations[:1])
    fresh = dataclasses.replace(example.C_VISIT, id="ab" * 16, content=best)
    event = dataclasses.replace(example.E_VISIT, claims=tuple(sorted((fresh.id, example.C_VISIT.id))))
    again = dataclasses.replace(example.C_VISIT, content=bare)
    record = dataclasses.replace(example.RECORD, claims=(fresh, again), events=(event,), reports=(example.R_DAILY,))

    (row,) = claims.rows(record)

    assert [fresh.id, again.id] == row["claims"]
    assert "relative" == row["date"]["basis"]


def test_a_denial_of_the_act_itself_is_exported_as_denied() -> None:
    """A document that only denies that it happened has the status "denied", whatever the act's own status."""
    denial = dataclasses.replace(example.C_VISIT, says=Says.DENIES)
    record = dataclasses.replace(example.RECORD, claims=(denial,), reports=(example.R_DAILY,))

    (row,) = claims.rows(record)

    assert (row["status"], row["says"]) == ("denied", "denies")


def test_the_speaker_of_a_spoken_act_is_no_source_of_it() -> None:
    """Norland demands on nobody's word but its own, so no voice stands beside it; another source would."""
    own = dataclasses.replace(example.C_DEMAND, voice=Voice((Speaker(Cell(example.NORLAND, reason="the subject")),)))
    record = dataclasses.replace(example.RECORD, claims=(own,), events=(example.E_DEMAND,))

    (row,) = claims.rows(record)

    assert row["voices"] == []


def test_a_persons_word_on_a_cell_is_what_is_exported() -> None:
    """A cell set by a person replaces what was read, and is listed as judged."""
    words = (("status", "cancelled"), ("type", "AGREE"), ("modes", "phone"))
    judgements = tuple(
        Judgement(f"j{cell}", example.C_VISIT.id, Decision.SET, "A. Reader", "2026-01-02", "why", cell, value)
        for cell, value in words
    )
    record = dataclasses.replace(example.RECORD, judgements=judgements)

    row = next(iter(claims.rows(record)))

    assert (row["status"], row["type"], row["mode"]) == ("cancelled", "AGREE", ["phone"])
    assert row["judged"] == ["mode", "status", "type"]


def test_a_claim_that_no_event_rests_on_is_not_exported() -> None:
    """A rejected claim has left its event and is in no line."""
    gone = dataclasses.replace(example.E_VISIT, claims=(example.C_PLAN.id,))
    record = dataclasses.replace(example.RECORD, events=(gone,))

    assert [row["document"] for row in claims.rows(record)] == ["weekly-1"]


def test_silences_are_statements_and_never_claims() -> None:
    """The silence has a line with its words, its party and its event in every document, and no line in claims."""
    rows = list(statements.rows(example.RECORD))
    quotes = {row["quote"] for row in claims.rows(example.RECORD)}

    assert [(row["document"], row["party"], row["code"]) for row in rows] == [
        ("daily-1", "Sanaland", "SAN"),
        ("gazette-1", "Sanaland", "SAN"),
    ]
    assert ("is_silent", "happened", example.E_VISIT.id) == tuple(rows[0][key] for key in ("says", "about", "event"))
    assert rows[0]["quote"] not in quotes


def test_a_position_row_has_the_shape_of_the_benchmark() -> None:
    """Holder, issue, stance, object, condition and the words, a line for each document."""
    first, second = positions.rows(example.RECORD)

    assert (first["document"], second["document"]) == ("daily-1", "gazette-1")
    assert first["holder"] == {"name": "Norland", "code": "NOR"}
    assert (first["issue"], first["stance"]) == ("territory", "rejects")
    assert (first["object"], first["condition"]) == ("a partition of the island", "both sides agree")
    assert first["quote"] == "Norland rejects a partition of the island"


def test_events_come_by_day_and_read_back_whole() -> None:
    """Flat columns for a spreadsheet, undated events last, and the whole event in its own JSON form."""
    rows = list(events.rows(example.RECORD))

    assert [example.E_DEMAND.id, example.E_VISIT.id, example.E_MEETING.id] == [row["id"] for row in rows]
    assert jsonform.decode(rows[1]["event"], Event) == example.E_VISIT
    assert (rows[1]["actor_names"], rows[1]["actor_codes"], rows[1]["country"]) == (["Mara Lind"], ["NOR"], "SAN")
    assert rows[1]["disputes"] == ["unacknowledged_by:SAN:happened"]
    assert rows[1]["documents"] == ["daily-1", "gazette-1", "weekly-1"]


ROWS = [
    form
    for form in plugins.registered(plugins.EXPORTERS)
    if not isinstance(plugins.loaded(plugins.EXPORTERS, form), Format)
]


@pytest.mark.parametrize("form", ROWS)
def test_every_row_is_json_and_independent_of_the_records_order(form: str) -> None:
    """The same record in another order gives the same bytes, and an empty one gives no rows."""
    rows = plugins.loaded(plugins.EXPORTERS, form)
    record = example.RECORD
    turned = dataclasses.replace(
        record, reports=record.reports[::-1], claims=record.claims[::-1], events=record.events[::-1]
    )

    assert json.dumps(list(rows(record))) == json.dumps(list(rows(turned)))
    assert list(rows(Record())) == []


@pytest.mark.parametrize("form", ROWS)
def test_every_column_is_documented(form: str) -> None:
    """docs/export.md names, in the section of the format, exactly the columns that its rows have."""
    section = DOCS.read_text(encoding="utf-8").split(f"\n## {form}\n")[1].split("\n## ")[0]
    documented = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)

    assert list(next(iter(plugins.loaded(plugins.EXPORTERS, form)(example.RECORD)))) == documented
