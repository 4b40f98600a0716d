"""Who is meant: each actor mention to the party it names as of the report's day, with the reason.

Knows the mentions of one text, the knowledge tables and the day; it must not know what anybody did. Order of trust:
a known person or body by name; a fuller mention of the same name or title elsewhere in the text; the holder of a
unique office; else a provisional party that carries the code of the state it is said to speak for.
"""

import datetime as dt
import functools
import re
from dataclasses import dataclass, field, replace

from dragoman.ground import blocs, peoples
from dragoman.ground.naming import bare, mission, party_name
from dragoman.ground.syntax import NO_TREES, Syntax
from dragoman.knowledge import FORMER, Knowledge, Title, fold
from dragoman.knowledge_days import When
from dragoman.types import ActorKind, Cell, Mention, Party, Precision

UNKNOWN = "UNK"
HOME_RANK = 75  # offices and bodies of state that an outlet names without the state, its own: "the prime minister"
OTHERS = (  # "Britain's allies": some that are not Britain
    *("ally", "allies", "neighbour", "neighbours", "neighbor", "neighbors", "rival", "rivals", "foe", "foes"),
    *("adversary", "adversaries"),
)
OWNING = ("his", "her", "its")
POSSESSIVES = ("his", "her", "him")
ENVOYS = ("envoy", "special_envoy", "ambassador")  # who may be called by where they are sent
WHOSE = ("his", "her", "its", "their")
LEADER_TITLES = ("head_of_state_or_government",)
LEADING_OFFICES = ("supreme_leader", "president", "prime_minister", "chancellor", "junta_leader")
# States that a prime minister or chancellor leads although they have a president, by their constitutions
PARLIAMENTARY = frozenset(
    [
        *("ALB", "ARM", "AUT", "BGD", "BGR", "CZE", "DEU", "EST", "ETH", "FIN", "GEO", "GRC", "HRV", "HUN", "IND"),
        *("IRL", "IRQ", "ISL", "ISR", "ITA", "KOS", "LVA", "MKD", "MLT", "NPL", "PAK", "SGP", "SVK", "SVN"),
    ]
)
# Offices and forms of address that only one state or body has, by title key and by the words themselves
OF_ONE = {"pope": "VAT", "council_president": "EUR", "commission_president": "EUR", "high_representative": "EUR"}
WORDS_OF_ONE = {"taoiseach": "IRL", "tanaiste": "IRL", "tánaiste": "IRL", "raksha mantri": "IND"}
_EVERYBODY = re.compile(r"^(?:all|both|other|the other|warring|opposing|the warring|relevant)\s", re.IGNORECASE)
_DETERMINER = re.compile(r"^(?:the|a|an|some|several|two|three|his|her|its|their)\s+", re.IGNORECASE)


@dataclass(slots=True)
class _Memory:
    """What a text has said so far of who is who."""

    by_name: dict[str, Party] = field(default_factory=dict)
    by_short: dict[str, Party] = field(default_factory=dict)
    by_title: dict[str, Party] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    last_person: Party | None = None
    named: Party | None = None
    named_at: int = -1
    last_body: Party | None = None
    body_is_subject: bool = False
    person_is_subject: bool = False
    last_state: Party | None = None
    owner: str = ""


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


@functools.lru_cache(maxsize=1 << 14)
def owner_code(knowledge: Knowledge, words: str) -> str:
    """The code that a state, demonym, body or place stands for ("Russian" -> RUS), "" if none."""
    found: list[tuple[int, str]] = []
    for entry in knowledge.entries(words):
        if entry.kind in ("actor", "demonym"):
            found.append((entry.weight, knowledge.code(entry.key)))
        elif entry.kind == "place":
            found.append((entry.weight - 1, knowledge.place(entry.key).country))
    return max(found)[1] if found else ""


@functools.lru_cache(maxsize=1 << 14)
def _owner_key(knowledge: Knowledge, words: str) -> str:
    """The key of the body or state that words name ("NATO"), "" if none: heads of bodies that share a code differ."""
    found = [(entry.weight, entry.key) for entry in knowledge.entries(words) if entry.kind in ("actor", "demonym")]
    return max(found)[1] if found else ""


