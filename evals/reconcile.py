"""How well claims are merged into events, reading left aside: the bench's gold acts as claims, clustered by us.

    python -m evals.reconcile --gold FILE.jsonl --items FILE.jsonl [--json] [--blurred]

Prints B-cubed and link F1 as the bench's ``score.py`` defines them, and those of the baseline that joins acts of one
type, one set of codes and one set of modes. ``--blurred`` takes from the claims what a reader of single documents
would not know (see :func:`evals.reconcile_gold.blurred`).
"""

import argparse
import importlib.util
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from evals import reconcile_gold
from evals.reconcile_gold import Gold

from dragoman.reconcile import block, cluster, compare, tables, views

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
Figures = dict[str, float]


def scorer(bench: Path = BENCH) -> ModuleType:
    """The bench's own ``score.py``, so that figures mean what the bench says; SystemExit where it is absent."""
    path = bench / "score.py"
    spec = importlib.util.spec_from_file_location("bench_score", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise SystemExit("evals.reconcile: the benchmark (../shared/bench) is not here; nothing was measured")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seen(gold: Gold, table: tables.Tables) -> list[views.View]:
    """The views of all claims."""
    published = views.first_published(gold.reports)
    texts = {text.id: text for text in gold.texts}
    made = (views.view(claim, published, texts, table) for claim in gold.claims)
    return [item for item in made if item is not None]


def ours(gold: Gold, table: tables.Tables) -> dict[str, str]:
    """Claim id -> the event we put it in."""
    points = {
        cluster.ordered(a.claim.id, b.claim.id): compare.score(a, b, table)
        for a, b in block.pairs(seen(gold, table), table)
    }
    return grouped(gold, points, table.settings)


def grouped(gold: Gold, points: Mapping[cluster.Pair, int], settings: Mapping[str, int]) -> dict[str, str]:
    """Claim id -> its group, by the points of compared pairs."""
    ids = [claim.id for claim in gold.claims]
    found = cluster.cluster(ids, points, {}, settings)
    return {member: group[0] for group in found.groups for member in group}


def baseline(gold: Gold) -> dict[str, str]:
    """Claim id -> type, codes and modes: the figure to beat."""
    return {
        key: json.dumps([
            row["type"],
            sorted({party["code"] for side in ("actors", "recipients") for party in row[side]}),
            sorted(row["mode"]),
        ])
        for key, row in gold.row.items()
    }  # fmt: skip


def figures(gold: Gold, event: Mapping[str, str], score: ModuleType) -> Figures:
    """B-cubed and link precision, recall and F1 of a clustering of all gold claims."""
    keys = [claim.id for claim in gold.claims]
    golds = [{**gold.row[key], "event": gold.event[key]} for key in keys]
    mine = [{**gold.row[key], "event": event[key]} for key in keys]
    b3, links = score.cluster_scores(golds, mine, [(number, number) for number in range(len(keys))])
    out = {f"{name}_{part}": value for name, found in (("b3", b3), ("links", links)) for part, value in found.items()}
    return {"claims": len(keys), "events": len(set(gold.event.values())), "found": len(set(event.values())), **out}


def main(argv: list[str] | None = None) -> int:
    """Measure one file; 0 when measured, 2 when the files cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--items", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--blurred", action="store_true", help="without what single documents do not tell")
    args = parser.parse_args(argv)
    score = scorer()
    try:
        gold = reconcile_gold.read(args.gold, args.items)
    except (OSError, ValueError, KeyError) as problem:
        print(f"evals.reconcile: {args.gold}: {problem}", file=sys.stderr)
        return 2
    if args.blurred:
        gold = reconcile_gold.blurred(gold)
    result = {
        "ours": figures(gold, ours(gold, tables.load()), score),
        "baseline": figures(gold, baseline(gold), score),
    }
    if args.json:
        print(json.dumps(result))
        return 0
    for name, found in result.items():
        print(
            f"{name:9} b3 P {found['b3_p']:.3f} R {found['b3_r']:.3f} F1 {found['b3_f1']:.3f}   "
            f"links P {found['links_p']:.3f} R {found['links_r']:.3f} F1 {found['links_f1']:.3f}   "
            f"{found['found']} events found, {found['events']} in gold, {found['claims']} claims"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
