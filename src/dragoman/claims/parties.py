"""Who a noun phrase names: its actor mention, or the nearest one that owns it ("Russian missiles" -> Russia).

Knows trees and grounded mentions; roles are given by whoever asks.
"""

from dataclasses import dataclass

from dragoman.claims.tree import Tree
from dragoman.types import ActorKind, Cell, Mention, Party

PEOPLE = (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.GROUP)
PRIVATE = ("CVL", "MED", "JRN", "EDU", "LAB", "BUS")  # sectors that speak for no state and make no visits of state
# Verbs of a clause that says whose words a noun is: "a paper China published".
PUBLISHING = ("publish", "issue", "release", "write", "propose", "present", "unveil", "sign", "send", "draft", "put")
# Nouns that name somebody other than their owner: "Britain's allies", "the suspect's lawyer"
OTHERS = frozenset(
    [
        *("ally", "partner", "neighbour", "neighbor", "enemy", "foe", "rival", "adversary", "opponent", "proxy"),
        *("lawyer", "attorney", "mother", "father", "wife", "husband", "son", "daughter", "brother", "sister"),
        *("family", "relative", "widow", "doctor", "friend", "colleague", "critic"),
    ]
)
# Nouns whose "of"-phrase says who they are: "members of Hamas", "a spokesman for the ministry".
PARTITIVE_CASES = ("of", "from", "for", "by")


@dataclass(frozen=True, slots=True)
class Found:
    """A party found at a token: its cell, and whether it is named itself or only owns the noun."""

    at: int
    mention: Mention
    cell: Cell[Party]
    itself: bool

    @property
    def party(self) -> Party | None:
        """The party, None where the mention could not be grounded."""
        return self.cell.value


def _of_mention(tree: Tree, at: int, itself: bool) -> Found | None:
    pair = tree.actor_at.get(at)
    if pair is None or pair[1].value is None:
        return None
    return Found(at, pair[0], pair[1], itself)


def _named_by(tree: Tree, kids: list[int], itself: bool) -> list[Found]:
    """The parties of known state or body that these words or those co-ordinated with them name."""
    found = [_of_mention(tree, part, itself) for kid in kids for part in tree.conjuncts(kid)]
    return [one for one in found if one and one.party and one.party.code != "UNK"]


def _publishers(tree: Tree, at: int) -> list[int]:
    """Who a clause says published a noun: "a paper China published"."""
    found = [kid for clause in tree.children(at, "acl:relcl", "acl") for kid in tree.children(clause, "nsubj")]
    return [kid for kid in found if tree.lemma(tree.head(kid)) in PUBLISHING]


def _owners(tree: Tree, at: int) -> list[int]:
    """The owners that a noun stands for: none of them where it names somebody else."""
    return [] if tree.lemma(at) in OTHERS else tree.owners(at)


def _one(tree: Tree, at: int) -> list[Found]:
    """The party of a single noun: itself, an apposition, its owners, its publisher, what its "of"-phrase names.

    A mention whose state is not known ("the cargo ship") gives way to an owner whose state is.
    """
    own = _of_mention(tree, at, itself=True)
    if own and own.party and own.party.code != "UNK":
        return [own]
    phrases = [kid for case, kid in tree.nominals(at) if case in PARTITIVE_CASES]
    return (
        _named_by(tree, tree.children(at, "appos", "flat"), itself=True)[:1]
        or _named_by(tree, _owners(tree, at), itself=False)
        or _named_by(tree, _publishers(tree, at), itself=False)
        or next((inner for kid in phrases if (inner := _named_by(tree, [kid], itself=False))), [])
        or ([own] if own else [])
    )


def parties_at(tree: Tree, at: int) -> list[Found]:
    """The parties of a noun phrase and of those co-ordinated with it, each once."""
    found: list[Found] = []
    for part in tree.conjuncts(at) if at >= 0 else []:
        for one in _one(tree, part):
            if one.party and all(one.party.id != other.party.id for other in found if other.party):
                found.append(one)
    return found


def is_people(found: list[Found]) -> bool:
    """True when the phrase names persons, offices or groups rather than a state or a thing it owns."""
    return any(one.itself and one.party and one.party.kind in PEOPLE for one in found)
