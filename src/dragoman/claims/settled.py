"""Which acts a text tells of: those of the rules that the network does not doubt, and those that it alone is sure of.

The rules (:mod:`dragoman.claims.acts`) know words; the network (:mod:`dragoman.claims.weighed`) has read some thousand
coded reports. A rule's act goes where the network sees none in its words, changes its type where the network is sure
of another, and gains and loses participants by their shares. The bars were chosen on left-out topics (train/LOG.md).
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dragoman.claims import cells, parties, sides
from dragoman.claims.arguments import Filled
from dragoman.claims.found import Found
from dragoman.claims.lexicon import Lexicon, Trigger
from dragoman.claims.likely_status import likely_status
from dragoman.claims.overlap import SPEECH_ACTS, demanded, without_doubles
from dragoman.claims.signs import TYPES, Ruled, role_of, top
from dragoman.claims.slots import governor, left_open
from dragoman.claims.status import noun_status, verb_status
from dragoman.claims.tree import Tree
from dragoman.claims.weighed import Taking, Weighed, weigh
from dragoman.types import ActorKind, Role, Status

WEIGHED = (Role.ACTOR, Role.RECIPIENT)  # the network knows of no other roles, and does not judge them
NETWORK = "network"  # the id of what the network alone found, in the place of a rule's


# Shares from which an act of no rule is believed, by type: lower where few fixed words tell of a type, so that the
# network finds it with shares that are low and yet right
ADD = {"ACCUSE": 0.2, "SUPPORT": 0.2} | dict.fromkeys(("REQUEST", "AGREE", "MOBILIZE", "PROTEST", "AID"), 0.3)
ADD |= {"ASSAULT": 0.4, "SANCTION": 0.4}


@dataclass(frozen=True, slots=True)
class Bars:
    """The shares from which something is believed."""

    keep: float = 0.03  # an act of a rule
    add: float = 0.6  # an act of no rule, of a type that "types" does not name
    retype: float = 0.65  # another type for a rule's act
    stay: float = 0.2  # a participant that a rule gives
    found: float = 0.3  # a participant of an act of no rule
    join: float = 0.85  # a participant that no rule gives, in the act's own sentence
    types: Mapping[str, float] = field(default_factory=lambda: ADD)

    def least(self, kind: str) -> float:
        """The share from which an act of a type and of no rule is believed."""
        return self.types.get(kind, self.add)


BARS = Bars()
# (share, how many such acts are right by type and participants), measured on left-out topics; between them by a line
RIGHT = ((0.0, 0.35), (0.14, 0.47), (0.35, 0.59), (0.6, 0.6), (0.75, 0.65), (0.93, 0.79), (1.0, 0.86))


def as_ruled(tree: Tree, found: Found) -> Ruled:
    """An act as the rules found it, for whoever weighs words as acts."""
    roles = {top(tree, tree.tokens_in(one.mention.span)): role_of(role) for role, one in found.filled}
    return Ruled(found.trigger.type, (found.status.value or Status.HAPPENED).value, roles)


def settle(tree: Tree, lexicon: Lexicon, rules: list[Found], bars: Bars = BARS) -> list[Found]:
    """The acts of a text in order of their words, from those of the rules; these as they are where nothing was read."""
    ruled = {one.at: as_ruled(tree, one) for one in rules}
    seen = weigh(tree, lexicon, ruled)
    if seen is None:
        return rules
    kept = [one for act in rules if (one := _kept(tree, act, seen.words, bars))]
    taken = {*ruled, *(act.carrier for act in kept)}
    for at, word in seen.words.items():
        act = _added(tree, lexicon, word, bars) if at not in taken and word.share >= bars.least(word.type) else None
        if act and not any(_same(tree, act, other) for other in kept):
            kept.append(act)
    kept = without_doubles(tree, sorted(kept, key=lambda act: act.at))
    for act in kept:
        act.filled = sides.as_told(tree, act, act.trigger.id == NETWORK)
        if act.trigger.type in TYPES:
            act.status = likely_status(tree, act, act.trigger.id == NETWORK, seen.vectors)
            told = (seen.vectors[act.at], seen.signs[act.at])
            act.read = cells.read(told, act.trigger.type, act.status.value or Status.HAPPENED)
    return kept


def _kept(tree: Tree, act: Found, seen: Mapping[int, Weighed], bars: Bars) -> Found | None:
    """A rule's act as the network sees it; None where it sees none."""
    word = seen[act.at]
    carrier = seen.get(act.carrier)
    act.share = max(word.share, carrier.share if carrier else 0.0)
    if act.share < bars.keep:
        return None
    if word.type != act.trigger.type and word.of_type >= bars.retype:
        act.trigger = replace(act.trigger, type=word.type, modes=(), cameo="")
    filled = _taking_part(tree, act.filled, word, bars)
    if act.trigger.type not in SPEECH_ACTS or any(role is Role.ACTOR for role, _ in filled):
        act.filled = filled  # words stay somebody's
    return act if _anybody(act.filled) else None


