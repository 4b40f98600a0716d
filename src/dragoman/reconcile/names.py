"""Whether two parties can be one: people by their names, groups by their words, states by their code.

Knows parties only, never claims. A body with a state's code (a ministry, a court) is taken as that state here: who
inside a state acted is told apart by people, not by the label of the office.
"""

import re

from rapidfuzz import fuzz

from dragoman.knowledge import fold
from dragoman.types import ActorKind, Party

UNKNOWN = ("", "UNK")
"""Codes that say nothing about who it is (bench GUIDE: "UNK" if unknown)."""
SHARED_CODES = frozenset(("IGO", "NGO", "MNC", "IMG", *UNKNOWN))
"""Codes of many bodies at once, which tell none of them from another (PLOVER 2.0, non-state codes)."""

_WORD = re.compile(r"\w+")
# Two folded group names from this ratio on are one group. Set by hand, not measured: 80 joins "Niger junta" with "junta
# in Niger" and keeps "victims groups" apart from "victims of forced labour".
_SAME_GROUP = 80


def tokens(name: str) -> frozenset[str]:
    """The folded words of a name: case, accents and transliteration variants out of the way."""
    return frozenset(_WORD.findall(fold(name)))


def is_person(party: Party) -> bool:
    """A named human being; "an official" is not."""
    return party.kind is ActorKind.PERSON and bool(party.name)


def is_group(party: Party) -> bool:
    """Neither a person nor one that stands for a state as a whole."""
    return party.kind in (ActorKind.GROUP, ActorKind.COLLECTIVE) or party.code in UNKNOWN


def same_person(left: Party, right: Party) -> bool:
    """One person: the same id, or the words of one name within the other's ("Xi", "Xi Jinping")."""
    if left.id and left.id == right.id:
        return True
    a, b = tokens(left.name), tokens(right.name)
    return bool(a and b) and (a <= b or b <= a)


def same_group(left: Party, right: Party) -> bool:
    """One group: the same id or nearly the same words."""
    if left.id and left.id == right.id:
        return True
    return fuzz.token_set_ratio(fold(left.name), fold(right.name)) >= _SAME_GROUP


def same_party(left: Party, right: Party) -> bool:
    """One party as far as names and codes go, at the level of detail both have."""
    if left.id and left.id == right.id:
        return True
    if is_person(left) and is_person(right):
        return same_person(left, right)
    if left.code != right.code:
        return False
    if is_group(left) or is_group(right):
        return same_group(left, right)
    return True
