"""The cells of labelled acts besides type and participants, for the small network that reads them off (train/cells.py).

    python -m train.coder_cells FOLDER    # writes FOLDER/cells.pkl beside the examples of train.coder_items

Of each act of an example, in its order: its modes, whether it is told on somebody's word, whether its place is known,
and the days that it may be of, with what speaks for them (claims/likely_day.py) and which of them are right.
"""

import argparse
import pickle
import sys
from pathlib import Path
from typing import Any

from evals import bench, ground

from dragoman.claims import likely_day
from train import coder_items
from train.coder_examples import Cells
from train.likely import day_right


def cells(item: ground.Item, event: dict[str, Any], score: Any) -> Cells:
    """The cells of an act of the gold."""
    clause = ground.clause(item, ground.quoted(item, event))
    found = likely_day.candidates(item.tree, clause) if clause else []
    place = event.get("place") or {}
    return Cells(
        tuple(event.get("mode") or ()),
        bool(event["voices"]),
        bool(place.get("country")),
        tuple((likely_day.kind_of(one), one.features) for one in found),
        day_right(event, found, score),
    )


def main() -> int:
    """Write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    score = bench.scorer()
    out: dict[str, list[Cells]] = {}
    for split, topic in coder_items.topics():
        for item, row, words in coder_items.rows_of(split, topic):
            kept = [
                event
                for event in row["events"]
                if coder_items.trigger(item, event, coder_items.named(row, event, words))[0] >= 0
            ]
            out[row["item"]] = [cells(item, event, score) for event in kept]
        sys.stdout.write(f"{split} {topic}\n")
        sys.stdout.flush()
    (chosen.folder / "cells.pkl").write_bytes(pickle.dumps(out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
