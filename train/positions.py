"""What the small network of stances learns from, its training and its figures.

    python -m train.positions FOLDER             # build what is lacking in FOLDER, cross-validate, print the figures
    python -m train.positions FOLDER --write     # learn from all and write src/dragoman/data/coder/stances.npz

Learned from the positions of bench/gold/train and train/labels/acts. A pair of a word and somebody named
(:mod:`dragoman.claims.wanted`) takes a stance on an issue with a share of its own; a party of a text does so if any of
its pairs does (a noisy or), and of a position of the gold only pairs whose word stands in its quote can be the one. The
label files have half as many positions an item as the benchmark: a weight of their own, left out when coding, takes
that up. Files are left out whole.
"""

import argparse
import itertools
import pickle
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from evals import bench
from numpy.typing import NDArray

from dragoman.claims import acts, wanted, wanting, weigher
from dragoman.claims.lexicon import load as lexicon_of
from dragoman.claims.settled import settle
from dragoman.claims.wanting import ISSUES
from train.coder_items import rows_of, topics
from train.positions_model import NAMED, Batch, Net, batch_of, loss

OUT = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "data" / "coder" / "stances.npz"
LEAST = {"pairs": 30, "topics": 30}  # signs of fewer words are left out
EPOCHS, RATE, DECAY, SIZE = 4, 3e-3, 1.0, 32
FOLDS = 5
STEPS = (0.0, 0.13, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 1.01)


@dataclass(slots=True)
class Example:
    """An item: its pairs by number of word, signs as names, vectors as kept, and its positions.

    ``gold``: (code, issue, stance, numbers of the words in the quote).
    """

    split: str
    topic: str
    document: str
    of: list[int]
    sentences: list[int]
    codes: list[str]
    pairs: list[tuple[str, ...]]
    topics: list[tuple[str, ...]]
    vectors: dict[str, NDArray[np.float16]]
    gold: list[tuple[str, str, str, frozenset[int]]]


def example(tree: Any, found: Any, body_at: int, row: dict[str, Any]) -> Example:
    """An item with its gold as signs and vectors; split and topic are left open."""
    lexicon, vectors = lexicon_of(), weigher.vectors(tree)
    listed = wanted.pairs(tree, lexicon, found)
    words = sorted({one.at for one in listed})
    about = [wanted.about(tree, lexicon, at) for at in words]
    number = {at: row for row, at in enumerate(words)}
    content, gold = tree.analysis.text.content, []
    for one in row["positions"]:
        low, high = (0, body_at) if one["field"] == "title" else (body_at, len(content))
        start = max(content.find(one["quote"], low, high), content.find(one["quote"]) if one["quote"] else 0)
        end = start + len(one["quote"])
        inside = frozenset(row for at, row in number.items() if start <= tree.tokens[at].start < end)
        gold.append((one["holder"]["code"], one["issue"], one["stance"], inside))
    empty = np.zeros((0, vectors.shape[1]), "<f2")
    stacked = {
        "word": vectors[words] if words else empty,
        "inside": np.stack([wanted.vector_of(vectors, one.inside) for one in about]) if words else empty,
        "around": np.stack([wanted.vector_of(vectors, one.around) for one in about]) if words else empty,
        "by": vectors[[one.one.at for one in listed]] if listed else empty,
    }
    return Example(
        "", "", row["item"], [number[one.at] for one in listed], [tree.sentence_of[one.at] for one in listed],
        [one.one.party.code for one in listed], [one.signs for one in listed], [one.signs for one in about],
        {name: rows.astype("<f2") for name, rows in stacked.items()}, gold,
    )  # fmt: skip


def build(folder: Path, split: str, topic: str) -> None:
    """Write a topic's examples, if they are not there."""
    path = folder / f"{split}-{topic}.pickle"
    if path.exists():
        return
    made, lexicon = [], lexicon_of()
    for item, row, _ in rows_of(split, topic):
        tree = item.tree
        one = example(tree, settle(tree, lexicon, acts.find_acts(tree, lexicon)), item.report.body_at, row)
        one.split, one.topic = split, topic
        made.append(one)
    path.write_bytes(pickle.dumps(made))


def rows_of_signs(examples: Sequence[Example], kind: str) -> dict[str, int]:
    """The row of each sign that is common enough."""
    seen = Counter(name for one in examples for names in getattr(one, kind) for name in names)
    kept = (name for name, times in seen.items() if times >= LEAST[kind] or name.startswith(NAMED))
    return {name: row for row, name in enumerate(sorted(kept))}


def prepared(examples: Iterable[Example], rows: dict[str, dict[str, int]]) -> list[Batch]:
    """Each example as a batch of one."""
    return [
        batch_of(one, [[[rows[kind][name] for name in names if name in rows[kind]] for names in getattr(one, kind)]
                       for kind in ("pairs", "topics")])
        for one in examples if one.pairs
    ]  # fmt: skip


