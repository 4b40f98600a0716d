"""Which mentions of a text name the same: each is linked to the one before it that a small ranker likes best, or none.

Names, titles ("the envoy"), and pronouns alike. A pair's features are the encoder's own opinion (query times key),
words shared, agreement in number and gender, pronouns, kinds, grammatical place and distance; train/chains.py learns
their weights. Knows the words and the trees of one text, and no knowledge of the world.
"""

import bisect
import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dragoman.language.network import Floats
from dragoman.language.tokens import tables

Ints = NDArray[np.int64]
FAR = 10
BLOCK = 50_000  # pairs weighed at a time: 40 MB of features
BEFORE = 50  # mentions before one that may be what it names; further back the last FAR with the same head word
HIDDEN = 48
KINDS = ("abstract", "animal", "event", "object", "organization", "person", "place", "plant", "substance", "time")
PRONOUNS = {
    "i": 1, "me": 1, "my": 1, "mine": 1, "myself": 1, "we": 2, "us": 2, "our": 2, "ours": 2, "ourselves": 2,
    "you": 3, "your": 3, "yours": 3, "yourself": 3, "he": 4, "him": 4, "his": 4, "himself": 4,
    "she": 5, "her": 5, "hers": 5, "herself": 5, "it": 6, "its": 6, "itself": 6,
    "they": 7, "them": 7, "their": 7, "theirs": 7, "themselves": 7, "this": 8, "that": 8, "these": 9, "those": 9,
}  # fmt: skip
CLASSES = 10
YOU, HE, SHE, IT, THEY = 3, 4, 5, 6, 7
PLURAL_CLASSES = (2, 7, 9)
NAMED = ("person", "organization", "place")
SMALL_WORD = 3  # letters of words that abbreviations leave out, at most
POSSESSIVE = ("'s", "’s", "'", "’")
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
DISTANCES = (0, 1, 2, 4, 8, 16)  # sentences


class Read(Protocol):
    """What is needed of a sentence that was read."""

    @property
    def tags(self) -> list[str]: ...  # noqa: D102
    @property
    def lemmas(self) -> list[str]: ...  # noqa: D102
    @property
    def heads(self) -> list[int]: ...  # noqa: D102
    @property
    def relations(self) -> list[str]: ...  # noqa: D102
    @property
    def mentions(self) -> list[tuple[int, int, str]]: ...  # noqa: D102
    @property
    def query(self) -> Floats: ...  # noqa: D102
    @property
    def key(self) -> Floats: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention: words ``first`` to ``last`` of the text, and what is compared of it."""

    first: int
    last: int
    kind: str
    sentence: int
    head: str  # lemma, lower case
    words: frozenset[str]  # lemmas of its nouns, names, adjectives and numbers
    string: str  # its words without article, lower case
    pronoun: int  # class of PRONOUNS, 0 for none
    number: int  # 1 singular, 2 plural, 0 unknown
    proper: bool
    definite: int  # 1 definite, 2 indefinite, 0 bare
    gender: int  # HE or SHE where a pronoun, title, noun or first name says so, else 0
    subject: bool
    above: int  # the word of the text that its head hangs on, -1 for none
    query: Floats
    key: Floats


@functools.cache
def gendered() -> dict[str, int]:
    """Nouns and titles that say whether a man or a woman is meant -> HE or SHE."""
    return {word: HE if told == "he" else SHE for word, told in tables()["gendered"].items()}


@functools.cache
def first_names() -> dict[str, int]:
    """First names, lower case, that nearly only men or only women have -> HE or SHE."""
    return {
        name: told for gender, told in (("he", HE), ("she", SHE)) for name in tables()["first_names"][gender].split()
    }


def mentions(forms: Sequence[Sequence[str]], found: Sequence[Read]) -> list[Mention]:
    """The mentions of a text, in order, longer ones first where two begin together."""
    out, begin = [], 0
    for number, (words, sentence) in enumerate(zip(forms, found, strict=True)):
        for first, last, kind in sorted(sentence.mentions, key=lambda span: (span[0], -span[1])):
            out.append(mention(words, sentence, (first, last, kind), number, begin))
        begin += len(words)
    return out


def mention(forms: Sequence[str], found: Read, span: tuple[int, int, str], sentence: int, begin: int) -> Mention:
    """One mention of a sentence whose first word is the ``begin``-th of the text."""
    first, last, kind = span
    inside = range(first, last + 1)
    head = next((at for at in inside if not first <= found.heads[at] <= last), last)
    upos, _, xpos = found.tags[head].partition(":")
    low = [forms[at].lower() for at in inside]
    pronoun = PRONOUNS.get(low[0], 0) if len(low) == 1 and upos in ("PRON", "DET") else 0
    plural = xpos in ("NNS", "NNPS") or any(found.heads[at] == head and found.relations[at] == "conj" for at in inside)
    known = upos in ("NOUN", "PROPN") or pronoun not in (0, YOU)
    number = 2 if plural or pronoun in PLURAL_CLASSES else int(known)
    definite = 1 if low[0] in ("the", "this", "that", "these", "those") or "PRP$" in found.tags[first] else 0
    bare = low[1:] if low[0] in ("the", "a", "an") else low
    bare = bare[:-1] if len(bare) > 1 and bare[-1] in POSSESSIVE else bare
    gender = pronoun if pronoun in (HE, SHE) else 0
    if not pronoun:
        gender = next((told for word in (found.lemmas[head].lower(), low[0]) if (told := gendered().get(word))), 0)
        if not gender and kind == "person" and upos == "PROPN" and not plural:
            gender = first_names().get(forms[head].lower(), 0)
    content = [at for at in inside if found.tags[at].startswith(("NOUN", "PROPN", "ADJ", "NUM"))]
    return Mention(
        begin + first,
        begin + last,
        kind,
        sentence,
        found.lemmas[head].lower(),
        frozenset(found.lemmas[at].lower() for at in content),
        " ".join(bare),
        pronoun,
        number,
        upos == "PROPN",
        2 if low[0] in ("a", "an") else definite,
        gender,
        found.relations[head] in SUBJECTS,
        begin + found.heads[head] if found.heads[head] >= 0 else -1,
        found.query[head],
        found.key[head],
    )


def pairs(given: Sequence[Mention]) -> tuple[Ints, Ints]:
    """The pairs to be weighed: numbers of the earlier mention and of the later one, which does not lie in it."""
    by_head: dict[str, list[int]] = {}
    earlier: list[int] = []
    later: list[int] = []
    for at, one in enumerate(given):
        near = max(0, at - BEFORE)
        alike = by_head.get(one.head, [])
        stop = bisect.bisect_left(alike, near)
        far = [] if one.pronoun else alike[max(0, stop - FAR) : stop]
        chosen = [before for before in (*far, *range(near, at)) if given[before].last < one.last]
        earlier += chosen
        later += [at] * len(chosen)
        by_head.setdefault(one.head, []).append(at)
    return np.array(earlier, np.int64), np.array(later, np.int64)


def initials(one: Mention) -> str:
    """The first letters of a mention's longer words, as an abbreviation has them; no word where it has but one."""
    words = one.string.split()
    return "".join(word[0] for word in words if len(word) > SMALL_WORD) if len(words) > 1 else " "


