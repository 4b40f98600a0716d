"""Build ``src/dragoman/data/gazetteer.bin`` of :mod:`dragoman.gazetteer` from ``resources/places``.

Every build from the same resources writes the same bytes. What the tables are, whence they come and the form of the
file: docs/decisions/0011-gazetteer.md.

    python scripts/build_gazetteer.py
"""

import csv
import json
import math
import re
import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.gazetteer_names import fold, simpler

ROOT = Path(__file__).parent.parent
RESOURCES = ROOT / "resources"
TARGET = ROOT / "src" / "dragoman" / "data" / "gazetteer.bin"
Row = dict[str, str]

KINDS = ("country", "admin1", "admin2", "city", "region", "water", "site")
NAME, ALIAS, SHORTENED, OTHER, DEMONYM = range(5)  # how a form names a place; the look-ups have a price for each
NONE = 0xFFFFFFFF  # no place above, no GeoNames id
UNKNOWN_SIZE = 1000  # inhabitants taken for a town of which GeoNames knows none
# Priors are ten times a decimal logarithm of inhabitants, as the weights of 0004; what is added says what news means
COUNTRY, CONTINENT, CAPITAL, CITY, LOWER = 17, 80, 7, 7, -5
FAME = 6  # of a decimal logarithm of a town's names in all languages above what towns of its size have
FORMER = {"precision": "admin1", "weight": "48"}  # what the table of former subdivisions leaves out
NEWSWORTHY, GREATEST = 5, 1_000_000  # gained by a town up to this size that the table of English names has
SMALLEST = 10_000  # inhabitants from which a town is the one that the table of English names means
SAME_TOWN = 1.5  # degrees within which a town made by hand is the one of the same name that GeoNames has
MOST_BYTES = 255


@dataclass(slots=True)
class Entry:
    """A place to be written; ``above`` is the number of the place it lies in."""

    name: str
    kind: str
    country: str
    spot: tuple[float, float]
    prior: int
    geonameid: int = NONE
    above: int = NONE


@dataclass(slots=True)
class Tables:
    """What is built: places, how forms name them, and the numbers of places by id and by name."""

    places: list[Entry] = field(default_factory=list)
    forms: dict[str, dict[int, int]] = field(default_factory=dict)
    by_id: dict[str, int] = field(default_factory=dict)

    def add(self, entry: Entry, names: Iterable[tuple[str, int]]) -> int:
        """A new place with its forms; its number."""
        number = len(self.places)
        self.places.append(entry)
        if entry.geonameid != NONE:
            self.by_id[str(entry.geonameid)] = number
        self.call(number, names)
        return number

    def call(self, number: int, names: Iterable[tuple[str, int]]) -> None:
        """More forms of a place; of two ways to name it the nearer counts."""
        for name, how in names:
            for key, by in ((fold(name), how), *((form, max(how, SHORTENED)) for form in without_article(fold(name)))):
                cell = self.forms.setdefault(key, {})
                cell[number] = min(by, cell.get(number, by))
        self.forms.pop("", None)

    def known(self, names: Iterable[str], country: str, kinds: tuple[str, ...]) -> list[int]:
        """The places of these kinds in the country that one of the names names, the greatest first."""
        found = {number for name in names for number in self.forms.get(fold(name), ())}
        kept = [n for n in found if self.places[n].kind in kinds and self.places[n].country == country]
        return sorted(kept, key=lambda n: (-self.places[n].prior, n))

    def overshadowed(self, entry: Entry) -> bool:
        """Whether a subdivision of the town's name has so many more people that the name alone is its name."""
        known = self.known([entry.name], entry.country, ("admin1",))
        return any(self.places[number].prior > entry.prior for number in known)


def without_article(key: str) -> Iterator[str]:
    """An Arabic name as English texts have it too: "Ad Daqahlīyah" as "Daqahliyah" and "Daqahliya"."""
    match = re.fullmatch(r"(?:al|el|ad|adh|an|ar|as|ash|at|ath|az) (\w{4,}?)(h?)", key)
    if match:
        yield match[1] + match[2]
        yield match[1]


