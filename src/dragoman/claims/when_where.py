"""When and where an act took place: the time and place mentions that hang on its words, else what the text implies.

Knows trees and grounded mentions; which word tells an act is given.
"""

from collections.abc import Container
from dataclasses import replace
from typing import TypeAlias

from dragoman import timex
from dragoman.claims.tree import Tree
from dragoman.types import ActorKind, Basis, Cell, Interval, Mention, Party, Place, Precision, Status

PLACE_CASES = frozenset(["in", "at", "near", "inside", "outside", "off", "around", "across", "over"])
# Words that say where acts of a type take place, besides: "strikes on Lviv", "troops to Latvia", "withdrew from Mali"
SCENES = {
    "ASSAULT": frozenset(["on", "against", "in", "at", "near"]),
    "MOBILIZE": frozenset(["to", "into", "toward", "towards", "along"]),
    "RETREAT": frozenset(["from", "out"]),
}
CODE = 3  # letters of an ISO 3166-1 alpha-3 code
NO_STATE = ("UNK", "IGO", "UNO", "EUR", "NGO", "IMG", "MNC", "ISM")  # PLOVER codes of no state
SPANNING = ("in", "since", "for")  # "the first visit in 17 years"
RANKS = ("first", "second", "third", "only", "worst", "best")
PUBLICATION = "D+0"  # timex: the day of the report itself
WEEKLY = ("WD:", "WE:")  # timex: weekdays and weekends, and the directions they may be read in
AHEAD, BEHIND = ":>", ":-1"
DONE = (Status.HAPPENED, Status.ONGOING, Status.UNCONFIRMED)  # told as deeds: no day behind the report's is theirs
Dated: TypeAlias = tuple[Mention, Cell[Interval]]
# How the noun of an act hangs on a verb that tells none
PHRASES = ("nsubj", "nsubj:pass", "obj", "obl")


def _head_of(tree: Tree, mention: Mention) -> int:
    """The token of a mention whose head lies outside it."""
    inside = tree.tokens_in(mention.span)
    return next((at for at in inside if tree.head(at) not in inside), inside[0] if inside else -1)


def compared(tree: Tree, mention: Mention) -> bool:
    """As in "the first visit in 17 years": what an act is the first of, not its day."""
    at = _head_of(tree, mention)
    head = tree.head(at) if at >= 0 else -1
    if head < 0 or tree.tag(head) != "NOUN" or tree.case(at) not in SPANNING:
        return False
    told = [tree.tokens[kid].form.lower() for kid in tree.children(head, "amod")]
    return any(word in RANKS or word.endswith("est") for word in told)


def times_by_act(tree: Tree, acts: dict[int, int], reporting: Container[str]) -> dict[int, list[Dated]]:
    """Time mentions by the act they date. ``acts``: every word that tells or carries an act -> the act's own word.

    A mention dates the first act above it in the tree; one that hangs on none dates the only act that hangs on the same
    verb ("mediated in talks in March"), or the sentence's only act, unless it hangs on a verb of saying
    (``reporting``): that is when it was said.
    """
    dated: dict[int, list[Dated]] = {}
    for mention, cell in tree.grounded.times:
        at = _head_of(tree, mention)
        known = cell.value is not None and cell.value.known
        if compared(tree, mention) or at < 0 or not (known or timex.is_date(mention.normal)):
            continue  # an undated text keeps the form of "last month": its days are known once the text's are
        owner = next((acts[here] for here in (at, *tree.climb(at)) if here in acts), -1)
        verb = tree.head(at)
        if owner < 0 and tree.lemma(verb) not in reporting:
            beside = {acts[kid] for kid in tree.children(verb, *PHRASES) if kid in acts} if verb >= 0 else set()
            here = {act for word, act in acts.items() if tree.sentence_of[word] == tree.sentence_of[at]}
            owner = next((found.pop() for found in (beside, here) if len(found) == 1), -1)
        if owner >= 0:
            dated.setdefault(owner, []).append((mention, cell))
    return dated


def not_ahead(tree: Tree, found: list[Dated]) -> list[Dated]:
    """The times of a deed that was done: a weekday or weekend read as the next one is the last one, and others that
    begin behind the report's day date something else ("raised tolls ahead of the vote in May").
    """
    anchor, kept = tree.grounded.anchor, []
    for mention, cell in found:
        day = cell.value.start if cell.value else None
        if day is None or anchor.end is None or day <= anchor.end:
            kept.append((mention, cell))
        elif mention.normal.startswith(WEEKLY) and mention.normal.endswith(AHEAD):
            normal = mention.normal.removesuffix(AHEAD) + BEHIND
            why = f"{normal} seen from {anchor}: the deed is done"
            kept.append((replace(mention, normal=normal), Cell(timex.evaluate(normal, anchor), cell.span, why)))
    return kept


