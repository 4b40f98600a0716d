"""Train the coder's network: which words tell of acts, of which type and status, and who takes part.

    python -m train.coder_items FOLDER                    # the examples, once
    python -m train.coder FOLDER --out RUN [--epochs N]   # goes on from RUN/last.pt where that is there
    python -m train.coder FOLDER --out RUN --again EARLIER/last.pt --fresh NAME ... --epochs 3    # new label files
    python -m train.coder_export RUN/last.pt              # writes src/dragoman/data/coder

Learns from bench/gold/train, train/labels/acts and the train sentences of PLV, but for every fifth topic of the first
(``--fold``) and the label files of :data:`train.acts.LEFT_OUT`, on which it is measured; dev is measured beside them,
never learned. Every epoch is stored with the state of the optimizer; a run that is stopped goes on from there.
"""

import argparse
import pickle
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from dragoman.claims.signs import ACTING, AFFECTED, RULED
from train import coder_measure
from train.acts import LEFT_OUT
from train.coder_examples import Example
from train.coder_model import Heads, Upper
from train.reader_average import Averaged
from train.reader_model import WIDTH

ROOM = 1_800  # pieces of a batch, padded
FOLDS = 5
BLIND = 0.3  # of the items, in which what the rules say is hidden
UPPER_RATE, HEADS_RATE = 6e-5, 7e-4  # the greatest learning rates
GENTLE, SEEN = 0.6, 0.5  # of the rates and of what was learned before, when a run goes on from an earlier one
WARM = 0.05  # of the steps, in which the rate rises
MEAN_FROM = 0.5  # of the epochs, from where weights are averaged
WEIGHTS = {"types": 12.0, "roles": 0.5, "status": 0.3, "between": 0.4}
WEAK = 0.5  # what a guessed trigger counts


@dataclass(slots=True)
class Batch:
    """Examples as tensors; ``begins``: where each one's words begin."""

    examples: list[Example]
    begins: list[int]
    middle: Tensor
    mask: Tensor
    first: Tensor
    signs: Tensor
    blind: list[bool]


def load(folder: Path, fold: int) -> tuple[list[Example], list[Example]]:
    """The examples to learn from, and those to measure on: left-out topics and dev."""
    learn: list[Example] = []
    measure: list[Example] = []
    paths = sorted(folder.glob("*.pickle"))
    names = sorted(path.stem for path in paths if path.stem.startswith("train-"))
    left = {*names[fold::FOLDS], *(f"labels-{name}" for name in LEFT_OUT)}
    for path in paths:
        found: list[Example] = pickle.loads(path.read_bytes())
        (measure if path.stem in left or path.stem.startswith("dev-") else learn).extend(found)
    return learn, measure


def pieces(one: Example) -> int:
    """How many pieces an example has."""
    return sum(len(rows) for rows, _ in one.windows)


def batches(examples: Sequence[Example], luck: random.Random | None) -> list[list[Example]]:
    """Examples of similar length together; in random order where there is luck."""
    noise = {id(one): luck.random() * 12 if luck else 0.0 for one in examples}
    out: list[list[Example]] = []
    held: list[Example] = []
    longest = windows = 0
    for one in sorted(examples, key=lambda one: pieces(one) + noise[id(one)]):
        widest = max(longest, *(len(rows) for rows, _ in one.windows))
        if held and (windows + len(one.windows)) * widest > ROOM:
            out.append(held)
            held, windows, widest = [], 0, max(len(rows) for rows, _ in one.windows)
        held.append(one)
        longest, windows = widest, windows + len(one.windows)
    out.append(held)
    if luck:
        luck.shuffle(out)
    return out


def batch(examples: list[Example], luck: random.Random | None) -> Batch:
    """One batch; what the rules say is hidden in some examples where there is luck."""
    windows = [window for one in examples for window in one.windows]
    length = max(len(rows) for rows, _ in windows)
    middle = np.zeros((len(windows), length, WIDTH), np.float32)
    mask = np.zeros((len(windows), length), np.float32)
    for at, (rows, _) in enumerate(windows):
        middle[at, : len(rows)], mask[at, : len(rows)] = rows, 1
    first = np.concatenate([starts + at * length for at, (_, starts) in enumerate(windows)])
    begins = np.cumsum([0, *(len(one.words) for one in examples)])
    signs = np.concatenate([one.words for one in examples])
    blind = [bool(luck and luck.random() < BLIND) for _ in examples]
    for hidden, begin, end in zip(blind, begins, begins[1:], strict=False):
        if hidden:
            signs[begin:end, RULED] = 0
    tensors = [torch.from_numpy(array) for array in (middle, mask, first, signs)]
    return Batch(examples, [int(at) for at in begins[:-1]], *tensors, blind)


