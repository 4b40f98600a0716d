"""The tables of ``dragoman show``: each kind of thing as lines of named cells, and lines as a table or as JSON.

A line is made once and printed either way, so that the table and ``--json`` cannot disagree. It must not choose
what is shown.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rich.table import Table
from rich.text import Text

from dragoman import jsonform
from dragoman.lookup import Lookup
from dragoman.terminal import words
from dragoman.terminal.plain import plain, shortened
from dragoman.types import Claim, Event, Interval, Party, Position, Report

# Below this many columns a line's id stands under its first cell instead of in a column of its own.
_WIDE = 110
# The longest quote that a table shows; ``explain`` shows all of it.
_QUOTE = 160
_LATE = dt.date.max
# Where an interval in EDTF may be broken: between its ends, or between one day of several and the next.
_BETWEEN = re.compile(r"(?<=\d)(\.\.|/|,)(?=\d)")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to show: its id, its cells in a reader's words by column, and the whole of it for ``--json``."""

    id: str
    cells: Mapping[str, str]
    whole: Any


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width that is left over (0: none), its least width in characters, and
    the cell that stands below its own.
    """

    name: str
    share: int
    least: int = 4
    below: str = ""


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "events": (
        Column("when", 0, 13),  # half of an interval in EDTF, "[2018-05-01.."
        Column("who", 6, 14),
        Column("what", 4, 12, below="status"),  # the longest word of a type or mode is "multilateral"
        Column("where", 3, 9),
        Column("standing", 6, 14),
        Column("reports", 0, 7),
    ),
    "claims": (
        Column("document", 2, 10),
        Column("voice", 4, 10),
        Column("says", 2, 8),
        Column("what", 6, 16),
        Column("words", 7, 16),
    ),
    "positions": (
        Column("party", 3, 8),
        Column("stance", 5, 14),
        Column("if", 3, 8),
        Column("period", 3, 10),
        Column("documents", 3, 9),
    ),
    "actors": (
        Column("name", 6, 14),
        Column("code", 0, 4),
        Column("sector", 0, 6),
        Column("kind", 0, 10),
        Column("title", 4, 8),
        Column("events", 0, 6),
        Column("positions", 0, 9),
    ),
    "reports": (
        Column("document", 4, 10),
        Column("published", 3, 10),
        Column("outlet", 3, 8),
        Column("title", 6, 14),
        Column("lang", 0, 4),
        Column("claims", 0, 6),
        Column("events", 0, 6),
    ),
}


def _order(interval: Interval | None) -> tuple[dt.date, dt.date]:
    """By first day, then by last; an open start by its end; undated last."""
    if interval is None or not interval.known:
        return (_LATE, _LATE)
    end = interval.end or _LATE
    return (interval.start or end, end)


def events(chosen: Iterable[Event], look: Lookup) -> list[Line]:
    """Events by date, undated ones last."""
    names = words.state_names(look.record)
    return [
        Line(
            event.id,
            {
                "when": words.when(event.act.date),
                "who": words.who(event.act, codes=False),
                "what": words.deed(event.act),
                "status": words.status(event.act),
                "where": words.where(event.act),
                "standing": words.standing(event.standing, names),
                "reports": str(len(look.reports_of(event.claims))),
            },
            jsonform.encode(event),
        )
        for event in sorted(chosen, key=lambda event: (_order(event.act.date.value), event.id))
    ]


def claims(chosen: Iterable[Claim], look: Lookup) -> list[Line]:
    """Claims in order of document and place in the text."""
    lines = [
        Line(
            claim.id,
            {
                "document": plain(", ".join(sorted({report.document for report in look.reports.get(claim.text, ())}))),
                "voice": words.voice(claim.voice, look),
                "says": words.SAYS[claim.says] + ("" if claim.about == "happened" else f" ({plain(claim.about)})"),
                "what": words.content(claim),
                "words": shortened(plain(look.words(claim.evidence)), _QUOTE),
            },
            {**jsonform.encode(claim), "quote": look.words(claim.evidence), "event": look.event_of.get(claim.id)},
        )
        for claim in sorted(chosen, key=lambda claim: (claim.evidence, claim.id))
    ]
    return sorted(lines, key=lambda line: line.cells["document"])


def positions(chosen: Iterable[Position], look: Lookup) -> list[Line]:
    """Positions by party, issue and period."""
    return [
        Line(
            position.id,
            {
                "party": words.party(position.party),
                "stance": words.stance(position.stance, position.issue, position.object),
                "if": plain(position.condition),
                "period": str(position.period) or "undated",
                "documents": plain(", ".join(report.document for report in look.reports_of(position.claims))),
            },
            jsonform.encode(position),
        )
        for position in sorted(chosen, key=lambda p: (p.party.name, p.issue, _order(p.period), p.id))
    ]


def actors(chosen: Iterable[Party], look: Lookup) -> list[Line]:
    """Actors by how much of the record names them, most first; an actor is counted once whatever its office."""
    found: dict[str, Party] = {}
    for party in sorted(chosen, key=lambda party: (party.id or party.name, party.title, party.sector, party.name)):
        found.setdefault(party.id or party.name, party)
    in_events = Counter(
        key
        for event in look.record.events
        for key in {p.party.value.id or p.party.value.name for p in event.act.participations if p.party.value}
    )
    held = Counter(position.party.id or position.party.name for position in look.record.positions)
    return [
        Line(
            key,
            {
                "name": plain(found[key].name),
                "code": plain(found[key].code),
                "sector": plain(found[key].sector),
                "kind": found[key].kind.value,
                "title": plain(found[key].title),
                "events": str(in_events[key]),
                "positions": str(held[key]),
            },
            jsonform.encode(found[key]),
        )
        for key in sorted(found, key=lambda key: (-in_events[key] - held[key], found[key].name, key))
    ]


def reports(chosen: Iterable[Report], look: Lookup) -> list[Line]:
    """Reports by day of publication and document; an undated one shows its candidates."""
    claims_of: dict[str, list[Claim]] = {}
    for claim in look.record.claims:
        claims_of.setdefault(claim.text, []).append(claim)
    return [
        Line(
            report.id,
            {
                "document": plain(report.document),
                "published": published(report, look),
                "outlet": plain(report.outlet),
                "title": plain(report.title),
                "lang": plain(report.language),
                "claims": str(len(claims_of.get(report.text, ()))),
                "events": str(
                    len({look.event_of[c.id] for c in claims_of.get(report.text, ()) if c.id in look.event_of})
                ),
            },
            jsonform.encode(report),
        )
        for report in sorted(chosen, key=lambda report: (report.published or _LATE, report.document, report.id))
    ]


def published(report: Report, look: Lookup) -> str:
    """The day, or of an undated report the candidate days or the window its text leaves open."""
    if report.published:
        return report.published.isoformat()
    dating = look.datings.get(report.text)
    if dating and dating.candidates:
        return "undated: " + " or ".join(day.isoformat() for day, _ in dating.candidates)
    return f"undated: {dating.window}" if dating and dating.window.known else "undated"


def parties(look: Lookup) -> list[Party]:
    """Everybody who takes part in an event or holds a position."""
    found = {p.party.value for event in look.record.events for p in event.act.participations if p.party.value}
    return sorted(found | {position.party for position in look.record.positions}, key=repr)


def table(kind: str, lines: Iterable[Line], width: int, ids: Mapping[str, str]) -> Table:
    """Lines as a table that fits ``width`` columns. All cells are plain text, nothing in them is markup."""
    columns = COLUMNS[kind]
    wide = width >= _WIDE
    made = Table(box=None, padding=(0, 2 if wide else 1, 1, 0), show_edge=False, pad_edge=False, expand=True)
    if wide and ids:
        made.add_column("id", no_wrap=True, style="dim")
    for column in columns:
        # To rich, the width of a column with a ratio is its least width.
        made.add_column(column.name, ratio=column.share or None, width=column.least, overflow="fold")
    for line in lines:
        cells = [_cell(line, column) for column in columns]
        key = ids.get(line.id, "")
        if wide and ids:
            cells.insert(0, Text(key))
        elif key:
            cells[0].append(f"\n{key}", style="dim")
        made.add_row(*cells)
    return made


def _cell(line: Line, column: Column) -> Text:
    """A cell's text; an interval that is too long for one line is broken between its ends."""
    text = line.cells[column.name]
    if column.name == "when" and len(text) > column.least:
        text = _BETWEEN.sub("\\1\n", text)
    return Text("\n".join(part for part in (text, line.cells[column.below] if column.below else "") if part))


def as_json(lines: Iterable[Line], kind: str) -> list[dict[str, Any]]:
    """Lines as JSON objects: id, the same cells as the table, and the whole thing under its own name."""
    one = kind.removesuffix("s")
    return [{"id": line.id, **line.cells, one: line.whole} for line in lines]
