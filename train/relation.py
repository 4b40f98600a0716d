"""Train the network that tells what a sentence says between two given parties.

    python -m train.relation --out RUN [--fold N] [--plv-only] [--epochs N] [--seed N]   # goes on from RUN/last.pt
    python -m train.relation_export RUN/last.pt ...                                      # writes data/coder

Learns from the train sentences of PLV and from train/labels/relations.tsv; with ``--fold`` one fifth of PLV's train
part is left out and measured after every epoch that counts. Every epoch is stored with the state of the optimizer.
"""

import argparse
import math
import random
import sys
import time
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import torch
from evals import plv
from torch import Tensor, nn

from dragoman.language import relation
from dragoman.language.relation import ROOTS
from dragoman.language.wordpiece import Vocabulary
from train import relation_data
from train.reader_average import Averaged
from train.relation_data import Example
from train.relation_model import Network

ROOM = 700  # pieces of a batch, padded
RATE, HEADS_RATE, MARKS_RATE = 6e-5, 5e-4, 3e-4  # the greatest learning rates
WARM = 0.1  # of the steps, in which the rate rises
MEAN_FROM = 0.6  # of the epochs, from where weights are averaged
SMOOTH = 0.1  # of a label, spread over all roots
QUAD = 0.5  # the weight of the quad class beside the root
SWAPPED = 0.1  # of the examples of an epoch, with the source of another one
QUADS = torch.tensor([list(plv.QUADS).index(plv.quad(root)) for root in ROOTS])


class Reading:
    """The reader's vocabulary and table of pieces, as shipped."""

    def __init__(self) -> None:
        folder = resources.files("dragoman").joinpath("data", "reader")
        listed = folder.joinpath("vocab.txt").read_text(encoding="utf-8").split("\n")
        self.vocabulary = Vocabulary({piece: number for number, piece in enumerate(listed) if piece})
        self.table = relation.table(folder.joinpath("encoder.onnx").read_bytes())

    def batch(self, examples: Sequence[Example]) -> tuple[Tensor, ...]:
        """What the network is given."""
        marked = [relation.marked(one.sentence, one.source, one.target, self.vocabulary) for one in examples]
        pieces, *rest = relation.padded(marked)
        return torch.from_numpy(self.table.vectors(pieces)), *map(torch.from_numpy, rest)

    def batches(self, examples: Sequence[Example], luck: random.Random | None) -> list[list[Example]]:
        """Examples of similar length together; in random order where there is luck."""
        rows = [
            (len(relation.marked(one.sentence, one.source, one.target, self.vocabulary).pieces), one)
            for one in examples
        ]
        rows.sort(key=lambda row: row[0] + (luck.random() * 10 if luck else 0))
        out: list[list[Example]] = []
        longest = 0
        for size, one in rows:
            longest = max(longest, size)
            if not out or (len(out[-1]) + 1) * longest > ROOM:
                out.append([])
                longest = size
            out[-1].append(one)
        if luck:
            luck.shuffle(out)
        return out


def loss(scores: Tensor, examples: Sequence[Example]) -> Tensor:
    """How unlikely the roots are, and their quad classes."""
    right = torch.tensor([ROOTS.index(one.root) for one in examples])
    shares = scores.log_softmax(1)
    quads = torch.stack([shares[:, at == QUADS].logsumexp(1) for at in range(len(plv.QUADS))], 1)
    by_root = nn.functional.cross_entropy(scores, right, label_smoothing=SMOOTH)
    return by_root + QUAD * nn.functional.nll_loss(quads, QUADS[right])


def guessed(network: Network, reading: Reading, examples: Sequence[Example]) -> list[tuple[str, str]]:
    """Right and likeliest root of each example."""
    network.eval()
    found = []
    with torch.no_grad():
        for some in reading.batches(examples, None):
            best = network(*reading.batch(some)).argmax(1).tolist()
            found += [(one.root, ROOTS[at]) for one, at in zip(some, best, strict=True)]
    return found


def rates(network: Network) -> list[dict[str, object]]:
    """The weights with their greatest learning rates."""
    heads = [*network.inner.parameters(), *network.root.parameters()]
    marks = [*network.marks.parameters(), *network.kinds.parameters()]
    rest = [*network.places.parameters(), *network.norm.parameters(), *network.layers.parameters()]
    return [{"params": part, "most": rate} for part, rate in ((rest, RATE), (heads, HEADS_RATE), (marks, MARKS_RATE))]


def begins(epochs: int) -> int:
    """The epoch from which weights are averaged."""
    return math.floor(epochs * MEAN_FROM)


def learn_once(
    network: Network,
    reading: Reading,
    steps: tuple[torch.optim.Optimizer, Averaged],
    given: Sequence[list[Example]],
    epochs: tuple[int, int],
) -> float:
    """One epoch -> the mean loss."""
    optimizer, mean = steps
    network.train()
    total = 0.0
    for number, some in enumerate(given):
        done = (epochs[0] + number / len(given)) / epochs[1]
        for group in optimizer.param_groups:
            group["lr"] = group["most"] * min(done / WARM, (1 - done) / (1 - WARM))
        found = loss(network(*reading.batch(some)), some)
        optimizer.zero_grad()
        found.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        if epochs[0] >= begins(epochs[1]):
            mean.take()
        total += found.item() / len(given)
    return total


def main() -> int:
    """Train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--plv-only", action="store_true", help="without our own sentences")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    chosen.out.mkdir(parents=True, exist_ok=True)
    learn, left = relation_data.learned(chosen.fold, not chosen.plv_only)
    torch.manual_seed(chosen.seed)
    network, reading = Network(), Reading()
    network.start(reading.table, dict(reading.vocabulary.numbers))
    optimizer = torch.optim.AdamW(rates(network), lr=RATE, weight_decay=0.01, fused=True)
    mean, done = Averaged(network), 0
    if (chosen.out / "last.pt").exists():
        stored = torch.load(chosen.out / "last.pt", weights_only=True)
        network.load_state_dict(stored["network"])
        optimizer.load_state_dict(stored["optimizer"])
        mean.load(stored["mean"])
        done = int(stored["epochs"])
    for epoch in range(done, chosen.epochs):
        began = time.monotonic()
        luck = random.Random(chosen.seed * 1000 + epoch)
        torch.manual_seed(chosen.seed * 1000 + epoch)
        if epoch == begins(chosen.epochs):
            mean.begin()
        given = reading.batches(list(relation_data.swapped(learn, SWAPPED, luck)), luck)
        total = learn_once(network, reading, (optimizer, mean), given, (epoch, chosen.epochs))
        print(epoch, f"{total:.3f} {time.monotonic() - began:.0f} s", flush=True)
        state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "mean": mean.state()}
        torch.save({**state, "epochs": epoch + 1}, chosen.out / "part.pt")
        (chosen.out / "part.pt").rename(chosen.out / "last.pt")
    if left:
        with mean.in_place():
            found = plv.figures(guessed(network, reading, left))
        print(" ".join(f"{name} {value:.3f}" for name, value in found.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
