"""Adding a claim to a record: what its form offers for a text, and keeping the claim as a word of a person."""

import dataclasses
from typing import Any

from dragoman.lookup import Lookup
from dragoman.types import Says, Status
from dragoman.web import decide, own
from dragoman.web.desk import Desk
from dragoman.web.named import Named, named


def offered(desk: Desk, text: str, look: Lookup) -> dict[str, Any]:
    """What the form of a claim offers for a text."""
    return {
        "types": [
            {"code": code, "modes": list(rule.modes), "about": rule.definition}
            for code, rule in desk.known.book.types.items()
        ],
        "statuses": list(Status),
        "says": list(Says),
        "named": who(desk, text, look),
    }


def who(desk: Desk, text: str, look: Lookup) -> list[Named]:
    """Who is named in a text, as of the day of its first report."""
    days = [report.published for report in look.reports.get(text, ()) if report.published]
    claims = [claim for claim in look.claims.values() if claim.text == text]
    return named(text, look.texts[text].content, claims, desk.actors, min(days, default=None))


def add(desk: Desk, document: str, form: own.Form, *, by: str, why: str, blind: bool = False) -> tuple[str, str]:
    """Keep a person's own claim of a document: the id of the judgement that holds it, and its own.

    Raises as :func:`dragoman.web.own.claim` does.
    """
    found = desk.find("documents", document)
    text = str(desk.index.one("SELECT text FROM documents WHERE id = ?", (found,)))
    claims = [row[0] for row in desk.index.all("SELECT id FROM claims WHERE text = ?", (text,))]
    look = desk.part(texts=[text], claims=claims)
    word = dataclasses.replace(decide.saying(desk, by, why, "read in the text and added"), blind=blind)
    made = own.claim(
        look.texts[text], form, word.by, knowledge=desk.actors, book=desk.known.book, known=who(desk, text, look)
    )
    content = look.texts[text].content
    return decide.add(desk, made, content[made.evidence.start : made.evidence.end], word), made.id
