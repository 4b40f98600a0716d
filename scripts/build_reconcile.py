"""Build ``src/dragoman/data/reconcile.json`` from ``resources/reconcile``; refuses incomplete tables by file and line.

Deterministic: the same tables give the same bytes.
"""

import csv
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources" / "reconcile"
TARGET = ROOT / "src" / "dragoman" / "data" / "reconcile.json"
NUMBERS = (
    "base", "least", "most", "absent", "steep", "even", "threshold", "doubt", "doubts_kept", "rarest",
    "near_days", "reach_days", "memory_days",
    "grace_days", "answer_days", "process_days", "same_object",
)  # fmt: skip
MANNERS = ("speech", "occasion", "deed")
USES = ("idle", "visit", "meeting", "call", "leader")


class TableError(ValueError):
    """A table cannot be built; the message names file, line and field."""


def rows(name: str, fields: tuple[str, ...]) -> list[tuple[str, dict[str, str]]]:
    """(file:line, row) of a table; raises TableError for other columns than ``fields``."""
    path = SOURCE / name
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != fields:
            raise TableError(f"{name}:1: columns must be {', '.join(fields)}")
        return [(f"{name}:{number}", row) for number, row in enumerate(reader, 2)]


def weights() -> dict[str, dict[str, list[Any]]]:
    """Feature -> level -> [points, reason]."""
    out: dict[str, dict[str, list[Any]]] = {}
    for where, row in rows("weights.csv", ("feature", "level", "points", "held", "reason")):
        if not row["reason"]:
            raise TableError(f"{where}: reason: every level needs its words")
        levels = out.setdefault(row["feature"], {})
        if row["level"] in levels:
            raise TableError(f"{where}: level: {row['level']!r} stands twice")
        try:
            levels[row["level"]] = [int(row["points"]), row["reason"]]
        except ValueError:
            raise TableError(f"{where}: points: must be a whole number of thousandths") from None
    return out


def kinds() -> dict[str, list[Any]]:
    """Type -> [family, manner, hostile]."""
    out: dict[str, list[Any]] = {}
    for where, row in rows("kinds.csv", ("type", "family", "manner", "hostile")):
        if row["manner"] not in MANNERS:
            raise TableError(f"{where}: manner: must be one of {', '.join(MANNERS)}")
        out[row["type"]] = [row["family"], row["manner"], row["hostile"] == "yes"]
    return out


def words() -> dict[str, str]:
    """Word -> its use."""
    out: dict[str, str] = {}
    for where, row in rows("words.csv", ("word", "use")):
        if row["use"] not in USES:
            raise TableError(f"{where}: use: must be one of {', '.join(USES)}")
        out[row["word"]] = row["use"]
    return out


def rarity() -> dict[str, int]:
    """Stem -> how rare it is, in hundredths."""
    out = {}
    for where, row in rows("rarity.csv", ("stem", "rarity")):
        if not row["rarity"].isdecimal():
            raise TableError(f"{where}: rarity: must be a whole number of hundredths")
        out[row["stem"]] = int(row["rarity"])
    return out


def build() -> str:
    """The tables as one JSON text."""
    settings = tomllib.loads((SOURCE / "settings.toml").read_text(encoding="utf-8"))
    for name in NUMBERS:
        if not isinstance(settings.get(name), int):
            raise TableError(f"settings.toml: {name}: must be a whole number")
    used = words()
    sectors = rows("sectors.csv", ("sector", "official", "why"))
    data = {
        "version": settings["version"],
        "settings": {name: settings[name] for name in NUMBERS},
        "kinds": kinds(),
        "official": sorted(row["sector"] for _, row in sectors if row["official"] == "yes"),
        "idle_words": sorted(word for word, use in used.items() if use == "idle"),
        "aspects": {word: use for word, use in sorted(used.items()) if use in ("visit", "meeting", "call")},
        "leaders": sorted(word for word, use in used.items() if use == "leader"),
        "weights": weights(),
    }
    # The long table of stems on one line, all else readable
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return text.removesuffix("\n}") + ',\n "rarity": ' + json.dumps(rarity(), ensure_ascii=False) + "\n}\n"


def main() -> int:
    """Write the tables; 1 with one line where they cannot be built."""
    try:
        text = build()
    except (TableError, OSError, tomllib.TOMLDecodeError) as problem:
        print(f"build_reconcile: {problem}", file=sys.stderr)
        return 1
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {len(text)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
