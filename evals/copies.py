"""Near-copies found in news that nobody labelled: how many, how fast, and pairs to be looked at by eye.

    python -m evals.copies [--items N] [--json] [--show N] [--from SHARE] [--to SHARE]

The first N items, headline and lede, of ../shared/data/news2023 (by default 6,000; 0: all). ``texts``: those with other
words than every item before; ``short``: of them, too short to be judged; ``copies``: texts that are a copy of another;
``abroad``: of them, printed by another outlet than what they copy; ``groups``: reports with copies; ``largest``: texts
of the largest; ``compared``: pairs compared run by run; ``seconds``: of processor time. ``bands``: pairs of two outlets
by the share of runs that the copy has in common, twentieths, from .4. ``--show`` prints N such pairs, spread evenly
from share ``--from`` up to ``--to``. Says so where ../shared is absent.
"""

import argparse
import datetime as dt
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence

from evals import bench

from dragoman.reconcile import copies
from dragoman.reconcile.copies import Found, Printed

NEWS = bench.SHARED / "data" / "news2023" / "world_2023.jsonl"
LEAST = 0.4
Item = dict[str, str]
Pair = tuple[float, str, str]


def read(limit: int) -> dict[str, Item]:
    """The first items, 0 all of them, by id; items whose words another has are left out."""
    found: dict[tuple[str, str], Item] = {}
    with NEWS.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit and number == limit:
                break
            item = json.loads(line)
            found.setdefault((item["title"], item["lede"]), item)
    return {item["id"]: item for item in found.values()}


def printed(item: Item) -> Printed:
    """An item as it is read: the headline, two newlines, the lede."""
    body = f"{item['title']}\n\n{item['lede']}" if item["lede"] else item["title"]
    at = len(item["title"]) + 2 if item["lede"] else 0
    return Printed(body, at, dt.date.fromisoformat(item["published"][:10]))


def abroad(found: Found, items: Mapping[str, Item]) -> list[Pair]:
    """(share, copy, leader) of the copies that another outlet printed, by share."""
    return sorted(
        (share, copy, leader)
        for copy, leader, share in found.shares
        if items[copy]["outlet"] != items[leader]["outlet"]
    )


def bands(pairs: Sequence[Pair]) -> dict[str, int]:
    """How many pairs have each share, in twentieths."""
    counted = Counter(int(share * 20 + 1e-9) * 5 for share, _, _ in pairs)
    return {f"{band / 100:.2f}": counted[band] for band in sorted(counted)}


def show(pairs: Sequence[Pair], items: Mapping[str, Item], most: int) -> None:
    """Print pairs to be looked at."""
    step = max(len(pairs) / most, 1.0)
    for at in range(min(most, len(pairs))):
        share, *both = pairs[int(at * step)]
        print(f"{share:.2f}")
        for item in (items[key] for key in both):
            print(f"    {item['published'][:10]} {item['outlet']} | {item['title']} | {item['lede']}")


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=6000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--from", type=float, default=copies.SHARE - 0.1, dest="low")
    parser.add_argument("--to", type=float, default=copies.SHARE + 0.1, dest="high")
    chosen = parser.parse_args()
    if not NEWS.exists():
        print("evals.copies: not measured, ../shared/data/news2023 is absent", file=sys.stderr)
        return 0
    items = read(chosen.items)
    texts = {key: printed(item) for key, item in items.items()}
    begin = time.process_time()
    found = copies.find(texts)
    seconds = time.process_time() - begin
    sizes = Counter(leader for _, leader, _ in found.shares)
    wide = abroad(copies.find(texts, LEAST), items)
    result = {
        "texts": len(items),
        "short": sum(not copies.runs(text).size for text in texts.values()),
        "copies": len(found.shares),
        "abroad": len(abroad(found, items)),
        "groups": len(sizes),
        "largest": 1 + max(sizes.values(), default=0),
        "compared": found.compared,
        "seconds": round(seconds, 2),
        "bands": bands(wide),
    }
    print(json.dumps(result) if chosen.json else "\n".join(f"{name:10} {value}" for name, value in result.items()))
    if chosen.show:
        show([pair for pair in wide if chosen.low <= pair[0] < chosen.high], items, chosen.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
