"""Values, accounts, relations, positions, processes and datings of small records."""

import datetime as dt

import pytest

from dragoman.reconcile.cells import interval
from dragoman.types import Course, Dating, Interval, RelationKind, Says, Text, Verdict
from tellings import event_of, hold, record, tell, when, word


def test_the_value_most_voices_bear_out_is_chosen_and_then_the_most_exact() -> None:
    """Two voices for the 17th outweigh one for the 18th, and the week that both lie in gives way to them."""
    told = [
        tell("CHN > UKR", days="2023-05-18", published="2023-05-19", content="a visit to Kyiv on one day"),
        tell("CHN > UKR", days="2023-05-15..2023-05-21", published="2023-05-20", voice_of="CHN", content="b visit"),
        tell("CHN > UKR", days="2023-05-17", published="2023-05-20", voice_of="UKR", content="c visit"),
        tell("CHN > UKR", days="2023-05-17", published="2023-05-21", voice_of="POL", content="d visit"),
    ]
    links = [word(told[0], other, Verdict.SAME) for other in told[1:]]
    event = event_of(record(told, links), told[0])

    assert "2023-05-17" == str(event.act.date.value)
    assert ("date",) == event.differing


def test_participants_are_joined_under_their_fullest_names() -> None:
    """A person named by one report and the state named by another are that person; everybody is named once."""
    a = tell("CHN/Li Hui > UKR", days="2023-05-17", published="2023-05-18", content="visited Kyiv")
    b = tell("CHN > UKR/Dmytro Kuleba", days="2023-05-17", published="2023-05-18", content="visited Kyiv, too")
    act = event_of(record([a, b], [word(a, b, Verdict.SAME)]), a).act

    assert ["Li Hui", "Dmytro Kuleba"] == [p.party.value.name for p in act.participations if p.party.value]


def test_copies_of_one_text_are_one_account_with_several_outlets() -> None:
    """Two outlets that print one text tell one account."""
    a = tell("CHN > UKR", days="2023-05-17", published="2023-05-18", outlets=("The Globe", "The Herald"))
    event = event_of(record([a]), a)

    assert [("The Globe", "The Herald")] == [account.outlets for account in event.accounts]


def test_an_account_names_what_it_passes_over() -> None:
    """A cell that another account fills is silent in one that does not; a silent voice fills none."""
    a = tell("CHN > UKR", days="2023-05-17", published="2023-05-18", voice_of="CHN", place="Kyiv/UKR", content="a")
    b = tell("CHN > UKR", days="2023-05-17", published="2023-05-18", voice_of="UKR", content="b")
    c = tell("CHN > UKR", published="2023-05-19", voice_of="RUS", says=Says.SILENT, content="c")
    event = event_of(record([a, b, c], [word(a, b, Verdict.SAME)]), a)
    by_code = {account.root_code: account for account in event.accounts}

    assert () == by_code["CHN"].silent
    assert ("place",) == by_code["UKR"].silent
    assert ((), Says.SILENT, (c.claim.id,)) == (by_code["RUS"].cells, by_code["RUS"].says, by_code["RUS"].claims)


def test_a_named_meeting_is_part_of_the_visit() -> None:
    """A meeting with somebody named lies within the visit to the state."""
    visit = tell("USA/Janet Yellen > CHN", days="2023-07-06/2023-07-09", published="2023-07-09", content="a trip")
    meeting = tell("USA/Janet Yellen > CHN/Li Qiang", days="2023-07-07", published="2023-07-07", content="met him")
    found = record([visit, meeting], [word(visit, meeting, Verdict.NOT_SAME)])
    part = event_of(found, meeting)

    assert [RelationKind.PART_OF] == [r.kind for r in part.relations]
    assert event_of(found, visit).id == part.relations[0].right


def test_a_tour_with_only_a_first_day_is_not_late() -> None:
    """The day "from Monday" for several countries says when the tour begins: a stop two days later is as announced."""
    tour = tell("CHN/Li Hui > RUS+UKR+FRA", "planned", "2023-05-15", published="2023-05-12", content="a tour")
    stop = tell("CHN/Li Hui > UKR", days="2023-05-17", published="2023-05-18", content="came to Kyiv")
    found = record([tour, stop], [word(tour, stop, Verdict.NOT_SAME)])

    assert [Course.DONE_AS_ANNOUNCED] * 2 == [event_of(found, t).standing.course for t in (tour, stop)]


