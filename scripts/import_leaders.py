"""Make ``resources/actors/leaders.csv`` from three public tables of office holders; run by hand when they change.

Sources: the CIA World Factbook's government fields over time (public domain), REIGN leader spells (MIT), the US State
Department's principal officers and chiefs of mission (CC0). Facts only are taken. It decides nothing about surfaces,
codes or weights: ``build_knowledge.py`` does.

    python scripts/import_leaders.py FACTBOOK.csv REIGN.csv OFFICIALS.csv
"""

import csv
import datetime as dt
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

RESOURCES = Path(__file__).parent.parent / "resources" / "actors"


class Spell(NamedTuple):
    """One office held by one person; dates ISO 8601, "" unknown or open; ``family`` "-": never named by it alone."""

    name: str
    code: str
    family: str
    aliases: str
    title: str
    since: str
    until: str
    source: str


# Words before a name in the Factbook that are not part of it
HONORIFICS = re.compile(
    r"^(?:(?:Lt|Sr|Gen|Col|Maj|Brig|Capt|Adm|Cdre|Dr|Sir|Dame|Cardinal|Archbishop|Bishop|Grand|Chief|Sheikh|Prince|Hon"
    r"|Fleet|Vice|Ret|Tun|Dato|Datuk|Seri|Tan|and|Prime|Professor|Prof|Field|Marshal|President|Minister|General|Rear"
    r"|Right|Honorable|Air|Commodore|Commander|Lieutenant|Major|Brigadier|Doctor|Chairperson|Interim|Acting|Presidential"
    r"|Council|of|State|the|Cabinet|Ministers|Government|Sheikha|Shaykh|Mullah|Lord|Colonel)\.?,?\s+)+"
)
# What follows a name in the Factbook and is not part of it
AFTER = re.compile(
    r"(?:\s+of\s+the\s+Netherlands|,?\s*also spelled.*|\s+serving as.*|\(.*|;.*|,\s*(?:Dr|Jr|Gen|Lt|Col|ret|Brig|Capt"
    r"|Maj|Sr|III|the|first|since|acting).*|\s+note.*|\s+Jr\.?|,$)"
)
# A name that begins so is the rest of a longer title ("Deputy Prime Minister for Defense Affairs ...")
NOT_NAMES = ("Australia", "Crown", "Defense", "Interior")
TITLES = {
    "president": "president",
    "co-president": "president",
    "prime minister": "prime_minister",
    "prime ministers": "deputy_prime_minister",  # the Factbook's plural stands for "Deputy Prime Ministers"
    "premier": "prime_minister",
    "premiers": "deputy_prime_minister",
    "vice premier": "deputy_prime_minister",
    "vice premiers": "deputy_prime_minister",
    "vice president": "vice_president",
    "vice presidents": "vice_president",
    "first vice president": "vice_president",
    "king": "king",
    "queen": "king",
    "sultan": "king",
    "amir": "king",
    "prince": "king",
    "grand duke": "king",
    "pope": "pope",
    "chancellor": "chancellor",
    "supreme leader": "supreme_leader",
    "governor general": "governor_general",
    "governor-general": "governor_general",
    "chairman": "head_of_state_or_government",
    "chairperson": "head_of_state_or_government",
}
CROWN_OF = {"ELIZABETH II": "GBR", "CHARLES III": "GBR", "WILLEM-ALEXANDER": "NLD", "FREDERIK X": "DNK"}
CROWN_OF["MARGRETHE II"] = "DNK"
RUNNING_FROM = "2026-05-01"  # seen in the Factbook's last edition (May 2026): still in office there
SIDE_BY_SIDE = 60  # days for which two holders seen together are no change of office
REIGN_SINCE = 1990  # spells that ended earlier are hardly ever news
MISSIONS_SINCE = "2005"  # ambassadors of earlier years are hardly ever news


