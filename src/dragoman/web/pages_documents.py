"""Pages of documents, a text with its claims marked in place; and what the API offers."""

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.terminal.plain import plain
from dragoman.web import adding, marks, render, search
from dragoman.web import asked as asking
from dragoman.web.api import At
from dragoman.web.pages_events import told

router = APIRouter()

_FILTERS = ("outlet", "language")


@router.get("/documents")
def documents(request: Request, desk: At) -> HTMLResponse:
    """The list of documents."""
    wanted = asking.asked(request.query_params.multi_items(), _FILTERS)
    index = desk.index
    found = search.documents(index, wanted)
    said = {row["id"]: marks.matched(row["said"], search.OPEN, search.CLOSE) for row in found.rows if row.get("said")}
    failures = desk.store.forms("failures")
    return render.page(
        request,
        "documents.html",
        asked=wanted,
        found=found,
        said=said,
        outlets=search.outlets(index),
        failures=[_failure(form) for form in failures.values()],
    )


def _failure(form: str) -> str:
    raw = json.loads(form)
    return plain(f"{raw.get('source', '')}: {raw.get('reason', '')}")


@router.get("/documents/{key}")
def document(request: Request, key: str, desk: At, claim: str = "") -> Response:
    """One document: its text with the claims marked; ``claim`` is the one to show first."""
    found = desk.find("documents", key)
    if found != key:
        return RedirectResponse(render.path_of("documents", found), 301)
    index = desk.index
    text = index.one("SELECT text FROM documents WHERE id = ?", (found,))
    rows = index.all("SELECT id FROM claims WHERE text = ? ORDER BY start, stop, id", (text,))
    look = desk.part(texts=[text], claims=[row[0] for row in rows])
    report = next(one for one in look.reports[text] if one.id == found)
    claims = [look.claims[row[0]] for row in rows if row[0] in look.claims]
    query = "SELECT claim, event FROM event_claims WHERE claim IN (SELECT id FROM claims WHERE text = ?)"
    events = {row[0]: row[1] for row in index.all(query, (text,))}
    content = look.texts[text].content
    spans = [marks.Mark(one.evidence.start, one.evidence.end, one.id) for one in claims]
    return render.page(
        request,
        "document.html",
        report=report,
        copies=[one for one in look.reports[text] if one.id != found],
        title_pieces=marks.pieces(content, spans, 0, report.body_at, exact=True) if report.body_at else [],
        pieces=marks.pieces(content, spans, report.body_at, exact=True),
        form=adding.offered(desk, text, look),
        claims=[told(one, look) for one in claims],
        numbers={one.id: number for number, one in enumerate(claims, 1)},
        events=events,
        chosen=claim if claim in look.claims else "",
        dating=look.datings.get(text),
    )


@router.get("/api")
def api(request: Request) -> HTMLResponse:
    """What the API offers, from its OpenAPI description."""
    described: dict[str, Any] = request.app.openapi()
    rows = [
        {
            "method": method.upper(),
            "path": path,
            "what": operation.get("description", "").split("\n")[0],
            "parameters": [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"],
            "bare": method == "get" and "{" not in path,
        }
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
    ]
    return render.page(request, "api.html", rows=rows)
