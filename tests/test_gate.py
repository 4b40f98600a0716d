"""The quality gate: what falls below its floor, what is measured on other data, and how floors move."""

import dataclasses
import json
from pathlib import Path

import pytest
from evals import gate, seeds
from evals.gate import Pinned, Suite

SUITE = Suite("talks", (), dict)
PINNED = Pinned("abc", {"who": 0.4, "status": 0.9}, {"who": 0.41, "status": 0.93})


def outcomes(corpus: str, figures: dict[str, float], pinned: Pinned | None = PINNED) -> dict[str, str]:
    """Figure -> outcome."""
    return {line.figure: line.outcome for line in gate.compared("talks", corpus, figures, pinned)}


def test_a_figure_below_its_floor_falls() -> None:
    """A figure holds at its floor and not below it."""
    assert {"who": "ok", "status": "FELL"} == outcomes("abc", {"who": 0.4, "status": 0.899})


def test_other_data_cannot_be_compared() -> None:
    """However good the figures, they are of other files than the floors."""
    assert {"who": "CHANGED", "status": "CHANGED"} == outcomes("abd", {"who": 1.0, "status": 1.0})


def test_a_figure_that_is_no_longer_measured_is_missed() -> None:
    """A floor without a figure does not pass in silence; a figure without a floor is new."""
    assert {"who": "ok", "mode": "new", "status": "GONE"} == outcomes("abc", {"who": 0.5, "mode": 0.5})


def test_an_update_raises_floors_and_lowers_none() -> None:
    """A better figure lifts its floor to just below it; a worse one leaves its floor."""
    found = gate.repinned(SUITE, "abc", {"who": 0.4567, "status": 0.5}, PINNED, lower=False)

    assert {"who": 0.446, "status": 0.9} == found.floors
    assert {"who": 0.4567, "status": 0.5} == found.measured


def test_floors_are_lowered_only_when_asked() -> None:
    """With the permission floors follow the figures down, and those that are no longer measured go."""
    found = gate.repinned(SUITE, "abd", {"who": 0.3}, PINNED, lower=True)

    assert ("abd", {"who": 0.29}) == (found.corpus, found.floors)


def test_the_fingerprint_is_of_names_and_bytes(tmp_path: Path) -> None:
    """The order of the files does not matter; one changed byte or name does."""
    a, b = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    a.write_text("one")
    b.write_text("two")
    first = gate.fingerprint([a, b])
    same = gate.fingerprint([b, a])
    b.write_text("twO")

    assert first == same
    assert first != gate.fingerprint([a, b])


def test_what_cannot_be_measured_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without its data a suite is skipped by name, and the gate does not fail."""
    lost = dataclasses.replace(SUITE, files=(Path("nowhere.jsonl"),))
    monkeypatch.setattr(gate, "suites", lambda: (lost,))
    monkeypatch.setattr("sys.argv", ["gate"])
    code = gate.main()
    said = capsys.readouterr()

    assert 0 == code
    assert "skipped" in said.out
    assert "NOT MEASURED for want of data in ../shared: talks" in said.err


def test_floors_are_written_as_they_are_read(tmp_path: Path) -> None:
    """Floors survive being written, with the suites in order."""
    path = tmp_path / "floors.json"
    gate.write({"b": PINNED, "a": PINNED}, path)

    assert ["a", "b"] == list(json.loads(path.read_text())["suites"])
    assert {"a": PINNED, "b": PINNED} == gate.read(path)


def test_every_key_of_the_seed_facts_is_looked_at() -> None:
    """The table of what the seed articles must show has no key that no test reads, and names no row twice."""
    facts = seeds.read_facts()
    names = [row["name"] for row in facts["event"]]

    assert len(set(names)) == len(names)
    assert all(row["check"] for row in (*facts["event"], *facts["position"]))
