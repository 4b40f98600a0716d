"""The API, version 1: everything of the record as JSON, and people's words as judgements and links.

Promise: what is documented at /api/v1/openapi.json stays as it is in version 1; fields may be added.
"""

import dataclasses
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Body, Depends, Request
from pydantic import BaseModel, Field

from dragoman import __version__, jsonform
from dragoman.terminal import explain
from dragoman.types import Decision, Verdict
from dragoman.web import adding, blind, decide, described, facets, own, people, queue, search
from dragoman.web.asked import (
    CLAIM_FILTERS,
    EVENT_FILTERS,
    EVENT_ORDERS,
    HELD_FILTERS,
    Asked,
    asked,
)
from dragoman.web.described import filters
from dragoman.web.desk import Desk, NotHereError

router = APIRouter(prefix="/api/v1", tags=["record"], responses=described.READING)


class Listing(BaseModel):
    """A page of a list; ``next`` is the address of the next one."""

    total: int
    page: int
    size: int
    next: str | None = None
    items: list[dict[str, Any]]


class Word(BaseModel):
    """What every decision of a person has."""

    by: str = Field("", max_length=decide.MOST_NAME, description="Who says so; default: the name serve was given.")
    why: str = Field("", max_length=decide.MOST_WHY, description="The reason.")


class JudgementIn(Word):
    """A person's word on one claim; ``cell`` and ``value`` with ``set``."""

    claim: str = Field(max_length=100)
    decision: Literal["accept", "reject", "set"]
    cell: str = Field("", max_length=40)
    value: str = Field("", max_length=decide.MOST_VALUE)
    blind: bool = False


class ClaimIn(Word):
    """A claim of a person's own: words of a document, and what they say, as ``dragoman judge --set`` would be told.

    ``start`` and ``end`` count code points of the document's content, end exclusive; without them the words must stand
    in it once. Names stand with semicolons between them, modes with commas; without a voice it is the outlet's own.
    """

    document: str = Field(max_length=100)
    words: str = Field("", max_length=2 * own.MOST_WORDS)
    start: int | None = Field(None, ge=0)
    end: int | None = Field(None, ge=0)
    type: str = Field(max_length=40)
    modes: str = Field("", max_length=200)
    status: str = Field("happened", max_length=40)
    actors: str = Field("", max_length=decide.MOST_VALUE)
    recipients: str = Field("", max_length=decide.MOST_VALUE)
    date: str = Field("", max_length=100)
    place: str = Field("", max_length=200)
    voice: str = Field("", max_length=200)
    says: str = Field("affirms", max_length=40)


class LinkIn(Word):
    """A person's word that two claims or events are one act, or are not."""

    left: str = Field(max_length=100)
    right: str = Field(max_length=100)
    verdict: Literal["same", "not_same", "unsure"]


class SplitIn(Word):
    """Claims that are another act than the event they are in."""

    event: str = Field(max_length=100)
    claims: list[str] = Field(max_length=decide.MOST_SPLIT)


class UndoIn(BaseModel):
    """The decision to take back; none: the person's latest."""

    decision: str = Field("", max_length=100)
    blind: bool = False
    by: str = Field("", max_length=decide.MOST_NAME)


class Kept(BaseModel):
    """What came of a word: the decision's id, a note where the record cannot follow it, a claim where one was added."""

    ok: bool = True
    decision: str
    claim: str = ""
    note: str = ""
    events: int


def desk_of(request: Request) -> Desk:
    """The desk of the application."""
    desk: Desk = request.app.state.desk
    return desk


At = Annotated[Desk, Depends(desk_of)]


_TIMES = ("q", "since", "until")


def _listed(request: Request, found: search.Page, wanted: Asked) -> Listing:
    after = wanted.at(wanted.page + 1).pairs()
    more = f"{request.url.path}?{urlencode(after)}" if found.page < found.last else None
    return Listing(total=found.total, page=found.page, size=found.size, next=more, items=found.rows)


def _wanted(request: Request, names: tuple[str, ...], orders: tuple[str, ...] = ("date",)) -> Asked:
    return asked(request.query_params.multi_items(), names, orders)


