"""The command line: reads arguments, runs a command, prints. It must not know how anything is coded.

Data goes to stdout, talk to stderr. Exit codes: 0 the record holds what was asked, 1 nothing was coded or found,
2 nothing readable or wrong usage; 70 a defect of this program, 130 interrupted, 141 the reader of a pipe has gone.

Commands are named here and live in modules of their own (``cli_*.py``), which are loaded when they are run: their
libraries take longer to load than most commands take to run.
"""

import importlib
import os
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from typing import Annotated, Any, NamedTuple

import typer
import typer.core
import typer.main

from dragoman import __version__
from dragoman.cli_options import DEFECT, INTERRUPTED, NOTHING, OK, USAGE
from dragoman.terminal import output
from dragoman.terminal.examples import examples

__all__ = ["DEFECT", "INTERRUPTED", "NOTHING", "OK", "USAGE", "app", "main"]


class Command(NamedTuple):
    """A command: ``module:function`` of what runs it, and the first sentence of its help, for the list of commands."""

    target: str
    summary: str


# In the order in which help lists them. Each summary is how the help of the command begins; tests hold it to that.
COMMANDS = {
    "code": Command("dragoman.cli_code:code", "Read reports into a record"),
    "show": Command("dragoman.cli_show:show", "List the events of a record"),
    "explain": Command("dragoman.cli_show:explain_", "Show what an event, claim or position rests on"),
    "link": Command("dragoman.cli_word:link", "Say that two claims or events are one act, or are not"),
    "judge": Command("dragoman.cli_word:judge", "Accept or reject a claim, or set one of its cells"),
    "diff": Command("dragoman.cli_diff:diff", "Show what changed between two records, and why"),
    "export": Command("dragoman.cli_export:export", "Write a record out"),
    "formats": Command("dragoman.cli_export:formats", "List the formats that export knows"),
    "page": Command("dragoman.cli_page:page", "Write one self-contained HTML page"),
    "import": Command("dragoman.cli_import:import_", "Make a record of PLOVER JSON Lines that this program exported"),
    "agreement": Command("dragoman.cli_agreement:agreement", "Say how far reviewers agree"),
    "audit": Command("dragoman.cli_audit:audit", "Estimate how many claims are right"),
    "verify": Command("dragoman.cli_show:verify", "Check that a record is whole"),
    "lookup": Command("dragoman.cli_lookup:lookup", "Look up who, when or where a phrase means"),
    "serve": Command("dragoman.cli_serve:serve", "Open the workbench: the record in a browser"),
}

# Errors whose text is one line for a person, and the exit code each ends with. By name: a class whose module was
# never loaded was never raised.
TOLD = {
    "dragoman.lookup:UnknownIdError": NOTHING,
    "dragoman.lookup:AmbiguousIdError": USAGE,
    "dragoman.audit:AuditError": USAGE,
    "dragoman.terminal.choose:ChoiceError": USAGE,
    "dragoman.storage.database:StoreError": USAGE,
    "dragoman.codebook.rules:CodebookError": USAGE,
    "dragoman.own_actors_rows:OwnActorsError": USAGE,
    "dragoman.plugins:PluginError": USAGE,
    "dragoman.export.forms:ExportError": USAGE,
    "dragoman.web.asked:AskedError": USAGE,
}


class _Commands(MutableMapping[str, Any]):
    """Name -> command, made when it is asked for."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _made(name, COMMANDS[name])
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


def _made(name: str, command: Command) -> Any:
    module, _, function = command.target.partition(":")
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(name, epilog=examples(name))(getattr(importlib.import_module(module), function))
    return typer.main.get_command(alone)


class _Group(typer.core.TyperGroup):
    """The commands of :data:`COMMANDS`; the list of them needs none of their modules."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = _Commands()

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands in the help, each with its summary."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, f"{command.summary}.") for name, command in COMMANDS.items()])


app = typer.Typer(
    cls=_Group,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    except OSError as problem:
        output.tell(f"dragoman: {problem.filename or 'system'}: {problem.strerror or problem}")
    except Exception as problem:
        names = (f"{kind.__module__}:{kind.__name__}" for kind in type(problem).__mro__)
        code = next((TOLD[name] for name in names if name in TOLD), None)
        if code is not None:
            output.tell(f"dragoman: {problem}")
            return code
        # The last resort: a defect of this program, never the user's fault
        if "--debug" in given or os.environ.get("DRAGOMAN_DEBUG"):
            raise
        output.tell(f"dragoman: unexpected {type(problem).__name__}: {problem}")
        output.tell("this is a defect; dragoman --debug ... shows where it arose")
        return DEFECT
    return USAGE
