"""``dragoman export``, ``import`` and ``formats`` on the command line."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import example_record as example
import formats
from dragoman import cli, imported, plugins, said
from dragoman.store import Store, StoreError
from dragoman.types import Decision

Runner = Callable[..., tuple[int, str, str]]

FOLDERS = {"gdelt", "datapackage"}


def test_every_format_is_listed_with_what_it_is(run: Runner) -> None:
    """One line each."""
    code, out, _ = run("formats", "--json")
    listed = json.loads(out)

    assert code == cli.OK
    assert set(listed) == set(plugins.registered(plugins.EXPORTERS))
    assert all(line and "\n" not in line for line in listed.values())


@pytest.mark.parametrize("form", ["csv", "icews", "geojson", "gexf"])
def test_stdout_and_a_file_get_the_same(form: str, record: Path, run: Runner, tmp_path: Path) -> None:
    """The rows go to stdout, talk to stderr."""
    code, out, _ = run("export", form, "--record", record)
    again, nothing, told = run("export", form, "--record", record, "-o", tmp_path / "x")

    assert (code, again, nothing) == (cli.OK, cli.OK, "")
    assert out.splitlines() == (tmp_path / "x").read_text(encoding="utf-8").splitlines()
    assert f"rows of {form} written to" in told


@pytest.mark.parametrize("form", sorted(FOLDERS))
def test_formats_of_several_files_want_a_directory(form: str, record: Path, run: Runner, tmp_path: Path) -> None:
    """Without one a line says so; with one, it is made and filled; a file in its place is told."""
    code, _, told = run("export", form, "--record", record)
    assert (code, told) == (cli.USAGE, f"dragoman: {form} is several files: say -o DIRECTORY\n")

    code, _, _ = run("export", form, "--record", record, "-o", tmp_path / "deep" / "folder")
    assert code == cli.OK
    assert len(list((tmp_path / "deep" / "folder").iterdir())) > 1

    (tmp_path / "file").write_text("kept", encoding="utf-8")
    code, _, told = run("export", form, "--record", record, "-o", tmp_path / "file")
    assert code == cli.USAGE
    assert str(tmp_path / "file") in told
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"


def test_what_is_left_out_is_told(record: Path, run: Runner, tmp_path: Path) -> None:
    """With the reason and how many, in words and in JSON."""
    _, _, told = run("export", "icews", "--record", record, "-o", tmp_path / "x")
    _, out, _ = run("export", "icews", "--record", record, "-o", tmp_path / "x", "--json")

    assert "left out: without two parties\n" in told
    assert json.loads(out)["left_out"]
    assert json.loads(out)["text_free"] is False


def test_text_free_works_with_rows_and_with_formats(record: Path, run: Runner) -> None:
    """No clause of a text, an anchor instead."""
    for form in ("claims", "plover"):
        _, out, _ = run("export", form, "--record", record, "--text-free")

        assert "visited Port Sana on Monday" not in out
        assert f"sha256:{example.T1.id}#char=" in out


def test_an_exported_record_is_imported_whole(record: Path, run: Runner, tmp_path: Path) -> None:
    """As whole by `verify` as it was, and every format writes the same bytes of it."""
    lines, again = tmp_path / "x.jsonl", tmp_path / "again.db"
    assert run("export", "plover", "--record", record, "-o", lines)[0] == cli.OK
    assert run("import", lines, "--record", again)[0] == cli.OK

    assert run("verify", "--record", again)[1] == run("verify", "--record", record)[1]
    for form in ("plover", "events", "claims", "positions", "statements", "csv", "annotations"):
        assert run("export", form, "--record", again)[1] == run("export", form, "--record", record)[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}\n", "x.jsonl:1: dragoman: missing"),
        ("", "x.jsonl: no whole record: it has no run"),
        ("\xff", None),
    ],
)
def test_what_is_no_export_is_not_imported(content: str, said: str | None, run: Runner, tmp_path: Path) -> None:
    """One line, and no file is made."""
    (tmp_path / "x.jsonl").write_bytes(content.encode("latin-1"))
    code, _, told = run("import", tmp_path / "x.jsonl", "--record", tmp_path / "new.db")

    assert code == cli.USAGE
    assert (said or "x.jsonl: not UTF-8 at byte 0") in told
    assert told.count("\n") == 1
    assert not (tmp_path / "new.db").exists()


def test_a_file_that_was_cut_off_is_not_imported(record: Path, run: Runner, tmp_path: Path) -> None:
    """Between two lines, where no line is broken: one line says so, and no file is made."""
    lines = run("export", "plover", "--record", record)[1].splitlines(keepends=True)
    (tmp_path / "x.jsonl").write_text("".join(lines[:-2]), encoding="utf-8")
    code, _, told = run("import", tmp_path / "x.jsonl", "--record", tmp_path / "new.db")

    assert (code, told.count("\n")) == (cli.USAGE, 1)
    assert f"holds {len(lines) - 3} lines of a record that has {len(lines) - 1}: it was cut off" in told
    assert not list(tmp_path.glob("new.db*"))


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ({"claims": 2}, " 2 times"),
        ({"claims": 0}, "no claim "),
        ({"reports": 0}, "no report of the text of claim "),
        ({"texts": 0}, "no text of "),
    ],
)
def test_what_is_no_whole_record_is_not_imported(
    kept: dict[str, int], said: str, record: Path, run: Runner, tmp_path: Path
) -> None:
    """Lines left out or written twice are told by what is amiss, and no file is made."""
    lines = run("export", "plover", "--record", record)[1].splitlines(keepends=True)[1:]  # without how many they are
    some = (line * kept.get(json.loads(line)["id"].split("/")[0], 1) for line in lines)
    (tmp_path / "x.jsonl").write_text("".join(some), encoding="utf-8")
    code, _, told = run("import", tmp_path / "x.jsonl", "--record", tmp_path / "new.db")

    assert (code, told.count("\n")) == (cli.USAGE, 1)
    assert "x.jsonl: no whole record: it has" in told
    assert said in told
    assert not list(tmp_path.glob("new.db*"))


def test_a_persons_own_claim_stands_for_no_other(tmp_path: Path) -> None:
    """It is kept as a word, so its line may be missing; another claim's may not."""
    own = dataclasses.replace(example.C_DEMAND, id="own1", origin=f"{said.PERSON}Ana")
    word = said.judgement(own, "demanded", Decision.OWN, said.Saying("Ana", "2024-01-01", ""))
    event = dataclasses.replace(example.E_DEMAND, claims=(own.id,))
    others = tuple(one for one in example.RECORD.events if one.id != event.id)
    whole = dataclasses.replace(example.RECORD, judgements=(word,), events=(*others, event))
    lacking = dataclasses.replace(whole, claims=tuple(one for one in whole.claims if one != example.C_VISIT))

    imported.take_in(whole, formats.RUN, tmp_path / "whole.db", "talks")
    with pytest.raises(StoreError, match=rf"talks: no whole record: it has no claim {example.C_VISIT.id} of event"):
        imported.take_in(lacking, formats.RUN, tmp_path / "lacking.db", "talks")


