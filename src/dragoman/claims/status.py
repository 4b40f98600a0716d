"""Whether an act happened: what its verb, its carrier and the words around it say. Knows cue tables and trees only."""

from dragoman.claims.lexicon import DEMANDED, Lexicon
from dragoman.claims.slots import governor
from dragoman.claims.tree import Tree
from dragoman.types import Cell, Span, Status

GENERIC_MARKS = ("in", "of", "for", "without", "about", "from", "despite", "against", "to")
PAST_FORMS = ("VBD", "VBN")
PRESENT_BE = ("is", "are", "'s", "’s", "'re", "’re")
TAKING_PART = ("participate", "join", "attend", "engage", "take")  # "take part in"
MAX_INHERITED = 4  # verbs up a chain of clauses without a tense of their own; set by hand


def _cell(tree: Tree, status: Status, cue: int, why: str) -> Cell[Status]:
    token = tree.tokens[cue]
    return Cell(status, Span(tree.analysis.text.id, token.start, token.end), why)


def _auxiliary(tree: Tree, lexicon: Lexicon, verb: int) -> Cell[Status] | str | None:
    for kid in tree.children(verb, "aux", "aux:pass"):
        word = tree.lemma(kid)
        form = tree.tokens[kid].form.lower()
        value = lexicon.cue("aux", form) or lexicon.cue("aux", word)
        if value == DEMANDED:
            return DEMANDED
        if form == "would" and _reported(tree, lexicon, verb):
            return _cell(tree, Status.PLANNED, kid, "“would” under a past report")
        if value:
            return _cell(tree, Status(value), kid, f"auxiliary “{form}”")
    return None


def _reported(tree: Tree, lexicon: Lexicon, verb: int) -> bool:
    head = tree.head(verb)
    return head >= 0 and tree.relation(verb) in ("ccomp", "parataxis", "conj") and tree.lemma(head) in lexicon.reporting


def _controller(tree: Tree, lexicon: Lexicon, verb: int) -> Cell[Status] | str | None:
    """The status by the word that governs an infinitive: "plans to visit", "due to meet", "failed to agree"."""
    head, relation = tree.head(verb), tree.relation(verb)
    if head < 0 or relation not in ("xcomp", "ccomp", "advcl", "acl"):
        return None
    denial = lexicon.status("denial", tree.lemma(head))
    if denial and relation in ("ccomp", "xcomp"):
        return _cell(tree, denial, head, f"“{tree.tokens[head].form}”")
    infinitive = any(tree.lemma(kid) == "to" for kid in tree.children(verb, "mark")) or tree.form_of_verb(verb) == "VBG"
    if relation in ("ccomp", "advcl") and not infinitive:
        return (
            DEMANDED
            if relation == "ccomp"
            and lexicon.cue("head", tree.lemma(head)) == DEMANDED
            and tree.lemma(head) not in ("warn", "tell", "insist")
            else None
        )
    for word in (tree.tokens[head].form.lower(), tree.lemma(head)):
        value = lexicon.cue("head", word)
        if value == DEMANDED:
            return DEMANDED
        if value:
            return _cell(tree, Status(value), head, f"governed by “{tree.tokens[head].form}”")
    return None


def _condition(tree: Tree, lexicon: Lexicon, verb: int) -> Cell[Status] | None:
    for kid in tree.children(verb, "mark"):
        status = lexicon.status("mark", tree.lemma(kid))
        if status:
            return _cell(tree, status, kid, f"inside a “{tree.tokens[kid].form}” clause")
    return None


def _adverb(tree: Tree, lexicon: Lexicon, at: int) -> Cell[Status] | None:
    for kid in tree.children(at, "advmod", "amod"):
        status = lexicon.status("adverb", tree.tokens[kid].form.lower())
        if status:
            return _cell(tree, status, kid, f"hedged by “{tree.tokens[kid].form}”")
    return None


def verb_status(tree: Tree, lexicon: Lexicon, verb: int, depth: int = 0) -> Cell[Status] | None:
    """The status of an act told by a verb; None when it is only demanded, refused or threatened, or negated."""
    if generic(tree, verb):
        return None
    if tree.negated(verb) and not _controlled(tree, verb):
        return _cell(tree, Status.DENIED, verb, "negated")
    if tree.negated(verb) and _settled_against(tree, lexicon, verb):
        return _cell(tree, Status.DENIED, verb, "what is decided is not to")
    cues = (_condition(tree, lexicon, verb), _auxiliary(tree, lexicon, verb), _controller(tree, lexicon, verb))
    first = next((cue for cue in (*cues, _adverb(tree, lexicon, verb)) if cue), None)
    if first:
        return None if isinstance(first, str) else first
    if depth < MAX_INHERITED and _inherits(tree, verb):
        return verb_status(tree, lexicon, tree.head(verb), depth + 1)
    return _by_form(tree, verb)


def _inherits(tree: Tree, verb: int) -> bool:
    """True for a form without a tense of its own, which has that of the verb above it."""
    if _future(tree, verb) or _progressive(tree, verb):
        return False
    form = tree.form_of_verb(verb)
    tenseless = form in ("VB", "VBG") or (form == "VBN" and not tree.children(verb, "aux", "aux:pass"))
    return tenseless and tree.relation(verb) in ("conj", "advcl", "xcomp") and tree.tag(tree.head(verb)) == "VERB"


def _future(tree: Tree, verb: int) -> bool:
    infinitive = tree.form_of_verb(verb) == "VB" and bool(tree.children(verb, "mark"))
    return infinitive and tree.relation(verb) in ("root", "parataxis", "acl", "conj")


