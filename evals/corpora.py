"""Corpora of names, mentions and chains in ../shared/data, as sentences of words with typed spans. Knows no model.

A span is (first word, last word) of its sentence, a layer a sentence's spans with their types, or what stands for a
type in that corpus. Which of them a shipped model may learn from: ../shared/DATASETS.md. Treebanks: evals/treebank.py.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals import treebank
from evals.treebank import SHARED

from dragoman.language import sentences, tokens

Span = tuple[int, int]
Layer = dict[Span, str]
Labelled = tuple[list[tuple[str, ...]], list[Layer]]  # sentences and a layer of each
RE3D = [
    "Organisation",
    "Location",
    "Person",
    "Temporal",
    "Nationality",
    "Quantity",
    "Weapon",
    "Vehicle",
    "MilitaryPlatform",
    "DocumentReference",
    "Money",
]
# Every n-th document of re3d, by the number that its id is, is kept for measuring
HELD_OUT = 5


def bio(labels: Sequence[str]) -> Iterator[tuple[Span, str]]:
    """The spans of BIO or BIOES labels."""
    start = -1
    for at, label in enumerate([*labels, "O"]):
        if start >= 0 and not label.startswith(("I-", "E-")):
            yield (start, at - 1), labels[start][2:]
            start = -1
        if label.startswith(("B-", "S-")):
            start = at


def by_document(found: Iterable[tuple[bool, tuple[str, ...], Layer]]) -> list[Labelled]:
    """Sentences by document; each is given with whether it begins one."""
    out: list[Labelled] = []
    for first, forms, layer in found:
        if first or not out:
            out.append(([], []))
        out[-1][0].append(forms)
        out[-1][1].append(layer)
    return out


def uner(part: str) -> list[Labelled]:
    """UNER's names on EWT, by document. Its sentences are not in the order of the treebank's parts."""
    text = (SHARED / "uner_ewt" / f"en_ewt-ud-{part}.iob2").read_text(encoding="utf-8")
    found = []
    for block in text.strip().split("\n\n"):
        cells = [row for line in block.split("\n") if (row := line.split("\t"))[0].isdigit()]
        forms = tuple(row[1] for row in cells)
        found.append(("# newdoc" in block, forms, dict(bio([row[2] for row in cells]))))
    return by_document(found)


def politics(part: str) -> list[Labelled]:
    """CrossNER's politics; each sentence is a document."""
    path = SHARED / "crossner" / "ner_data" / "politics" / f"{part}.txt"
    found = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        cells = [line.split() for line in block.split("\n") if line.strip()]
        found.append((True, tuple(cell[0] for cell in cells), dict(bio([cell[1] for cell in cells]))))
    return by_document(found)


def newswire(path: Path) -> Labelled:
    """A document of ww_newswire: outermost names, without the line of its address."""
    found: Labelled = ([], [])
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        cells = [cell for line in block.split("\n") if len(cell := line.split("\t")) > 1 and cell[0].strip()]
        if cells and not cells[0][0].startswith("http"):
            found[0].append(tuple(cell[0] for cell in cells))
            found[1].append(dict(bio([cell[1] for cell in cells])))
    return found


def read(text: str) -> Iterator[list[Span]]:
    """The sentences of a text as spans of its words, as the reader cuts them."""
    for first, last in sentences.split(text, 0, len(text)):
        words = list(tokens.split(text, first, last))
        if words:
            yield words


def placed(words: Sequence[Span], spans: Iterable[tuple[int, int, str]]) -> Layer:
    """Spans of characters as spans of words; those that begin or end inside a word reach over it."""
    out = {}
    for start, end, kind in spans:
        inside = [at for at, (a, b) in enumerate(words) if a < end and b > start]
        if inside:
            out[inside[0], inside[-1]] = kind
    return out


def re3d() -> dict[str, Labelled]:
    """re3d by document: its entities of the types kept."""
    out: dict[str, Labelled] = {}
    for folder in sorted(path for path in (SHARED / "re3d").iterdir() if path.is_dir()):
        spans = defaultdict(list)
        for line in (folder / "entities.json").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["type"] in RE3D:
                spans[row["documentId"]].append((row["begin"], row["end"], row["type"]))
        for line in (folder / "documents.json").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row["text"]
            cut = list(read(text))
            out[row["_id"]] = (
                [tuple(text[a:b] for a, b in words) for words in cut],
                [placed(words, spans[row["_id"]]) for words in cut],
            )
    return out


def held_out(name: str) -> bool:
    """Whether a document of re3d is kept for measuring: every fifth by the number that its id is."""
    return int(name, 16) % HELD_OUT == 0


@dataclass(frozen=True, slots=True)
class Gum:
    """A document of GUM: its sentences, their mentions, and the chains of OntoGUM by span; words counted through."""

    sentences: list[treebank.Sentence]
    mentions: list[Layer]
    linked: dict[Span, int]

    def chains(self) -> list[set[Span]]:
        """The chains of two mentions or more."""
        members: defaultdict[int, set[Span]] = defaultdict(set)
        for span, chain in self.linked.items():
            members[chain].add(span)
        return [spans for spans in members.values() if len(spans) > 1]


def brackets(block: str) -> Layer:
    """The mentions that lie in one sentence of GUM, from the bracketing in its MISC column."""
    found: Layer = {}
    begun: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    words = [cells for line in block.split("\n") if (cells := line.split("\t"))[0].isdigit()]
    for at, cells in enumerate(words):
        marked = re.search(r"Entity=([^|]*)", cells[9])
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", marked.group(1)) if marked else ():
            number, kind = [*part.strip("()").split("-"), ""][:2]
            if part[0] == "(":
                begun[number].append((at, kind))
            if part[-1] == ")" and begun[number]:
                start, kind = begun[number].pop()
                found[start, at] = kind
    return found


def chained(name: str) -> dict[Span, int]:
    """The chains of a document of OntoGUM by span."""
    begun: defaultdict[str, list[int]] = defaultdict(list)
    found: dict[Span, int] = {}
    at = 0
    path = SHARED / "gum" / "coref" / "ontogum" / "conll" / f"{name}.conll"
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#") or not line.strip():
            continue
        for part in re.findall(r"\(\d+\)?|\d+\)", line.split("\t")[2]):
            number = part.strip("()")
            if part[0] == "(":
                begun[number].append(at)
            if part[-1] == ")":
                found[begun[number].pop(), at] = int(number)
        at += 1
    return found


def gum(name: str) -> Gum:
    """A document of GUM by its name."""
    blocks = (SHARED / "gum" / "dep" / f"{name}.conllu").read_text(encoding="utf-8").strip().split("\n\n")
    return Gum([treebank.sentence(block) for block in blocks], [brackets(block) for block in blocks], chained(name))
