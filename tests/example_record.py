"""A small record built by hand, the same for the tests of exports, tables and the command line.

Two texts in three reports and one undated text: a visit that two voices tell of, one party passes over and a plan
precedes; a demand; a position. The undated text is full of what a terminal must not obey.
"""

import datetime as dt
import hashlib

from dragoman.types import (
    Account,
    Act,
    ActorKind,
    Basis,
    Cell,
    CellSupport,
    Claim,
    Course,
    Dating,
    Decision,
    Dispute,
    Disputed,
    Event,
    Interval,
    Judgement,
    Link,
    Medium,
    Participation,
    Party,
    Place,
    Position,
    Precision,
    Record,
    Relation,
    RelationKind,
    Report,
    Role,
    Says,
    Span,
    Speaker,
    Stance,
    Standing,
    Status,
    Support,
    Text,
    Verdict,
    Voice,
)

FIRST = (
    "Envoy Mara Lind visited Port Sana on Monday and met President Oto Beran, the Norland ministry said. "
    "Sanaland has not confirmed the talks. Norland rejects a partition of the island unless both sides agree to it."
)
SECOND = "The envoy will travel to Sanaland next week. Norland demanded a ceasefire on Tuesday."
HOSTILE = "President Oto Beran [red]met[/red] \x1b[2J an \u202eenvoy :smile: on Friday."

NORLAND = Party("NOR", "Norland", ActorKind.STATE, "NOR", "GOV")
SANALAND = Party("SAN", "Sanaland", ActorKind.STATE, "SAN", "GOV")
LIND = Party("p1", "Mara Lind", ActorKind.PERSON, "NOR", "GOV", "envoy")
BERAN = Party("p2", "Oto Beran", ActorKind.PERSON, "SAN", "GOV", "president")
ENVOY = Party("", "envoy", ActorKind.OFFICE, "NOR", "GOV", "envoy")
MINISTRY = Party("m1", "Norland Foreign Ministry", ActorKind.BODY, "NOR", "GOV")
PORT_SANA = Place("Port Sana", "SAN", lat=1.5, lon=-20.25, precision=Precision.CITY)
MONDAY = dt.date(2018, 6, 4)


def text(content: str) -> Text:
    """A text with its hash."""
    return Text(hashlib.sha256(content.encode()).hexdigest(), content)


T1, T2, T3 = text(FIRST), text(SECOND), text(HOSTILE)


def span(of: Text, words: str) -> Span:
    """The span of the first occurrence of some words."""
    start = of.content.index(words)
    return Span(of.id, start, start + len(words))


def days(first: dt.date, last: dt.date | None = None, basis: Basis = Basis.RELATIVE) -> Interval:
    """An interval with certain bounds."""
    end = last or first
    return Interval(first, first, end, end, basis)


def joining(of: Text, words: str, party: Party, role: Role) -> Participation:
    """A participation read from some words."""
    return Participation(Cell(party, span(of, words)), role)


NO_PLACE: Cell[Place] = Cell(reason="no place is named")
SAID = Voice((Speaker(Cell(MINISTRY, span(T1, "the Norland ministry")), span(T1, "said"), Medium.STATEMENT),))

VISIT = Act(
    "CONSULT",
    ("visit",),
    Cell(Status.HAPPENED, span(T1, "visited")),
    (
        joining(T1, "Mara Lind", LIND, Role.VISITOR),
        joining(T1, "Oto Beran", BERAN, Role.HOST),
        Participation(Cell(SANALAND, reason="where it took place"), Role.OBSERVER),
    ),
    Cell(days(MONDAY), span(T1, "on Monday")),
    Cell(PORT_SANA, span(T1, "Port Sana")),
    span(T1, "visited"),
    ("diplomatic",),
    "042",
)
PLAN = Act(
    "CONSULT",
    (),
    Cell(Status.PLANNED, span(T2, "will")),
    (joining(T2, "envoy", ENVOY, Role.VISITOR),),
    Cell(reason="no day is named"),
    NO_PLACE,
    span(T2, "travel"),
)
DEMAND = Act(
    "REQUEST",
    (),
    Cell(Status.HAPPENED, span(T2, "demanded")),
    (joining(T2, "Norland", NORLAND, Role.ACTOR),),
    Cell(days(dt.date(2018, 5, 29)), span(T2, "on Tuesday")),
    NO_PLACE,
    span(T2, "demanded"),
)
MEETING = Act(
    "CONSULT",
    (),
    Cell(Status.HAPPENED, span(T3, "met")),
    (joining(T3, "Oto Beran", BERAN, Role.ACTOR),),
    Cell(Interval(), span(T3, "on Friday"), "an undated text"),
    NO_PLACE,
    span(T3, "met"),
)
PARTITION = Stance(
    Cell(NORLAND, span(T1, "Norland rejects")),
    "territory",
    "rejects",
    Cell("a partition of the island", span(T1, "a partition of the island")),
    Cell("both sides agree", span(T1, "both sides agree")),
)


