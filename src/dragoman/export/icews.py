"""The export ``icews``: the 20 columns of ICEWS, a row for every pair of parties, tabs, with a header."""

import dataclasses
from collections import Counter

from dragoman.export.codes import goldstein, name_of
from dragoman.export.forms import Column, File, Format, Source, part, tab_separated
from dragoman.export.happenings import Happening, Member, happenings, row_number
from dragoman.types import ActorKind, Party, Precision, Role

NOBODY = Member(Party("", "", ActorKind.GROUP, ""), "", Role.RECIPIENT)


@dataclasses.dataclass(frozen=True, slots=True)
class Dyad:
    """One row: who to whom in an event, with the code as seen from that end."""

    happening: Happening
    number: int
    left: Member
    right: Member
    cameo: str


def dyads(source: Source, *, alone: bool = False) -> tuple[list[Dyad], Counter[str]]:
    """The rows of an export by pairs, in order of event; and how many events have none, by reason.

    With ``alone``, an event of one party has a row with :data:`NOBODY` as the other.
    """
    rows: list[Dyad] = []
    left_out: Counter[str] = Counter()
    for happening in happenings(source):
        pairs = list(happening.pairs())
        if alone and not pairs and happening.actors:
            pairs = [(happening.actors[0], NOBODY, False)]
        reason = _no_row(happening, bool(pairs))
        if reason:
            left_out[reason] += 1
            continue
        turn = source.book.hosting
        rows += [
            Dyad(happening, n, a, b, turn.get(happening.cameo, happening.cameo) if turned else happening.cameo)
            for n, (a, b, turned) in enumerate(pairs)
        ]
    return rows, left_out


def _no_row(happening: Happening, pairs: bool) -> str:
    if not happening.cameo:
        return "without a CAMEO code (called for, supposed, denied, most that is planned or called off)"
    if not happening.speech_day:
        return "without a day"
    return "" if pairs else "without two parties"


def _label(row: Dyad) -> str:
    rule = row.happening.source.book.cameo.get(row.cameo)
    return rule.label if rule else ""


def _country(member: Member) -> str:
    return name_of(member.party.code)


COLUMNS: tuple[Column[Dyad], ...] = (
    Column(
        "Event ID",
        "a number; in hexadecimal and without its last three digits it is how our id goes on after `e`",
        lambda row: row_number(row.happening.event.id, row.number),
    ),
    Column(
        "Event Date",
        "first day; of what is announced or called off, the day it was first reported",
        lambda row: row.happening.speech_day,
    ),
    Column("Source Name", "name of the acting party", lambda row: row.left.party.name),
    Column("Source Sectors", "its PLOVER sector", lambda row: row.left.party.sector.replace("UNK", "")),
    Column("Source Country", "its country by name", lambda row: _country(row.left)),
    Column(
        "Event Text",
        "the name of the CAMEO code",
        _label,
    ),
    Column("CAMEO Code", "text, with its leading zero; the host's side of a visit is 043", lambda row: row.cameo),
    Column("Intensity", "Goldstein score of the code", lambda row: goldstein(row.cameo)),
    Column("Target Name", "name of the other party", lambda row: row.right.party.name),
    Column("Target Sectors", "its PLOVER sector", lambda row: row.right.party.sector.replace("UNK", "")),
    Column("Target Country", "its country by name", lambda row: _country(row.right)),
    Column(
        "Story ID",
        "document of the earliest report",
        lambda row: row.happening.reports[0].document if row.happening.reports else "",
    ),
    Column("Sentence Number", "empty: a record keeps offsets, not the number of a sentence"),
    Column("Publisher", "outlet of the earliest report", lambda row: next(iter(row.happening.outlets), "")),
    Column("City", "place, where it is a city", lambda row: row.happening.named(Precision.CITY)),
    Column("District", "empty: no second-order divisions are kept"),
    Column("Province", "first-order division, as our gazetteer writes it", lambda row: row.happening.province),
    Column("Country", "country of the place by name", lambda row: name_of(row.happening.country)),
    Column("Latitude", "WGS 84", lambda row: row.happening.place.lat if row.happening.place else None),
    Column("Longitude", "WGS 84", lambda row: row.happening.place.lon if row.happening.place else None),
)


def files(source: Source) -> tuple[File, ...]:
    """One table; an empty cell is a missing value."""
    rows, left_out = dyads(source)
    return (File("events.tab", tab_separated(COLUMNS, rows), len(rows), left_out),)


FORMAT = Format(
    "ICEWS: 20 columns with a header, tabs, a row for every pair of parties.",
    files,
    (part("", COLUMNS),),
    "Meetings are two rows for each pair, as in ICEWS; count events by the id divided by 4096, rounded down. "
    "Accounts are one, of the earliest report. Of an act within a week or month the first day stands, and nothing"
    " says that it is not certain (see `csv`). Lost: voices, standing, ends of intervals, the basis of days, "
    "roles other than the two sides. Acts only called for, supposed or denied have no CAMEO code and no row; a "
    "meeting to come is 036, one called off 125, both on the day they were told.",
)
