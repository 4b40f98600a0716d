"""Acts of rules and network together: signs, shares, bars, confidence."""

import dataclasses
import itertools

import numpy as np
import pytest

from dragoman.claims import acts, cells, settled, signs, weigher
from dragoman.claims.lexicon import load
from dragoman.claims.settled import Bars, settle
from dragoman.claims.tree import Tree
from dragoman.claims.weighed import weigh
from dragoman.types import Role, Status
from readings import act_claims, coded, ruled, token, tree_of

TEXT = "Kenya's president met the Ugandan president in Tanzania on Sunday."
NOVEL = "Lebanon voiced criticism."


def acts_at(tree: Tree, *forms: str) -> dict[int, signs.Ruled]:
    """Words as if rules had found acts at them."""
    return {token(tree, form): signs.Ruled("CONSULT", "happened", {}) for form in forms}


def test_signs_are_rows_of_their_tables() -> None:
    """No sign lies outside the table that it is a row of."""
    tree = tree_of(TEXT)
    people = signs.named(tree)
    words = signs.of_words(tree, load(), people, {})
    pairs = signs.of_pairs(tree, token(tree, "met"), people, None)

    assert (words >= 0).all()
    assert (words < np.array(signs.SIZES)).all()
    assert (pairs < np.array(signs.PAIR_SIZES)).all()
    assert len(pairs) == len(people) > 1


def test_the_way_between_words_is_told_by_relations() -> None:
    """Up to the word that both hang on, then down; far apart only the sentences between count."""
    tree = tree_of("Kenya met Uganda. Chad praised Mali.")

    assert "|nsubj" == signs.way(tree, token(tree, "met"), token(tree, "Kenya"))
    assert "nsubj|obj" == signs.way(tree, token(tree, "Kenya"), token(tree, "Uganda"))
    assert "apart 1" == signs.way(tree, token(tree, "met"), token(tree, "Mali"))


def test_weights_have_the_sizes_of_the_signs() -> None:
    """The shipped weights are those of the tables as they are now."""
    heads, small = weigher.load(), cells.load()

    assert [len(heads[f"signs.{at}.weight"]) for at in range(len(signs.SIZES))] == list(signs.SIZES)
    assert [len(heads[f"pairs.{at}.weight"]) for at in range(len(signs.PAIR_SIZES))] == list(signs.PAIR_SIZES)
    assert len(small["cells.bias"]) == len(cells.names()) + 2 + len(signs.DAYS)


def test_shares_of_a_meeting() -> None:
    """The word that tells of a meeting is seen as such, and both presidents take part."""
    tree = tree_of(TEXT)
    seen = weigh(tree, load(), {})
    assert seen is not None
    word = seen.words[token(tree, "met")]

    assert "CONSULT" == word.type
    assert word.share > 0.8
    assert {"KEN", "UGA"} <= {one.one.party.code for one in word.taking if one.share > 0.5}
    assert "visit" in cells.read((seen.vectors[word.at], seen.signs[word.at]), "CONSULT", Status.HAPPENED).modes


def test_without_vectors_the_rules_stand() -> None:
    """A reader that makes no vectors gets the acts of the rules, untouched."""
    tree = tree_of(TEXT)
    blind = Tree(dataclasses.replace(tree.analysis, vectors=b""), tree.grounded)
    rules = acts.find_acts(blind, load())

    assert settle(blind, load(), rules) == rules
    assert all(act.share < 0 for act in rules)


def test_the_network_finds_what_no_row_knows() -> None:
    """An act told by a word that no table has, with its reason and confidence."""
    assert () == ruled(NOVEL)
    claim, act = act_claims(coded(NOVEL))[0]

    assert "ACCUSE" == act.type
    assert claim.reasons[0].startswith("network: “")
    assert 0.4 < claim.confidence < 0.95


@pytest.mark.parametrize(("bars", "left"), [(Bars(), 1), (Bars(keep=1.1, add=1.1, types={}), 0)])
def test_bars_decide(bars: Bars, left: int) -> None:
    """What is not believed is not told."""
    tree = tree_of(TEXT)

    assert left == len(settle(tree, load(), acts.find_acts(tree, load()), bars))


def test_confidence_rises_with_the_share() -> None:
    """A surer act is no less believed, and no confidence leaves [0, 1]."""
    found = [settled.calibrated(share / 50) for share in range(51)]

    assert all(low <= high for low, high in itertools.pairwise(found))
    assert 0 < found[0] < found[-1] < 1


def test_the_network_judges_the_whole_of_a_text() -> None:
    """Acts far down a text have its share, as those of a headline."""
    tree = tree_of(f"{'It rained. ' * signs.SENTENCES}{TEXT}")
    (act,) = settle(tree, load(), acts.find_acts(tree, load()))

    assert signs.SENTENCES == tree.sentence_of[act.at]
    assert act.share > 0.5


