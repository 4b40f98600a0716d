"""Quality floors: no change makes the reading, the merging or the record of the seed articles worse unseen.

    python -m evals.gate [--update] [--allow-regression] [--json]

Runs every measurement whose data are in ../shared and holds each figure to its floor in evals/floors.json. A floor
stands for the files it was measured on (their SHA-256): where those changed, figures cannot be compared and the gate
fails until it is pinned again. ``--update`` raises floors, adds new ones and pins changed files again; a floor is
lowered only with ``--allow-regression`` besides. Prints one table. 0: all that could be measured holds (what was
skipped for want of data is said), 1: a figure fell, or its data changed, 2: floors.json cannot be read.
"""

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from evals import (
    bench,
    coder,
    conll18,
    ecbplus,
    ecbplus_data,
    entities,
    ground,
    holders,
    places,
    plv,
    reader,
    reconcile,
    reconcile_gold,
    seeds,
    times,
    treebank,
)

from dragoman.reconcile import tables

FLOORS = Path(__file__).with_name("floors.json")
SHARED = bench.SHARED
TR_NEWS = SHARED / "data" / "geoparse" / "TR-News.xml"
EWT = SHARED / "data" / "ud_ewt" / "en_ewt-ud-test.conllu"
ECB_PLUS = tuple(ecbplus.FOLDER / f"dev.{name}" for name in ("mentions.jsonl", "doc_tokens.json"))
PLV = tuple(plv.FOLDER / name for name in ("PLV_test.tsv", "in_cameo_manual.json"))
# A floor lies so far below what was measured: a change that trades a few acts is let through, one that loses a kind of
# act is not. One of dev's 256 acts moves an F1 by .003 or .004; one of the hundred or so acts that are matched moves a
# share of them by .01; one of the 75 acts of the full texts moves any of their figures by .02 or so.
MARGIN, OF_MATCHED, OF_FEW = 0.01, 0.03, 0.03
# Treebanks and name corpora are large: what moves by half a point there has a cause
SMALL = 0.005
MATCHED = frozenset(("status", "direction", "date", "country", "mode", "person", "voices", "evidence"))
CODED = (
    "type", "who", "record", "full", "status", "direction", "date", "country", "mode", "person",
    "voices", "evidence", "b3", "pairs", "position", "position_soft",
)  # fmt: skip
# Every tenth document of the newswire corpus: all of it takes minutes
SAMPLE = 10
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Suite:
    """A measurement: the files it reads, how it is made, and how far its floors lie below it."""

    name: str
    files: tuple[Path, ...]
    measure: Callable[[], Figures]
    margin: float = MARGIN

    def floor(self, figure: str, value: float) -> float:
        """The floor of a figure of this value: less the margin, down to a thousandth."""
        margin = max(self.margin, OF_MATCHED) if figure in MATCHED else self.margin
        return max(0.0, math.floor((value - margin) * 1000) / 1000)


@dataclass(frozen=True, slots=True)
class Pinned:
    """What floors.json holds of a suite: the digest of its files, its floors and what was measured then."""

    corpus: str
    floors: Mapping[str, float]
    measured: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. ``outcome``: ok, FELL, CHANGED (its data), GONE (no longer measured), new, skipped."""

    suite: str
    figure: str
    floor: float | None
    value: float | None
    outcome: str


def coded(topics: list[str]) -> Figures:
    """The coder on topics of dev."""
    found = coder.score_topics("dev", topics)[0]
    figures = ((name, coder.figure(found, name)) for name in CODED)
    return {name: value for name, value in figures if value is not None}


def merged() -> Figures:
    """Reconciliation on the gold acts of each topic of dev, as annotated and as single documents tell them."""
    score, table = bench.scorer(), tables.load()
    found: Figures = {}
    for topic in (*bench.DEV, "full"):
        gold = reconcile_gold.read(*(bench.BENCH / part / "dev" / f"{topic}.jsonl" for part in ("gold", "items")))
        for name, acts in ((topic, gold), (f"{topic} blurred", reconcile_gold.blurred(gold))):
            figures = reconcile.figures(acts, reconcile.ours(acts, table), score)
            found |= {f"{name} {figure}": figures[f"{figure}_f1"] for figure in ("b3", "links")}
    return found


def grounded() -> Figures:
    """Who, when and where of dev's acts, their words being given."""
    folder = bench.BENCH
    names = [f"{topic}.jsonl" for topic in (*bench.DEV, "full")]
    return ground.figures([(folder / "items" / "dev" / name, folder / "gold" / "dev" / name) for name in names])


