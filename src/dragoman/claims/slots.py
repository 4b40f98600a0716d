"""What stands in the slots of a trigger word: subject, object, prepositional phrases, owners of a noun.

Knows trees and the trigger tables' slot names; roles are given in arguments.py.
"""

from collections.abc import Callable

from dragoman.claims.lexicon import Lexicon, Need, Trigger
from dragoman.claims.parties import is_people, parties_at
from dragoman.claims.tree import Tree

ENVOYS = frozenset(
    [
        "ambassador",
        "envoy",
        "diplomat",
        "delegation",
        "representative",
        "minister",
        "emissary",
        "official",
        "attache",
        "consul",
        "team",
        "mission",
    ]
)
# "declined to comment" is a silence (silences.csv), no refusal
COMMENTING = ("comment", "say", "discuss", "elaborate", "confirm", "disclose", "answer", "respond")
# Verbs whose particle does not change what they tell ("carried out", "gunned down")
PARTICLE_VERBS = ("carry", "pull", "hand", "kick", "wrap", "gun", "send", "close", "shut", "hold", "release")
# What is fought without arms
EVILS = frozenset(
    [
        *("disinformation", "corruption", "poverty", "inflation", "crime", "pandemic", "virus", "hunger", "fire"),
        *("wildfire", "injustice", "racism", "disease", "cancer", "smuggling", "trafficking", "change", "fraud"),
        *("charge", "case", "extradition", "election", "hate", "antisemitism", "misinformation", "propaganda"),
    ]
)
QUOTES = ("“", '"', "'", "‘")
EXISTENCE = frozenset(
    [
        "take",
        "begin",
        "start",
        "happen",
        "occur",
        "follow",
        "come",
        "resume",
        "continue",
        "collapse",
        "fail",
        "end",
        "conclude",
        "hold",
    ]
)


def governor(tree: Tree, lexicon: Lexicon, at: int) -> int:
    """The light verb that carries a nominal act ("held talks", "talks took place"), -1 if none does."""
    head, relation = tree.head(at), tree.relation(at)
    while relation == "conj" and head >= 0 and tree.tag(head) in ("NOUN", "PROPN"):
        head, relation = tree.head(head), tree.relation(head)
    if head < 0 or tree.tag(head) not in ("VERB", "AUX"):
        return -1
    lemma = " ".join([tree.lemma(head), *tree.particles(head)[:1]])
    carries = tree.lemma(head) in lexicon.light or any(
        lexicon.cue("governor", word) for word in (lemma, tree.lemma(head))
    )
    if relation in ("obj", "nsubj:pass") and carries:
        return head
    if relation == "nsubj" and (tree.lemma(head) in EXISTENCE or tree.tag(head) == "AUX"):
        return head
    if (
        relation == "obl"
        and tree.case(at) in ("in", "into", "for", "on")
        and tree.lemma(head) in ("engage", "enter", "be", "lock", "take")
    ):
        return head
    return -1


def slot(tree: Tree, trigger: Trigger, at: int, name: str) -> list[int]:
    """The tokens in a slot: "obj" (the passive subject too), "xcomp", "prt", "mod", or a preposition's phrases."""
    if name == "obj":
        passive = [tree.subject(at)] if tree.passive(at) else []
        found = [kid for kid in [*tree.children(at, "obj"), *passive] if kid >= 0]
        return found or tree.children(at, "iobj") or _raised(tree, at)
    if name in ("xcomp", "ccomp", "iobj"):
        return tree.children(at, name)
    if name == "prt":
        return [kid for kid in tree.kids[at] if at < kid <= at + 2]
    if name == "mod":
        return [*tree.children(at, "compound", "amod", "nmod:poss", "nummod"), *_deep_modifiers(tree, at)]
    found = [kid for case, kid in tree.nominals(at) if name in case.split()]
    if trigger.pos == "N" and not found:  # "the killing of X by Y": the parser may hang "by Y" on X
        found = [kid for case, kid in _chained(tree, at) if name in case.split()]
    if trigger.pos == "N":  # "begin withdrawal from X": the parser may hang "from X" on the verb
        head = tree.head(at)
        if head >= 0 and tree.tag(head) == "VERB" and tree.relation(at) in ("obj", "nsubj:pass", "obl"):
            found += [kid for case, kid in tree.nominals(head) if name in case.split() and kid > at]
        return found or _next_phrase(tree, at, name)
    for kid in tree.children(at, "obj"):  # "impose sanctions on X": the parser may hang "on X" on either word
        found += [inner for case, inner in _chained(tree, kid) if name in case.split()]
    found += [kid for kid in tree.children(at, "xcomp") if name == "to" and tree.tag(kid) == "NOUN"]
    return found


