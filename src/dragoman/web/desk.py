"""What the pages and the API share: the open record, its index, and the parts of it that one page needs.

Reads may come from several threads; writes take turns. Knows no page and no URL.
"""

import dataclasses
import datetime as dt
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from dragoman import pipeline
from dragoman.knowledge import Knowledge, KnowledgeError
from dragoman.lookup import Lookup, look_up
from dragoman.storage.parts import Wanted
from dragoman.store import Store
from dragoman.types import Actor, Judgement, Link, Record
from dragoman.web.index import Index, Told, cache_file
from dragoman.web.later import Later, keep
from dragoman.web.prepared import Prepared, known

# With more claims than this, people's words are computed with later, in the background.
MOST_CLAIMS_AT_ONCE = 3000
# A record "as of" a day is computed from all claims; with more than this many a page would keep a person waiting.
MOST_CLAIMS_AS_OF = 5000


class NotHereError(LookupError):
    """The record has nothing with this id; one line for a person."""


class Desk:
    """One record being worked on."""

    def __init__(self, path: Path, *, by: str = "", cache: str = "", told: Told | None = None) -> None:
        self.store, self.by = Store.open(path), by
        self.actors: Knowledge = pipeline.kept_actors(self.store)
        self.known = known(self.store)
        file = cache or cache_file(f"{path.absolute()} {self.store.state()['record']}")
        self._index, self.prepared = Index(file), Prepared(path, file)
        self.writing = threading.Lock()
        self._as_of: dict[tuple[str, dt.date], Record] = {}
        self._index.refresh(self.store, self.known, told)
        self._later = Later(path)
        if self.pending:
            self._compute(())

    def close(self) -> None:
        """Close the record and the index."""
        self._later.close()
        self.prepared.close()
        self._index.close()
        self.store.close()

    @property
    def index(self) -> Index:
        """The index, brought up to date with what this or another program has written."""
        self._index.refresh(self.store, self.known)
        return self._index

    @property
    def pending(self) -> bool:
        """Whether words of people are kept that the events do not show yet."""
        state = self.store.state()
        return state["generation"] != state["reduced"]

    def decide(self, words: Sequence[Link | Judgement]) -> None:
        """Keep words of a person and compute with them, of a large record later; raises :class:`StoreError`."""
        if self._large:
            keep(self.store, words, self.actors)
        self._compute(words)

    @property
    def _large(self) -> bool:
        return bool(self._index.one("SELECT count(*) > ? FROM claims", (MOST_CLAIMS_AT_ONCE,)))

    def _compute(self, words: Sequence[Link | Judgement]) -> None:
        if self._large:
            self._later.touch(None if words else 0)
        else:
            pipeline.decide(self.store, words)

    def name_of(self, code: str) -> str:
        """The name of a state for its code, else the code."""
        return self.known.names.get(code, code)

    def known_actor(self, key: str) -> Actor | None:
        """An actor of the tables with its offices by date; None for one that only this record knows."""
        try:
            return self.actors.actor(key)
        except KnowledgeError:
            return None

    def part(
        self,
        *,
        events: Iterable[str] = (),
        claims: Iterable[str] = (),
        texts: Iterable[str] = (),
        positions: Iterable[str] = (),
        processes: Iterable[str] = (),
    ) -> Lookup:
        """The look-ups of a part of the record."""
        wanted = Wanted(*(tuple(ids) for ids in (events, claims, texts, positions, processes)))
        return look_up(self.store.part(wanted))

    def find(self, table: str, beginning: str) -> str:
        """The one id of a table that is, or begins with, what is given; ids that events had before lead to theirs.

        Raises :class:`NotHereError`. ``table`` is a name of ours, never a person's words.
        """
        if table == "events":
            beginning = self.store.redirects.get(beginning, beginning)
        query = f"SELECT id FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT 4"
        found = [row[0] for row in self.index.all(query, (beginning, beginning + "\U0010ffff"))] if beginning else []
        if beginning in found or len(found) == 1:
            return str(found[0])
        what = table.removesuffix("s").replace("processe", "process")
        if found:
            raise NotHereError(f"{beginning!r} begins several ids: {', '.join(found[:3])}")
        raise NotHereError(f"no {what} with the id {beginning!r}")

    def as_of(self, day: dt.date) -> Record | None:
        """The record on the reports published up to a day; None where it is too large to compute while one waits."""
        if self.index.one("SELECT count(*) FROM claims") > MOST_CLAIMS_AS_OF:
            return None
        key = (self.store.state()["derived"], day)
        if key not in self._as_of:
            if len(self._as_of) > 8:
                self._as_of.clear()
            computed = pipeline.as_of(self.store, day)
            self._as_of[key] = dataclasses.replace(computed, texts=())
        return self._as_of[key]
