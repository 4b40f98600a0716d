"""How many of the events asked for have each value of a facet: exact, and quick however many events those are.

The index keeps for each value the row numbers of its events; all are counted at once, in one pass over them in numpy.
Knows no value of the record but as text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.web.asked import Asked
from dragoman.web.index import Index
from dragoman.web.index_rows import COUNTED
from dragoman.web.remembered import remembered
from dragoman.web.search import Numbers, Value, filter_key, numbers

# How many values of each facet are shown before "more".
MOST_SHOWN = 8
# Values of one facet that are given at all.
_READ = 200


@dataclass(frozen=True, slots=True)
class _Kept:
    """The facets as the index keeps them: ``pairs`` (facet, value), and each event of each pair.

    ``events`` and ``of``: shape (all events of all pairs), the event's row number and the pair's place in ``pairs``.
    """

    pairs: tuple[tuple[str, str], ...]
    events: Numbers
    of: NDArray[np.int32]


def facets(index: Index, asked: Asked) -> dict[str, list[Value]]:
    """How many of the events asked for have each value; a filter's own values are counted without it."""
    return remembered(index, f"facets {filter_key(asked)}", lambda: _facets(index, asked))


def _facets(index: Index, asked: Asked) -> dict[str, list[Value]]:
    kept = remembered(index, "facets kept", lambda: _kept(index))
    free = [name for name in COUNTED if not asked.chosen.get(name)]
    groups = _values(kept, numbers(index, asked), free, asked)
    for name in COUNTED:
        if name not in free:
            groups |= _values(kept, numbers(index, asked, leave=name), [name], asked)
    return {name: groups[name] for name in COUNTED if groups.get(name)}


def _kept(index: Index) -> _Kept:
    rows = index.all("SELECT kind, value, events FROM facet_events ORDER BY kind, value")
    lengths = [len(row["events"]) // 4 for row in rows]  # written with four bytes a number
    return _Kept(
        tuple((row["kind"], row["value"]) for row in rows),
        np.frombuffer(b"".join(row["events"] for row in rows), np.int32),
        np.repeat(np.arange(len(rows), dtype=np.int32), lengths),
    )


def _values(kept: _Kept, wanted: Numbers, names: Sequence[str], asked: Asked) -> dict[str, list[Value]]:
    """The values of some facets, those of most of the wanted events first, then by name."""
    most = max(kept.events.max(initial=0), wanted.max(initial=0))
    are_wanted = np.zeros(most + 1, bool)
    are_wanted[wanted] = True
    counts = np.bincount(kept.of[are_wanted[kept.events]], minlength=len(kept.pairs))
    groups: dict[str, list[tuple[int, str]]] = {name: [] for name in names}
    for place in np.flatnonzero(counts):
        name, value = kept.pairs[place]
        if name in groups:
            groups[name].append((-int(counts[place]), value))
    return {name: _chosen_too(sorted(found)[:_READ], asked.chosen.get(name, ())) for name, found in groups.items()}


def _chosen_too(found: Sequence[tuple[int, str]], chosen: Sequence[str]) -> list[Value]:
    """The values with those that are chosen marked; chosen ones that are not among them come first, with none."""
    known = {value for _, value in found}
    missing = [Value(value, 0, True) for value in chosen if value not in known]
    return [*missing, *(Value(value, -less, value in chosen) for less, value in found)]
