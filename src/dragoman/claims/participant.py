"""Whom the words of a participant name, an act's clause being given: the party read from its head, not from what
merely stands in the phrase.

Knows trees and grounded mentions. "Forty Chileans" are people, "Peru" in "Peru's Dina Boluarte" is the state, "ports
that dodge a ban on Belarus" are nobody's; of which state "the marchers" are is left to whoever weighs what the text
suggests (:mod:`dragoman.claims.likely_party`). For whoever has an act's words already; extractors read trees.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.claims.tree import Tree
from dragoman.knowledge import Knowledge
from dragoman.types import ActorKind, Cell, Mention, Party, Span

UNKNOWN = "UNK"
# Nouns that only count what their "of"-phrase names: "scores of Chileans", "a handful of senators"
COUNTING = frozenset(
    [
        *("dozen", "hundred", "thousand", "million", "score", "number", "majority", "minority", "group", "handful"),
        *("lot", "couple", "half", "quarter", "third", "rest", "member", "part", "most", "many", "some", "several"),
        *("both", "all", "one", "two", "three", "four", "five", "more", "few", "series", "crowd", "team", "pair"),
        "list",
    ]
)
POSSESSIVES = ("'s", "’s", "'", "’")
NOUNS = ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "X")


@dataclass(frozen=True, slots=True)
class Told:
    """A participant's words as read.

    ``form`` is what its head is ("name", "state", "demonym", "people", "role", "body", "pronoun", "noun" or ""),
    ``head`` its lemma, ``owner`` the code of the state its modifiers name ("" if none).
    """

    party: Party | None
    form: str
    head: str
    owner: str = ""
    counted: bool = False
    reason: str = ""


def read(tree: Tree, words: Span, tables: Knowledge) -> Told:
    """The party that words name by themselves and their mentions; None where the tables know nobody so named."""
    inside = _trimmed(tree, tree.tokens_in(words))
    if not inside:
        return Told(None, "", "", reason="no words")
    at, counted = _head(tree, inside)
    named = _named_at_end(tree, inside)
    pair = named or tree.actor_at.get(at)
    owner = _owner(tree, inside, at)
    if pair is None or pair[1].value is None:
        held = _in_phrase(tree, inside, at)
        if held:
            return Told(held[1].value, "name", tree.lemma(at), owner, counted, held[1].reason)
        return Told(None, "noun", tree.lemma(at), owner, counted, "a noun that the tables do not know")
    mention, cell = pair
    party = cell.value
    assert party is not None
    span = tree.tokens_in(mention.span)
    if span.stop > inside.stop and mention.of and _only_owner(tree, inside, mention):
        owned = _owner_party(tree, mention, inside, tables)
        if owned:
            return Told(
                owned,
                "state",
                tree.lemma(at),
                owned.code,
                counted,
                "the state or body itself, whose officer is named beside it",
            )
    form = _form(tree, at, mention, party)
    if form == "people":
        party = _people(tree, at, party)
    return Told(party, form, tree.lemma(at), owner, counted, cell.reason)


def _named_at_end(tree: Tree, inside: range) -> tuple[Mention, Cell[Party]] | None:
    """The person whose name ends the words: "Harbour Commissioner Ana Ruiz"."""
    pair = tree.actor_at.get(inside.stop - 1)
    if pair is None or not pair[0].name or pair[1].value is None or pair[1].value.kind is not ActorKind.PERSON:
        return None
    span = tree.tokens_in(pair[0].span)
    possessive = any(tree.tokens[at].form in POSSESSIVES for at in range(inside.start, span.stop))
    return pair if span.stop == inside.stop and not possessive else None


def _trimmed(tree: Tree, inside: range) -> range:
    """Without articles, punctuation and prepositions at the beginning, punctuation and possessives at the end."""
    first, last = inside.start, inside.stop
    while first < last and tree.tag(first) in ("DET", "PUNCT", "ADP", "CCONJ"):
        first += 1
    while last > first and (tree.tag(last - 1) == "PUNCT" or tree.tokens[last - 1].form in POSSESSIVES):
        last -= 1
    return range(first, last)


def _head(tree: Tree, inside: range) -> tuple[int, bool]:
    """The word the others hang on, and whether a number or a counting noun stands before it."""
    tops = [at for at in inside if tree.head(at) not in inside]
    at = next((one for one in tops if tree.tag(one) in NOUNS), tops[0] if tops else inside.start)
    counted = any(tree.tag(one) == "NUM" for one in inside if one < at)
    for _ in range(3):
        under = [kid for case, kid in tree.nominals(at) if case == "of" and kid in inside]
        if not (under and tree.lemma(at).rstrip("s") in COUNTING) or (
            at in tree.actor_at and tree.actor_at[at][1].value
        ):
            break
        at, counted = under[0], True
    return at, counted


def _owner(tree: Tree, inside: range, at: int) -> str:
    """The code of the state or body that modifies a head within the words: "Chilean miners", "men of Chile"."""
    kids = [kid for kid in tree.owners(at) if kid in inside]
    kids += [kid for case, kid in tree.nominals(at) if case in ("of", "from", "in") and kid in inside]
    for kid in kids:
        pair = tree.actor_at.get(kid)
        if pair and pair[1].value and pair[1].value.code != UNKNOWN and not _spans(tree, pair[0], at):
            return pair[1].value.code
        place = tree.place_at.get(kid)
        if place and place[1].value and place[1].value.country:
            return place[1].value.country
    return ""


def _spans(tree: Tree, mention: Mention, at: int) -> bool:
    return at in tree.tokens_in(mention.span)


def _in_phrase(tree: Tree, inside: range, at: int) -> tuple[Mention, Cell[Party]] | None:
    """A named person or body that a phrase with an unknown head holds in apposition ("the hotelier John Smith")."""
    for kid in (*tree.children(at, "appos", "flat"), *_same_phrase(tree, inside, at)):
        pair = tree.actor_at.get(kid)
        if pair and pair[1].value and pair[0].name:
            return pair
    return None


def _same_phrase(tree: Tree, inside: range, at: int) -> Iterator[int]:
    for here in range(at + 1, inside.stop):
        if tree.tag(here) not in ("PROPN", "PUNCT"):
            return
        yield here


def _only_owner(tree: Tree, inside: range, mention: Mention) -> bool:
    """True where the words are no more than the owner of a longer mention."""
    said = " ".join(tree.tokens[at].form for at in inside)
    return said in mention.of or (mention.of in said and len(said) < len(mention.of) + 4)


def _owner_party(tree: Tree, mention: Mention, inside: range, tables: Knowledge) -> Party | None:
    """The state or body that the owner's words name: by another mention of them, the tables, or a place in it."""
    for other, cell in tree.grounded.actors:
        if cell.value and other is not mention and other.words == mention.of and not other.title:
            return cell.value
    keys = [one.key for one in tables.entries(mention.of) if one.kind in ("actor", "demonym")]
    if keys:
        return tables.party(keys[0], tree.grounded.anchor.start)
    place = next((tree.place_at[at] for at in inside if at in tree.place_at), None)
    if place and place[1].value and place[1].value.country:
        return Party(place[1].value.country, place[1].value.name, ActorKind.STATE, place[1].value.country, "GOV")
    return None


