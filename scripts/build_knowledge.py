"""Build the tables of :mod:`dragoman.knowledge` from ``resources/actors`` and ``resources/places``.

    python scripts/build_knowledge.py

Every build from the same resources writes the same bytes. Weights say how sure a form means a thing when nothing else
is known: see the columns' ``form:weight`` and the rules below; docs/decisions/0004-knowledge-tables.md gives reasons.
"""

import collections
import csv
import datetime as dt
import functools
import json
import math
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.knowledge_names import STRAIGHT, fold

ROOT = Path(__file__).parent.parent
RESOURCES = ROOT / "resources"
DATA = ROOT / "src" / "dragoman" / "data"
Row = dict[str, str]
Surfaces = dict[str, dict[tuple[str, str], int]]

NAME, DEMONYM, CAPITAL, COUNTRY_PLACE = 100, 95, 50, 90  # weights of a country's forms
METONYM = 60  # the most a capital weighs as its government ("New Delhi:60"); a name that weighs more is no town's
OUTLET, COMMON_OUTLET, COMMON_BODY = 80, 40, 20
TITLE, WEAK_TITLE = 60, 10  # one common word alone ("state", "figure") says little
FULL_NAME, FAMILY, OLD_FAMILY, SHARED_FAMILY, COMMON_FAMILY = 95, 60, 40, 20, 0
SHARED_BY = 6  # people of one family name in the tables from which the name alone says little
BIG_CITY = 1_000_000  # inhabitants from which a city keeps a name that is also a common word
CITY_OVER_PERSON = 500_000  # inhabitants from which a city keeps a name that is also a family name
OPEN = "2026-12-31"  # after all ends in the tables: the end of a tenure that has none
STUB = 90  # days left of an imported spell, the rest being of others in the hand table, from which it is believed
MEANINGS = 4  # places kept of one name, the largest
SEVERAL = {"deputy_prime_minister", "vice_president", "deputy_foreign_minister"}  # offices of more than one person
SEVERAL |= {"ambassador", "assistant_secretary_of_state"}
HIGHEST = {"president", "prime_minister", "chancellor", "king", "supreme_leader", "junta_leader"}
UNCLEAR = "head_of_state_or_government"  # what an imported leader is whose office the source does not tell
one = functools.partial(json.dumps, ensure_ascii=False, separators=(",", ":"))  # JSON on one line without spaces
PEOPLE_ENDINGS = ("an", "i", "eek", "zech", "ak", "ai", "ot", "ek", "bek", "ian")


def table(name: str) -> list[Row]:
    """Rows of a table and of its parts (people.csv, people_more.csv); a row of the wrong width is an error."""
    rows, whole = [], RESOURCES / name
    for path in (whole, *sorted(whole.parent.glob(f"{whole.stem}_*.csv"))):
        with path.open(encoding="utf-8", newline="") as source:
            reader = csv.DictReader(source, strict=True)
            for row in reader:
                if None in row or None in row.values():
                    sys.exit(f"{path.relative_to(ROOT)}:{reader.line_num}: wrong number of columns")
                rows.append(row)
    return rows


def forms(cell: str, weight: int) -> Iterator[tuple[str, int]]:
    """A cell like ``US|U.S.|the States:40`` -> forms with their weights."""
    for item in filter(None, cell.split("|")):
        match = re.fullmatch(r"(.*):(\d+)", item)
        yield (match[1], int(match[2])) if match else (item, weight)


def slug(name: str) -> str:
    """A key out of a name: ASCII letters, digits and underscores."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", "_", plain.replace("'", "").replace("ø", "o").replace("ł", "l")).strip("_")


def day(text: str, last: bool) -> str:
    """A year, a month ("2021-03") or a day -> the first or the last day of it, ISO; "" stays."""
    parts = [int(part) for part in text.split("-")] if text else []
    if not parts:
        return ""
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    if len(parts) > 2:
        return dt.date(*parts).isoformat()
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return (following - dt.timedelta(1) if last else dt.date(year, month, 1)).isoformat()


def put(surfaces: Surfaces, form: str, kind: str, key: str, weight: int) -> None:
    """Note a meaning of a form; the greater weight counts."""
    cell = surfaces.setdefault(form.translate(STRAIGHT), {})
    cell[kind, key] = max(weight, cell.get((kind, key), 0))


def ascii_forms(name: str) -> tuple[str, ...]:
    """The name as given and without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return (name,) if plain == name else (name, plain)


