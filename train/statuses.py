"""Train the linear reading of an act's status off word vectors (dragoman.claims.likely_status).

    python -m train.statuses [--write]

Learned from acts of the whole coder whose word stands in the quote of an act of the same type: of bench/gold/train,
every fifth topic left out as train.coder does, and of the label files that came after the shipped network, which it
did not learn from (UNSEEN; long texts and train.acts.LEFT_OUT aside). Prints the share of classes right (done, to come,
not) on what is left out, by the rules and by the reading where it is sure (the coder believes it less often, see
``likely_status``); dev is shown, not chosen on. Needs ../shared and NumPy.
``--write`` puts the weights into src/dragoman/data/coder/statuses.npz.
"""

import argparse
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from evals import bench
from numpy.typing import NDArray

from dragoman.claims import acts, likely_status, settled, weigher
from dragoman.claims.found import Found
from dragoman.claims.likely_status import CLASSES, features
from dragoman.claims.tree import Tree
from dragoman.types import Cell, Status
from train import acts as labels
from train import coder_items

OUT = Path(likely_status.__file__).parent.parent / "data" / "coder" / "statuses.npz"
FOLDS = 5  # every fifth train topic is left out, as train.coder does
UNSEEN = re.compile(r"[uv]_\w+|mixed(6[1-9]|7\d)")
EPOCHS, BATCH, RATE, RIDGE, DROPPED = 60, 128, 3e-3, 0.1, 0.1  # ridge: least of .03, .1 and .3 by topics left out
Floats = NDArray[np.float64]
Row = tuple[NDArray[np.float32], int, int]  # an act's features, its class by the rules and by the gold


def as_ruled(_tree: Tree, act: Found, _own: bool, _vectors: weigher.Floats) -> Cell[Status]:
    """The status of the rules, in the place of :func:`likely_status`."""
    return act.status


def gold_of(tree: Tree, act: Found, events: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The gold act of the same type with the shortest quote around an act's word, else the only one of the type."""
    same = [event for event in events if event["type"] == act.trigger.type]
    content, start = tree.analysis.text.content, tree.tokens[act.at].start
    around = [
        event
        for event in same
        if any(one.start() <= start < one.end() for one in re.finditer(re.escape(event["quote"]), content))
    ]
    if around:
        return min(around, key=lambda event: len(event["quote"]))
    return same[0] if len(same) == 1 else None


def rows_of(split: str, topic: str) -> Iterator[Row]:
    """The acts of a topic that are in the gold."""
    for item, row, _ in coder_items.rows_of(split, topic):
        tree, found = acts.told(item.tree.analysis, item.tree.grounded)
        words = weigher.vectors(tree)
        for act in found:
            event = gold_of(tree, act, row["events"])
            if event:
                ruled = CLASSES[act.status.value or Status.HAPPENED]
                own = act.trigger.id == settled.NETWORK
                yield features(tree, act, own, words), ruled, CLASSES[Status(event["status"])]


def rows(split: str, topics: list[str]) -> list[Row]:
    """The acts of several topics."""
    return [row for topic in topics for row in rows_of(split, topic)]


def shares(scores: Floats) -> Floats:
    """Scores as shares of one, along the last axis."""
    raised: Floats = np.exp(scores - scores.max(1, keepdims=True))
    found: Floats = raised / raised.sum(1, keepdims=True)
    return found


def fit(given: list[Row]) -> tuple[Floats, Floats]:
    """Weights [features, 3] and bias [3] by Adam with a decaying rate, some inputs hidden; the same every time."""
    rng = np.random.default_rng(0)
    inputs = np.stack([row[0] for row in given]).astype(np.float64)
    right = np.eye(3)[[row[2] for row in given]]
    size = len(given)
    weights = [np.zeros((inputs.shape[1], 3)), np.zeros(3)]
    first, second = [np.zeros_like(one) for one in weights], [np.zeros_like(one) for one in weights]
    steps, step = EPOCHS * math.ceil(size / BATCH), 0
    for _ in range(EPOCHS):
        order = rng.permutation(size)
        for begin in range(0, size, BATCH):
            step += 1
            at = order[begin : begin + BATCH]
            seen = inputs[at] * (rng.random(inputs[at].shape) > DROPPED)
            error = (shares(seen @ weights[0] + weights[1]) - right[at]) / len(at)
            rate = RATE * 0.5 * (1 + math.cos(math.pi * step / steps))
            for k, slope in enumerate((seen.T @ error, error.sum(0))):
                first[k] = 0.9 * first[k] + 0.1 * slope
                second[k] = 0.999 * second[k] + 0.001 * slope**2
                moved = first[k] / (1 - 0.9**step) / (np.sqrt(second[k] / (1 - 0.999**step)) + 1e-8)
                weights[k] = weights[k] - rate * (moved + (RIDGE * weights[k] if k == 0 else 0))
    return weights[0], weights[1]


def main() -> int:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    if not bench.present() or not labels.news():
        sys.stderr.write("../shared is absent: nothing is learned\n")
        return 2
    settled.likely_status = as_ruled
    topics, files = bench.names("train"), labels.names()
    unseen = [name for name in files if UNSEEN.fullmatch(name) and name not in labels.LEFT_OUT]
    learn = rows("train", [one for at, one in enumerate(topics) if at % FOLDS]) + rows("labels", unseen)
    weights, bias = fit(learn)
    sys.stdout.write(f"learned from {len(learn)} acts\n")
    if chosen.write:
        np.savez(OUT, weight=weights.astype("<f2"), bias=bias.astype("<f2"))
    parts = {
        "train": ("train", topics[::FOLDS]),
        "labels": ("labels", list(labels.LEFT_OUT)),
        "dev": ("dev", list(bench.DEV)),
    }
    for name, part in parts.items():
        given = rows(*part)
        seen = shares(np.stack([row[0] for row in given]).astype(np.float64) @ weights + bias)
        sure = seen.max(1) > likely_status.SURE
        said = [int(seen[at].argmax()) if sure[at] else row[1] for at, row in enumerate(given)]
        ruled = sum(row[1] == row[2] for row in given) / len(given)
        read = sum(one == row[2] for one, row in zip(said, given, strict=True)) / len(given)
        sys.stdout.write(f"{name}: {len(given)} acts, class right by the rules {ruled:.3f}, read {read:.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
