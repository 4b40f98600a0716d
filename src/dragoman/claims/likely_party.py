"""Of which state and sector a participant most likely is, its words and act being given: "protesters", "its forces".

Knows trees and grounded mentions; weighs the states that the text names by weights learned from coded reports
(train/likely.py). For whoever has an act's words already: in the coder it finds no more acts (decision 0012).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from dragoman import ranking
from dragoman.claims.participant import UNKNOWN, Told
from dragoman.claims.tree import Tree
from dragoman.types import Mention, Party, Span

SECTORS = (
    *("GOV", "MIL", "COP", "JUD", "LEG", "OPP", "PTY", "REB", "PRM", "SPY", "UAF", "CVL", "BUS", "JRN", "REF"),
    *("REL", "EDU", "LAB", "MED", "NGO", "ELI", "CRM", "UNK"),
)
# PLOVER's codes of no single state that a group or body without a name in the tables may have
BODIES = ("IMG", "IGO", "NGO", "MNC", "EUR", "UNO")


def states(
    tree: Tree, told: Told, words: Span, *, at: int, role: str, home: str = ""
) -> list[tuple[str, tuple[str, ...]]]:
    """(code, what speaks for it) of every state a participant may be of; its own by the tables among them."""
    found: dict[str, list[str]] = {}
    for code, feature in (*_by_itself(told, home), *_by_text(tree, words), *_by_sentence(tree, words, at, role)):
        forms = (feature, f"{feature} {told.form}", f"{feature} {told.form} {_title(told)}")
        found.setdefault(code, []).extend(forms)
    return [(code, tuple(sorted(set(features)))) for code, features in sorted(found.items())]


def _by_itself(told: Told, home: str) -> Iterator[tuple[str, str]]:
    """What its own words say of its state, and the outlet's."""
    own = told.party.code if told.party else UNKNOWN
    yield own, "own" if own != UNKNOWN else "own unknown"
    yield own, f"own {own if own in (UNKNOWN, *BODIES) else 'state'}"
    if told.owner:
        yield told.owner, "owner"
    yield UNKNOWN, "unknown"
    yield UNKNOWN, f"head {told.head}"
    if told.form in ("role", "body", "noun", "people", "name"):
        for code in BODIES:
            yield code, f"body {code}"
            yield code, f"head {code} {told.head}"
    if home:
        yield home, "home"


def _others(tree: Tree, words: Span) -> list[tuple[Mention, str]]:
    """The mentions outside a participant's words whose state is known, with it."""
    return [
        (mention, cell.value.code)
        for mention, cell in tree.grounded.actors
        if cell.value and cell.value.code not in (UNKNOWN, "") and not words.start <= mention.span.start < words.end
    ]


def _by_text(tree: Tree, words: Span) -> Iterator[tuple[str, str]]:
    """How often and where the text names states."""
    others = _others(tree, words)
    counted = Counter(code for _, code in others)
    ranked = [code for code, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]
    for rank, code in enumerate(ranked[:4]):
        tie = rank == 0 and len(ranked) > 1 and counted[ranked[1]] == counted[code]
        yield code, f"most {rank}{' tied' if tie else ''}"
        yield code, f"share {4 * counted[code] // len(others)}"
    left = [code for mention, code in others if mention.span.end <= words.start]
    right = [code for mention, code in others if mention.span.start >= words.end]
    yield from ((code, "last before") for code in left[-1:])
    yield from ((code, "first after") for code in right[:1])
    yield from ((code, "first") for _, code in others[:1])


def _by_sentence(tree: Tree, words: Span, at: int, role: str) -> Iterator[tuple[str, str]]:
    """The states named beside the act, by how they hang there, and the places of the text."""
    sentence = tree.sentence_of[at] if at >= 0 else 0
    for mention, code in _others(tree, words):
        here = tree.tokens_in(mention.span)
        if here and tree.sentence_of[here.start] == sentence:
            relation = tree.relation(tree.top_of.get(here.start, here.start)).split(":")[0]
            yield code, f"beside {relation} {role}"
            if at >= 0:
                yield code, f"act {tree.lemma(at)} {role} {relation}"
    for mention, place in tree.grounded.places:
        if place.value and place.value.country:
            here = tree.tokens_in(mention.span)
            near = bool(here) and tree.sentence_of[here.start] == sentence
            case = tree.case(tree.top_of.get(here.start, here.start)) if here else ""
            yield place.value.country, "place"
            yield place.value.country, f"place {case} {near}"
            yield place.value.country, f"place {place.value.precision.value} {near}"


def _title(told: Told) -> str:
    return told.party.title if told.party and told.party.title and told.form in ("role", "body") else told.head


def sectors(tree: Tree, told: Told, at: int, role: str, words: str) -> list[tuple[str, tuple[str, ...]]]:
    """(sector, what speaks for it) of every sector a participant may be of."""
    shown = tuple(_shown(tree, told, at, role, words))
    return [(sector, tuple(f"{sector} {one}" for one in shown)) for sector in SECTORS]


def _shown(tree: Tree, told: Told, at: int, role: str, words: str) -> Iterator[str]:
    own = (told.party.sector if told.party else "") or "none"
    act = tree.lemma(at) if at >= 0 else "-"
    title = told.party.title if told.party else ""
    kind = told.party.kind.value if told.party else "-"
    yield "always"
    yield f"own {own}"
    yield f"own {own} {told.form} {kind}"
    yield f"own {own} {title}"
    yield f"form {told.form} {role}"
    yield f"head {told.head}"
    if told.form in ("state", "demonym", "people", "noun", ""):
        yield f"act {act} {role} {told.form if told.form == 'state' else 'other'}"
        yield f"act {act} {role}"
        if told.form == "state":
            yield f"state {act}"
    if told.counted:
        yield f"counted {told.form}"
    if told.party and told.party.kind.value in ("state", "body"):
        yield f"actor {told.party.id}"
    for word in words.lower().split()[:8]:
        yield f"word {word.strip('’,.')}"
    if len(told.party.code if told.party else "") == 3:
        yield f"code {told.party.code if told.party else ''} {own}"


def settle(told: Told, code: str, sector: str) -> Party | None:
    """The participant of that state and sector; None where its words name nobody."""
    if told.party is None:
        return None
    return replace(told.party, code=code, sector=sector)


def likely(tree: Tree, told: Told, words: Span, *, at: int, role: str, home: str = "") -> tuple[str, str]:
    """The likeliest (state, sector) of a participant."""
    weights = ranking.load()
    codes = states(tree, told, words, at=at, role=role, home=home)
    code = codes[ranking.choose(weights["state"], [one for _, one in codes]).index][0]
    text = tree.analysis.text.content[words.start : words.end]
    kinds = sectors(tree, told, at, role, text)
    return code, kinds[ranking.choose(weights["sector"], [one for _, one in kinds]).index][0]