def table(name: str) -> list[Row]:
    """Rows of a resource table; a row of the wrong width is an error naming file and line."""
    path = RESOURCES / name
    with path.open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source, strict=True)
        rows = []
        for row in reader:
            if None in row or None in row.values():
                sys.exit(f"{path.relative_to(ROOT)}:{reader.line_num}: wrong number of columns")
            rows.append(row)
    return rows


def size(people: str) -> int:
    """Ten times the decimal logarithm of the inhabitants."""
    return round(10 * math.log10(int(people) or UNKNOWN_SIZE))


def fame(row: Row) -> int:
    """What a town gains by having more names in the languages of the world than others of its size."""
    usual = 0.035 * size(row["population"]) - 0.45  # logarithm: 3 for 1,000 inhabitants, 45 for 1,000,000
    return round(FAME * (math.log10(1 + int(row["names"])) - usual))


def spot(row: Row) -> tuple[float, float]:
    """Latitude and longitude of a row."""
    return float(row["lat"]), float(row["lon"])


def listed(cell: str, how: int, least: int = 11) -> Iterator[tuple[str, int]]:
    """The forms of a cell, without those that the tables of knowledge weigh less ("England:50" of a state)."""
    for form in filter(None, cell.split("|")):
        head, _, weight = form.rpartition(":")
        if not weight.isdigit() or int(weight) >= least:
            yield (head if weight.isdigit() else form), how


def peoples(row: Row) -> Iterator[tuple[str, int]]:
    """Adjectives and people of a country, their plurals too; "Dominican:20" names it no less for a gazetteer."""
    for cell in (row["adjectives"], row["people"]):
        for form, how in listed(cell, DEMONYM, 61):
            yield form, how
            if form.endswith(("an", "i", "ian", "er")):
                yield form + "s", how


def countries(tables: Tables) -> dict[str, int]:
    """States, territories and continents; ISO3 -> number of the place."""
    points = {row["iso3"]: row for row in table("places/country_points.csv")}
    described = {row["iso3"]: row for row in table("actors/countries.csv")}
    numbers = {}
    for row in table("places/territories.csv"):
        code, known = row["country"], described.get(row["country"])
        place = spot(points[code]) if code else spot(row)
        prior = size(row["population"]) + (COUNTRY if known else 0)
        entry = Entry(known["name"] if known else row["name"], "country", code, place, prior, int(row["geonameid"]))
        forms = [(row["name"], NAME)]
        if not code:
            entry.kind, entry.prior = "region", CONTINENT
        if known:
            forms += [(known["name"], NAME), *listed(known["names"], ALIAS, 60), *peoples(known)]
            forms += [(code, ALIAS)] if len(code) == 3 and code in ("USA", "GBR", "UAE") else []
        number = tables.add(entry, forms)
        if code:
            numbers[code] = number
    return numbers


def shortened(names: Iterable[str], starts: dict[str, str], ends: dict[str, str]) -> Iterator[tuple[str, int]]:
    """The names of a subdivision without the words that say it is one ("Helmand Province", "Provincia di Como")."""
    for name in names:
        for form, kind in simpler(fold(name), starts, ends):
            if kind == "admin":
                yield form, SHORTENED


def words(where: str) -> dict[str, str]:
    """The words that names are made with, of one end of the name, and the kind each tells."""
    return {row["words"]: row["kind"] for row in table("places/name_words.csv") if row["where"] == where}


