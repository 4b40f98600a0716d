"""Stances: the labelled cases of tests/cases/stances.csv, their words and conditions."""

import numpy as np
import pytest

from dragoman.claims import wanting
from dragoman.claims.lexicon import load
from dragoman.claims.signs import SHORT
from dragoman.claims.stance_words import issues_in
from dragoman.types import Stance
from readings import Row, cases, coded, lacking, stances, strong, table

FLOOR = 0.8  # measured with the network beside the table: 38 of 47


def wrong(case: tuple[Row, ...]) -> str:
    """How the stances of a case's text differ from the case's; "" when they do not."""
    row = case[0]
    found = stances(coded(row["text"], "", row["published"]))
    told = [(one.holder.value.code if one.holder.value else "", one.issue, one.stance) for one in found]
    if told != ([] if row["holder"] == "-" else [(row["holder"], row["issue"], row["stance"])]):
        return str(told)
    words = [(one.object.value, one.condition.value) for one in found]
    for wanted, value in zip((row["object"], row["condition"]), words[0] if words else ("", ""), strict=True):
        if wanted and wanted != value:
            return str(words)
    return ""


@pytest.mark.parametrize("case", strong("stances"), ids=lambda case: f"{case[0]['id']} {case[0]['text']}")
def test_strong_cases_give_exactly_their_stance(case: tuple[Row, ...]) -> None:
    """Holder, issue and stance of a text, its object's words and its condition; no other stance."""
    assert "" == wrong(case)


def test_most_cases_are_read_right() -> None:
    """Weak cases count too, and the share read right must not fall."""
    failed = [f"{case[0]['text']}: {found}" for case in cases("stances") if (found := wrong(case))]

    assert len(failed) <= (1 - FLOOR) * len(cases("stances")), "\n".join(failed)


def test_every_row_of_the_table_has_a_case() -> None:
    """Each row of stances.csv is named by a case, by its part of speech and first word."""
    rows = (f"{row['pos']}:{row['words'].split('|')[0]}" for row in table("resources/claims", "stances"))

    assert [] == lacking(rows, (row["rules"] for row in table("tests/cases", "stances")))


def test_every_issue_with_words_has_a_case() -> None:
    """Each row of issues.csv is the issue of some case."""
    rows = (row["issue"] for row in table("resources/claims", "issues"))

    assert [] == lacking(rows, (row["issue"] for row in table("tests/cases", "stances")))


def test_a_condition_makes_support_conditional() -> None:
    """What is supported only if something is done is accepted on that condition, in the text's words."""
    text = "Egypt is open to talks with Turkey if it withdraws its troops."
    (found,) = stances(coded(text))

    assert ("accepts_if", "it withdraws its troops") == (found.stance, found.condition.value)
    assert found.condition.span is not None
    assert found.condition.value == text[found.condition.span.start : found.condition.span.end]


def test_without_a_condition_the_cell_says_so() -> None:
    """An empty condition has a reason."""
    (found,) = stances(coded("Ghana supports elections in Togo."))

    assert ("", "no condition stated") == (found.condition.value, found.condition.reason)


def test_what_the_network_sees_says_how_sure_and_by_which_word() -> None:
    """The reason names the share, the party and the word; the confidence is a measured share."""
    title = "Kenya urges Sudan to agree to a ceasefire"
    claims = coded("Kenya urged Sudan to agree to a ceasefire on Monday.", title).claims
    seen = [claim for claim in claims if isinstance(claim.content, Stance) and "network of stances" in claim.reasons[0]]
    told = [(claim.content, claim.reasons[0]) for claim in seen if isinstance(claim.content, Stance)]

    held = [(one, why) for one, why in told if one.holder.value and one.holder.value.code == "KEN"]
    assert [("ceasefire", "demands")] == [(one.issue, one.stance) for one, _ in held]
    assert "Kenya" in held[0][1]
    assert all(0.2 <= one.confidence <= 0.8 for one in seen)


def test_in_a_long_text_the_table_stands_alone() -> None:
    """The network learned from headlines and ledes: of a text of more sentences it says nothing."""
    told = "Kenya urged Sudan to agree to a ceasefire on Monday."
    short, long = (coded(f"{'It rained. ' * more}{told}").claims for more in (0, SHORT))

    for claims, expected in ((short, True), (long, False)):
        reasons = [claim.reasons[0] for claim in claims if isinstance(claim.content, Stance)]
        assert reasons
        assert expected is any("network of stances" in reason for reason in reasons)


def test_the_table_says_which_stance_a_word_takes() -> None:
    """Whatever the network makes of it; where the table has none, the likeliest."""
    scores = np.array([0.1, 0.2, 0.0, 0.9, 0.3, 0.0], np.float32)

    assert "offers" == wanting.kind_of(("lemma offer", "stance offers"), scores)
    assert "rejects" == wanting.kind_of(("lemma offer", "stance -"), scores)


def test_hints_name_issues_that_no_word_of_the_table_names() -> None:
    """For the network only; longer terms first, each word counted once."""
    assert [] == issues_in(load().issues, "a rollback of forces")
    assert ["withdrawal"] == issues_in(load().hints, "a rollback of forces")
    assert ["nuclear"] == issues_in(load().hints, "ballistic missiles")
