"""Build src/dragoman/data/grounding.json from resources/actors/minorities.csv, missions.csv and forces.csv.

Checks every row: codes of three letters, words in lower case, days that are days and in order, nothing twice, keys of
bodies that the tables of actors have. The result depends on the csv files only.
"""

import csv
import datetime as dt
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "resources" / "actors"
TARGET = ROOT / "src" / "dragoman" / "data" / "grounding.json"
CODE = 3
COLUMNS = {
    "minorities": ("people", "adjective", "kin", "state", "key", "where", "alone"),
    "missions": ("key", "body", "state", "since", "until"),
    "forces": ("state", "name"),
}


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a table."""
    with (SOURCES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def problem(row: dict[str, str], keys: set[str]) -> str:
    """What is wrong with a row, "" for nothing."""
    codes = [row[name] for name in ("kin", "state") if name in row]
    named = [row[name] for name in ("key", "body") if row.get(name)]
    if any(len(code) != CODE or not code.isupper() for code in codes) or not row["source"]:
        return "a code that is none, or no source"
    if lacking := [key for key in named if key not in keys]:
        return f"no body has the key {lacking[0]}"
    words = "|".join(row.get(name, "") for name in ("people", "adjective", "where"))
    if words != words.lower():
        return "words not in lower case"
    try:
        days = [dt.date.fromisoformat(row[name]) for name in ("since", "until") if row.get(name)]
    except ValueError as error:
        return str(error)
    return "" if days == sorted(days) else "its end before its start"


def main() -> int:
    """Build, or say what is wrong."""
    keys = {row["key"] for table in ("bodies", "bodies_more") for row in rows_of(table)}
    made, wrong = {}, []
    for name, columns in COLUMNS.items():
        rows = rows_of(name)
        wrong += [
            f"{name}.csv: line {line}: {found}" for line, row in enumerate(rows, 2) if (found := problem(row, keys))
        ]
        made[name] = [[row[column] for column in columns] for row in rows]
        if len({tuple(row) for row in made[name]}) != len(rows):
            wrong.append(f"{name}.csv: a row stands twice")
    if wrong:
        sys.stderr.write("\n".join(wrong) + "\n")
        return 1
    tables = (
        f"{json.dumps(name)}: [\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"
        for name, rows in made.items()
    )
    TARGET.write_text("{\n" + ",\n".join(tables) + "\n}\n", encoding="utf-8")
    print(f"grounding.json: {sum(map(len, made.values()))} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
