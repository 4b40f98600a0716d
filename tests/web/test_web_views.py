"""What views draw and tell: events of a time, journeys on the map, twins in the list, titles of processes."""

import datetime as dt
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")

from evals.asgi import ask
from hypothesis import given
from hypothesis import strategies as st

from dragoman.types import Event, Process
from dragoman.web import asked, circle, density, index_rows, people, search, tours
from dragoman.web.timeline import LEFT, WIDTH

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))


@given(st.dictionaries(DAYS.map(str), st.integers(1, 9), min_size=1, max_size=30), st.booleans(), st.data())
def test_bars_hold_every_event_of_the_time_once(counts: dict[str, int], narrowed: bool, data: st.DataObject) -> None:
    """Bars lie side by side inside the drawing, and their days are those that their links ask for."""
    since, until = ("", "")
    if narrowed:
        since, until = sorted((data.draw(DAYS).isoformat(), data.draw(DAYS).isoformat()))
    found = density.density(counts, since, until)

    assert found
    inside = {day: number for day, number in counts.items() if (since or day) <= day <= (until or day)}
    assert sum(inside.values()) == sum(bar.count for bar in found.bars)
    for bar in found.bars:
        assert bar.count == sum(number for day, number in inside.items() if bar.since <= day <= bar.until)
        assert LEFT <= bar.x
        assert bar.x + bar.width <= WIDTH
    assert all(one.until < other.since for one, other in zip(found.bars, found.bars[1:], strict=False))
    assert (found.earlier is not None) == any(day < (since or day) for day in counts)


def test_a_time_is_shown_by_the_unit_that_suits_it() -> None:
    """Days of two months, weeks of a year, months of ten years, then years; none without a day."""
    spans = {"day": "2023-03-01", "week": "2023-12-31", "month": "2030-01-01", "year": "2040-01-01"}
    for unit, last in spans.items():
        found = density.density({"2023-01-15": 2, last: 1}, "", "")
        assert found
        assert unit == found.unit
    assert density.density({}, "", "") is None


def test_the_timeline_leads_into_its_bars(app: Any) -> None:
    """Each bar is a link to its own days, with the filter kept; from a part of the time one gets out again."""
    page = ask(app, "/timeline?party=CHN").text
    assert "Events by day" in page
    assert "/timeline?party=CHN&amp;since=2023-05-16&amp;until=2023-05-16" in page
    page = ask(app, "/timeline?since=2023-05-20&until=2023-05-20").text
    assert "since=2023-05-19&amp;until=2023-05-19" in page
    assert "wider" in page


def _visit(key: str, day: str, place: str, status: str = "happened") -> dict[str, Any]:
    lat = float(sum(map(ord, place)) % 90)
    known = {"key": key, "name": key.title(), "id": f"e{day}", "day": day, "days": day, "place": place}
    return known | {"lat": lat, "lon": 30.0, "status": status}


def test_a_journey_is_the_places_of_visits_by_day() -> None:
    """No place twice in a row; what was cancelled is left out; a long pause parts two journeys; one place is none."""
    visits = [
        _visit("li", "2023-05-16", "Kyiv"),
        _visit("li", "2023-05-17", "Kyiv"),
        _visit("li", "2023-05-19", "Warsaw", "cancelled"),
        _visit("li", "2023-05-26", "Moscow", "planned"),
        _visit("li", "2023-08-01", "Paris"),
        _visit("qin", "2023-05-10", "Berlin"),
    ]
    (found,) = tours._tours(visits)

    assert ("li", "Li") == (found.key, found.name)
    assert [("Kyiv", False), ("Moscow", True)] == [(stop.place, stop.planned) for stop in found.stops]
    assert 1 == len(found.legs)


def test_the_map_of_a_record_without_journeys(desk: Any, app: Any) -> None:
    """Only visitors make journeys."""
    assert [] == search.visits(desk.index, asked.Asked())
    assert "Journeys" not in ask(app, "/map").text


def test_twins_are_told_apart_and_compared(desk: Any, app: Any, meeting: Event) -> None:
    """The list names the day, the outlets and how many events may be the same; the event leads to comparing them."""
    other = next(one for one in desk.store.read().events if one.id != meeting.id)
    pair = (meeting.claims[0], other.claims[0], 0.45)
    desk.index.all("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, 0)", pair)

    assert {meeting.id: {other.id: 0.45}, other.id: {meeting.id: 0.45}} == people.perhaps(
        desk.index, [meeting.id, other.id]
    )
    listed = ask(app, "/events").text
    assert "16 May 2023" in listed
    assert "1 perhaps the same" in listed
    assert '<span class="by">Daily, Gazette' in listed
    page = ask(app, f"/events/{meeting.id}").text
    assert "Perhaps the same act" in page
    assert f"/review/merge?left={meeting.id}&amp;right={other.id}" in page
    desk.index.all("UPDATE pairs SET spoken = 1")
    assert {} == people.perhaps(desk.index, [meeting.id])


def test_processes_are_titled_by_names(desk: Any) -> None:
    """Codes are named, the day is in words; a name of another making is left as it is."""
    made = Process("s1", "CHN – EUR – Envoys, from 2023-02-30", ("CHN", "EUR", "Envoys"), ("e1", "e2"))
    assert "China – European Union – Envoys, from 2023-02-30" == index_rows.process_title(made, desk.known)
    made = Process("s1", "CHN – EUR, from 2023-04-26", ("CHN", "EUR"), ("e1", "e2"))
    assert "China – European Union, from 26 April 2023" == index_rows.process_title(made, desk.known)
    assert "Talks" == index_rows.process_title(Process("s1", "Talks", ("CHN",), ("e1", "e2")), desk.known)


def test_who_met_whom_is_drawn_around_an_actor(desk: Any, app: Any) -> None:
    """Dots and names lie inside the drawing, thicker lines are more meetings; one that was met is no circle."""
    met = [{"key": f"k{number}", "name": f"Envoy {number}", "events": number + 1} for number in range(30)]
    found = circle.drawn("li", "Li Hui", met, [("k0", "k1", 9), ("k2", "k29", 1)])

    assert found
    assert 1 + circle.MOST == len(found.nodes)
    assert circle.MOST + 1 == len(found.edges)
    assert all(0 < one.x < circle.WIDTH and 0 < one.label_y < circle.HEIGHT for one in found.nodes)
    widths = [edge.width for edge in sorted(found.edges, key=lambda edge: edge.events)]
    assert sorted(widths) == widths
    assert circle.drawn("li", "Li Hui", met[:1], []) is None

    key = people.actors(desk.index, asked.Asked({"kind": ("person",)})).rows[0]["key"]
    others = [one["key"] for one in people.met(desk.index, key)]
    assert all(number > 0 for *_, number in people.met_each_other(desk.index, [key, *others]))
    assert 200 == ask(app, f"/actors/{key}").status
