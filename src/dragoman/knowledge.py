"""Look-ups over the built tables of actors, offices, places, titles, outlets and dated events of the world.

It makes actors, places and titles out of surface forms and keys, and says what an actor was on a given day. It must not
know texts, tokens or which of several meanings is meant: choosing among them is grounding's work. The tables are built
from ``resources/actors`` and ``resources/places`` by ``scripts/build_knowledge.py``; their sources
and licences are in ``docs/decisions/0004-knowledge-tables.md``.
"""

import contextlib
import datetime as dt
import functools
import gc
import hashlib
import json
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any

from dragoman.knowledge_days import Term, When, day_of, in_force, term
from dragoman.knowledge_names import fold, reads_as_name, straight, without_initials
from dragoman.knowledge_rows import OWN, DatedEvent, Entry, Overlay, Title, with_keys
from dragoman.types import Actor, ActorKind, Party, Place, Precision, Tenure

__all__ = ["OWN", "DatedEvent", "Entry", "Knowledge", "KnowledgeError", "Overlay", "Title", "fold", "form_of", "load"]

TABLES = ("actors", "events", "people", "places", "spellings", "surfaces", "titles")
MOST_KEPT = 1 << 16  # forms whose meanings are kept at hand; then all are forgotten
FORMER = "ELI"  # PLOVER's sector of elites without office: what a former office holder is
# Sectors of public office and politics, which one leaves; a rebel, journalist or cleric stays one
OFFICES = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "OPP", "PTY", "SPY"})
OWN_KEY = "own/"  # what the keys of a user's own actors begin with
_KINDS = {kind.value: kind for kind in ActorKind}
_NOTHING: tuple[tuple[Entry, ...], frozenset[str]] = ((), frozenset())  # what most forms mean


class KnowledgeError(LookupError):
    """A key that no table has; the message names the key and the table."""


@functools.lru_cache(maxsize=1)
def load() -> "Knowledge":
    """The built-in tables, read once."""
    with _nothing_to_collect():
        return _loaded()


def _loaded() -> "Knowledge":
    folder = resources.files("dragoman").joinpath("data")
    digest = hashlib.sha256()
    raw: dict[str, Any] = {}
    for name in TABLES:
        data = folder.joinpath(f"knowledge_{name}.json").read_bytes()
        digest.update(data)
        raw[name] = json.loads(data)
    surfaces = raw["surfaces"]
    first = {form.split(" ", 1)[0] for table in ("exact", "any") for form in surfaces[table]}
    return Knowledge(
        hash=digest.hexdigest(),
        longest=surfaces["longest"],
        dated_events=tuple(_dated_event(row) for row in raw["events"]),
        _exact=surfaces["exact"],
        _any=surfaces["any"],
        _names=surfaces["names"],
        _first=frozenset(first | {word.removesuffix("'s") for word in first}),
        _first_names=frozenset(name.split(" ", 1)[0] for name in surfaces["names"]),
        _actors=raw["actors"] | raw["people"],
        _places=raw["places"],
        _titles={key: Title(key, *row) for key, row in raw["titles"].items()},
        _outlets=surfaces["outlets"],
        _offices=_offices(raw["people"], raw["actors"]),
    )


def form_of(surface: str) -> str:
    """A surface form as the tables write it: straight apostrophes, a possessive joined to its word."""
    if surface.isascii() and "'" not in surface and "`" not in surface:
        return surface.strip()
    return f"{straight(surface)} ".replace(" 's ", "'s ").replace(" ' ", "' ").strip()


@contextlib.contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Without the garbage collector, which would go through every list just made: a third of the time of loading.

    Nor does it go through them later on, which costs look-ups a third of their speed: they are for good. Whatever else
    lives at that moment is left out of later collections, too (gc.freeze), once for each table that is loaded.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def _dated_event(row: Any) -> DatedEvent:
    """[name, patterns, start, end, source] -> the event."""
    name, patterns, start, end, source = row
    return DatedEvent(name, tuple(tuple(p) for p in patterns), dt.date.fromisoformat(start), source, _day(end))


def _day(text: str) -> dt.date | None:
    """ISO day, or None for ""."""
    return dt.date.fromisoformat(text) if text else None


