"""The export ``polecat``: the 40 columns of POLECAT, a row for every event that PLOVER codes, tabs, with a header."""

from collections import Counter
from collections.abc import Callable, Iterable

from dragoman.export.codes import QUADS, country, name_of
from dragoman.export.forms import Column, File, Format, Source, part, tab_separated
from dragoman.export.happenings import Happening, Member, happenings
from dragoman.types import Act, ActorKind, Precision

Row = Happening
_ORGANISATIONS = (ActorKind.BODY, ActorKind.GROUP)


def _each(members: Iterable[Member], of: Callable[[Member], str]) -> list[str]:
    """A value of each member, in their order; "None" where one has none, so that lists stay in step."""
    found = [of(member) or "None" for member in members]
    return found if any(value != "None" for value in found) else []


def _once(members: Iterable[Member], of: Callable[[Member], str]) -> list[str]:
    return list(dict.fromkeys(value for member in members if (value := of(member)) not in ("", "UNK")))


def _party(name: str, of: Callable[[Row], tuple[Member, ...]]) -> list[Column[Row]]:
    """The eight columns of a side."""

    def cow(member: Member) -> str:
        return country(member.party.code).cow

    return [
        Column(f"{name} Name", "names of the side, joined", lambda row: _each(of(row), lambda one: one.party.name)),
        Column(f"{name} Country", "countries by name", lambda row: _each(of(row), lambda one: name_of(one.party.code))),
        Column(f"{name} COW", "their Correlates of War numbers", lambda row: _each(of(row), cow)),
        Column(
            f"Primary {name} Sector",
            "PLOVER sector of the first",
            lambda row: _once(of(row)[:1], lambda one: one.party.sector),
        ),
        Column(f"{name} Sectors", "sectors, each once", lambda row: _once(of(row), lambda one: one.party.sector)),
        Column(
            f"{name} Title",
            "offices on the day",
            lambda row: _each(of(row), lambda one: one.party.title.replace("_", " ")),
        ),
        Column(f"{name} Name Raw", "words of the text", lambda row: _each(of(row), lambda one: one.words)),
        Column(f"Wikipedia {name} ID", "None: our ids are not Wikipedia's"),
    ]


def _score(row: Row) -> float:
    kind, modes, _ = row.plover
    return row.source.book.score(kind, modes)


def _acts(row: Row) -> list[Act]:
    """All acts that the earliest report tells."""
    claims = row.source.claims_in.get(row.reports[0].text, ()) if row.reports else ()
    return [claim.content for claim in claims if isinstance(claim.content, Act)]


def _story(row: Row, kinds: tuple[ActorKind, ...]) -> list[str]:
    """The names of these kinds among the participants of those acts."""
    parties = (one.party.value for act in _acts(row) for one in act.participations)
    return sorted({party.name for party in parties if party and party.kind in kinds})


def _places(row: Row) -> list[str]:
    return sorted({act.place.value.name for act in _acts(row) if act.place.value})


COLUMNS: tuple[Column[Row], ...] = (
    Column("Event ID", "the event's id, text", lambda row: row.event.id),
    Column(
        "Event Date",
        "first day; of what PLOVER's rules turn into AGREE, CONCEDE or REJECT, the day it was first reported",
        lambda row: row.speech_day,
    ),
    Column("Event Type", "PLOVER type after PLOVER's own rules: a meeting to come is AGREE", lambda row: row.plover[0]),
    Column("Event Mode", "modes", lambda row: list(row.plover[1])),
    Column("Intensity", "PLOVER score 2.0", _score),
    Column("Quad Code", "in words, as POLECAT has it", lambda row: QUADS[row.source.book.types[row.plover[0]].quad]),
    Column("Contexts", "PLOVER contexts", lambda row: list(row.act.contexts)),
    *_party("Actor", lambda row: row.actors),
    *_party("Recipient", lambda row: row.recipients),
    Column("Placename", "name of the place", lambda row: row.place_name),
    Column("City", "where it is a city", lambda row: row.named(Precision.CITY)),
    Column("District", "None: no second-order divisions are kept"),
    Column("Province", "first-order division, as our gazetteer writes it", lambda row: row.province),
    Column("Country", "country by name", lambda row: name_of(row.country)),
    Column("Latitude", "WGS 84", lambda row: row.place.lat if row.place else None),
    Column("Longitude", "WGS 84", lambda row: row.place.lon if row.place else None),
    Column("GeoNames ID", "id", lambda row: row.place.geonameid if row.place else None),
    Column("Raw Placename", "words of the text", lambda row: row.source.look.words(row.act.place.span)),
    Column("Feature Type", "None: GeoNames' classes are not kept"),
    Column("Source", "outlet of the earliest report", lambda row: next(iter(row.outlets), "")),
    Column("Publication Date", "its day", lambda row: row.told),
    Column("Story People", "people who take part in acts of that report", lambda row: _story(row, (ActorKind.PERSON,))),
    Column("Story Organizations", "bodies and groups that do", lambda row: _story(row, _ORGANISATIONS)),
    Column("Story Locations", "places of its acts", _places),
    Column("Language", "ISO 639-1 of the report", lambda row: row.reports[0].language if row.reports else ""),
    Column(
        "Version", "program and version", lambda row: f"dragoman {row.source.run.version}" if row.source.run else ""
    ),
)


def files(source: Source) -> tuple[File, ...]:
    """One table; a missing value is "None", several are joined by "; "."""
    left_out: Counter[str] = Counter()
    rows: list[Row] = []
    for row in happenings(source):
        kind, _, auxiliary = row.plover
        if auxiliary or kind not in source.book.types:
            left_out["that PLOVER does not code (called for, supposed, denied, called off, hostile and to come)"] += 1
        else:
            rows.append(row)
    return (File("events.txt", tab_separated(COLUMNS, rows, "None"), len(rows), left_out),)


FORMAT = Format(
    "POLECAT: 40 columns with a header, tabs, None for what is missing, a row for every event.",
    files,
    (part("", COLUMNS),),
    "Several values are joined by `; `. Names, countries, numbers, titles and words of a side are in step: the "
    "second country is the second name's. Accounts are one, of the earliest report. An event without a day has "
    "None for it: no publication day is put there. Of an act within a week or month the first day stands, and "
    "nothing says that it is not certain (see `csv`). Lost: voices, standing, ends of intervals, the basis of "
    "days, roles other than the two sides, acts that PLOVER does not code.",
)
