"""How sure a figure of the benchmark is: its interval when the documents are drawn again, with replacement.

Acts are matched within documents, so that a document's counts are found once and only added up anew for each draw.
Clusters reach over documents and have no interval here.
"""

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

Row = Mapping[str, Any]
Counts = npt.NDArray[np.float64]  # one row a document, or a draw
Interval = tuple[float, float]

DRAWS = 1000  # the 2.5th percentile then rests on 25 draws
SEED = 2023
INNER = (2.5, 97.5)


def per_document(rows: Sequence[Row], at: Mapping[str, int]) -> Counts:
    """How many rows each document has."""
    return np.bincount([at[row["document"]] for row in rows], minlength=len(at)).astype(float)


def f1(right: Counts, said: Counts, gold: Counts) -> Counts:
    """F1 of each draw."""
    return np.divide(2 * right, said + gold, out=np.zeros_like(right), where=said + gold > 0)


def intervals(
    score: ModuleType, golds: Sequence[Row], said: Sequence[Row], documents: Sequence[str]
) -> dict[str, Interval]:
    """The 95 % interval of every figure that adds up over documents. ``score`` is the benchmark's scorer."""
    at = {name: number for number, name in enumerate(documents)}
    draws = np.random.default_rng(SEED).multinomial(len(at), [1 / len(at)] * len(at), size=DRAWS).astype(float)
    in_gold, in_said = draws @ per_document(golds, at), draws @ per_document(said, at)
    accepts: dict[str, Callable[[Any, Any], bool]] = {
        "type": lambda *_: True,
        "who": score.who,
        "record": score.record,
        "full": score.full,
    }
    pairs = {name: score.match(golds, said, accept) for name, accept in accepts.items()}
    found = {
        name: f1(draws @ per_document([golds[i] for i, _ in some], at), in_said, in_gold)
        for name, some in pairs.items()
    }
    both = [(golds[i], said[j]) for i, j in pairs["who"]]
    matched = draws @ per_document([gold for gold, _ in both], at)
    for name, agrees in rates(score).items():
        held = draws @ per_document([gold for gold, row in both if agrees(gold, row)], at)
        found[name] = np.divide(held, matched, out=np.zeros_like(held), where=matched > 0)
    return {name: (float(low), float(high)) for name, (low, high) in
            ((name, np.percentile(values, INNER)) for name, values in found.items())}  # fmt: skip


def rates(score: ModuleType) -> dict[str, Callable[[Any, Any], bool]]:
    """What is asked of matched acts one by one, as the scorer asks it."""

    def country(row: Row) -> Any:
        return (row.get("place") or {}).get("country")

    return {
        "status": lambda gold, row: score.status_class(gold) == score.status_class(row),
        "direction": lambda gold, row: score.codes(gold, "actors") == score.codes(row, "actors"),
        "date": score.dates_overlap,
        "date_exact": lambda gold, row: score.interval(gold) == score.interval(row),
        "country": lambda gold, row: country(gold) == country(row),
        "mode": lambda gold, row: set(gold.get("mode") or []) == set(row.get("mode") or []),
        "evidence": score.quotes_meet,
    }
