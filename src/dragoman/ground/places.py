"""Where is meant: each place name of a text to a place, with the reason. Knows names, not acts.

:func:`resolve_places` takes the mentions that the tables of knowledge made; :func:`resolve` takes names as written,
ranks all that the gazetteer has for them, and lets the names of one text speak for each other: which countries and
regions it tells of, what stands beside ("Paris, Texas"), what lies near. Both are pure.
"""

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman import gazetteer as gazetteers
from dragoman.gazetteer import Candidate, Found, Gazetteer
from dragoman.gazetteer_names import fold
from dragoman.knowledge import Knowledge
from dragoman.types import Cell, Mention, Place, Precision

# All terms are decimal logarithms: 1 outweighs ten times the inhabitants. Reasoned, then checked on GeoVirus as a whole
PRICE = {"name": 0.0, "alias": 0.0, "shortened": 0.2, "other": 1.8, "demonym": 0.0}
COUNTRY, COUNTRY_LEAST = 1.8, 0.02  # a country that nothing else in the text tells of loses 3.1
OVERALL = -1.0  # of a sea or region of several countries, for which nothing can be told
ACTOR = 0.3  # of what a town in it says for a country, its own name says: "American envoys met in Geneva"
REGION, REGION_LEAST = 2.4, 0.04  # the same of first level subdivisions among those of one country: 3.4
ITSELF = 0.3  # of that for a subdivision itself and for great cities, which others need not speak for
GREAT, SMALL = 7.5, 5.0  # priors at which a place loses that little, or all
NEAR, NEAR_KM = 0.7, 100.0  # a town at the place of another that is named gains 0.7, at 100 km 0.26
BESIDE = 1.75  # "Paris, Texas": gained by the name wherever it stands, and once more where it stands so
TOLD, TOLD_NOT = 1.5, 1.0  # "Aleppo province": gained by subdivisions, lost by others
PART = 1.5  # lost where only a part of the name is known
COMMON, MADE_WITH = 1.5, 4.0  # lost by a name that is a word too ("Reading", "Centre"), states excepted
ACRONYM, LETTERS = 2.0, 4  # lost by towns for so few letters in capitals ("OAS"); short forms are aliases
COUNTY, COUNTY_SHARE = 4.5, 0.5  # of a county, only half of what its prior differs from this: the small are named too
DOUBT, FEW = 1.5, 2  # below it a name is rather one that the gazetteer lacks, but for one that few places bear
ALONE = 0.5  # pseudo-mentions of elsewhere: a text of two names proves little
GAP = 3  # characters between names that stand beside each other: ", " or " ("
LIST, LIST_GAP = 0.8, 6  # gained where the names before and after in a list (", and ") mean places of the same kind
ROUNDS = 3
MOST = 60  # candidates weighed of a name, the greatest
FINE = frozenset({"city", "admin2", "site", "admin1"})
KINDS_TOLD = {"admin": ("admin1", "admin2"), "city": ("city",), "water": ("water",), "region": ("region", "water")}
KM = 111.2  # of a degree of latitude


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name as written, with its place in the text: code points, end exclusive."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name means and why. ``named``: the place bears the name; else it is one near it, or there is none."""

    place: Place | None
    named: bool
    why: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a text: what it may mean, where it stands, and what lies in a place named beside it."""

    found: Found
    at: tuple[int, ...]
    beside: Mapping[int, Mapping[int, int]]  # candidate -> where the name stands -> the place beside that it fits
    listed: tuple[str, ...]  # keys of the names it stands in a list with
    capitals: bool  # few letters, all capitals


Belief = dict[int, float]  # number of a candidate -> how likely it is meant
# How much is said for a country ("MLI"), its fine places ("MLI", "fine"), a subdivision (its number), anywhere ("")
Evidence = defaultdict[str | int | tuple[str, str], float]


def resolve_places(
    mentions: tuple[Mention, ...], knowledge: Knowledge, home: str = ""
) -> tuple[tuple[Mention, Cell[Place]], ...]:
    """Every place mention with its place; a state's name is the place that the state covers.

    Names that the tables of knowledge lack are looked up in the gazetteer, in the light of the text's other places and
    of the country of its outlet.
    """
    cells = {mention: _resolve(mention, knowledge) for mention in mentions if mention.normal}
    if len(cells) < len(mentions):
        toponyms = [Toponym(one.words, one.span.start, one.span.end) for one in mentions]
        for mention, found in zip(mentions, resolve(toponyms, gazetteers.load(), home), strict=True):
            if mention not in cells:
                named = found.place if found.named else None
                cells[mention] = Cell(named, mention.span, found.why)
    return tuple((mention, cells[mention]) for mention in mentions)


def _resolve(mention: Mention, knowledge: Knowledge) -> Cell[Place]:
    kinds = {entry.key: entry.kind for entry in knowledge.entries(mention.words)}
    if kinds.get(mention.normal) == "place":
        return Cell(knowledge.place(mention.normal), mention.span, "a name of the gazetteer")
    actor = knowledge.actor(mention.normal)
    return Cell(Place(actor.name, actor.code, precision=Precision.COUNTRY), mention.span, "a state's name, as a place")


def resolve(toponyms: Sequence[Toponym], gazetteer: Gazetteer, home: str = "") -> tuple[Resolution, ...]:
    """The place of every name of one text, in the order given; ``home`` is the ISO3 of its outlet's country if known.

    A name means one place throughout, except where another is named beside it. A name that the gazetteer lacks, or has
    only far from all else in the text, is put at the place named nearest in the text and is not ``named``.
    """
    names = _names(toponyms, gazetteer)
    scores = {key: {c.number: _plain(c, name) for c in _candidates(name)} for key, name in names.items()}
    beliefs = {key: _belief(found) for key, found in scores.items()}
    for _ in range(ROUNDS if len(names) > 1 or home else 0):  # a lone name has none to agree with
        scores = _scores(names, beliefs, home)
        beliefs = {key: _belief(found) for key, found in scores.items()}
    keys = [fold(toponym.words) for toponym in toponyms]
    told = _told(names, beliefs) if len(names) > 1 else Counter[str]()
    chosen = [_chosen(at, names[key], scores[key], told) for at, key in enumerate(keys)]
    return tuple(
        _unnamed(at, toponyms, chosen, gazetteer)
        if candidate is None
        else Resolution(gazetteer.place(candidate.number), True, _why(at, candidate, names[key], gazetteer))
        for at, (key, candidate) in enumerate(zip(keys, chosen, strict=True))
    )


def _names(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> dict[str, _Name]:
    """Key of a name -> the name."""
    places: dict[str, list[int]] = {}
    for at, toponym in enumerate(toponyms):
        places.setdefault(fold(toponym.words), []).append(at)
    words = {key: max((toponyms[one].words for one in at), key=_capitals) for key, at in places.items()}
    found = {key: gazetteer.search(form) for key, form in words.items()}
    named = {key for key, one in found.items() if one.candidates and not one.part}
    found |= {key: gazetteer.search(words[key], named) for key in places if key not in named}
    beside: dict[str, dict[int, dict[int, int]]] = {key: {} for key in places}
    order = sorted(range(len(toponyms)), key=lambda at: (toponyms[at].start, toponyms[at].end, at))
    listed: dict[str, list[str]] = {key: [] for key in places}
    for left, right in itertools.pairwise(order):
        one, other = fold(toponyms[left].words), fold(toponyms[right].words)
        gap = toponyms[right].start - toponyms[left].end
        if one == other or not 0 <= gap <= LIST_GAP:
            continue
        nested = _nested(found[one], found[other]) if gap <= GAP and not _alike(found[one], found[other]) else []
        for inside, around in nested:
            beside[one].setdefault(inside, {})[left] = around
            beside[other].setdefault(around, {})[right] = inside
        if not nested:
            listed[one].append(other)
            listed[other].append(one)
    return {
        key: _Name(found[key], tuple(at), beside[key], tuple(listed[key]), _acronym(words[key]))
        for key, at in places.items()
    }


def _capitals(words: str) -> bool:
    return words != words.lower()


def _acronym(words: str) -> bool:
    return words.isupper() and len(words) <= LETTERS


def _alike(one: Found, other: Found) -> bool:
    """Whether two names are those of states, or of first level subdivisions, before all: "Niger, Nigeria" is a list."""
    kinds = [max(found.candidates, key=lambda c: c.prior).kind for found in (one, other) if found.candidates]
    return len(kinds) == 2 and kinds[0] == kinds[1] and kinds[0] in ("country", "admin1")


def _nested(one: Found, other: Found) -> list[tuple[int, int]]:
    """Numbers of candidates of the one name that lie in candidates of the other."""
    around = {c.number for c in other.candidates}
    return [(c.number, number) for c in one.candidates for number in c.within if number in around]


def _candidates(name: _Name) -> tuple[Candidate, ...]:
    """The candidates that are weighed: the greatest, and all that lie in a place named beside."""
    found = name.found.candidates
    return found[:MOST] + tuple(c for c in found[MOST:] if c.number in name.beside)


def _plain(candidate: Candidate, name: _Name) -> float:
    """What speaks for a candidate before the rest of the text is looked at."""
    told = KINDS_TOLD.get(name.found.kind)
    kind = 0.0 if told is None else TOLD if candidate.kind in told else -TOLD_NOT
    price = PRICE[candidate.how] + (PART if name.found.part else 0.0)
    if candidate.kind != "country" and candidate.how != "demonym":
        price += MADE_WITH if name.found.made_with else COMMON if name.found.common else 0.0
    if name.capitals and candidate.how != "alias" and candidate.kind != "country":
        price += ACRONYM
    prior = candidate.prior
    if candidate.kind == "admin2":
        prior = COUNTY + (prior - COUNTY) * COUNTY_SHARE
    return prior - price + kind + (BESIDE if candidate.number in name.beside else 0.0)


def _belief(scores: Mapping[int, float]) -> Belief:
    """Shares of the candidates, by their scores."""
    most = max(scores.values(), default=0.0)
    parts = {number: 10 ** (score - most) for number, score in scores.items()}
    whole = sum(parts.values())
    return {number: part / whole for number, part in parts.items()}


def _scores(names: Mapping[str, _Name], beliefs: Mapping[str, Belief], home: str) -> dict[str, dict[int, float]]:
    """Scores of all candidates of all names, each in the light of the other names."""
    evidence = {key: _evidence(name, beliefs[key]) for key, name in names.items()}
    whole: Evidence = defaultdict(float, {home: 1.0, "": 1.0} if home else {})
    for one in evidence.values():
        for area, share in one.items():
            whole[area] += share
    anchors = {key: anchor for key, name in names.items() if (anchor := _anchor(name, beliefs[key]))}
    kinds = {key: _kinds(name, beliefs[key]) for key, name in names.items() if name.listed}
    scores = {}
    namesakes: dict[str, Evidence] = {}
    for key, name in names.items():
        namesakes.setdefault(name.found.form, defaultdict(float))
        for area, share in evidence[key].items():
            namesakes[name.found.form][area] += share
    for key, name in names.items():
        others = [anchor for other, anchor in anchors.items() if other != key]
        scores[key] = {
            c.number: _plain(c, name)
            + _agreement(c, whole, namesakes[name.found.form])
            + _nearness(c, others)
            + LIST * sum(kinds[other].get(c.kind, 0.0) for other in name.listed) / max(len(name.listed), 1)
            for c in _candidates(name)
        }
    return scores


def _evidence(name: _Name, belief: Belief) -> Evidence:
    """Which countries and subdivisions a name speaks for; a name said often speaks louder, but not by as much."""
    weight = 1 + math.log2(len(name.at)) / 2
    found: Evidence = defaultdict(float)
    for candidate in _candidates(name):
        country, share = candidate.country, weight * belief[candidate.number]
        if not country or share < 0.001:
            continue
        fine: tuple[str | int | tuple[str, str], ...] = ()
        if candidate.kind in FINE:
            fine = ((country, "fine"), _region(candidate))
        for area in ("", country, *fine):
            found[area] += share
    return found


def _kinds(name: _Name, belief: Belief) -> dict[str, float]:
    """How likely a name means a place of each kind."""
    found: dict[str, float] = defaultdict(float)
    for candidate in _candidates(name):
        found[candidate.kind] += belief[candidate.number]
    return found


def _region(candidate: Candidate) -> int:
    """The number of the first level subdivision of a place: the last but one of those around it, or itself."""
    around = (candidate.number, *candidate.within)
    return around[-2] if len(around) > 1 else around[0]


def _agreement(candidate: Candidate, whole: Evidence, own: Evidence) -> float:
    """What the countries and subdivisions of the other names say of a candidate: 0 at best."""
    if not candidate.country:
        return OVERALL

    def left(area: str | int | tuple[str, str]) -> float:
        return max(whole.get(area, 0.0) - own.get(area, 0.0), 0.0)

    others, told = left((candidate.country, "fine")), left(candidate.country)
    if candidate.kind in FINE:
        told = others + ACTOR * (told - others)
    said = COUNTRY * math.log10((told / (left("") + ALONE) + COUNTRY_LEAST) / (1 + COUNTRY_LEAST))
    if candidate.kind in FINE and others > REGION_LEAST:
        share = left(_region(candidate)) / (others + ALONE)
        small = (GREAT - candidate.prior) / (GREAT - SMALL)
        weight = REGION * (ITSELF if candidate.kind == "admin1" else min(max(small, ITSELF), 1.0))
        said += weight * math.log10((share + REGION_LEAST) / (1 + REGION_LEAST))
    return said


def _anchor(name: _Name, belief: Belief) -> tuple[float, float, float] | None:
    """The likeliest place of a name, if it is a fine one: latitude, longitude, how likely."""
    best = max(_candidates(name), key=lambda c: (belief[c.number], -c.number), default=None)
    return (best.lat, best.lon, belief[best.number]) if best is not None and best.kind in FINE else None


def _nearness(candidate: Candidate, anchors: list[tuple[float, float, float]]) -> float:
    """What a candidate gains by lying near a place that another name means."""
    if candidate.kind not in FINE:
        return 0.0
    wide = KM * math.cos(math.radians(candidate.lat))
    best = 0.0
    for lat, lon, sure in anchors:
        away = math.hypot((lat - candidate.lat) * KM, (lon - candidate.lon) * wide)
        if away < 4 * NEAR_KM:
            best = max(best, sure * math.exp(-away / NEAR_KM))
    return NEAR * best


def _told(names: Mapping[str, _Name], beliefs: Mapping[str, Belief]) -> Counter[str]:
    """How many names are likeliest of each country ("" left out); names found by the same words count once."""
    best: dict[str, str] = {}
    for key, name in names.items():
        belief = beliefs[key]
        if belief:
            best[name.found.form] = max(_candidates(name), key=lambda c: (belief[c.number], -c.number)).country
    return Counter(country for country in best.values() if country)


def _chosen(at: int, name: _Name, scores: Mapping[int, float], told: Mapping[str, int]) -> Candidate | None:
    """The candidate of the highest score, None where there is none or only one that the text does not speak for."""

    def score(candidate: Candidate) -> tuple[float, int]:
        here = BESIDE if at in name.beside.get(candidate.number, ()) else 0.0
        return scores[candidate.number] + here, -candidate.number

    best = max(_candidates(name), key=score, default=None)
    if best is None:
        return None
    rare = len(name.found.candidates) <= FEW and told[best.country] > 1
    others = sum(told.values()) - told[best.country]
    return best if rare or others < FEW or score(best)[0] >= DOUBT else None


FAR = {"city": 0, "site": 0, "admin2": 0, "admin1": 300, "country": 5000}  # characters that a coarse kind is put off


def _unnamed(
    at: int, toponyms: Sequence[Toponym], chosen: Sequence[Candidate | None], gazetteer: Gazetteer
) -> Resolution:
    """A place near a name that has none of its own: the finest kind that is named, of those the nearest in the text."""
    here = toponyms[at]
    near: list[tuple[int, int, int]] = []
    for other, candidate in enumerate(chosen):
        if candidate is not None and candidate.country:
            there = toponyms[other]
            gap = max(there.start - here.end, here.start - there.end, 0)
            near.append((gap + FAR.get(candidate.kind, FAR["country"]), there.start, candidate.number))
    if not near:
        return Resolution(None, False, "no place of this name is known, and no other is named")
    number = min(near)[-1]
    return Resolution(
        gazetteer.place(number),
        False,
        f"no place of this name is known there; near {gazetteer.name(number)} in the text",
    )


def _why(at: int, chosen: Candidate, name: _Name, gazetteer: Gazetteer) -> str:
    """The reason in words."""
    candidates = _candidates(name)
    beside = name.beside.get(chosen.number)
    if beside:
        return f"named beside {gazetteer.name(beside.get(at, min(beside.values())))}"
    if name.found.part:
        return f"a part of the name is {gazetteer.name(chosen.number)}"
    if chosen.how == "demonym":
        return f"people or things of {gazetteer.name(chosen.number)}"
    if len(candidates) == 1:
        return "the only place of this name"
    greater = any(c.prior - PRICE[c.how] > chosen.prior - PRICE[chosen.how] for c in candidates)
    told = "the one that the other names of the text speak for" if greater else "the greatest"
    return f"of {len(name.found.candidates)} places of this name {told}"
