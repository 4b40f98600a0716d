"""The labelled cases of tests/cases: which claims are one event, and the standing that claims of one event give."""

import csv
import datetime as dt
import itertools
from pathlib import Path

import pytest

from dragoman.types import Act, CellSupport, Claim, Quantity, Says, Span, Verdict
from tellings import Telling, event_of, record, tell, word

CASES = Path(__file__).resolve().parent.parent / "cases"
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """The rows of a case table."""
    with (CASES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def compared(words: str) -> Telling:
    """``who;status;days;published;voice;TYPE:mode;words`` of same_event.csv."""
    who, status, days, published, voice, code, content = words.split(";")
    type_code, _, mode = code.partition(":")
    return tell(
        who, status, days, published=published, voice_of=voice, type_code=type_code,
        modes=(mode,) if mode else (), content=content, outlets=(f"Paper of {content}",),
    )  # fmt: skip


def figure(words: str) -> tuple[Quantity, ...]:
    """``killed 3..4`` or ``killed 11``."""
    if not words:
        return ()
    measure, _, number = words.partition(" ")
    low, _, high = number.partition("..")
    span = Span("t", 0, 1)
    return (Quantity(measure, float(low), None if high else float(low), float(high or low), span),)


def standing(words: str, number: int) -> Telling:
    """``who;status;days;published;voice@outlets;place;TYPE:mode;says:about;figure`` of standing.csv, rest optional."""
    parts = [*words.split(";"), *[""] * 9][:9]
    who, status, days, published, voice, place, code, says, toll = parts
    voice, _, outlets = voice.partition("@")
    attitude, _, about = says.partition(":")
    type_code, _, mode = code.partition(":")
    return tell(
        who, status, days, published=published, voice_of=voice, place=place,
        type_code=type_code or "CONSULT", modes=(mode or "visit",), figures=figure(toll),
        says=Says(attitude or "affirms"), about=about or "happened",
        outlets=tuple(outlets.split("+")) if outlets else ("The Daily",), content=f"account number {number}",
    )  # fmt: skip


@pytest.mark.parametrize("row", rows("same_event.csv"), ids=lambda row: row["case"])
def test_pairs_are_joined_or_kept_apart_as_labelled(row: Row) -> None:
    """Two claims are put in one event exactly where the label says so."""
    left, right = compared(row["left"]), compared(row["right"])
    found = record((left, right))

    assert row["same"] == ("yes" if event_of(found, left).id == event_of(found, right).id else "no"), row["why"]


@pytest.mark.parametrize("row", rows("standing.csv"), ids=lambda row: row["case"])
def test_standing_of_claims_of_one_event(row: Row) -> None:
    """Course, support and dispute are those of the table; claims of the first one's parties are joined by hand."""
    told = [standing(words, number) for number, words in enumerate(row["tellings"].split("|"))]
    first = told[0]
    speaking = [item for item in told if item.claim.says in (Says.AFFIRMS, Says.DENIES)]
    joined = [item for item in speaking if len(_parties(item.claim) & _parties(first.claim)) > 1]
    links = [word(a, b, Verdict.SAME) for a, b in itertools.pairwise(joined)]
    found = event_of(record(told, links, as_of=row["as_of"]), first).standing

    assert row["course"] == found.course.value
    assert tuple(row["changed"].split()) == found.changed
    if row["support"]:
        assert row["support"] == _support(found.support[0], counted="/" in row["support"])
        assert row["grade"] == found.support[0].grade
        assert row["roots"] == " ".join(found.support[0].roots)
    assert row["dispute"] == "|".join(f"{d.dispute} {d.party} {d.cell}" for d in found.dispute)


def _parties(claim: Claim) -> set[str]:
    act = claim.content
    assert isinstance(act, Act)
    return {part.party.value.code for part in act.participations if part.party.value}


def _support(cell: CellSupport, *, counted: bool) -> str:
    return f"{cell.cell}={cell.support}" + (f"/{cell.outlets}" if counted else "")


def test_every_value_of_every_axis_has_a_case() -> None:
    """No course, support or dispute is left without a row in the table."""
    table = rows("standing.csv")
    courses = {row["course"] for row in table}
    supports = {row["support"].partition("=")[2].partition("/")[0] for row in table}
    disputes = {words.split()[0] for row in table for words in row["dispute"].split("|") if words}

    assert {"announced", "reported_plan", "postponed", "cancelled", "open", "lapsed"} <= courses
    assert {"done_as_announced", "done_changed", "done_late", "done_unannounced"} <= courses
    assert {"unattributed", "one_voice", "corroborated"} <= supports
    assert {"contested", "denied_by", "revised", "unacknowledged_by", "declined_comment_by"} == disputes
    assert dt.date.fromisoformat(next(row["as_of"] for row in table if row["as_of"]))
