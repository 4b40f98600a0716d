"""The two seed articles through the whole pipeline, and what their record must show, check by check.

    python -m evals.seeds [--json]

The facts are rows of evals/seeds.toml. The articles are coded twice: with their publication dates (seeds.jsonl), and as
bare text, alone and together, where dates must come out as candidates with reasons. Prints ok or FAIL for each check
with what was found; 1 where one fails, 2 where the articles are not here.
"""

import argparse
import datetime as dt
import json
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from dragoman import pipeline
from dragoman.knowledge import fold
from dragoman.store import Store
from dragoman.types import Basis, Claim, Dating, Dispute, Event, Position, Record, RelationKind, Role, Says

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
FACTS = Path(__file__).with_name("seeds.toml")
Row = Mapping[str, Any]

# Worked out by hand: the 16th month of a war begun on 24 February 2022 runs from 24 May to 23 June 2023, and the first
# article tells of a Friday.
FRIDAYS = tuple(dt.date(2023, 5, 26) + dt.timedelta(weeks=week) for week in range(5))
# The days the articles did appear: the true one must be among those that are left
TRUE_DAYS = {"000": dt.date(2023, 5, 26), "004": dt.date(2023, 5, 12)}
# Keys of a row that say which act is meant, not what must be true of it
IDENTITY = ("types", "modes", "people", "actors", "mediators", "codes_within", "statuses")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must show: whether it does, and what was found."""

    name: str
    ok: bool
    found: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A record with what the rows found in it so far: name of a row -> its event."""

    record: Record
    named: dict[str, Event]

    def claims(self, event: Event) -> list[Claim]:
        """The claims of an event."""
        return [claim for claim in self.record.claims if claim.id in event.claims]


def coded(paths: Iterable[Path]) -> Record:
    """The record of some files, by the pipeline, in a store that is thrown away; with the failures of the coding."""
    with (
        tempfile.TemporaryDirectory(prefix="dragoman-seeds-") as folder,
        Store.open(Path(folder, "seeds.db"), create=True) as store,
    ):
        outcome = pipeline.code(paths, store)
        return replace(pipeline.read(store), failures=outcome.failures)


def codes(event: Event, *roles: Role) -> set[str]:
    """The codes of an event's participants in some roles, or in all."""
    parts = event.act.participations
    return {part.party.value.code for part in parts if part.party.value and (not roles or part.role in roles)}


def people(event: Event) -> list[str]:
    """The folded names of an event's participants."""
    return [fold(part.party.value.name) for part in event.act.participations if part.party.value]


def affirming(event: Event) -> set[str]:
    """The codes of the voices that affirm an event; "" is an outlet's own."""
    return {account.root_code for account in event.accounts if account.says is Says.AFFIRMS}


def silent(event: Event) -> set[str]:
    """The codes of those who do not acknowledge an event or decline to speak of it."""
    quiet = (Dispute.UNACKNOWLEDGED, Dispute.DECLINED)
    return {dispute.party for dispute in event.standing.dispute if dispute.dispute in quiet}


def reports(event: Event, seen: Seen) -> set[str]:
    """The texts that tell an event."""
    return {claim.text for claim in seen.claims(event)}


def ends_by(event: Event, day: str) -> bool:
    """Whether nothing known of an event's date lies after a day."""
    date = event.act.date.value
    return date is None or date.end is None or date.end <= dt.date.fromisoformat(day)


def is_part_of(event: Event, whole: Event | None, seen: Seen) -> bool:
    """Whether the record ties an event to a whole, or to a part of it in turn (meeting, visit, tour)."""
    part_of = {
        (relation.left, relation.right)
        for one in seen.record.events
        for relation in one.relations
        if relation.kind is RelationKind.PART_OF
    }
    reached = {event.id}
    for _ in part_of:
        reached |= {right for left, right in part_of if left in reached}
    return whole is not None and whole.id in reached - {event.id}


