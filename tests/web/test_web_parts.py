"""What pages are made of: the index, marks in a text, timelines, what a URL asks for, the address that is printed."""

import dataclasses
import datetime as dt
import itertools
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")

from hypothesis import given
from hypothesis import strategies as st

from dragoman import cli, ids, pipeline
from dragoman.types import Decision, Run
from dragoman.web import asked, atlas, decide, facets, index, later, marks, people, search, server, timeline
from dragoman.web.index_rows import COUNTED

TABLES = (
    "events",
    "facets",
    "event_claims",
    "claims",
    "claim_facets",
    "takes_part",
    "positions",
    "decided",
    "documents",
)


def rows(of: index.Index) -> dict[str, list[Any]]:
    """All rows of an index without their numbers."""
    found = {}
    for table in TABLES:
        named = [row[1] for row in of.all(f"PRAGMA table_info({table})")]
        numbers = {"facets": "event", "takes_part": "event", "claim_facets": "claim"}.get(table)
        kept = [name for name in named if name not in ("n", numbers)]
        found[table] = sorted(map(tuple, of.all(f"SELECT {', '.join(kept)} FROM {table}")))
    return found


def test_an_index_brought_up_to_date_is_a_new_one(desk: Any) -> None:
    """After each decision it holds what one made from nothing holds."""
    claims = [one.id for one in desk.store.read().claims]
    for number, claim in enumerate(claims):
        decide.judge(desk, claim, Decision.REJECT if number % 2 else Decision.ACCEPT, by="A. Reader", why="")
        fresh = index.Index(":memory:")
        fresh.refresh(desk.store, desk.known)

        assert rows(fresh) == rows(desk.index)
        fresh.close()


def test_events_follow_claims_that_are_read_otherwise(desk: Any) -> None:
    """Coded again with the same claims, some less sure, the events are as doubtful as their claims."""
    held = desk.store.read()
    run = Run("", "2", (), (), "", "")
    run = dataclasses.replace(run, id=ids.run_id(run))
    for text in held.texts:
        claims = [dataclasses.replace(one, confidence=0.3) for one in held.claims if one.text == text.id]
        desk.store.finish_text(text.id, run, claims, None)
    desk.store.settle(run)
    pipeline.reduce(desk.store)

    assert {0.7} == {round(row["doubt"], 3) for row in desk.index.all("SELECT doubt FROM events")}


def test_computing_that_was_stopped_while_it_waited_does_not_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause that ends at the moment of the next word, or of closing."""
    begun: list[Any] = []
    monkeypatch.setattr("subprocess.Popen", lambda *given, **_: begun.append(given))
    made = later.Later(Path("talks.db"), 0)
    with made._lock:
        waiting = threading.Timer(0, made._begin)
        waiting.start()
    waiting.join()

    assert [] == begun


def test_counts_are_remembered_until_the_record_changes(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another page or order counts nothing again; another filter does, and so does a decision."""
    counted, made = list[asked.Asked](), facets._facets

    def counting(of: index.Index, wanted: asked.Asked) -> Any:
        counted.append(wanted)
        return made(of, wanted)

    monkeypatch.setattr(facets, "_facets", counting)
    all_of_them = facets.facets(desk.index, asked.Asked())
    again = facets.facets(desk.index, asked.Asked(page=2, sort="-date", size=7))
    assert all_of_them == again
    assert 1 == len(counted)
    assert facets.facets(desk.index, asked.Asked({"party": ("CHN",)})) != all_of_them
    assert 2 == len(counted)
    actors = [one["key"] for one in people.actors(desk.index, asked.Asked()).rows]
    assert actors == [
        people.actors(desk.index, asked.Asked(page=page, size=1)).rows[0]["key"] for page in range(1, len(actors) + 1)
    ]
    for claim in desk.store.read().claims:
        decide.judge(desk, claim.id, Decision.REJECT, by="A. Reader", why="")

    assert {} == facets.facets(desk.index, asked.Asked())
    assert [] == people.actors(desk.index, asked.Asked()).rows


FILTERS = (
    asked.Asked(),
    asked.Asked({"party": ("CHN", "TUR")}),
    asked.Asked({"type": ("CONSULT",), "voice": ("CHN",), "outlet": ("Daily",)}),
    asked.Asked({"party": ("XXX",)}),
    asked.Asked(q="envoy"),
    asked.Asked(since="2023-05-18", q="no such word"),
)


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_facets_are_what_counting_event_by_event_gives(desk: Any, wanted: asked.Asked) -> None:
    """Of every facet all values and numbers, a facet's own filter left out, the most common first, then by name.

    Also after a decision, when a part of the index is written anew.
    """
    _assert_counted(desk, wanted)
    decide.judge(desk, desk.store.read().events[0].claims[0], Decision.REJECT, by="A. Reader", why="")
    _assert_counted(desk, wanted)


