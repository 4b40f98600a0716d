"""Acts: every word of a text that tells of one, with participants, status, date, place and voice, as claims.

The first extractor, of rules and tables over trees (resources/claims). Knows one report and its grounded analysis; it
must not know other reports: what is the same act elsewhere is for reconciliation to judge.
"""

import functools
import hashlib
from dataclasses import dataclass, replace

from dragoman.claims import cells, likely_scene, meetings
from dragoman.claims.arguments import as_hosted, as_visit, fill, participations
from dragoman.claims.beside import other_side
from dragoman.claims.first_persons import SPEAKER, first_persons
from dragoman.claims.found import Found
from dragoman.claims.lexicon import Lexicon, Trigger, load
from dragoman.claims.likely_day import Clause, likely_day, status_of
from dragoman.claims.likely_voice import Source, likely_voice, sources
from dragoman.claims.overlap import SPEECH_ACTS, demanded, without_doubles
from dragoman.claims.parties import parties_at
from dragoman.claims.retold import filled_from_body
from dragoman.claims.settled import NETWORK, calibrated, settle
from dragoman.claims.signs import SHORT
from dragoman.claims.slots import fitting, governor
from dragoman.claims.status import noun_status, verb_status
from dragoman.claims.tree import Tree
from dragoman.claims.voices import demand_modal, speaker_of, voice_of
from dragoman.claims.when_where import DONE, Dated, date_of, implied_place, no_scene, not_ahead, place_of, times_by_act
from dragoman.codebook import Codebook
from dragoman.types import (
    Act,
    Analysis,
    Cell,
    Claim,
    Grounded,
    Interval,
    Report,
    Role,
    Says,
    Span,
    Status,
    Voice,
)  # fmt: skip

ORIGIN = "acts@3"
UNMEASURED = 0.5  # the confidence of a type and part of speech that the train files do not show
# What is worth keeping when negated: whether a meeting or an attack took place is what parties deny
DENIABLE = frozenset(("CONSULT", "ASSAULT", "AGREE", "AID", "MOBILIZE", "COERCE", "COOPERATE"))
REFUSED = frozenset(("AGREE", "CONCEDE"))
BACKGROUND = ("acl:relcl", "acl", "advcl")


def find_acts(tree: Tree, lexicon: Lexicon) -> list[Found]:
    """Every act of a text in order of its words; demanded and merely feared acts, and acts of nobody, left out."""
    acts: list[Found] = []
    for at in range(len(tree.tokens)):
        trigger = fitting(tree, lexicon, at)
        if trigger is None or (trigger.type != "REQUEST" and demanded(tree, lexicon, at)):
            continue
        status = verb_status(tree, lexicon, at) if trigger.pos == "V" else noun_status(tree, lexicon, at)
        filled = fill(tree, lexicon, trigger, at)
        if status is None or not any(found.party and found.party.code != "UNK" for _, found in filled):
            continue
        if trigger.type in SPEECH_ACTS and not any(role is Role.ACTOR for role, _ in filled):
            continue  # words are somebody's
        if trigger.type in SPEECH_ACTS and status.value is Status.HYPOTHETICAL and _conditional(tree, at):
            continue  # "if it backed a just peace": a condition, not words said
        if trigger.pos == "N" and all(found.mention.normal == SPEAKER for _, found in filled):
            continue  # "our talks": with nobody named
        if "visit" in trigger.modes and all(role is Role.HOST for role, _ in filled):
            continue  # a visit by nobody
        if status.value is Status.DENIED and any("negated" in need.slots for need in trigger.needs):
            status = Cell(Status.HAPPENED, status.span, "a refusal is an act itself")
        if status.value is Status.DENIED and trigger.type in REFUSED:
            trigger, status = _refusal(trigger), Cell(Status.HAPPENED, status.span, "a refusal is an act itself")
        carrier = governor(tree, lexicon, at) if trigger.pos == "N" else -1
        acts.append(Found(at, trigger, filled, status, carrier))
    taken = {act.at for act in acts}
    demands = (_demand(tree, lexicon, at) for at in range(len(tree.tokens)) if at not in taken)
    told = without_doubles(tree, sorted([*acts, *filter(None, demands)], key=lambda act: act.at))
    for act in told:
        if act.trigger.pos != "M":
            words = (act.at, act.carrier) if act.carrier >= 0 else (act.at,)
            act.filled += other_side(tree, act.trigger.type, words, act.filled)
    return told


