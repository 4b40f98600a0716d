"""Who may want what, where in a text: words that may take a stance, each beside those named in its sentence.

Signs of each pair, and of what a stance by a word would be about, as names. Training (train/positions.py) and coding
(:mod:`dragoman.claims.wanting`) read a text by these same functions; nothing is decided here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.claims import signs, weigher
from dragoman.claims.found import Found
from dragoman.claims.lexicon import Lexicon
from dragoman.claims.parties import parties_at
from dragoman.claims.settled import as_ruled
from dragoman.claims.signs import ACTING, AFFECTED, TYPES, Named, Ruled
from dragoman.claims.stance_words import issues_in, object_of, stance_word
from dragoman.claims.tree import Tree
from dragoman.claims.voices import demand_modal, speaker_of

TELLING = ("VERB", "NOUN", "ADJ")
CONTENT = ("NOUN", "VERB", "ADJ", "PROPN", "ADV")
NO_CLAUSE = ("amod", "case", "compound")  # relations of verbs that only describe
LIKELY = 0.1  # the share of telling of an act from which a noun or adjective is looked at
BUCKETS = (0.02, 0.1, 0.3, 0.6, 0.9)  # shares told apart
NEAR = 2  # sentences before and after a word's that tell what it is about, beside the first
STANCE = "stance "  # how the sign begins that a word takes a stance by the table
OBJECT = ("advcl",)  # "urged X to ...": clauses hung so belong to what is wanted


@dataclass(frozen=True, slots=True)
class Pair:
    """A word and somebody named who may take a stance by it, with the names of its signs."""

    at: int
    one: Named
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What a stance by a word would be about: names of signs, its own tokens, and those of the sentences around it."""

    signs: tuple[str, ...]
    inside: tuple[int, ...]
    around: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with what the rules and the network make of it; ``known``: party ids by what the tree makes of them."""

    at: int
    ruled: Ruled | None
    types: weigher.Floats
    known: Mapping[str, frozenset[str]]

    @property
    def kind(self) -> int:
        """The row of the likeliest type."""
        return int(self.types[1:].argmax()) + 1


def pairs(tree: Tree, lexicon: Lexicon, acts: Sequence[Found]) -> list[Pair]:
    """Every pair that may be a stance in order of the words, of a text that was read with vectors."""
    everybody = signs.named(tree)
    people = [one for one in everybody if one.party.code != "UNK"]
    if not people or not tree.analysis.vectors:
        return []
    ruled = {act.at: as_ruled(tree, act) for act in acts}
    told = signs.of_words(tree, lexicon, everybody, ruled)
    vectors = weigher.vectors(tree)
    types = weigher.types(vectors, told, weigher.load())
    found: list[Pair] = []
    for at in _words(tree, lexicon, ruled, types):
        near = [one for one in people if tree.sentence_of[one.at] == tree.sentence_of[at]]
        if near:
            word = _Word(at, ruled.get(at), types[at], _known(tree, lexicon, at))
            shown = tuple(_of_word(tree, lexicon, word))
            for one, share in zip(near, _roles(tree, vectors, word, near), strict=True):
                found.append(Pair(at, one, (*shown, *_of_pair(tree, word, one, share))))
    return found


def about(tree: Tree, lexicon: Lexicon, at: int) -> About:
    """What a stance by a word would be about."""
    inside = object_of(tree, at, OBJECT) or [at]
    here = tree.sentence_of[at]
    start, end = tree.analysis.sentences[here]
    around = [
        word
        for number, (first, last) in enumerate(tree.analysis.sentences)
        if number == 0 or abs(number - here) <= NEAR
        for word in range(first, last)
    ]
    content = tree.analysis.text.content
    own = issues_in(lexicon.hints, content[tree.tokens[inside[0]].start : tree.tokens[inside[-1]].end])
    beside = issues_in(lexicon.hints, content[tree.tokens[start].start : tree.tokens[end - 1].end])
    found = {f"object {word}" for word in _lemmas(tree, inside)}
    found |= {f"sentence {word}" for word in _lemmas(tree, range(start, end))}
    found |= {f"text {word}" for word in _lemmas(tree, around)}
    found |= {f"issue {issue}" for issue in own} | {f"issue beside {issue}" for issue in beside}
    found |= {f"first {own[0] if own else '-'}"}
    return About(tuple(sorted(found)), tuple(inside), tuple(around))


def _lemmas(tree: Tree, words: Sequence[int]) -> set[str]:
    """The words that are no names of actors."""
    return {tree.lemma(at) for at in words if at not in tree.actor_at and tree.tag(at) in CONTENT}


def _words(tree: Tree, lexicon: Lexicon, ruled: Mapping[int, Ruled], types: weigher.Floats) -> Iterator[int]:
    """Verbs, words of acts, and nouns and adjectives that may tell of an act or take a stance by the table."""
    for at in range(len(tree.tokens)):
        tag = tree.tag(at)
        verb = tag == "VERB" and tree.relation(at) not in NO_CLAUSE
        likely = tag in TELLING and (1 - types[at, 0] >= LIKELY or stance_word(tree, lexicon, at) is not None)
        if verb or likely or at in ruled:
            yield at


def _known(tree: Tree, lexicon: Lexicon, at: int) -> Mapping[str, frozenset[str]]:
    """Who does it, who it is done by, who it is done to, in whose words it is told."""
    speaker = speaker_of(tree, lexicon, at)
    return {
        "subject": _ids(tree, [tree.subject(at)]),
        "by": _ids(tree, [kid for case, kid in tree.nominals(at) if case == "by"]),
        "object": _ids(tree, tree.children(at, "obj", "iobj")),
        "speaker": frozenset([speaker.party.id]) if speaker and speaker.party else frozenset(),
    }


def _ids(tree: Tree, words: Sequence[int]) -> frozenset[str]:
    return frozenset(one.party.id for at in words if at >= 0 for one in parties_at(tree, at) if one.party)


def _of_word(tree: Tree, lexicon: Lexicon, word: _Word) -> Iterator[str]:
    at = word.at
    lemma, relation, head = tree.lemma(at), tree.relation(at), tree.head(at)
    taken, modal = stance_word(tree, lexicon, at), demand_modal(tree, lexicon, at)
    yield from (f"lemma {lemma}", f"tag {tree.tokens[at].tag}", f"relation {relation}")
    yield f"under {tree.lemma(head) if head >= 0 else '-'} {relation}"
    yield f"share {_bucket(float(1 - word.types[0]))}"
    yield f"type {TYPES[word.kind - 1]} {_bucket(float(word.types[word.kind]))}"
    yield f"act {word.ruled.type} {word.ruled.status}" if word.ruled else "act - "
    yield f"{STANCE}{taken[0] if taken else '-'}"
    yield f"modal {tree.lemma(modal) if modal >= 0 else '-'}"
    yield from (f"aux {tree.tokens[kid].form.lower()}" for kid in tree.children(at, "aux", "aux:pass"))
    yield from (f"mark {tree.lemma(kid)}" for kid in tree.children(at, "mark"))
    for kid in tree.children(at, "xcomp", "ccomp", "obj", "advcl"):
        yield f"{tree.relation(kid)} {tree.lemma(kid)}"
    for case, _ in tree.nominals(at):
        yield from (f"case {case}", f"{lemma} {case}")
    if tree.negated(at):
        yield "negated"
    if tree.passive(at):
        yield "passive"
    yield f"sentence {min(tree.sentence_of[at], 3)}"


def _bucket(share: float) -> int:
    return sum(share >= low for low in BUCKETS)


def _roles(tree: Tree, vectors: weigher.Floats, word: _Word, people: Sequence[Named]) -> weigher.Floats:
    """The shares of each one's roles in an act told by a word, as the network has them."""
    by = vectors[[one.at for one in people]]
    told = signs.of_pairs(tree, word.at, people, word.ruled)
    return weigher.roles((vectors[word.at], by), word.kind, told, people, weigher.load())


