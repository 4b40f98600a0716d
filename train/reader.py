"""Trains the reader: one encoder and its heads, on treebanks, mentions, chains and names together.

    python -m train.reader train/reader.toml --out FOLDER

Writes FOLDER/last.pt after every epoch and goes on from it; FOLDER/log.jsonl has the figures on the dev sets.
Then: python -m train.reader_export FOLDER (see there). On two cores an epoch takes some eight minutes.
"""

import argparse
import json
import random
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from dragoman.language.wordpiece import Vocabulary
from train import reader_data as data
from train.reader_average import Averaged
from train.reader_batches import IGNORE, SCHEMES, Batch, Codes, Group, Window, batch, joined, varied, windows
from train.reader_measure import measure
from train.reader_model import LAYERS, Encoder, Heads, backbone


def vocabulary(folder: Path) -> Vocabulary:
    """The encoder's pieces."""
    listed = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return Vocabulary({piece: number for number, piece in enumerate(listed) if piece})


def corpora(options: dict[str, Any]) -> dict[str, list[data.Document]]:
    """What is learned from, by name."""
    held = set(options["held_out"])
    return {
        "ewt": data.ewt("train"),
        "gum": data.gum("train"),
        "uner_dev": data.uner("dev"),
        "politics": data.politics("train") + data.politics("dev"),
        "re3d": data.re3d(held_out=False),
        "news": data.news(stem for stem in data.stems() if stem not in held),
    }


def codes(learned: dict[str, list[data.Document]]) -> Codes:
    """The tags that are seen more than twice in the treebanks and all their relations, numbered."""
    rows = [row for name in ("ewt", "gum") for document in learned[name] for s in document for row in s.rows or ()]
    tags = sorted(tag for tag, often in Counter(row.tag for row in rows).items() if often > 2)
    relations = sorted(r for r, often in Counter(row.relation for row in rows).items() if often > 2)
    return Codes({tag: at for at, tag in enumerate(tags)}, {name: at for at, name in enumerate(relations)})


@dataclass(frozen=True, slots=True)
class Picked:
    """The windows of a batch; ``together``: they are one text, in order, and may be chained."""

    windows: list[Window]
    together: bool


def repeated(documents: Sequence[data.Document], often: float, luck: random.Random) -> list[data.Document]:
    """The documents as often as that, the fraction by chance."""
    return [document for document in documents for _ in range(int(often) + (luck.random() < often % 1))]


def size(window: Window, known: Vocabulary) -> int:
    """Pieces of a window."""
    return 1 + len(window) + sum(len(known.word(form)[0]) for sentence in window for form in sentence.forms)


def packed(found: Sequence[tuple[int, Window]], room: int) -> list[list[Window]]:
    """Windows with their pieces, in order, in runs that padded have at most ``room`` pieces."""
    out: list[list[Window]] = []
    longest = 0
    for pieces, window in found:
        longest = max(longest, pieces)
        if not out or (len(out[-1]) + 1) * longest > room:
            out.append([])
            longest = pieces
        out[-1].append(window)
    return out


def epoch(
    learned: dict[str, list[data.Document]], options: dict[str, Any], known: Vocabulary, number: int
) -> list[Picked]:
    """The batches of an epoch, in chance order: texts with chains whole, of others windows of similar length."""
    luck = random.Random(options["seed"] * 1000 + number)
    loose: list[tuple[int, Window]] = []
    out: list[Picked] = []
    for name, documents in learned.items():
        if number < options["begin"].get(name, 0):
            continue
        for document in repeated(documents, options["corpora"][name], luck):
            changed = joined([varied(sentence, luck) for sentence in document], options["joined"], luck)
            cut = list(windows(changed, luck.randint(*options["windows"]), known, 400))
            sized = [(size(window, known), window) for window in cut]
            if any(sentence.chains is not None for sentence in document):
                out += [Picked(run, True) for run in packed(sized, 2 * options["pieces"])]
            else:
                loose += sized
    luck.shuffle(loose)
    loose.sort(key=lambda pair: pair[0] + luck.randint(-6, 6))
    out += [Picked(run, False) for run in packed(loose, options["pieces"])]
    luck.shuffle(out)
    return out


