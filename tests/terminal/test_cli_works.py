"""The command line: coding, people's words, and whatever goes wrong."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import example_record as example
from dragoman import cli, pipeline
from dragoman.store import Store, StoreError
from dragoman.types import Decision, Failure, Record, Verdict

Runner = Callable[..., tuple[int, str, str]]


def outcome(**changes: Any) -> pipeline.Outcome:
    """An outcome of coding three reports."""
    made = pipeline.Outcome(3, 2, 2, 2, 5, 4, (), (("fr", 1),))
    return dataclasses.replace(made, **changes)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, cli.OK),
        ({"reports_new": 0, "texts_new": 0, "texts_coded": 0, "claims_new": 0}, cli.OK),
        ({"events": 0, "claims_new": 0}, cli.NOTHING),
        ({"reports_read": 0, "events": 4}, cli.USAGE),
        ({"failures": (Failure("a.txt", "empty"),)}, cli.OK),
    ],
)
def test_code_ends_by_what_the_record_holds(
    changes: dict[str, Any], code: int, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """0 also where a second run adds nothing or a part failed, 1 where nothing came of it, 2 where nothing was read."""
    monkeypatch.setattr(pipeline, "code", lambda *_, **__: outcome(**changes))

    assert run("code", tmp_path, "--record", tmp_path / "n.db")[0] == code


def test_code_lists_its_failures_at_the_end(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty lines and how many more there are on stderr; all of them in --json; stdout holds no talk."""
    failures = tuple(Failure(f"f{i}.txt", "empty", line=i) for i in range(1, 24))
    monkeypatch.setattr(pipeline, "code", lambda *_, **__: outcome(failures=failures, set_aside=2))
    _, shown, told = run("code", tmp_path, "--record", tmp_path / "n.db")
    _, as_json, quiet = run("code", tmp_path, "--record", tmp_path / "n.db", "--json")

    assert not shown
    assert "2 texts set aside as not to be coded; --retry takes them up again" in told
    assert told.splitlines()[-1] == "  and 3 more (--json lists all)"
    assert [f"  f{i}.txt:{i}: empty" for i in range(1, 21)] == told.splitlines()[-21:-1]
    assert "1 text kept but not coded: no reader for the language 'fr'" in told
    assert [failure["message"] for failure in json.loads(as_json)["failures"]] == [str(f) for f in failures]
    assert not quiet


def test_code_passes_what_was_asked_to_the_pipeline(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths, workers, retry, codebook and actors arrive as given."""
    seen: dict[str, Any] = {}

    def code(paths: list[Path], store: Store, **options: Any) -> pipeline.Outcome:
        seen.update(options, paths=paths, record=store.path)
        return outcome()

    monkeypatch.setattr(pipeline, "code", code)
    files = ("--codebook", "my.toml", "--actors", "my.csv")
    run("code", "a", "b", "--record", tmp_path / "n.db", "--workers", 3, "--retry", *files)

    assert seen.pop("progress")
    assert seen == {
        "paths": [Path("a"), Path("b")],
        "record": tmp_path / "n.db",
        "workers": 3,
        "retry": True,
        "codebook": Path("my.toml"),
        "actors": Path("my.csv"),
    }


def test_a_persons_word_reaches_the_pipeline(run: Runner, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shortened ids are made whole, a cell and its value are taken apart, the author and reason go with it."""
    said: list[tuple[Any, ...]] = []

    def keep(store: Store, *words: Any, by: str, why: str, at: str) -> Record:
        said.append((store.path, *words, by, why))
        assert at.endswith("+00:00")
        return example.RECORD

    monkeypatch.setattr(pipeline, "judge", keep)
    monkeypatch.setattr(pipeline, "link", keep)
    who = ("--by", "A. Reader", "--why", "read it", "--record", record)

    assert run("judge", "aa11", "--set", "date=2018-06-01/2018-06-02", *who)[0] == cli.OK
    assert run("link", "e11", "dd", "--not-same", *who) == (cli.OK, "", "kept; the record holds 3 events\n")
    assert json.loads(run("link", "e11", "dd", "--same", *who, "--json")[1])["verdict"] == "same"
    assert said == [
        (record, example.C_VISIT.id, Decision.SET, "date", "2018-06-01/2018-06-02", "A. Reader", "read it"),
        (record, example.E_VISIT.id, example.C_PLAN.id, Verdict.NOT_SAME, "A. Reader", "read it"),
        (record, example.E_VISIT.id, example.C_PLAN.id, Verdict.SAME, "A. Reader", "read it"),
    ]


def test_verify_lists_problems_harmlessly(run: Runner, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems are data and exit code 1; a whole record is exit code 0."""
    monkeypatch.setattr(Store, "verify", lambda _: ["text \x1b[2J: hash differs"])

    assert run("verify", "--record", record) == (1, "text \\x1b[2J: hash differs\n", "")
    assert json.loads(run("verify", "--record", record, "--json")[1]) == {
        "whole": False,
        "problems": ["text \x1b[2J: hash differs"],
    }

    monkeypatch.setattr(Store, "verify", lambda _: [])

    assert run("verify", "--record", record) == (0, "", f"{record} is whole\n")


@pytest.mark.parametrize(
    ("problem", "code", "told"),
    [
        (StoreError("r.db: locked; close the other program"), 2, "dragoman: r.db: locked; close the other program\n"),
        (pipeline.CodebookError("my.toml: quad: 5"), 2, "dragoman: my.toml: quad: 5\n"),
        (PermissionError(13, "Permission denied", "x.db"), 2, "dragoman: x.db: Permission denied\n"),
        (
            ZeroDivisionError("by\x1bzero"),
            70,
            "dragoman: unexpected ZeroDivisionError: by\\x1bzero\nthis is a defect; dragoman --debug ... shows where"
            " it arose\n",
        ),
    ],
)
def test_no_error_reaches_the_user_as_a_traceback(
    problem: Exception, code: int, told: str, *, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Known errors are one line and exit code 2, a defect says how to see more."""

    def broken(*_: object, **__: object) -> None:
        raise problem

    monkeypatch.setattr(pipeline, "code", broken)

    assert run("code", tmp_path, "--record", tmp_path / "n.db") == (code, "", told)


def test_debug_shows_where_a_defect_arose(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --debug the error is raised as it is."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "code", broken)

    with pytest.raises(ZeroDivisionError):
        run("--debug", "code", tmp_path, "--record", tmp_path / "n.db")


def test_an_interruption_is_told_of_quietly(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with 130, and the user learns that nothing finished is lost."""

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "code", stopped)
    code, shown, told = run("code", tmp_path, "--record", tmp_path / "n.db")

    assert (code, shown) == (130, "")
    assert "what was coded is kept" in told
