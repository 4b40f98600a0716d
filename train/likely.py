"""The weights by which Dragoman chooses an act's day, its country, and a participant's state and sector.

    python -m train.likely                 # cross-validate over the topics and print the figures
    python -m train.likely --write         # fit on all and write src/dragoman/data/likely.json

Conditional logits over named features (:mod:`dragoman.ranking`), fitted on bench/gold/train and train/labels/acts by
L-BFGS with a ridge; several candidates may be right, then their sum is what is made likely. Needs ``.[dev]`` and the
data of ../shared. Topics are left out whole: five folds over the files.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import optimize, sparse

OUT = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "data" / "likely.json"
RIDGE = 1.0
LEAST = 3  # features seen in fewer choices are left out
Choice = tuple[Sequence[Sequence[str]], frozenset[int]]


@dataclass(frozen=True)
class Fitted:
    """Feature -> weight."""

    weights: dict[str, float]

    def best(self, candidates: Sequence[Sequence[str]]) -> int:
        sums = [sum(self.weights.get(one, 0.0) for one in features) for features in candidates]
        return max(range(len(sums)), key=lambda at: (sums[at], -at))


def fit(choices: Iterable[Choice], ridge: float = RIDGE, least: int = LEAST) -> Fitted:
    """Weights that make the right candidates of all choices likely; choices without a right one teach nothing."""
    rows = [(candidates, right) for candidates, right in choices if right and len(candidates) > 1]
    seen = Counter(one for candidates, _ in rows for one in {f for features in candidates for f in features})
    index = {one: at for at, one in enumerate(sorted(one for one, times in seen.items() if times >= least))}
    ends, columns, starts, good = [0], [], [], []
    for candidates, right in rows:
        starts.append(len(ends) - 1)
        for at, features in enumerate(candidates):
            columns += sorted({index[one] for one in features if one in index})
            ends.append(len(columns))
            good.append(at in right)
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(index)))
    first, hits = np.array(starts), np.array(good)
    group = np.repeat(np.arange(len(rows)), np.diff([*starts, len(ends) - 1]))

    def shares(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        top = np.maximum.reduceat(sums, first)[group]
        raised = np.exp(sums - top)
        total = np.add.reduceat(raised, first)
        return raised / total[group], total

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        share, _ = shares(matrix @ weights)
        mass = np.add.reduceat(share * hits, first)
        target = share * hits / mass[group]
        value = -np.log(mass).sum() + ridge / 2 * (weights @ weights)
        return float(value), matrix.T @ (share - target) + ridge * weights

    found = optimize.minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return Fitted({one: float(found.x[at]) for one, at in index.items()})
