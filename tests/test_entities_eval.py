"""The measuring of names: labels to spans, types to those of a corpus, F1 of exact spans."""

import pytest
from evals import corpora, entities


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        (["B-PER", "I-PER", "O"], [((0, 1), "PER")]),
        (["B-PER", "B-PER"], [((0, 0), "PER"), ((1, 1), "PER")]),
        (["S-ORG", "O", "B-LOC", "E-LOC"], [((0, 0), "ORG"), ((2, 3), "LOC")]),
        (["O", "I-PER"], []),
        ([], []),
    ],
)
def test_labels_are_spans(labels: list[str], spans: list[tuple[tuple[int, int], str]]) -> None:
    """BIO and BIOES alike; a label that continues nothing begins nothing."""
    assert spans == list(corpora.bio(labels))


def test_spans_of_characters_reach_over_the_words_they_touch() -> None:
    """A span that begins or ends inside a word takes the whole word; one of white space is dropped."""
    words = [(0, 5), (6, 9), (10, 16)]

    assert {(0, 1): "A", (2, 2): "B"} == corpora.placed(words, [(2, 8, "A"), (10, 16, "B"), (5, 6, "C")])


BLOCK = """\
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(1-person-new-cf1-2-coref
2\tenvoy\tenvoy\tNOUN\tNN\t_\t0\troot\t_\t_
3\tof\tof\tADP\tIN\t_\t4\tcase\t_\t_
4\tPeru\tPeru\tPROPN\tNNP\t_\t2\tnmod\t_\tEntity=(2-place-acc-cf2-1-sgl)1)|SpaceAfter=No"""


def test_brackets_are_nested_mentions() -> None:
    """The bracketing of GUM, whatever else stands in the column."""
    assert {(0, 3): "person", (3, 3): "place"} == corpora.brackets(BLOCK)


def test_a_span_counts_only_where_place_and_type_are_right() -> None:
    """Two right of three gold and four found: 4 of 7; by type as well."""
    gold = {(0, 0, 1, "PERSON"), (0, 3, 3, "PLACE"), (1, 0, 0, "PERSON")}
    found = {(0, 0, 1, "PERSON"), (0, 3, 3, "PLACE"), (1, 0, 1, "PERSON"), (1, 0, 0, "PLACE")}
    figures = entities.figures([(gold, found)], "x")

    assert 4 / 7 == pytest.approx(figures["x"])
    assert 2 * 1 / (2 + 2) == pytest.approx(figures["x PERSON"])
    assert 2 * 1 / (1 + 2) == pytest.approx(figures["x PLACE"])


def test_types_without_a_name_in_the_corpus_are_left_out() -> None:
    """What a corpus does not label is neither right nor wrong."""
    given = {(0, 0, 0, "STATE"), (0, 1, 1, "TIME")}

    assert {(0, 0, 0, "LOCATION")} == entities.renamed(given, entities.NEWSWIRE)


def test_names_are_found_in_overlong_sentences_too() -> None:
    """Words are counted through the parts."""
    words = ["talks", ","] * 200 + ["in", "Kenya", "."]

    assert (0, 401, 401) in {(at, first, last) for at, first, last, _ in entities.found([words], "names")}
