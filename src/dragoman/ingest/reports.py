"""An item -> the Document that the record keeps: its text and report with their ids, dates and language.

Title and body are stripped of surrounding whitespace and otherwise never changed; ids follow from what is said here
and nothing else, so that the same item gives the same ids wherever and whenever it is read.
"""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from dragoman.ingest import languages
from dragoman.ingest.datelines import origin
from dragoman.ingest.fields import Item
from dragoman.ingest.limits import Limits
from dragoman.ingest.unreadable import Unreadable
from dragoman.types import Document, Report, Text


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item was found: the path as shown, the name that stands in for a missing id, the bytes, how read."""

    path: str
    name: str
    raw: bytes
    media_type: str
    extractor: str
    warnings: tuple[str, ...] = ()


def document(item: Item, source: Source, limits: Limits) -> Document:
    """The document of an item; raises Unreadable for one that is blank altogether."""
    title, body = item.title.strip(), item.text.strip()
    if not (title or body):
        raise Unreadable("empty")
    content = f"{title}\n\n{body}" if title and body else title or body
    text = Text(id=hashlib.sha256(content.encode()).hexdigest(), content=content)
    language, warnings = _language(item, content, limits)
    found = origin(body)
    outlet = item.outlet or _host(item.url)
    name = item.id or source.name
    report = Report(
        id=report_id(text.id, name, outlet, item.published, item.url),
        text=text.id,
        document=name,
        outlet=outlet,
        published=item.day,
        published_at=item.published,
        title=title,
        url=item.url,
        dateline=item.dateline or found.dateline,
        agency=item.agency or found.agency,
        language=language,
        path=source.path,
        body_at=len(content) - len(body),
    )
    return Document(
        report=report,
        text=text,
        raw=source.raw,
        media_type=source.media_type,
        extractor=source.extractor,
        warnings=source.warnings + warnings,
    )


def report_id(text: str, name: str, outlet: str, published: str, url: str) -> str:
    """The id of a publication: what tells it from another publication of the same text."""
    return hashlib.sha256("\x1f".join((text, name, outlet, published, url)).encode()).hexdigest()[:32]


def _language(item: Item, content: str, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """The declared language, else the one told from the words; a warning where the declared one is no language."""
    declared = languages.normal(item.language)
    if declared:
        return declared, ()
    told = languages.told(content, limits.language)
    return told, (f"unknown language {item.language[:40]!r}: taken for {told!r}",) if item.language else ()


def _host(url: str) -> str:
    """The host of a web address without "www.", "" where it has none: an outlet is known by its domain."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