def _progressive(tree: Tree, verb: int) -> bool:
    auxiliaries = {tree.tokens[kid].form.lower() for kid in tree.children(verb, "aux")}
    return tree.form_of_verb(verb) == "VBG" and not auxiliaries.isdisjoint(PRESENT_BE)


def _by_form(tree: Tree, verb: int) -> Cell[Status]:
    """The status that a verb's own form gives."""
    if _future(tree, verb):
        return _cell(tree, Status.PLANNED, verb, "an infinitive as a headline's future")
    if _progressive(tree, verb):
        return _cell(tree, Status.ONGOING, verb, "present progressive")
    past = tree.form_of_verb(verb) in PAST_FORMS
    return _cell(tree, Status.HAPPENED, verb, "past tense" if past else "told as a fact")


def generic(tree: Tree, verb: int) -> bool:
    """A gerund behind a preposition of manner ("a partner in opposing ...") names no particular act."""
    if tree.form_of_verb(verb) != "VBG":
        return False
    marks = [tree.lemma(kid) for kid in tree.children(verb, "mark", "case")]
    return any(mark in GENERIC_MARKS for mark in marks)


def _controlled(tree: Tree, verb: int) -> bool:
    """An infinitive's own "not" ("warned not to attack") belongs to what governs it."""
    return tree.relation(verb) in ("xcomp", "acl") and bool(tree.children(verb, "mark"))


def _settled_against(tree: Tree, lexicon: Lexicon, verb: int) -> bool:
    """As in "decided not to send": the infinitive's own "not" under a word that plans."""
    above = _controller(tree, lexicon, verb)
    return isinstance(above, Cell) and above.value is Status.PLANNED


def _feared(tree: Tree, lexicon: Lexicon, noun: int) -> Cell[Status] | str | None:
    """The status of an act named under a noun of fear, chance or need: "the risk of an attack"."""
    head = tree.head(noun)
    if head < 0 or tree.tag(head) != "NOUN" or tree.relation(noun) != "nmod":
        return None
    value = lexicon.cue("noun", f"{tree.lemma(head)} {tree.case(noun)}")
    if value == DEMANDED:
        return DEMANDED
    return _cell(tree, Status(value), head, f"under “{tree.tokens[head].form}”") if value else None


def _taken_part_in(tree: Tree, noun: int) -> Cell[Status] | None:
    """As in "will not participate in the talks": what somebody stays away from."""
    head = tree.head(noun)
    if head < 0 or tree.lemma(head) not in TAKING_PART or tree.relation(noun) not in ("obl", "obj"):
        return None
    return _cell(tree, Status.DENIED, head, "negated") if tree.negated(head) else None


def _noun_cues(tree: Tree, lexicon: Lexicon, noun: int) -> Cell[Status] | None:
    for kid in tree.children(noun, "amod", "compound", "advmod"):
        status = lexicon.status("adjective", tree.tokens[kid].form.lower())
        if status:
            return _cell(tree, status, kid, f"“{tree.tokens[kid].form}”")
    case = tree.case(noun)
    status = lexicon.status("case", case)
    if status and (case != "before" or _in_verbless_title(tree, noun)):
        kid = tree.children(noun, "case")[0]
        return _cell(tree, status, kid, f"“{case}”")
    return None


def _in_verbless_title(tree: Tree, noun: int) -> bool:
    """True for a noun that is, or hangs on, the root of a headline without a verb ("Calm before talks")."""
    head = tree.head(noun)
    if head < 0:
        return True
    return tree.relation(head) == "root" and tree.tag(head) != "VERB" and not tree.children(head, "cop", "aux")


def _unreal(tree: Tree, lexicon: Lexicon, carrier: int) -> bool:
    """True for "would continue talks": the carrier's own auxiliary says more than what it means."""
    ongoing = lexicon.status("governor", tree.lemma(carrier)) is Status.ONGOING
    return ongoing and isinstance(_auxiliary(tree, lexicon, carrier), Cell)


def noun_status(tree: Tree, lexicon: Lexicon, noun: int) -> Cell[Status] | None:
    """The status of an act told by a noun: its own adjectives, then the verb that carries it; None as above."""
    feared = _feared(tree, lexicon, noun)
    if feared is not None:
        return None if isinstance(feared, str) else feared
    own = _noun_cues(tree, lexicon, noun) or _taken_part_in(tree, noun)
    carrier = governor(tree, lexicon, noun)
    head = carrier if carrier >= 0 else tree.head(noun)
    if (
        head >= 0
        and tree.tag(head) in ("VERB", "NOUN")
        and (carrier >= 0 or tree.relation(noun) in ("obj", "obl", "nsubj:pass", "nmod"))
    ):
        lemma = tree.lemma(head)
        case = tree.case(noun)
        phrases = [f"{lemma} {word}" for word in [*tree.particles(head)[:1], *([case] if case else [])]]
        for phrase in [*phrases, *([lemma] if tree.relation(noun) in ("obj", "nsubj:pass", "conj") else [])]:
            value = lexicon.cue("governor", phrase)
            if value == DEMANDED:
                return None
            if value and tree.tag(head) == "VERB" and not _unreal(tree, lexicon, head):
                return _cell(tree, Status(value), head, f"governed by “{tree.tokens[head].form}”")
    if own:
        return own
    if carrier >= 0:
        return verb_status(tree, lexicon, carrier)
    return _adverb(tree, lexicon, noun) or _cell(tree, Status.HAPPENED, noun, "named as a fact")
