"""Silence as a claim: who has not commented on, confirmed or acknowledged which act, or declined to.

Knows the same trees and acts as acts.py; the act passed over is the one named in the silence's own words, else the
last one of its type told before it.
"""

from collections.abc import Mapping

from dragoman.claims.acts import as_claim
from dragoman.claims.acts import extract as extract_acts
from dragoman.claims.lexicon import Lexicon, load
from dragoman.claims.parties import Found, parties_at
from dragoman.claims.tree import Tree
from dragoman.codebook import Codebook
from dragoman.types import Act, Analysis, Cell, Claim, Grounded, Report, Says, Span, Speaker, Voice

CONFIDENCE = 0.5  # set by hand: the benchmark does not code silence (GUIDE, known limits)


def _row(tree: Tree, lexicon: Lexicon, at: int) -> Mapping[str, str] | None:
    """The silence row that a verb fits, negation and complement included."""
    below = {tree.lemma(kid) for kid in tree.below(at, ("conj",))}
    for row in lexicon.silences:
        wanted = set(filter(None, row["complement"].split("|")))
        if (
            row["verb"] == tree.lemma(at)
            and (row["negated"] == "yes") == tree.negated(at)
            and (not wanted or wanted & below)
        ):
            return row
    return None


def _named_act(tree: Tree, lexicon: Lexicon, at: int) -> str:
    """The act type named under the silence ("that the talks took place"), "" if none."""
    for kid in sorted(tree.below(at, ("conj", "advcl"))):
        pos = {"VERB": "V", "NOUN": "N"}.get(tree.tag(kid), "")
        found = lexicon.triggers.get((pos, tree.lemma(kid)), ())
        if kid != at and found:
            return found[0].type
    return ""


def _passed_over(acts: tuple[Claim, ...], kind: str, before: int, code: str) -> Act | None:
    """The last act told before the silence, of the named type, one that the silent party has a part in first."""
    told = [
        claim.content
        for claim in acts
        if isinstance(claim.content, Act)
        and claim.content.trigger.start < before
        and (not kind or claim.content.type == kind)
    ]
    with_party = [act for act in told if code in {p.party.value.code for p in act.participations if p.party.value}]
    fitting = with_party or told
    return fitting[-1] if fitting else None


def extract(report: Report, analysis: Analysis, grounded: Grounded, codebook: Codebook) -> tuple[Claim, ...]:
    """The silences of a text as claims: content is the act passed over, the voice's first speaker who is silent."""
    lexicon, tree = load(), Tree(analysis, grounded)
    verbs = [(at, row) for at in range(len(tree.tokens)) if tree.tag(at) == "VERB" and (row := _row(tree, lexicon, at))]
    if not verbs:
        return ()
    acts = extract_acts(report, analysis, grounded, codebook)
    claims = (_claim(report, tree, lexicon, acts, (at, row)) for at, row in verbs)
    return tuple(claim for claim in claims if claim)


def _claim(
    report: Report, tree: Tree, lexicon: Lexicon, acts: tuple[Claim, ...], silence: tuple[int, Mapping[str, str]]
) -> Claim | None:
    """The silence of a verb's subject, None where its party or the act that it passes over is not known."""
    at, row = silence
    silent = [found for found in parties_at(tree, tree.subject(at)) if found.party and found.party.code != "UNK"]
    party = silent[0].party if silent else None
    if party is None:
        return None
    act = _passed_over(acts, _named_act(tree, lexicon, at), tree.tokens[at].start, party.code)
    if act is None:
        return None
    speaker = Speaker(Cell(party, silent[0].mention.span, silent[0].cell.reason), tree.span(at, at))
    negated = "negated " if row["negated"] == "yes" else ""
    return as_claim(
        report.text,
        act,
        Voice((speaker,)),
        Says(row["says"]),
        evidence=_evidence(tree, at, silent[0]),
        confidence=CONFIDENCE,
        reasons=(f"“{tree.tokens[at].form}” {negated}with {party.name} as its subject",),
    )


def _evidence(tree: Tree, at: int, silent: Found) -> Span:
    """The silence's clause and its subject's words, within the sentence."""
    start, end = tree.analysis.sentences[tree.sentence_of[at]]
    clause = tree.below(at, ("advcl", "parataxis", "conj", "punct"))
    inside = [kid for kid in (*clause, *tree.tokens_in(silent.mention.span)) if start <= kid < end]
    return tree.span(min(inside), max(inside))
