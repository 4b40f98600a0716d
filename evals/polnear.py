"""Who says what, all of it: source, cue and content of every attribution, measured on PolNeAR's political news.

    python -m evals.polnear [--split dev|train] [--items N] [--errors N] [--json] [--cache FOLDER]

``dragoman.claims.attributions`` on ../shared/data/polnear (Newell, Margolin and Ruths, LREC 2018), dev by default.
Nothing is trained on it, and no list was made of its words; misses in train were read to mend rules and a few rows of
the table (verbs that go on quoting, objects of "explain"), dev is only measured. An article annotated twice counts
once, by the annotator whose id sorts first. PolNeAR gives a word one part in one attribution and marks the outermost
only, hardly ever one in quoted words (5 of 3,381 in 150 articles of train): so attributions whose cue stands in the
content of another, or in quoted words, are left out here. Punctuation and the "'s" of an owner are not compared. For
source, cue and content:

``words``     F1 over words labelled with the part: a tag sequence compared word by word
``overlap``   F1 over spans (all stretches of a part together), one to one, that share a word
``exact``     the same, with exactly the same words

and ``attribution``: cue, content and source all overlap (or neither names a source). The last line has the F1 quoted
for a tagger on a base-size BERT trained on this corpus: 83, 75, 73. Their paper was not found: neither the order of the
three, nor the split, nor the way of counting is certain, so they are no rank. Since word by word our content lies above
theirs and our source and cue below, they may well be of spans.
"""

import argparse
import bisect
import datetime as dt
import json
import pickle
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from evals.treebank import SHARED

from dragoman import ground, knowledge, mentions
from dragoman.claims import lexicon
from dragoman.claims.attributions import Attribution, attributions
from dragoman.claims.quotations import quotations
from dragoman.claims.tree import Tree
from dragoman.ids import sha256
from dragoman.language import english
from dragoman.types import Analysis, Grounded, Report, Span, Text

POLNEAR = SHARED / "polnear"
OWNER = ("'s", "’s")  # stands in the source in two of three cases, in the cue in the third
PARTS = ("source", "cue", "content")
# As quoted; unverified, see above
PUBLISHED = {"source": 0.83, "cue": 0.75, "content": 0.73}
Range = tuple[int, int]
Parts = Mapping[str, frozenset[int]]  # part -> the words (token numbers, punctuation left out)
Counts = dict[str, Counter[str]]  # figure -> right, gold, found


def annotated(split: str) -> Iterator[tuple[str, Path, Path]]:
    """Name, text and one annotation of each article of a split."""
    annotations: dict[str, Path] = {}
    for path in sorted((POLNEAR / split / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem.rpartition("_")[0], path)
    for name, path in sorted(annotations.items()):
        yield name, POLNEAR / split / "text" / f"{name}.txt", path


def gold(path: Path) -> tuple[list[dict[str, list[Range]]], list[Range]]:
    """The attributions of a brat file, each part as character ranges, and what the annotators set aside."""
    spans: dict[str, list[Range]] = {}
    aside: list[Range] = []
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"(T\d+)\t(\w+) ([\d ;]+)", line):
            key, kind, ranges = match.groups()
            spans[key] = [(int(start), int(end)) for start, end in re.findall(r"(\d+) (\d+)", ranges)]
            aside += spans[key] if kind == "Discard" else []
        elif re.match(r"E\d+\t", line):
            parts: dict[str, list[Range]] = {}
            for role, _, target in (pair.partition(":") for pair in line.partition("\t")[2].split()):
                parts.setdefault(re.sub(r"\d", "", role).lower(), []).extend(spans.get(target, []))
            found.append(parts)
    return found, aside


def read(content: str, day: dt.date, cache: Path | None) -> tuple[Analysis, Grounded]:
    """A text analysed and grounded as the coder does it; kept in ``cache`` where one is given."""
    text = Text(sha256(content), content)
    kept = cache / f"{text.id}.pickle" if cache else None
    if kept and kept.exists():
        analysis, grounded = pickle.loads(kept.read_bytes())
        return analysis, grounded
    known = knowledge.load()
    analysis = english.analyse(text)
    report = Report("r", text.id, "d", published=day, language="en")
    grounded = ground.ground(report, analysis, mentions.find(analysis, known), known)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps((analysis, grounded)))
    return analysis, grounded


def words_of(tree: Tree, ranges: Iterable[Range]) -> frozenset[int]:
    """The words that character ranges touch."""
    found: set[int] = set()
    for start, end in ranges:
        first = bisect.bisect_right(tree.tokens, start, key=lambda token: token.end)
        last = bisect.bisect_left(tree.tokens, end, key=lambda token: token.start)
        found.update(at for at in range(first, last) if tree.tag(at) != "PUNCT" and tree.tokens[at].form not in OWNER)
    return frozenset(found)


def as_words(tree: Tree, one: Attribution) -> Parts:
    """An attribution's parts as words."""
    parts: dict[str, tuple[Span, ...]] = {"source": one.source, "cue": one.cue, "content": one.content}
    return {part: words_of(tree, [(span.start, span.end) for span in spans]) for part, spans in parts.items()}


def outermost(found: Sequence[Parts], quoted: frozenset[int]) -> list[Parts]:
    """Attributions that are in no quoted words, and whose cue is not in the content of another (unless both are)."""

    def inside(one: Parts, other: Parts) -> bool:
        return bool(one["cue"] & other["content"]) and not other["cue"] & one["content"]

    own = [one for one in found if not one["cue"] & quoted]
    return [one for one in own if not any(inside(one, other) for other in own if other is not one)]


