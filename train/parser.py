"""Train the light parser (heads, then relations) and write its weights.

    python -m train.parser [--epochs 6] [--out src/dragoman/data/parser.npz] [--checkpoint DIR]

Reads ../shared/data/ud_ewt and the genres of ../shared/data/gum that may be shipped. One process; resumable from the
checkpoint of the last whole epoch. Prints UAS and LAS on the dev sets from gold tags after every epoch.
"""

import argparse
import json
import random
import sys
import time
from pathlib import Path

import numpy as np

from dragoman.language.parser import (
    LEFT,
    RIGHT,
    SHIFT,
    Parser,
    State,
    arc_features,
    children_of,
)

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
GENRES = ("news", "interview", "speech", "bio", "voyage", "academic", "court", "conversation")
MOVE_BITS, LABEL_BITS = 20, 16

Sentence = tuple[list[str], list[str], list[int], list[str]]


def fine_tag(upos: str, xpos: str) -> str:
    """UPOS with the verb's form, modals and plural nouns told apart, as dragoman.language.english writes them."""
    if upos == "VERB" and xpos.startswith("VB"):
        return f"VERB:{xpos}"
    if upos == "AUX" and xpos == "MD":
        return "AUX:MD"
    if upos == "NOUN" and xpos == "NNS":
        return "NOUN:NNS"
    return upos


def read_conllu(path: Path) -> list[Sentence]:
    """A CoNLL-U file -> forms, tags, heads (root = number of words) and relations of each sentence."""
    sentences = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line[:1].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        heads = [int(row[6]) - 1 if row[6] != "0" else len(rows) for row in rows]
        tags = [fine_tag(row[3], row[4]) for row in rows]
        sentences.append(
            (
                [row[1] for row in rows],
                tags,
                heads,
                [row[7].split(":")[0] if row[7] not in KEPT else row[7] for row in rows],
            )
        )
    return sentences


KEPT = ("nsubj:pass", "nmod:poss", "aux:pass", "acl:relcl", "obl:agent", "obl:tmod", "compound:prt", "csubj:pass")


def gum_files(part: str) -> list[Path]:
    """The GUM files of a split that may go into a shipped model."""
    lines = (SHARED / "gum" / "splits.md").read_text(encoding="utf-8").splitlines()
    wanted, files = False, []
    for line in lines:
        if line.startswith("#"):
            wanted = line.strip("# ").lower().startswith(part)
        elif wanted and "GUM_" in line:
            name = "GUM_" + line.split("GUM_")[1].strip(" *`")
            path = SHARED / "gum" / "dep" / f"{name}.conllu"
            if name.split("_")[1] in GENRES and path.exists():
                files.append(path)
    return files


def move_costs(state: State, gold: list[int], kids: list[list[int]]) -> tuple[int, int, int]:
    """Gold arcs that each move would lose (Goldberg and Nivre 2013, arc-hybrid)."""
    stack, front = state.stack, state.front
    s0 = stack[-1] if stack else -1
    s1 = stack[-2] if len(stack) > 1 else -1
    below = set(stack[:-1])
    shift = (
        (gold[front] in below) + sum(1 for kid in kids[front] if kid in below or kid == s0)
        if front < state.root
        else 99
    )
    if s0 < 0:
        return shift, 99, 99
    lost = sum(1 for kid in kids[s0] if kid >= front)
    left = lost + (gold[s0] == s1 or gold[s0] > front)
    right = lost + (gold[s0] >= front) if s1 >= 0 else 99
    return shift, left, right


class Averaged:
    """An averaged perceptron's table: ``weights`` now, ``average()`` over all steps."""

    def __init__(self, rows: int, columns: int) -> None:
        self.weights = np.zeros((rows, columns), dtype=np.float32)
        self.total = np.zeros((rows, columns), dtype=np.float64)
        self.step = 1

    def update(self, rows: np.ndarray, right: int, wrong: int) -> None:
        """Move a step from the wrong column to the right one."""
        np.add.at(self.weights[:, right], rows, 1)
        np.add.at(self.weights[:, wrong], rows, -1)
        np.add.at(self.total[:, right], rows, self.step)
        np.add.at(self.total[:, wrong], rows, -self.step)

    def average(self) -> np.ndarray:
        """The averaged weights."""
        averaged: np.ndarray = self.weights - self.total / self.step
        return averaged


def quantise(table: np.ndarray) -> np.ndarray:
    """To int8; the scale is lost, which a linear argmax does not see."""
    scale = 127 / max(np.quantile(np.abs(table[table != 0]), 0.9999), 1e-9)
    whole: np.ndarray = np.clip(np.rint(table * scale), -127, 127).astype(np.int8)
    return whole