def subdivisions(tables: Tables, states: dict[str, int]) -> None:
    """First and second level subdivisions; points and short forms made by hand go before computed ones."""
    by_hand = {(fold(row["name"].removesuffix(" State")), "USA"): spot(row) for row in table("places/us_states.csv")}
    by_hand |= {(fold(row["name"]), row["country"]): spot(row) for row in table("places/admin1_points.csv")}
    starts, ends = words("start"), words("end")
    for row in sorted(table("places/subdivisions.csv"), key=lambda row: (row["level"], int(row["geonameid"]))):
        names = [row["name"], *filter(None, row["other"].split("|"))]
        first = row["level"] == "1"
        keys = [(fold(name), row["country"]) for name in names if first]
        known = [by_hand[key] for key in keys if key in by_hand]
        above = tables.by_id.get(row["above"], states[row["country"]])
        prior = size(row["population"]) + (0 if first else LOWER)
        place = known[0] if known else spot(row)
        kind = "admin1" if first else "admin2"
        entry = Entry(row["name"], kind, row["country"], place, prior, int(row["geonameid"]), above)
        forms = [(names[0], NAME), *((name, ALIAS if first else OTHER) for name in names[1:])]
        tables.add(entry, [*forms, *shortened(names, starts, ends)])


def towns(tables: Tables, states: dict[str, int]) -> None:
    """Towns, and which of them are capitals; English names made by hand go before those of GeoNames."""
    capitals = {
        (fold(form), row["iso3"]) for row in table("actors/countries.csv") for form, _ in listed(row["capital"], NAME)
    }
    english: dict[tuple[str, str], list[str]] = {}
    for row in table("places/extra_places.csv"):
        forms = [form for form in (row["english"], *row["other"].split("|")) if form]
        english.setdefault((row["city"], row["country"]), []).extend(forms)
    best: dict[tuple[str, str], int] = {}
    for row in table("places/towns.csv"):
        above = tables.by_id.get(row["subdivision"], states[row["country"]])
        prior = size(row["population"]) + CITY + fame(row)
        entry = Entry(row["name"], "city", row["country"], spot(row), prior, int(row["geonameid"]), above)
        others = [(name, OTHER) for name in row["other"].split("|") if name]
        number = tables.add(entry, [(row["name"], NAME), *others])
        for form, _ in ((row["name"], NAME), *others):
            at = (fold(form), row["country"])
            if at in capitals and (at not in best or prior > tables.places[best[at]].prior):
                best[at] = number
        if row["population"] != "0" and (row["name"], row["country"]) in english and int(row["population"]) > SMALLEST:
            tables.call(number, ((form, ALIAS) for form in english[row["name"], row["country"]]))
            if int(row["population"]) < GREATEST and not tables.overshadowed(entry):
                entry.prior += NEWSWORTHY
    for number in set(best.values()):
        tables.places[number].prior += CAPITAL
    for (form, _), number in best.items():
        tables.call(number, [(form, ALIAS)])


def by_hand(tables: Tables, states: dict[str, int]) -> None:
    """Regions, waters and sites; of a country, subdivision or town that is known only new forms are taken."""
    taken: set[str] = set()
    for file in ("features", "former_divisions", "regions"):
        mine: set[str] = set()
        for given in table(f"places/{file}.csv"):
            row = FORMER | given
            cells = [cell for cell in row["other"].split("|") if cell]
            own = [cell.removeprefix("+") for cell in cells if cell.startswith("+")]
            forms = [(row["name"], NAME), *listed("|".join(cell for cell in cells if cell[0] != "+"), ALIAS)]
            for names in (forms, *([(name, NAME)] for name in own)):
                fresh = [(name, how) for name, how in names if fold(name) not in taken]
                mine |= {fold(name) for name, _ in fresh}
                if fresh:
                    feature(tables, states, row, fresh)
        taken |= mine


def feature(tables: Tables, states: dict[str, int], row: Row, forms: list[tuple[str, int]]) -> None:
    """One place made by hand, or new forms of one that is known."""
    kinds = {"country": ("country",), "admin1": ("admin1",), "city": ("city",)}.get(row["precision"], ())
    names = [name for name, _ in forms]
    known = tables.known(names, row["country"], kinds)
    if row["precision"] == "country":
        known = [states[row["country"]]]
    if row["precision"] == "city":
        known = [n for n in known if math.dist(tables.places[n].spot, spot(row)) < SAME_TOWN]
    prior = int(row["weight"])
    if known:
        tables.call(known[0], forms)
        tables.places[known[0]].prior = max(tables.places[known[0]].prior, prior)
        return
    above = states.get(row["country"], NONE)
    tables.add(Entry(names[0], row["precision"], row["country"], spot(row), prior, NONE, above), forms)


