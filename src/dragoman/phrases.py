"""Phrases by themselves: who, when or where a few words mean, from the tables alone, without reading a text.

For whoever has phrases and no reports: a column of a data set, a question at the command line. A phrase is cut into
words by a plain pattern and given plain tags, then goes the way of every mention: found, and grounded as of a day.
No network runs.
"""

import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dragoman import gazetteer, knowledge, timex
from dragoman.ground.actors import UNKNOWN, resolve_actors
from dragoman.ground.places import Toponym, resolve
from dragoman.knowledge import MOST_KEPT, Knowledge
from dragoman.knowledge_days import Spell, When
from dragoman.mentions.actors import find_actors
from dragoman.mentions.hits import find_hits
from dragoman.mentions.places import find_places
from dragoman.mentions.times import find_times
from dragoman.types import ActorKind, Analysis, Cell, Interval, Kind, Mention, Party, Place, Span, Tenure, Text, Token

MODEL = "phrase@1"
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|['’]s\b|(?:(?!['’]s\b)[\w.’'–-])*\w|\S")
_SMALL = {
    **dict.fromkeys(("the", "a", "an", "this", "that", "its", "their", "his", "her", "some"), "DET"),
    **dict.fromkeys(("of", "for", "to", "in", "on", "at", "from", "with", "by", "between", "under", "near"), "ADP"),
    **dict.fromkeys(("and", "or", "&"), "CCONJ"),
}
SHARED = ("UNO", "IGO", "NGO")  # codes of bodies whose names states give their own bodies too
_FORMER = re.compile(r"\b(?:former|ex|one-time|erstwhile|then-former|late|retired|ousted|deposed)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def _tag(form: str) -> str:
    """A plain tag: small words by a list, capitals names, digits numbers, all else nouns."""
    if form.lower() in _SMALL and not (form.isupper() and len(form) > 1):
        return _SMALL[form.lower()]
    if form[0].isdigit():
        return "NUM"
    if not form[0].isalnum():
        return "PART" if form in ("'s", "’s") else "PUNCT"
    return "PROPN" if form[0].isupper() else "NOUN"


@functools.lru_cache(maxsize=1 << 14)
def _tokens(part: str, begin: int) -> tuple[Token, ...]:
    """The words of what stands between two spaces, at ``begin`` of the whole, each a root of its own."""
    if part.isalnum():
        return (_token(part, begin),)
    return tuple(_token(found.group(), begin + found.start()) for found in _WORD.finditer(part))


def _token(form: str, begin: int) -> Token:
    return Token(begin, begin + len(form), form, form.lower(), _tag(form), -1, "root")


def reading(parts: Sequence[str]) -> Analysis:
    """Phrases one to a line as an analysis whose sentences they are."""
    words: list[Token] = []
    sentences: list[tuple[int, int]] = []
    begin = 0
    for part in parts:
        first = len(words)
        for between in part.split(" "):  # no word goes over a space
            words += _tokens(between, begin)
            begin += len(between) + 1
        sentences.append((first, len(words)))
    return Analysis(Text("phrase", "\n".join(parts)), tuple(words), tuple(sentences), model=MODEL)


@functools.cache
def countries() -> frozenset[str]:
    """The codes that ``country`` may be: ISO 3166-1 alpha-3, and KOS."""
    return knowledge.load().states()


def look_up_actor(
    phrase: str, on: dt.date | None = None, *, context: str = "", country: str = "", tables: Knowledge | None = None
) -> Cell[Party]:
    """Whom a phrase names on a day, with the reason; an empty cell says why there is nobody.

    ``context``: words that were said before it ("Foreign Minister Wang Yi met ..." for a later "Wang"); ``country``:
    the ISO 3166-1 alpha-3 code of the state whose officers are meant where the phrase names none ("the prime
    minister"); ``tables``: those of :mod:`dragoman.own_actors` instead of the built-in ones. Of several actors in a
    phrase its head is meant: in "Germany's Bundestag" the second. Raises :class:`dragoman.knowledge.KnowledgeError` for
    a country that the tables do not have.
    """
    return _question(phrase, context, country, tables or knowledge.load()).answer(on)


@dataclass(slots=True)
class _Question:
    """A phrase with all that bears on it but the day, and what was answered: as of now, and as of spells of days."""

    before: str
    phrase: str
    country: str
    known: Knowledge
    now: Cell[Party] | None = None
    spells: list[tuple[dt.date, dt.date, Cell[Party]]] = field(default_factory=list)

    def answer(self, on: dt.date | None) -> Cell[Party]:
        """The answer as of a day; found once for all days on which it is the same."""
        if on is None:
            self.now = self.now or self._find(None)
            return self.now
        for since, until, cell in self.spells:
            if since <= on <= until:
                return cell
        spell = Spell(on)
        cell = self._find(spell)
        self.spells.append((spell.since, spell.until, cell))
        return cell

    def _find(self, on: When) -> Cell[Party]:
        before, phrase, country, known = self.before, self.phrase, self.country, self.known
        if not phrase:
            return Cell(reason="no words")
        if country and (own := _own_of(country, phrase, on, known)):
            return own
        content, found = _found(before, phrase, known)
        named = resolve_actors(found, known, on, country)
        if before:
            named = tuple((mention, cell) for mention, cell in named if mention.span.start > len(before))
        if not named:
            return Cell(reason="words that the tables do not know")
        mention, cell = _head(content, named)
        return _as_former(phrase, mention, _as_told(cell, country))


@functools.lru_cache(maxsize=MOST_KEPT)
def _question(phrase: str, context: str, country: str, known: Knowledge) -> _Question:
    return _Question(" ".join(context.split()), " ".join(phrase.split()), country, known)


@functools.lru_cache(maxsize=MOST_KEPT)
def _found(before: str, phrase: str, known: Knowledge) -> tuple[str, tuple[Mention, ...]]:
    """The text and the actors named in a phrase and what was said before it; the same on every day."""
    analysis = reading((before, phrase) if before else (phrase,))
    return analysis.text.content, find_actors(analysis, known, find_hits(analysis, known))


def _head(content: str, named: Sequence[tuple[Mention, Cell[Party]]]) -> tuple[Mention, Cell[Party]]:
    """Of mentions side by side ("Germany's Bundestag") the last that is known; else the first that is."""
    if len(named) == 1:
        return named[0]
    best = 0
    while best + 1 < len(named):
        gap = content[named[best][0].span.end : named[best + 1][0].span.start].strip().lower()
        party = named[best + 1][1].value
        if gap not in ("", "'s", "’s", "'", "’") or party is None or party.code == UNKNOWN:
            break
        best += 1
    if best and (own := _of_owner(named[best - 1][1].value, named[best])):
        return own
    return next(((m, c) for m, c in named[best:] if c.value), named[best])


def _of_owner(owner: Party | None, named: tuple[Mention, Cell[Party]]) -> tuple[Mention, Cell[Party]] | None:
    """A state's own body that is called like an international one: "Russia's Security Council"."""
    mention, party = named[0], named[1].value
    if owner is None or owner.kind is not ActorKind.STATE or party is None or party.kind is not ActorKind.BODY:
        return None
    if party.code not in SHARED or " " not in mention.words:
        return None
    body = replace(party, id=f"{owner.code}/{party.id}", name=f"{owner.name} {mention.words}", code=owner.code)
    return mention, Cell(body, mention.span, f"{mention.words} of {owner.name}")


def _own_of(country: str, phrase: str, on: When, known: Knowledge) -> Cell[Party] | None:
    """The body of a state that shares its name with another's ("the House of Commons" of Canada), or its office."""
    words = _ARTICLE.sub("", phrase)
    entries = known.entries(words)
    for entry in entries:
        if entry.kind == "actor" and entry.key != country and known.actor(entry.key).code == country:
            return Cell(known.party(entry.key, on), reason=f"so named in {country}")
    title = next((known.title(entry.key) for entry in entries if entry.kind == "title"), None)
    if title is None:
        return None
    of, span = known.actor(country).name, Span("phrase", 0, len(words))
    mention = Mention(span, Kind.ACTOR, words, title=title.key, of=of, plural=title.plural)
    return resolve_actors((mention,), known, on)[0][1]


def _as_told(cell: Cell[Party], country: str) -> Cell[Party]:
    """A group or office of no state that is known is of the state that was given."""
    party = cell.value
    if not country or party is None or party.code != UNKNOWN:
        return cell
    return Cell(replace(party, code=country), cell.span, f"{cell.reason}; of {country} as given")


def offices(party: Party, tables: Knowledge | None = None) -> tuple[Tenure, ...]:
    """The offices a known actor has held, the latest first; of an actor that no table has, none."""
    try:
        tenures = (tables or knowledge.load()).actor(party.id).tenures
    except knowledge.KnowledgeError:
        return ()
    return tuple(sorted(tenures, key=lambda one: (one.since or dt.date.min, one.title), reverse=True))


def _as_former(phrase: str, mention: Mention, cell: Cell[Party]) -> Cell[Party]:
    """A former holder of an office holds none: PLOVER's sector ELI."""
    party = cell.value
    if party is None or party.sector not in knowledge.OFFICES or not _FORMER.search(phrase):
        return cell
    left = Party(party.id, party.name, party.kind, party.code, knowledge.FORMER, party.title)
    return Cell(left, mention.span, f"{cell.reason}; said to be former")


def look_up_time(
    phrase: str, on: dt.date | None = None, *, anchor: dt.date | None = None, context: str = ""
) -> Cell[Interval]:
    """The days a time expression means, with the reason; an empty cell says why it means none.

    ``on``: the day of the report; ``anchor``: the day that "two days earlier", "the same week" or "its 16th month"
    count from, if another. ``context``: the sentence it stands in, whose verb tells "on Friday" past from to come.
    """
    phrase, context = " ".join(phrase.split()), " ".join(context.split())
    at = context.find(phrase) if phrase else -1
    analysis = reading((context if at >= 0 else phrase,))
    low, high = (at, at + len(phrase)) if at >= 0 else (0, len(phrase))
    inside = [one for one in find_times(analysis) if one.span.start < high and low < one.span.end]
    if not inside:
        return Cell(reason="no time expression that is known")
    mention = max(inside, key=lambda one: (min(one.span.end, high) - max(one.span.start, low), -one.span.start))
    normal = mention.normal
    head, _, counted = normal.rpartition("@")
    if anchor and counted in (timex.REF, timex.EVENT):
        normal = f"{head}@{anchor}"
    elif anchor and normal.startswith("ORD:") and "@" not in normal:
        normal = f"{normal}@{anchor}"
    try:
        days = timex.evaluate(normal, on or anchor)
    except timex.TimexError as error:
        return Cell(None, mention.span, f"“{mention.words}”: {error}")
    seen = f", seen from {on or anchor}" if on or anchor else ""
    return Cell(days, mention.span, f"“{mention.words}” is {normal}{seen}")


def look_up_place(phrase: str, *, context: str = "", country: str = "") -> Cell[Place]:
    """The place a name means, with the reason; an empty cell says why there is none.

    ``context``: other words of the text, whose places and states make some meanings likelier; ``country``: the ISO
    3166-1 alpha-3 code of the state it is known to lie in.
    """
    names = gazetteer.load()
    phrase, before = " ".join(phrase.split()), " ".join(context.split())
    if not phrase:
        return Cell(reason="no words")
    if country:
        fitting = [one for one in names.search(phrase).candidates if names.place(one.number).country == country]
        if not fitting:
            return Cell(reason=f"no place of this name in {country}")
        best = max(fitting, key=lambda one: (one.prior, -one.number))
        return Cell(names.place(best.number), reason=f"the likeliest place of this name in {country}")
    known = knowledge.load()
    others = find_places(analysis := reading((before,)), find_hits(analysis, known)) if before else ()
    told = [Toponym(one.words, one.span.start, one.span.end) for one in others]
    begin = len(before) + 1
    found = resolve([*told, Toponym(phrase, begin, begin + len(phrase))], names)[-1]
    return Cell(found.place, reason=found.why)
