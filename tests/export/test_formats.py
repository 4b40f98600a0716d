"""What holds for every format: columns, the same bytes, no words without texts, no formulas, documented columns."""

import csv
import dataclasses
import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import example_record as example
import formats
from dragoman import plugins
from dragoman.export import acled, gdelt, icews, polecat, travels, ucdp
from dragoman.export.forms import Column, ExportError, Format, harmless, joined, tab_separated
from dragoman.export.text_free import withheld
from dragoman.types import Cell, Decision, Judgement, Party, Record, Relation, RelationKind, Role, Stance, Status

CASES = Path(__file__).resolve().parents[1] / "cases" / "export_columns.csv"
TABLES: dict[str, tuple[Column[Any], ...]] = {
    "acled": acled.COLUMNS,
    "gdelt_events": gdelt.EVENT_COLUMNS,
    "gdelt_mentions": gdelt.MENTION_COLUMNS,
    "icews": icews.COLUMNS,
    "polecat": polecat.COLUMNS,
    "travels": travels.COLUMNS,
    "ucdp": ucdp.COLUMNS,
}
COUNTS = {
    "acled": 31,
    "gdelt_events": 61,
    "gdelt_mentions": 16,
    "icews": 20,
    "polecat": 40,
    "travels": 9,
    "ucdp": 49,
}
KOR, PRK = (formats.NORLAND, Role.ACTOR), (formats.SANALAND, Role.RECIPIENT)
RICH = formats.record(
    formats.act("CONSULT", [(formats.LIND, Role.VISITOR), (formats.SANALAND, Role.HOST)], modes=("visit",)),
    formats.act("CONSULT", [KOR, (formats.SANALAND, Role.ACTOR)], status=formats.status(Status.PLANNED)),
    formats.act("ASSAULT", [KOR, PRK], quantities=(formats.killed(3),)),
    formats.act("AGREE", [KOR, PRK]),
)
NEEDS = {"html": "jinja2", "parquet": "pyarrow"}


def available(form: str) -> None:
    """Skip where a format needs a library that is not installed."""
    if form in NEEDS:
        pytest.importorskip(NEEDS[form])


def expected(table: str) -> list[str]:
    """The columns of a table in the format's own files."""
    with CASES.open(encoding="utf-8", newline="") as rows:
        return [row["column"] for row in csv.DictReader(rows) if row["table"] == table]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_columns_are_the_formats_own(table: str) -> None:
    """Names, order and number."""
    assert [column.name for column in TABLES[table]] == expected(table)
    assert len(TABLES[table]) == COUNTS[table]


@pytest.mark.parametrize("form", sorted(formats.FORMATS))
def test_a_format_writes_the_same_bytes_whatever_the_records_order(form: str) -> None:
    """Twice, and with everything turned round."""
    available(form)
    for record in (example.RECORD, RICH):
        turned = {
            name: getattr(record, name)[::-1]
            for name in ("reports", "texts", "claims", "events", "positions", "datings")
        }

        assert formats.content(form, record) == formats.content(form, record)
        assert formats.content(form, record) == formats.content(form, dataclasses.replace(record, **turned))


@pytest.mark.parametrize("form", sorted(formats.FORMATS))
def test_a_record_of_nothing_has_no_rows(form: str) -> None:
    """And is written all the same; PLOVER has a line for the run and one that counts."""
    available(form)
    files = formats.FORMATS[form].files(formats.made(Record()))

    assert sum(file.rows for file in files) == (2 if form == "plover" else 0)
    assert files
    assert all(isinstance(b"".join(file.content), bytes) for file in files)


def _runs(content: str, length: int) -> Iterator[str]:
    words = content.split()
    return (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))


@pytest.mark.parametrize("form", sorted(plugins.registered(plugins.EXPORTERS)))
def test_without_texts_no_words_of_a_text_are_written(form: str) -> None:
    """No run of three words of any text, in any format; hashes and offsets stand instead."""
    available(form)
    shown = "\n".join(_everything(form, example.RECORD, text_free=True))

    for text in example.RECORD.texts:
        assert [] == [run for run in _runs(text.content, 3) if run in shown]
    assert "mara lind" in shown.lower() or form in ("statements", "positions", "manifest", "ics", "acled", "ucdp")


