"""Verbs that attribute: source, cue and content around one ("X said that C", "C, X said", "X promised to C").

Knows trees, quoted stretches and the attributing words. Nouns, adjectives and phrases are in :mod:`cue_nouns`.
"""

from dataclasses import dataclass, field

from dragoman.claims.attributing import ADJECTIVE, LIGHT, NOUN, VERB, Attributing, Words
from dragoman.claims.tree import SUBJECTS, Tree

AUXILIARIES = ("aux", "aux:pass", "cop")
EDGES = (",", ";", ":", ".", "–", "—", "--", "-", "(", ")", "[", "]", "…", "...", "?", "!")
EXPLETIVES = ("it", "there")
NO_CUE = ("to", "that", "whether", "if", "as")  # they begin the content
# What hangs on a noun that is a predicate, or in front of a subject, and names no source
NO_SOURCE = ("nsubj", "nsubj:pass", "cop", "aux", "parataxis", "advcl", "discourse", "mark", "case")
NO_ADVERB = ("when", "where", "why", "how", "as", "so")


@dataclass(slots=True)
class Found:
    """An attribution as sets of tokens; ``at`` is the word that its cue is built on."""

    kind: str
    at: int
    source: set[int] = field(default_factory=set)
    cue: set[int] = field(default_factory=set)
    content: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Reader:
    """A tree with the attributing words and its quoted stretches."""

    tree: Tree
    words: Words
    quotes: tuple[range, ...]

    def word(self, pos: str, at: int) -> Attributing | None:
        """What the table says of a token's lemma as this part of speech."""
        return self.words.get((pos, self.tree.lemma(at)))


def verb(reader: Reader, at: int) -> Found | None:
    """A verb with what it takes; None for one that takes nothing here, and for a light verb whose noun is the cue."""
    tree, word = reader.tree, reader.word(VERB, at)
    if word is None or not _tells(reader, at):
        return None
    found = Found(word.kind, at)
    heads = _complements(reader, at, word)
    found.cue = group(reader, at) | leading_cases(tree, at, heads)
    for head in heads:
        found.content |= _with_that(tree, set(tree.below(head)), at)
    host = _host(tree, at) if not heads and "clause" in word.takes else -1
    if host >= 0:
        found.content = set(tree.below(host)) - set(tree.below(at))
    source = source_of(tree, at)
    if source >= 0:
        found.source = phrase(tree, source, at)
    about = _told_of(tree, at, word) if host < 0 and (heads or "obj" in word.takes) else -1
    if about >= 0 and about != source:
        found.content |= phrase(tree, about, at)
    if not found.content and word.takes.isdisjoint(("clause", "quote")):
        return None
    return found if found.source or tree.passive(at) or tree.children(at, "ccomp") else None


def _tells(reader: Reader, at: int) -> bool:
    """False for a verb that only describes a noun, is light, or is half of "was quoted as saying C"."""
    tree = reader.tree
    if tree.relation(at) in ("amod", "compound", "case", "fixed"):
        return False
    if tree.relation(at) == "acl" and "to" in marks(tree, at):
        return False  # "a way to say C": nobody's words
    if any("as" in marks(tree, kid) and reader.word(VERB, kid) for kid in tree.children(at, "advcl")):
        return not tree.passive(at)
    light = (LIGHT, tree.lemma(at)) in reader.words
    return not (light and any((NOUN, tree.lemma(kid)) in reader.words for kid in tree.children(at, "obj")))


def _told_of(tree: Tree, at: int, word: Attributing) -> int:
    """The word above or before a verb that its content is about: a passive's subject, the head of "aid they sought"."""
    relation, head = tree.relation(at), tree.head(at)
    if tree.passive(at):
        if "addressee" in word.takes:
            return -1
        subject = own_subject(tree, at) if relation not in ("acl", "advcl") else -1
        subject = head if relation == "acl" else subject
        return -1 if subject < 0 or tree.lemma(subject) in EXPLETIVES else subject
    gap = relation == "acl:relcl" and not tree.children(at, "obj", "iobj", "ccomp", "xcomp", "obl")
    return head if gap and own_subject(tree, at) > head else -1


def _complements(reader: Reader, at: int, word: Attributing) -> list[int]:
    """The words under which a verb's content stands: its clause, else its object, infinitive and prepositions."""
    tree, takes = reader.tree, word.takes
    if "clause" in takes and (clauses := _clauses(tree, at)):
        return clauses
    infinitives = [kid for kid in tree.children(at, "xcomp", "advcl") if _taken(tree, kid, takes)]
    if "clause" in takes and tree.passive(at):
        infinitives += [kid for kid in tree.children(at, "xcomp") if "to" in marks(tree, kid)]  # "is said to be"
    phrases = [kid for case, kid in tree.nominals(at) if case.split(" ")[0] in takes and kid not in tree.time_at]
    gerunds = [kid for kid in tree.children(at, "advcl") if not takes.isdisjoint(marks(tree, kid))]
    rest = [*infinitives, *phrases, *gerunds]
    told = "addressee" in takes and rest and not infinitives
    objects = tree.children(at, "obj", "iobj") if ("obj" in takes or rest) and not told else []
    return sorted({*objects, *rest})


def _clauses(tree: Tree, at: int) -> list[int]:
    """The clauses that a verb of saying takes, also one hung on the noun of "said in a statement that C"."""
    own = tree.children(at, "ccomp")
    if tree.passive(at):
        own += tree.children(at, "csubj", "csubj:pass")  # "it was reported that C"
    beside = (kid for noun in tree.children(at, "obl") for kid in tree.children(noun, "acl", "ccomp"))
    return own or [kid for kid in beside if "that" in marks(tree, kid)]


