"""Runs: what decides a coding's result makes another run, what does not makes the same."""

import dataclasses
from pathlib import Path

import pytest

import dragoman
from dragoman import codebook, ids, plugins, runs


def test_a_run_is_the_same_until_something_changes() -> None:
    """The same program with the same tables is one run, whose id is the hash of its content."""
    book = codebook.load()
    run = runs.this_run(book)

    assert run == runs.this_run(book)
    assert run.id == ids.run_id(run)
    assert run.id == ids.run_id(dataclasses.replace(run, id="another"))


def test_another_codebook_plugin_or_version_is_another_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the things that can change what is read changes the id."""
    book = codebook.load()
    made = [runs.this_run(book), runs.this_run(book, "f" * 64)]
    made.append(runs.this_run(dataclasses.replace(book, hash="0" * 64)))
    monkeypatch.setattr(plugins, "identities", lambda group: (f"{group} another",))
    made.append(runs.this_run(book))
    monkeypatch.setattr(dragoman, "__version__", "99")
    made.append(runs.this_run(book))

    assert len(made) == len({run.id for run in made})


def test_only_the_map_half_is_part_of_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of a rule or table of reading makes another run; of the command line or of reconciliation, none."""
    monkeypatch.setattr(dragoman, "__file__", str(tmp_path / "__init__.py"))
    book = codebook.load()

    def run_with(name: str, content: str) -> str:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
        runs._code.cache_clear()
        return runs.this_run(book).id

    first = run_with("claims/acts.py", "1")
    elsewhere = ("cli.py", "cli_page.py", "imported.py", "reconcile/standing.py", "claims/__pycache__/acts.pyc")
    others = [run_with(name, "2") for name in elsewhere]
    changed = [run_with("claims/acts.py", "2"), run_with("data/verbs.json", "{}"), run_with("new.py", "")]
    runs._code.cache_clear()

    assert {first} == set(others)
    assert 4 == len({first, *changed})
