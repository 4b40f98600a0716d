"""The tour of spring 2023 that DESIGN's traps come from, by hand: an announced week, stops done later, one side silent.

The facts are public; the claims are written for this test.
"""

from dragoman.types import Course, Dispute, RelationKind, Says, Support
from tellings import event_of, record, tell

TOUR = tell(
    "CHN/Li Hui > RUS + UKR + FRA + DEU + POL",
    "planned",
    "2023-05-15..2023-05-21",
    published="2023-05-12",
    voice_of="CHN/Wang Wenbin",
    content="the envoy will tour five capitals",
)
MOSCOW = tell(
    "CHN/Li Hui > RUS/Sergei Lavrov",
    days="2023-05-26",
    published="2023-05-26",
    place="Moscow/RUS",
    content="met the foreign minister in Moscow",
)
KYIV = tell(
    "CHN/Li Hui > UKR/Volodymyr Zelensky",
    days="2023-05-15..2023-05-21",
    published="2023-05-26",
    voice_of="CHN",
    place="Kyiv/UKR",
    content="met the president in Kyiv",
    text=None,
)
SILENT = tell(
    "CHN/Li Hui > UKR/Volodymyr Zelensky",
    published="2023-05-26",
    voice_of="UKR",
    says=Says.SILENT,
    content="Kyiv passed over the talks with the president",
)
ALL = (TOUR, MOSCOW, KYIV, SILENT)


def test_the_moscow_meeting_is_part_of_the_tour_and_an_event_of_its_own() -> None:
    """A stop done after the announced week is an event apart, linked to the tour as part of it."""
    found = record(ALL)
    tour, moscow = event_of(found, TOUR), event_of(found, MOSCOW)

    assert tour.id != moscow.id
    assert (RelationKind.PART_OF, moscow.id, tour.id) in {(r.kind, r.left, r.right) for r in moscow.relations}


def test_the_stop_and_the_tour_are_done_late() -> None:
    """The stop has its tour's plan, and the tour is late when its last known stop is."""
    found = record(ALL)

    assert event_of(found, MOSCOW).standing.course is Course.DONE_LATE
    assert event_of(found, TOUR).standing.course is Course.DONE_LATE


def test_the_kyiv_meeting_rests_on_one_voice_and_is_unacknowledged() -> None:
    """China's word alone is one voice; a report that Ukraine passes the talks over is a dispute by Ukraine."""
    kyiv = event_of(record(ALL), KYIV)
    support = {cell.cell: cell for cell in kyiv.standing.support}

    assert support["happened"].support is Support.ONE_VOICE
    assert support["happened"].roots == ("CHN",)
    assert [(Dispute.UNACKNOWLEDGED, "UKR")] == [(d.dispute, d.party) for d in kyiv.standing.dispute]
    assert SILENT.claim.id not in kyiv.claims


def test_the_outlets_own_word_corroborates_nothing() -> None:
    """A meeting told in an outlet's own voice is unattributed, counted once."""
    happened = event_of(record(ALL), MOSCOW).standing.support[0]

    assert ("happened", Support.UNATTRIBUTED, 1) == (happened.cell, happened.support, happened.outlets)


def test_before_the_deed_the_tour_is_announced() -> None:
    """As of a day before any stop was reported, the tour is announced on a participant's word."""
    found = record(ALL, as_of="2023-05-13")

    assert [Course.ANNOUNCED] == [event.standing.course for event in found.events]


def test_silence_ends_when_the_party_speaks() -> None:
    """Once Ukraine itself tells of the meeting, nothing is unacknowledged and two voices corroborate it."""
    spoke = tell(
        "UKR/Volodymyr Zelensky + CHN/Li Hui",
        days="2023-05-17",
        published="2023-05-28",
        voice_of="UKR/Andriy Yermak",
        place="Kyiv/UKR",
        content="the president met the envoy in Kyiv",
    )
    kyiv = event_of(record((*ALL, spoke)), KYIV)

    assert spoke.claim.id in kyiv.claims
    assert () == kyiv.standing.dispute
    assert (Support.CORROBORATED, "counterpart") == (kyiv.standing.support[0].support, kyiv.standing.support[0].grade)
