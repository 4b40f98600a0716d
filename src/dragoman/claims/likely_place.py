"""The country an act most likely took place in, its words and sides being given: what its text names, weighed.

Knows trees and grounded mentions; weighs what speaks for each country by weights learned from coded reports
(train/likely.py): a place behind "in", the host of a visit, the state whose police made an arrest, the seat of a body.
For whoever knows that an act has a place; the extractors, which also have to tell acts that have none, ask
:mod:`dragoman.claims.when_where`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman import ranking
from dragoman.claims.tree import Tree
from dragoman.claims.when_where import is_state
from dragoman.types import Cell, Mention, Party, Place, Precision

# Where the bodies that share a code have their seat, when nothing else says where they met
SEATS = {"UNO": "USA", "EUR": "BEL", "IGO": "BEL"}
NOWHERE = "UNK"  # waters, regions and sites of no single state
VERBS = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Where:
    """A country an act may have taken place in; ``cell`` is the place its words name there, if any."""

    country: str
    features: tuple[str, ...]
    cell: Cell[Place] | None = None


def likely_place(
    tree: Tree, at: int, inside: range, *, actors: Sequence[Party], recipients: Sequence[Party], home: str = ""
) -> Cell[Place]:
    """The place of an act; empty where the text names no country at all.

    ``at``: the act's word, ``inside``: the words of its clause, ``home``: the code of the outlet's country.
    """
    found = candidates(tree, at, inside, actors=actors, recipients=recipients, home=home)
    if not found:
        return Cell(reason="no place and no state in its text")
    best = ranking.choose(ranking.load()["place"], [one.features for one in found])
    where = found[best.index]
    why = f"likeliest of {len(found)} countries ({best.probability:.2f})"
    if where.cell and where.cell.value:
        return Cell(where.cell.value, where.cell.span, f"named in its text: {why}")
    country = "" if where.country == NOWHERE else where.country
    return Cell(Place(where.country, country, precision=Precision.COUNTRY), reason=f"no place words: {why}")


def candidates(
    tree: Tree, at: int, inside: range, *, actors: Sequence[Party], recipients: Sequence[Party], home: str = ""
) -> list[Where]:
    """The countries of the text's places and parties, each with what speaks for it."""
    act = tree.lemma(at) if at >= 0 else "-"
    told: dict[str, list[str]] = {}
    cells: dict[str, tuple[tuple[int, ...], Cell[Place]]] = {}
    for mention, cell in tree.grounded.places:
        place = cell.value
        if place is None or (not place.country and place.precision is Precision.COUNTRY):
            continue
        country = place.country or NOWHERE
        features = list(_named(tree, at, inside, mention, place))
        told.setdefault(country, []).extend([*features, *(f"{one} {act}" for one in features[:1])])
        order = (_far(tree, at, inside, mention), place.precision is Precision.COUNTRY, mention.span.start)
        if country not in cells or order < cells[country][0]:
            cells[country] = (order, cell)
    for code, feature in _by_sides(act, actors, recipients):
        told.setdefault(code, []).append(feature)
    counted = Counter(cell.value.code for _, cell in tree.grounded.actors if cell.value and is_state(cell.value.code))
    for code in counted:
        told.setdefault(code, [])
    if home and is_state(home):
        told.setdefault(home, []).extend(("home", f"home {act}"))
    most = max(counted.values(), default=0)
    for code, shown in told.items():
        shown.append(f"share {counted[code] * 4 // max(most, 1)}")
        shown.append(f"named {min(counted[code], 3)} {code in cells}")
    return [
        Where(code, tuple(sorted(set(shown))), cells[code][1] if code in cells else None)
        for code, shown in sorted(told.items())
    ]


def _by_sides(act: str, actors: Sequence[Party], recipients: Sequence[Party]) -> Iterator[tuple[str, str]]:
    """The states of an act's sides, and where bodies of no state have their seat."""
    for side, parties in (("actor", actors), ("recipient", recipients)):
        only = "only" if len({one.code for one in parties if is_state(one.code)}) == 1 else "one of several"
        for party in parties:
            code = SEATS.get(party.code, party.code)
            if not is_state(code):
                continue
            seat = "seat " if code != party.code else ""
            yield code, f"{seat}{side}"
            yield code, f"{seat}{side} {act}"
            yield code, f"{side} {only} {len(actors) > 0} {len(recipients) > 0}"
            yield code, f"{side} {party.sector} {party.kind.value}"
            yield code, f"{side} {party.sector} {act}"
    for code in sorted({one.code for one in actors} & {one.code for one in recipients}):
        if is_state(code):
            yield code, "both sides"


def _far(tree: Tree, at: int, inside: range, mention: Mention) -> int:
    words = tree.tokens_in(mention.span)
    if not words:
        return 9
    return 0 if words.start in inside else 1 + min(abs(tree.sentence_of[words.start] - tree.sentence_of[at]), 3)


def _named(tree: Tree, at: int, inside: range, mention: Mention, place: Place) -> Iterator[str]:
    """What a place and its words' standing beside the act show."""
    words = tree.tokens_in(mention.span)
    here = next((one for one in words if tree.head(one) not in words), words.start if words else 0)
    heads = [here, *tree.climb(here)]
    far = _far(tree, at, inside, mention)
    hung = f"under {min(heads.index(at), 3)}" if at in heads else "elsewhere"
    case = tree.case(here) or _before(tree, words)
    finer = "state" if place.precision is Precision.COUNTRY else "place"
    actor = tree.actor_at.get(here)
    party = "party" if actor and actor[1].value else "no party"
    yield f"{case} {finer} {min(far, 2)}"
    yield f"{finer} far {far}"
    yield f"{finer} {hung}"
    yield f"{case} {finer} {hung} {min(far, 1)}"
    yield f"{finer} {tree.relation(here)} {min(far, 1)}"
    yield f"{finer} {party} {min(far, 1)} {case}"
    head = tree.head(here)
    yield f"head {tree.lemma(head) if head >= 0 else '-'} {tree.relation(here)} {finer}"


def _before(tree: Tree, words: range) -> str:
    before = words.start - 1 if words else -1
    steps = 0
    while before >= 0 and tree.tag(before) in ("DET", "ADJ", "PROPN", "NOUN") and steps < 3:
        before, steps = before - 1, steps + 1
    return tree.lemma(before) if before >= 0 and tree.tag(before) in ("ADP", "SCONJ") else "none"
