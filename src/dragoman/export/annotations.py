"""The export ``annotations``: every claim and cell with its words, as W3C Web Annotations in JSON-LD."""

from collections.abc import Iterator
from typing import Any

from dragoman.export.forms import File, Format, Source, documented, json_document
from dragoman.said import PERSON
from dragoman.types import Act, Cell, Claim, Span, Stance

# Characters before and after a quotation, so that it is found again where the page has changed (as Hypothesis does).
CONTEXT = 32
_CONTEXT_IRI = "http://www.w3.org/ns/anno.jsonld"


def _target(span: Span, source: Source) -> dict[str, Any]:
    """Where words stand: the text by its hash, the pages that carry it, position and quotation."""
    text = source.look.texts.get(span.text)
    selectors: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": span.start, "end": span.end}]
    if text and text.content:
        quote = {
            "type": "TextQuoteSelector",
            "exact": text.content[span.start : span.end],
            "prefix": text.content[max(0, span.start - CONTEXT) : span.start],
            "suffix": text.content[span.end : span.end + CONTEXT],
        }
        selectors.append({name: value for name, value in quote.items() if value})
    pages = sorted({report.url for report in source.look.reports.get(span.text, ()) if report.url.startswith("http")})
    target = {"type": "SpecificResource", "source": f"urn:sha256:{span.text}", "selector": selectors}
    return target | ({"scope": pages} if pages else {})


def _annotation(key: str, motivation: str, value: str, span: Span, source: Source) -> dict[str, Any]:
    body = {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": motivation}
    return {
        "id": f"urn:dragoman:{key}",
        "type": "Annotation",
        "motivation": motivation,
        "body": body,
        "target": _target(span, source),
    }


def _cells(claim: Claim) -> Iterator[tuple[str, str, Cell[Any]]]:
    """(name, value in words, cell) of what a claim read from words of its own."""
    content = claim.content
    if isinstance(content, Stance):
        holder = content.holder.value
        yield "holder", f"holder: {holder.name} ({holder.code})" if holder else "", content.holder
        yield "object", "object", content.object
        yield "condition", "condition", content.condition
        return
    for number, one in enumerate(content.participations):
        party = one.party.value
        words = f"{one.role.value}: {party.name} ({party.code or 'UNK'})" if party else f"{one.role.value}: unknown"
        yield f"participant-{number}", words, one.party
    yield "status", f"status: {content.status.value.value}" if content.status.value else "", content.status
    yield "date", f"date: {content.date.value}" if content.date.value else "", content.date
    place = content.place.value
    yield "place", f"place: {place.name} {place.country}".rstrip() if place else "", content.place


def _what(claim: Claim) -> str:
    content = claim.content
    if isinstance(content, Act):
        status = content.status.value.value if content.status.value else ""
        words = (content.type, *content.modes, status)
    else:
        words = (content.issue, content.stance)
    return " ".join(word for word in (*words, f"({claim.says.value})") if word)


def annotations(source: Source) -> Iterator[dict[str, Any]]:
    """The annotations, in order of text, place and claim."""
    for claim in sorted(source.record.claims, key=lambda one: (one.evidence, one.id)):
        whole = _annotation(f"claim:{claim.id}", "classifying", _what(claim), claim.evidence, source)
        event = source.look.event_of.get(claim.id) or source.look.position_of.get(claim.id)
        if event:
            about = {"id": f"urn:dragoman:{event}", "purpose": "linking"}
            link = {"type": "SpecificResource", "source": about["id"], "purpose": about["purpose"]}
            whole["body"] = [whole["body"], link]
        by_hand = claim.origin.startswith(PERSON)
        made_by = {"type": "Person" if by_hand else "Software", "name": claim.origin.removeprefix(PERSON)}
        yield whole | {"generator": made_by}
        for name, value, cell in _cells(claim):
            if cell.span and value:
                yield _annotation(f"claim:{claim.id}:{name}", "identifying", value, cell.span, source)


def files(source: Source) -> tuple[File, ...]:
    """One document: a collection of one page."""
    found = list(annotations(source))
    page = {"id": "urn:dragoman:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": found}
    collection = {
        "@context": _CONTEXT_IRI,
        "id": "urn:dragoman:annotations",
        "type": "AnnotationCollection",
        "label": "Claims of a Dragoman record",
        "total": len(found),
        "first": page,
    }
    return (File("annotations.jsonld", json_document(collection), len(found)),)


FORMAT = Format(
    "W3C Web Annotations (JSON-LD): every claim and cell with position and quotation of its words.",
    files,
    (
        documented(
            "",
            id="the claim's id, and the cell's name",
            motivation="classifying for a claim, identifying for a cell of it",
            body="what was read, in codes; of a claim also the event or position it bears on",
            target="`source`: the text by its SHA-256, as offsets are of the text as read, not of the page; `scope`: "
            "the pages that carry it; `selector`: position in Unicode code points, end exclusive, and quotation with "
            "32 characters on either side (without texts the position alone)",
            generator="the extractor",
        ),
    ),
    "Cells inferred without words, events as such, standing. JavaScript counts UTF-16 units: convert the positions "
    "where a text has characters beyond the Basic Multilingual Plane.",
)
