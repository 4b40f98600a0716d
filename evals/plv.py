"""What relation a sentence tells of between two parties that are given: PLOVER roots, the test sentences of PLV.

    python -m evals.plv [--errors N] [--json]

1,033 sentences with source and target marked; CONCEDE and RETREAT are one root, YIELD, as in the corpus. ``root``:
macro-F1 over the 15 roots; ``quad``: over the four quad classes; ``binary``: over cooperation and conflict; the same
over the 696 sentences that are not examples of the CAMEO manual (``..._unseen``), and the share of right roots.
Published: zero-shot RoBERTa-large .824, .896, .964; dictionary coding .43, .60, .75 (shared/FIELD.md).
"""

import argparse
import csv
import functools
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from evals import bench

from dragoman.language import relation

FOLDER = bench.SHARED / "data" / "plv"
QUADS = {
    "verbal cooperation": ("AGREE", "CONSULT", "SUPPORT"),
    "material cooperation": ("COOPERATE", "AID", "YIELD"),
    "verbal conflict": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "material conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
MARKS = ("<s>", "</s>", "<t>", "</t>")


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with its source and target, [first, last) code points, and the root between them."""

    id: str
    sentence: str
    source: tuple[int, int]
    target: tuple[int, int]
    root: str


def rows(part: str) -> list[Row]:
    """The sentences of "train" or "test"; raises FileNotFoundError without ../shared."""
    found = []
    with (FOLDER / f"PLV_{part}.tsv").open(encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t")):
            sentence, places = unmarked(row["marked_sentence"])
            source, target = (
                places.get(mark) or standing(sentence, row[side]) for mark, side in (("s", "source"), ("t", "target"))
            )
            either = source or target  # "an actor", "a recipient": the other side is all that is named
            assert either is not None
            found.append(Row(f"plv-{part}-{number}", sentence, source or either, target or either, row["gold_root"]))
    return found


def unmarked(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """A sentence without its marks, and where what is first marked "s" and "t" stands in it."""
    places, plain = dict[str, int](), marked
    while found := [(plain.find(mark), mark) for mark in MARKS if mark in plain]:
        at, mark = min(found)
        places.setdefault(mark, at)
        plain = plain[:at] + plain[at + len(mark) :]
    return plain, {side: (places[f"<{side}>"], places[f"</{side}>"]) for side in ("s", "t") if f"<{side}>" in places}


def standing(sentence: str, words: str) -> tuple[int, int] | None:
    """Where words first stand in a sentence."""
    at = sentence.find(words)
    return (at, at + len(words)) if at >= 0 else None


@functools.cache
def manual() -> frozenset[str]:
    """The test sentences that are examples of the CAMEO manual."""
    return frozenset(json.loads((FOLDER / "in_cameo_manual.json").read_text(encoding="utf-8")))


def guess(row: Row) -> str:
    """The likeliest root between source and target."""
    found = relation.shares(row.sentence, row.source, row.target)
    return max(sorted(found), key=lambda root: found[root])


def macro(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean of the F1 of each class that the gold has."""
    scores = []
    for name in sorted({gold for gold, _ in pairs}):
        hits = sum(gold == said == name for gold, said in pairs)
        marked = sum(gold == name for gold, _ in pairs) + sum(said == name for _, said in pairs)
        scores.append(2 * hits / marked if marked else 0.0)
    return sum(scores) / len(scores)


def quad(root: str) -> str:
    """The quad class of a root."""
    return next(name for name, roots in QUADS.items() if root in roots)


def figures(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """The figures of (gold root, guessed root) pairs."""
    return {
        "root": macro(pairs),
        "accuracy": sum(gold == said for gold, said in pairs) / len(pairs),
        "quad": macro([(quad(gold), quad(said)) for gold, said in pairs]),
        "binary": macro([(quad(gold).split()[1], quad(said).split()[1]) for gold, said in pairs]),
    }


def measure(errors: int = 0) -> dict[str, float]:
    """All figures over the test sentences; prints some of the errors."""
    found = [(row, guess(row)) for row in rows("test")]
    for row, said in [pair for pair in found if pair[1] != pair[0].root][:errors]:
        source, target = (row.sentence[first:last] for first, last in (row.source, row.target))
        print(f"{row.root} not {said}: [{source}] [{target}] {row.sentence}")
    unseen = [(row.root, said) for row, said in found if row.sentence not in manual()]
    return {
        **figures([(row.root, said) for row, said in found]),
        **{f"{name}_unseen": value for name, value in figures(unseen).items()},
    }


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    if not FOLDER.exists():
        sys.stderr.write(f"{FOLDER} is absent: nothing is measured\n")
        return 0
    found = measure(chosen.errors)
    if chosen.json:
        print(json.dumps({name: round(value, 4) for name, value in found.items()}))
    else:
        print("\n".join(f"{name:16} {value:.3f}" for name, value in found.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
