"""On which side of an act its participants stand."""

import pytest

from dragoman.claims.parties import parties_at
from dragoman.claims.sides import sided
from dragoman.claims.when_where import not_ahead
from dragoman.types import Role
from readings import token, tree_of

ACTOR, RECIPIENT, HOST, VISITOR = Role.ACTOR, Role.RECIPIENT, Role.HOST, Role.VISITOR


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

    told = sided(tree, kind, token(tree, "sided"), list(zip(roles, found, strict=True)), own)

    assert expected == [role for role, _ in told]


def test_the_host_is_no_visitor() -> None:
    """Of a state that stands on both sides of a meeting all stand where they are met."""
    tree = tree_of("Chad's president met Niger's minister in Chad.")
    chad, niger = (parties_at(tree, token(tree, form))[0] for form in ("president", "minister"))

    told = sided(tree, "CONSULT", token(tree, "met"), [(VISITOR, chad), (VISITOR, niger), (HOST, chad)], own=False)

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

    assert roles == [role for role, _ in sided(tree, "ASSAULT", token(tree, word), [(RECIPIENT, hurt)], own=False)]
