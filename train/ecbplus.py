"""Learns how likely two mentions of ECB+ are of one event: a logistic regression over the signs of a pair.

    python -m train.ecbplus [--write] [--without WORD ...]     (data in ../shared/data/ecbplus; train alone is read)

Topics are left out in five parts, each judged by what was learned on the others; CoNLL F1 of the pairs left out picks
the bar at which chains are joined, and is printed for each. ``--without`` leaves out the signs that have a word in
their name ("vectors"); ``--write`` learns from all topics and writes evals/ecbplus.json. A pair weighs as much as its
topic has few mentions, so that large topics do not decide alone. NumPy alone; no chance in it. The signs
need the extra ``dev`` (onnx, scipy).
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence

import numpy as np
from evals import ecbplus, ecbplus_data
from evals.ecbplus import FOLDER, WEIGHTS, Group, Model
from evals.ecbplus_data import Corpus, Floats
from numpy.typing import NDArray

FOLDS, RIDGE, STEPS = 5, 3.0, 9
# Of pairs that are neither of one event nor of one lemma every fifth is learned from, and weighs as five
SHARE = 5
BARS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


class Pairs:
    """All pairs of all groups, one below the other: rows of signs, whether they are of one event, their weight."""

    def __init__(self, corpus: Corpus, groups: Sequence[Group], names: Sequence[str]) -> None:
        sizes = Counter(mention.topic for mention in corpus.mentions)
        topics = [corpus.mentions[numbers[0]].topic for numbers, _ in groups]
        counts = [len(signs[names[0]]) for _, signs in groups]
        self.rows = np.concatenate([ecbplus.table(signs, names) for _, signs in groups])
        self.right = np.concatenate([right(corpus, numbers) for numbers, _ in groups])
        self.topic = np.repeat(topics, counts)
        self.weight = np.repeat([1 / sizes[topic] for topic in topics], counts).astype(np.float32)
        self.ends = np.cumsum(counts)[:-1]
        self.learned = self.right | (self.rows[:, names.index("same lemma")] > 0)
        self.weight[~self.learned] *= SHARE
        self.learned[::SHARE] = True


def right(corpus: Corpus, numbers: Sequence[int]) -> NDArray[np.bool_]:
    """Whether each two mentions are of one chain."""
    chain = np.unique([corpus.mentions[number].chain for number in numbers], return_inverse=True)[1]
    a, b = np.triu_indices(len(numbers), 1)
    return np.asarray(chain[a] == chain[b])


def parts(corpus: Corpus) -> list[list[str]]:
    """The topics in so many parts, each with large ones and small ones."""
    sizes = Counter(mention.topic for mention in corpus.mentions)
    ordered = sorted(sizes, key=lambda topic: (-sizes[topic], topic))
    return [ordered[at::FOLDS] for at in range(FOLDS)]


def fit(rows: Floats, right_: NDArray[np.bool_], weight: Floats) -> tuple[Floats, float]:
    """Weights and bias that make the truth likeliest, less a ridge over standardised signs: Newton's method."""
    mean, spread = rows.mean(0), rows.std(0) + np.float32(1e-3)
    given = np.concatenate([(rows - mean) / spread, np.ones((len(rows), 1), np.float32)], 1)
    weight = weight / weight.mean()
    ridge = np.eye(given.shape[1], dtype=np.float32) * np.float32(RIDGE)
    found = np.zeros(given.shape[1], np.float32)
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(-(given @ found)))
        slope = given.T @ (weight * (share - right_)) + ridge @ found
        curve = (given * (weight * share * (1 - share))[:, None]).T @ given + ridge
        found = found - np.linalg.solve(curve, slope).astype(np.float32)
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ mean)


def learn(pairs: Pairs, names: Sequence[str], topics: Sequence[str], bar: float) -> Model:
    """What is learned from some topics."""
    chosen = pairs.learned & np.isin(pairs.topic, topics)
    weights, bias = fit(pairs.rows[chosen], pairs.right[chosen], pairs.weight[chosen])
    return Model(tuple(names), weights, bias, bar)


def left_out(corpus: Corpus, pairs: Pairs, names: Sequence[str]) -> list[Floats]:
    """The shares of all pairs by group, each by what was learned without its part of the topics."""
    shares = np.zeros(len(pairs.right), np.float32)
    every = set(pairs.topic.tolist())
    for part in parts(corpus):
        model = learn(pairs, names, sorted(every - set(part)), 0.0)
        own = np.isin(pairs.topic, part)
        shares[own] = model.of_rows(pairs.rows[own])
    return np.split(shares, pairs.ends)


def write(model: Model) -> None:
    """The weights as JSON, to five places."""
    weights = {name: round(float(weight), 5) for name, weight in zip(model.names, model.weights, strict=True)}
    data = {"bar": model.bar, "bias": round(model.bias, 5), "weights": weights}
    WEIGHTS.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Learn, print, write."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--write", action="store_true", help="learn from all topics and write the weights")
    args.add_argument("--without", nargs="+", default=[], metavar="WORD", help="leave out signs with a word")
    options = args.parse_args()
    corpus = ecbplus_data.read(FOLDER / "train.mentions.jsonl", FOLDER / "train.doc_tokens.json")
    groups = ecbplus.told(corpus)
    names = [name for name in groups[0][1] if not any(word in name.split() for word in options.without)]
    pairs = Pairs(corpus, groups, names)
    shares = left_out(corpus, pairs, names)
    figures = {bar: ecbplus.score(corpus.mentions, ecbplus.chained(groups, shares, bar))["conll"] for bar in BARS}
    for bar, figure in figures.items():
        print(f"bar {bar:.2f}: CoNLL F1 of topics left out {figure:.4f}")
    best = max(figures, key=lambda bar: (figures[bar], bar))
    if options.write:
        write(learn(pairs, names, sorted(set(pairs.topic.tolist())), best))
        print(f"{WEIGHTS.name}: {len(names)} signs, bar {best}")


if __name__ == "__main__":
    main()
