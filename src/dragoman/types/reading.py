"""What reading a text gives: tokens and mentions, the actors, times and places they are grounded in."""

import datetime as dt
from dataclasses import dataclass, field

from dragoman.types.values import Cell, Interval, Span, Text
from dragoman.types.vocabulary import ActorKind, Kind, Precision


@dataclass(frozen=True, slots=True)
class Token:
    """A word: code points ``start`` to ``end`` of the text; ``head`` is a token index or -1 (root, unknown)."""

    start: int
    end: int
    form: str
    lemma: str
    tag: str = ""
    head: int = -1
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A typed span over tokens ``first`` to ``last`` (inclusive).

    ``layer`` is "name" (flat: PERSON, ORGANISATION, STATE, GROUP, PLACE, FACILITY, TIME, EVENT, TITLE, WEAPON,
    QUANTITY, OTHER) or "mention" (nested, nouns and pronouns too: person, organization, place, event, time, object,
    abstract, animal, plant, substance).
    """

    first: int
    last: int
    label: str
    layer: str = "name"


@dataclass(frozen=True, slots=True)
class Analysis:
    """A reader's output. ``sentences`` are token ranges (end exclusive), ``chains`` tuples of entity indices.

    ``vectors`` is a matrix, a row per token, of little-endian 16-bit floats (IEEE 754 binary16), which tell of acts;
    b"" where the reader makes none; how wide it is follows from its length.
    """

    text: Text
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    entities: tuple[Entity, ...] = ()
    chains: tuple[tuple[int, ...], ...] = ()
    model: str = ""
    vectors: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that point at an actor, place, time or issue.

    ``normal`` is the stage-neutral normal form: for times a :mod:`dragoman.timex` expression, for actors and
    places the key of the knowledge table that matched, "" where none did. ``name`` is the proper name in it
    ("Sergei Lavrov"), ``title`` the office or role noun ("foreign minister"), ``of`` the words of the country
    or body spoken for ("Russian"), ``plural`` whether it names several ("officials").
    """

    span: Span
    kind: Kind
    words: str
    normal: str = ""
    name: str = ""
    title: str = ""
    of: str = ""
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office, membership or principal of an actor, from ``since`` to ``until`` (None: open), with its source."""

    title: str
    of: str
    sector: str
    since: dt.date | None = None
    until: dt.date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that acts. Nothing about it is timeless: offices and principals are dated ``tenures``."""

    id: str
    name: str
    kind: ActorKind
    code: str
    sector: str = ""
    aliases: tuple[str, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as of the day it acts: whom it speaks for (``code``: ISO 3166-1 alpha-3 or a PLOVER non-state code,
    "UNK" unknown; ``sector``: PLOVER) and in what office.
    """

    id: str
    name: str
    kind: ActorKind
    code: str
    sector: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere: ``country`` ISO 3166-1 alpha-3 or "", WGS 84 degrees, GeoNames id."""

    name: str
    country: str = ""
    admin1: str = ""
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    precision: Precision = Precision.COUNTRY


@dataclass(frozen=True, slots=True)
class Grounded:
    """The mentions of one text, each with what it was resolved to and why; ``anchor`` is the day "today" means."""

    actors: tuple[tuple[Mention, Cell[Party]], ...]
    times: tuple[tuple[Mention, Cell[Interval]], ...]
    places: tuple[tuple[Mention, Cell[Place]], ...]
    anchor: Interval
