"""Build src/dragoman/data/times.json and tense.json from resources/times/*.csv and resources/actors/countries.csv.

Checks that every pattern compiles and names only classes that exist, that every normal form names only slots of its
pattern, and that every state with a day of its own is one of the table of countries. The result depends on the csv
files only.
"""

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources" / "times"
COUNTRIES = ROOT / "resources" / "actors" / "countries.csv"
TARGET = ROOT / "src" / "dragoman" / "data"
SLOT = re.compile(r"\{([a-z]+)(\d?)(?:\|[^}]*)?\}")


def rows(name: str | Path) -> list[dict[str, str]]:
    """The rows of a table, every cell a string."""
    with (SOURCE / name).open(encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]


def states(known: set[str]) -> dict[str, str]:
    """Names, adjectives and capitals of the states that are ``known`` -> their codes."""
    words: dict[str, str] = {}
    for row in rows(COUNTRIES):
        cells = (row[key] for key in ("name", "names", "adjectives", "people", "capital"))
        for word in (word for cell in cells for word in cell.split("|") if word):
            if row["iso3"] in known:
                words.setdefault(word.partition(":")[0], row["iso3"])
    for row in rows("fiscal.csv"):
        words |= dict.fromkeys(filter(None, row["also"].split("|")), row["state"])
    return words


def of_states() -> dict[str, Any]:
    """What depends on a state: its fiscal year, its national days by their name, and the names of such states."""
    fiscal = {row["state"]: [row["month"], row["named by"]] for row in rows("fiscal.csv")}
    national: dict[str, dict[str, str]] = {}
    for row in rows("national_days.csv"):
        national.setdefault(row["name"], {})[row["state"]] = row["day"]
    known = {state for days in national.values() for state in days} | set(fiscal)
    return {"fiscal": fiscal, "national": national, "states": states(known)}


def feasts() -> dict[str, list[list[str]]]:
    """First and last days of feasts by their name, in order."""
    table: dict[str, list[list[str]]] = {}
    for row in sorted(rows("feasts.csv"), key=lambda row: row["first"]):
        table.setdefault(row["feast"], []).append([row["first"], row["last"]])
    return table


def classes() -> dict[str, dict[str, Any]]:
    """Classes of words by name: ``words`` (word -> value), ``pattern`` and ``form`` for what is written in figures."""
    table: dict[str, dict[str, Any]] = {}
    for row in rows("words.csv"):
        words = table.setdefault(row["class"], {"words": {}, "pattern": "", "form": ""})["words"]
        for word in row["words"].split("|"):
            words[word] = row["value"]
    for row in rows("classes.csv"):
        entry = table.setdefault(row["class"], {"words": {}, "pattern": "", "form": ""})
        entry["pattern"], entry["form"] = row["pattern"], row["form"]
    names = {row["name"]: row["name"] for row in rows("national_days.csv")}
    return table | {"national": {"words": names, "pattern": "", "form": ""}}


def problems(table: dict[str, Any]) -> list[str]:
    """What is wrong with the tables, one line each."""
    found = [f"no country {code!r}" for code in table["fiscal"] if code not in table["states"].values()]
    for name, days in table["national"].items():
        found += [f"{name}: no country {code!r}" for code in days if code not in table["states"].values()]
    feast_words = table["classes"]["feast"]["words"].values()
    found += [f"no feast {name!r}" for name in feast_words if name not in table["feasts"]]
    for number, row in enumerate(table["patterns"], start=2):
        where = f"patterns.csv:{number}: {row['name']}"
        slots = {match[1] + match[2] for match in SLOT.finditer(row["pattern"])}
        found += [f"{where}: no class {name!r}" for name in slots if name.rstrip("0123456789") not in table["classes"]]
        used = {m[1] + m[2] for key in ("normal", "otherwise") for m in SLOT.finditer(row[key])}
        found += [f"{where}: the normal form uses {name!r}, not in the pattern" for name in used - slots]
        try:
            re.compile(SLOT.sub("x", row["pattern"]))
        except re.error as error:
            found.append(f"{where}: {error}")
    return found


def main() -> int:
    """Write the table; 1 and one line per problem if the sources are wrong."""
    table = {
        "classes": classes(),
        "patterns": [
            {key: row[key] for key in ("name", "pattern", "normal", "otherwise")} for row in rows("patterns.csv")
        ],
        "signals": [{key: row[key] for key in ("kind", "pattern", "value")} for row in rows("signals.csv")],
        "guards": [[row["found in the text"], row["blocks"]] for row in rows("guards.csv")],
        "feasts": feasts(),
    } | of_states()
    wrong = problems(table)
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        return 1
    write("times.json", table)
    write("tense.json", {row["class"]: row["words"].split("|") for row in rows("tense.csv")})
    print(f"times.json: {len(table['patterns'])} patterns; tense.json")
    return 0


def write(name: str, table: dict[str, Any]) -> None:
    """A table as one JSON file, the same bytes for the same sources."""
    TARGET.mkdir(parents=True, exist_ok=True)
    text = json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True) + "\n"
    (TARGET / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
