"""A record without the words of its texts: hashes and offsets instead, for sources under copyright.

Whoever holds the article finds the words again: a span names its text by the SHA-256 of the whole and counts code
points. What stays are facts: names of people, bodies and places; days, codes and figures. What goes are the texts,
titles, the objects and conditions of positions, reasons, which quote, and names that are mere words of a text
(:mod:`dragoman.export.unnamed`). It changes values of a record and knows no format, so that every exporter is
text-free without knowing it.
"""

import dataclasses
import hashlib
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from dragoman import found_again
from dragoman.export.unnamed import unnamed
from dragoman.lookup import anchor
from dragoman.types import (
    Act,
    Cell,
    Claim,
    Dating,
    Event,
    Judgement,
    Participation,
    Position,
    Quantity,
    Record,
    Report,
    Span,
    Speaker,
    Stance,
    Text,
    Voice,
)

T = TypeVar("T")

# What stands for a reason that might quote; a cell needs one where it has no words.
WITHHELD = "withheld with the text"
_WITHHELD = re.compile(r"sha256:[0-9a-f]{64}(#char=[0-9]+,[0-9]+)?")  # a digest or an anchor


def withheld(record: Record) -> Record:
    """The record with anchors instead of words; done twice, it is the same."""
    record = unnamed(record)
    contents = {text.id: text.content for text in record.texts}
    wishes = _wishes(record)
    about = found_again.targets(record.judgements, record.claims, record.texts)
    return dataclasses.replace(
        record,
        reports=tuple(_report(report, contents) for report in record.reports),
        texts=tuple(Text(text.id, "") for text in record.texts),
        claims=tuple(_claim(claim) for claim in record.claims),
        events=tuple(_event(event) for event in record.events),
        positions=tuple(_position(position, wishes) for position in record.positions),
        datings=tuple(_dating(dating) for dating in record.datings),
        links=tuple(dataclasses.replace(link, reasons=()) for link in record.links),
        judgements=tuple(_judgement(one, about.get(one.id, one.claim)) for one in record.judgements),
    )


def digest(words: str) -> str:
    """What stands for words without a place: their SHA-256; "" for none, an anchor or digest as it is."""
    if not words or _WITHHELD.fullmatch(words):
        return words
    return "sha256:" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _report(report: Report, contents: Mapping[str, str]) -> Report:
    title, content = report.title, contents.get(report.text, "")
    at = content.find(title) if title else -1
    if at >= 0:
        title = anchor(Span(report.text, at, at + len(title)))
    return dataclasses.replace(report, title=digest(title))


def _cell(cell: Cell[T]) -> Cell[T]:
    """The cell without its reason, which may quote; where it has nothing else, with a word for one."""
    return Cell(cell.value, cell.span, "" if cell.span and cell.value is not None else WITHHELD)


def _words(cell: Cell[str]) -> Cell[str]:
    value = cell.value
    if value:
        value = anchor(cell.span) if cell.span and not _WITHHELD.fullmatch(value) else digest(value)
    return _cell(Cell(value, cell.span, cell.reason))


def _voice(voice: Voice) -> Voice:
    return Voice(
        tuple(Speaker(_cell(speaker.party), speaker.cue, speaker.medium, speaker.anonymity) for speaker in voice.chain)
    )


def _content(content: Act | Stance) -> Act | Stance:
    if isinstance(content, Stance):
        return dataclasses.replace(
            content, holder=_cell(content.holder), object=_words(content.object), condition=_words(content.condition)
        )
    return _act(content)


def _act(act: Act) -> Act:
    parties = [one.party.value for one in act.participations if one.party.value]
    names = frozenset(name for party in parties for name in (party.id, party.name, party.code))
    return dataclasses.replace(
        act,
        status=_cell(act.status),
        participations=tuple(
            Participation(_cell(one.party), one.role, one.on_behalf, one.remote) for one in act.participations
        ),
        date=_cell(act.date),
        place=_cell(act.place),
        quantities=tuple(_quantity(quantity, names) for quantity in act.quantities),
    )


def _quantity(quantity: Quantity, names: frozenset[str]) -> Quantity:
    """Whose side and whose figure stay where they name a party of the act; as other words they go."""
    side, whose = (words if words in names else digest(words) for words in (quantity.side, quantity.whose))
    return dataclasses.replace(quantity, side=side, whose=whose)


def _claim(claim: Claim) -> Claim:
    return dataclasses.replace(claim, content=_content(claim.content), voice=_voice(claim.voice), reasons=())


def _event(event: Event) -> Event:
    return dataclasses.replace(
        event,
        act=_act(event.act),
        standing=dataclasses.replace(event.standing, reasons=()),
        links=tuple(dataclasses.replace(link, reasons=()) for link in event.links),
        relations=tuple(dataclasses.replace(relation, reasons=()) for relation in event.relations),
    )


def _wishes(record: Record) -> dict[tuple[str, str], str]:
    """(claim, words) -> anchor, of the objects and conditions of stances."""
    found: dict[tuple[str, str], str] = {}
    for claim in record.claims:
        if isinstance(claim.content, Stance):
            for cell in (claim.content.object, claim.content.condition):
                if cell.value and cell.span:
                    found[claim.id, cell.value] = anchor(cell.span)
    return found


def _position(position: Position, wishes: Mapping[tuple[str, str], str]) -> Position:
    def instead(words: str) -> str:
        known: Any = (wishes[key, words] for key in position.claims if (key, words) in wishes)
        return digest(next(known, words))

    return dataclasses.replace(position, object=instead(position.object), condition=instead(position.condition))


def _dating(dating: Dating) -> Dating:
    return dataclasses.replace(dating, candidates=tuple((day, ()) for day, _ in dating.candidates), reasons=())


def _judgement(judgement: Judgement, claim: str) -> Judgement:
    """What a person says stays, of the claim that it is about now; the words of the text by which it would be found
    again go, and so do claims of their own.
    """
    own = judgement.value if judgement.cell and judgement.cell not in ("object", "condition") else ""
    return dataclasses.replace(
        judgement, claim=claim, words=digest(judgement.words), value=own or digest(judgement.value)
    )
