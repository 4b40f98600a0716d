"""Paths -> documents: finds the files, reads each by its kind, and turns what goes wrong into one-line failures.

Lazy and in order: one document or failure at a time, nothing kept but the ids seen in the file at hand. The only
module of this stage that knows all the others.
"""

import dataclasses
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.ingest import fields, files, jsonfiles, languages, pages, plain, reports
from dragoman.ingest.decode import refuse_binary
from dragoman.ingest.limits import DEFAULT, Limits
from dragoman.ingest.unreadable import Unreadable
from dragoman.sandbox import NoResult, Sandbox
from dragoman.types import Document, Failure

Pages = Sandbox[bytes, pages.Page | str]


def read(paths: Iterable[Path], limits: Limits = DEFAULT) -> Iterator[Document | Failure]:
    """Every news item in the files and directories, each a Document, or a Failure that names file, line and field.

    Reads ``.txt``, ``.md``, ``.html``/``.htm``, ``.json`` and ``.jsonl``; directories to any depth, sorted by name;
    needs no network. Never raises for bad input and never hangs: ``limits`` caps sizes and, for pages, time and memory.
    """
    task = functools.partial(pages.read_page, limits=limits)
    with Sandbox(task, seconds=limits.page_seconds, memory=limits.page_memory) as sandbox:
        for path in paths:
            for found in files.find(Path(path)):
                if isinstance(found, Failure):
                    yield found
                else:
                    yield from _file(found, limits, sandbox)


def _file(path: Path, limits: Limits, sandbox: Pages) -> Iterator[Document | Failure]:
    """The documents of one file."""
    try:
        match path.suffix.lower():
            case ".json" | ".jsonl":
                yield from _objects(path, limits)
            case ".htm" | ".html":
                yield _page(path, limits, sandbox)
            case _:
                yield _text(path, limits)
    except Unreadable as problem:
        yield problem.failure(files.shown(path))
    except OSError as error:  # a disk that fails in the middle of a file
        yield files.failure(path, error)


def _text(path: Path, limits: Limits) -> Document:
    """The document of a text or Markdown file."""
    data = files.read_bytes(path, limits.text)
    markdown = path.suffix.lower() == ".md"
    item = plain.read_markdown(data, limits) if markdown else plain.read_text(data, limits)
    kind = "markdown" if markdown else "plain"
    return reports.document(item, _source(path, data, f"text/{kind}", f"{kind}@1"), limits)


def _page(path: Path, limits: Limits, sandbox: Pages) -> Document:
    """The document of a page."""
    data = files.read_bytes(path, limits.html)
    refuse_binary(data)
    if not data.strip():
        raise Unreadable("empty")
    try:
        page = sandbox.call(data)
    except NoResult as problem:
        raise Unreadable(f"page not read: {problem}") from None
    if isinstance(page, str):
        raise Unreadable(page)
    values = {
        "title": page.title,
        "text": page.text,
        "date": page.published,
        "source": page.outlet,
        "url": page.url,
    }
    if languages.told(page.text, limits.language) == languages.UNKNOWN:
        values["lang"] = page.language  # templates declare a language that the article need not be in
    source = _source(path, data, "text/html", pages.EXTRACTOR, page.warnings)
    return reports.document(fields.item(values, limits.text), source, limits)


def _objects(path: Path, limits: Limits) -> Iterator[Document | Failure]:
    """The documents of a JSON or JSON Lines file."""
    seen: dict[str, int] = {}
    if path.suffix.lower() == ".json":
        yield from (
            _object(found, path, seen, limits) for found in jsonfiles.read_whole(files.read_bytes(path, limits.json))
        )
        return
    with files.open_regular(path, limits.jsonl) as stream:
        yield from (_object(found, path, seen, limits) for found in jsonfiles.read_lines(stream, limits))


def _object(
    found: jsonfiles.Found | Unreadable, path: Path, seen: dict[str, int], limits: Limits
) -> Document | Failure:
    """The document of an object; a failure where an equal one was seen in the file."""
    shown = files.shown(path)
    if isinstance(found, Unreadable):
        return found.failure(shown)
    place = found.item or found.line
    try:
        item = fields.item(found.values, limits.text)
        source = _source(path, found.raw, "application/json", "json@1")
        if not (found.alone or item.id):
            source = dataclasses.replace(source, name=f"{source.name}:{place}")
        document = reports.document(item, source, limits)
        report = document.report
        same = reports.report_id(report.text, item.id, report.outlet, report.published_at, report.url)
        if (first := seen.setdefault(same, place)) != place:
            raise Unreadable(f"the same report as {'item' if found.item else 'on line'} {first}", field="id")
    except Unreadable as problem:
        item_too = f" (item {found.item})" if found.item else ""
        return Unreadable(problem.reason + item_too, line=found.line, field=problem.field).failure(shown)
    return document


def _source(path: Path, raw: bytes, media_type: str, extractor: str, warnings: tuple[str, ...] = ()) -> reports.Source:
    """Where an item was found; the file's name stands in for an id that it lacks."""
    shown = files.shown(path)
    return reports.Source(shown, files.shown(Path(path.name)), raw, media_type, extractor, warnings)
