"""Events that changed: what they are part of or answer, and what is part of or answers them, found again."""

from collections.abc import Iterable, Sequence

from dragoman.reconcile import events as building
from dragoman.reconcile.relations import Happening, reach
from dragoman.stepwise.grouping import happenings
from dragoman.stepwise.hand import Hand
from dragoman.storage import shelf, shelf_events
from dragoman.types import Relation, RelationKind


def mark(hand: Hand, changed: Sequence[str]) -> None:
    """Note whose relations may be others because these events changed, came or went; and who must be built again."""
    connection = hand.connection
    stood = shelf_events.relations(connection, changed)
    lefts = {relation.left for relation in stood} | set(changed)
    shelf.note(connection, "lefts", lefts | shelf_events.tied_below(connection, changed, reach(hand.rules.table)))
    _rebuild(hand, stood)
    # An event is seen by its parts down to the last, and by what it is directly part of
    shelf.note(connection, "build", shelf_events.below(connection, changed))
    shelf.done(connection, "relate", changed)


def relate(hand: Hand, lefts: Sequence[str]) -> None:
    """Find again what these events are part of, and what they answer."""
    connection = hand.connection
    here = shelf_events.alive(connection, lefts)
    before = {relation for relation in shelf_events.relations(connection, lefts) if relation.left in set(lefts)}
    above = shelf_events.tied_above(connection, here, reach(hand.rules.table))
    made = of_events(hand, here | above)
    found = building.related_among(
        [made[event] for event in sorted(here)], [made[event] for event in sorted(above)], hand.rules.table
    )
    changed = before ^ set(found)
    _rebuild(hand, changed)
    shelf_events.relate(connection, lefts, found)
    moved = {relation.left for relation in changed if relation.kind is RelationKind.PART_OF}
    shelf.note(connection, "build", shelf_events.below(connection, moved))
    shelf.done(connection, "lefts", lefts)


def _rebuild(hand: Hand, changed: Iterable[Relation]) -> None:
    shelf.note(hand.connection, "build", {end for relation in changed for end in (relation.left, relation.right)})


def of_events(hand: Hand, events: Iterable[str]) -> dict[str, Happening]:
    """Events by id, as far as their own claims make them."""
    members = shelf_events.members(hand.connection, events)
    made = happenings(hand, map(tuple, members.values()))
    return {happening.id: happening for happening in made.values()}