def placed() -> Figures:
    """Names of TR-News on the map: shares within 161 km."""
    return {"TR-News": places.measure(TR_NEWS, 0)["accuracy"]}


def same_event() -> Figures:
    """ECB+ dev: mentions of one topic put into chains, CoNLL F1."""
    return {"CoNLL F1": ecbplus.figures(ecbplus_data.read(*ECB_PLUS))["ours"]["conll"]}


def held() -> Figures:
    """Listed heads and foreign ministers whom the tables have."""
    return {"coverage": holders.coverage()}


def timed() -> Figures:
    """Time expressions: TempEval-3 platinum and the dates of dev's acts."""
    words, days = times.tempeval(0), times.bench("dev", 0)
    return {name: words[name] for name in ("strict_f1", "relaxed_f1", "value_exact")} | {
        f"acts {name}": days[name] for name in ("exact", "nearest_exact")
    }


def parsed(files: Iterable[Path]) -> Figures:
    """The reader from gold words, as shares of one."""
    gold = [sentence for path in files for sentence in conll18.read(path.read_text(encoding="utf-8"))]
    return reader.gold_words(gold)


def named() -> Figures:
    """Names, mentions and chains: one figure for each corpus."""
    found: Figures = {}
    for name, (_, measure) in entities.corpora_of(SAMPLE).items():
        found[name] = measure()[name]
    return found


def shown() -> Figures:
    """How many checks on the seed articles hold, of how many."""
    found = seeds.checks()
    return {"share that holds": sum(check.ok for check in found) / len(found)}


def of_topics(*topics: str) -> tuple[Path, ...]:
    """The files of dev topics."""
    parts = [bench.BENCH / part / "dev" / f"{topic}.jsonl" for part in ("gold", "items") for topic in topics]
    return (bench.BENCH / "score.py", *parts)


def gum_files() -> tuple[Path, ...]:
    """The test files of GUM and the list of its splits."""
    splits = SHARED / "data" / "gum" / "splits.md"
    if not splits.is_file():
        return (splits,)
    return (splits, *(SHARED / "data" / "gum" / "dep" / f"{name}.conllu" for name in treebank.gum_names("test")))


def entity_files() -> tuple[Path, ...]:
    """What :func:`named` reads."""
    data = SHARED / "data"
    wanted = [
        data / "uner_ewt" / "en_ewt-ud-test.iob2",
        data / "crossner" / "ner_data" / "politics" / "test.txt",
        *gum_files(),
        *(data / "gum" / "coref" / "ontogum" / "conll" / f"{path.stem}.conll" for path in gum_files()[1:]),
        *(sorted((data / "re3d").glob("*/[de]*.json")) or [data / "re3d"]),
        *(sorted((data / "ww_newswire" / "processed_annotated").glob("*.tsv"))[::SAMPLE] or [data / "ww_newswire"]),
    ]
    return tuple(wanted)


def suites() -> tuple[Suite, ...]:
    """Every measurement, in the order of the table."""
    tempeval = tuple(sorted(times.PLATINUM.glob("*.tml"))) or (times.PLATINUM,)
    facts = (seeds.FACTS, seeds.SEEDS / "seeds.jsonl", *sorted(seeds.SEEDS.glob("*.txt")))
    return (
        Suite("coder dev", of_topics(*bench.DEV), lambda: coded(list(bench.DEV))),
        Suite("coder full texts", of_topics("full"), lambda: coded(["full"]), OF_FEW),
        Suite("reconcile dev", of_topics(*bench.DEV, "full"), merged),
        Suite("same event ECB+", ECB_PLUS, same_event, SMALL),
        Suite("grounding dev", of_topics(*bench.DEV, "full"), grounded),
        Suite("relations PLV", PLV, plv.measure),
        Suite("places", (TR_NEWS,), placed, SMALL),
        Suite("holders", (holders.LISTED,), held, SMALL),
        Suite("times", (*tempeval, *of_topics(*bench.DEV, "full")), timed),
        Suite("reader EWT test", (EWT,), lambda: parsed([EWT]), SMALL),
        Suite("reader GUM test", gum_files(), lambda: parsed(gum_files()[1:]), SMALL),
        Suite("names and chains", entity_files(), named),
        Suite("seeds", facts, shown, margin=0.0),
    )


