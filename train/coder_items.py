"""What the coder's network learns from: coded items as numbers, made by the same code that codes (claims/signs.py).

    python -m train.coder_items FOLDER [--part TOPIC ...]    # one file a topic in FOLDER; those that are there are kept

Items are those of bench (train, and dev to report on) and of train/labels/acts; words that name an act are those of
train/labels/triggers and of the label files. A file is a pickle of :class:`Example`, some 400 MB in all.
"""

import argparse
import csv
import functools
import json
import pickle
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from evals import bench, ground, plv
from numpy.typing import NDArray

from dragoman import ground as grounded
from dragoman import knowledge, mentions
from dragoman.claims import acts, signs
from dragoman.claims.found import Found
from dragoman.claims.lexicon import load as lexicon_of
from dragoman.claims.settled import as_ruled
from dragoman.claims.signs import Named, Numbers, Ruled
from dragoman.claims.tree import Tree
from dragoman.ids import sha256
from dragoman.language import network
from dragoman.language.english import analyse
from dragoman.types import Report, Span, Text
from train import acts as labels
from train.coder_examples import Example, Labelled

TRIGGERS = Path(__file__).resolve().parent / "labels" / "triggers"
LONGEST = 600  # words of an item; longer ones (live blogs) are left out
YIELD = {"YIELD": ("CONCEDE", "RETREAT")}  # the types of the one root of PLV that is two
OPEN = -1  # a role that is not known: another mention of a participant


def ruled_of(tree: Tree, found: list[Found]) -> dict[int, Ruled]:
    """What the rules say, by word."""
    return {one.at: as_ruled(tree, one) for one in found}


def halves(tree: Tree) -> list[tuple[NDArray[np.float16], NDArray[np.int64]]]:
    """The pieces of a text as the lower half of the shipped encoder gives them, window by window."""
    model = network.load()
    forms = [[token.form for token in tree.tokens[start:end]] for start, end in tree.analysis.sentences]
    windows = list(model.windows(forms))
    return [
        (middle.astype(np.float16), np.array(first))
        for (middle,), (_, _, first) in ((model.middles([one]), one) for one in windows)
    ]


def hit(tree: Tree, people: tuple[Named, ...], words: Span) -> int:
    """The number of the one named that a participant's words are; -1 for none."""
    inside = tree.tokens_in(words)
    if not inside:
        return -1
    head = signs.top(tree, inside)
    exact = [number for number, one in enumerate(people) if one.at == head]
    around = [number for number, one in enumerate(people) if head in tree.tokens_in(one.mention.span)]
    within = [number for number, one in enumerate(people) if one.at in inside]
    return (exact or around or within[::-1] or [-1])[0]


def roles_of(item: ground.Item, people: tuple[Named, ...], event: dict[str, Any], at: int) -> Numbers:
    """The role of each one named in an act; other mentions of a participant's code are open."""
    tree, quote = item.tree, ground.quoted(item, event)
    roles = np.zeros(len(people), np.int64)
    for side, value in (("actors", signs.ACTING), ("recipients", signs.AFFECTED)):
        for one in event[side]:
            span = ground.nearest(tree.analysis.text.content, one["text"], quote) if one["text"] else None
            number = hit(tree, people, span) if span else -1
            same = [
                other
                for other, mentioned in enumerate(people)
                if mentioned.party.code == one["code"] != "UNK" and other != number and roles[other] == 0
            ]
            if number < 0 and same:
                number = min(same, key=lambda other: abs(people[other].at - at))
            for other in same:
                roles[other] = OPEN
            if number >= 0:
                roles[number] = value
    return roles


def trigger(item: ground.Item, event: dict[str, Any], words: str) -> tuple[int, bool]:
    """The token that names an act, and whether it was guessed; -1 for none."""
    tree, quote = item.tree, ground.quoted(item, event)
    content = tree.analysis.text.content
    if words:
        at = content.find(words, quote.start, quote.end)
        at = at if at >= 0 else content.find(words)
        inside = tree.tokens_in(Span(quote.text, at, at + len(words))) if at >= 0 else range(0)
        tops = [one for one in inside if tree.heads[one] not in inside and tree.tag(one) != "PUNCT"]
        telling = [one for one in tops if tree.tag(one) in ("VERB", "NOUN", "PROPN")]
        if tops:
            return (telling or tops)[0], False
    return ground.act_word(tree, quote)[1], True


def labelled(item: ground.Item, people: tuple[Named, ...], event: dict[str, Any], words: str) -> Labelled | None:
    """An act of the gold as rows; None where no word is its."""
    at, weak = trigger(item, event, words)
    if at < 0:
        return None
    inside = item.tree.tokens_in(ground.quoted(item, event))
    codes = frozenset(one["code"] for side in ("actors", "recipients") for one in event[side])
    return Labelled(
        at,
        weak,
        (inside.start, inside.stop),
        signs.TYPES.index(event["type"]) + 1,
        signs.STATUSES.index(event["status"]),
        bool(event["voices"]),
        roles_of(item, people, event, at),
        codes - {"UNK", ""},
        np.zeros((0, 0), np.int64),
    )


