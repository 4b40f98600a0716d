"""The whole coder on the topics that its network did not learn from: where its bars and its confidence come from.

    python -m train.coder_left_out [--fold 0] [--bars NAME=VALUE ...] [--rules] [--reliability] [--types]

Every fifth train topic of bench, some files of train/labels/acts, as train.coder leaves them out, and the label files
of long texts, of which the shipped network learned none, scored as evals.coder scores dev, each kind for itself.
``--types``: ``who`` of each type, too. ``--bars`` sets some of :class:`dragoman.claims.settled.Bars`; ``--rules``
leaves the network out; ``--reliability`` prints how many acts are right by type and participants, by the network's
share, long texts aside (:data:`dragoman.claims.settled.RIGHT` draws a line through it).
"""

import argparse
import functools
import itertools
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals import bench, coder

from dragoman.claims import acts, settled
from dragoman.types import Record
from train import acts as labels
from train.coder import FOLDS

SHARE = re.compile(r"the network that read the text: ([\d.]+)")
STEPS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.96, 1.01)
Scored = tuple[dict[str, Any], list[tuple[float, bool]]]  # figures; shares of acts that were said, and whether right


def told(kind: str, fold: int) -> Iterator[tuple[str, Record, list[dict[str, Any]]]]:
    """(name, record, gold) of each left-out topic of a kind, "train", "labels" or "long"."""
    if kind == "train":
        for topic in bench.names("train")[fold::FOLDS]:
            gold = bench.scorer().read_jsonl(bench.BENCH / "gold" / "train" / f"{topic}.jsonl")
            yield topic, bench.record_of([bench.BENCH / "items" / "train" / f"{topic}.jsonl"]), gold
        return
    for name in labels.LEFT_OUT if kind == "labels" else [one for one in labels.names() if one.startswith("long")]:
        pairs = list(labels.labelled(name))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"{name}.jsonl")
            path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item, _ in pairs), encoding="utf-8")
            yield name, bench.record_of([path]), [row for _, row in pairs]


def scored(kind: str, fold: int) -> Scored:
    """The figures of a kind of topics, and the shares of what was said."""
    claims, positions, gold, shares = [], [], [], {}
    for name, record, rows in told(kind, fold):
        said, stances = bench.exported(record)
        claims += [{**row, "event": f"{name}/{row['event']}"} for row in said]
        positions += stances
        gold += rows
        shares.update({claim.id: SHARE.match(claim.reasons[-1]) for claim in record.claims if claim.reasons})
    result, _, said, pairs = bench.scorer().score(gold, claims, positions)
    right = {at for _, at in pairs}
    found = [(shares.get(row["claims"][0]), at in right) for at, row in enumerate(said)]
    return result, [(float(match[1]), hit) for match, hit in found if match]


def reliability(found: list[tuple[float, bool]]) -> Iterator[str]:
    """Lines of shares and of what is right among them."""
    for low, high in itertools.pairwise(STEPS):
        inside = [(share, hit) for share, hit in found if low <= share < high]
        if inside:
            mean, right = (sum(row[side] for row in inside) / len(inside) for side in (0, 1))
            yield f"  {low:.2f}-{high:.2f}  n {len(inside):4}  share {mean:.2f}  right {right:.2f}"


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--bars", nargs="*", default=[])
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--reliability", action="store_true")
    parser.add_argument("--types", action="store_true")
    chosen = parser.parse_args()
    if not bench.present() or not labels.news():
        sys.stderr.write("../shared is absent: nothing is measured\n")
        return 2
    bars = settled.Bars(**{name: float(value) for name, value in (one.split("=") for one in chosen.bars)})
    own = functools.partial(settled.settle, bars=bars)
    acts.settle = (lambda _tree, _lexicon, rules: rules) if chosen.rules else own
    shares: list[tuple[float, bool]] = []
    for kind in ("train", "labels", "long"):
        result, found = scored(kind, chosen.fold)
        shares += found if kind != "long" else []
        figures = ((name, coder.figure(result, name)) for name in coder.FIGURES)
        print(f"{kind}: {result['gold']} gold acts, {result['claims']} coded")
        print("  " + "  ".join(f"{name} {value:.3f}" for name, value in figures if value is not None), flush=True)
        if chosen.types:
            print(
                "  who: "
                + ", ".join(f"{name} {row['f1']:.2f} of {row['gold']}" for name, row in result["by_type"].items())
            )
    if chosen.reliability:
        print("\n".join(reliability(shares)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
