"""The words behind what a page shows: of every cited claim a cut of its text, grouped by the reports that carry it.

Pure: knows no template. An excerpt is a claim's words with a little of the text around them, never a whole article.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.lookup import Lookup, anchor
from dragoman.terminal import words
from dragoman.terminal.plain import plain
from dragoman.types import Claim, Report, Span
from dragoman.web import cells, marks

# Code points of the text shown before and after a claim's words.
_AROUND = 160


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A claim's words: in ``pieces`` of its text, or only its ``anchor`` where the text is withheld."""

    claim: str
    voice: str
    says: str
    pieces: tuple[marks.Piece, ...]
    before: bool
    after: bool
    anchor: str
    cited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class By:
    """Who printed some words: outlet and day ("" for none) of the earliest report, and how many more carry them."""

    outlet: str
    day: str
    more: int


@dataclass(frozen=True, slots=True)
class Told:
    """A report that carries a text: its outlet, day, title, document and address ("" for none that may be a link)."""

    outlet: str
    day: str
    title: str
    document: str
    url: str


@dataclass(frozen=True, slots=True)
class Source:
    """A text with its reports, earliest first, and its excerpts in the order of the text."""

    text: str
    reports: tuple[Told, ...]
    excerpts: tuple[Excerpt, ...]


def told_by(reports: Sequence[Report]) -> By | None:
    """The earliest of some reports, the others counted; None of none."""
    ordered = sorted(reports, key=_order)
    if not ordered:
        return None
    first, more = ordered[0], len(ordered) - 1
    return By(plain(first.outlet or first.document), _day(first), more)


def _order(report: Report) -> tuple[str, str, str]:
    return (_day(report) or "9999", report.document, report.id)


def _day(report: Report) -> str:
    return report.published.isoformat() if report.published else ""


def excerpts(cited: Mapping[str, tuple[str, ...]], look: Lookup) -> list[Source]:
    """The sources of the cited claims (claim -> what it is cited by), earliest first."""
    by_text: dict[str, list[Claim]] = {}
    for key in cited:
        by_text.setdefault(look.claims[key].text, []).append(look.claims[key])
    made = []
    for text, claims in by_text.items():
        ordered = sorted(claims, key=lambda one: (one.evidence.start, one.evidence.end, one.id))
        reports = sorted(look.reports.get(text, ()), key=_order)
        first = _order(reports[0]) if reports else ("9999", "", "")
        held = Source(
            text, tuple(_told(one) for one in reports), tuple(_cut(one, cited[one.id], look) for one in ordered)
        )
        made.append((first, text, held))
    return [held for _, _, held in sorted(made, key=lambda one: one[:2])]


def _told(report: Report) -> Told:
    title = "" if report.title.startswith("sha256:") else plain(report.title)
    return Told(
        plain(report.outlet or report.document),
        _day(report),
        title,
        plain(report.document),
        marks.web_address(report.url),
    )


def _cut(claim: Claim, cited: tuple[str, ...], look: Lookup) -> Excerpt:
    text = look.texts[claim.text].content if claim.text in look.texts else ""
    held = [span for shown in cells.cells(claim) for span in shown.spans]
    found = marked(claim, held) if text else []
    found = [mark for mark in found if mark.start < claim.evidence.end + _AROUND]
    found = [mark for mark in found if mark.end > claim.evidence.start - _AROUND]
    start, end = _bounds(text, found)
    return Excerpt(
        claim.id,
        words.voice(claim.voice, look),
        words.says(claim),
        tuple(marks.pieces(text, found, start, end)) if text else (),
        bool(text) and start > 0,
        end < len(text),
        anchor(claim.evidence) if not text else "",
        cited,
    )


def marked(claim: Claim, of_cells: Iterable[Span]) -> list[marks.Mark]:
    """A claim's words in its text, those of its voices, and those of some of its cells."""
    said = [one.cue for one in claim.voice.chain] + [one.party.span for one in claim.voice.chain]
    whole = marks.Mark(claim.evidence.start, claim.evidence.end, "claim")
    return [whole, *_named("voice", said, claim), *_named("cell", of_cells, claim)]


def _named(name: str, spans: Iterable[Span | None], claim: Claim) -> Iterable[marks.Mark]:
    return (marks.Mark(span.start, span.end, name) for span in spans if span and span.text == claim.text)


def _bounds(text: str, found: Sequence[marks.Mark]) -> tuple[int, int]:
    """Where to cut: at a space outside the marks, and within the lines that hold them."""
    if not found:
        return 0, 0
    first, last = min(mark.start for mark in found), max(mark.end for mark in found)
    start, end = max(0, first - _AROUND), min(len(text), last + _AROUND)
    if start:
        start = min(text.find(" ", start, first) + 1 or first, first)
    if end < len(text):
        end = max(text.rfind(" ", last, end), last)
    line, after = text.rfind("\n", start, first), text.find("\n", last, end)
    return (line + 1 if line >= 0 else start), (after if after >= 0 else end)