def _demand(tree: Tree, lexicon: Lexicon, at: int) -> Found | None:
    """As in "X said Y should withdraw": a REQUEST by X to Y."""
    modal = demand_modal(tree, lexicon, at)
    speaker = speaker_of(tree, lexicon, at) if modal >= 0 else None
    if speaker is None or speaker.party is None:
        return None
    asked = [one for one in parties_at(tree, tree.subject(at)) if one.party and one.party.id != speaker.party.id]
    filled = [(Role.ACTOR, speaker), *[(Role.RECIPIENT, one) for one in asked if one.party and one.party.code != "UNK"]]
    trigger = lexicon.triggers["M", tree.lemma(modal)][0]
    where = tree.span(modal, modal)
    return Found(at, trigger, filled, Cell(Status.HAPPENED, where, "the demand is made in these words"), -1)


def _conditional(tree: Tree, at: int) -> bool:
    return any(tree.lemma(kid) in ("if", "unless") for kid in tree.children(at, "mark"))


def _refusal(trigger: Trigger) -> Trigger:
    """What "won't accept" tells: a REJECT with the same participants."""
    return replace(trigger, type="REJECT", modes=(), cameo="120")


def evidence_of(tree: Tree, act: Found) -> Span:
    """The clause that states an act: its words and its participants', clauses of their own left out."""
    top = act.carrier if act.carrier >= 0 else act.at
    start, end = tree.analysis.sentences[tree.sentence_of[act.at]]
    stop = ("ccomp", "advcl", "parataxis", "acl:relcl", "conj", "cc", "punct", "discourse", "mark")
    inside = [at for at in tree.below(top, stop) if start <= at < end]
    inside += [at for _, found in act.filled for at in tree.tokens_in(found.mention.span) if start <= at < end]
    first, last = min(inside), max(inside)
    while first < act.at and tree.tag(first) in ("ADP", "DET", "CCONJ", "SCONJ", "PUNCT"):
        first += 1
    return tree.span(first, last)


_READ = ("REQUEST", "REJECT")  # types whose modes hang on what is asked, not on the word that asks (train/LOG.md)


def _modes(tree: Tree, lexicon: Lexicon, codebook: Codebook, act: Found, *, visit: bool) -> tuple[str, ...]:
    """The trigger's own mode, else what words of its clause give, else, of some types, what the network reads."""
    if act.trigger.id == NETWORK and act.read:
        modes = tuple(dict.fromkeys([*cells.likely_modes(act.read), *(("visit",) if visit else ())]))
    elif act.trigger.modes or visit:
        modes = (*act.trigger.modes, *(("visit",) if visit and "visit" not in act.trigger.modes else ()))
    else:
        top = act.carrier if act.carrier >= 0 else act.at
        words = {
            tree.tokens[at].form.lower()
            for at in tree.below(top, ("ccomp",) if act.trigger.type in ("ASSAULT", "CONSULT") else ())
        }
        modes = next(
            ((mode,) for listed, mode in lexicon.modes.get(act.trigger.type, ()) if not words.isdisjoint(listed)), ()
        )
    if act.trigger.type in _READ and not modes and act.read:
        modes = cells.likely_modes(act.read)
    if act.trigger.type == "REQUEST" and not modes:
        modes = ("change",)
    known = codebook.types[act.trigger.type].modes if act.trigger.type in codebook.types else {}
    return tuple(mode for mode in modes if mode in known)


def _fresh(tree: Tree, act: Found, body_at: int) -> bool:
    """True for what the report is about: a headline or a main clause, not a relative clause or a past perfect."""
    top = act.carrier if act.carrier >= 0 else act.at
    if tree.tokens[top].start < body_at:
        return True
    had = any(tree.tokens[kid].form.lower() == "had" for kid in tree.children(top, "aux"))
    here = top
    for head in (*tree.climb(top), -1):
        if tree.relation(here) in BACKGROUND or (tree.relation(here) in ("obl", "nmod") and act.trigger.pos == "N"):
            return False
        here = head
        if here < 0:
            break
    return not had


