"""A user's own table of actors, a CSV file whose rows go before the built-in tables; ``docs/actors.md`` describes it.

It makes a :class:`dragoman.knowledge.Knowledge` out of the built-in one and such a file, or one line that says what is
wrong with it, and where. It must not know texts, nor which of several meanings is meant. What the user writes hides the
built-in meanings of that form; what is only implied by it (a family name, a form without accents) hides nothing. An
actor with the name and code of a built-in one stands for it, under all its names.
"""

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman import knowledge
from dragoman.knowledge import OWN, OWN_KEY, Knowledge, KnowledgeError, Overlay, fold, form_of
from dragoman.own_actors_rows import UNKNOWN, OwnActorsError, Row, read, refuse, rows
from dragoman.types import ActorKind

__all__ = ["OwnActorsError", "load", "overlaid", "read"]

SOURCE = "own table"
# Weights as scripts/build_knowledge.py gives them: a body's name, a family name; a full name or alias weighs 95 or more
BODY, FAMILY, FULL = 100, 60, 95
FAMILY_FIRST = frozenset({"CHN", "HKG", "KOR", "MAC", "PRK", "TWN"})  # whose names English texts write family first
_PIECE = re.compile(r"\w+|[^\w\s]")  # what a form may at most be cut into


@dataclass(slots=True)
class _Actor:
    """All rows of one actor, in their order; ``said`` is what they agree on, with the line of each."""

    key: str
    rows: list[Row] = field(default_factory=list)
    said: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.rows[0].name

    @property
    def kind(self) -> ActorKind:
        """As said in any row; else a person where there is an office."""
        if "kind" in self.said:
            return ActorKind(self.said["kind"][0])
        return ActorKind.PERSON if any(row.title for row in self.rows) else ActorKind.BODY

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(alias for row in self.rows for alias in row.aliases))


def load(path: Path) -> Knowledge:
    """The built-in tables with the rows of a file before them; raises :class:`OwnActorsError`."""
    return overlaid(read(path), str(path))


def overlaid(content: bytes, where: str) -> Knowledge:
    """The built-in tables with the rows of a table before them; ``where`` names it in :class:`OwnActorsError`."""
    known = knowledge.load()
    actors = _actors(rows(content, where, known), where)
    principals = {form: actor.key for actor in actors for form in (actor.name, *actor.aliases)}
    principals |= {code: code for code in (*known.codes(), UNKNOWN)}
    made = {actor.key: _made(actor, principals, known, where) for actor in actors}
    exact, names = _said(actors, where)
    more_exact, more_names = _implied(actors, known)
    exact, names = more_exact | exact, more_names | names
    longest = max((len(_PIECE.findall(form)) for form in exact), default=0)
    digest = hashlib.sha256(content).hexdigest()
    return known.overlaid(Overlay(digest, made, exact, names, longest, _instead(actors, known)))


def _actors(given: Iterable[Row], where: str) -> list[_Actor]:
    """Rows of one name and code put together; each actor with a key of its own."""
    found: dict[tuple[str, str], _Actor] = {}
    taken: set[str] = set()
    for row in given:
        actor = found.get((row.name, row.code))
        if actor is None:
            actor = found[row.name, row.code] = _Actor(_key(row, taken))
            taken.add(actor.key)
        said = {"kind": row.kind, "sector": "" if row.dated else row.sector, "wikidata": row.wikidata}
        for column, word in said.items():
            earlier, line = actor.said.setdefault(column, (word, row.line)) if word else ("", 0)
            if earlier != word:
                refuse(where, row.line, f"{column}: {word}, but {earlier} in line {line}")
        actor.rows.append(row)
    return list(found.values())


