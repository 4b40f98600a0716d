"""On whose word an act is told: reporting clauses and "according to" around it, as a chain of speakers.

Knows trees, parties and the reporting tables. An act nobody is said to tell is the outlet's own (an empty chain).
"""

from dragoman.claims.lexicon import Lexicon
from dragoman.claims.parties import Found, parties_at
from dragoman.claims.tree import SUBJECTS, Tree
from dragoman.types import Cell, Medium, Party, Span, Speaker, Voice

FIRST_PERSONS = ("i", "we")
NEAR = 12  # tokens after a speaker within which "in a statement" names its medium; set by hand


def _medium(tree: Tree, lexicon: Lexicon, first: int, last: int, default: Medium) -> Medium:
    for at in range(max(first, 0), min(last, len(tree.tokens))):
        word = tree.tokens[at].form.lower()
        medium = lexicon.media.get(word)
        if medium is Medium.STATE_MEDIA and (at == 0 or tree.tokens[at - 1].form.lower() != "state"):
            continue
        if medium:
            return medium
    return default


def speaker_at(tree: Tree, lexicon: Lexicon, at: int, cue: int, default: Medium) -> Speaker | None:
    """The speaker a noun phrase names: a party, else a class of anonymity; None when it is neither."""
    token = tree.tokens[at]
    span = Span(tree.analysis.text.id, tree.tokens[cue].start, tree.tokens[cue].end)
    medium = _medium(tree, lexicon, min(at, cue) - 3, max(at, cue) + NEAR, default)
    known = [found for found in parties_at(tree, at) if found.party]
    anonymity = lexicon.anonymous.get(token.form.lower(), "")
    if known and not (anonymity and known[0].party and known[0].party.code == "UNK"):
        found = known[0]
        return Speaker(
            Cell(found.party, found.mention.span, found.cell.reason),
            span,
            medium,
            anonymity if not found.itself else "",
        )
    if anonymity:
        where = Span(tree.analysis.text.id, token.start, token.end)
        return Speaker(Cell(None, where, f"an unnamed source ({anonymity})"), span, medium, anonymity)
    return None


def _reporting_verb(tree: Tree, lexicon: Lexicon, at: int) -> int:
    """The nearest verb of saying that an act is the content of, -1 if it is told directly."""
    here, content = at, False
    for head in tree.climb(at):
        relation = tree.relation(here)
        if tree.lemma(head) in lexicon.media and relation in ("acl", "ccomp", "acl:relcl", "xcomp"):
            content = True  # "said in a readout that ...": the clause is hung on the noun
        if tree.lemma(head) in lexicon.reporting and tree.tag(head) == "VERB":
            if content or relation in ("ccomp", "parataxis", "xcomp", "obj", "dep"):
                return head
            if relation in ("conj", "advcl", "nsubj", "obl") and here < head and relation == "conj":
                return head
        for kid in tree.children(head if relation in ("conj",) else here, "parataxis"):
            if tree.lemma(kid) in lexicon.reporting:
                return kid
        here = head
    for kid in tree.children(here, "parataxis", "ccomp", "dep"):
        if tree.lemma(kid) in lexicon.reporting and kid != at and not tree.children(kid, "ccomp"):
            return kid
    return -1


