"""``dragoman diff``: what two records differ in, in words for a terminal and as JSON. It must not compare anything."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from dragoman import jsonform
from dragoman.differences import Change, Differences, How, Reason, cells, why
from dragoman.terminal import accounts, words
from dragoman.terminal.plain import plain
from dragoman.types import Account, Act, Event, Position, Quantity

# Reports, and people's words, that are named on a terminal; --json lists all.
_LISTED = 10
_HEADINGS = {
    How.MERGED: "merged",
    How.SPLIT: "split",
    How.REGROUPED: "regrouped: several of several",
    How.CHANGED: "changed",
    How.NEW: "new",
    How.GONE: "gone",
}
_SUPPORT = "support of "

Names = Mapping[str, str]
Values = tuple[str, str, str]


def differing(found: Differences, names: Names, ids: Mapping[str, str]) -> Iterator[RenderableType]:
    """What differs, the whole records first; ``names`` of states by code, ``ids`` shortened for a reader."""
    yield from (Text(line) for line in summary(found))
    for what, changes in (("Events", found.events), ("Positions", found.positions)):
        for how, heading in _HEADINGS.items():
            chosen = sorted((one for one in changes if one.how is how), key=by_day)
            if chosen:
                yield Text(f"\n{what} {heading}: {len(chosen)}", style="bold")
            for one in chosen:
                yield from _change(one, names, ids)


def by_day(one: Change[Any]) -> tuple[str, str]:
    """Events by day, undated ones last; positions by their period."""
    thing = (one.new or one.old)[0]
    when = thing.act.date.value if isinstance(thing, Event) else thing.period
    day = (when.start or when.end) if when else None
    return (day.isoformat() if day else "9999", thing.id)


def summary(found: Differences) -> Iterator[str]:
    """A line each for reports, claims and people's words that only one of the records holds, and for the runs."""
    sides = (("new", found.reports_new), ("gone", found.reports_gone))
    for word, reports in sides:
        if reports:
            yield _counted(len(reports), f"report {word}", f"reports {word}", [one.document for one in reports])
    for word, claims in (("new", found.claims_new), ("gone", found.claims_gone)):
        if claims:
            yield _counted(len(claims), f"claim {word}", f"claims {word}", [])
    for word, people in (("new", found.words_new), ("gone", found.words_gone)):
        if people:
            told = [why.said(one) for one in people]
            yield _counted(len(people), f"person's word {word}", f"words of people {word}", told)
    if found.run:
        yield why.by_run(found.run)


def _counted(number: int, one: str, several: str, named: Sequence[str]) -> str:
    listed = ", ".join(plain(name) for name in named[:_LISTED])
    more = f" and {number - _LISTED} more" if len(named) > _LISTED else ""
    return f"{number} {one if number == 1 else several}" + (f": {listed}{more}" if listed else "")


def _change(one: Change[Any], names: Names, ids: Mapping[str, str]) -> Iterator[RenderableType]:
    """One line for what it is, one for each cell that changed, one for each reason."""
    yield _set_in(_line(one, ids), 2)
    many = one.how in (How.MERGED, How.SPLIT, How.REGROUPED)
    for thing in one.old if many else ():
        yield _set_in(f"before {ids.get(thing.id, thing.id)}: {title(thing)}", 4)
    for thing in one.new if many else ():
        yield _set_in(f"now {ids.get(thing.id, thing.id)}: {title(thing)}", 4)
    for cell, before, after in values(one, names):
        yield _set_in(f"{cell}: {before or 'none'} → {after or 'none'}", 4)
    if one.how is How.CHANGED:
        counts = ((one.claims_new, "more"), (one.claims_gone, "fewer"))
        told = ", ".join(f"{len(claims)} {word}" for claims, word in counts if claims)
        yield from [_set_in(f"claims: {told}", 4)] if told else []
    for reason in one.why:
        yield _set_in(f"because {plain(reason.words)}", 4, style="dim")


def _line(one: Change[Any], ids: Mapping[str, str]) -> str:
    if one.how in (How.NEW, How.GONE, How.CHANGED):
        thing = (one.new or one.old)[0]
        return f"{ids.get(thing.id, thing.id)}  {title(thing)}"
    left, right = (", ".join(ids.get(thing.id, thing.id) for thing in side) for side in (one.old, one.new))
    return f"{left} → {right}"


def _set_in(line: str, by: int, style: str = "") -> Padding:
    return Padding(Text(line, style=style), (0, 0, 0, by))


def title(thing: Event | Position) -> str:
    """An event or position in one line."""
    if isinstance(thing, Event):
        return words.event_summary(thing)
    return f"{words.party(thing.party)} {words.stance(thing.stance, thing.issue, thing.object)}"


def values(one: Change[Any], names: Names) -> list[Values]:
    """(cell, old, new) of the cells that changed, in words; of lists only what differs, where something stayed."""
    if not one.pair:
        return []
    old, new = one.pair
    return [(cell, *_both(cell, old, new, names)) for cell in one.cells]