def _contexts(tree: Tree, lexicon: Lexicon, act: Found) -> tuple[str, ...]:
    start, end = tree.analysis.sentences[tree.sentence_of[act.at]]
    words = " " + " ".join(token.form.lower() for token in tree.tokens[start:end]) + " "
    return tuple(
        sorted(name for name, listed in lexicon.contexts.items() if any(f" {word} " in words for word in listed))
    )


def _claim_id(text: str, evidence: Span, act: Act, says: Says) -> str:
    """By text, words and act, not by the extractor's version: the same reading keeps its id."""
    parties = sorted(f"{p.role}:{p.party.value.id}" for p in act.participations if p.party.value)
    key = "\x1f".join((text, str(act.trigger.start), str(evidence.start), str(evidence.end), act.type, says, *parties))
    return "c" + hashlib.sha256(key.encode()).hexdigest()[:24]


def as_claim(
    text: str, act: Act, voice: Voice, says: Says, *, evidence: Span, confidence: float, reasons: tuple[str, ...]
) -> Claim:
    """An act as a claim of this extractor."""
    return Claim(
        _claim_id(text, evidence, act, says), text, act, voice, says, evidence, ORIGIN, confidence, reasons=reasons
    )


def _act(tree: Tree, lexicon: Lexicon, codebook: Codebook, found: Found, *, times: list[Dated], body_at: int) -> Act:
    status = found.status.value or Status.HAPPENED
    carriers = [found.at, *([found.carrier] if found.carrier >= 0 else [])]
    hosts = [one.at for role, one in found.filled if role is Role.HOST]
    modes = _modes(tree, lexicon, codebook, found, visit=False)
    side = lexicon.scene(found.trigger.type, modes)
    place = no_scene() if side == "none" else place_of(tree, carriers, hosts, found.trigger.type)
    if side and not place.value:
        acted = [one for role, one in found.filled if role.value == side and one.itself]
        place = implied_place([one.party for one in acted if one.party], side) or place
    visit = (
        as_visit(found.filled, place.value.country if place.value else "") if found.trigger.type == "CONSULT" else None
    )
    filled = visit or as_hosted(found.filled)
    if not place.value:
        hosts_named = [one.party for role, one in filled if role is Role.HOST and one.party]
        place = implied_place(hosts_named, "host") or place
    if visit:
        modes = _modes(tree, lexicon, codebook, found, visit=True)
    if any(role is Role.MEDIATOR for role, _ in filled) and "third-party" not in modes:
        modes = (*modes, "third-party")
    date, normal = _dated(tree, found, status, times, body_at)
    return Act(
        type=found.trigger.type,
        modes=modes,
        status=found.status,
        participations=participations(filled),
        date=date,
        place=place,
        trigger=tree.span(found.at, found.at),
        contexts=_contexts(tree, lexicon, found),
        cameo=codebook.to_cameo(found.trigger.type, modes, status) or found.trigger.cameo,
        normal=normal,
    )


def _dated(tree: Tree, act: Found, status: Status, times: list[Dated], body_at: int) -> tuple[Cell[Interval], str]:
    """The days of an act: of the times that hang on it, else the likeliest where the report has a day."""
    anchor = tree.grounded.anchor
    if status in DONE:
        times = not_ahead(tree, times)
    if times or not anchor.known or anchor.among or act.status.value in (Status.CANCELLED, Status.POSTPONED):
        return date_of(tree, times, status, _fresh(tree, act, body_at))
    top = act.carrier if act.carrier >= 0 else act.at
    inside = tree.tokens_in(evidence_of(tree, act))
    clause = Clause(top, inside, status_of(status), tree.tokens[top].start < body_at)
    return likely_day(tree, clause, act.read.days if act.read else None)