@router.get("/")
def record(desk: At) -> dict[str, Any]:
    """What the record holds, in numbers, and what it was coded with."""
    index, run = desk.index, desk.store.latest_run()
    tables = ("documents", "claims", "events", "positions", "processes")
    return {
        "version": __version__,
        "counts": {name: index.one(f"SELECT count(*) FROM {name}") for name in tables},
        "run": jsonform.encode(run) if run else None,
        "facets": {
            name: [[one.value, one.count] for one in values] for name, values in facets.facets(index, Asked()).items()
        },
    }


@router.get("/events", openapi_extra=filters(EVENT_FILTERS, orders=EVENT_ORDERS, plain=(*_TIMES, "standing")))
def events(request: Request, desk: At) -> Listing:
    """Events by the filters of the page of events."""
    wanted = _wanted(request, EVENT_FILTERS, EVENT_ORDERS)
    return _listed(request, search.events(desk.index, wanted), wanted)


@router.get("/events/{key}")
def event(key: str, desk: At) -> dict[str, Any]:
    """One event: accounts, standing, claims with their words, reports, links, judgements. Former ids lead to it."""
    found = desk.find("events", key)
    look = desk.part(events=[found])
    return explain.as_json(look.events[found], look)


@router.get("/claims", openapi_extra=filters(CLAIM_FILTERS, plain=_TIMES))
def claims(request: Request, desk: At) -> Listing:
    """Claims by the filters of the page of claims."""
    wanted = _wanted(request, CLAIM_FILTERS)
    return _listed(request, search.claims(desk.index, wanted), wanted)


@router.get("/claims/{key}")
def claim(key: str, desk: At) -> dict[str, Any]:
    """One claim with its words, reports, links and judgements."""
    found = desk.find("claims", key)
    home = desk.index.one("SELECT event FROM event_claims WHERE claim = ? ORDER BY how DESC", (found,))
    look = desk.part(claims=[found], events=[home] if home else [])
    return explain.as_json(look.claims[found], look)


@router.get("/statements", openapi_extra=filters(("says", "party", "actor", "voice"), plain=_TIMES))
def statements(request: Request, desk: At) -> Listing:
    """Silences and declined comments."""
    wanted = _wanted(request, CLAIM_FILTERS)
    only = dataclasses.replace(wanted, chosen={**wanted.chosen, "kind": ("statement",)})
    return _listed(request, search.claims(desk.index, only), wanted)


@router.get("/documents", openapi_extra=filters(("outlet", "language"), plain=_TIMES))
def documents(request: Request, desk: At) -> Listing:
    """Reports by day."""
    wanted = _wanted(request, ("outlet", "language"))
    return _listed(request, search.documents(desk.index, wanted), wanted)


@router.get("/documents/{key}")
def document(key: str, desk: At) -> dict[str, Any]:
    """One report with its text and the claims read from it. Spans count code points of ``content``."""
    found = desk.find("documents", key)
    text = desk.index.one("SELECT text FROM documents WHERE id = ?", (found,))
    ids = [row[0] for row in desk.index.all("SELECT id FROM claims WHERE text = ? ORDER BY start, id", (text,))]
    look = desk.part(texts=[text], claims=ids)
    report = next(one for one in look.reports[text] if one.id == found)
    return {
        "id": found,
        "report": jsonform.encode(report),
        "content": look.texts[text].content,
        "claims": [jsonform.encode(look.claims[one]) for one in ids],
        "dating": jsonform.encode(look.datings[text]) if text in look.datings else None,
    }


@router.get("/actors", openapi_extra=filters(("party", "kind", "sector"), plain=("q",)))
def actors(request: Request, desk: At) -> Listing:
    """Actors, those most named first."""
    wanted = _wanted(request, ("party", "kind", "sector"))
    return _listed(request, people.actors(desk.index, wanted), wanted)


@router.get("/actors/{key:path}")
def actor(key: str, desk: At) -> dict[str, Any]:
    """One actor: offices by date, whom it met, its positions."""
    found = people.actor(desk.index, key)
    if found is None:
        raise NotHereError(f"no actor {key!r}")
    known = desk.known_actor(key)
    met, held = people.met(desk.index, key), people.held(desk.index, key)
    return found | {"actor": jsonform.encode(known) if known else None, "met": met, "held": held}


@router.get("/positions", openapi_extra=filters(HELD_FILTERS, plain=_TIMES))
def positions(request: Request, desk: At) -> Listing:
    """Positions by party and issue."""
    wanted = _wanted(request, HELD_FILTERS)
    return _listed(request, people.positions(desk.index, wanted), wanted)


