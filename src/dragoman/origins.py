"""Which texts of a record are copies of which, for exports: found as reconciliation finds them.

Exports know nothing of reconciliation; this is handed to them. Knows no format.
"""

from dragoman.reconcile import copies
from dragoman.types import Record, Report


def origins(record: Record) -> dict[str, str]:
    """Text id -> the text that stands for it and its copies; of a record without words every text stands for itself."""
    reports: dict[str, list[Report]] = {}
    for report in record.reports:
        reports.setdefault(report.text, []).append(report)
    texts = {text.id: text for text in record.texts}
    return {text: source.key for text, source in copies.sources(reports, texts, reports).items()}
