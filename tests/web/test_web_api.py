"""The API: everything of the record, by filters and pages; wrong questions are told in one line."""

from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")

from evals.asgi import ask

from dragoman.types import Event


def items(app: Any, path: str) -> list[dict[str, Any]]:
    """The items of a list."""
    answer = ask(app, f"/api/v1/{path}")
    assert answer.status == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def test_the_record_in_numbers(app: Any) -> None:
    """Counts of everything, and what was coded with."""
    told = ask(app, "/api/v1/").json()

    assert {"documents": 5, "claims": 6, "events": 3, "positions": 1, "processes": 0} == told["counts"]
    assert "1" == told["run"]["version"]


def test_events_are_filtered_as_the_page_is(app: Any) -> None:
    """By type, party, dispute, day, words; values of one filter widen, filters narrow."""
    assert 3 == len(items(app, "events"))
    assert ["planned"] == [one["status"] for one in items(app, "events?status=planned")]
    assert 2 == len(items(app, "events?party=EGY&party=BRA"))
    assert [] == items(app, "events?party=EGY&party=BRA&country=FRA")
    assert 1 == len(items(app, "events?dispute=unacknowledged_by%3AEGY"))
    assert 1 == len(items(app, "events?standing=unacknowledged"))
    assert 1 == len(items(app, "events?since=2023-06"))
    assert 2 == len(items(app, "events?until=2023-05-31"))
    assert 1 == len(items(app, "events?q=confirmed+meet"))
    assert 1 == len(items(app, 'events?q="not confirmed"'))
    assert [] == items(app, 'events?q="confirmed not"')


def test_lists_come_in_pages(app: Any) -> None:
    """The next page is named, the pages together are the list."""
    first = ask(app, "/api/v1/events?size=2").json()
    second = ask(app, first["next"]).json()

    assert (3, 2, 1) == (first["total"], len(first["items"]), len(second["items"]))
    assert second["next"] is None
    assert {one["id"] for one in items(app, "events")} == {one["id"] for one in first["items"] + second["items"]}


def test_one_event_has_its_accounts_and_their_words(app: Any, meeting: Event) -> None:
    """With claims, quotes and reports; the beginning of an id will do."""
    told = ask(app, f"/api/v1/events/{meeting.id[:8]}").json()

    assert meeting.id == told["id"]
    assert "Egypt has not confirmed the meeting" in {claim["quote"] for claim in told["claims"]}
    assert {"Daily", "Gazette", "Weekly"} == {report["outlet"] for report in told["reports"]}


def test_claims_statements_positions_actors_documents(app: Any) -> None:
    """Each kind has its list and its things."""
    silences = items(app, "statements")
    held = items(app, "positions?party=TUR")
    documents = items(app, "documents?outlet=Weekly")

    assert ["is_silent"] == [one["says"] for one in silences]
    assert {"claim"} == {ask(app, f"/api/v1/claims/{one['id']}").json()["kind"] for one in items(app, "claims")}
    assert ["both sides agree"] == [one["condition"] for one in held]
    assert "position" == ask(app, f"/api/v1/positions/{held[0]['id']}").json()["kind"]
    assert ["Li Hui", 2] == [items(app, "actors?q=Li+Hui")[0][name] for name in ("name", "events")]
    assert ["Egypt", 1] == [
        ask(app, "/api/v1/actors/CHN.Li%20Hui").json()["met"][0][name] for name in ("name", "events")
    ]
    text = ask(app, f"/api/v1/documents/{documents[0]['id']}").json()
    claim = text["claims"][0]
    assert "The envoy Li Hui" == text["content"][claim["evidence"]["start"] :][:16]


def test_days_and_letters_are_taken_as_they_are(app: Any) -> None:
    """The last day is asked for too; a sign that SQL would read as any letters is a letter."""
    days = ask(app, "/api/v1/documents?since=2023-05-19&until=2023-05-25").json()["items"]

    assert ["2023-05-19", "2023-05-25"] == [one["published"] for one in days]
    assert 0 < ask(app, "/api/v1/actors?q=li").json()["total"]
    for sign in ("%25", "_", "%5C"):
        assert 0 == ask(app, f"/api/v1/actors?q={sign}").json()["total"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("events/e0000", 404),
        ("claims/nothing", 404),
        ("documents/nothing", 404),
        ("actors/nobody", 404),
        ("events?since=lately", 400),
        ("events?sort=fame", 400),
        ("events?page=0", 400),
        ("events?page=999999999999", 400),
        ("events?size=1e9", 400),
        ("events?size=100000", 400),
        ("events?standing=famous", 400),
        ("events?course=famous", 400),
        ("events?support=famous", 400),
        ("events?dispute=famous:EGY", 400),
        ("events?q=" + "x" * 201, 400),
        ("nothing", 404),
    ],
)
def test_wrong_questions_are_told_in_one_line(app: Any, path: str, status: int) -> None:
    """In the one shape of errors, without a traceback."""
    answer = ask(app, f"/api/v1/{path}")
    told = answer.json()

    assert (status, False, status) == (answer.status, told["ok"], told["status"])
    assert "\n" not in told["error"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "q", ['"', "a OR b", "NEAR(a b)", "title:x", "*", "^a", "' OR 1=1 --", "%", "a* b*", '"a" "', "((", "🕊", "-"]
)
def test_no_search_is_read_as_an_operator(app: Any, q: str) -> None:
    """Whatever is typed is words."""
    for path in ("/api/v1/events", "/api/v1/claims", "/api/v1/documents", "/api/v1/actors", "/events", "/documents"):
        answer = ask(app, f"{path}?q={''.join(f'%{byte:02x}' for byte in q.encode())}")

        assert (path, 200) == (path, answer.status)


def test_it_is_described(app: Any) -> None:
    """OpenAPI 3.1 with every list's filters; the page of the API lists the paths."""
    described = ask(app, "/api/v1/openapi.json").json()
    named = [one["name"] for one in described["paths"]["/api/v1/events"]["get"]["parameters"]]

    assert described["openapi"].startswith("3.1")
    assert {"type", "party", "dispute", "q", "since", "page"} <= set(named)
    assert {"/api/v1/judgements", "/api/v1/links", "/api/v1/splits", "/api/v1/undo"} <= set(described["paths"])
    assert "/api/v1/statements" in ask(app, "/api").text
