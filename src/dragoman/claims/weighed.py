"""What the network makes of a text: which words tell of acts, how surely, of which type, and who takes part.

Shares of one for every word of a rule and every other word that is likely enough to be looked at. What becomes of an
act that the rules see and the network does not, or the other way round, is decided in :mod:`dragoman.claims.settled`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.claims import signs, weigher
from dragoman.claims.lexicon import Lexicon
from dragoman.claims.signs import Named, Numbers, Ruled
from dragoman.claims.tree import Tree
from dragoman.claims.weigher import Floats

LEAST = 0.1  # the share from which a word that no rule knows is looked at
NEAR = 1  # sentences before and after a word's in which those may be named who take part (train/LOG.md)
TELLING = ("VERB", "NOUN", "PROPN", "ADJ")  # parts of speech that tell of acts


@dataclass(frozen=True, slots=True)
class Taking:
    """Somebody named, with the shares of acting in an act and of being affected by it.

    ``beside``: not in the act's own sentence, and that is not the first, whose acts the next one often tells in full.
    """

    one: Named
    acting: float
    affected: float
    beside: bool

    @property
    def share(self) -> float:
        """The share of taking part."""
        return self.acting + self.affected


@dataclass(frozen=True, slots=True)
class Weighed:
    """A word as the network sees it: its share of telling of an act, the likeliest type and its share, all named."""

    at: int
    share: float
    type: str
    of_type: float
    taking: tuple[Taking, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as the network sees it: the vectors and signs of its words, and the words that may tell of acts."""

    vectors: Floats
    signs: Numbers
    words: Mapping[int, Weighed]


def weigh(tree: Tree, lexicon: Lexicon, ruled: Mapping[int, Ruled]) -> Seen | None:
    """What the network sees in a text, the words of rules among it; None without vectors.

    Those named in the word's own sentence and the ones beside it may take part (NEAR), so that the work grows with the
    length of a text and not with its square.
    """
    if not tree.analysis.vectors:
        return None
    weights, words = weigher.load(), weigher.vectors(tree)
    people = signs.named(tree)
    told = signs.of_words(tree, lexicon, people, ruled)
    found = weigher.types(words, told, weights)
    in_sentence: dict[int, list[Named]] = {}
    for one in people:
        in_sentence.setdefault(tree.sentence_of[one.at], []).append(one)
    out: dict[int, Weighed] = {}
    for at, shares in enumerate(found):
        if at not in ruled and (1 - shares[0] < LEAST or tree.tag(at) not in TELLING):
            continue
        kind = int(shares[1:].argmax()) + 1
        here = tree.sentence_of[at]
        near = [one for number in range(here - NEAR, here + NEAR + 1) for one in in_sentence.get(number, ())]
        by = words[[one.at for one in near]] if near else words[:0]
        pairs = signs.of_pairs(tree, at, near, ruled.get(at))
        parts = weigher.roles((words[at], by), kind, pairs, near, weights) if near else words[:0]
        taking = tuple(
            Taking(one, float(part[signs.ACTING]), float(part[signs.AFFECTED]), 0 < here != tree.sentence_of[one.at])
            for one, part in zip(near, parts, strict=True)
        )
        out[at] = Weighed(at, float(1 - shares[0]), signs.TYPES[kind - 1], float(shares[kind]), taking)
    return Seen(words, told, out)
