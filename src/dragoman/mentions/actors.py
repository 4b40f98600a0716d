"""Actor mentions: names, offices and the states or bodies they speak for, put together into whole phrases.

"China's special representative for Eurasian affairs, Li Hui" is one mention with a title, a name and an ``of``.
Knows tokens, tags and table hits; it does not decide who is meant (that is grounding).
"""

from dataclasses import dataclass, field

from dragoman.knowledge import Knowledge
from dragoman.mentions.hits import DAYS, Hit, surface
from dragoman.types import Analysis, Kind, Mention, Span

POSSESSIVE = ("'s", "’s", "'", "’")
# Titles whose place, said after "in", is the seat of the state they belong to ("the Foreign Ministry in Moscow").
SEATED_KINDS = ("body", "group")
OWNERS = frozenset({"state", "demonym", "body", "office", "collective", "group", "place", "outlet"})
HYPHENS = ("-", "–", "‑")
PRONOUNS = {
    "he": "person",
    "she": "person",
    "his": "person",
    "her": "person",
    "him": "person",
    "it": "body",
    "its": "body",
}
OPEN_TAGS = ("ADJ", "NOUN", "NOUN:NNS", "NUM", "PROPN", "VERB:VBN", "VERB:VBG", "ADV")
FINITE_TAGS = ("VERB:VBD", "VERB:VBP", "VERB:VBZ")  # "accused" and "heads" are titles and verbs
ARTICLES = ("the", "a", "an")
MAX_MODIFIERS = 4  # words between "China's" and its title; set by hand
MAX_TOPIC = 6  # words of "for Eurasian affairs and trade" before a comma ends the title; set by hand


@dataclass(slots=True)
class _Phrase:
    """A mention being put together, in token indices."""

    first: int
    last: int
    name: Hit | None = None
    title: list[Hit] = field(default_factory=list)
    of: list[Hit] = field(default_factory=list)
    plural: bool = False


class _Reader:
    """Walks the hits of one sentence; holds only what the sentence gives."""

    def __init__(self, analysis: Analysis, knowledge: Knowledge, hits: list[Hit], start: int, end: int) -> None:
        self.tokens, self.knowledge, self.start, self.end = analysis.tokens, knowledge, start, end
        self.by_first = {hit.first: hit for hit in hits}

    def form(self, at: int) -> str:
        return self.tokens[at].form if self.start <= at < self.end else ""

    def tag(self, at: int) -> str:
        return self.tokens[at].tag if self.start <= at < self.end else ""

    def hit(self, at: int, *kinds: str) -> Hit | None:
        found = self.by_first.get(at)
        return found if found and not found.kinds.isdisjoint(kinds) else None

    def ethnic(self, at: int) -> bool:
        """True behind "ethnic": "ethnic Serb mayors" are of the state they live in."""
        before = at - 2 if self.form(at - 1) in HYPHENS else at - 1
        return self.form(before).lower() == "ethnic"

    def owner(self, at: int) -> Hit | None:
        """A state, demonym, body or place that somebody can speak for."""
        found = self.by_first.get(at)
        if found and "demonym" in found.kinds and self.ethnic(at):
            return None
        if found is None or not found.kinds.isdisjoint(OWNERS):
            return found
        if "person" in found.kinds:  # "the Biden administration"
            title = self.hit(found.last + 1, "title")
            if title and self.knowledge.title(title.key("title")).kind in SEATED_KINDS:
                return found
        return None

    def person(self, at: int) -> Hit | None:
        return self.hit(at, "person", "name")

    def title_from(self, at: int, most: int) -> tuple[list[Hit], int]:
        """Title hits that begin within ``most`` modifiers of a token -> (hits, index after them)."""
        for skipped in range(most + 1):
            here = at + skipped
            found = self.hit(here, "title")
            if found and self.tag(here) in FINITE_TAGS:
                break
            if found:
                titles = [found]
                while following := self.hit(titles[-1].last + 1, "title"):
                    titles.append(following)
                if titles[-1].first == titles[-1].last and self.modifies(titles[-1].last):
                    break
                return titles, titles[-1].last + 1
            if here in self.by_first or self.tag(here) not in OPEN_TAGS:
                break
        return [], at

    def modifies(self, at: int) -> bool:
        """True for a title that only modifies a noun behind it: "a spy balloon", "police station"."""
        token = self.tokens[at]
        if token.relation not in ("compound", "amod"):
            return False
        behind = token.head == at + 1 or (token.head > at and self.tag(at + 1) in ("NOUN", "NOUN:NNS"))
        named = self.person(at + 1) or self.tag(at + 1) == "PROPN"
        return behind and not named

    def plural(self, titles: list[Hit]) -> bool:
        return bool(titles) and self.knowledge.title(titles[-1].key("title")).plural


