"""Between coders who differ a third person decides: a judgement that names those between which it decides.

While it stands, the words it settles do not count in the record; taken back, they do again. Knows no page.
"""

import dataclasses
from collections.abc import Iterable

from dragoman import said
from dragoman.lookup import Lookup, look_up
from dragoman.said import own_claim
from dragoman.types import Decision, Judgement
from dragoman.web import decide
from dragoman.web.coders import Difference, differences
from dragoman.web.decide import DecisionError
from dragoman.web.desk import Desk


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """What the third person says: as ``side`` (a coder's name) has it, or a decision of their own."""

    side: str = ""
    decision: str = ""
    cell: str = ""
    value: str = ""


def heard(desk: Desk) -> tuple[tuple[Judgement, ...], dict[str, str]]:
    """All that people said of claims, and by its id the claim that each word is about now."""
    words, _ = desk.store.words_of_people()
    return words, desk.store.targets(words)


def between(desk: Desk) -> list[Difference]:
    """All differences between coders, those not settled first."""
    return differences(*heard(desk))


def looked_up(desk: Desk, found: Iterable[Difference]) -> Lookup:
    """The claims that coders differ on with their texts; those that were added in blind coding among them."""
    listed = list(found)
    held = desk.part(claims=[one.claim for one in listed], texts=[one.text for one in listed]).record
    added = {one.claim: own_claim(word.added) for one in listed for word in one.words if word.added}
    claims = {claim.id: claim for claim in (*added.values(), *held.claims)}
    return look_up(dataclasses.replace(held, claims=tuple(claims.values()), judgements=()))


def settle(desk: Desk, claim: str, verdict: Verdict, *, by: str, why: str) -> str:
    """Keep a third person's decision on a claim that coders differ on; its id.

    Raises :class:`DecisionError` where there is no such difference, and where the person is one of the coders.
    """
    word = decide.saying(desk, by, why, "decided between coders")
    with desk.writing:
        found = next((one for one in between(desk) if one.claim == claim), None)
        if found is None:
            raise DecisionError(f"no coders differ on a claim {claim!r}")
        if word.by in {*found.without, *(one.by for one in found.words)}:
            raise DecisionError(f"by: {word.by} is one of the coders; a third person decides")
        look = looked_up(desk, [found])
        if claim not in look.claims:
            raise DecisionError("that claim is no more in the record")
        settles = (*found.ids, *(one.id for one in found.settled))
        word = dataclasses.replace(word, settles=tuple(sorted(set(settles))))
        target = look.claims[claim]
        words = look.words(target.evidence)
        parts = _said(found, verdict)
        made = [said.judgement(target, words, what, word, cell=cell, value=value) for what, cell, value in parts]
        desk.decide(made)
    return made[0].id


# A decision with the cell and value that it sets.
_Part = tuple[Decision, str, str]


def _said(found: Difference, verdict: Verdict) -> list[_Part]:
    """The judgements that a verdict is. A claim that a coder added is in the record by the third person's word from
    now on, for it settles the coder's.
    """
    parts = _as_coder(found, verdict.side) if verdict.side else [_otherwise(verdict)]
    if parts[0][0] is Decision.REJECT or not any(one.added for one in found.words):
        return parts
    return [(Decision.OWN, "", ""), *(part for part in parts if part[0] is Decision.SET)]


def _as_coder(found: Difference, name: str) -> list[_Part]:
    coder = next((one for one in found.words if one.by == name), None)
    if coder is None:
        raise DecisionError(f"side: {name!r} is none of the coders")
    if coder.decision is Decision.REJECT:
        return [(Decision.REJECT, "", "")]
    return [(Decision.SET, cell, value) for cell, value in coder.cells] or [(Decision.ACCEPT, "", "")]


def _otherwise(verdict: Verdict) -> _Part:
    if verdict.decision not in ("accept", "reject", "set"):
        raise DecisionError("decision: accept, reject or set, or whose side")
    decision = Decision(verdict.decision)
    return decision, *decide.checked(decision, verdict.cell, verdict.value)


def settled_by(judgements: Iterable[Judgement]) -> str:
    """Who decided, and what, in a line for a person."""
    return "; ".join(
        f"{one.by}: {'added' if one.decision is Decision.OWN else one.decision.value}"
        f"{f' {one.cell} = {one.value}' if one.cell else ''} ({one.why})"
        for one in judgements
    )
