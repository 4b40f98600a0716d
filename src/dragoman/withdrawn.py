"""Judgements that a person took back: kept for ever like every word, and not counted.

A withdrawal is a judgement of its own (``Decision.WITHDRAW``) that names the one it takes back in ``value``. It is
final: who changes their mind again judges again.
"""

from collections.abc import Iterable

from dragoman.types import Decision, Judgement


def standing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that count, in the order given: neither withdrawals nor what they take back."""
    known = tuple(judgements)
    gone = {one.value for one in known if one.decision is Decision.WITHDRAW}
    return tuple(one for one in known if one.decision is not Decision.WITHDRAW and one.id not in gone)
