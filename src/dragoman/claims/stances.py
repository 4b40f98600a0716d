"""Stances: what a party is said to want on an issue, with the condition it sets.

Knows trees, parties and the stance and issue tables (resources/claims). A stance is read only where its words name an
issue of the codebook; opinion of the outlet is none.
"""

import hashlib
import re

from dragoman.claims.lexicon import Lexicon, load
from dragoman.claims.parties import Found, parties_at
from dragoman.claims.status import generic
from dragoman.claims.tree import Tree
from dragoman.claims.voices import demand_modal, speaker_of, voice_of
from dragoman.codebook import Codebook
from dragoman.types import Analysis, Cell, Claim, Grounded, Report, Says, Span, Stance, Voice

ORIGIN = "stances@1"
CONFIDENCE = 0.25  # share that agree with gold by holder, issue and stance on the train files (evals.coder)
CONDITIONS = ("if", "unless", "provided", "once", "until")
NEEDS = (
    "need",
    "importance",
    "necessity",
    "support",
    "commitment",
    "respect",
    "readiness",
    "opposition",
    "demand",
    "call",
)
REFUSING = ("refuse", "decline")
# Kept as the issue "other" when no issue is named: .194/.258 position F1 on the train files against .174/.217 without
ALWAYS = ("demands", "rejects")
MOST_OBJECT = 30  # tokens of an object's words; set by hand


def _stance_word(tree: Tree, lexicon: Lexicon, at: int) -> tuple[str, str] | None:
    """(stance, why) that a word takes, negation and modals counted; None if it takes none."""
    pos = {"VERB": "V", "ADJ": "A"}.get(tree.tag(at), "")
    word = lexicon.stances.get((pos, tree.lemma(at))) or (
        lexicon.stances.get(("A", tree.tokens[at].form.lower())) if pos else None
    )
    if word is None or not _particle_fits(tree, at):
        return None
    stance = word.negated if tree.negated(at) or _refused(tree, at) else word.stance
    return (stance, f"“{tree.tokens[at].form}”" + (" negated" if stance != word.stance else "")) if stance else None


def _particle_fits(tree: Tree, at: int) -> bool:
    lemma = tree.lemma(at)
    near = {case for case, _ in tree.nominals(at)} | set(tree.particles(at))
    if lemma == "call":
        return bool(near & {"for", "on"})
    if lemma == "rule":
        return "out" in near
    if lemma in ("open", "commit"):
        return tree.tag(at) != "VERB" or lemma == "commit"
    return True


def _refused(tree: Tree, at: int) -> bool:
    head = tree.head(at)
    return head >= 0 and tree.relation(at) == "xcomp" and (tree.lemma(head) in REFUSING or tree.negated(head))


def _issues(lexicon: Lexicon, words: str) -> list[str]:
    """The issues that words name, in the order they are named; longer terms first, each word counted once."""
    low = " " + re.sub(r"[^\w’'-]+", " ", words.lower()) + " "
    terms = sorted(((word, issue) for issue, listed in lexicon.issues.items() for word in listed), key=_longest_first)
    found: dict[str, int] = {}
    for word, issue in terms:
        place = low.find(f" {word} ")
        if place >= 0:
            found[issue] = min(place, found.get(issue, place))
            low = low.replace(f" {word} ", " " + "_" * len(word) + " ")
    return sorted(found, key=lambda issue: (found[issue], issue))


def _longest_first(term: tuple[str, str]) -> tuple[int, str, str]:
    return -len(term[0]), *term


def _object(tree: Tree, at: int, also: tuple[str, ...] = ()) -> list[int]:
    """The tokens of what the stance is about: objects, complements and phrases, conditions left out."""
    start, end = tree.analysis.sentences[tree.sentence_of[at]]
    inside: list[int] = []
    for kid in tree.kids[at]:
        if tree.relation(kid) in ("obj", "obl", "xcomp", "ccomp", "nmod", *also) and kid > at:
            inside += [one for one in tree.below(kid, ("parataxis", "discourse")) if start <= one < end]
    inside = [one for one in inside if not _in_condition(tree, one, at)]
    return sorted(inside)[:MOST_OBJECT]


def _in_condition(tree: Tree, at: int, top: int) -> bool:
    here = at
    for head in tree.climb(at):
        if tree.relation(here) == "advcl" and any(tree.lemma(kid) in CONDITIONS for kid in tree.children(here, "mark")):
            return True
        if head == top:
            return False
        here = head
    return False


def _in_if(tree: Tree, at: int) -> bool:
    """What stands in a condition is nobody's stance yet."""
    return any(tree.lemma(kid) in CONDITIONS[:3] for kid in tree.children(at, "mark"))


def _condition(tree: Tree, at: int) -> Cell[str]:
    start, end = tree.analysis.sentences[tree.sentence_of[at]]
    for clause in (kid for kid in sorted(tree.below(at)) if tree.relation(kid) == "advcl"):
        marks = [kid for kid in tree.children(clause, "mark") if tree.lemma(kid) in CONDITIONS]
        if marks:
            inside = [kid for kid in tree.below(clause) if start <= kid < end and kid > marks[0]]
            if inside:
                span = tree.span(min(inside), max(inside))
                return Cell(_words(tree, span), span)
    return _condition_words(tree, at, end)


