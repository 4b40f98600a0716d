"""The export ``ucdp``: the 49 columns of UCDP GED, a row for every event with deaths, CSV."""

import math
from collections import Counter

from dragoman.export.codes import country, name_of
from dragoman.export.forms import Column, File, Format, Source, comma_separated, part
from dragoman.export.happenings import DONE, Happening, happenings
from dragoman.types import Party, Precision, Quantity

Row = Happening
_STATE = frozenset({"GOV", "MIL", "COP", "SPY"})
_ARMED = frozenset({"REB", "PRM", "UAF"})
_CIVILIAN = frozenset({"CVL", "REF", "JRN", "MED", "EDU", "REL", "SOC", "LAB", "AGR", "BUS"})
_WHERE = {
    Precision.SITE: 1,
    Precision.CITY: 1,
    Precision.ADMIN1: 4,
    Precision.REGION: 5,
    Precision.COUNTRY: 6,
    Precision.WATER: 7,
}


def _deaths(row: Row) -> list[Quantity]:
    return [one for one in row.act.quantities if one.measure == "killed" and (one.best or one.low or one.high)]


def _sum(row: Row, bound: str) -> float | None:
    """The figures of a bound, summed; one that has none counts with its best, then with any."""
    figures = [next((f for f in (getattr(one, bound), one.best, one.high, one.low) if f), 0.0) for one in _deaths(row)]
    return sum(figures) if figures else None


def _deaths_of(row: Row, party: Party | None) -> float | None:
    if party is None:
        return None
    own = [one.best for one in _deaths(row) if one.side and one.side in (party.id, party.name, party.code)]
    return sum(figure or 0.0 for figure in own) if own else None


def _side(row: Row, number: int) -> Party | None:
    members = row.two_sides[number - 1]
    return members[0].party if members else None


def _civilians(row: Row) -> float | None:
    party = _side(row, 2)
    figures = [one.best or 0.0 for one in _deaths(row) if one.side.lower() in ("civilians", "civilian", "cvl")]
    if party and party.sector in _CIVILIAN and not figures:
        return _deaths_of(row, party)
    return sum(figures) if figures else None


def _unknown(row: Row) -> float | None:
    total = _sum(row, "best")
    told = [_deaths_of(row, _side(row, 1)), _deaths_of(row, _side(row, 2)), _civilians(row)]
    civilian = _side(row, 2)
    if civilian and civilian.sector in _CIVILIAN:
        told[1] = None
    return None if total is None else max(0.0, total - sum(figure or 0.0 for figure in told))


def _violence(row: Row) -> int | None:
    sectors = [party.sector if (party := _side(row, number)) else "" for number in (1, 2)]
    if sectors[1] in _CIVILIAN:
        return 3
    if all(sector in _STATE | _ARMED for sector in sectors):
        return 1 if any(sector in _STATE for sector in sectors) else 2
    return None


def _date_precision(row: Row) -> int:
    if row.doubt is None:
        return 5
    days = row.doubt + 1
    return 1 if days == 1 else 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5


def _grid(row: Row) -> int | None:
    """PRIO-GRID 2.0: half degrees, counted from 1 at 90° S 180° W, row by row."""
    place = row.place
    if place is None or place.lat is None or place.lon is None:
        return None
    down, along = min(math.floor((place.lat + 90) * 2), 359), min(math.floor((place.lon + 180) * 2), 719)
    return down * 720 + along + 1


def _names(row: Row) -> str:
    names = [party.name for number in (1, 2) if (party := _side(row, number))]
    return " - ".join(names) if len(names) == 2 else ""


def _clarity(row: Row) -> int:
    return 1 if _date_precision(row) == 1 and not row.event.standing.dispute else 2


def _source(row: Row) -> str:
    return "; ".join(f"{one.outlet or one.document}, {one.published or 'undated'}" for one in row.reports)


def _headline(row: Row) -> str:
    return row.reports[0].title if row.reports else ""


def _original(row: Row) -> list[str]:
    return list(dict.fromkeys(one.root for one in row.event.accounts if one.root))


def _point(row: Row) -> str:
    return f"POINT ({row.place.lon:.10g} {row.place.lat:.10g})" if row.place and _grid(row) else ""


