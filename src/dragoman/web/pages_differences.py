"""The page of differences: what coders said of a claim side by side, its words, and a third person's decision."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.agreement import agreement
from dragoman.terminal.plain import plain
from dragoman.types import Decision
from dragoman.web import adjudicate, coders, render, search
from dragoman.web.api import At
from dragoman.web.desk import Desk
from dragoman.web.forms import Fields, done, first
from dragoman.web.pages_events import told
from dragoman.web.pages_review import sitting

router = APIRouter()

_SAID = {Decision.ACCEPT: "accepts it as read", Decision.REJECT: "rejects it", Decision.OWN: "added it"}


@router.get("/review/differences")
def differences(request: Request, desk: At) -> HTMLResponse:
    """Where coders differ, those nobody has decided yet first."""
    wanted = sitting(request)
    words = adjudicate.heard(desk)
    found = coders.differences(*words)
    page = search.paged(found, wanted)
    look = adjudicate.looked_up(desk, page.rows)
    items = [
        {
            "told": told(look.claims[one.claim], look),
            "words": [(word, says(word)) for word in one.words],
            "without": [plain(name) for name in one.without],
            "settled": plain(adjudicate.settled_by(one.settled)),
            "undo": one.settled[-1].id if one.settled else "",
        }
        for one in page.rows
        if one.claim in look.claims
    ]
    return render.page(
        request,
        "differences.html",
        tab="differences",
        asked=wanted,
        found=replace(page, rows=items),
        unsettled=sum(not one.settled for one in found),
        agreed=agreement(*words),
    )


def says(word: coders.Coded) -> str:
    """What a coder said, in words."""
    cells = ", ".join(f"{plain(cell)} = {plain(value) or 'nothing'}" for cell, value in word.cells)
    if not cells or word.decision is Decision.REJECT:
        return _SAID[word.decision]
    return f"{'added it with' if word.decision is Decision.OWN else 'sets'} {cells}"


@router.post("/review/settle")
async def settle(request: Request) -> Response:
    """A third person's decision."""

    def decision(desk: Desk, fields: Fields, by: str) -> str:
        verdict = adjudicate.Verdict(*(first(fields, name) for name in ("side", "decision", "cell", "value")))
        adjudicate.settle(desk, first(fields, "claim"), verdict, by=by, why=first(fields, "why"))
        return "kept: decided between the coders"

    return await done(request, decision)
