"""The pages: every view opens and says what it should; a hostile article is shown and never executed."""

import functools
import io
import re
import zipfile
from html.parser import HTMLParser
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")

from evals.asgi import ask

from dragoman.types import Event

PAGES = (
    "/events", "/events?q=visited", "/claims", "/claims?kind=statement", "/documents", "/documents?q=alert",
    "/positions", "/actors", "/actors/CHN.Li%20Hui", "/timeline", "/map", "/processes",
    "/changes?since=2023-05-19", "/review",
    "/review/pairs", "/review/decisions", "/review/merge", "/export", "/api",
)  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of a page: its elements with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep it."""
        self.words.append(data)

    @property
    def text(self) -> str:
        """All text, runs of white space as one."""
        return " ".join(" ".join(self.words).split())

    def values(self, name: str) -> list[str]:
        """All values of an attribute."""
        return [attributes[name] or "" for _, attributes in self.elements if name in attributes]


def page(app: Any, path: str) -> Page:
    """A page that opens."""
    answer = ask(app, path)
    assert (path, 200) == (path, answer.status)
    return Page(answer.text)


def everything(app: Any) -> list[str]:
    """The paths of all pages, one of every thing with its own."""
    paths = list(PAGES)
    for kind in ("events", "claims", "documents", "positions"):
        paths += [f"/{kind}/{one['id']}" for one in ask(app, f"/api/v1/{kind}").json()["items"]]
    return paths


def test_every_view_opens_for_everything(app: Any) -> None:
    """With a title, one first heading, a way around, and no value that is none."""
    for path in everything(app):
        answer = ask(app, path)
        made = Page(answer.text)

        assert (path, 200) == (path, answer.status)
        assert (path, 1) == (path, sum(tag == "h1" for tag, _ in made.elements))
        written = ("None.", "None on record", "None for what is missing")
        assert "None" not in functools.reduce(lambda text, words: text.replace(words, ""), written, made.text)


def test_nothing_of_an_article_is_executed(app: Any) -> None:
    """No script but ours, no handler, no style, no address but http: whatever articles, titles, outlets say."""
    for path in everything(app):
        made = page(app, path)
        scripts = [(attributes["src"] or "").split("?")[0] for tag, attributes in made.elements if tag == "script"]
        selecting = ["/static/select.js"] if path.startswith("/documents/") else []

        assert (path, ["/static/app.js", *selecting]) == (path, scripts)
        assert not {tag for tag, _ in made.elements} & {"img", "iframe", "object", "embed", "base", "style", "u"}
        assert not [name for _, attributes in made.elements for name in attributes if name.startswith("on")]
        assert [] == made.values("style")
        for target in made.values("href") + made.values("action") + made.values("src"):
            assert target.startswith(("/", "#", "https://daily.example/1", "http://x.example/"))
        assert "\u202e" not in "".join(made.words)
        assert "\x1b" not in "".join(made.words)


def test_a_hostile_article_is_shown_as_it_is(app: Any) -> None:
    """Its markup as text, what would deceive a reader as visible escapes, templates not carried out."""
    key = next(one["id"] for one in ask(app, "/api/v1/documents").json()["items"] if "hostile" in one["document"])
    told = page(app, f"/documents/{key}").text

    assert "<script>alert(1)</script>" in told
    assert "<img src=x onerror=alert(2)>" in told
    assert "{{ 7*7 }}" in told
    assert "\\u202e txt.exe" in told  # an escape is a piece of its own
    assert "javascript:alert(4)" in told


def test_who_disputes_a_meeting_is_two_steps_away(app: Any, meeting: Event) -> None:
    """The list names the dispute and leads to the event, which shows the words in their document."""
    listed = ask(app, "/events").text
    assert "unacknowledged by Egypt" in Page(listed).text
    assert f'href="/events/{meeting.id}"' in listed
    shown = ask(app, f"/events/{meeting.id}").text
    told = Page(shown).text

    assert "Who disputes it" in told
    assert "unacknowledged by Egypt" in told
    assert "Egypt has not confirmed the meeting" in told
    assert re.search(r'<mark class="[^"]*claim[^"]*">Egypt has not confirmed the meeting</mark>', shown)
    assert "/documents/r" in shown


def test_accounts_stand_side_by_side(app: Any, meeting: Event) -> None:
    """What differs, what agrees and who is silent is marked in words too, not by colour alone."""
    told = page(app, f"/events/{meeting.id}").text

    assert re.search("≠ (Cairo|Alexandria) , differs from the other accounts", told)
    assert "Alexandria" in told
    assert "= CONSULT , agrees with another account" in told
    assert "∅ passes it over" in told


def test_the_words_of_a_cell_are_marked(app: Any, desk: Any, meeting: Event) -> None:
    """In the page by its address, and in the part that the script fetches."""
    claim = next(key for key in meeting.claims if desk.part(claims=[key]).claims[key].voice.chain)
    for path in (f"/events/{meeting.id}?claim={claim}&cell=place", f"/words/{claim}?cell=place"):
        answer = ask(app, path)

        assert 200 == answer.status
        assert re.search(r'<mark class="[^"]*cell[^"]*">', answer.text)
    assert "<html" not in ask(app, f"/words/{claim}?cell=place").text
    assert 404 == ask(app, "/words/nothing").status


def test_a_document_has_its_claims_in_place(app: Any, meeting: Event) -> None:
    """Each with a permanent address in the text, copies named."""
    key = next(one["id"] for one in ask(app, "/api/v1/documents").json()["items"] if one["document"] == "met-1")
    made = page(app, f"/documents/{key}?claim={meeting.claims[0]}")

    assert "Gazette" in made.text
    assert {f"c-{claim}" for claim in meeting.claims} & set(made.values("id"))
    assert any("claimed" in value for value in made.values("class"))
    assert "https://daily.example/1" in made.values("href")


def test_positions_are_a_grid_of_parties_and_issues(app: Any) -> None:
    """With the condition, one click from the sentence."""
    made = page(app, "/positions")
    held = next(target for target in made.values("href") if target.startswith("/positions/p"))

    assert "rejects a partition if both sides agree" in made.text
    assert "Turkey rejects a partition of the island unless both sides agree" in page(app, held).text
    assert "No position is like that" in page(app, "/positions?stance=offers").text


def test_an_actors_card(app: Any) -> None:
    """Whom it met, its events; nobody's card is an error."""
    told = page(app, "/actors/CHN.Li%20Hui").text

    assert "Met or spoke with Egypt" in told
    assert 404 == ask(app, "/actors/nobody").status


