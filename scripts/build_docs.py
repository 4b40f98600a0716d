"""Builds docs/cli.md from the command line itself: every command, argument and option with its help and examples."""

from pathlib import Path
from typing import Any

import typer.main

from dragoman.cli import app
from dragoman.terminal.examples import EXAMPLES

TARGET = Path(__file__).resolve().parent.parent / "docs" / "cli.md"

PREFACE = """\
# Command line

<!-- made by scripts/build_docs.py from the program's own help; do not edit -->

Data goes to stdout, talk to stderr. `--json` prints JSON instead of words. A record is one file; `--record FILE` may
be given once and for all in the environment as `DRAGOMAN_RECORD`.

| exit code | means |
|---|---|
| 0 | the record holds what was asked |
| 1 | nothing was coded or found |
| 2 | nothing readable, or wrong usage |
| 70 | a defect of the program; `dragoman --debug ...` shows where |
| 130 | interrupted; what was coded is kept |
| 141 | the reader of a pipe has gone |
"""


def render() -> str:
    """The whole page."""
    group: Any = typer.main.get_command(app)
    parts = [PREFACE, _command("", group)]
    parts += [_command(name, command) for name, command in group.commands.items()]
    return "\n".join(parts)


def _command(name: str, command: Any) -> str:
    parameters = [parameter for parameter in command.params if parameter.name != "help"]
    arguments = [p for p in parameters if p.param_type_name == "argument"]
    usage = ["dragoman", name, *(_metavar(p) if p.required else f"[{_metavar(p)}]" for p in arguments), "[OPTIONS]"]
    lines = [f"## dragoman {name}".rstrip(), "", command.help.strip(), ""]
    lines += ["    " + " ".join(part for part in usage if part), "", "| | |", "|---|---|"]
    lines += [f"| `{_names(parameter)}` | {_help(parameter)} |" for parameter in parameters]
    lines += ["", "Examples:", "", *(f"    {example}" for example in EXAMPLES[name]), ""]
    return "\n".join(lines)


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper()) + ("..." if parameter.nargs == -1 else "")


def _names(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return _metavar(parameter)
    value = "" if parameter.is_flag else f" {_metavar(parameter)}"
    return ", ".join(parameter.opts) + value


def _help(parameter: Any) -> str:
    notes = ["required"] if parameter.required else []
    notes += [f"default: {parameter.default}"] if parameter.default not in (None, "", False) else []
    notes += [f"environment: {parameter.envvar}"] if parameter.envvar else []
    return str(parameter.help) + (f" ({'; '.join(notes)})" if notes else "")


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {len(EXAMPLES) - 1} commands")
