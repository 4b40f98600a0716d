"""Acts side by side: those of changed texts, and what they meet, of which no more is read than what is compared."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dragoman.reconcile import block, compare, statements, traits
from dragoman.reconcile.mass import NEVER, Lot
from dragoman.reconcile.merging import Whole
from dragoman.reconcile.tables import Tables
from dragoman.reconcile.views import View
from dragoman.storage import shelf_acts
from dragoman.storage.shelf import Connection

Pair = tuple[int, int, int]
"""Two acts by number, and points."""
Met = tuple[Whole, Whole]
"""Acts by number, and what each met, once."""


@dataclass(slots=True)
class Beside:
    """Acts by number, laid side by side. Grows by :meth:`fetch`; a number is never given to another act."""

    tables: Tables
    lot: Lot
    card: compare.Card
    rows: dict[int, int] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)
    text: list[int] = field(default_factory=list)
    silent: list[bool] = field(default_factory=list)

    def fetch(self, connection: Connection, numbers: Iterable[int]) -> None:
        """Read acts that are not here yet."""
        wanted = sorted(set(numbers) - self.rows.keys())
        for n, text, silent, form in shelf_acts.compared(connection, wanted):
            self.rows[n] = self.lot.add(traits.traits(traits.read(form), self.tables))
            self.text.append(self.texts.setdefault(text, len(self.texts)))
            self.silent.append(silent)

    def pairs(self, met: Met, views: Mapping[int, View]) -> tuple[Whole, list[Pair]]:
        """Of acts and what they met, the pairs that are worth keeping (larger number, other and points in columns), and
        those of silent acts of two texts, the silent one first. ``views`` holds all that met an act of their own text.
        """
        new, old = met
        ones, others = self._rows(new), self._rows(old)
        text, silent = np.array(self.text, np.int64), np.array(self.silent, bool)
        apart = text[ones] != text[others]
        own = [*self._of_one_text(zip(new[~apart].tolist(), old[~apart].tolist(), strict=True), views)]
        new, old, ones, others = new[apart], old[apart], ones[apart], others[apart]
        hushed = silent[ones].astype(int) + silent[others]
        points = np.full(len(ones), NEVER, np.int64)
        some = hushed < 2
        points[some] = self.lot.worth(ones[some], others[some])
        kept = (points > NEVER) & (hushed == 0)
        others = np.stack((new[kept], old[kept], points[kept]), axis=1)
        near = np.concatenate((np.array(own, np.int64).reshape(-1, 3), others))
        heard = (hushed == 1) & (points >= self.tables.settings["threshold"])
        new, old, first = new[heard], old[heard], silent[ones[heard]]
        return near, _listed(np.where(first, new, old), np.where(first, old, new), points[heard])

    def _rows(self, numbers: Whole) -> Whole:
        unique, place = np.unique(numbers, return_inverse=True)
        rows: Whole = np.array([self.rows[n] for n in unique.tolist()], np.int64)[place]
        return rows

    def _of_one_text(self, met: Iterable[tuple[int, int]], views: Mapping[int, View]) -> Iterable[Pair]:
        """Pairs of one text are few, and more is looked at; what a text passes over concerns other texts here."""
        for new, old in met:
            a, b = views[new], views[old]
            silent = statements.is_statement(a.claim) or statements.is_statement(b.claim)
            if not silent and block.plausible(a, b) and (points := self.card.worth(a, b)) is not None:
                yield new, old, points


def beside(tables: Tables) -> Beside:
    """No acts yet."""
    return Beside(tables, Lot(tables), compare.Card(tables))


def met(found: Iterable[tuple[int, Sequence[int]]]) -> Met:
    """Of acts and others that each shares a block with, each pair once."""
    new, old = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for act, blocks in itertools.groupby(found, key=lambda pair: pair[0]):
        others = np.unique(np.concatenate([np.array(block, np.int64) for _, block in blocks]))
        new.append(np.full(len(others), act, np.int64))
        old.append(others)
    return np.concatenate(new), np.concatenate(old)


def _listed(*columns: Whole) -> list[Pair]:
    return list(zip(*(column.tolist() for column in columns), strict=True))
