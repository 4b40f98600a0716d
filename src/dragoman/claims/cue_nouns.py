"""Nouns, adjectives and phrases that attribute ("X's claim that C", "is sure that C", "according to X, C", "X: C").

Knows trees, quoted stretches and the attributing words. Verbs are in :mod:`cue_verbs`.
"""

from dragoman.claims.attributing import ADJECTIVE, FRAME, LIGHT, NOUN, SAID
from dragoman.claims.cue_verbs import (
    EXPLETIVES,
    Found,
    Reader,
    group,
    leading_cases,
    marks,
    own_subject,
    phrase,
    source_of,
)
from dragoman.claims.tree import Tree

SPEAKER_WORDS = 8  # tokens before a colon that may name who speaks; set by hand
IN_A_NOUN = ("nmod", "obl", "obj", "compound", "flat", "case")


def noun(reader: Reader, at: int) -> Found | None:
    """As in "X's claim that C", "a promise by X to C", and "X made a promise to C" with its verb."""
    tree, word = reader.tree, reader.word(NOUN, at)
    if word is None or _names_medium(tree, at):
        return None
    clauses = [kid for kid in tree.children(at, "acl", "ccomp") if _is_content(tree, kid, word.takes)]
    agents = [kid for case, kid in tree.nominals(at) if case in ("by", "from")]
    phrases = [kid for case, kid in tree.nominals(at) if case in word.takes and kid not in (*agents, *tree.time_at)]
    heads = sorted({*clauses, *phrases})
    owners = tree.children(at, "nmod:poss")
    owners += agents or [kid for kid in tree.children(at, "compound", "amod") if kid in tree.actor_at]
    carrier = tree.head(at)
    light = tree.relation(at) == "obj" and carrier >= 0 and (LIGHT, tree.lemma(carrier)) in reader.words
    giver = source_of(tree, carrier) if light and not owners else -1
    if not heads or not (owners or giver >= 0 or clauses):
        return None
    found = Found(word.kind, at)
    if owners:
        found.source = phrase(tree, owners[0], at)
    elif giver >= 0:
        found.source = phrase(tree, giver, carrier)
    for head in heads:
        found.content |= set(tree.below(head))
    found.cue = _noun_words(tree, at) | leading_cases(tree, at, heads)
    if light and not owners:
        both = group(reader, carrier) | found.cue
        found.cue = set(range(min(both), max(both) + 1))
    found.cue -= found.source
    return found


def _names_medium(tree: Tree, at: int) -> bool:
    """True for the noun of "said in a statement that C": the verb is the cue."""
    return tree.relation(at) == "obl" and tree.case(at) in ("in", "on", "at") and tree.tag(tree.head(at)) == "VERB"


def _is_content(tree: Tree, at: int, takes: frozenset[str]) -> bool:
    """True for the clause that is a noun's content, with "that" or "to"; a relative clause is none."""
    own = marks(tree, at)
    begins = tree.lemma(min(tree.below(at)))
    return ("clause" in takes and ("that" in (*own, begins) or "whether" in own)) or ("to" in own and "inf" in takes)


def _noun_words(tree: Tree, at: int) -> set[int]:
    """A noun with its article and what describes it; an owner and its "'s" stay outside."""
    own = [kid for kid in tree.children(at, "amod", "det", "compound", "advmod", "nummod") if kid < at]
    owners = {token for kid in tree.children(at, "nmod:poss") for token in tree.below(kid)}
    return set(range(min([at, *own]), at + 1)) - owners


def framing(reader: Reader, at: int) -> Found | None:
    """As in "in X's words, C" and "by his own admission"."""
    tree, head = reader.tree, reader.tree.head(at)
    owners = tree.children(at, "nmod:poss")
    framed = tree.case(at) in ("in", "by", "to", "from") and tree.relation(at) == "obl" and head >= 0
    if not framed or not owners or reader.word(FRAME, at) is None or tree.children(at, "acl", "ccomp"):
        return None
    found = Found(SAID, at, phrase(tree, owners[0], at), _noun_words(tree, at))
    found.cue |= {kid for kid in tree.children(at, "case") if kid < at}
    found.content = set(tree.below(head)) - set(tree.below(at))
    return found


def adjective(reader: Reader, at: int) -> Found | None:
    """As in "is confident that C", "was critical of C", "feels sorry for C"."""
    tree = reader.tree
    word = reader.words.get((ADJECTIVE, tree.tokens[at].form.lower())) or reader.word(ADJECTIVE, at)
    if word is None or tree.relation(at) == "amod":
        return None
    takes = word.takes
    clauses = tree.children(at, "ccomp") if "clause" in takes else []
    infinitives = [kid for kid in tree.children(at, "xcomp", "advcl") if "to" in marks(tree, kid) and "inf" in takes]
    phrases = [kid for case, kid in tree.nominals(at) if case in takes and kid not in tree.time_at]
    gerunds = [kid for kid in tree.children(at, "advcl") if not takes.isdisjoint(marks(tree, kid))]
    heads = sorted({*clauses, *infinitives, *phrases, *gerunds})
    subject = own_subject(tree, at)
    source = subject if subject >= 0 else tree.subject(at)
    if not heads or source < 0 or tree.lemma(source) in EXPLETIVES:
        return None
    found = Found(word.kind, at, phrase(tree, source, at), group(reader, at) | leading_cases(tree, at, heads))
    for head in heads:
        found.content |= set(tree.below(head))
    return found


def according(reader: Reader, at: int) -> Found | None:
    """As in "according to X, C"."""
    tree = reader.tree
    end = tree.analysis.sentences[tree.sentence_of[at]][1]
    if at + 2 >= end or tree.tokens[at + 1].form.lower() != "to":
        return None
    top = tree.head(at) if tree.relation(at) == "case" and tree.head(at) > at + 1 else at + 2
    for head in tree.climb(top):
        if tree.relation(top) not in IN_A_NOUN[3:] or not at + 1 < head < end:
            break
        top = head
    host = tree.head(top)
    while host >= 0 and tree.relation(host) in IN_A_NOUN and tree.head(host) >= 0:
        host = tree.head(host)
    if host < 0:
        return None
    content = set(tree.below(host)) - set(tree.below(top))
    return Found(SAID, at, phrase(tree, top, at) - {at, at + 1}, {at, at + 1}, content)


def colon(reader: Reader, at: int) -> Found | None:
    """As in "X: C" with C quoted, at the start of a sentence."""
    tree = reader.tree
    before = range(tree.analysis.sentences[tree.sentence_of[at]][0], at)
    quote = next((one for one in reader.quotes if one.start == at + 1), None)
    if quote is None or not 0 < len(before) <= SPEAKER_WORDS or any(tree.tag(k) in ("VERB", "AUX") for k in before):
        return None
    return Found(SAID, at, set(before), {at}, set(quote))
