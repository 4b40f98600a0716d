"""Build src/dragoman/data/occasions.json from resources/times/occasions.csv.

Checks every row: words in lower case, days that are days and in order, nothing twice. The result depends on the csv
file only.
"""

import csv
import datetime as dt
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources" / "times" / "occasions.csv"
TARGET = ROOT / "src" / "dragoman" / "data" / "occasions.json"


def problem(row: dict[str, str]) -> str:
    """What is wrong with a row, "" for nothing."""
    for name in ("act", "about"):
        if not row[name].split() or any(not word for group in row[name].split() for word in group.split("|")):
            return f"{name}: a group without words"
        if row[name] != row[name].lower():
            return f"{name}: not in lower case"
    try:
        first, last = dt.date.fromisoformat(row["start"]), dt.date.fromisoformat(row["end"])
    except ValueError as error:
        return str(error)
    return "" if first <= last and row["name"] and row["source"] else "its end before its start, no name or no source"


def main() -> int:
    """Build, or say what is wrong."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [f"{SOURCE.name}: line {line}: {found}" for line, row in enumerate(rows, 2) if (found := problem(row))]
    made = [[row[name] for name in ("act", "about", "name", "start", "end")] for row in rows]
    if len({tuple(row) for row in made}) != len(made):
        wrong.append(f"{SOURCE.name}: a row stands twice")
    if wrong:
        sys.stderr.write("\n".join(wrong) + "\n")
        return 1
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in sorted(made, key=lambda row: (row[3], row)))
    TARGET.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"occasions.json: {len(made)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
