"""Surface forms of the knowledge tables found in a text: longest match over tokens, with what each may mean.

Makes :class:`Hit` lists; knows token offsets and the tables' surface forms, not what a hit means in its sentence.
"""

import calendar
from dataclasses import dataclass

from dragoman.knowledge import Entry, Knowledge
from dragoman.types import ActorKind, Analysis

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


@dataclass(frozen=True, slots=True)
class Hit:
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
        return max(fitting, key=lambda entry: (entry.weight, entry.key)).key if fitting else ""


def surface(analysis: Analysis, first: int, last: int) -> str:
    """The words of a token range, whitespace made single spaces."""
    content = analysis.text.content
    return " ".join(content[analysis.tokens[first].start : analysis.tokens[last].end].split())


def _kinds(knowledge: Knowledge, entries: tuple[Entry, ...]) -> frozenset[str]:
    kinds = {entry.kind for entry in entries}
    kinds |= {knowledge.actor(entry.key).kind.value for entry in entries if entry.kind == "actor"}
    return frozenset(kinds)


def _match(analysis: Analysis, knowledge: Knowledge, at: int, end: int) -> Hit | None:
    """The longest table match that begins at a token and stays within its sentence."""
    if not knowledge.starts(analysis.tokens[at].form):
        return None
    for last in range(min(end, at + knowledge.longest + EXTRA_TOKENS) - 1, at - 1, -1):
        if not analysis.tokens[last].form[-1:].isalnum() and last > at:
            continue
        entries = knowledge.entries(surface(analysis, at, last))
        if entries and not _common_word(analysis, at, last, entries):
            return Hit(at, last, entries, _kinds(knowledge, entries))
    return None


def _common_word(analysis: Analysis, first: int, last: int, entries: tuple[Entry, ...]) -> bool:
    """A one-word name read as a plain verb, adjective or noun by the tagger ("nice", "reading") is no name here."""
    token = analysis.tokens[first]
    if token.form in DAYS and first == last:
        return True
    if first != last or all(entry.kind in ("title", "demonym") for entry in entries):
        return False
    return token.form.islower()


def _unknown_name(analysis: Analysis, at: int, end: int, taken: set[int]) -> Hit | None:
    """A run of capitalised proper-noun tokens that no table knows."""
    last = at
    while last + 1 < end and last + 1 not in taken:
        token = analysis.tokens[last + 1]
        joins = token.form in LINKS and last + 2 < end and analysis.tokens[last + 2].form[:1].isupper()
        if not (joins or _is_name(analysis, last + 1)):
            break
        last += 1
    while analysis.tokens[last].form in LINKS and last > at:
        last -= 1
    return Hit(at, last, (), frozenset({"name"}))


def find_hits(analysis: Analysis, knowledge: Knowledge) -> tuple[Hit, ...]:
    """All hits of a text, in order, not overlapping; table matches first, then unknown names between them."""
    hits: list[Hit] = []
    for start, end in analysis.sentences:
        at, found = start, []
        while at < end:
            hit = _match(analysis, knowledge, at, end)
            if hit and analysis.tokens[at].form.lower() == "the" and at + 1 < end:
                longer = _match(analysis, knowledge, at + 1, end)  # not "the Gulf" of "the Gulf Cooperation Council"
                hit = longer if longer and longer.last > hit.last else hit
            if hit:
                found.append(hit)
            at = hit.last + 1 if hit else at + 1
        found = [_grown(analysis, hit, end, found) for hit in found]
        taken = {index for hit in found for index in range(hit.first, hit.last + 1)}
        at = start
        while at < end:
            token = analysis.tokens[at]
            if at not in taken and _is_name(analysis, at) and token.form not in LINKS:
                unknown = _unknown_name(analysis, at, end, taken)
                if unknown:
                    found.append(unknown)
                    at = unknown.last
            at += 1
        hits += sorted(found, key=lambda hit: hit.first)
    return tuple(hits)


def _grown(analysis: Analysis, hit: Hit, end: int, found: list[Hit]) -> Hit:
    """A surname or first name that runs on into an unknown proper name is that longer, unknown name."""
    if not (hit.first == hit.last and hit.kinds <= {"actor", ActorKind.PERSON.value}):
        return hit
    first, last = hit.first, hit.last
    blocked = {index for other in found if other is not hit for index in range(other.first, other.last + 1)}
    while last + 1 < end and last + 1 not in blocked and _is_name(analysis, last + 1):
        last += 1
    begin = next(start for start, stop in analysis.sentences if start <= first < stop)
    while first - 1 >= begin and first - 1 not in blocked and _is_name(analysis, first - 1):
        first -= 1
    if (first, last) == (hit.first, hit.last):
        return hit
    return Hit(first, last, (), frozenset({"name"}))


def _is_name(analysis: Analysis, at: int) -> bool:
    token = analysis.tokens[at]
    if token.form in DAYS or token.form.rstrip(".") in HONORIFICS:
        return False
    return token.tag in NAME_TAGS and token.form[:1].isupper()
