"""Toponym resolution measured: how many given names of places are put within 161 km of the gold's point.

``python -m evals.places --corpus FILE.xml`` reads TR-News' form (``<toponym>`` with phrase, start, end and gaztag),
GeoWebNews' (extractedName, latitude, longitude) and GeoVirus' (``<location>``). All names of a document are resolved
together; those with gold coordinates count. ``--errors N`` prints misses, ``--json`` one object. The corpora are for
measuring only: nothing is trained on them and no row of a table is written for a name of theirs.

accuracy: within 161 km (100 miles), the usual bound; ``named``: the same over names that the gazetteer has;
``no_candidate``: share of names it lacks altogether; ``median_km``.
"""

import argparse
import csv
import json
import math
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

from dragoman import gazetteer
from dragoman.ground.places import Resolution, Toponym, resolve
from dragoman.types import Place

NEAR_KM = 161.0  # 100 miles
EARTH_KM = 6371.0
SOLD = {"AI", "CC", "CO", "FM", "GG", "IM", "IO", "LY", "ME", "NU", "SH", "TK", "TO", "TV", "WS"}  # used by anybody
COUNTRIES = Path(__file__).resolve().parent.parent / "resources" / "actors" / "countries.csv"
Spot = tuple[float, float]
TAGS = (("phrase", "gaztag/lat", "gaztag/lon"), ("extractedName", "latitude", "longitude"), ("name", "lat", "lon"))


def _domains() -> dict[str, str]:
    """Country domain -> ISO3."""
    with COUNTRIES.open(encoding="utf-8", newline="") as source:
        codes = {row["iso2"]: row["iso3"] for row in csv.DictReader(source) if row["iso2"] not in SOLD}
    return codes | {"UK": "GBR"}


COUNTRY_OF = _domains()


@dataclass(frozen=True, slots=True)
class Document:
    """A text's names with their gold points, None where the gold has none, and its outlet's country."""

    key: str
    home: str
    toponyms: tuple[Toponym, ...]
    gold: tuple[Spot | None, ...]


def documents(path: Path) -> Iterator[Document]:
    """The documents of a corpus with their literal and other names, in order of the text."""
    for number, article in enumerate(ElementTree.parse(path).getroot()):
        rows = []
        for node in (*article.iter("toponym"), *article.iter("location")):
            words, spot = _row(node)
            if words and (node.findtext("nonLocational") != "Yes" or spot):
                start, end = int(node.findtext("start") or 0), int(node.findtext("end") or 0)
                rows.append((Toponym(words, start, end), spot))
        rows.sort(key=lambda row: (row[0].start, row[0].end))
        yield Document(str(number), home_of(article), tuple(row[0] for row in rows), tuple(row[1] for row in rows))


def home_of(article: ElementTree.Element) -> str:
    """The country whose domain the article's address is under ("" for .com and those sold to everybody)."""
    address = article.findtext("domain") or article.findtext("link") or article.findtext("source") or ""
    host = urlsplit(address.strip() if "://" in address else f"https://{address.strip()}").hostname or ""
    return COUNTRY_OF.get(host.rsplit(".", 1)[-1].upper(), "")


def _row(node: ElementTree.Element) -> tuple[str, Spot | None]:
    for words, lat, lon in TAGS:
        if found := node.findtext(words):
            there = node.findtext(lat), node.findtext(lon)
            return found.strip(), (float(there[0]), float(there[1])) if there[0] and there[1] else None
    return "", None


def kilometres(one: Spot, other: Spot) -> float:
    """The great-circle distance."""
    a, b, c, d = map(math.radians, (*one, *other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def away(place: Place | None, gold: Spot) -> float:
    """How far a place is from the gold; half the earth's girth for none."""
    if place is None or place.lat is None or place.lon is None:
        return math.pi * EARTH_KM
    return kilometres((place.lat, place.lon), gold)


def measure(path: Path, errors: int) -> dict[str, float]:
    """The figures of a corpus; prints up to ``errors`` misses."""
    tables = gazetteer.load()
    count: Counter[str] = Counter()
    distances: list[float] = []
    spent = 0.0
    for document in documents(path):
        begun = time.perf_counter()
        found = resolve(document.toponyms, tables, document.home)
        spent += time.perf_counter() - begun
        for toponym, gold, resolution in zip(document.toponyms, document.gold, found, strict=True):
            count["names"] += 1
            if gold is None:
                continue
            distances.append(away(resolution.place, gold))
            count["lacks"] += not tables.search(toponym.words).candidates
            count["named"] += resolution.named
            count["named_near"] += resolution.named and distances[-1] <= NEAR_KM
            if distances[-1] > NEAR_KM and count["told"] < errors:
                count["told"] += 1
                print(_miss(document, toponym, gold, resolution, distances[-1]))
    total = max(len(distances), 1)
    return {
        "names": count["names"],
        "scored": len(distances),
        "accuracy": round(sum(km <= NEAR_KM for km in distances) / total, 4),
        "named": round(count["named_near"] / max(count["named"], 1), 4),
        "no_candidate": round(count["lacks"] / total, 4),
        "median_km": round(statistics.median(distances or [0.0]), 1),
        "names_a_second": round(count["names"] / max(spent, 1e-9)),
    }


def _miss(document: Document, toponym: Toponym, gold: Spot, resolution: Resolution, km: float) -> str:
    place = resolution.place
    ours = f"{place.name} {place.country} {place.precision} {place.lat},{place.lon}" if place else "nothing"
    return f"  {document.key} {toponym.words!r} gold {gold} ours {ours} ({km:.0f} km): {resolution.why}"


def main(argv: list[str] | None = None) -> int:
    """Print the figures; 2 where a corpus is absent."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, required=True, help="a corpus in TR-News' XML form")
    parser.add_argument("--errors", type=int, default=0, help="print so many misses")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args(argv)
    if not options.corpus.is_file():
        print(f"{options.corpus}: absent", file=sys.stderr)
        return 2
    figures = measure(options.corpus, options.errors)
    print(json.dumps(figures) if options.json else " · ".join(f"{name} {value}" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
