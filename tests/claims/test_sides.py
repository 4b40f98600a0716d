"""Who acts and who is acted on, in kinds of acts where a word's place in the sentence misleads; who is host of whom."""

import pytest

from dragoman.types import Act, Role
from readings import act_claims, coded


def sides(text: str, kind: str) -> list[tuple[str, str]]:
    """The (actors' codes, recipients' codes) of the acts of one type in a text, in order of its words."""
    return [_sides(act) for _, act in act_claims(coded(text)) if act.type == kind]


def _sides(act: Act) -> tuple[str, str]:
    codes: dict[bool, set[str]] = {True: set(), False: set()}
    for one in act.participations:
        codes[one.role not in (Role.RECIPIENT, Role.HOST)].add(one.party.value.code if one.party.value else "")
    acting, affected = (" ".join(sorted(codes[side])) for side in (True, False))
    return acting, affected


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        # Both sides of a fight are actors, also the one that is told of as harmed
        ("More than ten Kenyan soldiers were injured in clashes on the border on Monday.", "ASSAULT", ("KEN", "")),
        ("Kenyan soldiers were killed by Somali troops.", "ASSAULT", ("SOM", "KEN")),
        # Where troops are sent is no side; whose they are is
        ("NATO will deploy 400 more troops to Latvia.", "MOBILIZE", ("IGO", "")),
        ("NATO deploys Danish soldiers to Estonia.", "MOBILIZE", ("DNK IGO", "")),
        ("Chad is massing troops near Sudan.", "MOBILIZE", ("TCD", "SDN")),
        # Who faces accusations makes none
        ("China faced accusations of spying on Norway.", "ACCUSE", ("", "CHN")),
        # Whose ground a meeting is on receives the others
        ("The presidents of Peru and Chile met in Lima on Monday.", "CONSULT", ("CHL", "PER")),
        ("The leaders of Peru, Chile and Bolivia held talks in Lima on Monday.", "CONSULT", ("BOL CHL", "PER")),
        ("Officials of Peru, Chile and Bolivia met in Nairobi.", "CONSULT", ("BOL CHL PER", "")),
        # Nobody visits the own state where others are there
        ("The presidents of Chile and Peru visited a bridge in Peru on Monday.", "CONSULT", ("CHL", "PER")),
    ],
)
def test_sides(text: str, kind: str, found: tuple[str, str]) -> None:
    """Each text tells of one act of its kind."""
    assert [found] == sides(text, kind)


def test_who_is_met_elsewhere_by_a_guest_is_host() -> None:
    """Also of a body's envoy, which is no state's: the text tells of the visit in another sentence."""
    text = "UN chief Antonio Guterres met Kenya's president on Monday. Guterres will visit Kenya until Friday."

    assert [("UNO", "KEN"), ("UNO", "KEN")] == sides(text, "CONSULT")
