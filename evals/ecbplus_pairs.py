"""What may say that two mentions of events are of one: signs of a pair, from the reader's trees and vectors.

Only sentences that have a mention are read. A mention's words, arguments and surroundings are bags of lemmas, each
compared by the cosine of rarities; its vectors (the reader's, those that tell of acts, its lemma's piece of the
encoder's table) by their cosines once the mean of all words is taken off.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
import onnx
from evals.ecbplus_data import QUOTES, Corpus, Floats, Mention, sentences, unit
from numpy.typing import NDArray
from onnx import numpy_helper

from dragoman.language import english, network

_SMALL = (
    "the a an of to in on at for from by with and or but as is was were be been are has have had his her its their he"
    " she it they that this who which not will would said say after before 's also new into up out about over more than"
)
SMALL = frozenset(_SMALL.split())
BAGS = ("words", "subject", "object", "other", "arguments", "governor", "near", "sentence", "names", "named", "numbers")
LACKING = ("subject", "object", "arguments", "named", "numbers", "names")  # bags whose being empty is a sign
VECTORS = ("reader", "acts", "arguments", "sentence", "lemma", "mention")
NEAR = 6  # words either side
DEEP = {"obl", "nmod", "compound", "iobj", "amod", "nummod", "appos", "flat", "acl"}


@dataclass(frozen=True, slots=True)
class Told:
    """A mention as read: bags by name; ``vectors`` of length 1 by name, of nothing where it has no such words."""

    mention: Mention
    bags: Mapping[str, frozenset[str]]
    vectors: dict[str, Floats]


class Table:
    """The encoder's table of word pieces, without what all pieces have in common."""

    def __init__(self, model: network.Network) -> None:
        data = resources.files("dragoman").joinpath("data", "reader", "encoder.onnx").read_bytes()
        stored = {one.name: one for one in onnx.load_from_string(data).graph.initializer}
        names = ("pieces.w_quantized", "pieces.w_zero_point", "pieces.w_scale")
        rows, zero, scale = (numpy_helper.to_array(stored[name]).astype(np.float32) for name in names)
        self.rows = (rows - zero.reshape(-1, 1)) * scale.reshape(-1, 1)
        self.mean = self.rows[1000:].mean(0)  # below are marks and unused numbers
        self.model = model

    def word(self, form: str) -> Floats:
        """The vector of a word, by its pieces."""
        found: Floats = unit(self.rows[list(self.model.vocabulary.word(form)[0])].mean(0) - self.mean)
        return found


def arguments(one: english.Sentence, at: int, own: frozenset[int]) -> dict[str, list[int]]:
    """The words of a word's subject, object and other dependents, all below them; a subject may be its governor's."""
    below: dict[int, list[int]] = defaultdict(list)
    for place, head in enumerate(one.heads):
        below[head].append(place)

    def all_below(place: int) -> list[int]:
        found, waiting = [], [place]
        while waiting:
            found.append(waiting.pop())
            waiting += below[found[-1]]
        return [word for word in sorted(found) if word not in own]

    parts: dict[str, list[int]] = {"subject": [], "object": [], "other": []}

    def add(places: Iterable[int], kinds: Mapping[str, str]) -> None:
        for place in places:
            relation = one.relations[place]
            kind = kinds.get(relation) or kinds.get(relation.partition(":")[0])
            if kind:
                parts[kind] += all_below(place)

    sides = {"nsubj:pass": "object", "nsubj": "subject", "obj": "object"}
    add(below[at], sides | dict.fromkeys(DEEP, "other"))
    head = one.heads[at]
    if head >= 0 and not parts["subject"] and one.relations[at].partition(":")[0] in ("conj", "xcomp", "advcl"):
        add((place for place in below[head] if place != at), {"nsubj:pass": "object", "nsubj": "subject"})
    if head >= 0 and one.relations[at].startswith("acl"):
        parts["subject"].append(head)
    parts["arguments"] = [*parts["subject"], *parts["object"], *parts["other"]]
    return parts


