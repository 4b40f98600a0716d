"""Trees of words: sentences whose heads and relations are known, the shape of any tree, ties and hostile input."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language import parser
from dragoman.language.english import analyse
from dragoman.types import Text

TAGS = ("NOUN", "PROPN", "VERB:VBD", "VERB:VBZ", "ADP", "DET", "ADJ", "PUNCT", "SCONJ", "AUX", "AUX:MD", "PRON", "none")
WORDS = st.lists(st.tuples(st.text(min_size=1, max_size=6), st.sampled_from(TAGS)), max_size=30)


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
            {("pilots", "nsubj:pass", "arrested"), ("were", "aux:pass", "arrested")},
        ),
        ("Estonia condemned Belarus and left.", {("left", "conj", "condemned"), ("and", "cc", "left")}),
        ("Ghana said that Togo had left.", {("left", "ccomp", "said"), ("Togo", "nsubj", "left")}),
        ("Senegal wants to send aid to Gambia.", {("send", "xcomp", "wants"), ("aid", "obj", "send")}),
        ("The meeting in Lima was short.", {("in", "case", "Lima"), ("Lima", "nmod", "meeting")}),
        ("Ethiopia's troops left.", {("Ethiopia", "nmod:poss", "troops"), ("'s", "case", "Ethiopia")}),
    ],
)
def test_plain_sentences_have_their_arcs(text: str, expected: set[tuple[str, str, str]]) -> None:
    """What a coder of acts needs most: subjects, objects, passives, clauses and possessives of plain sentences."""
    assert expected <= arcs(text)


@given(WORDS)
def test_any_words_give_a_tree(words: list[tuple[str, str]]) -> None:
    """Every word has a head in the sentence, one is the root, and no word is above itself."""
    heads, relations = parser.load().parse([form for form, _ in words], [tag for _, tag in words])

    assert len(words) == len(heads) == len(relations)
    assert [-1] * bool(words) == [head for head in heads if head < 0]
    assert [at for at, head in enumerate(heads) if head < 0] == [
        at for at, name in enumerate(relations) if name == "root"
    ]
    for at in range(len(words)):
        above = list(itertools.islice(_climb(heads, at), len(words) + 1))

        assert -1 == above[-1]


def _climb(heads: list[int], at: int) -> list[int]:
    path: list[int] = []
    while at >= 0 and len(path) <= len(heads):
        at = heads[at]
        path.append(at)
    return path


def test_no_words_give_no_tree() -> None:
    """An empty sentence is allowed."""
    assert ([], []) == parser.load().parse([], [])


def test_a_word_alone_is_the_root() -> None:
    """Whatever it is."""
    assert ([-1], ["root"]) == parser.load().parse(["!"], ["PUNCT"])


def test_word_ids_see_letters_only() -> None:
    """Case and the value of digits make no difference; the id of nothing, 0, is no word's."""
    assert parser.word_id("Talks") == parser.word_id("talks")
    assert parser.word_id("2018") == parser.word_id("1999")
    assert parser.word_id("talks") != parser.word_id("talk")
    assert parser.word_id("") != parser.NONE


def test_moves_that_cannot_be_taken_are_not_offered() -> None:
    """At first only SHIFT; with words on the stack and none in the buffer, no SHIFT."""
    state = parser.State.begin([5, 6], [2, 3], [5, 6])

    assert (True, False, False) == state.allowed()
    state.take(parser.SHIFT)
    state.take(parser.SHIFT)

    assert (False, True, True) == state.allowed()
    state.take(parser.RIGHT)
    state.take(parser.LEFT)

    assert state.done()
    assert [2, 0] == state.heads[:2]


def test_features_are_rows_of_the_table() -> None:
    """Every template gives one row, within the table."""
    rows = parser.State.begin([5, 6], [2, 3], [5, 6]).features(10)

    assert rows.ndim == 1
    assert 0 <= int(rows.min()) <= int(rows.max()) < 2**10


def test_the_model_is_what_it_says() -> None:
    """Tables are powers of two high, with a column for each move and each relation."""
    model = parser.load()

    assert [1, 1] == [np.binary_repr(table.shape[0]).count("1") for table in (model.moves, model.labels)]
    assert (3, len(model.relations)) == (model.moves.shape[1], model.labels.shape[1])
    assert {"nsubj", "nsubj:pass", "obj", "obl", "ccomp", "xcomp", "conj", "root"} <= set(model.relations)
