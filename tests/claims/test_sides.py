"""Who acts and who is acted on, in kinds of acts where a word's place in the sentence misleads; who is host of whom."""

import pytest

from dragoman.claims.found import Found
from dragoman.claims.lexicon import Trigger
from dragoman.claims.parties import parties_at
from dragoman.claims.sides import as_told, sided
from dragoman.claims.when_where import not_ahead
from dragoman.types import Act, Cell, Role, Status
from readings import act_claims, coded, token, tree_of

ACTOR, RECIPIENT, HOST, VISITOR = Role.ACTOR, Role.RECIPIENT, Role.HOST, Role.VISITOR


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


@pytest.mark.parametrize(
    ("kind", "own", "roles", "expected"),
    [
        ("CONSULT", False, (RECIPIENT, RECIPIENT), [ACTOR, ACTOR]),
        ("PROTEST", False, (RECIPIENT, RECIPIENT), [ACTOR, ACTOR]),
        ("ASSAULT", False, (RECIPIENT, RECIPIENT), [RECIPIENT, RECIPIENT]),
        ("CONSULT", False, (VISITOR, HOST), [VISITOR, HOST]),
        ("SUPPORT", True, (ACTOR, ACTOR), [ACTOR, RECIPIENT]),
        ("SUPPORT", False, (ACTOR, ACTOR), [ACTOR, ACTOR]),
        ("CONSULT", True, (ACTOR, ACTOR), [ACTOR, ACTOR]),
    ],
)
def test_no_side_is_left_open_that_the_type_settles(
    kind: str, own: bool, roles: tuple[Role, Role], expected: list[Role]
) -> None:
    """Meetings and protests are their participants'; of words of no rule, who is named behind the word is their aim."""
    tree = tree_of("Chad sided with Niger.")
    found = [parties_at(tree, token(tree, form))[0] for form in ("Chad", "Niger")]

    told = sided(kind, token(tree, "sided"), list(zip(roles, found, strict=True)), own)

    assert expected == [role for role, _ in told]


def test_the_host_is_no_visitor() -> None:
    """Of a state that stands on both sides of a meeting all stand where they are met."""
    tree = tree_of("Chad's president met Niger's minister in Chad.")
    chad, niger = (parties_at(tree, token(tree, form))[0] for form in ("president", "minister"))

    told = sided("CONSULT", token(tree, "met"), [(VISITOR, chad), (VISITOR, niger), (HOST, chad)], own=False)

    assert [HOST, VISITOR, HOST] == [role for role, _ in told]


def test_a_deed_that_was_done_is_not_ahead() -> None:
    """A coming weekday is the last one, and other days to come date something else."""
    tree = tree_of("Chad will vote on Friday, and Niger next month.", "2019-03-12")

    (told,) = not_ahead(tree, list(tree.grounded.times))

    assert "WD:5:-1" == told[0].normal
    assert "2019-03-08" == str(told[1].value)


@pytest.mark.parametrize(
    ("text", "word", "roles"),
    [
        ("Ten Chadian soldiers were injured in clashes on Monday.", "injured", [ACTOR]),
        ("Clashes that injured ten Chadian soldiers went on.", "injured", [ACTOR]),
        ("Clashes broke out, injuring ten Chadian soldiers.", "injuring", [ACTOR]),
        ("Ten Chadian soldiers were injured in an attack on Monday.", "injured", [RECIPIENT]),
        ("Ten Chadian villagers were injured in clashes on Monday.", "injured", [RECIPIENT]),
    ],
)
def test_who_is_armed_and_hurt_in_a_clash_fought(text: str, word: str, roles: list[Role]) -> None:
    """Fighting has two sides, and both act; villagers are hurt by others."""
    tree = tree_of(text)
    hurt = parties_at(tree, token(tree, "villagers" if "villagers" in text else "soldiers"))[0]

    trigger = Trigger("test", "V", (), "ASSAULT", (), (), "")
    act = Found(token(tree, word), trigger, [(RECIPIENT, hurt)], Cell(Status.HAPPENED, reason="told"), -1)

    assert roles == [role for role, _ in as_told(tree, act, own=False)]
