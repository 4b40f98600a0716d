"""The documentation says what the program does: commands, options, targets, and the tutorial runs."""

import json
import re
import runpy
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer.main

from dragoman import cli
from dragoman.terminal.examples import EXAMPLES

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "src" / "dragoman" / "data" / "demo"
COMMAND: Any = typer.main.get_command(cli.app)


def page(name: str) -> str:
    """The text of a page."""
    return (ROOT / name).read_text(encoding="utf-8")


def lines_of(name: str) -> list[str]:
    """The command lines of a page: in indented or fenced blocks, with or without a prompt."""
    found = re.findall(r"^(?: {4}|\$ )(dragoman .*)$", page(name), re.MULTILINE)
    assert found
    return [str(line) for line in found]


def test_the_page_of_the_command_line_is_up_to_date() -> None:
    """docs/cli.md is what scripts/build_docs.py makes of the program."""
    made = runpy.run_path(str(ROOT / "scripts" / "build_docs.py"))["render"]()

    assert page("docs/cli.md") == made


def test_the_page_of_formats_is_up_to_date() -> None:
    """docs/exports.md is what scripts/build_export_docs.py makes of the formats."""
    made = runpy.run_path(str(ROOT / "scripts" / "build_export_docs.py"))["render"]()

    assert page("docs/exports.md") == made


@pytest.mark.parametrize("name", sorted(COMMAND.commands))
def test_every_command_and_option_is_documented(name: str) -> None:
    """Each has a section, help, examples, and a row for every option."""
    section = page("docs/cli.md").split(f"\n## dragoman {name}\n")[1].split("\n## ")[0]

    assert COMMAND.commands[name].help
    assert name in EXAMPLES
    for parameter in COMMAND.commands[name].params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            assert parameter.help
            assert all(option in section for option in parameter.opts)


def test_the_make_targets_of_the_readme_exist() -> None:
    """A newcomer's first two commands are in the Makefile, and so is every other that is named."""
    named = set(re.findall(r"\bmake ([a-z]+)\b", re.sub(r"and make:", "", page("README.md"))))
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))

    assert {"demo", "test"} <= named <= targets


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md", "docs/cli.md"])
def test_documented_command_lines_have_real_commands_and_options(name: str) -> None:
    """Nothing is documented that the program would not take."""
    for line in lines_of(name):
        if "OPTIONS" in line:
            continue
        words = shlex.split(line)
        options = {word for word in words if word.startswith("-") and word != "-"}
        known = {option for parameter in COMMAND.commands[words[1]].params for option in parameter.opts}
        assert options <= known


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md", "docs/export.md", "docs/exports.md", "CHANGELOG.md"])
def test_links_within_the_repository_lead_somewhere(name: str) -> None:
    """A relative link names a file or folder that is there."""
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page(name)):
        assert ((ROOT / name).parent / target).exists(), target


def test_the_demo_is_some_dozen_short_reports() -> None:
    """Mixed formats, at least two reports of one text, none of them long."""
    rows = [json.loads(line) for line in (DEMO / "wire.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [row["text"] for row in rows]
    files = [path for path in DEMO.iterdir() if path.suffix in {".md", ".txt", ".html"}]

    assert len(rows) + len(files) == 13
    assert len(texts) - len(set(texts)) == 1
    assert {path.suffix for path in files} == {".md", ".txt", ".html"}
    assert all(70 <= len(text.split()) <= 200 for text in texts)


def test_the_tutorial_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command of the tutorial, one after the other, does what it says."""
    shutil.copytree(DEMO, tmp_path / "demo")
    monkeypatch.chdir(tmp_path)
    ids: dict[str, str] = {}
    for line in lines_of("docs/tutorial.md"):
        if not ids and Path("talks.db").exists():
            for name, kind in (("ID", "events"), ("CLAIM", "claims")):
                assert cli.main(["show", kind, "--record", "talks.db", "--json"]) == cli.OK
                ids[name] = json.loads(capsys.readouterr().out)[0]["id"]
        arguments = [ids.get(word, word) for word in shlex.split(line)[1:]]
        code = cli.main(arguments)

        assert (line, code) == (line, cli.OK), capsys.readouterr().err
    assert (tmp_path / "claims.jsonl").stat().st_size > 0
