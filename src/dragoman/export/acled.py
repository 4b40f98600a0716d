"""The export ``acled``: the 31 columns of ACLED, a row for every event that has a place in its types, CSV."""

import dataclasses
from collections import Counter

from dragoman.export.codes import country, name_of
from dragoman.export.forms import Column, File, Format, Source, comma_separated, part
from dragoman.export.happenings import DONE, Happening, Member, happenings
from dragoman.types import ActorKind, Precision

_VIOLENCE, _REMOTE, _BATTLES = "Violence against civilians", "Explosions/Remote violence", "Battles"
_STRATEGIC, _PROTESTS, _RIOTS = "Strategic developments", "Protests", "Riots"

# PLOVER (type, mode; "" any other) -> ACLED event type and sub-event type. An attack that names no weapon is a battle
# where both sides are armed (below). What is not here is not ACLED's business: meetings, demands, sanctions.
_TYPES: dict[tuple[str, str], tuple[str, str]] = {
    ("ASSAULT", "aerial"): (_REMOTE, "Air/drone strike"),
    ("ASSAULT", "drone"): (_REMOTE, "Air/drone strike"),
    ("ASSAULT", "heavy-weapons"): (_REMOTE, "Shelling/artillery/missile attack"),
    ("ASSAULT", "explosives"): (_REMOTE, "Remote explosive/landmine/IED"),
    ("ASSAULT", "suicide-attack"): (_REMOTE, "Suicide bomb"),
    ("ASSAULT", "abduct"): (_VIOLENCE, "Abduction/forced disappearance"),
    ("ASSAULT", "sexual"): (_VIOLENCE, "Sexual violence"),
    ("ASSAULT", "crowd-control"): (_PROTESTS, "Excessive force against protesters"),
    ("ASSAULT", "destroy"): (_STRATEGIC, "Looting/property destruction"),
    ("ASSAULT", ""): (_VIOLENCE, "Attack"),
    ("PROTEST", "riot"): (_RIOTS, "Violent demonstration"),
    ("PROTEST", "vandalize"): (_RIOTS, "Violent demonstration"),
    ("PROTEST", ""): (_PROTESTS, "Peaceful protest"),
    ("COERCE", "arrest"): (_STRATEGIC, "Arrests"),
    ("AGREE", ""): (_STRATEGIC, "Agreement"),
    ("RETREAT", "ceasefire"): (_STRATEGIC, "Agreement"),
}
_SIGNED = "057"  # CAMEO: sign formal agreement
# PLOVER sector -> ACLED's code of an actor: 1 state forces, 2 rebels, 3 political militias, 6 protesters, 7 civilians
_INTER = {"GOV": 1, "MIL": 1, "COP": 1, "SPY": 1, "REB": 2, "PRM": 3, "UAF": 3, "CVL": 7, "REF": 7, "JRN": 7, "MED": 7}
_ARMED = (1, 2, 3)
_GEO = {Precision.SITE: 1, Precision.CITY: 1, Precision.ADMIN1: 3, Precision.REGION: 3, Precision.COUNTRY: 3}
_DISORDER = {
    _BATTLES: "Political violence",
    _REMOTE: "Political violence",
    _VIOLENCE: "Political violence",
    _PROTESTS: "Demonstrations",
    _RIOTS: "Demonstrations",
    _STRATEGIC: _STRATEGIC,
}


@dataclasses.dataclass(frozen=True, slots=True)
class Incident:
    """One row: an event with its ACLED types."""

    happening: Happening
    kind: str
    sub_kind: str

    def member(self, side: int, place: int = 0) -> Member | None:
        """A participant of side 1 or 2."""
        members = self.happening.two_sides[side - 1]
        return members[place] if len(members) > place else None


def _classed(happening: Happening) -> tuple[str, str] | None:
    act = happening.act
    if happening.cameo.startswith(_SIGNED):
        return _STRATEGIC, "Agreement"
    found = next((_TYPES[act.type, mode] for mode in act.modes if (act.type, mode) in _TYPES), None)
    found = found or _TYPES.get((act.type, ""))
    if found == (_VIOLENCE, "Attack"):
        sides = [[_INTER.get(one.party.sector, 0) for one in side] for side in happening.two_sides]
        if all(any(code in _ARMED for code in side) for side in sides):
            return _BATTLES, "Armed clash"
    return found


def _name(incident: Incident, side: int) -> str:
    member = incident.member(side)
    if member is None:
        return ""
    name, where = member.party.name, name_of(member.party.code)
    if member.party.kind is ActorKind.STATE:
        return f"Government of {name}"
    return f"{name} ({where})" if where and where != name else name


def _others(incident: Incident, side: int) -> list[str]:
    members = incident.happening.two_sides[side - 1]
    return [member.party.name for member in members[1:]]


def _inter(incident: Incident, side: int) -> int:
    member = incident.member(side)
    if member is None:
        return 0
    if incident.kind in (_PROTESTS, _RIOTS) and side == 1 and incident.happening.act.type == "PROTEST":
        return 6 if incident.kind == _PROTESTS else 5
    foreign = incident.happening.country not in ("", member.party.code) and member.party.code != "UNK"
    code = _INTER.get(member.party.sector, 8)
    return 8 if code == 1 and foreign else code


def _interaction(incident: Incident) -> int:
    return int("".join(str(code) for code in sorted((_inter(incident, 1), _inter(incident, 2)), key=lambda c: c or 9)))


