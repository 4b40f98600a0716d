"""Pages of blind second coding: the documents to code, one of them, and the forms that write blind words."""

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
from dragoman.web.pages_events import told
from dragoman.web.pages_own import form_of
from dragoman.web.pages_review import judged

router = APIRouter()


@router.get("/second")
def documents(request: Request, desk: At) -> HTMLResponse:
    """The documents with claims; those that somebody else coded first, for only there can two be compared."""
    wanted = asking.asked(request.query_params.multi_items(), ())
    index, by = desk.index, render.who(request)
    mine = blind.own_words(desk, by)
    others = blind.coded_texts(desk, by)
    rows = [dict(row) for row in index.all(_DOCUMENTS)]
    for row in rows:
        row["coded"] = row["text"] in others
        row["mine"] = sum(key in mine for key in str(row["ids"]).split())
    rows.sort(key=lambda row: not row["coded"])
    return render.page(request, "second.html", tab="second", asked=wanted, found=search.paged(rows, wanted))


# One report of each text, the earliest; claims that people added are no part of what is coded blind.
_DOCUMENTS = """SELECT d.id, d.text, d.document, d.title, d.outlet, d.published, c.claims, c.ids FROM documents d
    JOIN (SELECT text, count(*) AS claims, group_concat(id, ' ') AS ids FROM claims WHERE id NOT LIKE 'own%'
          GROUP BY text) c ON c.text = d.text
    WHERE d.id = (SELECT o.id FROM documents o WHERE o.text = d.text
                  ORDER BY o.published = '', o.published, o.id LIMIT 1)
    ORDER BY d.published = '', d.published, d.document"""


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
