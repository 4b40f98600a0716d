"""What the reader learns from: treebanks, mentions, chains and names as sentences with labels, each layer or None.

A sentence without a layer's labels says nothing of it, and is passed over in that layer's loss. Names of several
corpora meet in one set of types: a coarser label stands for the set of ours it may be, and a type that a corpus does
not label may lie anywhere in it. Which corpora a shipped model may learn from: ../shared/DATASETS.md.

Our own labels (train/labels: names of news items, trees of their headlines or of their ledes) are tables of item,
first and last character (of title, two newlines, lede) and label; they hold no word of the items.
"""

import csv
import functools
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals import corpora, treebank
from evals.corpora import RE3D, SHARED, Span

from dragoman.language import tokens

LABELS = Path(__file__).resolve().parent / "labels"
NAMES = [
    "PERSON",
    "ORGANISATION",
    "STATE",
    "GROUP",
    "PLACE",
    "FACILITY",
    "TIME",
    "EVENT",
    "TITLE",
    "WEAPON",
    "QUANTITY",
    "OTHER",
]
MENTIONS = ["abstract", "animal", "event", "object", "organization", "person", "place", "plant", "substance", "time"]
__all__ = ["MENTIONS", "NAMES", "RE3D"]
# Coarser labels and ours; what a corpus leaves unlabelled
POLITICS = {
    "politician": "PERSON",
    "person": "PERSON",
    "organisation": "ORGANISATION",
    "politicalparty": "ORGANISATION",
    "election": "EVENT",
    "event": "EVENT",
    "country": "STATE",
    "location": "PLACE STATE FACILITY",
    "misc": "GROUP OTHER TITLE EVENT",
}
POLITICS_FREE = frozenset(["TIME", "TITLE", "WEAPON", "QUANTITY"])
UNER = {"PER": "PERSON", "ORG": "ORGANISATION", "LOC": "PLACE STATE FACILITY"}
UNER_FREE = frozenset(["GROUP", "FACILITY", "TIME", "EVENT", "TITLE", "WEAPON", "QUANTITY", "OTHER"])


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and the layers that are labelled: rows of a tree; spans with the types they may be; chains by head."""

    forms: tuple[str, ...]
    rows: tuple[treebank.Row, ...] | None = None
    names: Mapping[Span, frozenset[str]] | None = None
    names_free: frozenset[str] = frozenset()  # types that may lie anywhere
    mentions: Mapping[Span, str] | None = None
    re3d: Mapping[Span, str] | None = None
    chains: Mapping[int, int] | None = None  # chain by head word


Document = list[Sentence]


def ewt(part: str) -> list[Document]:
    """UD English EWT, by document."""
    out: list[Document] = []
    path = SHARED / "ud_ewt" / f"en_ewt-ud-{part}.conllu"
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        if "# newdoc" in block or not out:
            out.append([])
        rows = treebank.sentence(block).rows
        out[-1].append(Sentence(tuple(row.form for row in rows), rows))
    return out


def coarse(found: corpora.Labelled, types: Mapping[str, str], free: frozenset[str]) -> Document:
    """A document of a corpus with types of its own."""
    return [
        Sentence(
            forms,
            names={span: frozenset(types[kind].split()) for span, kind in layer.items() if kind in types},
            names_free=free,
        )
        for forms, layer in zip(*found, strict=True)
    ]


def uner(part: str) -> list[Document]:
    """UNER's names on EWT."""
    return [coarse(found, UNER, UNER_FREE) for found in corpora.uner(part)]


def politics(part: str) -> list[Document]:
    """CrossNER's politics."""
    return [coarse(found, POLITICS, POLITICS_FREE) for found in corpora.politics(part)]


def head(rows: Sequence[treebank.Row], span: Span) -> int:
    """The word of a span whose head lies outside it, the first of several."""
    first, last = span
    return next((at for at in range(first, last + 1) if not first <= rows[at].head <= last), last)


