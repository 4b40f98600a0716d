"""PLOVER JSON Lines: what is written reads back, PLOVER's own rules and fields, bad lines told in one line."""

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import example_record as example
import formats
from dragoman import jsonform
from dragoman.export import plover
from dragoman.export.forms import ExportError, source
from dragoman.export.text_free import withheld
from dragoman.types import Record, Role, Run, Status
from strategies import anything

FIELDS = {
    "id": str,
    "has_event": bool,
    "date": str,
    "enddate": str,
    "actor": list,
    "recipient": list,
    "event": list,
    "mode": list,
    "context": list,
    "quad_code": int,
    "event_scale": float,
    "event_loc": dict,
    "event_text": list,
    "text_info": dict,
    "cite_info": dict,
    "coder": str,
    "comment": str,
    "dragoman": dict,
}
SIDES = [(formats.NORLAND, Role.ACTOR), (formats.SANALAND, Role.RECIPIENT)]


def as_sets(record: Record) -> dict[str, Any]:
    """The parts of a record without their order, how often each value is there; equal values (0.0, -0.0) are one."""
    return {field.name: sorted(getattr(record, field.name), key=jsonform.dumps) for field in dataclasses.fields(record)}


def written(record: Record, run: Run | None = formats.RUN) -> list[str]:
    """The lines of a record."""
    (file,) = plover.files(source(record, formats.BOOK, run))
    return b"".join(file.content).decode("utf-8").splitlines(keepends=True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_what_is_written_reads_back(data: st.DataObject) -> None:
    """Any record at all, and its run; and once read it is written the same."""
    names = [field.name for field in dataclasses.fields(Record)]
    some = data.draw(st.sets(st.sampled_from(names), max_size=3))
    whole = data.draw(anything(Record))
    record = dataclasses.replace(Record(), **{name: getattr(whole, name) for name in some})
    run = data.draw(st.none() | anything(Run))
    lines = [line + "\n" for line in "".join(written(record, run)).split("\n")[:-1]]

    again, run_again = plover.read(lines)

    assert as_sets(again) == as_sets(record)
    assert run_again == run
    assert "".join(written(again, run)) == "".join(written(record, run))


@pytest.mark.parametrize("record", [example.RECORD, withheld(example.RECORD)])
def test_a_record_reads_back_to_the_same_rows(record: Record) -> None:
    """Events, claims, positions and statements export the same from what was read."""
    again, _ = plover.read(written(record))

    for form in ("acled", "csv", "geojson", "annotations", "polecat"):
        assert formats.only(form, again) == formats.only(form, record)
    assert set(again.events) == set(record.events)


def test_lines_have_plovers_fields_in_plovers_types() -> None:
    """Names and types of chapter 6 and one extension; what is required is always there."""
    count, *lines = [json.loads(line) for line in written(example.RECORD)]

    assert count["has_event"] is False
    for line in lines:
        assert set(line) <= set(FIELDS)
        assert {"id", "has_event", "dragoman"} <= set(line)
        assert all(isinstance(value, FIELDS[name]) for name, value in line.items() if name != "date" or value)
    events = [line for line in lines if line["dragoman"]["@type"] == "Event"]
    assert all({"date", "actor", "event"} <= set(line) for line in events)
    assert len({line["id"] for line in lines}) == len(lines)


@pytest.mark.parametrize(
    ("kind", "status", "coded", "day"),
    [
        ("CONSULT", Status.HAPPENED, ["CONSULT"], "2018-06-04"),
        ("CONSULT", Status.PLANNED, ["AGREE"], "2018-06-05"),
        ("AID", Status.PLANNED, ["AGREE"], "2018-06-05"),
        ("RETREAT", Status.PLANNED, ["CONCEDE"], "2018-06-05"),
        ("CONSULT", Status.CANCELLED, ["REJECT"], "2018-06-05"),
        ("ASSAULT", Status.PLANNED, [], "2018-06-05"),
        ("CONSULT", Status.DENIED, [], "2018-06-05"),
        ("CONSULT", Status.CALLED_FOR, [], "2018-06-05"),
    ],
)
def test_events_are_coded_by_plovers_own_rules(kind: str, status: Status, coded: list[str], day: str) -> None:
    """Cooperation to come is AGREE on the day it was told; what PLOVER does not code is no event to its readers."""
    record = formats.record(formats.act(kind, SIDES, status=formats.status(status)))
    line = json.loads(written(record)[1])

    assert (line["event"], line["has_event"], line["date"]) == (coded, bool(coded), day)
    assert line["dragoman"]["act"]["type"] == kind
    assert ("quad_code" in line) == bool(coded)
    assert ("enddate" in line) == (status is Status.HAPPENED)


def test_scores_and_quad_classes_are_of_the_coded_type() -> None:
    """A planned visit is an agreement: 2.5, verbal cooperation; done it is a visit: 4."""
    lines = [
        json.loads(
            written(formats.record(formats.act("CONSULT", SIDES, modes=("visit",), status=formats.status(one))))[1]
        )
        for one in (Status.PLANNED, Status.HAPPENED)
    ]

    assert [(line["event_scale"], line["quad_code"], line.get("mode")) for line in lines] == [
        (2.5, 1, None),
        (4.0, 1, ["visit"]),
    ]


def test_a_day_that_is_not_known_is_null() -> None:
    """PLOVER requires a date; none is invented."""
    line = next(json.loads(line) for line in written(example.RECORD) if example.E_MEETING.id in line)

    assert line["date"] is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "x.jsonl:2: not JSON: "),
        ("[]", "x.jsonl:2: dragoman: missing"),
        ('{"id": "a", "date": "2018-06-04"}', "x.jsonl:2: dragoman: missing"),
        ('{"dragoman": {"@type": "Event", "@version": 1}}', "x.jsonl:2: dragoman: Event"),
        ('{"dragoman": {"@type": "Event", "@version": 2}}', "this program reads version 1"),
        ('{"dragoman": {"@type": "Span", "@version": 1, "text": "", "start": 0, "end": 1}}', "a Span is no part"),
        ("[" * 100_000, "x.jsonl:2: not JSON"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_in_one_line(line: str, said: str) -> None:
    """File, line, field, and what is wrong."""
    with pytest.raises(ExportError) as told:
        plover.read(["\n", line], "x.jsonl")

    assert said in str(told.value)
    assert "\n" not in str(told.value)
