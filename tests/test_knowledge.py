"""The look-ups over actors, offices, titles, places and outlets, on public facts."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from dragoman import knowledge as module
from dragoman.knowledge import Entry, Knowledge, KnowledgeError, fold, load
from dragoman.types import ActorKind, Precision

with (Path(__file__).parent / "cases" / "actors.csv").open(encoding="utf-8", newline="") as lines:
    CASES = list(csv.DictReader(lines))


def day(text: str) -> dt.date | None:
    """ISO day or None."""
    return dt.date.fromisoformat(text) if text else None


@pytest.fixture(scope="module")
def known() -> Knowledge:
    """The built-in tables."""
    return load()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['surface']}@{case['on']}")
def test_the_weightiest_meaning_of_a_form_is_the_expected_one(known: Knowledge, case: dict[str, str]) -> None:
    """A surface form finds its actor, title or place, and the actor has the code, sector and office of the day."""
    first = next(entry for entry in known.entries(case["surface"]) if entry.kind == case["kind"])

    assert case["key"] == first.key
    if case["kind"] == "title":
        assert case["sector"] == known.title(first.key).sector
    elif case["kind"] == "place":
        place = known.place(first.key)
        assert (case["name"], case["code"]) == (place.name, place.country)
    else:
        party = known.party(first.key, day(case["on"]))
        expected = (case["name"], case["code"], case["sector"], case["title"])
        assert expected == (party.name, party.code, party.sector, party.title)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['surface']}@{case['on']}")
def test_the_scanner_never_rejects_the_first_token_of_a_form(known: Knowledge, case: dict[str, str]) -> None:
    """Every form with a meaning starts with a token that ``starts`` lets pass and is no longer than ``longest``."""
    tokens = case["surface"].split()

    assert known.starts(tokens[0])
    assert len(tokens) <= known.longest


@pytest.mark.parametrize("form", ["us", "who", "may", "march", "polish", "china", "rice", "it", "turkey", ""])
def test_small_letters_name_nobody(known: Knowledge, form: str) -> None:
    """A common word in small letters is no country, body, person or place."""
    assert [] == [entry for entry in known.entries(form) if entry.kind != "title"]


@pytest.mark.parametrize("form", ["Reading", "Nice", "Mobile", "Bath", "Of", "Man", "Orange", "Independence"])
def test_a_small_town_named_like_a_word_is_left_out(known: Knowledge, form: str) -> None:
    """A town whose name is a common word is no place unless it has a million inhabitants."""
    assert [] == [entry for entry in known.entries(form) if entry.kind == "place"]


def test_a_family_name_that_is_a_word_or_a_month_needs_its_context(known: Knowledge) -> None:
    """The form "May" alone means Theresa May only with weight 0."""
    assert (Entry("actor", "theresa_may", 0),) == known.entries("May")


def test_one_family_name_gives_everybody_who_bears_it(known: Knowledge) -> None:
    """The form "Sharif" is both brothers; which is grounding's work."""
    assert {"nawaz_sharif", "shehbaz_sharif"} <= {entry.key for entry in known.entries("Sharif")}


def test_a_capital_is_a_place_first_and_its_government_second(known: Knowledge) -> None:
    """The form "Moscow" is the city, with less weight the government; "Brussels" also the union before Belgium."""
    moscow = [(entry.kind, entry.key) for entry in known.entries("Moscow")]
    brussels = [entry.key for entry in known.entries("Brussels") if entry.kind == "actor"]

    assert [("place", "moscow.rus"), ("actor", "RUS")] == moscow[:2]
    assert ["eu", "BEL"] == brussels


@pytest.mark.parametrize(
    ("title", "of", "on", "names"),
    [
        ("foreign_minister", "UKR", "2023-05-16", ["Dmytro Kuleba"]),
        ("foreign_minister", "CHN", "2023-06-19", ["Qin Gang"]),
        ("foreign_minister", "CHN", "2023-08-01", ["Wang Yi"]),
        ("foreign_minister", "EUR", "2023-05-16", ["Josep Borrell"]),
        ("foreign_minister", "USA", "2019-05-16", ["Mike Pompeo"]),
        ("prime_minister", "GBR", "2022-09-20", ["Liz Truss"]),
        ("president", "FRA", "2014-05-16", ["Francois Hollande"]),
        ("secretary_general", "nato", "2023-05-16", ["Jens Stoltenberg"]),
        ("secretary_general", "un", "2015-05-16", ["Ban Ki-moon"]),
        ("prime_minister", "KOS", "1990-01-01", []),
        ("no_such_office", "UKR", "2023-05-16", []),
    ],
)
def test_who_held_an_office_on_a_day(known: Knowledge, title: str, of: str, on: str, names: list[str]) -> None:
    """The holder of an office is found by office, state or body, and day."""
    assert names == [actor.name for actor in known.holders(title, of, day(on))]


