"""Where one value of a format ends and the next begins: rankings, rounding, bounds of days, sides, sources, names."""

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest

import example_record as example
import formats
from dragoman import origins
from dragoman.export import gdelt, plover
from dragoman.export.forms import ExportError, source
from dragoman.export.happenings import Happening
from dragoman.export.network import network
from dragoman.export.text_free import withheld
from dragoman.export.unnamed import unnamed
from dragoman.types import (
    Account,
    ActorKind,
    Cell,
    Claim,
    Course,
    Event,
    Interval,
    Party,
    Position,
    Record,
    Report,
    Role,
    Says,
    Speaker,
    Stance,
    Standing,
    Status,
    Text,
    Voice,
)
from given import text

KOR, PRK = formats.NORLAND, formats.SANALAND
SIDES = [(KOR, Role.ACTOR), (PRK, Role.RECIPIENT)]
ACT = formats.act("CONSULT", SIDES)
PLAN = formats.act("CONSULT", SIDES, status=formats.status(Status.PLANNED))


def told(key: str, act: Any = ACT, says: Says = Says.AFFIRMS, sure: float = 0.5) -> Claim:
    """A claim of the first text."""
    made = example.claim(key * 16, act, example.span(example.T1, "Envoy Mara Lind"), Voice(), says)
    return dataclasses.replace(made, confidence=sure)


def happening(*claims: Claim, record: Record = example.RECORD, **more: Any) -> Happening:
    """One event of these claims."""
    event = Event("e1", ACT, (), Standing(Course.DONE_UNANNOUNCED, (), ()), tuple(one.id for one in claims))
    held = dataclasses.replace(record, claims=claims, events=(event,), positions=(), judgements=())
    return Happening(event, source(held, formats.BOOK, formats.RUN, **more))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (told("a1", sure=0.1), told("b2", says=Says.DENIES, sure=0.9)),
        (told("a1", sure=0.1), told("b2", PLAN, sure=0.9)),
        (told("a1", sure=0.6), told("b2", sure=0.5)),
        (told("a1", PLAN, sure=0.1), told("b2", says=Says.DENIES, sure=0.9)),
    ],
)
def test_the_claim_whose_words_stand_for_an_event(better: Claim, worse: Claim) -> None:
    """Affirmed before denied, of the event's status before another, then the surer; in whichever order they come."""
    for claims in ((better, worse), (worse, better)):
        assert happening(*claims).evidence == better


@pytest.mark.parametrize(
    ("sure", "written"), [(0.0, "0"), (0.04, "0"), (0.06, "10"), (0.94, "90"), (0.96, "100"), (1.0, "100")]
)
def test_gdelts_confidence_goes_by_tens(sure: float, written: str) -> None:
    """Per cent, to the nearest ten."""
    held = happening(told("a1", sure=sure)).source
    mentions = b"".join(gdelt.FORMAT.files(held)[1].content).decode().splitlines()
    column = [column.name for column in gdelt.MENTION_COLUMNS].index("Confidence")

    assert {line.split("\t")[column] for line in mentions} == {written}


@pytest.mark.parametrize(("last", "precision"), [(4, "1"), (5, "2"), (10, "2"), (11, "3"), (30, "3"), (None, "3")])
def test_acleds_week_ends_on_its_seventh_day(last: int | None, precision: str) -> None:
    """From Monday to Sunday is within a week; a day more is not; an open end is not either."""
    day = dt.date(2018, 6, 4)
    date = (
        formats.window(day, dt.date(2018, 6, last)) if last else Cell(Interval(day), example.span(example.T1, "Monday"))
    )
    (row,) = formats.commas(formats.only("acled", formats.record(formats.act("ASSAULT", SIDES, date=date))))

    assert row["time_precision"] == precision


VILLAGERS = formats.VILLAGERS