_THEIRS = "empty: ids are UCDP's to give"
COLUMNS: tuple[Column[Row], ...] = (
    Column("id", _THEIRS),
    Column("relid", "the event's id, text", lambda row: row.event.id),
    Column("year", "of the first day", lambda row: row.first.year if row.first else None),
    Column("active_year", "empty: whether a year had 25 deaths is not known from one record"),
    Column(
        "code_status",
        "`Check unreviewed` until a person has judged it, then `Clear`",
        lambda row: "Clear" if row.reviewed else "Check unreviewed",
    ),
    Column(
        "type_of_violence",
        "1 with a state, 2 between armed groups, 3 against civilians; empty where unclear",
        _violence,
    ),
    Column("conflict_dset_id", _THEIRS),
    Column("conflict_new_id", _THEIRS),
    Column("conflict_name", "empty: conflicts are UCDP's"),
    Column("dyad_dset_id", _THEIRS),
    Column("dyad_new_id", _THEIRS),
    Column("dyad_name", "both sides", _names),
    Column("side_a_dset_id", _THEIRS),
    Column("side_a_new_id", _THEIRS),
    Column("side_a", "first of the acting side", lambda row: party.name if (party := _side(row, 1)) else ""),
    Column("side_b_dset_id", _THEIRS),
    Column("side_b_new_id", _THEIRS),
    Column("side_b", "first of the other side", lambda row: party.name if (party := _side(row, 2)) else ""),
    Column("number_of_sources", "outlets, copies of one report once", lambda row: len(row.sources)),
    Column("source_article", "outlets and days of all reports", _source),
    Column("source_office", "outlet of the earliest report", lambda row: next(iter(row.outlets), "")),
    Column("source_date", "its day", lambda row: row.told),
    Column("source_headline", "its title", _headline),
    Column("source_original", "who first said it, of each account", _original),
    Column(
        "where_prec",
        "1 place, 4 first-order division, 5 region, 6 country, 7 water",
        lambda row: _WHERE.get(row.place.precision) if row.place else None,
    ),
    Column("where_coordinates", "place", lambda row: row.place_name),
    Column("where_description", "the words for it", lambda row: row.source.look.words(row.act.place.span)),
    Column("adm_1", "first-order division, as our gazetteer writes it", lambda row: row.province),
    Column("adm_2", "empty: no second-order divisions are kept"),
    Column("latitude", "WGS 84", lambda row: row.place.lat if row.place else None),
    Column("longitude", "WGS 84", lambda row: row.place.lon if row.place else None),
    Column("geom_wkt", "the point", _point),
    Column("priogrid_gid", "cell of PRIO-GRID 2.0", _grid),
    Column("country", "name", lambda row: name_of(row.country)),
    Column("country_id", "Gleditsch-Ward number", lambda row: country(row.country).gw),
    Column("region", "empty: UCDP's regions are its own"),
    Column("event_clarity", "1 where the day is certain and nobody disputes it, else 2", _clarity),
    Column(
        "date_prec",
        "of the first day: 1 certain, 2 within six days, 3 a week, 4 a month, 5 more or open",
        _date_precision,
    ),
    Column("date_start", "first day", lambda row: row.first),
    Column("date_end", "last day", lambda row: row.last),
    Column("deaths_a", "killed of side a, where told", lambda row: _deaths_of(row, _side(row, 1))),
    Column(
        "deaths_b",
        "killed of side b, where told",
        lambda row: None if (party := _side(row, 2)) and party.sector in _CIVILIAN else _deaths_of(row, _side(row, 2)),
    ),
    Column("deaths_civilians", "civilians killed, where told", _civilians),
    Column("deaths_unknown", "the rest of `best`", _unknown),
    Column("best", "best figures, summed", lambda row: _sum(row, "best")),
    Column("high", "high figures", lambda row: _sum(row, "high")),
    Column("low", "low figures", lambda row: _sum(row, "low")),
    Column("gwnoa", "Gleditsch-Ward number of side a, a state", lambda row: _gw(row, 1)),
    Column("gwnob", "of side b", lambda row: _gw(row, 2)),
)


def _gw(row: Row, number: int) -> str:
    party = _side(row, number)
    return country(party.code).gw if party and party.sector in _STATE else ""


def files(source: Source) -> tuple[File, ...]:
    """One table."""
    rows: list[Row] = []
    left_out: Counter[str] = Counter()
    for row in happenings(source):
        if row.status not in DONE or not _deaths(row):
            left_out["without a death that happened"] += 1
        elif not row.first:
            left_out["without a day"] += 1
        else:
            rows.append(row)
    return (File("events.csv", comma_separated(COLUMNS, rows), len(rows), left_out),)


FORMAT = Format(
    "UCDP GED: 49 columns, CSV; only events with deaths, ids left to UCDP, unreviewed rows marked in code_status.",
    files,
    (part("", COLUMNS),),
    "Everything without a death. Of the figures only those of killed; whose figure it is. Sides beyond the first. "
    "Standing, but for `event_clarity` and `source_original`.",
)
