"""Pages of events: the list with its filters, and one event with its accounts side by side and their words."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.lookup import Lookup, disputing
from dragoman.said import PERSON
from dragoman.terminal import days, words
from dragoman.terminal.plain import plain
from dragoman.types import Claim, Decision, Event, Report, Says, Verdict
from dragoman.web import asked as asking
from dragoman.web import cells, compare, excerpts, facets, marks, people, render, search
from dragoman.web.api import At
from dragoman.web.desk import Desk, NotHereError
from dragoman.web.index_rows import Known

router = APIRouter()

_ORDERS = {
    "date": "earliest first",
    "-date": "latest first",
    "disputes": "most disputed",
    "reports": "most reported",
    "doubt": "most doubtful",
}


@router.get("/")
def home() -> Response:
    """The workbench opens with the events."""
    return RedirectResponse("/events", 307)


@router.get("/events")
def events(request: Request, desk: At) -> HTMLResponse:
    """The list of events with facets."""
    wanted = asking.asked(request.query_params.multi_items(), asking.EVENT_FILTERS, asking.EVENT_ORDERS)
    index = desk.index
    found = search.events(index, wanted)
    hits = search.hits(index, wanted.q, [row["id"] for row in found.rows])
    return render.page(
        request,
        "events.html",
        asked=wanted,
        found=found,
        facets=facets.facets(index, wanted),
        alike={key: len(others) for key, others in people.perhaps(index, [row["id"] for row in found.rows]).items()},
        hits={key: (claim, marks.matched(said, search.OPEN, search.CLOSE)) for key, (claim, said) in hits.items()},
        orders=_ORDERS,
        most=facets.MOST_SHOWN,
        elsewhere=search.elsewhere(index, wanted.q),
        documents=index.one("SELECT count(*) FROM documents"),
        everything=index.one("SELECT count(*) FROM events"),
    )


# Events that one event's page names as perhaps the same.
_PERHAPS = 6
_ONE = "SELECT * FROM events WHERE id = ?"
_DECIDED = {Decision.OWN: "added"}
_UNSAID = (Says.SILENT, Says.DECLINES)


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as a page shows it: its voice, words, documents, cells; a person's last word on it."""

    claim: Claim
    voice: str
    says: str
    about: str
    content: str
    quote: str
    documents: tuple[Report, ...]
    cells: tuple[cells.Shown, ...]
    judged: tuple[str, ...] = ()
    event: str = ""
    added_by: str = ""


def told(claim: Claim, look: Lookup) -> Told:
    """A claim for a page."""
    said = look.judged.get(claim.id, ())
    return Told(
        claim=claim,
        voice=words.voice(claim.voice, look),
        says=words.says(claim),
        about="" if claim.about == "happened" or claim.says in _UNSAID else plain(claim.about),
        content=words.content(claim),
        quote=plain(look.words(claim.evidence)),
        documents=look.reports.get(claim.text, ()),
        cells=cells.cells(claim),
        judged=tuple(
            f"{_DECIDED.get(one.decision, one.decision.value)}{f' {one.cell} = {one.value}' if one.cell else ''}, "
            f"{one.by}: {one.why}"
            for one in said
        ),
        event=look.event_of.get(claim.id, ""),
        added_by=plain(claim.origin.removeprefix(PERSON)) if claim.origin.startswith(PERSON) else "",
    )


@router.get("/events/{key}")
def event(request: Request, key: str, desk: At, claim: str = "", cell: str = "happened") -> Response:
    """One event; ``claim`` and ``cell`` choose the words that are shown beside the accounts."""
    found = desk.find("events", key)
    if found != key:
        return RedirectResponse(render.path_of("events", found), 301)
    look = desk.part(events=[found])
    held = look.events[found]
    claims = [look.claims[one] for one in held.claims if one in look.claims]
    against = [look.claims[one] for one in disputing(held) if one in look.claims]
    shown = look.claims.get(claim) or next(iter([*against, *claims]), None)
    index = desk.index
    return render.page(
        request,
        "event.html",
        event=held,
        summary=_summary(held, desk.known),
        table=compare.side_by_side(held, look, desk.known.names),
        meanings=compare.MEANINGS,
        disputes=_disputes(held, look, desk),
        claims=[told(one, look) for one in sorted(claims, key=lambda one: (one.text, one.evidence))],
        against=[told(one, look) for one in against if one.id not in held.claims],
        support=[(plain(one.cell), words.support(one, desk.known.names)) for one in held.standing.support],
        reasons=[plain(reason) for reason in held.standing.reasons],
        links=_links(held, look),
        related=_related(held, desk),
        perhaps=_perhaps(held.id, desk),
        processes=_processes(held.id, desk),
        reports=look.reports_of(held.claims),
        panel=panel(shown, cell, look) if shown else None,
        row=search.event(index.all(_ONE, (found,))[0]),
    )


@router.get("/words/{claim}")
def the_words(request: Request, claim: str, desk: At, cell: str = "happened") -> HTMLResponse:
    """The words of one cell of a claim in its document, as a part of a page."""
    found = desk.find("claims", claim)
    look = desk.part(claims=[found])
    return render.page(request, "words.html", panel=panel(look.claims[found], cell, look))


