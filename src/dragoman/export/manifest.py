"""The export ``manifest``: what was read, from which outlet, which days are missing, what could not be read."""

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Any

from dragoman.export.forms import File, Format, Source, documented, json_document
from dragoman.types import Report

NO_OUTLET = "(no outlet)"


def _days(reports: Iterable[Report]) -> list[dt.date]:
    return sorted({report.published for report in reports if report.published})


def gaps(days: Iterable[dt.date], first: dt.date, last: dt.date) -> list[str]:
    """The days from ``first`` to ``last`` that are not among ``days``, as EDTF: single days and intervals."""
    known = sorted({day.toordinal() for day in days if first <= day <= last})
    found: list[str] = []
    for before, after in itertools.pairwise((first.toordinal() - 1, *known, last.toordinal() + 1)):
        if after - before > 1:
            begin, end = dt.date.fromordinal(before + 1), dt.date.fromordinal(after - 1)
            found.append(f"{begin}" if begin == end else f"{begin}/{end}")
    return found


def _outlet(name: str, reports: list[Report], span: tuple[dt.date, dt.date] | None) -> dict[str, Any]:
    days = _days(reports)
    return {
        "outlet": name,
        "reports": len(reports),
        "texts": len({report.text for report in reports}),
        "languages": sorted({report.language for report in reports}),
        "first": days[0].isoformat() if days else None,
        "last": days[-1].isoformat() if days else None,
        "days": len(days),
        "undated": sum(report.published is None for report in reports),
        "missing": gaps(days, *span) if span else [],
    }


def _report(report: Report, source: Source) -> dict[str, Any]:
    look = source.look
    claims = source.claims_in.get(report.text, ())
    return {
        "document": report.document,
        "id": report.id,
        "outlet": report.outlet,
        "agency": report.agency,
        "published": report.published.isoformat() if report.published else None,
        "retrieved": report.retrieved,
        "language": report.language,
        "title": report.title,
        "url": report.url,
        "sha256": report.text,
        "copies": len(look.reports.get(report.text, ())) - 1,
        "claims": len(claims),
        "events": len({look.event_of[claim.id] for claim in claims if claim.id in look.event_of}),
    }


def manifest(source: Source) -> dict[str, Any]:
    """The whole document."""
    record = source.record
    reports = sorted(record.reports, key=lambda one: (one.published is None, str(one.published), one.document, one.id))
    days = _days(reports)
    span = (days[0], days[-1]) if days else None
    outlets: dict[str, list[Report]] = {}
    for report in reports:
        outlets.setdefault(report.outlet or NO_OUTLET, []).append(report)
    return {
        "collection": {
            **_outlet("", reports, span),
            "events": len(record.events),
            "claims": len(record.claims),
            "positions": len(record.positions),
            "unread": len(record.failures),
            "text_free": source.text_free,
        },
        "made_by": versions(source),
        "outlets": [_outlet(name, outlets[name], span) for name in sorted(outlets)],
        "reports": [_report(report, source) for report in reports],
        "failures": sorted(str(failure) for failure in record.failures),
    }


def versions(source: Source) -> dict[str, Any]:
    """What decided the record: program, codebook, tables, readers and extractors."""
    book, run = source.book, source.run
    found: dict[str, Any] = {"codebook": f"{book.name} {book.version}", "codebook_sha256": book.hash}
    if run:
        found |= {
            "dragoman": run.version,
            "run": run.id,
            "knowledge_sha256": run.knowledge,
            "readers": list(run.readers),
            "extractors": list(run.extractors),
            "options": dict(run.options),
        }
    return found


def files(source: Source) -> tuple[File, ...]:
    """One document; its rows are reports."""
    made = manifest(source)
    return (File("manifest.json", json_document(made), len(made["reports"])),)


FORMAT = Format(
    "The collection: what was read, from which outlet, which days are missing, what could not be read (JSON).",
    files,
    (
        documented(
            "collection, and the same for each of outlets",
            reports="how many reports",
            texts="how many different texts: copies of one count once",
            languages="ISO 639-1",
            first="first day with a report",
            last="last day",
            days="days with a report",
            undated="reports without a day",
            missing="days without a report from the first to the last day of the whole collection, as EDTF",
        ),
        documented(
            "reports",
            document="the id as it was read",
            id="our id",
            outlet="outlet",
            agency="agency",
            published="day",
            retrieved="when it was fetched, as the source says",
            language="ISO 639-1",
            title="title",
            url="address",
            sha256="of the text",
            copies="other reports of the same text",
            claims="claims read in it",
            events="events it bears on",
        ),
        documented("the rest", made_by="versions and hashes", failures="what could not be read or coded, and why"),
    ),
    "What a report says.",
)
