"""Mentions and documents of ECB+ (Cybulska and Vossen 2014) as files of JSON, checked; documents put into groups.

``MENTIONS`` is a file of JSON lines, one mention of an event each, of which these fields are read: ``doc_id``,
``topic_id`` ("31ecb": the number is the topic, the rest its half), ``coref_chain``, ``mention_id``
("31_4ecb.xml_2_7": the document, its sentence, the mention's first word in it), ``tokens_number``, ``mention_head``,
``mention_head_lemma``, ``mention_head_pos``. ``TOKENS`` is one JSON object: the words of each document.
"""

import itertools
import json
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

Floats = NDArray[np.float32]
FIELDS: dict[str, type] = {
    "doc_id": str, "topic_id": str, "coref_chain": str, "mention_id": str, "tokens_number": list,
    "mention_head": str, "mention_head_lemma": str, "mention_head_pos": str,
}  # fmt: skip
ENDS, CLOSING = frozenset(".!?"), frozenset(("''", '"', ")", "'", "”", "’"))
QUOTES = {"``": '"', "''": '"'}
# A word of more than this share of all documents says nothing about which of them belong together
COMMON = 0.15
# How far apart two groups of documents of one topic may be and yet be one, by Ward's measure over 1 - cosine: best of
# 1.1 to 1.5 on ECB+ train, with head lemmas joined inside each group
APART = 1.28


class Unreadable(ValueError):  # noqa: N818 - said to a person
    """A file that is not what it should be: one line, naming file, line and field."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an event: ``tokens`` and ``head`` are places in its document's words; ``topic`` is a number."""

    document: str
    topic: str
    half: str
    chain: str
    lemma: str
    verb: bool
    tokens: tuple[int, ...]
    head: int
    begins: int  # its sentence


@dataclass(frozen=True, slots=True)
class Corpus:
    """Mentions in the order of their file, and the words of every document."""

    mentions: tuple[Mention, ...]
    words: Mapping[str, list[str]]


def documents(path: Path) -> dict[str, list[str]]:
    """The words of each document. Raises :class:`Unreadable`, OSError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise Unreadable(f"{path}: not JSON: {problem}") from None
    if not isinstance(found, dict):
        raise Unreadable(f"{path}: not an object of documents")
    for name, words in found.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise Unreadable(f"{path}: {name}: not a list of words")
    return found


def mention(row: Any, words: Mapping[str, list[str]]) -> Mention:
    """One line's mention; ValueError names the field that is wrong."""
    if not isinstance(row, dict):
        raise ValueError("not an object")
    for field, kind in FIELDS.items():
        if not isinstance(row.get(field), kind):
            raise ValueError(f"{field}: not there, or not a {kind.__name__}")
    topic = re.match(r"\d+", row["topic_id"])
    if topic is None:
        raise ValueError(f"topic_id: no number in {row['topic_id']!r}")
    if row["doc_id"] not in words:
        raise ValueError(f"doc_id: no words of {row['doc_id']!r}")
    own, tokens = words[row["doc_id"]], row["tokens_number"]
    if not tokens or not all(type(at) is int and 0 <= at < len(own) for at in tokens):
        raise ValueError("tokens_number: empty, or outside the document")
    place = re.fullmatch(r"_\d+_(\d+)(?:_.*)?", row["mention_id"].removeprefix(row["doc_id"]))
    if place is None:
        raise ValueError(f"mention_id: {row['mention_id']!r} is not document, sentence and word")
    return Mention(
        row["doc_id"],
        topic.group(),
        row["topic_id"],
        row["coref_chain"],
        row["mention_head_lemma"].lower(),
        row["mention_head_pos"] == "VERB",
        tuple(sorted(tokens)),
        next((at for at in tokens if own[at] == row["mention_head"]), tokens[-1]),
        max(0, tokens[0] - int(place.group(1))),
    )


def read(mentions: Path, tokens: Path) -> Corpus:
    """Both files. Raises :class:`Unreadable`, OSError."""
    words = documents(tokens)
    found = []
    with mentions.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                found.append(mention(json.loads(line), words))
            except ValueError as problem:
                raise Unreadable(f"{mentions}: line {number}: {problem}") from None
    if not found:
        raise Unreadable(f"{mentions}: no mentions")
    return Corpus(tuple(found), words)


def sentences(words: Sequence[str], begins: Sequence[int]) -> list[tuple[int, int]]:
    """A document's sentences (first, end): after full stops and closing marks, and where one is known to begin."""
    cuts = {0, len(words), *begins}
    for at, word in enumerate(words):
        if word in ENDS:
            after = at + 1
            while after < len(words) and words[after] in CLOSING:
                after += 1
            cuts.add(after)
    ordered = sorted(cuts)
    return list(itertools.pairwise(ordered))


def unit(rows: Floats) -> Floats:
    """Rows of length 1; rows of nothing stay nothing."""
    found: Floats = rows / np.maximum(np.float32(1e-6), np.linalg.norm(rows, axis=-1, keepdims=True))
    return found


def rare(words: Mapping[str, Sequence[str]]) -> tuple[list[str], Floats]:
    """The documents in order, and how alike each two are: the cosine of their rarer words, weighted by rarity."""
    names = sorted(words)
    bags = [Counter(word.lower() for word in words[name] if any(map(str.isalnum, word))) for name in names]
    count = Counter(word for bag in bags for word in bag)
    kept = [word for word in sorted(count) if 1 < count[word] <= len(names) * COMMON]
    column = {word: at for at, word in enumerate(kept)}
    table = np.zeros((len(names), len(kept)), np.float32)
    for row, bag in enumerate(bags):
        for word, times in bag.items():
            if word in column:
                table[row, column[word]] = (1 + np.log(times)) * np.log(len(names) / count[word])
    table = unit(table)
    return names, table @ table.T


def grouped(alike: Floats, apart: float = APART) -> list[int]:
    """The number of each document's group, by Ward's method over 1 - likeness."""
    if len(alike) < 2:
        return [1] * len(alike)
    far = np.clip(1 - (alike + alike.T) / 2, 0, None)
    np.fill_diagonal(far, 0)
    return [int(one) for one in fcluster(linkage(squareform(far, checks=False), "ward"), apart, "distance")]


def groups(corpus: Corpus, alike: Floats, names: Sequence[str]) -> dict[str, Hashable]:
    """The group of each document that has mentions: documents of one topic that tell of the same things."""
    of_topic: dict[str, set[str]] = defaultdict(set)
    for one in corpus.mentions:
        of_topic[one.topic].add(one.document)
    at = {name: row for row, name in enumerate(names)}
    found: dict[str, Hashable] = {}
    for topic, members in sorted(of_topic.items()):
        rows = [at[name] for name in sorted(members)]
        numbers = grouped(alike[np.ix_(rows, rows)])
        found |= {names[row]: (topic, number) for row, number in zip(rows, numbers, strict=True)}
    return found
