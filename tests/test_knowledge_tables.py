"""The built tables are whole: every key, code, office and date in them is one that the others know."""

import csv
import datetime as dt
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from dragoman.codebook import load as load_codebook
from dragoman.knowledge import Knowledge, load

ROOT = Path(__file__).resolve().parent.parent
COLLECTIVE = {"UNO", "EUR", "IGO", "NGO", "IMG", "MNC"}  # PLOVER's codes of actors that are no state's


@pytest.fixture(scope="module")
def known() -> Knowledge:
    """The built-in tables."""
    return load()


@pytest.fixture(scope="module")
def states(known: Knowledge) -> set[str]:
    """The codes of states and territories."""
    return {key for key in known._actors if re.fullmatch("[A-Z]{3}", key)}


def test_every_actor_has_a_known_code_and_sector(known: Knowledge, states: set[str]) -> None:
    """Codes are ISO 3166-1 alpha-3 (and KOS) or PLOVER's; sectors are PLOVER's."""
    sectors = set(load_codebook().sectors)
    wrong = [
        key
        for key in known._actors
        if known.actor(key).code not in states | COLLECTIVE or known.actor(key).sector not in sectors
    ]

    assert [] == wrong


def test_every_tenure_names_a_known_office_principal_and_order_of_days(known: Knowledge, states: set[str]) -> None:
    """A tenure's title and principal are in the tables and it does not end before it begins."""
    wrong = [
        (key, tenure)
        for key in known._actors
        for tenure in known.actor(key).tenures
        if (tenure.title and tenure.title not in known._titles)
        or tenure.of not in states | COLLECTIVE | set(known._actors)
        or not tenure.sector
        or (tenure.until or dt.date.max) < (tenure.since or dt.date.min)
    ]

    assert [] == wrong


def test_every_meaning_leads_to_a_table(known: Knowledge) -> None:
    """No surface form, folded name or outlet domain leads to a key that is not there; weights are 0 to 100."""
    tables = {"actor": known._actors, "demonym": known._actors, "place": known._places, "title": known._titles}
    meanings = [row for table in (known._exact, known._any) for rows in table.values() for row in rows]
    people = [row for rows in known._names.values() for row in rows]

    assert [] == [row for row in meanings if row[1] not in tables[row[0]] or not 0 <= row[2] <= 100]
    assert [] == [row for row in people if row[0] not in known._actors or not 0 <= row[1] <= 100]
    assert set(known._outlets.values()) <= set(known._actors)


def test_every_place_lies_on_earth_in_a_known_country(known: Knowledge, states: set[str]) -> None:
    """Coordinates are WGS 84 degrees; the country is a known code or empty."""
    wrong = [
        place
        for place in map(known.place, known._places)
        if (place.lat is not None and not -90 <= place.lat <= 90)
        or (place.lon is not None and not -180 <= place.lon <= 180)
        or (place.country and len(place.country) != 3)
        or (place.precision == "country" and place.country not in states)
    ]

    assert [] == wrong


def test_titles_lead_to_titles(known: Knowledge) -> None:
    """The body and the singular of a title are titles; sectors are PLOVER's and kinds the four documented ones."""
    sectors = set(load_codebook().sectors) | set(load_codebook().nonstate)
    titles = [known.title(key) for key in known._titles]

    assert [] == [title for title in titles if title.kind not in ("office", "role", "body", "group")]
    assert [] == [title for title in titles if title.sector not in sectors]
    assert [] == [title for title in titles if {title.body_of, title.singular} - {""} - set(known._titles)]


def test_forms_hold_no_curly_apostrophe_and_no_double_space(known: Knowledge) -> None:
    """Forms are stored as they are looked up."""
    assert [] == [form for form in (*known._exact, *known._any) if re.search(r"[’‘]|\s\s|^\s|\s$", form)]


@pytest.mark.parametrize(
    ("text", "last", "expected"),
    [
        ("2021", False, "2021-01-01"),
        ("2021", True, "2021-12-31"),
        ("2024-02", True, "2024-02-29"),
        ("2024-12", True, "2024-12-31"),
        ("2024-02-03", True, "2024-02-03"),
        ("", True, ""),
    ],
)
def test_a_month_or_year_in_a_table_covers_all_its_days(text: str, last: bool, expected: str) -> None:
    """A tenure known to the month begins on its first and ends on its last day."""
    day = build()["day"]

    assert expected == day(text, last)


