"""Opening record files: good ones, old and new ones, and all that is not one; each trouble one line with the path."""

import os
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from dragoman.storage import database, schema
from dragoman.store import Store, StoreError
from given import document

# A second step, as a later version may bring it.
_STEP = '''
"""One more column."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("meta", sa.Column("note", sa.String()))
    {more}
'''


def refusal(path: Path, *, create: bool = False) -> str:
    """What somebody is told who opens this."""
    with pytest.raises(StoreError) as caught:
        Store.open(path, create=create)
    return str(caught.value)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record with a document in it."""
    path = tmp_path / "r.db"
    with Store.open(path, create=True) as store:
        store.add_document(document("They met. " * 500, raw=os.urandom(20_000)))
    return path


def test_the_steps_lead_to_the_tables_as_declared(tmp_path: Path) -> None:
    """A migrated file has exactly the tables, columns, indices and keys of the schema."""
    engine = database.connect(tmp_path / "r.db", create=True)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert [] == compare_metadata(context, schema.tables)
        found = connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    engine.dispose()
    assert {f"{table}_no_{change}" for table in schema.APPEND_ONLY for change in ("update", "delete")} == set(found)


def test_a_record_is_safe_by_its_settings(record: Path) -> None:
    """WAL, full synchronisation and foreign keys are on for every connection; the file says that it is ours."""
    engine = database.connect(record, create=False)
    with engine.connect() as connection:
        settings = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "application_id")
        ]
    engine.dispose()

    assert ["wal", 2, 1, database.APPLICATION_ID] == settings


def test_a_missing_record_is_not_made_by_a_reader(tmp_path: Path) -> None:
    """Who reads a record that is not there is told how to make one, and none is made."""
    path = tmp_path / "r.db"

    assert f"{path}: no such record; `dragoman code PATH... --record {path}` makes one" == refusal(path)
    assert not path.exists()


def test_a_folder_is_no_record(tmp_path: Path) -> None:
    """A folder in place of a file is named as such."""
    assert f"{tmp_path}: is a folder; name a file for the record" == refusal(tmp_path, create=True)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """A record in a folder that does not exist names the folder."""
    path = tmp_path / "new" / "r.db"

    assert f"{path}: the folder {path.parent} does not exist; make it first" == refusal(path, create=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    """A record in a folder that cannot be written says so before anything is tried."""
    tmp_path.chmod(0o500)

    assert "cannot be written; choose another place" in refusal(tmp_path / "r.db", create=True)


def test_a_read_only_folder_is_named_to_anybody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where the system's answer is only simulated, for tests that run as root."""
    monkeypatch.setattr(os, "access", lambda *_: False)

    assert "cannot be written; choose another place" in refusal(tmp_path / "r.db", create=True)


@pytest.mark.parametrize("create", [True, False])
def test_another_kind_of_file_is_left_alone(tmp_path: Path, create: bool) -> None:
    """A text file is not a record and stays as it is."""
    path = tmp_path / "notes.txt"
    path.write_text("They met in Seoul. " * 100)

    assert f"{path}: not a Dragoman record (not an SQLite file)" == refusal(path, create=create)
    assert "They met in Seoul. " * 100 == path.read_text()


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """An SQLite file with other tables is refused and gets no tables of ours."""
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()

    assert f"{path}: not a Dragoman record (an SQLite file with other tables)" == refusal(path, create=True)
    with sqlite3.connect(path) as connection:
        assert [("bookmarks",)] == connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()


def test_an_empty_file_is_filled_only_when_asked(tmp_path: Path) -> None:
    """What a kill at the very first moment leaves is an empty file: no record for a reader, a new one for a writer."""
    path = tmp_path / "r.db"
    path.touch()

    assert "an empty file, not a record" in refusal(path)
    with Store.open(path, create=True) as store:
        assert () == store.read().reports


def test_a_cut_off_record_is_refused_or_found_damaged(record: Path) -> None:
    """A record of which half is missing is never read as if it were whole."""
    content = record.read_bytes()
    record.write_bytes(content[: len(content) // 2])

    assert f"{record}: the record file is damaged (database disk image is malformed)" in refusal(record)


def test_a_damaged_header_is_refused(record: Path) -> None:
    """A file whose first bytes were overwritten is no record any more."""
    content = record.read_bytes()
    record.write_bytes(bytes(byte ^ 0xFF for byte in content[:16]) + content[16:])

    assert f"{record}: not a Dragoman record (not an SQLite file)" == refusal(record)


def test_a_newer_record_is_refused(record: Path) -> None:
    """A file of a later version is left alone, with the way to read it."""
    with sqlite3.connect(record) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
    connection.close()

    assert "made by a newer Dragoman (format 0099, this one reads 0004): install the newest" in refusal(record)


def steps(tmp_path: Path, more: str = "") -> str:
    """The folder of a later version's steps."""
    ours = Path(database.__file__).parent / "migrations"
    folder = tmp_path / "later"
    (folder / "versions").mkdir(parents=True)
    for name in (
        "env.py",
        "script.py.mako",
        "versions/step_0001_first.py",
        "versions/step_0002_shelf.py",
        "versions/step_0003_traits.py",
        "versions/step_0004_pairs.py",
    ):
        (folder / name).write_text((ours / name).read_text())
    (folder / "versions/step_0005_note.py").write_text(_STEP.format(more=more))
    return str(folder)


def test_an_older_record_is_brought_up_to_date_after_a_copy(record: Path, tmp_path: Path) -> None:
    """An older file is migrated, and what it was lies beside it, whole."""
    database.connect(record, create=False, migrations=steps(tmp_path), newest="0005").dispose()
    copy = record.with_name("r.db.format-0004.bak")

    with sqlite3.connect(record) as connection:
        assert ("0005",) == connection.execute("SELECT version_num FROM alembic_version").fetchone()
        connection.execute("SELECT note FROM meta")
    connection.close()
    with Store.open(copy) as before:
        assert [] == before.verify()
        assert 1 == len(before.read().reports)


def test_a_step_that_fails_leaves_the_record_as_it_was(record: Path, tmp_path: Path) -> None:
    """A migration is done whole or not at all."""
    broken = steps(tmp_path, 'op.execute("SELECT * FROM nowhere")')

    with pytest.raises(StoreError):
        database.connect(record, create=False, migrations=broken, newest="0005")
    with Store.open(record) as store:
        assert [] == store.verify()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("database or disk is full", "the disk is full"),
        ("attempt to write a readonly database", "cannot be written"),
        ("disk I/O error", "the disk failed or is full"),
        ("unable to open database file", "cannot be opened"),
        ("something\nnew", "the record failed: something new"),
    ],
)
def test_every_trouble_is_one_line(said: str, expected: str) -> None:
    """Whatever SQLite says becomes one line that names the file and, where it is known, what to do."""
    with pytest.raises(StoreError) as caught, database.explained(Path("r.db")):
        raise sqlite3.OperationalError(said)

    assert str(caught.value).startswith(f"r.db: {expected}")
    assert "\n" not in str(caught.value)