def test_half_a_character_is_not_imported(record: Path, run: Runner, tmp_path: Path) -> None:
    """JSON can write one, UTF-8 cannot: one line."""
    lines = run("export", "plover", "--record", record)[1]
    (tmp_path / "x.jsonl").write_text(lines.replace('"Weekly"', '"\\ud800"'), encoding="utf-8")
    code, _, told = run("import", tmp_path / "x.jsonl", "--record", tmp_path / "new.db")

    assert (code, told.count("\n")) == (cli.USAGE, 1)
    assert "x.jsonl: holds half a character" in told
    assert not list(tmp_path.glob("new.db*"))


def test_an_import_that_fails_leaves_no_file(
    record: Path, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the next one has the name."""
    run("export", "plover", "--record", record, "-o", tmp_path / "x.jsonl")
    with monkeypatch.context() as broken:
        broken.setattr(Store, "replace_derived", _full)
        assert run("import", tmp_path / "x.jsonl", "--record", tmp_path / "new.db")[0] == cli.USAGE
    assert not list(tmp_path.glob("new.db*"))
    assert run("import", tmp_path / "x.jsonl", "--record", tmp_path / "new.db")[0] == cli.OK


def _full(*_: object, **__: object) -> None:
    raise StoreError("no space left")


def test_an_export_without_texts_is_no_record(record: Path, run: Runner, tmp_path: Path) -> None:
    """It cannot be one: the hash of a text is its name."""
    run("export", "plover", "--record", record, "-o", tmp_path / "x.jsonl", "--text-free")
    code, _, told = run("import", tmp_path / "x.jsonl", "--record", tmp_path / "new.db")

    assert (code, told.count("\n")) == (cli.USAGE, 1)
    assert "--text-free" in told


def test_a_record_is_never_imported_over(record: Path, run: Runner, tmp_path: Path) -> None:
    """The file that is there stays."""
    before = record.read_bytes()
    code, _, told = run("import", tmp_path / "x.jsonl", "--record", record)

    assert (code, record.read_bytes()) == (cli.USAGE, before)
    assert "is there already" in told
