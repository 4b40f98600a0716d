"""Learns the ranker of dragoman.language.chains on OntoGUM train, over mentions that the shipped reader finds.

    python -m train.chains [--epochs 9] [--members 4]     after train.reader_export; writes data/reader/chains.npz

A mention's right answers are the earlier mentions of its chain, or none; the loss is minus the log of what they are
given together. A mention whose very span is in no chain of gold is of none.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from evals import coreference, corpora, treebank
from torch import nn

from dragoman.language import chains, english, network

TO = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "data" / "reader" / "chains.npz"
RATE, DROPOUT, DECAY = 2e-3, 0.5, 0.1
# The reader knows its training texts too well, so a ranker learned on them is too ready to begin a chain on others
BARS = (-2.0, -1.5, -1.0, -0.5, 0.0)


@dataclass(frozen=True, slots=True)
class Document:
    """A document's mentions, their pairs with features, and each mention's gold chain (-1: none)."""

    mentions: list[chains.Mention]
    earlier: torch.Tensor
    later: torch.Tensor
    pairs: torch.Tensor
    alone: torch.Tensor
    gold: torch.Tensor
    key: list[set[corpora.Span]]


def document(found: corpora.Gum) -> Document:
    """A document of GUM as the reader reads it from its gold words."""
    forms = [[row.form for row in sentence.rows] for sentence in found.sentences]
    given = chains.mentions(forms, english.read(network.load(), forms))
    earlier, later = chains.pairs(given)
    return Document(
        given,
        torch.from_numpy(earlier),
        torch.from_numpy(later),
        torch.from_numpy(chains.features(given, earlier, later)),
        torch.from_numpy(chains.own(given)),
        torch.tensor([found.linked.get((one.first, one.last), -1) for one in given]),
        found.chains(),
    )


def read(part: str) -> list[Document]:
    """A part of OntoGUM, the genres whose texts may be in a shipped model."""
    return [document(corpora.gum(name)) for name in treebank.gum_names(part, treebank.SHIPPED)]


def loss(pair: nn.Module, alone: nn.Module, given: Document) -> torch.Tensor:
    """Summed over the mentions of a document."""
    scores, none = pair(given.pairs)[:, 0], alone(given.alone)[:, 0]
    right = (given.gold[given.earlier] == given.gold[given.later]) & (given.gold[given.later] >= 0)
    count = len(given.mentions)
    chained = torch.zeros(count, dtype=torch.bool).index_put((given.later[right],), torch.tensor(True))
    peak = torch.maximum(none, torch.full_like(none, -1e9).scatter_reduce(0, given.later, scores, "amax")).detach()
    weight = (scores - peak[given.later]).exp()
    everything = (none - peak).exp().index_add(0, given.later, weight)
    good = torch.zeros_like(none).index_add(0, given.later, weight * right)
    good = good + (none - peak).exp() * ~chained
    return (everything.log() - good.clamp_min(1e-12).log()).sum()


def ranker(pair: nn.Sequential, alone: nn.Sequential) -> chains.Ranker:
    """The networks as arrays."""

    def arrays(part: nn.Sequential) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        first, last = part[0], part[3]
        return tuple(  # type: ignore[return-value]
            value.detach().numpy().astype(np.float16).astype(np.float32)
            for value in (first.weight.T, first.bias, last.weight.T, last.bias)
        )

    return chains.Ranker(arrays(pair), arrays(alone))


def together(members: Sequence[chains.Ranker]) -> chains.Ranker:
    """The mean of several rankers as one: their hidden units side by side, each with its share of the output."""

    def joined(parts: Sequence[Sequence[np.ndarray]]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        inner, bias, outer, last = zip(*parts, strict=True)
        count = np.float32(len(parts))
        return np.concatenate(inner, 1), np.concatenate(bias), np.concatenate(outer) / count, sum(last) / count

    return chains.Ranker(joined([one.pair for one in members]), joined([one.alone for one in members]))


def measure(found: chains.Ranker, documents: Sequence[Document]) -> float:
    """CoNLL F1."""
    pairs = []
    for given in documents:
        linked = chains.link(given.mentions, found)
        response = [{(given.mentions[at].first, given.mentions[at].last) for at in chain} for chain in linked]
        pairs.append((given.key, response))
    return coreference.score(pairs, singletons=False)["conll"]


def thinned(given: Document) -> Document:
    """A document with half of the products of query and key left out, others each time."""
    kept = torch.ones(given.pairs.shape[1])
    count = len(given.mentions[0].query)
    kept[:count] = (torch.rand(count) < 0.5).float()
    return replace(given, pairs=given.pairs * kept)


def shifted(found: chains.Ranker, by: float) -> chains.Ranker:
    """The ranker with another bar for beginning a chain: lower where ``by`` is below 0."""
    *weights, last = found.alone
    return chains.Ranker(found.pair, (*weights, last + np.float32(by)))  # type: ignore[arg-type]


def member(learned: Sequence[Document], epochs: int) -> chains.Ranker:
    """One ranker, after all epochs."""
    sizes = learned[0].pairs.shape[1], learned[0].alone.shape[1]
    pair, alone = (
        nn.Sequential(nn.Linear(size, chains.HIDDEN), nn.ReLU(), nn.Dropout(DROPOUT), nn.Linear(chains.HIDDEN, 1))
        for size in sizes
    )
    steps = torch.optim.AdamW([*pair.parameters(), *alone.parameters()], lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LinearLR(steps, 1.0, 0.05, epochs)
    for _ in range(epochs):
        for at in torch.randperm(len(learned)).tolist():
            value = loss(pair, alone, thinned(learned[at])) / len(learned[at].mentions)
            steps.zero_grad()
            value.backward()
            steps.step()
        schedule.step()
    return ranker(pair.eval(), alone.eval())


def learn(learned: Sequence[Document], dev: Sequence[Document], epochs: int, members: int) -> chains.Ranker:
    """The mean of so many rankers, with the bar that is best on ``dev``."""
    found: list[chains.Ranker] = []
    kept = None
    while len(found) < members:
        found.append(member(learned, epochs))
        tried = [shifted(together(found), by) for by in BARS]
        figures = [measure(one, dev) for one in tried]
        shown = " ".join(f"{figure:.4f}" for figure in figures)
        print(f"{len(found)} members: GUM dev CoNLL F1 by bar {shown}", flush=True)
        kept = tried[figures.index(max(figures))]
    if kept is None:
        raise ValueError("no members")
    return kept


def main() -> None:
    """Learn, choose the bar on GUM dev, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=9)
    parser.add_argument("--members", type=int, default=4)
    options = parser.parse_args()
    torch.manual_seed(7)
    found = learn(read("train"), read("dev"), options.epochs, options.members)
    arrays = (("pair", found.pair), ("alone", found.alone))
    np.savez(TO, **{f"{name}{n}": part.astype(np.float16) for name, parts in arrays for n, part in enumerate(parts)})


if __name__ == "__main__":
    main()
