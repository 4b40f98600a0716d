"""The export ``statements``: one line per document and silence or declined comment, with its words.

What a party does not say is a claim of its own (``says`` = "is_silent" or "declines_comment") and never a claim
that something happened. This module must not know how an event's dispute is computed; it names the event it bears on.
"""

from collections.abc import Iterator
from typing import Any

from dragoman.export.cells import span_row, speaker_name
from dragoman.lookup import look_up
from dragoman.types import Act, Record, Says


def rows(record: Record) -> Iterator[dict[str, Any]]:
    """One row per document and statement, in order of document, place in the text and claim id."""
    look = look_up(record)
    lines: list[dict[str, Any]] = []
    for claim in record.claims:
        if claim.says not in (Says.SILENT, Says.DECLINES):
            continue
        first = claim.voice.chain[0] if claim.voice.chain else None
        party = first.party.value if first else None
        lines.extend(
            {
                "document": report.document,
                "party": speaker_name(first, look) if first else "",
                "code": (party.code if party else "") or "UNK",
                "says": claim.says.value,
                "about": claim.about,
                "event": look.event_of.get(claim.id),
                "type": claim.content.type if isinstance(claim.content, Act) else None,
                "quote": look.words(claim.evidence),
                "confidence": claim.confidence,
                "claim": claim.id,
                "report": report.id,
                "span": span_row(claim.evidence),
            }
            for report in look.reports.get(claim.text, ())
        )
    yield from sorted(lines, key=lambda row: (row["document"], row["span"]["start"], row["claim"], row["report"]))
