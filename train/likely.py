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
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from evals import bench, ground, ground_elsewhere
from scipy import optimize, sparse

from dragoman.claims import likely_day, likely_party, likely_place
from dragoman.types import Interval, Party
from train import acts

OUT = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "data" / "likely.json"
# By cross-validation among 1, 3, 6 and 8
RIDGES = {"day": 6.0, "place": 3.0, "state": 3.0, "sector": 1.0, "same": 2.0}
LEAST = 3  # features seen in fewer choices are left out
Choice = tuple[Sequence[Sequence[str]], frozenset[int]]


@dataclass(frozen=True)
class Fitted:
    """Feature -> weight."""

    weights: dict[str, float]

    def best(self, candidates: Sequence[Sequence[str]]) -> int:
        """The index of the candidate with the greatest sum; the first of equals."""
        sums = [sum(self.weights.get(one, 0.0) for one in features) for features in candidates]
        return max(range(len(sums)), key=lambda at: (sums[at], -at))


def fit(choices: Iterable[Choice], ridge: float, least: int = LEAST) -> Fitted:
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


def day_right(event: dict[str, Any], found: Sequence[likely_day.Day], score: Any) -> frozenset[int]:
    """The numbers of the candidates that are an act's days; those that overlap where none is exact."""
    given = [_interval(one.value) for one in found]
    wanted = score.interval(event)
    return frozenset(at for at, one in enumerate(given) if one == wanted) or frozenset(
        at for at, one in enumerate(given) if score.dates_overlap(event, {"date": _told(one)})
    )


def examples(item: ground.Item, event: dict[str, Any], score: Any) -> Iterator[tuple[str, Choice]]:
    """What an act of the gold teaches: (what is chosen, its candidates and which of them are right)."""
    quote = ground.quoted(item, event)
    clause = ground.clause(item, quote)
    if clause is None:
        return
    found = likely_day.candidates(item.tree, clause)
    yield "day", ([one.features for one in found], day_right(event, found, score))
    sides: dict[str, list[Party]] = {"actor": [], "recipient": []}
    for role, one in ground.sided(event):
        read = ground.told(item, one["text"], quote)
        if read is None:
            continue
        told, span = read
        sides[role] += [told.party] if told.party else []
        states = likely_party.states(item.tree, told, span, at=clause.at, role=role, home=item.home)
        yield (
            "state",
            (
                [features for _, features in states],
                frozenset(at for at, (code, _) in enumerate(states) if code == one["code"]),
            ),
        )
        kinds = likely_party.sectors(item.tree, told, clause.at, role, one["text"])
        yield (
            "sector",
            (
                [features for _, features in kinds],
                frozenset(at for at, (sector, _) in enumerate(kinds) if sector == one["sector"]),
            ),
        )
    country = (event.get("place") or {}).get("country")
    if country:
        places = likely_place.candidates(
            item.tree, clause.at, clause.inside, actors=sides["actor"], recipients=sides["recipient"], home=item.home
        )
        if places:
            yield (
                "place",
                (
                    [one.features for one in places],
                    frozenset(at for at, one in enumerate(places) if one.country == country),
                ),
            )


def _interval(value: Interval | None) -> tuple[str, str] | None:
    if value is None or value.start is None:
        return None
    return str(value.start), str(value.end or value.start)


def _told(days: tuple[str, str] | None) -> dict[str, str]:
    return {"start": days[0], "end": days[1]} if days else {}


def same(items: dict[str, ground.Item], rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Choice]]:
    """Which acts of different reports of a file are one: a choice between what speaks for it and nothing."""
    events = [(row["item"], event) for row in rows for event in row["events"] if row["item"] in items]
    acts_of = [(event["event"], act) for item, event in events if (act := ground.act_of(items[item], event))]
    for left, right, features in ground_elsewhere.pairs([act for _, act in acts_of]):
        yield "same", ([features, ()], frozenset([int(acts_of[left][0] != acts_of[right][0])]))


def taught(items: dict[str, ground.Item], rows: list[dict[str, Any]], score: Any) -> Iterator[tuple[str, Choice]]:
    """What a file teaches."""
    for row in rows:
        for event in row["events"] if row["item"] in items else ():
            yield from examples(items[row["item"]], event, score)
    yield from same(items, rows)


def learned() -> Iterator[tuple[str, list[tuple[str, Choice]]]]:
    """(file, what it teaches) of the benchmark's train topics and of our own labels."""
    score = bench.scorer()
    for topic in bench.names("train"):
        read = dict(ground.read(bench.BENCH / "items" / "train" / f"{topic}.jsonl"))
        rows = score.read_jsonl(bench.BENCH / "gold" / "train" / f"{topic}.jsonl")
        yield topic, list(taught(read, rows, score))
    for name in acts.names():
        both = list(acts.labelled(name))
        items = items_of(given for given, _ in both)
        yield f"labels/{name}", list(taught(items, [row for _, row in both], score))


def items_of(given: Iterable[dict[str, Any]]) -> dict[str, ground.Item]:
    """Items of the news by id, read as a file of them is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "items.jsonl")
        path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in given), encoding="utf-8")
        return dict(ground.read(path))


def cross_validated(data: dict[str, list[tuple[str, Choice]]], folds: int = 5) -> dict[str, tuple[float, int]]:
    """Share of choices made right on files left out, of the benchmark's train topics."""
    topics = [sorted(one for one in data if one.startswith("labels/") == own) for own in (False, True)]
    right, count = Counter[str](), Counter[str]()
    for fold in range(folds):
        held = {*topics[0][fold::folds], *topics[1][fold::folds]}
        models = fitted(data, held)
        for topic in topics[0][fold::folds]:
            for what, (candidates, good) in data[topic]:
                right[what] += models[what].best(candidates) in good
                count[what] += 1
    return {what: (right[what] / count[what], count[what]) for what in sorted(count)}


def fitted(data: dict[str, list[tuple[str, Choice]]], held: Collection[str] = ()) -> dict[str, Fitted]:
    """A model of each kind of choice, from all files but those held out."""
    kinds = sorted({what for rows in data.values() for what, _ in rows})
    return {
        kind: fit(
            (one for topic, rows in data.items() if topic not in held for what, one in rows if what == kind),
            RIDGES[kind],
        )
        for kind in kinds
    }


def write(models: dict[str, Fitted]) -> None:
    """The weights in thousandths; those below thirty are left out."""
    rounded = {
        what: {name: round(1000 * value) for name, value in sorted(model.weights.items()) if abs(value) >= 0.03}
        for what, model in models.items()
    }
    pairs = rounded.pop("same")
    ground_elsewhere.WEIGHTS.write_text(json.dumps(pairs, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    OUT.write_text(json.dumps(rounded, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def main() -> int:
    """Cross-validate, or fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    if not bench.present():
        return 0
    data = dict(learned())
    if chosen.write:
        write(fitted(data))
    else:
        for what, (share, count) in cross_validated(data).items():
            sys.stdout.write(f"{what:8} {share:.4f} of {count}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
