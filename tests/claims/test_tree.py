"""Trees: who is subject, object or owner of a word, through passives, control and relative clauses."""

import pytest

from dragoman.claims.parties import parties_at
from dragoman.claims.tree import Tree
from readings import token, tree_of


def codes(tree: Tree, at: int) -> list[str]:
    """The codes of the parties that the noun phrase at a token names."""
    return [found.party.code for found in parties_at(tree, at) if found.party]


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Kenya visited Uganda.", "visited", "Kenya"),
        ("Estonia condemned Belarus and expelled its envoy.", "expelled", "Estonia"),
        ("Senegal wants to send aid to Gambia.", "send", "Senegal"),
        ("Turkey urged Greece to withdraw its troops.", "withdraw", "Greece"),
        ("The minister who visited Armenia on Monday is a doctor.", "visited", "minister"),
        ("Ukraine, which signed a treaty with Georgia, is short of gas.", "signed", "Ukraine"),
        ("Two pilots were arrested by Kenya.", "arrested", "pilots"),
    ],
)
def test_the_subject_of_a_verb(text: str, verb: str, subject: str) -> None:
    """It is found through co-ordination, control and relative clauses; of a passive it is the one acted on."""
    tree = tree_of(text)

    assert token(tree, subject) == tree.subject(token(tree, verb))


def test_a_verb_without_a_subject_has_none() -> None:
    """An imperative has no subject in the text."""
    assert -1 == (tree := tree_of("Visit Kenya.")).subject(token(tree, "Visit"))


@pytest.mark.parametrize(
    ("text", "verb", "passive"),
    [
        ("Two pilots were arrested by Kenya.", "arrested", True),
        ("The pilots arrested in May are free.", "arrested", True),
        ("Kenya arrested two pilots.", "arrested", False),
        ("Kenya has arrested two pilots.", "arrested", False),
    ],
)
def test_passives(text: str, verb: str, passive: bool) -> None:
    """A passive is known by its auxiliary, a bare participle by what it hangs on."""
    tree = tree_of(text)

    assert passive is tree.passive(token(tree, verb))


@pytest.mark.parametrize(
    ("text", "word", "named"),
    [
        ("Namibia and Botswana condemned Zimbabwe.", "Namibia", ["NAM", "BWA"]),
        ("Namibia, Botswana and Zambia condemned Zimbabwe.", "Namibia", ["NAM", "BWA", "ZMB"]),
        ("Russian jets bombed a bridge.", "jets", ["RUS"]),
        ("Ethiopia's troops left.", "troops", ["ETH"]),
        ("The river flows north.", "river", []),
    ],
)
def test_parties_of_a_noun_phrase(text: str, word: str, named: list[str]) -> None:
    """A noun names itself, those co-ordinated with it, or who owns it."""
    tree = tree_of(text)

    assert named == codes(tree, token(tree, word))


def test_a_mention_is_one_node() -> None:
    """The words of an actor phrase hang on one of them, so that nothing stands between title and name."""
    tree = tree_of("The Norwegian foreign minister met the Swedish king.")
    words = tree.tokens_in(tree.grounded.actors[0][0].span)
    tops = [at for at in words if tree.head(at) not in words]

    assert 1 == len(tops)
    assert {"flat"} == {tree.relation(at) for at in words if at not in tops}


def test_spans_are_those_of_the_text() -> None:
    """From the first character of one token to the last of another."""
    text = "Kenya visited Uganda."
    span = (tree := tree_of(text)).span(token(tree, "visited"), token(tree, "Uganda"))

    assert "visited Uganda" == text[span.start : span.end]


def test_climbing_ends() -> None:
    """From any word of any sentence there are no more heads than words, and none twice."""
    tree = tree_of("If Ghana, which said that Togo would not free its crew, invades Togo, trade will end.")
    for at in range(len(tree.tokens)):
        heads = list(tree.climb(at))

        assert len(heads) == len(set(heads)) <= len(tree.tokens)
        assert at not in heads


def test_a_gerund_behind_a_comma_goes_with_no_infinitive() -> None:
    """Who stresses is not who is allowed to stay, wherever the parser hung the clause."""
    tree = tree_of("Peru backed a truce that would allow Chadian troops to remain in Mali, while also stressing peace.")
    at = token(tree, "stressing")

    assert "xcomp" != tree.relation(tree.clause_above(at))
    assert "troops" != tree.tokens[tree.subject(at)].form
