"""On whose word an act is most likely told: the sources of a text, and the outlet's own voice, weighed.

Candidates are whoever the rules of :mod:`dragoman.claims.voices` name, the sources of attributions in whose content the
act's word stands, and those of places of the text that tell of it again. What speaks for each is weighed by weights
learned from coded reports (train/voices.py); no candidate is the outlet's own voice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman import ranking
from dragoman.claims import signs
from dragoman.claims.attributions import Attribution, attributions
from dragoman.claims.found import Found
from dragoman.claims.lexicon import Lexicon
from dragoman.claims.overlap import SPEECH_ACTS
from dragoman.claims.tree import Tree
from dragoman.claims.voices import speaker_at, told_by
from dragoman.types import Cell, Medium, Role, Span, Speaker, Status, Voice

AFFECTED = (Role.RECIPIENT, Role.HOST)
UNKNOWN = "a source that no table knows"


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody on whose word an act may be told, None for the outlet, with what speaks for it."""

    speaker: Speaker | None
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An attribution with its speaker; ``cue``: the word that its cue is built on."""

    speaker: Speaker
    kind: str
    at: int
    cue: int
    content: frozenset[int]


def likely_voice(tree: Tree, lexicon: Lexicon, act: Found, acts: Sequence[Found], known: Sequence[Source]) -> Voice:
    """The voice of an act; ``acts``: all of its text; ``known``: the text's sources (:func:`sources`)."""
    found = candidates(tree, lexicon, act, acts, known)
    best = ranking.choose(ranking.load("voices")["voice"], [one.features for one in found])
    speaker = found[best.index].speaker
    if speaker is None:
        return Voice()
    why = f"likeliest of {len(found) - 1} sources and the outlet ({best.probability:.2f})"
    party = replace(speaker.party, reason="; ".join(filter(None, (speaker.party.reason, why))))
    return Voice((replace(speaker, party=party),))


def sources(tree: Tree, lexicon: Lexicon) -> list[Source]:
    """The attributions of a text whose source is somebody known, a class of nameless speakers, or named by words."""
    out = []
    for one in attributions(tree, lexicon):
        cues = _tokens(tree, one.cue)
        named = _tokens(tree, one.source)
        if not cues or not named:
            continue
        cue = signs.top(tree, range(cues[0], cues[-1] + 1))
        who = signs.top(tree, range(named[0], named[-1] + 1))
        medium = lexicon.reporting.get(tree.lemma(cue), Medium.UNKNOWN)
        speaker = speaker_at(tree, lexicon, who, cue, medium) or _unknown(tree, one, who, medium)
        if speaker:
            out.append(Source(speaker, one.kind, who, cue, frozenset(_tokens(tree, one.content))))
    return out


def _unknown(tree: Tree, one: Attribution, who: int, medium: Medium) -> Speaker | None:
    """A source that is named by words only ("her husband"); None for a pronoun and for what is merely felt or shown."""
    if one.kind != "said" or tree.tag(who) not in ("NOUN", "PROPN"):
        return None
    return Speaker(Cell(None, one.source[0], UNKNOWN), one.cue[0], medium)


def _tokens(tree: Tree, spans: Sequence[Span]) -> list[int]:
    return [at for span in spans for at in tree.tokens_in(span)]


def candidates(tree: Tree, lexicon: Lexicon, act: Found, acts: Sequence[Found], known: Sequence[Source]) -> list[Told]:
    """Whoever may tell of an act, the outlet first; each speaker once. Of an act of speech its actor is no source."""
    spoken = act.trigger.type in SPEECH_ACTS
    own = {one.party.id for role, one in act.filled if spoken and one.party and role not in AFFECTED}
    word = act.carrier if act.carrier >= 0 else act.at
    features: dict[str, list[str]] = {}
    speakers: dict[str, Speaker] = {}
    shared = tuple(_of_act(tree, act, word))
    for speaker, shown in _named(tree, lexicon, act, acts, known):
        key = _key(speaker)
        if key in own:
            continue
        speakers.setdefault(key, speaker)
        features.setdefault(key, list(_of_speaker(act, speaker, shared))).extend(shown)
    outlet = ("none", *(f"none {one}" for one in shared), f"none of {min(len(speakers), 3)}")
    rest = [Told(speakers[key], tuple(dict.fromkeys(features[key]))) for key in speakers]
    return [Told(None, outlet), *rest]


