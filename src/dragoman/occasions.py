"""Dated happenings of world politics that texts come back to without giving the day: coups, attacks, summits, treaties.

A table (resources/times/occasions.csv, public record): a happening is meant where a clause has a word of each of its
groups for the act and the text one of each of its groups for what it is about. Knows words in lower case, not trees; of
several happenings that words may mean the one with the most groups is likelier, then the nearest to the report's day.
"""

import datetime as dt
import functools
import json
from collections.abc import Collection
from dataclasses import dataclass
from importlib import resources

AHEAD = dt.timedelta(days=120)  # how far beyond the report's day a happening may lie: the next summit of a series
MOST = 3


@dataclass(frozen=True, slots=True)
class Occasion:
    """A happening: ``act`` and ``about`` are groups of words of which a clause and its text must each have one."""

    name: str
    act: tuple[frozenset[str], ...]
    about: tuple[frozenset[str], ...]
    first: dt.date
    last: dt.date

    @property
    def groups(self) -> int:
        """How many groups of words speak for it."""
        return len(self.act) + len(self.about)


def told(text: Collection[str]) -> tuple[Occasion, ...]:
    """The happenings that a text with these words may speak of, in the order of the table."""
    rows, by_word = _table()
    words = frozenset(text)
    numbers = sorted({number for word in words for number in by_word.get(word, ())})
    found = (_made(*rows[number]) for number in numbers)
    return tuple(one for one in found if all(not words.isdisjoint(group) for group in one.about))


def meant(told_of: Collection[Occasion], clause: Collection[str], day: dt.date | None) -> tuple[Occasion, ...]:
    """Of the happenings of a text those that a clause with these words may mean, the likeliest first, three at most.

    Of one series ("the NATO summit") only the nearest to the day; none that begins long after it.
    """
    words = frozenset(clause)
    found = [one for one in told_of if all(not words.isdisjoint(group) for group in one.act)]
    if day is not None:
        found = [one for one in found if one.first <= day + AHEAD]
    ranked = sorted(found, key=lambda one: (-one.groups, _away(one, day), one.first, one.name))
    kept: dict[tuple[dt.date, dt.date], Occasion] = {}
    for one in ranked:
        kept.setdefault((one.first, one.last), one)
    return tuple(kept.values())[:MOST]


def _away(one: Occasion, day: dt.date | None) -> int:
    if day is None:
        return 0
    return max((day - one.last).days, (one.first - day).days, 0)


@functools.cache
def _table() -> tuple[list[list[str]], dict[str, list[int]]]:
    """The rows, and by a word of the last group of what a happening is about the numbers of its rows."""
    text = resources.files("dragoman").joinpath("data", "occasions.json").read_text(encoding="utf-8")
    rows: list[list[str]] = json.loads(text)
    by_word: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for word in row[1].rpartition(" ")[2].split("|"):
            by_word.setdefault(word, []).append(number)
    return rows, by_word


@functools.lru_cache(maxsize=1 << 13)
def _made(act: str, about: str, name: str, first: str, last: str) -> Occasion:
    return Occasion(name, _groups(act), _groups(about), dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def _groups(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group.split("|")) for group in text.split())
