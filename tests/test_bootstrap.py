"""Intervals of benchmark figures: what adds up over documents, drawn again."""

from types import SimpleNamespace
from typing import Any, cast

from evals import bootstrap

Row = dict[str, Any]


def by_type(golds: list[Row], said: list[Row], accept: Any) -> list[tuple[int, int]]:
    """Pairs acts of one document and type that ``accept`` takes, one to one."""
    free = set(range(len(said)))
    pairs = []
    for i, gold in enumerate(golds):
        alike = (
            j for j in sorted(free) if said[j].items() >= {"document": gold["document"], "type": gold["type"]}.items()
        )
        j = next((j for j in alike if accept(gold, said[j])), None)
        if j is not None:
            free.discard(j)
            pairs.append((i, j))
    return pairs


def same(gold: Row, row: Row) -> bool:
    """Whether two rows have one status."""
    return bool(gold["status"] == row["status"])


SCORE = cast(
    Any,
    SimpleNamespace(
        match=by_type,
        who=lambda *_: True,
        record=same,
        full=same,
        status_class=lambda row: row["status"],
        codes=lambda *_: frozenset(),
        dates_overlap=lambda *_: True,
        interval=lambda *_: None,
        quotes_meet=lambda *_: False,
    ),
)


def acts(*types: str, status: str = "happened") -> list[Row]:
    """One act a document, d0, d1 and so on; no type, no act."""
    return [{"document": f"d{n}", "type": kind, "status": status} for n, kind in enumerate(types) if kind]


DOCUMENTS = [f"d{n}" for n in range(20)]
GOLD = acts(*["CONSULT"] * 20)


def test_what_is_always_right_is_sure() -> None:
    """A coder without a mistake has an interval of one point, and so has a rate that is nothing."""
    found = bootstrap.intervals(SCORE, GOLD, acts(*["CONSULT"] * 20), DOCUMENTS)

    assert (1, 1) == found["type"] == found["record"] == found["date"]
    assert (0, 0) == found["evidence"]


def test_the_interval_lies_about_the_figure() -> None:
    """Half of the acts found: F1 is two thirds, and the interval has it inside, the same at every run."""
    said = acts(*["CONSULT", ""] * 10)
    low, high = bootstrap.intervals(SCORE, GOLD, said, DOCUMENTS)["type"]

    assert 0.4 < low < 2 / 3 < high < 0.9
    assert (low, high) == bootstrap.intervals(SCORE, GOLD, said, DOCUMENTS)["type"]


def test_nothing_said_is_no_error() -> None:
    """Without a single coded act every figure is nothing."""
    found = bootstrap.intervals(SCORE, GOLD, [], DOCUMENTS)

    assert {(0.0, 0.0)} == set(found.values())
