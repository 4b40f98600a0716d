"""Records brought up to date in steps, for tests: put tellings in, take what was computed out."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dragoman import jsonform, stepwise
from dragoman.reconcile import Reconciled, reconcile
from dragoman.store import Store
from dragoman.types import Document, Run
from tellings import BOOK, KNOWN, Telling

RUN = Run("r" * 32, "1", (), (), "", "")
RULES = stepwise.Rules(KNOWN, BOOK, "tests")


def put(store: Store, told: Sequence[Telling], run: Run = RUN) -> None:
    """Keep claims with their texts and reports, and code the texts."""
    documents = [
        Document(report, item.text, item.text.content.encode(), "text/plain", "tests")
        for item in told
        for report in item.reports
    ]
    store.add_documents(documents)
    for text in dict.fromkeys(item.text.id for item in told):
        store.finish_text(text, run, [item.claim for item in told if item.text.id == text], None)


def bring_up(store: Store, rules: stepwise.Rules = RULES, *, most: int = 10_000) -> int:
    """Take steps, at most so many; how many were taken."""
    done, at_hand = False, None
    for taken in range(most):
        with store.stepping() as connection:
            done, at_hand = stepwise.bring_up(connection, rules, at_hand)
        if done:
            return taken + 1
    return most


@contextmanager
def opened() -> Iterator[Store]:
    """An empty record."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "r.db"), create=True) as store:
        yield store


def written(store: Store) -> dict[str, list[str]]:
    """What the record has computed."""
    kinds = ("events", "positions", "processes", "model_links")
    return {kind: sorted(store.forms(kind).values()) for kind in kinds}


def whole(found: Reconciled) -> dict[str, list[str]]:
    """What is computed at once, in the same form."""
    made = (found.events, found.positions, found.processes, found.links)
    kinds = ("events", "positions", "processes", "model_links")
    return {kind: sorted(map(jsonform.dumps, values)) for kind, values in zip(kinds, made, strict=True)}


def unlike(told: Iterable[Telling]) -> list[Telling]:
    """The tellings, each once: one is drawn twice now and then."""
    return list({item.claim.id: item for item in told}.values())


def at_once(store: Store) -> dict[str, list[str]]:
    """What is computed at once of all that the record keeps."""
    held, _ = store.inputs()
    return whole(reconcile(held.claims, held.reports, held.links, held.judgements, KNOWN, BOOK, texts=held.texts))
