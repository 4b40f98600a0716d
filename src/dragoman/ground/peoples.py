"""Peoples that live in other states than that of their name: "Serbs" in a text of Kosovo are no government of Serbia.

Knows the mentions of one text with their parties, and the table of minorities. Those in the service of a state (its
government, army, police, courts) stay that state's.
"""

from collections.abc import Sequence
from dataclasses import replace

from dragoman.ground.tables import Minority, minorities
from dragoman.knowledge import Knowledge
from dragoman.knowledge_days import When
from dragoman.types import ActorKind, Cell, Mention, Party

Grounded = tuple[Mention, Cell[Party]]

SERVING = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY"))  # PLOVER sectors of a state's own


def settled(grounded: Sequence[Grounded], knowledge: Knowledge, on: When) -> tuple[Grounded, ...]:
    """Each mention with its party, peoples as the text places them."""
    peoples = {mention.span for mention, cell in grounded if _row(mention, cell.value, minorities())}
    codes = {cell.value.code for mention, cell in grounded if cell.value and mention.span not in peoples}
    if not peoples:
        return tuple(grounded)
    words = " ".join(mention.words.lower() for mention, _ in grounded)
    told = [row for row in minorities() if _told(row, codes, words)]
    return tuple(_placed(mention, cell, told, knowledge, on) for mention, cell in grounded)


def _told(row: Minority, codes: set[str], words: str) -> bool:
    """Whether a text names where this people lives."""
    there = any(word in words for word in row.where) if row.where else row.state in codes
    return there and not (row.alone and row.kin in codes)


def _row(mention: Mention, party: Party | None, rows: Sequence[Minority]) -> Minority | None:
    """The row of the people that a mention names, the first of these."""
    if party is None or mention.name:
        return None
    of = mention.of.lower()
    for row in rows:
        if party.code != row.kin:
            continue
        if mention.title:
            if of in (row.adjective, *row.people) and party.sector not in SERVING:
                return row
        elif of in row.people:
            return row
    return None


def _placed(mention: Mention, cell: Cell[Party], told: Sequence[Minority], knowledge: Knowledge, on: When) -> Grounded:
    party = cell.value
    row = _row(mention, party, told)
    if row is None or party is None:
        return mention, cell
    why = f"{mention.words}, of whom the text tells in {row.state}"
    fighters = party.sector == "REB" and row.key and knowledge.kind(row.key) is ActorKind.GROUP
    if mention.title and not fighters:  # rebels of a people are its movement, as others are theirs (naming.py)
        return mention, Cell(replace(party, id=f"{row.state}/{mention.title}", code=row.state), mention.span, why)
    if row.key:
        return mention, Cell(knowledge.party(row.key, on), mention.span, why)
    name = mention.of
    people = Party(f"{row.state}/{name.lower()}", name, ActorKind.GROUP, row.state, "CVL")
    return mention, Cell(people, mention.span, why)
