"""Make ``resources/actors/leaders.csv`` from three public tables of office holders; run by hand when they change.

Sources: the CIA World Factbook's government fields over time (public domain), REIGN leader spells (MIT), the US State
Department's principal officers and chiefs of mission (CC0). Facts only are taken. It decides nothing about surfaces,
codes or weights: ``build_knowledge.py`` does. What ``struck.csv`` lists is wrong in the sources; it is left out before
the spells are made, so that nobody else's spell is cut by it.

    python scripts/import_leaders.py FACTBOOK.csv REIGN.csv OFFICIALS.csv
"""

import csv
import datetime as dt
import difflib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dragoman.knowledge_names import fold

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
    r"|Council|of|State|the|Cabinet|Ministers|Government|Sheikha|Shaykh|Mullah|Lord|Colonel|Presidency|Leadership"
    r"|Co-Vice|Foreign|Swiss|Confederation|French|Polynesia)\.?,?\s+)+"
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
MEANT = {"deputy prime minister": "deputy_prime_minister", "deputy president": "vice_president"}  # title cut short
HEAD_OF = {"vice_president": "president", "deputy_prime_minister": "prime_minister"}
NO_DEPUTIES = ("2024-05-01", "2024-07-31")  # the editions in which the Factbook gave up naming deputies
SPELLING = 0.6  # likeness from which two names with one first day are spellings of one name
GAPS = {"2016-11-06": "2015-11-29", "2020-11-23": "2017-03-28"}  # last edition before a gap -> the one before it
GEC = {"ae": "ARE", "ct": "CAF", "fm": "FSM"}  # the Factbook's codes of states whose files give no name
REIGN_SINCE = 1990  # spells that ended earlier are hardly ever news
MISSIONS_SINCE = "2005"  # ambassadors of earlier years are hardly ever news


