"""``dragoman export`` and ``formats``: a record, or what filters leave of it, in a format. Prints; decides nothing."""

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman import kept, pipeline, plugins
from dragoman.cli_options import NOTHING, OK, AsJson, RecordFile, refuse
from dragoman.export.forms import File, Format, Source, source
from dragoman.origins import origins
from dragoman.store import Store
from dragoman.terminal import output
from dragoman.terminal.plain import json_text
from dragoman.types import Record
from dragoman.web.index import Index, cache_file
from dragoman.web.prepared import known
from dragoman.web.selection import Selection, part, selection

_Values = list[str] | None
_Out = Annotated[
    str,
    typer.Option("-o", "--out", metavar="OUT", help="The file to write, - for stdout; of several files the directory."),
]
_Of = Annotated[str, typer.Option(metavar="LIST", help="What the filters choose among: events, claims or positions.")]
_Standing = Annotated[
    str, typer.Option(metavar="WORD", help="Only events that stand so: done_late, one_voice, unacknowledged ...")
]
_Since = Annotated[str, typer.Option(metavar="DATE", help="Only what may lie on or after this day, month or year.")]
_Until = Annotated[str, typer.Option(metavar="DATE", help="Only what may lie on or before this day, month or year.")]
_TextFree = Annotated[
    bool, typer.Option("--text-free", help="Hashes and offsets instead of words, for sources under copyright.")
]


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="One of the formats that `dragoman formats` lists.")],
    record: RecordFile,
    *,
    out: _Out = "-",
    of: _Of = "",
    type_: Annotated[
        _Values, typer.Option("--type", metavar="CODE", help="Only these PLOVER types; of claims also issues.")
    ] = None,
    status: Annotated[_Values, typer.Option(metavar="STATUS", help="Only acts of these statuses: planned ...")] = None,
    party: Annotated[_Values, typer.Option(metavar="CODE", help="Only with one of these parties: CHN.")] = None,
    actor: Annotated[_Values, typer.Option(metavar="KEY", help="Only with one of these actors, by key.")] = None,
    place: Annotated[_Values, typer.Option(metavar="NAME", help="Only at these places.")] = None,
    country: Annotated[_Values, typer.Option(metavar="CODE", help="Only in these countries.")] = None,
    voice: Annotated[_Values, typer.Option(metavar="VOICE", help="Only on the word of one of these.")] = None,
    outlet: Annotated[_Values, typer.Option(metavar="NAME", help="Only what these outlets tell of.")] = None,
    issue: Annotated[_Values, typer.Option(metavar="CODE", help="Of positions: only on these issues.")] = None,
    stance: Annotated[_Values, typer.Option(metavar="CODE", help="Of positions, claims: only these stances.")] = None,
    says: Annotated[_Values, typer.Option(metavar="WORD", help="Of claims: affirms, denies, silent, declines.")] = None,
    standing: _Standing = "",
    since: _Since = "",
    until: _Until = "",
    text: Annotated[str, typer.Option(metavar="WORDS", help="Only what these words find, as in the workbench.")] = "",
    text_free: _TextFree = False,
    as_json: AsJson = False,
) -> None:
    """Write a record out, or what filters leave of it: sorted, UTF-8, the same bytes for the same record.

    The filters are those of the workbench's addresses; each may be given several times, any of its values may fit.
    With --json, says on stdout what was written (only where the rows go to a file).
    """
    many = {"type": type_, "status": status, "party": party, "actor": actor, "place": place, "country": country}
    many |= {"voice": voice, "outlet": outlet, "issue": issue, "stance": stance, "says": says}
    asked = [(name, value) for name, values in many.items() for value in values or ()]
    asked += [("of", of), ("standing", standing), ("since", since), ("until", until), ("q", text)]
    exporter = _exporter(form, out)
    wanted = selection(form, asked)
    with Store.open(record) as store:
        made = _source(store, kept.read(store) if wanted.whole else _part(store, record, wanted), text_free)
    if isinstance(exporter, Format):
        written, left_out = _write(exporter.files(made), out, exporter.folder)
    else:
        written, left_out = output.write_lines(exporter(made.record), out), Counter()
    if as_json and out != "-":
        told = {"format": form, "rows": written, "out": out, "left_out": dict(left_out), "text_free": text_free}
        output.put(json_text(told) + "\n")
    else:
        _tell(form, written, out, left_out)
    raise typer.Exit(OK if written else NOTHING)


def _source(store: Store, held: Record, text_free: bool) -> Source:
    book, run = pipeline.kept_codebook(store), store.latest_run()
    return source(held, book, run, text_free=text_free, origins=origins(held))


def _exporter(form: str, out: str) -> Any:
    """The exporter of a name; ends the program where there is none, or where it cannot write to ``out``."""
    registered = plugins.registered(plugins.EXPORTERS)
    if form not in registered:
        refuse(f"no format {form!r}; there are {', '.join(registered)}")
    exporter = plugins.loaded(plugins.EXPORTERS, form)
    if isinstance(exporter, Format) and exporter.folder and out == "-":
        refuse(f"{form} is several files: say -o DIRECTORY")
    if isinstance(exporter, Format) and exporter.binary and out == "-" and sys.stdout.isatty():
        refuse(f"{form} is not for a terminal: say -o FILE")
    return exporter


def _part(store: Store, record: Path, wanted: Selection) -> Any:
    """The part of the record that is selected, asked of the index that the workbench keeps of it."""
    if not store.is_reduced():
        kept.read(store)
    index = Index(cache_file(f"{record.absolute()} {store.state()['record']}"))
    try:
        index.refresh(store, known(store), output.tell)
        return part(store, index, wanted)
    finally:
        index.close()


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


def formats(as_json: AsJson = False) -> None:
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
