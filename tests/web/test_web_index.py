"""The index of a record: read at one moment, and kept where another program holds it."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")

from dragoman.store import Store
from dragoman.types import Decision, Judgement
from dragoman.web import index as module
from dragoman.web.index import Index


def test_a_busy_index_is_not_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program holds it: this one makes its own in memory. A damaged one is thrown away."""
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    path = tmp_path / "talks.index"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("CREATE TABLE kept (one)")
    busy = Index(str(path))
    assert 0 == busy.one("SELECT count(*) FROM claims")
    busy.close()
    holder.execute("COMMIT")
    holder.close()
    assert path.exists()
    with sqlite3.connect(path) as again:
        assert 1 == again.execute("SELECT count(*) FROM sqlite_master WHERE name = 'kept'").fetchone()[0]

    broken = tmp_path / "broken.index"
    broken.write_bytes(b"no database at all" * 100)
    Index(str(broken)).close()
    assert not broken.exists()


def test_the_index_is_of_one_moment(desk: Any, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another program writes while it is read is seen at the next look, whole."""
    claim = desk.store.read().claims[0]
    word = Judgement("j" * 32, claim.id, Decision.ACCEPT, "A", "2026-01-01", "", text=claim.text)
    people = Index._people

    def interrupted(self: Index, store: Store) -> None:
        with Store.open(record) as other:
            other.add_judgement(word)
        people(self, store)

    made = Index(":memory:")
    monkeypatch.setattr(Index, "_people", interrupted)
    made.refresh(desk.store, desk.known)
    assert 0 == made.one("SELECT count(*) FROM decided")
    monkeypatch.undo()
    assert made.refresh(desk.store, desk.known)
    assert 1 == made.one("SELECT count(*) FROM decided")
    made.close()
