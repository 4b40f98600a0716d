"""Who may speak to the workbench: hosts, tokens, writes from elsewhere, the headers of every answer."""

from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")

from evals.asgi import ask, post

from dragoman.web import app as application
from dragoman.web import guard

WORD = {"claim": "c", "decision": "accept", "by": "A. Reader"}


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "localhost", "[::1]:8765"])
def test_this_machine_is_known(app: Any, host: str) -> None:
    """By its own names, on any port."""
    assert 200 == ask(app, "/events", headers={"host": host}).status


@pytest.mark.parametrize(
    "host",
    [
        "rebound.example:8765",
        "127.0.0.1.evil.example",
        "10.0.0.5:8765",
        "",
        "localhost@evil.example",
        "a b",
        "☃",
        "[::1",
        "[127.0.0.1]",
    ],
)
def test_other_names_are_refused(app: Any, host: str) -> None:
    """A page that rebinds its name to this machine reads nothing, not even a static file."""
    for path in ("/events", "/api/v1/", "/static/app.js"):
        if host.isascii():
            assert 421 == ask(app, path, headers={"host": host}).status


def test_a_name_may_be_allowed(desk: Any) -> None:
    """With --allow-host."""
    made = application.make(desk, guard.rules("127.0.0.1", ("desk.example",)))

    assert 200 == ask(made, "/events", headers={"host": "desk.example:8765"}).status


def test_another_address_needs_a_token(desk: Any) -> None:
    """It is made where none is given, and is asked of pages, files and the API alike."""
    rules = guard.rules("0.0.0.0")
    made = application.make(desk, rules)

    assert len(rules.token) >= 32
    for path in ("/events", "/api/v1/events", "/static/app.css", "/api/v1/openapi.json", "/export/events"):
        assert 401 == ask(made, path).status
        assert 401 == ask(made, f"{path}?token=guess").status
        assert (
            401 == ask(made, path, headers={"authorization": "Bearer guess", "cookie": "dragoman_token=guess"}).status
        )
    assert 401 == post(made, "/api/v1/undo", {}).status
    assert 200 == ask(made, "/api/v1/events", headers={"authorization": f"Bearer {rules.token}"}).status


def test_the_token_in_the_address_becomes_a_cookie(desk: Any) -> None:
    """And leaves the address, which browsers keep and send on."""
    rules = guard.rules("192.0.2.1", token="a-secret-of-mine")
    made = application.make(desk, rules)
    first = ask(made, "/events?type=CONSULT&token=a-secret-of-mine", headers={"host": "192.0.2.1:8765"})

    assert (303, "/events?type=CONSULT") == (first.status, first.headers["location"])
    assert "httponly" in first.cookies[0].lower()
    assert "samesite=strict" in first.cookies[0].lower()
    assert 200 == ask(made, "/events", headers={"cookie": "dragoman_token=a-secret-of-mine"}).status
    away = ask(made, "//evil.example/?token=a-secret-of-mine")
    assert away.headers["location"] == "/evil.example/"


def test_addresses_are_known_where_a_token_is_needed(desk: Any) -> None:
    """A bare address cannot be rebound; a name can."""
    made = application.make(desk, guard.rules("0.0.0.0", token="t" * 16))
    token = {"authorization": f"Bearer {'t' * 16}"}

    assert 200 == ask(made, "/api/v1/", headers={"host": "192.0.2.7:80", **token}).status
    assert 421 == ask(made, "/api/v1/", headers={"host": "evil.example", **token}).status


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"origin": "http://[::1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-length": "64001"},
        {"content-length": ""},
        {"content-length": "-1"},
    ],
)
def test_writes_from_elsewhere_are_refused(app: Any, desk: Any, headers: dict[str, str]) -> None:
    """Before anything is read of them."""
    api = [f"/api/v1/{name}" for name in ("judgements", "claims", "links", "splits", "undo")]
    review = [f"/review/{name}" for name in ("judge", "undo", "own", "settle", "samples")]
    for path in (*api, *review, "/second/begin", "/second/own"):
        assert post(app, path, WORD, headers).status in (403, 411, 413)
    assert ((), ()) == desk.store.words_of_people()


def test_writes_from_our_own_pages_are_let_through(app: Any) -> None:
    """What is wrong with this one is the claim."""
    own = {"origin": "http://127.0.0.1:8765", "sec-fetch-site": "same-origin"}

    assert 404 == post(app, "/api/v1/judgements", WORD | {"claim": "x"}, own).status


def test_every_answer_has_the_headers(app: Any) -> None:
    """Pages, files, errors, refusals: nothing inline is run, nothing is loaded from elsewhere, nothing is framed."""
    for path, host in (
        ("/events", ""),
        ("/static/app.js", ""),
        ("/nothing", ""),
        ("/api/v1/", ""),
        ("/", "evil.example"),
    ):
        headers = ask(app, path, headers={"host": host or "localhost"}).headers
        policy = headers["content-security-policy"]

        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "nosniff" == headers["x-content-type-options"]


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e%2fapp.py", "/static/", "/static/app.py", "/static/nul%00"]
)
def test_no_other_file_is_served(app: Any, path: str) -> None:
    """The folder of static files and nothing beside it."""
    assert 404 == ask(app, path).status
