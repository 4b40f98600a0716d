"""Places of the world by name: states, subdivisions, towns, waters, regions and sites, with points on the map.

From a name it makes candidates: every place that may be meant, how great it is and what it lies in. Which one is meant
is for grounding to say. The file is built by ``scripts/build_gazetteer.py``; its sources and form are described in
``docs/decisions/0011-gazetteer.md``.
"""

import functools
import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from itertools import accumulate
from typing import Any

from dragoman.gazetteer_names import fold, inner, simpler, unowned
from dragoman.types import Place, Precision

__all__ = ["Candidate", "Found", "Gazetteer", "load"]

NONE = 0xFFFFFFFF  # no place above, no GeoNames id
KNOWN_PART = 5.0  # the prior from which a part of an unknown name ("Mosul Central Court") may stand for it
KNOWN_OTHER = 6.0  # and from which it may if it is one of GeoNames' other names
NO_PART = "street"  # names ending so are of streets and buildings, which are called after anything
HOW = ("name", "alias", "shortened", "other", "demonym")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean.

    ``prior`` is the decimal logarithm of its inhabitants, or what is worth as much; ``within`` the numbers of the
    places it lies in, the nearest first; ``how`` the name names it: as its name, an alias, one of GeoNames' other
    names, a name shortened or a demonym.
    """

    number: int
    kind: str
    country: str
    lat: float
    lon: float
    prior: float
    within: tuple[int, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a name was found to mean: ``form`` is the key that was found, ``kind`` what words left out tell of it.

    ``part``: the key is only a part of the name, so that the place is at best near it; ``common``: it is a word of the
    language too ("Reading"); ``made_with``: names are made with it, and it seldom is one ("Centre", "North").
    """

    candidates: tuple[Candidate, ...] = ()
    form: str = ""
    kind: str = ""
    part: bool = False
    common: bool = False
    made_with: bool = False


@functools.lru_cache(maxsize=1)
def load() -> "Gazetteer":
    """The built-in gazetteer, read once."""
    data = resources.files("dragoman").joinpath("data", "gazetteer.bin").read_bytes()
    at = data.index(b"\n") + 1
    head = json.loads(data[:at])
    sections: dict[str, Any] = {}
    for name, code, length in head["sections"]:
        part = data[at : at + length]
        at += length
        sections[name] = _numbers(code, part) if code else part.decode().split("\n")
    return Gazetteer(
        kinds=tuple(head["kinds"]),
        codes=tuple(head["codes"]),
        starts=head["words"]["start"],
        ends=head["words"]["end"],
        made_with=frozenset(word for table in head["words"].values() for word in table),
        common=frozenset(head["common"]),
        first=array("I", accumulate(sections.pop("meanings"), initial=0)),
        **sections,
    )


def _stands_for_more(candidate: Candidate, begins: bool) -> bool:
    """Whether a place is great enough that a longer name with its name in it is of something there."""
    if candidate.how == "demonym":  # "Iraqi Ministry of Oil", but not "Ministry of Iraqi"
        return begins and candidate.kind == "country"
    if candidate.kind not in ("country", "admin1", "city"):
        return False
    return candidate.prior >= (KNOWN_OTHER if candidate.how == "other" else KNOWN_PART)


def _numbers(code: str, data: bytes) -> array:  # type: ignore[type-arg]  # integers of several widths
    numbers = array(code)
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


