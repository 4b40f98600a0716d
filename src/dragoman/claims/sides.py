"""On which side of an act its participants stand, once all are found: what no act of a type, or its words, leave open.

The rules fill slots and the network adds participants one by one, so that a side may be missing or stand twice. A
meeting, deal, protest or deployment is its participants', and so is a fight, also of those armed who are hurt in it;
who is visited is no visitor; where troops are sent is no side, and whose they are is one; who faces accusations makes
none; of words and of what is given or withheld, whom only what follows the word names is who they are for. Pure.
"""

from dragoman.claims.arguments import Filled
from dragoman.claims.found import Found
from dragoman.claims.parties import Found as Party
from dragoman.claims.signs import top
from dragoman.claims.tree import Tree
from dragoman.types import ActorKind, Role

TOGETHER = frozenset(("CONSULT", "AGREE", "PROTEST", "MOBILIZE"))  # acts of those who take part
TOWARDS = frozenset(("SUPPORT", "ACCUSE", "REJECT", "THREATEN", "REQUEST", "SANCTION", "AID"))  # acts with an aim
AFFECTED = (Role.RECIPIENT, Role.HOST)
# Two-sided fighting: both sides are actors (PLOVER, ASSAULT), also one that is told of as harmed in it
FIGHTS = frozenset(
    ("clash", "fighting", "skirmish", "firefight", "gunfight", "battle", "combat", "scuffle", "standoff")
)
HARMS = frozenset(("injure", "wound", "hurt", "kill", "die"))
ARMED = frozenset(("MIL", "COP", "REB", "PRM", "UAF"))
# Where troops are, or are sent: no party to that, unless words say against whom
WHERE = frozenset(("to", "in", "into", "inside", "within", "at", "across", "on", "throughout"))
FIRED = frozenset(("launch", "fire", "test", "fly"))  # weapons, which go at somebody
FORCES = frozenset(
    (
        "troop",
        "troops",
        "soldier",
        "force",
        "peacekeeper",
        "personnel",
        "unit",
        "battalion",
        "brigade",
        "marine",
        "police",
    )
)
# What one does with accusations that others make
FACE = frozenset(("face", "draw", "attract", "deny", "reject", "dismiss"))


def as_told(tree: Tree, act: Found, own: bool) -> Filled:
    """Who takes part in an act and as what; ``own``: an act of no rule."""
    kind, filled = act.trigger.type, act.filled
    if kind == "ASSAULT":
        filled = _fought(tree, act)
    elif kind == "MOBILIZE":
        filled = _mobilized(tree, act)
    elif kind == "ACCUSE":
        filled = _accused(tree, act)
    return sided(kind, act.at, filled, own)


def sided(kind: str, at: int, filled: Filled, own: bool) -> Filled:
    """The participants of an act of type ``kind`` told at word ``at``, each on its side.

    ``own``: of no rule; a rule knows the acts of words that two do to each other ("restored relations with Chad").
    """
    acting = {one.party.code for role, one in filled if role not in AFFECTED and one.party}
    affected = {one.party.code for role, one in filled if role in AFFECTED and one.party}
    if not acting and kind in TOGETHER:
        return [(Role.ACTOR, one) for _, one in filled]
    if kind == "CONSULT" and acting & affected and acting - affected:
        side = next(role for role, _ in filled if role in AFFECTED)
        # Beside a host, who is an actor is whom the visitor met, and stays so
        moved = (Role.VISITOR, Role.ACTOR) if side is Role.RECIPIENT else (Role.VISITOR,)
        here = [one.party is not None and one.party.code in affected for _, one in filled]
        return [(side if met and role in moved else role, one) for met, (role, one) in zip(here, filled, strict=True)]
    if not own or kind not in TOWARDS or affected or len(acting) < 2:
        return filled
    before = {one.party.code for _, one in filled if one.party and one.at < at}
    return [
        (Role.RECIPIENT if before and one.party and one.party.code not in before else role, one) for role, one in filled
    ]


def _accused(tree: Tree, act: Found) -> Filled:
    verb, noun = act.at, tree.tag(act.at) == "NOUN"
    if noun:
        verb = tree.head(act.at)
    if verb < 0 or not (tree.lemma(verb) in FACE if noun else tree.passive(verb)):
        return act.filled
    faced = tree.children(verb, "nsubj", "nsubj:pass")
    return [
        (Role.RECIPIENT if role is Role.ACTOR and _top(tree, one) in faced else role, one) for role, one in act.filled
    ]


def _fought(tree: Tree, act: Found) -> Filled:
    """Those who fight: all in a fight, the armed of those who are hurt in one."""
    fight = tree.lemma(act.at) in FIGHTS
    if not fight and not (tree.lemma(act.at) in HARMS and _of_fight(tree, act.at)):
        return act.filled
    return [
        (Role.ACTOR if role is Role.RECIPIENT and (fight or _armed(one)) else role, one) for role, one in act.filled
    ]


def _of_fight(tree: Tree, at: int) -> bool:
    """As in "ten soldiers were hurt in clashes", "clashes that hurt them", "clashes broke out, hurting them"."""
    causes = [kid for case, kid in tree.nominals(at) if case in ("in", "during", "after", "amid")]
    above = [at, *tree.climb(at)]
    subjects = [kid for verb in above for kid in tree.children(verb, "nsubj")]
    return any(tree.lemma(word) in FIGHTS for word in (*causes, *above, *subjects))


def _armed(one: Party) -> bool:
    return one.party is not None and one.party.sector in ARMED


def _mobilized(tree: Tree, act: Found) -> Filled:
    if tree.lemma(act.at) in FIRED:
        return act.filled
    kept: Filled = []
    for role, one in act.filled:
        word = _top(tree, one)
        if role is Role.RECIPIENT and _sent(tree, act.at, word):
            kept.append((Role.ACTOR, one))
        elif role is not Role.RECIPIENT or tree.case(word) not in WHERE or not _state(one):
            kept.append((role, one))
    return kept


def _state(one: Party) -> bool:
    return one.party is not None and one.party.kind is ActorKind.STATE


def _sent(tree: Tree, at: int, word: int) -> bool:
    """Whether a party's troops are what an act sends: "deploys Danish soldiers"."""
    head = tree.head(word)
    noun = head if head >= 0 and word in tree.owners(head) else word
    return tree.lemma(noun) in FORCES and tree.head(noun) == at and tree.relation(noun) in ("obj", "nsubj:pass")


def _top(tree: Tree, one: Party) -> int:
    return top(tree, tree.tokens_in(one.mention.span))