def _raised(tree: Tree, at: int) -> list[int]:
    """Who is urged or accused where the parser made them the subject of what follows: "accused X of helping"."""
    clauses = [kid for kid in tree.children(at, "xcomp", "ccomp", "advcl") if kid > at]
    bare = [
        kid for kid in clauses if tree.form_of_verb(kid) == "VBG" or "to" in map(tree.lemma, tree.children(kid, "mark"))
    ]
    subjects = [one for kid in bare for one in tree.children(kid, "nsubj") if one > at]
    return [
        one
        for one in subjects
        if all(tree.tag(k) in ("DET", "ADJ", "NUM", "PROPN", "NOUN") for k in range(at + 1, one))
    ]


def _next_phrase(tree: Tree, at: int, case: str) -> list[int]:
    """The actor named right behind a noun and a preposition ("talks with the French envoy"), wherever it was hung."""
    if at + 1 >= len(tree.tokens) or tree.lemma(at + 1) != case:
        return []
    here = at + 2
    while here < len(tree.tokens) and here not in tree.actor_at and tree.tag(here) in ("DET", "ADJ", "NUM"):
        here += 1
    return [tree.top_of[here]] if here in tree.actor_at else []


def _chained(tree: Tree, at: int) -> list[tuple[str, int]]:
    """(preposition, token) of the phrases of a noun and of those phrases' own nouns, nearest first."""
    found = tree.nominals(at)
    return [*found, *[pair for _, kid in found for pair in tree.nominals(kid)]]


def _deep_modifiers(tree: Tree, at: int) -> list[int]:
    return [
        inner
        for kid in tree.children(at, "compound", "amod")
        for inner in tree.children(kid, "compound", "amod", "nummod")
    ]


def _is_kind(tree: Tree, at: int, kind: str) -> bool:
    parties = parties_at(tree, at)
    if kind == "people":
        return is_people(parties)
    if kind == "somebody":
        return any(found.itself for found in parties)
    if kind == "things":
        return not any(found.itself for found in parties)
    if kind == "envoy":
        return tree.lemma(at) in ENVOYS or any(
            word in ENVOYS for found in parties if found.itself for word in _title(found.party)
        )
    if kind == "alliance":
        return any(found.itself and found.party and found.party.code in ("IGO", "EUR", "UNO") for found in parties)
    return kind == "place" and at in tree.place_at


def _title(party: object) -> list[str]:
    return str(getattr(party, "title", "")).split("_")


def _several(tree: Tree, at: int) -> bool:
    subject = tree.subject(at)
    return subject >= 0 and (len(parties_at(tree, subject)) > 1 or tree.tokens[subject].tag == "NOUN:NNS")


def _bare(tree: Tree, at: int) -> bool:
    about = [kid for case, kid in tree.nominals(at) if case in ("for", "on") and kid not in tree.time_at]
    return not (about or tree.children(at, "xcomp", "ccomp"))


def _called_something(tree: Tree, at: int) -> bool:
    """As in "called it absurd", "calls the plan “theft”": a name is given, as a complement or in quotation marks."""
    objects = tree.children(at, "obj")
    behind = tree.tokens[objects[0] : objects[0] + 3] if objects else ()
    return bool(tree.children(at, "xcomp")) or any(token.form in QUOTES for token in behind)


