"""The other side of an act told with one side only: the actor named nearest to its word, no verb between.

"Israel's strike kills three in Gaza City, Hamas says": trees of a light parser lose who is on the other side more often
than the words do. Knows trees and filled roles; the reason of what it adds says that it rests on nearness.
"""

from collections.abc import Iterator
from dataclasses import replace

from dragoman.claims.parties import Found
from dragoman.claims.tree import Tree
from dragoman.types import ActorKind, Role

# Types with two sides for which this helps: on the train files it takes record F1 from .307 to .324 and who from .533
# to .537 (python -m evals.coder --split train); for CONSULT, REQUEST, AID, COERCE and MOBILIZE who falls.
TYPES = frozenset(("ASSAULT", "SANCTION", "THREATEN", "REJECT", "ACCUSE", "SUPPORT", "AGREE"))
NEAR = 6  # tokens; 12 gives the same within .002
SCENES = frozenset(("in", "at", "from", "near", "under", "since", "despite"))  # where or whence, not whom


def _candidates(tree: Tree, words: tuple[int, ...], codes: set[str]) -> Iterator[tuple[int, Found]]:
    """(distance, actor) for the actors of the sentence with another known code, near the act's word."""
    at = words[0]
    start, end = tree.analysis.sentences[tree.sentence_of[at]]
    for mention, cell in tree.grounded.actors:
        party, inside = cell.value, tree.tokens_in(mention.span)
        if party is None or party.code in codes or party.kind is ActorKind.OUTLET or not start <= inside.start < end:
            continue
        if mention.normal.startswith("pronoun:") or tree.case(tree.top_of[inside.start]) in SCENES:
            continue
        first, last = min(inside.start, at) + 1, max(inside.start, at)
        distance = min(abs(inside.start - at), abs(inside.stop - 1 - at))
        if distance <= NEAR and all(tree.tag(k) != "VERB" or k in words for k in range(first, last)):
            reason = replace(cell, reason=f"named beside it, with no other second side in the sentence: {cell.reason}")
            owner = tree.relation(tree.top_of[inside.start]) in ("amod", "compound", "nmod:poss")
            yield distance, Found(inside.start, mention, reason, itself=not owner)


def other_side(
    tree: Tree, kind: str, words: tuple[int, ...], filled: list[tuple[Role, Found]]
) -> list[tuple[Role, Found]]:
    """The missing side of an act of type ``kind`` told at ``words``, as a list of one or none."""
    codes = {found.party.code for _, found in filled if found.party} - {"UNK"}
    if kind not in TYPES or len(codes) != 1:
        return []
    nearest = min(_candidates(tree, words, codes | {"UNK"}), key=lambda pair: (pair[0], pair[1].at), default=None)
    passive = all(role in (Role.RECIPIENT, Role.HOST) for role, _ in filled)
    return [(Role.ACTOR if passive else Role.RECIPIENT, nearest[1])] if nearest else []