@router.get("/positions/{key}")
def position(key: str, desk: At) -> dict[str, Any]:
    """One position with the words it rests on."""
    found = desk.find("positions", key)
    look = desk.part(positions=[found])
    return explain.as_json(look.positions[found], look)


@router.get("/processes", openapi_extra=filters(()))
def processes(request: Request, desk: At) -> Listing:
    """Processes, the largest first."""
    wanted = _wanted(request, ())
    return _listed(request, search.processes(desk.index, wanted), wanted)


@router.get("/processes/{key}")
def process(key: str, desk: At) -> dict[str, Any]:
    """One process: its parties and events."""
    found = desk.find("processes", key)
    held = desk.part(processes=[found]).record.processes[0]
    return {"id": found, "process": jsonform.encode(held)}


@router.get("/review", openapi_extra=filters(()), tags=["review"])
def review(request: Request, desk: At) -> Listing:
    """The claims that nobody judged, the most uncertain and consequential first."""
    wanted = _wanted(request, ())
    return _listed(request, queue.claims(desk.index, wanted), wanted)


@router.get("/review/pairs", openapi_extra=filters(()), tags=["review"])
def review_pairs(request: Request, desk: At) -> Listing:
    """The pairs of claims of which the program is unsure whether they tell of one act."""
    wanted = _wanted(request, ())
    return _listed(request, queue.pairs(desk.index, wanted), wanted)


@router.get("/decisions", tags=["review"])
def decisions(desk: At) -> list[dict[str, Any]]:
    """All decisions of people, newest first, also those taken back."""
    return [
        {
            "id": one.id,
            "by": one.by,
            "at": one.at,
            "why": one.why,
            "stands": one.stands,
            "judgement": jsonform.encode(one.judgement) if one.judgement else None,
            "links": [jsonform.encode(link) for link in one.links],
        }
        for one in decide.decisions(desk)
    ]


def _kept(desk: Desk, decision: str, note: str = "") -> Kept:
    return Kept(decision=decision, note=note, events=desk.index.one("SELECT count(*) FROM events"))


def _by(desk: Desk, word: Any) -> str:
    return word.by or desk.by


@router.post("/judgements", tags=["review"], responses=described.WRITING)
def judge(word: Annotated[JudgementIn, Body()], request: Request, desk: At) -> Kept:
    """Accept or reject a claim, or set one of its cells; the record is computed again.

    With ``blind`` the word is one of blind second coding: it is kept apart, and nothing is computed from it.
    """
    keep = blind.judge if word.blind or blind.is_blind(request) else decide.judge
    said = keep(
        desk, word.claim, Decision(word.decision), cell=word.cell, value=word.value, by=_by(desk, word), why=word.why
    )
    return _kept(desk, said)


@router.post("/claims", tags=["review"], responses=described.WRITING)
def add(word: Annotated[ClaimIn, Body()], desk: At) -> Kept:
    """Add a claim of one's own, in the words of a document; the record is computed again."""
    typed = word.model_dump(exclude={"by", "why", "document", "start", "end"})
    places = {name: "" if value is None else str(value) for name, value in (("start", word.start), ("end", word.end))}
    said, claim = adding.add(desk, word.document, own.Form(**typed, **places), by=_by(desk, word), why=word.why)
    return _kept(desk, said).model_copy(update={"claim": claim})


@router.post("/links", tags=["review"], responses=described.WRITING)
def link(word: Annotated[LinkIn, Body()], desk: At) -> Kept:
    """Say that two claims or events are one act, or are not; the record is computed again."""
    said, note = decide.link(desk, word.left, word.right, Verdict(word.verdict), by=_by(desk, word), why=word.why)
    return _kept(desk, said, note)


@router.post("/splits", tags=["review"], responses=described.WRITING)
def split(word: Annotated[SplitIn, Body()], desk: At) -> Kept:
    """Take claims out of an event: they are another act."""
    return _kept(desk, decide.split(desk, word.event, word.claims, by=_by(desk, word), why=word.why))


@router.post("/undo", tags=["review"], responses=described.WRITING)
def undo(word: Annotated[UndoIn, Body()], request: Request, desk: At) -> Kept:
    """Take a decision back."""
    apart = word.blind or blind.is_blind(request)
    return _kept(desk, decide.undo(desk, word.decision, by=_by(desk, word), blind=apart).id)
