"""The command line: what the commands that show and export a record print where, and how they end."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import example_record as example
from dragoman import __version__, cli, cli_show, plugins
from dragoman.store import Store
from dragoman.terminal import output
from dragoman.terminal.examples import EXAMPLES

Runner = Callable[..., tuple[int, str, str]]


def test_the_version_is_printed(run: Runner) -> None:
    """--version is data and no error."""
    assert run("--version") == (cli.OK, f"dragoman {__version__}\n", "")


@pytest.mark.parametrize("command", sorted(EXAMPLES))
def test_every_command_has_help_with_examples(command: str, run: Runner) -> None:
    """--help shows each example on a line of its own."""
    code, shown, _ = run(*command.split(), "--help")

    assert code == cli.OK
    assert all(line in {shown_line.strip() for shown_line in shown.splitlines()} for line in EXAMPLES[command])


@pytest.mark.parametrize("line", [line for lines in EXAMPLES.values() for line in lines])
def test_every_example_is_a_command_line_that_is_understood(
    line: str, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Examples that need a record fail for want of it, not for their options; the others work."""
    monkeypatch.chdir(tmp_path)
    Path("mine.csv").write_text("name,code,sector\nRiver Council,IGO,GOV\n")
    program, *arguments = shlex.split(line)
    code, _, told = run(*(argument.replace("talks.db", str(tmp_path / "no" / "talks.db")) for argument in arguments))

    assert program == "dragoman"
    assert "usage" not in told.lower()
    assert code == (cli.OK if arguments[0] in ("formats", "lookup") else cli.USAGE)


def test_show_lists_events_by_default(run: Runner, record: Path) -> None:
    """The table goes to stdout, sorted by day, nothing to stderr."""
    code, shown, told = run("show", "--record", record)

    assert (code, told) == (cli.OK, "")
    assert shown.index("2018-05-29") < shown.index("2018-06-04") < shown.index("undated")
    assert "unacknowledged by" in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("kind", [kind.value for kind in cli_show.Kind])
def test_show_prints_json_of_every_kind(kind: str, run: Runner, record: Path) -> None:
    """--json is a list of objects with ids and the whole thing."""
    code, shown, _ = run("show", kind, "--record", record, "--json")
    objects = json.loads(shown)

    assert code == cli.OK
    assert all(item["id"] and item[kind.removesuffix("s")] for item in objects)


