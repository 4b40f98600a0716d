"""The export ``html``: a record as one page that needs no script and no network; needs jinja2, of the extra ``web``.

Looks and parts are the workbench's. Every value is escaped by the templates (autoescape) and made harmless before;
a content security policy in the page forbids scripts and loading besides. Decides nothing: what agrees, differs or is
disputed is what reconciliation found.
"""

import dataclasses
import functools
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dragoman import __version__
from dragoman.export.forms import ExportError, File, Format, Source, documented
from dragoman.export.manifest import manifest
from dragoman.lookup import Lookup, disputing, look_up
from dragoman.terminal import words
from dragoman.terminal.plain import plain, shortened
from dragoman.types import Claim, Event, Position, Says, Span
from dragoman.web import cells, compare, index_rows
from dragoman.web.excerpts import By, excerpts, told_by

try:
    from dragoman.web import escaping
except ImportError:  # jinja2 is an extra: the format says so when it is asked for
    escaping = None  # type: ignore[assignment]

# The longest quote in a cell; the excerpt has all of it.
_QUOTE = 110
_UNDATED = "without a day"


@dataclasses.dataclass(frozen=True, slots=True)
class Quoted:
    """One cell of an account: what it gives, its words, who printed them, the claim to find them by."""

    given: compare.Given
    quote: str
    source: By | None


def page(source: Source, chosen: frozenset[str] = frozenset()) -> bytes:
    """The page, UTF-8; with ``chosen`` ids, of these events alone and without positions.

    Raises :class:`ExportError` where jinja2 is not installed.
    """
    if escaping is None:
        raise ExportError("html needs jinja2: pip install 'dragoman[web]'")
    held = _sorted(source)
    look, names = look_up(held), words.state_names(held)
    events = sorted(
        (one for one in look.record.events if not chosen or one.id in chosen), key=lambda one: (_day(one), one.id)
    )
    positions = () if chosen else look.record.positions
    cited = _cited(events, positions, look)
    rows = {event.id: _row(event, look, source, names) for event in events}
    made = (
        _environment()
        .get_template("sheet.html")
        .render(
            days=[(day, [rows[one.id] for one in held]) for day, held in itertools.groupby(events, _heading)],
            events=[_shown(event, rows[event.id], look, names, source) for event in events],
            positions=_positions(positions, look, names, source),
            sources=excerpts(cited, look),
            meanings=compare.MEANINGS,
            signs=words.SIGNS,
            collection=manifest(source),
            reviewed=len(source.reviewed & look.claims.keys()),
            everything=len(look.record.events),
            run=source.run,
            text_free=source.text_free,
            version=__version__,
        )
    )
    return (str(made).strip() + "\n").encode("utf-8", "replace")


@functools.cache  # templates are compiled once
def _environment() -> Any:
    return escaping.environment("templates", "static")


def _sorted(source: Source) -> Any:
    """The record in one order, so that the page is the same whatever order it came in."""
    held = source.record
    return dataclasses.replace(
        held,
        reports=tuple(sorted(held.reports, key=lambda one: (one.document, one.id))),
        claims=tuple(sorted(held.claims, key=lambda one: one.id)),
        events=tuple(sorted(held.events, key=lambda one: one.id)),
        positions=tuple(sorted(held.positions, key=lambda one: one.id)),
    )


def _day(event: Event) -> str:
    first, last = index_rows.days(event.act.date.value)
    return first or last or "9999"


def _heading(event: Event) -> str:
    return _UNDATED if (day := _day(event)) == "9999" else day


def _row(event: Event, look: Lookup, source: Source, names: Mapping[str, str]) -> dict[str, Any]:
    told = index_rows.Told(set(), [], [], set())
    row = index_rows.event_row(event, told, look.reports_of(event.claims), index_rows.Known(names, source.book))
    held: dict[str, Any] = json.loads(row["cells"])
    return row | held


