"""Verification: whatever is altered behind the store's back is found and named."""

import dataclasses
import sqlite3
from pathlib import Path

import pytest

from dragoman.ids import judgement_id, run_id
from dragoman.store import Store, StoreError
from dragoman.types import Decision, Judgement, Link, Verdict
from given import RUN, claim, document, event

_WORDS = "The ministers met in Seoul."


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record with a bit of everything, closed."""
    path = tmp_path / "r.db"
    with Store.open(path, create=True) as store:
        one = document(_WORDS, "seoul.txt", raw=b"bytes as found")
        store.add_document(one)
        run = dataclasses.replace(RUN, id=run_id(RUN))
        store.finish_text(one.text.id, run, [claim(one.text, 0, 17), claim(one.text, 4, 9)], None)
        first, second = (found.id for found in store.read().claims)
        store.add_link(Link(first, second, Verdict.SAME, 1.0, ("seen",), "Ada", person=True))
        bare = Judgement("", first, Decision.ACCEPT, "Ada", "2024-01-01", "seen")
        store.add_judgement(dataclasses.replace(bare, id=judgement_id(bare)))
        inputs, _ = store.inputs()
        store.replace_derived(dataclasses.replace(inputs, events=(event(inputs.claims),)))
    return path


def alter(path: Path, *statements: str) -> None:
    """Change the file as no program of ours would."""
    with sqlite3.connect(path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def problems(path: Path) -> list[str]:
    """What verification finds."""
    with Store.open(path) as store:
        return store.verify()


def test_a_sound_record_has_no_problems(record: Path) -> None:
    """What the store wrote is in order."""
    assert [] == problems(record)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE texts SET content = replace(content, 'Seoul', 'Tokyo')", "seoul.txt: the text is not what was read"),
        ("UPDATE raws SET bytes = zeroblob(20)", "seoul.txt: the bytes as found are not what was read"),
        ("UPDATE reports SET outlet = 'Another'", "seoul.txt: the report is not what was read"),
        ("UPDATE runs SET form = replace(form, '\"1\"', '\"2\"')", "run "),
        ("UPDATE claims SET form = replace(form, 'happened', 'planned')", "seoul.txt: claims are not what was read"),
        ("UPDATE claims SET form = replace(form, '\"end\":17', '\"end\":99')", "lie outside the text of 27 characters"),
        ("UPDATE claims SET form = 'nothing'", "not JSON"),
        ("UPDATE links SET form = replace(form, 'same', 'not_same')", "by Ada: not what was given (hash differs)"),
        ("UPDATE links SET left = 'nobody'", "by Ada: there is no claim nobody"),
        ("UPDATE judgements SET claim = 'nobody'", "by Ada: there is no claim nobody"),
        ("UPDATE judgements SET form = replace(form, 'accept', 'reject')", "by Ada: not what was given (hash differs)"),
        ("UPDATE events SET status = 'planned'", "events, positions: not what was computed"),
        ("DELETE FROM texts", "reports: a row names a row of texts that is not there"),
    ],
)
def test_what_was_altered_is_named(record: Path, statement: str, expected: str) -> None:
    """One changed cell is found, and the line names the document or the person."""
    alter(record, statement)
    found = problems(record)

    assert any(expected in line for line in found), found
    assert all("\n" not in line for line in found)


def test_flipped_bytes_in_a_payload_are_found(record: Path) -> None:
    """SQLite calls a file sound in which letters of a text were flipped; the hash does not."""
    content = record.read_bytes()
    at = content.index(_WORDS.encode())
    record.write_bytes(content[:at] + bytes(byte ^ 1 for byte in content[at : at + 3]) + content[at + 3 :])

    assert ["seoul.txt: the text is not what was read (hash differs)"] == problems(record)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9])
def test_overwritten_pages_are_found(record: Path, share: float) -> None:
    """A page overwritten with garbage is found at opening or by verification, never passed over."""
    content = bytearray(record.read_bytes())
    at = int(len(content) * share) // 4096 * 4096
    content[at : at + 4096] = bytes(byte ^ 0xFF for byte in content[at : at + 4096])
    record.write_bytes(content)

    assert _troubles(record)


def _troubles(path: Path) -> list[str]:
    try:
        return problems(path)
    except StoreError as error:
        return [str(error)]
