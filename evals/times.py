"""Time expressions measured: on TempEval-3 platinum (TimeML) and on the dates of the benchmark's acts.

``python -m evals.times`` prints both, ``--errors N`` also the first N misses, ``--json`` one object. The data lie
beside the repository in ../shared; what is absent is said and skipped. Nothing is trained here: TempEval-3 platinum
is for measuring, and of the benchmark only the train files are read unless ``--dev`` is given.

TempEval-3: strict and relaxed F1 of the words (spans as TimeML takes them: without "since", "by", "until"), and, of the
gold expressions found, how many have exactly the gold value's days, and how many overlap them. Benchmark: of the acts
with a written or relative date, how many have a time expression in their item that means exactly (or overlaps) the
act's days: the ceiling of anything that only chooses among expressions; ``nearest`` takes the one nearest the quote.
"""

import argparse
import datetime as dt
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from dragoman import timex
from dragoman.ground.times import resolve_times
from dragoman.language.english import analyse
from dragoman.mentions.times import find_times
from dragoman.types import Cell, Interval, Mention, Text

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
PLATINUM = SHARED / "data" / "te3_platinum" / "data" / "TempEval3-eval_TML"
BENCH = SHARED / "bench"
# TimeML leaves these out of an expression; ours keep them, because they change the days
SIGNAL = re.compile(
    r"^(?:ever since|since|until|till|up to|through|by|no later than|before|prior to|ahead of|after|starting|beginning"
    r"|for|within|in|from|on)(?: about| around| on| in)?\s+(?!now)",
    re.IGNORECASE,
)
Timed = tuple[Mention, Cell[Interval]]


@dataclass(frozen=True, slots=True)
class Gold:
    """A TIMEX3 of the gold: code points, TimeML type and value."""

    start: int
    end: int
    type: str
    value: str


def times_of(content: str, published: dt.date, body_at: int = 0) -> list[Timed]:
    """The times of a text published on that day."""
    text = Text(hashlib.sha256(content.encode()).hexdigest(), content)
    day = Interval(published, published, published, published)
    return list(resolve_times(find_times(analyse(text, body_at)), day))


def documents() -> Iterator[tuple[str, str, dt.date, list[Gold]]]:
    """Name, text, creation day and gold expressions of every TimeML file."""
    for path in sorted(PLATINUM.glob("*.tml")):
        root = ElementTree.parse(path).getroot()
        created = root.find("DCT/TIMEX3")
        body = root.find("TEXT")
        if created is None or body is None:
            continue
        gold: list[Gold] = []
        yield path.stem, _plain(body, [], gold), dt.date.fromisoformat(created.attrib["value"][:10]), gold


def _plain(node: ElementTree.Element, parts: list[str], gold: list[Gold]) -> str:
    start = sum(map(len, parts))
    parts.append(node.text or "")
    for child in node:
        _plain(child, parts, gold)
        parts.append(child.tail or "")
    if node.tag == "TIMEX3":
        # Children of a TIMEX3 end before its tail is appended by the caller
        gold.append(Gold(start, sum(map(len, parts)), node.attrib["type"], node.attrib["value"]))
    return "".join(parts)


def gold_days(value: str, created: dt.date) -> tuple[str, str] | None:
    """The days of a TimeML value, None for lengths and repetitions and for what TimeML leaves vague."""
    day = re.match(r"(\d{4}-\d\d-\d\d)", value)
    if day:
        return day[1], day[1]
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(?:-WE)?", value):
        monday = dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday.isoformat(), (monday + dt.timedelta(days=6)).isoformat()
    if value == "PRESENT_REF":
        return created.isoformat(), created.isoformat()
    if re.fullmatch(r"\d{3}", value):
        value += "X"
    if not re.fullmatch(r"\d{4}(?:-(?:\d\d|Q\d|H\d|SP|SU|AU|FA|WI))?|\d{3}X", value):
        return None
    found = timex.evaluate(value.replace("FA", "AU"), None)
    return str(found.start), str(found.end)


def ours(cell: Cell[Interval]) -> tuple[str, str] | None:
    """The outer days of a resolved time, as ISO strings; open ends as far away as can be."""
    value = cell.value
    return (str(value.start or dt.date.min), str(value.end or dt.date.max)) if value and value.known else None


def _cell(normal: str, created: dt.date) -> Cell[Interval]:
    try:
        return Cell(timex.evaluate(normal, created), reason=normal)
    except timex.TimexError as error:
        return Cell(None, reason=str(error))


def overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two ranges of days share one."""
    return one[0] <= other[1] and other[0] <= one[1]


def bare(mention: Mention) -> tuple[int, int]:
    """The span without the words that TimeML leaves out."""
    signal = SIGNAL.match(mention.words)
    return mention.span.start + (signal.end() if signal else 0), mention.span.end


def tempeval(errors: int) -> dict[str, float]:
    """TempEval-3 platinum; prints up to ``errors`` misses of each sort."""
    count: Counter[str] = Counter()
    told: Counter[str] = Counter()

    def miss(kind: str, line: str) -> None:
        told[kind] += 1
        if told[kind] <= errors:
            print(f"  {kind}: {line}")

    for name, content, created, gold in documents():
        found = times_of(content, created)
        count["found"] += len(found)
        count["gold"] += len(gold)
        spans = {bare(mention) for mention, _ in found}
        count["strict"] += sum((one.start, one.end) in spans for one in gold)
        hit = [one for one in found if any(one[0].span.start < g.end and g.start < one[0].span.end for g in gold)]
        count["relaxed_p"] += len(hit)
        for mention, _ in found:
            if all(mention is not one[0] for one in hit):
                miss("extra", f"{name}: {mention.words!r} {mention.normal}")
        for one in gold:
            if one_miss := _value(one, content, created, found, count):
                miss(*one_miss)
    return _figures(count)


def _value(
    one: Gold, content: str, created: dt.date, found: list[Timed], count: Counter[str]
) -> tuple[str, str] | None:
    """Count how a gold expression fares; what to print of a miss."""
    words = content[one.start : one.end]
    match = next((timed for timed in found if timed[0].span.start < one.end and one.start < timed[0].span.end), None)
    if match is None:
        return "missed", f"{words!r} {one.value} in …{content[max(one.start - 40, 0) : one.end + 20]!r}"
    count["relaxed_r"] += 1
    # TimeML values are those of the expression without "since", "by", "until"
    inner = match[0].normal.partition(" ")[2] or match[0].normal
    days, mine = gold_days(one.value, created), ours(_cell(inner, created))
    if days is None:
        return None
    count["dated"] += 1
    count["exact"] += mine == days
    count["overlap"] += mine is not None and overlap(mine, days)
    return ("value", f"{words!r} gold {one.value}, ours {match[0].normal} {mine} ({created})") if mine != days else None


def _figures(count: Counter[str]) -> dict[str, float]:
    def f1(right_p: str, right_r: str) -> float:
        precision, recall = count[right_p] / max(count["found"], 1), count[right_r] / max(count["gold"], 1)
        return 2 * precision * recall / max(precision + recall, 1e-9)

    return {
        "gold": count["gold"],
        "found": count["found"],
        "strict_f1": round(f1("strict", "strict"), 3),
        "relaxed_f1": round(f1("relaxed_p", "relaxed_r"), 3),
        "dated": count["dated"],
        "value_exact": round(count["exact"] / max(count["dated"], 1), 3),
        "value_overlap": round(count["overlap"] / max(count["dated"], 1), 3),
    }


def bench(folder: str, errors: int) -> dict[str, float]:
    """The dates of acts with basis explicit or relative against the time expressions of their items."""
    count: Counter[str] = Counter()
    for path in sorted((BENCH / "gold" / folder).glob("*.jsonl")):
        items = {item["id"]: item for item in map(json.loads, (BENCH / "items" / folder / path.name).open())}
        for line in map(json.loads, path.open()):
            item = items[line["item"]]
            content = (
                f"{item['title']}\n\n{item.get('lede') or item.get('text') or ''}" if item["title"] else item["lede"]
            )
            published = dt.date.fromisoformat(item["published"][:10])
            found = times_of(content, published, len(item["title"]) + 2 if item["title"] else 0)
            for act in line["events"]:
                if (told := _act(act, content, found, count)) and count["told"] < errors:
                    count["told"] += 1
                    print(f"  {item['published'][:10]} {told}")
    total = max(count["acts"], 1)
    names = ("exact", "overlap", "nearest_exact", "nearest_overlap")
    return {"acts": count["acts"]} | {name: round(count[name] / total, 3) for name in names}


def _act(act: dict[str, Any], content: str, found: list[Timed], count: Counter[str]) -> str:
    """Count how the date of a gold act fares; what to print of a miss inside its quote."""
    date = act.get("date") or {}
    if date.get("basis") not in ("explicit", "relative") or not date.get("start"):
        return ""
    days = (date["start"], date["end"] or str(dt.date.max))
    at = max(content.find(act["quote"]), 0)
    end = at + len(act["quote"])
    timed = [(mention, mine) for mention, cell in found if (mine := ours(cell))]
    count["acts"] += 1
    count["exact"] += any(mine == days for _, mine in timed)
    count["overlap"] += any(overlap(mine, days) for _, mine in timed)
    if not timed:
        return ""
    nearest = min(timed, key=lambda one: max(one[0].span.start - end, at - one[0].span.end, 0))
    count["nearest_exact"] += nearest[1] == days
    count["nearest_overlap"] += overlap(nearest[1], days)
    inside = at <= nearest[0].span.start and nearest[0].span.end <= end
    if nearest[1] == days or not inside:
        return ""
    return (
        f"gold {days} ours {nearest[0].words!r} {nearest[0].normal} {nearest[1]}\n      {act['status']}: {act['quote']}"
    )


def main(argv: list[str] | None = None) -> int:
    """Print the figures; 2 where no data are there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--errors", type=int, default=0, help="print so many misses of each sort")
    parser.add_argument("--dev", action="store_true", help="the benchmark's dev files in place of train")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args(argv)
    figures: dict[str, dict[str, float]] = {}
    for name, path in (("te3_platinum", PLATINUM), ("bench", BENCH / "gold" / ("dev" if options.dev else "train"))):
        if not path.is_dir():
            print(f"{name}: absent ({path.relative_to(SHARED.parent)}), skipped", file=sys.stderr)
        elif name == "bench":
            figures[name] = bench(path.name, options.errors)
        else:
            figures[name] = tempeval(options.errors)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, values in figures.items():
            print(f"{name}: " + " · ".join(f"{key} {value}" for key, value in values.items()))
    return 0 if figures else 2


if __name__ == "__main__":
    sys.exit(main())