def _of_pair(tree: Tree, word: _Word, one: Named, share: weigher.Floats) -> Iterator[str]:
    lemma, kind = tree.lemma(word.at), word.ruled.type if word.ruled else "-"
    told = "+".join(name for name, ids in word.known.items() if one.party.id in ids) or "-"
    told = f"{told} {'passive' if tree.passive(word.at) else ''}"
    role = word.ruled.roles.get(one.at, 0) if word.ruled else 0
    way = signs.way(tree, word.at, one.at)
    acting = _bucket(float(share[ACTING]))
    yield from (f"told {told}", f"told {told} {lemma}")
    yield from (f"role {role}", f"role {role} {kind}")
    yield from (f"acting {acting}", f"acting {acting} {kind}", f"affected {_bucket(float(share[AFFECTED]))}")
    yield from (f"way {way}", f"way {way} {lemma}")
    yield from (f"kind {one.party.kind.value}", f"sector {one.party.sector}")
    yield f"before {one.at < word.at} {min(abs(one.at - word.at) // 4, 5)}"


def vector_of(vectors: weigher.Floats, words: Sequence[int]) -> weigher.Floats:
    """The mean of some words' vectors."""
    mean: weigher.Floats = vectors[list(words)].mean(0, dtype=np.float32)
    return mean
