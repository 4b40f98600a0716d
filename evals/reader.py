"""The English reader measured on a treebank: tags, lemmas, trees; from raw text words and sentences too.

    python -m evals.reader --treebank FILE.conllu [--treebank FILE ...] [--raw] [--json]

``upos``, ``lemma``, ``uas`` (right heads) and ``las`` (heads whose relation is right as well, without subtypes) as
fractions: of gold words; or with ``--raw`` as the F1 of the CoNLL 2018 shared task (evals/conll18.py) from the raw
text, a paragraph at a time, with ``tokens``, ``words`` and ``sentences`` besides.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from evals import conll18
from evals.conll18 import GoldSentence, SystemSentence, SystemWord

from dragoman.language import english, network
from dragoman.types import Analysis, Text

LOAD = 64  # sentences read at a time: what a long article has


def bare(name: str) -> str:
    """A tag without its form, a relation without its subtype."""
    return name.partition(":")[0]


def whole(forms: Sequence[Sequence[str]]) -> list[tuple[list[str], list[str], list[int], list[str]]]:
    """Tags, lemmas, heads and relations of sentences that follow each other; overlong ones are read in parts, whose
    roots hang on the first part's.
    """
    model = network.load()
    ranges = [list(english.runs(model, words)) for words in forms]
    parts = [words[a:b] for words, cuts in zip(forms, ranges, strict=True) for a, b in cuts]
    read = iter(english.read(model, parts))
    out = []
    for cuts in ranges:
        tags, lemmas, heads, relations = list[str](), list[str](), list[int](), list[str]()
        for begin, _ in cuts:
            part = next(read)
            top = heads.index(-1) if begin else -1
            tags += part.tags
            lemmas += part.lemmas
            heads += [head + begin if head >= 0 else top for head in part.heads]
            relations += part.relations
        out.append((tags, lemmas, heads, relations))
    return out


def gold_words(gold: Sequence[GoldSentence]) -> dict[str, float]:
    """Accuracy of tags, lemmas, heads and labelled heads, from gold words."""
    right = dict.fromkeys(("upos", "lemma", "uas", "las"), 0)
    count = 0
    for at in range(0, len(gold), LOAD):
        words = [[word for token in one.tokens for word in token.words] for one in gold[at : at + LOAD]]
        found = whole([[word.form for word in one] for one in words])
        for one, (tags, lemmas, heads, relations) in zip(words, found, strict=True):
            count += len(one)
            for word, tag, lemma, head, relation in zip(one, tags, lemmas, heads, relations, strict=True):
                right["upos"] += word.upos == bare(tag)
                right["lemma"] += word.lemma in ("_", lemma)
                right["uas"] += word.head == head
                right["las"] += word.head == head and bare(word.relation) == bare(relation)
    return {name: hits / max(1, count) for name, hits in right.items()}


def system(read: Analysis) -> list[SystemSentence]:
    """An analysis as the scorer takes it."""
    out = []
    for first, end in read.sentences:
        words = tuple(
            SystemWord(
                token.start, token.end, token.form, token.lemma, bare(token.tag),
                token.head - first if token.head >= 0 else -1, token.relation,
            )
            for token in read.tokens[first:end]
        )  # fmt: skip
        out.append(SystemSentence(words))
    return out


def raw_words(gold: Sequence[GoldSentence]) -> dict[str, float]:
    """The figures of CoNLL 2018 from raw paragraphs."""
    readings = [system(english.analyse(Text("", text))) for text in conll18.raw_texts(gold)]
    return conll18.score(gold, conll18.counted(gold, readings))


def main() -> int:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--treebank", type=Path, action="append", required=True)
    arguments.add_argument("--raw", action="store_true", help="from raw text instead of gold words")
    arguments.add_argument("--json", action="store_true", help="one JSON object")
    options = arguments.parse_args()
    for path in options.treebank:
        if not path.is_file():
            sys.stderr.write(f"{path}: no such file\n")
            return 2
    gold = [sentence for path in options.treebank for sentence in conll18.read(path.read_text(encoding="utf-8"))]
    figures = raw_words(gold) if options.raw else gold_words(gold)
    rounded = {name: round(value, 5) for name, value in figures.items()}
    print(json.dumps(rounded) if options.json else "\n".join(f"{name}: {value}" for name, value in rounded.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
