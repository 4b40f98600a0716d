"""Undated texts narrowed by what other reports fix."""

import datetime as dt
import itertools
from dataclasses import replace

import given
from dragoman import timex
from dragoman.reconcile.dating import narrow
from dragoman.types import Act, Cell, Claim, Dating, Interval, Span, Status, Text

UNKNOWN = Interval()


def undated(text: Text, *days: dt.date) -> Dating:
    """A dating with these candidates, or none."""
    window = Interval(days[0], days[-1], days[0], days[-1]) if days else UNKNOWN
    return Dating(text.id, tuple((day, ("its words",)) for day in days), window, ("its words",))


def told(
    text: Text, words: str, normal: str, published: dt.date | None = None, status: Status = Status.HAPPENED
) -> Claim:
    """A claim of an act dated by these words of the text."""
    claim = given.claim(text, 0, len(text.content))
    start = text.content.index(words)
    span = Span(text.id, start, start + len(words))
    try:
        date: Cell[Interval] = Cell(timex.evaluate(normal, published), span)
    except timex.TimexError as error:
        date = Cell(None, span, str(error))
    act = claim.content
    assert isinstance(act, Act)
    return replace(
        claim, id=f"{claim.id}{normal}", content=replace(act, date=date, normal=normal, status=Cell(status, span))
    )


A = given.text("Last month the two spoke by phone.")
B = given.text("The two spoke by phone in April 2023.")
C = given.text("A week ago the two spoke by phone, they said on Friday.")


def window(dating: Dating) -> tuple[dt.date | None, dt.date | None]:
    """The ends of a window."""
    return dating.window.start, dating.window.end


def test_last_month_here_and_april_there_make_a_text_of_may() -> None:
    """A call told as last month's, and elsewhere as April's, dates the text to May, with both words as reasons."""
    one, other = told(A, "Last month", "M-1"), told(B, "April 2023", "2023-04", dt.date(2023, 5, 26))
    (found,) = narrow(
        [undated(A)],
        [one, other],
        [(one.id, other.id)],
        {B.id: dt.date(2023, 5, 26)},
        words={A.id: A.content, B.id: B.content},
        names={B.id: "b.txt"},
    )

    assert (dt.date(2023, 5, 1), dt.date(2023, 5, 31)) == window(found)
    assert "“Last month” here is “April 2023” in b.txt" in found.reasons
    assert all("b.txt" in reasons[-1] for _, reasons in found.candidates)


def test_candidates_that_do_not_fit_are_dropped() -> None:
    """Of the candidates that a text's own words leave, those from which the words mean another time go."""
    days = (dt.date(2023, 4, 28), dt.date(2023, 5, 26), dt.date(2023, 6, 2))
    one, other = told(A, "Last month", "M-1"), told(B, "April 2023", "2023-04")
    (found,) = narrow([undated(A, *days)], [one, other], [(other.id, one.id)], {B.id: dt.date(2023, 5, 26)})

    assert [dt.date(2023, 5, 26)] == [day for day, _ in found.candidates]
    assert "its words" == found.candidates[0][1][0]


def test_undated_texts_narrow_each_other() -> None:
    """What one dated report fixes of an undated text is passed on to another undated one."""
    spoke, met = told(A, "Last month", "M-1"), told(A, "month", "WD:5:<")
    april = told(B, "April 2023", "2023-04")
    echo = told(C, "Friday", "D-1")
    datings = [undated(C), undated(A)]
    found = narrow(
        datings, [spoke, met, april, echo], [(spoke.id, april.id), (echo.id, met.id)], {B.id: dt.date(2023, 5, 1)}
    )
    days = {dating.text: window(dating) for dating in found}

    assert [C.id, A.id] == [dating.text for dating in found]
    assert (dt.date(2023, 5, 5), dt.date(2023, 5, 26)) == days[A.id]
    assert (dt.date(2023, 5, 6), dt.date(2023, 5, 27)) == days[C.id]


def test_the_order_of_what_is_given_does_not_matter() -> None:
    """Claims, links and datings in any order give the same datings."""
    spoke, april, echo = (
        told(A, "Last month", "M-1"),
        told(B, "April 2023", "2023-04"),
        told(C, "A week ago", "AGO:P1W"),
    )
    links = [(spoke.id, april.id), (echo.id, spoke.id), (april.id, echo.id)]
    fixed = {B.id: dt.date(2023, 5, 26)}
    results = {
        tuple(sorted(narrow(datings, claims, same, fixed), key=lambda one: one.text))
        for datings in itertools.permutations([undated(A), undated(C)])
        for claims in itertools.permutations([spoke, april, echo])
        for same in itertools.permutations(links)
    }

    assert 1 == len(results)


def test_plans_narrow_nothing() -> None:
    """A plan may slip, so that its date says nothing of the day of the report that it was done."""
    one = told(A, "Last month", "M-1")
    plan = told(B, "April 2023", "2023-04", status=Status.PLANNED)

    assert (undated(A),) == narrow([undated(A)], [one, plan], [(one.id, plan.id)], {B.id: dt.date(2023, 5, 26)})


def test_an_act_without_words_for_its_day_narrows_nothing() -> None:
    """That an act is told as fresh is no statement of its day: the report may be of any later one."""
    april = told(B, "in April", "2023-04")
    words = told(A, "Last month", "M-1")
    act = words.content
    assert isinstance(act, Act)
    fresh = replace(words, id="fresh", content=replace(act, date=Cell(None, None, "no time words"), normal="D+0"))
    (dating,) = narrow([undated(A)], [april, fresh], [(april.id, fresh.id)], {B.id: dt.date(2023, 6, 1)})

    assert () == dating.candidates
    assert UNKNOWN == dating.window


def test_a_link_that_fits_no_day_is_told_and_ignored() -> None:
    """Candidates outlive a link that contradicts all of them, and the reasons say so."""
    day = dt.date(2022, 1, 3)
    one, other = told(A, "Last month", "M-1"), told(B, "April 2023", "2023-04")
    (found,) = narrow([undated(A, day)], [one, other], [(one.id, other.id)], {B.id: dt.date(2023, 5, 26)})

    assert [day] == [candidate for candidate, _ in found.candidates]
    assert "the link narrows nothing" in found.reasons[-1]


def test_links_that_contradict_each_other_narrow_nothing() -> None:
    """Two links, each possible alone but not together, leave the dating as it was, with a reason."""
    day, other_day = dt.date(2023, 5, 5), dt.date(2023, 6, 2)
    spoke, week = told(A, "Last month", "M-1"), told(A, "month", "W-1")
    april, late = told(B, "April 2023", "2023-04"), told(C, "Friday", "2023-05-24")
    (found,) = narrow(
        [undated(A, day, other_day)],
        [spoke, week, april, late],
        [(spoke.id, april.id), (week.id, late.id)],
        {B.id: dt.date(2023, 5, 26), C.id: dt.date(2023, 5, 26)},
    )

    assert [day, other_day] == [candidate for candidate, _ in found.candidates]
    assert "these links narrow nothing" in found.reasons[-1]


def test_texts_linked_to_nothing_stay_undated() -> None:
    """Undated texts that only know each other get no days."""
    one, other = told(A, "Last month", "M-1"), told(C, "A week ago", "AGO:P1W")

    assert (undated(A), undated(C)) == narrow([undated(A), undated(C)], [one, other], [(one.id, other.id)], {})
