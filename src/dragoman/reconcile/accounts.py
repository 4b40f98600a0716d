"""What each voice says of an event: its cells in words, what it passes over, which outlets carried it.

Claims of one root are one account; copies of one report are one account with several outlets.
"""

from collections.abc import Sequence

from dragoman.reconcile.views import SIDE_ACTORS, SIDE_RECIPIENTS
from dragoman.reconcile.voices import Told
from dragoman.types import Account, Says

_SAYS = (Says.AFFIRMS, Says.DENIES, Says.SILENT, Says.DECLINES)


def words(item: Told) -> tuple[tuple[str, str], ...]:
    """(cell, value in words) of every cell that a claim fills."""
    act = item.view.act
    sides = (("actors", SIDE_ACTORS), ("recipients", SIDE_RECIPIENTS))
    found = [("status", str(item.view.status)), ("type", act.type), ("modes", ", ".join(act.modes))]
    for cell, side in sides:
        named = {part.party.value.name for part in act.participations if part.role in side and part.party.value}
        found.append((cell, "; ".join(sorted(named))))
    found.append(("date", str(act.date.value or "")))
    found.append(("place", act.place.value.name if act.place.value else ""))
    found += [(figure.measure, _figure(figure.low, figure.best, figure.high)) for figure in act.quantities]
    return tuple((cell, value) for cell, value in found if value)


def _figure(low: float | None, best: float | None, high: float | None) -> str:
    if best is not None:
        return f"{best:g}"
    return "–".join(f"{value:g}" for value in (low, high) if value is not None)


def accounts(told: Sequence[Told], statements: Sequence[Told]) -> tuple[Account, ...]:
    """The accounts of an event: affirming first, then denying, then silent; within each by first publication."""
    groups: dict[tuple[Says, str], list[Told]] = {}
    for item in sorted((*told, *statements), key=lambda t: t.order):
        groups.setdefault((item.view.claim.says, item.root.key), []).append(item)
    known = {cell for item in told for cell, _ in words(item)}
    made = [_account(says, group, known) for (says, _), group in groups.items()]
    return tuple(sorted(made, key=lambda account: _SAYS.index(account.says)))


def _account(says: Says, group: Sequence[Told], known: set[str]) -> Account:
    cells: dict[str, dict[str, None]] = {}
    for item in group:
        for cell, value in words(item):
            cells.setdefault(cell, {})[value] = None
    speaks = says in (Says.AFFIRMS, Says.DENIES)
    return Account(
        root="; ".join(dict.fromkeys(item.root.name for item in group if item.root.name)),
        root_code=group[0].root.code,
        outlets=tuple(sorted({outlet for item in group for outlet in item.outlets})),
        # A silent voice fills no cell: what it passes over is the act itself
        cells=tuple((cell, " / ".join(found)) for cell, found in cells.items()) if speaks else (),
        claims=tuple(sorted(item.view.claim.id for item in group)),
        says=says,
        silent=tuple(sorted(known - set(cells))) if speaks else tuple(sorted({i.view.claim.about for i in group})),
    )
