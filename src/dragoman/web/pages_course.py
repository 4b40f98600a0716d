"""Pages of how things went: the timeline, processes, and what changed since a day."""

import datetime as dt
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.terminal import words
from dragoman.types import Event, Record
from dragoman.web import asked as asking
from dragoman.web import atlas, decide, render, search, timeline
from dragoman.web.api import At
from dragoman.web.desk import Desk

router = APIRouter()

# Events that one drawing shows; more are a blot.
MOST_DRAWN = 400
# Things of one sort that the page of changes lists.
_LISTED = 100
# How far back the page of changes looks where nothing is asked for.
_FORTNIGHT = dt.timedelta(days=14)


@router.get("/timeline")
def draw(request: Request, desk: At) -> HTMLResponse:
    """Events by time and party."""
    wanted = asking.asked(request.query_params.multi_items(), asking.EVENT_FILTERS)
    index = desk.index
    found = search.events(index, replace(wanted, page=1, size=MOST_DRAWN))
    return render.page(
        request,
        "timeline.html",
        asked=wanted,
        found=found,
        drawing=timeline.drawn(found.rows, wanted.first_day, wanted.last_day),
        undated=sum(1 for row in found.rows if not row["first"] and not row["last"]),
        facets=search.facets(index, wanted),
        shapes=timeline,
    )


@router.get("/map")
def places(request: Request, desk: At) -> HTMLResponse:
    """Events by place."""
    wanted = asking.asked(request.query_params.multi_items(), asking.EVENT_FILTERS)
    index = desk.index
    found = search.places(index, wanted)
    return render.page(
        request,
        "map.html",
        asked=wanted,
        found=search.events(index, replace(wanted, page=1, size=1)),
        places=found,
        placed=sum(place["events"] for place in found),
        atlas=atlas.drawn(found),
        land=atlas.land(),
    )


@router.get("/processes")
def processes(request: Request, desk: At) -> HTMLResponse:
    """The list of processes."""
    wanted = asking.asked(request.query_params.multi_items(), ())
    return render.page(request, "processes.html", asked=wanted, found=search.processes(desk.index, wanted))


@router.get("/processes/{key}")
def process(request: Request, key: str, desk: At) -> Response:
    """One process: its course, its events, how they hang together."""
    found = desk.find("processes", key)
    if found != key:
        return RedirectResponse(render.path_of("processes", found), 301)
    held = desk.part(processes=[found]).record.processes[0]
    wanted = asking.Asked(chosen={"process": (found,)}, size=asking.MOST_ROWS)
    shown = search.events(desk.index, wanted)
    return render.page(
        request,
        "process.html",
        process=held,
        asked=wanted,
        found=shown,
        drawing=timeline.drawn(shown.rows),
        shapes=timeline,
        relations=_relations(held.events[:_LISTED], desk),
    )


def _relations(ids: tuple[str, ...], desk: Desk) -> list[dict[str, Any]]:
    """Relations between the events of a process, each once."""
    look = desk.part(events=ids)
    found = {}
    for event in look.record.events:
        for one in event.relations:
            if one.left in look.events and one.right in look.events:
                found[one.kind, one.left, one.right] = {
                    "how": words.RELATION[one.kind][0],
                    "left": (one.left, words.event_summary(look.events[one.left])),
                    "right": (one.right, words.event_summary(look.events[one.right])),
                }
    return list(found.values())


@router.get("/changes")
def changes(request: Request, desk: At) -> HTMLResponse:
    """What the reports published since a day, and people's words since then, changed in the record."""
    wanted = asking.asked(request.query_params.multi_items(), ())
    index = desk.index
    newest = index.one("SELECT max(published) FROM documents") or dt.date.min.isoformat()
    since = wanted.first_day or _earlier(newest)
    day_before = dt.date.fromordinal(max(1, dt.date.fromisoformat(since).toordinal() - 1))
    # Not beyond the newest report, where plans would have lapsed
    before = min(day_before, dt.date.fromisoformat(newest))
    then = desk.as_of(before)
    documents = search.documents(index, asking.Asked(since=since, size=_LISTED))
    made = [one for one in decide.decisions(desk) if one.at[:10] >= since]
    return render.page(
        request,
        "changes.html",
        asked=wanted,
        since=since,
        before=before.isoformat(),
        documents=documents,
        decisions=made[:_LISTED],
        differences=_differences(then, desk) if then else None,
        days=[row[0] for row in index.all("SELECT DISTINCT published FROM documents WHERE published <> '' ORDER BY 1")][
            -12:
        ],
    )


def _earlier(newest: str) -> str:
    try:
        return (dt.date.fromisoformat(newest) - _FORTNIGHT).isoformat()
    except (ValueError, OverflowError):
        return newest


def _differences(then: Record, desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Events that are new, and those whose standing or cells changed; positions that are new."""
    now = desk.store.read()
    had = {event.id: event for event in then.events}
    new, changed = [], []
    for event in sorted(now.events, key=_day):
        before = next((had[key] for key in (event.id, *event.former_ids) if key in had), None)
        line: dict[str, Any] = {"id": event.id, "summary": words.event_summary(event)}
        if before is None:
            new.append(line | {"standing": words.standing(event.standing, desk.known.names)})
            continue
        cells = [(name, old, now_) for name, old, now_ in _cells(before, event, desk) if old != now_]
        if cells:
            changed.append(line | {"cells": cells})
    held = {position.id for position in then.positions}
    positions = [
        {
            "id": one.id,
            "party": words.party(one.party),
            "stance": words.stance(one.stance, one.issue, one.object),
            "period": str(one.period),
        }
        for one in now.positions
        if one.id not in held
    ]
    return {"new": new[:_LISTED], "changed": changed[:_LISTED], "positions": positions[:_LISTED]}


def _day(event: Event) -> tuple[str, str]:
    """Events by day, undated ones last."""
    when = event.act.date.value
    day = (when.start or when.end) if when else None
    return (day.isoformat() if day else "9999", event.id)


def _cells(before: Event, after: Event, desk: Desk) -> list[tuple[str, str, str]]:
    names = desk.known.names
    return [
        ("standing", words.standing(before.standing, names), words.standing(after.standing, names)),
        ("what", words.what(before.act), words.what(after.act)),
        ("who", words.who(before.act), words.who(after.act)),
        ("when", words.when(before.act.date), words.when(after.act.date)),
        ("where", words.where(before.act), words.where(after.act)),
        ("accounts", str(len(before.accounts)), str(len(after.accounts))),
    ]