def short_forms(tables: Tables) -> None:
    """Short forms of subdivisions, demonyms of regions, airfields."""
    for row in table("places/us_states.csv"):
        for number in tables.known([row["name"].removesuffix(" State")], "USA", ("admin1",))[:1]:
            tables.call(number, [(row["code"], ALIAS)])
    for row in table("places/state_short_forms.csv"):
        known = (tables.known([row["name"]], row["country"], (kind,)) for kind in ("admin1", "city"))
        for number in next(filter(None, known), [])[:1]:
            tables.call(number, [(row["form"], ALIAS)])
    for row in table("places/region_demonyms.csv"):
        for number in tables.known([row["name"]], row["country"], KINDS)[:1]:
            tables.call(number, [(row["form"], DEMONYM)])


def airfields(tables: Tables, states: dict[str, int]) -> None:
    """Airfields that are named alone."""
    for row in table("places/airfields.csv"):
        if not tables.known([row["name"]], row["country"], ("site",)):
            entry = Entry(row["name"], "site", row["country"], spot(row), 45, NONE, states[row["country"]])
            tables.add(entry, [(row["name"], NAME)])


def common(tables: Tables) -> list[str]:
    """The forms that are words of the language too: "Reading", "Centre", "North"."""
    plain = {row["word"] for name in ("common_words", "word_towns") for row in table(f"places/{name}.csv")}
    return sorted(plain & tables.forms.keys())


def packed(tables: Tables, codes: list[str]) -> list[tuple[str, str, bytes]]:
    """The sections of the file: name, type code of its numbers or "" for text, bytes."""
    number_of = {code: at for at, code in enumerate(codes)}
    places, keys = tables.places, sorted(tables.forms)
    ways = [sorted(tables.forms[key].items(), key=lambda way: (-places[way[0]].prior, way)) for key in keys]

    def numbers(code: str, values: Iterable[int]) -> bytes:
        found = array(code, values)
        if sys.byteorder == "big":
            found.byteswap()
        return found.tobytes()

    return [
        ("names", "", "\n".join(place.name for place in places).encode()),
        ("keys", "", "\n".join(keys).encode()),
        ("meanings", "B", numbers("B", (min(len(way), MOST_BYTES) for way in ways))),
        ("ways", "I", numbers("I", (number << 3 | how for way in ways for number, how in way[:MOST_BYTES]))),
        ("kind_of", "B", numbers("B", (KINDS.index(place.kind) for place in places))),
        ("countries", "B", numbers("B", (number_of[place.country] for place in places))),
        ("priors", "B", numbers("B", (max(place.prior, 0) for place in places))),
        ("latitudes", "i", numbers("i", (round(place.spot[0] * 1000) for place in places))),
        ("longitudes", "i", numbers("i", (round(place.spot[1] * 1000) for place in places))),
        ("ids", "I", numbers("I", (place.geonameid for place in places))),
        ("above", "I", numbers("I", (place.above for place in places))),
    ]


def main() -> None:
    """Build the file and print its sizes."""
    tables = Tables()
    states = countries(tables)
    subdivisions(tables, states)
    towns(tables, states)
    by_hand(tables, states)
    short_forms(tables)
    airfields(tables, states)
    codes = ["", *sorted(states)]
    sections = packed(tables, codes)
    head = {
        "kinds": KINDS,
        "codes": codes,
        "words": {where: words(where) for where in ("start", "end", "alone")},
        "common": common(tables),
        "sections": [[name, code, len(data)] for name, code, data in sections],
    }
    line = json.dumps(head, separators=(",", ":")).encode() + b"\n"
    TARGET.write_bytes(line + b"".join(data for *_, data in sections))
    for name, _, data in sections:
        print(f"  {name}: {len(data):,} bytes")
    print(
        f"{TARGET.relative_to(ROOT)}: {len(tables.places):,} places, {len(tables.forms):,} forms, "
        f"{TARGET.stat().st_size:,} bytes"
    )


if __name__ == "__main__":
    main()
