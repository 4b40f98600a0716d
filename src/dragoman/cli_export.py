"""``dragoman export``, ``import``, ``formats``: a record in one of the registered formats. Prints; decides nothing."""

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from dragoman import imported, pipeline, plugins
from dragoman.export import plover
from dragoman.export.forms import ExportError, File, Format, source
from dragoman.store import Store
from dragoman.terminal import output
from dragoman.terminal.plain import json_text

OK, NOTHING, USAGE = 0, 1, 2


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="One of the formats that `dragoman formats` lists.")],
    record: Annotated[
        Path, typer.Option("--record", metavar="FILE", envvar="DRAGOMAN_RECORD", help="The record, one SQLite file.")
    ],
    out: Annotated[
        str,
        typer.Option(
            "-o", "--out", metavar="OUT", help="The file to write, - for stdout; of several files the directory."
        ),
    ] = "-",
    text_free: Annotated[
        bool, typer.Option("--text-free", help="Hashes and offsets instead of words, for sources under copyright.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")] = False,
) -> None:
    """Write a record out: sorted, UTF-8, the same bytes for the same record.

    With --json, says on stdout what was written (only where the rows go to a file).
    """
    known = plugins.registered(plugins.EXPORTERS)
    if form not in known:
        _refuse(f"no format {form!r}; there are {', '.join(known)}")
    exporter = plugins.loaded(plugins.EXPORTERS, form)
    several = isinstance(exporter, Format) and exporter.folder
    if several and out == "-":
        _refuse(f"{form} is several files: say -o DIRECTORY")
    if isinstance(exporter, Format) and exporter.binary and out == "-" and sys.stdout.isatty():
        _refuse(f"{form} is not for a terminal: say -o FILE")
    with Store.open(record) as store:
        held = source(pipeline.read(store), pipeline.kept_codebook(store), store.latest_run(), text_free=text_free)
    if isinstance(exporter, Format):
        written, left_out = _write(exporter.files(held), out, several)
    else:
        written, left_out = output.write_lines(exporter(held.record), out), Counter()
    if as_json and out != "-":
        told = {"format": form, "rows": written, "out": out, "left_out": dict(left_out), "text_free": text_free}
        output.put(json_text(told) + "\n")
    else:
        _tell(form, written, out, left_out)
    raise typer.Exit(OK if written else NOTHING)


def _write(files: tuple[File, ...], out: str, several: bool) -> tuple[int, Counter[str]]:
    """Write the files of an export; how many rows, and how many of what were left out."""
    if several:
        Path(out).mkdir(parents=True, exist_ok=True)
    for file in files:
        if out == "-":
            output.put_bytes(file.content)
        else:
            output.write_whole(Path(out, file.name) if several else Path(out), file.content)
    return sum(file.rows for file in files), sum((file.left_out for file in files), Counter())


def _tell(form: str, written: int, out: str, left_out: Counter[str]) -> None:
    if out != "-" or not written:
        rows = "1 row" if written == 1 else f"{written} rows"
        output.tell(f"{rows} of {form} written to {'stdout' if out == '-' else out}")
    for reason, number in sorted(left_out.items()):
        output.tell(f"  {number} left out: {reason}")


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `dragoman export plover` wrote, with its texts.")],
    record: Annotated[
        Path, typer.Option("--record", metavar="FILE", envvar="DRAGOMAN_RECORD", help="The record to make; a new file.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")] = False,
) -> None:
    """Make a record of PLOVER JSON Lines that this program exported: the same events, claims, links and judgements."""
    if record.exists():
        _refuse(f"{record} is there already; name a new file")
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


def formats(as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")] = False) -> None:
    """List the formats that export knows, those of installed packages too."""
    lines = {name: _about(plugins.loaded(plugins.EXPORTERS, name)) for name in plugins.registered(plugins.EXPORTERS)}
    if as_json:
        output.put(json_text(lines, indent=2) + "\n")
    else:
        output.put("".join(f"{name:12} {line}\n" for name, line in lines.items()))


def _about(exporter: Any) -> str:
    if isinstance(exporter, Format):
        return exporter.about
    return (sys.modules[exporter.__module__].__doc__ or exporter.__doc__ or "").strip().split("\n")[0]


def _refuse(reason: str) -> NoReturn:
    output.tell(f"dragoman: {reason}")
    raise typer.Exit(USAGE)
