"""``dragoman page``: a record, or some of its events, as one HTML page to hand on. Prints; decides nothing."""

import importlib
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman import pipeline
from dragoman.cli_options import NOTHING, OK, RecordFile, TextFree
from dragoman.export.forms import source
from dragoman.lookup import UnknownIdError, look_up
from dragoman.store import Store
from dragoman.terminal import output
from dragoman.types import Event


def page(
    events: Annotated[
        list[str] | None,
        typer.Argument(metavar="EVENT", help="Only these events: their ids, or how those begin; without, all."),
    ] = None,
    *,
    record: RecordFile,
    out: Annotated[str, typer.Option("-o", "--out", metavar="OUT", help="The file to write, - for stdout.")] = "-",
    text_free: TextFree = False,
) -> None:
    """Write one self-contained HTML page: events with accounts side by side, the words, positions. Needs extra `web`.

    It needs no script and no network, in light, dark and print; of chosen events it has the events without positions.
    """
    sheet: Any = importlib.import_module("dragoman.web.sheet")  # with jinja2, which no other command needs
    with Store.open(record) as store:
        held, redirects = pipeline.read(store), store.redirects
        made = source(held, pipeline.kept_codebook(store), store.latest_run(), text_free=text_free)
    look = look_up(held)
    found = [look.find(redirects.get(key, key)) for key in events or ()]
    for one in found:
        if not isinstance(one, Event):
            raise UnknownIdError(f"{one.id} is no event; dragoman show lists the events")
    chosen = frozenset(one.id for one in found)
    content = sheet.page(made, chosen)
    if out == "-":
        output.put_bytes((content,))
    else:
        output.write_whole(Path(out), (content,))
        number = len(chosen) or len(held.events)
        output.tell(f"{number} {'event' if number == 1 else 'events'} written to {out}, {len(content)} bytes")
    raise typer.Exit(OK if held.events else NOTHING)
