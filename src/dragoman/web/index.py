"""The index of a record: kept in the user's cache, brought up to date from the record, asked by SQL.

Only what changed since it was last looked at is read and indexed again, so that a person's word on a large record
does not cost a new index. It is a copy: where it cannot be kept on disk it is kept in memory, and a broken or
older one is thrown away.
"""

import array
import contextlib
import hashlib
import itertools
import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dragoman import __version__, jsonform
from dragoman.store import Store
from dragoman.terminal.plain import plain
from dragoman.types import Claim, Event, Position, Process, Report, Verdict
from dragoman.web import index_rows as rows
from dragoman.web.index_schema import TABLES, VERSION
from dragoman.withdrawn import standing, standing_links

Told = Callable[[str], None]
# Rows between two calls of ``told`` while an index is made.
_STEP = 5000
# Seconds that another program may hold the index before this one makes its own in memory.
PATIENCE = 60.0


def cache_file(record: str) -> str:
    """Where the index of the record with this name is kept; ":memory:" where there is no place for it."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "dragoman")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not os.access(folder, os.W_OK):
            return ":memory:"
    except OSError:
        return ":memory:"
    return str(folder / f"{hashlib.sha256(record.encode()).hexdigest()[:24]}-{__version__}-{VERSION}.index")


class Index:
    """One open index; may be asked from several threads, which take turns."""

    def __init__(self, path: str) -> None:
        self.lock = threading.RLock()
        self._state: dict[str, str] = {}
        try:
            self._open(path)
        except (sqlite3.DatabaseError, ValueError) as problem:
            if path != ":memory:" and not _busy(problem):  # damaged, or of another making
                Path(path).unlink(missing_ok=True)
            self._open(":memory:")

    def _open(self, path: str) -> None:
        if path != ":memory:":
            Path(path).touch(mode=0o600)  # it holds the words of articles
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=PATIENCE)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA synchronous=OFF")  # a lost index is made anew
        if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            self._db.executescript(f"BEGIN; {TABLES} COMMIT;")
        self._state = json.loads(self._meta("state") or "{}")

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self._db.close()

    def _meta(self, key: str) -> str:
        found = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else ""

    def all(self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self.lock:
            return self._db.execute(query, values).fetchall()

    def one(self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
        """The first value of the first row, None where there is none."""
        with self.lock:
            found = self._db.execute(query, values).fetchone()
            return found[0] if found else None

    def refresh(self, store: Store, known: rows.Known, told: Told | None = None) -> bool:
        """Bring the index up to date with the record; whether anything had changed."""
        if store.state() == self._state:
            return False
        with self.lock, self._transaction(), store.snapshot():
            state = store.state()
            changed = {key for key in state if state[key] != self._state.get(key)}
            texts = self._documents(store) if "reports" in changed else set()
            if "claims" in changed:
                texts |= self._claims(store, told)
            if changed & {"reports", "claims", "derived"}:
                self._events(store, known, texts, told)
                self._positions(store)
                self._derived(store, known)
            self._people(store)
            self._db.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?)", (json.dumps(state),))
        self._state = state
        return True

    @contextlib.contextmanager
    def _transaction(self) -> Any:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _changed(self, table: str, forms: Mapping[str, str]) -> tuple[list[tuple[str, str]], list[int]]:
        """(id, mark) of what is new or changed, and the row numbers of what is gone or changed."""
        have = {row[1]: (row[0], row[2]) for row in self._db.execute(f"SELECT n, id, mark FROM {table}")}
        marks = {id_: hashlib.blake2b(form.encode(), digest_size=8).hexdigest() for id_, form in forms.items()}
        gone = [n for id_, (n, mark) in have.items() if marks.get(id_) != mark]
        new = [(id_, mark) for id_, mark in marks.items() if id_ not in have or have[id_][1] != mark]
        return new, gone

    def _drop(self, numbers: Iterable[int], *places: tuple[str, str]) -> None:
        """Delete rows by number from tables, each with the column that holds the number."""
        listed = [(n,) for n in numbers]
        for table, column in places:
            self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", listed)

    def _insert(self, table: str, row: Mapping[str, Any]) -> int:
        names = ", ".join(row)
        query = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})"
        return self._db.execute(query, tuple(row.values())).lastrowid or 0

    def _documents(self, store: Store) -> set[str]:
        """Index reports; the ids of the texts whose reports changed."""
        reports = {report.id: report for report in store.report_rows()}
        new, gone = self._changed("documents", {key: repr(report) for key, report in reports.items()})
        touched = {
            row[0] for n in gone for row in self._db.execute("SELECT text FROM documents WHERE n = ?", (n,)).fetchall()
        }
        self._drop(gone, ("documents", "n"), ("document_words", "rowid"))
        contents = store.contents(reports[key].text for key, _ in new)
        for key, mark in new:
            report = reports[key]
            row = {
                name: getattr(report, name) for name in ("id", "text", "document", "outlet", "title", "language")
            } | {
                "mark": mark,
                "agency": report.agency,
                "published": report.published.isoformat() if report.published else "",
            }
            number = self._insert("documents", row)
            body = plain(contents[report.text])
            self._insert("document_words", {"rowid": number, "title": plain(report.title), "body": body})
            touched.add(report.text)
        return touched

    def _claims(self, store: Store, told: Told | None) -> set[str]:
        """Index claims; the ids of the texts of those that are new or read otherwise than before."""
        forms = store.forms("claims")
        new, gone = self._changed("claims", forms)
        self._drop(gone, ("claims", "n"), ("claim_words", "rowid"), ("claim_facets", "claim"))
        loaded = [(mark, _as(forms[key], Claim)) for key, mark in new]
        contents = store.contents(claim.text for _, claim in loaded)
        for done, (mark, claim) in enumerate(loaded):
            content = contents[claim.text]
            number = self._insert("claims", rows.claim_row(claim, content) | {"mark": mark})
            quote = plain(content[claim.evidence.start : claim.evidence.end])
            self._insert("claim_words", {"rowid": number, "quote": quote})
            facets = [(number, kind, value) for kind, value in rows.claim_facets(claim)]
            self._db.executemany("INSERT INTO claim_facets VALUES (?, ?, ?)", facets)
            if told and done % _STEP == _STEP - 1:
                told(f"{done + 1} of {len(new)} claims indexed")
        return {claim.text for _, claim in loaded}

    def _events(self, store: Store, known: rows.Known, texts: set[str], told: Told | None) -> None:
        forms = store.forms("events")
        new, gone = self._changed("events", forms)
        again = self._resting_on(texts) - {key for key, _ in new}
        marks = dict(new) | {
            row[1]: row[2] for row in self._db.execute("SELECT n, id, mark FROM events") if row[1] in again
        }
        numbers = gone + [row[0] for row in self._db.execute("SELECT n, id FROM events") if row[1] in again]
        for n in numbers:
            query = "DELETE FROM event_claims WHERE event = (SELECT id FROM events WHERE n = ?)"
            self._db.execute(query, (n,))
        self._drop(numbers, ("event_words", "rowid"), ("facets", "event"), ("takes_part", "event"), ("events", "n"))
        reports: dict[str, list[Report]] = {}
        for report in store.report_rows():
            reports.setdefault(report.text, []).append(report)
        for done, key in enumerate(key for key in forms if key in marks):
            self._event(_as(forms[key], Event), reports, known, marks[key])
            if told and done % _STEP == _STEP - 1:
                told(f"{done + 1} of {len(marks)} events indexed")
        if numbers or marks:
            self._facet_events()

    def _facet_events(self) -> None:
        """The events of each value that is counted, written anew as whole numbers of four bytes."""
        self._db.execute("DELETE FROM facet_events")
        query = f"""SELECT kind, value, event FROM facets WHERE kind IN ({", ".join("?" * len(rows.COUNTED))})
            ORDER BY kind, value, event"""
        found = self._db.execute(query, rows.COUNTED).fetchall()
        for (kind, value), group in itertools.groupby(found, lambda row: (row[0], row[1])):
            events = array.array("i", (row[2] for row in group)).tobytes()
            self._db.execute("INSERT INTO facet_events VALUES (?, ?, ?)", (kind, value, events))

    def _resting_on(self, texts: set[str]) -> set[str]:
        """The ids of the indexed events that rest on any of these texts."""
        query = "SELECT e.event FROM event_claims e JOIN claims c ON c.id = e.claim WHERE c.text = ?"
        return {row[0] for text in texts for row in self._db.execute(query, (text,))}

    def _event(self, event: Event, reports: Mapping[str, list[Report]], known: rows.Known, mark: str) -> None:
        found = self._told(event)
        by_id = {report.id: report for text in found.texts for report in reports.get(text, ())}
        resting = [by_id[key] for key in sorted(by_id)]
        number = self._insert("events", rows.event_row(event, found, resting, known) | {"mark": mark})
        self._db.executemany("INSERT INTO event_claims VALUES (?, ?, ?)", rows.claims_of(event))
        self._insert("event_words", {"rowid": number, "body": rows.event_body(event, found, resting)})
        facets = [(number, kind, value) for kind, value in rows.event_facets(event, found, resting)]
        self._db.executemany("INSERT INTO facets VALUES (?, ?, ?)", facets)
        parts = [(number, *part) for part in rows.participants(event)]
        self._db.executemany("INSERT INTO takes_part VALUES (?, ?, ?, ?, ?, ?, ?, ?)", parts)

    def _told(self, event: Event) -> rows.Told:
        """What the index has of an event's claims already."""
        query = """SELECT c.text, c.confidence, c.quote, f.value FROM claims c
            LEFT JOIN claim_facets f ON f.claim = c.n AND f.kind = 'voice' WHERE c.id = ?"""
        made = rows.Told(set(), [], [], set())
        for _, claim, how in rows.claims_of(event):
            for text, confidence, quote, voice in self._db.execute(query, (claim,)).fetchall():
                made.quotes.append(quote)
                if how == "tells":
                    made.texts.add(text)
                    made.confidences.append(confidence)
                    made.voices.add(voice)
        return made

    def _positions(self, store: Store) -> None:
        forms = store.forms("positions")
        new, gone = self._changed("positions", forms)
        self._drop(gone, ("positions", "n"))
        for key, mark in new:
            self._insert("positions", rows.position_row(_as(forms[key], Position)) | {"mark": mark})

    def _derived(self, store: Store, known: rows.Known) -> None:
        """Processes, doubtful pairs and places in the queue: written anew."""
        for query in ("DELETE FROM processes", "DELETE FROM facets WHERE kind = 'process'", "DELETE FROM pairs"):
            self._db.execute(query)
        self._db.execute(
            """UPDATE claims SET place = (1 - confidence) * coalesce((SELECT max(e.weight) FROM event_claims l
               JOIN events e ON e.id = l.event WHERE l.claim = claims.id), ?)""",
            (rows.BARE,),
        )
        for form in store.forms("processes").values():
            process = _as(form, Process)
            self._db.execute(
                "INSERT INTO processes VALUES (?, ?, ?, ?, ?)",
                (
                    process.id,
                    process.name,
                    rows.process_title(process, known),
                    json.dumps(process.parties),
                    len(process.events),
                ),
            )
            query = "INSERT INTO facets SELECT n, 'process', ? FROM events WHERE id = ?"
            self._db.executemany(query, [(process.id, event) for event in process.events])
        for form in store.forms("model_links").values():
            raw = json.loads(form)
            if raw.get("verdict") == Verdict.UNSURE.value:
                values = (raw["left"], raw["right"], raw["score"])
                self._db.execute("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, 0)", values)

    def _people(self, store: Store) -> None:
        """People's words, written anew; a pair somebody spoke of is in doubt no more."""
        self._db.execute("DELETE FROM decided")
        judgements, links = store.words_of_people()
        words = standing(judgements)
        about = store.targets(words)
        rows_of = [(about[one.id], one.decision.value, one.by) for one in words if one.id in about]
        self._db.executemany("INSERT OR REPLACE INTO decided VALUES (?, ?, ?)", rows_of)
        self._db.execute("UPDATE pairs SET spoken = 0")
        spoken = [(link.left, link.right) for link in standing_links(links)]
        both = [*spoken, *((right, left) for left, right in spoken)]
        self._db.executemany("UPDATE pairs SET spoken = 1 WHERE left = ? AND right = ?", both)


def _busy(problem: Exception) -> bool:
    """Whether another program holds the file, which is nothing wrong with it (sqlite.org/rescode.html)."""
    return getattr(problem, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _as(form: str, kind: type[Any]) -> Any:
    value = jsonform.loads(form)
    assert isinstance(value, kind)
    return value
