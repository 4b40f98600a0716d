"""How well news is coded: the benchmark's figures on its dev topics, or on its train topics.

    python -m evals.coder [--split dev|train] [--topic NAME ...] [--errors N] [--json] [--triggers]
                          [--bootstrap] [--confidence FILE]

Dev is reported on; choices are made on train. ``--triggers`` prints for every trigger row how many of its acts agree
with gold by type and by participants (train only). ``--bootstrap`` adds the 95 % interval of each figure over the
documents.
"""

import argparse
import collections
import csv
import json
import sys
from pathlib import Path
from typing import Any

from evals import bench, bootstrap

from dragoman.types import Claim, Record

FIGURES = (
    "type", "who", "record", "full",
    "status", "status_macro", "direction", "date", "date_exact", "country", "mode", "person",
    "voices", "voice_name", "evidence",
    "b3", "pairs", "b3_matched", "pairs_matched", "position", "position_soft",
)  # fmt: skip


def figure(result: dict[str, Any], name: str) -> float | None:
    """One figure of the scorer's result as a number."""
    value = result.get(name)
    return value["f1"] if isinstance(value, dict) else value


def score_topics(
    split: str, topics: list[str]
) -> tuple[dict[str, Any], list[tuple[Record, list[dict[str, Any]]]], list[Any]]:
    """Topics coded apart and scored together -> (scores, each topic's record and rows, scorer's details)."""
    score = bench.scorer()
    gold, claims, positions, records = [], [], [], []
    for topic in topics:
        record = bench.record_of([bench.BENCH / "items" / split / f"{topic}.jsonl"])
        rows, stances = bench.exported(record)
        claims += [{**row, "event": f"{topic}/{row['event']}"} for row in rows]
        positions += stances
        gold += score.read_jsonl(bench.BENCH / "gold" / split / f"{topic}.jsonl")
        records.append((record, rows))
    result, golds, said, pairs = score.score(gold, claims, positions)
    return result, records, [score, golds, said, pairs]


def print_errors(details: list[Any], most: int) -> None:
    """Missed and spurious acts, as the scorer prints them."""
    score, golds, said, pairs = details
    hit_gold, hit_said = {i for i, _ in pairs}, {j for _, j in pairs}
    for title, rows, hit in (("missed", golds, hit_gold), ("spurious", said, hit_said)):
        for row in [row for at, row in enumerate(rows) if at not in hit][:most]:
            told = f"{row['document']} {row['type']} {sorted(score.codes(row))} {row.get('status')}"
            print(f"{title}: {told} {row.get('quote')!r}")


def rule_of(claim: Claim) -> str:
    """The trigger row that made a claim."""
    return (
        claim.reasons[0].split(":")[0].removeprefix("rule ")
        + " "
        + claim.reasons[0].split("“")[-1].split("”")[0].lower()
    )


def print_triggers(records: list[tuple[Record, list[dict[str, Any]]]], details: list[Any]) -> None:
    """Per trigger word: acts, those whose type gold has in the document, those that match by participants."""
    score, golds, said, pairs = details
    typed = {j for _, j in score.match(golds, said, lambda *_: True)}
    matched = {j for _, j in pairs}
    rules = {
        claim.id: rule_of(claim) for record, _ in records for claim in record.claims if claim.origin.startswith("acts")
    }
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for at, row in enumerate(said):
        for name in {rules[key] for key in row.get("claims", []) if key in rules}:
            counts[name].update(["n", *(["type"] if at in typed else []), *(["who"] if at in matched else [])])
    for name, row in sorted(counts.items(), key=lambda item: -item[1]["n"]):
        print(f"{name:28} n {row['n']:4} type {row['type'] / row['n']:.2f} who {row['who'] / row['n']:.2f}")


def confidence_rows(records: list[tuple[Record, list[dict[str, Any]]]], details: list[Any]) -> list[list[str]]:
    """Per act type and part of speech of its word: claims of rules whose act agrees with gold by participants."""
    _, _, said, pairs = details
    matched = {j for _, j in pairs}
    made = {
        claim.id: claim
        for record, _ in records
        for claim in record.claims
        if claim.origin.startswith("acts") and claim.reasons[0].startswith("rule ")
    }
    counts: dict[tuple[str, str], collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for at, row in enumerate(said):
        for key in row.get("claims", []):
            if key in made:
                counts[row["type"], rule_of(made[key])[0]].update(["n", *(["right"] if at in matched else [])])
    return [[kind, pos, str(row["n"]), str(row["right"])] for (kind, pos), row in sorted(counts.items())]


def write_confidence(path: Path, rows: list[list[str]]) -> None:
    """The table that claims take their confidence from (resources/claims/confidence.csv)."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([["type", "pos", "n", "right"], *rows])
    print(f"{path}: {len(rows)} rows")


def print_intervals(split: str, topics: list[str], details: list[Any]) -> None:
    """The 95 % interval of each figure when documents are drawn again."""
    score, golds, said, _ = details
    gold = [row for topic in topics for row in score.read_jsonl(bench.BENCH / "gold" / split / f"{topic}.jsonl")]
    found = bootstrap.intervals(score, golds, said, [row["item"] for row in gold])
    print(f"  95 % over documents ({bootstrap.DRAWS} draws):")
    print("  " + "  ".join(f"{name} {low:.3f}-{high:.3f}" for name, (low, high) in found.items()))


def main() -> int:
    """Print the figures."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--split", default="dev", choices=("dev", "train"))
    args.add_argument("--topic", nargs="*")
    args.add_argument("--errors", type=int, default=0)
    args.add_argument("--json", action="store_true")
    args.add_argument("--triggers", action="store_true")
    args.add_argument("--bootstrap", action="store_true")
    args.add_argument("--confidence", type=Path, help="write the shares right by type and part of speech (train)")
    options = args.parse_args()
    if not bench.present():
        return 2
    topics = options.topic or (list(bench.DEV) if options.split == "dev" else bench.names("train"))
    result, records, details = score_topics(options.split, topics)
    figures = {name: figure(result, name) for name in FIGURES}
    if options.json:
        print(json.dumps({"topics": topics, **figures, "by_type": result["by_type"]}))
        return 0
    print(f"{' '.join(topics)}: {result['documents']} documents, {result['gold']} gold acts, {result['claims']} coded")
    for name in ("type", "who", "record", "full"):
        print(f"  {name:14} P {result[name]['p']:.3f} R {result[name]['r']:.3f} F1 {result[name]['f1']:.3f}")
    print("  " + "  ".join(f"{name} {value:.3f}" for name, value in list(figures.items())[4:] if value is not None))
    for kind, row in result["by_type"].items():
        print(f"    {kind:10} gold {row['gold']:4} P {row['p']:.2f} R {row['r']:.2f} F1 {row['f1']:.2f}")
    if options.bootstrap:
        print_intervals(options.split, topics, details)
    if options.errors:
        print_errors(details, options.errors)
    if options.triggers:
        print_triggers(records, details)
    if options.confidence:
        write_confidence(options.confidence, confidence_rows(records, details))
    return 0


if __name__ == "__main__":
    sys.exit(main())
