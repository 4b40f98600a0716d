"""Pages of review: the queue of claims, doubtful pairs, decisions with undo; and the forms that write people's words.

The forms work without the script; with it, the same words go through the API and the page stays where it is.
"""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.terminal import words
from dragoman.terminal.plain import plain
from dragoman.types import Decision, Verdict
from dragoman.web import asked as asking
from dragoman.web import compare, decide, queue, render, search
from dragoman.web.api import At
from dragoman.web.decide import DecisionError
from dragoman.web.desk import Desk
from dragoman.web.forms import Fields, done, first
from dragoman.web.pages_events import told

router = APIRouter()

# Items of one page of the queue: what a person does at a sitting.
_SITTING = "12"

WHY = {
    "accept": ("the words say so", "checked against the source"),
    "reject": ("the words do not say so", "not an act", "a supposition", "another act's words", "a duplicate"),
}


def sitting(request: Request) -> asking.Asked:
    """The page that is asked for of a list to be worked through."""
    return asking.asked([("size", _SITTING), *request.query_params.multi_items()], ())


@router.get("/review")
def review(request: Request, desk: At) -> HTMLResponse:
    """The queue of claims."""
    wanted = sitting(request)
    found = queue.claims(desk.index, wanted)
    look = desk.part(claims=[row["id"] for row in found.rows])
    items = [(told(look.claims[row["id"]], look), row) for row in found.rows if row["id"] in look.claims]
    return render.page(request, "review.html", tab="claims", asked=wanted, found=found, items=items, why=WHY)


@router.get("/review/pairs")
def pairs(request: Request, desk: At) -> HTMLResponse:
    """Pairs of claims that may tell of one act."""
    wanted = sitting(request)
    found = queue.pairs(desk.index, wanted)
    ids = [row[side]["id"] for row in found.rows for side in ("left", "right") if row[side]]
    look = desk.part(claims=ids)
    items = []
    for row in found.rows:
        if row["left"] and row["right"]:
            ends = [told(look.claims[row[side]["id"]], look) for side in ("left", "right")]
            items.append({"score": row["score"], "ends": ends, "events": [row["left"]["event"], row["right"]["event"]]})
    return render.page(request, "pairs.html", tab="pairs", asked=wanted, found=found, items=items)


@router.get("/review/decisions")
def decisions(request: Request, desk: At) -> HTMLResponse:
    """All decisions, newest first, each to be taken back."""
    wanted = asking.asked(request.query_params.multi_items(), ())
    page = search.paged(decide.decisions(desk), wanted)
    claims = [one.judgement.claim for one in page.rows if one.judgement]
    claims += [key for one in page.rows for link in one.links for key in (link.left, link.right)]
    look = desk.part(claims=claims)
    quotes = {one.judgement.claim: plain(one.judgement.words) for one in page.rows if one.judgement}
    quotes |= {key: plain(look.words(claim.evidence)) for key, claim in look.claims.items()}
    return render.page(request, "decisions.html", tab="decisions", asked=wanted, found=page, quotes=quotes)


@router.get("/review/merge")
def merge(request: Request, desk: At, left: str = "", right: str = "") -> HTMLResponse:
    """Two events side by side, to say whether they are one."""
    ends = [desk.find("events", key) for key in (left, right) if key]
    look = desk.part(events=ends)
    events = [look.events[key] for key in ends if key in look.events]
    shown = [
        {
            "event": one,
            "summary": words.event_summary(one),
            "standing": words.standing(one.standing, desk.known.names),
            "table": compare.side_by_side(one, look, desk.known.names),
            "claims": [told(look.claims[key], look) for key in one.claims if key in look.claims],
        }
        for one in events
    ]
    return render.page(request, "merge.html", tab="merge", shown=shown, left=left, right=right)


@router.post("/review/name")
async def name(request: Request) -> Response:
    """Who is at the desk."""
    return await done(request, lambda _desk, _form, by: f"you review as {by}")


@router.post("/review/judge")
async def judge(request: Request) -> Response:
    """A word on a claim."""

    def decision(desk: Desk, form: Fields, by: str) -> str:
        given = judged(desk, form, by, decide.judge)
        cell, value = first(form, "cell"), first(form, "value")
        return f"kept: {given}{f' {cell} = {value}' if given == 'set' else ''}"

    return await done(request, decision)


def judged(desk: Desk, form: Fields, by: str, judge: Callable[..., str]) -> str:
    """Keep the word on a claim that a form holds, by :func:`decide.judge` or another like it; which it is."""
    given = first(form, "decision")
    if given not in {"accept", "reject", "set"}:
        raise DecisionError("decision: accept, reject or set")
    cell, value, claim, why = (first(form, name) for name in ("cell", "value", "claim", "why"))
    judge(desk, claim, Decision(given), cell=cell, value=value, by=by, why=why)
    return given


@router.post("/review/link")
async def link(request: Request) -> Response:
    """A word on whether two claims or events are one act."""

    def decision(desk: Desk, form: Fields, by: str) -> str:
        given = first(form, "verdict")
        if given not in {"same", "not_same", "unsure"}:
            raise DecisionError("verdict: same, not_same or unsure")
        _, note = decide.link(
            desk, first(form, "left"), first(form, "right"), Verdict(given), by=by, why=first(form, "why")
        )
        return note or f"kept: {given.replace('_', ' ')}"

    return await done(request, decision)


@router.post("/review/split")
async def split(request: Request) -> Response:
    """Claims that are another act."""

    def decision(desk: Desk, form: Fields, by: str) -> str:
        decide.split(desk, first(form, "event"), form.get("claims", []), by=by, why=first(form, "why"))
        return "kept: the claims are an event of their own"

    return await done(request, decision)


@router.post("/review/undo")
async def undo(request: Request) -> Response:
    """A decision taken back."""
    return await done(
        request, lambda desk, form, by: f"taken back: {decide.undo(desk, first(form, 'decision'), by=by).why}"
    )
