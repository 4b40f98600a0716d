"""``dragoman diff`` on the command line: what is printed where, and how it ends."""

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import example_record as example
from dragoman import cli
from dragoman.differences import compare
from dragoman.store import Store
from dragoman.terminal import differing
from dragoman.types import Act, Cell, Interval, Party, Place, Quantity, Role, Status

Runner = Callable[..., tuple[int, str, str]]


@pytest.fixture
def later(record: Path, tmp_path: Path) -> Path:
    """A copy of the record in which the visit is a plan, the demand and the position are no more."""
    path = tmp_path / "later.db"
    shutil.copy(record, path)
    act = dataclasses.replace(example.VISIT, status=Cell(Status.PLANNED, reason="set"), place=example.NO_PLACE)
    visit = dataclasses.replace(example.E_VISIT, act=act)
    with Store.open(path) as store:
        store.replace_derived(dataclasses.replace(store.read(), events=(visit, example.E_MEETING), positions=()))
    return path


def test_what_differs_is_printed_with_its_reason(run: Runner, record: Path, later: Path) -> None:
    """To stdout, 80 columns wide, nothing to stderr; ends with 0."""
    code, shown, told = run("diff", record, later)
    words = " ".join(shown.split())

    assert (code, told) == (cli.OK, "")
    assert "Events changed: 1" in words
    assert "status: happened → planned" in words
    assert "place: Port Sana (SAN) → none" in words
    assert "because the same claims, computed otherwise" in words
    assert "Events gone: 1" in words
    assert "Positions gone: 1" in words
    assert max(map(len, shown.splitlines())) <= 80


def test_records_that_hold_the_same_end_with_1(run: Runner, record: Path) -> None:
    """A line to stderr says so; JSON has every part, empty."""
    code, shown, told = run("diff", record, record)
    as_json, found, _ = run("diff", record, record, "--json")

    assert (code, shown, told) == (cli.NOTHING, "", f"{record} and {record} hold the same\n")
    assert as_json == cli.NOTHING
    assert [] == json.loads(found)["events"] == json.loads(found)["positions"]


def test_json_tells_the_same_as_words(run: Runner, record: Path, later: Path) -> None:
    """Ids whole, cells in words, reasons with their sort."""
    code, shown, _ = run("diff", record, later, "--json")
    changes = {one["change"]: one for one in json.loads(shown)["events"]}

    assert code == cli.OK
    assert [{"cell": "status", "old": "happened", "new": "planned"}] == [
        one for one in changes["changed"]["cells"] if one["cell"] == "status"
    ]
    assert example.E_DEMAND.id == changes["gone"]["old"][0]["id"]
    assert "computed" == changes["changed"]["why"][0]["cause"]


def test_everything_is_new_against_an_empty_record(run: Runner, record: Path, empty: Path) -> None:
    """Hostile words are shown as escapes; the run is told."""
    code, shown, _ = run("diff", empty, record)

    assert code == cli.OK
    assert "4 reports new" in shown
    assert "Events new: 3" in shown
    assert "1 person's word new: A. Reader: accept (read twice)" in " ".join(shown.split())
    assert "\x1b" not in shown


def test_a_record_that_is_not_there_is_told(run: Runner, record: Path, tmp_path: Path) -> None:
    """One line with its path."""
    code, shown, told = run("diff", record, tmp_path / "no.db")

    assert (code, shown) == (cli.USAGE, "")
    assert "no.db: no such record" in told


def test_a_merger_shows_the_events_before_and_now(run: Runner, record: Path, tmp_path: Path) -> None:
    """Each with its id, cut short."""
    path = tmp_path / "merged.db"
    shutil.copy(record, path)
    claims = tuple(sorted((*example.E_VISIT.claims, *example.E_DEMAND.claims)))
    with Store.open(path) as store:
        both = dataclasses.replace(example.E_VISIT, claims=claims)
        store.replace_derived(dataclasses.replace(store.read(), events=(both, example.E_MEETING)))
    words = " ".join(run("diff", record, path)[1].split())

    assert "Events merged: 1 e1111, e2222 → e1111 before e1111: 2018-06-04" in words
    assert "because the same claims, merged otherwise" in words


def rows(**cells: object) -> dict[str, tuple[str, str]]:
    """What is shown of cells of the visit that are others."""
    act: Act = dataclasses.replace(example.VISIT, **cells)  # type: ignore[arg-type]
    other = dataclasses.replace(example.E_VISIT, act=act)
    events = (other, example.E_DEMAND, example.E_MEETING)
    (change,) = compare(example.RECORD, dataclasses.replace(example.RECORD, events=events)).events
    return {cell: (old, new) for cell, old, new in differing.values(change, {})}


def test_every_cell_has_words() -> None:
    """Old and new, "" for none."""
    span = example.VISIT.trigger
    envoy = example.joining(example.T1, "Mara Lind", example.LIND, Role.VISITOR)

    assert {"type": ("CONSULT", "AGREE")} == rows(type="AGREE")
    assert {"modes": ("visit", "meet; visit")} == rows(modes=("visit", "meet"))
    assert {"date": ("2018-06-04", "undated")} == rows(date=Cell(Interval(), reason="none"))
    assert {"contexts": ("diplomatic", "")} == rows(contexts=())
    assert {"cameo": ("042", "043")} == rows(cameo="043")
    assert {"figures": ("", "killed 3 SAN by NOR")} == rows(
        quantities=(Quantity("killed", 2, 3, 4, span, "SAN", "NOR"),)
    )
    assert "Mara Lind (NOR) as visitor" == rows(participations=(envoy,))["participants"][1]


def test_what_words_leave_out_is_added_where_they_are_the_same() -> None:
    """So that no row reads as if nothing had changed."""
    ministry = Party("p1", "Mara Lind", example.LIND.kind, "NOR", "MIL")
    envoy = dataclasses.replace(example.VISIT.participations[0], party=Cell(ministry, reason="an officer"))
    old, new = rows(participations=(envoy, *example.VISIT.participations[1:]))["participants"]

    assert "NOR GOV" in old
    assert "NOR MIL" in new
    assert rows(place=Cell(Place("Port Sana", ""), reason="named"))["place"] == ("Port Sana (SAN)", "Port Sana")
