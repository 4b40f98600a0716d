"""Judgements found again after re-coding: by the claim's id, else by the words they were said of. Pure.

One rule for whoever computes, lists or exports: a claim that is no more in the record gives its judgements to the one
claim of the same text with the same words; where there is none, or several, they are about nothing at hand. Claims that
people added are not read again: words on one that is gone are about nothing, and it takes over no word on another.
"""

from collections.abc import Iterable, Mapping, Sequence

from dragoman.types import Claim, Judgement, Text

# What the ids of people's own claims begin with (:func:`dragoman.ids.own_claim_id`).
_OWN = "own"

Worded = Mapping[tuple[str, str], Sequence[str]]


def worded(claims: Iterable[Claim], texts: Mapping[str, Text]) -> dict[tuple[str, str], list[str]]:
    """(text id, words of the evidence) -> the claims read there that rest on them; of texts at hand."""
    found: dict[tuple[str, str], list[str]] = {}
    for claim in claims:
        text = texts.get(claim.text)
        if text is not None and not claim.id.startswith(_OWN):
            key = claim.text, text.content[claim.evidence.start : claim.evidence.end]
            found.setdefault(key, []).append(claim.id)
    return found


def target(judgement: Judgement, claims: Mapping[str, Claim], words: Worded) -> str:
    """The claim that is judged: by id, else the one claim of the text with the same words, else ""."""
    if judgement.claim in claims:
        return judgement.claim
    if judgement.claim.startswith(_OWN):
        return ""
    candidates = words.get((judgement.text, judgement.words), [])
    return candidates[0] if len(candidates) == 1 else ""


def targets(judgements: Iterable[Judgement], claims: Iterable[Claim], texts: Iterable[Text]) -> dict[str, str]:
    """Id of a judgement -> the claim it is about, in the order given; those about nothing at hand are left out."""
    known = {claim.id: claim for claim in claims}
    lost = [one for one in judgements if one.claim not in known]
    words = worded(known.values(), {text.id: text for text in texts}) if lost else {}
    found = {one.id: target(one, known, words) for one in judgements}
    return {key: claim for key, claim in found.items() if claim}