def gum_document(found: corpora.Gum) -> Document:
    """A document of GUM with its mentions and chains."""
    begin, out = 0, []
    for sentence, mentions in zip(found.sentences, found.mentions, strict=True):
        rows, end = sentence.rows, begin + len(sentence.rows)
        inside = {(a - begin, b - begin): chain for (a, b), chain in found.linked.items() if begin <= a <= b < end}
        # Of mentions with one head word the longest gives its chain
        chains = {head(rows, span): inside[span] for span in sorted(inside, key=lambda span: span[1] - span[0])}
        out.append(Sentence(tuple(row.form for row in rows), rows, mentions=mentions, chains=chains))
        begin = end
    return out


def gum(part: str, genres: Sequence[str] = treebank.SHIPPED) -> list[Document]:
    """A part of GUM."""
    return [gum_document(corpora.gum(name)) for name in treebank.gum_names(part, genres)]


def re3d(*, held_out: bool) -> list[Document]:
    """re3d: the documents that are kept for measuring, or the others."""
    return [
        [Sentence(forms, re3d=layer) for forms, layer in zip(*found, strict=True)]
        for name, found in corpora.re3d().items()
        if corpora.held_out(name) == held_out
    ]


def table(path: Path) -> dict[str, list[list[str]]]:
    """The rows of a table of labels by item; empty where there is no such table."""
    out: defaultdict[str, list[list[str]]] = defaultdict(list)
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            for name, *rest in csv.reader(file, delimiter="\t"):
                out[name].append(rest)
    return out


@functools.cache
def items(path: Path) -> dict[str, dict[str, str]]:
    """News items by id."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row for row in rows}


def news(stems: Iterable[str]) -> list[Document]:
    """Our own labels on news items, file by file: names throughout, trees of some sentences."""
    out = []
    for stem in stems:
        names, trees = (table(LABELS / layer / f"{stem}.tsv") for layer in ("names", "trees"))
        topic = SHARED.parent / "bench" / "items" / "train" / f"{stem}.jsonl"
        known = items(topic if topic.is_file() else SHARED / "news2023" / "world_2023.jsonl")
        for name in dict.fromkeys((*names, *trees)):
            row = known[name]
            out.append(item(row["title"], row["lede"], names.get(name, []) if names else None, trees.get(name, [])))
    return out


def item(title: str, lede: str, names: Sequence[Sequence[str]] | None, tree: Sequence[Sequence[str]]) -> Document:
    """One item, its title as one sentence: names (start, end, type), or None where they are not labelled; trees
    (start, end, tag, head in the sentence, relation), of any of its sentences.
    """
    text = f"{title}\n\n{lede}"
    spans = [(int(start), int(end), kind) for start, end, kind in names or ()]
    rows = {int(start): (int(start), int(end), *rest) for start, end, *rest in tree}
    out = []
    body = len(title) + 2
    sentences = [[(a + body, b + body) for a, b in words] for words in corpora.read(lede)]
    for words in [list(tokens.split(text, 0, len(title))), *sentences]:
        placed = corpora.placed(words, spans)
        parsed = [rows.pop(start) for start, end in words if start in rows and rows[start][1] == end]
        forms = tuple(text[a:b] for a, b in words)
        out.append(
            Sentence(
                forms,
                tuple(
                    treebank.Row(form, "_", tag, int(above), relation)
                    for form, (_, _, tag, above, relation) in zip(forms, parsed, strict=True)
                )
                if parsed
                else None,
                names=None if names is None else {span: frozenset([kind]) for span, kind in placed.items()},
            )
        )
        if parsed and len(parsed) != len(words):
            raise ValueError(f"a labelled tree has other words than the reader's: {title[:20]!r}")
    if rows:
        raise ValueError(f"a labelled tree has words that the reader has not: {title[:20]!r}")
    return out


def stems() -> list[str]:
    """The files of our own labels."""
    return sorted({path.stem for path in LABELS.glob("*/*.tsv")})
