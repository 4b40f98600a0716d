"""Who "I", "we" and "our" are: the speaker of the quoted words that they stand in, of a transcript, of an address.

Knows trees, attributions and quoted stretches. A speaker is somebody public of a known state or body: what a witness
says "we" of is no state. "We" is coded as who says it, for the state or body the same.
"""

from dragoman.claims.lexicon import Lexicon
from dragoman.claims.likely_voice import Source, sources
from dragoman.claims.parties import PRIVATE, parties_at
from dragoman.claims.quotations import quotations
from dragoman.claims.tree import Tree
from dragoman.types import ActorKind, Cell, Kind, Mention, Party

FIRST = frozenset(("i", "me", "my", "we", "us", "our", "ours"))
ADDRESSES = frozenset(
    ("address", "statement", "speech", "remark", "remarks", "message", "letter", "greeting", "appeal")
)
SPEAKER = "pronoun:speaker"  # the normal form of such a mention
Named = tuple[Mention, Cell[Party]]


def first_persons(tree: Tree, lexicon: Lexicon) -> dict[int, Named]:
    """Token -> a mention with its party, for the first persons of a text whose speaker is known."""
    told = [at for at, token in enumerate(tree.tokens) if token.form.lower() in FIRST]
    if not told:
        return {}
    quoted = {at for quote in quotations(tree) for at in quote}
    known = [one for one in sources(tree, lexicon) if one.kind == "said"]
    labels, owner = _labels(tree), _owner(tree)
    found: dict[int, Named] = {}
    for at in told:
        party = _quoted(known, at) if at in quoted else _labelled(labels, at) or owner
        if party and _public(party):
            span = tree.span(at, at)
            mention = Mention(span, Kind.ACTOR, tree.tokens[at].form, normal=SPEAKER)
            found[at] = (mention, Cell(party, span, f"“{mention.words}” in the words of {party.name}"))
    return found


def _public(party: Party) -> bool:
    """Somebody who speaks for a state or a body of one; no outlet."""
    return party.code != "UNK" and party.kind is not ActorKind.OUTLET and party.sector not in ("", *PRIVATE)


def _quoted(known: list[Source], at: int) -> Party | None:
    """Who says the words that a token of a quotation stands in: of the narrowest attribution."""
    inside = [one for one in known if at in one.content]
    nearest = min(inside, key=lambda one: (len(one.content), one.cue), default=None)
    return nearest.speaker.party.value if nearest else None


def _labels(tree: Tree) -> list[tuple[int, Party]]:
    """(colon, speaker) where a person's name with a colon begins a turn of a transcript."""
    starts = {start for start, _ in tree.analysis.sentences}
    found = []
    for mention, cell in tree.grounded.actors:
        inside = tree.tokens_in(mention.span)
        colon = inside.stop < len(tree.tokens) and tree.tokens[inside.stop].form == ":"
        if cell.value and mention.name and colon and _begins(tree, inside.start, starts):
            found.append((inside.stop, cell.value))
    return found


def _begins(tree: Tree, at: int, starts: set[int]) -> bool:
    """True at the beginning of a sentence, or behind a full stop or a row of asterisks that ends none."""
    return at in starts or (at > 0 and tree.tokens[at - 1].form in (".", "*", "!", "?"))


def _labelled(labels: list[tuple[int, Party]], at: int) -> Party | None:
    """Whose turn of a transcript a token stands in."""
    return next((party for colon, party in reversed(labels) if colon < at), None)


def _owner(tree: Tree) -> Party | None:
    """Whose text it is: "Address by the President of Peru" in its first sentence."""
    start, end = tree.analysis.sentences[0] if tree.analysis.sentences else (0, 0)
    for at in range(start, end):
        if tree.lemma(at) in ADDRESSES and tree.tag(at) in ("NOUN", "PROPN"):
            givers = [kid for case, kid in tree.nominals(at) if case in ("by", "from")]
            party = next((one.party for kid in givers for one in parties_at(tree, kid) if one.party), None)
            if party:
                return party
    return None
