"""Surface forms of the knowledge tables found in a text: longest match over tokens, with what each may mean.

Makes :class:`Hit` lists; knows token offsets and the tables' surface forms, not what a hit means in its sentence.
"""

import calendar
import operator
from typing import NamedTuple

from dragoman.knowledge import Entry, Knowledge
from dragoman.types import ActorKind, Analysis, Token

# Tokens that a hyphenated or abbreviated name may be split into beyond the table's own count.
EXTRA_TOKENS = 3

DAYS = frozenset((*calendar.day_name, *calendar.day_abbr, *calendar.month_name, *calendar.month_abbr))
HONORIFICS = ("Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Lord", "Lady", "Prof")
NAME_TAGS = ("PROPN",)
LINKS = (
    "de",
    "van",
    "von",
    "der",
    "bin",
    "bint",
    "ibn",
    "al",
    "el",
    "da",
    "dos",
    "du",
    "la",
    "-",
    "’",
    "'",
    "Al",
    "El",
)
_NAME = frozenset({"name"})  # what an unknown proper name is
_PERSON = frozenset({"actor", ActorKind.PERSON.value})
_FIRST = operator.attrgetter("first")


class Hit(NamedTuple):
    """Tokens ``first`` to ``last`` (inclusive) that match a table, or, with no entries, an unknown proper name."""

    first: int
    last: int
    entries: tuple[Entry, ...]
    kinds: frozenset[str]

    def is_a(self, *kinds: str) -> bool:
        """True when the hit can be of one of these kinds ("title", "demonym", "place", "person", "state" ...)."""
        return not self.kinds.isdisjoint(kinds)

    def key(self, *kinds: str) -> str:
        """The key of the weightiest entry of these table kinds ("actor", "demonym", "place", "title")."""
        fitting = [entry for entry in self.entries if entry.kind in kinds]
        if len(fitting) == 1:
            return fitting[0].key
        return max(fitting, key=lambda entry: (entry.weight, entry.key)).key if fitting else ""


def surface(analysis: Analysis, first: int, last: int) -> str:
    """The words of a token range, whitespace made single spaces."""
    content = analysis.text.content
    return " ".join(content[analysis.tokens[first].start : analysis.tokens[last].end].split())


def _match(analysis: Analysis, knowledge: Knowledge, at: int, end: int) -> Hit | None:
    """The longest table match that begins at a token and stays within its sentence."""
    tokens, content = analysis.tokens, analysis.text.content
    if not knowledge.starts(tokens[at].form):
        return None
    begin, stop = tokens[at].start, min(end, at + knowledge.longest + EXTRA_TOKENS)
    longest = content[begin : tokens[stop - 1].end]
    plain = longest == " ".join(longest.split())
    for last in range(stop - 1, at - 1, -1):
        token = tokens[last]
        if last > at and not token.form[-1:].isalnum():
            continue
        form = content[begin : token.end]
        entries, kinds = knowledge.meanings(form if plain else " ".join(form.split()))
        if entries and not _common_word(tokens[at], last > at, entries):
            return Hit(at, last, entries, kinds)
    return None


def _common_word(first: Token, several: bool, entries: tuple[Entry, ...]) -> bool:
    """A one-word name read as a plain verb, adjective or noun by the tagger ("nice", "reading") is no name here."""
    if several:
        return False
    if first.form in DAYS:
        return True
    return first.form.islower() and not all(entry.kind in ("title", "demonym") for entry in entries)


def _unknown_name(analysis: Analysis, at: int, end: int, taken: set[int]) -> Hit:
    """A run of capitalised proper-noun tokens that no table knows."""
    tokens, last = analysis.tokens, at
    while last + 1 < end and last + 1 not in taken:
        token = tokens[last + 1]
        joins = token.form in LINKS and last + 2 < end and tokens[last + 2].form[:1].isupper()
        if not (joins or _is_name(token)):
            break
        last += 1
    while last > at and tokens[last].form in LINKS:
        last -= 1
    return Hit(at, last, (), _NAME)


def find_hits(analysis: Analysis, knowledge: Knowledge) -> tuple[Hit, ...]:
    """All hits of a text, in order, not overlapping; table matches first, then unknown names between them."""
    hits: list[Hit] = []
    for start, end in analysis.sentences:
        found = _matches(analysis, knowledge, start, end)
        hits += sorted(found + _unknown_names(analysis, start, end, found), key=_FIRST)
    return tuple(hits)


def _matches(analysis: Analysis, knowledge: Knowledge, start: int, end: int) -> list[Hit]:
    """What the tables have of a sentence, from its first word to its last."""
    tokens, found, at = analysis.tokens, [], start
    while at < end:
        hit = _match(analysis, knowledge, at, end)
        if hit is None:
            at += 1
            continue
        if at + 1 < end and tokens[at].form.lower() == "the":
            longer = _match(analysis, knowledge, at + 1, end)  # not "the Gulf" of "the Gulf Cooperation Council"
            hit = longer if longer and longer.last > hit.last else hit
        found.append(hit)
        at = hit.last + 1
    return [_grown(analysis, hit, end, found) if hit.first == hit.last else hit for hit in found]


def _unknown_names(analysis: Analysis, start: int, end: int, found: list[Hit]) -> list[Hit]:
    """The names of a sentence that no table knows, beside what was found."""
    names: list[Hit] = []
    taken = {index for hit in found for index in range(hit.first, hit.last + 1)}
    at = start
    while at < end:
        if at not in taken and _is_name(analysis.tokens[at]) and analysis.tokens[at].form not in LINKS:
            names.append(_unknown_name(analysis, at, end, taken))
            at = names[-1].last
        at += 1
    return names


def _grown(analysis: Analysis, hit: Hit, end: int, found: list[Hit]) -> Hit:
    """A surname or first name that runs on into an unknown proper name is that longer, unknown name."""
    if not hit.kinds <= _PERSON:
        return hit
    tokens, first, last = analysis.tokens, hit.first, hit.last
    blocked = {index for other in found if other is not hit for index in range(other.first, other.last + 1)}
    while last + 1 < end and last + 1 not in blocked and _is_name(tokens[last + 1]):
        last += 1
    begin = next(start for start, stop in analysis.sentences if start <= first < stop)
    while first - 1 >= begin and first - 1 not in blocked and _is_name(tokens[first - 1]):
        first -= 1
    if (first, last) == (hit.first, hit.last):
        return hit
    return Hit(first, last, (), _NAME)


def _is_name(token: Token) -> bool:
    form = token.form
    return token.tag in NAME_TAGS and form[:1].isupper() and form not in DAYS and form.rstrip(".") not in HONORIFICS