@pytest.mark.parametrize(
    ("whom", "figures", "cells"),
    [
        (VILLAGERS, [(3, "villagers")], ("", "", "3", "0", "3")),
        (VILLAGERS, [(3, "")], ("", "", "", "3", "3")),
        (VILLAGERS, [(2, "civilians"), (1, "civilian"), (4, "villagers")], ("", "", "3", "4", "3")),
        (PRK, [(2, "CVL"), (5, "PRK")], ("", "5", "2", "0", "1")),
        (formats.REBELS, [(1, "KOR"), (2, "reb"), (4, "")], ("1", "2", "", "4", "1")),
    ],
)
def test_ucdp_counts_civilians_once(
    whom: Party, figures: list[tuple[float, str]], cells: tuple[str, str, str, str, str]
) -> None:
    """Where the other side is civilians the dead of that side are civilians; the same dead are in one column."""
    killed = tuple(formats.killed(best, side) for best, side in figures)
    act = formats.act("ASSAULT", [(KOR, Role.ACTOR), (whom, Role.RECIPIENT)], quantities=killed)
    (row,) = formats.commas(formats.only("ucdp", formats.record(act)))
    names = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "type_of_violence")

    assert tuple(row[name] for name in names) == cells
    assert row["best"] == str(sum(best for best, _ in figures))


def test_a_meeting_is_one_edge_whoever_is_named_first() -> None:
    """Edges of meetings have no direction, others do; what has both is two edges."""
    meet, met = ([(left, Role.ACTOR), (right, Role.ACTOR)] for left, right in ((KOR, PRK), (PRK, KOR)))
    acts = (
        formats.act("CONSULT", meet),
        formats.act("CONSULT", met),
        formats.act("AID", SIDES),
        formats.act("AID", [(PRK, Role.ACTOR), (KOR, Role.RECIPIENT)]),
        formats.act("CONSULT", SIDES),
    )
    _, edges = network(formats.made(formats.record(*acts)))
    found = {(one.left, one.right, one.fields["type"], one.fields["mutual"]): one.fields["events"] for one in edges}

    assert found == {
        ("KOR", "PRK", "CONSULT", True): 2,
        ("KOR", "PRK", "CONSULT", False): 1,
        ("KOR", "PRK", "AID", False): 1,
        ("PRK", "KOR", "AID", False): 1,
    }


WIRE = (
    "Envoys of both states met in the old harbour on Monday to speak about fishing, the ministry of trade said, and "
    "agreed to meet again before the end of the summer in another town of the coast."
)
PRINTED = text(WIRE)
COPY = text(WIRE.replace("of the coast", "on the coast"))
OWN = text(
    "Fishermen of the harbour said that they had seen two delegations at the pier early on Monday morning, alone."
)


def _report(of: Text, outlet: str, day: int, agency: str = "") -> Report:
    return Report(f"r-{outlet}", of.id, f"{outlet}-1", outlet, dt.date(2018, 6, day), agency=agency, language="en")


@pytest.mark.parametrize(("agency", "names"), [("", ("Daily", "Weekly")), ("Wire", ("Wire", "Weekly"))])
def test_a_copy_is_no_further_source(agency: str, names: tuple[str, ...]) -> None:
    """A report and its lightly edited copy count once, under the agency where one is named; articles all count."""
    reports = (_report(PRINTED, "Daily", 4), _report(COPY, "Gazette", 5, agency), _report(OWN, "Weekly", 6))
    claims = tuple(
        dataclasses.replace(told(key), text=of.id, evidence=dataclasses.replace(told(key).evidence, text=of.id))
        for key, of in (("a1", PRINTED), ("b2", COPY), ("c3", OWN))
    )
    held = Record(reports=reports, texts=(PRINTED, COPY, OWN))
    row = happening(*claims, record=held, origins=lambda: origins.origins(held))

    assert row.sources == names
    assert row.outlets == ("Daily", "Gazette", "Weekly")
    line = b"".join(gdelt.FORMAT.files(row.source)[0].content).decode().splitlines()[0].split("\t")
    at = {column.name: number for number, column in enumerate(gdelt.EVENT_COLUMNS)}
    assert (line[at["NumSources"]], line[at["NumArticles"]]) == ("2", "3")
    assert happening(*claims, record=held).sources == ("Daily", agency or "Gazette", "Weekly")  # the same text alone


@pytest.mark.parametrize(("form", "times"), [("gdelt", 1), ("ucdp", 1), ("csv", 0), ("icews", 0), ("plover", 0)])
def test_copies_are_looked_for_once_and_only_where_sources_are_counted(form: str, times: int) -> None:
    """It takes its time, and most formats have no use for it."""
    asked: list[str] = []

    def look() -> dict[str, str]:
        asked.append(form)
        return {}

    killed = [formats.act("ASSAULT", SIDES, quantities=(formats.killed(number),)) for number in (2, 3)]
    held = source(formats.record(*killed), formats.BOOK, formats.RUN, origins=look)
    for file in formats.FORMATS[form].files(held):
        assert b"".join(file.content)

    assert asked == [form] * times