def _assert_counted(desk: Any, wanted: asked.Asked) -> None:
    for name in COUNTED:
        others = {key: values for key, values in wanted.chosen.items() if key != name}
        kept = search.events(desk.index, dataclasses.replace(wanted, chosen=others)).rows
        counts: Counter[str] = Counter()
        for row in kept:
            query = "SELECT value FROM facets JOIN events ON event = n WHERE id = ? AND kind = ?"
            counts.update(value for (value,) in desk.index.all(query, (row["id"], name)))
        expected = [(value, counts[value]) for value in sorted(counts, key=lambda one: (-counts[one], one))]
        nowhere = [(value, 0) for value in wanted.chosen.get(name, ()) if value not in counts]
        found = facets.facets(desk.index, wanted).get(name, [])

        assert [*nowhere, *expected] == [(one.value, one.count) for one in found]


def test_a_broken_index_is_made_anew(desk: Any, tmp_path: Path) -> None:
    """A file that is none of ours does not stop the workbench."""
    path = tmp_path / "broken.index"
    path.write_bytes(b"no database at all" * 100)
    made = index.Index(str(path))
    made.refresh(desk.store, desk.known)

    assert rows(desk.index) == rows(made)
    made.close()


def test_an_index_is_kept(desk: Any, tmp_path: Path) -> None:
    """Opened again it is up to date at once, and only its owner may read it."""
    path = tmp_path / "kept.index"
    first = index.Index(str(path))
    assert first.refresh(desk.store, desk.known)
    first.close()
    again = index.Index(str(path))

    assert not again.refresh(desk.store, desk.known)
    assert rows(desk.index) == rows(again)
    assert 0o600 == path.stat().st_mode & 0o777
    again.close()


def test_where_no_cache_can_be_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The index is in memory."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert ":memory:" == index.cache_file("a record")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert index.cache_file("a record").startswith(str(tmp_path / "dragoman"))


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_marks_lose_no_letter_of_a_text(content: str, spans: list[tuple[int, int]]) -> None:
    """Wherever they begin, end and overlap."""
    made = [marks.Mark(min(one), max(one), f"m{number}") for number, one in enumerate(spans) if one[0] != one[1]]
    pieces = marks.pieces(content, made)

    assert "".join(marks.visible(char) for char in content).replace(" ", "") == "".join(
        piece.text for piece in pieces
    ).replace(" ", "")
    opened = [name for piece in pieces for name in piece.opens]
    assert sorted({mark.name for mark in made if mark.start < len(content)}) == sorted(opened)


def test_marks_that_overlap_share_a_piece() -> None:
    """Each piece names all that lie over it."""
    found = marks.pieces("abcdef", [marks.Mark(0, 4, "x"), marks.Mark(2, 6, "y")])

    assert [("ab", ("x",)), ("cd", ("x", "y")), ("ef", ("y",))] == [(piece.text, piece.marks) for piece in found]


def event(first: str, last: str, lane: str = "FRA", key: str = "e1") -> dict[str, Any]:
    """A row of the index, as far as a timeline asks."""
    return {"id": key, "first": first, "last": last, "lane": lane}


def test_parties_with_few_events_share_the_last_lane() -> None:
    """Each event is drawn once, in its party's lane while there is room."""
    rows = [
        event("2023-05-01", "2023-05-01", f"P{party:02}", f"e{party}{n}")
        for party in range(20)
        for n in range(20 - party)
    ]
    made = timeline.drawn(rows)

    assert made
    assert [*(f"P{party:02}" for party in range(13)), ""] == [lane.code for lane in made.lanes]
    assert sorted(row["id"] for row in rows) == sorted(one.event["id"] for lane in made.lanes for one in lane.drawn)
    assert all(lane.code in (one.event["lane"], "") for lane in made.lanes for one in lane.drawn)


def test_uncertain_days_are_drawn_as_ranges() -> None:
    """A certain day is a point; a week is seven times as wide as a day; an open end is marked."""
    drawn = timeline.drawn(
        [event("2023-05-01", "2023-05-01"), event("2023-05-08", "2023-05-14"), event("", "2023-05-20")]
    )
    assert drawn
    day, week, late = sorted((one for lane in drawn.lanes for one in lane.drawn), key=lambda one: one.event["last"])

    assert (True, False, False) == (day.point, week.point, late.point)
    assert week.width > 6 * (timeline.WIDTH - timeline.LEFT) / 22
    assert late.open_start
    assert timeline.drawn([event("", "")]) is None
    assert timeline.drawn([event("2023-05-01", "2023-05-01")], since="2024-01-01") is None


