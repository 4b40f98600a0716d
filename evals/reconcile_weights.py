"""The weights of the pair scorecard, fitted on bench/gold/train and chosen by leaving topics out.

    python -m evals.reconcile_weights            # cross-validate: figures for each threshold
    python -m evals.reconcile_weights --write    # fit on all train files and write resources/reconcile

A logistic regression over the levels of the features, each pair weighted so that an event of thirty reports does not
outweigh thirty events of one: 1 / sqrt(reports of the left event * reports of the right one). Each file is learned
from twice, as annotated and blurred. Rows that the table marks ``held`` are set by hand and not fitted. Pairs of one
text are left out: the guide lets an annotator write an event once a document, so gold says nothing of them.
"""

import argparse
import csv
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from evals import reconcile_gold
from evals.reconcile import BENCH, figures, grouped, scorer, seen
from evals.reconcile_gold import Gold

from dragoman.reconcile import block, cluster, features, tables

SOURCE = Path(__file__).resolve().parent.parent / "resources" / "reconcile"
TOPICS = ("india_canada", "jp_kr", "niger", "uschina")
# Of .1, .3, .6 and 1, cross-validated with thresholds of -1250, -1000 and -750: .6 and 1 are best, within .01 of
# each other; .6 depends least on the threshold
RIDGE = 0.6
# Mean log-odds (thousandths, as fitted) at which groups still join: the middle of the range from -1250 to -750 in which
# the left-out topics move by less than .02
JOIN = -1000
ROUNDS = 120  # full-batch steps; 60 and 240 move the left-out topics by .015 at most

Level = tuple[str, str]
Observed = list[tuple[str, str, tuple[Level, ...]]]
Model = tuple[float, dict[Level, float]]


def observed(gold: Gold, table: tables.Tables) -> Observed:
    """(left id, right id, levels) of every pair worth comparing."""
    return [(a.claim.id, b.claim.id, features.observe(a, b)) for a, b in block.pairs(seen(gold, table), table)]


def examples(gold: Gold, pairs: Observed) -> list[tuple[tuple[Level, ...], bool, float]]:
    """(levels, same event, weight) of the pairs of two texts."""
    sizes = Counter(gold.event.values())
    out = []
    for left, right, levels in pairs:
        if ("same_text", "yes") not in levels:
            a, b = gold.event[left], gold.event[right]
            out.append((levels, a == b, 1 / math.sqrt(sizes[a] * sizes[b])))
    return out


def fit(rows: Iterable[tuple[tuple[Level, ...], bool, float]], held: dict[Level, float]) -> Model:
    """Base and weights (log-odds) by full-batch gradient descent with running step sizes; no randomness."""
    index: dict[Level, int] = {}
    data = [
        (
            [index.setdefault(level, len(index)) for level in levels if level not in held],
            sum(held.get(level, 0.0) for level in levels),
            same,
            weight,
        )
        for levels, same, weight in rows
    ]
    weights, steps = [0.0] * len(index), [1e-6] * len(index)
    base, base_step = -1.0, 1e-6
    for turn in range(ROUNDS):
        gradient, base_gradient = [RIDGE * value for value in weights], 0.0
        for levels, known, same, weight in data:
            total = base + known + sum(weights[i] for i in levels)
            error = (1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - same) * weight
            base_gradient += error
            for i in levels:
                gradient[i] += error
        rate = 0.25 / (1 + turn / 20)
        for i, slope in enumerate(gradient):
            steps[i] = 0.9 * steps[i] + 0.1 * slope * slope
            weights[i] -= rate * slope / math.sqrt(steps[i] + 1e-9)
        base_step = 0.9 * base_step + 0.1 * base_gradient * base_gradient
        base -= rate * base_gradient / math.sqrt(base_step + 1e-9)
    return base, {**{level: weights[i] for level, i in index.items()}, **held}


def points(pairs: Observed, model: Model, shift: int) -> dict[cluster.Pair, int]:
    """The scores of compared pairs in thousandths, shifted so that 0 joins."""
    base, weights = model
    return {
        cluster.ordered(left, right): round(1000 * (base + sum(weights.get(level, 0.0) for level in levels))) - shift
        for left, right, levels in pairs
    }


def held_rows() -> dict[Level, float]:
    """The levels that are set by hand."""
    with (SOURCE / "weights.csv").open(encoding="utf-8", newline="") as lines:
        return {(r["feature"], r["level"]): int(r["points"]) / 1000 for r in csv.DictReader(lines) if r["held"]}


def folds(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Each topic alone, the unrelated items in thirds."""
    rest = [name for name in names if name not in TOPICS]
    return [(topic,) for topic in TOPICS] + [tuple(rest[i::3]) for i in range(3)]


Read = dict[str, list[tuple[Gold, Observed]]]


def cross_validate(data: Read, table: tables.Tables) -> None:
    """Print the figures of left-out files for several thresholds."""
    score, held = scorer(), held_rows()
    models = []
    for fold in folds(list(data)):
        rows = (
            row
            for name, both in data.items()
            if name not in fold
            for gold, pairs in both
            for row in examples(gold, pairs)
        )
        models.append((fold, fit(rows, held)))
    settings = table.settings
    for variant, what in enumerate(("annotated", "blurred")):
        for shift in (JOIN - 500, JOIN - 250, JOIN, JOIN + 250, JOIN + 500):
            found = {
                name: figures(gold, grouped(gold, points(pairs, model, shift), settings), score)
                for fold, model in models
                for name in fold
                for gold, pairs in [data[name][variant]]
            }
            topics = [found[name] for name in TOPICS]
            b3, links = (sum(f[key] for f in topics) / len(topics) for key in ("b3_f1", "links_f1"))
            each = " ".join(f"{name} {found[name]['b3_f1']:.3f}/{found[name]['links_f1']:.3f}" for name in TOPICS)
            print(f"{what:9} join at {shift:5}: topics b3 {b3:.3f} links {links:.3f} ({each})")


def write(model: Model) -> None:
    """Put the fitted weights into the tables."""
    base, weights = model
    path = SOURCE / "weights.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    known = {(row["feature"], row["level"]) for row in rows}
    missing = sorted(set(weights) - known)
    if missing:
        raise SystemExit(f"weights.csv: no row for {', '.join('='.join(level) for level in missing)}")
    for row in rows:
        if not row["held"]:
            row["points"] = str(round(1000 * weights.get((row["feature"], row["level"]), 0.0)))
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    settings = SOURCE / "settings.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"(?m)^base = .*$", f"base = {round(1000 * base) - JOIN}", text), encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Cross-validate, or fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="fit on all train files and write the tables")
    args = parser.parse_args(argv)
    scorer()
    table = tables.load()
    data: Read = {}
    for path, items in reconcile_gold.files(BENCH, "train"):
        gold = reconcile_gold.read(path, items)
        data[path.stem] = [(each, observed(each, table)) for each in (gold, reconcile_gold.blurred(gold))]
    if not args.write:
        cross_validate(data, table)
        return 0
    write(fit((row for both in data.values() for gold, pairs in both for row in examples(gold, pairs)), held_rows()))
    print("resources/reconcile written; run scripts/build_reconcile.py")
    return 0


if __name__ == "__main__":
    sys.exit(main())
