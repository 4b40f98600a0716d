"""``dragoman import``: a record of what ``dragoman export plover`` wrote. Prints; decides nothing."""

from pathlib import Path
from typing import Annotated

import typer

from dragoman import imported
from dragoman.cli_options import NOTHING, OK, AsJson, refuse
from dragoman.export import plover
from dragoman.export.forms import ExportError
from dragoman.terminal import output
from dragoman.terminal.plain import json_text


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `dragoman export plover` wrote, with its texts.")],
    record: Annotated[
        Path, typer.Option("--record", metavar="FILE", envvar="DRAGOMAN_RECORD", help="The record to make; a new file.")
    ],
    as_json: AsJson = False,
) -> None:
    """Make a record of PLOVER JSON Lines that this program exported: the same events, claims, links and judgements."""
    if record.exists():
        refuse(f"{record} is there already; name a new file")
    try:
        with file.open(encoding="utf-8") as lines:
            held, run = plover.read(lines, str(file))
    except UnicodeDecodeError as problem:
        raise ExportError(f"{file}: not UTF-8 at byte {problem.start}") from problem
    imported.take_in(held, run, record, str(file))
    told = {"reports": len(held.reports), "claims": len(held.claims), "events": len(held.events)}
    if as_json:
        output.put(json_text({**told, "record": str(record)}) + "\n")
    else:
        output.tell(f"{record} holds " + ", ".join(f"{number} {name}" for name, number in told.items()))
    raise typer.Exit(OK if held.reports else NOTHING)