def test_show_takes_the_record_from_the_environment(run: Runner, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DRAGOMAN_RECORD stands for --record."""
    monkeypatch.setenv("DRAGOMAN_RECORD", str(record))

    assert run("show", "reports")[0] == cli.OK


def test_show_of_nothing_says_so_and_ends_with_one(run: Runner, record: Path, empty: Path) -> None:
    """Nothing found is exit code 1, an empty list for --json, a line on stderr otherwise."""
    assert run("show", "--record", record, "--actor", "Nobody") == (1, "", f"no events in {record} like that\n")
    assert run("show", "claims", "--record", empty) == (1, "", f"no claims in {empty}\n")
    assert run("show", "--record", empty, "--json") == (1, "[]\n", "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "--status", "done"], "dragoman: --status: 'done' is none of happened,"),
        (["show", "--since", "May"], "dragoman: --since: a day, month or year is written"),
        (["explain", "e"], "dragoman: 'e' begins several ids:"),
        (["export", "xml"], "dragoman: no format 'xml'; there are acled, annotations, claims, csv, datapackage"),
        (["link", "e1", "e2", "--by", "A", "--why", "b"], "dragoman: say either --same or --not-same"),
        (["judge", "aa", "--by", "A", "--why", "b"], "dragoman: say one of --accept, --reject, --set CELL=VALUE"),
        (["judge", "aa", "--set", "date=", "--by", "A", "--why", "b"], "dragoman: say one of"),
        (["judge", "aa", "--set", "x=1", "--accept", "--by", "A", "--why", "b"], "dragoman: say one of"),
        (["judge", "e11", "--accept", "--by", "A", "--why", "b"], "dragoman: e1111111111111111 is no claim;"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_two(arguments: list[str], told: str, run: Runner, record: Path) -> None:
    """What cannot be meant is refused with what could be."""
    code, shown, said = run(*arguments, "--record", record)

    assert (code, shown) == (cli.USAGE, "")
    assert said.startswith(told)
    assert said.count("\n") == 1


def test_an_unknown_id_is_not_found(run: Runner, record: Path) -> None:
    """Exit code 1 and the id in one line."""
    code, shown, told = run("explain", "zz", "--record", record)

    assert (code, shown, told) == (1, "", "dragoman: no claim, event or position with the id 'zz'\n")


def test_a_record_that_is_not_there_is_wrong_usage(run: Runner, tmp_path: Path) -> None:
    """No record is made by looking for one."""
    missing = tmp_path / "missing.db"
    code, shown, told = run("show", "--record", missing)

    assert (code, shown) == (cli.USAGE, "")
    assert str(missing) in told
    assert not missing.exists()


def test_explain_shows_words_and_never_obeys_them(run: Runner, record: Path) -> None:
    """The event's quotes and reasons, as text or as JSON, harmless both ways."""
    code, shown, _ = run("explain", "e333", "--record", record)
    _, as_json, _ = run("explain", "e333", "--record", record, "--json")

    assert code == cli.OK
    assert "[red]met[/red] \\x1b[2J an \\u202eenvoy" in " ".join(shown.split())
    assert not set(shown + as_json) & {"\x1b", "\u202e"}
    assert "\x1b[2J an \u202eenvoy" in json.loads(as_json)["claims"][0]["quote"]


def test_explain_follows_an_event_that_has_a_new_id(run: Runner, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old id is redirected, and the user is told."""
    monkeypatch.setattr(Store, "redirects", {"eold": example.E_VISIT.id})
    code, shown, told = run("explain", "eold", "--record", record)

    assert (code, told) == (cli.OK, f"eold is now {example.E_VISIT.id}\n")
    assert shown.startswith(f"Event {example.E_VISIT.id}")


@pytest.mark.parametrize("form", ["claims", "events", "plover", "positions", "statements"])
def test_export_writes_the_same_bytes_to_a_file_and_to_stdout(
    form: str, run: Runner, record: Path, tmp_path: Path
) -> None:
    """JSON Lines in UTF-8; nothing else is left in the folder."""
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "rows.jsonl"
    code, shown, told = run("export", form, "--record", record, "-o", target)
    written = target.read_text(encoding="utf-8")

    assert (code, shown) == (cli.OK, "")
    assert told.startswith(f"{len(written.splitlines())} row")
    assert run("export", form, "--record", record)[1] == written
    assert all(isinstance(json.loads(line), dict) for line in written.splitlines())
    assert [target] == list(folder.iterdir())
    assert oct(target.stat().st_mode & 0o777) == oct(0o666 & ~umask())


def umask() -> int:
    """The mask of this process."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_export_says_what_it_wrote_as_json(run: Runner, record: Path, tmp_path: Path) -> None:
    """--json with a file is a summary on stdout."""
    target = tmp_path / "p.jsonl"
    _, shown, told = run("export", "positions", "--record", record, "-o", target, "--json")

    assert json.loads(shown) == {
        "format": "positions",
        "rows": 2,
        "out": str(target),
        "left_out": {},
        "text_free": False,
    }
    assert not told


def test_an_export_of_nothing_is_an_empty_file_and_exit_code_one(run: Runner, empty: Path, tmp_path: Path) -> None:
    """A script gets its file, and learns from the code that nothing is in it."""
    target = tmp_path / "none.jsonl"

    assert run("export", "claims", "--record", empty, "-o", target)[0] == 1
    assert target.read_bytes() == b""


def test_a_failed_export_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    """Rows that break off halfway replace nothing and leave nothing."""
    target = tmp_path / "rows.jsonl"
    target.write_text("old\n", encoding="utf-8")

    def broken() -> Any:
        yield {"a": 1}
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        output.write_lines(broken(), str(target))

    assert target.read_text(encoding="utf-8") == "old\n"
    assert [target] == list(tmp_path.iterdir())


def test_an_export_to_where_there_is_no_folder_is_one_line(run: Runner, record: Path, tmp_path: Path) -> None:
    """The path is named, nothing is traced back."""
    code, shown, told = run("export", "claims", "--record", record, "-o", tmp_path / "no" / "c.jsonl")

    assert (code, shown) == (cli.USAGE, "")
    assert str(tmp_path / "no") in told
    assert told.count("\n") == 1


def test_formats_lists_every_exporter(run: Runner) -> None:
    """Each registered format with what it holds."""
    code, shown, _ = run("formats")

    assert code == cli.OK
    assert [line.split()[0] for line in shown.splitlines()] == sorted(plugins.registered(plugins.EXPORTERS))
    assert set(json.loads(run("formats", "--json")[1])) == set(plugins.registered(plugins.EXPORTERS))


def test_a_reader_that_goes_away_ends_the_program_quietly(record: Path) -> None:
    """`dragoman show | head -1` leaves no complaint."""
    command = f"{shlex.quote(sys.executable)} -m dragoman show claims --json | head -1"
    done = subprocess.run(
        ["sh", "-c", command],
        env={**os.environ, "DRAGOMAN_RECORD": str(record)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr) == ("[\n", "")
