"""Pages of blind second coding: the documents to code, one of them, and the forms that write blind words."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.said import own_claim
from dragoman.types import Claim
from dragoman.web import adding, blind, decide, marks, render, search
from dragoman.web import asked as asking
from dragoman.web.api import At
from dragoman.web.decide import DecisionError
from dragoman.web.desk import Desk
from dragoman.web.forms import Fields, done, first
from dragoman.web.index import Index
from dragoman.web.pages_events import told
from dragoman.web.pages_own import form_of
from dragoman.web.pages_review import judged
from dragoman.web.remembered import remembered

router = APIRouter()


@router.get("/second")
def documents(request: Request, desk: At) -> HTMLResponse:
    """The documents with claims; those that somebody else coded first, for only there can two be compared."""
    wanted = asking.asked(request.query_params.multi_items(), ())
    found = _listed(desk, wanted, render.who(request)) if blind.is_blind(request) else None
    return render.page(request, "second.html", tab="second", asked=wanted, found=found)


def _listed(desk: Desk, wanted: asking.Asked, by: str) -> search.Page:
    """A page of the documents to code, those that somebody else coded first."""
    index, others = desk.index, blind.coded_texts(desk, by)
    whole = remembered(index, "documents to code", lambda: _documents(index))
    page = search.paged(sorted(whole, key=lambda one: one[1] not in others), wanted)  # stable: by day within each half
    mine = blind.own_words(desk, by)
    rows = [_row(index, one, mine) | {"coded": one[1] in others} for one in page.rows]
    return replace(page, rows=rows)


def _documents(index: Index) -> list[tuple[str, str, int]]:
    """(id, text, number of claims) of the earliest report of each text with claims of the program, by day."""
    claims = {row[0]: row[1] for row in index.all("SELECT text, count(*) FROM claims GROUP BY text")}
    for text, added in index.all("SELECT text, count(*) FROM claims WHERE id >= 'own' AND id < 'owo' GROUP BY text"):
        claims[text] -= added  # what people added is not coded blind
    earliest: dict[str, str] = {}
    for key, text in index.all("SELECT id, text FROM documents ORDER BY published = '', published, document, id"):
        earliest.setdefault(text, key)
    return [(key, text, claims[text]) for text, key in earliest.items() if claims.get(text)]


def _row(index: Index, one: tuple[str, str, int], mine: Collection[str]) -> dict[str, Any]:
    key, text, claims = one
    ids = [row[0] for row in index.all("SELECT id FROM claims WHERE text = ?", (text,))]
    coded = sum(claim in mine and not claim.startswith("own") for claim in ids)
    return dict(index.all("SELECT * FROM documents WHERE id = ?", (key,))[0]) | {"claims": claims, "mine": coded}


@router.get("/second/{key}")
def document(request: Request, key: str, desk: At) -> Response:
    """One document as it was read, with the claims of the program and one's own, to be judged."""
    if not blind.is_blind(request):
        raise DecisionError("begin blind coding first: Review, second coding")
    found = desk.find("documents", key)
    text = desk.index.one("SELECT text FROM documents WHERE id = ?", (found,))
    ids = [row[0] for row in desk.index.all("SELECT id FROM claims WHERE text = ?", (text,))]
    by = render.who(request)
    words = blind.own_words(desk, by)
    look = blind.as_read(desk.part(texts=[text], claims=ids), _added(words, str(text)))
    report = next(one for one in look.reports[text] if one.id == found)
    claims = [one for one in look.record.claims if one.text == text]
    spans = [marks.Mark(one.evidence.start, one.evidence.end, one.id) for one in claims]
    content = look.texts[text].content
    return render.page(
        request,
        "second_document.html",
        report=report,
        title_pieces=marks.pieces(content, spans, 0, report.body_at, exact=True) if report.body_at else [],
        pieces=marks.pieces(content, spans, report.body_at, exact=True),
        claims=[told(one, look) for one in claims],
        numbers={one.id: number for number, one in enumerate(claims, 1)},
        words=words,
        form=adding.offered(desk, str(text), look),
    )


def _added(words: dict[str, Any], text: str) -> tuple[Claim, ...]:
    """The claims that this coder added to a text."""
    made = (own_claim(one.added) for one in words.values() if one.added)
    return tuple(claim for claim in made if claim.text == text)


@router.post("/second/begin")
async def begin(request: Request) -> Response:
    """Code blind from now on, under the name that is given."""

    def decision(desk: Desk, _fields: Fields, by: str) -> str:
        decide.saying(desk, by, "", "begin")
        request.state.to = "/second"
        return f"you code blind as {by}"

    answer = await done(request, decision)
    answer.set_cookie(render.BLIND_COOKIE, "yes", samesite="strict", path="/")
    return answer


@router.post("/second/leave")
async def leave(request: Request) -> Response:
    """Leave blind coding: everything may be seen again."""
    answer = await done(request, lambda _desk, _fields, _by: "blind coding has ended")
    answer.delete_cookie(render.BLIND_COOKIE, path="/")
    return answer


def _only_blind(request: Request) -> None:
    if not blind.is_blind(request):
        raise DecisionError("this browser does not code blind: begin it first")


@router.post("/second/judge")
async def judge(request: Request) -> Response:
    """A blind word on a claim."""
    _only_blind(request)

    def decision(desk: Desk, fields: Fields, by: str) -> str:
        return f"kept, blind: {judged(desk, fields, by, blind.judge)}"

    return await done(request, decision)


@router.post("/second/own")
async def own(request: Request) -> Response:
    """A claim of one's own, blind."""
    _only_blind(request)

    def decision(desk: Desk, fields: Fields, by: str) -> str:
        found = desk.find("documents", first(fields, "document"))
        _, made = adding.add(desk, found, form_of(fields), by=by, why=first(fields, "why"), blind=True)
        request.state.to = f"{render.path_of('second', found)}#claim-{made}"
        return "kept, blind: your claim"

    return await done(request, decision)


@router.post("/second/undo")
async def undo(request: Request) -> Response:
    """A blind decision taken back."""
    _only_blind(request)

    def decision(desk: Desk, fields: Fields, by: str) -> str:
        key = first(fields, "decision")
        if key and not any(key in one.ids for one in blind.own_words(desk, by).values()):
            raise DecisionError("that decision is not yours")
        return f"taken back: {decide.undo(desk, key, by=by, blind=True).why}"

    return await done(request, decision)
