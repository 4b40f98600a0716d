"""Random audits: samples stay the same, their probabilities are those of the draw, intervals cover as they say."""

import dataclasses
import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest

import example_record as example
import formats
from dragoman import audit, cli, imported, samples
from dragoman.audit import AuditError
from dragoman.lookup import look_up
from dragoman.store import Store
from dragoman.types import Act, Cell, Claim, Decision, Judgement, Sample, Says, Span, Status, Voice

SHARES = (0.3, 0.6, 0.8, 0.95)


def claim(number: int, confidence: float, kind: str = "CONSULT") -> Claim:
    """A claim with a confidence."""
    span, none = Span("t", number, number + 1), "not said"
    act = Act(kind, (), Cell(Status.HAPPENED, span), (), Cell(None, None, none), Cell(None, None, none), span)
    return Claim(f"c{number}", "t", act, Voice(), Says.AFFIRMS, span, "tests@1", confidence)


CLAIMS = [claim(number, SHARES[number % 4], ("CONSULT", "AID", "ASSAULT")[number % 3]) for number in range(400)]


def drawn(seed: str, size: int = 40, per: str = "", claims: Sequence[Claim] = CLAIMS) -> Sample:
    """A sample."""
    return audit.draw(claims, (), size, seed=seed, per=per, by="A", at="2026-01-01")


def test_the_same_seed_draws_the_same_claims_from_any_order() -> None:
    """Another seed draws others; a claim that a person added is never drawn."""
    own = dataclasses.replace(claim(999, 1.0), origin="person:A")

    assert drawn("1") == drawn("1", claims=[own, *reversed(CLAIMS)])
    assert {one.claim for one in drawn("1").drawn} != {one.claim for one in drawn("2").drawn}


@pytest.mark.parametrize("per", audit.PER)
def test_probabilities_are_those_of_the_strata(per: str) -> None:
    """Each claim's is drawn over claims of its stratum, and the weights add up to all claims."""
    sample = drawn("3", per=per)
    of = {one.name: one for one in sample.strata}

    assert 40 == len(sample.drawn) == sum(one.drawn for one in sample.strata)
    assert len(of) == {"": 1, "type": 3, "band": 4}[per]
    assert all(one.probability == of[one.stratum].drawn / of[one.stratum].claims for one in sample.drawn)
    assert sum(1 / one.probability for one in sample.drawn) == pytest.approx(len(CLAIMS))


def test_each_stratum_gets_one_and_the_rest_in_proportion() -> None:
    """Never more than it has; all claims can be drawn."""
    assert {"a": 17, "b": 2, "c": 1} == audit.allocated({"a": 100, "b": 10, "c": 1}, 20)
    assert {"a": 1, "b": 1} == audit.allocated({"a": 900, "b": 1}, 2)
    assert {"a": 7, "b": 3} == audit.allocated({"a": 7, "b": 3}, 10)


@pytest.mark.parametrize(("size", "per"), [(0, ""), (401, ""), (2, "type"), (40, "outlet")])
def test_what_cannot_be_drawn_is_refused(size: int, per: str) -> None:
    """One line says what can."""
    with pytest.raises(AuditError, match=r"size|per"):
        drawn("1", size, per)


@pytest.mark.parametrize("per", ["", "band"])
def test_intervals_cover_and_estimates_are_not_biased(per: str) -> None:
    """Of two hundred samples of a population whose claims' truth is known: 95 of 100 intervals hold the true share."""
    rng = random.Random(7)
    truth = {one.id: rng.random() < one.confidence for one in CLAIMS}
    share = sum(truth.values()) / len(truth)
    found = []
    for seed in range(200):
        sample = drawn(str(seed), per=per)
        found.append(audit.estimate(sample, {d.claim: (d.claim, truth[d.claim], True) for d in sample.drawn}).right)

    assert sum(one.share or 0 for one in found) / 200 == pytest.approx(share, abs=0.015)
    assert sum((one.low or 0) <= share <= (one.high or 0) for one in found) >= 0.92 * 200
    assert all(one.horvitz_thompson == pytest.approx(one.share) for one in found)