def _owned(reader: _Reader, at: int) -> tuple[list[Hit], int, bool]:
    """Owners such as "China's", "Chinese", "Japanese and South Korean" -> (hits, index after, had a possessive)."""
    owners: list[Hit] = []
    here, possessive = at, False
    while owner := reader.owner(here):
        owners.append(owner)
        here = owner.last + 1
        possessive = reader.form(here) in POSSESSIVE
        if possessive:
            return owners, here + 1, True
        if reader.form(here) in HYPHENS and reader.form(here + 1) == "led":
            return owners, here + 2, False  # "NATO-led peacekeepers"
        if reader.form(here) in ("and", ",", "-", "–") and reader.owner(here + 1):
            here += 1
            continue
        break
    return owners, here, possessive


def _after_title(reader: _Reader, phrase: _Phrase) -> None:
    """What follows a title, "of Israel", "for Eurasian affairs", "in Moscow": fills ``of`` and moves ``last``."""
    at = phrase.last + 1
    word = reader.form(at)
    if word == "of":
        here = at + 1 + (reader.form(at + 1).lower() == "the" and at + 1 not in reader.by_first)
        owners, after, _ = _owned(reader, here)
        if owners:
            phrase.of = phrase.of or owners
            if not (reader.hit(after, "title") or reader.person(after)):  # "envoys of South Korean President Moon"
                phrase.last = after - 1
            elif reader.person(after) and not phrase.plural and not owners[-1].is_a("demonym"):
                phrase.last = after - 1  # "President of Kenya Ana Ruiz": the name is the president's
            return
    if word == "to" and phrase.title and not phrase.plural and _whom_named(reader, phrase):
        return
    if (
        word == "in"
        and phrase.title
        and not phrase.of
        and _is_body(reader, phrase)
        and not _owned_title(reader, phrase)
    ):
        owner = reader.owner(at + 1)
        if owner:
            phrase.of, phrase.last = [owner], owner.last
            return
    if word in ("for", "on") and phrase.title:
        here = at + 1
        while here < reader.end and here - at <= MAX_TOPIC and reader.tag(here) in (*OPEN_TAGS, "CCONJ", "DET"):
            here += 1
        timed = reader.form(at + 1) in DAYS or reader.tag(at + 1) == "NUM"
        if here > at + 1 and not timed and reader.form(here) in (",", ".", "’s", "'s", ""):
            phrase.last = here - 1


def _whom_named(reader: _Reader, phrase: _Phrase) -> bool:
    """As in "Adviser to the President of Peru Ana Ruiz", a name that no table knows: she is the adviser."""
    at = phrase.last + 2
    here = at + (reader.form(at).lower() == "the")
    titles, after = reader.title_from(here, 0)
    if not titles or reader.plural(titles) or reader.form(after) != "of":
        return False
    owners, end, _ = _owned(reader, after + 1 + (reader.form(after + 1).lower() == "the"))
    name = reader.person(end)
    if not owners or name is None or name.is_a("person") or owners[-1].is_a("demonym"):
        return False
    phrase.of, phrase.last = owners, end - 1
    return True


def _owned_title(reader: _Reader, phrase: _Phrase) -> bool:
    """True for a title that names its state itself, as the table's "US officials" does."""
    entries = reader.knowledge.entries(reader.form(phrase.title[0].first))
    return phrase.title[0].first < phrase.title[-1].last and any(one.kind in ("actor", "demonym") for one in entries)


def _is_body(reader: _Reader, phrase: _Phrase) -> bool:
    return phrase.plural or reader.knowledge.title(phrase.title[-1].key("title")).kind in SEATED_KINDS


def _name_after(reader: _Reader, phrase: _Phrase) -> None:
    """A name right behind the title, or behind one comma: "the envoy, Li Hui,"."""
    at = phrase.last + 1
    if phrase.plural or at >= reader.end:
        return
    name = reader.person(at)
    if not name and reader.form(at) == ",":
        name = reader.person(at + 1)
        if name and reader.form(name.last + 1) not in (",", ".", ";", "", ")", "—", "–") and name.is_a("name"):
            name = None
    if name:
        phrase.name, phrase.last = name, name.last


def _description(reader: _Reader, at: int) -> _Phrase | None:
    """A title phrase that begins at a token and describes somebody named before it; None if there is none."""
    if reader.form(at).lower() in ARTICLES and at not in reader.by_first:
        at += 1
    owners, here, _ = _owned(reader, at)
    titles, after = reader.title_from(here, MAX_MODIFIERS)
    if not titles or reader.plural(titles):
        return None
    inner = _Phrase(at, after - 1, title=titles, of=owners)
    _after_title(reader, inner)
    named = reader.person(inner.last + 1) or reader.form(inner.last + 1) in ("said", "says")
    return None if named else inner


