"""Builds src/dragoman/data/language.json, the English reader's tables, from resources/language/*.csv."""

import csv
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources" / "language"
TARGET = ROOT / "src" / "dragoman" / "data" / "language.json"

FOLLOWS = ("", "capital", "digit", "more")
ENDS = ("never", "rarely", "may")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table, refusing a key that stands twice."""
    with (SOURCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    seen: set[str] = set()
    for line, row in enumerate(found, start=2):
        key = next(iter(row.values()))
        if key in seen:
            raise SystemExit(f"{name}.csv:{line}: {key!r} stands twice")
        seen.add(key)
    return found


def abbreviations() -> dict[str, list[str]]:
    """``abbreviation -> [what must follow, whether a sentence can end with it]``."""
    table = {}
    for line, row in enumerate(rows("abbreviations"), start=2):
        if row["follow"] not in FOLLOWS or row["ends"] not in ENDS or not row["abbreviation"].endswith("."):
            raise SystemExit(f"abbreviations.csv:{line}: {row['abbreviation']!r}: bad follow, ends or form")
        table[row["abbreviation"]] = [row["follow"], row["ends"]]
    return table


def contractions() -> dict[str, list[str]]:
    """``form -> parts`` of words written together, lower case; the parts spell the form."""
    table = {row["form"]: row["parts"].split("|") for row in rows("contractions")}
    for form, parts in table.items():
        if "".join(parts) != form:
            raise SystemExit(f"contractions.csv: {form!r} is not spelled by {parts}")
    return table


def gendered() -> dict[str, str]:
    """``word -> he or she`` of nouns and titles of one person."""
    table = {row["word"]: row["gender"] for row in rows("gendered")}
    for word, gender in table.items():
        if gender not in ("he", "she"):
            raise SystemExit(f"gendered.csv: {word!r}: bad gender {gender!r}")
    return table


def first_names() -> dict[str, str]:
    """The first names, lower case, of men and of women, each as one string."""
    table: dict[str, list[str]] = {"he": [], "she": []}
    for row in rows("first_names"):
        table[row["gender"]].append(row["name"])
    return {gender: " ".join(names) for gender, names in table.items()}


def main() -> None:
    """Build the file."""
    tables: dict[str, dict[str, list[str]] | dict[str, str] | list[str]] = {
        "abbreviations": abbreviations(),
        "contractions": contractions(),
        "gendered": gendered(),
        "first_names": first_names(),
        "prefixes": [row["prefix"] for row in rows("prefixes")],
        "starters": [row["word"] for row in rows("starters")],
        "syllables": [row["syllable"] for row in rows("syllables")],
        "units": [row["unit"] for row in rows("units")],
    }
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(tables, ensure_ascii=False, sort_keys=True, indent=0) + "\n", encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: " + ", ".join(f"{len(table)} {name}" for name, table in tables.items()))


if __name__ == "__main__":
    main()
