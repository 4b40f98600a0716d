"""A text cut into pieces where marks begin and end, so that a page shows it as text and never as HTML.

Spans count code points of the text as ingested; what could deceive a reader (bidirectional overrides, control
characters) is written as its visible escape, after cutting. Pure.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.terminal.plain import plain


@dataclass(frozen=True, slots=True)
class Mark:
    """Code points ``start`` to ``end`` that something is said of: a claim's id, or "cell", "voice"."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text under the same marks; ``opens`` are the marks that begin here."""

    text: str
    marks: tuple[str, ...]
    opens: tuple[str, ...]


def visible(text: str) -> str:
    """Harmless text; its line ends stay."""
    return "\n".join(plain(line) for line in text.split("\n"))


def pieces(content: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Piece]:
    """The text from ``start`` to ``end`` in pieces; marks that overlap are both on the piece they share."""
    last = len(content) if end is None else min(end, len(content))
    inside = [mark for mark in marks if mark.start < last and mark.end > start]
    cuts = {start, last} | {min(max(at, start), last) for mark in inside for at in (mark.start, mark.end)}
    made, opened = [], set[str]()
    ordered = sorted(cuts)
    for left, right in itertools.pairwise(ordered):
        over = tuple(dict.fromkeys(mark.name for mark in inside if mark.start <= left and right <= mark.end))
        opens = tuple(name for name in over if name not in opened)
        opened.update(opens)
        made.append(Piece(visible(content[left:right]), over, opens))
    return made


def matched(snippet: str, opening: str, closing: str) -> list[Piece]:
    """A snippet of a search with its matches as marks."""
    made = []
    for number, part in enumerate(snippet.split(opening)):
        inner, found, rest = part.partition(closing)
        if not number or not found:
            made.append(Piece(plain(part), (), ()))
            continue
        made += [Piece(plain(inner), ("hit",), ()), Piece(plain(rest), (), ())]
    return [piece for piece in made if piece.text]


def around(content: str, spans: Sequence[Mark], letters: int = 600) -> tuple[int, int]:
    """Where to cut a long text so that its marks are shown with some text around them, at line ends where near."""
    if not spans:
        return 0, min(len(content), 2 * letters)
    start = max(0, min(mark.start for mark in spans) - letters)
    end = min(len(content), max(mark.end for mark in spans) + letters)
    if start:
        line = content.rfind("\n", 0, start)
        start = line + 1 if start - line < letters else start
    return start, end


def web_address(url: str) -> str:
    """An address that may be a link: http and https only, else ""."""
    return url if url.lower().startswith(("http://", "https://")) and url.isprintable() and " " not in url else ""