def test_those_named_near_a_word_may_take_part() -> None:
    """In its own sentence and the ones beside it; those beside are marked, but for words of the first sentence."""
    tree = tree_of("Chad spoke. Kenya met Uganda. Mali listened. Niger slept.")
    seen = weigh(tree, load(), acts_at(tree, "spoke", "met"))
    assert seen is not None
    met, spoke = (
        {one.one.party.code: one.beside for one in seen.words[token(tree, form)].taking} for form in ("met", "spoke")
    )

    assert {"TCD": True, "KEN": False, "UGA": False, "MLI": True} == met
    assert {"TCD": False, "KEN": False, "UGA": False} == spoke


def test_nobody_is_joined_to_a_rules_act_from_a_sentence_beside() -> None:
    """Whatever their share; in a headline's place they are."""
    easy = Bars(keep=0, stay=0, add=1.1, types={}, retype=1.1, join=0)
    inner, first = (
        tree_of(f"{before}Kenya visited Uganda on Monday. Mali listened.") for before in ("It rained all day. ", "")
    )
    met = [settle(tree, load(), acts.find_acts(tree, load()), easy)[0] for tree in (inner, first)]
    told = [{one.party.code for _, one in act.filled if one.party} for act in met]

    assert [{"KEN", "UGA"}, {"KEN", "UGA", "MLI"}] == told


def test_a_mediator_stays_whatever_the_network_thinks() -> None:
    """The network knows of acting and being affected only; other roles are the rules' to give."""
    tree = tree_of("Iran met Saudi Arabia in talks brokered by China.")
    rules = acts.find_acts(tree, load())
    (mediated,) = (act for act in rules if any(role is Role.MEDIATOR for role, _ in act.filled))
    strict = Bars(keep=0, stay=1.1, add=1.1, types={}, retype=1.1, join=1.1)
    kept = next(act for act in settle(tree, load(), rules, strict) if act.at == mediated.at)

    assert {Role.MEDIATOR} == {role for role, _ in kept.filled}


def test_words_stay_somebodys() -> None:
    """No participant of a speech act goes where nobody would be left who said it."""
    tree = tree_of("Sweden summoned the Iranian ambassador on Thursday.")
    (act,) = settle(
        tree, load(), acts.find_acts(tree, load()), Bars(keep=0, stay=1.1, add=1.1, types={}, retype=1.1, join=1.1)
    )

    assert any(role is Role.ACTOR for role, _ in act.filled)


@pytest.mark.parametrize(("kind", "least"), [("ACCUSE", 0.2), ("AGREE", 0.3), ("ASSAULT", 0.4), ("CONSULT", 0.6)])
def test_an_act_of_no_rule_is_believed_by_the_bar_of_its_type(
    monkeypatch: pytest.MonkeyPatch, kind: str, least: float
) -> None:
    """From the bar on; one that stands just below is left out."""
    tree, lexicon = tree_of(NOVEL), load()
    seen = weigh(tree, lexicon, {})
    assert seen
    at = token(tree, "criticism")
    sure = [dataclasses.replace(one, acting=1.0, affected=0.0) for one in seen.words[at].taking]

    def found(share: float) -> list[str]:
        word = dataclasses.replace(seen.words[at], share=share, type=kind, of_type=share, taking=tuple(sure))
        monkeypatch.setattr(settled, "weigh", lambda *_: dataclasses.replace(seen, words={at: word}))
        return [act.trigger.type for act in settle(tree, lexicon, [])]

    assert [kind] == found(least)
    assert [] == found(least - 0.01)


@pytest.mark.parametrize(
    ("text", "acts_found"), [("It appeared to be criticism of Lebanon.", 0), ("Lebanon voiced criticism.", 1)]
)
def test_what_only_appears_to_be_an_act_is_none(monkeypatch: pytest.MonkeyPatch, text: str, acts_found: int) -> None:
    """However sure the network is: it is what somebody thinks of another act."""
    tree, lexicon = tree_of(text), load()
    at = token(tree, "criticism")
    seen = weigh(tree, lexicon, {at: signs.Ruled("ACCUSE", "happened", {})})
    assert seen
    sure = tuple(dataclasses.replace(one, acting=1.0, affected=0.0) for one in seen.words[at].taking)
    word = dataclasses.replace(seen.words[at], share=1.0, type="ACCUSE", of_type=1.0, taking=sure)
    monkeypatch.setattr(settled, "weigh", lambda *_: dataclasses.replace(seen, words={at: word}))

    assert acts_found == len(settle(tree, lexicon, []))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Kenya expelled the Ugandan ambassador.", "KEN"),
        ("Uganda's prime minister resigned.", "UGA"),
        ("Kenya imposed sanctions on Uganda.", ""),
    ],
)
def test_where_acts_of_a_mode_take_place(text: str, country: str) -> None:
    """Where no words say it: on whose ground a mode has them (resources/claims/scenes.csv)."""
    ((_, act),) = act_claims(coded(text, published="2023-05-02"))
    place = act.place.value

    assert country == (place.country if place else "")