def bags(one: english.Sentence, at: int, own: frozenset[int]) -> tuple[dict[str, frozenset[str]], list[int]]:
    """The bags of the mention ``own`` whose head is ``at``, and the places of its arguments."""
    lemmas = [lemma.lower() for lemma in one.lemmas]

    def bag(places: Iterable[int]) -> frozenset[str]:
        return frozenset(lemmas[p] for p in places if re.search(r"\w", lemmas[p]) and lemmas[p] not in SMALL)

    parts = arguments(one, at, own)
    found = {name: bag(places) for name, places in parts.items()}
    found["words"] = bag(own)
    found["governor"] = bag([one.heads[at]] if one.heads[at] >= 0 else [])
    found["near"] = bag(p for p in range(max(0, at - NEAR), min(len(lemmas), at + NEAR + 1)) if p not in own)
    found["sentence"] = bag(p for p in range(len(lemmas)) if p not in own)
    found["names"] = bag(p for first, end, _ in one.names for p in range(first, end))
    found["named"] = found["names"] & found["arguments"]
    found["numbers"] = frozenset(lemma for lemma in lemmas if re.search(r"\d", lemma))
    return found, [p for p in parts["arguments"] if lemmas[p] in found["arguments"]]


def told(one: english.Sentence, first: int, mention: Mention, table: Table) -> Told:
    """A mention in its sentence, which begins at ``first``; vectors are not yet without their mean."""
    at = mention.head - first
    own = frozenset(place - first for place in mention.tokens if 0 <= place - first < len(one.lemmas))
    found, places = bags(one, at, own)
    nothing = np.zeros(one.vectors.shape[1], np.float32)
    vectors = {
        "reader": one.vectors[at],
        "acts": one.acts[at],
        "arguments": one.vectors[places].mean(0) if places else nothing,
        "sentence": one.vectors.mean(0),
        "lemma": table.word(mention.lemma),
        "mention": unit(np.mean([table.word(word) for word in sorted(found["words"])] or [nothing], 0)),
    }
    return Told(mention, found, vectors)


def read(corpus: Corpus) -> list[Told]:
    """Every mention as read, in the order of the corpus."""
    model = network.load()
    table = Table(model)
    of_document: dict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(corpus.mentions):
        of_document[mention.document].append(number)
    found: dict[int, Told] = {}
    sums: dict[str, list[Floats]] = {"reader": [], "acts": []}
    for document, numbers in sorted(of_document.items()):
        words = corpus.words[document]
        spans = sentences(words, [corpus.mentions[number].begins for number in numbers])
        heads = sorted({corpus.mentions[number].head for number in numbers})
        spans = [(a, b) for a, b in spans if any(a <= head < b for head in heads)]
        forms = [[QUOTES.get(word, word) or "-" for word in words[a:b]] for a, b in spans]
        runs = [
            (a, x, y, form) for (a, _), form in zip(spans, forms, strict=True) for x, y in english.runs(model, form)
        ]
        for (a, x, y, _), one in zip(runs, english.read(model, [form[x:y] for _, x, y, form in runs]), strict=True):
            sums["reader"].append(one.vectors.mean(0))
            sums["acts"].append(one.acts.mean(0))
            for number in numbers:
                if a + x <= corpus.mentions[number].head < a + y:
                    found[number] = told(one, a + x, corpus.mentions[number], table)
    means = {name: np.mean(rows, 0) for name, rows in sums.items()}
    return [centred(found[number], means) for number in range(len(corpus.mentions))]


def centred(one: Told, means: Mapping[str, Floats]) -> Told:
    """A mention whose vectors have length 1, those of the network once the mean of all words is taken off."""
    vectors = {}
    for name, vector in one.vectors.items():
        mean = means["acts"] if name == "acts" else means["reader"]
        plain = name in ("lemma", "mention") or not vector.any()
        vectors[name] = unit(vector if plain else vector - mean)
    return Told(one.mention, one.bags, vectors)