@dataclass(frozen=True)
class Gazetteer:
    """The tables as columns: of keys, sorted, each with its places from ``first`` on in ``ways``; and of places."""

    kinds: tuple[str, ...]
    codes: tuple[str, ...]
    starts: Mapping[str, str] = field(repr=False)
    ends: Mapping[str, str] = field(repr=False)
    common: frozenset[str] = field(repr=False)
    made_with: frozenset[str] = field(repr=False)
    keys: list[str] = field(repr=False)
    first: Sequence[int] = field(repr=False)
    ways: Sequence[int] = field(repr=False)
    names: list[str] = field(repr=False)
    kind_of: Sequence[int] = field(repr=False)
    countries: Sequence[int] = field(repr=False)
    priors: Sequence[int] = field(repr=False)
    latitudes: Sequence[int] = field(repr=False)
    longitudes: Sequence[int] = field(repr=False)
    ids: Sequence[int] = field(repr=False)
    above: Sequence[int] = field(repr=False)
    _made: dict[str, tuple[Candidate, ...]] = field(default_factory=dict, repr=False, compare=False)

    def find(self, name: str) -> tuple[Candidate, ...]:
        """The places that bear exactly this name, whatever its case and accents, the greatest first."""
        return self._of(fold(name))

    def search(self, name: str, named: Container[str] = ()) -> Found:
        """The places that a name may mean; failing its own, those of what is left without possessive and common words.

        "Northern Aleppo province" is found by "Aleppo" and tells of a subdivision; of a name that has neither, the end
        or beginning that names a great place, or has one of the keys ``named``, stands for it ("Mosul Central Court"),
        except for streets and buildings. Words without a capital name nothing.
        """
        if name == name.lower() and name != name.upper():
            return Found()
        for form in dict.fromkeys((fold(name), fold(unowned(name)))):
            if candidates := self._of(form):
                return self._found(candidates, form, "")
        key = fold(unowned(name))
        if self.ends.get(key.rsplit(" ", 1)[-1]) == NO_PART:
            return Found()
        for form, kind in simpler(key, self.starts, self.ends):
            if candidates := self._of(form):
                return self._found(candidates, form, kind)
        return self._part(key, named)

    def _found(self, candidates: tuple[Candidate, ...], form: str, kind: str) -> Found:
        return Found(candidates, form, kind, common=form in self.common, made_with=form in self.made_with)

    def _part(self, key: str, named: Container[str]) -> Found:
        for form in inner(key):
            if form in self.common or form in self.made_with:
                continue
            begins = key.startswith(f"{form} ")
            great = tuple(c for c in self._of(form) if form in named or _stands_for_more(c, begins))
            if great:
                return Found(great, form, part=True)
        return Found()

    def name(self, number: int) -> str:
        """The name of a place."""
        return self.names[number]

    def place(self, number: int) -> Place:
        """The place as the rest of Dragoman knows places; a second level subdivision is a region there."""
        kind = self.kind(number)
        around = [n for n in self._around(number) if self.kind(n) == "admin1"]
        return Place(
            name=self.names[number],
            country=self.codes[self.countries[number]],
            admin1=self.names[around[0]] if around else "",
            lat=self.latitudes[number] / 1000,
            lon=self.longitudes[number] / 1000,
            geonameid=None if self.ids[number] == NONE else self.ids[number],
            precision=Precision("region" if kind == "admin2" else kind),
        )

    def kind(self, number: int) -> str:
        """country, admin1, admin2, city, region, water or site."""
        return self.kinds[self.kind_of[number]]

    def _of(self, key: str) -> tuple[Candidate, ...]:
        made = self._made.get(key)
        if made is None:
            at = bisect_left(self.keys, key)
            if at == len(self.keys) or self.keys[at] != key:
                return ()
            ways = self.ways[self.first[at] : self.first[at + 1]]
            made = self._made[key] = tuple(self._candidate(way >> 3, HOW[way & 7]) for way in ways)
        return made

    def _candidate(self, number: int, how: str) -> Candidate:
        return Candidate(
            number,
            self.kind(number),
            self.codes[self.countries[number]],
            self.latitudes[number] / 1000,
            self.longitudes[number] / 1000,
            self.priors[number] / 10,
            tuple(self._around(number)),
            how,
        )

    def _around(self, number: int) -> Iterator[int]:
        number = self.above[number]
        while number != NONE:
            yield number
            number = self.above[number]
