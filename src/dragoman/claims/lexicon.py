"""The coder's tables as values: triggers, cues, reporting words, stances (built from resources/claims)."""

import functools
import importlib.resources
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.types import Medium, Status

DEMANDED = "demanded"  # a cue's value: what somebody wants done is the content of a REQUEST, not an act of its own


Terms = Mapping[str, tuple[tuple[str, str], ...]]  # (term, issue) by the first word of the term


@dataclass(frozen=True, slots=True)
class Need:
    """A test on a trigger's slots: one of ``slots`` is filled, by one of ``words`` or a phrase of a ``kind``."""

    slots: tuple[str, ...]
    words: frozenset[str]
    kind: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of an act. ``roles``: (slot, role, class) where slot is S, O, C, iobj or a preposition."""

    id: str
    pos: str
    needs: tuple[Need, ...]
    type: str
    modes: tuple[str, ...]
    roles: tuple[tuple[str, str, str], ...]
    cameo: str


@dataclass(frozen=True, slots=True)
class StanceWord:
    """A word that takes a stance, and the stance it takes when negated ("" for none)."""

    pos: str
    stance: str
    negated: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables of the coder, by the word they are looked up with. ``hints``: issues, by words that suggest them."""

    triggers: Mapping[tuple[str, str], tuple[Trigger, ...]]
    modes: Mapping[str, tuple[tuple[frozenset[str], str], ...]]
    cues: Mapping[tuple[str, str], str]
    light: Mapping[str, str]
    reporting: Mapping[str, Medium]
    media: Mapping[str, Medium]
    anonymous: Mapping[str, str]
    silences: tuple[Mapping[str, str], ...]
    stances: Mapping[tuple[str, str], StanceWord]
    issues: Terms
    hints: Terms
    contexts: Mapping[str, tuple[str, ...]]
    scenes: Mapping[str, str]
    confidence: Mapping[str, float]

    def scene(self, kind: str, modes: Sequence[str]) -> str:
        """The side on whose ground acts of a type and its modes take place, "none" for no place, "" for not known."""
        own = (self.scenes[name] for mode in modes if (name := f"{kind} {mode}") in self.scenes)
        return next(own, self.scenes.get(kind, ""))

    def cue(self, kind: str, word: str) -> str:
        """The status value that a cue of this kind gives, "" if the word is none."""
        return self.cues.get((kind, word), "")

    def status(self, kind: str, word: str) -> Status | None:
        """As :meth:`cue`, as a Status; None for no cue and for what is only demanded."""
        value = self.cue(kind, word)
        return Status(value) if value and value != DEMANDED else None


def _trigger(row: dict[str, Any]) -> Trigger:
    needs = tuple(Need(tuple(need["slots"]), frozenset(need["words"]), need["kind"]) for need in row["needs"])
    roles = tuple((slot, role, kind) for slot, role, kind in row["roles"])
    return Trigger(row["id"], row["pos"], needs, row["type"], tuple(row["modes"]), roles, row["cameo"])


def _terms(raw: Mapping[str, list[str]]) -> Terms:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for issue, terms in raw.items():
        for term in terms:
            first = term.partition(" ")[0]
            found[first] = (*found.get(first, ()), (term, issue))
    return found


@functools.cache
def load() -> Lexicon:
    """The built-in tables."""
    source = importlib.resources.files("dragoman").joinpath("data/claims.json")
    raw = json.loads(source.read_text(encoding="utf-8"))
    triggers: dict[tuple[str, str], list[Trigger]] = {}
    for row in raw["triggers"]:
        for word in row["words"]:
            triggers.setdefault((row["pos"], word), []).append(_trigger(row))
    modes: dict[str, list[tuple[frozenset[str], str]]] = {}
    for row in raw["modes"]:
        modes.setdefault(row["type"], []).append((frozenset(row["words"]), row["mode"]))
    stances = {
        (row["pos"], word): StanceWord(row["pos"], row["stance"], row["negated"])
        for row in raw["stances"]
        for word in row["words"]
    }
    return Lexicon(
        triggers={key: tuple(found) for key, found in triggers.items()},
        modes={key: tuple(found) for key, found in modes.items()},
        cues={(row["kind"], row["cue"]): row["value"] for row in raw["cues"]},
        light=raw["light"],
        reporting={word: Medium(medium) for word, medium in raw["reporting"].items()},
        media={word: Medium(medium) for word, medium in raw["media"].items()},
        anonymous=raw["anonymous"],
        silences=tuple(raw["silences"]),
        stances=stances,
        issues=_terms(raw["issues"]),
        hints=_terms(raw["hints"]),
        contexts={context: tuple(words) for context, words in raw["contexts"].items()},
        scenes=raw["scenes"],
        confidence=raw["confidence"],
    )
