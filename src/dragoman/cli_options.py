"""What the commands share: exit codes, the options that several of them take, a refusal in one line."""

import getpass
import os
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dragoman.terminal import output

OK, NOTHING, USAGE, DEFECT, INTERRUPTED = 0, 1, 2, 70, 130

RecordFile = Annotated[
    Path, typer.Option("--record", metavar="FILE", envvar="DRAGOMAN_RECORD", help="The record, one SQLite file.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]
TextFree = Annotated[
    bool, typer.Option("--text-free", help="Hashes and offsets instead of words, for sources under copyright.")
]
Since = Annotated[str, typer.Option(metavar="DATE", help="Only what may lie on or after this day, month or year.")]
Until = Annotated[str, typer.Option(metavar="DATE", help="Only what may lie on or before this day, month or year.")]
Standing = Annotated[
    str, typer.Option(metavar="WORD", help="Only events that stand so: done_late, one_voice, unacknowledged ...")
]


def counted(number: int, noun: str) -> str:
    """``1 event``, ``2 events``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def login() -> str:
    """The name of whoever is at work: ``DRAGOMAN_BY``, else who is logged in; "" where the system does not know."""
    try:
        return os.environ.get("DRAGOMAN_BY") or getpass.getuser()
    except (OSError, KeyError):
        return ""


def refuse(reason: str) -> NoReturn:
    """Say in one line why a command line cannot be run, and end with the code of wrong usage."""
    output.tell(f"dragoman: {reason}")
    raise typer.Exit(USAGE)
