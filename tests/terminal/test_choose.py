"""Which things of a record a condition picks."""

import datetime as dt

import pytest

import example_record as example
from dragoman.lookup import look_up
from dragoman.terminal import choose

VISIT, DEMAND, MEETING = (event.id for event in (example.E_VISIT, example.E_DEMAND, example.E_MEETING))


def events(**conditions: str) -> list[str]:
    """The ids of the example's events that meet the conditions."""
    wanted = choose.choice(**conditions)
    return [event.id for event in example.RECORD.events if choose.event_meets(event, wanted)]


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({}, [VISIT, DEMAND, MEETING]),
        ({"since": "2018-06"}, [VISIT]),
        ({"until": "2018-05"}, [DEMAND]),
        ({"since": "2018", "until": "2018"}, [VISIT, DEMAND]),
        ({"since": "2018-06-04", "until": "2018-06-04"}, [VISIT]),
        ({"since": "2019"}, []),
        ({"actor": "san"}, [VISIT, MEETING]),
        ({"actor": "BERAN"}, [VISIT, MEETING]),
        ({"actor": "Béran"}, [VISIT, MEETING]),
        ({"actor": "era"}, []),
        ({"act_type": "consult"}, [VISIT, MEETING]),
        ({"act_type": "042"}, [VISIT]),
        ({"act_type": "42"}, [VISIT]),
        ({"act_type": "ASSAULT"}, []),
        ({"status": "HAPPENED", "actor": "Norland"}, [DEMAND]),
        ({"status": "called for"}, []),
        ({"standing": "unacknowledged"}, [VISIT]),
        ({"standing": "done as announced"}, [VISIT]),
        ({"standing": "One-Voice"}, [VISIT]),
        ({"standing": "unattributed"}, [DEMAND, MEETING]),
    ],
)
def test_conditions_pick_events(conditions: dict[str, str], found: list[str]) -> None:
    """Days may be months or years; names are folded and whole words; undated events lie on no day."""
    assert events(**conditions) == found


@pytest.mark.parametrize(
    ("conditions", "message"),
    [
        ({"since": "yesterday"}, r"--since: a day, month or year is written 2018-06-12, 2018-06 or 2018: 'yesterday'"),
        ({"until": "2018-02-30"}, "--until"),
        ({"since": "2018-13"}, "--since"),
        ({"status": "done"}, "--status: 'done' is none of happened, ongoing"),
        ({"standing": "sure"}, "--standing: 'sure' is none of open, reported_plan"),
    ],
)
def test_a_condition_that_cannot_be_meant_is_refused(conditions: dict[str, str], message: str) -> None:
    """A misspelt condition is an error that names the option and what it takes, not an empty answer."""
    with pytest.raises(choose.ChoiceError, match=message):
        choose.choice(**conditions)


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"standing": "unacknowledged"}, [example.C_VISIT.id, example.C_SILENT.id, example.C_PLAN.id]),
        ({"actor": "Norland Foreign Ministry"}, [example.C_VISIT.id]),
        ({"act_type": "territory"}, [example.C_STANCE.id]),
        ({"status": "planned"}, [example.C_PLAN.id]),
        ({"until": "2018-05"}, [example.C_DEMAND.id]),
    ],
)
def test_conditions_pick_claims(conditions: dict[str, str], found: list[str]) -> None:
    """A claim stands as its event stands, and its voice counts as an actor."""
    look, wanted = look_up(example.RECORD), choose.choice(**conditions)

    assert [claim.id for claim in example.RECORD.claims if choose.claim_meets(claim, wanted, look)] == found


@pytest.mark.parametrize(
    ("conditions", "meets"),
    [
        ({"act_type": "territory"}, True),
        ({"act_type": "Rejects"}, True),
        ({"actor": "nor", "since": "2018-06"}, True),
        ({"act_type": "trade"}, False),
        ({"status": "happened"}, False),
        ({"until": "2017"}, False),
    ],
)
def test_conditions_pick_positions(conditions: dict[str, str], meets: bool) -> None:
    """The type of a position is its issue or stance; a position has no status."""
    assert choose.position_meets(example.POSITION, choose.choice(**conditions)) is meets


def test_reports_are_picked_by_day_of_publication() -> None:
    """An undated report lies on no day."""
    wanted = choose.choice(since="2018-06-05")

    assert [r.document for r in example.RECORD.reports if choose.report_meets(r, wanted)] == ["daily-1", "gazette-1"]


def test_a_month_and_a_year_end_on_their_last_day() -> None:
    """February of a leap year ends on the 29th."""
    assert choose.day("--until", "2024-02", last=True) == dt.date(2024, 2, 29)
    assert choose.day("--until", "2018", last=True) == dt.date(2018, 12, 31)
    assert choose.day("--since", "2018", last=False) == dt.date(2018, 1, 1)
