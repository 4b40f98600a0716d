"""From sources to a record: the only place where reading, coding, the store and reconciliation meet.

``code`` reads and codes what is new, each text in a child that can be killed; ``reduce`` computes events and positions
from all claims; ``judge`` and ``link`` keep a person's word and compute again. What is finished is on disk before the
next text is taken up, so that stopping at any moment loses at most the texts at hand. Knows no table and no rule.
"""

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from dragoman import codebook as codebooks
from dragoman import crew, ids, ingest, knowledge, map_half, own_actors, plugins, reducing, runs, said
from dragoman.codebook import Codebook, CodebookError
from dragoman.coding import Coder, CodingResult, CodingTask, where
from dragoman.knowledge import Knowledge
from dragoman.own_actors import OwnActorsError
from dragoman.plugins import PluginError
from dragoman.store import Store, StoreError
from dragoman.types import Decision, Document, Failure, Link, Record, Run, Verdict

__all__ = [
    "CodebookError",
    "Outcome",
    "OwnActorsError",
    "PluginError",
    "Progress",
    "StoreError",
    "as_of",
    "bring_up",
    "code",
    "code_text",
    "decide",
    "judge",
    "kept_actors",
    "kept_codebook",
    "link",
    "read",
    "reduce",
]

code_text = map_half.code_text
as_of, bring_up, decide, kept_actors, kept_codebook, reduce = (
    reducing.as_of,
    reducing.bring_up,
    reducing.decide,
    reducing.kept_actors,
    reducing.kept_codebook,
    reducing.reduce,
)

# Called with how many are done, of how many (0: not known), and what is being done.
Progress: TypeAlias = Callable[[int, int, str], None]

# Documents added in one transaction: 64, or fewer when their bytes pass 4 MB, so that a stop loses little reading.
_BATCH = 64
_BATCH_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one call of :func:`code` did. ``skipped``: texts in a language nobody reads, by language, in the record.

    ``failures`` are of this call; ``set_aside`` counts the texts of the record that could not be coded, now or before.
    """

    reports_read: int
    reports_new: int
    texts_new: int
    texts_coded: int
    claims_new: int
    events: int
    failures: tuple[Failure, ...]
    skipped: tuple[tuple[str, int], ...]
    set_aside: int = 0


def code(
    paths: Iterable[Path | str],
    store: Store,
    *,
    workers: int = 1,
    retry: bool = False,
    codebook: Path | None = None,
    actors: Path | None = None,
    progress: Progress | None = None,
    coder: Coder = code_text,
    seconds: float = crew.SECONDS,
    events: bool = True,
) -> Outcome:
    """Read the reports at ``paths`` into the record, code every text that this run has not coded, compute the events.

    ``codebook`` is a user's file (default: the built-in one), ``actors`` a table of actors that goes before the
    built-in ones; ``coder`` what codes a text, a function that pickles by name; ``seconds`` what it may take. Texts set
    aside before are taken up again only with ``retry``; without ``events`` they are computed when next asked for. The
    result does not depend on the number of ``workers``, the order of ``paths`` or interruptions. Raises
    :class:`StoreError`, :class:`CodebookError`, :class:`OwnActorsError`, :class:`PluginError`; else the outcome tells.
    """
    tell = progress or _quiet
    with _chosen(codebook, actors) as tables:
        run = _this_run(tables, store)
        _load_plugins()
        read = _read(sorted({Path(path) for path in paths}), store, tell)
        todo = tuple(store.texts_to_code(run, languages=map_half.served(), retry=retry))
        tasks = _tasks(todo, store, tables)
        coded, claims_new, failures = 0, 0, list(read.failures)
        with contextlib.closing(crew.coded(tasks, coder, workers=workers, seconds=seconds)) as results:
            for done, (task, result) in enumerate(results):
                tell(done, len(todo), where(task.reports[0]))
                failures.extend(_keep(store, run, task, result))
                if isinstance(result, CodingResult):
                    coded, claims_new = coded + 1, claims_new + len(result.claims)
    store.settle(run)
    if events:
        tell(len(todo), len(todo), "events")
        reducing.bring_up(store)
    return Outcome(
        reports_read=read.reports,
        reports_new=read.reports_new,
        texts_new=read.texts_new,
        texts_coded=coded,
        claims_new=claims_new,
        events=store.count("events"),
        failures=tuple(failures),
        skipped=store.unserved(map_half.served()),
        set_aside=store.set_aside(),
    )


def read(store: Store) -> Record:
    """The record; computed first where an interrupted run left that undone."""
    return store.read() if store.is_reduced() else reduce(store)


def judge(
    store: Store, claim: str, decision: Decision, cell: str = "", value: str = "", *, by: str, why: str, at: str
) -> Record:
    """Keep a person's word on a claim and compute again; ``claim`` is its id or how that begins, ``at`` UTC ISO 8601.

    Raises :class:`StoreError` for an unknown or ambiguous id, and for a value that the cell cannot take.
    """
    held = store.read()
    target = {found.id: found for found in held.claims}[
        _one(store, claim, {found.id for found in held.claims}, "claim")
    ]
    words = target.evidence
    content = next(text.content for text in held.texts if text.id == target.text)
    run = store.latest_run()
    saying = said.Saying(by, at, why, run.codebook if run else "")
    word = said.judgement(target, content[words.start : words.end], decision, saying, cell=cell, value=value)
    decide(store, (word,))
    return store.read()


def link(store: Store, a: str, b: str, verdict: Verdict, *, by: str, why: str, at: str) -> Record:
    """Keep a person's word that two claims tell of one act, or do not, and compute again.

    ``a`` and ``b`` are ids of claims or events, or how those begin; of an event its earliest claim is linked.
    Raises :class:`StoreError` for an unknown or ambiguous id, and where both are one claim.
    """
    held = store.read()
    founders = {event.id: ids.founder(event.id, event.claims) for event in held.events}
    founders |= {old: founders[new] for old, new in store.redirects.items() if new in founders}
    founders |= {claim.id: claim.id for claim in held.claims}
    left, right = (founders[_one(store, id_, founders, "claim or event")] for id_ in (a, b))
    if left == right:
        raise StoreError(f"{store.path}: {a} and {b} are the same claim; name two claims of what is to be linked")
    decide(store, (Link(left, right, verdict, 1.0, (why,), by, at, person=True),))
    return store.read()


@dataclass(frozen=True, slots=True)
class _Reading:
    reports: int
    reports_new: int
    texts_new: int
    failures: tuple[Failure, ...]


def _read(paths: Sequence[Path], store: Store, tell: Progress) -> _Reading:
    """Read every source into the store, in small transactions."""
    failures: list[Failure] = []
    batch: list[Document] = []
    reports = reports_new = texts_new = size = 0
    for item in itertools.chain(ingest.read(paths), [None]):
        if isinstance(item, Failure):
            failures.append(item)
            continue
        if item is not None:
            reports, size = reports + 1, size + len(item.raw)
            batch.append(item)
            tell(reports, 0, where(item.report))
        if batch and (item is None or len(batch) >= _BATCH or size > _BATCH_BYTES):
            added = store.add_documents(batch)
            reports_new += sum(report for report, _ in added)
            texts_new += sum(text for _, text in added)
            batch, size = [], 0
    store.settle_failures([str(path) for path in paths], failures)
    return _Reading(reports, reports_new, texts_new, tuple(failures))


@dataclass(frozen=True, slots=True)
class _Tables:
    """What a call codes with, and the user's files that the children load it from ("": it is built in)."""

    book: Codebook
    known: Knowledge
    codebook: str = ""
    actors: str = ""