def test_a_long_visit_is_no_vaguer_than_a_day() -> None:
    """Two certain days beat a week of which one day is meant."""
    vague = tell("CHN > UKR", days="2023-05-15..2023-05-21", published="2023-05-18", content="a visit")
    sure = tell("CHN > UKR", days="2023-05-16/2023-05-17", published="2023-05-19", content="two days")
    event = event_of(record([vague, sure], [word(vague, sure, Verdict.SAME)]), sure)

    assert "2023-05-16/2023-05-17" == str(event.act.date.value)


def test_another_visitors_meeting_is_no_part_of_the_visit() -> None:
    """Somebody else of the visitor's state makes another occasion."""
    visit = tell("USA/Janet Yellen > CHN", days="2023-07-06/2023-07-09", published="2023-07-09", content="a trip")
    meeting = tell("USA/John Kerry > CHN/Li Qiang", days="2023-07-07", published="2023-07-07", content="met him")

    assert () == event_of(record([visit, meeting]), meeting).relations


@pytest.mark.parametrize(("day", "answers"), [("2023-05-20", True), ("2023-05-31", True), ("2023-06-01", False)])
def test_a_refusal_answers_a_demand_within_two_weeks(day: str, *, answers: bool) -> None:
    """A REJECT between the same parties, turned round, responds to a REQUEST up to 14 days older."""
    demand = tell("UKR > DEU", days="2023-05-17", published="2023-05-17", type_code="REQUEST", modes=("assist",))
    refusal = tell("DEU > UKR", days=day, published=day, type_code="REJECT", modes=("assist",))
    kinds = [r.kind for r in event_of(record([demand, refusal]), refusal).relations]

    assert ([RelationKind.RESPONDS_TO] if answers else []) == kinds


def test_what_fulfils_and_puts_off_a_plan_is_told_inside_the_event() -> None:
    """Postponement and deed are related to the claim that planned it."""
    plan = tell("CHN > UKR", "planned", "2023-05-15..2023-05-21", published="2023-05-12", content="will visit")
    later = tell("CHN > UKR", "postponed", published="2023-05-14", content="puts off the visit")
    deed = tell("CHN > UKR", days="2023-05-30", published="2023-05-30", content="visited")
    links = [word(plan, other, Verdict.SAME) for other in (later, deed)]
    relations = event_of(record([plan, later, deed], links), plan).relations

    assert [RelationKind.RESCHEDULES, RelationKind.FULFILS] == [r.kind for r in relations]
    assert {plan.claim.id} == {r.right for r in relations}


def test_stances_of_one_party_on_one_thing_are_one_position() -> None:
    """A minister and the state hold one position over the days of both reports; another object is another."""
    told = [
        hold("UKR", "territory", "rejects", "any loss of its territory", published="2023-05-17"),
        hold("UKR/Dmytro Kuleba", "territory", "rejects", "plans with a loss of territory", published="2023-05-27"),
        hold("UKR", "territory", "rejects", "a frozen front line", published="2023-05-27"),
    ]
    found = record(told).positions

    assert [2, 1] == sorted((len(position.claims) for position in found), reverse=True)
    assert "2023-05-17/2023-05-27" == str(max(found, key=lambda p: len(p.claims)).period)


def test_a_condition_makes_another_position() -> None:
    """To accept and to accept on a condition are two positions."""
    told = [
        hold("USA", "mediation", "accepts_if", "a mediation", published="2023-05-17"),
        hold("USA", "mediation", "accepts_if", "a mediation", condition="the peace is just", published="2023-05-17"),
    ]

    assert 2 == len(record(told).positions)


def test_events_of_two_common_parties_near_in_time_are_a_process() -> None:
    """A call and a visit of the same two states are one story; a visit a year later is not of it."""
    call = tell("CHN + UKR", days="2023-04-26", published="2023-04-26", modes=("phone",), content="spoke")
    visit = tell("CHN > UKR", days="2023-05-17", published="2023-05-18", content="came")
    late = tell("CHN > UKR", days="2024-07-23", published="2024-07-23", content="came again")
    found = record([call, visit, late])

    assert [("CHN", "UKR")] == [process.parties for process in found.processes]
    assert sorted(event_of(found, t).id for t in (call, visit)) == list(found.processes[0].events)


