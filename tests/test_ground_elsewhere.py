"""Days that other reports of a file tell: only for what is left open, only from what is told and not later."""

import datetime as dt
from dataclasses import replace

from evals import ground_elsewhere
from evals.ground_elsewhere import Told

from dragoman.types import Interval

DAY = dt.date(2021, 3, 4)
TELLS = Told(
    "a",
    DAY,
    "expel",
    frozenset(("expel", "diplomat", "chile", "embassy", "spying")),
    (frozenset(("CHL",)), frozenset(("PER",))),
    frozenset(("CHL", "PER")),
    Interval(DAY, DAY, DAY, DAY),
    left_open=False,
)
RECALLS = replace(TELLS, report="b", published=dt.date(2021, 3, 6), day=None, left_open=True)
# Words that many acts have say little of one: the others of a file make these telling
OTHERS = [
    replace(TELLS, report=f"c{at}", verb=verb, words=frozenset((verb, f"{verb}er")), names=frozenset((verb,)))
    for at, verb in enumerate(("visit", "meet", "warn", "strike", "fire", "urge", "ban", "sign"))
]


def test_what_is_left_open_is_told_elsewhere() -> None:
    """The day of the report that tells it."""
    assert ground_elsewhere.days([TELLS, RECALLS, *OTHERS])[1] == TELLS.day


def test_a_day_of_its_own_stays() -> None:
    """Even where another report gives another."""
    next_day = dt.date(2021, 3, 5)
    own = replace(RECALLS, day=Interval(next_day, next_day, next_day, next_day), left_open=False)

    assert ground_elsewhere.days([TELLS, own, *OTHERS])[1] == own.day


def test_other_acts_tell_nothing() -> None:
    """No word, verb or participant in common; nor a report that the act is later than."""
    other = replace(TELLS, verb="meet", words=frozenset(("meet", "minister")), names=frozenset(("SWE",)))
    early = replace(RECALLS, published=dt.date(2021, 3, 1))

    assert ground_elsewhere.days([other, RECALLS])[1] is None
    assert ground_elsewhere.days([TELLS, early, *OTHERS])[1] is None


def test_one_report_does_not_date_itself() -> None:
    """Two acts of one report are two."""
    assert ground_elsewhere.days([TELLS, replace(RECALLS, report="a"), *OTHERS])[1] is None