def _according_to(tree: Tree, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """(token of "according", head of the source's noun phrase) in a sentence."""
    start, end = sentence
    for at in range(start, end - 2):
        if tree.tokens[at].form.lower() == "according" and tree.tokens[at + 1].form.lower() == "to":
            source = at + 2
            for head in (source, *tree.climb(source)):
                if head <= at + 1 or head >= end or tree.tag(head) == "VERB":
                    break
                source = head
            return at, source
    return None


def _colon_speaker(tree: Tree, lexicon: Lexicon, sentence: tuple[int, int]) -> Speaker | None:
    """A headline's source behind its last colon or dash ("... in coming weeks: Japan") or before its first colon.

    A place in capitals before a colon is a dateline.
    """
    start, end = sentence
    marks = [at for at in range(start + 1, end - 1) if tree.tokens[at].form in (":", "–", "—")]
    if not marks:
        return None
    for at, first, last in ((marks[-1] + 1, marks[-1] + 1, end), (start, start, marks[0])):
        pair = tree.actor_at.get(at)
        named = tree.tokens_in(pair[0].span) if pair else range(at, at + 1)
        if named.start != first or named.stop != last or (at == start and tree.tokens[at].form.isupper()):
            continue
        speaker = speaker_at(tree, lexicon, at, marks[0], Medium.UNKNOWN)
        if speaker and (speaker.anonymity or (speaker.party.value and speaker.party.value.code != "UNK")):
            return speaker
    return None


def _clause_speaker(tree: Tree, lexicon: Lexicon, at: int) -> Speaker | None:
    verb = _reporting_verb(tree, lexicon, at)
    if verb < 0 or tree.negated(verb):
        return None
    who = tree.subject(verb)
    if tree.relation(verb) == "advcl" and not parties_at(tree, who):  # "X denied it, while listing ...": X lists
        upper = tree.head(verb)
        subjects = [tree.subject(up) for up in (upper, tree.head(upper)) if up >= 0]
        who = next((subject for subject in subjects if parties_at(tree, subject)), who)
    if tree.passive(verb):  # "X was believed to", "X was told that": X is not who says it
        agents = [kid for case, kid in tree.nominals(verb) if case == "by"]
        who = agents[0] if agents else -1
    return speaker_at(tree, lexicon, who, verb, lexicon.reporting[tree.lemma(verb)]) if who >= 0 else None


def told_by(tree: Tree, lexicon: Lexicon, at: int) -> tuple[str, Speaker] | None:
    """(how it is found, speaker) of what is told at a token; None for the outlet's own word."""
    sentence = tree.analysis.sentences[tree.sentence_of[at]]
    speaker = _clause_speaker(tree, lexicon, at)
    if speaker:
        return "clause", speaker
    found = _according_to(tree, sentence)
    speaker = speaker_at(tree, lexicon, found[1], found[0], Medium.UNKNOWN) if found else None
    if speaker:
        return "according", speaker
    speaker = _colon_speaker(tree, lexicon, sentence)
    return ("colon", speaker) if speaker else None


def voice_of(tree: Tree, lexicon: Lexicon, at: int, doers: list[Found], speech_act: bool) -> Voice:
    """The voice of an act told at a token.

    For an act of speech (REQUEST, ACCUSE ...) its own actor is no further source.
    """
    found = told_by(tree, lexicon, at)
    if found is None:
        return Voice()
    _, speaker = found
    own: set[str] = {found.party.id for found in doers if found.party}
    party: Party | None = speaker.party.value
    if speech_act and party is not None and party.id in own:
        return Voice()
    return Voice((speaker,))


def demand_modal(tree: Tree, lexicon: Lexicon, at: int) -> int:
    """The "should" or "must" of a verb, -1 if it has none."""
    modals = (kid for kid in tree.children(at, "aux") if ("M", tree.lemma(kid)) in lexicon.triggers)
    modal = next(modals, -1)
    return modal if modal >= 0 and _asks(tree, at) else -1


def _asks(tree: Tree, at: int) -> bool:
    """False where nobody is asked for anything: "we must win", "how a state should be", "they should be aware"."""
    own = tree.children(at, *SUBJECTS)
    if any(tree.tokens[kid].form.lower() in FIRST_PERSONS for kid in own):
        return False
    if tree.tag(at) == "VERB":
        return True
    return tree.tag(at) in ("ADJ", "NOUN") and all(tree.tag(kid) != "PRON" for kid in own)


def speaker_of(tree: Tree, lexicon: Lexicon, at: int) -> Found | None:
    """The known party in whose words a clause is told, None if it is nobody's or nobody's that is known."""
    chain = voice_of(tree, lexicon, at, [], speech_act=False).chain
    party = chain[0].party.value if chain else None
    if party is None or party.code == "UNK":
        return None
    mention = next((one for one, cell in tree.grounded.actors if one.span == chain[0].party.span), None)
    return Found(tree.tokens_in(mention.span).start, mention, chain[0].party, True) if mention else None
