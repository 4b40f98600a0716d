"""Pages from templates. Every value is escaped (Jinja2's autoescape is always on); nothing is marked as safe.

Knows the words in which filters and values are shown, and who is at the desk; it must not ask the record.
"""

from http import HTTPStatus
from typing import Any
from urllib.parse import quote, unquote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from dragoman import __version__
from dragoman.terminal import words
from dragoman.terminal.plain import plain
from dragoman.types import Course, Dispute
from dragoman.web.desk import Desk
from dragoman.web.escaping import environment
from dragoman.web.index_rows import OWN_VOICE, UNNAMED
from dragoman.web.marks import web_address

# The cookie with the reviewer's name; no secret.
NAME_COOKIE = "dragoman_by"
# The cookie of a browser that codes blind; it ends with the browser's session.
BLIND_COOKIE = "dragoman_blind"
# The cookie with what came of a decision, shown once.
NOTE_COOKIE = "dragoman_note"

NAV = (
    ("events", "Events"),
    ("timeline", "Timeline"),
    ("map", "Map"),
    ("positions", "Positions"),
    ("actors", "Actors"),
    ("processes", "Processes"),
    ("documents", "Documents"),
    ("changes", "Changes"),
    ("review", "Review"),
)
HEADINGS = {
    "dispute": "Disputed",
    "type": "Type",
    "status": "Status",
    "course": "Course",
    "support": "Support",
    "party": "Party",
    "country": "Where",
    "voice": "On whose word",
    "outlet": "Outlet",
    "actor": "Actor",
    "place": "Place",
    "process": "Process",
    "document": "Document",
    "issue": "Issue",
    "stance": "Stance",
    "kind": "Kind",
    "says": "Says",
    "language": "Language",
    "q": "Words",
    "since": "Since",
    "until": "Until",
    "standing": "Standing",
    "sector": "Sector",
}
_DISPUTES = {
    Dispute.CONTESTED: "contested by",
    Dispute.DENIED: "denied by",
    Dispute.REVISED: "revised by",
    Dispute.UNACKNOWLEDGED: "unacknowledged by",
    Dispute.DECLINED: "no comment by",
}

_ENVIRONMENT = environment("templates")


def label(kind: str, value: str, desk: Desk) -> str:
    """A value of a filter in words."""
    if kind == "dispute":
        dispute, _, party = value.partition(":")
        return f"{_DISPUTES[Dispute(dispute)]} {desk.name_of(party)}" if party else dispute.replace("_", " ")
    if kind in ("party", "country"):
        return desk.name_of(value)
    if kind == "voice":
        return {OWN_VOICE: "the outlet itself", UNNAMED: "unnamed sources"}.get(value) or desk.name_of(value)
    if kind == "course":
        return words.COURSE[Course(value)]
    if kind in ("outlet", "place", "document", "actor", "process", "q"):
        return plain(value)
    return value.replace("_", " ") if value.islower() else value


def link_to(path: str, **parameters: str) -> str:
    """A path of ours with parameters; empty ones left out."""
    given = {name: value for name, value in parameters.items() if value}
    return path + (f"?{urlencode(given)}" if given else "")


def path_of(*parts: str) -> str:
    """A path of ours from parts that may hold anything."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


_ENVIRONMENT.globals.update(
    nav=NAV, headings=HEADINGS, link_to=link_to, path_of=path_of, web_address=web_address, version=__version__
)


def who(request: Request) -> str:
    """The name of whoever is at the desk, "" where nobody said."""
    desk: Desk = request.app.state.desk
    return " ".join(unquote(request.cookies.get(NAME_COOKIE, "")).split())[:80] or desk.by


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page from a template; it knows the desk, the request's path and who is there."""
    desk: Desk = request.app.state.desk
    note = plain(unquote(request.cookies.get(NOTE_COOKIE, "")))[:300]
    made = _ENVIRONMENT.get_template(template).render(
        context,
        label=lambda kind, value: label(kind, value, desk),
        name_of=desk.name_of,
        here=request.url.path,
        here_with=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        record=desk.store.path.name,
        by=who(request),
        assets=request.app.state.assets,
        note=note,
        pending=desk.pending,
        blind=BLIND_COOKIE in request.cookies,
    )
    answer = HTMLResponse(made, status)
    if note:
        answer.delete_cookie(NOTE_COOKIE, path="/")
    return answer


def error(request: Request, status: int, why: str) -> HTMLResponse:
    """An error as a page."""
    return page(request, "error.html", status=status, title=HTTPStatus(status).phrase, why=why)


def refused(request: Request, status: int, why: str) -> Response:
    """An error as a page, or as JSON where a program asks the API."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"ok": False, "error": why, "status": status}, status)
    return error(request, status, why)


def back(to: str, fallback: str = "/review") -> RedirectResponse:
    """A redirect to one of our own paths."""
    ours = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
    return RedirectResponse(to if ours else fallback, 303)
