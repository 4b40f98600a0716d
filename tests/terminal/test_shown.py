"""What the tables and explanations show, in narrow and wide terminals."""

import dataclasses
import datetime as dt

import pytest
from rich.console import Console, RenderableType

import example_record as example
from dragoman.lookup import Lookup, look_up
from dragoman.terminal import accounts, explain, tables, words
from dragoman.terminal.plain import plain
from dragoman.types import Account, Cell, Claim, Event, Interval, Position, Says


def drawn(thing: RenderableType, width: int) -> str:
    """What a terminal of this width without colours shows."""
    console = Console(width=width, highlight=False, markup=False, emoji=False, color_system=None)
    with console.capture() as captured:
        console.print(thing)
    return captured.get()


@pytest.fixture
def look() -> Lookup:
    """The example's look-ups."""
    return look_up(example.RECORD)


def every_table(look: Lookup) -> dict[str, list[tables.Line]]:
    """The lines of every kind of thing."""
    return {
        "events": tables.events(look.record.events, look),
        "claims": tables.claims(look.record.claims, look),
        "positions": tables.positions(look.record.positions, look),
        "actors": tables.actors(tables.parties(look), look),
        "reports": tables.reports(look.record.reports, look),
    }


@pytest.mark.parametrize("width", [80, 100, 110, 200])
@pytest.mark.parametrize("kind", sorted(tables.COLUMNS))
def test_every_table_fits_its_terminal_and_keeps_its_words(kind: str, width: int, look: Lookup) -> None:
    """No line is wider than the terminal, no heading is broken, and every cell is there in full."""
    lines = every_table(look)[kind]
    ids = words.short_ids((*look.events, *look.claims, *look.positions))
    shown = drawn(tables.table(kind, lines, width, ids), width)
    heading = shown.splitlines()[0].split()

    assert max(map(len, shown.splitlines())) <= width
    assert [column.name for column in tables.COLUMNS[kind]] == [name for name in heading if name != "id"]
    for line in lines:
        assert set("".join(line.cells.values())) <= set(shown) | set(" ")


def test_the_table_of_events_is_sorted_by_day_and_gives_ids_that_explain_takes(look: Lookup) -> None:
    """Undated events come last, and the id shown is enough to find the event."""
    lines = tables.events(look.record.events, look)
    ids = words.short_ids((*look.events, *look.claims, *look.positions))

    assert [line.cells["when"] for line in lines] == ["2018-05-29", "2018-06-04", "undated"]
    assert look.find(ids[lines[1].id]) == example.E_VISIT
    assert ids[lines[1].id] in drawn(tables.table("events", lines, 80, ids), 80)


def test_copies_are_counted_as_reports_of_an_event(look: Lookup) -> None:
    """The visit is in three reports of two texts."""
    (visit,) = [line for line in tables.events(look.record.events, look) if line.id == example.E_VISIT.id]

    assert visit.cells["reports"] == "3"


def test_an_undated_report_shows_its_candidates(look: Lookup) -> None:
    """Never one invented day."""
    assert tables.published(example.R_UNDATED, look) == "undated: 2018-06-01 or 2018-06-08"


def test_json_and_table_hold_the_same_cells(look: Lookup) -> None:
    """Each object has the cells of the table and the whole thing."""
    for kind, lines in every_table(look).items():
        for line, shown in zip(lines, tables.as_json(lines, kind), strict=True):
            assert line.cells.items() <= shown.items()
            assert kind.removesuffix("s") in shown


@pytest.mark.parametrize(
    "thing", [*example.RECORD.events, *example.RECORD.claims, example.POSITION], ids=lambda t: t.id[:5]
)
def test_an_explanation_gives_the_words_and_the_reasons(thing: Claim | Event | Position, look: Lookup) -> None:
    """The quote of every claim behind a thing, its report and why each cell holds what it holds, harmless to see."""
    shown = drawn(explain.explain(thing, look, 80), 80)
    flat = " ".join(shown.split())
    claims = [thing] if isinstance(thing, Claim) else [look.claims[key] for key in thing.claims]

    for claim in claims:
        assert plain(look.words(claim.evidence)) in flat
        assert all(report.document in flat for report in look.reports[claim.text])
        assert claim.id in flat
        assert "because verb table: visit" in flat
    assert not set(shown) & {"\x1b", "\u202e", "\x07"}
    assert max(map(len, shown.splitlines())) <= 80


def test_an_explanation_of_an_event_has_all_its_parts(look: Lookup) -> None:
    """Accounts, standing with reasons, silence, links, relations, people's words."""
    flat = " ".join(drawn(explain.explain(example.E_VISIT, look, 100), 100).split())

    assert "Norland (in Daily, Gazette)" in flat
    assert "planned in Weekly, told as done by Norland" in flat
    assert "Sanaland is silent on: CONSULT visit" in flat
    assert "because a plan for that week" in flat
    assert f"is answered by {example.E_DEMAND.id}" in flat
    assert "A. Reader on 2026-01-02T03:04:05+00:00: accept, because read twice" in flat
    assert "when: 2018-06-04, relative [from “on Monday”]" in flat
    assert "where: unknown [no place is named]" in flat


