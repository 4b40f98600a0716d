"""The pair model of reconciliation: a logistic regression over the levels of its features.

    python -m train.pairs --rarity                # count texts of each stem -> rarity.csv (then make tables)
    python -m train.pairs [--cache out/pairs]     # leave topics out: figures at several thresholds, calibration
    python -m train.pairs --write                 # fit on all topics, write resources/reconcile (then make tables)

Topics are those of the benchmark's train files and of ``train/labels/acts``, each learned from in three ways
(``train/pairs_data.py``). Rows of ``weights.csv`` that are marked ``held`` are definitions, set by hand and not fitted.
No dev topic is read.
"""

import argparse
import csv
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from dragoman.reconcile import cluster, tables, views
from train import acts, pairs_data
from train.pairs_data import READINGS, Level, Observed

SOURCE = Path(__file__).resolve().parent.parent / "resources" / "reconcile"
FOLDS = 8
RIDGE = 1.0
# Mean log-odds (thousandths, as fitted) at which groups join, and beyond which a pair counts no further: chosen by
# leaving topics out, of joins from -1500 to -500 and of limits of 2000, 3000, 4000, 6000 and none
JOIN = -1250
LIMIT = 3000
FEWEST = 3  # texts that a stem is in, for it to stand in the table

Vector = NDArray[np.float64]
Points = dict[cluster.Pair, int]
Topics = Mapping[str, Mapping[str, Observed]]


@dataclass(frozen=True, slots=True)
class Model:
    """Log-odds: ``base``, and what each level adds; ``held`` levels among them."""

    base: float
    weights: Mapping[Level, float]

    def points(self, found: Observed) -> Points:
        """Points of every compared pair in thousandths, as fitted."""
        return {
            cluster.ordered(left, right): round(1000 * (self.base + sum(self.weights.get(x, 0.0) for x in levels)))
            for left, right, levels in found.pairs
        }


def held_rows() -> dict[Level, float]:
    """The levels that are set by hand."""
    with (SOURCE / "weights.csv").open(encoding="utf-8", newline="") as lines:
        return {(r["feature"], r["level"]): int(r["points"]) / 1000 for r in csv.DictReader(lines) if r["held"]}


def fit(topics: Iterable[Mapping[str, Observed]], held: Mapping[Level, float]) -> Model:
    """Base and weights of greatest penalised likelihood; no randomness."""
    index: dict[Level, int] = {}
    rows, columns, given, same, weight = [], [], [], [], []
    for found in (reading[name] for reading in topics for name in READINGS):
        for number, is_same, counts in found.examples():
            levels = found.pairs[number][2]
            for level in levels:
                if level not in held:
                    rows.append(len(given))
                    columns.append(index.setdefault(level, len(index)))
            given.append(sum(held.get(level, 0.0) for level in levels))
            same.append(float(is_same))
            weight.append(counts)
    shape = (len(given), len(index))
    design = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    solved = _solve(design, np.array(given), np.array(same), np.array(weight))
    return Model(float(solved[-1]), {**{level: float(solved[at]) for level, at in index.items()}, **held})


