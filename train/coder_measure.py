"""How well the coder's network reads left-out items by itself, beside the rules: F1 of types, participants, both.

The whole coder is measured by evals.coder; this is for choosing while training. ``who`` and ``exact`` as in the
benchmark's scorer: type and codes agree by half, or wholly; status and day are not looked at.
"""

from collections.abc import Iterable, Sequence

import torch

from dragoman.claims.signs import TYPES
from train.coder_examples import Example
from train.coder_model import Heads, Upper

Act = tuple[int, frozenset[str]]
BARS = tuple((new, old, by) for new in (0.35, 0.45, 0.55) for old in (0.15, 0.25, 0.35) for by in (0.3, 0.4, 0.5))
LEAST = 0.1  # below it no word is looked at
Seen = tuple[Example, dict[int, tuple[int, float, list[float]]]]  # by word: type, share, each one's share of a role


def agree(gold: Sequence[Act], said: Sequence[Act], least: float) -> int:
    """How many acts pair off, the best pairs first."""
    found = []
    for i, (kind, codes) in enumerate(gold):
        for j, (other, theirs) in enumerate(said):
            overlap = len(codes & theirs) / len(codes | theirs) if codes | theirs else 1.0
            if kind == other and overlap >= least:
                found.append((-overlap, i, j))
    mine, others = set[int](), set[int]()
    for _, i, j in sorted(found):
        if i not in mine and j not in others:
            mine.add(i)
            others.add(j)
    return len(mine)


def f1(documents: Iterable[tuple[Sequence[Act], Sequence[Act]]]) -> list[float]:
    """F1 of types, who, exact; precision and recall of types."""
    pairs = list(documents)
    size = [sum(len(pair[side]) for pair in pairs) for side in (0, 1)]
    hits = [sum(agree(*pair, least) for pair in pairs) for least in (0.0, 0.5, 1.0)]
    return [2 * hit / max(sum(size), 1) for hit in hits] + [hits[0] / max(size[1], 1), hits[0] / max(size[0], 1)]


@torch.no_grad()
def seen(upper: Upper, heads: Heads, given: Iterable) -> list[Seen]:  # type: ignore[type-arg]
    """What the network says of batches: by word that may tell of an act its type, share and everybody's share."""
    upper.eval()
    heads.eval()
    out: list[Seen] = []
    for batch in given:
        vectors = upper(batch.middle, batch.mask, batch.first)
        shares = heads.types(vectors, batch.signs).softmax(1)
        for one, begin in zip(batch.examples, batch.begins, strict=True):
            found = {}
            for at, pairs in one.pairs.items():
                row = shares[begin + at]
                if 1 - row[0] < LEAST and at not in one.ruled:
                    continue
                kind, size = int(row[1:].argmax()) + 1, len(one.at)
                left = vectors[begin + at].expand(size, -1)
                right = vectors[begin + torch.from_numpy(one.at)]
                scores = heads.roles(
                    left, right, torch.full((size,), kind), torch.from_numpy(pairs), torch.from_numpy(one.people)
                )
                found[at] = (kind, float(1 - row[0]), (1 - scores.softmax(1)[:, 0]).tolist())
            out.append((one, found))
    return out


def said(one: Example, found: dict[int, tuple[int, float, list[float]]], bars: tuple[float, float, float]) -> list[Act]:
    """The acts that pass the bars for words of no rule, for words of rules, and for participants."""
    acts = []
    for at, (kind, share, roles) in found.items():
        codes = frozenset(code for code, by in zip(one.codes, roles, strict=True) if by > bars[2]) - {"UNK", ""}
        if share > (bars[1] if at in one.ruled else bars[0]) and codes:
            acts.append((kind, codes))
    return acts


def report(upper: Upper, heads: Heads, given: Iterable) -> None:  # type: ignore[type-arg]
    """Print figures by kind of topic: the rules', and the network's by the bars that suit it best there."""
    found = seen(upper, heads, given)
    for split in ("train", "labels", "dev"):
        part = [pair for pair in found if pair[0].split == split and pair[0].topic != "full"]
        if not part:
            continue
        gold = [[(act.type, act.codes) for act in one.acts] for one, _ in part]
        rules = [
            [(TYPES.index(kind) + 1, codes) for kind, codes in one.ruled.values() if kind in TYPES] for one, _ in part
        ]
        print(f"  {split:6} rules {told(f1(zip(gold, rules, strict=True)))}")
        best = max(
            ((f1(zip(gold, [said(*pair, bars) for pair in part], strict=True)), bars) for bars in BARS),
            key=lambda pair: pair[0][1],
        )
        print(f"         net   {told(best[0])} at {best[1]}", flush=True)


def told(figures: Sequence[float]) -> str:
    """Figures in one line."""
    return " ".join(
        f"{name} {value:.3f}" for name, value in zip(("type", "who", "exact", "P", "R"), figures, strict=True)
    )