def left_open(tree: Tree, at: int) -> bool:
    """As in "refused to rule out strikes" and "did not rule out talks": nothing is refused."""
    clauses = [kid for kid in tree.children(at, "xcomp") if tree.lemma(kid) in ("rule", "exclude")]
    if any("out" in tree.particles(kid) or tree.lemma(kid) == "exclude" for kid in clauses):
        return True
    if tree.lemma(at) != "rule":
        return False
    above = tree.head(at) if tree.relation(at) == "xcomp" else -1
    return tree.negated(at) or (above >= 0 and tree.lemma(above) in ("refuse", "decline"))


# Tests of a trigger's word itself, by the name they have in triggers.csv; every other name is a slot
_TESTS: dict[str, Callable[[Tree, int], bool]] = {
    "plural": _several,
    "bare": _bare,
    "adj": _called_something,
    "negated": lambda tree, at: tree.negated(at),
    "journey": lambda tree, at: not tree.children(at, "obj"),  # "returned the letter to Rome" is none
    "foe": lambda tree, at: not any(tree.lemma(kid) in EVILS for kid in tree.children(at, "obj")),
    "opinion": lambda tree, at: not any(tree.lemma(kid) == "i" for kid in tree.children(at, "nsubj")),  # "I agree"
    "reached": lambda tree, at: tree.case(at) != "by",  # "by agreement with the bank" reaches none
    "closed": lambda tree, at: not left_open(tree, at),
    "spoken": lambda tree, at: not any(tree.lemma(kid) in COMMENTING for kid in tree.children(at, "xcomp")),
}


def _fills(tree: Tree, need: Need, name: str, kid: int) -> bool:
    """Whether the phrase at a token is of the need's words and kind."""
    words = [tree.lemma(part) for part in tree.conjuncts(kid)] + [tree.tokens[kid].form.lower()]
    if name in ("obj", "xcomp") and need.words:
        words += [tree.lemma(inner) for inner in tree.children(kid, "compound", "nmod", "amod")]
    return (not need.words or not need.words.isdisjoint(words)) and (not need.kind or _is_kind(tree, kid, need.kind))


def holds(tree: Tree, trigger: Trigger, need: Need, at: int) -> bool:
    """Whether a trigger's test holds at a token: one of its slots passes."""
    for name in need.slots:
        if name in _TESTS:
            if _TESTS[name](tree, at):
                return True
        elif any(_fills(tree, need, name, kid) for kid in slot(tree, trigger, at, name)):
            return True
    return False


def fitting(tree: Tree, lexicon: Lexicon, at: int) -> Trigger | None:
    """The first trigger row of a token whose tests all hold."""
    token = tree.tokens[at]
    pos = {"VERB": "V", "NOUN": "N"}.get(tree.tag(at), "")
    if not pos or (pos == "N" and _is_modifier(tree, at)) or (pos == "V" and tree.relation(at) in ("amod", "compound")):
        return None
    for word in dict.fromkeys((tree.lemma(at), token.form.lower())):
        for trigger in lexicon.triggers.get((pos, word), ()):
            if _other_verb(tree, trigger, at):
                continue
            if all(holds(tree, trigger, need, at) for need in trigger.needs):
                return trigger
    return None


def _other_verb(tree: Tree, trigger: Trigger, at: int) -> bool:
    """True for a verb that a particle makes another one ("give up"), in a row that asks for no particle."""
    if trigger.pos != "V" or tree.lemma(at) in PARTICLE_VERBS or any("prt" in need.slots for need in trigger.needs):
        return False
    return bool(tree.children(at, "compound:prt"))


def _is_modifier(tree: Tree, at: int) -> bool:
    """A noun that only modifies another ("talks offer", "attack helicopter") tells of no act."""
    return tree.relation(at) in ("compound", "amod", "flat") and tree.tag(tree.head(at)) in ("NOUN", "PROPN")