def _both(cell: str, old: Event | Position, new: Event | Position, names: Names) -> tuple[str, str]:
    if cell == "accounts" and isinstance(old, Event) and isinstance(new, Event):
        before, after = _accounts(old, new, names), _accounts(new, old, names)
    else:
        before, after = _said(cell, old, names), _said(cell, new, names)
    left, right = "; ".join(before), "; ".join(after)
    if left == right:  # they differ in what these words leave out
        left, right = (
            f"{told} [{_bare(cells.values(thing).get(cell))}]".strip() for told, thing in ((left, old), (right, new))
        )
    return left, right


def _bare(value: object) -> str:
    """A compared value with all that is in it."""
    if isinstance(value, tuple | frozenset):
        parts = [_bare(one) for one in value if one not in (None, "", False)]
        return " ".join(parts if isinstance(value, tuple) else sorted(parts))
    return plain(str(value))


def _said(cell: str, thing: Event | Position, names: Names) -> list[str]:
    """A cell in words, as a list."""
    if isinstance(thing, Position):
        return [text for text in (_of_position(cell, thing),) if text]
    if cell == "differing":
        return sorted(map(plain, thing.differing))
    if cell == "standing":
        return [words.standing(thing.standing, names)]
    if cell.startswith(_SUPPORT):
        name = cell.removeprefix(_SUPPORT)
        return [words.support(one, names) for one in thing.standing.support if one.cell == name]
    return [text for text in _of_act(cell, thing.act) if text]


def _of_act(cell: str, act: Act) -> list[str]:
    made: Mapping[str, Callable[[], list[str]]] = {
        "type": lambda: [plain(act.type)],
        "modes": lambda: sorted(map(plain, act.modes)),
        "status": lambda: [words.status(act)],
        "participants": lambda: sorted(words.participation(one) for one in act.participations),
        "date": lambda: [words.when(act.date)],
        "place": lambda: [words.where(act)],
        "contexts": lambda: sorted(map(plain, act.contexts)),
        "cameo": lambda: [plain(act.cameo)],
        "figures": lambda: sorted(map(_figure, act.quantities)),
    }
    return made[cell]()


def _figure(one: Quantity) -> str:
    bounds = " to ".join(f"{value:g}" for value in (one.low, one.high) if value is not None)
    side = " ".join(part for part in (one.side, f"by {one.whose}" if one.whose else "") if part)
    number = f"{one.best:g}" if one.best is not None else bounds
    return plain(" ".join(part for part in (one.measure, number, side) if part))


def _accounts(of: Event, other: Event, names: Names) -> list[str]:
    """The accounts that the other event has not, or has otherwise: ``Norland (in Daily): date 2018-06-04``.

    Of a voice that both hear only what it tells otherwise is named.
    """
    made = []
    heard = {_voice(one): one for one in other.accounts}
    for one in of.accounts:
        voice = heard.get(_voice(one))
        parts = [part for part in _parts(one) if not voice or part not in _parts(voice)]
        if parts or not voice or set(one.outlets) != set(voice.outlets):
            made.append(accounts.title(one, names) + (f": {', '.join(parts)}" if parts and voice else ""))
    return sorted(made)


def _voice(one: Account) -> tuple[object, ...]:
    return one.root or one.outlets, one.says


def _parts(one: Account) -> list[str]:
    return [plain(f"{cell} {value}") for cell, value in one.cells] + [f"passes over {plain(c)}" for c in one.silent]


def _of_position(cell: str, held: Position) -> str:
    match cell:
        case "party":
            return words.party(held.party)
        case "period":
            return str(held.period)
    return plain(str(getattr(held, cell)).replace("_", " "))


def as_json(found: Differences, names: Names) -> dict[str, Any]:
    """The same as one JSON object; the cells in words, as on a terminal."""
    people = {"new": found.words_new, "gone": found.words_gone}
    return {
        "run": list(found.run),
        "reports": {
            "new": [{"id": one.id, "document": one.document} for one in found.reports_new],
            "gone": [{"id": one.id, "document": one.document} for one in found.reports_gone],
        },
        "claims": {"new": list(found.claims_new), "gone": list(found.claims_gone)},
        "words": {side: [jsonform.encode(word) for word in said] for side, said in people.items()},
        "events": [_json(one, names) for one in found.events],
        "positions": [_json(one, names) for one in found.positions],
    }


def _json(one: Change[Any], names: Names) -> dict[str, Any]:
    return {
        "change": one.how.value,
        "old": [{"id": thing.id, "summary": title(thing)} for thing in one.old],
        "new": [{"id": thing.id, "summary": title(thing)} for thing in one.new],
        "cells": [{"cell": cell, "old": old, "new": new} for cell, old, new in values(one, names)],
        "claims": {"new": list(one.claims_new), "gone": list(one.claims_gone)},
        "why": [_reason(reason) for reason in one.why],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {"cause": reason.cause.value, "words": plain(reason.words), "about": list(reason.about)}