def pairs(left: Sequence[Parts], right: Sequence[Parts], same: Callable[[Parts, Parts], int]) -> list[tuple[int, int]]:
    """One-to-one pairs of what is the same, most words in common first."""
    scored = [(same(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)]
    taken: tuple[set[int], set[int]] = (set(), set())
    chosen = []
    for score, i, j in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if score and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            chosen.append((i, j))
    return chosen


def whole(a: Parts, b: Parts) -> int:
    """Words in common of two attributions that agree in cue, content and source; 0 where they do not."""
    if not a["cue"] & b["cue"] or not a["content"] & b["content"]:
        return 0
    if not (a["source"] & b["source"] or not (a["source"] or b["source"])):
        return 0
    return sum(len(a[part] & b[part]) for part in PARTS)


def compare(gold_: Sequence[Parts], found: Sequence[Parts]) -> Counts:
    """What agrees in one article."""
    counts: Counts = {}
    for part in PARTS:
        labelled = [{at for one in side for at in one[part]} for side in (gold_, found)]
        counts[f"{part} words"] = tally(len(labelled[0] & labelled[1]), len(labelled[0]), len(labelled[1]))
        ours, theirs = [one for one in found if one[part]], [one for one in gold_ if one[part]]
        shared = pairs(theirs, ours, lambda a, b, part=part: len(a[part] & b[part]))  # type: ignore[misc]
        equal = pairs(theirs, ours, lambda a, b, part=part: int(a[part] == b[part]))  # type: ignore[misc]
        counts[f"{part} overlap"] = tally(len(shared), len(theirs), len(ours))
        counts[f"{part} exact"] = tally(len(equal), len(theirs), len(ours))
    counts["attribution"] = tally(len(pairs(gold_, found, whole)), len(gold_), len(found))
    return counts


def tally(right: int, gold_: int, found: int) -> Counter[str]:
    """Counts by name."""
    return Counter(right=right, gold=gold_, found=found)


def prf(count: Counter[str]) -> dict[str, float]:
    """Precision, recall and F1 of counts."""
    right, gold_, found = count["right"], count["gold"], count["found"]
    return {
        "p": right / found if found else 0.0,
        "r": right / gold_ if gold_ else 0.0,
        "f1": 2 * right / (gold_ + found) if gold_ + found else 0.0,
    }


def sides(tree: Tree, annotation: Path) -> tuple[list[Parts], list[Parts]]:
    """Gold and found attributions of a text, without those that gold has no cue for or stand in what was set aside."""
    told, aside = gold(annotation)
    gold_ = [{part: words_of(tree, one.get(part, [])) for part in PARTS} for one in told]
    quoted = frozenset(at for quote in quotations(tree) for at in quote)
    found = outermost([as_words(tree, one) for one in attributions(tree, lexicon.load())], quoted)
    left_out = words_of(tree, aside)
    return [one for one in gold_ if one["cue"]], [one for one in found if not one["cue"] & left_out]


def articles(split: str, items: int, cache: Path | None) -> Iterator[tuple[Tree, list[Parts], list[Parts]]]:
    """Tree, gold and found attributions of each article."""
    for number, (name, text, annotation) in enumerate(annotated(split)):
        if items and number >= items:
            return
        content = text.read_bytes().decode("utf-8")
        tree = Tree(*read(content, dt.date.fromisoformat(name.split("_")[1]), cache))
        yield tree, *sides(tree, annotation)


def shown(tree: Tree, one: Parts) -> str:
    """An attribution in one line."""
    texts = {part: " ".join(tree.tokens[at].form for at in sorted(one[part])) for part in PARTS}
    return f"[{texts['source']}] <{texts['cue']}> {texts['content'][:100]}"


def errors(tree: Tree, gold_: Sequence[Parts], found: Sequence[Parts]) -> Iterator[str]:
    """What was missed and what was made up."""
    agreed = pairs(gold_, found, whole)
    for title, side, hit in (("missed", gold_, {i for i, _ in agreed}), ("spurious", found, {j for _, j in agreed})):
        yield from (f"{title}: {shown(tree, one)}" for at, one in enumerate(side) if at not in hit)


def table(figures: Mapping[str, Mapping[str, float]]) -> str:
    """The figures as lines, and what was published."""
    lines = [f"  {name:16} P {row['p']:.3f} R {row['r']:.3f} F1 {row['f1']:.3f}" for name, row in figures.items()]
    beside = " ".join(f"{part} {value:.2f}" for part, value in PUBLISHED.items())
    return "\n".join([*lines, f"  published F1, counted we do not know how: {beside}"])


def main() -> int:
    """Measure and print."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--split", default="dev", choices=("dev", "train"))
    args.add_argument("--items", type=int, default=0, metavar="N", help="the first N articles only")
    args.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N misses")
    args.add_argument("--json", action="store_true", help="one JSON object")
    args.add_argument("--cache", type=Path, metavar="FOLDER", help="keep read texts here, for another run")
    options = args.parse_args()
    if not (POLNEAR / options.split).is_dir():
        print(f"evals.polnear: no {options.split} articles: looked for ../shared/data/polnear", file=sys.stderr)
        return 2
    total: Counts = {}
    misses: list[str] = []
    read_ = 0
    for tree, gold_, found in articles(options.split, options.items, options.cache):
        read_ += 1
        for name, count in compare(gold_, found).items():
            total.setdefault(name, Counter()).update(count)
        misses += errors(tree, gold_, found)
    figures = {name: {key: round(value, 4) for key, value in prf(count).items()} for name, count in total.items()}
    if options.json:
        print(json.dumps({"split": options.split, "articles": read_, **figures}))
        return 0
    attributed = total["attribution"]
    print(f"{options.split}: {read_} articles, {attributed['gold']} attributions, {attributed['found']} found")
    print(table(figures))
    print("\n".join(misses[: options.errors]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
