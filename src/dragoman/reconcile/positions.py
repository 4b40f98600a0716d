"""Stances of single claims -> positions: what a party holds on an issue, over which days, on which claims.

A party is folded to whom it speaks for; stances of one party, issue and stance are one position where their objects
are the same in words.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from dragoman import ids
from dragoman.knowledge import Knowledge
from dragoman.reconcile.tables import Tables
from dragoman.reconcile.voices import principal
from dragoman.types import ActorKind, Basis, Claim, Interval, Party, Position, Stance


@dataclass(frozen=True, slots=True)
class Held:
    """One stance claim with its party and first day of publication."""

    claim: Claim
    stance: Stance
    party: Party
    published: dt.date | None

    @property
    def order(self) -> tuple[bool, dt.date, str, int, str]:
        """Sorts stances by publication (undated last), then by text and place in it."""
        claim = self.claim
        return (self.published is None, self.published or dt.date.max, claim.text, claim.evidence.start, claim.id)


def held_by(claim: Claim, tables: Tables, knowledge: Knowledge) -> tuple[str, str, str] | None:
    """Whom a stance's holder speaks for, the issue and the stance; None for an act, and where nobody holds it."""
    stance = claim.content
    if not isinstance(stance, Stance) or stance.holder.value is None:
        return None
    return principal(stance.holder.value, tables, knowledge)[0], stance.issue, stance.stance


def positions(
    claims: Iterable[Claim], published: Mapping[str, dt.date], tables: Tables, knowledge: Knowledge
) -> tuple[Position, ...]:
    """The positions of all stance claims, sorted by party, issue, stance and first day."""
    groups: dict[tuple[str, str, str], list[Held]] = defaultdict(list)
    for claim in claims:
        stance, key = claim.content, held_by(claim, tables, knowledge)
        if key and isinstance(stance, Stance) and stance.holder.value is not None:
            groups[key].append(Held(claim, stance, stance.holder.value, published.get(claim.text)))
    made = [
        _position(same)
        for key in sorted(groups)
        for same in _by_object(sorted(groups[key], key=lambda held: held.order), tables.settings["same_object"])
    ]
    return tuple(made)


def _by_object(held: Sequence[Held], least: int) -> list[list[Held]]:
    """Stances whose objects and conditions are alike, each beside the first that is alike; in order of publication."""
    out: list[list[Held]] = []
    for item in held:
        home = next((group for group in out if _alike(item, group[0], least)), None)
        if home is None:
            out.append([item])
        else:
            home.append(item)
    return out


def _alike(a: Held, b: Held, least: int) -> bool:
    if bool(a.stance.condition.value) != bool(b.stance.condition.value):
        return False  # a condition more or less is a change of position
    left, right = a.stance.object.value or "", b.stance.object.value or ""
    return not left or not right or fuzz.token_set_ratio(left.lower(), right.lower()) >= least


def _speaks_for_all(held: Sequence[Held]) -> Party:
    """The party as a whole where a claim names it so, else the one that is named first."""
    return next((h.party for h in held if h.party.kind is ActorKind.STATE), held[0].party)


def _position(held: Sequence[Held]) -> Position:
    days = sorted(item.published for item in held if item.published)
    first, last = (days[0], days[-1]) if days else (None, None)
    # The longest words say most; of equal ones the earliest published
    object_ = max((item.stance.object.value or "" for item in held), key=len)
    condition = max((item.stance.condition.value or "" for item in held), key=len)
    basis = Basis.PUBLICATION if days else Basis.NONE
    return Position(
        id="p" + ids.sha256(held[0].claim.id)[:16],
        party=_speaks_for_all(held),
        issue=held[0].stance.issue,
        stance=held[0].stance.stance,
        object=object_,
        condition=condition,
        period=Interval(first, first, last, last, basis),
        claims=tuple(sorted({item.claim.id for item in held})),
    )
