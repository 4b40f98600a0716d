"""``dragoman link`` and ``judge``: a person's word on a record, kept and computed with."""

import datetime as dt
from typing import Annotated, Any

import typer

from dragoman import pipeline
from dragoman.cli_options import AsJson, RecordFile, counted, refuse
from dragoman.lookup import look_up
from dragoman.store import Store
from dragoman.terminal import output
from dragoman.terminal.plain import json_text
from dragoman.types import Claim, Decision, Record, Verdict

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so; kept with the word.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason; kept with the word.")]


def link(
    left: Annotated[str, typer.Argument(metavar="A", help="A claim or event, or how its id begins.")],
    right: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    *,
    record: RecordFile,
    by: By,
    why: Why,
    same: Annotated[bool, typer.Option("--same", help="They tell of one act.")] = False,
    not_same: Annotated[bool, typer.Option("--not-same", help="They do not, whatever a model says.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say that two claims or events are one act, or are not. A person's word outranks any model's and is kept."""
    if same == not_same:
        refuse("say either --same or --not-same")
    verdict = Verdict.SAME if same else Verdict.NOT_SAME
    with Store.open(record) as store:
        look, redirects = look_up(pipeline.read(store)), store.redirects
        ends = [look.find(redirects.get(key, key)).id for key in (left, right)]
        held = pipeline.link(store, ends[0], ends[1], verdict, by=by, why=why, at=_now())
    _kept({"left": ends[0], "right": ends[1], "verdict": verdict.value, "by": by, "why": why}, held, as_json)


def judge(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim, or how its id begins.")],
    *,
    record: RecordFile,
    by: By,
    why: Why,
    accept: Annotated[bool, typer.Option("--accept", help="The claim says what its words say.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It does not; it no longer counts.")] = False,
    change: Annotated[
        str,
        typer.Option(
            "--set",
            metavar="CELL=VALUE",
            help="One cell is wrong: status=planned, date=2018-06-12, place=Singapore ...",
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Accept or reject a claim, or set one of its cells. A person's word survives every re-run."""
    cell, equals, value = change.partition("=")
    if accept + reject + bool(change) != 1 or (change and not (cell.strip() and equals and value.strip())):
        refuse("say one of --accept, --reject, --set CELL=VALUE")
    decision = Decision.ACCEPT if accept else Decision.REJECT if reject else Decision.SET
    with Store.open(record) as store:
        found = look_up(pipeline.read(store)).find(claim)
        if not isinstance(found, Claim):
            refuse(f"{found.id} is no claim; dragoman explain {found.id} lists the claims behind it")
        held = pipeline.judge(store, found.id, decision, cell.strip(), value.strip(), by=by, why=why, at=_now())
    word = {"claim": found.id, "decision": decision.value, "cell": cell.strip(), "value": value.strip()}
    _kept({**word, "by": by, "why": why}, held, as_json)


def _kept(word: dict[str, Any], held: Record, as_json: bool) -> None:
    if as_json:
        output.put(json_text({**word, "events": len(held.events)}, indent=2) + "\n")
    else:
        output.tell(f"kept; the record holds {counted(len(held.events), 'event')}")


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
