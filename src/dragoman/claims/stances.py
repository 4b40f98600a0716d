"""Stances: what a party is said to want on an issue, with the condition it sets.

Of a short text a small network (:mod:`dragoman.claims.wanting`) weighs every word beside everybody named; of parties of
which it says nothing, of longer texts, and where no word vectors were read, the stance and issue tables
(resources/claims) decide. Opinion of the outlet is none.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.claims.acts import told
from dragoman.claims.found import Found as Told
from dragoman.claims.lexicon import Lexicon, load
from dragoman.claims.parties import Found, parties_at
from dragoman.claims.signs import SHORT
from dragoman.claims.stance_words import CONDITIONS, issues_in, object_of, stance_word
from dragoman.claims.status import generic
from dragoman.claims.tree import Tree
from dragoman.claims.voices import demand_modal, speaker_of, voice_of
from dragoman.claims.wanting import wanting
from dragoman.codebook import Codebook
from dragoman.types import Analysis, Cell, Claim, Grounded, Report, Says, Span, Stance, Voice

ORIGIN = "stances@3"
CONFIDENCE = 0.25  # share that agree with gold by holder, issue and stance on the train files (evals.coder)
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
# Kept as the issue "other" when no issue is named: .194/.258 position F1 on the train files against .174/.217 without
ALWAYS = ("demands", "rejects")


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds a stance, where its words begin, how sure and why."""

    at: int
    holder: Found
    confidence: float
    reasons: tuple[str, ...]


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


def _claim(report: Report, tree: Tree, at: int, held: Held, *, issue: str, stance: str, inside: list[int]) -> Claim:
    holder = held.holder
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
    evidence = tree.span(min(at, held.at, inside[0]), max(at, held.at, inside[-1]))
    key = "\x1f".join((report.text, str(at), issue, stance, holder.party.id if holder.party else ""))
    claim_id = "c" + hashlib.sha256(key.encode()).hexdigest()[:24]
    voice: Voice = voice_of(tree, load(), at, [holder], speech_act=True)
    return Claim(
        claim_id, report.text, content, voice, Says.AFFIRMS, evidence, ORIGIN, held.confidence, reasons=held.reasons
    )


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
    """The stances of a text as claims: of a short text what the network sees, then what rules do."""
    if not analysis.vectors or len(analysis.sentences) > SHORT:
        claims = _ruled(report, Tree(analysis, grounded), codebook)
    else:
        tree, acts = told(analysis, grounded)
        claims = _seen(report, tree, acts, codebook)
        held = {_code(claim) for claim in claims}
        rules = _ruled(report, tree, codebook)
        claims += [claim for claim in rules if _code(claim) not in held and _issue(claim) != "other"]
    return tuple(sorted(claims, key=lambda claim: (claim.evidence.start, claim.id)))


def _code(claim: Claim) -> str:
    content = claim.content
    party = content.holder.value if isinstance(content, Stance) else None
    return party.code if party else ""


def _issue(claim: Claim) -> str:
    return claim.content.issue if isinstance(claim.content, Stance) else ""


def _seen(report: Report, tree: Tree, acts: Sequence[Told], codebook: Codebook) -> list[Claim]:
    """One claim for each party's code and issue."""
    lexicon = load()
    claims = []
    for one in wanting(tree, lexicon, acts):
        named, word = one.pair.one, tree.tokens[one.pair.at].form
        if one.issue not in codebook.issues or one.stance not in codebook.stances:
            continue
        why = f"the network of stances: {one.share:.2f} that {named.party.name} has one on {one.issue}, by “{word}”"
        taken = stance_word(tree, lexicon, one.pair.at)
        reasons = (why, *((f"the table: {taken[1]} {taken[0]}",) if taken else ()))
        held = Held(named.at, Found(named.at, named.mention, named.cell, itself=True), one.confidence, reasons)
        inside = list(one.about.inside)
        claims.append(_claim(report, tree, one.pair.at, held, issue=one.issue, stance=one.stance, inside=inside))
    return claims


def _ruled(report: Report, tree: Tree, codebook: Codebook) -> list[Claim]:
    """What words of the table say, each issue of a holder's clause once."""
    lexicon = load()
    found: list[tuple[int, str, str, list[Found]]] = []
    for at in range(len(tree.tokens)):
        taken = stance_word(tree, lexicon, at)
        if taken and _nominal_stance(tree, at):
            found.append((at, *taken, _holder(tree, at)))
    claims: dict[tuple[str, str, str], Claim] = {}
    for at, stance, why, holders in [*found, *_demands_of_speech(tree, lexicon)]:
        inside = object_of(tree, at, ("advcl",) if stance == "demands" else ())
        if not inside:
            continue
        words = _words(tree, tree.span(inside[0], inside[-1]))
        if _in_if(tree, at) or generic(tree, at):
            continue
        for issue in issues_in(lexicon.issues, words) or (["other"] if stance in ALWAYS else []):
            for holder in holders if issue in codebook.issues and stance in codebook.stances else []:
                held = Held(at, holder, CONFIDENCE, (why,))
                claim = _claim(report, tree, at, held, issue=issue, stance=stance, inside=inside)
                claims.setdefault((holder.party.id if holder.party else "", issue, stance), claim)
    return list(claims.values())
