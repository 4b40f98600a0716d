"""The export ``ics``: what is planned, postponed or called off, as a calendar (RFC 5545)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from dragoman.export.forms import File, Format, Source, documented
from dragoman.export.happenings import Happening, happenings
from dragoman.types import Course, Status

# Status of the act -> status of the entry; what is only reported as planned is tentative, see below.
_STATUS = {Status.PLANNED: "CONFIRMED", Status.POSTPONED: "TENTATIVE", Status.CANCELLED: "CANCELLED"}
_LONGEST = 75  # bytes of a line before it is folded (RFC 5545, 3.1)


def _escaped(words: str) -> str:
    """Text as a value (RFC 5545, 3.3.11); control characters have no place in one."""
    clean = "".join(char if char == "\n" or char.isprintable() else " " for char in words.replace("\r\n", "\n"))
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line, folded between characters where it is long, with CRLF."""
    out, size = bytearray(), 0
    for char in line:
        raw = char.encode("utf-8", "replace")
        if size + len(raw) > _LONGEST:
            out += b"\r\n "
            size = 1
        out += raw
        size += len(raw)
    return bytes(out + b"\r\n")


def _entry(happening: Happening) -> Iterator[str]:
    first, last = happening.first or happening.last, happening.last
    assert first  # those without a day are left out
    assert last
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(happening.event.id)}@dragoman"
    yield f"DTSTAMP:{_revised(happening):%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + dt.timedelta(days=1):%Y%m%d}"  # the day after, as RFC 5545 has it
    yield f"SUMMARY:{_escaped(happening.title)}"
    if happening.place:
        yield f"LOCATION:{_escaped(happening.place_name)}"
        if happening.place.lat is not None and happening.place.lon is not None:
            yield f"GEO:{happening.place.lat:.6f};{happening.place.lon:.6f}"
    yield f"STATUS:{_status(happening)}"
    yield f"CATEGORIES:{_escaped(happening.act.type)}"
    yield f"DESCRIPTION:{_escaped(_description(happening))}"
    if happening.reports and happening.reports[0].url.startswith(("http://", "https://")):
        yield "URL:" + "".join(char for char in happening.reports[0].url if char.isprintable())
    yield f"X-DRAGOMAN-EDTF:{_escaped(str(happening.days))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _revised(happening: Happening) -> dt.date:
    """The day of the latest report; without a dated one the first day of all, as an entry must have one."""
    return max((one.published for one in happening.reports if one.published), default=dt.date(1970, 1, 1))


def _status(happening: Happening) -> str:
    reported = happening.event.standing.course is Course.REPORTED_PLAN
    return "TENTATIVE" if reported and happening.status is Status.PLANNED else _STATUS[happening.status]


def _description(happening: Happening) -> str:
    window = happening.days.start != happening.days.end or happening.days.first_min != happening.days.first_max
    lines = [
        "Some day within this time." if window else "",
        f"Course: {happening.event.standing.course.value}. Reported by {', '.join(happening.outlets)}.",
        happening.quote,
        "" if happening.reviewed else "Unreviewed machine coding.",
    ]
    return "\n".join(line for line in lines if line)


def files(source: Source) -> tuple[File, ...]:
    """One calendar."""
    found: list[Happening] = []
    left_out: Counter[str] = Counter()
    for happening in happenings(source):
        if happening.status not in _STATUS:
            left_out["neither planned nor postponed nor called off"] += 1
        elif not happening.last or happening.last == dt.date.max:
            left_out["planned without a day"] += 1
        else:
            found.append(happening)
    return (File("plans.ics", _calendar(found), len(found), left_out),)


def _calendar(found: list[Happening]) -> Iterator[bytes]:
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dragoman//Record of a diplomatic process//EN",
        "CALSCALE:GREGORIAN",
    )
    for line in (*head, *(line for happening in found for line in _entry(happening)), "END:VCALENDAR"):
        yield _folded(line)


FORMAT = Format(
    "A calendar of what is planned, postponed or called off: iCalendar (RFC 5545).",
    files,
    (
        documented(
            "",
            UID="the event's id, so that a later export replaces the entry",
            DTSTAMP="day of the latest report; 1970-01-01 where none has a day",
            DTSTART="first day it may be on",
            DTEND="the day after the last",
            SUMMARY="the event in codes and names",
            LOCATION="place",
            GEO="its point",
            STATUS="CONFIRMED announced by a participant, TENTATIVE a reported plan or postponed, CANCELLED called off",
            CATEGORIES="PLOVER type",
            DESCRIPTION="how firm the days are, course, outlets, the clause",
            URL="address of the earliest report",
            **{"X-DRAGOMAN-EDTF": "the interval in EDTF"},
        ),
    ),
    "All that has happened; plans without any day. A window is one long entry: no calendar can say `some day within`.",
)