def span_loss(scores: Tensor, group: Group) -> Tensor:
    """Minus the log of what the allowed types of each labelled span are given, over all three schemes, summed."""
    total, start = scores.new_zeros(()), 0
    for size, allowed in zip(SCHEMES, group.schemes, strict=True):
        labelled = allowed > 0
        if labelled.any():
            logits = scores[..., start : start + size][labelled]
            may = (allowed[labelled][:, None] >> torch.arange(size, dtype=torch.int32)) & 1 > 0
            total = total + (logits.logsumexp(-1) - logits.masked_fill(~may, -1e4).logsumexp(-1)).sum()
        start += size
    return total


def coref_loss(query: Tensor, key: Tensor, linked: Sequence[tuple[Tensor, Tensor]]) -> tuple[Tensor, int]:
    """Minus the log of what a mention's head gives to heads of its chain before it in the window, or to none."""
    total, count = query.new_zeros(()), 0
    for heads, chains in linked:
        if len(heads) < 2 or (chains >= 0).sum() == 0:
            continue
        scores = query[heads] @ key[heads].T / query.shape[-1] ** 0.5
        before = torch.ones_like(scores).tril(-1).bool()
        same = (chains[:, None] == chains[None, :]) & (chains[:, None] >= 0) & before
        scores = torch.cat([scores.new_zeros(len(heads), 1), scores.masked_fill(~before, -1e4)], 1)
        right = torch.cat([~same.any(1, keepdim=True), same], 1)
        total = total + (scores.logsumexp(-1) - scores.masked_fill(~right, -1e4).logsumexp(-1)).sum()
        count += len(heads)
    return total, count


def losses(encoder: Encoder, heads: Heads, given: Batch, weights: dict[str, float]) -> Tensor:
    """The loss of a batch, per word."""
    vectors = encoder(given.ids, given.shapes, given.mask, given.first)
    count = len(given.first)
    total = vectors.new_zeros(())
    queries, keys = vectors.new_zeros(count, heads.query.out_features), vectors.new_zeros(count, heads.key.out_features)
    cross = nn.functional.cross_entropy
    for group in given.groups:
        tags, arcs, below, above, spans, query, key = heads(vectors[group.words])
        queries = queries.index_put((group.words[group.real],), query[group.real])
        keys = keys.index_put((group.words[group.real],), key[group.real])
        total = total + weights["spans"] * span_loss(spans, group)
        placed = group.heads != IGNORE
        if placed.any():
            open_ = torch.cat([torch.ones_like(group.real[:, :1]), group.real], 1)
            arcs = arcs.masked_fill(~open_[:, None, :], -1e4)
            total = total + weights["arcs"] * cross(arcs[placed], group.heads[placed], reduction="sum")
            tagged = group.tags != IGNORE
            total = total + weights["tags"] * cross(
                tags[tagged], group.tags[tagged], reduction="sum", label_smoothing=0.03
            )
            named = group.relations != IGNORE
            rows = named.nonzero()[:, 0]
            scores = heads.relations(below[named], above[rows, group.heads[named]])
            total = total + weights["relations"] * cross(scores, group.relations[named], reduction="sum")
    linked, _ = coref_loss(queries, keys, given.links)
    return (total + weights["coref"] * linked) / count


def optimizer(encoder: Encoder, heads: Heads, options: dict[str, Any]) -> torch.optim.Optimizer:
    """AdamW, slower for lower layers; no decay of norms and biases. A group's own rate stands in it as "rate"."""
    rate, decay = options["encoder_rate"], options["layer_decay"]
    modules: list[tuple[nn.Module, float]] = [(heads, options["heads_rate"]), (encoder.shapes, options["heads_rate"])]
    modules += [(layer, rate * decay ** (LAYERS - 1 - at)) for at, layer in enumerate(encoder.layers)]
    modules += [(part, rate * decay**LAYERS) for part in (encoder.places, encoder.norm)]
    parts = []
    for module, own in modules:
        for flat in (True, False):
            chosen = [weight for weight in module.parameters() if (weight.ndim < 2) == flat]
            if chosen:
                parts.append({"params": chosen, "rate": own, "weight_decay": 0.0 if flat else 0.01})
    return torch.optim.AdamW(parts, lr=rate, betas=(0.9, 0.98), fused=True)


@dataclass(frozen=True, slots=True)
class Passed:
    """Where an epoch stands: its number, the share of its cycle done and its own, the cycle's share of the rate."""

    number: int
    done: float
    share: float
    rate: float