def _candidates(mention: Mention, knowledge: Knowledge, of_code: str, on: When) -> list[Party]:
    """Known persons of a name, those of the stated country only, those in office first."""
    people = [knowledge.party(key, on) for key in knowledge.named(mention.name)]
    if of_code:
        people = [person for person in people if person.code == of_code]
    return sorted(people, key=lambda person: (person.sector == FORMER, person.id))


def _named(mention: Mention, knowledge: Knowledge, memory: _Memory, on: When) -> Cell[Party]:
    of_code = owner_code(knowledge, mention.of) if mention.of else ""
    name = fold(mention.name)
    earlier = memory.by_name.get(name) or memory.by_short.get(name.rsplit(" ", 1)[-1])
    full = " " in mention.name
    if earlier and (not of_code or earlier.code in (of_code, UNKNOWN)) and (not full or fold(earlier.name) == name):
        return Cell(earlier, mention.span, f"named more fully elsewhere in the text as {earlier.name}")
    known = _candidates(mention, knowledge, of_code, on)
    if not full and not of_code and not mention.title:
        known = [one for one in known if one.sector != FORMER or one.code in memory.codes]
    present = [person for person in known if person.code in memory.codes]
    if not full and len(known) > 1:
        known = present or known
    if known and (full or len(known) == 1 or of_code or len(present) == 1 or _one_in_office(known)):
        return Cell(known[0], mention.span, "known by this name" + (f" as {known[0].title}" if known[0].title else ""))
    return _provisional(mention, knowledge, of_code)


def _one_in_office(people: list[Party]) -> bool:
    return sum(person.sector != FORMER for person in people) == 1


def _provisional(mention: Mention, knowledge: Knowledge, of_code: str) -> Cell[Party]:
    """A person of this record only; codes come from the words beside the name."""
    title = knowledge.title(mention.title) if mention.title else None
    if not title and not of_code:
        party = Party(f"x/{_slug(mention.name)}", mention.name, ActorKind.PERSON, UNKNOWN)
        return Cell(party, mention.span, "a proper name that the tables do not know, without office or country")
    code = of_code or UNKNOWN
    sector = title.sector if title else "GOV"
    party = Party(f"x/{code}/{_slug(mention.name)}", mention.name, ActorKind.PERSON, code, sector, mention.title)
    return Cell(party, mention.span, "not in the tables: coded by the office and country beside the name")


def _titled(mention: Mention, knowledge: Knowledge, memory: _Memory, on: When, home: str) -> Cell[Party]:
    title = knowledge.title(mention.title)
    of_words = mention.of or _first_words(mention.words, knowledge)
    if title.key in ENVOYS and memory.owner:
        mention, of_words = replace(mention, of=""), ""
    of_code = owner_code(knowledge, of_words) or OF_ONE.get(title.key, "")
    of_code = of_code or WORDS_OF_ONE.get(_DETERMINER.sub("", mention.words).lower(), "") or memory.owner
    earlier = memory.by_title.get(f"{mention.title}/{of_code}")
    if earlier and not mention.plural:
        return Cell(earlier, mention.span, f"the {title.key} the text has named as {earlier.name}")
    if why := _nameless(mention, title):
        return Cell(None, mention.span, why)
    if title.key == "country" and not of_code and memory.last_state:
        return Cell(memory.last_state, mention.span, f"the state named last: {memory.last_state.name}")
    if title.key == "government":
        known = _government(mention, knowledge, of_words, of_code, on)
    else:
        known = _keeping_peace(mention, title, knowledge, memory, of_words, on)
    if known:
        return known
    # "Deputy leader" and the leader of "Chad rebel group" lead no state
    leads = title.key in LEADER_TITLES and mention.of in mention.words and "deputy" not in mention.words.lower()
    if leads and of_code and not mention.plural:
        leader = _leader(knowledge, memory, of_code, on)
        if leader:
            return Cell(leader, mention.span, f"the leader of {mention.of}")
    known_of = f" of {of_words}" if owner_code(knowledge, of_words) else ""
    code, why = (of_code, f"{title.key}{known_of}") if of_code else _implied(title, memory, home)
    return _in_office(mention, knowledge, code, why, on)


