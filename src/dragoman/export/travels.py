"""The export ``travels``: leaders' travels, a row for every person and trip abroad, in the columns of the US State
Department's table of travels; what sets such as COLT (Country and Organizational Leader Travel) are made of.
"""

import dataclasses
from collections import Counter

from dragoman.export.codes import country, name_of
from dragoman.export.forms import Column, File, Format, Source, part, tab_separated
from dragoman.export.happenings import DONE, Happening, Member, happenings
from dragoman.types import ActorKind, Precision, Role


@dataclasses.dataclass(frozen=True, slots=True)
class Trip:
    """One row: a person, the visit, the country that is visited."""

    happening: Happening
    traveller: Member
    to: str


def _trips(happening: Happening) -> list[Trip]:
    hosts = {one.party.code for one in happening.recipients if one.role is Role.HOST and country(one.party.code).name}
    to = happening.country or (next(iter(hosts)) if len(hosts) == 1 else "")
    travellers = [
        one
        for one in happening.actors
        if one.party.kind in (ActorKind.PERSON, ActorKind.OFFICE)
        and (one.role is Role.VISITOR or "visit" in happening.act.modes)
        and country(one.party.code).name
    ]
    return [Trip(happening, one, to) for one in travellers if to and one.party.code != to]


def _remarks(trip: Trip) -> str:
    hosts = [one for one in trip.happening.recipients if one.party.kind is not ActorKind.STATE]
    met = ", ".join(dict.fromkeys(one.party.name for one in hosts))
    vague = trip.happening.days.known and trip.happening.doubt != 0
    within = f"Some time within these days: {trip.happening.days}." if vague else ""
    parts = (f"Met with {met}." if met else "", within, "" if trip.happening.reviewed else "Unreviewed machine coding.")
    return " ".join(part for part in parts if part)


COLUMNS: tuple[Column[Trip], ...] = (
    Column(
        "Travel ID",
        "the event's id and the traveller's",
        lambda row: f"{row.happening.event.id}/{row.traveller.party.id or row.traveller.party.name}",
    ),
    Column("Role", "office on the day", lambda row: row.traveller.party.title.replace("_", " ")),
    Column("Name", "name", lambda row: row.traveller.party.name),
    Column("Start date", "first day of the visit", lambda row: row.happening.days.start),
    Column("End date", "last day", lambda row: row.happening.days.end),
    Column(
        "Country ID",
        "ISO 3166-1 alpha-3 of the country visited (the State Department writes its name)",
        lambda row: row.to,
    ),
    Column("Country", "its name", lambda row: name_of(row.to)),
    Column(
        "Locale",
        "place, where known as a city or finer",
        lambda row: row.happening.named(Precision.CITY, Precision.SITE),
    ),
    Column(
        "Remarks",
        "whom they met; whether the days are bounds; `Unreviewed machine coding.` until a person has judged",
        _remarks,
    ),
)


def files(source: Source) -> tuple[File, ...]:
    """One table; only what happened or goes on."""
    rows: list[Trip] = []
    left_out: Counter[str] = Counter()
    for happening in happenings(source):
        trips = _trips(happening)
        if trips and happening.status not in DONE:
            left_out["a trip that did not happen or has yet to"] += 1
        elif not trips:
            left_out["no trip of a person to another country"] += 1
        else:
            rows += trips
    return (File("travels.tsv", tab_separated(COLUMNS, rows), len(rows), left_out),)


FORMAT = Format(
    "Leaders' travels: 9 columns as the US State Department's table, tabs; a row for each person and trip abroad.",
    files,
    (part("", COLUMNS),),
    "All that is no trip abroad; trips only planned (see `ics`); whose word it is, standing, uncertainty of days.",
)