def _time_precision(incident: Incident) -> int:
    days = incident.happening.doubt
    return 3 if days is None else 1 if not days else 2 if days < 7 else 3


def _notes(incident: Incident) -> str:
    happening = incident.happening
    mark = "" if happening.reviewed else "[UNREVIEWED machine coding] "
    quote = f" “{happening.quote}”" if happening.quote else ""
    return f"{mark}{happening.summary}.{quote}"


def _tags(incident: Incident) -> list[str]:
    event = incident.happening.event
    disputes = [f"{one.dispute.value}={one.party}" for one in event.standing.dispute]
    return [
        "reviewed" if incident.happening.reviewed else "unreviewed",
        f"course={event.standing.course.value}",
        *disputes,
    ]


def _killed(incident: Incident) -> float | None:
    figures = [
        one.best for one in incident.happening.act.quantities if one.measure == "killed" and one.best is not None
    ]
    return sum(figures) if figures else None


def _targets_civilians(incident: Incident) -> str:
    hit = incident.happening.act.type == "ASSAULT" and _inter(incident, 2) == 7
    return "Civilian targeting" if hit else ""


Row = Incident
COLUMNS: tuple[Column[Row], ...] = (
    Column(
        "event_id_cnty", "the event's id, text; it is never used again for another", lambda row: row.happening.event.id
    ),
    Column("event_date", "first day, ISO 8601", lambda row: row.happening.first),
    Column("year", "its year", lambda row: row.happening.first.year if row.happening.first else None),
    Column(
        "time_precision",
        "of the first day: 1 certain, 2 within a week, 3 wider; the interval itself is in `notes`",
        _time_precision,
    ),
    Column("disorder_type", "by event type", lambda row: _DISORDER[row.kind]),
    Column("event_type", "by PLOVER type and mode, table in `export/acled.py`", lambda row: row.kind),
    Column("sub_event_type", "the same", lambda row: row.sub_kind),
    Column("actor1", "first of the acting side; no direction is meant, as in ACLED", lambda row: _name(row, 1)),
    Column("assoc_actor_1", "the others of that side", lambda row: _others(row, 1)),
    Column(
        "inter1",
        "1 state, 2 rebels, 3 militia, 5 rioters, 6 protesters, 7 civilians, 8 other",
        lambda row: _inter(row, 1),
    ),
    Column("actor2", "first of the other side", lambda row: _name(row, 2)),
    Column("assoc_actor_2", "the others of that side", lambda row: _others(row, 2)),
    Column("inter2", "as inter1; 0 for nobody", lambda row: _inter(row, 2)),
    Column("interaction", "both in one number", _interaction),
    Column("civilian_targeting", "where civilians are attacked", _targets_civilians),
    Column("iso", "ISO 3166-1 numeric", lambda row: country(row.happening.country).numeric),
    Column("region", "empty: ACLED's regions are its own"),
    Column("country", "name", lambda row: name_of(row.happening.country)),
    Column("admin1", "first-order division, as our gazetteer writes it", lambda row: row.happening.province),
    Column("admin2", "empty: no second-order divisions are kept"),
    Column("admin3", "empty"),
    Column("location", "place", lambda row: row.happening.place_name),
    Column("latitude", "WGS 84", lambda row: row.happening.place.lat if row.happening.place else None),
    Column("longitude", "WGS 84", lambda row: row.happening.place.lon if row.happening.place else None),
    Column(
        "geo_precision",
        "1 a town or site, 3 wider",
        lambda row: _GEO.get(row.happening.place.precision) if row.happening.place else None,
    ),
    Column("source", "outlets, first published first", lambda row: list(row.happening.outlets)),
    Column("source_scale", "empty: the reach of an outlet is not known"),
    Column(
        "notes", "`[UNREVIEWED machine coding]` until a person has judged it, the event in codes, the clause", _notes
    ),
    Column("fatalities", "killed, best figures summed; empty where no figure is told: ACLED's 0 is a finding", _killed),
    Column("tags", "reviewed or unreviewed, course, disputes", _tags),
    Column("timestamp", "empty: no clock is in an export"),
)


def files(source: Source) -> tuple[File, ...]:
    """One table."""
    rows: list[Incident] = []
    left_out: Counter[str] = Counter()
    for happening in happenings(source):
        kinds = _classed(happening)
        if happening.status not in DONE:
            left_out["that did not happen or has yet to"] += 1
        elif kinds is None:
            left_out["of no ACLED type (meetings, demands, sanctions ...)"] += 1
        elif kinds[1] == "Agreement" and not happening.two_sides[1]:
            left_out["an agreement of one party alone"] += 1
        elif not happening.first:
            left_out["without a day"] += 1
        else:
            rows.append(Incident(happening, *kinds))
    return (File("events.csv", comma_separated(COLUMNS, rows), len(rows), left_out),)


FORMAT = Format(
    "ACLED: 31 columns, CSV; only what its types hold, unreviewed rows marked in notes and tags.",
    files,
    (part("", COLUMNS),),
    "ACLED has one diplomatic slot (Strategic developments, Agreement). Meetings, demands, threats and sanctions have "
    "no row. Lost: direction, voices apart from `notes`, ends of intervals apart from `notes`, all but killed of the "
    "figures. The types are ours to guess from PLOVER's: have a coder look before such rows are put beside ACLED's.",
)
