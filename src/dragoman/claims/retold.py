"""A headline's act told again in the body: the body's words date it and place it where the headline has none.

Knows the acts of one text only. Nothing is merged here: headline and body stay claims of their own.
"""

from dataclasses import replace

from dragoman.types import Act, Basis, Cell, Interval


def parties(act: Act) -> set[str]:
    """The ids of those who take part."""
    return {one.party.value.id for one in act.participations if one.party.value}


def _same_telling(headline: Act, body: Act) -> bool:
    """The same type, and half of those named in either named in both."""
    ours, theirs = parties(headline), parties(body)
    return headline.type == body.type and 2 * len(ours & theirs) >= max(len(ours), len(theirs)) > 0


def _undated(date: Cell[Interval]) -> bool:
    """True for no date, and for the day of the report in want of words."""
    return date.value is None or (date.span is None and date.value.basis is Basis.PUBLICATION)


def filled_from_body(acts: list[Act], body_at: int) -> list[Act]:
    """The acts, those of the headline (before code point ``body_at``) with date and place of their retelling."""
    body = [act for act in acts if act.trigger.start >= body_at]
    filled = []
    for act in acts:
        again = [other for other in body if act.trigger.start < body_at and _same_telling(act, other)]
        dated = next((other for other in again if other.date.span is not None), None)
        placed = next((other for other in again if other.place.value and other.place.span is not None), None)
        if dated and _undated(act.date):
            act = replace(act, date=dated.date, normal=dated.normal)  # noqa: PLW2901 - the same act, better known
        if placed and act.place.value is None:
            act = replace(act, place=placed.place)  # noqa: PLW2901
        filled.append(act)
    return filled
