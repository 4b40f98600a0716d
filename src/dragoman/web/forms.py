"""Forms of our pages: their fields, and the way back once a decision is made. They work without the script."""

from collections.abc import Callable
from urllib.parse import parse_qsl, quote

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from dragoman.web import render
from dragoman.web.desk import Desk

Fields = dict[str, list[str]]

# A year, in seconds: how long a browser remembers the reviewer's name.
_YEAR = 31_536_000


async def fields_of(request: Request) -> Fields:
    """The fields of a form; small, for the guard refuses a large body."""
    found: Fields = {}
    body = (await request.body()).decode("utf-8", "replace")
    for name, value in parse_qsl(body, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return found


def first(fields: Fields, name: str) -> str:
    """The first value of a field, "" where there is none."""
    return fields.get(name, [""])[0]


async def done(request: Request, decision: Callable[[Desk, Fields, str], str]) -> Response:
    """Carry a decision out, and go back to where the form was, with what came of it.

    A decision that leads elsewhere puts the path into ``request.state.to``.
    """
    fields = await fields_of(request)
    desk: Desk = request.app.state.desk
    by = first(fields, "by").strip() or render.who(request)
    request.state.to = first(fields, "to")
    note = await run_in_threadpool(decision, desk, fields, by)
    answer = render.back(request.state.to)
    remember(answer, render.NOTE_COOKIE, note, 10)
    if first(fields, "by").strip():
        remember(answer, render.NAME_COOKIE, by, _YEAR)
    return answer


def remember(answer: Response, name: str, value: str, seconds: int) -> None:
    """Give the browser a cookie; no page of another site sends it."""
    answer.set_cookie(name, quote(value[:300]), max_age=seconds, samesite="strict", path="/")
