"""What is computed: events with accounts and standing, relations, positions, datings, processes."""

import datetime as dt
from dataclasses import dataclass

from dragoman.types.claims import Act, Claim, Judgement, Link
from dragoman.types.reading import Party
from dragoman.types.values import Failure, Interval, Report, Text
from dragoman.types.vocabulary import Course, Dispute, RelationKind, Says, Support


@dataclass(frozen=True, slots=True)
class Relation:
    """``left`` stands to ``right`` in this relation (left PART_OF right), between events, with the words for it."""

    kind: RelationKind
    left: str
    right: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellSupport:
    """Support of one cell: by which roots; ``grade`` of corroboration (counterpart, third_party, against_interest)."""

    cell: str
    support: Support
    roots: tuple[str, ...]
    outlets: int
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Disputed:
    """One standing dispute: what sort, by whom, about which cell, on which claims."""

    dispute: Dispute
    party: str
    cell: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Course, support and dispute of an event, as of a day (None: of all reports at hand); each with its reasons."""

    course: Course
    support: tuple[CellSupport, ...]
    dispute: tuple[Disputed, ...]
    changed: tuple[str, ...] = ()
    as_of: dt.date | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """What one voice says of an event: ``cells`` are (cell, value in words), ``silent`` the cells it passes over."""

    root: str
    root_code: str
    outlets: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]
    claims: tuple[str, ...]
    says: Says = Says.AFFIRMS
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A happening, computed: the best value of every cell, its accounts side by side, its standing and relations."""

    id: str
    act: Act
    accounts: tuple[Account, ...]
    standing: Standing
    claims: tuple[str, ...]
    links: tuple[Link, ...] = ()
    relations: tuple[Relation, ...] = ()
    differing: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """What a party holds on an issue over a period, computed from stances."""

    id: str
    party: Party
    issue: str
    stance: str
    object: str
    condition: str
    period: Interval
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dating:
    """The days an undated report may have been published, each with reasons; never one invented day."""

    text: str
    candidates: tuple[tuple[dt.date, tuple[str, ...]], ...]
    window: Interval
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Process:
    """A story: events tied by relations and shared parties, computed."""

    id: str
    name: str
    parties: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A whole record as its readers see it: what was read, what is claimed, what was computed of it.

    ``claims`` are the current run's, before people's judgements; ``links`` and ``judgements`` are people's, those
    taken back left out.
    """

    reports: tuple[Report, ...] = ()
    texts: tuple[Text, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    processes: tuple[Process, ...] = ()
    datings: tuple[Dating, ...] = ()
    links: tuple[Link, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    failures: tuple[Failure, ...] = ()
