"""Days as the tables are asked about them: offices come and go, and between two such changes every answer is the same.

It knows terms of office and days, not who served them.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

_DAY = dt.timedelta(days=1)


class Term(NamedTuple):
    """A :class:`dragoman.types.Tenure` as the tables reckon with it; quicker to make, of which there are many."""

    title: str
    of: str
    sector: str
    since: dt.date | None
    until: dt.date | None


def term(title: str, of: str, sector: str, since: str, until: str, _source: str) -> Term:
    """The term of a row of the tables, whose days are ISO, "" where they are unknown."""
    begun = dt.date.fromisoformat(since) if since else None
    return Term(title, of, sector, begun, dt.date.fromisoformat(until) if until else None)


class Spell:
    """A day to ask the tables about, which notes from when to when (both included) all that they said of it holds."""

    __slots__ = ("day", "since", "until")

    def __init__(self, day: dt.date) -> None:
        self.day, self.since, self.until = day, dt.date.min, dt.date.max

    def note(self, terms: Iterable[Term]) -> None:
        """What was said rests on these terms: it holds until the next of them begins or ends."""
        for _, _, _, since, until in terms:
            if since is not None:
                if since <= self.day:
                    self.since = max(self.since, since)
                else:
                    self.until = min(self.until, since - _DAY)
            if until is not None:
                if self.day <= until:
                    self.until = min(self.until, until)
                else:
                    self.since = max(self.since, until + _DAY)


When = dt.date | Spell | None  # None: now


def day_of(on: When, terms: Iterable[Term]) -> dt.date | None:
    """The day itself; a spell notes that what is said of it rests on these terms."""
    if isinstance(on, Spell):
        on.note(terms)
        return on.day
    return on


def in_force(one: Term, on: dt.date | None) -> bool:
    """True when the term covers the day, as an unknown beginning or an open end does; without a day, an open end."""
    if on is None:
        return one.until is None
    return (one.since is None or one.since <= on) and (one.until is None or on <= one.until)
