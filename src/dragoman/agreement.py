"""How far reviewers agree on the same claims: Krippendorff's alpha for nominal data, any number of them, gaps allowed.

After K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: 1 is full agreement, 0 what
chance would give, below 0 less than that. It knows values and judgements, and not how a record is stored or shown.
"""

import itertools
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from dragoman.types import Decision, Judgement
from dragoman.withdrawn import said

T = TypeVar("T", bound=Hashable)

# What is said of a claim as it was read; a claim of a reviewer's own is nobody else's to judge.
_SAID = (Decision.ACCEPT, Decision.REJECT, Decision.SET)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reviewers: how many claims both judged, and on how many they said the same."""

    one: str
    other: str
    both: int
    alike: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """``alpha`` is None where it is not defined: fewer than two claims' words, or all of one kind.

    ``claims`` are those that two or more judged; ``decisions`` how often each decision was taken on them.
    """

    alpha: float | None
    claims: int
    reviewers: tuple[str, ...]
    decisions: tuple[tuple[str, int], ...]
    pairs: tuple[Pair, ...]


def alpha(units: Iterable[Iterable[T]]) -> float | None:
    """Krippendorff's alpha, nominal: of each unit the values that its observers gave, missing ones left out.

    None where nothing can be paired, or every paired value is the same: chance would agree as well.
    """
    same, values = 0.0, Counter[T]()
    for unit in units:
        counts = Counter(unit)
        number = counts.total()
        if number > 1:
            values.update(counts)
            same += sum(count * (count - 1) for count in counts.values()) / (number - 1)
    total = values.total()
    chance = sum(count * (count - 1) for count in values.values())
    possible = total * (total - 1)
    return None if possible == chance else ((total - 1) * same - chance) / (possible - chance)


def agreement(judgements: Iterable[Judgement], about: Mapping[str, str] | None = None) -> Agreement:
    """What reviewers said of the same claims: accept, reject or set (a cell corrected), each one's latest word.

    Words of blind coding count like others; a third person's decision between differing ones does not. ``about``
    gives the claim that a judgement is about now, by its id, where that is another than it was said of.
    """
    by_claim = _by_claim(judgements, about or {})
    shared = {claim: by for claim, by in by_claim.items() if len(by) > 1}
    reviewers = sorted({name for by in shared.values() for name in by})
    counted = Counter(value for by in shared.values() for value in by.values())
    pairs = [_pair(one, other, shared) for one, other in itertools.combinations(reviewers, 2)]
    return Agreement(
        alpha(by.values() for by in shared.values()),
        len(shared),
        tuple(reviewers),
        tuple(sorted((decision.value, number) for decision, number in counted.items())),
        tuple(pair for pair in pairs if pair.both),
    )


def _by_claim(judgements: Iterable[Judgement], about: Mapping[str, str]) -> dict[str, dict[str, Decision]]:
    """Claim -> reviewer -> the latest word, those taken back left out."""
    found: dict[str, dict[str, Decision]] = {}
    for one in sorted(said(judgements), key=lambda word: (word.at, word.id)):
        if one.decision in _SAID and one.by and not one.settles:
            found.setdefault(about.get(one.id, one.claim), {})[one.by] = one.decision
    return found


def _pair(one: str, other: str, shared: Mapping[str, Mapping[str, Decision]]) -> Pair:
    both = [by for by in shared.values() if one in by and other in by]
    return Pair(one, other, len(both), sum(by[one] is by[other] for by in both))
