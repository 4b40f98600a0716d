"""People's judgements applied to claims, before anything is computed: a person's word outranks any reader's.

The latest word on a claim (or on one cell of it) stands. A claim that has changed its id after re-coding is found
again by its text and words (:mod:`dragoman.found_again`). A judgement whose claim is gone is left out and noted: words
are kept for ever, and one that no longer fits must not stop a record from being computed. A value that cannot be read
is refused at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman import found_again
from dragoman.knowledge import Knowledge
from dragoman.reconcile import cells
from dragoman.said import own_claims
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
    words = found_again.worded(kept.values(), texts)
    fixed: set[tuple[str, str]] = set()
    standing_words = sorted(standing(judgements), key=lambda j: (j.at, j.id))
    added = {claim.id: claim for claim in own_claims(standing_words)}  # first: words on them may be of the same moment
    kept |= added
    accepted = set(added)
    rejected: set[str] = set()
    notes: list[str] = []
    for judgement in standing_words:
        if judgement.decision is Decision.OWN:
            continue
        target = found_again.target(judgement, kept, words)
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
