"""Who is named in a text: for the form in which a person adds a claim. Those that its claims name, and those that the
tables know by the words as they stand. Pure.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.knowledge import Knowledge
from dragoman.terminal import words
from dragoman.types import Act, Claim, Party, Span

# Words of the longest name that is looked for, and how many names a form offers.
_LONGEST, MOST = 6, 60
_WORD = re.compile(r"[^\W_](?:[\w'’.-]*\w)?")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody by the name that a person would type (``Li Hui (CHN)``), and where the text first names them."""

    name: str
    span: Span


def named(text: str, content: str, claims: Iterable[Claim], knowledge: Knowledge, on: dt.date | None) -> list[Named]:
    """Who is named in a text, in the order of its words, each once; ``on`` is the day the text is of."""
    found: dict[str, Span] = {}
    for party, span in (*_in_claims(claims), *_in_tables(text, content, knowledge, on)):
        name = words.party(party)
        if name and span.text == text and (name not in found or span < found[name]):
            found[name] = span
    ordered = sorted(found.items(), key=lambda item: (item[1].start, item[1].end, item[0]))
    return [Named(name, span) for name, span in ordered[:MOST]]


def _in_claims(claims: Iterable[Claim]) -> Iterator[tuple[Party, Span]]:
    for claim in claims:
        cells = [speaker.party for speaker in claim.voice.chain]
        if isinstance(claim.content, Act):
            cells += [part.party for part in claim.content.participations]
        else:
            cells.append(claim.content.holder)
        yield from ((cell.value, cell.span) for cell in cells if cell.value and cell.span)


def _in_tables(text: str, content: str, knowledge: Knowledge, on: dt.date | None) -> Iterator[tuple[Party, Span]]:
    """The longest names that the tables know, from left to right; only words that begin with a capital begin one."""
    tokens = [(found.start(), found.end(), found.group()) for found in _WORD.finditer(content)]
    at = 0
    while at < len(tokens):
        step = 1
        if tokens[at][2][0].isupper() and knowledge.starts(tokens[at][2]):
            for number in range(min(_LONGEST, len(tokens) - at), 0, -1):
                some = tokens[at : at + number]
                keys = [e.key for e in knowledge.entries(" ".join(one[2] for one in some)) if e.kind == "actor"]
                if keys:
                    yield knowledge.party(keys[0], on), Span(text, some[0][0], some[-1][1])
                    step = number
                    break
        at += step
