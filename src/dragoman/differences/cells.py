"""The cells of events and positions as values to compare, without the words and reasons they rest on. Pure."""

from typing import Any

from dragoman.types import Act, Event, Interval, Participation, Position, Standing, Support

# The cell whose support is told with the standing; that of others is compared on its own.
HAPPENED = ("happened", "status")


def changed(old: Event | Position, new: Event | Position) -> tuple[str, ...]:
    """The names of the cells that differ, in the order people read them."""
    before, after = values(old), values(new)
    return tuple(name for name in {**after, **before} if before.get(name) != after.get(name))


def values(thing: Event | Position) -> dict[str, Any]:
    """Every cell of a thing by its name, as a value that is equal where the cells say the same."""
    if isinstance(thing, Position):
        return {
            "party": (thing.party.name, thing.party.code, thing.party.sector),
            "issue": thing.issue,
            "stance": thing.stance,
            "object": thing.object,
            "condition": thing.condition,
            "period": _days(thing.period),
        }
    return {**_of_act(thing.act), **_of_standing(thing.standing), **_of_accounts(thing)}


def _of_act(act: Act) -> dict[str, Any]:
    place = act.place.value
    return {
        "type": act.type,
        "modes": frozenset(act.modes),
        "status": act.status.value,
        "participants": frozenset(participant(one) for one in act.participations),
        "date": _days(act.date.value),
        "place": (place.name, place.country) if place else None,
        "contexts": frozenset(act.contexts),
        "cameo": act.cameo,
        "figures": frozenset((one.measure, one.low, one.best, one.high, one.side, one.whose) for one in act.quantities),
    }


def participant(one: Participation) -> tuple[Any, ...]:
    """Who takes part in which role; somebody who is not known counts as nobody in particular."""
    party = one.party.value
    who = (party.name, party.code, party.sector) if party else None
    return who, one.role, one.on_behalf, one.remote


def _days(when: Interval | None) -> tuple[Any, ...] | None:
    if when is None or not when.known:
        return None
    return when.first_min, when.first_max, when.last_min, when.last_max, when.among


def _of_standing(standing: Standing) -> dict[str, Any]:
    by_cell = {
        one.cell: (
            one.support,
            frozenset(one.roots),
            one.outlets if one.support is Support.UNATTRIBUTED else 0,
            one.grade,
        )
        for one in sorted(standing.support, key=repr)
    }
    disputes = frozenset((one.dispute, one.party, one.cell) for one in standing.dispute)
    told = tuple(by_cell.get(cell) for cell in HAPPENED)
    others = {f"support of {cell}": value for cell, value in by_cell.items() if cell not in HAPPENED}
    return {"standing": (standing.course, frozenset(standing.changed), told, disputes), **others}


def _of_accounts(event: Event) -> dict[str, Any]:
    accounts = frozenset(
        (one.root, one.root_code, one.says, frozenset(one.outlets), frozenset(one.cells), frozenset(one.silent))
        for one in event.accounts
    )
    return {"accounts": accounts, "differing": frozenset(event.differing)}
