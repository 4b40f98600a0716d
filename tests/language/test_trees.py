"""The best tree: equal to trying all of them, whatever the scores; and the trees of plain sentences."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language import trees
from dragoman.language.english import analyse
from dragoman.types import Text


def is_tree(heads: list[int]) -> bool:
    """One root, and no word above itself."""
    for at in range(len(heads)):
        above, steps = at, 0
        while above >= 0 and steps <= len(heads):
            above, steps = heads[above], steps + 1
        if above >= 0:
            return False
    return [head for head in heads if head < 0] == [-1]


def value(scores: np.ndarray, heads: tuple[int, ...] | list[int]) -> float:
    """The score of a tree."""
    return float(sum(scores[at, head + 1] for at, head in enumerate(heads)))


@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_the_tree_is_the_best_of_all(size: int, seed: int) -> None:
    """No other tree with one root scores higher."""
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)
    found = trees.decode(scores)
    every = (heads for heads in itertools.product(range(-1, size), repeat=size) if is_tree(list(heads)))

    assert is_tree(found)
    assert value(scores, found) == pytest.approx(max(value(scores, heads) for heads in every), abs=1e-4)


@given(st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_long_sentences_are_trees_too(size: int, seed: int) -> None:
    """Random scores, which are full of cycles, still give a tree."""
    assert is_tree(trees.decode(np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)))


def test_equal_scores_give_a_tree() -> None:
    """A tie is no cycle."""
    assert is_tree(trees.decode(np.zeros((5, 6), np.float32)))


def arcs(text: str) -> set[tuple[str, str, str]]:
    """(word, relation, head) of a sentence, "" for the root's head."""
    tokens = analyse(Text("t", text)).tokens
    return {(one.form, one.relation, tokens[one.head].form if one.head >= 0 else "") for one in tokens}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya visited Uganda.", {("Kenya", "nsubj", "visited"), ("Uganda", "obj", "visited")}),
        (
            "Two pilots were arrested by Kenya.",
            {
                ("pilots", "nsubj:pass", "arrested"),
                ("were", "aux:pass", "arrested"),
                ("Kenya", "obl:agent", "arrested"),
            },
        ),
        ("Estonia condemned Belarus and left.", {("left", "conj", "condemned"), ("and", "cc", "left")}),
        ("Ghana said that Togo had left.", {("left", "ccomp", "said"), ("Togo", "nsubj", "left")}),
        ("Senegal wants to send aid to Gambia.", {("send", "xcomp", "wants"), ("aid", "obj", "send")}),
        ("The meeting in Lima was short.", {("in", "case", "Lima"), ("Lima", "nmod", "meeting")}),
        ("Ethiopia's troops left.", {("Ethiopia", "nmod:poss", "troops"), ("'s", "case", "Ethiopia")}),
        ("Envoy to visit Accra for talks", {("Envoy", "nsubj", "visit"), ("Accra", "obj", "visit")}),
        ("Three killed in raid on port", {("Three", "nsubj:pass", "killed"), ("raid", "obl", "killed")}),
        ("The envoy, who met Lee, denied it.", {("met", "acl:relcl", "envoy"), ("Lee", "obj", "met")}),
    ],
)
def test_plain_sentences_have_their_arcs(text: str, expected: set[tuple[str, str, str]]) -> None:
    """What a coder of acts needs most: subjects, objects, passives, clauses and possessives of plain sentences."""
    assert expected <= arcs(text)


@pytest.mark.parametrize("text", ["!", "a", "\U0001f600", "؟ سلام", "x " * 300])
def test_any_sentence_is_a_tree(text: str) -> None:
    """Whatever it is, each of its sentences has one root."""
    read = analyse(Text("t", text))

    for first, end in read.sentences:
        heads = [token.head - first if token.head >= 0 else -1 for token in read.tokens[first:end]]
        assert is_tree(heads)
        assert ["root"] == [token.relation for token in read.tokens[first:end] if token.head < 0]
        assert 1 == sum(token.relation == "root" for token in read.tokens[first:end])
