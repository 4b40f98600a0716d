"""Two claims about acts -> a Link: how likely they tell of one act, with a reason in words for every feature.

The comparer is a logistic regression over levels (``train/pairs.py``): the points of a pair are the sum of the weights
of its levels, in thousandths, so that sums are exact and do not depend on order. Another pair model replaces
:func:`score`, and :mod:`dragoman.reconcile.mass`, which gives the same for many pairs, and nothing else.
"""

import math
from collections.abc import Iterator, Mapping

from dragoman.reconcile.features import FEATURES, Feature, in_order, observe
from dragoman.reconcile.tables import Tables
from dragoman.reconcile.views import View
from dragoman.types import Link, Verdict

NAME = "scorecard"
MANNERS = ("speech", "occasion", "deed")
_SLOW = ("gist", "words")  # looked at last
_WITHIN = ("same_text", "tour")  # add something in one text alone


def score(a: View, b: View, tables: Tables) -> int:
    """Log-odds, in thousandths, that two claims tell of one act."""
    return tables.settings["base"] + sum(
        weight.points
        for name, level in observe(a, b)
        if (weight := tables.weights.get(name, {}).get(level)) is not None
    )


class Card:
    """The scorecard laid out so that most pairs are turned down early; made once for many pairs."""

    def __init__(self, tables: Tables) -> None:
        self._base, self._least = tables.settings["base"], tables.settings["least"]
        self._steps = {
            (manner, within): tuple(_steps(tables, manner, within)) for manner in MANNERS for within in (True, False)
        }

    def worth(self, a: View, b: View) -> int | None:
        """The :func:`score` of a pair that is above ``least``; None of others, found out as soon as nothing more can
        lift them there: such a pair counts as one that is not compared, and most are such.
        """
        a, b = in_order(a, b)
        points, least = self._base, self._least
        for feature, weights, ahead in self._steps[a.kind.manner, a.claim.text == b.claim.text]:
            points += weights.get(feature(a, b), 0)
            if points + ahead <= least:
                return None
        return points


def _steps(tables: Tables, manner: str, within: bool) -> Iterator[tuple[Feature, Mapping[str, int], int]]:
    """The features, quick ones first, with what each level adds and the most that those after it can add."""
    order = [*(name for name in FEATURES if name not in _SLOW), *_SLOW]
    most = {name: lift(tables, name, manner, within=within) for name in order}
    for place, name in enumerate(order):
        weights = {level: weight.points for level, weight in tables.weights.get(name, {}).items()}
        yield FEATURES[name], weights, sum(most[later] for later in order[place + 1 :])


def lift(tables: Tables, name: str, manner: str, *, within: bool = False) -> int:
    """The most that a feature can add to the points of two acts of a manner; ``within``: of one text."""
    if name in _WITHIN and not within:
        return 0
    others = tuple(f"{other}_" for other in MANNERS if other != manner)
    levels = tables.weights.get(name, {}).items()
    return max([0, *(weight.points for level, weight in levels if not level.startswith(others))])


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