def train(given: Sequence[Batch], rows: dict[str, dict[str, int]]) -> Net:
    """A network that knows these."""
    torch.manual_seed(1)
    net, random = Net(len(rows["pairs"]), list(rows["topics"])), np.random.default_rng(1)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(given) // SIZE + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + 1, pct_start=0.1)
    for _ in range(EPOCHS):
        net.train()
        order = random.permutation(len(given))
        for at in range(0, len(given), SIZE):
            optimizer.zero_grad()
            some = Batch.joined([given[one] for one in order[at : at + SIZE]])
            (loss(net, some) / SIZE).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return net.eval()


Said = list[tuple[str, str, str, float]]


@torch.no_grad()
def said(net: Net, one: Batch, signs: Sequence[Sequence[str]]) -> Said:
    """The (code, issue, stance, share) of an example with these signs of pairs, chosen as coding chooses."""
    taken, issue, stance = net(one, own=False)
    share = (taken.sigmoid()[:, None] * issue.softmax(1)).numpy()
    found = []
    for number, code in enumerate(one.codes):
        rows = (one.group == number).nonzero()[:, 0].tolist()
        joined = wanting.together(share[rows], [one.sentences[row] for row in rows])
        for at in wanting.chosen(joined):
            best = rows[int(share[rows, at].argmax())]
            found.append((code, ISSUES[at], wanting.kind_of(signs[best], stance[best].numpy()), float(joined[at])))
    return found


def figures(examples: Sequence[Example], told: dict[str, Said]) -> str:
    """The scorer's position and position_soft."""
    documents = [one.document for one in examples]
    gold = Counter((one.document, *row[:3]) for one in examples for row in one.gold)
    mine = Counter((document, *row[:3]) for document in documents for row in told.get(document, []))
    out = []
    for name, size in (("position", 4), ("position_soft", 3)):
        left, right = (Counter[tuple[str, ...]]() for _ in range(2))
        for rows, cut in ((gold, left), (mine, right)):
            for key, times in rows.items():
                cut[key[:size]] += times
        out.append(f"{name} {2 * sum((left & right).values()) / max(1, sum(left.values()) + sum(right.values())):.3f}")
    return " ".join(out) + f" of {sum(gold.values())}, {sum(mine.values())} said"


def reliability(examples: Sequence[Example], told: dict[str, Said]) -> Iterable[str]:
    """How many stances are right by holder, issue and stance, by their share."""
    gold = {(one.document, *row[:3]) for one in examples for row in one.gold}
    rows = [(row[3], (one.document, *row[:3]) in gold) for one in examples for row in told.get(one.document, [])]
    for low, high in itertools.pairwise(STEPS):
        inside = [row for row in rows if low <= row[0] < high]
        if inside:
            mean, right = (sum(row[side] for row in inside) / len(inside) for side in (0, 1))
            yield f"  {low:.2f}-{high:.2f} n {len(inside):4} share {mean:.2f} right {right:.2f}\n"


def cross_validated(examples: list[Example], rows: dict[str, dict[str, int]]) -> None:
    """Print the figures on files that were not learned from."""
    files = sorted({(one.split, one.topic) for one in examples})
    fold = {name: at % FOLDS for at, name in enumerate(files)}
    told: dict[str, Said] = {}
    for number in range(FOLDS):
        parts = [[one for one in examples if (fold[one.split, one.topic] == number) is held] for held in (False, True)]
        net = train(prepared(parts[0], rows), rows)
        signs = {one.document: one.pairs for one in parts[1]}
        told.update({one.document: said(net, one, signs[one.document]) for one in prepared(parts[1], rows)})
    for split in ("train", "labels"):
        some = [one for one in examples if one.split == split]
        sys.stdout.write(f"{split}: {figures(some, told)}\n" + "".join(reliability(some, told)))


def write(net: Net, rows: dict[str, dict[str, int]]) -> None:
    """Keep the network as coding reads it."""
    names = {f"names.{kind}": np.frombuffer("\n".join(found).encode(), np.uint8) for kind, found in rows.items()}
    np.savez_compressed(OUT, **names, **net.kept())


def main() -> int:
    """Build, then cross-validate or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    if not bench.present():
        return 0
    chosen.folder.mkdir(parents=True, exist_ok=True)
    known = [one for one in topics() if one[0] != "dev"]
    examples: list[Example] = []
    for split, topic in known:
        build(chosen.folder, split, topic)
        examples += pickle.loads((chosen.folder / f"{split}-{topic}.pickle").read_bytes())
    rows = {kind: rows_of_signs(examples, kind) for kind in LEAST}
    if chosen.write:
        write(train(prepared(examples, rows), rows), rows)
    else:
        cross_validated(examples, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
