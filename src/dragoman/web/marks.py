"""A text cut into pieces where marks begin and end, so that a page shows it as text and never as HTML.

Spans count code points of the text as ingested; what could deceive a reader (bidirectional overrides, control
characters) is written as its visible escape, after cutting. Pure.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
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
    """Some text under the same marks; ``opens`` are the marks that begin here.

    ``at`` is the code point of the content where it begins; ``length`` how many code points it stands for where that
    is not one for each that is shown (an escape, blanks drawn together), else 0.
    """

    text: str
    marks: tuple[str, ...]
    opens: tuple[str, ...]
    at: int = 0
    length: int = 0


# Blanks that are drawn together, and all else between them; a line end is always one code point.
_RUN = re.compile(r"[ \t\r]+|[^ \t\r\n]+")


def visible(text: str) -> str:
    """Harmless text; its line ends stay."""
    return "\n".join(plain(line) for line in text.split("\n"))


def pieces(
    content: str, marks: Iterable[Mark], start: int = 0, end: int | None = None, *, exact: bool = False
) -> list[Piece]:
    """The text from ``start`` to ``end`` in pieces; marks that overlap are both on the piece they share.

    With ``exact``, what is shown otherwise than it stands is a piece of its own, so that whoever selects words in any
    other piece can count its code points.
    """
    last = len(content) if end is None else min(end, len(content))
    inside = [mark for mark in marks if mark.start < last and mark.end > start]
    cuts = {start, last} | {min(max(at, start), last) for mark in inside for at in (mark.start, mark.end)}
    if exact:
        cuts |= {at for left, right in _unlike(content, start, last) for at in (left, right)}
    made, opened = [], set[str]()
    ordered = sorted(cuts)
    for left, right in itertools.pairwise(ordered):
        over = tuple(dict.fromkeys(mark.name for mark in inside if mark.start <= left and right <= mark.end))
        opens = tuple(name for name in over if name not in opened)
        opened.update(opens)
        shown = visible(content[left:right])
        made.append(Piece(shown, over, opens, left, 0 if shown == content[left:right] else right - left))
    return made


def _unlike(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of code points that are shown otherwise than they stand."""
    for found in _RUN.finditer(content, start, end):
        run = found.group()
        if run.isspace() or not (run.isascii() and run.isprintable()):
            blank = run[0] in " \t\r"
            for at in [found.start()] if blank else range(found.start(), found.end()):
                part = run if blank else content[at]
                if visible(part) != part:
                    yield at, at + len(part)


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
    """Where to cut a long text so that its marks are shown with some text around them.

    At the beginning of a line where one is near, else between two words.
    """
    if not spans:
        return 0, min(len(content), 2 * letters)
    first, last = min(mark.start for mark in spans), max(mark.end for mark in spans)
    start, end = max(0, first - letters), min(len(content), last + letters)
    if start:
        line, blank = content.rfind("\n", 0, start) + 1, content.find(" ", start, first) + 1
        start = line if start - line < letters // 2 else blank or start
    if end < len(content):
        end = max(content.rfind(" ", last, end), -1) + 1 or end
    return start, end


def web_address(url: str) -> str:
    """An address that may be a link: http and https only, else ""."""
    return url if url.lower().startswith(("http://", "https://")) and url.isprintable() and " " not in url else ""