def rarity(mentions: Sequence[Told]) -> dict[str, float]:
    """How rare each lemma is among the documents' read sentences: the log of all by those that have it."""
    of: dict[str, set[str]] = defaultdict(set)
    for one in mentions:
        for name in ("sentence", "words", "numbers"):
            for lemma in one.bags[name]:
                of[lemma].add(one.mention.document)
        of[one.mention.lemma].add(one.mention.document)
    count = len({one.mention.document for one in mentions})
    return {lemma: math.log((count + 1) / len(documents)) for lemma, documents in of.items()}


def cosines(bags_: Sequence[frozenset[str]], rare: Mapping[str, float]) -> Floats:
    """How alike each two bags are, [n, n]."""
    column = {lemma: at for at, lemma in enumerate(sorted(frozenset().union(*bags_)))}
    table = np.zeros((len(bags_), len(column) + 1), np.float32)
    for row, bag in enumerate(bags_):
        for lemma in bag:
            table[row, column[lemma]] = rare.get(lemma, 1.0)
    table = unit(table)
    found: Floats = table @ table.T
    return found


def lexical(
    group: Sequence[Told], rare: Mapping[str, float], a: NDArray[np.int64], b: NDArray[np.int64]
) -> dict[str, Floats]:
    """Signs of the lemmas: the same or not, rare or not, in how many documents of the group, verbs or not."""
    lemmas = [one.mention.lemma for one in group]
    numbers = np.unique(lemmas, return_inverse=True)[1]
    same = (numbers[a] == numbers[b]).astype(np.float32)
    begins = np.array([[x != y and (x[:4] == y[:4] or x in y or y in x) for y in lemmas] for x in lemmas])
    by_lemma = Counter(lemma for lemma, _ in {(one.mention.lemma, one.mention.document) for one in group})
    share = np.array([by_lemma[lemma] for lemma in lemmas]) / len({one.mention.document for one in group})
    weight = np.array([rare[lemma] for lemma in lemmas]) / 5
    verb = np.array([one.mention.verb for one in group])
    return {
        "same lemma": same,
        "begins alike": begins[a, b],
        "same, rare": same * weight[a],
        "other, rare": (1 - same) * np.minimum(weight[a], weight[b]),
        "same, share": same * share[a],
        "least share": np.minimum(share[a], share[b]),
        "one part of speech": verb[a] == verb[b],
        "two verbs": verb[a] & verb[b],
    }


def placed(group: Sequence[Told], alike: Floats, a: NDArray[np.int64], b: NDArray[np.int64]) -> dict[str, Floats]:
    """Signs of where the mentions stand; ``alike`` [n, n] are their documents."""
    document = np.unique([one.mention.document for one in group], return_inverse=True)[1]
    begins = np.array([one.mention.begins for one in group])
    same = document[a] == document[b]
    return {
        "one document": same,
        "one sentence": same & (begins[a] == begins[b]),
        "both first": (begins[a] == 0) & (begins[b] == 0),
        "one first": (begins[a] == 0) != (begins[b] == 0),
        "words apart": same * np.minimum(np.abs(begins[a] - begins[b]), 200) / 200,
        "documents alike": np.where(same, 0, alike[a, b]),
    }


def signs(group: Sequence[Told], rare: Mapping[str, float], alike: Floats) -> dict[str, Floats]:
    """The signs of each two mentions of one group of documents, in the order of ``np.triu_indices``, by name."""
    a, b = np.triu_indices(len(group), 1)
    found = lexical(group, rare, a, b) | placed(group, alike, a, b)
    for name in BAGS:
        own = [one.bags[name] for one in group]
        found[f"{name} in common"] = cosines(own, rare)[a, b]
        if name in LACKING:
            none = np.array([not bag for bag in own])
            found[f"{name} lacking"] = none[a] | none[b]
    for name in VECTORS:
        rows = np.stack([one.vectors[name] for one in group])
        found[f"{name} vectors"] = (rows @ rows.T)[a, b]
    for name in ("acts vectors", "reader vectors", "arguments vectors", "arguments in common", "sentence in common",
                 "names in common", "documents alike", "one document"):  # fmt: skip
        found[f"same lemma, {name}"] = found["same lemma"] * found[name]
    return {name: np.asarray(values, np.float32) for name, values in found.items()}
