"""What the tables of actors are made of: meanings of forms, titles, dated events, and a user's own tables.

Plain values; :mod:`dragoman.knowledge` reads and asks them.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

OWN = 101  # weight of a form that a user's own table gives: above all built-in ones, and it hides them


class Entry(NamedTuple):
    """One meaning of a surface form: ``kind`` actor, demonym, place, title or issue; ``key`` of its table.

    ``weight`` 0 to 100 ranks the meanings of one form against each other; 0: only where the context speaks for it;
    :data:`OWN` where the user's own table says so.
    """

    kind: str
    key: str
    weight: int


@dataclass(frozen=True, slots=True)
class Title:
    """An office or role noun. ``kind``: office (one person holds it), role, body, group (many people).

    ``words`` is the usual form; ``rank`` 0 to 100; ``plural`` whether the form names several, then ``singular`` is the
    key of the one ("officials", "official"); ``body_of`` the title key of the body it belongs to ("foreign_ministry").
    """

    key: str
    words: str
    sector: str
    kind: str
    rank: int
    plural: bool = False
    body_of: str = ""
    singular: str = ""


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A war or crisis that texts count from. A text tells of it when all words of any one pattern stand in it.

    ``patterns`` are in lower case; a word may hold alternatives parted by "|". ``end`` is None while it lasts.
    """

    name: str
    patterns: tuple[tuple[str, ...], ...]
    start: dt.date
    source: str
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Overlay:
    """A user's own actors as tables: what :meth:`dragoman.knowledge.Knowledge.overlaid` puts before the built-in ones.

    ``actors`` by key as in the table of actors; ``exact`` and ``names`` as in that of surfaces, ``longest`` the most
    tokens of a form; ``instead`` the keys of built-in actors with those of the own ones that stand for them; ``digest``
    is of where all of it comes from.
    """

    digest: str
    actors: Mapping[str, Any]
    exact: Mapping[str, Any]
    names: Mapping[str, Any]
    longest: int
    instead: Mapping[str, str]


def with_keys(table: Mapping[str, Any], at: int, instead: Mapping[str, str]) -> Mapping[str, Any]:
    """A table of forms whose rows have a key at a column, with other keys for some."""
    if not instead:
        return table
    return {
        form: [[*row[:at], instead.get(row[at], row[at]), *row[at + 1 :]] for row in rows]
        if any(row[at] in instead for row in rows)
        else rows
        for form, rows in table.items()
    }
