"""How likely somebody named takes a stance by a word, on which issue and which stance: a small network's word.

In NumPy, from data/coder/stances.npz (trained by train/positions.py; layer by layer the same). It has the signs of
:mod:`dragoman.claims.wanted` and the word vectors of the coder's network.
"""

import functools
import io
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np

from dragoman.claims import weigher
from dragoman.claims.found import Found
from dragoman.claims.lexicon import Lexicon
from dragoman.claims.tree import Tree
from dragoman.claims.wanted import STANCE, About, Pair, about, pairs, vector_of
from dragoman.claims.weigher import Floats

ISSUES = (
    "ceasefire", "territory", "withdrawal", "security_guarantees", "membership", "arms", "sanctions", "negotiations",
    "mediation", "recognition", "prisoners", "humanitarian", "trade", "nuclear", "accountability", "governance",
    "peacekeeping", "migration", "other",
)  # fmt: skip
STANCES = ("demands", "supports", "accepts_if", "rejects", "offers", "neutral")
# The least share of a party's likeliest issue, and of each further one; by cross-validation (train/LOG.md)
BAR, FURTHER = 0.13, 0.35
# (share, how many such stances are right by holder, issue and stance), measured by cross-validation; between by a line
RIGHT = ((0.0, 0.2), (0.16, 0.27), (0.25, 0.35), (0.45, 0.5), (0.65, 0.73), (1.0, 0.8))


@dataclass(frozen=True, slots=True)
class Wanting:
    """A stance of a party: the pair that shows it most, what it is about, and the shares."""

    pair: Pair
    about: About
    issue: str
    stance: str
    share: float

    @property
    def confidence(self) -> float:
        """The share of such stances that are right."""
        for (low, below), (high, above) in itertools.pairwise(RIGHT):
            if self.share <= high:
                return round(below + (above - below) * (self.share - low) / (high - low), 3)
        return RIGHT[-1][1]


@dataclass(frozen=True, slots=True)
class Weights:
    """The network, and the rows of the signs that it knows."""

    arrays: weigher.Weights
    pairs: Mapping[str, int]
    topics: Mapping[str, int]


@functools.cache
def load() -> Weights:
    """The weights that come with Dragoman."""
    data = resources.files("dragoman").joinpath("data", "coder", "stances.npz").read_bytes()
    with np.load(io.BytesIO(data)) as stored:
        arrays = {name: stored[name].astype(np.float32) for name in stored.files if not name.startswith("names.")}
        rows = [
            {name: row for row, name in enumerate(bytes(stored[f"names.{kind}"]).decode().split("\n"))}
            for kind in ("pairs", "topics")
        ]
    return Weights(arrays, rows[0], rows[1])


def scores(
    weights: Weights, vectors: Floats, listed: Sequence[Pair], topics: Mapping[int, About]
) -> tuple[Floats, Floats]:
    """(shares of each pair taking a stance on each issue [pairs, 19], scores of each stance [pairs, 6])."""
    arrays = weights.arrays
    words = sorted(topics)
    row = {at: number for number, at in enumerate(words)}
    of = [row[one.at] for one in listed]
    own = vectors[words]
    inside = np.stack([vector_of(vectors, topics[at].inside) for at in words])
    around = np.stack([vector_of(vectors, topics[at].around) for at in words])
    rows = [[weights.pairs[name] for name in one.signs if name in weights.pairs] for one in listed]
    told = np.stack([arrays["signs"][some].sum(0) for some in rows])
    width = len(arrays["word.bias"])
    inner = told[:, :width] + weigher.linear(arrays, "word", own)[of]
    inner = inner + (vectors[[one.one.at for one in listed]] @ arrays["by.weight"].T)
    inner = inner + (inside @ arrays["inside.weight"].T)[of]
    taken = told[:, width] + weigher.linear(arrays, "taken", weigher.gelu(inner))[:, 0]
    known = [[weights.topics[name] for name in topics[at].signs if name in weights.topics] for at in words]
    issue = np.stack([arrays["topics"][some].sum(0) for some in known]) + weigher.linear(arrays, "issue", inside)
    issue = issue + own @ arrays["issue_word.weight"].T + around @ arrays["issue_around.weight"].T
    stance: Floats = told[:, width + 1 :] + weigher.linear(arrays, "stance", own)[of]
    share = (1 / (1 + np.exp(-taken)))[:, None] * weigher.shares(issue)[of]
    return share.astype(np.float32), stance


def wanting(tree: Tree, lexicon: Lexicon, acts: Sequence[Found]) -> list[Wanting]:
    """The stances of a text in order of their words; of one party and issue one."""
    listed = pairs(tree, lexicon, acts)
    if not listed:
        return []
    topics = {at: about(tree, lexicon, at) for at in sorted({one.at for one in listed})}
    share, stance = scores(load(), weigher.vectors(tree), listed, topics)
    found = []
    for code in sorted({one.one.party.code for one in listed}):
        rows = [number for number, one in enumerate(listed) if one.one.party.code == code]
        joined = together(share[rows], [tree.sentence_of[listed[row].at] for row in rows])
        for issue in chosen(joined):
            best = rows[int(share[rows, issue].argmax())]
            pair = listed[best]
            kind = kind_of(pair.signs, stance[best])
            found.append(Wanting(pair, topics[pair.at], ISSUES[issue], kind, round(float(joined[issue]), 4)))
    return sorted(found, key=lambda one: (one.pair.at, one.pair.one.at, one.issue))


def kind_of(signs: Sequence[str], scores: Floats) -> str:
    """The stance of a pair: the one that the table has for its word, else the likeliest."""
    by_table = (name.removeprefix(STANCE) for name in signs if name.startswith(STANCE))
    return next((stance for stance in by_table if stance in STANCES), STANCES[int(scores.argmax())])


def together(share: Floats, sentences: Sequence[int]) -> Floats:
    """The share of each issue by any of a party's pairs: of any in one sentence, at most [issues]."""
    rows = np.array(sentences)
    by_sentence = [1 - (1 - share[rows == one]).prod(0) for one in sorted(set(sentences))]
    found: Floats = np.stack(by_sentence).max(0)
    return found


def chosen(joined: Floats) -> list[int]:
    """The issues that are believed of a party, the likeliest first."""
    order = sorted(range(len(joined)), key=lambda at: (-float(joined[at]), at))
    return [at for number, at in enumerate(order) if joined[at] >= (FURTHER if number else BAR)]
