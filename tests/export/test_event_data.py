"""The formats of event data: pairs, codes, days, missing values, what is left out and why."""

import dataclasses
import datetime as dt
import re

import pytest

import example_record as example
import formats
from dragoman.export import gdelt, icews
from dragoman.export.codes import cameo_quad, country, goldstein
from dragoman.export.happenings import row_number
from dragoman.types import Act, Cell, Interval, Party, Place, Precision, Role, Status

LIND, KOR, PRK = formats.LIND, formats.NORLAND, formats.SANALAND
VISIT = formats.act("CONSULT", [(LIND, Role.VISITOR), (PRK, Role.HOST)], modes=("visit",))
TALKS = formats.act("CONSULT", [(KOR, Role.ACTOR), (PRK, Role.ACTOR), (formats.REBELS, Role.ACTOR)])
ATTACK = formats.act("ASSAULT", [(KOR, Role.ACTOR), (formats.REBELS, Role.RECIPIENT)], quantities=(formats.killed(3),))
UNDATED: Cell[Interval] = Cell(reason="no day is named")


def rows(form: str, *acts: Act) -> list[dict[str, str]]:
    """The rows of a format of tabs or commas."""
    text = formats.only(form, formats.record(*acts))
    return formats.commas(text) if form in ("acled", "ucdp") else formats.tabbed(text)


def left_out(form: str, *acts: Act) -> dict[str, int]:
    """What had no place in a format."""
    return dict(formats.FORMATS[form].files(formats.made(formats.record(*acts)))[0].left_out)


def test_a_visit_is_told_from_both_ends() -> None:
    """042 from the visitor's, 043 from the host's, as ICEWS has it; scores and names of the codes with them."""
    visit, host = rows("icews", VISIT)

    assert [visit["Source Name"], visit["CAMEO Code"], visit["Target Name"]] == ["Mara Lind", "042", "North Korea"]
    assert [host["Source Name"], host["CAMEO Code"], host["Target Name"]] == ["North Korea", "043", "Mara Lind"]
    assert [visit["Intensity"], host["Intensity"]] == ["1.9", "2.8"]
    assert [visit["Event Text"], host["Event Text"]] == ["Make a visit", "Host a visit"]
    assert visit["Event Date"] == "2018-06-04"
    assert (visit["City"], visit["Country"], visit["Source Country"]) == ("Pyongyang", "North Korea", "South Korea")


def test_a_meeting_of_three_is_six_rows_of_one_event() -> None:
    """Every pair both ways; the ids differ and all lead back to the event."""
    found = rows("icews", TALKS)
    numbers = [int(row["Event ID"]) for row in found]

    assert len(found) == 6
    assert len(set(numbers)) == 6
    assert {f"e{number // 4096:010x}" for number in numbers} == {formats.record(TALKS).events[0].id[:11]}
    assert max(numbers) < 2**53


def test_row_numbers_are_whole_numbers_of_any_id() -> None:
    """Ids of another make too, the same every time."""
    assert row_number("e975f14990d4f5f85", 1) == 0x975F14990D * 4096 + 1
    assert row_number("other", 0) == row_number("other", 0) < 2**52


@pytest.mark.parametrize(
    ("status", "code"),
    [(Status.HAPPENED, "042"), (Status.PLANNED, "036"), (Status.POSTPONED, "036"), (Status.CANCELLED, "125")],
)
def test_a_plan_is_an_intent_on_the_day_it_was_told(status: Status, code: str) -> None:
    """CAMEO has codes for announcing and calling off; their day is not that of the visit."""
    act = formats.act(
        "CONSULT", [(LIND, Role.VISITOR), (PRK, Role.HOST)], modes=("visit",), status=formats.status(status)
    )
    first = rows("icews", act)[0]

    assert first["CAMEO Code"] == code
    assert first["Event Date"] == ("2018-06-04" if status is Status.HAPPENED else "2018-06-05")


@pytest.mark.parametrize("form", ["icews", "gdelt", "acled", "ucdp"])
def test_what_has_no_day_has_no_row(form: str) -> None:
    """No publication day is put in its place."""
    act = formats.act(
        "ASSAULT", [(KOR, Role.ACTOR), (PRK, Role.RECIPIENT)], date=UNDATED, quantities=(formats.killed(1),)
    )

    assert left_out(form, act) == {"without a day": 1}


