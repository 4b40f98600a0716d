"""Silences and declined comments -> the events they concern.

A statement holds the act that is passed over. It concerns the event that fits that act best, first among the events
its own text tells of; it never makes an event and never fills a cell.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dragoman.reconcile import compare, features
from dragoman.reconcile.tables import Tables
from dragoman.reconcile.views import View
from dragoman.types import Claim, Says

STATEMENTS = (Says.SILENT, Says.DECLINES)


def is_statement(claim: Claim) -> bool:
    """Whether a claim says that somebody passes an act over."""
    return claim.says in STATEMENTS


def beside(views: Iterable[View]) -> Iterator[tuple[View, View]]:
    """Each statement with every act of its kind that its own text tells."""
    by_text: dict[tuple[str, str], list[View]] = defaultdict(list)
    for view in views:
        by_text[view.claim.text, view.kind.family].append(view)
    for key in sorted(by_text):
        silent = [view for view in by_text[key] if is_statement(view.claim)]
        for statement in silent:
            yield from ((statement, view) for view in by_text[key] if not is_statement(view.claim))


def attach(
    statements: Iterable[View], candidates: Mapping[str, Sequence[tuple[int, View]]], tables: Tables
) -> dict[str, str]:
    """Statement claim id -> the claim of the event it concerns; statements that concern none are left out.

    ``candidates`` gives, for a statement, the claims worth comparing it with, each with its points.
    """
    found = {}
    for statement in statements:
        near = candidates.get(statement.claim.id, ())
        own = [item for item in near if item[1].claim.text == statement.claim.text]
        best = _beside(statement, own, tables.settings["doubt"]) or _anywhere(near, tables.settings["threshold"])
        if best:
            found[statement.claim.id] = best
    return found


def _beside(statement: View, near: Sequence[tuple[int, View]], least: int) -> str:
    """Among the acts that its own text tells: the one in the same words, else the one that fits best.

    "The meeting" with nobody named fits many acts alike, and points at the one told last.
    """
    named = len(statement.codes) > 1

    def rank(item: tuple[int, View]) -> tuple[bool, int, bool, int, str]:
        score, view = item
        back = statement.claim.evidence.start - view.claim.evidence.start
        same_words = view.act.trigger == statement.act.trigger
        return (not same_words, -score if named else 0, back < 0, abs(back), view.claim.id)

    if named:
        fitting = [item for item in near if item[0] >= least]
    else:
        fitting = [item for item in near if statement.codes <= item[1].codes]
    return min(fitting, key=rank)[1].claim.id if fitting else ""


def _anywhere(near: Sequence[tuple[int, View]], least: int) -> str:
    fitting = [(-score, view.claim.id) for score, view in near if score >= least]
    return min(fitting)[1] if fitting else ""


def points(statement: View, other: View, tables: Tables) -> int:
    """How well a statement's act fits a claim's: as two claims of two texts, since a text may tell and pass over."""
    held = tables.weights.get("same_text", {}).get(features.same_text(statement, other))
    score = compare.score(statement, other, tables)
    return score - held.points if held else score
