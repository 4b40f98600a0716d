"""Exports of what a list shows: the filters of a URL and of the command line select the same, and nothing waits."""

import csv
import dataclasses
import io
import json
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")

from evals.asgi import ask

from dragoman import cli
from dragoman.store import Store
from dragoman.types import Link, Relation, RelationKind, Verdict
from dragoman.web import app as application
from dragoman.web import lists, pages_export, prepared
from dragoman.web.asked import AskedError
from dragoman.web.desk import Desk
from dragoman.web.selection import part, selection, within_itself

FILTERS = (
    [("party", "CHN")], [("party", "TUR"), ("status", "planned")], [("country", "EGY")], [("outlet", "Weekly")],
    [("voice", "TUR")], [("standing", "unacknowledged")], [("type", "CONSULT"), ("until", "2023-05-18")],
    [("since", "2023-06")], [("q", "envoy")], [("party", "BRA"), ("party", "FRA")],
)  # fmt: skip


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def url(path: str, pairs: list[tuple[str, str]]) -> str:
    """A path with parameters."""
    return path + ("?" + "&".join(f"{name}={value}" for name, value in pairs) if pairs else "")


def options(pairs: list[tuple[str, str]]) -> list[str]:
    """The same filters on a command line."""
    return [part for name, value in pairs for part in (f"--{'text' if name == 'q' else name}", value)]


@pytest.mark.parametrize("pairs", FILTERS, ids=str)
def test_url_and_command_line_select_what_the_list_shows(
    pairs: list[tuple[str, str]], app: Any, record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page of JSON, the table, the export of the workbench and that of the command line have the same events."""
    shown = {item["id"] for item in ask(app, url("/api/v1/events", pairs)).json()["items"]}
    listed = {row["id"] for row in rows(ask(app, url("/events.csv", pairs)).text)}
    served = ask(app, url("/export/csv", pairs)).text
    capsys.readouterr()
    code = cli.main(["export", "csv", "--record", str(record), *options(pairs)])
    printed = capsys.readouterr().out

    assert shown
    assert len(shown) < ask(app, "/api/v1/events").json()["total"]
    assert shown == listed == {row["id"] for row in rows(served)}
    assert code == cli.OK
    assert rows(printed) == rows(served)


def test_an_export_of_a_part_holds_what_it_rests_on_and_nothing_else(app: Any, desk: Desk) -> None:
    """Claims, texts, links and relations lead nowhere outside of it."""
    del app
    held = part(desk.store, desk.index, selection("plover", [("country", "EGY")]))
    claims, texts = {claim.id for claim in held.claims}, {text.id for text in held.texts}

    assert len(held.events) == 1
    assert set(held.events[0].claims) <= claims
    assert {claim.text for claim in held.claims} == texts == {report.text for report in held.reports}
    assert all({link.left, link.right} <= claims for link in held.links)
    event = held.events[0]
    apart = Relation(RelationKind.PART_OF, event.id, "e0", ("told in one sentence",))
    within = Relation(RelationKind.CANCELS, event.id, event.id, ())
    link = Link(event.claims[0], "c0", Verdict.UNSURE, 0.5, ("alike",), "tests", "", person=False)
    loose = dataclasses.replace(event, relations=(apart, within), links=(link,))
    closed = within_itself(dataclasses.replace(held, events=(loose,), links=(link,)))
    assert closed.events[0].relations == (within,)
    assert () == closed.events[0].links == closed.links


def test_claims_and_positions_are_exported_alone(app: Any) -> None:
    """``of`` names the list; of a list that a format cannot be made of alone, nothing is made."""
    silences = [json.loads(line) for line in ask(app, "/export/statements?of=claims&says=is_silent").text.splitlines()]
    claims = ask(app, "/api/v1/claims?says=is_silent").json()["items"]
    assert {row["claim"] for row in silences} == {row["id"] for row in claims} != set()
    held = [json.loads(line) for line in ask(app, "/export/positions?stance=rejects").text.splitlines()]
    assert {row["stance"] for row in held} == {"rejects"}
    assert ask(app, "/export/positions?stance=demands").text == ""

    for path in ("/export/ics?of=claims", "/export/ics?of=nothing", "/export/csv?issue=territory", "/export/csv?x=1"):
        assert 400 == ask(app, path).status, path


@pytest.mark.parametrize("name", sorted(lists.LISTS))
def test_every_list_is_a_table(name: str, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has all rows of the list, in its order, whichever number is asked of the index at once."""
    monkeypatch.setattr(lists, "_STEP", 2)
    items = ask(app, f"/api/v1/{name}?size=200").json()["items"]
    key = "key" if name == "actors" else "id"
    answer = ask(app, f"/{name}.csv")

    assert "text/csv; charset=utf-8" == answer.headers["content-type"]
    assert f'attachment; filename="{name}.csv"' == answer.headers["content-disposition"]
    assert [item[key] for item in items] == [row[key] for row in rows(answer.text)]
    assert items or name == "processes"


def test_no_cell_of_a_table_is_a_formula(app: Any) -> None:
    """Titles and names of articles come from strangers."""
    for name in lists.LISTS:
        cells = [cell for row in rows(ask(app, f"/{name}.csv").text) for cell in row.values()]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]