@dataclass(frozen=True, slots=True)
class Training:
    """What all epochs share."""

    encoder: Encoder
    heads: Heads
    averaged: Averaged
    options: dict[str, Any]
    known: Vocabulary
    numbered: Codes
    learned: dict[str, list[data.Document]]


def train(options: dict[str, Any], start: Path, out: Path) -> None:
    """All epochs, from the last that was finished."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options["seed"])
    known = vocabulary(start)
    learned = corpora(options)
    numbered = codes(learned)
    (out / "codes.json").write_text(json.dumps({"tags": list(numbered.tags), "relations": list(numbered.relations)}))
    encoder = Encoder(len(known.numbers), options["dropout"])
    encoder.start_from(start / "model.safetensors")
    heads = Heads(len(numbered.tags), len(numbered.relations), SCHEMES, options["heads_dropout"])
    begin, stored = 0, None
    if (out / "last.pt").is_file():
        stored = torch.load(out / "last.pt", weights_only=True)
        encoder.load_state_dict(stored["encoder"])
        heads.load_state_dict(stored["heads"])
        begin = stored["epochs"]
    run = Training(encoder, heads, Averaged(encoder, heads), options, known, numbered, learned)
    first = 0
    for cycle in options["cycles"]:
        steps = optimizer(encoder, heads, options)
        for number in range(max(begin, first), first + cycle["epochs"]):
            if stored is not None and number > first:
                steps.load_state_dict(stored["steps"])
                run.averaged.load(stored["averaged"])
            elif number == first:
                run.averaged.begin()
            stored = None
            torch.manual_seed(options["seed"] * 1000 + number)
            passed = Passed(number, (number - first) / cycle["epochs"], 1 / cycle["epochs"], cycle["rate"])
            once(run, steps, passed, out)
        first += cycle["epochs"]


def once(run: Training, steps: torch.optim.Optimizer, passed: Passed, out: Path) -> None:
    """One epoch: learns, stores, measures, and writes the figures of the averaged weights."""
    figures = learn(run, steps, passed)
    state = {"encoder": run.encoder.state_dict(), "heads": run.heads.state_dict(), "steps": steps.state_dict()}
    torch.save({**state, "averaged": run.averaged.state(), "epochs": passed.number + 1}, out / "new.pt")
    (out / "new.pt").replace(out / "last.pt")
    with run.averaged.in_place():
        run.encoder.eval(), run.heads.eval()
        figures |= measure(run.encoder, run.heads, run.known, run.numbered, run.options["held_out"])
    line = json.dumps({"epoch": passed.number + 1, **figures})
    with (out / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    print(line, flush=True)


def learn(run: Training, steps: torch.optim.Optimizer, passed: Passed) -> dict[str, float | str]:
    """One epoch's steps; their mean loss and minutes."""
    encoder, heads, options = run.encoder, run.heads, run.options
    encoder.train(), heads.train()
    chosen = epoch(run.learned, options, run.known, passed.number)
    began, summed = time.monotonic(), 0.0
    for at, picked in enumerate(chosen):
        done = passed.done + passed.share * at / len(chosen)
        scale = min(1.0, done / options["warmup"]) * (1.0 - done) / (1.0 - options["warmup"] * 0.5)
        for part in steps.param_groups:
            part["lr"] = part["rate"] * passed.rate * max(scale, 0.002)
        given = batch(picked.windows, run.known, run.numbered, options["unknown"], together=picked.together)
        loss = losses(encoder, heads, given, options["weights"])
        steps.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([p for part in steps.param_groups for p in part["params"]], 5.0)
        steps.step()
        run.averaged.take()
        summed += loss.item()
        if at % 50 == 0:
            spent = (time.monotonic() - began) / 60
            print(f"{passed.number + 1}: {at}/{len(chosen)} {summed / (at + 1):.3f} {spent:.1f} min", flush=True)
    return {"loss": round(summed / len(chosen), 4), "minutes": round((time.monotonic() - began) / 60, 1)}


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--backbone", type=Path, help="the folder with model.safetensors and vocab.txt; else of the installed package"
    )
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    train(tomllib.loads(chosen.config.read_text(encoding="utf-8")), chosen.backbone or backbone(), chosen.out)


if __name__ == "__main__":
    main()