def country_codes() -> dict[str, tuple[str, str]]:
    """Country name, COW number and POCOM slug -> (ISO3, "state" or "" for a dependency)."""
    codes: dict[str, tuple[str, str]] = {}
    with (RESOURCES / "countries.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            found = (row["iso3"], "state" if row["gw"] or row["iso3"] in ("VAT", "PSE") else "")
            for name in (row["name"], *row["names"].split("|")):
                codes.setdefault(name.split(":")[0].lower(), found)
            codes["cow " + row["cow"]] = found
    aliases = {"korea, south": "KOR", "korea, north": "PRK", "bahamas, the": "BHS", "gambia, the": "GMB"}
    aliases |= {
        "congo, democratic republic of the": "COD",
        "congo, republic of the": "COG",
        "holy see (vatican city)": "VAT",
    }
    aliases |= {"c&ocirc;te d'ivoire": "CIV", "micronesia, federated states of": "FSM", "korea": "KOR", "burma": "MMR"}
    aliases |= {
        "congo democratic republic": "COD",
        "congo republic": "COG",
        "cote divoire": "CIV",
        "turkey (turkiye)": "TUR",
    }
    aliases |= {"drc": "COD", "macedonia": "MKD", "saint lucia": "LCA", "timor leste": "TLS"}
    return codes | {name: (code, "state") for name, code in aliases.items()}


def day(text: str) -> str:
    """Factbook date ("7 May 2012", "April 2011", "2011") -> ISO; "" where it cannot be read."""
    cleaned = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[A-Z])", " ", text.strip())
    for pattern in ("%d %B %Y", "%B %Y", "%Y"):
        try:
            return dt.datetime.strptime(cleaned, pattern).date().isoformat()
        except ValueError:
            continue
    return ""


def tidy(raw: str) -> tuple[str, str, tuple[str, ...]]:
    """Name used in news, family name and other forms out of "Vladimir Vladimirovich PUTIN"; empty when it is no name.

    The Factbook writes the family name in capitals: before it stand given names, after it in Spanish a second family
    name that news leaves out, in East Asia the given name.
    """
    text = HONORIFICS.sub("", AFTER.sub("", re.sub(r'"[^"]*"\s*', "", raw.replace("’", "'"))).strip()).strip(" ,")
    tokens = text.split()
    capital = [
        len(t) > 1
        and t.replace("Mc", "").replace("al-", "").replace("-", "").replace("'", "").isupper()
        and not t.endswith(".")
        for t in tokens
    ]
    roman = [i > 0 and re.fullmatch(r"[IVX]+", t) is not None for i, t in enumerate(tokens)]
    at = [i for i, is_capital in enumerate(capital) if is_capital and not roman[i]]
    if not at or len(tokens) > 7 or "," in text or "and" in tokens or tokens[0] in NOT_NAMES or tokens[0][:1].islower():
        return "", "", ()
    plain = [
        t
        if roman[i]
        else "-".join(p if p in ("al", "bin") else p[:1] + p[1:].lower() for p in t.split("-"))
        if capital[i]
        else t
        for i, t in enumerate(tokens)
    ]
    family = " ".join(plain[at[0] : at[-1] + 1])
    given = [t for t in plain[: at[0]] if not re.fullmatch(r"[A-Z]\.?", t)]
    if any(roman):
        return " ".join(plain), "-", ()
    if not given:
        return " ".join(plain), family, ()
    short = " ".join([given[0], family])
    full = " ".join(plain)
    return short, family, tuple(sorted({full, " ".join([*given, family])} - {short}))


def factbook(path: Path, codes: dict[str, tuple[str, str]]) -> Iterator[Spell]:
    """Spells of heads of state and government; an end not given is the day before the next holder's first."""
    found: dict[tuple[str, str], dict[str, tuple[str, str, str]]] = {}
    sightings: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            code, status = codes.get(row["country"].lower(), ("", ""))
            words = row["title"].strip(' "').lower()
            acting = re.sub(r"^(interim|acting|caretaker|transitional)\s+", "", words)
            title, since = TITLES.get(acting, ""), day(row["since"])
            crown = next((owner for name, owner in CROWN_OF.items() if row["name"].startswith(name)), code)
            if code == "RUS" and words == "premier":
                continue  # there the Factbook's "First Deputy Premier" has lost its first words
            if not (code and title and since) or crown != code or (not status and row["role"] == "chief of state"):
                continue
            seen = row["last_seen_commit_date"]
            sightings.setdefault((code, title), []).append((row["first_seen_commit_date"], seen, row["name"]))
            old = found.setdefault((code, title), {}).get(since)
            if old is None or old[1] < seen:
                found[code, title][since] = (row["name"], seen, row["first_seen_commit_date"])
    for (code, title), holders in sorted(found.items()):
        yield from spells(code, title, holders, sightings[code, title])