def told(given: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """What the acts of a batch teach: the type of each word, its weight, the words that name acts, their statuses."""
    types = torch.zeros(len(given.signs), dtype=torch.long)
    weights = torch.ones(len(given.signs))
    at, statuses = [], []
    for one, begin in zip(given.examples, given.begins, strict=True):
        if one.between:
            weights[begin : begin + len(one.words)] = 0  # sentences of PLV name one act of several
        for act in one.acts:
            if act.weak:
                weights[begin + act.quote[0] : begin + act.quote[1]] = 0
    for one, begin in zip(given.examples, given.begins, strict=True):
        for act in one.acts:
            types[begin + act.at], weights[begin + act.at] = act.type, WEAK if act.weak else 1.0
            at.append(begin + act.at)
            statuses.append(act.status)
    return types, weights, torch.tensor(at, dtype=torch.long), torch.tensor(statuses, dtype=torch.long)


def paired(given: Batch) -> tuple[Tensor, ...] | None:
    """Acts beside everybody named in their text: words, words, types, signs of pairs and people, roles (-1: open)."""
    rows: list[list[np.ndarray]] = []
    for one, begin, blind in zip(given.examples, given.begins, given.blind, strict=True):
        for act in one.acts:
            size = len(one.at)
            pairs = act.pairs.copy()
            if blind:
                pairs[:, 3] = 0
            rows.append(
                [np.full(size, begin + act.at), begin + one.at, np.full(size, act.type), pairs, one.people, act.roles]
            )
    rows = [row for row in rows if len(row[0])]
    if not rows:
        return None
    return tuple(torch.from_numpy(np.concatenate(column)) for column in zip(*rows, strict=True))


def sentence(one: Example, at: int) -> range:
    """The words of a word's sentence (all sentences from the eighth on count as one)."""
    numbers = one.words[:, 5]
    inside = np.flatnonzero(numbers == numbers[at])
    return range(int(inside[0]), int(inside[-1]) + 1)


def relations(one: Example) -> Iterator[tuple[int, int, range, tuple[int, ...]]]:
    """Source, target, their sentence and types: of PLV, or of acts of which both sides stand in one sentence."""
    for source, target, types in one.between:
        yield source, target, range(len(one.words)), types
    for act in one.acts:
        inside = sentence(one, act.at)
        sides = [[int(at) for at in one.at[act.roles == side] if at in inside] for side in (ACTING, AFFECTED)]
        if all(sides):
            yield sides[0][0], sides[1][0], inside, (act.type,)


def relation_loss(heads: Heads, given: Batch, vectors: Tensor) -> Tensor:
    """How unlikely the types between sources and targets are."""
    found = [
        (begin + source, begin + target, range(begin + inside.start, begin + inside.stop), types)
        for one, begin in zip(given.examples, given.begins, strict=True)
        for source, target, inside, types in relations(one)
    ]
    if not found:
        return vectors.sum() * 0
    longest = max(len(inside) for _, _, inside, _ in found)
    places = torch.zeros(len(found), longest, dtype=torch.long)
    mask = torch.zeros(len(found), longest, dtype=torch.bool)
    right = torch.full((len(found), heads.relation.out_features), -1e9)
    for row, (_, _, inside, types) in enumerate(found):
        places[row, : len(inside)] = torch.arange(inside.start, inside.stop)
        mask[row, : len(inside)] = True
        right[row, [one - 1 for one in types]] = 0
    ends = [torch.tensor([row[side] for row in found]) for side in (0, 1)]
    scores = heads.between(vectors[ends[0]], vectors[ends[1]], vectors[places], mask).log_softmax(1)
    return -(scores + right).logsumexp(1).mean()


def losses(upper: Upper, heads: Heads, given: Batch) -> dict[str, Tensor]:
    """What is to be made small."""
    vectors = upper(given.middle, given.mask, given.first)
    types, weights, at, statuses = told(given)
    entropy = nn.functional.cross_entropy
    each = entropy(heads.types(vectors, given.signs), types, reduction="none", label_smoothing=0.02)
    found = {
        "types": (each * weights).sum() / weights.sum().clamp(min=1),
        "between": relation_loss(heads, given, vectors),
    }
    pairs = paired(given)
    if pairs is not None:
        left, right, kinds, ways, people, roles = pairs
        scores = heads.roles(vectors[left], vectors[right], kinds, ways, people)
        found["roles"] = entropy(scores, roles, ignore_index=-1, reduction="sum") / len(at)
    if len(at):
        found["status"] = entropy(heads.statuses(vectors[at], types[at], given.signs[at]), statuses)
    return {name: loss * WEIGHTS[name] for name, loss in found.items()}


def rate(step: int, steps: int) -> float:
    """The share of the greatest rate at a step: up, then down to nothing."""
    return min(step / (steps * WARM), 1.0) * max(0.0, 1 - step / steps) ** 0.8


def main() -> int:
    """Train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--start", type=Path, help="last.pt of the reader's training, whose upper layers are begun with"
    )
    parser.add_argument("--again", type=Path, help="last.pt of an earlier run of this, whose weights are begun with")
    parser.add_argument("--fresh", nargs="*", default=[], help="label files that the earlier run did not have")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(1)
    chosen.out.mkdir(parents=True, exist_ok=True)
    learn, measure = load(chosen.folder, chosen.fold)
    gentle = GENTLE if chosen.again else 1.0
    print(f"{len(learn)} examples, {sum(len(one.acts) for one in learn)} acts; measured on {len(measure)}", flush=True)
    upper, heads = Upper(), Heads()
    mean = Averaged(upper, heads)
    optimizer = torch.optim.AdamW(
        [
            {"params": part.parameters(), "most": rate * gentle}
            for part, rate in ((upper, UPPER_RATE), (heads, HEADS_RATE))
        ],
        lr=HEADS_RATE,
        weight_decay=0.02,
        betas=(0.9, 0.98),
    )
    done = resume(chosen, upper, heads, optimizer, mean)
    for epoch in range(done, chosen.epochs):
        began = time.monotonic()
        if epoch == int(chosen.epochs * MEAN_FROM):
            mean.begin()
        some = seen_again(learn, chosen.fresh, epoch) if chosen.again else learn
        sums = learn_once((upper, heads), optimizer, mean, some, (epoch, chosen.epochs))
        print(
            epoch, " ".join(f"{name} {value:.3f}" for name, value in sums.items()), f"{time.monotonic() - began:.0f} s"
        )
        state = {"upper": upper.state_dict(), "heads": heads.state_dict(), "optimizer": optimizer.state_dict()}
        torch.save({**state, "mean": mean.state(), "epochs": epoch + 1}, chosen.out / "part.pt")
        (chosen.out / "part.pt").rename(chosen.out / "last.pt")
        if epoch >= chosen.epochs * MEAN_FROM or epoch % 2:
            with mean.in_place():
                coder_measure.report(upper, heads, [batch(some, None) for some in batches(measure, None)])
    return 0


def resume(chosen: Any, upper: Upper, heads: Heads, optimizer: torch.optim.Optimizer, mean: Averaged) -> int:
    """Load what an earlier run stored, else what training starts from -> the epochs that are done."""
    last = chosen.out / "last.pt"
    if not last.exists():
        if chosen.again:
            stored = torch.load(chosen.again, weights_only=True)
            upper.load_state_dict(stored["upper"])
            heads.load_state_dict(stored["heads"])
            mean.load(stored["mean"])
            mean.put(stored["mean"]["means"])
        elif chosen.start:
            upper.start_from(torch.load(chosen.start, weights_only=True)["encoder"])
        mean.begin()
        return 0
    stored = torch.load(last, weights_only=True)
    upper.load_state_dict(stored["upper"])
    heads.load_state_dict(stored["heads"])
    optimizer.load_state_dict(stored["optimizer"])
    mean.load(stored["mean"])
    return int(stored["epochs"])


def seen_again(learn: list[Example], fresh: Sequence[str], epoch: int) -> list[Example]:
    """What an epoch that goes on from an earlier run sees: what is new, and as much of the rest as SEEN says."""
    luck = random.Random(epoch + 100)
    return [one for one in learn if (one.split == "labels" and one.topic in fresh) or luck.random() < SEEN]


def learn_once(
    network: tuple[Upper, Heads],
    optimizer: torch.optim.Optimizer,
    mean: Averaged,
    learn: Sequence[Example],
    epochs: tuple[int, int],
) -> dict[str, float]:
    """One epoch -> the mean of each loss."""
    luck = random.Random(epochs[0])
    given = batches(learn, luck)
    sums: dict[str, float] = {}
    for module in network:
        module.train()
    for number, examples in enumerate(given):
        share = rate(epochs[0] * len(given) + number + 1, epochs[1] * len(given) + 1)
        for group in optimizer.param_groups:
            group["lr"] = group["most"] * share
        found = losses(*network, batch(examples, luck))
        optimizer.zero_grad()
        loss = torch.stack(list(found.values())).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([weight for module in network for weight in module.parameters()], 1.0)
        optimizer.step()
        mean.take()
        for name, value in found.items():
            sums[name] = sums.get(name, 0.0) + value.item() / len(given)
    return sums


if __name__ == "__main__":
    sys.exit(main())