def where(event: Event) -> tuple[str, str]:
    """(name, country) of an event's place."""
    place = event.act.place.value
    return (place.name, place.country) if place else ("", "")


TESTS: dict[str, Callable[[Event, Any, Seen], bool]] = {
    "types": lambda event, asked, _: event.act.type in asked,
    "statuses": lambda event, asked, _: event.act.status.value in asked,
    "courses": lambda event, asked, _: event.standing.course in asked,
    "modes": lambda event, asked, _: set(asked) <= set(event.act.modes),
    "actors": lambda event, asked, _: set(asked) <= codes(event, Role.ACTOR, Role.VISITOR, Role.SIGNATORY),
    "visitors": lambda event, asked, _: set(asked) <= codes(event, Role.VISITOR),
    "hosts": lambda event, asked, _: set(asked) <= codes(event, Role.HOST),
    "hosts_exact": lambda event, asked, _: set(asked) == codes(event, Role.HOST),
    "mediators": lambda event, asked, _: set(asked) <= codes(event, Role.MEDIATOR),
    "codes": lambda event, asked, _: set(asked) == codes(event),
    "codes_within": lambda event, asked, _: codes(event) <= set(asked),
    "people": lambda event, asked, _: all(any(fold(name) in other for other in people(event)) for name in asked),
    "days": lambda event, asked, _: str(event.act.date.value or "") == asked,
    "until": lambda event, asked, _: ends_by(event, asked),
    "place": lambda event, asked, _: where(event)[0] == asked,
    "country": lambda event, asked, _: where(event)[1] == asked,
    "roots": lambda event, asked, _: affirming(event) == set(asked),
    "roots_with": lambda event, asked, _: set(asked) <= affirming(event),
    "silent": lambda event, asked, _: set(asked) <= silent(event),
    "reports": lambda event, asked, seen: len(reports(event, seen)) == asked,
    "part_of": lambda event, asked, seen: is_part_of(event, seen.named.get(asked), seen),
    "apart_from": lambda event, asked, seen: all(
        event.id != seen.named[name].id for name in asked if name in seen.named
    ),
}


def misfits(event: Event, row: Row, seen: Seen, keys: Iterable[str] = tuple(TESTS)) -> list[str]:
    """The keys of a row that do not hold for an event."""
    return [key for key in keys if key in row and not TESTS[key](event, row[key], seen)]


def fitting(record: Record, **row: Any) -> list[Event]:
    """The events of a record that a row fits."""
    return [event for event in record.events if not misfits(event, row, Seen(record, {}))]


def told(event: Event) -> str:
    """An event in one line."""
    act = event.act
    parts = "; ".join(
        f"{part.role} {part.party.value.name} {part.party.value.code}"
        for part in act.participations
        if part.party.value
    )
    standing = event.standing
    extra = [*(f"voice {code or 'outlet'}" for code in sorted(affirming(event)))]
    extra += [f"{item.dispute} {item.party}" for item in standing.dispute]
    name, country = where(event)
    words = [act.type, *act.modes, act.status.value or "", str(act.date.value or "undated"), name or country]
    return f"{' '.join(word for word in words if word)} [{parts}] {standing.course} {' '.join(extra)}"


def event_check(row: Row, seen: Seen) -> Check:
    """Whether exactly one event fits a row; else what the nearest one lacks, or which is told twice."""
    ranked = sorted(
        ((len(misfits(event, row, seen)), event) for event in seen.record.events),
        key=lambda pair: (pair[0], pair[1].id),
    )
    if not ranked:
        return Check(row["check"], False, "the record has no events")
    found = [event for count, event in ranked if not count]
    if not found:
        nearest = ranked[0][1]
        return Check(row["check"], False, f"nearest lacks {', '.join(misfits(nearest, row, seen))}: {told(nearest)}")
    seen.named[row["name"]] = found[0]
    if row.get("only", True):
        keys = (*IDENTITY, "codes", "visitors", "hosts")
        twins = [event for event in seen.record.events if not misfits(event, row, seen, keys)]
        if len(twins) > 1:
            return Check(row["check"], False, "told as several: " + " | ".join(map(told, twins)))
    return Check(row["check"], True, told(found[0]))


