"""Learns the rules of dragoman.language.lemmas: per tag, what to cut and put for an ending.

From a treebank's words, and from the verbs and irregular plurals of resources/language, whether it has them or not.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from dragoman.language.lemmas import ENDING, apply, key

Op = tuple[int, str]
# A rule for an ending must hold this often, and a rule for a whole word once
LEAST = 2
TABLES = Path(__file__).resolve().parent.parent / "resources" / "language"
# How often a word of the tables counts: more than its misreadings in the treebanks
LISTED = 1000


def operation(text: str, lemma: str) -> Op:
    """How many characters to cut from ``text`` and what to put to have ``lemma``."""
    same = 0
    while same < min(len(text), len(lemma)) and text[same] == lemma[same]:
        same += 1
    return len(text) - same, lemma[same:]


def endings(text: str) -> list[str]:
    """Its endings from none to the whole word, marked."""
    marked = "^" + text.lower()
    return ["", *(marked[-size:] for size in range(1, min(ENDING, len(text)) + 1)), marked]


def common(counts: Counter[Op]) -> tuple[Op, int]:
    """The commonest operation, of equal ones the smaller, and how often."""
    best = min(counts, key=lambda op: (-counts[op], op))
    return best, counts[best]


def prune(table: Mapping[str, Counter[Op]]) -> dict[str, Op]:
    """Only the endings whose operation is not that of the next shorter one kept."""
    kept: dict[str, Op] = {}
    for ending in sorted(table, key=lambda ending: (len(ending), ending)):
        op, often = common(table[ending])
        body = ending.removeprefix("^")
        shorter = [body[-size:] for size in range(min(ENDING, len(body)), 0, -1)] if ending else []
        above = next((kept[part] for part in [*shorter, ""] if part in kept and part != ending), None)
        if op != above and (ending.startswith("^") or often >= LEAST or not ending):
            kept[ending] = op
    return kept


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of resources/language."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed() -> Iterator[tuple[str, str, str]]:
    """The (form, tag, lemma) that the tables give."""
    for row in rows("irregular_verbs"):
        yield row["past"], "VERB:VBD", row["lemma"]
        yield row["participle"], "VERB:VBN", row["lemma"]
    for row in rows("doubled_verbs"):
        for ending, tags in (("ed", ("VERB:VBD", "VERB:VBN")), ("ing", ("VERB:VBG",))):
            for tag in tags:
                yield row["lemma"] + ending, tag, row["lemma"]
    for row in rows("regular_verbs"):
        yield row["past"], "VERB:VBD", row["lemma"]
        yield row["past"], "VERB:VBN", row["lemma"]
        yield row["gerund"], "VERB:VBG", row["lemma"]
    for row in rows("irregular_plurals"):
        yield row["plural"], "NOUN:NNS", row["singular"]


def learn(words: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, Op]]:
    """Rules by tag from (form, tag, lemma) and the tables."""
    tables: dict[str, dict[str, Counter[Op]]] = defaultdict(lambda: defaultdict(Counter))
    for form, tag, lemma in words:
        text = key(form, tag)
        if not lemma or lemma == "_":
            continue
        op = operation(text, lemma)
        if apply(text, op) != lemma:
            continue
        for ending in endings(text):
            tables[tag][ending][op] += 1
    for form, tag, lemma in listed():
        tables[tag]["^" + form][operation(form, lemma)] += LISTED
    return {tag: prune(table) for tag, table in sorted(tables.items())}