def test_an_undated_claim_is_explained_with_its_candidates(look: Lookup) -> None:
    """Every day the report may be of, each with its reason."""
    flat = " ".join(drawn(explain.explain(example.C_MEETING, look, 100), 100).split())

    assert "2018-06-01: a Friday before the visit" in flat
    assert "2018-06-08: a Friday after it" in flat


def test_markup_in_news_text_is_shown_and_not_obeyed(look: Lookup) -> None:
    """Brackets and colons of a text are its words."""
    flat = " ".join(drawn(explain.explain(example.C_MEETING, look, 100), 100).split())

    assert "[red]met[/red] \\x1b[2J an \\u202eenvoy" in flat


def test_accounts_are_marked_where_they_agree_differ_and_pass_over() -> None:
    """Two voices that agree, one that differs, one that is silent, one that says nothing of the cell."""
    made = (
        Account("NOR", "NOR", (), (("place", "Port Sana"), ("status", "happened")), ()),
        Account("UNO", "UNO", (), (("place", "Port Sana"), ("status", "happened")), ()),
        Account("SAN", "SAN", (), (("place", "Hill"),), (), Says.DENIES),
        Account("Weekly", "", (), (), (), silent=("place",)),
    )
    event = dataclasses.replace(example.E_VISIT, accounts=made, differing=("place",))
    shown = "".join(drawn(part, 120) for part in accounts.side_by_side(event, {"SAN": "Sanaland"}, 120))
    rows = [line.split() for line in shown.splitlines()]

    assert ["place", "=", "Port", "Sana", "=", "Port", "Sana", "≠", "Hill", "∅"] in rows
    assert ["status", "=", "happened", "=", "happened", "·", "·"] in rows
    assert "Sanaland denies" in shown


def test_many_accounts_are_split_into_tables_that_fit() -> None:
    """Nine voices in eighty columns take several tables, and every voice is there."""
    made = tuple(Account(f"V{i}", "", (), (("status", "happened"),), ()) for i in range(9))
    event = dataclasses.replace(example.E_VISIT, accounts=made, differing=())
    shown = "".join(drawn(part, 80) for part in accounts.side_by_side(event, {}, 80))

    assert all(f"V{i}" in shown for i in range(9))
    assert max(map(len, shown.splitlines())) <= 80


def test_the_json_of_an_explanation_holds_what_stands_behind_it(look: Lookup) -> None:
    """Claims with their quotes, silences too, reports, links, judgements."""
    made = explain.as_json(example.E_VISIT, look)

    assert (made["id"], made["kind"]) == (example.E_VISIT.id, "event")
    assert {claim["id"] for claim in made["claims"]} == {example.C_VISIT.id, example.C_PLAN.id, example.C_SILENT.id}
    assert [report["document"] for report in made["reports"]] == ["daily-1", "gazette-1", "weekly-1"]
    assert len(made["links"]) == 1
    assert [word["by"] for word in made["judgements"]] == ["A. Reader"]


@pytest.mark.parametrize(
    ("bounds", "shown"),
    [
        (("2018-05-01", "2018-05-31", "2018-05-01", "2018-05-31"), "2018-05"),
        (("2018-01-01", "2018-12-31", "2018-01-01", "2018-12-31"), "2018"),
        (("2018-05-01", "2018-05-01", "2018-05-31", "2018-05-31"), "2018-05-01/2018-05-31"),
        (("2018-05-02", "2018-05-31", "2018-05-02", "2018-05-31"), "[2018-05-02..2018-05-31]"),
    ],
)
def test_some_day_of_a_month_is_written_as_the_month(bounds: tuple[str, str, str, str], shown: str) -> None:
    """A visit that lasted all May is something else than one on some day of May."""
    a, b, c, d = (dt.date.fromisoformat(day) for day in bounds)

    assert words.when(Cell(Interval(a, b, c, d), reason="read")) == shown


def test_a_long_interval_is_broken_between_its_ends(look: Lookup) -> None:
    """In a narrow table each end of an interval stands whole on its own line."""
    day, last = dt.date(2018, 5, 2), dt.date(2018, 5, 9)
    act = dataclasses.replace(example.VISIT, date=Cell(Interval(day, last, day, last), reason="read"))
    lines = tables.events([dataclasses.replace(example.E_VISIT, act=act)], look)
    shown = [line.split()[0] for line in drawn(tables.table("events", lines, 80, {}), 80).splitlines() if line.strip()]

    assert shown[1:3] == ["[2018-05-02..", "2018-05-09]"]
