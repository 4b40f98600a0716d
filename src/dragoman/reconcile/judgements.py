"""People's judgements applied to claims, before anything is computed: a person's word outranks any reader's.

The latest word on a claim (or on one cell of it) stands. A claim that has changed its id after re-coding is found
again by its text and words. A judgement whose claim is gone is left out and noted: words are kept for ever, and one
that no longer fits must not stop a record from being computed. A value that cannot be read is refused at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman import jsonform
from dragoman.knowledge import Knowledge
from dragoman.reconcile import cells
from dragoman.types import Claim, Decision, Judgement, Text
from dragoman.withdrawn import standing


@dataclass(frozen=True, slots=True)
class Judged:
    """The claims to compute with; ``fixed`` are the (claim, cell) a person set, ``accepted`` the claims confirmed;
    ``notes`` say which judgements could not be applied and why.
    """

    claims: tuple[Claim, ...]
    fixed: frozenset[tuple[str, str]]
    accepted: frozenset[str]
    notes: tuple[str, ...]


def apply(
    claims: Sequence[Claim], judgements: Iterable[Judgement], texts: Mapping[str, Text], knowledge: Knowledge
) -> Judged:
    """Claims after people's words, in any order the same; ValueError in one line for a value that is none."""
    kept = {claim.id: claim for claim in claims}
    words = _words(kept.values(), texts)
    fixed: set[tuple[str, str]] = set()
    accepted: set[str] = set()
    rejected: set[str] = set()
    notes: list[str] = []
    for judgement in sorted(standing(judgements), key=lambda j: (j.at, j.id)):
        if judgement.decision is Decision.OWN:
            claim = own_claim(judgement.value)
            kept[claim.id] = claim
            accepted.add(claim.id)
            continue
        target = _target(judgement, kept, words)
        if not target:
            notes.append(f"judgement {judgement.id}: its claim is not in the record and its words are not found once")
        elif judgement.decision is Decision.SET:
            try:
                kept[target] = cells.put(kept[target], judgement.cell, judgement.value, judgement.by, knowledge)
            except ValueError as problem:
                if target == judgement.claim:
                    raise ValueError(f"{judgement.cell}: {problem}") from problem
                notes.append(f"judgement {judgement.id}: {judgement.cell}: {problem}")
                continue
            fixed.add((target, judgement.cell))
        else:
            accept = judgement.decision is Decision.ACCEPT
            (accepted if accept else rejected).add(target)
            (rejected if accept else accepted).discard(target)
    return Judged(
        claims=tuple(kept[key] for key in sorted(kept) if key not in rejected),
        fixed=frozenset(fixed),
        accepted=frozenset(accepted),
        notes=tuple(notes),
    )


def _words(claims: Iterable[Claim], texts: Mapping[str, Text]) -> dict[tuple[str, str], list[str]]:
    """(text id, words of the evidence) -> the claims that rest on them."""
    found: dict[tuple[str, str], list[str]] = {}
    for claim in claims:
        text = texts.get(claim.text)
        if text is not None:
            key = claim.text, text.content[claim.evidence.start : claim.evidence.end]
            found.setdefault(key, []).append(claim.id)
    return found


def _target(judgement: Judgement, claims: Mapping[str, Claim], words: Mapping[tuple[str, str], list[str]]) -> str:
    """The claim that is judged: by id, else the one claim of the text with the same words, else ""."""
    if judgement.claim in claims:
        return judgement.claim
    candidates = words.get((judgement.text, judgement.words), [])
    return candidates[0] if len(candidates) == 1 else ""


def own_claim(value: str) -> Claim:
    """A person's own claim from its JSON form; raises ValueError."""
    try:
        claim = jsonform.loads(value)
    except jsonform.JsonFormError as problem:
        raise ValueError(f"own claim: {problem}") from problem
    if not isinstance(claim, Claim):
        raise ValueError(f"own claim: is a {type(claim).__name__}, not a Claim")
    return claim
