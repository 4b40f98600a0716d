"""The English reader measured on a treebank: tags, lemmas, trees, words and sentences.

    python -m evals.reader --treebank FILE.conllu [--treebank FILE ...] [--raw] [--json]

From gold words, or with ``--raw`` from raw text as well: each paragraph is read as one text, and words, tags and
lemmas count as right where the word has exactly the gold word's characters (F1 of CoNLL 2018, without multi-word
tokens). Tags are compared without the form after the colon. Trees are from gold words and the reader's own tags:
``uas`` counts right heads, ``las`` heads whose relation is right as well (without subtypes, as CoNLL 2018 counts them).
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals import treebank
from evals.treebank import Sentence

from dragoman.language import english, lemmas, parser, tagger
from dragoman.types import Text


@dataclass(slots=True)
class Tally:
    """Right ones, gold ones and found ones."""

    right: int = 0
    gold: int = 0
    found: int = 0

    def percent(self) -> float:
        """F1 in percent; accuracy where gold and found are as many."""
        return round(200 * self.right / max(1, self.gold + self.found), 2)


def upos(tag: str) -> str:
    """A tag without its form."""
    return tag.partition(":")[0]


def gold_words(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Accuracy of tags, of tags with their forms, of lemmas, of heads and of heads with relations, from gold words."""
    model, trees = tagger.load(), parser.load()
    tallies = {name: Tally() for name in ("upos", "upos_forms", "lemma", "uas", "las")}
    for sentence in sentences:
        words = [row.form for row in sentence.rows]
        given = model.tag(words)
        arcs = zip(*trees.parse(words, [tagger.output(tag) for tag in given]), strict=True)
        for row, tag, (head, relation) in zip(sentence.rows, given, arcs, strict=True):
            same = head == row.head
            right = {
                "upos": upos(row.tag) == upos(tag),
                "upos_forms": tagger.output(row.tag) == tagger.output(tag),
                "lemma": row.lemma in ("_", lemmas.lemma(row.form, tag, model.lemmas)),
                "uas": same,
                "las": same and relation.partition(":")[0] == row.relation.partition(":")[0],
            }
            for name, tally in tallies.items():
                tally.gold, tally.found, tally.right = tally.gold + 1, tally.found + 1, tally.right + right[name]
    return {name: tally.percent() for name, tally in tallies.items()}


def raw_words(sentences: Sequence[Sentence]) -> dict[str, float]:
    """F1 of words, sentences, tags and lemmas from raw paragraphs."""
    words, ends, tags, bases = Tally(), Tally(), Tally(), Tally()
    for paragraph in treebank.paragraphs(sentences):
        gold: dict[tuple[int, int], tuple[str, str]] = {}
        last: set[int] = set()
        content = ""
        for sentence in paragraph:
            at = len(content)
            spans = [(start + at, end + at) for start, end in treebank.spans(sentence)]
            gold.update(zip(spans, ((upos(row.tag), row.lemma) for row in sentence.rows), strict=True))
            last.add(spans[-1][1])
            content += sentence.text + " "
        read = english.analyse(Text("", content))
        found = {(token.start, token.end): (upos(token.tag), token.lemma) for token in read.tokens}
        stops = {read.tokens[end - 1].end for _, end in read.sentences}
        both = gold.keys() & found.keys()
        for tally in (words, tags, bases):
            tally.gold += len(gold)
            tally.found += len(found)
        words.right += len(both)
        tags.right += sum(gold[span][0] == found[span][0] for span in both)
        bases.right += sum(gold[span][1] in ("_", found[span][1]) for span in both)
        ends.gold, ends.found, ends.right = (
            ends.gold + len(last),
            ends.found + len(stops),
            ends.right + len(last & stops),
        )
    return {
        "tokens": words.percent(),
        "sentences": ends.percent(),
        "raw_upos": tags.percent(),
        "raw_lemma": bases.percent(),
    }


def main() -> int:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--treebank", type=Path, action="append", required=True)
    arguments.add_argument("--raw", action="store_true", help="also from raw text")
    arguments.add_argument("--json", action="store_true", help="one JSON object")
    options = arguments.parse_args()
    for path in options.treebank:
        if not path.is_file():
            sys.stderr.write(f"{path}: no such file\n")
            return 2
    sentences = [sentence for path in options.treebank for sentence in treebank.read(path)]
    figures: dict[str, Any] = {**gold_words(sentences), **(raw_words(sentences) if options.raw else {})}
    print(json.dumps(figures) if options.json else "\n".join(f"{name}: {value}" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