def _this_run(tables: _Tables, store: Store) -> Run:
    """The run of these tables; the user's files are kept in the record."""
    book = store.add_raw(Path(tables.codebook).read_bytes(), "application/toml") if tables.codebook else ""
    actors = store.add_raw(Path(tables.actors).read_bytes(), "text/csv") if tables.actors else ""
    return runs.this_run(tables.book, book, known=tables.known, actors_file=actors)


def _tasks(texts: Iterable[str], store: Store, tables: _Tables) -> Iterator[CodingTask]:
    for text in texts:
        yield CodingTask(
            store.text(text),
            store.reports_of(text),
            codebook=tables.codebook,
            codebook_hash=tables.book.hash,
            actors=tables.actors,
            actors_hash=tables.known.hash,
        )


def _keep(store: Store, run: Run, task: CodingTask, result: crew.Outcome) -> tuple[Failure, ...]:
    """Keep what came of a text, or set it aside; the failures to tell of."""
    lead = task.reports[0]
    if isinstance(result, CodingResult):
        store.finish_text(task.text.id, run, result.claims, result.dating, failures=result.failures, lead=lead)
        return result.failures
    failure = Failure(where(lead), f"set aside, not coded: {result}", stage="code")
    store.quarantine(task.text.id, run, failure, lead=lead)
    return (failure,)


def _load_plugins() -> None:
    """Load all plug-ins here once, so that a broken one stops the command and does not set every text aside."""
    for group in (plugins.READERS, plugins.EXTRACTORS):
        for name in plugins.registered(group):
            plugins.loaded(group, name)


@contextlib.contextmanager
def _chosen(codebook: Path | None, actors: Path | None) -> Iterator[_Tables]:
    """What to code with. A user's files are copied for the children, so that nobody edits them meanwhile."""
    book, known, copies = codebooks.load(codebook), knowledge.load(), ["", ""]
    with contextlib.ExitStack() as until_done:
        if codebook:
            copy = until_done.enter_context(reducing.copied(codebook.read_bytes(), "codebook.toml"))
            if codebooks.load(copy).hash != book.hash:
                raise CodebookError(f"{codebook}: was changed while it was read; run the command again")
            copies[0] = str(copy)
        if actors:
            content = own_actors.read(actors)
            known = own_actors.overlaid(content, str(actors))
            copies[1] = str(until_done.enter_context(reducing.copied(content, "actors.csv")))
        yield _Tables(book, known, *copies)


def _one(store: Store, id_: str, known: Iterable[str], what: str) -> str:
    """The one known id that is, or begins with, ``id_``."""
    found = sorted(one for one in known if one.startswith(id_)) if id_ else []
    if id_ in found:
        return id_
    if not found:
        raise StoreError(f"{store.path}: no {what} {id_!r}")
    if len(found) > 1:
        raise StoreError(f"{store.path}: {id_!r} is not one {what}: {', '.join(found[:3])} begin with it")
    return found[0]


def _quiet(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""
