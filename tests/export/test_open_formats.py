"""Maps, networks, calendars, annotations, packages: the rules of their standards, with their libraries where there."""

import datetime as dt
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import example_record as example
import formats
from dragoman.export.manifest import gaps
from dragoman.types import Cell, Course, Interval, Party, Place, Record, Role, Status

LIND, KOR, PRK = formats.LIND, formats.NORLAND, formats.SANALAND
SIDES = [(LIND, Role.VISITOR), (PRK, Role.HOST)]
VISIT = formats.act("CONSULT", SIDES, modes=("visit",))
PLAN = formats.act("CONSULT", SIDES, modes=("visit",), status=formats.status(Status.PLANNED))
TALKS = formats.act("CONSULT", [(KOR, Role.ACTOR), (PRK, Role.ACTOR)])
ODD = Party("odd\x01", "<A & 'B'>\x02\ud800 \"C\"", KOR.kind, "KOR", "GOV")
NO_PLACE: Cell[Place] = Cell(reason="no place is named")
BROKEN = formats.act("CONSULT", [(ODD, Role.VISITOR), (PRK, Role.HOST)])


def document(form: str, record: Record, *, text_free: bool = False) -> Any:
    """A format that is one JSON document."""
    return json.loads(formats.only(form, record, text_free=text_free))


def test_geojson_has_longitude_first_and_null_for_no_point() -> None:
    """RFC 7946: positions are longitude, latitude; a feature without a place has a null geometry."""
    nowhere = formats.act("CONSULT", SIDES, place=NO_PLACE)
    made = document("geojson", formats.record(VISIT, nowhere))

    assert made["type"] == "FeatureCollection"
    assert [feature["geometry"] for feature in made["features"]] == [
        {"type": "Point", "coordinates": [125.75, 39.03]},
        None,
    ]
    assert made["features"][0]["properties"]["precision"] == "city"
    assert len({feature["id"] for feature in made["features"]}) == 2


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_networks_are_xml_whatever_is_in_a_name(form: str) -> None:
    """Marks are escaped, what XML cannot hold is replaced."""
    root = ET.fromstring(formats.only(form, formats.record(BROKEN)))
    names = [element.get("label") or element.text for element in root.iter()]

    assert any(name and name.startswith("<A & 'B'>\ufffd") for name in names)


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_networks_count_events_and_not_rows(form: str) -> None:
    """Two visits are one edge of weight two, a plan another, a meeting without sides a mutual one."""
    networkx = pytest.importorskip("networkx")
    reader = networkx.read_gexf if form == "gexf" else networkx.read_graphml
    graph = reader(io.BytesIO(formats.only(form, formats.record(VISIT, VISIT, PLAN, TALKS)).encode()))
    edges = {(left, right, data["status"]): data for left, right, data in graph.edges(data=True)}

    assert {key: (data["events"], data["mutual"], data["type"]) for key, data in edges.items()} == {
        ("p1", "PRK", "happened"): (2, False, "CONSULT"),
        ("p1", "PRK", "planned"): (1, False, "CONSULT"),
        ("KOR", "PRK", "happened"): (1, True, "CONSULT"),
    }
    assert {key: data["events"] for key, data in graph.nodes(data=True)} == {"p1": 3, "PRK": 4, "KOR": 1}
    assert edges["p1", "PRK", "happened"]["score"] == 4.0
    assert len(edges["p1", "PRK", "happened"]["ids"].split()) == 2


def unfolded(text: str) -> list[str]:
    """The lines of a calendar, put together again."""
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_a_calendar_holds_what_is_to_come() -> None:
    """Whole days, the end exclusive; announced is confirmed, reported tentative, called off cancelled."""
    window = formats.window(dt.date(2018, 9, 1), dt.date(2018, 11, 30))
    autumn = formats.act("CONSULT", SIDES, status=formats.status(Status.PLANNED), date=window)
    off = formats.act("CONSULT", SIDES, status=formats.status(Status.CANCELLED))
    lines = unfolded(formats.only("ics", formats.record(VISIT, autumn, off)))

    assert [line for line in lines if line.startswith(("DTSTART", "DTEND", "STATUS"))] == [
        "DTSTART;VALUE=DATE:20180604",
        "DTEND;VALUE=DATE:20180605",
        "STATUS:CANCELLED",
        "DTSTART;VALUE=DATE:20180901",
        "DTEND;VALUE=DATE:20181201",
        "STATUS:CONFIRMED",
    ]
    reported = unfolded(formats.only("ics", formats.record(PLAN, course=Course.REPORTED_PLAN)))
    assert "STATUS:TENTATIVE" in reported
    assert sum("Some day within this time" in line for line in lines) == 1