def train_moves(table: Averaged, sentence: Sentence, parser: Parser, rng: random.Random, explore: bool) -> None:
    """One pass over a sentence, following its own moves sometimes so that it learns to recover."""
    forms, tags, gold, _ = sentence
    words, tag_row, suffixes = parser.ids(forms, tags)
    state = State.begin(words, tag_row, suffixes)
    kids = children_of([*gold, -1])
    while not state.done():
        rows = state.features(MOVE_BITS)
        scores = table.weights[rows].sum(axis=0)
        allowed, costs = state.allowed(), move_costs(state, [*gold, -1], kids)
        moves = [m for m in (SHIFT, LEFT, RIGHT) if allowed[m]]
        guess = max(moves, key=lambda m: scores[m])
        least = min(costs[m] for m in moves)
        best = max((m for m in moves if costs[m] == least), key=lambda m: scores[m])
        if costs[guess] > least:
            table.update(rows, best, guess)
        table.step += 1
        state.take(guess if explore and rng.random() < 0.9 else best)


def train_labels(table: Averaged, sentence: Sentence, parser: Parser) -> None:
    """One pass over a sentence's gold arcs."""
    forms, tags, gold, relations = sentence
    words, tag_row, suffixes = ([*ids, 1] for ids in parser.ids(forms, tags))
    heads = [*gold, -1]
    children = children_of(heads)
    for at, relation in enumerate(relations):
        rows = arc_features(words, tag_row, suffixes, heads, children=children, at=at, bits=LABEL_BITS)
        guess = int(table.weights[rows].sum(axis=0).argmax())
        right = parser.relations.index(relation)
        if guess != right:
            table.update(rows, right, guess)
        table.step += 1


def evaluate(parser: Parser, sentences: list[Sentence]) -> tuple[float, float]:
    """UAS and LAS from gold tags; relations without subtypes, as the CoNLL 2018 task counts them."""
    words = heads_right = both_right = 0
    for forms, tags, gold, relations in sentences:
        heads, names = parser.parse(forms, tags)
        for at, head in enumerate(heads):
            same = (head if head >= 0 else len(forms)) == gold[at]
            words += 1
            heads_right += same
            both_right += same and names[at].split(":")[0] == relations[at].split(":")[0]
    return heads_right / words, both_right / words


def save(parser: Parser, path: Path) -> None:
    """One compressed .npz without pickles."""
    meta = json.dumps({"tags": list(parser.tag_ids), "relations": parser.relations})
    np.savez_compressed(
        path, moves=parser.moves, labels=parser.labels, meta=np.frombuffer(meta.encode(), dtype=np.uint8)
    )


def main() -> None:
    """Train, report, write."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--epochs", type=int, default=6)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--limit", type=int, default=0)
    options = args.parse_args()
    ewt = SHARED / "ud_ewt"
    train = read_conllu(ewt / "en_ewt-ud-train.conllu") + [s for f in gum_files("train") for s in read_conllu(f)]
    dev = read_conllu(ewt / "en_ewt-ud-dev.conllu")
    gum_dev = [s for f in gum_files("dev") for s in read_conllu(f)]
    if options.limit:
        train = train[: options.limit]
    sys.stdout.write(f"{len(train)} sentences, {sum(len(s[0]) for s in train)} words; gum dev {len(gum_dev)}\n")
    tags = {tag: number + 2 for number, tag in enumerate(sorted({t for s in train for t in s[1]}))}
    relations = tuple(sorted({r for s in train for r in s[3]}))
    moves, labels = Averaged(2**MOVE_BITS, 3), Averaged(2**LABEL_BITS, len(relations))
    shell = Parser(moves.weights, labels.weights, tags, relations)
    rng = random.Random(7)
    for epoch in range(options.epochs):
        began = time.process_time()
        rng.shuffle(train)
        for sentence in train:
            train_moves(moves, sentence, shell, rng, explore=epoch > 0)
            if epoch < 3:
                train_labels(labels, sentence, shell)
        parser = Parser(quantise(moves.average()), quantise(labels.average()), tags, relations)
        save(parser, options.out)
        for name, part in (("ewt dev", dev), ("gum dev", gum_dev)):
            uas, las = evaluate(parser, part[:600])
            took = time.process_time() - began
            sys.stdout.write(f"epoch {epoch + 1} {name} UAS {uas:.4f} LAS {las:.4f} cpu {took:.0f} s\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
