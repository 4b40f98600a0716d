"""Claims for tests of reconciliation, written by hand in one line each, and the little knowledge they need.

``tell("CHN/Li Hui > UKR", "planned", "2023-05-15..2023-05-21", published="2023-05-12", voice="CHN/Wang Wenbin")``:
who > to whom (code, or code/person), status, days, on whose word. Each call is a text of its own unless ``text`` says
otherwise.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from dragoman import codebook
from dragoman.knowledge import Knowledge
from dragoman.reconcile import Reconciled, reconcile
from dragoman.reconcile.cells import interval
from dragoman.types import (
    Act,
    ActorKind,
    Cell,
    Claim,
    Event,
    Interval,
    Judgement,
    Link,
    Participation,
    Party,
    Place,
    Precision,
    Quantity,
    Report,
    Role,
    Says,
    Span,
    Speaker,
    Stance,
    Status,
    Text,
    Verdict,
    Voice,
)

# Names of this file's own world: states by code, and outlets that speak for a state
STATES = {
    "CHN": "China", "RUS": "Russia", "UKR": "Ukraine", "FRA": "France", "DEU": "Germany", "POL": "Poland",
    "USA": "United States", "TUR": "Turkey", "EGY": "Egypt", "BRA": "Brazil",
}  # fmt: skip
STATE_MEDIA = {"Xinhua": "CHN", "TASS": "RUS"}
BOOK = codebook.load()


class Known:
    """As much of :class:`dragoman.knowledge.Knowledge` as reconciliation asks for, with nothing to load."""

    def outlet(self, name: str) -> Any:
        """An outlet with the state it speaks for, None for others."""
        state = STATE_MEDIA.get(name)
        return SimpleNamespace(code=state, tenures=(SimpleNamespace(of=state),)) if state else None

    def persons(self, _: str) -> tuple[Any, ...]:
        """Nobody: names are taken as they are typed."""
        return ()

    def entries(self, surface: str) -> tuple[Any, ...]:
        """States by their name or code."""
        found = {code: code for code in STATES} | {name: code for code, name in STATES.items()}
        return (SimpleNamespace(kind="actor", key=found[surface], weight=1),) if surface in found else ()

    def party(self, key: str, _: dt.date | None) -> Party:
        """A state by its code."""
        return party(key)

    def place(self, key: str) -> Place:
        """Nowhere: no entry is a place."""
        raise KeyError(key)


KNOWN = cast(Knowledge, Known())


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim with the text it stands in and that text's reports."""

    claim: Claim
    text: Text
    reports: tuple[Report, ...]


def party(words: str) -> Party:
    """``CHN`` a state, ``CHN/Li Hui`` a person of it, ``CHN:OPP/Name`` one of another sector."""
    code, _, name = words.strip().partition("/")
    code, _, sector = code.partition(":")
    if name:
        return Party(f"{code}.{name}", name, ActorKind.PERSON, code, sector or "GOV")
    return Party(code, STATES.get(code, code), ActorKind.STATE, code, sector or "GOV")


def day(words: str) -> dt.date | None:
    """An ISO day, None for no words."""
    return dt.date.fromisoformat(words) if words else None


def when(words: str) -> Interval:
    """``2023-05-26`` a day, ``2023-05-15..2023-05-21`` some day within, ``2023-05-16/2023-05-17`` from and to."""
    return interval(f"[{words}]" if ".." in words else words)


def voice(words: str, span: Span) -> Voice:
    """``CHN/Wang Wenbin`` a named speaker, ``?officials`` an anonymous one, nothing the outlet's own voice."""
    if not words:
        return Voice()
    if words.startswith("?"):
        return Voice((Speaker(Cell(None, None, "not named"), anonymity=words[1:]),))
    return Voice((Speaker(Cell(party(words), span)),))