def panel(claim: Claim, cell: str, look: Lookup) -> dict[str, Any]:
    """A claim's document with the words of the claim and of one cell marked."""
    text = look.texts[claim.text].content
    passed_over = claim.says in _UNSAID and cell == "happened"
    named = () if passed_over else cells.spans(claim, cell)  # the act's words are another claim's
    found = excerpts.marked(claim, named)
    start, end = marks.around(text, found, 400)
    shown = next((one for one in cells.cells(claim) if one.cell == cell), None)
    return {
        "claim": claim.id,
        "cell": cell if shown else "",
        "value": shown.value if shown else "",
        "reason": plain(shown.reason) if shown else "",
        "documents": look.reports.get(claim.text, ()),
        "voice": words.voice(claim.voice, look),
        "says": words.says(claim),
        "pieces": marks.pieces(text, found, start, end),
        "before": start > 0,
        "after": end < len(text),
    }


def _summary(event: Event, known: Known) -> dict[str, str]:
    act = event.act
    return {
        "who": words.who(act),
        "bare": words.who(act, codes=False),
        "what": words.what(act),
        "when": words.when(act.date),
        "days": days.in_words(act.date),
        "basis": act.date.value.basis.value if act.date.value and act.date.value.known else "",
        "where": words.where(act),
        "standing": words.standing(event.standing, known.names),
        "course": words.COURSE[event.standing.course],
        "why_date": plain(act.date.reason),
    }


def _disputes(event: Event, look: Lookup, desk: Desk) -> list[dict[str, Any]]:
    """Each dispute in words with the claims it stands on; those of one voice in the same words stand together."""
    found = []
    for one in event.standing.dispute:
        alike: dict[tuple[str, str], list[Told]] = {}
        for claim in (told(look.claims[key], look) for key in one.claims if key in look.claims):
            alike.setdefault((claim.voice, claim.quote), []).append(claim)
        found.append({"text": words.dispute(one, desk.known.names), "claims": list(alike.values())})
    return found


def _links(event: Event, look: Lookup) -> list[dict[str, Any]]:
    """The links behind an event, people's first, each with its reasons and the words of both ends."""
    found = {repr(link): link for link in (*event.links, *look.record.links)}
    ordered = sorted(found.values(), key=lambda link: (not link.person, link.left, link.right, link.by, link.at))
    return [
        {
            "verdict": link.verdict.value.replace("_", " "),
            "score": link.score,
            "by": plain(link.by),
            "at": link.at[:10],
            "person": link.person,
            "ends": [_end(key, look) for key in (link.left, link.right)],
            "reasons": [plain(reason) for reason in link.reasons],
        }
        for link in ordered
        if link.verdict is not Verdict.UNSURE or link.person
    ]


def _end(key: str, look: Lookup) -> dict[str, str]:
    claim = look.claims.get(key)
    if claim is None:
        return {"id": key, "quote": "", "document": ""}
    documents = ", ".join(sorted({report.document for report in look.reports.get(claim.text, ())}))
    return {"id": key, "quote": plain(look.words(claim.evidence)), "document": plain(documents)}


def _related(event: Event, desk: Desk) -> list[dict[str, Any]]:
    others = {key for one in event.relations for key in (one.left, one.right) if key != event.id}
    index, rows = desk.index, dict[str, Any]()
    for key in sorted(others):
        rows |= {row["id"]: search.event(row) for row in index.all(_ONE, (key,))}
    found = []
    for one in event.relations:
        forth, back = words.RELATION[one.kind]
        other = one.right if one.left == event.id else one.left
        if other in rows:
            how = forth if one.left == event.id else back
            found.append({"how": how, "event": rows[other], "reasons": [plain(reason) for reason in one.reasons]})
    return found


def _perhaps(event: str, desk: Desk) -> list[dict[str, Any]]:
    """The events that may be the same act, the likeliest first."""
    index, found = desk.index, people.perhaps(desk.index, [event]).get(event, {})
    ranked = sorted(found, key=lambda key: (-found[key], key))[:_PERHAPS]
    rows = {row["id"]: search.event(row) for key in ranked for row in index.all(_ONE, (key,))}
    return [rows[key] for key in ranked if key in rows]


def _processes(event: str, desk: Desk) -> list[Any]:
    query = """SELECT p.id, p.title FROM processes p JOIN facets f ON f.kind = 'process' AND f.value = p.id
        JOIN events e ON e.n = f.event WHERE e.id = ?"""
    return desk.index.all(query, (event,))


@router.get("/claims")
def claims(request: Request, desk: At) -> HTMLResponse:
    """The list of claims."""
    wanted = asking.asked(request.query_params.multi_items(), asking.CLAIM_FILTERS)
    return render.page(request, "claims.html", asked=wanted, found=search.claims(desk.index, wanted))


@router.get("/claims/{key}")
def claim(request: Request, key: str, desk: At, cell: str = "happened") -> Response:
    """One claim: its cells with their words, its document beside it, what was decided on it."""
    found = desk.find("claims", key)
    if found != key:
        return RedirectResponse(render.path_of("claims", found), 301)
    home = desk.index.one("SELECT event FROM event_claims WHERE claim = ? ORDER BY how DESC", (found,))
    look = desk.part(claims=[found], events=[home] if home else [])
    held = look.claims.get(found)
    if held is None:
        raise NotHereError(f"no claim with the id {key!r}")
    row = desk.index.all(_ONE, (home,)) if home else []
    return render.page(
        request,
        "claim.html",
        told=told(held, look),
        panel=panel(held, cell, look),
        home=search.event(row[0]) if row else None,
        reasons=[plain(reason) for reason in held.reasons],
    )
