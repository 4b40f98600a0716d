"""Words of people made as values, with their ids; and the claims that people added themselves.

One place for what a word on a claim holds, whoever keeps it (command line, workbench). Knows no file and no clock.
"""

import dataclasses
from collections.abc import Iterable

from dragoman import ids, jsonform
from dragoman.types import Claim, Decision, Judgement, Link, Record, Verdict
from dragoman.withdrawn import standing, standing_links

# What the origin of a person's own claim begins with; their name follows.
PERSON = "person:"


@dataclasses.dataclass(frozen=True, slots=True)
class Saying:
    """Who says something, when (UTC, ISO 8601) and why, by which codebook (its hash); how it is to be taken."""

    by: str
    at: str
    why: str
    codebook: str = ""
    blind: bool = False
    settles: tuple[str, ...] = ()


def judgement(
    claim: Claim, words: str, decision: Decision, saying: Saying, *, cell: str = "", value: str = ""
) -> Judgement:
    """A word on a claim whose evidence is ``words``; of ``Decision.OWN`` the claim is the person's, and the value."""
    made = Judgement(
        id="",
        claim=claim.id,
        decision=decision,
        by=saying.by,
        at=saying.at,
        why=saying.why,
        cell=cell,
        value=jsonform.dumps(claim) if decision is Decision.OWN else value,
        text=claim.text,
        words=words,
        codebook=saying.codebook,
        blind=saying.blind,
        settles=saying.settles,
    )
    return dataclasses.replace(made, id=ids.judgement_id(made))


def withdrawal(taken: Judgement, saying: Saying) -> Judgement:
    """The word that takes a judgement back."""
    made = Judgement(
        "", taken.claim, Decision.WITHDRAW, saying.by, saying.at, saying.why,
        value=taken.id, text=taken.text, words=taken.words, codebook=taken.codebook, blind=taken.blind,
    )  # fmt: skip
    return dataclasses.replace(made, id=ids.judgement_id(made))


def link_withdrawal(taken: Link, saying: Saying) -> Link:
    """The link that takes one back."""
    return Link(
        taken.left, taken.right, Verdict.UNSURE, 1.0, (saying.why,), saying.by, saying.at,
        person=True, withdraws=ids.link_id(taken),
    )  # fmt: skip


def own_claim(value: str) -> Claim:
    """A person's own claim from its JSON form; raises ValueError."""
    try:
        claim = jsonform.loads(value)
    except jsonform.JsonFormError as problem:
        raise ValueError(f"own claim: {problem}") from problem
    if not isinstance(claim, Claim):
        raise ValueError(f"own claim: is a {type(claim).__name__}, not a Claim")
    return claim


def own_claims(judgements: Iterable[Judgement]) -> tuple[Claim, ...]:
    """The claims that people added, of these judgements; raises ValueError where one holds none."""
    return tuple(own_claim(one.value) for one in judgements if one.decision is Decision.OWN)


def counted(inputs: Record, links: Iterable[Link], judgements: Iterable[Judgement]) -> Record:
    """The record with the words that count of all these, and people's own claims among its claims.

    Claims that a record has of words that count no more are left out. Raises ValueError where a word holds no claim.
    """
    known = tuple(judgements)
    words = standing(known)
    theirs = {one.claim for one in known if one.decision is Decision.OWN}
    texts = {text.id for text in inputs.texts}
    read = [claim for claim in inputs.claims if claim.id not in theirs]
    added = {claim.id: claim for claim in own_claims(words) if claim.text in texts}
    ordered = sorted((*read, *added.values()), key=lambda claim: (claim.text, claim.evidence.start, claim.id))
    return dataclasses.replace(inputs, claims=tuple(ordered), links=standing_links(links), judgements=words)
