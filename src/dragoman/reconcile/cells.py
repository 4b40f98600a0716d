"""The cells of a claim that a person may set, each read from the words they type.

| cell | what is typed |
|---|---|
| ``type`` ``cameo`` | a code |
| ``status`` | a status (happened, planned, ...) |
| ``modes`` ``contexts`` | codes with commas between them, or nothing |
| ``date`` | EDTF: ``2023-05-26``, ``2023-05``, ``2023``, ``a/b`` (from, to), ``[a..b]`` (within), ``[a,b]`` (either) |
| ``place`` | a name, or ``Name (CODE)`` with the country's code |
| ``actors`` ``recipients`` | names with semicolons between them, each with or without ``(CODE)`` |
| ``issue`` ``stance`` ``object`` ``condition`` ``holder`` | of a stance: a code, or words |
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from dragoman.knowledge import Knowledge
from dragoman.reconcile.views import SIDE_ACTORS, SIDE_RECIPIENTS
from dragoman.types import (
    Act,
    ActorKind,
    Basis,
    Cell,
    Claim,
    Interval,
    Participation,
    Party,
    Place,
    Precision,
    Role,
    Stance,
    Status,
)

T = TypeVar("T")
_CODED = re.compile(r"^(?P<name>.*?)\s*\((?P<code>[A-Z]{3})\)$")
_PART = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?~?$")


def put(claim: Claim, cell: str, value: str, by: str, knowledge: Knowledge) -> Claim:
    """The claim with one cell set by a person; ValueError in one line for a cell or value that cannot be."""
    content = claim.content
    if isinstance(content, Act):
        setter = _ACT.get(cell)
        if setter is None:
            raise ValueError(f"an act has no cell {cell!r}; it has {', '.join(sorted(_ACT))}")
        return replace(claim, content=setter(content, value.strip(), f"set by {by}", knowledge))
    return replace(claim, content=_stance(content, cell, value.strip(), f"set by {by}", knowledge))


def _bounds(text: str) -> tuple[dt.date, dt.date]:
    match = _PART.match(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a date such as 2023-05-26, 2023-05 or 2023")
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or month is None:
        return dt.date(year or 1, 1, 1), dt.date(year or 1, 12, 31)
    if day is None:
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    return dt.date(year, month, day), dt.date(year, month, day)


def interval(text: str) -> Interval:
    """An interval from EDTF as ``str(Interval)`` writes it; raises ValueError."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        inner = text[1:-1]
        if ".." in inner:
            low, high = inner.split("..", 1)
            a, d = _bounds(low)[0] if low else None, _bounds(high)[1] if high else None
            return Interval(a, d, a, d, Basis.EXPLICIT)
        days = tuple(sorted({_bounds(part)[0] for part in inner.split(",")}))
        return Interval(days[0], days[-1], days[0], days[-1], Basis.EXPLICIT, days)
    if "/" in text:
        low, high = (part.strip() for part in text.split("/", 1))
        first = None if low == ".." else _bounds(low)
        last = None if high == ".." else _bounds(high)
        start, end = first[0] if first else None, last[1] if last else None
        return Interval(start, start, end, end, Basis.EXPLICIT)
    a, b = _bounds(text)
    return Interval(a, a, b, b, Basis.EXPLICIT) if a == b else Interval(a, b, a, b, Basis.EXPLICIT)


def _split(text: str) -> tuple[str, str]:
    match = _CODED.match(text.strip())
    return (match["name"], match["code"]) if match else (text.strip(), "")


def party(text: str, on: dt.date | None, knowledge: Knowledge) -> Party:
    """A party by its name, as of a day; a name unknown to the tables is a group, or what its code says."""
    name, code = _split(text)
    if not name:
        raise ValueError("a name is missing")
    keys = [actor.id for actor in knowledge.persons(name)]
    keys += [entry.key for entry in knowledge.entries(name) if entry.kind == "actor"]
    known = [knowledge.party(key, on) for key in dict.fromkeys(keys)]
    fitting = [found for found in known if not code or found.code == code]
    if fitting:
        best: Party = fitting[0]
        return best
    kind = ActorKind.PERSON if len(name.split()) > 1 and name.istitle() else ActorKind.GROUP
    return Party("", name, kind, code or "UNK")


def _spans(cell: Cell[T], value: T, why: str) -> Cell[T]:
    return replace(cell, value=value, reason=why)


def _date(act: Act, value: str, why: str, _: Knowledge) -> Act:
    return replace(act, date=_spans(act.date, interval(value), why))


def _status(act: Act, value: str, why: str, _: Knowledge) -> Act:
    if value not in {status.value for status in Status}:
        raise ValueError(f"{value!r} is not a status; one of {', '.join(Status)}")
    return replace(act, status=_spans(act.status, Status(value), why))


def _place(act: Act, value: str, why: str, knowledge: Knowledge) -> Act:
    name, code = _split(value)
    if not name:
        return replace(act, place=Cell(None, act.place.span, why))
    known = [knowledge.place(entry.key) for entry in knowledge.entries(name) if entry.kind == "place"]
    fitting = [found for found in known if not code or found.country == code]
    found = fitting[0] if fitting else Place(name, code, precision=Precision.CITY)
    return replace(act, place=_spans(act.place, found, why))


def _codes(value: str) -> tuple[str, ...]:
    return tuple(sorted({part.strip() for part in value.split(",") if part.strip()}))


def _side(act: Act, value: str, why: str, knowledge: Knowledge, *, acting: bool) -> Act:
    side, other = (SIDE_ACTORS, SIDE_RECIPIENTS) if acting else (SIDE_RECIPIENTS, SIDE_ACTORS)
    visit = any(part.role in (Role.VISITOR, Role.HOST) for part in act.participations)
    role = (Role.VISITOR if visit else Role.ACTOR) if acting else (Role.HOST if visit else Role.RECIPIENT)
    on = act.date.value.start if act.date.value else None
    named = [party(part, on, knowledge) for part in value.split(";") if part.strip()]
    new = tuple(Participation(Cell(found, None, why), role) for found in named)
    kept = tuple(part for part in act.participations if part.role in other or part.role not in side)
    return replace(act, participations=new + kept if acting else kept + new)


def _stance(stance: Stance, cell: str, value: str, why: str, knowledge: Knowledge) -> Stance:
    if cell == "issue":
        return replace(stance, issue=value)
    if cell == "stance":
        return replace(stance, stance=value)
    if cell == "object":
        return replace(stance, object=Cell(value, stance.object.span, why))
    if cell == "condition":
        return replace(stance, condition=Cell(value, stance.condition.span, why))
    if cell == "holder":
        return replace(stance, holder=Cell(party(value, None, knowledge), stance.holder.span, why))
    raise ValueError(f"a stance has no cell {cell!r}; it has condition, holder, issue, object, stance")


_ACT: dict[str, Callable[[Act, str, str, Knowledge], Act]] = {
    "type": lambda act, value, _why, _k: replace(act, type=value),
    "cameo": lambda act, value, _why, _k: replace(act, cameo=value),
    "modes": lambda act, value, _why, _k: replace(act, modes=_codes(value)),
    "contexts": lambda act, value, _why, _k: replace(act, contexts=_codes(value)),
    "status": _status,
    "date": _date,
    "place": _place,
    "actors": lambda act, value, why, k: _side(act, value, why, k, acting=True),
    "recipients": lambda act, value, why, k: _side(act, value, why, k, acting=False),
}