def spells(
    code: str, title: str, holders: dict[str, tuple[str, str, str]], sightings: list[tuple[str, str, str]]
) -> Iterator[Spell]:
    """Spells of one office: of a row that names the same person as the one before it only the first beginning counts.

    Two prime ministers seen side by side are one and a deputy whose title lost its first words; as it cannot be told
    which, both are leaders without that office.
    """
    several = title in ("deputy_prime_minister", "vice_president")
    starts = sorted(holders)
    before = ""
    for i, since in enumerate(starts):
        raw, seen, first_seen = holders[since]
        name, family, aliases = tidy(raw)
        later = [start for start in starts[i + 1 :] if tidy(holders[start][0])[0] != name]
        until = "" if seen >= RUNNING_FROM else seen
        if not several and later:
            until = (dt.date.fromisoformat(later[0]) - dt.timedelta(1)).isoformat()
        beside = title == "prime_minister" and any(
            tidy(other)[1] != family and days(max(first, first_seen), min(last, seen)) > SIDE_BY_SIDE
            for first, last, other in sightings
        )
        if name and name != before:
            office = "head_of_state_or_government" if beside else title
            yield Spell(name, code, family, "|".join(aliases), office, since, until, "CIA World Factbook")
        before = name


def days(first: str, last: str) -> int:
    """Days from one ISO date to another."""
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days


def reign(path: Path, codes: dict[str, tuple[str, str]]) -> Iterator[Spell]:
    """Leader spells that ended in 1990 or later; REIGN gives the family name, sometimes a whole name."""
    with path.open(encoding="latin-1", newline="") as source:
        for row in csv.DictReader(source):
            code, _ = codes.get("cow " + row["ccode"], ("", ""))
            name = re.sub(r"\s+", " ", row["leader"]).strip()
            if not code or not name or not row["syear"].isdigit() or not name.isprintable():
                continue
            if row["eyear"].isdigit() and int(row["eyear"]) < REIGN_SINCE:
                continue
            since = dt.date(int(row["syear"]), int(row["smonth"]), min(int(row["sdate"] or 1), 28)).isoformat()
            until = "2021-03"  # REIGN ends there
            if row["eyear"].isdigit():
                until = f"{int(row['eyear'])}-{int(row['emonth']):02d}"
            yield Spell(name, code, "", "", "head_of_state_or_government", since, until, "REIGN")


def missions(path: Path) -> Iterator[Spell]:
    """US chiefs of mission and the upper ranks of the State Department."""
    with path.open(encoding="utf-8", newline="") as source:
        rows = [
            r for r in csv.DictReader(source) if r["start"] >= MISSIONS_SINCE and (r["end"] or r["start"] >= "2022")
        ]
    for row in sorted(rows, key=lambda r: (r["name"], r["start"])):
        words = " ".join(row["title"].split())
        if row["kind"] == "chief of mission" and words.startswith(("ambassador", "charge")):
            title = "ambassador"
        elif words == "Secretary of State":
            title = "foreign_minister"
        elif words.startswith("Deputy Secretary of State"):
            title = "deputy_foreign_minister"
        elif words.startswith(("Under Secretary of State", "Assistant Secretary of State")):
            title = "assistant_secretary_of_state"
        else:
            continue
        tokens = row["name"].replace("’", "'").split()
        short = f"{tokens[0]} {tokens[-1]}" if tokens[-1].strip(".") not in ("Jr", "III", "II") else " ".join(tokens)
        alias = row["name"] if row["name"] != short and len(tokens[0].strip(".")) > 1 else ""
        name = short if len(tokens[0].strip(".")) > 1 else " ".join(tokens)
        yield Spell(name, "USA", "-", alias, title, row["start"], row["end"], "US State Department POCOM")


def main(arguments: list[str]) -> None:
    """Write the table; one line of counts per source."""
    codes = country_codes()
    tables = (
        list(factbook(Path(arguments[0]), codes)),
        list(reign(Path(arguments[1]), codes)),
        list(missions(Path(arguments[2]))),
    )
    with (RESOURCES / "leaders.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(Spell._fields)
        for table in tables:
            writer.writerows(sorted(set(table)))
    print("leaders.csv:", ", ".join(f"{len(table)} {table[0].source}" for table in tables))


if __name__ == "__main__":
    main(sys.argv[1:])
