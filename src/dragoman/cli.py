"""The command line: reads arguments, calls the pipeline and the store, prints. It must not know how anything is coded.

Data goes to stdout, talk to stderr. Exit codes: 0 the record holds what was asked, 1 nothing was coded or found,
2 nothing readable or wrong usage; 70 a defect of this program, 130 interrupted, 141 the reader of a pipe has gone.
"""

import dataclasses
import datetime as dt
import enum
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from dragoman import __version__, pipeline
from dragoman.cli_agreement import agreement
from dragoman.cli_audit import audit
from dragoman.cli_diff import diff
from dragoman.cli_export import export, formats, import_
from dragoman.cli_lookup import lookup
from dragoman.cli_page import page
from dragoman.cli_serve import serve
from dragoman.export.forms import ExportError
from dragoman.lookup import AmbiguousIdError, Lookup, UnknownIdError, look_up
from dragoman.store import Store, StoreError
from dragoman.terminal import choose, explain, output, tables, words
from dragoman.terminal.examples import examples
from dragoman.terminal.plain import json_text, plain
from dragoman.types import Claim, Decision, Failure, Record, Verdict

OK, NOTHING, USAGE, DEFECT, INTERRUPTED = 0, 1, 2, 70, 130
# How many failures of a batch are listed on a terminal; --json lists all (issue 2, point 6).
_LISTED = 20

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Kind(enum.StrEnum):
    """What ``show`` can list."""

    EVENTS = "events"
    CLAIMS = "claims"
    POSITIONS = "positions"
    ACTORS = "actors"
    REPORTS = "reports"


_RecordFile = Annotated[
    Path, typer.Option("--record", metavar="FILE", envvar="DRAGOMAN_RECORD", help="The record, one SQLite file.")
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]
_By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so; kept with the word.")]
_Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason; kept with the word.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        output.put(f"dragoman {__version__}\n")
        raise typer.Exit(OK)


@app.callback(epilog=examples(""))
def dragoman(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where in the program an unexpected error arose.")
    ] = False,
) -> None:
    """Read the news coverage of a diplomatic process and keep the checked record.

    Every meeting, call, demand, threat or sanction: who, to whom, when, where, on whose word.
    """
    del version, debug  # the first acts by its callback, the second is read by main()


@app.command(epilog=examples("code"))
def code(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="Files or directories of .txt, .md, .html, .json, .jsonl.")
    ],
    *,
    record: _RecordFile,
    codebook: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own codebook (TOML) instead of PLOVER 2.0.")
    ] = None,
    actors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own actors (CSV), before the built-in ones.")
    ] = None,
    workers: Annotated[int, typer.Option(metavar="N", min=1, max=64, help="Processes that read at the same time.")] = 1,
    retry: Annotated[bool, typer.Option("--retry", help="Try texts again that ended an earlier run's worker.")] = False,
    as_json: _Json = False,
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
    output.tell(f"{_count(outcome.reports_read, 'report')} read, {outcome.reports_new} new to {record}")
    output.tell(f"{_count(outcome.texts_coded, 'text')} coded: {_count(outcome.claims_new, 'new claim')}")
    output.tell(f"the record holds {_count(outcome.events, 'event')}")
    for language, number in outcome.skipped:
        output.tell(f"{_count(number, 'text')} kept but not coded: no reader for the language {language!r}")
    if outcome.set_aside:
        output.tell(f"{_count(outcome.set_aside, 'text')} set aside as not to be coded; --retry takes them up again")
    _tell_failures(outcome.failures)


def _tell_failures(failures: Sequence[Failure]) -> None:
    if failures:
        output.tell(f"{_count(len(failures), 'source')} could not be read or coded:")
    for failure in failures[:_LISTED]:
        output.tell(f"  {failure}")
    if len(failures) > _LISTED:
        output.tell(f"  and {len(failures) - _LISTED} more (--json lists all)")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


