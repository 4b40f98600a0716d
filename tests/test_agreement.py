"""Agreement between reviewers: the published worked examples, and what counts as a reviewer's word."""

import dataclasses
import json
from pathlib import Path

import pytest

import example_record as example
import formats
from dragoman import cli, imported
from dragoman.agreement import Pair, agreement, alpha
from dragoman.store import Store
from dragoman.types import Decision, Judgement


def units(*observers: str) -> list[list[str]]:
    """The values of each unit; a dot is a value that is missing."""
    return [[value for value in unit if value != "."] for unit in zip(*observers, strict=True)]


@pytest.mark.parametrize(
    ("observers", "published"),
    [
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_alpha_is_that_of_the_published_examples(observers: tuple[str, ...], published: float) -> None:
    """Krippendorff (2011), A to C: two observers of binary data, two of nominal data, four with missing values."""
    assert alpha(units(*observers)) == pytest.approx(published, abs=0.0005)


def test_alpha_of_full_agreement_and_of_nothing() -> None:
    """One where values differ between units; not defined where there is nothing to tell apart."""
    assert alpha([["a", "a"], ["b", "b"]]) == 1.0
    assert alpha([["a", "a"], ["a", "a"]]) is None
    assert alpha([["a"], ["b"], []]) is None


def word(key: str, claim: str, by: str, decision: Decision, *, at: str = "2026-01-01", value: str = "") -> Judgement:
    """A judgement."""
    return Judgement(key, claim, decision, by, at, "read", value=value)


def test_each_reviewers_latest_word_on_a_shared_claim_counts() -> None:
    """Claims that one person judged, claims of one's own and words taken back do not."""
    words = [
        word("2", "c1", "A", Decision.REJECT),
        word("1", "c1", "A", Decision.ACCEPT, at="2026-01-02"),
        word("3", "c1", "B", Decision.ACCEPT),
        word("4", "c2", "A", Decision.ACCEPT),
        word("5", "c2", "B", Decision.SET),
        word("6", "c3", "A", Decision.REJECT),
        word("7", "c4", "A", Decision.ACCEPT),
        word("8", "c4", "B", Decision.REJECT),
        word("9", "", "B", Decision.WITHDRAW, value="8"),
        word("10", "c5", "A", Decision.OWN),
        word("11", "c5", "B", Decision.OWN),
    ]
    found = agreement(words)

    assert (found.claims, found.reviewers) == (2, ("A", "B"))
    assert found.decisions == (("accept", 3), ("set", 1))
    assert found.pairs == (Pair("A", "B", 2, 1),)
    assert found.alpha == pytest.approx(0.0)
    assert agreement(reversed(words)) == found


def test_the_command_tells_alpha_and_each_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing before two people judged one claim; then words or JSON."""
    path = tmp_path / "r.db"
    imported.take_in(dataclasses.replace(example.RECORD, judgements=()), formats.RUN, path, "the example")
    assert cli.main(["agreement", "--record", str(path)]) == cli.NOTHING
    assert "was judged by two people" in capsys.readouterr().err

    visit, plan = example.C_VISIT.id, example.C_PLAN.id
    with Store.open(path) as store:
        for number, (claim, by, decision) in enumerate(
            ((visit, "A", "accept"), (visit, "B", "accept"), (plan, "A", "reject"), (plan, "B", "reject"))
        ):
            store.add_judgement(word(str(number), claim, by, Decision(decision)))
    assert cli.main(["agreement", "--record", str(path)]) == cli.OK
    assert capsys.readouterr().out == (
        "Krippendorff's alpha (nominal): 1.000; 2 claims judged by two or more: 2 accept, 2 reject\n"
        "A and B: 2 of 2 alike\n"
    )
    assert cli.main(["agreement", "--record", str(path), "--json"]) == cli.OK
    assert json.loads(capsys.readouterr().out)["alpha"] == 1.0
