"""What a format that is more than JSON Lines is given and gives back: a source, files, a format with its columns.

A :class:`Format` is registered in the entry point group ``dragoman.exporters`` like a function of rows. It knows no
file system: its files are names and bytes, and whoever calls it writes them.
"""

import csv
import dataclasses
import functools
import io
import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from dragoman.codebook import Codebook
from dragoman.export.text_free import withheld
from dragoman.lookup import Lookup, look_up
from dragoman.types import Claim, Decision, Record, Run

R = TypeVar("R")

_APPROVING = frozenset({Decision.ACCEPT, Decision.SET, Decision.OWN})
# What a spreadsheet takes for a formula when a cell begins with it (OWASP, "CSV Injection"), full-width forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BREAKS = str.maketrans(dict.fromkeys("\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029", " ") | {"\0": ""})


class ExportError(Exception):
    """A format that cannot be written here: one line for a person that says what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """What a format is made of: a record with its look-ups, the codebook and the run that coded it.

    ``claims_in`` holds the claims of each text, ``reviewed`` the claims that a person has accepted, set or made,
    ``origins`` gives text id -> the text that it is a copy of, itself where of none (:mod:`dragoman.origins`): asked
    for by formats that count sources, since it takes a millisecond for each text.
    """

    record: Record
    look: Lookup
    book: Codebook
    run: Run | None = None
    text_free: bool = False
    claims_in: Mapping[str, tuple[Claim, ...]] = dataclasses.field(default_factory=dict)
    reviewed: frozenset[str] = frozenset()
    origins: Callable[[], Mapping[str, str]] = dict


def source(
    record: Record,
    book: Codebook,
    run: Run | None = None,
    *,
    text_free: bool = False,
    origins: Callable[[], Mapping[str, str]] = dict,
) -> Source:
    """The source of an export; with ``text_free``, of the record without the words of its texts.

    Without ``origins`` only reports of the very same text are copies of each other.
    """
    if text_free:
        record = withheld(record)
    look = look_up(record)
    claims_in: dict[str, list[Claim]] = {}
    for claim in record.claims:
        claims_in.setdefault(claim.text, []).append(claim)
    reviewed = frozenset(key for key, said in look.judged.items() if any(one.decision in _APPROVING for one in said))
    by_text = {text: tuple(claims) for text, claims in claims_in.items()}
    return Source(record, look, book, run, text_free, by_text, reviewed, functools.cache(origins))


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """One file of an export: its name, its bytes in pieces, how many rows, and how many of what had no place in it."""

    name: str
    content: Iterable[bytes]
    rows: int
    left_out: Counter[str] = dataclasses.field(default_factory=Counter)


@dataclasses.dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column: its name, where its value is from (docs/exports.md), and the value of a row (None: always missing)."""

    name: str
    about: str
    value: Callable[[R], Any] | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A table or kind of object in a format, for its documentation: a title ("" for the only one) and its columns."""

    title: str
    columns: tuple[tuple[str, str], ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is in a line, how its files are made, what its columns hold, what of a record it loses.

    ``folder`` formats write several files and need a directory; ``binary`` ones are not for a terminal.
    """

    about: str
    files: Callable[[Source], tuple[File, ...]]
    parts: tuple[Part, ...]
    lost: str
    folder: bool = False
    binary: bool = False


def part(title: str, columns: Sequence[Column[Any]]) -> Part:
    """The documentation of a table."""
    return Part(title, tuple((column.name, column.about) for column in columns))


def documented(title: str, /, **about: str) -> Part:
    """The documentation of an object whose fields are no columns."""
    return Part(title, tuple(about.items()))


def harmless(cell: Any) -> Any:
    """A text cell that no spreadsheet takes for a formula: one that could be is put behind an apostrophe."""
    if not isinstance(cell, str):
        return cell
    bare = cell.lstrip("".join(c for c in set(cell[:8]) if c.isspace() or unicodedata.category(c) in ("Cc", "Cf")))
    return "'" + cell if cell.startswith(_FORMULA) or bare.startswith(_FORMULA) else cell


def joined(cell: Any, missing: str = "") -> str:
    """A value as a cell of text: lists joined by "; ", numbers without needless digits, ``missing`` for nothing."""
    if cell is None or cell in ("", [], ()):
        return missing
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return f"{cell:.10g}"
    if isinstance(cell, list | tuple):
        return str(harmless("; ".join(str(item) for item in cell)))
    return str(harmless(cell)) if isinstance(cell, str) else str(cell)


def comma_separated(columns: Sequence[Column[R]], rows: Iterable[R], missing: str = "") -> Iterator[bytes]:
    """RFC 4180: a header, quotes where needed, CRLF, UTF-8, formulas neutralised."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([cell.replace("\0", "") for cell in _cells(columns, row, missing)])
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def tab_separated(
    columns: Sequence[Column[R]], rows: Iterable[R], missing: str = "", *, header: bool = True
) -> Iterator[bytes]:
    """Tabs and no quoting, as event data are read: tabs and line breaks in a cell become spaces; formulas neutralised.

    Double quotes become single ones: half of the readers take them for quoting, and half do not.
    """
    if header:
        yield ("\t".join(column.name for column in columns) + "\n").encode()
    for row in rows:
        cells = (cell.translate(_BREAKS).replace('"', "'") for cell in _cells(columns, row, missing))
        yield ("\t".join(cells) + "\n").encode("utf-8", "replace")


def _cells(columns: Sequence[Column[R]], row: R, missing: str) -> list[str]:
    return [joined(column.value(row) if column.value else None, missing) for column in columns]


def json_lines(values: Iterable[Any]) -> Iterator[bytes]:
    """One value a line, without spaces."""
    for value in values:
        yield (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "backslashreplace")


def json_document(value: Any) -> Iterator[bytes]:
    """One JSON document, indented for people."""
    yield (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
