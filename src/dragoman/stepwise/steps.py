"""The steps from what changed to a record that is up to date, each small, each leaving what is still to do noted.

What is first in the table is done first; a step may note more for those below it. So one may stop after any step, and
what comes in between is taken up by beginning at the top again.
"""

from collections.abc import Callable, Sequence

from dragoman.stepwise import building, copying, grouping, pairing, relating
from dragoman.stepwise.hand import Hand, Rules, hand
from dragoman.storage import schema, shelf, shelf_acts, shelf_events, sql, verify
from dragoman.storage.shelf import Connection

__all__ = ["Rules", "bring_up", "serves"]

_TEXTS = 200  # changed texts in a step
_CLAIMS = 1000  # claims of which silences are found in a step
_DOUBTED = 5000  # claims of which doubts are found in a step, which looks through all pairs
_EVENTS = 300  # events in a step

Step = Callable[[Hand, Sequence[str]], None]

_STEPS: tuple[tuple[str, int, Step], ...] = (
    ("silence", _CLAIMS, grouping.attach),
    ("relate", _EVENTS, relating.mark),
    ("lefts", _EVENTS, relating.relate),
    ("build", _EVENTS, building.build),
    ("held", _EVENTS, building.hold),
    ("doubt", _DOUBTED, building.doubt),
)


# Claims and events are taken by day, so that what is told in the same texts is looked at together
_WAITING: dict[str, Callable[[Connection, str, int], list[str]]] = {
    **dict.fromkeys(("silence", "doubt"), shelf_acts.waiting),
    **dict.fromkeys(("relate", "lefts", "build"), shelf_events.waiting),
}


def serves(connection: Connection) -> bool:
    """Whether this record can be brought up to date in steps: not with undated texts, whose days depend on events and
    events on them.
    """
    return not shelf.undated(connection)


def bring_up(connection: Connection, rules: Rules, at_hand: Hand | None = None) -> tuple[bool, Hand]:
    """One step; True when nothing is left to do and the record says that it is up to date.

    ``at_hand``: what the step before read, so that it is not read again; it is put away where the record has changed.
    Raises ValueError, one line, where a person's judgement cannot be applied.
    """
    shelf.begin(connection, rules.made_with)
    if sql.get(connection, "derived") is None:
        sql.put(connection, "derived", verify.derived_sha(connection))
    shelf.take_in_words(connection)
    held = hand(connection, rules, at_hand)
    if _step(held):
        sql.drop(connection, "reduced")
        return False, held
    if sql.get(connection, "reduced") != str(sql.generation(connection)):
        _finish(held)
    return True, held


def _step(held: Hand) -> bool:
    """Do the first thing that is to be done; False where there is none."""
    connection = held.connection
    texts = shelf.noted(connection, "text", _TEXTS)
    if not texts and not held.seen_texts:
        shelf.note(connection, "text", shelf.changed_texts(connection))
        texts = shelf.noted(connection, "text", _TEXTS)
        held.seen_texts = True
    if texts:
        pairing.pair(held, texts)
        return True
    copying.find_copies(held)
    seeds, shaken = shelf_acts.waiting(connection, "claim"), shelf.noted(connection, "event", _CLAIMS)
    if seeds or shaken:
        grouping.regroup(held, seeds, shaken)
        return True
    _pass_time(connection)
    for what, most, step in _STEPS:
        found = _WAITING.get(what, shelf.noted)(connection, what, most)
        if found:
            step(held, found)
            return True
    return False


def _pass_time(connection: Connection) -> None:
    """Where the newest day of the record is another, plans lapse."""
    before, now = sql.get(connection, "today"), shelf_events.today(connection)
    if (before or None) != now:
        shelf.note(connection, "build", shelf_events.lapsing(connection, before, now))
        sql.put(connection, "today", now or "")


def _finish(held: Hand) -> None:
    """Write processes, take out what is no more or an earlier way of computing left, and say that all is done."""
    connection = held.connection
    shelf_events.retire(connection)
    _sweep(connection)
    building.follow(held)
    sql.put(connection, "reduced", str(sql.generation(connection)))


def _sweep(connection: Connection) -> None:
    """Take out positions and datings that the shelf does not know: they were computed before it was there."""
    gone = shelf.ask(connection, "SELECT id FROM positions WHERE id NOT IN (SELECT position FROM shelf_positions)")
    shelf_events.write(connection, schema.positions, (), [row[0] for row in gone])
    gone = shelf.ask(connection, "SELECT text FROM datings")
    shelf_events.write(connection, schema.datings, (), [row[0] for row in gone])