def numbered(values: Sequence[str]) -> Ints:
    """Equal strings as equal numbers."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(value, len(known)) for value in values], np.int64)


def overlap(given: Sequence[Mention], earlier: Ints, later: Ints) -> tuple[Floats, Floats]:
    """Of each pair, the share of the later mention's content words that the earlier has, and the reverse."""
    known: dict[str, int] = {}
    for one in given:
        for word in sorted(one.words):
            known.setdefault(word, len(known))
    sets = [frozenset(known[word] for word in one.words) for one in given]
    sizes = np.array([max(1, len(words)) for words in sets], np.float32)
    shared = np.array(
        [len(sets[a] & sets[b]) for a, b in zip(earlier.tolist(), later.tolist(), strict=True)], np.float32
    )
    return shared / sizes[later], shared / sizes[earlier]


def columns(given: Sequence[Mention], earlier: Ints, later: Ints) -> Iterator[NDArray[np.generic]]:
    """The features of pairs, each [pairs] or [pairs, n]."""
    count = len(given)
    kind = np.array([KINDS.index(one.kind) for one in given])
    pronoun = np.array([one.pronoun for one in given])
    number = np.array([one.number for one in given])
    proper = np.array([one.proper for one in given])
    sentence = np.array([one.sentence for one in given])
    first, last = (np.array([getattr(one, name) for one in given]) for name in ("first", "last"))
    query, key = (np.stack([getattr(one, name) for one in given]) for name in ("query", "key"))
    products = query[later] * key[earlier] / np.float32(np.sqrt(query.shape[1]))
    yield products
    yield products.sum(1).clip(-20, 20) / 5
    yield kind[earlier] == kind[later]
    yield np.eye(len(KINDS))[kind[earlier]]
    head = numbered([one.head for one in given])
    string, short = np.split(numbered([*(one.string for one in given), *map(initials, given)]), 2)
    plain = (pronoun[earlier] == 0) & (pronoun[later] == 0)
    yield (string[earlier] == string[later]) & plain
    yield (head[earlier] == head[later]) & plain
    yield ((short[earlier] == string[later]) | (string[earlier] == short[later])) & plain
    yield (head[earlier] == head[later]) & plain & proper[earlier] & proper[later]
    yield from overlap(given, earlier, later)
    yield np.eye(CLASSES)[pronoun[earlier]]
    yield (pronoun[earlier] == pronoun[later]) & (pronoun[later] > 0)
    known = (number[earlier] > 0) & (number[later] > 0)
    yield known & (number[earlier] != number[later])
    person = kind == KINDS.index("person")
    yield np.isin(pronoun[later], (4, 5)) & ~person[earlier]
    yield (pronoun[later] == 6) & person[earlier]
    apart = sentence[later] - sentence[earlier]
    yield np.stack([apart <= edge for edge in DISTANCES], 1)
    yield np.log1p(np.arange(count)[later] - np.arange(count)[earlier]) / 3
    yield np.array([one.subject for one in given])[earlier]
    yield (first[earlier] <= first[later]) & (last[later] <= last[earlier])  # one inside the other
    above = np.array([one.above for one in given])
    yield (above[earlier] == above[later]) & (above[later] >= 0)  # both of one verb or noun
    yield plain & proper[earlier] & proper[later] & (head[earlier] != head[later])
    alone = own(given)
    yield alone[earlier]
    yield alone[later]


