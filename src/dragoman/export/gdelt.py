"""The export ``gdelt``: GDELT 2.0, events (61 columns) and mentions (16) in two files, tabs, without a header."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

from dragoman.export.codes import CAMEO_GROUPS, CAMEO_TYPES, cameo_quad, country, goldstein
from dragoman.export.forms import Column, File, Format, Source, part, tab_separated
from dragoman.export.happenings import Member, row_number
from dragoman.export.icews import Dyad, dyads
from dragoman.types import Act, Claim, Place, Precision, Report

EVENTS, MENTIONS = "gdelt.export.CSV", "gdelt.mentions.CSV"


@dataclasses.dataclass(frozen=True, slots=True)
class Mention:
    """One row of the second table: a claim that a row of the first rests on, in one report."""

    dyad: Dyad
    claim: Claim
    report: Report


def _number(row: Dyad) -> int:
    return row_number(row.happening.event.id, row.number)


def _day(row: Dyad) -> dt.date:
    day = row.happening.speech_day
    assert day is not None  # rows without a day are left out
    return day


def _added(day: dt.date | None) -> str:
    return f"{day:%Y%m%d}000000" if day else ""


def _actor(number: int, of: Callable[[Dyad], Member]) -> list[Column[Dyad]]:
    """The ten columns of an actor."""

    def party(row: Dyad) -> tuple[str, str, str]:
        """Country, known group, type."""
        code, sector = of(row).party.code, of(row).party.sector
        known, kind = CAMEO_GROUPS.get(code, ("", ""))
        return (code if country(code).name else ""), known, kind or CAMEO_TYPES.get(sector, "")

    name = f"Actor{number}"
    return [
        Column(
            f"{name}Code", "country, known group and type in one, as CAMEO joins them", lambda row: "".join(party(row))
        ),
        Column(f"{name}Name", "name, in capitals", lambda row: of(row).party.name.upper()),
        Column(
            f"{name}CountryCode",
            "ISO 3166-1 alpha-3, which CAMEO's codes of countries nearly all are",
            lambda row: party(row)[0],
        ),
        Column(f"{name}KnownGroupCode", "UNO and EEC (European Union)", lambda row: party(row)[1]),
        *(
            Column(f"{name}{what}Code", f"empty: no {word} is coded")
            for what, word in (("Ethnic", "ethnic group"), ("Religion1", "religion"), ("Religion2", "religion"))
        ),
        Column(
            f"{name}Type1Code",
            "PLOVER sector as a CAMEO type: JRN is MED, MED is HLH, PRM is UAF",
            lambda row: party(row)[2],
        ),
        Column(f"{name}Type2Code", "empty: a party has one sector"),
        Column(f"{name}Type3Code", "empty"),
    ]


def _geo(name: str, place: Callable[[Dyad], Place | None] | None, why: str) -> list[Column[Dyad]]:
    """The eight columns of a place; of none the type is 0."""

    def cell(of: Callable[[Place], Any]) -> Callable[[Dyad], Any]:
        def value(row: Dyad) -> Any:
            found = place(row) if place else None
            return of(found) if found else None

        return value

    def kind(row: Dyad) -> int:
        found = place(row) if place else None
        return _geo_type(found) if found else 0

    fields: list[tuple[str, str, Callable[[Place], Any]]] = [
        ("FullName", "name, division, country", _full_name),
        ("CountryCode", "FIPS 10-4", lambda found: country(found.country).fips),
        ("ADM1Code", "FIPS 10-4; only the country's, and of the United States the state's", _adm1),
        ("ADM2Code", "empty", lambda _: None),
        ("Lat", "WGS 84", lambda found: found.lat),
        ("Long", "WGS 84", lambda found: found.lon),
        ("FeatureID", "FIPS code of a country; our ids of cities are GeoNames', GDELT's are not", _feature),
    ]
    return [
        Column(f"{name}_Type", why or "1 country, 2 US state, 3 US city, 4 city, 5 division, 0 none", kind),
        *(Column(f"{name}_{field}", why or about, cell(of)) for field, about, of in fields),
    ]


def _geo_type(place: Place) -> int:
    american = place.country == "USA"
    if place.precision in (Precision.CITY, Precision.SITE):
        return 3 if american else 4
    if place.precision is Precision.ADMIN1:
        return 2 if american else 5
    return 1 if place.precision is Precision.COUNTRY else 0


def _full_name(place: Place) -> str:
    name = country(place.name).name or place.name  # a country may be given by its code
    parts = (name, place.admin1 if place.admin1 != place.name else "", country(place.country).name)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _adm1(place: Place) -> str:
    fips = country(place.country).fips
    state = place.admin1 if place.country == "USA" and len(place.admin1) == 2 else ""
    return fips + state if state or place.precision is Precision.COUNTRY else ""


def _feature(place: Place) -> str:
    return country(place.country).fips if place.precision is Precision.COUNTRY else ""


def _url(report: Report) -> str:
    return report.url or report.document


def _mentions_of(row: Dyad) -> list[tuple[Claim, Report]]:
    look = row.happening.source.look
    return [(claim, report) for claim in row.happening.claims for report in look.reports.get(claim.text, ())]


_NOT_KEPT = "empty (type 0): the place of an actor is not kept, only the act's"


def _confidence(row: Mention) -> int:
    return round(min(max(row.claim.confidence, 0), 1) * 10) * 10


EVENT_COLUMNS: tuple[Column[Dyad], ...] = (
    Column("GLOBALEVENTID", "a number, as in `icews`", _number),
    Column(
        "SQLDATE",
        "first day; of what is announced or called off, the day it was first reported",
        lambda row: f"{_day(row):%Y%m%d}",
    ),
    Column("MonthYear", "its month", lambda row: f"{_day(row):%Y%m}"),
    Column("Year", "its year", lambda row: _day(row).year),
    Column(
        "FractionDate",
        "year + (month × 30 + day) / 365, as GDELT's codebook has it",
        lambda row: f"{_day(row).year + (_day(row).month * 30 + _day(row).day) / 365:.4f}",
    ),
    *_actor(1, lambda row: row.left),
    *_actor(2, lambda row: row.right),
    Column("IsRootEvent", "1: the event was read as an act of its own", lambda _: 1),
    Column("EventCode", "CAMEO code, text with its leading zero", lambda row: row.cameo),
    Column("EventBaseCode", "its first three digits", lambda row: row.cameo[:3]),
    Column("EventRootCode", "its first two", lambda row: row.cameo[:2]),
    Column("QuadClass", "GDELT's, by the root: protest is verbal conflict there", lambda row: cameo_quad(row.cameo)),
    Column("GoldsteinScale", "score of the code", lambda row: goldstein(row.cameo)),
    Column(
        "NumMentions",
        "claims it rests on, counted in each report: the rows of the second table",
        lambda row: len(_mentions_of(row)),
    ),
    Column("NumSources", "outlets, copies of one report once", lambda row: len(row.happening.sources)),
    Column("NumArticles", "reports, copies too", lambda row: len(row.happening.reports)),
    Column("AvgTone", "empty: no tone is measured"),
    *_geo("Actor1Geo", None, _NOT_KEPT),
    *_geo("Actor2Geo", None, _NOT_KEPT),
    *_geo("ActionGeo", lambda row: row.happening.place, ""),
    Column(
        "DATEADDED",
        "day of the earliest report, at midnight: no clock is in an export",
        lambda row: _added(row.happening.told),
    ),
    Column(
        "SOURCEURL",
        "address of the earliest report, else its document",
        lambda row: _url(row.happening.reports[0]) if row.happening.reports else "",
    ),
)


def _offset(row: Mention, left: bool) -> int | None:
    """Where in the text the party is named, by this claim."""
    act, party = row.claim.content, (row.dyad.left if left else row.dyad.right).party
    if not isinstance(act, Act):
        return None
    spans = [one.party.span for one in act.participations if one.party.value == party and one.party.span]
    return spans[0].start if spans else None


def _length(row: Mention) -> int | None:
    text = row.dyad.happening.source.look.texts.get(row.claim.text)
    return len(text.content) or None if text else None


MENTION_COLUMNS: tuple[Column[Mention], ...] = (
    Column("GLOBALEVENTID", "the row of the first table", lambda row: _number(row.dyad)),
    Column("EventTimeDate", "its DATEADDED", lambda row: _added(row.dyad.happening.told)),
    Column(
        "MentionTimeDate",
        "day of this report, at midnight; empty where undated",
        lambda row: _added(row.report.published),
    ),
    Column("MentionType", "1 with an address, 2 without", lambda row: 1 if row.report.url else 2),
    Column("MentionSourceName", "outlet", lambda row: row.report.outlet),
    Column("MentionIdentifier", "address, else document", lambda row: _url(row.report)),
    Column("SentenceID", "empty: a record keeps offsets, not the number of a sentence"),
    Column(
        "Actor1CharOffset",
        "where the first party is named, code points; empty where inferred",
        lambda row: _offset(row, True),
    ),
    Column("Actor2CharOffset", "where the second is", lambda row: _offset(row, False)),
    Column("ActionCharOffset", "where the clause begins that tells it", lambda row: row.claim.evidence.start),
    Column("InRawText", "1: offsets are of the text as read", lambda _: 1),
    Column(
        "Confidence",
        "of the reading, in per cent, by tens",
        _confidence,
    ),
    Column("MentionDocLen", "code points of the text; empty without texts", _length),
    Column("MentionDocTone", "empty: no tone is measured"),
    Column("MentionDocTranslationInfo", "empty: nothing is translated"),
    Column("Extras", "id of the claim", lambda row: row.claim.id),
)


def files(source: Source) -> tuple[File, ...]:
    """Both tables; an empty cell is a missing value."""
    rows, left_out = dyads(source, alone=True)
    mentions = [Mention(row, claim, report) for row in rows for claim, report in _mentions_of(row)]
    return (
        File(EVENTS, tab_separated(EVENT_COLUMNS, rows, header=False), len(rows), left_out),
        File(MENTIONS, tab_separated(MENTION_COLUMNS, mentions, header=False), len(mentions)),
    )


FORMAT = Format(
    "GDELT 2.0: events (61 columns) and mentions (16), tabs, no header; needs -o DIRECTORY.",
    files,
    (part(EVENTS, EVENT_COLUMNS), part(MENTIONS, MENTION_COLUMNS)),
    "As in `icews`: rows by pairs, no row for what has no CAMEO code; where one party acts alone, Actor2 is "
    "empty. An event is counted once and its reports apart, which GDELT itself does not do. Of an act within a "
    "week or month the first day stands, and nothing says that it is not certain (see `csv`). Lost: voices, "
    "standing, ends of intervals, roles other than the two sides.",
    folder=True,
)