def test_the_map_has_places_with_their_events(app: Any) -> None:
    """Each leads to the list of its events; a list below says the same."""
    made = page(app, "/map?party=EGY")

    assert any(target.startswith("/events?party=EGY&place=") for target in made.values("href"))
    assert "1 events at 1 places" in made.text
    assert "No event with a place is like that" in page(app, "/map?party=TUR").text


def test_what_changed_since_a_day(app: Any, meeting: Event) -> None:
    """The event that a later report changed, with old and new; new events; reports; decisions."""
    made = page(app, "/changes?since=2023-05-19")
    nothing = page(app, "/changes?since=2030").text

    assert f"/events/{meeting.id}" in made.values("href")
    assert "accounts" in made.text
    assert "because new report" in made.text
    assert "Changed events 0" in nothing
    assert 400 == ask(app, "/changes?since=lately").status


def test_filters_stay_in_the_address(app: Any) -> None:
    """Choosing a value adds it to what was asked, clearing leads to the bare list."""
    made = page(app, "/events?party=EGY&since=2023&q=meeting")
    links = [target for target in made.values("href") if target.startswith("/events?")]

    assert any("party=EGY" in link and "type=CONSULT" in link and "q=meeting" in link for link in links)
    assert "/events" in made.values("href")
    assert "Party: Egypt" in made.text
    assert 'value="meeting"' in ask(app, "/events?q=meeting").text


def test_former_and_short_ids_lead_to_the_thing(app: Any, meeting: Event) -> None:
    """By a redirect to its own address."""
    answer = ask(app, f"/events/{meeting.id[:9]}")

    assert (301, f"/events/{meeting.id}") == (answer.status, answer.headers["location"])
    assert 404 == ask(app, "/events/zzz").status
    assert 307 == ask(app, "/").status


def test_a_search_shows_the_words_it_found(app: Any) -> None:
    """Marked, and leading to the claim."""
    found = ask(app, "/events?q=confirmed").text

    assert re.search(r'<mark class="hit">confirmed</mark>', found)
    assert re.search(r'<mark class="hit">', ask(app, "/documents?q=partition").text)


def test_every_exporter_has_its_button(app: Any) -> None:
    """And gives JSON Lines, the file of a format, or a ZIP archive of several."""
    made = page(app, "/export")
    targets = [target for target in made.values("href") if target.startswith("/export/")]

    assert {"/export/claims", "/export/events", "/export/positions", "/export/statements"} <= set(targets)
    answer = ask(app, "/export/statements")
    assert "attachment" in answer.headers["content-disposition"]
    assert "Egypt has not confirmed the meeting" in answer.text
    assert 404 == ask(app, "/export/nothing").status
    assert ask(app, "/export/icews").text.startswith("Event ID\tEvent Date\t")
    with zipfile.ZipFile(io.BytesIO(ask(app, "/export/gdelt?text_free=1").raw)) as archive:
        assert ["gdelt.export.CSV", "gdelt.mentions.CSV"] == sorted(archive.namelist())


def test_pages_are_light(app: Any) -> None:
    """The first view with style and script is far below 200 kB as sent."""
    sizes = [
        len(ask(app, path, headers={"accept-encoding": "gzip"}).raw)
        for path in ("/events", "/static/app.css", "/static/app.js", "/static/icon.svg")
    ]

    assert sum(sizes) < 40_000
    assert "immutable" in ask(app, "/static/app.js").headers["cache-control"]


def test_a_defect_is_told_by_a_number(app: Any, desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never by a traceback or by what the error says."""
    monkeypatch.setattr(type(desk), "find", lambda *_: 1 / 0)
    try:
        answer = ask(app, "/api/v1/events/e1")
    except ZeroDivisionError:
        return  # Starlette raises it again for the server's log, after the answer
    assert 500 == answer.status
