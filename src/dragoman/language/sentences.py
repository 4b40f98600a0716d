"""Sentences of English text as exact spans. Knows nothing of words but where abbreviations stop.

The boundaries are nupunkt's, line by line (a line break always ends a sentence), repaired where it errs on news:
a rank or title never ends a sentence ("Gen." "Milley"), nor do initials before a name ("U.S." "Senator"), while a
plain word and its stop do, also before a quotation or behind one.
"""

import functools
import re
from collections.abc import Iterator

import nupunkt

from dragoman.language.tokens import tables

LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# nupunkt takes quadratic time on a run of question marks (26 s for 200,000), so it sees this much at a time
PIECE = 4_000
OPENING = "[\"'“‘«(\\[]"
CLOSING = "[\"'”’»)\\]]"
LAST_WORD = re.compile(r"\S{1,24}$")
NEXT_WORD = re.compile(rf"\s*{OPENING}{{0,3}}([^\W\d_]+)")
INITIALS = re.compile(r"(?:[A-Za-z]\.){2,}$")
# A word of two small letters or more, its stop, and what begins the next sentence
STOP = re.compile(rf"(?<=[a-z][a-z])(?:[.!?]{CLOSING}{{0,3}}|{CLOSING}{{1,2}}[.!?])(\s+)(?={OPENING}{{0,3}}[A-Z])")


@functools.cache
def unending() -> frozenset[str]:
    """Abbreviations that no sentence ends with."""
    return frozenset(word for word, (_, ends) in tables()["abbreviations"].items() if ends == "never")


@functools.cache
def starters() -> frozenset[str]:
    """Words that begin a sentence but no name, lower case."""
    return frozenset(tables()["starters"])


def joins(content: str, start: int, cut: int, end: int) -> bool:
    """Whether a boundary at ``cut`` of the sentence from ``start`` is none, ``end`` being where its line ends."""
    before = LAST_WORD.search(content[max(start, cut - 40) : cut].rstrip())
    if before is None:
        return False
    word = before.group().lstrip("\"'“‘«([")
    if word in unending():
        return True
    after = NEXT_WORD.match(content, cut, end)
    return bool(INITIALS.match(word) and after and after.group(1).lower() not in starters())


def stops(content: str, start: int, end: int) -> Iterator[int]:
    """Boundaries after a plain word and its stop: those that nupunkt passes over before quotations."""
    listed = tables()["abbreviations"]
    for match in STOP.finditer(content, start, end):
        before = LAST_WORD.search(content[max(start, match.start() - 40) : match.start() + 1])
        if before is None or before.group().lstrip("\"'“‘«([") not in listed:
            yield match.start(1)


def ends(content: str, start: int, end: int) -> list[int]:
    """Where the sentences of one piece of a line end, sorted; the last is ``end``."""
    found = {start + last for _, last in nupunkt.sent_spans(content[start:end])}
    found.update(stops(content, start, end))
    return [*sorted(cut for cut in found if start < cut < end), end]


def blank(content: str, start: int, end: int) -> int:
    """The last white space to cut an overlong sentence at, or ``end`` where there is none."""
    cut = content.rfind(" ", start + 1, end) + 1
    return cut if cut > start else end


def line(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one line."""
    begin = start
    while start < end:
        limit = min(end, start + PIECE)
        cuts = ends(content, start, limit)
        if limit < end:  # the last sentence may go on: the next piece begins with it
            cuts = cuts[:-1] or [blank(content, start, limit)]
        for cut in cuts:
            if cut == end or not joins(content, begin, cut, end):
                yield begin, cut
                begin = cut
        start = cuts[-1]


def split(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of ``content[start:end]`` in order; together they hold every character but line breaks."""
    for match in LINE.finditer(content, start, end):
        yield from line(content, *match.span())