def test_a_timeline_says_when_it_begins() -> None:
    """Also where the first day of a month is far from its left edge."""
    drawn = timeline.drawn([event("2023-05-04", "2023-05-04"), event("2023-09-01", "2023-09-01", key="e2")])
    assert drawn
    assert ["May 2023", "Jun 2023"] == [tick.name for tick in drawn.ticks][:2]
    assert timeline.LEFT == drawn.ticks[0].x


def test_a_long_text_is_cut_between_words() -> None:
    """Around its marks, at the beginning of a line where one is near."""
    text = "one two three\n" + "four five six " * 20 + "HERE" + " seven eight" * 20
    mark = marks.Mark(text.index("HERE"), text.index("HERE") + 4, "claim")
    start, end = marks.around(text, [mark], 100)

    assert text[start - 1] == " " == text[end - 1]
    assert start < mark.start < mark.end < end
    assert text[marks.around(text, [mark], 270)[0] :].startswith("four")
    assert (0, len(text)) == marks.around(text, [mark], 900)


@given(
    st.lists(
        st.tuples(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 4000)), min_size=1, max_size=30
    )
)
def test_nothing_of_a_timeline_lies_on_another(days: list[tuple[dt.date, int]]) -> None:
    """Within its width, in rows of its own lane."""
    made = [
        event(first.isoformat(), (first + dt.timedelta(days=more)).isoformat(), f"L{number % 20}", f"e{number}")
        for number, (first, more) in enumerate(days)
    ]
    drawn = timeline.drawn(made)
    assert drawn
    assert len(made) == sum(len(lane.drawn) for lane in drawn.lanes)
    for lane in drawn.lanes:
        boxes = sorted((one.y, one.x, one.width) for one in lane.drawn)
        for (y, x, width), (below, after, _) in itertools.pairwise(boxes):
            assert y != below or x + width <= after
        assert all(lane.y <= y and y + timeline.ROW <= lane.y + lane.height + timeline.ROW for y, _, _ in boxes)


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.integers(1, 500)), min_size=1, max_size=12))
def test_a_map_shows_all_its_places(points: list[tuple[float, float, int]]) -> None:
    """Within the part of the world that it shows, which lies on the world."""
    places = [
        {"name": f"p{n}", "country": "", "lat": lat, "lon": lon, "precision": "city", "events": count, "disputed": 0}
        for n, (lat, lon, count) in enumerate(points)
    ]
    drawn = atlas.drawn(places)

    assert drawn
    assert 0 <= drawn.left <= drawn.left + drawn.width <= 3600.1
    assert 0 <= drawn.top <= drawn.top + drawn.height <= 1800.1
    for spot in drawn.spots:
        assert drawn.left - 0.2 <= spot.x <= drawn.left + drawn.width + 0.2
        assert drawn.top - 0.2 <= spot.y <= drawn.top + drawn.height + 0.2
    assert atlas.drawn([]) is None
    assert atlas.land().startswith("M")


def test_what_a_url_asks_for_comes_back_as_a_url() -> None:
    """The same filters, in one order."""
    given_ = [
        ("type", "CONSULT"),
        ("q", "a b"),
        ("party", "CHN"),
        ("party", "CHN"),
        ("since", "2023"),
        ("nonsense", "x"),
    ]
    wanted = asked.asked(given_, asked.EVENT_FILTERS)

    assert "/events?party=CHN&type=CONSULT&q=a+b&since=2023" == wanted.url("/events")
    assert wanted == asked.asked(wanted.pairs(), asked.EVENT_FILTERS)
    assert "/events?party=CHN&q=a+b&since=2023" == wanted.toggled("type", "CONSULT").url("/events")


def test_addresses() -> None:
    """What is printed, and what may be a link."""
    assert "http://127.0.0.1:8765/" == server.address("127.0.0.1", 8765, "")
    assert "http://[::1]:80/?token=t" == server.address("::1", 80, "t")
    assert "https://a.example/x" == marks.web_address("https://a.example/x")
    assert "" == marks.web_address("javascript:alert(1)") == marks.web_address("http://a b") == marks.web_address("")


def test_serve_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The extra, or the record."""
    assert cli.USAGE == cli.main(["serve", "--record", str(tmp_path / "none.db"), "--port", "0"])
    assert "no such record" in capsys.readouterr().err
    monkeypatch.setattr("importlib.util.find_spec", lambda *_: None)
    assert cli.USAGE == cli.main(["serve", "--record", str(tmp_path / "none.db")])
    assert "pip install 'dragoman[web]'" in capsys.readouterr().err
