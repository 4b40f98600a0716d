"""The values of a record in a reader's words."""

import dataclasses

import pytest

import example_record as example
from dragoman.lookup import look_up
from dragoman.terminal import words
from dragoman.types import (
    ActorKind,
    Cell,
    CellSupport,
    Course,
    Dispute,
    Disputed,
    Participation,
    Party,
    RelationKind,
    Role,
    Says,
    Standing,
    Status,
    Support,
)

NAMES = {"NOR": "Norland", "SAN": "Sanaland"}


def test_an_event_reads_as_a_line() -> None:
    """When, who to whom with their codes, what with its status, where."""
    line = "2018-06-04: Mara Lind (NOR) → Oto Beran (SAN): CONSULT visit, happened, Port Sana (SAN)"

    assert words.event_summary(example.E_VISIT) == line


def test_a_standing_is_told_on_three_axes() -> None:
    """Course, support and disputes in words, parties by name."""
    told = words.standing(example.E_VISIT.standing, NAMES)

    assert told == "done as announced; one voice: Norland; unacknowledged by Sanaland"


@pytest.mark.parametrize(
    ("disputed", "told"),
    [
        (Disputed(Dispute.CONTESTED, "", "date", ()), "contested: date"),
        (Disputed(Dispute.DENIED, "SAN", "happened", ()), "denied by Sanaland"),
        (Disputed(Dispute.DENIED, "SAN", "actors", ()), "denied by Sanaland: actors"),
        (Disputed(Dispute.REVISED, "NOR", "place", ()), "revised: place"),
        (Disputed(Dispute.DECLINED, "XYZ", "happened", ()), "declined comment by XYZ"),
    ],
)
def test_a_dispute_names_its_party_and_its_cell(disputed: Disputed, told: str) -> None:
    """A cell is named where it is not the act itself, a code without a known name stays a code."""
    assert words.dispute(disputed, NAMES) == told


def test_what_changed_and_who_corroborates_is_said() -> None:
    """The changed cell stands with the course, the grade with the voices."""
    support = CellSupport("status", Support.CORROBORATED, ("NOR", "SAN"), 3, "third_party")
    standing = Standing(Course.DONE_CHANGED, (support,), (), changed=("place",))

    assert words.standing(standing, NAMES) == "done, changed (place); corroborated: Norland, Sanaland (third party)"


def test_the_codes_of_states_get_the_names_the_record_uses() -> None:
    """Norland is a party of an act, so its code has a name."""
    assert words.state_names(example.RECORD) == NAMES


def test_a_territory_does_not_name_its_state() -> None:
    """Gaza is coded as Palestine; the code's name is not "Gaza"."""
    gaza = Party("PSE/gaza", "Gaza", ActorKind.STATE, "PSE", "GOV")
    (event, *_), taking = example.RECORD.events, Participation(Cell(gaza, reason="named"), Role.ACTOR)
    act = dataclasses.replace(event.act, participations=(taking,))
    record = dataclasses.replace(example.RECORD, events=(dataclasses.replace(event, act=act),))

    assert "PSE" not in words.state_names(record)


def test_an_act_that_nobody_is_known_to_have_done_says_so() -> None:
    """No participant is "unknown", no date "undated"."""
    nobody = dataclasses.replace(example.VISIT, participations=(), date=Cell(reason="none"))

    assert (words.who(nobody), words.when(nobody.date)) == ("unknown", "undated")


def test_a_stance_claim_reads_as_a_position() -> None:
    """What a party wants, on which issue."""
    assert words.content(example.C_STANCE) == "rejects (territory): a partition of the island"


def test_a_voice_is_its_chain() -> None:
    """The first speaker with the medium; an empty chain is the outlet itself."""
    look = look_up(example.RECORD)

    assert words.voice(example.SAID, look) == "Norland Foreign Ministry (NOR), statement"
    assert words.voice(example.C_STANCE.voice, look) == "the outlet itself"


def test_every_value_of_the_vocabularies_has_words() -> None:
    """A new course, status, relation or attitude without words would break the tables."""
    assert set(words.COURSE) == set(Course)
    assert set(words.STATUS) == set(Status)
    assert set(words.RELATION) == set(RelationKind)
    assert set(words.SAYS) == set(Says)
    for value in Dispute:
        assert words.dispute(Disputed(value, "NOR", "happened", ()), NAMES)


def test_short_ids_stay_apart() -> None:
    """Ids are cut to the length at which all differ, never below the least."""
    assert words.short_ids(["abcdefgh", "abcdefxy", "b1234567"]) == {
        "abcdefgh": "abcdefg",
        "abcdefxy": "abcdefx",
        "b1234567": "b123456",
    }
    assert words.short_ids(["abcdefgh"]) == {"abcdefgh": "abcde"}


def test_what_is_passed_over_is_named() -> None:
    """No sentence ends in "is silent on"."""
    silent = dataclasses.replace(example.C_SILENT, about="happened")
    assert words.says(silent) == "is silent on it"
    assert words.says(dataclasses.replace(silent, about="date")) == "is silent on the date"
    assert words.says(dataclasses.replace(silent, says=Says.DECLINES)) == "declines comment on it"
    assert words.says(example.C_VISIT) == "says"
