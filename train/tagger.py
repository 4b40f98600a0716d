"""Trains the tagger and the lemma rules of the English reader and writes src/dragoman/data/english.zip.

    python -m train.tagger [--epochs N] [--out FILE]

Reads UD EWT and the genres of GUM that may be shipped from ../shared/data; one process, about four minutes. Adaptive
gradient descent (Duchi, Hazan and Singer 2011) on the log-linear model of dragoman.language.tagger, weights averaged
over all steps; the tags before a word are the model's own guesses, so that it learns to live with them. Sentences
are varied as they pass (headline capitals, no capitals, no last stop) and words as rare as once are sometimes read
as unknown, which is what news will do. The seed is fixed. train/LOG.md has the figures and what failed.
"""

import argparse
import array
import json
import random
import sys
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import exp, sqrt
from pathlib import Path
from typing import Any

from evals import treebank
from train import lemmas

from dragoman.language import features, tagger
from dragoman.language.features import CONSTANTS, NOTHING, START, Word

OUT = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "data" / "english.zip"
SEED = 7
RATE = 0.05  # the step; 0.1 and 0.3 are worse on dev
SURE = 0.98  # a word whose tag has this probability teaches nothing more
FAINT = 0.003  # nor does a tag that differs by less from what it should have
LARGEST = 12.0  # the weight that becomes 127: finer steps make a larger file and no better tags
LEAST_TAG = 5  # a tag rarer than this is read as the commonest of its part of speech
TRUSTED, COMMON = 4, 20  # how often a word was seen to be classed by its tags, and to have no others
USUAL, POSSIBLE = 0.02, 0.003  # shares of a word's uses that a usual and a possible tag have
ENDING_SEEN, ENDING_SHARE = 20, 0.01
RARE_WORDS = 3  # words seen so often at most teach what endings tell
# Words that headlines write small
SMALL = frozenset(
    [
        *["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "off", "on", "or", "over", "the"],
        *["to", "up", "via", "vs", "with"],
    ]
)

Pair = tuple[str, int]


def tag_of(row: treebank.Row) -> str:
    """Its tag; participles in names ("United" States) are adjectives, as in EWT, where GUM has verbs."""
    return "ADJ:NNP" if row.tag == "VERB:NNP" else row.tag


def read_tags(sentences: Sequence[treebank.Sentence]) -> tuple[list[str], list[list[Pair]]]:
    """The tags that are frequent enough, and the sentences as (form, number of tag)."""
    counts = Counter(tag_of(row) for found in sentences for row in found.rows)
    tags = sorted(tag for tag, count in counts.items() if count >= LEAST_TAG)
    numbers = {tag: number for number, tag in enumerate(tags)}
    for tag in counts.keys() - numbers.keys():
        upos = tag.split(":")[0] + ":"
        numbers[tag] = tags.index(max((t for t in tags if t.startswith(upos)), key=lambda t: (counts[t], t)))
    return tags, [[(row.form, numbers[tag_of(row)]) for row in found.rows] for found in sentences]


def count_words(data: Sequence[Sequence[Pair]]) -> dict[str, Counter[int]]:
    """How often each plain word has each tag."""
    words: dict[str, Counter[int]] = defaultdict(Counter)
    for found in data:
        for form, tag in found:
            words[features.plain(form)][tag] += 1
    return words


def describe(words: dict[str, Counter[int]]) -> list[list[Any]]:
    """The lexicon as stored: [level, usual tags, possible tags, the words], sorted."""
    groups: dict[tuple[int, tuple[int, ...], tuple[int, ...]], list[str]] = defaultdict(list)
    for word, counts in words.items():
        seen = counts.total()
        level = tagger.RARE if seen < TRUSTED else tagger.OPEN if seen < COMMON else tagger.CLOSED
        ordered = sorted(counts, key=lambda tag: (-counts[tag], tag))
        usual = tuple(tag for tag in ordered if counts[tag] >= USUAL * seen) if level else ()
        allowed = tuple(sorted(tag for tag in ordered if counts[tag] >= POSSIBLE * seen))
        groups[level, usual, allowed].append(word)
    return [
        [level, usual, allowed, " ".join(sorted(found))] for (level, usual, allowed), found in sorted(groups.items())
    ]


def describe_endings(words: dict[str, Counter[int]]) -> list[list[Any]]:
    """What endings of rare words tell, as stored: [tags, the endings], sorted."""
    endings: dict[str, Counter[int]] = defaultdict(Counter)
    for word, counts in words.items():
        if counts.total() <= RARE_WORDS:
            for size in range(min(4, len(word)) + 1):
                endings[word[len(word) - size :]].update(dict.fromkeys(counts, 1))
    groups: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for ending, counts in endings.items():
        seen = counts.total()
        if seen >= ENDING_SEEN:
            groups[tuple(sorted(t for t, n in counts.items() if n >= ENDING_SHARE * seen))].append(ending)
    return [[tags, " ".join(sorted(found))] for tags, found in sorted(groups.items())]


def vary(chance: random.Random, found: Sequence[Pair]) -> Sequence[Pair]:
    """The sentence as it is (four times of five), or as a headline, in one case, or without its first capital."""
    draw = chance.random()
    if draw < 0.10:
        kept = found[:-1] if len(found) > 2 and found[-1][0] == "." and chance.random() < 0.7 else found
        every = draw < 0.05
        return [(form if form in SMALL and not every else form[0].upper() + form[1:], tag) for form, tag in kept]
    if draw < 0.14:
        return [(form.lower(), tag) for form, tag in found]
    if draw < 0.16:
        return [(form.upper(), tag) for form, tag in found]
    if draw < 0.20:
        return [(found[0][0][0].lower() + found[0][0][1:], found[0][1]), *found[1:]]
    return found


class Learner:
    """Weights under training: the values, the squared gradients, the running sums of the average."""

    def __init__(self) -> None:
        size = bytes(8 << features.BITS)
        self.values, self.squares, self.sums = array.array("d", size), array.array("d", size), array.array("d", size)
        self.changed = array.array("l", size)
        self.clock = 0

    def scores(self, hashes: Sequence[int], tags: Sequence[int]) -> list[float]:
        """The score of each tag."""
        values = self.values
        return [sum([values[h ^ constant] for h in hashes]) for constant in [CONSTANTS[tag] for tag in tags]]

    def learn(self, hashes: Sequence[int], tags: Sequence[int], right: int) -> int:
        """One step towards the right tag; the tag it would have given."""
        self.clock += 1
        scores = self.scores(hashes, tags)
        highest = max(scores)
        odds = [exp(score - highest) for score in scores]
        total = sum(odds)
        if odds[tags.index(right)] < SURE * total:
            for tag, odd in zip(tags, odds, strict=True):
                slope = (tag == right) - odd / total
                if abs(slope) > FAINT:
                    self.step(hashes, CONSTANTS[tag], slope)
        return tags[scores.index(highest)]

    def step(self, hashes: Sequence[int], constant: int, slope: float) -> None:
        """Move the weights of these features for one tag."""
        values, squares, sums, changed, clock = self.values, self.squares, self.sums, self.changed, self.clock
        for h in hashes:
            at = h ^ constant
            value = values[at]
            sums[at] += value * (clock - changed[at])
            changed[at] = clock
            squares[at] += slope * slope
            values[at] = value + RATE * slope / sqrt(squares[at] + 0.01)

    def average(self) -> list[float]:
        """The weights averaged over all steps so far."""
        parts = zip(self.values, self.sums, self.changed, strict=True)
        return [(total + value * (self.clock - at)) / self.clock if at else 0.0 for value, total, at in parts]


def whole_numbers(weights: Sequence[float]) -> "array.array[int]":
    """Weights as whole numbers of -127 to 127, LARGEST and above as 127; most become 0."""
    return array.array("b", [max(-127, min(127, round(weight * 127 / LARGEST))) for weight in weights])


def epoch(
    learner: Learner, data: Sequence[Sequence[Pair]], lexicon: tagger.Lexicon, seen: dict[str, int], turned: bool
) -> None:
    """Every sentence once, in the order given; ``turned``: each from its last word to its first."""
    chance = random.Random(learner.clock + SEED)
    known: dict[tuple[str, bool], Word] = {}
    for original in data:
        found = vary(chance, original)
        style = features.style([form for form, _ in found])
        found = found[::-1] if turned else found
        words = [NOTHING, NOTHING]
        for form, _ in found:
            variant = form, chance.random() >= 1 / (1 + seen.get(features.plain(form), 0))
            if variant not in known:
                known[variant] = lexicon.word(form, known=variant[1])
            words.append(known[variant])
        words += [NOTHING, NOTHING]
        last = before = START
        for at, (_, right) in enumerate(found, start=2):
            word = words[at]
            tags = word.tags if right in word.tags else (*word.tags, right)
            guess = right
            if len(tags) > 1:
                hashes = [*word.own, *features.context(words, at, style), *features.history(words, at, last, before)]
                guess = learner.learn(hashes, tags, right)
            last, before = guess, last


def train(
    data: Sequence[Sequence[Pair]], lexicon: tagger.Lexicon, seen: dict[str, int], epochs: int, turned: bool
) -> "array.array[int]":
    """One table of weights, for one direction."""
    learner, chance, order = Learner(), random.Random(SEED), list(data)
    for number in range(epochs):
        began = time.process_time()
        chance.shuffle(order)
        epoch(learner, order, lexicon, seen, turned)
        way = "backwards" if turned else "forwards"
        sys.stdout.write(f"{way}, epoch {number + 1}: {time.process_time() - began:.0f} s\n")
        sys.stdout.flush()
    return whole_numbers(learner.average())


def save(path: Path, trained: tagger.Tagger, model: dict[str, Any]) -> None:
    """Write the model as a zip file, the same bytes for the same model."""
    text = json.dumps(model, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    tables = zip(tagger.TABLES, trained.weights, strict=True)
    with zipfile.ZipFile(path, "w") as parts:
        for name, data in [
            ("model.json", text),
            *((name, array.array("b", table).tobytes()) for name, table in tables),
        ]:
            parts.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED, 9)


def accuracy(trained: tagger.Tagger, sentences: Sequence[treebank.Sentence]) -> str:
    """UPOS and output tags right, in percent."""
    upos = fine = words = 0
    for found in sentences:
        for row, tag in zip(found.rows, trained.tag([row.form for row in found.rows]), strict=True):
            words += 1
            upos += row.tag.split(":")[0] == tag.split(":")[0]
            fine += tagger.output(row.tag) == tagger.output(tag)
    return f"{100 * upos / words:.2f} {100 * fine / words:.2f}"


def main() -> None:
    """Train, write, report on the dev sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    sentences = treebank.ewt("train") + treebank.gum("train", treebank.SHIPPED)
    tags, data = read_tags(sentences)
    words = count_words(data)
    model: dict[str, Any] = {"tags": tags, "words": describe(words), "endings": describe_endings(words)}
    model["lemmas"] = lemmas.learn((row.form, tag_of(row), row.lemma) for found in sentences for row in found.rows)
    lexicon = tagger.lexicon(model, tags)
    seen = {word: counts.total() for word, counts in words.items()}
    forwards, backwards = (train(data, lexicon, seen, options.epochs, turned) for turned in (False, True))
    trained = tagger.Tagger(tuple(tags), lexicon, (forwards, backwards), model["lemmas"])
    save(options.out, trained, model)
    sys.stdout.write(f"{options.out.name}: {options.out.stat().st_size} bytes\n")
    for name, found in (("EWT dev", treebank.ewt("dev")), ("GUM dev", treebank.gum("dev"))):
        sys.stdout.write(f"{name}: UPOS, with forms: {accuracy(trained, found)}\n")


if __name__ == "__main__":
    main()
