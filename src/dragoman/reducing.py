"""From claims and people's words to events: the reduce half over a record, in steps where it can be, else whole.

:mod:`dragoman.stepwise` computes what changes touch; a record that must be computed whole (undated texts, whose days
depend on events and events on them) goes through :func:`dragoman.reconcile.reconcile`. Both give the same.
"""

import contextlib
import dataclasses
import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman import codebook as codebooks
from dragoman import knowledge, own_actors, runs, said, stepwise
from dragoman.codebook import Codebook
from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.storage import shelf, sql
from dragoman.store import Store, StoreError
from dragoman.types import Judgement, Link, Record

# Times that computing whole begins again because another program changed the record meanwhile.
_ATTEMPTS = 5


def reduce(store: Store) -> Record:
    """Bring events, positions, processes and datings up to date with all that the record keeps; the record with them.

    What changed since, and what that touches, is computed again; the result is as if all of it were.
    """
    bring_up(store)
    return store.read()


def decide(store: Store, words: Sequence[Link | Judgement]) -> None:
    """Keep several words of a person, all or none, and compute again; raises :class:`StoreError`.

    A word that cannot be computed with is not kept. One kept before that cannot any more may be taken back by these.
    """
    try:
        in_steps = _in_steps(store, ())
    except StoreError:
        if not words:
            raise
        in_steps = True
    if words and in_steps:
        in_steps = _in_steps(store, words)
    if not in_steps:
        _reduced(store, words)


def as_of(store: Store, day: dt.date) -> Record:
    """The record as it would be on the reports published up to a day; computed, nothing is kept."""
    inputs, _ = store.inputs()
    computed, _ = _computed(inputs, kept_actors(store), kept_codebook(store), day)
    return computed


def bring_up(store: Store, *, anew: bool = False) -> None:
    """Make events, positions and processes those of all that the record keeps; ``anew``: use nothing known before."""
    if anew:
        with store.stepping() as connection:
            shelf.forget(connection)
    if not _in_steps(store, ()):
        _reduced(store, ())


def _in_steps(store: Store, words: Sequence[Link | Judgement]) -> bool:
    """Compute what is touched by what changed; False, and nothing is done, for a record that must be computed whole.

    Without words a step is a transaction; words are kept in one with all that comes of them.
    """
    rules = _rules(store)
    at_hand, done = None, False
    while not done:
        with store.stepping() as connection:
            if not stepwise.serves(connection):
                return False
            for word in words:
                sql.keep_word(connection, word)
            try:
                done, at_hand = stepwise.bring_up(connection, rules, at_hand)
                while words and not done:
                    done, at_hand = stepwise.bring_up(connection, rules, at_hand)
            except ValueError as problem:
                if not words:
                    raise
                raise StoreError(f"{store.path}: {' '.join(str(problem).split())}") from problem
    return True


def _rules(store: Store) -> stepwise.Rules:
    known, book = kept_actors(store), kept_codebook(store)
    return stepwise.Rules(known, book, runs.reduced_with(book, known))


def _reduced(store: Store, words: Sequence[Link | Judgement]) -> Record:
    """Compute with more words of a person, and keep the words and what came of them in one transaction.

    So a word that cannot be computed with is never kept.
    """
    links_new = tuple(word for word in words if isinstance(word, Link))
    judged = tuple(word for word in words if isinstance(word, Judgement))
    for _ in range(_ATTEMPTS):
        inputs, generation = store.inputs()
        known, book = kept_actors(store), kept_codebook(store)
        try:
            if words:  # a word may uncover another that did not count, so all are weighed again
                judged_before, linked = store.words_of_people()
                inputs = said.counted(inputs, (*linked, *links_new), (*judged_before, *judged))
            computed, links = _computed(inputs, known, book)
        except ValueError as problem:
            if not words:
                raise  # a defect, for nobody said anything
            raise StoreError(f"{store.path}: {' '.join(str(problem).split())}") from problem
        written = store.replace_derived(computed, model_links=links, generation=generation, words=words)
        if written is not None:
            return written
    raise StoreError(f"{store.path}: another program keeps changing this record; run the command again when it is done")


def _computed(
    inputs: Record, known: Knowledge, book: Codebook, day: dt.date | None = None
) -> tuple[Record, tuple[Link, ...]]:
    found = reconcile(
        inputs.claims,
        inputs.reports,
        inputs.links,
        inputs.judgements,
        known,
        book,
        texts=inputs.texts,
        datings=inputs.datings,
        as_of=day,
    )
    computed = dataclasses.replace(
        inputs, events=found.events, positions=found.positions, processes=found.processes, datings=found.datings
    )
    return computed, tuple(found.links)


def _kept_file(store: Store, option: str) -> bytes | None:
    """A file of the user's that the record was last coded with."""
    run = store.latest_run()
    digest = dict(run.options).get(option) if run else None
    return None if digest is None else store.raw(digest)


def kept_codebook(store: Store) -> Codebook:
    """The codebook that the record was last coded with."""
    content = _kept_file(store, runs.CODEBOOK_FILE)
    if content is None:
        return codebooks.load()
    with copied(content, "codebook.toml") as copy:
        return codebooks.load(copy)


def kept_actors(store: Store) -> Knowledge:
    """The actors that the record was last coded with."""
    content = _kept_file(store, runs.ACTORS_FILE)
    if content is None:
        return knowledge.load()
    return own_actors.overlaid(content, f"{store.path}: its table of actors")


@contextlib.contextmanager
def copied(content: bytes, name: str) -> Iterator[Path]:
    """Bytes as a file of this name, for as long as the context lasts."""
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        copy = Path(folder, name)
        copy.write_bytes(content)
        yield copy