def _form(tree: Tree, at: int, mention: Mention, party: Party) -> str:
    """What the head of a participant's words is."""
    if mention.normal.startswith("pronoun:"):
        return "pronoun"
    if mention.name:
        return "name"
    if mention.title:
        return "role" if mention.plural or party.kind in (ActorKind.OFFICE, ActorKind.GROUP) else "body"
    if party.kind is not ActorKind.STATE:
        return "body"
    return "state" if at in tree.place_at else _of_demonym(tree, mention, party)


def _of_demonym(tree: Tree, mention: Mention, party: Party) -> str:
    """Whether a state is named by its name, an adjective, or the plural of its people."""
    last = tree.tokens[tree.tokens_in(mention.span).stop - 1]
    if last.form in party.name:
        return "state"
    if last.form.endswith(("s", "ese", "ish")) and last.tag.startswith(("NOUN:NNS", "PROPN")):
        plural = last.form.endswith("s") and "." not in last.form and not last.form.isupper()
        return "people" if plural else "demonym"
    return "state" if last.tag.startswith("PROPN") else "demonym"


def _people(tree: Tree, at: int, party: Party) -> Party:
    """The people of a state, named by its demonym."""
    words = tree.tokens[at].form
    return replace(party, id=f"{party.code}/people", name=words, kind=ActorKind.GROUP, sector="CVL")