def _taking_part(tree: Tree, filled: Filled, word: Weighed, bars: Bars) -> Filled:
    """The participants of a rule's act: those that are not unlikely, then those that are likely."""
    shares = {taking.one.at: taking for taking in word.taking}
    kept: Filled = []
    for role, one in filled:
        taking = shares.get(top(tree, tree.tokens_in(one.mention.span)))
        if taking is None or role not in WEIGHED or taking.share >= bars.stay:
            kept.append((role, one))
    return _joined(kept, [taking for taking in word.taking if not taking.beside], bars.join)


def _joined(filled: Filled, likely: Sequence[Taking], bar: float) -> Filled:
    """Participants and those that the network adds: of each state or body the likeliest mention, if none is there."""
    codes = {one.party.code for _, one in filled if one.party}
    best: dict[str, Taking] = {}
    for taking in likely:
        code = taking.one.party.code
        if code == "UNK" or code in codes or taking.share < bar or taking.one.party.kind is ActorKind.OUTLET:
            continue
        if code not in best or taking.share > best[code].share:
            best[code] = taking
    return filled + [(_role(taking), _party(taking)) for taking in best.values()]


def _role(taking: Taking) -> Role:
    return Role.ACTOR if taking.acting >= taking.affected else Role.RECIPIENT


def _party(taking: Taking) -> parties.Found:
    return parties.Found(taking.one.at, taking.one.mention, taking.one.cell, itself=True)


def _anybody(filled: Filled) -> bool:
    return any(one.party and one.party.code != "UNK" for _, one in filled)


_SEEMING = ("appear", "seem")


def _added(tree: Tree, lexicon: Lexicon, word: Weighed, bars: Bars) -> Found | None:
    """An act that only the network sees; None for one of nobody."""
    filled = _joined([], word.taking, bars.found)
    said = word.type in SPEECH_ACTS and all(role is not Role.ACTOR for role, _ in filled)
    if said or not _anybody(filled):
        return None  # words are somebody's, and acts too
    verb = tree.tag(word.at) == "VERB"
    if word.type == "REJECT" and left_open(tree, word.at):
        return None
    if not verb and tree.head(word.at) >= 0 and tree.lemma(tree.head(word.at)) in _SEEMING:
        return None  # "appeared to be a rebuff" is what somebody thinks of another act
    trigger = Trigger(NETWORK, "V" if verb else "N", (), word.type, (), (), "")
    status = verb_status(tree, lexicon, word.at) if verb else noun_status(tree, lexicon, word.at)
    if status is None or (word.type != "REQUEST" and demanded(tree, lexicon, word.at)):
        return None  # only demanded, avoided or refused
    return Found(word.at, trigger, filled, status, -1 if verb else governor(tree, lexicon, word.at), word.share)


def _same(tree: Tree, act: Found, other: Found) -> bool:
    """True for an act that another word of its sentence tells of already."""
    if act.trigger.type != other.trigger.type or tree.sentence_of[act.at] != tree.sentence_of[other.at]:
        return False
    mine, theirs = ({one.party.code for _, one in found.filled if one.party} for found in (act, other))
    return mine <= theirs or bool(act.carrier >= 0 and act.carrier in (other.at, other.carrier))


def calibrated(share: float) -> float:
    """The confidence that a share deserves."""
    for (low, below), (high, above) in itertools.pairwise(RIGHT):
        if share <= high:
            return round(below + (above - below) * (share - low) / (high - low), 3)
    return RIGHT[-1][1]
