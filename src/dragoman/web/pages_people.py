"""Pages of actors and of positions: who held what office, met whom, wants what; the grid of parties and issues."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.terminal import words
from dragoman.types import Stance, Tenure
from dragoman.web import asked as asking
from dragoman.web import circle, people, render, search
from dragoman.web.api import At
from dragoman.web.desk import Desk, NotHereError
from dragoman.web.pages_events import panel, told

router = APIRouter()

# Of more positions than this the grid shows the latest few of each party and issue, of the parties with most of them.
_GRID, _IN_CELL, _PARTIES = 400, 2, 60
# Events and claims that an actor's card shows before "all of them".
_CARD = 12


@router.get("/actors")
def actors(request: Request, desk: At) -> HTMLResponse:
    """The list of actors."""
    wanted = asking.asked(request.query_params.multi_items(), ("party", "kind", "sector"))
    return render.page(request, "actors.html", asked=wanted, found=people.actors(desk.index, wanted))


@router.get("/actors/{key:path}")
def actor(request: Request, key: str, desk: At) -> HTMLResponse:
    """An actor's card."""
    index = desk.index
    found = people.actor(index, key)
    if found is None:
        raise NotHereError(f"no actor {key!r}")
    known = desk.known_actor(key)
    met = people.met(index, key)
    among = people.met_each_other(index, [one["key"] for one in met[: circle.MOST]])
    mine = asking.Asked(chosen={"actor": (key,)}, sort="-date", size=_CARD)
    words_of = asking.Asked(chosen={"voice": (found["code"],)}, size=_CARD) if found["kind"] == "state" else None
    return render.page(
        request,
        "actor.html",
        actor=found,
        aliases=known.aliases[:12] if known else (),
        offices=[_office(one, desk) for one in sorted(known.tenures, key=_since, reverse=True)] if known else [],
        source=known.source if known else "",
        met=met,
        circle=circle.drawn(key, found["name"], met, among),
        room=circle,
        held=people.held(index, key),
        signs=words.SIGNS,
        events=search.events(index, mine),
        asked=mine,
        spoken=search.claims(index, words_of) if words_of else None,
    )


def _since(one: Tenure) -> str:
    return one.since.isoformat() if one.since else ""


def _office(one: Tenure, desk: Desk) -> dict[str, str]:
    return {
        "title": one.title.replace("_", " "),
        "of": desk.name_of(one.of).replace("_", " "),
        "since": one.since.isoformat() if one.since else "",
        "until": one.until.isoformat() if one.until else "",
        "source": one.source,
    }


@router.get("/positions")
def positions(request: Request, desk: At) -> HTMLResponse:
    """The grid of parties and issues."""
    wanted = asking.asked(request.query_params.multi_items(), asking.HELD_FILTERS)
    index = desk.index
    total = people.positions(index, replace(wanted, page=1, size=1)).total
    rows, parties = people.grid(index, wanted, _IN_CELL if total > _GRID else _GRID, _PARTIES)
    return render.page(
        request,
        "positions.html",
        asked=wanted,
        found=search.Page([], total, 1, _GRID),
        grid=rows,
        parties=parties,
        issues=sorted({issue for row in rows for issue in row.squares}),
        signs=words.SIGNS,
        stances=people.stances(index, wanted),
    )


@router.get("/positions/{key}")
def position(request: Request, key: str, desk: At) -> Response:
    """One position: the sentences it rests on, and what the party held before and after on the issue."""
    found = desk.find("positions", key)
    if found != key:
        return RedirectResponse(render.path_of("positions", found), 301)
    look = desk.part(positions=[found])
    held = look.positions[found]
    claims = [look.claims[one] for one in held.claims if one in look.claims]
    row = desk.index.all("SELECT * FROM positions WHERE id = ?", (found,))[0]
    others = [one for one in people.held(desk.index, row["key"]) if one["issue"] == held.issue and one["id"] != found]
    shown = claims[0] if claims else None
    cell = "object" if shown and isinstance(shown.content, Stance) and shown.content.object.span else "stance"
    return render.page(
        request,
        "position.html",
        row=row,
        stance=words.stance(held.stance, held.issue, ""),
        claims=[told(one, look) for one in claims],
        others=others,
        signs=words.SIGNS,
        panel=panel(shown, cell, look) if shown else None,
    )