def _keeping_peace(  # noqa: PLR0917 # what a mention is resolved with, and of whom it is
    mention: Mention, title: Title, knowledge: Knowledge, memory: _Memory, of_words: str, on: When
) -> Cell[Party] | None:
    """The mission of soldiers of an organisation in a state that the text names."""
    owner = _owner_key(knowledge, of_words) if owner_code(knowledge, of_words) else ""
    if title.sector != "MIL":
        return None
    key = mission(mention.words, owner, memory.codes, _day(on))
    return Cell(knowledge.party(key, on), mention.span, f"soldiers of {of_words or 'a mission'} there") if key else None


def _day(on: When) -> dt.date | None:
    return on if isinstance(on, dt.date) else None


def _nameless(mention: Mention, title: Title) -> str:
    """Why words for countries or parties name none: "allies", "Britain's allies", "all parties"; "" where they do."""
    if title.singular == "party":
        return "parties without a name" if not mention.of and _EVERYBODY.match(mention.words) else ""
    if not title.key.startswith("countr"):
        return ""
    if mention.of:
        return f"others than {mention.of}" if mention.words.split()[-1].lower() in OTHERS else ""
    return "countries without a name" if mention.plural else ""


def _government(mention: Mention, knowledge: Knowledge, of_words: str, of_code: str, on: When) -> Cell[Party] | None:
    """A state for its government, and a de facto authority that is one itself ("the Abkhazian government")."""
    ruling = _owner_key(knowledge, of_words)
    if ruling and knowledge.kind(ruling) is ActorKind.GROUP:
        return Cell(knowledge.party(ruling, on), mention.span, f"{knowledge.actor(ruling).name} is a government itself")
    if _is_state(knowledge, of_code):
        return Cell(knowledge.party(of_code, on), mention.span, f"the government of {mention.of}")
    return None


def _first_words(words: str, knowledge: Knowledge) -> str:
    """The state or body that a title's own words begin with: "UN experts", "White House press secretary"."""
    parts = _DETERMINER.sub("", words).split()
    for count in (3, 2, 1):
        said = " ".join(parts[:count]).removesuffix("'s").removesuffix("’s")
        if len(parts) > count and owner_code(knowledge, said):
            return said
    return parts[0]


def _implied(title: Title, memory: _Memory, home: str) -> tuple[str, str]:
    """(code, why) of a title said without a country; the code is "" where nothing tells."""
    code = _main_state(memory) if title.kind != "office" else ""
    if code:
        return code, f"{title.key} of the state that the text names most"
    if home and title.rank >= HOME_RANK and (home in memory.codes or not memory.codes):
        return home, f"{title.key} without a country, in an outlet of {home}"
    return "", title.key


def _in_office(mention: Mention, knowledge: Knowledge, code: str, why: str, on: When) -> Cell[Party]:
    """The one who held an office on a day, else the office, body or group itself."""
    title = knowledge.title(mention.title)
    if code and not mention.plural and title.kind == "office":
        own = _owner_key(knowledge, mention.of)
        holders = knowledge.holders(mention.title, own, on) or knowledge.holders(mention.title, code, on)
        if len(holders) == 1:
            return Cell(knowledge.party(holders[0].id, on), mention.span, f"held the office on that day ({why})")
    kind = ActorKind.GROUP if mention.plural else ActorKind.BODY if title.kind == "body" else ActorKind.OFFICE
    code = code or UNKNOWN
    name = party_name(mention, title, knowledge, _owner_key(knowledge, mention.of) if mention.of else "", code)
    return Cell(Party(f"{code}/{title.key}", name, kind, code, title.sector, title.key), mention.span, why)


def _is_state(knowledge: Knowledge, code: str) -> bool:
    """True when a code is a state's (the key of a state is its ISO 3166-1 alpha-3 code)."""
    return knowledge.has(code) and knowledge.kind(code) is ActorKind.STATE


def _main_state(memory: _Memory) -> str:
    """The code the text names most, "" where two are named as often."""
    ranked = sorted(memory.codes.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]


