"""Two claims about acts -> a Link: how likely they tell of one act, with a reason in words for every feature.

The comparer is a logistic regression over levels (``train/pairs.py``): the points of a pair are the sum of the weights
of its levels, in thousandths, so that sums are exact and do not depend on order. Another pair model replaces
:func:`score` and nothing else.
"""

import math
from collections.abc import Mapping

from dragoman.reconcile.features import observe
from dragoman.reconcile.tables import Tables
from dragoman.reconcile.views import View
from dragoman.types import Link, Verdict

NAME = "scorecard"


def score(a: View, b: View, tables: Tables) -> int:
    """Log-odds, in thousandths, that two claims tell of one act."""
    return tables.settings["base"] + sum(
        weight.points
        for name, level in observe(a, b)
        if (weight := tables.weights.get(name, {}).get(level)) is not None
    )


def probability(points: float, settings: Mapping[str, int]) -> float:
    """Points -> the share of pairs with these points that are one act, four digits kept.

    The fit weighs pairs of large events down, so that its log-odds are not those of a pair; ``steep`` and ``even`` (the
    points at which as many pairs are one act as are not) were fitted on pairs of files left out of the fit.
    """
    odds = settings["steep"] * (points - settings["even"]) / 1_000_000
    return round(1 / (1 + math.exp(-max(min(odds, 30), -30))), 4)


def reasons(a: View, b: View, tables: Tables) -> tuple[str, ...]:
    """What speaks for and against, weightiest first: ``+1.2 same person on both sides (people_agree=2)``."""
    found = []
    for name, level in observe(a, b):
        weight = tables.weights.get(name, {}).get(level)
        if weight is not None and weight.points:
            found.append((-abs(weight.points), f"{weight.points / 1000:+.1f} {weight.reason} ({name}={level})"))
    return tuple(text for _, text in sorted(found))


def link(a: View, b: View, points: int, tables: Tables) -> Link:
    """The link of a pair, its ends in order of id."""
    left, right = sorted((a.claim.id, b.claim.id))
    threshold, doubt = tables.settings["threshold"], tables.settings["doubt"]
    verdict = Verdict.SAME if points >= threshold else Verdict.UNSURE if points >= doubt else Verdict.NOT_SAME
    return Link(
        left=left,
        right=right,
        verdict=verdict,
        score=probability(points, tables.settings),
        reasons=reasons(a, b, tables),
        by=f"{NAME}@{tables.version}",
    )