def countries(exact: Surfaces) -> tuple[dict[str, Any], dict[str, Any]]:
    """States as actors and as places, with names, demonyms and capitals as metonyms."""
    actors: dict[str, Any] = {}
    places: dict[str, Any] = {}
    for row in table("actors/countries.csv"):
        code = row["iso3"]
        names = [(row["name"], NAME), *forms(row["names"], NAME)]
        actors[code] = [row["name"], "state", code, "GOV", [form for form, _ in names[1:]], [], "public record"]
        places[code] = [row["name"], code, "", None, None, None, "country"]
        for name, weight in names:
            for form in ascii_forms(name):
                put(exact, form, "actor", code, weight)
                put(exact, form, "place", code, min(weight, COUNTRY_PLACE))
        adjectives = list(forms(row["adjectives"], DEMONYM))
        people = list(forms(row["people"], DEMONYM - 5))
        people += [(form + "s", w) for form, w in adjectives if form.endswith(PEOPLE_ENDINGS) and w > 20]
        for form, weight in adjectives + people:
            for spelt in ascii_forms(form):
                put(exact, spelt, "demonym", code, weight)
        for form, weight in forms(row["capital"], CAPITAL):
            put(exact, form, "actor", code, weight)
    return actors, places


def bodies(exact: Surfaces, common: set[str]) -> dict[str, Any]:
    """Organisations, armed groups, companies and collectives with their dated sectors."""
    tenures: dict[str, list[list[str]]] = collections.defaultdict(list)
    for row in table("actors/body_tenures.csv"):
        tenures[row["key"]].append(
            [row["title"], row["of"], row["sector"], day(row["since"], False), day(row["until"], True), row["source"]]
        )
    actors: dict[str, Any] = {}
    for row in table("actors/bodies.csv"):
        key, names = row["key"], [(row["name"], NAME), *forms(row["names"], NAME)]
        aliases = [form for form, _ in names[1:]]
        dated = tenures.pop(key, [])
        actors[key] = [row["name"], row["kind"], row["code"], row["sector"], aliases, dated, "public record"]
        for name, weight in names:
            for form in ascii_forms(name):
                word = form.lower() in common and weight == NAME and not form.isupper()
                put(exact, form, "actor", key, COMMON_BODY if word else weight)
    if tenures:
        sys.exit(f"resources/actors/body_tenures.csv: no such body: {', '.join(sorted(tenures))}")
    return actors


def titles(lower: Surfaces) -> dict[str, Any]:
    """Office and role nouns; a plural has a key of its own, the plural of that of the singular."""
    weak = {row["word"] for row in table("actors/weak_titles.csv")}
    out: dict[str, Any] = {}
    for row in table("actors/titles.csv"):
        key, rank = row["key"], int(row["rank"])
        for number, column in ((False, "singular"), (True, "plural")):
            words = list(forms(row[column], NAME))
            name = re.sub("(?<![aeo])y$", "ie", key) + "s" if number and row["singular"] else key
            if words:
                singular = key if number and row["singular"] else ""
                out[name] = [words[0][0], row["sector"], row["kind"], rank, number, row["body_of"], singular]
            for form, weight in words:
                single = WEAK_TITLE if form.lower() in weak else TITLE
                put(lower, form.lower(), "title", name, weight if " " in form else min(weight, single))
    return out