def spurious_events(facts: Row, seen: Seen) -> list[Event]:
    """Events that neither a check nor a row of what else is told accounts for."""
    sides = ("codes", "visitors", "hosts")  # who it is where nobody is named
    rows: list[tuple[Row, tuple[str, ...]]]
    rows = [(row, IDENTITY if "people" in row else (*IDENTITY, *sides)) for row in facts["event"]]
    rows += [(row, tuple(TESTS)) for row in facts["also"]]
    return [event for event in seen.record.events if all(misfits(event, row, seen, keys) for row, keys in rows)]


def position_fits(position: Position, row: Row) -> bool:
    """Whether a position is what a row asks."""
    condition = row.get("condition", "")
    return (
        (position.party.code, position.issue) == (row["party"], row["issue"])
        and position.stance in row["stances"]
        and condition in fold(position.condition)
    )


def position_checks(facts: Row, record: Record) -> Iterator[Check]:
    """The stances asked for, and whether there are others that nobody took."""
    for row in facts["position"]:
        of_party = [p for p in record.positions if p.party.code == row["party"]]
        asked = [p for p in of_party if position_fits(p, row)]
        shown = ", ".join(f"{p.issue} {p.stance}{' if ' + p.condition if p.condition else ''}" for p in of_party)
        yield Check(row["check"], bool(asked), shown or "no stance of this party")
    allowed = {(row["party"], issue) for row in facts["stance_also"] for issue in row["issues"]}
    extra = [
        f"{p.party.name} {p.stance} {p.issue}: {p.object}"
        for p in record.positions
        if (p.party.code, p.issue) not in allowed and not any(position_fits(p, row) for row in facts["position"])
    ]
    yield Check("no stance that nobody took", not extra, " | ".join(extra) or f"{len(record.positions)} positions")


def dated_checks(facts: Row, record: Record) -> Iterator[Check]:
    """All checks on the articles with their dates."""
    seen = Seen(record, {})
    for row in facts["event"]:
        yield event_check(row, seen)
    odd = spurious_events(facts, seen)
    yield Check("no act that the articles do not tell", not odd, " | ".join(map(told, odd)) or "none")
    yield from position_checks(facts, record)


def dating_of(record: Record, name: str) -> Dating | None:
    """The dating of the text whose document begins with a name."""
    texts = {report.text for report in record.reports if report.document.startswith(name)}
    return next((dating for dating in record.datings if dating.text in texts), None)


def candidates(dating: Dating | None) -> tuple[dt.date, ...]:
    """The days a text may be of."""
    return tuple(day for day, _ in dating.candidates) if dating else ()


def invented(record: Record) -> list[str]:
    """Days that undated texts cannot give: an act on one day though no words name it, a candidate with no reason."""
    odd = [
        told(event)
        for event in record.events
        if (date := event.act.date.value) and date.start and date.start == date.end and date.basis is not Basis.EXPLICIT
    ]
    return odd + [
        f"{day} without a reason" for dating in record.datings for day, reasons in dating.candidates if not reasons
    ]


def days_told(days: Sequence[dt.date]) -> str:
    """Some days in one line."""
    return f"{len(days)} days, {days[0]} to {days[-1]}" if len(days) > 5 else ", ".join(map(str, days)) or "no day"