def _key(row: Row, taken: set[str]) -> str:
    """``own/`` and the name in plain letters; with its code, then a number, where another actor has that already."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(row.name)).strip("-") or hashlib.sha256(row.name.encode()).hexdigest()[:8]
    coded = f"{slug}-{row.code.lower()}"
    tries = itertools.chain((slug, coded), (f"{coded}-{number}" for number in itertools.count(2)))
    return next(f"{OWN_KEY}{one}" for one in tries if f"{OWN_KEY}{one}" not in taken)


def _made(actor: _Actor, principals: Mapping[str, str], known: Knowledge, where: str) -> list[Any]:
    """An actor as a row of the table of actors, [name, kind, code, sector, aliases, tenures, source]."""
    tenures: dict[tuple[str, ...], list[str]] = {}
    for row in sorted((row for row in actor.rows if row.dated), key=lambda row: (row.since, row.title, row.until)):
        tenure = [row.title, _of(row, principals, known, where), row.sector, row.since, row.until, SOURCE]
        tenures[tuple(tenure)] = tenure
    item, _ = actor.said.get("wikidata", ("", 0))
    source = f"{SOURCE}, Wikidata {item}" if item else SOURCE
    sector = actor.said["sector"][0] if "sector" in actor.said else list(tenures.values())[-1][2]
    who = [actor.name, actor.kind.value, actor.rows[0].code, sector]
    return [*who, list(actor.aliases), list(tenures.values()), source]


def _of(row: Row, principals: Mapping[str, str], known: Knowledge, where: str) -> str:
    """Whom a tenure speaks for: a code, an actor of this table, or a built-in one by its key or name."""
    if not row.of:
        return row.code
    if row.of in principals:
        return principals[row.of]
    try:
        return known.actor(row.of).id
    except KnowledgeError:
        named = [entry.key for entry in known.entries(row.of) if entry.kind == "actor"]
    if not named:
        refuse(where, row.line, f"of: {row.of!r} is no code, and no actor of this table or of the built-in ones")
    return named[0]


def _instead(actors: Iterable[_Actor], known: Knowledge) -> dict[str, str]:
    """Keys of built-in actors with those of the actors that stand for them: of the same name and code."""
    found: dict[str, str] = {}
    for actor in actors:
        for entry in known.entries(actor.name):
            if entry.kind != "actor" or entry.weight < FULL:
                continue
            other = known.actor(entry.key)
            alike = (other.kind is ActorKind.PERSON) == (actor.kind is ActorKind.PERSON)
            if alike and other.kind is not ActorKind.STATE and other.code == actor.rows[0].code:
                found.setdefault(other.id, actor.key)
    return found


def _said(actors: Iterable[_Actor], where: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the names and aliases mean: [["actor", key, weight]] by form, for people also [[key, weight]] by fold."""
    exact: dict[str, Any] = {}
    names: dict[str, Any] = {}
    owner: dict[str, tuple[_Actor, Row]] = {}
    for actor in actors:
        person = actor.kind is ActorKind.PERSON
        for row in actor.rows:
            for column, said in (("name", row.name), *(("aliases", alias) for alias in row.aliases)):
                form, folded = form_of(said), fold(said)
                for one in (form, f"\0{folded}") if person else (form,):  # a null: no form has it
                    other, first = owner.setdefault(one, (actor, row))
                    if other is not actor:
                        refuse(
                            where,
                            row.line,
                            f"{column}: {said!r} is {other.name} ({first.code}) of line {first.line} already",
                        )
                exact[form] = [["actor", actor.key, OWN]]
                if person and folded:
                    names[folded] = [[actor.key, OWN]]
    return exact, names


def _implied(actors: Iterable[_Actor], known: Knowledge) -> tuple[dict[str, Any], dict[str, Any]]:
    """As :func:`_said`, of forms that a table does not say; those that mean anything without it are left out."""
    exact: dict[str, Any] = {}
    names: dict[str, Any] = {}
    for actor in actors:
        for form in _variants(actor):
            if known.entries(form):
                continue
            if actor.kind is ActorKind.PERSON:
                names.setdefault(fold(form), []).append([actor.key, FAMILY])
            else:
                exact.setdefault(form, []).append(["actor", actor.key, BODY])
    return exact, names


def _variants(actor: _Actor) -> set[str]:
    """A person's family name; the names of others without accents, article and outer marks."""
    if actor.kind is ActorKind.PERSON:
        words = actor.name.split()
        family = words[0 if actor.rows[0].code in FAMILY_FIRST else -1]
        return {family} if len(words) > 1 and len(fold(family)) > 2 else set()
    forms = [form_of(form) for form in (actor.name, *actor.aliases)]
    plain = ["".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c)) for form in forms]
    changed = [re.sub(pattern, "", form) for form in forms for pattern in (r"^[Tt]he ", r"^\W+|\W+$")]
    return {form for form in (*plain, *changed) if sum(letter.isalnum() for letter in form) > 1}