def _narrowest(found: list[Dated]) -> Dated:
    def width(pair: Dated) -> tuple[int, int]:
        value = pair[1].value
        days = (value.end - value.start).days if value and value.start and value.end else 100_000
        return days, pair[0].span.start

    return min(found, key=width)


def date_of(tree: Tree, found: list[Dated], status: Status, fresh: bool) -> tuple[Cell[Interval], str]:
    """The date cell of an act and the normal form of what dates it ("" when nothing does)."""
    if found:
        mention, cell = _narrowest(found)
        return cell, mention.normal
    if fresh and status in (
        Status.HAPPENED,
        Status.ONGOING,
        Status.DENIED,
        Status.UNCONFIRMED,
    ):
        anchor = tree.grounded.anchor
        if anchor.known:
            basis = Basis.PUBLICATION if not anchor.among else anchor.basis
            value = Interval(anchor.first_min, anchor.first_max, anchor.last_min, anchor.last_max, basis, anchor.among)
            return Cell(value, reason="no time words: told as fresh news, so the day of the report"), PUBLICATION
        return Cell(reason="no time words, and the report has no date"), PUBLICATION
    why = "no time words in its clause" if fresh else "background: no time words in its clause"
    return Cell(reason=why), ""


def _place_under(tree: Tree, at: int, cases: frozenset[str], depth: int = 2) -> Cell[Place] | None:
    """A place phrase of a word, or of the phrases and objects that hang on it ("with the president in Kyiv")."""
    phrases = tree.nominals(at)
    for case, kid in phrases:
        if not cases.isdisjoint(case.split()):
            for part in (kid, *tree.children(kid, "nmod:poss", "compound", "amod", "appos")):
                pair = tree.place_at.get(part)
                if pair and pair[1].value:
                    return pair[1]
    inner = [kid for _, kid in phrases] + tree.children(at, "obj") if depth else []
    cells = (_place_under(tree, kid, cases, depth - 1) for kid in inner)
    return next((cell for cell in cells if cell), None)


def _named_by_city(tree: Tree, at: int) -> Cell[Place] | None:
    """The city that a meeting is named by: "the Paris summit"."""
    pairs = (tree.place_at.get(kid) for kid in tree.children(at, "compound"))
    cells = (pair[1] for pair in pairs if pair and pair[1].value)
    return next((cell for cell in cells if cell.value and cell.value.precision is Precision.CITY), None)


def _place_behind(tree: Tree, at: int) -> Cell[Place] | None:
    """The first "in X" behind a word within its sentence and before the next verb, however the parser hung it."""
    end = tree.analysis.sentences[tree.sentence_of[at]][1]
    for here in range(at + 1, end - 1):
        if tree.tag(here) == "VERB":
            return None
        if tree.lemma(here) in ("in", "at") and tree.tag(here) == "ADP":
            pair = tree.place_at.get(here + 1) or tree.place_at.get(here + 2)
            if pair and pair[1].value:
                return pair[1]
    return None


def place_of(tree: Tree, words: list[int], hosts: list[int], type_code: str) -> Cell[Place]:
    """Where: a place phrase of the act's words, a host's place for a visit, the scene of its type; else why none.

    ``words``: the act's own word, then what carries it; ``hosts``: the tokens of hosts named by a place;
    ``type_code``: PLOVER, of which :data:`SCENES` has further words that say where.
    """
    for at in words:
        cell = _place_under(tree, at, PLACE_CASES)
        if cell:
            return cell
    named = _named_by_city(tree, words[0])
    if named:
        return named
    near = _place_behind(tree, words[0])
    if near:
        return near
    for at in hosts if len(hosts) == 1 else []:  # a tour of several states is in none of them
        pair = tree.place_at.get(at)
        if pair and pair[1].value:
            return Cell(pair[1].value, pair[0].span, "where the visit goes")
    for at in words if type_code in SCENES else []:
        cell = _place_under(tree, at, SCENES[type_code], depth=1)
        if cell:
            return cell
    return Cell(reason="no place words in its clause")


def no_scene() -> Cell[Place]:
    """The place of an act of words: none."""
    return Cell(reason="an act of words has no scene of its own")


def is_state(code: str) -> bool:
    """Whether a code is a state's: ISO 3166-1 alpha-3, and none of PLOVER's for others."""
    return len(code) == CODE and code not in NO_STATE


def implied_place(parties: list[Party], side: str) -> Cell[Place] | None:
    """The state of an act's only side of a known state, for types that take place there (resources/claims/scenes.csv).

    Never finer than the state, and without words of its own: the reason says what it rests on.
    """
    states = {party.code for party in parties if is_state(party.code)}
    if len(states) != 1:
        return None
    code = states.pop()
    name = next((party.name for party in parties if party.kind is ActorKind.STATE), code)
    return Cell(Place(name, code, precision=Precision.COUNTRY), reason=f"no place words: implied by the {side}'s state")
