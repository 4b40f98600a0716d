"""What was counted for a filter, remembered until the record changes: further pages and orders of it need no counting.

Some counts go through every event. Knows no table but where the index keeps the state of the record it is of.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from dragoman.web.index import Index

T = TypeVar("T")

# Answers kept for one index; when there are as many, all are forgotten.
MOST = 300

_KEPT: WeakKeyDictionary[Index, tuple[str, dict[str, Any]]] = WeakKeyDictionary()


def remembered(index: Index, key: str, make: Callable[[], T]) -> T:
    """What ``make`` gave for ``key`` in this state of the record; nobody may change what comes back."""
    state = str(index.one("SELECT value FROM meta WHERE key = 'state'"))
    with index.lock:
        kept = _KEPT.get(index)
        if kept is None or kept[0] != state:
            kept = _KEPT[index] = (state, {})
        if key not in kept[1]:
            if len(kept[1]) >= MOST:
                kept[1].clear()
            kept[1][key] = make()
        found: T = kept[1][key]
        return found
