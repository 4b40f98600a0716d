"""A record brought up to date in steps is, byte for byte, the record computed whole: whatever came, in any order."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman import jsonform, stepwise
from dragoman.reconcile import Reconciled
from dragoman.store import Store
from dragoman.types import Document, Link, Run
from drawn import worded
from tellings import BOOK, KNOWN, Telling, record

RUN = Run("r" * 32, "1", (), (), "", "")
RULES = stepwise.Rules(KNOWN, BOOK, "tests")


def put(store: Store, told: Sequence[Telling]) -> None:
    """Keep claims with their texts and reports, and code the texts."""
    store.add_documents([
        Document(report, item.text, item.text.content.encode(), "text/plain", "tests") for item in told
        for report in item.reports
    ])  # fmt: skip
    for item in told:
        store.finish_text(item.text.id, RUN, [item.claim], None)


def bring_up(store: Store) -> None:
    """All steps."""
    done, at_hand = False, None
    while not done:
        with store.stepping() as connection:
            done, at_hand = stepwise.bring_up(connection, RULES, at_hand)


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
    made = {
        "events": found.events, "positions": found.positions, "processes": found.processes, "model_links": found.links,
    }  # fmt: skip
    return {kind: sorted(map(jsonform.dumps, values)) for kind, values in made.items()}


def unlike(told: Iterable[Telling]) -> list[Telling]:
    """The tellings, each once: a claim is drawn twice now and then."""
    return list({item.claim.id: item for item in told}.values())


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(worded(), st.randoms(use_true_random=False))
def test_reports_one_by_one_give_what_all_at_once_give(case: tuple[list[Telling], list[Link]], random: Random) -> None:
    """Claims and words of people added one after the other, in any order, each brought up to date."""
    told, links = unlike(case[0]), case[1]
    coming: list[Telling | Link] = [*told, *links]
    random.shuffle(coming)
    with opened() as store:
        for item in coming:
            if isinstance(item, Link):
                store.add_link(item)
            else:
                put(store, [item])
            bring_up(store)

        assert whole(record(told, links)) == written(store)
        assert [] == store.verify() or links
