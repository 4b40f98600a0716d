"""Words that take a stance, the issues that words name, and the words that a stance is about.

Knows trees and the stance and issue tables (resources/claims); nothing of holders.
"""

import re

from dragoman.claims.lexicon import Lexicon, Terms
from dragoman.claims.tree import Tree

CONDITIONS = ("if", "unless", "provided", "once", "until")
REFUSING = ("refuse", "decline")
MOST_OBJECT = 30  # tokens of an object's words; set by hand


def stance_word(tree: Tree, lexicon: Lexicon, at: int) -> tuple[str, str] | None:
    """(stance, why) that a word takes, negation and modals counted; None if it takes none."""
    pos = {"VERB": "V", "ADJ": "A"}.get(tree.tag(at), "")
    word = lexicon.stances.get((pos, tree.lemma(at))) or (
        lexicon.stances.get(("A", tree.tokens[at].form.lower())) if pos else None
    )
    if word is None or not _particle_fits(tree, at):
        return None
    stance = word.negated if tree.negated(at) or _refused(tree, at) else word.stance
    return (stance, f"“{tree.tokens[at].form}”" + (" negated" if stance != word.stance else "")) if stance else None


def _particle_fits(tree: Tree, at: int) -> bool:
    lemma = tree.lemma(at)
    near = {case for case, _ in tree.nominals(at)} | set(tree.particles(at))
    if lemma == "call":
        return bool(near & {"for", "on"})
    if lemma == "rule":
        return "out" in near
    if lemma in ("open", "commit"):
        return tree.tag(at) != "VERB" or lemma == "commit"
    return True


def _refused(tree: Tree, at: int) -> bool:
    head = tree.head(at)
    return head >= 0 and tree.relation(at) == "xcomp" and (tree.lemma(head) in REFUSING or tree.negated(head))


def issues_in(terms: Terms, words: str) -> list[str]:
    """The issues that words name, in the order they are named; longer terms first, each word counted once."""
    low = " " + re.sub(r"[^\w’'-]+", " ", words.lower()) + " "
    found: dict[str, int] = {}
    there = (pair for word in set(low.split()) for pair in terms.get(word, ()))
    for word, issue in sorted(there, key=_longest):
        place = low.find(f" {word} ")
        if place >= 0:
            found[issue] = min(place, found.get(issue, place))
            low = low.replace(f" {word} ", " " + "_" * len(word) + " ")
    return sorted(found, key=lambda issue: (found[issue], issue))


def _longest(term: tuple[str, str]) -> tuple[int, str, str]:
    return -len(term[0]), *term


def object_of(tree: Tree, at: int, also: tuple[str, ...] = ()) -> list[int]:
    """The tokens of what the stance is about: objects, complements and phrases, conditions left out."""
    start, end = tree.analysis.sentences[tree.sentence_of[at]]
    inside: list[int] = []
    for kid in tree.kids[at]:
        if tree.relation(kid) in ("obj", "obl", "xcomp", "ccomp", "nmod", *also) and kid > at:
            inside += [one for one in tree.below(kid, ("parataxis", "discourse")) if start <= one < end]
    inside = [one for one in inside if not _in_condition(tree, one, at)]
    return sorted(inside)[:MOST_OBJECT]


def _in_condition(tree: Tree, at: int, top: int) -> bool:
    here = at
    for head in tree.climb(at):
        if tree.relation(here) == "advcl" and any(tree.lemma(kid) in CONDITIONS for kid in tree.children(here, "mark")):
            return True
        if head == top:
            return False
        here = head
    return False
