"""What the network of relations learns from: the train sentences of PLV, and sentences written for Dragoman.

train/labels/relations.tsv holds ours: a root and a sentence with its source in [] and its target in {}. A sentence of
PLV's test part is never learned; the parts share none, and :func:`learned` checks it again, whatever the marks,
capitals and spaces.
"""

import csv
import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals import plv

from dragoman.language.relation import Part

OURS = Path(__file__).resolve().parent / "labels" / "relations.tsv"
SIGNS = {"[": 0, "]": 0, "{": 1, "}": 1}
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, its source and target, [first, last) code points, and the root between them."""

    sentence: str
    source: Part
    target: Part
    root: str


def bare(sentence: str) -> str:
    """A sentence by its letters and digits alone."""
    apart = unicodedata.normalize("NFKD", sentence).lower()
    return re.sub(r"[^a-z0-9]", "", apart)


def unmarked(marked: str) -> tuple[str, Part, Part]:
    """A sentence of ours without its signs, its source and its target."""
    plain, ends = "", (list[int](), list[int]())
    for char in marked:
        if char in SIGNS:
            ends[SIGNS[char]].append(len(plain))
        else:
            plain += char
    (first, last), (begin, end) = ends
    return plain, (first, last), (begin, end)


def ours() -> list[Example]:
    """The sentences written for Dragoman."""
    with OURS.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Example(*unmarked(row["marked"]), row["root"]) for row in rows]


def of_plv() -> list[Example]:
    """The train sentences of PLV."""
    return [Example(row.sentence, row.source, row.target, row.root) for row in plv.rows("train")]


def folds(examples: Sequence[Example]) -> list[list[Example]]:
    """FOLDS parts with the roots spread evenly, every sentence in one of them."""
    groups: dict[str, list[Example]] = {}
    for one in examples:
        groups.setdefault(bare(one.sentence), []).append(one)
    keys = sorted(groups, key=lambda key: (groups[key][0].root, key))
    parts: list[list[Example]] = [[] for _ in range(FOLDS)]
    for at, key in enumerate(keys):
        parts[at % FOLDS] += groups[key]
    return parts


def learned(fold: int | None, with_ours: bool = True) -> tuple[list[Example], list[Example]]:
    """The examples to learn from and those to measure on: one fold of PLV's train part, or none."""
    unseen = {bare(row.sentence) for row in plv.rows("test")}
    parts = folds([one for one in of_plv() if bare(one.sentence) not in unseen])
    left = parts[fold] if fold is not None else []
    own = [one for one in ours() if bare(one.sentence) not in unseen] if with_ours else []
    return [one for at, part in enumerate(parts) if at != fold for one in part] + own, left


def swapped(examples: Sequence[Example], share: float, luck: random.Random) -> Iterator[Example]:
    """Examples of which some have the source of another one: who acts tells little of what is done."""
    for one in examples:
        apart = one.source[1] <= one.target[0] or one.target[1] <= one.source[0]
        if not apart or luck.random() >= share:
            yield one
            continue
        other = luck.choice(examples)
        words = other.sentence[slice(*other.source)]
        yield with_source(one, words[0].upper() + words[1:] if one.source[0] == 0 else words)


def with_source(one: Example, words: str) -> Example:
    """An example with other words for its source."""
    first, last = one.source
    moved = len(words) - (last - first)
    target = one.target if one.target[1] <= first else (one.target[0] + moved, one.target[1] + moved)
    sentence = one.sentence[:first] + words + one.sentence[last:]
    return replace(one, sentence=sentence, source=(first, first + len(words)), target=target)