class Person:
    """Somebody under way to a row of the table: tenures of the hand table stand, those of other tables fill gaps."""

    def __init__(self, row: Row) -> None:
        self.name, self.code, self.source = row["name"], row["code"], row["source"]
        self.family = row["family"] or row["name"].rsplit(" ", 1)[-1]
        self.hand = row["source"] == "public record"
        self.aliases: set[str] = set()
        self.tenures: dict[tuple[str, str], list[str]] = {}

    def add(self, row: Row, of: str, sector: str) -> None:
        """Add a tenure unless one is known that overlaps it or touches it, of the same office or a clearer one."""
        self.aliases |= set(filter(None, row["aliases"].split("|"))) | ({row["name"]} - {self.name})
        since, until = day(row["since"], last=False), day(row["until"], last=True)
        for tenure in self.tenures.values():
            near = since <= (tenure[4] or "9999") and tenure[3] <= (until or "9999")
            told = tenure[0] == row["title"] or (row["title"] == UNCLEAR and tenure[0] in HIGHEST)
            if near and told and row["source"] != "public record":
                return
        self.tenures[since, row["title"]] = [row["title"], of, sector, since, until, row["source"]]


def same(row: Row, known: dict[tuple[str, str], list[Person]]) -> Person | None:
    """The person already known whom a row of another table names: same state, family name and (where given) first."""
    words = fold(row["name"]).split()
    family = fold(row["family"] if row["family"] not in ("", "-") else words[-1]).split()
    for person in known.get((row["code"], family[-1]), []):
        names = [fold(name).split() for name in (person.name, *person.aliases)]
        given = words[0] != family[0] and words[0] in {name[0] for name in names}  # family first: the rest must agree
        if len(words) == 1 or given or set(words) in map(set, names):
            return person
    return None


def left_by(hand: list[Row], row: Row, person: str) -> Row | None:
    """An imported spell as the hand table leaves it: others there end it where most of the rest is theirs."""
    office = (row["code"], row["title"])
    rivals = [span(other) for other in hand if (other["of"], other["title"]) == office and other["name"] != person]
    since, until = span(row)
    theirs = [any(first <= number <= last for first, last in rivals) for number in range(since, until + 1)]
    for start in (*sorted(first - since for first, _ in rivals if since < first <= until), 0):
        if 2 * sum(theirs[:start]) <= start and 2 * sum(theirs[start:]) > len(theirs) - start:
            phantom = start < min(STUB, len(theirs) - start)
            return None if phantom else row | {"until": dt.date.fromordinal(since + start).isoformat()}
    return row


def span(row: Row) -> tuple[int, int]:
    """The first and the last day of a tenure, as numbers."""
    ends = (day(row["since"], last=False), day(row["until"], last=True) or OPEN)
    return dt.date.fromisoformat(ends[0]).toordinal(), dt.date.fromisoformat(ends[1]).toordinal()


def people(titles: dict[str, Any]) -> list[Person]:
    """Persons of the hand table, then those of the tables of leaders that it lacks."""
    hand, wrong = table("actors/people.csv"), {tuple(row.values())[:4] for row in table("actors/struck.csv")}
    found: dict[tuple[str, str], Person] = {}
    for row in hand:
        found.setdefault((row["name"], row["code"]), Person(row)).add(row, row["of"], row["sector"])
    known: dict[tuple[str, str], list[Person]] = collections.defaultdict(list)
    for person in found.values():
        for name in {person.name, *person.aliases}:
            for word in set(fold(name).split()):
                known[person.code, word].append(person)
    for row in table("actors/leaders.csv"):
        old = same(row, known)
        spell = row if row["title"] in SEVERAL else left_by(hand, row, old.name if old else "")
        held = (row["name"], row["code"], row["title"])
        if spell is None or {(*held, row["since"]), (*held, "")} & wrong:
            continue  # the hand table has somebody else in that office, or says that the row is wrong
        if old is None:
            old = found.setdefault((row["name"], row["code"]), Person(row))
            for word in set(fold(row["name"]).split()):
                known[row["code"], word].append(old)
        if old.tenures and row["source"] == "REIGN":
            continue  # REIGN names no office
        old.add(spell, row["code"], str(titles[row["title"]][1]))
    return [found[key] for key in sorted(found)]