def test_strata_are_weighed_by_their_claims() -> None:
    """One of two strata holds nine tenths of the claims: what is right there weighs nine times as much."""
    some = [claim(number, 0.95 if number < 90 else 0.3) for number in range(100)]
    sample = drawn("1", 20, "band", some)
    said = {one.claim: (one.claim, one.stratum.startswith("0.90"), True) for one in sample.drawn}
    found = audit.estimate(sample, said)

    assert found.right.share == pytest.approx(0.9)
    assert 1.0 == found.found.share
    assert found.right.low is not None
    assert found.right.low < 0.9 < (found.right.high or 0)


def test_what_nobody_judged_is_missing_and_a_census_has_no_error() -> None:
    """Half judged: the share is of those; all of all claims judged: the interval is a point."""
    sample = drawn("1", 40)
    half = {one.claim: (one.claim, True if n < 20 else None, n < 20) for n, one in enumerate(sample.drawn)}
    found = audit.estimate(sample, half)
    whole = drawn("1", 400)
    everything = {one.claim: (one.claim, n < 100, True) for n, one in enumerate(whole.drawn)}
    census = audit.estimate(whole, everything).right

    assert (20, 1.0, 0.5) == (found.judged, found.right.share, found.right.horvitz_thompson)
    assert (0.25, 0.25, 0.25) == (census.share, census.low, census.high)
    assert audit.estimate(sample, {}).right.share is None


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ((), (None, False)),
        (("accept",), (True, True)),
        (("reject",), (False, False)),
        (("set",), (False, True)),
        (("accept", "set"), (False, True)),
        (("reject", "accept"), (True, True)),
    ],
)
def test_what_words_say_of_a_claim(decisions: tuple[str, ...], expected: tuple[bool | None, bool]) -> None:
    """A corrected claim is there and not right; the last acceptance or rejection counts."""
    words = [Judgement(str(n), "c", Decision(one), "A", str(n), "") for n, one in enumerate(decisions)]

    assert expected == audit.verdict(words)


def test_samples_are_kept_in_the_record_and_told_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same draw is kept once; a judged claim is counted; the record stays whole."""
    path = tmp_path / "talks.db"
    imported.take_in(example.RECORD, formats.RUN, path, "tests")
    assert 1 == cli.main(["audit", "--record", str(path)])
    for _ in range(2):
        assert 0 == cli.main(["audit", "--record", str(path), "--draw", "3", "--seed", "5", "--by", "A. Reader"])
    assert 2 == cli.main(["audit", "--record", str(path), "--draw", "9999", "--by", "A. Reader"])
    assert "\ndragoman: size: at most 5000\n" in capsys.readouterr().err
    with Store.open(path) as store:
        (sample,) = samples.kept(store)
        store.add_judgement(Judgement("j", sample.drawn[0].claim, Decision.ACCEPT, "A", "2026", ""))
        _, estimate = samples.told(sample, look_up(store.read()))
    capsys.readouterr()
    assert 0 == cli.main(["audit", "--record", str(path), "--json"])
    told = json.loads(capsys.readouterr().out)[0]

    assert (1, 3, 1.0) == (estimate.judged, estimate.drawn, estimate.right.share)
    assert (told["id"], told["judged"], 3) == (sample.id, 1, len(told["sample"]))
    assert 0 == cli.main(["audit", "--record", str(path)])
    told = capsys.readouterr().out
    assert "1 of 3 judged" in told
    assert re.search(r"right in every cell: 100 % \(95 % interval \d+ % to 100 %\)", told)


def _nobody() -> NoReturn:
    raise KeyError("getpwuid(): uid not found: 1000")


def test_a_sample_needs_a_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where none is given and the system does not know who is logged in, a line says so."""
    path = tmp_path / "talks.db"
    imported.take_in(example.RECORD, formats.RUN, path, "tests")
    monkeypatch.delenv("DRAGOMAN_BY", raising=False)
    monkeypatch.setattr("getpass.getuser", _nobody)

    assert 2 == cli.main(["audit", "--record", str(path), "--draw", "3"])
    assert capsys.readouterr().err == "dragoman: by: a sample needs the name of who draws it\n"
    monkeypatch.setenv("DRAGOMAN_BY", "A. Reader")
    assert 0 == cli.main(["audit", "--record", str(path), "--draw", "3"])
    assert "by A. Reader, seed 1" in capsys.readouterr().out
