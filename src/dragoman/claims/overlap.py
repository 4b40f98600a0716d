"""Acts that are none of their own: told by two words of one clause, promised by a word above, demanded or refused."""

from dataclasses import replace

from dragoman.claims.found import Found
from dragoman.claims.lexicon import Lexicon
from dragoman.claims.slots import fitting
from dragoman.claims.tree import Tree
from dragoman.types import Role

SPEECH_ACTS = frozenset(("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"))
PROMISES = frozenset(["agree", "pledge", "vow", "promise", "offer", "undertake", "commit"])
PROMISED = frozenset(("AID", "CONSULT", "RETREAT", "MOBILIZE", "SANCTION"))


def demanded(tree: Tree, lexicon: Lexicon, at: int) -> bool:
    """True inside what a request asks for, a threat threatens or a refusal refuses."""
    here = at
    for head in tree.climb(at):
        relation = tree.relation(here)
        above = fitting(tree, lexicon, head) if tree.tag(head) in ("VERB", "NOUN") else None
        if (
            above
            and above.type in ("REQUEST", "THREATEN", "REJECT")
            and relation in ("xcomp", "ccomp", "obj", "obl", "acl", "advcl", "nmod")
        ):
            return relation not in ("advcl",) or tree.form_of_verb(here) == "VB"
        if relation not in ("conj", "compound", "nmod", "obj", "obl", "xcomp", "ccomp", "acl", "amod"):
            return False
        here = head
    return False


def without_doubles(tree: Tree, acts: list[Found]) -> list[Found]:
    """One act for "arrived in Beijing for talks", "held talks" and "launched an attack": the upper word keeps it."""
    by_word = {act.carrier: act for act in acts if act.carrier >= 0}
    by_word.update((act.at, act) for act in acts)  # "imposed" of "imposed sanctions" is an act itself
    kept = []
    for act in acts:
        above = (by_word[head] for head in tree.climb(act.at) if head in by_word)
        upper = next((found for found in above if found is not act), None)
        if upper and upper.trigger.type == act.trigger.type and _joined(tree, act.at, upper) and not _clash(upper, act):
            known = {found.party.id for _, found in upper.filled if found.party}
            upper.filled += [(role, found) for role, found in act.filled if found.party and found.party.id not in known]
            continue
        if upper and _only_promises(tree, upper, act):
            upper.trigger = replace(upper.trigger, type="")
        kept.append(act)
    return [act for act in kept if act.trigger.type]


def _only_promises(tree: Tree, upper: Found, act: Found) -> bool:
    """True for "pledged" above "to send aid": a promised material act is that act, planned, and no act of its own."""
    return (
        upper.trigger.type == "AGREE"
        and tree.lemma(upper.at) in PROMISES
        and act.trigger.type in PROMISED
        and tree.relation(act.at) in ("xcomp", "obj", "ccomp")
    )


def _clash(upper: Found, lower: Found) -> bool:
    """True for two visits with different hosts: "the visit to Moscow came after trips to Kyiv"."""
    first, second = (
        {found.party.code for role, found in act.filled if role is Role.HOST and found.party} for act in (upper, lower)
    )
    return bool(first and second) and first.isdisjoint(second)


def _joined(tree: Tree, lower: int, upper: Found) -> bool:
    """True when the lower word hangs on the upper one by objects and phrases only, not by a clause of its own."""
    here = lower
    for head in tree.climb(lower):
        if tree.relation(here) not in ("obj", "obl", "nmod", "xcomp", "advcl", "acl", "nsubj"):
            return False
        if here == lower and tree.relation(here) == "nsubj":
            return False
        if head in (upper.at, upper.carrier):
            return True
        here = head
    return False
