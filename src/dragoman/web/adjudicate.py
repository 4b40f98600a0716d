"""Between coders who differ a third person decides: a judgement that names those between which it decides.

While it stands, the words it settles do not count in the record; taken back, they do again. Knows no page.
"""

import dataclasses
from collections.abc import Iterable

from dragoman import said
from dragoman.lookup import Lookup, look_up
from dragoman.said import own_claim
from dragoman.types import Claim, Decision, Judgement
from dragoman.web import decide
from dragoman.web.coders import Coded, Difference, differences
from dragoman.web.decide import DecisionError
from dragoman.web.desk import Desk


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """What the third person says: as ``side`` (a coder's name) has it, or a decision of their own."""

    side: str = ""
    decision: str = ""
    cell: str = ""
    value: str = ""


def between(desk: Desk) -> list[Difference]:
    """All differences between coders, those not settled first."""
    words, _ = desk.store.words_of_people()
    return differences(words, desk.store.targets(words))


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
        parts = _said(target, words, found, verdict)
        made = [said.judgement(*what, word, cell=cell, value=value) for what, cell, value in parts]
        desk.decide(made)
    return made[0].id


_Made = tuple[tuple[Claim, str, Decision], str, str]


def _said(claim: Claim, words: str, found: Difference, verdict: Verdict) -> list[_Made]:
    """The judgements that a verdict is, each as what :func:`dragoman.said.judgement` takes."""
    if verdict.side:
        coder = next((one for one in found.words if one.by == verdict.side), None)
        if coder is None:
            raise DecisionError(f"side: {verdict.side!r} is none of the coders")
        return _as_coder(claim, words, coder)
    if verdict.decision not in ("accept", "reject", "set"):
        raise DecisionError("decision: accept, reject or set, or whose side")
    cell, value = decide.checked(Decision(verdict.decision), verdict.cell, verdict.value)
    made: list[_Made] = [((claim, words, Decision(verdict.decision)), cell, value)]
    if verdict.decision != "reject":
        made = [*_entering(claim, words, found.words), *(one for one in made if one[0][2] is Decision.SET)] or made
    return made


def _entering(claim: Claim, words: str, coders: Iterable[Coded]) -> list[_Made]:
    """A claim that was added in blind coding comes into the record by the third person's word."""
    return [((claim, words, Decision.OWN), "", "")] if any(one.added for one in coders) else []


def _as_coder(claim: Claim, words: str, coder: Coded) -> list[_Made]:
    if coder.decision is Decision.REJECT:
        return [((claim, words, Decision.REJECT), "", "")]
    made: list[_Made] = _entering(claim, words, [coder])
    made += [((claim, words, Decision.SET), cell, value) for cell, value in coder.cells]
    return made or [((claim, words, Decision.ACCEPT), "", "")]


def settled_by(judgements: Iterable[Judgement]) -> str:
    """Who decided, and what, in a line for a person."""
    return "; ".join(
        f"{one.by}: {'added' if one.decision is Decision.OWN else one.decision.value}"
        f"{f' {one.cell} = {one.value}' if one.cell else ''} ({one.why})"
        for one in judgements
    )
