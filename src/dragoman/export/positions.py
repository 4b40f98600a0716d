"""The export ``positions``: one line per document and position, in the benchmark format.

Several stances of one document that make up one position are one line, in the words of the first. This module must
not decide which stances are one position; that was computed.
"""

from collections.abc import Iterator
from typing import Any

from dragoman.export.cells import span_row, voice_names
from dragoman.lookup import Lookup, look_up
from dragoman.types import Claim, Position, Record, Says, Stance


def rows(record: Record) -> Iterator[dict[str, Any]]:
    """One row per document and position, in order of document, place in the text and position id."""
    look = look_up(record)
    lines = [line for position in record.positions for line in _lines_of(position, look)]
    yield from sorted(lines, key=lambda row: (row["document"], row["span"]["start"], row["position"]))


def _lines_of(position: Position, look: Lookup) -> Iterator[dict[str, Any]]:
    found: dict[str, dict[str, Claim]] = {}
    for key in position.claims:
        claim = look.claims.get(key)
        if claim is None or not isinstance(claim.content, Stance) or claim.says is not Says.AFFIRMS:
            continue
        for report in look.reports.get(claim.text, ()):
            found.setdefault(report.document, {})[claim.id] = claim
    for document, claims in found.items():
        ordered = sorted(claims.values(), key=lambda claim: (claim.evidence, claim.id))
        first = ordered[0]
        assert isinstance(first.content, Stance)
        yield {
            "document": document,
            "holder": {"name": position.party.name, "code": position.party.code or "UNK"},
            "issue": position.issue,
            "stance": position.stance,
            "object": first.content.object.value or position.object,
            "condition": first.content.condition.value or "",
            "voices": voice_names((claim.voice for claim in ordered), look),
            "quote": look.words(first.evidence),
            "confidence": first.confidence,
            "position": position.id,
            "claims": [claim.id for claim in ordered],
            "span": span_row(first.evidence),
        }