def _condition_words(tree: Tree, at: int, end: int) -> Cell[str]:
    """The words behind a later "if" of the sentence, up to the next comma, where the tree has no such clause."""
    for mark in range(at + 1, end):
        if tree.lemma(mark) in CONDITIONS[:3] and tree.tag(mark) == "SCONJ":
            last = mark
            while last + 1 < end and tree.tokens[last + 1].form not in (",", ".", ";"):
                last += 1
            if last > mark:
                span = tree.span(mark + 1, last)
                return Cell(_words(tree, span), span)
    return Cell("", reason="no condition stated")


def _words(tree: Tree, span: Span) -> str:
    return tree.analysis.text.content[span.start : span.end]


def _holder(tree: Tree, at: int) -> list[Found]:
    """Who takes the stance: the subject, of a passive who it is done by, or who published the paper that does."""
    doers = [kid for case, kid in tree.nominals(at) if case == "by"]
    if doers and tree.passive(at):  # "backed by X": X does
        return [one for kid in doers for one in parties_at(tree, kid) if one.party and one.party.code != "UNK"]
    here = at
    for _ in range(3):  # an adverbial clause without a party as its subject speaks for the clause above it
        known = [found for found in parties_at(tree, tree.subject(here)) if found.party and found.party.code != "UNK"]
        if known or tree.relation(here) not in ("advcl", "acl:relcl", "acl"):
            return known
        here = tree.clause_above(here)
    return []


def _claim(
    report: Report, tree: Tree, at: int, holder: Found, *, issue: str, stance: str, inside: list[int], why: str
) -> Claim:
    span = tree.span(inside[0], inside[-1])
    condition = _condition(tree, at)
    stance = "accepts_if" if stance == "supports" and condition.value else stance
    content = Stance(
        Cell(holder.party, holder.mention.span, holder.cell.reason),
        issue,
        stance,
        Cell(_words(tree, span), span),
        condition,
    )
    evidence = tree.span(min(at, inside[0]), max(at, inside[-1]))
    key = "\x1f".join((report.text, str(at), issue, stance, holder.party.id if holder.party else ""))
    claim_id = "c" + hashlib.sha256(key.encode()).hexdigest()[:24]
    voice: Voice = voice_of(tree, load(), at, [holder], speech_act=True)
    return Claim(claim_id, report.text, content, voice, Says.AFFIRMS, evidence, ORIGIN, CONFIDENCE, reasons=(why,))


def _demands_of_speech(tree: Tree, lexicon: Lexicon) -> list[tuple[int, str, str, list[Found]]]:
    """As in "X said Y should withdraw": a demand by X, its words those of the clause."""
    found = []
    for at in range(len(tree.tokens)):
        modal = demand_modal(tree, lexicon, at)
        speaker = speaker_of(tree, lexicon, at) if modal >= 0 else None
        if speaker and speaker.party:
            why = f"“{tree.tokens[modal].form}” in the words of {speaker.party.name}"
            found.append((at, "demands", why, [speaker]))
    return found


def _nominal_stance(tree: Tree, at: int) -> bool:
    """False for a verb of stress without a noun like the need of "stressing the need to respect": no stance then."""
    if tree.lemma(at) not in ("stress", "emphasise", "emphasize", "underline", "underscore", "reaffirm", "reiterate"):
        return True
    return any(tree.lemma(kid) in NEEDS for kid in tree.children(at, "obj"))


def extract(report: Report, analysis: Analysis, grounded: Grounded, codebook: Codebook) -> tuple[Claim, ...]:
    """The stances of a text as claims, each issue of a holder's clause once."""
    lexicon, tree = load(), Tree(analysis, grounded)
    found: list[tuple[int, str, str, list[Found]]] = []
    for at in range(len(tree.tokens)):
        taken = _stance_word(tree, lexicon, at)
        if taken and _nominal_stance(tree, at):
            found.append((at, *taken, _holder(tree, at)))
    claims: dict[tuple[str, str, str], Claim] = {}
    for at, stance, why, holders in [*found, *_demands_of_speech(tree, lexicon)]:
        inside = _object(tree, at, ("advcl",) if stance == "demands" else ())
        if not inside:
            continue
        words = _words(tree, tree.span(inside[0], inside[-1]))
        if _in_if(tree, at) or generic(tree, at):
            continue
        for issue in _issues(lexicon, words) or (["other"] if stance in ALWAYS else []):
            for holder in holders if issue in codebook.issues and stance in codebook.stances else []:
                claim = _claim(report, tree, at, holder, issue=issue, stance=stance, inside=inside, why=why)
                claims.setdefault((holder.party.id if holder.party else "", issue, stance), claim)
    return tuple(sorted(claims.values(), key=lambda claim: (claim.evidence.start, claim.id)))