def _offices(people: Mapping[str, Any], bodies: Mapping[str, Any]) -> dict[tuple[str, str], tuple[str, ...]]:
    """(title key, key of the state or body) -> keys of all who ever held it; of a body of no state by its code too."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for key, row in people.items():
        for title, of, *_ in row[5]:
            found.setdefault((title, of), {})[key] = None
            if of in bodies and bodies[of][2] not in bodies:  # the president of a state's company is not its president
                found.setdefault((title, bodies[of][2]), {})[key] = None
    return {office: tuple(keys) for office, keys in found.items()}


@dataclass(frozen=True)
class Knowledge:
    """The tables of one release; every look-up is pure, and the same for equal ``hash``, by which two are equal."""

    hash: str
    longest: int = field(compare=False)
    dated_events: tuple[DatedEvent, ...] = field(compare=False)
    _exact: Mapping[str, Any] = field(repr=False, compare=False)
    _any: Mapping[str, Any] = field(repr=False, compare=False)
    _names: Mapping[str, Any] = field(repr=False, compare=False)
    _first: frozenset[str] = field(repr=False, compare=False)
    _first_names: frozenset[str] = field(repr=False, compare=False)
    _actors: Mapping[str, Any] = field(repr=False, compare=False)
    _places: Mapping[str, Any] = field(repr=False, compare=False)
    _titles: Mapping[str, Title] = field(repr=False, compare=False)
    _outlets: Mapping[str, str] = field(repr=False, compare=False)
    _offices: Mapping[tuple[str, str], tuple[str, ...]] = field(repr=False, compare=False)
    _built_in: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    _begins: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)
    _made: dict[str, Actor] = field(default_factory=dict, repr=False, compare=False)
    _termed: dict[str, tuple[Term, ...]] = field(default_factory=dict, repr=False, compare=False)
    _held: dict[tuple[str, str], tuple[tuple[str, tuple[Term, ...]], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _meant: dict[str, tuple[tuple[Entry, ...], frozenset[str]]] = field(default_factory=dict, repr=False, compare=False)

    def entries(self, surface: str) -> tuple[Entry, ...]:
        """All meanings of a surface form (tokens joined by one space), the weightiest first; () when it has none.

        Names are matched as written (capitals count: "US", not "us"; an all-capitals headline is taken as written
        small too); office and role nouns in any case; people by :func:`fold`, so that each spelling of a name finds
        them. Curly apostrophes and a possessive parted by the tokeniser ("People 's") are taken as one. What a user's
        own table says of a form hides all else.
        """
        return self.meanings(surface)[0]

    def meanings(self, surface: str) -> tuple[tuple[Entry, ...], frozenset[str]]:
        """As :meth:`entries`, and the kinds of all of them; for actors "actor" and the kinds that the actors are of."""
        found = self._meant.get(surface)
        if found is None:
            if len(self._meant) >= MOST_KEPT:
                self._meant.clear()
            entries = self._entries(form_of(surface))
            found = self._meant[surface] = (entries, self._kinds(entries)) if entries else _NOTHING
        return found

    def _entries(self, form: str) -> tuple[Entry, ...]:
        exact, either = self._exact.get(form), self._any.get(form.lower())
        small = self._exact.get(form.title()) if form.isupper() and len(form) > 3 else None
        named = self._people(form)
        if not (exact or either or small or named):
            return ()
        rows = [row for table in (exact, either, small) for row in table or ()]
        rows += [("actor", key, weight) for key, weight in named]
        if len(rows) == 1:
            return (Entry(*rows[0]),)
        found: dict[tuple[str, str], int] = {}
        for kind, key, weight in rows:
            found[kind, key] = max(weight, found.get((kind, key), 0))
        own = {meaning: weight for meaning, weight in found.items() if weight == OWN}
        ranked = sorted((own or found).items(), key=lambda item: (-item[1], item[0]))
        return tuple(Entry(kind, key, weight) for (kind, key), weight in ranked)

    def _people(self, form: str) -> Any:
        """[person key, weight] rows of a form that is written like a name."""
        if not reads_as_name(form):
            return ()
        first = fold(form.split(" ", 1)[0])
        if first and first.split(" ", 1)[0] not in self._first_names:
            return ()  # most forms: not worth folding
        return self._names.get(fold(form)) or self._names.get(fold(without_initials(form)), ())

    def _kinds(self, entries: tuple[Entry, ...]) -> frozenset[str]:
        actors = [self._actors[entry.key][1] for entry in entries if entry.kind == "actor"]
        return frozenset([*actors, *(entry.kind for entry in entries)])

    def starts(self, first_token: str) -> bool:
        """False when no surface form begins with this token: a quick reject for a longest-match scanner."""
        found = self._begins.get(first_token)
        if found is None:
            if len(self._begins) >= MOST_KEPT:
                self._begins.clear()
            found = self._begins[first_token] = self._starts(straight(first_token))
        return found

    def _starts(self, token: str) -> bool:
        if token in self._first or token.lower() in self._first or (token.isupper() and token.title() in self._first):
            return True
        return fold(token).split(" ", 1)[0] in self._first_names

    def actor(self, key: str) -> Actor:
        """The actor with this key; raises :class:`KnowledgeError`."""
        made = self._made.get(key)
        if made is None:
            name, kind, code, sector, aliases, rows, source = self._row(key)
            tenures = tuple(Tenure(t[0], t[1], t[2], _day(t[3]), _day(t[4]), t[5]) for t in rows)
            made = Actor(key, name, _KINDS[kind], code, sector, tuple(aliases), tenures, source)
            self._made[key] = made
        return made

    def has(self, key: str) -> bool:
        """True where an actor has this key."""
        return key in self._actors

    def kind(self, key: str) -> ActorKind:
        """The kind of the actor with this key; raises :class:`KnowledgeError`."""
        return _KINDS[self._row(key)[1]]

    def code(self, key: str) -> str:
        """The code of the actor with this key; raises :class:`KnowledgeError`."""
        return str(self._row(key)[2])

    def _row(self, key: str) -> Any:
        if key not in self._actors:
            raise KnowledgeError(f"no actor has the key {key!r}")
        return self._actors[key]

    def _terms(self, key: str) -> tuple[Term, ...]:
        """The terms of an actor, in the order of its tenures."""
        made = self._termed.get(key)
        if made is None:
            made = self._termed[key] = tuple(term(*row) for row in self._row(key)[5])
        return made

    def states(self) -> frozenset[str]:
        """The codes of all states, which are their keys."""
        return frozenset(key for key, row in self._actors.items() if row[1] == ActorKind.STATE and row[2] == key)

    def codes(self) -> frozenset[str]:
        """All codes that actors have: those of states, and PLOVER's for bodies of several or of none."""
        return frozenset(row[2] for row in self._actors.values())

    def titles(self) -> frozenset[str]:
        """The keys of all offices and role nouns."""
        return frozenset(self._titles)

    def place(self, key: str) -> Place:
        """The place with this key; raises :class:`KnowledgeError`."""
        if key not in self._places:
            raise KnowledgeError(f"no place has the key {key!r}")
        name, country, admin1, lat, lon, geonameid, precision = self._places[key]
        return Place(name, country, admin1, lat, lon, geonameid, Precision(precision))

    def title(self, key: str) -> Title:
        """The office or role noun with this key; raises :class:`KnowledgeError`."""
        if key not in self._titles:
            raise KnowledgeError(f"no title has the key {key!r}")
        return self._titles[key]

    def party(self, key: str, on: When) -> Party:
        """The actor as of that day (None: as last known); raises :class:`KnowledgeError` for an unknown key.

        Of several tenures in force the one of highest rank counts, then the latest. A person who held a public office
        before and holds none now is of sector "ELI"; who held none yet has the sector of the actor itself.
        """
        name, kind, code, sector, *_ = self._row(key)
        terms = self._terms(key)
        day = day_of(on, terms)
        best = self._counting(terms, day)
        if best is not None:
            return Party(key, name, _KINDS[kind], self._code(best.of) or code, best.sector or sector, best.title)
        past = [t for t in terms if t.until is not None and day is not None and t.until < day]
        if past:
            left = kind == ActorKind.PERSON and past[-1].sector in OFFICES
            sector = FORMER if left else past[-1].sector
        return Party(key, name, _KINDS[kind], code, sector)

    def _counting(self, terms: tuple[Term, ...], on: dt.date | None) -> Term | None:
        """The term that counts on the day; for None an open one, else the last."""
        running = [t for t in terms if in_force(t, on)]
        if on is None:
            running = running or list(terms[-1:])
        if len(running) < 2:
            return running[0] if running else None
        return max(running, key=lambda t: (self._rank(t.title), t.since or dt.date.min))

    def _code(self, of: str) -> str:
        """The code of a tenure's principal: ``of`` is a code or the key of a body that has one."""
        return str(self._actors[of][2]) if of in self._actors else of

    def _rank(self, title: str) -> int:
        """The rank of a title key, 0 where it is none."""
        return self._titles[title].rank if title in self._titles else 0

    def persons(self, name: str) -> tuple[Actor, ...]:
        """People by full name, variant or family name, folded; the weightiest first, () when there is none."""
        return tuple(map(self.actor, self.named(name)))

    def named(self, name: str) -> tuple[str, ...]:
        """The keys of :meth:`persons`."""
        rows = self._names.get(fold(name)) or self._names.get(fold(without_initials(name)), ())
        return tuple(key for key, _ in sorted(rows, key=lambda row: (-row[1], row[0])))

    def holders(self, title_key: str, of_code: str, on: When) -> tuple[Actor, ...]:
        """Who held the office on the day (None: who holds it now), the latest comer first.

        ``of_code`` is a state's code, a body's key ("nato"), or the code that bodies share ("IGO": all their heads).
        Where the user's own table knows any of that state or body, it is those alone.
        """
        found: list[tuple[dt.date, str]] = []
        for key, terms in self._served(title_key, of_code):
            day = day_of(on, terms)
            fitting = [t for t in terms if in_force(t, day)]
            if fitting:
                found.append((max(t.since or dt.date.min for t in fitting), key))
        if of_code in self._actors:  # not so for a code that bodies share
            found = [item for item in found if item[1].startswith(OWN_KEY)] or found
        return tuple(self.actor(key) for _, key in sorted(found, key=lambda item: (-item[0].toordinal(), item[1])))

    def _served(self, title_key: str, of_code: str) -> tuple[tuple[str, tuple[Term, ...]], ...]:
        """The keys of all who ever held an office, with the terms that they served."""
        made = self._held.get((title_key, of_code))
        if made is None:
            # A user's own body, and whom it stands for
            same = dict.fromkeys((of_code, self._built_in.get(of_code, of_code)))
            keys = dict.fromkeys(key for of in same for key in self._offices.get((title_key, of), ()))
            if not keys:
                return ()
            made = self._held[title_key, of_code] = tuple(
                (key, tuple(t for t in self._terms(key) if self._is_of(t, title_key, same))) for key in keys
            )
        return made

    def _is_of(self, one: Term, title_key: str, same: Container[str]) -> bool:
        """Whether a term is of a title and of one of these states or bodies."""
        return one.title == title_key and (one.of in same or self._code(one.of) in same)

    def overlaid(self, own: Overlay) -> "Knowledge":
        """These tables with a user's actors, whose forms go before those that are here."""
        first = {part for form in own.exact for part in (form.split(" ", 1)[0], re.split(r"\b\W", form, maxsplit=1)[0])}
        people = {key: row for key, row in own.actors.items() if row[1] == ActorKind.PERSON}
        offices = {
            office: tuple(key for key in keys if key not in own.instead) for office, keys in self._offices.items()
        }
        for office, keys in _offices(people, {**self._actors, **own.actors}).items():
            offices[office] = (*keys, *offices.get(office, ()))
        outlets = {
            form.lower().removeprefix("the "): key
            for key, row in own.actors.items()
            if row[1] == ActorKind.OUTLET
            for form in (row[0], *row[4])
        }
        return replace(
            self,
            hash=hashlib.sha256(f"{self.hash} {own.digest}".encode()).hexdigest(),
            longest=max(self.longest, own.longest),
            _exact={**with_keys(self._exact, 1, own.instead), **own.exact},
            _names={**with_keys(self._names, 0, own.instead), **own.names},
            _first=self._first | first | {word.removesuffix("'s") for word in first},
            _first_names=self._first_names | {name.split(" ", 1)[0] for name in own.names},
            _meant={},
            _begins={},
            _actors={**self._actors, **own.actors},
            _outlets={**{form: own.instead.get(key, key) for form, key in self._outlets.items()}, **outlets},
            _offices=offices,
            _built_in={new: old for old, new in own.instead.items()},
            _made={},
            _termed={},
            _held={},
        )

    def outlet(self, name_or_domain: str) -> Actor | None:
        """The outlet by name (any case) or by domain or URL (any subdomain); None where it is not known.

        State media carry a tenure whose ``of`` is the state they speak for; other outlets have none.
        """
        wanted = straight(name_or_domain.strip()).lower()
        if "://" in wanted:
            wanted = wanted.split("://", 1)[1].split("/", 1)[0].split(":", 1)[0]
        for form in (wanted, wanted.removeprefix("the ")):
            if form in self._outlets:
                return self.actor(self._outlets[form])
        while "." in wanted:
            if wanted in self._outlets:
                return self.actor(self._outlets[wanted])
            wanted = wanted.split(".", 1)[1]
        return None
