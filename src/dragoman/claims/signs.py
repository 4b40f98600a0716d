"""What is told about words to whoever weighs them as acts, beside their vectors: small numbers, each a row of a table.

Of a word: its tag, its relation, what the trigger tables and the rules make of it, whom it names. Of a pair of a word
and somebody named: the way between them in the tree, how far apart they stand, the role that the rules give. Training
(train/coder.py) and coding (:mod:`dragoman.claims.weigher`) read a text by these same functions.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.claims.lexicon import Lexicon
from dragoman.claims.tree import Tree
from dragoman.types import ActorKind, Cell, Mention, Party, Role, Status

Numbers = NDArray[np.int64]
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
TAGS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NOUN:NNS", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "VERB:VB", "VERB:VBD", "VERB:VBG", "VERB:VBN", "VERB:VBP", "VERB:VBZ", "X",
)  # fmt: skip
RELATIONS = (
    "root", "nsubj", "nsubj:pass", "csubj", "obj", "iobj", "obl", "obl:agent", "obl:unmarked", "nmod", "nmod:poss",
    "nmod:desc", "nmod:unmarked", "amod", "advmod", "advcl", "acl", "acl:relcl", "ccomp", "xcomp", "conj", "cc", "case",
    "mark", "det", "aux", "aux:pass", "cop", "compound", "compound:prt", "flat", "appos", "parataxis", "punct",
    "nummod", "expl", "fixed", "dep", "discourse", "vocative", "list", "orphan",
)  # fmt: skip
KINDS = ("pronoun", *(kind.value for kind in ActorKind))
SECTORS = (
    "GOV", "MIL", "COP", "JUD", "LEG", "OPP", "PTY", "REB", "PRM", "SPY", "UAF", "CVL", "BUS", "JRN", "REF", "REL",
    "EDU", "LAB", "MED", "NGO", "ELI", "CRM", "UNK",
)  # fmt: skip
STATUSES = tuple(status.value for status in Status)
DAYS = ("none", "report", "time", "occasion")  # what the days of an act may rest on (likely_day.kind_of)
SENTENCES = 8  # sentences told apart, the last of them and all after it
# Sentences of texts as short as headlines and ledes, of which the weights of voices and stances were learned
SHORT = SENTENCES - 1
PATHS = 2_048  # rows for ways in trees; ways that fall on one row share it
STEPS = 5  # words up from either end that a way is looked for
NEAR = 15  # distances told apart on each side
ACTING, AFFECTED = 1, 2  # what the rules say of somebody named beside an act, 0 for nothing
SIZES = (
    len(TAGS) + 1, len(RELATIONS) + 1, len(TYPES) + 1, len(KINDS) + 1, len(SECTORS) + 1, SENTENCES, 4,
    len(TYPES) + 1, len(STATUSES) + 1,
)  # fmt: skip
RULED = (7, 8)  # the columns that tell what the rules say
PAIR_SIZES = (PATHS, PATHS, 2 * NEAR + 1, 3)


@dataclass(frozen=True, slots=True)
class Ruled:
    """An act that the rules found at a word: its type, its status and the roles of tokens."""

    type: str
    status: str
    roles: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named in a text, who may take part in its acts; ``at``: the token the mention's words hang on."""

    at: int
    mention: Mention
    cell: Cell[Party]

    @property
    def party(self) -> Party:
        """Who it is."""
        assert self.cell.value is not None
        return self.cell.value

    @property
    def signs(self) -> tuple[int, int]:
        """Rows for its kind and its sector."""
        kind = "pronoun" if self.mention.normal.startswith("pronoun:") else self.party.kind.value
        return _KINDS.get(kind, 0), _SECTORS.get(self.party.sector, 0)


def _rows(listed: Sequence[str]) -> dict[str, int]:
    """The row of each name of a table; 0 is for what is not listed."""
    return {name: row for row, name in enumerate(listed, 1)}


_TYPES, _TAGS, _RELATIONS, _KINDS, _SECTORS, _STATUSES = map(_rows, (TYPES, TAGS, RELATIONS, KINDS, SECTORS, STATUSES))


