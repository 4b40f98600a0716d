"""Every format takes any record at all, and what it writes keeps to its grammar."""

import dataclasses
import itertools
import json
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import formats
from dragoman.export.text_free import withheld
from dragoman.types import Claim, Event, Judgement, Record, Report, Text
from strategies import anything

TYPES = ("CONSULT", "ASSAULT", "AGREE", "PROTEST", "")
JSON = (".json", ".jsonl", ".geojson", ".jsonld")
WIDTHS = {"events.tab": 20, "gdelt.export.CSV": 61, "gdelt.mentions.CSV": 16, "events.txt": 40, "travels.tsv": 9}


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Records of events that rest on claims told in reports; all else as odd as it comes."""
    reports = tuple(draw(st.lists(anything(Report), min_size=1, max_size=2)))
    texts = tuple(Text(report.text, draw(st.text(max_size=9))) for report in reports)
    claims = tuple(
        dataclasses.replace(claim, text=reports[0].text)
        for claim in draw(st.lists(anything(Claim), min_size=1, max_size=2))
    )
    kind = draw(st.sampled_from(TYPES))
    events = []
    for event in draw(st.lists(anything(Event), min_size=1, max_size=2)):
        act = dataclasses.replace(event.act, type=kind) if kind else event.act
        events.append(dataclasses.replace(event, act=act, claims=(claims[0].id,)))
    words = tuple(draw(st.lists(anything(Judgement), max_size=1)))
    return Record(reports=reports, texts=texts, claims=claims, events=tuple(events), judgements=words)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example])
@given(records(), st.booleans())
def test_any_record_can_be_written_in_every_format(record: Record, text_free: bool) -> None:
    """JSON is JSON, XML is XML, every row has its columns, lines of a calendar are short."""
    for form in sorted(set(formats.FORMATS) - {"parquet"}):
        for name, text in formats.content(form, record, text_free=text_free).items():
            _check(name, text)


def _check(name: str, text: str) -> None:
    if name.endswith(JSON):
        _check_json(name, text)
    elif name.endswith((".gexf", ".graphml")):
        assert ET.fromstring(text).tag
    elif name in WIDTHS:
        assert {line.count("\t") for line in text.split("\n")[:-1]} <= {WIDTHS[name] - 1}
    elif name.endswith(".ics"):
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    elif name.endswith(".csv"):
        rows: list[dict[Any, Any]] = formats.commas(text)
        assert all(None not in itertools.chain(row, row.values()) for row in rows)


def _check_json(name: str, text: str) -> None:
    lines = text.split("\n")[:-1] if name in ("events.jsonl", "record.jsonl", "entities.ftm.json") else [text]
    for line in lines:
        json.loads(line)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example])
@given(records())
def test_taking_the_words_out_twice_is_taking_them_out_once(record: Record) -> None:
    """And leaves every event, claim and report where it was."""
    once = withheld(record)

    assert withheld(once) == once
    for part in ("events", "claims", "reports"):
        assert [one.id for one in getattr(once, part)] == [one.id for one in getattr(record, part)]