def own(given: Sequence[Mention]) -> Floats:
    """The features of each mention by itself, [mentions, n]."""
    rows = []
    for one in given:
        row = [float(one.proper), float(one.subject), float(one.number == 2), len(one.words) / 4]
        row += [float(one.definite == at) for at in range(3)]
        row += [float(one.pronoun == at) for at in range(CLASSES)]
        row += [float(one.kind == name) for name in KINDS]
        rows.append(row)
    return np.array(rows, np.float32)


def features(given: Sequence[Mention], earlier: Ints, later: Ints) -> Floats:
    """The features of pairs, [pairs, n]."""
    parts = [np.asarray(part, np.float32) for part in columns(given, earlier, later)]
    return np.concatenate([part.reshape(len(earlier), -1) for part in parts], 1)


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of two small networks of one hidden layer: of pairs, and of a mention being the first of its chain."""

    pair: tuple[Floats, Floats, Floats, Floats]
    alone: tuple[Floats, Floats, Floats, Floats]


def score(weights: tuple[Floats, Floats, Floats, Floats], given: Floats) -> Floats:
    """The output of a small network for each row."""
    inner, bias, outer, last = weights
    found: Floats = np.maximum(given @ inner + bias, 0) @ outer + last
    return found[:, 0]


@functools.cache
def load() -> Ranker:
    """The ranker that comes with Dragoman."""
    with resources.files("dragoman").joinpath("data", "reader", "chains.npz").open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        pair, alone = (tuple(stored[f"{name}{at}"].astype(np.float32) for at in range(4)) for name in ("pair", "alone"))
    return Ranker(pair, alone)


@dataclass(slots=True)
class Chain:
    """What is known of whom the mentions of a chain name."""

    members: list[int]
    gender: int
    single: bool  # a pronoun of one person or thing is in it
    several: bool  # a plural is in it
    names: frozenset[str]  # the words of its persons' names

    def takes(self, one: Mention) -> bool:
        """Whether a mention may be of this chain: no man and woman, no one and several, no two persons' names."""
        if one.gender and self.gender and one.gender != self.gender:
            return False
        if (one.pronoun == IT and self.gender) or (one.number == 2 and self.single):
            return False
        if one.pronoun in (HE, SHE) and self.several:
            return False
        named = one.proper and one.kind == "person"
        return not (named and self.names and one.number < 2 and not one.words & self.names)

    def add(self, at: int, one: Mention) -> None:
        """Take in a mention."""
        self.members.append(at)
        self.gender = self.gender or one.gender
        self.single = self.single or one.pronoun in (HE, SHE)
        self.several = self.several or one.number == 2
        if one.proper and one.kind == "person":
            self.names |= one.words


def namesakes(one: Mention, other: Mention) -> bool:
    """Whether two names are one: persons' share a word, of organisations and places all words are the same."""
    if not (one.proper and other.proper and one.kind == other.kind and one.kind in NAMED):
        return False
    return bool(one.words & other.words) if one.kind == "person" else one.words == other.words


def link(given: Sequence[Mention], ranker: Ranker | None = None) -> list[tuple[int, ...]]:
    """The chains of two mentions or more, as numbers of mentions, in order of their first.

    A mention joins the chain of the earlier mention that is liked best of those whose chain takes it, where one is
    liked better than beginning a chain of its own; of those, first of all one that bears its name.
    """
    if len(given) < 2:
        return []
    ranker = ranker or load()
    earlier, later = pairs(given)
    if not len(later):
        return []
    blocks = range(0, len(later), BLOCK)
    scores = np.concatenate(
        [score(ranker.pair, features(given, earlier[at : at + BLOCK], later[at : at + BLOCK])) for at in blocks]
    )
    alone = score(ranker.alone, own(given))
    chains: list[Chain] = []
    chain_of: list[Chain] = []
    edges = np.searchsorted(later, np.arange(len(given) + 1)).tolist()
    for at, (start, end) in enumerate(itertools.pairwise(edges)):
        liked = start + np.flatnonzero(scores[start:end] > alone[at])
        before = earlier[liked[np.argsort(-scores[liked], kind="stable")]].tolist()
        before.sort(key=lambda which: not namesakes(given[which], given[at]))  # stable: the best liked first of each
        found = next((c for which in before if (c := chain_of[which]).takes(given[at])), None)
        if found is None:
            found = Chain([], 0, False, False, frozenset())
            chains.append(found)
        found.add(at, given[at])
        chain_of.append(found)
    return [tuple(chain.members) for chain in chains if len(chain.members) > 1]
