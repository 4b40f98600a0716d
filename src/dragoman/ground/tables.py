"""Small tables of grounding, read once: peoples outside of their kin's state, peacekeeping missions, armed forces.

From ``minorities.csv``, ``missions.csv`` and ``forces.csv`` of ``resources/actors``, by ``scripts/build_grounding.py``;
each row has its source there.
"""

import functools
import json
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Minority:
    """A people of one state's name that lives in another, ``state``.

    ``people``: words for them; ``adjective``: before what they are ("Serb protesters"); ``key``: the actor that they
    are, "" for none; ``where``: words of which a text must have one (none: it must name the state); ``alone``: only
    where the kin's state is not named.
    """

    people: frozenset[str]
    adjective: str
    kin: str
    state: str
    key: str
    where: tuple[str, ...]
    alone: bool


@dataclass(frozen=True, slots=True)
class Mission:
    """Soldiers of a body (by key) in a state; first and last day (ISO), "" for none yet."""

    key: str
    body: str
    state: str
    since: str
    until: str


@functools.cache
def _raw() -> dict[str, list[list[str]]]:
    data = resources.files("dragoman").joinpath("data", "grounding.json").read_text(encoding="utf-8")
    found: Any = json.loads(data)
    return dict(found)


@functools.cache
def minorities() -> tuple[Minority, ...]:
    """All rows, in order."""
    return tuple(
        Minority(frozenset(people.split("|")), adjective, kin, state, key, _words(where), bool(alone))
        for people, adjective, kin, state, key, where, alone in _raw()["minorities"]
    )


@functools.cache
def missions() -> tuple[Mission, ...]:
    """All rows, in order."""
    return tuple(Mission(*row) for row in _raw()["missions"])


@functools.cache
def forces() -> dict[str, str]:
    """Code of a state -> what news call its armed forces."""
    return {code: name for code, name in _raw()["forces"]}  # noqa: C416 # rows of two


def _words(listed: str) -> tuple[str, ...]:
    return tuple(word for word in listed.split("|") if word)
