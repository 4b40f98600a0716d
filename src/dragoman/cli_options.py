"""What the commands share: exit codes, the options that most of them take, a refusal in one line."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dragoman.terminal import output

OK, NOTHING, USAGE, DEFECT, INTERRUPTED = 0, 1, 2, 70, 130

RecordFile = Annotated[
    Path, typer.Option("--record", metavar="FILE", envvar="DRAGOMAN_RECORD", help="The record, one SQLite file.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]


def counted(number: int, noun: str) -> str:
    """``1 event``, ``2 events``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def refuse(reason: str) -> NoReturn:
    """Say in one line why a command line cannot be run, and end with the code of wrong usage."""
    output.tell(f"dragoman: {reason}")
    raise typer.Exit(USAGE)