@app.command(epilog=examples("show"))
def show(
    kind: Annotated[
        Kind, typer.Argument(metavar="KIND", help="events, claims, positions, actors or reports.")
    ] = Kind.EVENTS,
    *,
    record: _RecordFile,
    since: Annotated[
        str, typer.Option(metavar="DATE", help="Only what may lie on or after this day, month or year.")
    ] = "",
    until: Annotated[
        str, typer.Option(metavar="DATE", help="Only what may lie on or before this day, month or year.")
    ] = "",
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
    standing: Annotated[
        str, typer.Option(metavar="WORD", help="Only events that stand so: done_late, one_voice, unacknowledged ...")
    ] = "",
    as_json: _Json = False,
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


@app.command("explain", epilog=examples("explain"))
def explain_(
    key: Annotated[str, typer.Argument(metavar="ID", help="An event, claim or position, or how its id begins.")],
    record: _RecordFile,
    as_json: _Json = False,
) -> None:
    """Show what an event, claim or position rests on: the words, the voices, the reason for every cell and link."""
    with Store.open(record) as store:
        redirects, held = store.redirects, pipeline.read(store)
    look = look_up(held)
    thing = look.find(redirects.get(key, key))
    if as_json:
        output.put(json_text(explain.as_json(thing, look), indent=2) + "\n")
        return
    if key in redirects:
        output.tell(f"{key} is now {thing.id}")
    output.draw(explain.explain(thing, look, output.stdout_console().width))


@app.command(epilog=examples("link"))
def link(
    left: Annotated[str, typer.Argument(metavar="A", help="A claim or event, or how its id begins.")],
    right: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    *,
    record: _RecordFile,
    by: _By,
    why: _Why,
    same: Annotated[bool, typer.Option("--same", help="They tell of one act.")] = False,
    not_same: Annotated[bool, typer.Option("--not-same", help="They do not, whatever a model says.")] = False,
    as_json: _Json = False,
) -> None:
    """Say that two claims or events are one act, or are not. A person's word outranks any model's and is kept."""
    if same == not_same:
        _refuse("say either --same or --not-same")
    verdict = Verdict.SAME if same else Verdict.NOT_SAME
    with Store.open(record) as store:
        look, redirects = look_up(pipeline.read(store)), store.redirects
        ends = [look.find(redirects.get(key, key)).id for key in (left, right)]
        held = pipeline.link(store, ends[0], ends[1], verdict, by=by, why=why, at=_now())
    _kept({"left": ends[0], "right": ends[1], "verdict": verdict.value, "by": by, "why": why}, held, as_json)


@app.command(epilog=examples("judge"))
def judge(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim, or how its id begins.")],
    *,
    record: _RecordFile,
    by: _By,
    why: _Why,
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
    as_json: _Json = False,
) -> None:
    """Accept or reject a claim, or set one of its cells. A person's word survives every re-run."""
    cell, equals, value = change.partition("=")
    if accept + reject + bool(change) != 1 or (change and not (cell.strip() and equals and value.strip())):
        _refuse("say one of --accept, --reject, --set CELL=VALUE")
    decision = Decision.ACCEPT if accept else Decision.REJECT if reject else Decision.SET
    with Store.open(record) as store:
        found = look_up(pipeline.read(store)).find(claim)
        if not isinstance(found, Claim):
            _refuse(f"{found.id} is no claim; dragoman explain {found.id} lists the claims behind it")
        held = pipeline.judge(store, found.id, decision, cell.strip(), value.strip(), by=by, why=why, at=_now())
    word = {"claim": found.id, "decision": decision.value, "cell": cell.strip(), "value": value.strip()}
    _kept({**word, "by": by, "why": why}, held, as_json)


def _kept(word: dict[str, Any], held: Record, as_json: bool) -> None:
    if as_json:
        output.put(json_text({**word, "events": len(held.events)}, indent=2) + "\n")
    else:
        output.tell(f"kept; the record holds {_count(len(held.events), 'event')}")


app.command("diff", epilog=examples("diff"))(diff)
app.command("export", epilog=examples("export"))(export)
app.command("formats", epilog=examples("formats"))(formats)
app.command("page", epilog=examples("page"))(page)
app.command("import", epilog=examples("import"))(import_)

app.command("agreement", epilog=examples("agreement"))(agreement)
app.command("audit", epilog=examples("audit"))(audit)


@app.command(epilog=examples("verify"))
def verify(record: _RecordFile, as_json: _Json = False) -> None:
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


app.command("lookup", epilog=examples("lookup"))(lookup)
app.command("serve", epilog=examples("serve"))(serve)


def _read(record: Path) -> Lookup:
    with Store.open(record) as store:
        return look_up(pipeline.read(store))


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _refuse(reason: str) -> NoReturn:
    output.tell(f"dragoman: {reason}")
    raise typer.Exit(USAGE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and give its exit code. Whatever goes wrong, a user sees one line and no traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that has no → still shows the rest
    try:
        app(args=given, prog_name="dragoman")
    except SystemExit as end:
        done = end.code if isinstance(end.code, int) else OK
        if done == INTERRUPTED:
            output.tell("stopped; what was coded is kept, and the same command goes on from there")
        return done
    except UnknownIdError as problem:
        output.tell(f"dragoman: {problem}")
        return NOTHING
    except (
        choose.ChoiceError,
        AmbiguousIdError,
        StoreError,
        pipeline.CodebookError,
        pipeline.OwnActorsError,
        ExportError,
    ) as problem:
        output.tell(f"dragoman: {problem}")
    except OSError as problem:
        output.tell(f"dragoman: {problem.filename or 'system'}: {problem.strerror or problem}")
    except Exception as problem:  # the last resort: a defect of this program, never the user's fault
        if "--debug" in given or os.environ.get("DRAGOMAN_DEBUG"):
            raise
        output.tell(f"dragoman: unexpected {type(problem).__name__}: {problem}")
        output.tell("this is a defect; dragoman --debug ... shows where it arose")
        return DEFECT
    return USAGE
