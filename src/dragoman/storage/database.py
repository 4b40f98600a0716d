"""Opening a record file: one SQLite file, made or brought to the newest format, spoken to in safe transactions.

WAL, ``synchronous=FULL`` (an acknowledged write survives a power cut), foreign keys on. Transactions are begun by us,
reads with BEGIN and writes with BEGIN IMMEDIATE; the driver begins them late, and then of two writers one fails
(2,089 of 2,400 writes of eight writers at once, against 4: docs/decisions/0005-store.md). Every failure becomes one
:class:`StoreError` line with the path and what to do. Knows nothing of what the tables hold.
"""

import contextlib
import importlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from dragoman.storage.schema import FORMAT

# "Drag" in ASCII, in the header of our files: what `file` and other tools know them by.
APPLICATION_ID = 0x44726167

# Seconds that one attempt to write waits for another writer, and attempts: 20 s, longer than any write of ours takes.
PATIENCE = 5.0
ATTEMPTS = 4

MIGRATIONS = "dragoman.storage:migrations"
# Loaded where a file needs it: Alembic takes as long to load as a small record to read.
_STEPS = "dragoman.storage.upgrading"

# What SQLite says -> what it means for the person, first match wins. {0} is SQLite's own message.
_MEANINGS = (
    ("database or disk is full", "the disk is full: make room and run the same command again, what was done is kept"),
    ("is locked", "another program is writing to this record: wait until it is done, then run the command again"),
    ("not a database", "not a Dragoman record (not an SQLite file)"),
    ("malformed", "the record file is damaged ({0}): restore it from a copy"),
    ("no such table", "not a Dragoman record (an SQLite file with other tables)"),
    ("readonly", "cannot be written: allow writing to the file and its folder, or copy the record elsewhere"),
    ("unable to open", "cannot be opened: check that the folder exists and that you may write in it"),
    ("disk i/o error", "the disk failed or is full ({0}): what was done is kept, run the command again"),
    ("are kept as they are", "refused: {0}"),
)


class StoreError(Exception):
    """What is wrong with a record file or with what was asked of it: one line for a person, with the path."""


def connect(
    path: Path, *, create: bool, patience: float = PATIENCE, migrations: str = MIGRATIONS, newest: str = FORMAT
) -> sa.Engine:
    """An engine on the record at ``path``, made where ``create`` and missing, and at the ``newest`` format.

    A file of an older format is migrated, after a copy of it was put beside it (``PATH.format-N.bak``). ``patience`` is
    seconds, ``migrations`` where Alembic finds the steps. Raises :class:`StoreError`: no such file, not a record,
    damaged, newer than this program, not writable, busy.
    """
    _check_path(path, create)
    with explained(path):
        engine = _engine(path, create, patience)
        try:
            found = _format(engine, path)
            if found > newest:
                raise StoreError(
                    f"{path}: made by a newer Dragoman (format {found}, this one reads {newest}): "
                    "install the newest with `pip install -U dragoman`"
                )
            if not found and not create:
                raise StoreError(
                    f"{path}: an empty file, not a record; `dragoman code PATH... --record {path}` fills it"
                )
            if found < newest:
                _migrate(engine, path, found, migrations)
        except BaseException:
            engine.dispose()
            raise
    return engine


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and SQLAlchemy raise inside into a :class:`StoreError` line about ``path``."""
    try:
        yield
    except (sqlite3.Error, sa.exc.DBAPIError) as error:
        said = str(error.orig if isinstance(error, sa.exc.DBAPIError) else error)
        meaning = next((text for sign, text in _MEANINGS if sign in said.lower()), "the record failed: {0}")
        raise StoreError(f"{path}: {meaning.format(' '.join(said.split()))}") from error


def writing(engine: sa.Engine) -> contextlib.AbstractContextManager[sa.Connection]:
    """A transaction that holds the write lock from its beginning; waits its turn, bounded."""
    return engine.execution_options(begin="BEGIN IMMEDIATE").begin()


def _check_path(path: Path, create: bool) -> None:
    """Refuse early what SQLite would only call "unable to open database file"."""
    try:
        if path.is_dir():
            raise StoreError(f"{path}: is a folder; name a file for the record")
        if not path.exists():
            if not create:
                raise StoreError(f"{path}: no such record; `dragoman code PATH... --record {path}` makes one")
            if not path.parent.is_dir():
                raise StoreError(f"{path}: the folder {path.parent} does not exist; make it first")
            if not os.access(path.parent, os.W_OK):
                raise StoreError(f"{path}: the folder {path.parent} cannot be written; choose another place")
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error


def _engine(path: Path, create: bool, patience: float) -> sa.Engine:
    uri = f"file:{quote(str(path.absolute()))}?mode={'rwc' if create else 'rw'}"

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            _patiently(connection, "PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = sa.create_engine("sqlite://", creator=opened, poolclass=sa.pool.QueuePool)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: sa.Connection) -> None:
    """Begin the transaction ourselves; only here can another writer be in the way, so only here do we try again."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    _patiently(driver, connection.get_execution_options().get("begin", "BEGIN"))


def _patiently(driver: sqlite3.Connection, statement: str) -> None:
    """Execute, and again while another program holds the file; each attempt waits ``patience`` seconds by itself."""
    for left in reversed(range(ATTEMPTS)):
        try:
            driver.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if "is locked" not in str(error) or not left:
                raise


def _format(engine: sa.Engine, path: Path) -> str:
    """The format of the file, "" where it has no tables yet."""
    with engine.begin() as connection:
        names = set(sa.inspect(connection).get_table_names())
        if not names:
            return ""
        if not {"alembic_version", "meta", "claims"} <= names:
            raise StoreError(f"{path}: not a Dragoman record (an SQLite file with other tables)")
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def _migrate(engine: sa.Engine, path: Path, found: str, migrations: str) -> None:
    """Bring the file to the newest format in one transaction, so that a kill in between leaves it as it was."""
    if found:
        _back_up(engine, path, found)
    steps = importlib.import_module(_STEPS)
    with writing(engine) as connection:
        steps.upgrade(connection, migrations)
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def _back_up(engine: sa.Engine, path: Path, found: str) -> None:
    """Copy the record as it is to ``PATH.format-N.bak``, whole or not at all; an earlier copy is kept instead."""
    copy = path.with_name(f"{path.name}.format-{found}.bak")
    if copy.exists():
        return
    partial = copy.with_name(copy.name + ".partial")
    with contextlib.closing(sqlite3.connect(partial)) as target, engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.backup(target)
    os.replace(partial, copy)
