"""Phrases by themselves: role phrases with dates as cases (tests/cases/roles.csv), hints, former holders, places."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from dragoman import phrases

CASES = Path(__file__).resolve().parent / "cases" / "roles.csv"
SHARE = 0.95  # of the cases whose code and sector are right


def rows() -> list[dict[str, str]]:
    """The cases. ``weak``: "yes" where code or sector is known to be wrong, "name" where only the person's name is."""
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def wrong(row: dict[str, str]) -> str:
    """What a case shows to be wrong: "yes" (code or sector), "name", or nothing."""
    party = phrases.look_up_actor(row["phrase"], dt.date.fromisoformat(row["on"]), country=row["country"]).value
    if party is None or (party.code, party.sector) != (row["code"], row["sector"]):
        return "yes"
    return "name" if row["name"] and party.name != row["name"] else ""


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['phrase']} {row['on']} {row['country']}")
def test_a_role_phrase_names_who_held_the_role(row: dict[str, str]) -> None:
    """As the case says; a case marked weak is wrong as marked, so that what was mended is unmarked."""
    assert wrong(row) == row["weak"]


def test_most_role_phrases_are_right() -> None:
    """Code and sector."""
    given = rows()

    assert len(given) >= 400
    assert sum(row["weak"] != "yes" for row in given) >= SHARE * len(given)


def test_words_before_a_phrase_say_who_is_meant() -> None:
    """A surname is the person's whose full name was said."""
    party = phrases.look_up_actor(
        "Wang", dt.date(2023, 5, 16), context="Foreign Minister Wang Yi met John Kerry."
    ).value

    assert party is not None
    assert party.name == "Wang Yi"


@pytest.mark.parametrize("back", [False, True])
def test_an_answer_is_remembered_for_its_days_only(back: bool) -> None:
    """The chancellor changed on 8 December 2021 and 6 May 2025, when both held office; whichever day is asked first."""
    phrase, name = ("the German chancellor", "German chancellor") if back else ("Chancellor of Germany",) * 2
    days = {
        "2021-12-07": "Angela Merkel",
        "2021-12-08": name,
        "2021-12-09": "Olaf Scholz",
        "2023-09-20": "Olaf Scholz",
        "2025-05-05": "Olaf Scholz",
        "2025-05-06": name,
        "2025-05-07": "Friedrich Merz",
    }
    for day in 2 * sorted(days, reverse=back):
        party = phrases.look_up_actor(phrase, dt.date.fromisoformat(day)).value
        assert party is not None
        assert days[day] == party.name


def test_remembered_answers_are_those_of_their_question() -> None:
    """A country, words before and the lack of a day each ask something else."""
    on = dt.date(2019, 6, 1)
    asked = [("", ""), ("GBR", ""), ("JPN", ""), ("", "Prime Minister Justin Trudeau spoke.")]
    first, again = (
        [
            phrases.look_up_actor("the prime minister", on, country=country, context=words).value
            for country, words in each
        ]
        for each in (asked, asked[::-1])
    )

    assert first == again[::-1]
    assert len({party.name for party in first if party}) == len(asked)
    british = [phrases.look_up_actor("the British prime minister", day).value for day in (on, None, on)]
    assert british[0] == british[2] != british[1]


def test_no_words_and_unknown_words_have_a_reason() -> None:
    """And no answer."""
    for phrase in ("", "  ", "a flock of geese", "🕊"):
        cell = phrases.look_up_actor(phrase)
        assert cell.value is None
        assert cell.reason
    assert phrases.look_up_time("a flock of geese", dt.date(2023, 5, 16)).reason
    assert phrases.look_up_place("").reason


def test_a_place_lies_in_the_country_that_is_given() -> None:
    """Else it is the greatest of its name, or the one that the words around it suggest."""
    assert [phrases.look_up_place("Tripoli", country=code).value.country for code in ("LBN", "LBY")] == ["LBN", "LBY"]  # type: ignore[union-attr]
    assert phrases.look_up_place("Tripoli", country="FIN").value is None
    near = phrases.look_up_place("Tripoli", context="The army left Beirut, Lebanon, for Sidon and Baalbek.").value
    assert near is not None
    assert near.country == "LBN"
