"""Build src/dragoman/data/claims.json from the hand-edited tables in resources/claims.

Every table becomes a list of rows; alternatives ("a|b") become lists. Rows that the coder could not use are errors.
"""

import csv
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "resources" / "claims"
TARGET = ROOT / "src" / "dragoman" / "data" / "claims.json"
SLOTS = ("S", "O", "C", "iobj")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table, without its notes."""
    with (SOURCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [{key: value.strip() for key, value in row.items() if key != "note"} for row in csv.DictReader(lines)]


def roles(cell: str) -> list[list[str]]:
    """As in "S=visitor:people to=host" -> [[slot, role, class], ...]."""
    found = []
    for part in cell.split():
        slot, _, rest = part.partition("=")
        role, _, kind = rest.partition(":")
        if not role:
            sys.exit(f"triggers.csv: roles {cell!r}: {part!r} has no role")
        found.append([slot, role, kind])
    return found


def needs(cell: str) -> list[dict[str, object]]:
    """As in "obj=aid|arm+to" -> one test per "+"-part: {slots, words, kind}."""
    tests: list[dict[str, object]] = []
    for part in filter(None, cell.split("+")):
        slot, equals, words = part.partition("=")
        slot, _, kind = slot.partition(":")
        tests.append({"slots": slot.split("|"), "words": words.split("|") if equals else [], "kind": kind})
    return tests


def trigger(row: dict[str, str], number: int) -> dict[str, object]:
    """One trigger row in the form the coder reads."""
    return {
        "id": f"{row['pos']}{number}",
        "words": row["words"].split("|"),
        "pos": row["pos"],
        "needs": needs(row["needs"]),
        "type": row["type"],
        "modes": row["modes"].split("|") if row["modes"] else [],
        "roles": roles(row["roles"]),
        "cameo": row["cameo"],
    }


def share(row: dict[str, str]) -> float:
    """Claims right of all, towards a half where they are few (one right and one wrong added)."""
    return round((int(row["right"]) + 1) / (int(row["n"]) + 2), 2)


def main() -> None:
    """Write the table file."""
    built: dict[str, object] = {
        "triggers": [trigger(row, number) for number, row in enumerate(rows("triggers"), 2)],
        "modes": [{**row, "words": row["words"].split("|")} for row in rows("modes")],
        "cues": rows("cues"),
        "light": {row["verb"]: row["subject"] for row in rows("light")},
        "reporting": {row["verb"]: row["medium"] for row in rows("reporting")},
        "media": {row["word"]: row["medium"] for row in rows("media")},
        "attributing": [
            {**row, "words": row["words"].split("|"), "content": row["content"].split("|")}
            for row in rows("attributing")
        ],
        "anonymous": {word: row["class"] for row in rows("anonymous") for word in row["words"].split("|")},
        "confidence": {f"{row['type']} {row['pos']}": share(row) for row in rows("confidence")},
        "scenes": {f"{row['type']} {row['mode']}".strip(): row["side"] for row in rows("scenes")},
        "silences": rows("silences"),
        "stances": [{**row, "words": row["words"].split("|")} for row in rows("stances")],
        "issues": {row["issue"]: row["words"].split("|") for row in rows("issues")},
        "hints": {row["issue"]: f"{row['words']}|{row['hints']}".split("|") for row in rows("issues")},
        "contexts": {row["context"]: row["words"].split("|") for row in rows("contexts")},
    }
    TARGET.write_text(json.dumps(built, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {len(rows('triggers'))} triggers")


if __name__ == "__main__":
    main()