def _key(speaker: Speaker) -> str:
    party = speaker.party.value
    span = speaker.party.span
    return party.id if party else f"{speaker.anonymity or (span.start if span else '')}"


def _of_act(tree: Tree, act: Found, word: int) -> Iterator[str]:
    relation = tree.relation(word)
    yield act.trigger.type
    yield f"status {(act.status.value or Status.HAPPENED).value}"
    yield f"{tree.tag(word)} {relation}"
    yield f"lemma {tree.lemma(word)}"
    head = tree.head(word)
    yield f"under {tree.lemma(head) if head >= 0 else '-'}"
    yield f"sentence {min(tree.sentence_of[word], 3)}"


def _named(
    tree: Tree, lexicon: Lexicon, act: Found, acts: Sequence[Found], known: Sequence[Source]
) -> Iterator[tuple[Speaker, list[str]]]:
    word = act.carrier if act.carrier >= 0 else act.at
    rule = told_by(tree, lexicon, word)
    if rule:
        how, speaker = rule
        cue = tree.tokens_in(speaker.cue) if speaker.cue else range(0)
        way = signs.way(tree, word, cue.start) if cue else "-"
        yield speaker, [f"rule {how}", f"rule {how} {act.trigger.type}", f"rule {how} {tree.tag(word)} {way}"]
        yield speaker, [f"rule {how} {tree.tag(word)} {tree.relation(word)}", f"rule {how} {way}"]
    for one in known:
        where = _where(tree, act, acts, one)
        if where:
            yield one.speaker, list(_of_source(tree, act, word, one, where))


def _where(tree: Tree, act: Found, acts: Sequence[Found], one: Source) -> str:
    """Where the content of an attribution tells of an act: "inside", "again" in other words, "near"; "" for nowhere."""
    if act.at in one.content:
        return "inside"
    again = (other for other in acts if other is not act and other.trigger.type == act.trigger.type)
    if any(other.at in one.content and _shared(act, other) for other in again):
        return "again"
    if any(tree.lemma(other) == tree.lemma(act.at) for other in one.content):
        return "same word"
    return "near" if abs(tree.sentence_of[one.cue] - tree.sentence_of[act.at]) <= 1 else ""


def _shared(act: Found, other: Found) -> bool:
    mine, theirs = ({one.party.code for _, one in found.filled if one.party} for found in (act, other))
    return 2 * len(mine & theirs) >= max(len(mine), len(theirs)) > 0


def _of_source(tree: Tree, act: Found, word: int, one: Source, where: str) -> Iterator[str]:
    apart = tree.sentence_of[one.cue] - tree.sentence_of[word]
    title = tree.sentence_of[word] == 0
    yield f"{where} {one.kind}"
    yield f"{where} {tree.lemma(one.cue)}"
    yield f"{where} apart {max(-3, min(3, apart))} {title}"
    yield f"{where} {act.trigger.type}"
    yield f"{where} {tree.tag(word)} {tree.relation(word)}"
    if where == "inside":
        yield f"inside way {signs.way(tree, word, one.cue)}"
        yield f"inside {(act.status.value or Status.HAPPENED).value}"
    yield f"cue {tree.tokens[one.cue].tag}"
    if tree.negated(one.cue):
        yield "negated"


def _of_speaker(act: Found, speaker: Speaker, shared: Sequence[str]) -> Iterator[str]:
    party = speaker.party.value
    speech = "speech" if act.trigger.type in SPEECH_ACTS else "deed"
    sides = {
        ("recipient" if role in AFFECTED else "actor", how)
        for role, one in act.filled
        if one.party and party
        for how in (
            ["self"] if one.party.id == party.id else ["state"] if one.party.code == party.code != "UNK" else []
        )
    }
    yield "somebody"
    yield f"{speech} {'+'.join(sorted(f'{side} {how}' for side, how in sides)) or 'other'}"
    yield f"anonymity {speaker.anonymity or ('-' if party else 'unknown')}"
    yield f"kind {party.kind.value if party else '-'} {party.sector if party else '-'}"
    yield f"medium {speaker.medium.value}"
    yield f"somebody {shared[0]}"
