"""Many pairs of acts of different texts at once: the points of :func:`compare.score`, the same to the last, in numpy.

To each group of features most acts of a year are alike: the same states, the same days apart. So what a group looks at
is numbered, and the features themselves are asked once for each two numbers; days are put into the classes that
features tell apart (:data:`features.DAYS`). Rare words in common are counted by numpy, words compared by rapidfuzz.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from dragoman.reconcile import block, compare, features, tours
from dragoman.reconcile.merging import Whole
from dragoman.reconcile.tables import Tables
from dragoman.reconcile.traits import DONE, People, Traits
from dragoman.types import Basis, Status

Look = Callable[[Traits, Traits], str]

NEVER = -(10**9)
"""Points of a pair that is not worth keeping."""
_MOST = 2_000_000  # remembered pairs of numbers of one group; then it is emptied
_AT_ONCE = 200_000  # pairs looked at together
_STATUS = {status: number for number, status in enumerate(Status)}
_BASIS = {basis: number for number, basis in enumerate(Basis)}
_CUTS = np.array(sorted({sign * days for days in features.DAYS for sign in (1, -1)}), np.int64)
_CLASSES = 2 * len(_CUTS) + 1


@dataclass(slots=True)
class _Group:
    """Features that look at the same; what of an act they see is numbered. ``known``: two numbers -> points;
    ``chance``: whether what they see leaves any that two acts are one.
    """

    names: tuple[str, ...]
    looks: tuple[Look, ...]
    sees: Callable[[Traits], Hashable]
    chance: Callable[[Traits, Traits], bool] = lambda _a, _b: True
    numbers: dict[Hashable, int] = field(default_factory=dict)
    first: list[Traits] = field(default_factory=list)
    known: dict[int, int] = field(default_factory=dict)

    def number(self, act: Traits) -> int:
        seen = self.sees(act)
        number = self.numbers.setdefault(seen, len(self.first))
        if number == len(self.first):
            self.first.append(act)
        return number


def _stop(a: Traits, b: Traits) -> str:
    """:func:`features.tour` of two texts."""
    return "stop" if tours.stop(a, b) else ""


def _hosts(act: Traits) -> Hashable:
    if not act.hosts or act.kind.manner != "occasion":
        return None
    return act.hosts, act.visitors, act.status is Status.PLANNED, act.status in DONE


def _groups() -> dict[str, _Group]:
    """All features but those of words and of one text, by what they look at; quick and telling ones first."""
    f = features
    return {
        "codes": _Group(
            ("mode", "actors", "recipients", "direction", "shared"),
            (f.mode, f.actors, f.recipients, f.direction, f.shared),
            lambda act: (act.kind, act.modes, act.actor_codes, act.recipient_codes),
            block.fitting,
        ),
        "status": _Group(("status",), (f.status,), lambda act: (act.kind.manner, act.status)),
        "days": _Group(
            ("when", "basis", "ongoing", "reported"),
            (f.when, f.basis, f.ongoing, f.reported),
            lambda act: (act.kind.manner, act.status, act.basis, act.days, act.published),
        ),
        "place": _Group(("place",), (f.place,), lambda act: act.place),
        "people": _Group(
            ("people_agree", "people_clash", "people_one_sided"),
            (f.people_agree, f.people_clash, f.people_one_sided),
            lambda act: (act.kind.manner, act.aspect, act.leaders, _named(act.acting), _named(act.receiving)),
        ),
        "groups": _Group(("groups", "bodies"), (f.groups, f.bodies), lambda act: (act.unaligned, act.bodies)),
        "tour": _Group(("tour",), (_stop,), _hosts),
        "aspect": _Group(("aspect",), (f.aspect,), lambda act: act.aspect),
    }


def _named(people: People) -> Hashable:
    return tuple(sorted(people.items()))


class Lot:
    """Acts side by side, each in a row, whose pairs are scored together."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._groups = _groups()
        self._columns = {name: at for at, name in enumerate(self._groups)}
        self._rows = _Rows(len(self._groups))
        self._stems: dict[str, int] = {}
        self._words: list[str] = []
        base, self._least = tables.settings["base"], tables.settings["least"]
        self._base = base
        self._ahead = self._lifts()
        self._gist = _levels(tables, "gist", features.ALIKE)
        self._spoken = _levels(tables, "words", features.SPOKEN)

    def add(self, act: Traits) -> int:
        """The row of one more act."""
        stems = [self._stems.setdefault(stem, len(self._stems)) for stem in act.gist]
        start, end = (day.toordinal() for day in act.days) if act.days else (0, 0)
        self._words.append(act.words)
        return self._rows.add(
            [group.number(act) for group in self._groups.values()],
            (compare.MANNERS.index(act.kind.manner), act.named, act.days is not None, act.published is not None),
            (start, end, act.published.toordinal() if act.published else 0),
            (_STATUS[act.status], _BASIS[act.basis]),
            np.array([stems, [weight * weight for weight in act.gist.values()]], np.int64),
        )

    def worth(self, ones: Whole, others: Whole) -> Whole:
        """Points of each pair of rows, of acts of two texts and one family; :data:`NEVER` of one that is not above the
        least points or whose codes leave no chance.
        """
        parts = range(0, len(ones), _AT_ONCE)
        found = [self._worth(ones[at : at + _AT_ONCE], others[at : at + _AT_ONCE]) for at in parts]
        return np.concatenate([*found, np.zeros(0, np.int64)])

    def _worth(self, ones: Whole, others: Whole) -> Whole:
        points = np.full(len(ones), self._base, np.int64)
        manner = self._rows.manner[ones]
        kept = np.arange(len(ones))
        for name, ahead in self._ahead.items():
            points[kept] += self._step(name, ones[kept], others[kept])
            kept = kept[points[kept] + ahead[manner[kept]] > self._least]
        found = np.full(len(ones), NEVER, np.int64)
        found[kept] = points[kept]
        return found

    def _step(self, name: str, ones: Whole, others: Whole) -> Whole:
        """What one group of features adds to each pair."""
        if name == "words":
            return self._spoken_alike(ones, others)
        if name == "gist":
            return self._rare_in_common(ones, others)
        group, at = self._groups[name], self._columns[name]
        left, right = self._rows.seen[ones, at], self._rows.seen[others, at]
        if name == "days":
            return self._looked_up(group, left, right, self._rows.apart(ones, others))
        lower, upper = np.minimum(left, right), np.maximum(left, right)
        if name != "people":
            return self._looked_up(group, lower, upper, lower << 32 | upper)
        points = np.zeros(len(ones), np.int64)
        some = self._rows.named[ones] | self._rows.named[others]
        lower, upper = lower[some], upper[some]
        points[some] = self._looked_up(group, lower, upper, lower << 32 | upper)
        return points

    def _looked_up(self, group: _Group, left: Whole, right: Whole, keys: Whole) -> Whole:
        """Points by key; the features are asked for a key not met before, about two acts that have it."""
        unique, first, place = np.unique(keys, return_index=True, return_inverse=True)
        if len(group.known) + len(unique) > _MOST:
            group.known.clear()
        known = group.known
        found = [known.get(key) for key in unique.tolist()]
        for number, points in enumerate(found):
            if points is None:
                at = first[number]
                found[number] = known[int(unique[number])] = self._asked(
                    group, group.first[left[at]], group.first[right[at]]
                )
        result: Whole = np.array(found, np.int64)[place]
        return result

    def _asked(self, group: _Group, a: Traits, b: Traits) -> int:
        if not group.chance(a, b):
            return NEVER
        weights = self._tables.weights
        levels = ((name, look(a, b)) for name, look in zip(group.names, group.looks, strict=True))
        held = (weights.get(name, {}).get(level) for name, level in levels if level)
        return sum(weight.points for weight in held if weight is not None)

    def _rare_in_common(self, ones: Whole, others: Whole) -> Whole:
        """:func:`features.gist` of each pair, as points."""
        rows = self._rows
        common = np.zeros(len(ones), np.int64)
        order = np.argsort(ones, kind="stable")
        firsts = np.flatnonzero(np.diff(ones[order], prepend=-1))
        scratch = np.zeros(len(self._stems) + 1, np.int64)
        for part in np.split(order, firsts[1:]) if len(order) else ():
            stems, squares = rows.gist(ones[part[0]])
            scratch[stems] = squares
            common[part] = rows.summed(scratch, others[part])
            scratch[stems] = 0
        sizes = rows.size[ones] * rows.size[others]
        told = sizes > 0
        alike = (100 * common[told] / np.sqrt(sizes[told])).astype(np.int64)
        return _stepped(self._gist, rows.manner[ones], told, alike, features.ALIKE)

    def _spoken_alike(self, ones: Whole, others: Whole) -> Whole:
        """:func:`features.words` of each pair, as points."""
        left, right = ([self._words[row] for row in rows.tolist()] for rows in (ones, others))
        told = np.array([bool(a and b) for a, b in zip(left, right, strict=True)], bool)
        ratio = process.cpdist(left, right, scorer=fuzz.token_set_ratio, dtype=np.float64)
        return _stepped(self._spoken, self._rows.manner[ones], told, ratio[told].astype(np.int64), features.SPOKEN)

    def _lifts(self) -> dict[str, Whole]:
        """Group -> the most that those after it can add to a pair, by manner."""
        steps = {name: group.names for name, group in self._groups.items()} | {"gist": ("gist",), "words": ("words",)}
        left, ahead = dict(steps), {}
        for name in steps:
            del left[name]
            later = [one for names in left.values() for one in names]
            lifts = [sum(compare.lift(self._tables, one, how) for one in later) for how in compare.MANNERS]
            ahead[name] = np.array(lifts, np.int64)
        return ahead