def _everything(form: str, record: Record, *, text_free: bool) -> list[str]:
    if form == "parquet":  # packed: read it with its own library
        (file,) = formats.FORMATS[form].files(formats.made(record, text_free=text_free))
        table = pytest.importorskip("pyarrow.parquet").read_table(io.BytesIO(b"".join(file.content)))
        return [str(row) for row in table.to_pylist()]
    exporter = plugins.loaded(plugins.EXPORTERS, form)
    if isinstance(exporter, Format):
        return list(formats.content(form, record, text_free=text_free).values())
    return [str(row) for row in exporter(formats.made(record, text_free=text_free).record)]


SAID = "as two aides told it"


def test_nothing_that_may_quote_is_left_without_texts() -> None:
    """Reasons wherever they stand, the words of judgements and titles of reports, in the format that holds all."""
    (first, *others) = example.RECORD.events
    related = dataclasses.replace(
        first,
        links=(example.LINK,),
        relations=(Relation(RelationKind.PART_OF, first.id, example.E_DEMAND.id, ("a reason",)),),
    )
    quoting = _quoting(dataclasses.replace(example.RECORD, events=(related, *others), links=(example.LINK,)))

    assert formats.only("plover", quoting).count(SAID) > 20
    assert SAID not in formats.only("plover", quoting, text_free=True)