def _apposition(reader: _Reader, phrase: _Phrase) -> None:
    """Titles behind a name: "Li Hui, China's special representative and a former ambassador to Moscow,"."""
    if reader.form(phrase.last + 1) != ",":
        return
    inner = _description(reader, phrase.last + 2)
    if inner is None:
        return
    phrase.title = phrase.title or inner.title
    phrase.of = phrase.of or inner.of
    phrase.last = inner.last
    if reader.form(inner.last + 1) == "and":
        more = _description(reader, inner.last + 2)
        phrase.last = more.last if more else inner.last


def _phrase_at(reader: _Reader, at: int) -> _Phrase | None:
    """The actor phrase that begins at a token, if any."""
    begin = at
    if at not in reader.by_first:
        if reader.tag(at) != "DET" and reader.form(at).lower() not in ARTICLES:
            return None
        at += 1  # an article that is no part of the name, as it is in "the White House"
    owners, here, possessive = _owned(reader, at)
    titles, after = reader.title_from(here, MAX_MODIFIERS if owners or at > begin else 0)
    if titles:
        phrase = _Phrase(begin, after - 1, title=titles, of=owners, plural=reader.plural(titles))
        _after_title(reader, phrase)
        _name_after(reader, phrase)
        return phrase
    name = reader.person(here)
    if owners and name:
        return _Phrase(begin, name.last, name=name, of=owners)
    if owners:
        last = here - 2 if possessive else here - 1
        return _Phrase(owners[0].first, max(last, owners[0].last), of=owners)
    name = reader.person(at)
    if name:
        phrase = _Phrase(name.first, name.last, name=name)
        _apposition(reader, phrase)
        return phrase
    return None


def _mention(analysis: Analysis, phrase: _Phrase, of: Hit | None) -> Mention:
    tokens, text = analysis.tokens, analysis.text
    span = Span(text.id, tokens[phrase.first].start, tokens[phrase.last].end)
    name, titles = phrase.name, phrase.title
    normal = name.key("actor") if name else (of.key("actor", "demonym", "place") if of and not titles else "")
    return Mention(
        span=span,
        kind=Kind.ACTOR,
        words=text.content[span.start : span.end],
        normal=normal,
        name=surface(analysis, name.first, name.last) if name else "",
        title=titles[-1].key("title") if titles else "",
        of=surface(analysis, of.first, of.last) if of else "",
        plural=phrase.plural,
    )


def _listed(analysis: Analysis, phrase: _Phrase) -> bool:
    """As in "Peru and Chile's president", "Peru, Chilean President Ana Ruiz": one person, and the last owner's."""
    whose = phrase.title[0] if phrase.title else phrase.name
    last = phrase.of[-1]
    if whose is None or phrase.plural or last.last >= whose.first:
        return False
    return analysis.tokens[last.first - 1].form in ("and", ",")


def _mentions_of(analysis: Analysis, phrase: _Phrase) -> list[Mention]:
    """One mention a phrase; one for each owner where several share a plural title or stand alone in a list."""
    if len(phrase.of) <= 1:
        return [_mention(analysis, phrase, phrase.of[0] if phrase.of else None)]
    if _listed(analysis, phrase):
        *others, whose = phrase.of
        own = _Phrase(whose.first, phrase.last, phrase.name, phrase.title, [whose])
        states = [_Phrase(one.first, one.last, of=[one]) for one in others]
        return [*(_mention(analysis, one, one.of[0]) for one in states), _mention(analysis, own, whose)]
    if phrase.name:
        return [_mention(analysis, phrase, phrase.of[0])]
    beyond = any(owner.last > phrase.last for owner in phrase.of)  # "envoys of the Korean and Chinese presidents"
    if beyond or (phrase.title and not phrase.plural):
        return [_mention(analysis, phrase, phrase.of[0])]
    parts = []
    for owner in phrase.of:
        first = phrase.first if owner is phrase.of[0] else owner.first
        last = phrase.last if owner is phrase.of[-1] else owner.last
        parts.append(_mention(analysis, _Phrase(first, last, None, phrase.title, [owner], phrase.plural), owner))
    return parts


def _pronoun(analysis: Analysis, at: int) -> Mention:
    token = analysis.tokens[at]
    span = Span(analysis.text.id, token.start, token.end)
    return Mention(span, Kind.ACTOR, token.form, normal=f"pronoun:{PRONOUNS[token.form.lower()]}")


def find_actors(analysis: Analysis, knowledge: Knowledge, hits: tuple[Hit, ...]) -> tuple[Mention, ...]:
    """Every actor phrase and third-person singular pronoun of a text, in order."""
    mentions: list[Mention] = []
    for start, end in analysis.sentences:
        own = [hit for hit in hits if start <= hit.first < end]
        reader = _Reader(analysis, knowledge, own, start, end)
        at = start
        while at < end:
            phrase = _phrase_at(reader, at)
            if phrase:
                mentions += _mentions_of(analysis, phrase)
                at = max(phrase.last, at) + 1
                continue
            if analysis.tokens[at].form.lower() in PRONOUNS:
                mentions.append(_pronoun(analysis, at))
            at += 1
    return tuple(mentions)
