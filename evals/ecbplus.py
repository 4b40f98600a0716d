"""Same-event links of ECB+ from gold mentions: mentions of one topic put into chains, measured as CoNLL F1.

    python -m evals.ecbplus [--mentions FILE] [--tokens FILE] [--topics given|halves] [--json]

Documents of a topic are first put into groups by their rarer words (:mod:`evals.ecbplus_data`); inside a group each two
mentions get a share, how likely they are of one event, by learned weights over signs (:mod:`evals.ecbplus_pairs`,
evals/ecbplus.json, learned on ECB+ train by ``python -m train.ecbplus``); and average linkage over the shares makes the
chains. Files default to dev, in ../shared/data/ecbplus. Prints

``ours``        CoNLL F1 and its parts: MUC, B-cubed and CEAF-e (:mod:`evals.coreference`)
``lemma``       mentions of one topic joined where their heads have one lemma: the baseline
``groups``      the same inside each group of documents

What is given is the number of a topic alone, not its two halves ("31ecb", "31ecbplus"), each another happening of one
kind; ``--topics halves`` gives the halves in place of groups. Chains of one mention count on both sides, as they are
in the gold. No mention is lacking or spurious, nothing is joined across topics; so one sum over topics and one
document made of all of them give the same figures. Needs the extra ``dev`` (onnx, scipy).
"""

import argparse
import functools
import json
import sys
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from evals import bench, coreference, ecbplus_data, ecbplus_pairs
from evals.ecbplus_data import Corpus, Floats, Mention
from scipy.cluster.hierarchy import fcluster, linkage

FOLDER = bench.SHARED / "data" / "ecbplus"
WEIGHTS = Path(__file__).with_name("ecbplus.json")
Labels = Sequence[Hashable]
# The mentions of a group, by number, and the signs of each two of them
Group = tuple[list[int], dict[str, Floats]]


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression over signs, in their order, and the least share at which two chains are joined."""

    names: tuple[str, ...]
    weights: Floats
    bias: float
    bar: float

    def shares(self, signs: Mapping[str, Floats]) -> Floats:
        """How likely each pair is of one event, from 0 to 1."""
        return self.of_rows(table(signs, self.names))

    def of_rows(self, rows: Floats) -> Floats:
        """The same, of rows of :func:`table`."""
        found: Floats = 1 / (1 + np.exp(-(rows @ self.weights + np.float32(self.bias))))
        return found


def table(signs: Mapping[str, Floats], names: Sequence[str]) -> Floats:
    """Signs as rows of pairs, [pairs, signs]."""
    return np.stack([signs[name] for name in names], 1)


@functools.cache
def load(path: Path = WEIGHTS) -> Model:
    """The learned weights."""
    data = json.loads(path.read_text(encoding="utf-8"))
    weights = data["weights"]
    return Model(tuple(weights), np.array(list(weights.values()), np.float32), data["bias"], data["bar"])


def told(corpus: Corpus, *, halves: bool = False) -> list[Group]:
    """The groups of documents and their pairs' signs; ``halves``: the halves of topics are the groups."""
    mentions = ecbplus_pairs.read(corpus)
    rare = ecbplus_pairs.rarity(mentions)
    names, alike = ecbplus_data.rare(corpus.words)
    row = {name: at for at, name in enumerate(names)}
    group_of = grouped(corpus, names, alike, halves=halves)
    members: dict[Hashable, list[int]] = defaultdict(list)
    for number, mention in enumerate(corpus.mentions):
        members[group_of[mention.document]].append(number)
    found = []
    for numbers in members.values():
        rows = [row[corpus.mentions[number].document] for number in numbers]
        signs = ecbplus_pairs.signs([mentions[number] for number in numbers], rare, alike[np.ix_(rows, rows)])
        found.append((numbers, signs))
    return found


