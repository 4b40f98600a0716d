"""``dragoman export`` and ``formats``: a record, or what filters leave of it, in a format. Prints; decides nothing."""

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman import kept, pipeline, plugins
from dragoman.cli_options import NOTHING, OK, AsJson, RecordFile, Since, Standing, TextFree, Until, refuse
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
_Type = Annotated[
    _Values, typer.Option("--type", metavar="CODE", help="Only these PLOVER types; of claims also issues.")
]
_Status = Annotated[_Values, typer.Option(metavar="STATUS", help="Only acts of these statuses: planned ...")]
_Party = Annotated[_Values, typer.Option(metavar="CODE", help="Only with one of these parties: CHN.")]
_Actor = Annotated[_Values, typer.Option(metavar="KEY", help="Only with one of these actors, by key.")]
_Place = Annotated[_Values, typer.Option(metavar="NAME", help="Only at these places.")]
_Country = Annotated[_Values, typer.Option(metavar="CODE", help="Only in these countries.")]
_Voice = Annotated[_Values, typer.Option(metavar="VOICE", help="Only on the word of one of these.")]
_Outlet = Annotated[_Values, typer.Option(metavar="NAME", help="Only what these outlets tell of.")]
_Issue = Annotated[_Values, typer.Option(metavar="CODE", help="Of positions: only on these issues.")]
_Stance = Annotated[_Values, typer.Option(metavar="CODE", help="Of positions, claims: only these stances.")]
_Says = Annotated[
    _Values, typer.Option(metavar="WORD", help="Of claims: affirms, denies, is_silent, declines_comment.")
]
_Text = Annotated[str, typer.Option(metavar="WORDS", help="Only what these words find, as in the workbench.")]


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="One of the formats that `dragoman formats` lists.")],
    record: RecordFile,
    *,
    out: _Out = "-",
    of: _Of = "",
    type_: _Type = None,
    status: _Status = None,
    party: _Party = None,
    actor: _Actor = None,
    place: _Place = None,
    country: _Country = None,
    voice: _Voice = None,
    outlet: _Outlet = None,
    issue: _Issue = None,
    stance: _Stance = None,
    says: _Says = None,
    standing: Standing = "",
    since: Since = "",
    until: Until = "",
    text: _Text = "",
    text_free: TextFree = False,
    as_json: AsJson = False,
) -> None:
    """Write a record out, or what filters leave of it: sorted, UTF-8, the same bytes for the same record.

    The filters are those of the workbench's addresses. Of one that takes codes or names, given several times, any value
    may fit; days, words, standing and list are given once.
    With --json, says on stdout what was written (only where the rows go to a file).
    """
    many = {"type": type_, "status": status, "party": party, "actor": actor, "place": place, "country": country}
    many |= {"voice": voice, "outlet": outlet, "issue": issue, "stance": stance, "says": says}
    asked = [(name, value) for name, values in many.items() for value in values or ()]
    asked += [("of", of), ("standing", standing), ("since", since), ("until", until), ("q", text)]
    exporter = _exporter(form, out)
    made = _source(record, selection(form, asked), text_free)
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


def _source(record: Path, wanted: Selection, text_free: bool) -> Source:
    """What is to be written out of a record."""
    with Store.open(record) as store:
        held = kept.read(store) if wanted.whole else _part(store, record, wanted)
        book, run = pipeline.kept_codebook(store), store.latest_run()
    return source(held, book, run, text_free=text_free, origins=lambda: origins(held))


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


def _part(store: Store, record: Path, wanted: Selection) -> Record:
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
