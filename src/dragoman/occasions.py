"""Dated happenings of world politics that texts come back to without giving the day: coups, attacks, summits, treaties.

A table (resources/times/occasions.csv, public record): a happening is meant where a clause has a word of each of its
groups for the act and the text one of each of its groups for what it is about. It knows words in lower case, not trees;
of several happenings that words may mean the one with the most groups is likelier, then the nearest to the report's day.
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


@dataclass(frozen=True, slots=True)
class _Table:
    rows: tuple[Occasion, ...]
    by_word: dict[str, tuple[int, ...]]  # a word of the last group of what a happening is about -> its rows


def told(text: Collection[str]) -> tuple[Occasion, ...]:
    """The happenings that a text with these words may speak of, in the order of the table."""
    table = _table()
    words = frozenset(text)
    numbers = sorted({number for word in words for number in table.by_word.get(word, ())})
    return tuple(
        table.rows[number]
        for number in numbers
        if all(not words.isdisjoint(group) for group in table.rows[number].about)
    )


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
def _table() -> _Table:
    text = resources.files("dragoman").joinpath("data", "occasions.json").read_text(encoding="utf-8")
    rows = tuple(
        Occasion(name, _groups(act), _groups(about), dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        for act, about, name, first, last in json.loads(text)
    )
    by_word: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for word in row.about[-1]:
            by_word.setdefault(word, []).append(number)
    return _Table(rows, {word: tuple(numbers) for word, numbers in by_word.items()})


def _groups(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group.split("|")) for group in text.split())
