"""Reads CoNLL-U treebanks: forms, lemmas, tags, heads and the text. Shared by evals and train; knows no model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
# The genres of GUM whose texts may go into a model that is shipped (../shared/DATASETS.md); GUM's Reddit texts are
# masked with underscores in the public release and are left out everywhere
SHIPPED = ("academic", "bio", "conversation", "court", "interview", "news", "speech", "voyage")
MASKED = "reddit"


@dataclass(frozen=True, slots=True)
class Row:
    """One syntactic word: ``tag`` is UPOS:XPOS, ``head`` counts from 0, -1 is the root."""

    form: str
    lemma: str
    tag: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its words, its raw text, whether it begins a paragraph."""

    rows: tuple[Row, ...]
    text: str
    first: bool


def sentence(block: str) -> Sentence:
    """A sentence of its CoNLL-U lines; ranges and empty nodes are passed over."""
    rows = []
    for line in block.split("\n"):
        cells = line.split("\t")
        if cells[0].isdigit():
            rows.append(Row(cells[1], cells[2], f"{cells[3]}:{cells[4]}", int(cells[6]) - 1, cells[7]))
    text = re.search(r"^# text = (.*)$", block, re.MULTILINE)
    return Sentence(
        tuple(rows), text.group(1) if text else "", bool(re.search(r"^# new(?:par|doc)", block, re.MULTILINE))
    )


def read(path: Path) -> list[Sentence]:
    """The sentences of a file."""
    return [sentence(block) for block in path.read_text(encoding="utf-8").strip().split("\n\n")]


def ewt(part: str) -> list[Sentence]:
    """UD English EWT: "train", "dev" or "test"."""
    return read(SHARED / "ud_ewt" / f"en_ewt-ud-{part}.conllu")


def gum_names(part: str, genres: Sequence[str] = ()) -> list[str]:
    """The documents of a part of GUM by its own splits, of these genres (none given: of all that are not masked)."""
    sections = re.split(r"^## (\w+)$", (SHARED / "gum" / "splits.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    listed = dict(zip(sections[1::2], sections[2::2], strict=True))
    names = [name for name in re.findall(r"GUM_\w+", listed[part]) if name.split("_")[1] != MASKED]
    return [name for name in names if not genres or name.split("_")[1] in genres]


def gum(part: str, genres: Sequence[str] = ()) -> list[Sentence]:
    """The sentences of a part of GUM, as :func:`gum_names` chooses its documents."""
    return [found for name in gum_names(part, genres) for found in read(SHARED / "gum" / "dep" / f"{name}.conllu")]
