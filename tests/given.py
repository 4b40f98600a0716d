"""Small values for tests: texts, reports, documents, claims and events with sensible rests."""

import datetime as dt
from collections.abc import Sequence

from dragoman.ids import event_id, report_id, sha256
from dragoman.types import (
    Act,
    Cell,
    Claim,
    Course,
    Document,
    Event,
    Interval,
    Place,
    Report,
    Run,
    Says,
    Span,
    Standing,
    Status,
    Text,
    Voice,
)

RUN = Run("0" * 32, "1", (), (), "", "")


def text(content: str) -> Text:
    """A text with its id."""
    return Text(sha256(content), content)


def report(of: Text, document: str = "a", *, published: str = "2018-04-27", language: str = "en") -> Report:
    """A report of a text; ``published`` an ISO day or ""."""
    day = dt.date.fromisoformat(published) if published else None
    return Report(
        report_id(of.id, document, "", published, ""),
        of.id,
        document,
        published=day,
        published_at=published,
        language=language,
    )


def document(
    content: str, name: str = "a", *, published: str = "2018-04-27", language: str = "en", raw: bytes = b"raw"
) -> Document:
    """A document as ingest gives it."""
    of = text(content)
    return Document(report(of, name, published=published, language=language), of, raw, "text/plain", "plain")


def claim(of: Text, start: int, end: int, *, act: str = "CONSULT", origin: str = "test@1") -> Claim:
    """A claim that something happened, on the words ``start`` to ``end``."""
    span = Span(of.id, start, end)
    day: Cell[Interval] = Cell(reason="no words for it")
    place: Cell[Place] = Cell(reason="no words for it")
    content = Act(
        act,
        (),
        Cell(Status.HAPPENED, span),
        (),
        day,
        place,
        span,
    )
    id_ = sha256(f"{of.id} {start} {end} {act}")
    return Claim(id_, of.id, content, Voice(), Says.AFFIRMS, span, origin, 0.5)


def event(claims: Sequence[Claim]) -> Event:
    """An event of these claims, named for the first."""
    content = claims[0].content
    assert isinstance(content, Act)
    standing = Standing(Course.DONE_UNANNOUNCED, (), ())
    return Event(event_id(claims[0].id), content, (), standing, tuple(sorted(one.id for one in claims)))