def fingerprint(files: Iterable[Path]) -> str:
    """SHA-256 (hex) over the names and bytes of files, whatever their order and folder."""
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda path: (path.parent.name, path.name)):
        content = path.read_bytes()
        digest.update(f"{path.parent.name}/{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def compared(suite: str, corpus: str, figures: Mapping[str, float], pinned: Pinned | None) -> list[Line]:
    """Measured figures held to the floors of their suite."""
    if pinned is None:
        return [Line(suite, name, None, value, "new") for name, value in figures.items()]
    lines = []
    for name in dict.fromkeys((*figures, *pinned.floors)):
        floor, value = pinned.floors.get(name), figures.get(name)
        if corpus != pinned.corpus:
            outcome = "CHANGED"
        elif value is None:
            outcome = "GONE"
        elif floor is None:
            outcome = "new"
        else:
            outcome = "ok" if value >= floor else "FELL"
        lines.append(Line(suite, name, floor, value, outcome))
    return lines


def repinned(suite: Suite, corpus: str, figures: Mapping[str, float], pinned: Pinned | None, *, lower: bool) -> Pinned:
    """Floors after an update: raised to what is measured now less the margin, lowered only where ``lower``.

    What is no longer measured keeps its floor, and so goes on failing, until ``lower``.
    """
    old = dict(pinned.floors) if pinned else {}
    before = dict(pinned.measured) if pinned else {}
    floors = {} if lower else dict(old)
    for name, value in figures.items():
        new = suite.floor(name, value)
        floors[name] = new if lower else max(new, old.get(name, 0.0))
    measured = {name: round(figures.get(name, before.get(name, 0.0)), 4) for name in floors}
    return Pinned(corpus, dict(sorted(floors.items())), dict(sorted(measured.items())))


def read(path: Path = FLOORS) -> dict[str, Pinned]:
    """The floors by suite; none where the file does not exist. Raises ValueError or KeyError for a bad file."""
    if not path.is_file():
        return {}
    data = json.loads(path.read_text(encoding="utf-8"))
    return {name: Pinned(row["corpus"], row["floors"], row["measured"]) for name, row in data["suites"].items()}


def write(pinned: Mapping[str, Pinned], path: Path = FLOORS) -> None:
    """Write the floors."""
    note = (
        "A floor is what was measured then, less a margin (evals/gate.py says which and why); make gate ARGS=--update"
    )
    data = {"note": note, "suites": {name: asdict(pinned[name]) for name in sorted(pinned)}}
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def show(lines: Iterable[Line]) -> None:
    """The table."""
    print(f"{'measurement':17} {'figure':28} {'floor':>6} {'now':>6}")
    for line in lines:
        floor, value = (f"{number:.3f}" if number is not None else "-" for number in (line.floor, line.value))
        print(f"{line.suite:17} {line.figure:28} {floor:>6} {value:>6} {line.outcome}")


def run(*, update: bool, lower: bool) -> list[Line]:
    """Measure everything that can be, and keep the floors where asked to."""
    pinned, lines = read(), []
    for suite in suites():
        absent = [path for path in suite.files if not path.is_file()]
        if absent:
            lines.append(Line(suite.name, f"no {absent[0].name}", None, None, "skipped"))
            continue
        corpus, figures = fingerprint(suite.files), suite.measure()
        if update:
            pinned[suite.name] = repinned(suite, corpus, figures, pinned.get(suite.name), lower=lower)
        lines += compared(suite.name, corpus, figures, pinned.get(suite.name))
    if update:
        write(pinned)
    return lines


def main() -> int:
    """Measure, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise floors, add new ones, pin changed data again")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: lower floors too")
    parser.add_argument("--json", action="store_true", help="one JSON list")
    options = parser.parse_args()
    if options.allow_regression and not options.update:
        parser.error("--allow-regression goes with --update")
    try:
        lines = run(update=options.update, lower=options.allow_regression)
    except (ValueError, KeyError) as problem:
        print(f"evals.gate: {FLOORS.name}: {problem!r}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps([asdict(line) for line in lines]))
    else:
        show(lines)
    skipped = [line.suite for line in lines if line.outcome == "skipped"]
    failed = [line for line in lines if line.outcome in ("FELL", "CHANGED", "GONE")]
    if skipped:
        print(f"NOT MEASURED for want of data in ../shared: {', '.join(skipped)}", file=sys.stderr)
    if failed:
        print(f"{len(failed)} figures do not hold", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
