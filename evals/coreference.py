"""Coreference as the CoNLL shared tasks measure it: MUC, B-cubed, CEAF-e and the mean of their F1, CoNLL F1.

Pure, and knows no system: a chain is a set of mentions, a mention any value that is equal where it is the same mention.
``key`` is what is true, ``response`` what was found. Numerators and denominators are added up over documents before
anything is divided, as the reference scorer does. Definitions: Vilain et al. 1995 (MUC), Bagga and Baldwin 1998
(B-cubed), Luo 2005 (CEAF, phi4), and for mentions that only one side has Pradhan et al. 2014.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

Chains = Sequence[AbstractSet[Hashable]]
Document = tuple[Chains, Chains]  # key, response


@dataclass(frozen=True, slots=True)
class Tally:
    """What recall and precision divide: how much of the key was found, how much of the response is right."""

    found: float = 0
    key: float = 0
    right: float = 0
    response: float = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.found + other.found,
            self.key + other.key,
            self.right + other.right,
            self.response + other.response,
        )

    @property
    def recall(self) -> float:
        """From 0 to 1; 0 where the key has nothing."""
        return self.found / self.key if self.key else 0.0

    @property
    def precision(self) -> float:
        """From 0 to 1; 0 where the response has nothing."""
        return self.right / self.response if self.response else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of recall and precision."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def chain_of(chains: Chains) -> dict[Hashable, int]:
    """The number of each mention's chain; refuses a mention in two, for which no measure is defined."""
    at = {mention: number for number, chain in enumerate(chains) for mention in chain}
    if len(at) < sum(map(len, chains)):
        raise ValueError("a mention is in two chains")
    return at


def overlaps(chains: Chains, others: Chains) -> list[Counter[int]]:
    """For each chain, how many of its mentions are in which chain of the others."""
    at = chain_of(others)
    return [Counter(at[mention] for mention in chain if mention in at) for chain in chains]


def links(chains: Chains, others: Chains) -> tuple[int, int]:
    """MUC: (links of chains that the others keep, links); a chain of n mentions has n - 1.

    A chain in p parts keeps n - p of them; a mention that the others lack is a part.
    """
    kept = sum(count - 1 for parts in overlaps(chains, others) for count in parts.values())
    return kept, sum(len(chain) - 1 for chain in chains)


def mentions(chains: Chains, others: Chains) -> tuple[float, int]:
    """B-cubed: (sum over mentions of the share of their chain that is with them in the others as well, mentions)."""
    pairs = zip(chains, overlaps(chains, others), strict=True)
    kept = sum(count * count / len(chain) for chain, parts in pairs for count in parts.values())
    return kept, sum(map(len, chains))


def muc(key: Chains, response: Chains) -> Tally:
    """Links of the key that were found, and the other way round."""
    return Tally(*links(key, response), *links(response, key))


def b_cubed(key: Chains, response: Chains) -> Tally:
    """Mentions, each by the share of its chain."""
    return Tally(*mentions(key, response), *mentions(response, key))


def ceaf_e(key: Chains, response: Chains) -> Tally:
    """Chains assigned one to one so that the sum of phi4, twice what both have by the size of both, is the highest."""
    chain_of(key)
    alike = np.zeros((len(key), len(response)))
    for row, parts in enumerate(overlaps(key, response)):
        for column, count in parts.items():
            alike[row, column] = 2 * count / (len(key[row]) + len(response[column]))
    best = float(alike[linear_sum_assignment(alike, maximize=True)].sum())
    return Tally(best, len(key), best, len(response))


MEASURES = {"muc": muc, "b_cubed": b_cubed, "ceaf_e": ceaf_e}


def kept(chains: Chains, singletons: bool) -> Chains:
    """Chains that are not empty, with or without those of one mention."""
    return [chain for chain in chains if len(chain) > (0 if singletons else 1)]


def tallies(documents: Iterable[Document], *, singletons: bool = True) -> dict[str, Tally]:
    """Each measure over documents; without ``singletons`` chains of one mention are dropped from key and response."""
    sums = {name: Tally() for name in MEASURES}
    for key, response in documents:
        sides = kept(key, singletons), kept(response, singletons)
        sums = {name: sums[name] + measure(*sides) for name, measure in MEASURES.items()}
    return sums


def score(documents: Iterable[Document], *, singletons: bool = True) -> dict[str, float]:
    """F1, from 0 to 1, of muc, b_cubed and ceaf_e over documents, and their mean, conll."""
    figures = {name: tally.f1 for name, tally in tallies(documents, singletons=singletons).items()}
    return figures | {"conll": sum(figures.values()) / len(figures)}
