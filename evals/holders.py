"""How many holders of high office the tables know.

    python -m evals.holders [--json] [--missing]

``evals/holders.csv`` lists heads of government, governing heads of state and foreign ministers of the United Nations'
members (and of Kosovo, Palestine, Taiwan and the Vatican) in office at some time from 2022 to June 2026. Two reviewers
who had not seen the tables listed them from memory, partly checked on public pages; what they found was then used to
repair the tables. The figure is therefore one of coverage, not of truth: it says how many of the listed are there, not
how many errors are left.

A holder counts as known when ``holders(title, code, day)`` names somebody with the last word of the listed name, both
folded, on the day in the middle of what their spell has in common with 2022-01-01 to 2026-06-30. Fractions over
holders, by office and together; ``--missing`` lists who is not found.
"""

import argparse
import csv
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dragoman.knowledge import Knowledge, fold, load

LISTED = Path(__file__).with_name("holders.csv")
FIRST, LAST = dt.date(2022, 1, 1), dt.date(2026, 6, 30)
BEGINS, ENDS = {4: "-01-01", 7: "-01", 10: ""}, {4: "-12-31", 7: "-28", 10: ""}  # by length: a year, a month, a day


class Holder(NamedTuple):
    """One listed spell of office and the day on which it is asked for."""

    code: str
    office: str
    name: str
    on: dt.date


def listed() -> Iterator[Holder]:
    """The holders of the list in its order; those out of office before 2022 are left out."""
    with LISTED.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            since = max(FIRST, dt.date.fromisoformat(row["since"] + BEGINS[len(row["since"])]))
            until = min(LAST, dt.date.fromisoformat(row["until"] + ENDS[len(row["until"])])) if row["until"] else LAST
            if since <= until:
                yield Holder(row["code"], row["office"], row["name"], since + (until - since) // 2)


def knows(known: Knowledge, holder: Holder) -> bool:
    """Whether the tables name the holder on the day."""
    family = fold(holder.name).split()[-1]
    held = known.holders(holder.office, holder.code, holder.on)
    return any(family in fold(form).split() for actor in held for form in (actor.name, *actor.aliases))


def coverage() -> float:
    """The share of the list that the tables name."""
    known, holders = load(), list(listed())
    return sum(knows(known, holder) for holder in holders) / len(holders)


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one object instead of lines")
    parser.add_argument("--missing", action="store_true", help="list the holders that are not found")
    asked = parser.parse_args()
    known, holders = load(), list(listed())
    missing = [holder for holder in holders if not knows(known, holder)]
    of, lost = Counter(h.office for h in holders), Counter(h.office for h in missing)
    shares = {office: {"known": n - lost[office], "listed": n} for office, n in sorted(of.items())}
    shares["all"] = {"known": len(holders) - len(missing), "listed": len(holders)}
    if asked.json:
        rows = [[h.code, h.office, h.name, h.on.isoformat()] for h in missing]
        print(json.dumps({"shares": shares} | ({"missing": rows} if asked.missing else {}), ensure_ascii=False))
        return
    for office, share in shares.items():
        print(f"{office:20} {share['known'] / share['listed']:.3f}  ({share['known']} of {share['listed']})")
    for holder in missing if asked.missing else ():
        found = ", ".join(actor.name for actor in known.holders(holder.office, holder.code, holder.on))
        print(f"{holder.code} {holder.office} {holder.on} {holder.name}; the tables have {found or 'nobody'}")


if __name__ == "__main__":
    main()
