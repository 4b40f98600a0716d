"""What is kept for ever: claims with their content and voices, links and judgements on them, and runs."""

from dataclasses import dataclass

from dragoman.types.reading import Party, Place
from dragoman.types.values import Cell, Interval, Span
from dragoman.types.vocabulary import Decision, Medium, Role, Says, Status, Verdict


@dataclass(frozen=True, slots=True)
class Participation:
    """A participant of an act, in a role. ``on_behalf`` is a principal other than its own, "" where none is stated."""

    party: Cell[Party]
    role: Role
    on_behalf: str = ""
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """One link of a voice chain: who (empty: anonymous), the cue words, the medium, and a class of anonymity."""

    party: Cell[Party]
    cue: Span | None = None
    medium: Medium = Medium.UNKNOWN
    anonymity: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """On whose word: the chain from the first speaker on. The outlet closes it and is the report's, so that one text
    in nine outlets is one claim with nine closing links; an empty chain is the outlet's own voice.
    """

    chain: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its bounds: ``measure`` (killed, injured, troops, days, money), whose side, on whose figure."""

    measure: str
    low: float | None
    best: float | None
    high: float | None
    span: Span
    side: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did: codes are the codebook's. ``normal`` keeps the time expression that dates the act, so that
    an undated text's acts can be re-dated when its candidates narrow.
    """

    type: str
    modes: tuple[str, ...]
    status: Cell[Status]
    participations: tuple[Participation, ...]
    date: Cell[Interval]
    place: Cell[Place]
    trigger: Span
    contexts: tuple[str, ...] = ()
    cameo: str = ""
    quantities: tuple[Quantity, ...] = ()
    normal: str = ""


@dataclass(frozen=True, slots=True)
class Stance:
    """What a party wants on an issue; ``object`` and ``condition`` are in the text's words."""

    holder: Cell[Party]
    issue: str
    stance: str
    object: Cell[str]
    condition: Cell[str]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source says: kept for ever, never edited. ``about`` names the cell that is denied or passed over
    ("happened" for the act itself); ``reasons`` say which rule read what from which words.
    """

    id: str
    text: str
    content: Act | Stance
    voice: Voice
    says: Says
    evidence: Span
    origin: str
    confidence: float
    about: str = "happened"
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A judgement that two claims tell of one act, or do not; ``by`` a person or model@version, ``at`` UTC ISO 8601.

    One that takes another back names it in ``withdraws`` (:func:`dragoman.ids.link_id`) and is no word of its own.
    """

    left: str
    right: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...]
    by: str
    at: str = ""
    person: bool = False
    withdraws: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on a claim or a cell of it. ``words`` re-anchor it after re-coding; ``value`` is for SET, OWN.

    ``blind``: said in blind second coding; kept and compared, and counts for nothing in the record. ``settles`` names
    the judgements of others between which this one decides; they count no more while it stands.
    """

    id: str
    claim: str
    decision: Decision
    by: str
    at: str
    why: str
    cell: str = ""
    value: str = ""
    text: str = ""
    words: str = ""
    codebook: str = ""
    blind: bool = False
    settles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A coding of texts: everything that decides its result. ``knowledge`` and ``codebook`` are SHA-256 (hex)."""

    id: str
    version: str
    readers: tuple[str, ...]
    extractors: tuple[str, ...]
    knowledge: str
    codebook: str
    options: tuple[tuple[str, str], ...] = ()
