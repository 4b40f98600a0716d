"""Which texts are copies of one report: the same words in a row, lightly edited.

What an agency sends is printed under other headlines and bylines, cut, and touched up. A text is a copy of one as long
or longer where at least ``SHARE`` of its runs of five words stand there too, it is at least half as long, and both were
published within a week. Reports told in other words never are, however alike their news.
Why, and what the bounds give: docs/decisions/0017-near-copies.md.
"""

import datetime as dt
import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.types import Report, Text

Runs: TypeAlias = npt.NDArray[np.uint64]

SHARE = 0.6
"""The part of the shorter text's runs that a copy has in common with the longer."""
DAYS = 7
"""Days that lie at most between a copy and what it copies; later the words of a stock phrase come round again."""
_RUN = 5  # words in a row
_SHORTEST = 8  # runs of a text that can be judged at all: twelve words
_BODY = 15  # words from which a body is enough by itself: headlines are each outlet's own
# Of each text the 32 runs of smallest hash are looked up. Two texts of which the shorter, half as long as the longer,
# shares 60 runs of 100 have a quarter of all their runs in common: they miss each other once in ten thousand (.75^32).
_SKETCH = 32
_LISTED = 64  # texts kept under one run: what more than these share is a footer, not a report
_TRIED = 16  # texts that one is compared with at most, those that share most of the sketch

_WORD = re.compile(r"\w+")
_APOSTROPHES = re.compile("['\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]")


@dataclass(frozen=True, slots=True)
class Printed:
    """A text as it was printed: the body is what stands from ``body_at`` (code points) on; no day: it is not known."""

    content: str
    body_at: int = 0
    published: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Sketch:
    """A text to be looked up: how many runs it has, its day (ordinal), the smallest of its runs; none: too short."""

    size: int
    day: int | None
    runs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One report: the id of the text that stands for its copies, and the reports of all of them."""

    key: str
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """``leader``: text id -> the text it is a copy of, itself where of none; ``shares``: (copy, leader, share of runs);
    ``compared``: how many pairs of texts were compared run by run.
    """

    leader: Mapping[str, str]
    shares: tuple[tuple[str, str, float], ...]
    compared: int


@lru_cache(maxsize=1 << 17)
def _code(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _words(content: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", content)).casefold()
    return _WORD.findall(plain)


def runs(text: Printed) -> Runs:
    """The runs of five words of a text's body (of all of it where that is short), hashed, each once, sorted."""
    words = _words(text.content[text.body_at :])
    if len(words) < _BODY:
        words = _words(text.content)
    if len(words) < _SHORTEST + _RUN - 1:
        return np.zeros(0, np.uint64)
    codes = np.array([_code(word) for word in words], np.uint64)
    size = len(words) - _RUN + 1
    mixed = np.zeros(size, np.uint64)
    for at in range(_RUN):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + codes[at : at + size]
    # SplitMix64's last steps (Steele, Lea, Flood 2014), so that the smallest are a fair sample
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.unique(mixed ^ (mixed >> np.uint64(31)))


def find(texts: Mapping[str, Printed], share: float = SHARE) -> Found:
    """The leader of every text: the longest of its copies; the same for any order of ``texts``.

    ``share``: the part of its runs that a copy has in common with its leader at least.
    """
    made = {key: runs(text) for key, text in texts.items()}
    sketches = {key: sketch(text, made[key]) for key, text in texts.items()}
    return group(sketches, lambda copy, leader: alike(made[copy], made[leader]), share)


def sketch(text: Printed, made: Runs) -> Sketch:
    """What is looked up of a text with these runs."""
    day = text.published.toordinal() if text.published else None
    return Sketch(made.size, day, tuple(made[:_SKETCH].tolist()) if made.size >= _SHORTEST else ())


def group(sketches: Mapping[str, Sketch], likeness: Callable[[str, str], float], share: float = SHARE) -> Found:
    """The leader of every text by its sketch; ``likeness``: the share of a text's runs that a longer one has too.

    The longest are taken first; a text is compared with leaders only, never with copies of them, so that likeness is
    not handed on from copy to copy and ten thousand copies of one report cost ten thousand comparisons.
    """
    count = Counter(run for one in sketches.values() for run in one.runs)
    under: dict[int, list[str]] = defaultdict(list)
    leader, shares, compared = {key: key for key in sorted(sketches)}, [], 0
    long = (key for key, one in sketches.items() if one.size >= _SHORTEST)
    for key in sorted(long, key=lambda k: (-sketches[k].size, k)):
        shared = [run for run in sketches[key].runs if count[run] > 1]
        hits = Counter(other for run in shared for other in under[run])
        near = [other for other in hits if _may_copy(sketches[key], sketches[other])]
        tried = sorted(near, key=lambda other: (-hits[other], other))[:_TRIED]
        compared += len(tried)
        likest = min(((-likeness(key, other), other) for other in tried), default=(0.0, ""))
        if likest[1] and -likest[0] >= share:
            leader[key] = likest[1]
            shares.append((key, likest[1], -likest[0]))
            continue
        for run in shared:
            if len(under[run]) < _LISTED:
                under[run].append(key)
    return Found(leader, tuple(sorted(shares)), compared)


def _may_copy(copy: Sketch, other: Sketch) -> bool:
    """Whether a text is long enough and of the right days to be a copy of a longer one."""
    close = copy.day is None or other.day is None or abs(copy.day - other.day) <= DAYS
    return close and 2 * copy.size >= other.size


def alike(shorter: Runs, longer: Runs) -> float:
    """The share of the shorter text's runs that the longer has too."""
    common = np.intersect1d(shorter, longer, assume_unique=True).size
    return common / shorter.size


def sources(
    told: Iterable[str], texts: Mapping[str, Text], reports: Mapping[str, Sequence[Report]]
) -> dict[str, Source]:
    """Text id -> the report it is a copy of, for the texts ``told``; a text whose words are not at hand is its own."""
    ids = sorted(set(told))
    printed = {key: as_printed(texts[key], reports.get(key, ())) for key in ids if key in texts}
    leader = find(printed).leader
    members: dict[str, list[str]] = defaultdict(list)
    for key in ids:
        members[leader.get(key, key)].append(key)
    found: dict[str, Source] = {}
    for first, keys in members.items():
        source = Source(first, tuple(report for key in keys for report in reports.get(key, ())))
        found |= dict.fromkeys(keys, source)
    return found


def as_printed(text: Text, reports: Sequence[Report]) -> Printed:
    """A text as its reports print it: from where the latest body starts, on the first day."""
    days = [report.published for report in reports if report.published]
    return Printed(text.content, max((report.body_at for report in reports), default=0), min(days, default=None))
