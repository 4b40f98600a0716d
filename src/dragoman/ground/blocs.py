"""Bodies said without their names: "the alliance" is NATO where the text names it, "the bloc" the body named last.

Nobody's state: an alliance of no name is not the government that the text names most. Knows the mentions of one text
with their parties, and the tables.
"""

from collections.abc import Sequence
from dataclasses import replace

from dragoman.knowledge import Knowledge
from dragoman.knowledge_days import When
from dragoman.types import ActorKind, Cell, Mention, Party

Grounded = tuple[Mention, Cell[Party]]

TITLE = "international_body"
INTERNATIONAL = frozenset(("IGO", "EUR", "UNO", "NGO"))  # PLOVER codes of bodies of several states
ALLIANCES = ("nato", "csto")  # what is called an alliance
UNKNOWN = "UNK"


def settled(grounded: Sequence[Grounded], knowledge: Knowledge, on: When) -> tuple[Grounded, ...]:
    """Each mention with its party, bodies without a name as the text names them."""
    named = [cell.value for mention, cell in grounded if cell.value and _named(mention, cell.value)]
    alliances = [key for key in ALLIANCES if any(party.id == key for party in named)]
    found: list[Grounded] = []
    last: Party | None = None
    for mention, cell in grounded:
        party = cell.value
        if party and mention.title == TITLE and not mention.name and party.kind is ActorKind.BODY:
            meant = _of(mention, knowledge, on) or _meant(mention, last, alliances, knowledge, on)
            why = f"“{mention.words}”: {meant.name}, which the text names" if meant else "a body without a name"
            implied = not mention.of and party.code not in INTERNATIONAL
            nobody = replace(party, id=f"{UNKNOWN}/{TITLE}", code=UNKNOWN) if implied else party
            found.append((mention, Cell(meant or nobody, mention.span, why)))
            continue
        if party and _named(mention, party):
            last = party
        found.append((mention, cell))
    return tuple(found)


def _named(mention: Mention, party: Party) -> bool:
    return party.kind is ActorKind.BODY and party.code in INTERNATIONAL and mention.title != TITLE


def _of(mention: Mention, knowledge: Knowledge, on: When) -> Party | None:
    """The body whose name stands before the word: "the NATO alliance"."""
    keys = [entry.key for entry in knowledge.entries(mention.of) if entry.kind == "actor"] if mention.of else []
    bodies = [key for key in keys if knowledge.code(key) in INTERNATIONAL]
    return knowledge.party(bodies[0], on) if bodies else None


def _meant(
    mention: Mention, last: Party | None, alliances: Sequence[str], knowledge: Knowledge, on: When
) -> Party | None:
    words = mention.words
    known = words.lower().startswith("the ") or (words[:1].isupper() and not words.lower().startswith(("a ", "an ")))
    if mention.plural or mention.of or not known:
        return None
    if "alliance" in words.lower():
        return knowledge.party(alliances[0], on) if alliances else None
    return last