def alone_checks(first: Record, second: Record) -> Iterator[Check]:
    """The articles without dates, each in a record of its own."""
    days = candidates(dating_of(first, "000"))
    yield Check(
        "the first alone, undated: the five Fridays of 26 May to 23 June 2023", days == FRIDAYS, days_told(days)
    )
    meetings = fitting(first, types=["CONSULT"], people=["li hui", "lavrov"])
    among = [event.act.date.value.among for event in meetings if event.act.date.value]
    yield Check("its Moscow meeting is on one of these Fridays", among == [FRIDAYS], str([*map(days_told, among)]))
    calls = fitting(first, types=["CONSULT"], people=["xi jinping", "zelensky"], days="[2023-04-01..2023-04-30]")
    yield Check("its call is of April 2023", len(calls) == 1, " | ".join(map(told, calls)) or "none")
    dating = dating_of(second, "004")
    days = candidates(dating)
    possible = bool(dating and dating.reasons) and (not days or TRUE_DAYS["004"] in days)
    yield Check(
        "the second alone, undated: no day its words do not give, and why",
        possible,
        f"{days_told(days)}: {'; '.join(dating.reasons) if dating else 'no dating'}",
    )
    odd = invented(first) + invented(second)
    yield Check("no invented day in either", not odd, " | ".join(odd) or "none")


def together_checks(facts: Row, both: Record) -> Iterator[Check]:
    """The articles without dates in one record: each narrowed by what the other fixes."""
    for name, low, high in (("000", FRIDAYS[0], FRIDAYS[-1]), ("004", dt.date(2023, 5, 1), dt.date(2023, 5, 31))):
        dating = dating_of(both, name)
        days = candidates(dating)
        right = bool(days) and low <= days[0] and days[-1] <= high and TRUE_DAYS[name] in days
        yield Check(
            f"together, undated: {name} is of {low} to {high}, the true day among its candidates",
            right,
            f"{days_told(days)}: {'; '.join(dating.reasons) if dating else 'no dating'}",
        )
    call = next(row for row in facts["event"] if row["name"] == "call")
    found = event_check(call, Seen(both, {}))
    yield Check("together, undated: the call is one event of both, of April 2023", found.ok, found.found)
    odd = invented(both)
    yield Check("together, undated: no invented day", not odd, " | ".join(odd) or "none")


def read_facts() -> Row:
    """The table of facts; ValueError for a row with a key that nothing looks at."""
    facts = tomllib.loads(FACTS.read_text(encoding="utf-8"))
    known = {*TESTS, "name", "check", "only", "what"}
    for row in (*facts["event"], *facts["also"]):
        if not row.keys() <= known:
            raise ValueError(f"{FACTS.name}: {row.get('name') or row.get('what')}: {sorted(row.keys() - known)}")
    return facts


def checks() -> list[Check]:
    """Every check on the articles."""
    facts = read_facts()
    first, second = sorted(SEEDS.glob("*.txt"))
    dated, *undated = (coded(paths) for paths in ([SEEDS / "seeds.jsonl"], [first], [second], [first, second]))
    failures = [str(failure) for record in (dated, *undated) for failure in record.failures]
    return [
        Check("every article is read and coded", not failures, " | ".join(failures) or "no failure"),
        *dated_checks(facts, dated),
        *alone_checks(*undated[:2]),
        *together_checks(facts, undated[2]),
    ]


def present() -> bool:
    """Whether the seed articles are on this machine."""
    return (SEEDS / "seeds.jsonl").is_file() and len(list(SEEDS.glob("*.txt"))) == 2


def main() -> int:
    """Print every check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON list")
    options = parser.parse_args()
    if not present():
        print("evals.seeds: the seed articles (../shared/seeds) are not here; nothing was checked", file=sys.stderr)
        return 2
    found = checks()
    if options.json:
        print(json.dumps([asdict(check) for check in found], ensure_ascii=False))
    else:
        for check in found:
            print(f"{'ok  ' if check.ok else 'FAIL'} {check.name}\n       {check.found}")
        print(f"{sum(check.ok for check in found)} of {len(found)} hold")
    return 0 if all(check.ok for check in found) else 1


if __name__ == "__main__":
    sys.exit(main())