def test_a_file_that_was_cut_off_is_known() -> None:
    """After any line; one with more lines too; one without a count, as before, is read."""
    lines = b"".join(plover.files(formats.made(example.RECORD))[0].content).decode().splitlines(keepends=True)

    assert json.loads(lines[0]) == {"id": "lines", "has_event": False, "dragoman": {"lines": len(lines) - 1}}
    for cut in range(1, len(lines)):
        with pytest.raises(ExportError, match=rf"talks: holds {cut - 1} lines .* has {len(lines) - 1}: it was cut off"):
            plover.read(lines[:cut], "talks")
    with pytest.raises(ExportError, match="it was added to"):
        plover.read([*lines, lines[-1]], "talks")
    assert plover.read(lines[1:]) == plover.read(lines)


UNKNOWN = Party("x/men-at-the-ford", "men at the ford", ActorKind.GROUP, "UNK", "CVL")
COUNCIL = Party("", "council of elders", ActorKind.BODY, "PRK", "GOV")
TITLED = Party("USA/civilians", "detained hikers", ActorKind.GROUP, "USA", "CVL", "civilians")
NAMED = Party("x/ada-de-la-cruz", "Ada de la Cruz", ActorKind.PERSON, "UNK")
MISREAD = Party("x/officials-there", "officials there", ActorKind.PERSON, "UNK")


def _with_unknowns() -> Record:
    span = example.span(example.T1, "Monday")
    act = formats.act(
        "ASSAULT", [(UNKNOWN, Role.ACTOR), (COUNCIL, Role.RECIPIENT), (NAMED, Role.RECIPIENT)],
        quantities=(formats.killed(2, "men at the ford"), formats.killed(1, UNKNOWN.id)),
    )  # fmt: skip
    held = formats.record(act)
    said = Voice((Speaker(Cell(MISREAD, span)),))
    (claim,), (event,) = held.claims, held.events
    stance = Stance(Cell(COUNCIL, span), "arms", "demands", Cell("x", span), Cell(reason="none"))
    account = Account("council of elders; Daily", "PRK", (), (("actors", "men at the ford; men"),), (claim.id,))
    return dataclasses.replace(
        held,
        claims=(dataclasses.replace(claim, voice=said), dataclasses.replace(claim, id="c9", content=stance)),
        events=(dataclasses.replace(event, accounts=(account,)),),
        positions=(Position("p1", COUNCIL, "arms", "demands", "", "", Interval(), ("c9",)),),
    )


def test_names_that_are_mere_words_become_a_class_and_a_hash() -> None:
    """Everywhere the same; known parties and names of people stay; what is done is not done again."""
    held = _with_unknowns()
    made = withheld(held)
    shown = repr(made)

    for party in (UNKNOWN, COUNCIL, MISREAD):
        assert party.name not in shown
        assert not party.id or party.id not in shown
    assert "Ada de la Cruz" in shown
    actor, council, person = (part.party.value for part in made.events[0].act.participations)
    assert actor
    assert council
    assert actor.name.startswith("group-")
    assert actor.id == f"x/{actor.name}"
    assert (council.id, council.name[:5], person) == ("", "body-", NAMED)
    assert made.positions[0].party == council
    assert made.events[0].accounts[0].root == f"{council.name}; Daily"
    assert made.events[0].accounts[0].cells == (("actors", f"{actor.name}; men"),)
    assert [one.side for one in made.events[0].act.quantities] == [actor.name, actor.id]
    assert made.claims[0].voice.chain[0].party.value != MISREAD
    assert unnamed(made) == made


def test_a_name_of_words_keeps_the_class_that_our_tables_gave_it() -> None:
    """The id, which is made of a code and a title, stays."""
    (event,) = withheld(formats.record(formats.act("ASSAULT", [(TITLED, Role.RECIPIENT), SIDES[0]]))).events
    party, state = (part.party.value for part in event.act.participations)

    assert party
    assert (party.id, party.name[:10], len(party.name)) == ("USA/civilians", "civilians-", 20)
    assert state == KOR


def test_the_hash_of_a_name_is_salted_with_the_texts() -> None:
    """Of another record the same words have another hash; of the same one always the same."""
    held = _with_unknowns()
    other = dataclasses.replace(held, texts=(*held.texts, OWN))
    names = [unnamed(one).events[0].act.participations[0].party.value for one in (held, held, other)]

    assert names[0] == names[1] != names[2]