def _quoting(value: Any) -> Any:
    """The value with the same words wherever a quotation may stand."""
    if isinstance(value, tuple):
        return tuple(_quoting(item) for item in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    fields = {field.name: _quoting(getattr(value, field.name)) for field in dataclasses.fields(value)}
    instead: dict[str, Any] = {"reason": SAID, "reasons": (SAID,), "words": SAID} | (
        {"title": SAID} if "outlet" in fields else {}
    )
    if "candidates" in fields:
        instead["candidates"] = tuple((day, (SAID,)) for day, _ in fields["candidates"])
    return dataclasses.replace(value, **{name: instead.get(name, held) for name, held in fields.items()})


def test_anchors_stand_for_words_and_lead_back_to_them() -> None:
    """Text, first and last code point: whoever has the text has the words."""
    (anchor,) = {
        row["quote"] for row in plugins.exporter("positions")(withheld(example.RECORD)) if row["document"] == "daily-1"
    }
    found = re.fullmatch(r"sha256:([0-9a-f]{64})#char=(\d+),(\d+)", anchor)

    assert found
    assert found[1] == example.T1.id
    assert example.FIRST[int(found[2]) : int(found[3])] == "Norland rejects a partition of the island"


def test_objects_and_conditions_of_positions_are_withheld() -> None:
    """In claims and in what is computed of them the same anchor."""
    record = withheld(example.RECORD)
    (position,) = record.positions
    (stance,) = [claim.content for claim in record.claims if isinstance(claim.content, Stance)]

    assert position.object.startswith("sha256:")
    assert (position.object, position.condition) == (stance.object.value, stance.condition.value)
    assert withheld(record) == record


def test_words_that_look_like_a_hash_are_withheld() -> None:
    """Only a whole hash or anchor is left as it is."""
    (report, *_) = example.RECORD.reports
    titled = dataclasses.replace(report, title="sha256: a new hash, and what it is for")
    (once,) = withheld(dataclasses.replace(example.RECORD, reports=(titled,))).reports

    assert re.fullmatch("sha256:[0-9a-f]{64}", once.title)
    assert withheld(Record(reports=(once,))).reports == (once,)


PAYLOADS = ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u200b=1", "＝1", "\0=1"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_is_left_that_a_spreadsheet_takes_for_a_formula(payload: str) -> None:
    """In every format of commas or tabs; a cell that is a number is a number, and no row is broken."""
    evil = Party("x", payload, formats.NORLAND.kind, "KOR", "GOV", payload)
    record = formats.record(
        formats.act("CONSULT", [(evil, Role.ACTOR), PRK], modes=("visit",), place=_place(payload)),
        formats.act("ASSAULT", [(evil, Role.ACTOR), PRK], quantities=(formats.killed(2),), place=_place(payload)),
    )
    reports = tuple(
        dataclasses.replace(report, document=f"{payload}{number}", outlet=payload, title=payload, url=payload)
        for number, report in enumerate(record.reports)
    )
    record = dataclasses.replace(record, reports=reports)

    for form, name, text in _tables(record):
        for cell in _cells(name, text):
            assert not re.match(r"[\s\0\u200b]*[=+@＝＋＠]|[\s\0\u200b]*-(?![0-9.]+$)", cell), (form, cell)


def _place(name: str) -> Cell[Any]:
    return Cell(dataclasses.replace(formats.CITY, name=name, lat=-1.5, lon=-20.25), reason="a test")


def _tables(record: Record) -> Iterator[tuple[str, str, str]]:
    for form in ("acled", "csv", "datapackage", "gdelt", "icews", "polecat", "travels", "ucdp"):
        for name, text in formats.content(form, record).items():
            if name.endswith((".csv", ".CSV", ".tab", ".txt", ".tsv")):
                yield form, name, text


def _cells(name: str, text: str) -> list[str]:
    if name.endswith(".csv"):
        return [cell for row in formats.commas(text) for cell in row.values()]
    rows = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    assert len({len(row) for row in rows}) == 1
    return list(itertools.chain.from_iterable(rows))


@given(st.text(max_size=8))
def test_a_harmless_cell_is_as_it_was(words: str) -> None:
    """Only an apostrophe may stand before it, and a second time nothing is added."""
    assert harmless(words) in (words, "'" + words)
    assert harmless(harmless(words)) == harmless(words)


def test_numbers_are_no_formulas() -> None:
    """-77.036 is a longitude, "-77" a text."""
    assert [joined(-77.036), joined(-5), joined("-77")] == ["-77.036", "-5", "'-77"]


@given(st.lists(st.text(max_size=6), min_size=2, max_size=2))
def test_tabs_and_line_breaks_never_break_a_row(cells: list[str]) -> None:
    """Whatever is in a cell, a line has as many tabs as there are columns, less one."""
    columns: tuple[Column[list[str]], ...] = (Column("a", "", lambda row: row[0]), Column("b", "", lambda row: row[1]))
    text = b"".join(tab_separated(columns, [cells])).decode()

    assert [line.count("\t") for line in text.splitlines()] == [1, 1]


@pytest.mark.parametrize("form", ["acled", "ics", "plover", "travels", "ucdp"])
def test_unreviewed_rows_are_marked_until_a_person_has_judged(form: str) -> None:
    """Whoever reads the file alone sees that no person has looked."""
    record = formats.record(
        formats.act(
            "CONSULT", [(formats.LIND, Role.VISITOR), PRK], modes=("visit",), status=formats.status(_for(form))
        ),
        formats.act("ASSAULT", [KOR, PRK], quantities=(formats.killed(3),)),
    )
    words = tuple(
        Judgement(f"j{number}", claim.id, Decision.ACCEPT, "A. Reader", "2026-01-02", "read")
        for number, claim in enumerate(record.claims)
    )
    judged = dataclasses.replace(record, judgements=words)
    rejected = dataclasses.replace(
        record, judgements=tuple(dataclasses.replace(word, decision=Decision.REJECT) for word in words)
    )

    assert "unreviewed" in formats.only(form, record).lower()
    assert "unreviewed" not in formats.only(form, judged).lower()
    assert "unreviewed" in formats.only(form, rejected).lower()


def _for(form: str) -> Status:
    return Status.PLANNED if form == "ics" else Status.HAPPENED


def test_parquet_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line that names the extra."""
    monkeypatch.setattr("dragoman.export.parquet.pa", None)

    with pytest.raises(ExportError, match=r"pip install 'dragoman\[parquet\]'"):
        formats.FORMATS["parquet"].files(formats.made(Record()))
