"""Where an act most likely took place, its rules' place being given: that place, or another of the text.

The rules (:mod:`dragoman.claims.when_where`) know place words and whose ground acts of a type are on; coded reports
show when neither holds: aid "to Ghana" is given there, and an attack on one state's troops may be in another.
Weighs the countries of the sentence and of the sides, and none of them, by weights learned from acts of the coder
(train/scenes.py, data/scenes.json). For whoever has an act's words already.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman import ranking
from dragoman.claims.found import Found
from dragoman.claims.likely_place import NOWHERE, Where, candidates
from dragoman.claims.tree import Tree
from dragoman.types import Act, ActorKind, Cell, Party, Place, Precision, Role, Status

TABLE = "scenes"
SURE = 0.6  # the share from which another place than the rules' is believed, by topics left out (train/LOG.md)
AFAR = "phone"  # the mode of calls
RECEIVING = (Role.RECIPIENT, Role.HOST)
# Features of a country that are told apart by the type of the act as well: the prepositions before it
BY_TYPE = ("in", "at", "near", "on", "to", "none", "from", "place", "state")


@dataclass(frozen=True, slots=True)
class Scene:
    """A country ("" for none) where an act may have taken place, what speaks for it, and the place words if any."""

    country: str
    features: tuple[str, ...]
    cell: Cell[Place] | None = None


def settled(tree: Tree, found: Found, act: Act, inside: range, title: bool) -> Act:
    """The act with the likeliest place. ``inside``: the words of its clause; ``title``: whether they are the title's.

    Calls and tours have none, and what the rules place stays placed: that no scene is told is seldom right then.
    """
    hosts = {one.party.value.code for one in act.participations if one.role is Role.HOST and one.party.value}
    if AFAR in act.modes or len(hosts) > 1:
        return act
    listed = scenes(tree, found, act, inside, title)
    best = ranking.choose(ranking.load(TABLE)["scene"], [one.features for one in listed])
    scene = listed[best.index]
    if scene.country in ("", _country(act)) or (act.place.value and best.probability < SURE):
        return act
    why = f"{ranking.why(best)}, not what the rules say: {_rule(act)}"
    if scene.cell and scene.cell.value:
        return replace(act, place=Cell(scene.cell.value, scene.cell.span, f"named in its text: {why}"))
    return replace(act, place=Cell(_state(tree, act, scene.country), reason=f"no place words: {why}"))


def _rule(act: Act) -> str:
    return act.place.value.name if act.place.value else act.place.reason


def _country(act: Act) -> str:
    return act.place.value.country if act.place.value else ""


def _state(tree: Tree, act: Act, code: str) -> Place:
    """A state by its code, called as one of the parties of the text is."""
    parties = [one.party.value for one in act.participations] + [cell.value for _, cell in tree.grounded.actors]
    named = (one.name for one in parties if one and one.code == code and one.kind is ActorKind.STATE)
    return Place(next(named, code), code, precision=Precision.COUNTRY)


def scenes(tree: Tree, found: Found, act: Act, inside: range, title: bool) -> list[Scene]:
    """No country, then those of its sentence, its sides and the rules, each with what speaks for it."""
    sides = {
        receiving: [
            one.party.value for one in act.participations if one.party.value and (one.role in RECEIVING) == receiving
        ]
        for receiving in (False, True)
    }
    hosts = {one.party.value.code for one in act.participations if one.role is Role.HOST and one.party.value}
    told = candidates(tree, found.at, inside, actors=sides[False], recipients=sides[True])
    # Behind a country of another sentence there are more wrong scenes than right ones in long texts (train/LOG.md)
    near = _codes([*sides[False], *sides[True]]) | _named_beside(tree, found.at)
    told = [one for one in told if one.country != NOWHERE and one.country in near]
    ruled = _country(act)
    if ruled and ruled not in {one.country for one in told}:
        told = sorted([*told, Where(ruled, ())], key=lambda one: one.country)
    how = _how(act)
    nowhere = (f"none {one}" for one in _nowhere(tree, found, act, title=title, many=len(told), hosts=len(hosts)))
    listed = [Scene("", ("none", *nowhere))]
    for one in told:
        codes = (
            "actor " * (one.country in _codes(sides[False])) + "recipient " * (one.country in _codes(sides[True]))
        ) + "host" * (one.country in hosts)
        shown = [*one.features, *_typed(act, one.features), *_sided(act, codes, how)]
        if len(_codes(sides[False])) == 1 and not sides[True]:
            shown.append(f"only side {one.country in _codes(sides[False])} {act.type}")
        if one.country == ruled:
            shown += _ruled(tree, found, act, how)
        listed.append(Scene(one.country, tuple(shown), one.cell))
    return listed


def _named_beside(tree: Tree, at: int) -> set[str]:
    """The countries that a word's sentence names."""
    codes = [(one.span, cell.value.code) for one, cell in tree.grounded.actors if cell.value]
    codes += [(one.span, cell.value.country) for one, cell in tree.grounded.places if cell.value]
    here = range(*tree.analysis.sentences[tree.sentence_of[at]])
    return {code for span, code in codes if (words := tree.tokens_in(span)) and words.start in here}


def _codes(parties: Sequence[Party]) -> set[str]:
    return {one.code for one in parties}


def _how(act: Act) -> str:
    """How the rules came by the place: by words, by a side or its type, or not at all."""
    if act.place.value:
        return f"{'words' if act.place.span else 'implied'} {act.place.value.precision.value}"
    return "no scene" if "scene" in act.place.reason else "no words"


def _modes(act: Act) -> str:
    return " ".join(act.modes) or "-"


def _status(act: Act) -> str:
    return (act.status.value or Status.HAPPENED).value


def _nowhere(tree: Tree, found: Found, act: Act, *, title: bool, many: int, hosts: int) -> Iterator[str]:
    """What speaks for and against an act's having no scene."""
    kind, status = act.type, _status(act)
    how = _how(act)
    yield from (kind, f"{kind} {_modes(act)}", status, f"{kind} {status}")
    yield from (how, f"{kind} {how.rsplit(' ', 1)[0]}")
    yield from (f"title {title}", f"{kind} title {title}", f"{tree.tag(found.at)} title {title}")
    yield f"lemma {tree.lemma(found.at)}"
    yield f"sentence {min(tree.sentence_of[found.at], 4)}"
    yield f"{kind} network {found.trigger.id == 'network'}"
    yield f"{kind} hosts {min(hosts, 2)}"
    yield f"countries {min(many, 4)}"


def _typed(act: Act, features: Sequence[str]) -> Iterator[str]:
    return (f"{act.type} {one}" for one in features if one.split(" ")[0] in BY_TYPE)


def _sided(act: Act, codes: str, how: str) -> Iterator[str]:
    side = f"side {codes}"
    yield from (f"{side} {act.type}", f"{side} {act.type} {_modes(act)}")
    yield from (f"{side} {how.rsplit(' ', 1)[0]}", f"{side} {act.type} {_status(act)}")


def _ruled(tree: Tree, found: Found, act: Act, how: str) -> Iterator[str]:
    """What speaks for the country of the rules."""
    kind = act.type
    yield from ("rule", f"rule {how}", f"rule {how.rsplit(' ', 1)[0]} {_status(act)}", f"rule {tree.lemma(found.at)}")
    yield from (f"rule {kind}", f"rule {kind} {_modes(act)}", f"rule {kind} {how.rsplit(' ', 1)[0]}")
