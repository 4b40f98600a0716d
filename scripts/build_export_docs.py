"""Builds docs/exports.md from the formats themselves: every format, where each column is from, what is lost."""

from pathlib import Path

from dragoman import plugins
from dragoman.export.forms import Format, Part

TARGET = Path(__file__).resolve().parent.parent / "docs" / "exports.md"

PREFACE = """\
# Formats of other programs

<!-- made by scripts/build_export_docs.py from src/dragoman/export; do not edit -->

`dragoman export FORMAT --record FILE -o OUT` writes these beside the JSON Lines of [exports](export.md). Formats of
several files (`gdelt`, `datapackage`) want a directory: `-o DIRECTORY`, which is made where there is none.

**The same bytes** for the same record: rows are sorted, no clock is read. A file is written whole or not at all.

**What has no place** in a format is left out and counted, with the reason, on stderr (with `--json` on stdout). No
format is given a value that the record does not have: a cell stays empty, or `None` where the format writes that.

**Without texts**: `--text-free` puts hashes and offsets where words of a text would stand, as
`sha256:<text>#char=<start>,<end>` (code points, end exclusive), and leaves reasons out, which quote. Names of people,
bodies and places, days, codes and figures stay. Parties that no table knows and whose names are mere words of a text
("men at the ford") become a class and a hash, `civilians-1f0c9a77b2`, the same throughout one export and salted with
the texts that are withheld. Addresses and file names of reports stay as they are: a source is cited and found by them.
It works with every format, also those of other packages.

**Spreadsheets**: in formats of commas or tabs a text that a spreadsheet would take for a formula (it begins with
`=`, `+`, `-`, `@`, a tab or a line break, also after spaces) stands behind an apostrophe. Numbers do not. JSON, XML
and Parquet are as they are.

**Unreviewed**: ACLED and UCDP rows, trips, calendar entries, FollowTheMoney events and PLOVER lines are marked until a
person has accepted or set a claim of the event (`dragoman judge`).

**Sides** are those of [exports](export.md): visitors, actors, mediators and signatories act, recipients and hosts
receive; observers, guarantors and spokespersons are in `plover` and `events` only.

**A part**: with filters (`--party CHN --status planned --since 2018-06 --text summit` ...) only the events that they
leave are written, with what they rest on. They are those of the workbench's addresses, whose lists have the same
exports: `/events?party=CHN`, `/export/gdelt?party=CHN`. Of claims or positions alone: `--of claims`, `--of positions`.

**Copies** of one report, also lightly edited ones, are one source (`NumSources`, `number_of_sources`), as in the
record's own support; every report is still counted and listed where a format has articles.

**Reading back**: `dragoman import FILE --record NEW` makes a record of what `plover` wrote. The first line says how
many follow, so that a file that was cut off is refused; files of before there was such a line are read.
"""


def formats() -> dict[str, Format]:
    """The formats of this package that are more than rows, in order of name."""
    found = {name: plugins.loaded(plugins.EXPORTERS, name) for name in plugins.registered(plugins.EXPORTERS)}
    return {name: form for name, form in found.items() if isinstance(form, Format)}


def render() -> str:
    """The whole page."""
    known = formats()
    index = [f"| [`{name}`](#{name}) | {form.about} |" for name, form in known.items()]
    parts = [PREFACE, "\n".join(["| format | is |", "|---|---|", *index, ""])]
    parts += [_section(name, form) for name, form in known.items()]
    return "\n".join(parts)


def _section(name: str, form: Format) -> str:
    lines = [f"## {name}", "", form.about, ""]
    for part in form.parts:
        lines += _table(part)
    return "\n".join([*lines, f"**What is lost.** {form.lost}", ""])


def _table(part: Part) -> list[str]:
    title = [f"### {part.title}", ""] if part.title else []
    rows = [f"| `{name}` | {about} |" for name, about in part.columns]
    return [*title, "| column | holds |", "|---|---|", *rows, ""]


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {len(formats())} formats")