def test_the_calendar_of_a_filter_has_its_plans(app: Any) -> None:
    """A planned event is an entry; an event that took place is none."""
    assert 1 == ask(app, "/export/ics?party=TUR").text.count("BEGIN:VEVENT")
    assert 0 == ask(app, "/export/ics?party=EGY").text.count("BEGIN:VEVENT")


def _until_ready(app: Any, path: str) -> Any:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        answer = ask(app, path)
        if answer.status != 202:
            return answer
        assert answer.headers["retry-after"]
        assert 'http-equiv="refresh"' in answer.text
        time.sleep(0.2)
    raise AssertionError("never ready")


def test_a_large_export_is_written_by_another_process(
    record: Path, app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request never waits for it: it is told so, and gets the same bytes when they are there."""
    at_once = {path: ask(app, path).raw for path in ("/export/csv", "/export/csv?party=CHN", "/export/gdelt")}
    monkeypatch.setattr(pages_export, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(pages_export, "_PATIENCE", 0.0)
    desk = Desk(record, by="Rea", cache=str(tmp_path / "other"))
    large = application.make(desk)
    assert 202 == ask(large, "/export/csv").status
    for path, content in at_once.items():
        assert content == _until_ready(large, path).raw
    folder = desk.prepared._folder
    assert folder
    assert not folder.stat().st_mode & 0o077
    desk.close()
    assert not folder.exists()


def test_only_so_many_are_written_at_once(app: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A further one is refused until they are done."""
    monkeypatch.setattr(pages_export, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(prepared, "MOST_AT_ONCE", 0)

    answer = ask(app, "/export/csv")
    assert (503, "3") == (answer.status, answer.headers["retry-after"])
    assert desk.prepared._running == {}


def test_an_export_waits_for_decisions_that_are_being_computed(
    app: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so at once, and gives the events as they were before only to who asks for that."""
    monkeypatch.setattr(type(desk), "pending", True)

    answer = ask(app, "/export/csv?party=CHN")
    assert 503 == answer.status
    assert "/export/csv?party=CHN&amp;as_it_is=1" in answer.text
    assert rows(ask(app, "/export/csv?party=CHN&as_it_is=1").text)


def test_a_format_that_cannot_be_written_says_why(
    app: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """At once and by another process alike: a line, no defect."""
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "k.failed").write_text("needs something", encoding="utf-8")
    desk.prepared._folder = folder
    monkeypatch.setattr(desk.prepared, "_begin", lambda *_: None)
    monkeypatch.setattr(prepared, "_key", lambda *_: "k")
    monkeypatch.setattr(pages_export, "MOST_AT_ONCE", 0)

    answer = ask(app, "/export/csv")
    assert (404, True) == (answer.status, "needs something" in answer.text)


def test_pages_link_to_the_exports_of_their_filter(app: Any) -> None:
    """The buttons carry the filter in the address, and no page of it."""
    for path in ("/events?party=CHN&sort=-date", "/timeline?party=CHN", "/map?party=CHN"):
        text = ask(app, path).text
        for target in ("/events.csv?party=CHN", "/export/ics?party=CHN", "/export?party=CHN"):
            assert f'href="{target}' in text, (path, target)
    assert 'href="/export?says=is_silent&amp;of=claims"' in ask(app, "/claims?says=is_silent").text
    assert 'href="/export?stance=rejects&amp;of=positions"' in ask(app, "/positions?stance=rejects").text
    listed = ask(app, "/export?party=CHN").text
    assert 'href="/export/gdelt?party=CHN&amp;text_free=1"' in listed
    assert "The whole record" not in listed
    assert "The whole record" in ask(app, "/export").text


def test_a_filter_that_a_list_does_not_have_is_an_error() -> None:
    """Nobody gets more than was asked for because of a misspelt filter."""
    with pytest.raises(AskedError, match="partei: events have no such filter"):
        selection("csv", [("partei", "CHN")])
    with pytest.raises(AskedError, match="standing: claims have no such filter"):
        selection("claims", [("of", "claims"), ("standing", "denied")])


def test_the_command_line_says_what_is_wrong_in_one_line(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong day, standing, list or filter."""
    for given in (["--since", "soon"], ["--standing", "odd"], ["--of", "x"], ["--of", "claims", "--place", "Cairo"]):
        assert cli.USAGE == cli.main(["export", "claims", "--record", str(record), *given])
        told = capsys.readouterr().err
        assert (1, True) == (told.count("\n"), told.startswith("dragoman: ")), told


def test_a_part_of_a_record_reads_back(record: Path, tmp_path: Path) -> None:
    """What plover writes of a part is a record of that part."""
    out, again = tmp_path / "part.jsonl", tmp_path / "again.db"
    assert cli.OK == cli.main(["export", "plover", "--record", str(record), "-o", str(out), "--party", "EGY"])
    assert cli.OK == cli.main(["import", str(out), "--record", str(again)])
    with Store.open(again) as store:
        assert {"EGY"} <= {part.party.value.code for event in store.read().events
                           for part in event.act.participations if part.party.value}  # fmt: skip