def tell(
    who: str,
    status: str = "happened",
    days: str = "",
    *,
    published: str = "",
    voice_of: str = "",
    says: Says = Says.AFFIRMS,
    about: str = "happened",
    type_code: str = "CONSULT",
    modes: Sequence[str] = ("visit",),
    place: str = "",
    outlets: Sequence[str] = ("The Daily",),
    content: str = "",
    text: Text | None = None,
    figures: Sequence[Quantity] = (),
    normal: str = "",
) -> Telling:
    """A claim about an act; its id follows from everything it says."""
    key = repr((who, status, days, published, voice_of, says, about, type_code, place, tuple(outlets), content))
    told = text or Text(hashlib.sha256(key.encode()).hexdigest(), content or "A line that tells of it.")
    at = told.content.find(content) if content and content in told.content else 0
    span = Span(told.id, max(at, 0), max(at, 0) + len(content or told.content))
    left, _, right = who.partition(">")
    visit = "visit" in modes and right.strip()
    sides = ((left, Role.VISITOR if visit else Role.ACTOR), (right, Role.HOST if visit else Role.RECIPIENT))
    act = Act(
        type=type_code,
        modes=tuple(modes),
        status=Cell(Status(status), span),
        participations=tuple(
            Participation(Cell(party(word), span), role)
            for side, role in sides
            for word in side.split("+")
            if word.strip()
        ),
        date=Cell(when(days), span) if days else Cell(None, span if normal else None, "no words tell a day"),
        place=_place(place, span),
        trigger=span,
        quantities=tuple(figures),
        normal=normal,
    )
    claim = Claim(
        hashlib.sha256((key + told.id).encode()).hexdigest()[:32], told.id, act, voice(voice_of, span), says,
        span, "tests@1", 1.0, about,
    )  # fmt: skip
    return Telling(claim, told, reports(told, published, outlets))


def _place(words: str, span: Span) -> Cell[Place]:
    """``Moscow/RUS`` a city, ``RUS`` a country, nothing no place."""
    if not words:
        return Cell(None, None, "no words tell a place")
    name, _, country = words.partition("/")
    precision = Precision.CITY if country else Precision.COUNTRY
    return Cell(Place(name, country or name, precision=precision), span)


def reports(text: Text, published: str, outlets: Sequence[str]) -> tuple[Report, ...]:
    """One report of a text for each outlet, all of one day."""
    return tuple(
        Report(f"{text.id[:16]}.{outlet}", text.id, outlet, outlet=outlet, published=day(published))
        for outlet in outlets
    )


def hold(
    holder: str, issue: str, stance: str, object_: str = "", *, condition: str = "", published: str = ""
) -> Telling:
    """A claim about a stance."""
    key = repr((holder, issue, stance, object_, condition, published))
    text = Text(hashlib.sha256(key.encode()).hexdigest(), object_ or "A stance.")
    span = Span(text.id, 0, len(text.content))
    held = Stance(
        Cell(party(holder), span),
        issue,
        stance,
        Cell(object_, span) if object_ else Cell(None, None, "no object"),
        Cell(condition, span) if condition else Cell(None, None, "no condition"),
    )
    claim = Claim(text.id[:32], text.id, held, Voice(), Says.AFFIRMS, span, "tests@1", 1.0)
    return Telling(claim, text, reports(text, published, ("The Daily",)))


def word(a: Telling, b: Telling, verdict: Verdict, at: str = "2024-01-01T00:00:00Z", by: str = "Ana") -> Link:
    """A person's word on two claims."""
    return Link(a.claim.id, b.claim.id, verdict, 1.0, ("seen",), by, at, person=True)


def record(
    tellings: Iterable[Telling],
    links: Iterable[Link] = (),
    judgements: Iterable[Judgement] = (),
    as_of: str = "",
    **more: Any,
) -> Reconciled:
    """What is computed of these claims."""
    told = list(tellings)
    return reconcile(
        [item.claim for item in told],
        [report for item in told for report in item.reports],
        links,
        judgements,
        KNOWN,
        BOOK,
        texts=[item.text for item in told],
        as_of=day(as_of),
        **more,
    )


def event_of(found: Reconciled, telling: Telling) -> Event:
    """The event a claim was put in."""
    return next(event for event in found.events if telling.claim.id in event.claims)
