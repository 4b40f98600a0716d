"""Mentions of times -> days, seen from the anchor of the report.

The anchor is the day of publication, or what is known of it. Must not know the words' language: mentions carry normal
forms (:mod:`dragoman.timex`).
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from dragoman import timex
from dragoman.types import Cell, Interval, Kind, Mention

Hint = Callable[[Mention], str]


def resolve_times(
    mentions: Iterable[Mention], anchor: Interval, *, hint: Hint | None = None
) -> tuple[tuple[Mention, Cell[Interval]], ...]:
    """The mentions of kind TIME in the order of the text, each with its days or the reason why it has none.

    In the mentions returned, ``normal`` is settled and self-contained: a direction left open is set by ``hint`` ("<",
    ">" or "?" for a mention), and a time told from another one ("three weeks later") names that one instead of REF.
    So a claim that keeps ``normal`` can be dated anew from another anchor.
    """
    found: list[tuple[Mention, Cell[Interval]]] = []
    last = ""
    for mention in sorted((one for one in mentions if one.kind is Kind.TIME), key=lambda one: one.span):
        normal = mention.normal
        if hint and timex.undirected(normal):
            normal = timex.directed(normal, hint(mention))
        if normal.endswith("@" + timex.REF):
            normal = normal[: -len(timex.REF)] + last if last else normal[: -len(timex.REF) - 1]
        settled = replace(mention, normal=normal)
        cell = _cell(settled, anchor)
        if cell.value is not None and _countable(normal):
            last = normal
        found.append((settled, cell))
    return tuple(found)


def _cell(mention: Mention, anchor: Interval) -> Cell[Interval]:
    try:
        return Cell(timex.evaluate(mention.normal, anchor), mention.span, f"{mention.normal} seen from {anchor}")
    except timex.TimexError as error:
        return Cell(None, mention.span, f"“{mention.words}”: {error}")


def _countable(normal: str) -> bool:
    """Whether later times may be counted from this one: a day or period of its own, not a bound or a vague one."""
    return not normal.startswith((*timex.BOUNDS, "PAST", "NOW", "FUTURE", "LAST", "NEXT")) and "@" not in normal