def named(persons: list[Person], blocked: set[str], common: set[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Rows of the people table by key, and [key, weight] by folded full and family names."""
    rows: dict[str, Any] = {}
    names: dict[str, dict[str, int]] = collections.defaultdict(dict)
    bearers = collections.Counter(fold(person.family) for person in persons)
    for person in persons:
        key = slug(person.name)
        if key in rows:
            key += "_" + person.code.lower()
        tenures = [person.tenures[when] for when in sorted(person.tenures)]
        aliases = sorted(person.aliases)
        sector = tenures[-1][2] if tenures else ""
        rows[key] = [person.name, "person", person.code, sector, aliases, tenures, person.source]
        for name in (person.name, *aliases):
            if " " in name.strip():
                names[fold(name)][key] = FULL_NAME
        for form, given in forms(person.family if person.family != "-" else "", -1):
            family, weight = fold(form), FAMILY if person.hand else OLD_FAMILY
            if bearers[family] >= SHARED_BY:
                weight = SHARED_FAMILY
            if family in common or (len(family) < 3 and not person.hand):
                weight = COMMON_FAMILY
            if family not in blocked:
                names[family][key] = max(given if given >= 0 else weight, names[family].get(key, 0))
    return rows, {
        name: sorted(([k, w] for k, w in cell.items()), key=lambda r: (-r[1], r[0])) for name, cell in names.items()
    }


def outlets(exact: Surfaces, common: set[str]) -> tuple[dict[str, Any], dict[str, str]]:
    """News outlets as actors, and their names and domains in small letters."""
    actors: dict[str, Any] = {}
    names: dict[str, str] = {}
    for row in table("actors/outlets.csv"):
        key = "outlet_" + row["key"]
        aliases = [form for form, _ in forms(row["names"], NAME)]
        tenures = [["news_outlet", row["country"], "JRN", "", "", "public record"]] if row["state"] else []
        actors[key] = [row["name"], "outlet", row["country"], "JRN", aliases, tenures, "public record"]
        for form, weight in ((row["name"], OUTLET), *forms(row["names"], OUTLET)):
            word = form.lower().removeprefix("the ")
            least = weight if word not in common or form.isupper() else COMMON_OUTLET if " " in form else 0
            put(exact, form, "actor", key, min(weight, least))
            names[form.lower().removeprefix("the ")] = key
        names |= dict.fromkeys(row["domains"].split("|"), key)
    names.pop("", None)
    return actors, names


def places(exact: Surfaces, families: set[str], common: set[str]) -> dict[str, Any]:
    """Cities, regions, waters, sites and US states, with the names of small ones that mean something else left out."""
    out: dict[str, Any] = {}
    extra = {(row["city"], row["country"]): row for row in table("places/extra_places.csv")}
    actors = {form for form, cell in exact.items() if max(cell.values()) > METONYM}
    for row in table("places/regions.csv"):
        key = f"{slug(row['name'])}.{(row['country'] or 'world').lower()}"
        spot = (round(float(row["lat"]), 3), round(float(row["lon"]), 3))
        out[key] = [row["name"], row["country"], "", *spot, None, row["precision"]]
        for form, weight in ((row["name"], int(row["weight"])), *forms(row["other"], int(row["weight"]))):
            put(exact, form, "place", key, weight)
    for row in table("places/us_states.csv"):
        key = f"{slug(row['name'])}.usa"
        out[key] = [row["name"], "USA", row["code"], float(row["lat"]), float(row["lon"]), None, "admin1"]
        put(exact, row["name"].removesuffix(" State"), "place", key, int(row["weight"]))
    for row in table("places/cities.csv"):
        known = extra.get((row["name"], row["country"]))
        people_there = int(row["population"])
        name = (known["english"] if known else "") or row["name"]
        key = f"{slug(name)}.{row['country'].lower()}"
        key = f"{key}.{row['geonameid']}" if key in out else key
        names = {name, row["name"], *row["other"].split("|"), *(known["other"].split("|") if known else ())} - {""}
        weight = int(10 * math.log10(max(people_there, 10)))
        kept = [form for form in sorted(names) if known or keeps(form, people_there, actors, families, common)]
        kept = [form for form in kept if sum(kind == "place" for kind, _ in exact.get(form, ())) < MEANINGS]
        if not kept:
            continue
        spot = (float(row["lat"]), float(row["lon"]))
        out[key] = [name, row["country"], row["admin1"], *spot, int(row["geonameid"]), "city"]
        for form in kept:
            put(exact, form, "place", key, weight + 5 * bool(known))
    return out


def keeps(form: str, population: int, actors: set[str], families: set[str], common: set[str]) -> bool:
    """False for the name of a town too small to prevail over a state, a word, a family or a very short form."""
    least = BIG_CITY if form in actors or form.lower() in common or len(form) < 4 else CITY_OVER_PERSON
    return population >= least or (least == CITY_OVER_PERSON and form not in families)


def events() -> list[Any]:
    """[name, patterns, start, end, source] of dated events."""
    rows = []
    for row in table("actors/dated_events.csv"):
        patterns = [pattern.split() for pattern in row["patterns"].split(";")]
        rows.append([row["name"], patterns, day(row["start"], last=False), day(row["end"], last=True), row["source"]])
    return sorted(rows, key=lambda row: (row[2], row[0]))


def plain(surfaces: Surfaces) -> dict[str, Any]:
    """Surfaces as JSON: form -> [kind, key, weight] rows, the weightiest first."""
    return {
        form: [[*meaning, weight] for meaning, weight in sorted(cell.items(), key=lambda item: (-item[1], item[0]))]
        for form, cell in surfaces.items()
    }


def dump(value: Any) -> str:
    """JSON with one line per entry, so that a change of a table reads as one in git."""
    if isinstance(value, dict) and all(isinstance(item, list | str) for item in value.values()):
        lines = [f"{json.dumps(k, ensure_ascii=False)}:{one(value[k])}" for k in sorted(value)]
        return "{\n" + ",\n".join(lines) + "\n}"
    if isinstance(value, dict):
        return "{\n" + ",\n".join(f"{json.dumps(k)}:{dump(value[k])}" for k in sorted(value)) + "\n}"
    return "[\n" + ",\n".join(one(item) for item in value) + "\n]" if isinstance(value, list) else one(value)


def main() -> None:
    """Build all tables and print their sizes."""
    exact: Surfaces = {}
    lower: Surfaces = {}
    states, state_places = countries(exact)
    nouns = titles(lower)
    common = {row["word"] for row in table("places/common_words.csv") + table("places/word_towns.csv")}
    actors = states | bodies(exact, common)
    media, media_names = outlets(exact, common)
    blocked = {fold(form) for form in exact}
    persons, names = named(people(nouns), blocked, common)
    for key, row in persons.items():  # short forms like "MBS" or "Jokowi"; other names are looked up folded
        for form in [name for name in (row[0], *row[4]) if " " not in name and row[6] == "public record"]:
            put(exact, form, "actor", key, FULL_NAME)
    families = {row["family"] for row in table("actors/leaders.csv") + table("actors/people.csv")}
    tables = {"actors": actors | media, "people": persons, "titles": nouns}
    tables["places"] = state_places | places(exact, families, common)
    longest = max(len(form.replace("'s", " 's").replace("' ", " ' ").split()) for form in (*exact, *lower, *names))
    surfaces = {"any": plain(lower), "exact": plain(exact), "names": names, "outlets": media_names, "longest": longest}
    for name, value in {**tables, "surfaces": surfaces, "events": events()}.items():
        write(name, value)


def write(name: str, value: Any) -> None:
    """Write one table."""
    path = DATA / f"knowledge_{name}.json"
    path.write_text(dump(value) + "\n", encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {len(value)} entries, {path.stat().st_size:,} bytes")


def spellings() -> None:
    """Write the table that :func:`dragoman.knowledge_names.fold` reads; longest endings first."""
    rows = table("actors/spellings.csv")
    words = {row["form"]: row["canonical"] for row in rows if row["where"] == "word"}
    pairs = [[row["form"], row["canonical"]] for row in rows if row["where"] == "ending"]
    endings = sorted(pairs, key=lambda r: (-len(r[0]), r[0]))
    particles = sorted(row["form"] for row in rows if row["where"] == "particle")
    write("spellings", {"endings": endings, "particles": particles, "words": words})


if __name__ == "__main__":
    spellings()
    main()
