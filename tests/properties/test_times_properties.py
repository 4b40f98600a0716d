"""What holds for every time expression and every text."""

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

import given as make
from dragoman import timex
from dragoman.language.english import analyse
from dragoman.mentions.times import find_times
from dragoman.types import Interval

NORMALS = st.sampled_from(
    [
        *(f"WD:{number}:{way}" for number in range(1, 8) for way in "<>?"),
        *(f"MO:{number:02}:{way}" for number in range(1, 13) for way in "<>?"),
        *(f"{unit}{delta:+}" for unit in ("D", "W", "M", "Q", "Y") for delta in (-2, -1, 0, 1)),
        *("MD:02-29:<", "MD:10-07:?", "SE:WI:<", "WE:<", "AGO:P2W", "LAST:P3M", "NEXT:PXD", "D-1/D+0"),
        *("SINCE MO:02:<", "BY Y+0;END", "M+0;SOFAR", "D+1@WD:2:<"),
    ]
)
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31))
# Words of times and what stands around them, one "_" apart
PIECES = st.sampled_from(
    re.split(
        "_",
        "Friday_last week_May 16-17, 2023_since_until_the end of_two days after_in_early_,_ and _(_)_ _._2023_’s_\n\n"
        "_will meet_met_10pm_from_to_a_35-year-old_the first_in its 16th month_“_é_🕊_between_5_May_March_-_–",
    )
)


@given(NORMALS, DAYS)
def test_every_expression_has_days_from_every_day(normal: str, anchor: dt.date) -> None:
    """Nothing well formed fails, whatever the day, and one outer bound at least is known."""
    assert timex.evaluate(normal, anchor).known


@given(NORMALS, st.lists(DAYS, min_size=2, max_size=4, unique=True))
def test_candidates_cover_what_each_of_them_means(normal: str, anchors: list[dt.date]) -> None:
    """What is meant from any candidate day lies within what is meant from all of them."""
    some = tuple(sorted(anchors))
    whole = timex.evaluate(normal, Interval(some[0], some[-1], some[0], some[-1], among=some))

    for anchor in some:
        one = timex.evaluate(normal, anchor)
        assert whole.start is None or (one.start is not None and whole.start <= one.start)
        assert whole.end is None or (one.end is not None and one.end <= whole.end)


@given(st.integers(1, 7), DAYS)
def test_weekdays_are_that_weekday_and_on_the_right_side(number: int, anchor: dt.date) -> None:
    """A past weekday is at most six days back, one to come at most six days ahead."""
    past = timex.evaluate(f"WD:{number}:<", anchor).start
    ahead = timex.evaluate(f"WD:{number}:>", anchor).start

    assert past is not None
    assert ahead is not None
    assert number == past.isoweekday() == ahead.isoweekday()
    assert 0 <= (anchor - past).days <= 6
    assert 0 <= (ahead - anchor).days <= 6


@given(st.lists(PIECES, max_size=14))
def test_mentions_lie_in_their_text_in_order_and_never_overlap(pieces: list[str]) -> None:
    """Whatever the text, the spans hold the words they claim, and each normal form is readable."""
    content = " ".join(pieces) or "."
    mentions = find_times(analyse(make.text(content)))

    ends = [0]
    for mention in mentions:
        assert mention.words == content[mention.span.start : mention.span.end]
        assert ends[-1] <= mention.span.start
        ends.append(mention.span.end)
        assert not re.search("no expression|no part", _reason(mention.normal)), mention


def _reason(normal: str) -> str:
    """Why an expression has no days, "" where it has some."""
    try:
        timex.evaluate(normal, dt.date(2023, 5, 26))
    except timex.TimexError as error:
        return str(error)
    return ""
