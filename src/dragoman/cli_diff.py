"""``dragoman diff``: what two records differ in, and why. Prints; decides nothing."""

from pathlib import Path
from typing import Annotated

import typer

from dragoman import kept
from dragoman.cli_options import NOTHING, OK, AsJson
from dragoman.differences import compare
from dragoman.store import Store
from dragoman.terminal import differing, output, words
from dragoman.terminal.plain import json_text
from dragoman.types import Record, Run


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A record.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another one, or a later copy of it.")],
    as_json: AsJson = False,
) -> None:
    """Show what changed between two records, and why: events new, gone, merged, split, changed; positions.

    Events are the same where they share claims. Ends with 0 where the records differ and with 1 where they do not.
    """
    (before, run_before), (after, run_after) = _read(old), _read(new)
    found = compare(before, after, (run_before, run_after))
    names = {**words.state_names(before), **words.state_names(after)}
    if as_json:
        output.put(json_text(differing.as_json(found, names), indent=2) + "\n")
    elif found.any:
        ids = words.short_ids(key for held in (before, after) for key in _ids(held))
        output.draw(*differing.differing(found, names, ids))
    else:
        output.tell(f"{old} and {new} hold the same" + "".join(f"; {line}" for line in differing.summary(found)))
    raise typer.Exit(OK if found.any else NOTHING)


def _read(record: Path) -> tuple[Record, Run | None]:
    with Store.open(record) as store:
        return kept.read(store), store.latest_run()


def _ids(held: Record) -> list[str]:
    return [one.id for things in (held.events, held.claims, held.positions) for one in things]
