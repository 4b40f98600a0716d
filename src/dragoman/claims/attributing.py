"""The words that say whose word a thing is, with what each takes as what is said (resources/claims/attributing.csv).

Knows the table only. What a word takes: ``clause`` (a clause or quoted words), ``quote`` (quoted words), ``obj`` (its
object), ``inf`` (an infinitive), ``predicate`` (its object and what that is called), ``addressee`` (its object is who
is told), ``host`` (the clause it frames), else a preposition.
"""

import functools
import importlib.resources
import json
from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.claims.lexicon import Lexicon

VERB, NOUN, ADJECTIVE, LIGHT, FRAME = "V", "N", "A", "L", "F"
SAID = "said"


@dataclass(frozen=True, slots=True)
class Attributing:
    """A word's kind ("said", "held" for what is thought or wanted, "shown" for what a poll shows) and what it takes."""

    kind: str
    takes: frozenset[str]


Words = Mapping[tuple[str, str], Attributing]


@functools.cache
def table() -> Words:
    """The built-in table by part of speech and lemma; a word of several rows takes what any of them says."""
    source = importlib.resources.files("dragoman").joinpath("data/claims.json")
    found: dict[tuple[str, str], Attributing] = {}
    for row in json.loads(source.read_text(encoding="utf-8"))["attributing"]:
        for word in row["words"]:
            before = found.get((row["pos"], word), Attributing(row["kind"], frozenset()))
            found[row["pos"], word] = Attributing(before.kind, before.takes | set(row["content"]))
    return found


def words(lexicon: Lexicon) -> Words:
    """The table with the coder's own verbs of reporting, which take a clause where the table has no row for them."""
    reporting = {(VERB, verb): Attributing(SAID, frozenset(("clause",))) for verb in lexicon.reporting}
    return {**reporting, **table()}
