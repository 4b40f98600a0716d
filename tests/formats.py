"""What the tests of formats share: a rich record, and the bytes of an export."""

import csv
import dataclasses
import datetime as dt
import io
from typing import Any

import example_record as example
from dragoman import codebook, plugins
from dragoman.export.forms import Format, Source, source
from dragoman.types import (
    Act,
    ActorKind,
    Basis,
    Cell,
    Claim,
    Course,
    Event,
    Interval,
    Participation,
    Party,
    Place,
    Precision,
    Quantity,
    Record,
    Role,
    Run,
    Standing,
    Status,
)

BOOK = codebook.load()
RUN = Run("0" * 32, "1", (), (), "", "")
FORMATS = {
    name: form
    for name in plugins.registered(plugins.EXPORTERS)
    if isinstance(form := plugins.loaded(plugins.EXPORTERS, name), Format)
}
NORLAND = Party("KOR", "South Korea", ActorKind.STATE, "KOR", "GOV")
SANALAND = Party("PRK", "North Korea", ActorKind.STATE, "PRK", "GOV")
REBELS = Party("reb", "Hill Army", ActorKind.GROUP, "PRK", "REB")
VILLAGERS = Party("", "villagers", ActorKind.GROUP, "PRK", "CVL")
LIND = Party("p1", "Mara Lind", ActorKind.PERSON, "KOR", "GOV", "foreign_minister")
CITY = Place("Pyongyang", "PRK", "", 39.03, 125.75, 1871859, Precision.CITY)


def act(kind: str, parties: list[tuple[Party, Role]], **changed: Any) -> Act:
    """An act of 4 June 2018 in a city, with what is changed."""
    span = example.span(example.T1, "visited")
    made = Act(
        kind,
        (),
        Cell(Status.HAPPENED, span),
        tuple(Participation(Cell(party, span), role) for party, role in parties),
        Cell(example.days(example.MONDAY), span),
        Cell(CITY, span),
        span,
    )
    return dataclasses.replace(made, **changed)


def status(of: Status) -> Cell[Status]:
    """A status read from words."""
    return Cell(of, example.span(example.T1, "visited"))


def record(*acts: Act, course: Course = Course.DONE_UNANNOUNCED) -> Record:
    """A record of one event for each act, told in the first text."""
    found: list[tuple[Claim, Event]] = []
    for number, one in enumerate(acts):
        claim = example.claim(f"c{number:x}" * 16, one, example.span(example.T1, "Envoy Mara Lind"), example.SAID)
        found.append(
            (claim, Event(f"e{number:x}{'0123456789abcdef'}"[:17], one, (), Standing(course, (), ()), (claim.id,)))
        )
    return dataclasses.replace(
        example.RECORD,
        claims=tuple(claim for claim, _ in found),
        events=tuple(event for _, event in found),
        positions=(),
        judgements=(),
    )


def made(held: Record, *, text_free: bool = False) -> Source:
    """The source of an export."""
    return source(held, BOOK, RUN, text_free=text_free)


def content(form: str, held: Record, *, text_free: bool = False) -> dict[str, str]:
    """File name -> what is in it, as text."""
    files = FORMATS[form].files(made(held, text_free=text_free))
    return {file.name: b"".join(file.content).decode("utf-8", "replace") for file in files}


def only(form: str, held: Record, *, text_free: bool = False) -> str:
    """The content of a format of one file."""
    (text,) = content(form, held, text_free=text_free).values()
    return text


def tabbed(text: str) -> list[dict[str, str]]:
    """The rows of a table of tabs with a header."""
    head, *rows = (line.split("\t") for line in text.splitlines())
    return [dict(zip(head, row, strict=True)) for row in rows]


def commas(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def killed(best: float | None, side: str = "", **bounds: float) -> Quantity:
    """A figure of deaths."""
    span = example.span(example.T1, "Monday")
    return Quantity("killed", bounds.get("low"), best, bounds.get("high"), span, side)


def window(first: dt.date, last: dt.date) -> Cell[Interval]:
    """Some one day within."""
    return Cell(Interval(first, last, first, last, Basis.RELATIVE), example.span(example.T1, "Monday"))
