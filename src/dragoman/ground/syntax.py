"""What grounding reads off a text's trees: subjects, sentences, and whose nouns are."""

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.types import Analysis, Mention, Token

LEADING = ("leader", "president", "premier")  # nouns for those who lead a state
SENDING = ("send", "dispatch", "appoint", "name", "deploy")  # whoever does it has those whom it is done to


@dataclass(frozen=True, slots=True)
class Syntax:
    """What grounding needs of a text's trees: where its subjects (start, end) and its sentences (start) are, and whose
    nouns are (start of the noun, start of the owner's or sender's noun); ``led``: where the names stand whose leaders
    are meant (start of the name, the noun in the singular): "the leaders of Chad and Niger".
    """

    subjects: tuple[tuple[int, int], ...] = ()
    sentences: tuple[int, ...] = ()
    owned: tuple[tuple[int, int], ...] = ()
    led: tuple[tuple[int, str], ...] = ()

    def is_subject(self, mention: Mention) -> bool:
        """True when a word of the mention is a clause's subject."""
        first, last = mention.span.start, mention.span.end
        return bool(self.subjects) and any(start < last and first < end for start, end in self.subjects)

    def owner(self, mention: Mention) -> int:
        """Where the noun stands of whoever owns or sends the one mentioned, -1 for none."""
        first, last = mention.span.start, mention.span.end
        found = [owner for at, owner in self.owned if first <= at < last and not first <= owner < last]
        return found[0] if found else -1

    def led_by(self, mention: Mention) -> str:
        """The noun for those who lead what is mentioned ("leader", "president"), "" where it is meant itself."""
        first, last = mention.span.start, mention.span.end
        return next((noun for at, noun in self.led if first <= at < last), "")

    def sentence_start(self, at: int) -> int:
        """Where the sentence of a code point begins."""
        return max((start for start in self.sentences if start <= at), default=0)


NO_TREES = Syntax()
"""Of a text of which nothing was read."""


def of_trees(analysis: Analysis) -> Syntax:
    """Where the subjects and the sentences of a text are, and whose its nouns are."""
    tokens = analysis.tokens
    subjects = [token for token in tokens if token.relation.startswith("nsubj")]
    doers = {token.head: token for token in reversed(subjects)}
    owners = {token.head: token for token in reversed(tokens) if token.relation == "nmod:poss"}
    owned = []
    for token in tokens:
        if token.relation == "nmod:poss" and token.head >= 0:
            owned.append((tokens[token.head].start, token.start))
        elif token.relation == "obj" and token.head >= 0 and tokens[token.head].lemma in SENDING:
            verb = _wanting(tokens, token.head)
            planned = tokens[verb].head if tokens[verb].relation == "acl" else -1  # "Chad's plan to send an envoy"
            sender = doers.get(verb) or owners.get(planned)
            owned += [(token.start, sender.start)] if sender else []
    return Syntax(
        tuple((token.start, token.end) for token in subjects),
        tuple(tokens[start].start for start, _ in analysis.sentences),
        tuple(owned),
        tuple(_led(tokens)),
    )


def _led(tokens: tuple[Token, ...]) -> Iterator[tuple[int, str]]:
    """The names behind "leaders of" and "presidents of", each with the noun."""
    cased = {token.head for token in tokens if token.relation == "case" and token.lemma == "of"}
    named = {at: tokens[token.head].lemma for at, token in enumerate(tokens) if at in cased and _leads(tokens, token)}
    for at, token in enumerate(tokens):
        noun = named.get(at) or (named.get(token.head, "") if token.relation == "conj" else "")
        if noun:
            yield token.start, noun


def _leads(tokens: tuple[Token, ...], token: Token) -> bool:
    head = tokens[token.head] if token.relation == "nmod" and token.head >= 0 else None
    return head is not None and head.lemma in LEADING and head.form.endswith("s")


def _wanting(tokens: tuple[Token, ...], at: int) -> int:
    """The verb whose subject a verb has: "plans to send"."""
    while tokens[at].relation == "xcomp" and tokens[at].head >= 0:
        at = tokens[at].head
    return at
