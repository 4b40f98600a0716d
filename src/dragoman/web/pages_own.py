"""The form that adds a claim: the words that a person selected in a document, and what they say.

It works without the script, where the words are typed and must stand in the text once.
"""

import dataclasses

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dragoman.web import adding, own, render
from dragoman.web.desk import Desk
from dragoman.web.forms import Fields, done, first

router = APIRouter()

_FIELDS = tuple(field.name for field in dataclasses.fields(own.Form))


def form_of(fields: Fields) -> own.Form:
    """The form that was sent: of a field given several times (names ticked in a list), all that it was given; of one
    left empty, what a claim has by default.
    """
    given = {}
    for name in _FIELDS:
        separator = ", " if name == "modes" else "; "
        listed = [one.strip() for one in fields.get(name, ()) if one.strip()]
        several = name in ("modes", "actors", "recipients")
        given[name] = separator.join(dict.fromkeys(listed)) if several else first(fields, name)
    return own.Form(**{name: value for name, value in given.items() if value or name == "words"})


@router.post("/review/own")
async def post(request: Request) -> Response:
    """A claim of a person's own."""

    def decision(desk: Desk, fields: Fields, by: str) -> str:
        document = desk.find("documents", first(fields, "document"))
        _, made = adding.add(desk, document, form_of(fields), by=by, why=first(fields, "why"))
        request.state.to = f"{render.path_of('documents', document)}?claim={made}#claim-{made}"
        return "kept: your claim is in the record"

    return await done(request, decision)