def _levels(tables: Tables, name: str, steps: Sequence[tuple[int, str]]) -> Whole:
    """Points of each level of a feature of steps, by manner (rows)."""
    weights = tables.weights.get(name, {})
    named = [[f"{manner}_{level}" for _, level in steps] for manner in compare.MANNERS]
    return np.array([[weights[k].points if k in weights else 0 for k in row] for row in named], np.int64)


def _stepped(
    levels: Whole, manner: Whole, told: npt.NDArray[np.bool_], values: Whole, steps: Sequence[tuple[int, str]]
) -> Whole:
    """Points of the step that each value is on; 0 where nothing is told."""
    points = np.zeros(len(manner), np.int64)
    points[told] = levels[manner[told], np.searchsorted([most for most, _ in steps[:-1]], values)]
    return points


class _Rows:
    """What is kept of each act, in columns that grow."""

    def __init__(self, groups: int) -> None:
        self._count = 0
        self.seen = np.zeros((1024, groups), np.int64)
        self.manner, self.status, self.basis, self.size = (np.zeros(1024, np.int64) for _ in range(4))
        self.start, self.end, self.published = (np.zeros(1024, np.int64) for _ in range(3))
        self.named, self.dated, self.reported = (np.zeros(1024, bool) for _ in range(3))
        self._at = np.zeros(1025, np.int64)  # where the stems of a row begin
        self._stems, self._squares = (np.zeros(16384, np.int64) for _ in range(2))

    def add(
        self,
        seen: Sequence[int],
        told: tuple[int, bool, bool, bool],
        days: tuple[int, int, int],
        ranks: tuple[int, int],
        gist: Whole,
    ) -> int:
        row = self._count
        self._count += 1
        if row == len(self.manner):
            self._grow()
        self.seen[row] = seen
        self.manner[row], self.named[row], self.dated[row], self.reported[row] = told
        self.start[row], self.end[row], self.published[row] = days
        self.status[row], self.basis[row] = ranks
        self.size[row] = gist[1].sum()
        begin = self._at[row]
        end = self._at[row + 1] = begin + gist.shape[1]
        while end > len(self._stems):
            self._stems, self._squares = (np.append(one, np.zeros_like(one)) for one in (self._stems, self._squares))
        self._stems[begin:end], self._squares[begin:end] = gist
        return row

    def _grow(self) -> None:
        for name in ("seen", "manner", "status", "basis", "size", "start", "end", "published"):
            setattr(self, name, np.concatenate([getattr(self, name)] * 2))
        for name in ("named", "dated", "reported"):
            setattr(self, name, np.concatenate([getattr(self, name)] * 2))
        self._at = np.append(self._at, np.zeros_like(self._at))

    def gist(self, row: int) -> tuple[Whole, Whole]:
        """The stems of a row, with their squared rarities."""
        part = slice(self._at[row], self._at[row + 1])
        return self._stems[part], self._squares[part]

    def summed(self, values: Whole, rows: Whole) -> Whole:
        """For each row the sum of the values of its stems."""
        lengths = self._at[rows + 1] - self._at[rows]
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self._at[rows] - ends + lengths, lengths)
        sums = np.append(0, np.cumsum(values[self._stems[places]]))
        result: Whole = sums[ends] - sums[ends - lengths]
        return result

    def apart(self, ones: Whole, others: Whole) -> Whole:
        """A number for all that features of days see of each pair: the same number, the same levels."""
        a, b = self.dated[ones], self.dated[others]
        told, heard = self.reported[ones], self.reported[others]
        start, end, day = (column[ones] for column in (self.start, self.end, self.published))
        begin, close, date = (column[others] for column in (self.start, self.end, self.published))
        both = a & b
        after = np.select([both, a & heard, b & told], [begin - end, date - end, day - close], 0)
        before = np.select([both, a & heard, b & told], [start - close, start - date, begin - day], 0)
        widths = [np.where(both, last - first + 1, 0) for first, last in ((start, end), (begin, close))]
        between = np.where(told & heard, day - date, 0)
        keys = a * 8 + b * 4 + told * 2 + heard * 1
        for days in (after, before, *widths, between):
            keys = keys * _CLASSES + np.searchsorted(_CUTS, days) + np.searchsorted(_CUTS, days, side="right")
        for many, column in ((len(_STATUS), self.status), (len(_BASIS), self.basis)):
            keys = (keys * many + column[ones]) * many + column[others]
        result: Whole = keys * len(compare.MANNERS) + self.manner[ones]
        return result