def _bucket(way: str) -> int:
    return zlib.crc32(way.encode()) % PATHS


def named(tree: Tree) -> tuple[Named, ...]:
    """Everybody named, in order of their words; of two mentions of one top word the first that is grounded."""
    found: dict[int, Named] = {}
    for mention, cell in tree.grounded.actors:
        inside = tree.tokens_in(mention.span)
        if not inside or cell.value is None:
            continue
        at = top(tree, inside)
        found.setdefault(at, Named(at, mention, cell))
    return tuple(found[at] for at in sorted(found))


def top(tree: Tree, inside: range) -> int:
    """The token that the others of some words hang on."""
    tops = [at for at in inside if tree.heads[at] not in inside]
    return tree.top_of.get(tops[0], tops[0]) if tops else inside.start


def of_words(tree: Tree, lexicon: Lexicon, people: Sequence[Named], ruled: Mapping[int, Ruled]) -> Numbers:
    """The signs of each word, [words, 9]."""
    signs = np.zeros((len(tree.tokens), len(SIZES)), np.int64)
    for at, token in enumerate(tree.tokens):
        relation = tree.relations[at]
        part = "V" if token.tag.startswith("VERB") else "N"
        listed = lexicon.triggers.get((token.lemma.lower(), part), ())
        signs[at, 0] = _TAGS.get(token.tag) or _TAGS.get(token.tag.partition(":")[0], 0)
        signs[at, 1] = _RELATIONS.get(relation) or _RELATIONS.get(relation.partition(":")[0], 0)
        signs[at, 2] = _TYPES.get(listed[0].type, 0) if listed else 0
        signs[at, 5] = min(tree.sentence_of[at], SENTENCES - 1)
    for one in people:
        for at in tree.tokens_in(one.mention.span):
            signs[at, 3:5] = one.signs
    for bit, mentions in ((1, tree.grounded.places), (2, tree.grounded.times)):
        for mention, _ in mentions:
            for at in tree.tokens_in(mention.span):
                signs[at, 6] |= bit
    for at, act in ruled.items():
        signs[at, 7:9] = _TYPES.get(act.type, 0), _STATUSES.get(act.status, 0)
    return signs


def of_pairs(tree: Tree, at: int, people: Sequence[Named], ruled: Ruled | None) -> Numbers:
    """The signs of a word beside each one named, [named, 4]."""
    rows = np.zeros((len(people), len(PAIR_SIZES)), np.int64)
    for number, one in enumerate(people):
        found = way(tree, at, one.at)
        role = ruled.roles.get(one.at, 0) if ruled else 0
        rows[number] = _bucket(found), _bucket(f"{tree.lemma(at)}/{found}"), _distance(one.at - at), role
    return rows


def _distance(apart: int) -> int:
    """A row for a signed number of words: the further, the coarser."""
    steps = min(int(np.log2(abs(apart)) * 2) + 1, NEAR - 1) if apart else 0
    return NEAR + (steps if apart > 0 else -steps)


def way(tree: Tree, start: int, end: int) -> str:
    """The way from one word to another: relations up, then down; between sentences, how many lie between."""
    if start == end:
        return "self"
    up, here = [start], start
    for _ in range(STEPS):
        here = tree.heads[here]
        if here < 0:
            break
        up.append(here)
    down, here = list[str](), end
    for _ in range(STEPS):
        if here in up:
            climbed = up.index(here)
            first = ">".join(tree.relations[at] for at in up[:climbed]) if climbed <= 3 else str(climbed)
            return f"{first}|{'<'.join(reversed(down)) if len(down) <= 3 else len(down)}"
        relation = tree.relations[here]
        case = tree.case(here).partition(" ")[0] if relation in ("obl", "nmod") else ""
        down.append(f"{relation}_{case}" if case else relation)
        here = tree.heads[here]
        if here < 0:
            break
    return f"apart {max(-3, min(3, tree.sentence_of[end] - tree.sentence_of[start]))}"


def role_of(role: Role) -> int:
    """Whether a role is of those who act or of those acted upon."""
    return AFFECTED if role in (Role.RECIPIENT, Role.HOST) else ACTING
