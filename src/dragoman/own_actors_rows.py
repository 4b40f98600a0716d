"""The rows of a user's own table of actors, a CSV file, read and checked; ``docs/actors.md`` describes its columns.

It knows one row at a time, and the codes, sectors and titles that there are; what rows mean together is the business of
:mod:`dragoman.own_actors`.
"""

import csv
import datetime as dt
import difflib
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from dragoman import codebook
from dragoman.knowledge import Knowledge, KnowledgeError
from dragoman.types import ActorKind

REQUIRED = ("name", "code", "sector")
OPTIONAL = ("kind", "aliases", "title", "of", "since", "until", "wikidata")
LARGEST = 5_000_000  # bytes of a file
MOST = 50_000  # rows: some 10 s to load, of the 60 s that a child has for its first text
LONGEST = 200  # characters of a name
UNKNOWN = "UNK"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ITEM = re.compile(r"Q[1-9]\d*")


class OwnActorsError(ValueError):
    """A user's table of actors that cannot be used; one line, naming file, line and field."""


class _CellError(ValueError):
    """What is wrong with a cell: its field and the reason."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row, every cell of it checked. ``kind`` is "" where it is left to the title; ``of`` as it was written."""

    line: int
    name: str
    code: str
    sector: str
    kind: str
    aliases: tuple[str, ...]
    title: str
    of: str
    since: str
    until: str
    wikidata: str

    @property
    def dated(self) -> bool:
        """True for a tenure: an office, somebody spoken for, or a sector of a time."""
        return bool(self.title or self.of or self.since or self.until)


def read(path: Path) -> bytes:
    """The bytes of a table; raises :class:`OwnActorsError` where it cannot be read or is too large for one."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as problem:  # ValueError: a name with a null character
        raise OwnActorsError(f"{path}: cannot be read: {getattr(problem, 'strerror', '') or problem}") from None
    if len(content) > LARGEST:
        raise OwnActorsError(f"{path}: larger than {LARGEST // 1_000_000} MB")
    return content


def refuse(where: str, line: int, what: object) -> NoReturn:
    """Raise the error of a line."""
    raise OwnActorsError(f"{where}:{line}: {what}")


def rows(content: bytes, where: str, known: Knowledge) -> Iterator[Row]:
    """The rows of a table, checked one by one."""
    cells = _Cells(known)
    lines = _lines(content, where)
    _, header = next(lines, (1, []))
    columns = [name.strip().lower() for name in header]
    _check_header(columns, where)
    for number, (line, row) in enumerate(lines, 1):
        if number > MOST:
            refuse(where, line, f"more than {MOST:,} rows")
        if len(row) != len(columns):
            refuse(where, line, f"has {len(row)} cells, but the header {len(columns)}; a comma needs quotes around it")
        try:
            yield cells.row(line, dict(zip(columns, row, strict=True)))
        except _CellError as problem:
            refuse(where, line, problem)


def _lines(content: bytes, where: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a CSV file that hold anything, with the number each begins at."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        refuse(where, content.count(b"\n", 0, problem.start) + 1, "not UTF-8; save the table as CSV UTF-8")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begin = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield begin, row
            begin = reader.line_num + 1
    except csv.Error as problem:
        refuse(where, begin, f"not CSV: {problem}")


def _check_header(columns: list[str], where: str) -> None:
    for name in REQUIRED:
        if name not in columns:
            refuse(where, 1, f"{name}: no such column; a table begins with {','.join(REQUIRED)}, parted by commas")
    for at, name in enumerate(columns):
        if name not in REQUIRED + OPTIONAL:
            refuse(where, 1, f"{name or 'a column without a name'}: unknown; there may be {', '.join(OPTIONAL)}")
        if name in columns[:at]:
            refuse(where, 1, f"{name}: twice in the header")


class _Cells:
    """Checks cells against what the tables and PLOVER know; every method raises :class:`_CellError`."""

    def __init__(self, known: Knowledge) -> None:
        self.known = known
        self.codes = known.codes() | {UNKNOWN}
        self.bodies = ", ".join(sorted(self.codes - known.states()))
        self.sectors = codebook.load().sectors

    def row(self, line: int, cells: Mapping[str, str]) -> Row:
        """A row whose cells are right one by one and together."""
        of = {name: " ".join(unicodedata.normalize("NFC", cell).split()) for name, cell in cells.items()}
        of = dict.fromkeys(OPTIONAL, "") | of
        since, until = (self.day(name, of[name]) for name in ("since", "until"))
        if since and until and since > until:
            raise _CellError("since", f"{since} is after until, {until}")
        if of["wikidata"] and not _ITEM.fullmatch(of["wikidata"]):
            raise _CellError("wikidata", f"{of['wikidata']!r} is no item such as Q42")
        return Row(
            line=line,
            name=self.form("name", of["name"]),
            code=self.code(of["code"]),
            sector=self.sector(of["sector"]),
            kind=self.kind(of["kind"]),
            aliases=tuple(self.form("aliases", one.strip()) for one in of["aliases"].split("|") if one.strip()),
            title=self.title(of["title"]),
            of=of["of"],
            since=since,
            until=until,
            wikidata=of["wikidata"],
        )

    def form(self, column: str, form: str) -> str:
        """A name that could stand in a text."""
        if not form:
            raise _CellError(column, "empty")
        if len(form) > LONGEST:
            raise _CellError(column, f"longer than {LONGEST} characters: {form[:20]!r}...")
        if not form.isprintable() or sum(letter.isalnum() for letter in form) < 2:
            raise _CellError(column, f"{form!r} is no name: two letters at least, and nothing that cannot be printed")
        return form

    def code(self, code: str) -> str:
        """A state's or a body's code."""
        if code not in self.codes:
            raise _CellError("code", f"{code!r} is no ISO 3166-1 alpha-3 code that is known, nor one of {self.bodies}")
        return code

    def sector(self, sector: str) -> str:
        """A sector of PLOVER."""
        if sector not in self.sectors:
            raise _CellError("sector", f"{sector!r} is none of PLOVER's: {', '.join(sorted(self.sectors))}")
        return sector

    def kind(self, kind: str) -> str:
        """A kind of actor, or nothing."""
        if kind and kind not in list(ActorKind):
            raise _CellError("kind", f"{kind!r} is none of {', '.join(ActorKind)}")
        return kind

    def title(self, title: str) -> str:
        """The key of a title given by key or in words, of a plural that of its singular."""
        if not title:
            return ""
        keys = [entry.key for entry in self.known.entries(title.lower()) if entry.kind == "title"]
        try:
            found = self.known.title(keys[0] if keys else title.lower())
        except KnowledgeError:
            near = difflib.get_close_matches(title.lower().replace(" ", "_"), sorted(self.known.titles()), n=1)
            hint = near[0] if near else "foreign_minister"
            raise _CellError("title", f"{title!r} is no title that is known; perhaps {hint}") from None
        return found.singular or found.key

    def day(self, column: str, day: str) -> str:
        """An ISO day, or nothing."""
        try:
            if not day or (_DAY.fullmatch(day) and dt.date.fromisoformat(day)):
                return day
        except ValueError:
            pass
        raise _CellError(column, f"{day!r} is no day (YYYY-MM-DD)")
