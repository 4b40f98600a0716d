"""What the API's description says of parameters and errors, as exactly as the API checks them.

Programs are written against it, and the tests ask the API everything that it allows (tests/web/test_web_fuzz.py).
"""

import re
from typing import Any

from pydantic import BaseModel

from dragoman.terminal import choose
from dragoman.types import Course, Dispute, Support
from dragoman.web.asked import LAST_PAGE, MOST_LETTERS, MOST_ROWS, MOST_VALUES


class Problem(BaseModel):
    """Why there is no answer: one line."""

    ok: bool = False
    error: str
    status: int


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors that an operation may answer with, all of one form."""
    return {status: {"model": Problem, "description": _WHY[status]} for status in statuses}


_WHY = {
    400: "A parameter, or what it asks for, cannot be",
    401: "The token is missing",
    403: "A write from another site, or not as JSON",
    404: "There is nothing with that id",
    409: "The record cannot be read or written now",
    411: "A write without its length",
    413: "A write that is too large",
    421: "The workbench is not known by that name",
    422: "What was sent is not of the described form",
}
READING = problems(400, 401, 404, 409, 421, 422)
WRITING = problems(400, 401, 403, 404, 409, 411, 413, 421, 422)

_DAY: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "format": "date"},
        {"type": "string", "pattern": "^([12][0-9]{3}(-(0[1-9]|1[0-2]))?)?$"},
    ],
    "description": "A day, month or year: 2018-06-12, 2018-06, 2018; empty for any.",
}
_PLAIN: dict[str, dict[str, Any]] = {
    "q": {"type": "string", "maxLength": MOST_LETTERS, "pattern": "^[^\\x00]*$"},
    "since": _DAY,
    "until": _DAY,
    "standing": {"type": "string", "enum": ["", *choose.standings()]},
}
# A filter's values where they are known beforehand; a dispute may name a party after a colon.
_VALUES: dict[str, dict[str, Any]] = {
    "course": {"enum": [one.value for one in Course]},
    "support": {"enum": [one.value for one in Support]},
    "dispute": {"pattern": f"^({'|'.join(re.escape(one.value) for one in Dispute)})(:[A-Z]+)?$"},
}


def filters(names: tuple[str, ...], *, orders: tuple[str, ...] = (), plain: tuple[str, ...] = ()) -> dict[str, Any]:
    """The parameters of a list: ``names`` may be given several times, ``plain`` once; order, page and size."""
    listed: list[dict[str, Any]] = []
    for name in names:
        one = {"type": "string", **_VALUES.get(name, {})}
        listed.append(_parameter(name, {"type": "array", "items": one, "maxItems": MOST_VALUES}))
    listed += [_parameter(name, _PLAIN[name]) for name in plain]
    if orders:
        listed.append(_parameter("sort", {"type": "string", "enum": list(orders)}))
    for name, most in (("page", LAST_PAGE), ("size", MOST_ROWS)):
        listed.append(_parameter(name, {"type": "integer", "minimum": 1, "maximum": most}))
    return {"parameters": listed}


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema}
