"""Where an act most likely took place, its clause being given: from words that say so to those that suggest it.

Knows trees and grounded mentions. For whoever asks of a known act; an extractor, which also has to tell acts that have
no scene from those that have, asks :mod:`dragoman.claims.when_where`.
"""

from collections import Counter
from collections.abc import Iterator

from dragoman.claims.tree import Tree
from dragoman.claims.when_where import CODE, NO_STATE, place_of
from dragoman.types import Cell, Party, Place, Precision, Span

SAID = ("in", "at", "inside", "near", "outside", "within", "across", "throughout", "around")
TOWARDS = ("to", "into", "on", "through", "over", "from", "against", "for", "off", "toward", "towards", "of", "with")


def likely_place(tree: Tree, clause: Span, parties: tuple[Party, ...] = ()) -> Cell[Place]:
    """The place of the act that a clause tells; its reason says how directly its words name it.

    In this order: a place that hangs on the act's word; one that the clause names after a preposition of place, then of
    direction, then at all; the only state that its participants are of; the place that its sentence, at last the
    state that its text names most.
    """
    inside = tree.tokens_in(clause)
    tops = [at for at in inside if tree.head(at) not in inside and tree.tag(at) != "PUNCT"]
    if tops:
        said = place_of(tree, tops[:1], [], scene=True)
        if said.value and said.value.country:
            return said
    named = list(_named(tree, inside))
    for cases, why in (
        (SAID, "named in its clause"),
        (TOWARDS, "where its clause points"),
        ((), "named in its clause"),
    ):
        for case, cell in named:
            if cell.value and (not cases or case in cases):
                return Cell(cell.value, cell.span, why)
    return _suggested(tree, inside, parties)


def _named(tree: Tree, inside: range) -> Iterator[tuple[str, Cell[Place]]]:
    """The places that words name, finer ones first, each with the preposition before it."""
    found = []
    for mention, cell in tree.grounded.places:
        words = tree.tokens_in(mention.span)
        if not words or words.start not in inside or cell.value is None or not cell.value.country:
            continue
        before = words.start - 1
        while before >= inside.start and tree.tag(before) in ("DET", "ADJ", "PROPN", "NOUN"):
            before -= 1
        case = tree.lemma(before) if before >= inside.start and tree.tag(before) in ("ADP", "SCONJ") else ""
        found.append((cell.value.precision is Precision.COUNTRY, words.start, case, cell))
    for _, _, case, cell in sorted(found, key=lambda row: row[:2]):
        yield case, cell


def _suggested(tree: Tree, inside: range, parties: tuple[Party, ...]) -> Cell[Place]:
    """The state of the participants, where they are of one; the place of the sentence; the state named most."""
    states = {party.code for party in parties if len(party.code) == CODE and party.code not in NO_STATE}
    if len(states) == 1:
        code = states.pop()
        return Cell(Place(code, code, precision=Precision.COUNTRY), reason="implied by its participants' state")
    if inside:
        start, end = tree.analysis.sentences[tree.sentence_of[inside.start]]
        for case, cell in _named(tree, range(start, end)):
            if case in SAID and cell.value:
                return Cell(cell.value, cell.span, "named in its sentence")
    counted = Counter(cell.value.country for _, cell in tree.grounded.places if cell.value and cell.value.country)
    if not counted:
        return Cell(reason="no place in its text")
    code = min(counted, key=lambda one: (-counted[one], one))
    return Cell(Place(code, code, precision=Precision.COUNTRY), reason="the state that its text names most")
