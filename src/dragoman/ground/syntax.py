"""What grounding reads off a text's trees: subjects, sentences, and whose nouns are."""

from dataclasses import dataclass

from dragoman.types import Analysis, Mention, Token

SENDING = ("send", "dispatch", "appoint", "name", "deploy")  # whoever does it has those whom it is done to


@dataclass(frozen=True, slots=True)
class Syntax:
    """What grounding needs of a text's trees: where its subjects (start, end) and its sentences (start) are, and whose
    nouns are (start of the noun, start of the owner's or sender's noun).
    """

    subjects: tuple[tuple[int, int], ...] = ()
    sentences: tuple[int, ...] = ()
    owned: tuple[tuple[int, int], ...] = ()

    def is_subject(self, mention: Mention) -> bool:
        """True when a word of the mention is a clause's subject."""
        first, last = mention.span.start, mention.span.end
        return bool(self.subjects) and any(start < last and first < end for start, end in self.subjects)

    def owner(self, mention: Mention) -> int:
        """Where the noun stands of whoever owns or sends the one mentioned, -1 for none."""
        first, last = mention.span.start, mention.span.end
        found = [owner for at, owner in self.owned if first <= at < last and not first <= owner < last]
        return found[0] if found else -1

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
    )


def _wanting(tokens: tuple[Token, ...], at: int) -> int:
    """The verb whose subject a verb has: "plans to send"."""
    while tokens[at].relation == "xcomp" and tokens[at].head >= 0:
        at = tokens[at].head
    return at
