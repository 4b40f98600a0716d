"""Parts of speech: a log-linear model over words, endings, shapes and neighbours, read in both directions.

Makes one tag per word of a sentence; knows nothing of offsets or lemmas. Inside, tags are UD's UPOS:XPOS;
:func:`output` gives the tags that leave the reader. Trained by train/tagger.py on UD EWT and GUM into
data/english.zip, which is read once, when the first sentence is tagged.
"""

import array
import functools
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from dragoman.language import features
from dragoman.language.features import CONSTANTS, NOTHING, START, Word

# A lexicon entry's level says how often training saw the word: too rarely to trust, rarely, often
RARE, OPEN, CLOSED = range(3)
# The tables of weights in the model's file, in the order of Tagger.weights
TABLES = "forwards.bin", "backwards.bin"
# Words remembered with their features; enough for the vocabulary of some hundred documents
REMEMBERED = 50_000
# A tag so far below the best by the word alone is not tried: on UD EWT dev it is the right one once in 2,000 words
HOPELESS = 60
# Where the first table's best two tags lie closer than this, the second is asked; asking it more often changes
# nothing (train/LOG.md)
DOUBT = 25


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the lexicon: its level, its class (usual tags, most frequent first), the tags it may have."""

    level: int
    kind: tuple[int, ...]
    allowed: frozenset[int]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of words: entries by plain form, the tags of endings, the tag of proper and of common nouns."""

    entries: Mapping[str, Entry]
    endings: Mapping[str, frozenset[int]]
    nouns: tuple[int, int]

    def guess(self, text: str) -> frozenset[int]:
        """The tags an unlisted word may have by its longest known ending, of four characters at most."""
        for size in range(min(4, len(text)), -1, -1):
            found = self.endings.get(text[len(text) - size :])
            if found:
                return found
        return frozenset(self.nouns)

    def word(self, form: str, *, known: bool = True) -> Word:
        """The features and possible tags of a word; ``known=False`` (in training) as if it had not been seen."""
        text = features.plain(form)
        entry = self.entries.get(text)
        listed = entry.level if entry else RARE
        tags = set(entry.allowed) if entry else set()
        if listed < CLOSED:
            tags |= self.guess(text)
        if form[0].isupper():
            tags |= {self.nouns[0]} if listed == CLOSED else set(self.nouns)
        if entry and known and listed > RARE:
            kind = ".".join(map(str, entry.kind))
        else:
            kind = f"?{features.outline(form)}{text[-2:]}"
        return features.word(form, kind, tuple(sorted(tags)), known=known)


def best(tags: Sequence[int], scores: Sequence[int]) -> int:
    """The tag with the highest score, the first of equal ones: whole numbers, so the same on every machine."""
    return tags[scores.index(max(scores))]


def margin(scores: Sequence[int]) -> int:
    """How far the best score is above the second."""
    first, second = sorted(scores)[-1:-3:-1]
    return first - second


@dataclass(frozen=True, slots=True)
class Known:
    """A word with the tags it may have by itself and, for each table, the part of their scores that it alone gives."""

    word: Word
    tags: tuple[int, ...]
    constants: tuple[int, ...]
    scores: tuple[tuple[int, ...], ...]


@dataclass(slots=True)
class Tagger:
    """A trained model: two tables of weights, one read from left to right, one from right to left, each with the
    tags it gave to the two words before; where the first is in doubt their scores are added.
    """

    tags: tuple[str, ...]
    lexicon: Lexicon
    weights: tuple[Sequence[int], Sequence[int]]
    lemmas: Mapping[str, Any]
    memory: dict[str, Known] = field(default_factory=dict)

    def know(self, form: str) -> Known:
        """A word's features and tags, without tags that it alone all but excludes."""
        found = self.memory.get(form)
        if found is None:
            word = self.lexicon.word(form)
            rows = [[h ^ CONSTANTS[tag] for h in word.own] for tag in word.tags]
            first, second = ([sum([table[at] for at in row]) for row in rows] for table in self.weights)
            lowest = max(first) - HOPELESS
            kept = [at for at, score in enumerate(first) if score > lowest]
            tags = tuple([word.tags[at] for at in kept])
            scores = tuple([first[at] for at in kept]), tuple([second[at] for at in kept])
            if len(self.memory) >= REMEMBERED:
                self.memory.clear()
            found = self.memory[form] = Known(word, tags, tuple([CONSTANTS[tag] for tag in tags]), scores)
        return found

    def scores(self, table: int, known: Known, words: Sequence[Word], at: int, style: int, *tags: int) -> list[int]:
        """The score of each possible tag of the word at ``at`` by one table, ``tags`` given to the two before it."""
        weights = self.weights[table]
        hashes = features.context(words, at, style) + features.history(words, at, *tags)
        return [
            score + sum([weights[h ^ constant] for h in hashes])
            for score, constant in zip(known.scores[table], known.constants, strict=True)
        ]

    def tag(self, forms: Sequence[str]) -> list[str]:
        """The tag (UPOS:XPOS) of each word of one sentence."""
        sentence = [self.know(form) for form in forms]
        words = [NOTHING, NOTHING, *[known.word for known in sentence], NOTHING, NOTHING]
        style = features.style(forms)
        chosen: list[int] = []
        doubts: dict[int, list[int]] = {}
        last = before = START
        for at, known in enumerate(sentence):
            tag = known.tags[0]
            if len(known.tags) > 1:
                scores = self.scores(0, known, words, at + 2, style, last, before)
                tag = best(known.tags, scores)
                if margin(scores) < DOUBT:
                    doubts[at] = scores
            chosen.append(tag)
            last, before = tag, last
        words.reverse()
        chosen += [START, START]
        guesses = chosen[:]  # what the second table goes by: its own choice where the first was in doubt
        for at in reversed(doubts):
            known = sentence[at]
            scores = self.scores(1, known, words, len(sentence) + 1 - at, style, guesses[at + 1], guesses[at + 2])
            guesses[at] = best(known.tags, scores)
            chosen[at] = best(known.tags, [a + b for a, b in zip(doubts[at], scores, strict=True)])
        return [self.tags[tag] for tag in chosen[: len(sentence)]]


def output(tag: str) -> str:
    """The tag that leaves the reader: UPOS, with the form of verbs, modals and plural nouns after a colon."""
    upos, _, xpos = tag.partition(":")
    if upos == "VERB":
        return tag if xpos.startswith("VB") else "VERB:VB"
    return tag if tag in ("AUX:MD", "NOUN:NNS") else upos


def lexicon(stored: Mapping[str, Any], tags: Sequence[str]) -> Lexicon:
    """The lexicon from its stored form (see train/tagger.py): words grouped by what is known of them."""
    entries = {}
    for level, kind, allowed, words in stored["words"]:
        entry = Entry(level, tuple(kind), frozenset(allowed))
        entries.update(dict.fromkeys(words.split(" "), entry))
    endings = {ending: frozenset(found) for found, endings in stored["endings"] for ending in endings.split(" ")}
    return Lexicon(entries, endings, (tags.index("PROPN:NNP"), tags.index("NOUN:NN")))


@functools.cache
def load() -> Tagger:
    """The tagger that comes with Dragoman."""
    with resources.files("dragoman").joinpath("data", "english.zip").open("rb") as file, zipfile.ZipFile(file) as parts:
        model = json.loads(parts.read("model.json"))
        forwards, backwards = (array.array("b", parts.read(name)) for name in TABLES)
    return Tagger(tuple(model["tags"]), lexicon(model, model["tags"]), (forwards, backwards), model["lemmas"])