def claim(key: str, content: Act | Stance, evidence: Span, voice: Voice, says: Says = Says.AFFIRMS) -> Claim:
    """A claim with what every claim has."""
    return Claim(key, evidence.text, content, voice, says, evidence, "acts@1", 0.8, "happened", ("verb table: visit",))


C_VISIT = claim("aa11" * 8, VISIT, span(T1, "Envoy Mara Lind visited Port Sana on Monday"), SAID)
C_SILENT = claim(
    "bb22" * 8,
    VISIT,
    span(T1, "Sanaland has not confirmed the talks"),
    Voice((Speaker(Cell(SANALAND, span(T1, "Sanaland"))),)),
    Says.SILENT,
)
C_STANCE = claim("cc33" * 8, PARTITION, span(T1, "Norland rejects a partition of the island"), Voice())
C_PLAN = claim("dd44" * 8, PLAN, span(T2, "The envoy will travel to Sanaland next week"), Voice())
C_DEMAND = claim("ee55" * 8, DEMAND, span(T2, "Norland demanded a ceasefire on Tuesday"), Voice())
C_MEETING = claim("ff66" * 8, MEETING, span(T3, "President Oto Beran [red]met[/red] \x1b[2J an \u202eenvoy"), Voice())

LINK = Link(C_VISIT.id, C_PLAN.id, Verdict.SAME, 0.9, ("the same envoy", "a plan for that week"), "rules@1")
E_VISIT = Event(
    "e" + "1" * 16,
    VISIT,
    (
        Account("NOR", "NOR", ("Daily", "Gazette"), (("status", "happened"), ("place", "Port Sana")), (C_VISIT.id,)),
        Account("Weekly", "", ("Weekly",), (("status", "planned"),), (C_PLAN.id,), silent=("place",)),
    ),
    Standing(
        Course.DONE_AS_ANNOUNCED,
        (CellSupport("happened", Support.ONE_VOICE, ("NOR",), 2),),
        (Disputed(Dispute.UNACKNOWLEDGED, "SAN", "happened", (C_SILENT.id,)),),
        reasons=("planned in Weekly, told as done by Norland",),
    ),
    tuple(sorted((C_VISIT.id, C_PLAN.id))),
    (LINK,),
    (Relation(RelationKind.RESPONDS_TO, "e" + "2" * 16, "e" + "1" * 16, ("within 14 days",)),),
    ("status",),
)
E_DEMAND = Event(
    "e" + "2" * 16,
    DEMAND,
    (Account("Weekly", "", ("Weekly",), (("status", "happened"),), (C_DEMAND.id,)),),
    Standing(Course.DONE_UNANNOUNCED, (CellSupport("happened", Support.UNATTRIBUTED, (), 1),), ()),
    (C_DEMAND.id,),
)
E_MEETING = Event(
    "e" + "3" * 16,
    MEETING,
    (),
    Standing(Course.DONE_UNANNOUNCED, (CellSupport("happened", Support.UNATTRIBUTED, (), 1),), ()),
    (C_MEETING.id,),
)
POSITION = Position(
    "p" + "4" * 16,
    NORLAND,
    "territory",
    "rejects",
    "a partition of the island",
    "both sides agree",
    days(MONDAY, basis=Basis.PUBLICATION),
    (C_STANCE.id,),
)
R_DAILY = Report("r1", T1.id, "daily-1", "Daily", dt.date(2018, 6, 5), title="Visit", language="en")
R_GAZETTE = Report("r2", T1.id, "gazette-1", "Gazette", dt.date(2018, 6, 6), agency="Daily", language="en")
R_WEEKLY = Report("r3", T2.id, "weekly-1", "Weekly", dt.date(2018, 5, 30), language="en")
R_UNDATED = Report("r4", T3.id, "undated.txt", "", language="en")
DATING = Dating(
    T3.id,
    ((dt.date(2018, 6, 1), ("a Friday before the visit",)), (dt.date(2018, 6, 8), ("a Friday after it",))),
    Interval(dt.date(2018, 6, 1), dt.date(2018, 6, 1), dt.date(2018, 6, 8), dt.date(2018, 6, 8)),
    ("“on Friday” names a day and no date",),
)
WORD = Judgement("j1", C_VISIT.id, Decision.ACCEPT, "A. Reader", "2026-01-02T03:04:05+00:00", "read twice")

RECORD = Record(
    reports=(R_DAILY, R_GAZETTE, R_WEEKLY, R_UNDATED),
    texts=(T1, T2, T3),
    claims=(C_VISIT, C_SILENT, C_STANCE, C_PLAN, C_DEMAND, C_MEETING),
    events=(E_VISIT, E_DEMAND, E_MEETING),
    positions=(POSITION,),
    datings=(DATING,),
    judgements=(WORD,),
)
