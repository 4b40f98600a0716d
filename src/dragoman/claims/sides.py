"""On which side of an act its participants stand, once all are found: what no act of a type leaves open. Pure.

The rules fill slots and the network adds participants one by one, so that a side may be missing or stand twice. A
meeting, deal, protest or deployment is its participants', and so is a clash in which armed people are hurt; who is
visited is no visitor; of words and of what is given or withheld, whom only what follows the word names is who they are
for.
"""

from dragoman.claims.arguments import Filled
from dragoman.claims.tree import Tree
from dragoman.types import Role

TOGETHER = frozenset(("CONSULT", "AGREE", "PROTEST", "MOBILIZE"))  # acts of those who take part
TOWARDS = frozenset(("SUPPORT", "ACCUSE", "REJECT", "THREATEN", "REQUEST", "SANCTION", "AID"))  # acts with an aim
AFFECTED = (Role.RECIPIENT, Role.HOST)
CLASHES = frozenset(("clash", "fighting", "battle", "gunfight", "firefight", "skirmish", "combat"))
ARMED = frozenset(("MIL", "COP", "REB", "PRM", "UAF"))


def sided(tree: Tree, kind: str, at: int, filled: Filled, own: bool) -> Filled:
    """The participants of an act of type ``kind`` told at word ``at``, each on its side.

    ``own``: of no rule; a rule knows the acts of words that two do to each other ("restored relations with Chad").
    """
    acting = {one.party.code for role, one in filled if role not in AFFECTED and one.party}
    affected = {one.party.code for role, one in filled if role in AFFECTED and one.party}
    if not acting and (kind in TOGETHER or (kind == "ASSAULT" and _armed(filled) and _in_clash(tree, at))):
        return [(Role.ACTOR, one) for _, one in filled]
    if kind == "CONSULT" and acting & affected and acting - affected:
        side = next(role for role, _ in filled if role in AFFECTED)
        moved = (
            (Role.VISITOR, Role.ACTOR) if side is Role.RECIPIENT else (Role.VISITOR,)
        )  # whom a visitor met: as_hosted
        here = [one.party is not None and one.party.code in affected for _, one in filled]
        return [(side if met and role in moved else role, one) for met, (role, one) in zip(here, filled, strict=True)]
    if not own or kind not in TOWARDS or affected or len(acting) < 2:
        return filled
    before = {one.party.code for _, one in filled if one.party and one.at < at}
    return [
        (Role.RECIPIENT if before and one.party and one.party.code not in before else role, one) for role, one in filled
    ]


def _armed(filled: Filled) -> bool:
    return all(one.party is not None and one.party.sector in ARMED for _, one in filled)


def _in_clash(tree: Tree, at: int) -> bool:
    """As in "ten soldiers were hurt in clashes", "clashes that hurt them", "clashes broke out, hurting them"."""
    above = list(tree.climb(at))
    words = [*tree.below(at), *above, *(kid for verb in above for kid in tree.children(verb, "nsubj"))]
    return any(tree.lemma(word) in CLASHES for word in words)