@pytest.mark.parametrize("status", [Status.DENIED, Status.CALLED_FOR, Status.HYPOTHETICAL])
def test_what_is_only_called_for_supposed_or_denied_has_no_row(status: Status) -> None:
    """In no format of event data: four rows in five of a feed need not be real events."""
    act = formats.act("ASSAULT", [(KOR, Role.ACTOR), (PRK, Role.RECIPIENT)], status=formats.status(status))

    for form in ("icews", "gdelt", "polecat", "acled", "ucdp"):
        files = formats.FORMATS[form].files(formats.made(formats.record(act)))
        assert [0] * len(files) == [file.rows for file in files]
        assert sum(files[0].left_out.values()) == 1


def test_gdelt_has_two_tables_that_join() -> None:
    """Every mention names a row of the events, every event has as many mentions as it says."""
    found = formats.content("gdelt", formats.record(VISIT, ATTACK))
    events, mentions = (
        [line.split("\t") for line in found[name].splitlines()] for name in (gdelt.EVENTS, gdelt.MENTIONS)
    )
    named = [line[0] for line in mentions]

    assert {len(line) for line in events} == {61}
    assert {len(line) for line in mentions} == {16}
    assert {line[0]: int(line[31]) for line in events} == {key: named.count(key) for key in named}
    assert [line[26:30] for line in events] == [
        ["042", "042", "04", "1"],
        ["043", "043", "04", "1"],
        ["190", "190", "19", "4"],
    ]


def test_gdelt_writes_days_codes_and_places_its_own_way() -> None:
    """SQLDATE, FractionDate as its codebook has it, CAMEO actors, FIPS countries, offsets into the text."""
    found = formats.content("gdelt", formats.record(VISIT))
    event = dict(
        zip((c.name for c in gdelt.EVENT_COLUMNS), found[gdelt.EVENTS].split("\n")[0].split("\t"), strict=True)
    )
    mention = dict(
        zip((c.name for c in gdelt.MENTION_COLUMNS), found[gdelt.MENTIONS].split("\n")[0].split("\t"), strict=True)
    )

    assert [event[name] for name in ("SQLDATE", "MonthYear", "Year")] == ["20180604", "201806", "2018"]
    assert event["FractionDate"] == f"{2018 + (6 * 30 + 4) / 365:.4f}"
    assert [event[f"Actor1{name}"] for name in ("Code", "Name", "CountryCode", "Type1Code")] == [
        "KORGOV",
        "MARA LIND",
        "KOR",
        "GOV",
    ]
    assert [event[f"ActionGeo_{name}"] for name in ("Type", "CountryCode", "Lat")] == ["4", "KN", "39.03"]
    assert event["Actor1Geo_Type"] == "0"
    assert event["AvgTone"] == mention["SentenceID"] == mention["MentionDocTone"] == ""
    assert example.FIRST[int(mention["ActionCharOffset"]) :].startswith("Envoy Mara Lind")
    assert (mention["MentionType"], mention["MentionIdentifier"]) == ("2", "daily-1")


def test_gdelt_has_a_row_for_one_party_alone() -> None:
    """With an empty second actor, where ICEWS has none."""
    act = formats.act("SUPPORT", [(KOR, Role.ACTOR)])
    (line,) = formats.content("gdelt", formats.record(act))[gdelt.EVENTS].splitlines()

    assert line.split("\t")[15:25] == [""] * 10
    assert left_out("icews", act) == {"without two parties": 1}


def test_polecat_joins_a_side_and_marks_what_is_missing() -> None:
    """One row an event, lists in step, None for nothing, quad class in words."""
    (row,) = rows("polecat", TALKS)

    assert row["Actor Name"] == "South Korea; North Korea; Hill Army"
    assert row["Actor Country"] == "South Korea; North Korea; North Korea"
    assert row["Actor COW"] == "732; 731; 731"
    assert row["Primary Actor Sector"] == "GOV"
    assert row["Actor Sectors"] == "GOV; REB"
    assert (row["Recipient Name"], row["Event Mode"], row["Wikipedia Actor ID"]) == ("None", "None", "None")
    assert (row["Quad Code"], row["Intensity"], row["GeoNames ID"]) == ("VERBAL COOPERATION", "2.5", "1871859")
    assert "" not in row.values()


def test_the_earliest_report_is_the_one_published_first() -> None:
    """Whatever its document is called; undated ones come last."""
    record = formats.record(VISIT)
    days = {"daily-1": None, "gazette-1": dt.date(2018, 6, 6)}
    reports = [dataclasses.replace(one, published=days.get(one.document, one.published)) for one in record.reports]
    (row,) = formats.tabbed(formats.only("polecat", dataclasses.replace(record, reports=tuple(reports))))

    assert (row["Source"], row["Publication Date"]) == ("Gazette", "2018-06-06")


