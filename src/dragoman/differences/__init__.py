"""What two records differ in, and why: events and positions gone, new, merged, split or changed. Pure.

Compares values; it must not know how they were computed, stored or are printed. Events are the same where they share
claims (``match.py``), whatever their ids.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic

from dragoman.differences import cells, match, why
from dragoman.differences.match import T
from dragoman.differences.why import Cause, Reason, Word
from dragoman.lookup import look_up
from dragoman.types import Event, Position, Record, Report, Run

__all__ = ["Cause", "Change", "Differences", "How", "Reason", "compare"]


class How(enum.StrEnum):
    """What became of events or positions."""

    NEW = "new"
    GONE = "gone"
    MERGED = "merged"
    SPLIT = "split"
    REGROUPED = "regrouped"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """What became of things that share claims: ``old`` those of the old record, ``new`` those of the new one.

    ``pair``: the two most alike, whose ``cells`` (by name) differ. ``claims_new`` and ``claims_gone``: the ids of
    claims that they rest on now and did not, and did and do not.
    """

    how: How
    old: tuple[T, ...]
    new: tuple[T, ...]
    pair: tuple[T, T] | None
    cells: tuple[str, ...]
    claims_new: tuple[str, ...]
    claims_gone: tuple[str, ...]
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """All that two records differ in; ``run`` says in what the runs that coded them do, and counts for no difference.

    ``claims_new`` and ``claims_gone`` are of the whole records, also of those in no event.
    """

    events: tuple[Change[Event], ...] = ()
    positions: tuple[Change[Position], ...] = ()
    reports_new: tuple[Report, ...] = ()
    reports_gone: tuple[Report, ...] = ()
    claims_new: tuple[str, ...] = ()
    claims_gone: tuple[str, ...] = ()
    words_new: tuple[Word, ...] = ()
    words_gone: tuple[Word, ...] = ()
    run: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether the records differ in what they hold."""
        held = (self.events, self.positions, self.reports_new, self.reports_gone, self.claims_new, self.claims_gone)
        return any((*held, self.words_new, self.words_gone))


def compare(old: Record, new: Record, runs: tuple[Run | None, Run | None] = (None, None)) -> Differences:
    """What ``new`` holds that ``old`` does not, and the other way round; ``runs`` coded them last.

    The order of anything in the records makes no difference. A record and itself differ in nothing.
    """
    sides = why.side(look_up(old), runs[0]), why.side(look_up(new), runs[1])
    called = match.ties(sides[0].look.claims, sides[1].look.claims)
    reports = [{report.id: report for report in record.reports} for record in (old, new)]
    claims = [side.look.claims.keys() for side in sides]
    people = [why.words_of_people(side) for side in sides]
    return Differences(
        events=_changes(match.groups(old.events, new.events, called), called, sides),
        positions=_changes(match.groups(old.positions, new.positions, called), called, sides),
        reports_new=_sorted(reports[1][key] for key in reports[1].keys() - reports[0].keys()),
        reports_gone=_sorted(reports[0][key] for key in reports[0].keys() - reports[1].keys()),
        claims_new=tuple(sorted(claims[1] - claims[0])),
        claims_gone=tuple(sorted(claims[0] - claims[1])),
        words_new=tuple(sorted(people[1] - people[0], key=lambda word: (word.at, repr(word)))),
        words_gone=tuple(sorted(people[0] - people[1], key=lambda word: (word.at, repr(word)))),
        run=why.run_fields(*runs),
    )


def _changes(
    groups: Iterable[tuple[tuple[T, ...], tuple[T, ...]]], called: dict[str, str], sides: tuple[why.Side, why.Side]
) -> tuple[Change[T], ...]:
    """The groups in which anything differs."""
    made = []
    for old, new in groups:
        if old == new:
            continue
        pair = match.successor(old, new, called)
        names = cells.changed(*pair) if pair else ()
        had, has = ({key for one in held for key in one.claims} for held in (old, new))
        how = _how(len(old), len(new))
        if how is How.CHANGED and not names and had == has:
            continue
        because = why.reasons(*sides, old, new, names)
        made.append(Change(how, old, new, pair, names, tuple(sorted(has - had)), tuple(sorted(had - has)), because))
    return tuple(made)


def _how(old: int, new: int) -> How:
    if not old or not new:
        return How.GONE if old else How.NEW
    if old == new == 1:
        return How.CHANGED
    if new == 1:
        return How.MERGED
    return How.SPLIT if old == 1 else How.REGROUPED


def _sorted(reports: Iterable[Report]) -> tuple[Report, ...]:
    return tuple(sorted(reports, key=lambda report: (report.document, report.id)))
