"""The small network of stances as it is trained; :mod:`dragoman.claims.wanting` is the same in NumPy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dragoman.claims.wanting import ISSUES, STANCES

WIDTH, INNER, DROPOUT = 384, 24, 0.5
OF_STANCE = 0.3  # the weight of the stance beside holder and issue
NAMED = ("issue ", "issue beside ", "first ")  # signs by which a table names an issue
RARE = -2.5  # log-odds of a pair without signs at the start


@dataclass(slots=True)
class Batch:
    """Items as tensors: pairs with the number of their word and party, words with their vectors, positions.

    ``gold``: (number of the party, issue, stance, the pairs that may be the one).
    """

    of: Tensor
    group: Tensor
    pairs: list[list[int]]
    topics: list[list[int]]
    vectors: dict[str, Tensor]
    own: Tensor
    gold: list[tuple[int, int, int, list[int]]]
    codes: list[str]
    sentences: list[int]
    document: str = ""

    @staticmethod
    def joined(some: Sequence["Batch"]) -> "Batch":
        """Several as one."""
        words, groups, pairs = (np.cumsum([0, *sizes]) for sizes in (
            [len(one.topics) for one in some], [len(one.codes) for one in some], [len(one.pairs) for one in some]
        ))  # fmt: skip
        gold = [
            (party + int(group), issue, stance, [row + int(pair) for row in rows])
            for one, group, pair in zip(some, groups, pairs, strict=False)
            for party, issue, stance, rows in one.gold
        ]
        return Batch(
            torch.cat([one.of + int(at) for one, at in zip(some, words, strict=False)]),
            torch.cat([one.group + int(at) for one, at in zip(some, groups, strict=False)]),
            [row for one in some for row in one.pairs],
            [row for one in some for row in one.topics],
            {name: torch.cat([one.vectors[name] for one in some]) for name in some[0].vectors},
            torch.cat([one.own for one in some]),
            gold,
            [code for one in some for code in one.codes],
            [],
        )


def batch_of(one: Any, rows: list[list[list[int]]]) -> Batch:
    """An example (train.positions) with the rows of its signs."""
    codes = sorted(set(one.codes))
    gold = []
    for code, issue, stance, words in one.gold:
        mine = [at for at, other in enumerate(one.codes) if other == code]
        inside = [at for at in mine if one.of[at] in words]
        if mine:
            gold.append((codes.index(code), ISSUES.index(issue), STANCES.index(stance), inside or mine))
    return Batch(
        torch.tensor(one.of),
        torch.tensor([codes.index(code) for code in one.codes]),
        *rows,
        {name: torch.from_numpy(found.astype(np.float32)) for name, found in one.vectors.items()},
        torch.full((len(one.pairs),), float(one.split == "labels")),
        gold,
        codes,
        one.sentences,
        one.document,
    )


def naming(topics: Sequence[str]) -> Tensor:
    """[ways of naming, signs, issues]: 1 where a sign says that a table names the issue in this way."""
    found = torch.zeros(len(NAMED), len(topics), len(ISSUES))
    for row, name in enumerate(topics):
        for way, before in enumerate(NAMED):
            if name.startswith(before) and name.removeprefix(before) in ISSUES:
                found[way, row, ISSUES.index(name.removeprefix(before))] = 1
    return found


def _bag(rows: list[list[int]]) -> tuple[Tensor, Tensor]:
    flat = [one for row in rows for one in row]
    return torch.tensor(flat, dtype=torch.long), torch.tensor(np.cumsum([0, *map(len, rows)])[:-1], dtype=torch.long)


class Net(nn.Module):
    """Signs and vectors in; for each pair the log-odds of a stance, scores of its issue and of its kind out."""

    def __init__(self, pairs: int, topics: Sequence[str]) -> None:
        """For so many signs of pairs, and for these of topics."""
        super().__init__()
        self.signs = nn.EmbeddingBag(pairs, INNER + 1 + len(STANCES), mode="sum")
        self.topics = nn.EmbeddingBag(len(topics), len(ISSUES), mode="sum")
        self.named = nn.Parameter(torch.zeros(len(NAMED)))  # what it weighs for an issue that a table names it
        self.register_buffer("naming", naming(topics), persistent=False)
        self.word = nn.Linear(WIDTH, INNER)
        self.by, self.inside = (nn.Linear(WIDTH, INNER, bias=False) for _ in range(2))
        self.taken = nn.Linear(INNER, 1)
        self.issue, self.stance = nn.Linear(WIDTH, len(ISSUES)), nn.Linear(WIDTH, len(STANCES))
        self.issue_word, self.issue_around = (nn.Linear(WIDTH, len(ISSUES), bias=False) for _ in range(2))
        self.of_labels = nn.Parameter(torch.zeros(1 + len(ISSUES)))
        self.drop = nn.Dropout(DROPOUT)
        for table in (self.signs, self.topics):
            nn.init.normal_(table.weight, 0, 0.01)
        nn.init.constant_(self.taken.bias, RARE)

    def forward(self, given: Batch, own: bool = True) -> tuple[Tensor, Tensor, Tensor]:
        """-> [pairs], [pairs, issues], [pairs, stances]; ``own``: with the weights of the label files."""
        told = self.signs(*_bag(given.pairs))
        vectors = {name: self.drop(found) for name, found in given.vectors.items()}
        inner = told[:, :INNER] + (self.word(vectors["word"]) + self.inside(vectors["inside"]))[given.of]
        inner = inner + self.by(vectors["by"])
        gelu = nn.functional.gelu(inner, approximate="tanh")
        taken = told[:, INNER] + self.taken(self.drop(gelu))[:, 0]
        flat, starts = _bag(given.topics)
        issue = nn.functional.embedding_bag(flat, self.of_topics(), starts, mode="sum") + self.issue(vectors["inside"])
        issue = (issue + self.issue_word(vectors["word"]) + self.issue_around(vectors["around"]))[given.of]
        stance = told[:, INNER + 1 :] + self.stance(vectors["word"])[given.of]
        if own:
            taken = taken + self.of_labels[0] * given.own
            issue = issue + self.of_labels[1:] * given.own[:, None]
        return taken, issue, stance

    def of_topics(self) -> Tensor:
        """What each sign of a topic adds to each issue: its own weights, and those of naming an issue at all."""
        shared = (self.named[:, None, None] * self.naming).sum(0)
        return self.topics.weight + shared

    def kept(self) -> dict[str, NDArray[np.float16]]:
        """What coding needs, rounded."""
        state = {name: value.numpy().astype("<f2") for name, value in self.state_dict().items()}
        state["topics.weight"] = self.of_topics().detach().numpy().astype("<f2")
        del state["of_labels"], state["named"]
        return {name.replace("signs.weight", "signs").replace("topics.weight", "topics"): state[name] for name in state}


def loss(net: Net, given: Batch) -> Tensor:
    """What is to be made small: positions that no pair takes, stances of nobody's, and wrong kinds."""
    taken, issue, stance = net(given)
    share = (nn.functional.logsigmoid(taken)[:, None] + issue.log_softmax(1)).exp().clamp(max=1 - 1e-6)
    not_so = torch.log1p(-share)
    none = torch.zeros(len(given.codes), len(ISSUES)).index_add(0, given.group, not_so)
    open_ = torch.ones_like(none)
    kinds = stance.log_softmax(1)
    found = torch.zeros(())
    for party, about, kind, rows in given.gold:
        open_[party, about] = 0
        found = found - torch.log(-torch.expm1(not_so[rows, about].sum()) + 1e-9)
        by = share[rows, about].detach()
        found = found - OF_STANCE * (by / by.sum() * kinds[rows, kind]).sum()
    return found - (none * open_).sum()