def test_polecat_leaves_a_day_that_is_not_known_to_none() -> None:
    """Its day is its own, not the report's."""
    (row,) = rows("polecat", formats.act("SUPPORT", [(KOR, Role.ACTOR)], date=UNDATED))

    assert (row["Event Date"], row["Publication Date"]) == ("None", "2018-06-05")


@pytest.mark.parametrize(
    ("kind", "modes", "sides", "expected"),
    [
        ("ASSAULT", ("drone",), (KOR, PRK), ("Explosions/Remote violence", "Air/drone strike")),
        ("ASSAULT", (), (KOR, formats.REBELS), ("Battles", "Armed clash")),
        ("ASSAULT", ("firearms",), (KOR, formats.VILLAGERS), ("Violence against civilians", "Attack")),
        ("PROTEST", ("demo",), (formats.VILLAGERS, KOR), ("Protests", "Peaceful protest")),
        ("PROTEST", ("riot",), (formats.VILLAGERS, KOR), ("Riots", "Violent demonstration")),
        ("AGREE", (), (KOR, formats.REBELS), ("Strategic developments", "Agreement")),
        ("COERCE", ("arrest",), (KOR, formats.VILLAGERS), ("Strategic developments", "Arrests")),
    ],
)
def test_acled_types(kind: str, modes: tuple[str, ...], sides: tuple[Party, ...], expected: tuple[str, str]) -> None:
    """By PLOVER type and mode; an attack of armed on armed is a battle."""
    act = formats.act(kind, [(sides[0], Role.ACTOR), (sides[1], Role.RECIPIENT)], modes=modes)
    (row,) = rows("acled", act)

    assert (row["event_type"], row["sub_event_type"]) == expected


def test_acled_cells() -> None:
    """Codes of actors, precision of days, no invented zero, sources joined."""
    week = formats.window(dt.date(2018, 6, 4), dt.date(2018, 6, 10))
    (row,) = rows("acled", formats.act("ASSAULT", [(KOR, Role.ACTOR), (formats.VILLAGERS, Role.RECIPIENT)], date=week))

    assert (row["inter1"], row["inter2"], row["interaction"]) == ("8", "7", "78")  # a foreign state is "other"
    assert (row["time_precision"], row["geo_precision"], row["fatalities"]) == ("2", "1", "")
    assert (row["iso"], row["country"], row["source"]) == ("408", "North Korea", "Daily; Gazette")
    assert row["civilian_targeting"] == "Civilian targeting"
    assert left_out("acled", VISIT) == {"of no ACLED type (meetings, demands, sanctions ...)": 1}


def test_ucdp_has_only_what_was_deadly() -> None:
    """Deaths by side where told, the rest unknown; ids stay empty; the grid cell is PRIO's."""
    act = formats.act(
        "ASSAULT",
        [(KOR, Role.ACTOR), (formats.REBELS, Role.RECIPIENT)],
        quantities=(formats.killed(2, "reb"), formats.killed(5, low=4, high=9)),
    )
    (row,) = rows("ucdp", act)

    assert (row["deaths_a"], row["deaths_b"], row["deaths_unknown"]) == ("", "2", "5")
    assert (row["best"], row["low"], row["high"]) == ("7", "6", "11")
    assert (row["type_of_violence"], row["gwnoa"], row["gwnob"]) == ("1", "732", "")
    assert (row["id"], row["conflict_new_id"], row["relid"]) == ("", "", formats.record(act).events[0].id)
    assert (row["date_prec"], row["where_prec"], row["country_id"]) == ("1", "1", "731")
    assert row["priogrid_gid"] == str(258 * 720 + 611 + 1)
    assert row["geom_wkt"] == "POINT (125.75 39.03)"
    assert left_out("ucdp", VISIT) == {"without a death that happened": 1}


def test_the_dead_are_of_the_same_side_without_texts() -> None:
    """Figures stay as they are, and so do the names of parties whose they are; other words go."""
    act = formats.act(
        "ASSAULT",
        [(KOR, Role.ACTOR), (formats.REBELS, Role.RECIPIENT)],
        quantities=(formats.killed(2, "Hill Army"), formats.killed(1, "men at the ford")),
    )
    (row,) = formats.commas(formats.only("ucdp", formats.record(act), text_free=True))

    assert (row["deaths_a"], row["deaths_b"], row["deaths_unknown"]) == ("", "2", "1")
    assert "men at the ford" not in formats.only("plover", formats.record(act), text_free=True)


