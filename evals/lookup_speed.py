"""How fast actors are looked up by phrase, on one core: the participants' words of coded news, in its order.

    python -m evals.lookup_speed [--json]

``mentions``: look-ups a second of all of them, each with its report's day, as they come (what was said before is
remembered for the days on which it holds); ``distinct``: of every phrase and day once; ``phrases``: of every phrase
once, nothing known of it; ``coverage``: as ``mentions``, of the four times as many of our own label files.
``actors_s``, ``gazetteer_s``: seconds to load the tables. The words are those of bench/gold/train.
"""

import argparse
import datetime as dt
import json
import sys
import time
from collections.abc import Sequence

from evals import bench
from train import acts

from dragoman import gazetteer, knowledge, phrases
from dragoman.ground import actors

Asked = tuple[str, dt.date]


def asked() -> list[Asked]:
    """The participants' words with their report's day, by day."""
    score = bench.scorer()
    found: list[tuple[str, str, Asked]] = []
    for topic in bench.names("train"):
        days = {
            row["id"]: row["published"][:10]
            for row in score.read_jsonl(bench.BENCH / "items" / "train" / f"{topic}.jsonl")
        }
        for row in score.read_jsonl(bench.BENCH / "gold" / "train" / f"{topic}.jsonl"):
            day = days[row["item"]]
            for event in row["events"]:
                words = [one["text"] for one in (*event["actors"], *event["recipients"]) if one["text"]]
                found += [(day, row["item"], (one, dt.date.fromisoformat(day))) for one in words]
    return [one for _, _, one in sorted(found)]


def labelled() -> list[Asked]:
    """The participants' words of train/labels/acts with their report's day, by day."""
    found: list[tuple[str, str, str]] = []
    for name in acts.names():
        for item, row in acts.labelled(name):
            words = [one["text"] for event in row["events"] for side in ("actors", "recipients") for one in event[side]]
            found += [(item["published"][:10], row["item"], one) for one in words if one]
    return [(words, dt.date.fromisoformat(day)) for day, _, words in sorted(found)]


def rate(rows: Sequence[Asked]) -> float:
    """Look-ups a second of processor time, no phrase remembered at the beginning."""
    for remembered in (phrases._question, phrases._found, phrases._tokens, actors.owner_code, actors._owner_key):
        remembered.cache_clear()
    begin = time.process_time()
    for phrase, day in rows:
        phrases.look_up_actor(phrase, day)
    return len(rows) / (time.process_time() - begin)


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    if not bench.present():
        return 0
    rows, covered, begin = asked(), labelled(), time.process_time()
    knowledge.load()
    loaded = time.process_time()
    gazetteer.load()
    seconds = {"actors_s": round(loaded - begin, 3), "gazetteer_s": round(time.process_time() - loaded, 3)}
    rate(rows[:100])
    first = {phrase: (phrase, day) for phrase, day in reversed(rows)}
    result = {
        "count": len(rows),
        "mentions": round(rate(rows)),
        "distinct": round(rate(list(dict.fromkeys(rows)))),
        "phrases": round(rate(list(first.values()))),
        "coverage_count": len(covered),
        "coverage": round(rate(covered)),
        **seconds,
    }
    print(json.dumps(result) if chosen.json else "\n".join(f"{name:15} {value:,}" for name, value in result.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
