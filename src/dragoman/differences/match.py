"""Which events (or positions) of one record are which of another: by the claims they share. Pure.

A claim that both records hold ties by its id. One that only one holds, for the text was coded otherwise, ties to the
claim on the same words of the other record, where there is exactly one such on either side.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from dragoman.types import Act, Claim, Event, Position

T = TypeVar("T", Event, Position)


def ties(old: Mapping[str, Claim], new: Mapping[str, Claim]) -> dict[str, str]:
    """Claim id -> what it is called in both records, for the claims of either; the id itself where both hold it."""
    lone_old = [claim for key, claim in old.items() if key not in new]
    lone_new = [claim for key, claim in new.items() if key not in old]
    counted_old, counted_new = (Counter(map(_place, lone)) for lone in (lone_old, lone_new))
    called = {key: key for key in (*old, *new)}
    for claim in (*lone_old, *lone_new):
        place = _place(claim)
        if counted_old[place] == counted_new[place] == 1:
            called[claim.id] = place
    return called


def _place(claim: Claim) -> str:
    """The words a claim stands on: of an act those that tell it, of a stance the whole of its evidence."""
    act = isinstance(claim.content, Act)
    span = claim.content.trigger if isinstance(claim.content, Act) else claim.evidence
    return f"{'act' if act else 'stance'} {claim.says} {span.text} {span.start} {span.end}"


def groups(old: Iterable[T], new: Iterable[T], called: Mapping[str, str]) -> list[tuple[tuple[T, ...], tuple[T, ...]]]:
    """The things of both records in the smallest groups that share no claim with another group, by id.

    One on either side: the same thing. None on one side: gone, or new. Several on a side: merged or split.
    """
    things = [(side, thing) for side, held in enumerate((old, new)) for thing in sorted(held, key=_order)]
    parents = list(range(len(things)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    first: dict[str, int] = {}
    for at, (_, thing) in enumerate(things):
        for key in keys(thing, called):
            parents[root(at)] = root(first.setdefault(key, at))
    found: dict[int, tuple[list[T], list[T]]] = {}
    for at, (side, thing) in enumerate(things):
        found.setdefault(root(at), ([], []))[side].append(thing)
    made = [(tuple(left), tuple(right)) for left, right in found.values()]
    return sorted(made, key=lambda group: [_order(thing) for thing in (*group[1], *group[0])])


def keys(thing: Event | Position, called: Mapping[str, str]) -> frozenset[str]:
    """What ties a thing to its like in the other record; its own id where it rests on no claims."""
    return frozenset(called.get(key, key) for key in thing.claims) or frozenset((thing.id,))


def successor(old: Iterable[T], new: Iterable[T], called: Mapping[str, str]) -> tuple[T, T] | None:
    """The two of a group that are most alike: of one id, else of the most claims shared; None where a side is empty."""
    after = tuple(new)
    pairs = [(left, right) for left in old for right in after]
    return min(
        pairs,
        key=lambda pair: (
            pair[0].id != pair[1].id,
            -len(keys(pair[0], called) & keys(pair[1], called)),
            pair[0].id,
            pair[1].id,
        ),
        default=None,
    )


def _order(thing: Event | Position) -> tuple[str, tuple[str, ...]]:
    return thing.id, thing.claims