def _solve(design: csr_matrix, given: Vector, same: Vector, weight: Vector) -> Vector:
    across = design.T.tocsr()

    def loss(values: Vector) -> tuple[float, Vector]:
        odds = np.clip(design @ values[:-1] + given + values[-1], -30, 30)
        likely = 1 / (1 + np.exp(-odds))
        cost = np.logaddexp(0, np.where(same > 0, -odds, odds))
        error = weight * (likely - same)
        slope = np.append(across @ error + RIDGE * values[:-1], error.sum())
        return float(weight @ cost + RIDGE / 2 * (values[:-1] ** 2).sum()), slope

    found: Vector = minimize(loss, np.zeros(design.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return found


def folds(names: Sequence[str]) -> list[list[str]]:
    """Topics dealt out in turn, files of unrelated items likewise."""
    mixed = [name for name in names if "misc" in name or "mixed" in name]
    rest = [name for name in names if name not in mixed]
    return [rest[at::FOLDS] + mixed[at::FOLDS] for at in range(FOLDS)]


def left_out(data: Topics, held: Mapping[Level, float]) -> dict[tuple[str, str], Points]:
    """(topic, reading) -> points of its pairs by a model that has not seen the topic."""
    out = {}
    for fold in folds(sorted(data)):
        model = fit([data[name] for name in sorted(data) if name not in fold], held)
        out.update({(name, how): model.points(data[name][how]) for name in fold for how in READINGS})
    return out


def figures(found: Observed, points: Points, join: int) -> tuple[float, tuple[int, int, int]]:
    """(B-cubed F1, (links right, found, wanted)) over the claims whose event is known; links are of two texts."""
    settings = {"threshold": join, "least": -LIMIT, "most": LIMIT, "absent": -LIMIT}
    groups = cluster.cluster(found.claims, points, {}, settings).groups
    mine = {member: group[0] for group in groups for member in group if member in found.event}
    ours, gold = _members(mine), _members(found.event)
    shares = [(len(ours[mine[k]] & gold[e]), len(ours[mine[k]]), len(gold[e])) for k, e in found.event.items()]
    precision, recall = (sum(row[0] / row[side] for row in shares) / max(len(shares), 1) for side in (1, 2))
    both = precision + recall
    made, wanted = _links(ours, found.claims), _links(gold, found.claims)
    return (2 * precision * recall / both if both else 1.0), (len(made & wanted), len(made), len(wanted))


def _members(group_of: Mapping[str, str]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for member, group in group_of.items():
        out[group].add(member)
    return out


def _links(groups: Mapping[str, set[str]], text: Mapping[str, str]) -> set[cluster.Pair]:
    return {
        (a, b) for members in groups.values() for a in members for b in members if a < b and text[a] != text[b]
    }  # fmt: skip


def link_f1(counts: tuple[int, int, int]) -> float:
    """F1 of links; 1 where there are none and none were found."""
    return 2 * counts[0] / (counts[1] + counts[2]) if counts[1] + counts[2] else 1.0


def report(data: Topics, points: Mapping[tuple[str, str], Points]) -> None:
    """Print the figures of left-out topics: mean over those with ten gold links or more, and links of all pooled."""
    for how in READINGS:
        for join in (JOIN - 500, JOIN - 250, JOIN, JOIN + 250, JOIN + 500):
            each = [figures(data[name][how], points[name, how], join) for name in sorted(data)]
            big = [row for row in each if row[1][2] >= 10]
            b3, links = (sum(values) / len(big) for values in zip(*((b, link_f1(c)) for b, c in big), strict=True))
            pooled = link_f1(tuple(np.sum([row[1] for row in each], axis=0)))  # type: ignore[arg-type]
            print(f"{how:9} join {join:5}: {len(big)} topics b3 {b3:.3f} links {links:.3f}; all links {pooled:.3f}")


def calibrate(data: Topics, points: Mapping[tuple[str, str], Points]) -> tuple[int, int]:
    """(steep, even) of ``compare.probability`` from left-out pairs of the coded reading; prints how they hold."""
    value, same = [], []
    for name in sorted(data):
        found = data[name]["coded"]
        for number, is_same, _ in found.examples():
            left, right, _ = found.pairs[number]
            value.append((points[name, "coded"][cluster.ordered(left, right)] - JOIN) / 1000)
            same.append(float(is_same))
    x, y = np.array(value), np.array(same)

    def loss(ends: Vector) -> float:
        odds = ends[0] * (x - ends[1])
        return float(np.logaddexp(0, np.where(y > 0, -odds, odds)).sum())

    steep, even = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    likely = 1 / (1 + np.exp(-steep * (x - even)))
    for low in (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        here = (likely >= low) & (likely < (low + (0.05 if low < 0.1 else 0.1)))
        if here.any():
            print(f"  said {likely[here].mean():.2f}: {y[here].mean():.2f} are one event, of {int(here.sum())} pairs")
    return round(1000 * steep), round(1000 * even)


def write(model: Model, steep: int, even: int) -> None:
    """Put the fitted weights into the tables."""
    path = SOURCE / "weights.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    missing = sorted(set(model.weights) - {(row["feature"], row["level"]) for row in rows})
    if missing:
        raise SystemExit(f"weights.csv: no row for {', '.join('='.join(level) for level in missing)}")
    for row in rows:
        if not row["held"]:
            row["points"] = str(round(1000 * model.weights.get((row["feature"], row["level"]), 0.0)))
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    settings = SOURCE / "settings.toml"
    text = settings.read_text(encoding="utf-8")
    least, most = -LIMIT - JOIN, LIMIT - JOIN
    values = {"base": round(1000 * model.base) - JOIN, "least": least, "most": most, "absent": least}
    for name, value in {**values, "steep": steep, "even": even}.items():
        text = re.sub(rf"(?m)^{name} = -?\d+", f"{name} = {value}", text)
    settings.write_text(text, encoding="utf-8")


def write_rarity() -> None:
    """Count in how many texts of the topics each stem is."""
    count: Counter[str] = Counter()
    contents = sorted({acts.text_of(item) for _, items, _ in pairs_data.topics() for item in items})
    for content in contents:
        count.update(views.stems(content))
    with (SOURCE / "rarity.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["stem", "rarity"])
        kept = (stem for stem in sorted(count) if count[stem] >= FEWEST)
        writer.writerows([stem, round(100 * math.log(len(contents) / count[stem]))] for stem in kept)


def main() -> int:
    """Cross-validate, or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="fit on all topics and write the tables")
    parser.add_argument("--rarity", action="store_true", help="write the table of stems only")
    parser.add_argument("--cache", type=Path, default=Path("out/pairs"), help="where coded claims are kept")
    args = parser.parse_args()
    if args.rarity:
        write_rarity()
        return 0
    data, held = pairs_data.read(tables.load(), args.cache), held_rows()
    points = left_out(data, held)
    report(data, points)
    steep, even = calibrate(data, points)
    print(f"steep {steep}, even {even}")
    if args.write:
        write(fit([data[name] for name in sorted(data)], held), steep, even)
        print("resources/reconcile written; run scripts/build_reconcile.py")
    return 0


if __name__ == "__main__":
    sys.exit(main())
