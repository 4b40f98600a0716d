"""Days that other reports of a file tell: an act whose own words leave its day open is dated by one that tells it.

The guide: "background: older, time known only vaguely or from other items". Of two acts of different reports how likely
they are one is weighed from their words, verbs and participants (``ground_same.json``, fitted by ``train.likely`` on
which acts the gold calls one event); no type or day of the gold is looked at. In a record reconciliation does the same.
"""

import datetime as dt
import functools
import itertools
import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman import ranking
from dragoman.claims.likely_day import Clause
from dragoman.claims.tree import Tree
from dragoman.types import Interval, Party

WEIGHTS = Path(__file__).with_name("ground_same.json")
# Log-odds (thousandths) above which two acts are one, and the share of "no day known" above which a day is open: of
# -1000 to 1000, and .35 and .5, the best on the benchmark's four train topics (all within .015)
ONE, OPEN = 500, 0.35
CONTENT = ("NOUN", "VERB", "PROPN", "ADJ")
EMPTY = frozenset(("have", "be", "would", "say", "that", "which", "who"))


@dataclass(frozen=True, slots=True)
class Told:
    """An act as one report tells it; ``left_open``: its own words tell no day, or hardly that of the report."""

    report: str
    published: dt.date | None
    verb: str
    words: frozenset[str]
    codes: tuple[frozenset[str], frozenset[str]]
    names: frozenset[str]
    day: Interval | None
    left_open: bool


def told(
    report: str, published: dt.date | None, tree: Tree, clause: Clause, sides: tuple[list[Party], list[Party]]
) -> Told:
    """An act with the day that its own report gives it."""
    from_words = frozenset(
        tree.lemma(at) for at in clause.inside if tree.tag(at) in CONTENT and tree.lemma(at) not in EMPTY
    )
    return Told(
        report,
        published,
        tree.lemma(clause.at),
        from_words,
        (frozenset(one.code for one in sides[0]), frozenset(one.code for one in sides[1])),
        frozenset(one.id for side in sides for one in side),
        None,
        False,
    )


def shown(one: Told, other: Told, spread: Counter[str], count: int) -> tuple[str, ...]:
    """What speaks for two acts being one. ``spread``: in how many of ``count`` acts each word stands."""

    def weight(words: frozenset[str]) -> float:
        return sum(math.log((count + 1) / (spread[word] + 0.5)) for word in sorted(words))

    mine, theirs = weight(one.words) or 1.0, weight(other.words) or 1.0
    shared = weight(one.words & other.words)
    alike, verb = shared / min(mine, theirs), one.verb == other.verb
    codes, others = one.codes[0] | one.codes[1], other.codes[0] | other.codes[1]
    of_codes = len(codes & others) / max(1, len(codes | others))
    of_names = len(one.names & other.names) / max(1, len(one.names | other.names))
    apart = abs((one.published - other.published).days) if one.published and other.published else 99
    near = next((str(most) for most in (0, 1, 2, 7, 31) if apart <= most), "more")
    return (
        "always",
        f"words {int(alike * 6)}",
        f"union {int(6 * shared / (mine + theirs - shared + 1e-6))}",
        f"verb {verb}",
        f"verb {verb} {int(alike * 4)}",
        f"codes {int(of_codes * 4)}",
        f"names {int(of_names * 4)}",
        f"codes {int(of_codes * 4)} verb {verb}",
        f"names {int(of_names * 4)} words {int(alike * 4)}",
        f"sides {not one.codes[0].isdisjoint(other.codes[0])} {not one.codes[1].isdisjoint(other.codes[1])}",
        f"days {near}",
        f"days {apart < 3} verb {verb} names {int(of_names * 2)}",
        *((f"both {one.verb}",) if verb else ()),
    )


def pairs(acts: Sequence[Told]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The pairs of acts of different reports that share a word or a verb, with what speaks for their being one."""
    spread = Counter(word for act in acts for word in act.words)
    for left, right in itertools.combinations(range(len(acts)), 2):
        one, other = acts[left], acts[right]
        if one.report != other.report and (one.verb == other.verb or not one.words.isdisjoint(other.words)):
            yield left, right, shown(one, other, spread, len(acts))


@functools.cache
def _weights() -> dict[str, int]:
    found: dict[str, int] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return found


def days(acts: Sequence[Told]) -> list[Interval | None]:
    """The day of each act of a file: its own, or of the likeliest other report of it that tells one."""
    best: dict[int, tuple[int, int]] = {}
    for left, right, features in pairs(acts):
        points = ranking.points(_weights(), features)
        for mine, theirs in ((left, right), (right, left)):
            day, published = acts[theirs].day, acts[mine].published
            if points <= ONE or not acts[mine].left_open or day is None or day.start is None:
                continue
            if published is None or day.start <= published:
                best[mine] = max(best.get(mine, (points, -theirs)), (points, -theirs))
    return [acts[-best[at][1]].day if at in best else act.day for at, act in enumerate(acts)]