def build() -> dict[str, Any]:
    """The names of the build script."""
    return runpy.run_path(str(ROOT / "scripts" / "build_knowledge.py"))


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2020-01-01", "", "2021-03-31"),  # on the predecessor's last day: a successor all the same, until the next
        ("2020-01-01", "2020-12-31", "2020-12-31"),
        ("2015-01-01", "2019-12-31", None),  # all of it somebody else's
        ("2014-11-01", "2019-12-31", None),  # the same under another spelling, from an earlier day
        ("2014-01-01", "2019-12-31", "2015-01-01"),  # a predecessor whose end the source has missed
        ("2014-01-01", "2014-12-31", "2014-12-31"),
    ],
)
def test_an_imported_spell_is_lost_only_where_most_of_it_is_of_others(
    since: str, until: str, expected: str | None
) -> None:
    """The hand table has a holder to 2020-01-01 and another from 2021-03-31 on."""
    base = {"name": "A", "of": "UTO", "code": "UTO", "title": "prime_minister"}
    hand = [base | {"since": "2015-01-01", "until": "2020-01"}, base | {"since": "2021-03-31", "until": ""}]
    left = build()["left_by"](hand, base | {"name": "B", "since": since, "until": until}, "B")

    assert expected == (left and left["until"])


def test_what_is_struck_is_in_no_table_of_leaders() -> None:
    """The import leaves out what the hand table of wrong rows lists, and that names real offices."""
    built = build()
    struck = {(row["name"], row["code"], row["title"], row["since"]) for row in built["table"]("actors/struck.csv")}
    leaders = built["table"]("actors/leaders.csv")
    held = {(r["name"], r["code"], r["title"], since) for r in leaders for since in (r["since"], "")}

    assert set() == struck & held
    assert all(row["why"] for row in built["table"]("actors/struck.csv"))


def test_states_whose_factbook_file_has_no_name_are_not_taken_for_the_first_of_the_table(known: Knowledge) -> None:
    """The rows of Micronesia, the Emirates and the Central African Republic once were Andorra's."""
    day = dt.date(2024, 1, 1)
    held = {code: [a.name for a in known.holders("president", code, day)] for code in ("AND", "FSM", "CAF", "ARE")}

    assert {
        "AND": [],
        "FSM": ["Wesley Simina"],
        "CAF": ["Faustin-Archange Touadera"],
        "ARE": ["Mohamed bin Zayed"],
    } == held


@pytest.mark.parametrize(
    ("title", "code", "on", "names"),
    [
        ("prime_minister", "COD", "2023-01-01", ["Jean-Michel Sama Lukonde"]),
        ("prime_minister", "COG", "2023-01-01", ["Anatole Collinet Makosso"]),
        ("prime_minister", "NLD", "2014-01-01", ["Mark Rutte"]),
        ("deputy_prime_minister", "NLD", "2014-01-01", ["Lodewijk Asscher"]),
        ("president", "KGZ", "2025-03-01", ["Sadyr Japarov"]),
        ("president", "LKA", "2016-01-01", ["Maithripala Sirisena"]),
        ("chancellor", "AUT", "2017-01-01", ["Christian Kern"]),
    ],
)
def test_who_held_an_office_by_the_imported_tables(
    known: Knowledge, title: str, code: str, on: str, names: list[str]
) -> None:
    """States mixed up, deputies taken for heads, successors lost: once wrong, now right."""
    assert names == [actor.name for actor in known.holders(title, code, dt.date.fromisoformat(on))]


def test_the_factbooks_capitals_mark_the_family_name() -> None:
    """Family names in capitals, in Western, Spanish and East Asian order, become names as news writes them."""
    tidy = runpy.run_path(str(ROOT / "scripts" / "import_leaders.py"))["tidy"]

    assert ("Emmanuel Macron", "Macron") == tidy("Emmanuel MACRON")[:2]
    assert ("Xi Jinping", "Xi") == tidy("XI Jinping")[:2]
    assert ("Gustavo Petro", "Petro") == tidy("Gustavo Francisco PETRO Urrego")[:2]
    assert ("Vladimir Putin", "Putin") == tidy("Vladimir Vladimirovich PUTIN")[:2]
    assert ("", "") == tidy("for Defense Affairs Khalid bin Muhammad al-ATTIYAH")[:2]


@pytest.mark.parametrize("stem", ["bodies", "outlets"])
def test_no_key_stands_in_two_parts_of_a_table(stem: str) -> None:
    """A second row of a key would replace the first unseen."""
    folder = ROOT / "resources" / "actors"
    keys = []
    for path in (folder / f"{stem}.csv", *sorted(folder.glob(f"{stem}_*.csv"))):
        with path.open(encoding="utf-8", newline="") as file:
            keys += [row["key"] for row in csv.DictReader(file)]

    assert len(keys) > 1_000
    assert len(set(keys)) == len(keys)