def test_an_undated_text_is_narrowed_by_the_event_it_shares_and_dated_again() -> None:
    """A call "last month" in an undated text is one "in April" in a dated text: the undated text is of May."""
    dated = tell("CHN/Xi Jinping + UKR/Volodymyr Zelensky", days="2023-04-01..2023-04-30", published="2023-05-26",
                 modes=("phone",), content="spoke by phone in April")  # fmt: skip
    undated = tell("CHN/Xi Jinping + UKR/Volodymyr Zelensky", modes=("phone",), normal="M-1",
                   content="spoke by phone last month")  # fmt: skip
    days = (dt.date(2023, 5, 12), dt.date(2023, 6, 16))
    dating = Dating(undated.text.id, tuple((day, ("a Friday",)) for day in days), Interval(), ())
    found = record([dated, undated], [word(dated, undated, Verdict.SAME)], datings=[dating])

    assert [days[0]] == [day for day, _ in found.datings[0].candidates]


def test_the_strongest_link_of_every_claim_is_kept_with_reasons() -> None:
    """An event of three claims shows what holds each of them in it, in words."""
    told = [
        tell("CHN/Li Hui > RUS/Sergei Lavrov", days="2023-05-26", published="2023-05-26", content=f"met {n}")
        for n in ("in Moscow", "in Moscow on Friday", "the minister in Moscow")
    ]
    event = event_of(record(told), told[0])

    assert 3 == len(event.claims)
    assert {t.claim.id for t in told} == {end for link in event.links for end in (link.left, link.right)}
    assert all("people_agree=2" in " ".join(link.reasons) for link in event.links)


def test_intervals_are_read_as_they_are_printed() -> None:
    """What a date prints as can be typed for it."""
    for words in ("2023-05-26", "2023-05-16/2023-05-17", "[2023-05-15..2023-05-21]", "[2023-05-26,2023-06-02]"):
        assert words == str(interval(words))

    assert when("2023-05-15..2023-05-21") == interval("[2023-05-15..2023-05-21]")


def test_a_silence_with_nobody_named_concerns_the_act_told_last() -> None:
    """Of two meetings in one text, "has not commented on the meeting" is about the one before it."""
    text = Text("t" * 64, "Li met one. Then Li met another. Nobody has commented. Later Li met a third.")
    told = [
        tell(who, days="2023-05-26", published="2023-05-26", text=text, content=content)
        for who, content in (
            ("CHN/Li Hui > RUS", "Li met one."),
            ("CHN/Li Hui > FRA", "Li met another."),
            ("CHN/Li Hui > DEU", "Later Li met a third."),
        )
    ]
    silence = tell("CHN", published="2023-05-26", text=text, says=Says.DECLINES, voice_of="CHN",
                   content="Nobody has commented.", modes=())  # fmt: skip
    found = record([*told, silence])

    assert [[], ["CHN"], []] == [[d.party for d in event_of(found, t).standing.dispute] for t in told]


def test_a_headline_and_its_text_tell_one_event() -> None:
    """Two claims of one text about one meeting are one event; the visit told beside it is another."""
    text = Text(
        "u" * 64, "Yellen meets premier in Beijing\n\nJanet Yellen met Li Qiang on Friday. She began her visit."
    )
    title, body, visit = (
        tell(who, days=days, published="2023-07-07", text=text, content=content, place="Beijing/CHN")
        for who, days, content in (
            ("USA/Janet Yellen > CHN/Li Qiang", "2023-07-07", "Yellen meets premier in Beijing"),
            ("USA/Janet Yellen > CHN/Li Qiang", "2023-07-07", "Janet Yellen met Li Qiang on Friday"),
            ("USA/Janet Yellen > CHN", "2023-07-06/2023-07-09", "began her visit"),
        )
    )
    found = record([title, body, visit])

    assert event_of(found, title).id == event_of(found, body).id
    assert event_of(found, visit).id != event_of(found, body).id
    assert [event_of(found, visit).id] == [r.right for r in event_of(found, body).relations]