def _leader(knowledge: Knowledge, memory: _Memory, code: str, on: When) -> Party | None:
    """The one who leads a state: a leader of it that the text names, else the holder of the office that leads it."""
    named = [party for party in memory.by_name.values() if party.code == code and party.title in LEADING_OFFICES]
    if named:
        return named[0]
    offices = LEADING_OFFICES[::-1] if code in PARLIAMENTARY else LEADING_OFFICES
    holders = (knowledge.holders(office, code, on) for office in offices)
    found = next((persons for persons in holders if persons), ())
    return knowledge.party(found[0].id, on) if len(found) == 1 else None


def _owner_alone(mention: Mention, knowledge: Knowledge, on: When) -> Cell[Party]:
    kinds = {entry.key: entry.kind for entry in knowledge.entries(mention.of)}
    kind = kinds.get(mention.normal, "")
    if kind == "place":
        place = knowledge.place(mention.normal)
        if not place.country:
            return Cell(None, mention.span, "a place of no single state")
        state = knowledge.party(place.country, on)
        if place.precision is Precision.REGION:
            name = bare(mention.of)  # Gaza, the West Bank: an actor of its own name that is coded as the state
            state = replace(state, id=f"{state.code}/{_slug(name)}", name=name)
        return Cell(state, mention.span, "the state of the place")
    return Cell(knowledge.party(mention.normal, on), mention.span, f"named ({kind or 'table'})")


def _pronoun(mention: Mention, memory: _Memory, syntax: Syntax) -> Cell[Party]:
    last = memory.last_person if mention.normal.endswith("person") else memory.last_body
    if memory.named and mention.words.lower() in POSSESSIVES and mention.normal.endswith("person"):
        said_here = memory.named_at >= syntax.sentence_start(mention.span.start)
        last = memory.named if said_here else last  # "Li's schedule ... his visit": the one named in this sentence
    if last is None:
        return Cell(None, mention.span, "a pronoun with nobody before it")
    return Cell(last, mention.span, f"the {'person' if last is memory.last_person else 'body'} named last: {last.name}")


def _remember(mention: Mention, party: Party, memory: _Memory, subject: bool) -> None:
    if party.code != UNKNOWN:
        memory.codes[party.code] = memory.codes.get(party.code, 0) + 1
    if party.kind is ActorKind.PERSON:
        if subject or memory.last_person is None or not memory.person_is_subject:
            memory.last_person, memory.person_is_subject = party, subject
        if mention.name:
            memory.named, memory.named_at = party, mention.span.start
            _remember_name(memory, mention, party)
        if mention.title:
            memory.by_title.setdefault(f"{mention.title}/{party.code}", party)
            memory.by_title[f"{mention.title}/"] = party
    elif mention.normal.startswith("pronoun:"):
        pass
    elif mention.normal or mention.title:
        if subject or memory.last_body is None or not memory.body_is_subject:
            memory.last_body, memory.body_is_subject = party, subject
        if party.kind is ActorKind.STATE:
            memory.last_state = party


def _remember_name(memory: _Memory, mention: Mention, party: Party) -> None:
    """By the full name once, by its first and last word as said last: "Wang" is the Wang named last in full.

    A leader keeps the short name from others: beside Kim Jong Un, "Kim" is not the Kim of a delegation.
    """
    words = fold(mention.name).split()
    memory.by_name.setdefault(" ".join(words), party)
    if len(words) > 1:
        for word in (words[0], words[-1]):
            known = memory.by_short.get(word)
            if known is None or known.title not in LEADING_OFFICES or party.title in LEADING_OFFICES:
                memory.by_short[word] = party
    elif words:
        memory.by_short.setdefault(words[0], party)


