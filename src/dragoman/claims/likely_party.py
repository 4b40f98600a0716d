"""Of which state and sector a participant most likely is, its words and its act being given: "the protesters", "its forces".

Knows trees and grounded mentions; weighs the states that the text names by weights learned from coded reports
(train/likely.py). What the tables know by name keeps its state.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman import ranking
from dragoman.claims.participant import UNKNOWN, Told
from dragoman.claims.tree import Tree
from dragoman.types import Party, Span

SECTORS = (
    *("GOV", "MIL", "COP", "JUD", "LEG", "OPP", "PTY", "REB", "PRM", "SPY", "UAF", "CVL", "BUS", "JRN", "REF"),
    *("REL", "EDU", "LAB", "MED", "NGO", "ELI", "CRM", "UNK"),
)
SEVERAL = "IMG"  # PLOVER's code of a group of states without a name of its own


def states(
    tree: Tree, told: Told, words: Span, at: int, role: str, home: str
) -> list[tuple[str, tuple[str, ...]]]:
    """(code, what speaks for it) of every state a participant may be of; its own by the tables among them."""
    own = told.party.code if told.party else UNKNOWN
    found: dict[str, list[str]] = {}

    def tell(code: str, *features: str) -> None:
        for one in features:
            found.setdefault(code, []).extend((one, f"{one} {told.form}", f"{one} {told.form} {_title(told)}"))

    tell(own, "own" if own != UNKNOWN else "own unknown", f"own {own if len(own) > 0 and own in ('UNK', 'IMG', 'IGO', 'UNO', 'EUR', 'NGO', 'MNC') else 'state'}")
    if told.owner:
        tell(told.owner, "owner")
    tell(UNKNOWN, "unknown", f"head {told.head}")
    if told.form in ("role", "body", "noun", "people"):
        tell(SEVERAL, "several", f"head {told.head}")
    before = [
        (mention, cell.value.code) for mention, cell in tree.grounded.actors
        if cell.value and cell.value.code not in (UNKNOWN, "")
        and not (words.start <= mention.span.start < words.end)
    ]
    counted = Counter(code for _, code in before)
    ranked = [code for code, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]
    for rank, code in enumerate(ranked[:4]):
        tie = rank == 0 and len(ranked) > 1 and counted[ranked[1]] == counted[code]
        tell(code, f"most {rank}{' tied' if tie else ''}", f"share {4 * counted[code] // max(len(before), 1)}")
    left = [code for mention, code in before if mention.span.end <= words.start]
    right = [code for mention, code in before if mention.span.start >= words.end]
    if left:
        tell(left[-1], "last before")
    if right:
        tell(right[0], "first after")
    if before:
        tell(before[0][1], "first")
    sentence = tree.sentence_of[at] if at >= 0 else 0
    for mention, code in before:
        here = tree.tokens_in(mention.span)
        if here and tree.sentence_of[here.start] == sentence:
            relation = tree.relation(tree.top_of.get(here.start, here.start))
            tell(code, f"beside {relation.split(':')[0]} {role}")
    if home:
        tell(home, "home")
    for _, cell in tree.grounded.places:
        if cell.value and cell.value.country:
            tell(cell.value.country, "place")
    return [(code, tuple(sorted(set(features)))) for code, features in sorted(found.items())]


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


def likely(
    tree: Tree, told: Told, words: Span, at: int, role: str, home: str
) -> tuple[str, str]:
    """The likeliest (state, sector) of a participant."""
    weights = ranking.load()
    codes = states(tree, told, words, at, role, home)
    code = codes[ranking.choose(weights["state"], [one for _, one in codes]).index][0]
    text = tree.analysis.text.content[words.start : words.end]
    kinds = sectors(tree, told, at, role, text)
    return code, kinds[ranking.choose(weights["sector"], [one for _, one in kinds]).index][0]


def told_words(parties: Sequence[Party]) -> str:
    """Names of parties, for reasons."""
    return ", ".join(one.name for one in parties)
