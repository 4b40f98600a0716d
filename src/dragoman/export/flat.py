"""The export ``csv``: a row for every event, for a spreadsheet; the columns of ``events`` without the whole event."""

from typing import Any

from dragoman.export import events
from dragoman.export.forms import Column, File, Format, Source, comma_separated, part

_ABOUT = {
    "id": "the event's id; it survives re-runs",
    "start": "the earliest day it can have begun",
    "end": "the latest day it can have ended",
    "date_basis": "explicit, relative, publication, background, none",
    "date_edtf": "the interval in EDTF, uncertainty and duration kept apart",
    "type": "PLOVER type, whatever the status",
    "modes": "PLOVER modes",
    "contexts": "PLOVER contexts",
    "cameo": "CAMEO code",
    "status": "of the act, as best supported",
    "actor_names": "the acting side",
    "actor_codes": "its codes, in the same order",
    "recipient_names": "the other side",
    "recipient_codes": "its codes, in the same order",
    "place": "name",
    "country": "ISO 3166-1 alpha-3",
    "latitude": "WGS 84",
    "longitude": "WGS 84",
    "course": "standing, first axis",
    "support": "standing, second axis: `cell:support`",
    "disputes": "standing, third axis: `what:who:cell`",
    "as_of": "the day the standing holds for",
    "accounts": "how many voices tell of it",
    "documents": "the documents that tell of it, copies too",
}


def _cell(name: str) -> Any:
    def value(row: dict[str, Any]) -> Any:
        cell = row[name]
        return [f"{key}:{item}" for key, item in cell.items()] if isinstance(cell, dict) else cell

    return value


COLUMNS: tuple[Column[dict[str, Any]], ...] = tuple(Column(name, about, _cell(name)) for name, about in _ABOUT.items())


def files(source: Source) -> tuple[File, ...]:
    """One table."""
    rows = events.flat(source.record)
    return (File("events.csv", comma_separated(COLUMNS, rows), len(rows)),)


FORMAT = Format(
    "Events as CSV: a header, commas, one row an event, safe to open in a spreadsheet.",
    files,
    (part("", COLUMNS),),
    "Lists are joined by `; `. Lost: what each account says, roles, spans, reasons, links and relations: they are in "
    "`events` and `plover`.",
)