def test_a_calendar_keeps_to_its_grammar() -> None:
    """RFC 5545: CRLF, lines of 75 bytes at most, text escaped, no control characters."""
    odd = Party("x", "北京; a, b\\c\nEND:VCALENDAR\x07 " + "ü" * 90, KOR.kind, "KOR", "GOV")
    text = formats.only(
        "ics", formats.record(formats.act("AGREE", [(odd, Role.ACTOR)], status=formats.status(Status.PLANNED)))
    )

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert text.count("END:VCALENDAR") == 2  # one of them escaped within a value
    assert sum(line == "END:VCALENDAR" for line in unfolded(text)) == 1
    assert re.search(r"SUMMARY:北京\\; a\\, b\\\\c\\nEND:VCALENDAR", "\n".join(unfolded(text)))
    assert "\x07" not in text


def test_a_calendar_is_read_by_a_library() -> None:
    """The library icalendar finds the entry and no error."""
    icalendar = pytest.importorskip("icalendar")
    calendar = icalendar.Calendar.from_ical(formats.only("ics", formats.record(PLAN)))
    (entry,) = calendar.walk("VEVENT")

    assert (entry["dtstart"].dt, entry["dtend"].dt) == (dt.date(2018, 6, 4), dt.date(2018, 6, 5))
    assert not entry.errors


