"""A command line starts with what its command needs and no more."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main

from dragoman import cli

GROUP: Any = typer.main.get_command(cli.app)

# Takes the names of modules loaded after a command line; what a command prints is dropped.
_LOADED = """
import contextlib, io, json, sys
from dragoman import cli
with contextlib.redirect_stdout(io.StringIO()):
    code = cli.main(sys.argv[1:])
print(json.dumps([code, sorted(sys.modules)]))
"""
# Libraries and parts of the program that only reading, coding and reconciling need.
_HEAVY = {"numpy", "onnxruntime", "trafilatura", "alembic", "dragoman.pipeline", "dragoman.map_half", "fastapi"}


def loaded(*arguments: object) -> tuple[int, set[str]]:
    """The exit code of a command line in a fresh process, and the modules loaded after it."""
    command = [sys.executable, "-c", _LOADED, *map(str, arguments)]
    code, modules = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return code, set(modules)


def test_help_loads_no_command() -> None:
    """The list of commands is made of names and summaries alone."""
    code, modules = loaded("--help")

    assert code == cli.OK
    assert {name for name in modules if name.startswith("dragoman.cli")} == {"dragoman.cli", "dragoman.cli_options"}
    assert modules.isdisjoint({*_HEAVY, "sqlalchemy"})


@pytest.mark.parametrize("command", [("show",), ("show", "claims")])
def test_looking_at_a_record_loads_nothing_that_makes_one(record: Path, command: tuple[str, ...]) -> None:
    """A record that is up to date is read without the coder, its models and its libraries."""
    code, modules = loaded(*command, "--record", record)

    assert code == cli.OK
    assert modules.isdisjoint(_HEAVY)


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_a_summary_is_how_the_help_of_the_command_begins(name: str) -> None:
    """What the list of commands says is what the command says of itself."""
    assert GROUP.commands[name].name == name
    assert GROUP.commands[name].help.startswith(cli.COMMANDS[name].summary)


@pytest.mark.parametrize("target", sorted(cli.TOLD))
def test_every_error_that_is_told_is_there(target: str) -> None:
    """The errors named by module and class are classes of those modules."""
    module, _, name = target.partition(":")
    kind = getattr(__import__(module, fromlist=[name]), name)

    assert issubclass(kind, Exception)
    assert (kind.__module__, kind.__name__) == (module, name)
