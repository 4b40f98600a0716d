"""Pages of how things went: the timeline, processes, and what changed since a day."""

import dataclasses
import datetime as dt
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.differences import Change, How, compare
from dragoman.terminal import differing, words
from dragoman.terminal.plain import plain
from dragoman.types import Event, Record
from dragoman.web import asked as asking
from dragoman.web import atlas, decide, density, facets, render, search, timeline, tours
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
    drawing, shown = timeline.drawn(found.rows, wanted.first_day, wanted.last_day), (wanted.first_day, wanted.last_day)
    if drawing and found.total <= MOST_DRAWN:  # the same days above one another
        shown = (drawing.first.isoformat(), drawing.last.isoformat())
    return render.page(
        request,
        "timeline.html",
        asked=wanted,
        found=found,
        drawing=drawing,
        density=density.density(search.by_day(index, wanted), *shown),
        tall=density.HEIGHT,
        undated=sum(1 for row in found.rows if not row["first"] and not row["last"]),
        facets=facets.facets(index, wanted),
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
        tours=tours.tours(index, wanted),
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
        title=desk.index.one("SELECT title FROM processes WHERE id = ?", (found,)),
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
        differences=_differences(then, before, desk) if then else None,
        days=[row[0] for row in index.all("SELECT DISTINCT published FROM documents WHERE published <> '' ORDER BY 1")][
            -12:
        ],
    )


def _earlier(newest: str) -> str:
    try:
        return (dt.date.fromisoformat(newest) - _FORTNIGHT).isoformat()
    except (ValueError, OverflowError):
        return newest


def _differences(then: Record, before: dt.date, desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Events that are new, gone, merged, split or changed; positions that are new: what ``dragoman diff`` tells."""
    reports = tuple(report for report in then.reports if report.published and report.published <= before)
    texts = {report.text for report in reports}
    claims = tuple(claim for claim in then.claims if claim.text in texts)
    found = compare(dataclasses.replace(then, reports=reports, claims=claims), desk.store.read())
    events = [_change(one, desk) for one in sorted(found.events, key=differing.by_day)]
    listed = {how: [line for line in events if line["how"] == how] for how in (How.NEW, How.GONE)}
    others = [line for line in events if line["how"] not in listed and (line["cells"] or line["how"] != How.CHANGED)]
    positions = [
        {
            "id": one.id,
            "party": words.party(one.party),
            "stance": words.stance(one.stance, one.issue, one.object),
            "period": str(one.period),
        }
        for change in found.positions
        if change.how is How.NEW
        for one in change.new
    ]
    told = {"new": listed[How.NEW], "gone": listed[How.GONE], "changed": others, "positions": positions}
    return {name: lines[:_LISTED] for name, lines in told.items()}


def _change(one: Change[Event], desk: Desk) -> dict[str, Any]:
    """One difference as the page shows it; of a merger or a split the event that goes on."""
    event = one.pair[1] if one.pair else (one.new or one.old)[0]
    cells = differing.values(one, desk.known.names)
    if one.how in (How.MERGED, How.SPLIT, How.REGROUPED):
        old, new = ("; ".join(map(words.event_summary, side)) for side in (one.old, one.new))
        cells.insert(0, (one.how.value, old, new))
    return {
        "id": event.id,
        "how": one.how,
        "summary": words.event_summary(event),
        "standing": words.standing(event.standing, desk.known.names),
        "cells": cells,
        "why": [plain(reason.words) for reason in one.why],
    }