def country_codes() -> dict[str, tuple[str, str]]:
    """Country name, COW number and POCOM slug -> (ISO3, "state" or "" for a dependency)."""
    codes: dict[str, tuple[str, str]] = {}
    with (RESOURCES / "countries.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            found = (row["iso3"], "state" if row["gw"] or row["iso3"] in ("VAT", "PSE") else "")
            for name in filter(None, (row["name"], *row["names"].split("|"))):
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
    aliases |= {f"gec {gec}": code for gec, code in GEC.items()}
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


class Seen(NamedTuple):
    """A person as the Factbook named them in one office, since when, and the first and last edition that said so."""

    raw: str
    name: str
    family: str
    aliases: tuple[str, ...]
    since: str
    first: str
    last: str

    def is_also(self, other: "Seen") -> bool:
        """Whether both name one person: they begin alike, and all words of one, or a family name, are the other's."""
        if not self.name or fold(self.name).split()[0] != fold(other.name).split(" ")[0]:
            return self.name == other.name
        mine, theirs = ({*fold(" ".join([s.name, *s.aliases])).split()} for s in (self, other))
        families = [{*fold(s.family).split()} for s in (self, other)]
        given_first = fold(self.name).split()[0] not in families[0]  # not so in East Asia
        alike = given_first and bool(families[0] & theirs or families[1] & mine)
        return mine <= theirs or theirs <= mine or alike


def office(title: str, name: str, code: str) -> str:
    """Our key for the Factbook's title, "" for none; what a chair is of stands before the name."""
    words = re.sub(r"^(interim|acting|caretaker|transitional)\s+", "", title.strip(' "').lower())
    if words in ("chairman", "chairperson") and name.startswith(("of the Presidency", "of the Council of Ministers")):
        return "president" if "Presidency" in name else "prime_minister"
    return "" if code == "RUS" and words == "premier" else TITLES.get(words, "")  # there "First Deputy Premier", cut


def struck() -> dict[tuple[str, str, str, str], str]:
    """(name, code, title, since) of what the sources have wrong -> the office that is meant, "" for none.

    Without a day it is all spells of that office.
    """
    with (RESOURCES / "struck.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    return {(row["name"], row["code"], row["title"], row["since"]): MEANT.get(row["why"], "") for row in rows}


def factbook(path: Path, codes: dict[str, tuple[str, str]]) -> Iterator[Spell]:
    """Spells of heads of state and government and of deputies."""
    wrong = struck()
    rows: dict[tuple[str, str], list[Seen]] = {}
    with path.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            code, status = codes.get(row["country"].lower() or f"gec {row['gec_code']}", ("", ""))
            title, since = office(row["title"], row["name"], code), day(row["since"])
            crown = next((owner for name, owner in CROWN_OF.items() if row["name"].startswith(name)), code)
            if not (code and title and since) or crown != code or (not status and row["role"] == "chief of state"):
                continue
            seen = Seen(
                row["name"], *tidy(row["name"]), since, row["first_seen_commit_date"], row["last_seen_commit_date"]
            )
            title = wrong.get((seen.name, code, title, since), wrong.get((seen.name, code, title, ""), title))
            if title:
                rows.setdefault((code, title), []).append(seen)
    found = [spell for (code, title), seen in sorted(rows.items()) for spell in spells(code, title, seen)]
    yield from (as_long_as_the_head(spell, found) for spell in found)


def as_long_as_the_head(spell: Spell, spells: list[Spell]) -> Spell:
    """A deputy's spell, ending with the head's where the last sighting says little of the end.

    So it is where the Factbook gave up naming deputies, and before a gap of years in its editions.
    """
    gave_up = NO_DEPUTIES[0] <= spell.until <= NO_DEPUTIES[1]
    if spell.title not in HEAD_OF or not (gave_up or spell.until in GAPS):
        return spell
    of, shown = (spell.code, HEAD_OF[spell.title]), max(spell.since, GAPS.get(spell.until, spell.until))
    ends = [s.until for s in spells if (s.code, s.title) == of and s.since <= shown <= (s.until or "9999")]
    if not ends or (not gave_up and not spell.since < ends[-1] < spell.until):
        return spell
    return spell._replace(until=ends[-1])


def beside(one: Seen, other: Seen) -> bool:
    """Whether both were shown at once for longer than a change of office takes to be noted."""
    until = min(GAPS.get(one.last, one.last), GAPS.get(other.last, other.last))
    return days(max(one.first, other.first), until) > SIDE_BY_SIDE


def unlike(one: Seen, other: Seen) -> bool:
    """Whether two names have no word in common and are too different to be spellings of one."""
    if not (one.name and other.name) or {*fold(one.name).split()} & {*fold(other.name).split()}:
        return False
    return difflib.SequenceMatcher(None, one.name.lower(), other.name.lower()).ratio() < SPELLING


def starting(seen: list[Seen]) -> dict[str, Seen]:
    """What was last said of each beginning; who follows another with the other's day began when first seen."""
    starts: dict[str, Seen] = {}
    for row in sorted(seen, key=lambda row: (row.first, row.last)):
        old = starts.get(row.since)
        follows = old is not None and row.first >= old.last and unlike(row, old) and not row.is_also(old)
        since = row.first if follows else row.since
        if since not in starts or starts[since].last < row.last:
            starts[since] = row._replace(since=since)
    return starts


def spells(code: str, title: str, seen: list[Seen]) -> Iterator[Spell]:
    """Spells of one office: of a row that names the same person as the one before it only the first beginning counts.

    An end not given is the day before the next holder's first. Two prime ministers seen side by side are one and a
    deputy whose title lost its first words; as it cannot be told which, both are leaders without that office.
    """
    several = title in HEAD_OF
    starts = [row for _, row in sorted(starting(seen).items())]
    for i, row in enumerate(starts):
        if not row.name or (i and starts[i - 1].name == row.name):
            continue
        later = [other for other in starts[i + 1 :] if not other.is_also(row)]
        others = [other for other in later if other.name or not beside(other, row)]
        end = others[0].since if others else "9999"
        last = max(other.last for other in starts[i:] if other.is_also(row) and other.since <= end)
        until = "" if last >= RUNNING_FROM else last
        if others and not several:
            until = (dt.date.fromisoformat(others[0].since) - dt.timedelta(1)).isoformat()
        unclear = title == "prime_minister" and any(
            other.name and not other.is_also(row) and beside(other, row) for other in seen
        )
        held = "head_of_state_or_government" if unclear else title
        yield Spell(row.name, code, row.family, "|".join(row.aliases), held, row.since, until, "CIA World Factbook")


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
