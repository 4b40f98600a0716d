"""The tables of this stage, read once: weights, settings, kinds of acts, sectors that speak for a state.

Made from ``resources/reconcile`` by ``scripts/build_reconcile.py``; knows nothing of claims.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Weight:
    """What one level of a feature adds to the log-odds that two claims tell of one act, in thousandths, and why."""

    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class ActKind:
    """How acts of a type are told apart: ``family`` whose claims are compared at all, ``manner`` (speech, occasion,
    deed) of comparing, ``hostile`` where admitting it is against one's interest.
    """

    family: str
    manner: str
    hostile: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of the stage."""

    weights: Mapping[str, Mapping[str, Weight]]
    settings: Mapping[str, int]
    kinds: Mapping[str, ActKind]
    official: frozenset[str]
    idle_words: frozenset[str]
    aspects: Mapping[str, str]
    leaders: frozenset[str]
    rarity: Mapping[str, int]
    version: str

    def rare(self, stem: str) -> int:
        """How rare a stem is: 100 * ln(texts / texts that have it); of an unknown one, as of the rarest known."""
        return self.rarity.get(stem, self.settings["rarest"])

    def kind(self, type_code: str) -> ActKind:
        """The kind of a type; a type of the user's own codebook is a deed in a family of its own."""
        return self.kinds.get(type_code) or ActKind(type_code, "deed", hostile=False)


def parse(raw: Mapping[str, object]) -> Tables:
    """Tables from their JSON form; raises KeyError or TypeError where a part is missing (the build checks it)."""
    data: dict[str, object] = dict(raw)
    weights = data["weights"]
    kinds = data["kinds"]
    settings = data["settings"]
    official, idle_words, aspects, leaders = (data[key] for key in ("official", "idle_words", "aspects", "leaders"))
    rarity = data["rarity"]
    if not (isinstance(weights, dict) and isinstance(kinds, dict) and isinstance(settings, dict)):
        raise TypeError("reconcile.json: weights, kinds and settings must be objects")
    if not (isinstance(official, list) and isinstance(idle_words, list) and isinstance(leaders, list)):
        raise TypeError("reconcile.json: official, idle_words and leaders must be lists")
    if not (isinstance(aspects, dict) and isinstance(rarity, dict)):
        raise TypeError("reconcile.json: aspects and rarity must be objects")
    return Tables(
        weights={
            feature: {level: Weight(int(points), str(reason)) for level, (points, reason) in levels.items()}
            for feature, levels in weights.items()
        },
        settings={name: int(value) for name, value in settings.items()},
        kinds={code: ActKind(family, manner, bool(hostile)) for code, (family, manner, hostile) in kinds.items()},
        official=frozenset(official),
        idle_words=frozenset(idle_words),
        aspects={str(word): str(use) for word, use in aspects.items()},
        leaders=frozenset(leaders),
        rarity={str(stem): int(value) for stem, value in rarity.items()},
        version=str(data["version"]),
    )


@functools.cache
def load() -> Tables:
    """The built-in tables."""
    source = resources.files("dragoman") / "data" / "reconcile.json"
    return parse(json.loads(source.read_text(encoding="utf-8")))