def example(item: ground.Item, row: dict[str, Any], words: Mapping[tuple[str, str], str]) -> Example | None:
    """An item with its gold; None for one without words or with too many."""
    tree = item.tree
    if not 0 < len(tree.tokens) <= LONGEST:
        return None
    lexicon, people = lexicon_of(), signs.named(tree)
    rules = acts.find_acts(tree, lexicon)
    ruled = ruled_of(tree, rules)
    pairs = {at: signs.of_pairs(tree, at, people, ruled.get(at)) for at in range(len(tree.tokens)) if telling(tree, at)}
    told = []
    for event in row["events"]:
        one = labelled(item, people, event, named(row, event, words))
        if one:
            known = pairs.get(one.at)
            one.pairs = known if known is not None else signs.of_pairs(tree, one.at, people, ruled.get(one.at))
            told.append(one)
    return Example(
        row["item"],
        "",
        "",
        halves(tree),
        signs.of_words(tree, lexicon, people, ruled).astype(np.int64),
        np.array([one.signs for one in people], np.int64).reshape(-1, 2),
        np.array([one.at for one in people], np.int64),
        [one.party.code for one in people],
        told,
        {one.at: (one.trigger.type, codes_of(one)) for one in rules},
        pairs,
        [],
    )


def named(row: dict[str, Any], event: dict[str, Any], words: Mapping[tuple[str, str], str]) -> str:
    """The words that name an act, "" where nobody said."""
    found: str = event.get("trigger") or words.get((row["item"], event["event"]), "")
    return found


def telling(tree: Tree, at: int) -> bool:
    """Whether a word is of a part of speech that tells of acts."""
    return tree.tag(at) in ("VERB", "NOUN", "PROPN", "ADJ")


def codes_of(found: Found) -> frozenset[str]:
    """The codes of whom the rules give an act."""
    return frozenset(one.party.code for _, one in found.filled if one.party) - {"UNK", ""}


@functools.cache
def triggers(topic: str) -> dict[tuple[str, str], tuple[int, int]]:
    """Where the words stand that name the acts of a train topic: by item and event."""
    path = TRIGGERS / f"{topic}.tsv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {(row["item"], row["event"]): (int(row["first"]), int(row["last"])) for row in rows}


def topics() -> list[tuple[str, str]]:
    """(split, topic) of everything that is coded: bench, then our own labels."""
    bench_topics = [(split, topic) for split in ("train", "dev") for topic in bench.names(split)]
    return bench_topics + [("labels", name) for name in labels.names()]


def rows_of(split: str, topic: str) -> Iterator[tuple[ground.Item, dict[str, Any], dict[tuple[str, str], str]]]:
    """The items of a topic, read, with their gold and the words that name its acts."""
    if split == "labels":
        pairs = list(labels.labelled(topic))
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            file.write("".join(json.dumps(item, ensure_ascii=False) + "\n" for item, _ in pairs))
            file.flush()
            gold = {row["item"]: row for _, row in pairs}
            yield from ((item, gold[document], {}) for document, item in ground.read(Path(file.name)))
        return
    gold = {row["item"]: row for row in bench.scorer().read_jsonl(bench.BENCH / "gold" / split / f"{topic}.jsonl")}
    places = triggers(topic)
    for document, item in ground.read(bench.BENCH / "items" / split / f"{topic}.jsonl"):
        content = item.tree.analysis.text.content
        words = {key: content[first:last] for key, (first, last) in places.items() if key[0] == document}
        yield item, gold[document], words


def build(folder: Path, split: str, topic: str) -> int:
    """Write a topic's examples -> how many."""
    made = []
    for item, row, words in rows_of(split, topic):
        one = example(item, row, words)
        if one:
            one.split, one.topic = split, topic
            made.append(one)
    path = folder / f"{split}-{topic}.pickle"
    part = path.with_suffix(".part")
    part.write_bytes(pickle.dumps(made))
    part.rename(path)
    return len(made)


def read(row: plv.Row) -> Tree:
    """A sentence of PLV, read and grounded."""
    known = knowledge.load()
    analysis = analyse(Text(sha256(row.sentence), row.sentence))
    report = Report(id=row.id, text=analysis.text.id, document=row.id)
    return Tree(analysis, grounded.ground(report, analysis, mentions.find(analysis, known), known))


def relations(folder: Path) -> int:
    """Write the train sentences of PLV, which give source, target and type, as examples without acts -> how many."""
    made = []
    for row in plv.rows("train"):
        tree = read(row)
        source, target = (
            signs.top(tree, tree.tokens_in(Span(tree.analysis.text.id, *part))) for part in (row.source, row.target)
        )
        people = signs.named(tree)
        rules = ruled_of(tree, acts.find_acts(tree, lexicon_of()))
        types = tuple(signs.TYPES.index(name) + 1 for name in YIELD.get(row.root, (row.root,)))
        one = Example(row.id, "plv", "plv", halves(tree), signs.of_words(tree, lexicon_of(), people, rules),
                      np.zeros((0, 2), np.int64), np.zeros(0, np.int64), [], [], {}, {},
                      [(source, target, types)])  # fmt: skip
        made.append(one)
    (folder / "plv-plv.pickle").write_bytes(pickle.dumps(made))
    return len(made)


def main() -> int:
    """Build what is lacking."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", nargs="*", default=[], help="these topics only, anew")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    if not (chosen.folder / "plv-plv.pickle").exists() and not chosen.part:
        sys.stdout.write(f"plv: {relations(chosen.folder)} sentences\n")
    for split, topic in topics():
        done = (chosen.folder / f"{split}-{topic}.pickle").exists()
        if topic in chosen.part or (not done and not chosen.part):
            sys.stdout.write(f"{split} {topic}: {build(chosen.folder, split, topic)} items\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