def test_annotations_point_at_their_words() -> None:
    """Position and quotation agree with the text, with 32 characters around; the collection counts right."""
    made = document("annotations", example.RECORD)
    texts = {f"urn:sha256:{text.id}": text.content for text in example.RECORD.texts}

    assert made["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert made["total"] == len(made["first"]["items"]) > len(example.RECORD.claims)
    for item in made["first"]["items"]:
        content = texts[item["target"]["source"]]
        position, quote = item["target"]["selector"]
        start, end = position["start"], position["end"]
        assert quote["exact"] == content[start:end]
        assert quote.get("prefix", "") == content[max(0, start - 32) : start]
        assert quote.get("suffix", "") == content[end : end + 32]
    assert len({item["id"] for item in made["first"]["items"]}) == made["total"]


def test_annotations_without_texts_have_positions_alone() -> None:
    """As the standard advises for texts under copyright."""
    made = document("annotations", example.RECORD, text_free=True)
    kinds = {selector["type"] for item in made["first"]["items"] for selector in item["target"]["selector"]}

    assert kinds == {"TextPositionSelector"}


def test_a_data_package_describes_its_files() -> None:
    """Every resource is there, of that size and hash, with the columns of its schema; keys lead somewhere."""
    found = {
        file.name: b"".join(file.content) for file in formats.FORMATS["datapackage"].files(formats.made(example.RECORD))
    }
    package = json.loads(found.pop("datapackage.json"))

    assert {resource["path"] for resource in package["resources"]} == set(found)
    for resource in package["resources"]:
        content = found[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        if "schema" in resource:
            head = content.decode().split("\r\n", 1)[0]
            assert head == ",".join(field["name"] for field in resource["schema"]["fields"])
            assert all(field["description"] for field in resource["schema"]["fields"])
    events = {row["id"] for row in formats.commas(found["events.csv"].decode())}
    assert {row["event"] for row in formats.commas(found["participants.csv"].decode())} <= events
    assert "CONSULT visit" in found["CODEBOOK.md"].decode()


def test_a_data_package_is_valid(tmp_path: Path) -> None:
    """Frictionless says so: types, keys, hashes."""
    frictionless = pytest.importorskip("frictionless")
    for file in formats.FORMATS["datapackage"].files(formats.made(example.RECORD)):
        (tmp_path / file.name).write_bytes(b"".join(file.content))
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if "schema" in one]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")

    assert frictionless.validate(str(tmp_path / "datapackage.json")).flatten(["note", "message"]) == []


def test_followthemoney_entities_refer_to_one_another() -> None:
    """Who is involved and what proves it are entities of the same file; properties are lists of texts."""
    entities = [json.loads(line) for line in formats.only("ftm", example.RECORD).splitlines()]
    by_id = {entity["id"]: entity for entity in entities}

    assert len(by_id) == len(entities)
    for entity in entities:
        properties = entity["properties"]
        assert all(isinstance(item, str) for value in properties.values() for item in value)
        assert all(by_id[key]["schema"] != "Article" for key in properties.get("involved", ()))
        assert all(by_id[key]["schema"] == "Article" for key in properties.get("proof", ()))
    assert {entity["schema"] for entity in entities} == {"Article", "Event", "Person", "PublicBody"}


def test_followthemoney_entities_are_valid() -> None:
    """Its own model takes every one."""
    model = pytest.importorskip("followthemoney").model
    for line in formats.only("ftm", formats.record(VISIT, TALKS)).splitlines():
        entity = json.loads(line)
        model.get(entity["schema"]).validate(entity)


def test_parquet_has_types() -> None:
    """Days are days, lists are lists, the whole event reads back."""
    parquet = pytest.importorskip("pyarrow.parquet")
    (file,) = formats.FORMATS["parquet"].files(formats.made(formats.record(VISIT)))
    (row,) = parquet.read_table(io.BytesIO(b"".join(file.content))).to_pylist()

    assert row["start"] == dt.date(2018, 6, 4)
    assert row["modes"] == ["visit"]
    assert row["latitude"] == 39.03
    assert json.loads(row["event"])["id"] == row["id"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([1, 10], ["2018-06-02/2018-06-09"]),
        ([1, 2, 4, 10], ["2018-06-03", "2018-06-05/2018-06-09"]),
        ([4], ["2018-06-01/2018-06-03", "2018-06-05/2018-06-10"]),
        ([], ["2018-06-01/2018-06-10"]),
        (range(1, 11), []),
        ([10], ["2018-06-01/2018-06-09"]),
        ([1], ["2018-06-02/2018-06-10"]),
    ],
)
def test_days_that_are_missing(days: list[int], expected: list[str]) -> None:
    """Single days and intervals, of 1 to 10 June."""
    known = [dt.date(2018, 6, day) for day in days]

    assert gaps(known, dt.date(2018, 6, 1), dt.date(2018, 6, 10)) == expected


def test_a_manifest_counts_copies_once() -> None:
    """Outlets, texts and reports, undated ones too, and what they bear on."""
    made = document("manifest", example.RECORD)

    assert [(one["outlet"], one["reports"], one["undated"]) for one in made["outlets"]] == [
        ("(no outlet)", 1, 1),
        ("Daily", 1, 0),
        ("Gazette", 1, 0),
        ("Weekly", 1, 0),
    ]
    assert (made["collection"]["reports"], made["collection"]["texts"]) == (4, 3)
    assert made["collection"]["missing"] == ["2018-05-31/2018-06-04"]
    copies = {one["document"]: one["copies"] for one in made["reports"]}
    assert copies == {"daily-1": 1, "gazette-1": 1, "weekly-1": 0, "undated.txt": 0}
    assert made["made_by"]["codebook_sha256"] == formats.BOOK.hash


def test_an_open_interval_has_a_day_in_every_format() -> None:
    """Known from one side only: the known bound stands, and nothing fails."""
    until = Cell(Interval(None, None, None, dt.date.max), reason="until then")
    act = formats.act("CONSULT", SIDES, status=formats.status(Status.PLANNED), date=until)
    for form in formats.FORMATS:
        if form != "parquet":
            assert formats.content(form, formats.record(act))
