"""The participants of an act: a trigger's slots filled with parties in the roles that its row gives them.

Knows trees, parties and rows; status, time and voice are read elsewhere.
"""

from dragoman.claims.lexicon import Lexicon, Trigger
from dragoman.claims.parties import PEOPLE, PRIVATE, Found, is_people, parties_at
from dragoman.claims.slots import governor, slot
from dragoman.claims.tree import Tree
from dragoman.types import ActorKind, Cell, Participation, Role

Filled = list[tuple[Role, Found]]
MEDIATORS = ("mediator", "broker", "intermediary", "facilitator", "go-between")
OCCASIONS = ("during", "in", "at", "on", "after", "following", "for", "before", "ahead of", "amid", "with")
JOURNEYS = ("tour", "trip", "visit", "journey", "swing", "mission")
GATHERINGS = ("conference", "congress", "forum", "summit")
OPEN_ROLES = ("none", "place")


def _noun_subject(tree: Tree, lexicon: Lexicon, at: int) -> list[Found]:
    """Owners of a nominal act ("China's visit", "US-China talks"), else the subject of its light verb."""
    found: list[Found] = []
    owners = tree.owners(at)
    for kid in [] if _named_by_place(tree, at, owners) else owners:
        found += [one for one in parties_at(tree, kid) if one.party and not _region(tree, at, kid, one)]
        found += [
            one
            for inner in tree.owners(kid)
            if inner in tree.actor_at and kid not in tree.actor_at
            for one in parties_at(tree, inner)
        ]
    found = [one for one in found if one.party and one.party.code != "UNK"]
    if found:
        return found
    carrier = governor(tree, lexicon, at)
    if carrier >= 0 and tree.relation(at) != "nsubj" and lexicon.light.get(tree.lemma(carrier)) != "O":
        return _doers(tree, carrier)
    return _owner_of_same_kind(tree, at) or _clause_doer(tree, at)


def _region(tree: Tree, at: int, owner: int, found: Found) -> bool:
    """Whether it is where a journey goes: "a European tour"."""
    collective = found.party is not None and found.party.kind is ActorKind.COLLECTIVE
    return collective and tree.lemma(at) in JOURNEYS and tree.relation(owner) in ("amod", "compound")


def _named_by_place(tree: Tree, at: int, owners: list[int]) -> bool:
    """As in "a Syria conference", "the London summit": what it is about or where, not who takes part."""
    if tree.lemma(at) not in GATHERINGS:
        return False
    named = [kid for kid in owners if kid in tree.actor_at]
    return len(named) == 1 and named[0] in tree.place_at and tree.relation(named[0]) == "compound"


def _clause_doer(tree: Tree, at: int) -> list[Found]:
    """Who does the clause that a meeting or visit is the occasion of: "X urged restraint during talks with Y"."""
    if tree.case(at) not in OCCASIONS or tree.relation(at) not in ("obl", "nmod"):
        return []
    verb = next((up for up in tree.climb(at) if tree.tag(up) == "VERB"), -1)
    doers = _doers(tree, verb) if verb >= 0 else []
    return doers if is_people(doers) else []


def _owner_of_same_kind(tree: Tree, at: int) -> list[Found]:
    """As in "Li's visit to Moscow came after trips to Kyiv": whose visit it was made the trips."""
    verb = tree.head(at)
    if verb < 0 or tree.tag(verb) != "VERB" or tree.relation(at) != "obl":
        return []
    acts = [kid for kid in tree.children(verb, "nsubj") if tree.tag(kid) == "NOUN"]
    return [found for kid in acts for owner in tree.children(kid, "nmod:poss") for found in parties_at(tree, owner)]


def _doers(tree: Tree, at: int) -> list[Found]:
    """Who does a verb: its subject, or the "by"-phrase of a passive."""
    if tree.passive(at):
        agents = [kid for case, kid in tree.nominals(at) if case == "by"]
        return [found for kid in agents for found in parties_at(tree, kid)]
    return parties_at(tree, tree.subject(at))


def _slot_parties(tree: Tree, lexicon: Lexicon, trigger: Trigger, at: int, name: str) -> list[Found]:
    if name == "S":
        return _noun_subject(tree, lexicon, at) if trigger.pos == "N" else _doers(tree, at)
    if name == "O":
        return [found for kid in slot(tree, trigger, at, "obj") for found in parties_at(tree, kid)]
    if name == "self":
        return parties_at(tree, at)
    if name == "C":
        clauses = tree.children(at, "ccomp")
        return [found for clause in clauses for found in parties_at(tree, tree.subject(clause))]
    tokens = slot(tree, trigger, at, name)
    carrier = governor(tree, lexicon, at) if trigger.pos == "N" else -1
    if carrier >= 0 and tree.relation(at) != "nsubj":
        tokens += [kid for case, kid in tree.nominals(carrier) if name in case.split()]
    return [found for kid in tokens for found in parties_at(tree, kid)]


