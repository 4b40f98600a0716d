"""Make ``resources/times/feasts.csv`` and ``national_days.csv``, days that no simple rule gives; run by hand.

Sources, all from PyPI under the MIT License: hijridate (the Umm al-Qura calendar of Saudi Arabia; where the sighting of
the moon decides, a state may differ by a day), pyluach (the Jewish calendar; feasts begin on the evening before the
days given), persiantools (the Iranian new year), holidays (Lunar New Year, Diwali, and the national days of states).
A feast of several days that is mostly named for its first has that day only; Ramadan, Passover, Sukkot and Hanukkah are
from their first to their last.

    python scripts/import_feasts.py        in an environment that has these packages
"""

import csv
import datetime as dt
import importlib
import importlib.metadata
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "resources" / "times"
FIRST, LAST = 1995, 2035
# Month, day and number of days of the feasts of two calendars
MUSLIM = {
    "MAWLID": (3, 12, 1),
    "RAMADAN": (9, 1, 0),
    "EIDFITR": (10, 1, 1),
    "EIDADHA": (12, 10, 1),
    "ASHURA": (1, 10, 1),
}
JEWISH = {
    "PASSOVER": (1, 15, 7),
    "ATZMAUT": (2, 5, 1),
    "ROSHHASHANAH": (7, 1, 1),
    "YOMKIPPUR": (7, 10, 1),
    "SUKKOT": (7, 15, 7),
    "HANUKKAH": (9, 25, 8),
}
# The package has the days of India from 2001
DIWALI = {1995: "10-23", 1996: "11-10", 1997: "10-30", 1998: "10-19", 1999: "11-07", 2000: "10-26"}
# Names that a day of several states has; a day of one state alone ("Bastille Day") is in resources/times/words.csv
NAMES = re.compile(
    r"(?:National )?(?:Independence|Independence Movement|Republic|Constitution|Unity|Victory|Liberation|Revolution"
    r"|Freedom|Army|Armed Forces|Martyrs'|Statehood|Foundation|Founding|Memorial|Union|Flag) Day|National Day"
)
STATES = """
AFG AGO ALB ARE ARG ARM AUS AUT AZE BDI BEL BFA BGD BGR BHR BIH BLR BOL BRA BWA CAF CAN CHE CHL CHN CIV CMR COD
COG COL CRI CUB CYP CZE DEU DJI DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FRA GAB GBR GEO GHA GIN GMB GNB GRC GTM GUY HND
HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN KAZ KEN KGZ KHM KOR KWT LAO LBN LBR LBY LKA LTU LVA MDA MDG MEX
MKD MLI MLT MMR MNE MNG MOZ MRT MWI MYS NAM NER NGA NIC NLD NOR NPL NZL OMN PAK PAN PER PHL POL PRK PRT PRY QAT ROU RUS
RWA SAU SDN SEN SGP SLE SLV SOM SRB SSD SVK SVN SWE SYR TCD TGO THA TJK TKM TUN TUR TWN TZA UGA UKR URY USA UZB VEN VNM
YEM ZAF ZMB ZWE"""
# Not in the package, or not under the name that English news has
OWN = {
    ("AFG", "Independence Day"): "08-19",
    ("AGO", "Independence Day"): "11-11",
    ("ARM", "Independence Day"): "09-21",
    ("BGR", "National Day"): "03-03",
    ("BGR", "Liberation Day"): "03-03",
    ("BHR", "National Day"): "12-16",
    ("BLR", "Independence Day"): "07-03",
    ("BWA", "Independence Day"): "09-30",
    ("CYP", "Independence Day"): "10-01",
    ("DEU", "Unity Day"): "10-03",
    ("DOM", "Independence Day"): "02-27",
    ("ECU", "Independence Day"): "08-10",
    ("EGY", "Revolution Day"): "07-23",
    ("GTM", "Independence Day"): "09-15",
    ("HTI", "Independence Day"): "01-01",
    ("IRN", "Revolution Day"): "02-11",
    ("IRQ", "National Day"): "10-03",
    ("ISR", "Independence Day"): "FE:ATZMAUT",
    ("KEN", "Independence Day"): "12-12",
    ("LVA", "Independence Day"): "11-18",
    ("MAR", "Independence Day"): "11-18",
    ("MDA", "Independence Day"): "08-27",
    ("MYS", "Independence Day"): "08-31",
    ("NGA", "Independence Day"): "10-01",
    ("OMN", "National Day"): "11-18",
    ("POL", "Independence Day"): "11-11",
    ("PRK", "Foundation Day"): "09-09",
    ("PSE", "Independence Day"): "11-15",
    ("QAT", "National Day"): "12-18",
    ("RUS", "National Unity Day"): "11-04",
    ("TKM", "Independence Day"): "09-27",
    ("TUR", "Republic Day"): "10-29",
    ("TWN", "National Day"): "10-10",
    ("TZA", "Independence Day"): "12-09",
    ("UKR", "Constitution Day"): "06-28",
    ("UKR", "Unity Day"): "01-22",
    ("VNM", "National Day"): "09-02",
    ("KOS", "Independence Day"): "02-17",
}
# The package has these names for days that news does not mean by them
NOT = {("POL", "National Day"), ("ITA", "National Unity Day"), ("LBN", "Martyrs' Day")}
Row = tuple[str, ...]


