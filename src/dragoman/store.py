"""The record: what was read, claimed and decided, appended to one SQLite file; what is computed of it, replaced.

One :class:`Store` is one open record, for one thread. Everything it is asked to add it adds once, in a transaction that
is safe on disk when the call returns; adding it again changes nothing. Knows values and their JSON form, no stage.
"""

import contextlib
import dataclasses
import secrets
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from dragoman import jsonform
from dragoman.coding import order
from dragoman.storage import parts, rows, schema, shelf, sql, verify
from dragoman.storage.database import PATIENCE, StoreError, connect, explained, writing
from dragoman.types import Claim, Dating, Document, Failure, Judgement, Link, Record, Report, Run, Text

__all__ = ["Store", "StoreError"]


class Store:
    """An open record file; a context manager. Made by :meth:`open`."""

    def __init__(self, path: Path, engine: sa.Engine) -> None:
        self.path = path
        self._engine = engine
        self._seen = threading.local()

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, patience: float = PATIENCE) -> Self:
        """Open the record at ``path``; with ``create``, make it where there is none.

        An older format is brought up to date after a backup copy. ``patience``: seconds that each of a few attempts
        waits for another program's write. Raises :class:`StoreError`, one line with the path and what to do.
        """
        path = Path(path)
        store = cls(path, connect(path, create=create, patience=patience))
        if create and store._meta("record") is None:
            with store._writing() as connection:
                sql.put(connection, "record", secrets.token_hex(16))
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        with explained(self.path):
            self._engine.dispose()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        held = getattr(self._seen, "held", None)
        with explained(self.path), contextlib.nullcontext(held) if held else self._engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that this thread reads inside is read in one transaction: of one moment, whoever writes meanwhile."""
        with self._reading() as connection:
            outer = getattr(self._seen, "held", None)
            self._seen.held = connection
            try:
                yield
            finally:
                self._seen.held = outer

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with explained(self.path), writing(self._engine) as connection:
            yield connection

    @contextlib.contextmanager
    def stepping(self) -> Iterator[sa.Connection]:
        """One transaction in which a part of what is derived is computed anew (:mod:`dragoman.stepwise`)."""
        with self._writing() as connection, self._undamaged():
            yield connection

    def _meta(self, key: str) -> str | None:
        with self._reading() as connection:
            return sql.get(connection, key)

    # What was read ---------------------------------------------------------------------------------------------------

    def add_document(self, document: Document) -> bool:
        """Add a report with its text and raw bytes; True if the report is new."""
        return self.add_documents([document])[0][0]

    def add_documents(self, documents: Sequence[Document]) -> list[tuple[bool, bool]]:
        """Add reports in one transaction: (the report is new, its text is new) of each."""
        made = [rows.document_rows(document) for document in documents]
        new = []
        with self._writing() as connection:
            for text, raw, report in made:
                text_new = sql.add(connection, schema.texts, text)
                sql.add(connection, schema.raws, raw)
                new.append((sql.add(connection, schema.reports, report), text_new))
        return new

    def add_raw(self, raw: bytes, media_type: str) -> str:
        """Keep the bytes of a file that is not a report (a codebook); its SHA-256."""
        row = rows.raw_row(raw, media_type)
        with self._writing() as connection:
            sql.add(connection, schema.raws, row)
        return str(row["sha256"])

    def raw(self, sha256: str) -> bytes:
        """The bytes of a file as they were found; raises :class:`StoreError` where there are none."""
        with self._reading() as connection:
            packed = connection.scalar(sa.select(schema.raws.c.bytes).where(schema.raws.c.sha256 == sha256))
        if packed is None:
            raise StoreError(f"{self.path}: no file {sha256}")
        return zlib.decompress(packed)

    def raws_of(self, media_type: str) -> tuple[bytes, ...]:
        """The bytes of all files of a media type, in order of their hashes."""
        query = sa.select(schema.raws.c.bytes).where(schema.raws.c.media_type == media_type)
        with self._reading() as connection:
            return tuple(map(zlib.decompress, connection.scalars(query.order_by(schema.raws.c.sha256))))

    def text(self, text_id: str) -> Text:
        """The text with this id; raises :class:`StoreError` where there is none."""
        with self._reading() as connection:
            content = connection.scalar(sa.select(schema.texts.c.content).where(schema.texts.c.id == text_id))
        if content is None:
            raise StoreError(f"{self.path}: no text {text_id}")
        return Text(text_id, content)

    def reports_of(self, text_id: str) -> tuple[Report, ...]:
        """The reports of a text, the one it is read as part of first (:func:`dragoman.coding.order`)."""
        with self._reading() as connection:
            found = connection.execute(sa.select(schema.reports).where(schema.reports.c.text == text_id)).mappings()
            return tuple(sorted(map(rows.report_of, found), key=order))

    def add_failure(self, failure: Failure) -> bool:
        """Keep that something could not be read; True if that is new."""
        with self._writing() as connection:
            return sql.add(connection, schema.failures, rows.failure_row(failure))

    def settle_failures(self, roots: Iterable[str], failures: Iterable[Failure]) -> None:
        """Make ``failures`` the ones kept of the files and folders ``roots``: what was put right is forgotten."""
        wanted = {row["id"]: row for row in map(rows.failure_row, failures)}
        below = tuple(roots)
        with self._writing() as connection:
            kept = connection.execute(sa.select(schema.failures.c.id, schema.failures.c.source)).all()
            for id_, source in kept:
                ours = any(source == root or source.startswith(root.rstrip("/") + "/") for root in below)
                if ours and id_ not in wanted:
                    connection.execute(sa.delete(schema.failures).where(schema.failures.c.id == id_))
            for row in wanted.values():
                sql.add(connection, schema.failures, row)

    # The ledger of coding --------------------------------------------------------------------------------------------

    def texts_to_code(self, run: Run, *, languages: Iterable[str] | None = None, retry: bool = False) -> Iterator[str]:
        """The ids, in order, of texts this run has not coded as part of the report they are read as part of now.

        Only those whose report is in one of ``languages`` where given; with ``retry`` also those set aside.
        """
        lead = sql.leads()
        codings = schema.codings
        done = sa.and_(codings.c.text == lead.c.text, codings.c.run == run.id, codings.c.lead == lead.c.id)
        if retry:
            done = sa.and_(done, codings.c.state == "done")
        query = sa.select(lead.c.text).outerjoin_from(lead, codings, done).where(codings.c.seq.is_(None))
        if languages is not None:
            query = query.where(lead.c.language.in_(sorted(languages)))
        with self._reading() as connection:
            found = connection.scalars(query.order_by(lead.c.text)).all()
        yield from found

    def unserved(self, languages: Iterable[str]) -> tuple[tuple[str, int], ...]:
        """How many texts are in each language other than these, by language."""
        lead = sql.leads()
        query = sa.select(lead.c.language, sa.func.count()).where(lead.c.language.not_in(sorted(languages)))
        with self._reading() as connection:
            found = connection.execute(query.group_by(lead.c.language).order_by(lead.c.language)).all()
        return tuple((language, count) for language, count in found)

    def set_aside(self) -> int:
        """How many texts could not be coded, by their current codings."""
        codings, currents = schema.codings, schema.currents
        query = sa.select(sa.func.count()).select_from(codings).join(currents, currents.c.coding == codings.c.seq)
        with self._reading() as connection:
            return connection.scalar(query.where(codings.c.state == "quarantined")) or 0

    def finish_text(
        self,
        text_id: str,
        run: Run,
        claims: Sequence[Claim],
        dating: Dating | None,
        *,
        failures: Sequence[Failure] = (),
        lead: Report | None = None,
    ) -> bool:
        """Keep what a run read in a text, in one transaction; False (and nothing is added) where it is kept already.

        ``lead`` is the report it was read as part of, by default the text's first. The coding becomes the text's
        current one.
        """
        form = jsonform.dumps(dating) if dating else None
        forms = [row["form"] for row in sorted(rows.claim_rows(claims, 0), key=lambda row: str(row["id"]))]
        outcome = {"state": "done", "dating": form, "sha256": rows.coding_sha(forms, form)}
        return self._close(text_id, run, lead, outcome | rows.noted(failures), claims)

    def quarantine(self, text_id: str, run: Run, failure: Failure, *, lead: Report | None = None) -> bool:
        """Set a text aside that could not be coded: it counts as coded by this run, with no claims.

        False where it is so already. A later :meth:`finish_text` of the same run takes its place.
        """
        outcome = {"state": "quarantined", "dating": None, "sha256": rows.coding_sha((), None)}
        return self._close(text_id, run, lead, outcome | rows.noted([failure]), ())

    def _close(self, text: str, run: Run, lead: Report | None, outcome: rows.Row, claims: Sequence[Claim]) -> bool:
        lead = lead or self.reports_of(text)[0]
        place = {"text": text, "run": run.id, "lead": lead.id, "anchor": str(lead.published or "")}
        ledger, currents = schema.codings, schema.currents
        same = (ledger.c.text == text) & (ledger.c.run == run.id) & (ledger.c.lead == lead.id)
        with self._writing() as connection:
            sql.add(connection, schema.runs, {"id": run.id, "form": jsonform.dumps(run)})
            found = connection.execute(sa.select(ledger.c.seq, ledger.c.state).where(same)).first()
            if found and (found.state == "done" or outcome["state"] != "done"):
                return False
            if found:  # set aside before, coded now
                connection.execute(sa.delete(currents).where(currents.c.coding == found.seq))
                connection.execute(sa.delete(ledger).where(ledger.c.seq == found.seq))
            entry = place | outcome | {"n_claims": len(claims)}
            seq = connection.execute(sa.insert(ledger).values(entry).returning(ledger.c.seq)).scalar_one()
            if claims:
                connection.execute(sa.insert(schema.claims), rows.claim_rows(claims, seq))
            current = insert(currents).values(text=text, coding=seq)
            connection.execute(current.on_conflict_do_update(index_elements=["text"], set_={"coding": seq}))
            sql.bump(connection)
        return True

    def settle(self, run: Run) -> None:
        """Make the codings of this run, and no others, the current ones of all texts."""
        with self._writing() as connection:
            sql.settle(connection, run.id)

    # What people decide ----------------------------------------------------------------------------------------------

    def add_link(self, link: Link) -> bool:
        """Keep a person's word that two claims tell of one act, or do not; True if it is new."""
        with self._writing() as connection:
            return sql.keep_word(connection, link)

    def add_judgement(self, judgement: Judgement) -> bool:
        """Keep a person's word on a claim; True if it is new."""
        with self._writing() as connection:
            return sql.keep_word(connection, judgement)

    def add_words(self, words: Sequence[Link | Judgement]) -> None:
        """Keep several words of a person in one transaction."""
        with self._writing() as connection:
            for word in words:
                sql.keep_word(connection, word)

    # What is computed ------------------------------------------------------------------------------------------------

    def replace_derived(
        self,
        record: Record,
        *,
        model_links: Iterable[Link] = (),
        generation: int | None = None,
        words: Sequence[Link | Judgement] = (),
    ) -> Record | None:
        """Make the computed part of the record what ``record`` says; None, and nothing is changed, where it is stale.

        Stale: the file is no longer at the ``generation`` that :meth:`inputs` gave with what this was computed from.
        ``words`` are links and judgements it was computed with, to be kept in the same transaction. The ids of
        events that are no more are redirected; the record comes back with them filled in.
        """
        new = {
            "events": [rows.event_row(event) for event in record.events],
            "positions": [rows.position_row(position) for position in record.positions],
            "processes": [rows.process_row(process) for process in record.processes],
            "model_links": [rows.model_link_row(link) for link in model_links if not link.person],
            "datings": [rows.dating_row(dating) for dating in record.datings],
        }
        with self._writing() as connection:
            if generation is not None and generation != sql.generation(connection):
                return None
            for word in words:
                sql.keep_word(connection, word)
            sql.redirect(connection, record.events)
            for table, key in sql.DERIVED:
                sql.replace(connection, table, key, new[table.name])
            shelf.forget(connection)
            sql.put(connection, "reduced", str(sql.generation(connection)))
            sql.put(connection, "derived", verify.derived_sha(connection))
            events = sql.with_former_ids(record.events, sql.read_redirects(connection))
        return dataclasses.replace(record, events=events)

    @property
    def redirects(self) -> dict[str, str]:
        """Ids that events had before -> the ids they have now; read from the file each time."""
        with self._reading() as connection:
            return sql.read_redirects(connection)

    # Reading it all --------------------------------------------------------------------------------------------------

    def read(self) -> Record:
        """The whole record: with the current coding of each text, and what was computed last."""
        with self._reading() as connection, self._undamaged():
            return sql.read_derived(connection, sql.read_inputs(connection))

    def inputs(self) -> tuple[Record, int]:
        """What events are computed from, with the generation it is of, for :meth:`replace_derived`.

        Its ``datings`` are those that each text gives by itself; it has no events, positions or processes.
        """
        with self._reading() as connection, self._undamaged():
            return sql.read_inputs(connection), sql.generation(connection)

    @contextlib.contextmanager
    def _undamaged(self) -> Iterator[None]:
        try:
            yield
        except ValueError as problem:
            raise StoreError(f"{self.path}: damaged ({problem}); see `dragoman verify`") from problem

    def part(self, wanted: parts.Wanted) -> Record:
        """As much of the record as somebody asks for, with all that it rests on: claims, texts, reports, words."""
        with self._reading() as connection, self._undamaged():
            return parts.read(connection, wanted)

    def forms(self, kind: str) -> dict[str, str]:
        """The JSON forms of all ``events``, ``claims`` (current ones), ``positions``, ``processes`` ... by id."""
        with self._reading() as connection:
            return parts.forms(connection, kind)

    def contents(self, texts: Iterable[str]) -> dict[str, str]:
        """Text id -> content of these texts."""
        with self._reading() as connection:
            return parts.contents(connection, texts)

    def report_rows(self) -> tuple[Report, ...]:
        """All reports, by id."""
        with self._reading() as connection:
            return parts.reports(connection)

    def words_of_people(self) -> tuple[tuple[Judgement, ...], tuple[Link, ...]]:
        """Every judgement and link that people made, also those taken back, oldest first."""
        with self._reading() as connection, self._undamaged():
            return parts.words_of_people(connection)

    def targets(self, judgements: Sequence[Judgement]) -> dict[str, str]:
        """Id of a judgement -> the claim it is about now, also after re-coding."""
        with self._reading() as connection, self._undamaged():
            return parts.targets(connection, judgements)

    def state(self) -> dict[str, str]:
        """What changes whenever a part of the record does (:func:`dragoman.storage.parts.state`)."""
        with self._reading() as connection:
            return parts.state(connection)

    def count(self, kind: str) -> int:
        """How many ``events``, ``positions``, ``processes`` ... the record has."""
        with self._reading() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(schema.tables.tables[kind])) or 0

    def is_reduced(self) -> bool:
        """Whether the computed part is that of all that is kept (it is not after an interrupted run)."""
        with self._reading() as connection:
            return sql.get(connection, "reduced") == str(sql.generation(connection))

    def latest_run(self) -> Run | None:
        """The run that coded last."""
        query = sa.select(schema.runs.c.form).join_from(schema.currents, schema.codings).join(schema.runs)
        with self._reading() as connection:
            form = connection.scalar(query.order_by(schema.codings.c.seq.desc()).limit(1))
        return rows.value_of(form, Run) if form else None

    def digest(self) -> str:
        """SHA-256 of all that the record says, the same however it came about (order, interruptions, workers)."""
        with self._reading() as connection:
            return verify.digest(connection)

    def verify(self) -> list[str]:
        """Check every hash, span and reference; a line for each problem, naming the documents. Empty: all is well."""
        with self._reading() as connection:
            return verify.problems(connection)