def test_without_a_day_the_present_holder_and_office_count(known: Knowledge) -> None:
    """None as the day means as last known: an open tenure, no former one."""
    assert ["Sergei Lavrov"] == [actor.name for actor in known.holders("foreign_minister", "RUS", None)]
    assert "foreign_minister" == known.party("sergei_lavrov", None).title


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Volodymyr Zelenskyy", "volodymyr zelensky"),
        ("Zelenskiy", "Zelensky"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Oleksii Reznikov", "Oleksiy Reznikov"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Mohammed bin Salman", "Muhammad bin Salman"),
        ("Lars Løkke Rasmussen", "Lars Lokke Rasmussen"),
        ("Radosław Sikorski", "Radoslaw Sikorski"),
        ("Be’eri", "Be'eri"),
        ("Dmitri Medvedev", "Dmitry Medvedev"),
        ("Hossein Amir-Abdollahian", "Hossein Amirabdollahian"),
    ],
)
def test_spellings_of_one_name_fold_alike(left: str, right: str) -> None:
    """Usual transliterations, accents, apostrophes and hyphens do not part a name from itself."""
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("left", "right"), [("Li Qiang", "Li Keqiang"), ("Charles III", "Charles II"), ("Joseph Aoun", "Michel Aoun")]
)
def test_different_names_fold_apart(left: str, right: str) -> None:
    """Folding does not merge two people."""
    assert fold(left) != fold(right)


def test_people_are_found_by_any_spelling_and_not_by_a_first_name(known: Knowledge) -> None:
    """A full name, a variant and a family name find a person; a given name alone does not."""
    found = [known.persons(name)[0].id for name in ("Alexander Lukashenko", "Alyaksandr Lukashenka", "Lukashenko")]

    assert ["alexander_lukashenko"] * 3 == found
    assert () == known.persons("Volodymyr")


@pytest.mark.parametrize(
    ("given", "key", "of"),
    [
        ("TASS", "outlet_tass", "RUS"),
        ("https://www.theguardian.com/world/2023/may/16/x", "outlet_guardian", ""),
        ("The Guardian", "outlet_guardian", ""),
        ("edition.cnn.com", "outlet_cnn", ""),
        ("www.xinhuanet.com", "outlet_xinhua", "CHN"),
        ("lemonde.fr", "outlet_lemonde", ""),
    ],
)
def test_outlets_are_known_by_name_domain_and_address(known: Knowledge, given: str, key: str, of: str) -> None:
    """An outlet is found by its name or domain; only state media speak for a state."""
    outlet = known.outlet(given)

    assert outlet is not None
    assert (key, ActorKind.OUTLET) == (outlet.id, outlet.kind)
    assert ([of] if of else []) == [tenure.of for tenure in outlet.tenures]


@pytest.mark.parametrize("given", ["", ".", "com", "a weekly that nobody knows", "example.org"])
def test_an_unknown_outlet_is_none(known: Knowledge, given: str) -> None:
    """What no table has gives None, never an error."""
    assert known.outlet(given) is None


def test_a_plural_title_knows_its_singular_and_its_body(known: Knowledge) -> None:
    """The form "Foreign ministers" is plural, of the ministry, and leads to the office that one person holds."""
    several = known.title("foreign_ministers")

    assert several.plural
    assert "foreign_minister" == several.singular
    assert "foreign_ministry" == several.body_of
    assert not known.title("foreign_minister").plural


def test_an_unknown_key_is_an_error_that_names_it(known: Knowledge) -> None:
    """Keys come from the tables; a wrong one is the caller's mistake and says so."""
    for look in (known.actor, known.place, known.title):
        with pytest.raises(KnowledgeError, match="'nobody'"):
            look("nobody")


def test_a_country_is_a_place_without_coordinates(known: Knowledge) -> None:
    """A state's name is also a place, known to the country."""
    assert Precision.COUNTRY is known.place("UKR").precision


def test_events_are_dated_and_their_words_small(known: Knowledge) -> None:
    """The invasion of Ukraine began on 24 February 2022; patterns are compared in small letters."""
    invasion = next(event for event in known.dated_events if event.name == "Russian invasion of Ukraine")

    assert dt.date(2022, 2, 24) == invasion.start
    assert all(word == word.lower() for event in known.dated_events for pattern in event.patterns for word in pattern)


def test_the_hash_is_of_the_tables(known: Knowledge) -> None:
    """A fresh load gives the same hash."""
    again = module.load.__wrapped__()

    assert known.hash == again.hash