def grouped(corpus: Corpus, names: Sequence[str], alike: Floats, *, halves: bool) -> dict[str, Hashable]:
    """The group of each document."""
    if halves:
        return {mention.document: mention.half for mention in corpus.mentions}
    return ecbplus_data.groups(corpus, alike, names)


def joined(count: int, shares: Floats, bar: float) -> list[int]:
    """The chain of each of ``count`` mentions, from the share of each two: average linkage down to ``bar``."""
    if count < 2:
        return [1] * count
    return [int(one) for one in fcluster(linkage(1 - shares.astype(np.float64), "average"), 1 - bar, "distance")]


def chained(groups: Sequence[Group], shares: Sequence[Floats], bar: float) -> list[Hashable]:
    """The chain of each mention."""
    found: dict[int, Hashable] = {}
    for at, ((numbers, _), own) in enumerate(zip(groups, shares, strict=True)):
        found |= {number: (at, chain) for number, chain in zip(numbers, joined(len(numbers), own, bar), strict=True)}
    return [found[number] for number in range(len(found))]


def chains(mentions: Sequence[Mention], labels: Labels) -> dict[str, list[set[Hashable]]]:
    """By topic, the mentions (by number) of each label."""
    found: dict[str, dict[Hashable, set[Hashable]]] = defaultdict(lambda: defaultdict(set))
    for number, (mention, label) in enumerate(zip(mentions, labels, strict=True)):
        found[mention.topic][label].add(number)
    return {topic: list(own.values()) for topic, own in found.items()}


def score(mentions: Sequence[Mention], labels: Labels) -> dict[str, float]:
    """F1 of MUC, B-cubed and CEAF-e and their mean, chains of one mention counted."""
    key, response = chains(mentions, [mention.chain for mention in mentions]), chains(mentions, labels)
    return coreference.score([(key[topic], response[topic]) for topic in key])


def by_lemma(corpus: Corpus, group_of: Mapping[str, Hashable]) -> list[Hashable]:
    """Mentions of one lemma in one group of documents."""
    return [(group_of[mention.document], mention.lemma) for mention in corpus.mentions]


def figures(corpus: Corpus, *, halves: bool = False) -> dict[str, dict[str, float]]:
    """What is printed, by its names."""
    model, groups = load(), told(corpus, halves=halves)
    ours = chained(groups, [model.shares(signs) for _, signs in groups], model.bar)
    of_topic = {mention.document: mention.topic for mention in corpus.mentions}
    of_group = {corpus.mentions[number].document: at for at, (numbers, _) in enumerate(groups) for number in numbers}
    return {
        "ours": score(corpus.mentions, ours),
        "lemma": score(corpus.mentions, by_lemma(corpus, of_topic)),
        "groups": score(corpus.mentions, by_lemma(corpus, of_group)),
    }


def main(argv: list[str] | None = None) -> int:
    """Measure one pair of files; 0 when measured, 2 when they cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=Path, default=FOLDER / "dev.mentions.jsonl", help="mentions, JSON lines")
    parser.add_argument("--tokens", type=Path, default=FOLDER / "dev.doc_tokens.json", help="words by document, JSON")
    parser.add_argument("--topics", choices=("given", "halves"), default="given", help="what is known of documents")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args(argv)
    try:
        corpus = ecbplus_data.read(options.mentions, options.tokens)
    except (OSError, ValueError) as problem:
        print(f"evals.ecbplus: {problem}", file=sys.stderr)
        return 2
    found = figures(corpus, halves=options.topics == "halves")
    if options.json:
        rounded = {name: {key: round(value, 4) for key, value in row.items()} for name, row in found.items()}
        print(json.dumps({"mentions": len(corpus.mentions), **rounded}))
        return 0
    print(
        f"{len(corpus.mentions)} mentions; documents grouped by {'halves' if options.topics == 'halves' else 'words'}"
    )
    for name, row in found.items():
        print(f"  {name:7}" + " ".join(f"{key} {value:.3f}" for key, value in row.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
