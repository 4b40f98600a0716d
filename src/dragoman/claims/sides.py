"""On which side of an act a party stands, where the words around it decide: fights, troops that are sent, blasts.

What rules and network give as actor or recipient is put right for kinds of acts in which a word's place in the
sentence misleads both. Pure; knows trees and acts found, and no text but its own.
"""

from dragoman.claims.arguments import Filled
from dragoman.claims.found import Found
from dragoman.claims.parties import Found as Party
from dragoman.claims.signs import top
from dragoman.claims.tree import Tree
from dragoman.types import ActorKind, Role

# Two-sided fighting: both sides are actors (PLOVER, ASSAULT), also where one of them is told of as harmed in it
FIGHTS = frozenset(("clash", "fighting", "skirmish", "firefight", "gunfight", "battle", "scuffle", "standoff"))
HARMS = frozenset(("injure", "wound", "hurt", "kill", "die"))
# Where troops are, or are sent: no party to that, unless words say against whom
WHERE = frozenset(("to", "in", "into", "inside", "within", "at", "across", "on", "throughout"))
# What one does with accusations that others make
FACE = frozenset(("face", "draw", "attract", "deny", "reject", "dismiss"))
FIRED = frozenset(("launch", "fire", "test", "fly"))  # weapons, which go at somebody
FORCES = frozenset(
    ("troop", "soldier", "force", "peacekeeper", "personnel", "unit", "battalion", "brigade", "marine", "police")
)


def as_told(tree: Tree, act: Found) -> Filled:
    """Who takes part in an act and as what."""
    if act.trigger.type == "ASSAULT":
        return _assaulted(tree, act)
    if act.trigger.type == "MOBILIZE":
        return _mobilized(tree, act)
    if act.trigger.type == "ACCUSE":
        return _accused(tree, act)
    return act.filled


def _accused(tree: Tree, act: Found) -> Filled:
    """Who is accused, or faces accusations, makes none."""
    verb, noun = act.at, tree.tag(act.at) == "NOUN"
    if noun:
        verb = tree.head(act.at)
    if verb < 0 or not (tree.lemma(verb) in FACE if noun else tree.passive(verb)):
        return act.filled
    faced = tree.children(verb, "nsubj", "nsubj:pass")
    return [
        (Role.RECIPIENT if role is Role.ACTOR and _top(tree, one) in faced else role, one) for role, one in act.filled
    ]


def _assaulted(tree: Tree, act: Found) -> Filled:
    if _of_fight(tree, act.at):
        return [(Role.ACTOR if role is Role.RECIPIENT else role, one) for role, one in act.filled]
    return act.filled


def _of_fight(tree: Tree, at: int) -> bool:
    """Whether an act is a fight, or harm that came of one: "injured in clashes", "clashes that injured them"."""
    if tree.lemma(at) in FIGHTS:
        return True
    if tree.lemma(at) not in HARMS:
        return False
    causes = [kid for case, kid in tree.nominals(at) if case in ("in", "during", "after", "amid")]
    subject = tree.subject(at)
    return any(tree.lemma(one) in FIGHTS for one in [*causes, *([subject] if subject >= 0 else [])])


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
    """Whether a party's troops are what an act sends: "deploys British soldiers"."""
    forces = next((noun for noun in (word, tree.head(word)) if noun >= 0 and tree.lemma(noun) in FORCES), -1)
    return forces >= 0 and tree.head(forces) == at and tree.relation(forces) in ("obj", "nsubj:pass")


def _top(tree: Tree, one: Party) -> int:
    return top(tree, tree.tokens_in(one.mention.span))
