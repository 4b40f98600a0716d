"""Builds src/dragoman/data/ingest.json from resources/ingest: news agencies, language codes, where pages keep dates.

The tables are edited by hand. ``languages.csv`` was taken once from CLDR (names in English, ISO 639-2 and 639-3 codes
that stand for a 639-1 one); ``page_dates.csv`` is in order of trust.
"""

import csv
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources" / "ingest"
TARGET = ROOT / "src" / "dragoman" / "data" / "ingest.json"

# Macrolanguages' members and common names that CLDR gives no English name of their own
_MORE_NAMES = {"chinese (simplified)": "zh", "chinese (traditional)": "zh", "farsi": "fa", "mandarin": "zh"}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table; every cell stripped."""
    with (RESOURCES / name).open(encoding="utf-8", newline="") as table:
        return [{key: cell.strip() for key, cell in row.items()} for row in csv.DictReader(table)]


def languages() -> dict[str, str]:
    """Any code or English name of a language, lower case -> its ISO 639-1 code."""
    codes = {}
    for row in rows("languages.csv"):
        for form in (row["code"], *row["iso639_2"].split(), row["name"].lower()):
            codes[form] = row["code"]
    return dict(sorted({**_MORE_NAMES, **codes}.items()))


def build() -> None:
    """Write the built table; the same resources give the same bytes."""
    built = {
        "agencies": dict(sorted((row["surface"], row["agency"]) for row in rows("agencies.csv"))),
        "languages": languages(),
        "page_dates": [[row["where"], row["name"]] for row in rows("page_dates.csv")],
    }
    TARGET.write_text(json.dumps(built, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: " + ", ".join(f"{len(part)} {name}" for name, part in built.items()))


if __name__ == "__main__":
    build()
