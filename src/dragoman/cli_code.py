"""``dragoman code``: reads reports into a record. Prints; decides nothing."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman import pipeline
from dragoman.cli_options import NOTHING, OK, USAGE, AsJson, RecordFile, counted
from dragoman.store import Store
from dragoman.terminal import output
from dragoman.terminal.plain import json_text
from dragoman.types import Failure

# How many failures of a batch are listed on a terminal; --json lists all (issue 2, point 6).
_LISTED = 20


def code(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="Files or directories of .txt, .md, .html, .json, .jsonl.")
    ],
    *,
    record: RecordFile,
    codebook: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own codebook (TOML) instead of PLOVER 2.0.")
    ] = None,
    actors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own actors (CSV), before the built-in ones.")
    ] = None,
    workers: Annotated[int, typer.Option(metavar="N", min=1, max=64, help="Processes that read at the same time.")] = 1,
    retry: Annotated[bool, typer.Option("--retry", help="Try texts again that ended an earlier run's worker.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read reports into a record; a second run adds nothing, an interrupted one goes on where it stopped."""
    advance, stop = output.progress_bar()
    with Store.open(record, create=True) as store:
        try:
            outcome = pipeline.code(
                paths, store, workers=workers, retry=retry, codebook=codebook, actors=actors, progress=advance
            )
        finally:
            stop()
    if as_json:
        output.put(json_text(_outcome_json(outcome), indent=2) + "\n")
    else:
        _tell_outcome(outcome, record)
    if outcome.reports_read == 0:
        raise typer.Exit(USAGE)
    raise typer.Exit(OK if outcome.events or outcome.claims_new else NOTHING)


def _outcome_json(outcome: pipeline.Outcome) -> dict[str, Any]:
    shown = dataclasses.asdict(outcome)
    shown["failures"] = [{**dataclasses.asdict(failure), "message": str(failure)} for failure in outcome.failures]
    shown["skipped"] = dict(outcome.skipped)
    return shown


def _tell_outcome(outcome: pipeline.Outcome, record: Path) -> None:
    output.tell(f"{counted(outcome.reports_read, 'report')} read, {outcome.reports_new} new to {record}")
    output.tell(f"{counted(outcome.texts_coded, 'text')} coded: {counted(outcome.claims_new, 'new claim')}")
    output.tell(f"the record holds {counted(outcome.events, 'event')}")
    for language, number in outcome.skipped:
        output.tell(f"{counted(number, 'text')} kept but not coded: no reader for the language {language!r}")
    if outcome.set_aside:
        output.tell(f"{counted(outcome.set_aside, 'text')} set aside as not to be coded; --retry takes them up again")
    _tell_failures(outcome.failures)


def _tell_failures(failures: Sequence[Failure]) -> None:
    if failures:
        output.tell(f"{counted(len(failures), 'source')} could not be read or coded:")
    for failure in failures[:_LISTED]:
        output.tell(f"  {failure}")
    if len(failures) > _LISTED:
        output.tell(f"  and {len(failures) - _LISTED} more (--json lists all)")