def resolve_actors(
    mentions: tuple[Mention, ...], knowledge: Knowledge, on: When, home: str = "", syntax: Syntax = NO_TREES
) -> tuple[tuple[Mention, Cell[Party]], ...]:
    """Every actor mention with its party or the reason there is none.

    ``on`` is the report's day; ``home`` the code of the outlet's country, for offices said without one. Full names
    are read first, so that a headline's surname finds the full name below it. By ``syntax`` a pronoun
    means the last subject of its kind rather than the last one named.
    """
    memory = _Memory()
    for mention in mentions:
        if mention.name and (" " in mention.name or mention.title or mention.of):
            party = _named(mention, knowledge, memory, on).value
            if party and (party.code != UNKNOWN or mention.title):
                _remember_name(memory, mention, party)
                memory.codes[party.code] = 1
                if mention.title:
                    memory.by_title.setdefault(f"{mention.title}/{party.code}", party)
        elif mention.of:
            code = owner_code(knowledge, mention.of)
            if code:
                memory.codes[code] = memory.codes.get(code, 0) + 1
    grounded: list[tuple[Mention, Cell[Party]]] = []
    for mention in mentions:
        memory.owner = _owner(mention, grounded, syntax)
        cell = (
            _pronoun(mention, memory, syntax)
            if mention.normal.startswith("pronoun:")
            else _owned(mention, grounded[-1:], knowledge, on)
            or _led(mention, knowledge, memory, on, syntax)
            or _resolve(mention, knowledge, memory, on, home)
        )
        if cell.value:
            _remember(mention, cell.value, memory, syntax.is_subject(mention))
        grounded.append((mention, cell))
    return peoples.settled(blocs.settled(grounded, knowledge, on), knowledge, on)


def _owner(mention: Mention, grounded: list[tuple[Mention, Cell[Party]]], syntax: Syntax) -> str:
    """The code of the one, named before, whose somebody is: "Xi's envoy", "Chad will send an envoy", "he sent one"."""
    sent_to = mention.title in ENVOYS and mention.of  # "Chad's Mali envoy" is Chad's
    at = syntax.owner(mention) if mention.title and (sent_to or not mention.of) else -1
    named = [(one, cell.value) for one, cell in grounded if cell.value and one.words.lower() not in WHOSE]
    found = [party.code for one, party in named if one.span.start <= at < one.span.end]
    return found[-1] if found and found[-1] != UNKNOWN else ""


def _owned(
    mention: Mention, before: list[tuple[Mention, Cell[Party]]], knowledge: Knowledge, on: When
) -> Cell[Party] | None:
    """Who "his country" and "its forces" are, right behind the pronoun: of the state or body that it stands for."""
    if not before or not mention.title or mention.name or mention.of:
        return None
    owner, party = before[0][0], before[0][1].value
    beside = mention.span.start - owner.span.end == 1
    if not beside or owner.words.lower() not in OWNING or party is None or party.code == UNKNOWN:
        return None
    title = knowledge.title(mention.title)
    why = f"{title.key} of {party.name}, whom “{owner.words}” stands for"
    if title.key in ("country", "government") and _is_state(knowledge, party.code):
        return Cell(knowledge.party(party.code, on), mention.span, why)
    if title.kind == "office" and not mention.plural and party.kind is ActorKind.PERSON:
        return None  # "his president" may be anybody's
    return None if title.singular == "country" else _in_office(mention, knowledge, party.code, why, on)


def _led(mention: Mention, knowledge: Knowledge, memory: _Memory, on: When, syntax: Syntax) -> Cell[Party] | None:
    """Each of "the leaders of Chad, Mali and Niger"."""
    noun = "" if mention.name else syntax.led_by(mention)
    code = owner_code(knowledge, mention.of) if noun and mention.of else ""
    leader = _leader(knowledge, memory, code, on) if _is_state(knowledge, code) else None
    return Cell(leader, mention.span, f"the {noun} of {mention.of}") if leader else None


def _resolve(mention: Mention, knowledge: Knowledge, memory: _Memory, on: When, home: str) -> Cell[Party]:
    if mention.name:
        return _named(mention, knowledge, memory, on)
    if mention.title:
        return _titled(mention, knowledge, memory, on, home)
    if mention.normal:
        kept = mission(mention.words, "un", memory.codes, _day(on)) if mention.normal == "un_peacekeepers" else ""
        if kept:
            return Cell(knowledge.party(kept, on), mention.span, "the peacekeepers of the United Nations there")
        return _owner_alone(mention, knowledge, on)
    return Cell(None, mention.span, "words that the tables do not know")
