"""The weights by which Dragoman chooses whether an act has a scene told, and in which country.

    python -m train.scenes [--write]       # --write: src/dragoman/data/scenes.json

A conditional logit (:mod:`dragoman.ranking`) over the candidates of :mod:`dragoman.claims.likely_scene`, fitted as
those of train/likely.py, on the acts that the coder finds in the learned-from files and that match one of the gold as
bench/score.py matches them by ``who``. Learned from bench/gold/train, every fifth topic left out as train.coder does,
and from the label files that the network did not learn from (train.statuses.UNSEEN; long texts and
train.acts.LEFT_OUT aside), whose annotators tell scenes of words more often: what only they do is learned by features
that nothing but training has (LABELS). Prints the share of countries right, by the rules and by the weights, on what
is left out; dev is shown, not chosen on. Needs ../shared and ``.[dev]``.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals import bench

from dragoman import codebook
from dragoman.claims import acts, likely_scene
from dragoman.claims.likely_scene import Scene
from dragoman.types import Act, Participation, Role
from train import acts as labels
from train.coder_items import rows_of
from train.likely import Choice, fit
from train.statuses import FOLDS, UNSEEN

OUT = Path(likely_scene.__file__).parent.parent / "data" / "scenes.json"
RIDGE = 10.0  # by topics left out among 3, 6 and 10
LABELS = "labels"  # before features of our own label files
Row = tuple[str, list[Scene], str]  # the rules' country, the candidates, the gold's country; "" for none


def told(act: Act, document: str, quote: str) -> dict[str, Any]:
    """An act as a line for the scorer, as far as it compares them."""
    sides: dict[str, list[dict[str, str]]] = {"actors": [], "recipients": []}
    for one in act.participations:
        if one.party.value:
            sides[_side(one)].append({"code": one.party.value.code, "name": one.party.value.name})
    return {"document": document, "type": act.type, "quote": quote, **sides}


def _side(one: Participation) -> str:
    return "recipients" if one.role in (Role.RECIPIENT, Role.HOST) else "actors"


def rows(split: str, topic: str) -> Iterator[Row]:
    """The coder's acts of a topic that match one of the gold."""
    score, book = bench.scorer(), codebook.load()
    for item, row, _ in rows_of(split, topic):
        analysis, report = item.tree.analysis, item.report
        tree, found, read = acts.acts_of(report, analysis, item.tree.grounded, book)
        words = [acts.evidence_of(tree, one) for one in found]
        quotes = [analysis.text.content[one.start : one.end] for one in words]
        lines = [told(act, row["item"], quote) for act, quote in zip(read, quotes, strict=True)]
        golds, _ = score.gold_claims([row])
        for number, at in score.match(golds, lines, score.who):
            title = tree.tokens[found[at].at].start < report.body_at
            listed = likely_scene.scenes(tree, found[at], read[at], tree.tokens_in(words[at]), title)
            place = read[at].place.value
            yield place.country if place else "", listed, (golds[number].get("place") or {}).get("country") or ""


def choice(row: Row, own: bool) -> Choice:
    """What an act teaches; ``own``: it is of our label files."""
    _, listed, right = row
    features = [[*one.features, *(f"{LABELS} {name}" for name in one.features if own)] for one in listed]
    return features, frozenset(at for at, one in enumerate(listed) if one.country == right)


def main() -> int:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not bench.present() or not labels.news():
        sys.stderr.write("../shared is absent: nothing is learned\n")
        return 2
    topics = bench.names("train")
    unseen = [name for name in labels.names() if UNSEEN.fullmatch(name) and name not in labels.LEFT_OUT]
    learn = [choice(row, False) for at, one in enumerate(topics) if at % FOLDS for row in rows("train", one)]
    learn += [choice(row, True) for one in unseen for row in rows("labels", one)]
    model = fit(learn, RIDGE)
    sys.stdout.write(f"learned from {len(learn)} acts\n")
    if options.write:
        kept = {name: round(1000 * value) for name, value in sorted(model.weights.items()) if abs(value) >= 0.03}
        kept = {name: value for name, value in kept.items() if not name.startswith(f"{LABELS} ")}
        OUT.write_text(json.dumps({"scene": kept}, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    left = {"train": topics[::FOLDS], "labels": list(labels.LEFT_OUT), "dev": list(bench.DEV)}
    for split, names in left.items():
        given = [row for name in names for row in rows(split, name)]
        ruled = sum(row[0] == row[2] for row in given) / len(given)
        best = [row[1][model.best([one.features for one in row[1]])].country for row in given]
        read = sum(one == row[2] for one, row in zip(best, given, strict=True)) / len(given)
        sys.stdout.write(f"{split}: {len(given)} acts, country right by the rules {ruled:.3f}, weighed {read:.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
