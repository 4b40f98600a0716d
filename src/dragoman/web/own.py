"""A claim that a person adds: words that they selected in a text, and what the words say, typed into a form.

Spans are code points of the text as it was ingested; a browser counts UTF-16 units of what it shows, and the page's
script has made code points of them. Here they are checked against the words. Pure, but for the tables it asks.
"""

import dataclasses
import re
from collections.abc import Sequence

from dragoman import ids
from dragoman.codebook import Codebook
from dragoman.knowledge import Knowledge
from dragoman.reconcile import cells
from dragoman.said import PERSON
from dragoman.types import Act, Cell, Claim, Participation, Says, Span, Speaker, Status, Text, Voice
from dragoman.web.decide import DecisionError
from dragoman.web.marks import visible
from dragoman.web.named import Named

# Code points of the longest words that one claim may rest on: a few sentences.
MOST_WORDS = 1500


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """What was typed. ``start`` and ``end`` are "" where the words were typed and not selected; names stand with
    semicolons between them, codes with commas; ``voice`` is whose word it is, "" for the outlet's own.
    """

    words: str
    start: str = ""
    end: str = ""
    type: str = ""
    modes: str = ""
    status: str = "happened"
    actors: str = ""
    recipients: str = ""
    date: str = ""
    place: str = ""
    voice: str = ""
    says: str = "affirms"


def claim(text: Text, form: Form, by: str, *, knowledge: Knowledge, book: Codebook, known: Sequence[Named]) -> Claim:
    """The claim of a form with its id; raises :class:`DecisionError` in one line for what cannot be."""
    span = located(text, form.start.strip(), form.end.strip(), form.words)
    modes = tuple(sorted({part.strip() for part in form.modes.split(",") if part.strip()}))
    wrong = book.check_act(form.type.strip(), modes)
    if wrong:
        raise DecisionError(f"type: {wrong[0]}" if form.type.strip() else "type: say what sort of act it is")
    if form.says not in set(Says):
        raise DecisionError(f"says: one of {', '.join(Says)}")
    unsaid = f"not said by {by}"
    bare = Act(
        form.type.strip(), modes, Cell(None, None, unsaid), (), Cell(None, None, unsaid), Cell(None, None, unsaid), span
    )
    made = Claim(
        "", text.id, bare, Voice(), Says(form.says), span, PERSON + by, 1.0, reasons=(f"read and added by {by}",)
    )
    spans = {one.name: one.span for one in known}
    for cell in ("status", "date", "place", "actors", "recipients"):
        value = getattr(form, cell).strip()
        if value:
            made = _put(made, cell, value, by, knowledge)
    made = dataclasses.replace(
        made, content=_anchored(made.content, form, spans), voice=_voice(form, by, knowledge, spans)
    )
    if not isinstance(made.content, Act) or not made.content.participations:
        raise DecisionError("actors: name at least one who acts or to whom it is done")
    return dataclasses.replace(made, id=ids.own_claim_id(made))


def _put(claim: Claim, cell: str, value: str, by: str, knowledge: Knowledge) -> Claim:
    try:
        return cells.put(claim, cell, value, by, knowledge)
    except (ValueError, OverflowError) as problem:
        raise DecisionError(f"{cell}: {problem}") from problem


def _anchored(content: object, form: Form, spans: dict[str, Span]) -> Act:
    """The act with the words of those whose names stand in the text."""
    assert isinstance(content, Act)
    names = [part.strip() for side in (form.actors, form.recipients) for part in side.split(";") if part.strip()]
    parts = tuple(
        dataclasses.replace(part, party=dataclasses.replace(part.party, span=spans.get(name)))
        for part, name in zip(content.participations, names, strict=True)
    )
    status = content.status
    if status.value in (None, Status.HAPPENED):
        status = dataclasses.replace(status, value=Status.HAPPENED, span=content.trigger)
    return dataclasses.replace(content, participations=_once(parts), status=status)


def _once(parts: tuple[Participation, ...]) -> tuple[Participation, ...]:
    """Nobody twice on one side."""
    seen = {(part.party.value, part.role): part for part in reversed(parts)}
    return tuple(part for part in parts if seen.get((part.party.value, part.role)) is part)


def _voice(form: Form, by: str, knowledge: Knowledge, spans: dict[str, Span]) -> Voice:
    """The chain of one speaker that was named, or the outlet's own voice."""
    name = form.voice.strip()
    if not name:
        return Voice()
    try:
        party = cells.party(name, None, knowledge)
    except ValueError as problem:
        raise DecisionError(f"voice: {problem}") from problem
    return Voice((Speaker(Cell(party, spans.get(name), f"set by {by}")),))


def located(text: Text, start: str, end: str, words: str) -> Span:
    """Where the words stand: at the code points given, else where they are found once; blanks at the ends left out.

    Words that are typed have their blanks and line ends as a page shows and a form sends them, and not as they stand.
    Raises :class:`DecisionError` where they are outside the text, other words, or found never or several times.
    """
    content = text.content
    if start or end:
        first, last = _number("start", start), _number("end", end)
        if not 0 <= first < last <= len(content):
            raise DecisionError(f"words: {first} to {last} lies outside the text of {len(content)} characters")
        if words.strip() and _squeezed(words) != _squeezed(visible(content[first:last])):
            raise DecisionError("words: other words stand there than were selected; select them again")
    else:
        wanted = r"\s+".join(map(re.escape, words.split()))
        places = [found.span() for found in re.finditer(wanted, content)] if wanted else []
        if len(places) != 1:
            said = "select the words of the text" if not wanted else f"they stand in the text {len(places)} times"
            raise DecisionError(f"words: {said}; exactly one place is needed")
        first, last = places[0]
    chosen = content[first:last]
    first, last = first + len(chosen) - len(chosen.lstrip()), last - (len(chosen) - len(chosen.rstrip()))
    if not any(char.isalnum() for char in chosen):
        raise DecisionError("words: no word is selected")
    if last - first > MOST_WORDS:
        raise DecisionError(f"words: more than {MOST_WORDS} characters; a claim rests on a sentence or two")
    return Span(text.id, first, last)


def _number(name: str, written: str) -> int:
    if not written.isascii() or not written.isdigit() or len(written) > 9:
        raise DecisionError(f"{name}: a number of characters is needed")
    return int(written)


def _squeezed(words: str) -> str:
    return "".join(words.split())
