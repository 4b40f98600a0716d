"""Labels of acts on news items: kept as offsets and codes beside the text, made whole again with the text.

    python -m train.acts freeze ITEMS GOLD NAME    # an annotated file -> train/labels/acts/NAME.jsonl, without text
    python -m train.acts thaw NAME                 # prints items and gold in the benchmark's form
    python -m train.acts agree NAME [NAME ...]     # first and second coding of files, scored one against the other

A label file has one line per item of ../shared/data/news2023 or text of ../shared/data/fulltext: ``{"item", "events",
"positions"}`` in the form of the benchmark's gold (and ``"read"``, where only so many code points of a long text's body
were read), with spans [first, last) of code points of the text (title, two newlines, lede) for every quote,
trigger and participant's words; names, codes, days and places are facts. What a stance is about is words of the
annotator and left out.
"""

import argparse
import functools
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals import bench

FOLDER = Path(__file__).resolve().parent / "labels" / "acts"
SECOND = FOLDER.parent / "second" / "acts"
NEWS = bench.SHARED / "data" / "news2023" / "world_2023.jsonl"
LONG = bench.SHARED / "data" / "fulltext"
BETWEEN = "\n\n"
# Files that nothing learns from while choices are made, so that figures are of texts never seen; two coded twice
LEFT_OUT = ("afghan", "long2", "migr", "mixed20", "mixed40", "peru", "u_japan", "with_iran")
Row = dict[str, Any]


def text_of(item: Row) -> str:
    """An item's text as labels count it."""
    return f"{item['title']}{BETWEEN}{item.get('lede') or ''}"


def place(item: Row, words: str, field: str = "", near: int = 0) -> list[int] | None:
    """Where words stand in a text, nearest to a place; None for no words. Raises ValueError where they do not stand."""
    if not words:
        return None
    content, body = text_of(item), len(item["title"]) + len(BETWEEN)
    low, high = (0, len(item["title"])) if field == "title" else (body if field == "lede" else 0, len(content))
    found, at = [], content.find(words, low, high)
    while at >= 0:
        found.append(at)
        at = content.find(words, at + 1, high)
    if not found:
        raise ValueError(f"{item['id']}: {words!r} is not in its text")
    best = min(found, key=lambda one: (abs(one - near), one))
    return [best, best + len(words)]


def frozen(item: Row, row: Row) -> Row:
    """An annotated item without its words."""
    events = []
    for event in row["events"]:
        quote = place(item, event["quote"], event["field"])
        start = quote[0] if quote else 0
        trigger = place(item, event.get("trigger", ""), event["field"], start)
        sides = {
            side: [{**one, "text": place(item, one.get("text", ""), "", start)} for one in event.get(side, [])]
            for side in ("actors", "recipients")
        }
        events.append({**event, "quote": quote, "trigger": trigger, **sides})
    positions = [
        {key: value for key, value in one.items() if key not in ("object", "condition")}
        | {"quote": place(item, one["quote"], one["field"]), "conditional": bool(one.get("condition"))}
        for one in row.get("positions", [])
    ]
    body, whole = (one.get("lede") or "" for one in (item, news().get(row["item"], item)))
    read = {} if body == whole else {"read": len(body)}
    return {"item": row["item"], **read, "events": events, "positions": positions}


def thawed(item: Row, row: Row) -> Row:
    """An annotated item with its words again, in the benchmark's form."""
    content = text_of(item)

    def words(span: list[int] | None) -> str:
        return content[span[0] : span[1]] if span else ""

    events = [
        {
            **event,
            "quote": words(event["quote"]),
            "trigger": words(event.get("trigger")),
            **{side: [{**one, "text": words(one["text"])} for one in event[side]] for side in ("actors", "recipients")},
        }
        for event in row["events"]
    ]
    return {**row, "events": events, "positions": [{**one, "quote": words(one["quote"])} for one in row["positions"]]}


@functools.cache
def news() -> dict[str, Row]:
    """The news items and long texts by id, as items of the benchmark; empty where ../shared is absent."""
    if not NEWS.exists():
        return {}
    with NEWS.open(encoding="utf-8") as lines:
        found = {item["id"]: item for item in map(json.loads, lines)}
    for path in sorted(LONG.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            found |= {item["id"]: item for item in map(as_item, map(json.loads, lines))}
    return found


def as_item(long: Row) -> Row:
    """A long text as an item of the benchmark: its day at noon, its text as the lede."""
    return {
        "id": long["id"],
        "published": f"{long['date'][:10]}T12:00:00" if long["date"] else "",
        "outlet": long["outlet"],
        "title": long["title"],
        "lede": long["text"],
        "url": "",
    }


def names() -> list[str]:
    """The label files, without their endings."""
    return sorted(path.stem for path in FOLDER.glob("*.jsonl"))


def labelled(name: str, folder: Path = FOLDER) -> Iterator[tuple[Row, Row]]:
    """(item, annotation) of a label file, with their words."""
    for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        item = news()[row["item"]]
        if "read" in row:
            item = {**item, "lede": item["lede"][: row["read"]]}
        yield item, thawed(item, row)


def main() -> int:
    """Freeze, thaw or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("freeze", "thaw", "agree"))
    parser.add_argument("files", nargs="+")
    chosen = parser.parse_args()
    if not news():
        sys.stderr.write(f"{NEWS} is absent\n")
        return 0
    if chosen.what == "freeze":
        items, gold, name = chosen.files
        given = {item["id"]: item for item in map(json.loads, Path(items).read_text(encoding="utf-8").splitlines())}
        rows = [json.loads(line) for line in Path(gold).read_text(encoding="utf-8").splitlines() if line.strip()]
        made = [json.dumps(frozen(given[row["item"]], row), ensure_ascii=False) for row in rows]
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{name}.jsonl").write_text("\n".join(made) + "\n", encoding="utf-8")
    elif chosen.what == "thaw":
        for item, row in labelled(chosen.files[0]):
            sys.stdout.write(json.dumps({"item": item, "gold": row}, ensure_ascii=False) + "\n")
    else:
        first, second = (
            [row for name in chosen.files for _, row in labelled(name, folder)] for folder in (FOLDER, SECOND)
        )
        told = [{**event, "document": row["item"]} for row in second for event in row["events"]]
        result = bench.scorer().score(first, told)[0]
        for name in ("type", "who", "record", "full"):
            sys.stdout.write(f"{name} {result[name]['f1']:.3f}\n")
        for name in ("status", "direction", "date", "country"):
            sys.stdout.write(f"{name} {result[name]:.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
