"""The cells of a claim as a person reads and corrects them: each with its value in words and its words in the text.

Names of cells are those of accounts and of :func:`dragoman.pipeline.judge`. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dragoman.terminal import words
from dragoman.types import Act, Cell, Claim, Participation, Party, Role, Span, Stance


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell: its value as a person would type it, the words behind it, and a reason where there are none."""

    cell: str
    value: str
    spans: tuple[Span, ...]
    reason: str = ""
    settable: bool = True


def cells(claim: Claim) -> tuple[Shown, ...]:
    """All cells of a claim, in the order that people read them."""
    content = claim.content
    return tuple(_of_act(content) if isinstance(content, Act) else _of_stance(content))


def spans(claim: Claim, cell: str) -> tuple[Span, ...]:
    """The words of one cell; of one that a claim has not, none. "happened" is the act itself."""
    if cell == "happened" and isinstance(claim.content, Act):
        return (claim.content.trigger,)
    return next((shown.spans for shown in cells(claim) if shown.cell == cell), ())


def _of_act(act: Act) -> Iterator[Shown]:
    trigger = (act.trigger,)
    yield Shown("type", act.type, trigger)
    yield Shown("modes", ", ".join(act.modes), trigger)
    yield _one("status", act.status, act.status.value.value if act.status.value else "")
    yield _side("actors", act, words.ACTING)
    yield _side("recipients", act, words.RECEIVING)
    yield _one("date", act.date, str(act.date.value or ""))
    place = act.place.value
    yield _one("place", act.place, _place(place.name, place.country) if place else "")
    yield Shown("contexts", ", ".join(act.contexts), ())
    yield Shown("cameo", act.cameo, ())
    for figure in act.quantities:
        bounds = " to ".join(f"{value:g}" for value in (figure.low, figure.high) if value is not None)
        value = f"{figure.best:g}" if figure.best is not None else bounds
        yield Shown(figure.measure, value, (figure.span,), settable=False)


def _of_stance(stance: Stance) -> Iterator[Shown]:
    holder = stance.holder.value
    yield _one("holder", stance.holder, _party(holder) if holder else "")
    yield Shown("issue", stance.issue, ())
    yield Shown("stance", stance.stance, ())
    yield _one("object", stance.object, stance.object.value or "")
    yield _one("condition", stance.condition, stance.condition.value or "")


def _one(name: str, cell: Cell[Any], value: str) -> Shown:
    return Shown(name, value, (cell.span,) if cell.span else (), cell.reason)


def _side(name: str, act: Act, roles: tuple[Role, ...]) -> Shown:
    parts = [part for part in act.participations if part.role in roles]
    named = [_party(part.party.value) for part in parts if part.party.value]
    return Shown(name, "; ".join(dict.fromkeys(named)), tuple(_spans(parts)), "; ".join(_reasons(parts)))


def _spans(parts: list[Participation]) -> Iterator[Span]:
    return (part.party.span for part in parts if part.party.span)


def _reasons(parts: list[Participation]) -> list[str]:
    return list(dict.fromkeys(part.party.reason for part in parts if part.party.reason))


def _party(party: Party) -> str:
    return words.party(party)


def _place(name: str, country: str) -> str:
    return f"{name} ({country})" if country and name != country else name