def _with_that(tree: Tree, content: set[int], cue: int) -> set[int]:
    """A clause with the "that" before it, wherever that was hung."""
    before = min(content) - 1
    return content | {before} if before > cue and tree.lemma(before) == "that" else content


def marks(tree: Tree, at: int) -> list[str]:
    """The conjunctions and prepositions of a word."""
    return [tree.lemma(kid) for kid in tree.children(at, "mark", "case")]


def _taken(tree: Tree, at: int, takes: frozenset[str]) -> bool:
    """True for an infinitive, gerund or predicate that a word with these complements takes."""
    marked = "to" in marks(tree, at)
    if tree.relation(at) == "advcl":  # "called on X to"
        return marked and "inf" in takes and not takes.isdisjoint(("on", "for", "to")) and tree.form_of_verb(at) == "VB"
    if marked:
        return "inf" in takes or "predicate" in takes
    return not takes.isdisjoint(("predicate", "obj", "inf"))


def leading_cases(tree: Tree, at: int, heads: list[int]) -> set[int]:
    """The prepositions that belong to the cue ("called for"): those of a first complement that is no object."""
    if not heads or heads[0] < at or tree.relation(heads[0]) in ("obj", "iobj", "ccomp", "xcomp") or tree.passive(at):
        return set()
    cases = {kid for kid in tree.children(heads[0], "case", "mark") if kid < heads[0] and tree.lemma(kid) not in NO_CUE}
    between = range(at + 1, min(cases, default=at))
    adverbial = all(tree.tag(k) in ("ADV", "ADP", "NOUN", "ADJ") and k not in tree.actor_at for k in between)
    return cases | (set(between) if adverbial and len(between) < 3 else set())  # "spoke at length about"


def _host(tree: Tree, at: int) -> int:
    """The clause that a verb of saying is thrown into ("C, X said", "as X said"), -1 for none."""
    relation = tree.relation(at)
    thrown_in = relation == "parataxis" or (relation == "advcl" and "as" in marks(tree, at))
    return tree.head(at) if thrown_in and not tree.children(at, "obj", "ccomp") else -1


def group(reader: Reader, at: int) -> set[int]:
    """The words of a cue: its verb with auxiliaries, negation, the adverbs between them and the verbs it hangs on."""
    tree, head = reader.tree, reader.tree.head(at)
    cue = {at, *tree.children(at, *AUXILIARIES, "compound:prt")}
    cue |= {kid for kid in tree.children(at, "mark") if tree.lemma(kid) == "to" and kid < at}
    first = min(cue)
    while first > 0 and tree.head(first - 1) == at and _is_adverb(tree, first - 1):
        first -= 1
    cue |= {kid for kid in tree.children(at, "advmod") if first <= kid < at}
    if head < 0 or head > at or tree.tag(head) not in ("VERB", "AUX"):
        return cue
    if tree.relation(at) == "xcomp" and reader.word(VERB, head) is None and not tree.children(head, "obj", "iobj"):
        return cue | group(reader, head)
    if _quoted_as(tree, at):
        return cue | set(tree.children(at, "mark")) | group(reader, head)
    return cue


def _quoted_as(tree: Tree, at: int) -> bool:
    """True for the gerund of "was quoted as saying"."""
    return tree.relation(at) == "advcl" and "as" in marks(tree, at) and tree.passive(tree.head(at))


def _is_adverb(tree: Tree, at: int) -> bool:
    return tree.relation(at) == "advmod" and tree.tag(at) in ("ADV", "PART") and tree.lemma(at) not in NO_ADVERB


def own_subject(tree: Tree, at: int) -> int:
    """The subject that hangs on a word itself, -1 for none."""
    own = tree.children(at, *SUBJECTS)
    return own[0] if own else -1


def source_of(tree: Tree, at: int) -> int:
    """Who says it: the subject, the agent of a passive, whoever a participle is of; -1 for nobody."""
    if tree.passive(at):
        return next((kid for case, kid in tree.nominals(at) if case == "by"), -1)
    own, head = own_subject(tree, at), tree.head(at)
    if own < 0 and tree.relation(at) == "conj" and tree.tag(head) in ("VERB", "AUX", "ADJ"):
        own = own_subject(tree, head)
    if own < 0 and _quoted_as(tree, at):
        own = own_subject(tree, head)
    return own if own >= 0 else tree.subject(at)


def phrase(tree: Tree, top: int, cue: int) -> set[int]:
    """The words of a noun phrase without its preposition, its "'s" and the clause that its cue is in."""
    own = set(tree.below(top))
    if cue in own:
        own -= set(tree.below(cue))
    for kid in tree.children(top, *NO_SOURCE):
        own -= set(tree.below(kid))
    first = last = top
    while first - 1 in own:
        first -= 1
    while last + 1 in own:
        last += 1
    return trimmed(tree, set(range(first, last + 1)))


def trimmed(tree: Tree, tokens: set[int]) -> set[int]:
    """Tokens without the punctuation at their edges."""
    kept = set(tokens)
    while kept and tree.tokens[min(kept)].form in EDGES:
        kept.remove(min(kept))
    while kept and tree.tokens[max(kept)].form in EDGES:
        kept.remove(max(kept))
    return kept


def describes(reader: Reader, at: int) -> bool:
    """True for a participle that is used as an adjective of the table ("was convinced that")."""
    form = reader.tree.tokens[at].form.lower()
    return reader.tree.form_of_verb(at) == "VBN" and (ADJECTIVE, form) in reader.words