def _dated_words(act: Found) -> list[int]:
    """The words whose times are the act's: not those of a verb that cancels it ("on Thursday cancelled the visit")."""
    called_off = act.status.value in (Status.CANCELLED, Status.POSTPONED)
    return [act.at] if act.carrier < 0 or called_off else [act.at, act.carrier]


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """A text as read, the same only as itself."""

    analysis: Analysis
    grounded: Grounded

    def __hash__(self) -> int:
        return hash((id(self.analysis), id(self.grounded)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Reading) and self.analysis is other.analysis and self.grounded is other.grounded


@functools.lru_cache(maxsize=1)  # of the text at hand, which several extractors ask for
def _settled(reading: _Reading) -> tuple[Tree, tuple[Found, ...]]:
    tree, lexicon = Tree(reading.analysis, reading.grounded), load()
    tree.add_actors(first_persons(tree, lexicon))
    return tree, tuple(settle(tree, lexicon, find_acts(tree, lexicon)))


def told(analysis: Analysis, grounded: Grounded) -> tuple[Tree, tuple[Found, ...]]:
    """The acts that a text tells of, with its tree, for every extractor alike; not to be changed."""
    return _settled(_Reading(analysis, grounded))


def acts_of(
    report: Report, analysis: Analysis, grounded: Grounded, codebook: Codebook
) -> tuple[Tree, list[Found], list[Act]]:
    """The acts of a text with the words that tell of them, where they took place as the rules have it."""
    lexicon = load()
    tree, listed = told(analysis, grounded)
    found = [act for act in listed if act.trigger.type in codebook.types]
    words = {word: act.at for act in found for word in _dated_words(act)}
    times = times_by_act(tree, words, lexicon.reporting)
    acts = [_act(tree, lexicon, codebook, one, times=times.get(one.at, []), body_at=report.body_at) for one in found]
    words_of = [tree.lemma(one.at) for one in found]
    return tree, found, meetings.settled(filled_from_body(acts, report.body_at), words_of, codebook)


def extract(report: Report, analysis: Analysis, grounded: Grounded, codebook: Codebook) -> tuple[Claim, ...]:
    """The acts of a text as claims, in the order of its words."""
    lexicon = load()
    tree, found, acts = acts_of(report, analysis, grounded, codebook)
    if analysis.vectors:
        acts = [_placed(tree, one, act, report.body_at) for one, act in zip(found, acts, strict=True)]
    known = sources(tree, lexicon)
    voices = [_voice(tree, lexicon, one, found, known) for one in found]
    claims = [_claim(tree, one, act, voice) for one, act, voice in zip(found, acts, voices, strict=True)]
    return tuple(claim for claim in claims if claim)


def _placed(tree: Tree, found: Found, act: Act, body_at: int) -> Act:
    """An act with the likeliest scene."""
    inside = tree.tokens_in(evidence_of(tree, found))
    return likely_scene.settled(tree, found, act, inside, tree.tokens[found.at].start < body_at)


def _voice(tree: Tree, lexicon: Lexicon, found: Found, acts: list[Found], known: list[Source]) -> Voice:
    """The likeliest voice of an act; that of the rules behind the sentences that the weights were learned on."""
    word = found.carrier if found.carrier >= 0 else found.at
    if tree.sentence_of[word] < SHORT:
        return likely_voice(tree, lexicon, found, acts, known)
    doers = [party for role, party in found.filled if role not in (Role.RECIPIENT, Role.HOST)]
    return voice_of(tree, lexicon, word, doers, found.trigger.type in SPEECH_ACTS)


def _claim(tree: Tree, found: Found, act: Act, voice: Voice) -> Claim | None:
    """An act as a claim with its voice; None for one that is only negated and not worth keeping so."""
    denied = act.status.value is Status.DENIED
    if denied and act.type not in DENIABLE:
        return None
    form, own = tree.tokens[found.at].form, found.trigger.id == NETWORK
    rule = f"{'network' if own else f'rule {found.trigger.id}'}: “{form}” tells of {found.trigger.type}"
    weighed = (f"the network that read the text: {found.share:.2f} for an act here",) if found.share >= 0 else ()
    return as_claim(
        tree.analysis.text.id,
        act,
        voice,
        Says.DENIES if denied and voice.chain else Says.AFFIRMS,
        evidence=evidence_of(tree, found),
        confidence=_confidence(load(), found),
        reasons=(rule, found.status.reason, *weighed),
    )


def _confidence(lexicon: Lexicon, found: Found) -> float:
    """How often such an act is right in type and participants: by the network's share, else by type and word class."""
    if found.share < 0:
        return lexicon.confidence.get(f"{found.trigger.type} {found.trigger.pos}", UNMEASURED)
    return calibrated(found.share)