def test_trips_are_of_people_to_other_countries() -> None:
    """A minister abroad; not at home, not a state, not a plan."""
    home = Cell(Place("Seoul", "KOR", precision=Precision.CITY), reason="a test")
    at_home = formats.act("CONSULT", [(LIND, Role.VISITOR), (KOR, Role.HOST)], modes=("visit",), place=home)
    state = formats.act("CONSULT", [(KOR, Role.VISITOR), (PRK, Role.HOST)], modes=("visit",))
    plan = formats.act("CONSULT", [(LIND, Role.VISITOR), (PRK, Role.HOST)], status=formats.status(Status.PLANNED))
    (row,) = rows("travels", VISIT, at_home, state, plan)

    assert (row["Name"], row["Role"], row["Country ID"], row["Locale"]) == (
        "Mara Lind",
        "foreign minister",
        "PRK",
        "Pyongyang",
    )
    assert (row["Start date"], row["End date"]) == ("2018-06-04", "2018-06-04")
    assert sum(left_out("travels", VISIT, at_home, state, plan).values()) == 3


@pytest.mark.parametrize(
    ("code", "quad"),
    [("042", 1), ("057", 1), ("061", 2), ("087", 2), ("094", 3), ("141", 3), ("150", 4), ("203", 4), ("", None)],
)
def test_gdelts_quad_classes(code: str, quad: int | None) -> None:
    """By the root; protest (14) is verbal conflict there, material in PLOVER."""
    assert cameo_quad(code) == quad


def test_every_cameo_code_has_its_score_or_that_of_the_code_above() -> None:
    """CAMEO 1.1b3 has codes that the published scale lacks."""
    scores = {code: goldstein(code) for code in formats.BOOK.cameo}

    assert [code for code, score in scores.items() if score is None] == []
    assert all(-10 <= score <= 10 for score in scores.values() if score is not None)
    assert (scores["042"], scores["190"], scores["057"]) == (1.9, -10.0, 8.0)


def test_codes_of_countries() -> None:
    """Names, ISO, FIPS, Correlates of War and Gleditsch-Ward, which differ; of what is no country nothing."""
    assert country("DEU").name == "Germany"
    assert (country("DEU").fips, country("DEU").numeric, country("DEU").cow, country("DEU").gw) == (
        "GM",
        "276",
        "255",
        "260",
    )
    assert country("UNO") == country("") == type(country("DEU"))()


def test_icews_names_every_party_by_a_country_or_a_code() -> None:
    """Bodies of no state have their PLOVER code, nobody "UNK"."""
    dyads, _ = icews.dyads(formats.made(example.RECORD))

    assert dyads
    assert not any(re.search(r"\bUNK\b", line) for line in formats.only("icews", example.RECORD).splitlines())


def test_doubt_about_a_day_is_not_how_long_it_took() -> None:
    """Two certain days are precise, some one day of a week is not, an open end leaves the first day known."""
    monday, sunday = dt.date(2018, 6, 4), dt.date(2018, 6, 10)
    long = Cell(Interval(monday, monday, sunday, sunday), reason="a test")
    since = Cell(Interval(monday, monday, None, None), reason="a test")
    sides = [(KOR, Role.ACTOR), (formats.REBELS, Role.RECIPIENT)]
    for date, time, day in ((long, "1", "1"), (formats.window(monday, sunday), "2", "3"), (since, "1", "1")):
        act = formats.act("ASSAULT", sides, date=date, quantities=(formats.killed(1),))
        (incident,), (deaths,) = rows("acled", act), rows("ucdp", act)

        assert (incident["time_precision"], deaths["date_prec"]) == (time, day)
        assert incident["event_date"] == deaths["date_start"] == "2018-06-04"


def test_a_last_day_alone_is_no_first_day() -> None:
    """The words "by 10 June" say when it had happened, not when it did."""
    by = Cell(Interval(None, None, None, dt.date(2018, 6, 10)), reason="a test")
    act = formats.act("ASSAULT", [(KOR, Role.ACTOR), (PRK, Role.RECIPIENT)], date=by)

    assert left_out("icews", act) == {"without a day": 1}


def test_a_trip_within_a_week_says_that_its_days_are_bounds() -> None:
    """A traveller was there some day of the week, not all of it."""
    week = formats.window(dt.date(2018, 6, 4), dt.date(2018, 6, 10))
    sides = [(LIND, Role.VISITOR), (PRK, Role.HOST)]
    vague, certain = rows("travels", formats.act("CONSULT", sides, date=week)) + rows("travels", VISIT)

    assert "Some time within these days: [2018-06-04..2018-06-10]." in vague["Remarks"]
    assert "within" not in certain["Remarks"]