def package(name: str) -> Any:
    """A package that only this script needs."""
    return importlib.import_module(name)


def source(name: str) -> str:
    """A package with its version, as a row names it."""
    return f"{name} {importlib.metadata.version(name)}"


def days(start: dt.date, count: int) -> tuple[str, str]:
    """First and last of ``count`` days."""
    return start.isoformat(), (start + dt.timedelta(days=count - 1)).isoformat()


def muslim() -> Iterator[Row]:
    """The feasts of the Umm al-Qura calendar; a count of 0 days is the whole month."""
    hijri = package("hijridate").Hijri
    for year in range(1415, 1460):
        for feast, (month, day, count) in MUSLIM.items():
            start = hijri(year, month, day)
            first = dt.date(*start.to_gregorian().datetuple())
            yield (feast, *days(first, count or start.month_length()), source("hijridate"))


def jewish() -> Iterator[Row]:
    """The feasts of the Jewish calendar; Israel's Independence Day is moved away from the Sabbath."""
    dates = package("pyluach.dates")
    for year in range(5755, 5798):
        for feast, (month, day, count) in JEWISH.items():
            start: dt.date = dates.HebrewDate(year, month, day).to_pydate()
            if feast == "ATZMAUT":
                # Friday and Saturday give way to Thursday, since 2004 Monday to Tuesday
                start += dt.timedelta(days={4: -1, 5: -2, 0: 1 if start.year >= 2004 else 0}.get(start.weekday(), 0))
            yield (feast, *days(start, count), source("pyluach"))
        adar = 13 if year % 19 in (0, 3, 6, 8, 11, 14, 17) else 12  # the second one of a leap year
        yield ("PURIM", *days(dates.HebrewDate(year, adar, 14).to_pydate(), 1), source("pyluach"))


def others() -> Iterator[Row]:
    """The new years of Iran and of China, and Diwali."""
    jalali = package("persiantools.jdatetime").JalaliDate
    chinese = package("holidays.calendars.chinese")._ChineseLunisolar()
    india = package("holidays").country_holidays("IN", years=range(FIRST, LAST + 1), categories=("public", "optional"))
    diwali = {day.year: day for day, name in india.items() if re.match(r"Diwali(?: \(Deepavali\))?(?:;|$)", name)}
    for year in range(FIRST, LAST + 1):
        yield ("NOWRUZ", *days(jalali(year - 621, 1, 1).to_gregorian(), 1), source("persiantools"))
        yield ("LUNARNEWYEAR", *days(chinese.lunar_new_year_date(year)[0], 1), source("holidays"))
        own = DIWALI.get(year)
        day = dt.date.fromisoformat(f"{year}-{own}") if own else diwali[year]
        yield ("DIWALI", *days(day, 1), "own" if own else source("holidays"))


def fixed(told: Counter[str], years: int) -> str:
    """The day of most years, the first of several that follow each other; "" where a name has no day of its own."""
    often = sorted(day for day, count in told.items() if count >= 0.8 * years)
    return often[0] if often and int(often[-1].replace("-", "")) - int(often[0].replace("-", "")) < 4 else ""


def of_state(state: str) -> Iterator[tuple[str, str]]:
    """The national days of a state, name and day, that fall on the same day of every year."""
    holidays = package("holidays")
    try:
        told = holidays.country_holidays(state)
    except NotImplementedError:
        return
    english = [code for code in told.supported_languages if code.startswith("en")]
    kinds = tuple(kind for kind in told.supported_categories if kind != "half_day")
    seen: dict[str, Counter[str]] = {}
    years: Counter[str] = Counter()
    for year in range(2008, 2026):
        of_year = holidays.country_holidays(
            state, years=year, language=english[-1] if english else None, observed=False, categories=kinds
        )
        named = {
            (name, day)
            for day, names in of_year.items()
            for name in map(plain, names.split("; "))
            if NAMES.fullmatch(name)
        }
        for name, day in named:
            seen.setdefault(name, Counter())[f"{day:%m-%d}"] += 1
        years.update({name for name, _ in named})
    yield from ((name, day) for name in sorted(seen) if (day := fixed(seen[name], years[name])))


def plain(name: str) -> str:
    """The name of a holiday as news has it."""
    return re.sub(r" Holiday$| \(.*\)$|^National (?=Independence)", "", name)


def national() -> Iterator[Row]:
    """State, name, day and source of national days."""
    known = {
        (state, name): day for state in STATES.split() for name, day in of_state(state) if (state, name) not in NOT
    }
    for (state, name), day in sorted((known | OWN).items()):
        yield state, name, day, "own" if (state, name) in OWN else source("holidays")


def main() -> None:
    """Write both tables."""
    warnings.simplefilter("ignore")
    every = (row for rows in (muslim, jewish, others) for row in rows())
    feasts = sorted(row for row in every if f"{FIRST}" <= row[1] < f"{LAST + 1}")
    for name, head, rows in (
        ("feasts.csv", ("feast", "first", "last", "source"), feasts),
        ("national_days.csv", ("state", "name", "day", "source"), list(national())),
    ):
        with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(head)
            writer.writerows(rows)
        print(f"{name}: {len(rows)} rows")


if __name__ == "__main__":
    main()