def fill(tree: Tree, lexicon: Lexicon, trigger: Trigger, at: int) -> Filled:
    """The parties of a trigger by role, each party once (its first role), those of unmet classes left out."""
    filled: Filled = []
    taken: set[str] = set()
    between = _slot_parties(tree, lexicon, trigger, at, "between") if trigger.pos == "N" else []
    # "prepares the summit between X and Y": these two meet; "... between the two": nobody that is named does
    unnamed = trigger.pos == "N" and not between and bool(slot(tree, trigger, at, "between"))
    both = len(between) > 1 or unnamed
    for name, role, kind in trigger.roles:
        if role in OPEN_ROLES or (both and name == "S"):
            continue
        for found in _slot_parties(tree, lexicon, trigger, at, name):
            party = found.party
            if party is None or party.id in taken or _nobody(found) or (kind == "people" and not _public_person(found)):
                continue
            if name == "for" and not found.itself:
                continue
            taken.add(party.id)
            filled.append((Role.HOST if name == "S" and _goal(tree, trigger, found) else Role(role), found))
    if trigger.pos == "N" and trigger.type == "CONSULT":
        named = [found for found in _mediators(tree, at) if found.party and found.party.id not in taken]
        filled += [(Role.MEDIATOR, found) for found in named]
    return filled


def _goal(tree: Tree, trigger: Trigger, found: Found) -> bool:
    """True for the place that a visit is named by: "the Beijing visit" goes there, "the Blinken visit" is his."""
    if trigger.pos != "N" or "visit" not in trigger.modes or found.mention.name or found.mention.title:
        return False
    return tree.relation(tree.top_of[found.at]) == "compound" and found.at in tree.place_at


def _mediators(tree: Tree, at: int) -> list[Found]:
    """Who mediates by "X acted as a mediator in the talks": who is said to mediate what the noun tells of.

    The talks may hang on the mediator or beside it on the verb.
    """
    head = tree.head(at)
    if head < 0 or tree.relation(at) not in ("nmod", "obl"):
        return []
    beside = [tree.lemma(kid) for case, kid in tree.nominals(head) if case == "as" and kid != at]
    if tree.lemma(head) not in MEDIATORS and not any(lemma in MEDIATORS for lemma in beside):
        return []
    verb = next((up for up in (head, *tree.climb(head)) if tree.tag(up) == "VERB"), -1)
    return _doers(tree, verb) if verb >= 0 else []


def _nobody(found: Found) -> bool:
    """A capitalised word that no table knows, with no office or country beside it; an outlet that is spoken to."""
    if found.party is not None and found.party.kind is ActorKind.OUTLET:
        return True
    return found.party is not None and found.party.code == "UNK" and not found.mention.title


def _public_person(found: Found) -> bool:
    """Somebody of an office; journeys of families, journalists and tourists are nobody's visits."""
    party = found.party
    if not found.itself or party is None or party.kind not in PEOPLE:
        return False
    return not (party.kind is ActorKind.GROUP and party.sector in PRIVATE)


def as_hosted(filled: Filled) -> Filled:
    """A visit to a state that names whom was met there: that person is the host, not the state beside it."""
    visitors = {found.party.code for role, found in filled if role is Role.VISITOR and found.party}
    filled = [pair for pair in filled if pair[0] is not Role.ACTOR or _apart(pair[1], visitors)]
    hosts = {found.party.code for role, found in filled if role is Role.HOST and found.party}
    if not hosts:
        return filled
    met = [pair for pair in filled if pair[0] is Role.ACTOR and pair[1].party and pair[1].party.code in hosts]
    named = {found.party.code for _, found in met if found.party}
    kept = [pair for pair in filled if pair not in met and not (pair[0] is Role.HOST and _state_of(pair[1], named))]
    return [*kept, *[(Role.HOST, found) for _, found in met]]


def _state_of(found: Found, codes: set[str]) -> bool:
    """True for a state with one of these codes."""
    return found.party is not None and found.party.kind is ActorKind.STATE and found.party.code in codes


def _apart(found: Found, visitors: set[str]) -> bool:
    """False for the sender of a visitor: a state or body that the visitor speaks for."""
    return found.party is None or found.party.kind in PEOPLE or found.party.code not in visitors


def as_visit(filled: Filled, country: str) -> Filled | None:
    """A meeting of two sides in the capital of one of them is a visit: the other side is the visitor; else None."""
    codes = {found.party.code for _, found in filled if found.party}
    if len(codes) < 2 or country not in codes or any(role is not Role.ACTOR for role, _ in filled):
        return None
    return [
        (Role.HOST if found.party and found.party.code == country else Role.VISITOR, found) for role, found in filled
    ]


def participations(filled: Filled) -> tuple[Participation, ...]:
    """The filled roles as values, each with the words it was read from."""
    made = []
    for role, found in filled:
        why = found.cell.reason if found.itself else f"owns the noun: {found.cell.reason}"
        made.append(Participation(Cell(found.party, found.mention.span, why), role))
    return tuple(made)
