"""``dragoman show``, ``explain`` and ``verify``: what a record holds, what that rests on, and whether it is whole."""

import enum
from pathlib import Path
from typing import Annotated

import typer

from dragoman import kept
from dragoman.cli_options import NOTHING, OK, AsJson, RecordFile, Since, Standing, Until
from dragoman.lookup import Lookup, look_up
from dragoman.store import Store
from dragoman.terminal import choose, explain, output, tables, words
from dragoman.terminal.plain import json_text, plain


class Kind(enum.StrEnum):
    """What ``show`` can list."""

    EVENTS = "events"
    CLAIMS = "claims"
    POSITIONS = "positions"
    ACTORS = "actors"
    REPORTS = "reports"


def show(
    kind: Annotated[
        Kind, typer.Argument(metavar="KIND", help="events, claims, positions, actors or reports.")
    ] = Kind.EVENTS,
    *,
    record: RecordFile,
    since: Since = "",
    until: Until = "",
    actor: Annotated[
        str, typer.Option(metavar="NAME", help="Only with this actor: a name, or a code such as CHN.")
    ] = "",
    act_type: Annotated[
        str,
        typer.Option(
            "--type", metavar="CODE", help="Only this PLOVER type or CAMEO code; of positions, issue or stance."
        ),
    ] = "",
    status: Annotated[
        str, typer.Option(metavar="STATUS", help="Only acts of this status: happened, planned, denied ...")
    ] = "",
    standing: Standing = "",
    as_json: AsJson = False,
) -> None:
    """List the events of a record, or its claims, positions, actors or reports."""
    wanted = choose.choice(since=since, until=until, actor=actor, act_type=act_type, status=status, standing=standing)
    look = _read(record)
    lines = _lines(kind, wanted, look)
    if as_json:
        output.put(json_text(tables.as_json(lines, kind.value), indent=2) + "\n")
    elif lines:
        shown = words.short_ids((*look.events, *look.claims, *look.positions))
        output.draw(tables.table(kind.value, lines, output.stdout_console().width, shown))
    else:
        output.tell(
            f"no {kind.value} in {record} like that" if wanted != choose.Choice() else f"no {kind.value} in {record}"
        )
    raise typer.Exit(OK if lines else NOTHING)


def _lines(kind: Kind, wanted: choose.Choice, look: Lookup) -> list[tables.Line]:
    held = look.record
    match kind:
        case Kind.EVENTS:
            return tables.events((event for event in held.events if choose.event_meets(event, wanted)), look)
        case Kind.CLAIMS:
            return tables.claims((claim for claim in held.claims if choose.claim_meets(claim, wanted, look)), look)
        case Kind.POSITIONS:
            return tables.positions((one for one in held.positions if choose.position_meets(one, wanted)), look)
        case Kind.ACTORS:
            return tables.actors((one for one in tables.parties(look) if choose.party_meets(one, wanted)), look)
        case Kind.REPORTS:
            return tables.reports((report for report in held.reports if choose.report_meets(report, wanted)), look)


def explain_(
    key: Annotated[str, typer.Argument(metavar="ID", help="An event, claim or position, or how its id begins.")],
    record: RecordFile,
    as_json: AsJson = False,
) -> None:
    """Show what an event, claim or position rests on: the words, the voices, the reason for every cell and link."""
    with Store.open(record) as store:
        redirects, look = store.redirects, look_up(kept.read(store))
    thing = look.find(redirects.get(key, key))
    if as_json:
        output.put(json_text(explain.as_json(thing, look), indent=2) + "\n")
        return
    if key in redirects:
        output.tell(f"{key} is now {thing.id}")
    output.draw(explain.explain(thing, look, output.stdout_console().width))


def verify(record: RecordFile, as_json: AsJson = False) -> None:
    """Check that a record is whole: its file, the hash of every text, that every span lies in its text."""
    with Store.open(record) as store:
        problems = store.verify()
    if as_json:
        output.put(json_text({"whole": not problems, "problems": problems}, indent=2) + "\n")
    elif problems:
        output.put("".join(f"{plain(problem)}\n" for problem in problems))
    else:
        output.tell(f"{record} is whole")
    raise typer.Exit(NOTHING if problems else OK)


def _read(record: Path) -> Lookup:
    with Store.open(record) as store:
        return look_up(kept.read(store))