def _shown(event: Event, row: dict[str, Any], look: Lookup, names: Mapping[str, str], source: Source) -> dict[str, Any]:
    """One event: its row, disputes with their words, accounts with the words of every cell."""
    table = compare.side_by_side(event, look, names)
    return {
        "row": row,
        "disputes": [
            (
                words.dispute(one, names),
                [_cell_words(key, "", look, source) for key in one.claims if key in look.claims],
            )
            for one in event.standing.dispute
        ],
        "columns": [(one, [told_by((report,)) for report in one.reports]) for one in table.columns],
        "rows": [(cell, [_quoted(given, cell, look, source) for given in row_of]) for cell, row_of in table.rows],
        "claims": [_cell_words(key, "", look, source) for key in event.claims if key in look.claims],
        "reasons": [plain(reason) for reason in event.standing.reasons],
    }


def _quoted(given: compare.Given, cell: str, look: Lookup, source: Source) -> Quoted:
    return (
        _cell_words(given.claim, cell, look, source, given) if given.claim in look.claims else Quoted(given, "", None)
    )


def _cell_words(key: str, cell: str, look: Lookup, source: Source, given: compare.Given | None = None) -> Quoted:
    """The words of a cell of a claim, or of the whole claim; a passed-over act's words are another claim's."""
    claim = look.claims[key]
    spans: tuple[Span, ...] = () if claim.says in (Says.SILENT, Says.DECLINES) else cells.spans(claim, cell)
    whole = not cell or cell == compare.ITSELF or (given is not None and given.mark == "silent")
    spans = (claim.evidence,) if whole else spans
    said = "" if source.text_free else " … ".join(dict.fromkeys(plain(look.words(span)) for span in spans))
    shown = given or compare.Given(words.voice(claim.voice, look) + " " + words.says(claim), "none", key)
    return Quoted(
        shown, shortened(said, 10 * _QUOTE if not cell else _QUOTE), told_by(look.reports.get(claim.text, ()))
    )


def _cited(events: Iterable[Event], positions: Iterable[Position], look: Lookup) -> dict[str, tuple[str, ...]]:
    """The claims whose words the page shows, each with the events and positions that it is cited by."""
    found: dict[str, list[str]] = {}
    for event in events:
        accounted = (key for account in event.accounts for key in account.claims)
        for key in (*event.claims, *disputing(event), *accounted):
            found.setdefault(key, []).append(event.id)
    for position in positions:
        for key in position.claims:
            found.setdefault(key, []).append(position.id)
    return {key: tuple(dict.fromkeys(by)) for key, by in found.items() if key in look.claims}


def _positions(
    positions: Iterable[Position], look: Lookup, names: Mapping[str, str], source: Source
) -> list[tuple[str, list[tuple[str, list[dict[str, Any]]]]]]:
    """(party, (issue, positions by day)): parties by name, issues in order."""

    def party(one: Position) -> str:
        return words.named(one.party.code, names) if one.party.code not in ("", "UNK") else plain(one.party.name)

    def order(one: Position) -> tuple[str, ...]:
        return (party(one), one.issue, index_rows.days(one.period)[0] or "9999", one.id)

    grouped = itertools.groupby(sorted(positions, key=order), party)
    return [
        (name, [(issue, [_held(one, look, source) for one in on]) for issue, on in itertools.groupby(held, _issue)])
        for name, held in grouped
    ]


def _issue(position: Position) -> str:
    return position.issue


def _held(position: Position, look: Lookup, source: Source) -> dict[str, Any]:
    row = index_rows.position_row(position)
    return row | {"claims": list(_behind(position, look, source)), "text_free": source.text_free}


def _behind(position: Position, look: Lookup, source: Source) -> Iterator[Quoted]:
    held: list[Claim] = [look.claims[key] for key in sorted(position.claims) if key in look.claims]
    return (_cell_words(claim.id, "", look, source) for claim in held)


def files(source: Source) -> tuple[File, ...]:
    """One page; its rows are events."""
    return (File("record.html", (page(source),), len(source.record.events)),)


FORMAT = Format(
    "One self-contained HTML page, no script, no network, to read or print; needs pip install 'dragoman[web]'.",
    files,
    (
        documented(
            "the page",
            events="by day, each with its course, support and disputes",
            accounts="of each event a column per voice, a row per cell: agrees (=), differs (≠), passes it over (∅)",
            words="the words of each cell with outlet and day, linked to an excerpt of the text",
            positions="by party and issue",
            colophon="versions and hashes, what was read from which outlet, how many claims a person has reviewed",
        ),
    ),
    "What is not for reading: links and their scores, offsets, analyses. They are in `plover` and `datapackage`.",
)
