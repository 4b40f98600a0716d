"""The measures of coreference, on cases worked out by hand."""

import pytest
from evals import coreference
from evals.coreference import Chains, Tally

# The example that Luo 2005 compares the measures by: twelve mentions, 1 to 9 and A to C, in three chains
KEY: Chains = [set("12345"), set("67"), set("89ABC")]
LAST: Chains = [set("12345"), set("6789ABC")]  # the second and third chain are merged
ENDS: Chains = [set("1234589ABC"), set("67")]  # the first and third are
ALL: Chains = [set("123456789ABC")]
NONE: Chains = [{mention} for mention in "123456789ABC"]


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        # The key has 4 + 1 + 4 links, LAST 4 + 6: found are all 9; of its 10 links 9 are right
        (LAST, Tally(9, 9, 9, 10)),
        # 9 + 1 links, of which one is wrong as well: MUC does not see which chains were merged
        (ENDS, Tally(9, 9, 9, 10)),
        # 11 links, two of them wrong
        (ALL, Tally(9, 9, 9, 11)),
        # no link at all
        (NONE, Tally(0, 9, 0, 0)),
    ],
)
def test_muc_counts_links(response: Chains, expected: Tally) -> None:
    """A chain of n mentions has n - 1 links, and keeps as many fewer as it falls into parts."""
    assert expected == coreference.muc(KEY, response)


@pytest.mark.parametrize(
    ("response", "found", "right"),
    [
        # Precision: 1 for each of 1 to 5, 2/7 for 6 and 7, 5/7 for the other five: 5 + 4/7 + 25/7
        (LAST, 12, 5 + 4 / 7 + 25 / 7),
        # 5/10 for ten mentions, 1 for two
        (ENDS, 12, 10 * 5 / 10 + 2),
        # 5/12 for ten, 2/12 for two
        (ALL, 12, 10 * 5 / 12 + 2 * 2 / 12),
        # Recall: 1/5 for ten, 1/2 for two; every singleton is right
        (NONE, 10 / 5 + 2 / 2, 12),
    ],
)
def test_b_cubed_counts_mentions(response: Chains, found: float, right: float) -> None:
    """Each mention counts by the share of its chain that is with it on the other side."""
    tally = coreference.b_cubed(KEY, response)

    assert pytest.approx((found, 12, right, 12)) == (tally.found, tally.key, tally.right, tally.response)


@pytest.mark.parametrize(
    ("response", "best"),
    [
        # 12345 with itself: 1. Then 89ABC rather than 67: 2 * 5 / (5 + 7)
        (LAST, 1 + 10 / 12),
        # 67 with itself: 1; 12345 or 89ABC: 2 * 5 / (5 + 10)
        (ENDS, 1 + 10 / 15),
        # one chain of 5: 2 * 5 / (5 + 12)
        (ALL, 10 / 17),
        # a singleton for each: 2 * 1 / (5 + 1), 2 * 1 / (2 + 1), 2 * 1 / (5 + 1)
        (NONE, 2 / 6 + 2 / 3 + 2 / 6),
    ],
)
def test_ceaf_e_counts_chains_assigned_one_to_one(response: Chains, best: float) -> None:
    """Recall divides the best sum by the chains of the key, precision by those of the response."""
    tally = coreference.ceaf_e(KEY, response)

    assert pytest.approx((best, 3, best, len(response))) == (tally.found, tally.key, tally.right, tally.response)


def test_figures_of_the_example() -> None:
    """F1 of the counts above, and CoNLL F1 as the mean of the three."""
    found = [coreference.score([(KEY, response)]) for response in (LAST, ENDS, ALL, NONE)]

    # 2 * 9 / 19 twice, 2 * 9 / 20, 0
    assert pytest.approx([18 / 19, 18 / 19, 9 / 10, 0]) == [score["muc"] for score in found]
    # 2pr / (p + r) with r = 1 and p = 16/21, 7/12, 3/8; with r = 1/4 and p = 1
    assert pytest.approx([32 / 37, 14 / 19, 6 / 11, 2 / 5]) == [score["b_cubed"] for score in found]
    # twice the best sum by the chains of both: 2 * 11/6 / 5, 2 * 5/3 / 5, 2 * 10/17 / 4, 2 * 4/3 / 15
    assert pytest.approx([11 / 15, 2 / 3, 5 / 17, 8 / 45]) == [score["ceaf_e"] for score in found]
    assert pytest.approx((18 / 19 + 32 / 37 + 11 / 15) / 3) == found[0]["conll"]


def test_the_best_assignment_is_not_the_greedy_one() -> None:
    """The closest pair is given up where the sum of two others is higher."""
    key: Chains = [set("abcdefg"), set("hi")]
    response: Chains = [set("abcdhi"), set("efg")]

    # phi4: abcdefg with abcdhi 2 * 4 / 13 = .615, with efg 2 * 3 / 10 = .6; hi with abcdhi 2 * 2 / 8 = .5, with efg 0.
    # Greedy would have .615 + 0, the best is .6 + .5.
    assert pytest.approx(1.1) == coreference.ceaf_e(key, response).found


def test_a_perfect_response_is_right() -> None:
    """The order of chains and of mentions says nothing."""
    assert dict.fromkeys(("muc", "b_cubed", "ceaf_e", "conll"), 1) == coreference.score([(KEY, list(reversed(KEY)))])


def test_an_empty_response_is_nothing() -> None:
    """Without a response, without a key or without both, figures are 0, not an error."""
    nothing = dict.fromkeys(("muc", "b_cubed", "ceaf_e", "conll"), 0)

    assert nothing == coreference.score([(KEY, [])]) == coreference.score([([], KEY)])
    assert nothing == coreference.score([([], [])]) == coreference.score([])


def test_a_chain_that_is_split_costs_recall_and_one_that_is_merged_precision() -> None:
    """Key and response change places, and with them recall and precision."""
    whole: Chains = [set("abcd")]
    parts: Chains = [set("ab"), set("cd")]
    split = coreference.tallies([(whole, parts)])
    merged = coreference.tallies([(parts, whole)])

    # MUC: 3 links in the key, 2 in the response, both right. B-cubed: each mention has 2 of its 4.
    # CEAF-e: one of the parts, 2 * 2 / (4 + 2), by 1 chain of the key and 2 of the response.
    assert Tally(2, 3, 2, 2) == split["muc"]
    assert Tally(4 * 2 / 4, 4, 4, 4) == split["b_cubed"]
    assert pytest.approx((4 / 6, 4 / 12)) == (split["ceaf_e"].recall, split["ceaf_e"].precision)
    for name, tally in split.items():
        assert (tally.recall, tally.precision) == (merged[name].precision, merged[name].recall)


def test_mentions_of_one_side_only_count_against_it() -> None:
    """A mention that was missed is a part of its own, one that was made up is wrong."""
    found = coreference.tallies([([set("abc")], [set("abx")])])

    # MUC: abc falls into ab and c, so 1 of 2 links; abx as well. B-cubed: a and b have 2/3, c and x nothing, of 3.
    # CEAF-e: 2 * 2 / (3 + 3).
    assert Tally(1, 2, 1, 2) == found["muc"]
    assert pytest.approx((4 / 9, 4 / 9)) == (found["b_cubed"].recall, found["b_cubed"].precision)
    assert pytest.approx(4 / 6) == found["ceaf_e"].f1


def test_documents_are_added_up_before_anything_is_divided() -> None:
    """A long document weighs more than a short one, and the same mention in two documents is two."""
    short: Chains = [set("12")]
    found = coreference.tallies([(KEY, LAST), (short, [])])

    # MUC: 9 + 0 of 9 + 1, and 9 + 0 of 10 + 0; B-cubed recall 12 + 0 of 12 + 2; CEAF-e recall 11/6 + 0 of 3 + 1
    assert Tally(9, 10, 9, 10) == found["muc"]
    assert pytest.approx(12 / 14) == found["b_cubed"].recall
    assert pytest.approx(11 / 6 / 4) == found["ceaf_e"].recall


def test_singletons_are_dropped_only_when_asked() -> None:
    """Chains of one mention count, for MUC as no link; dropped, they leave both sides. Empty chains are none."""
    key: Chains = [set("ab"), set("c"), set()]
    response: Chains = [set("ab"), set("d")]
    kept = coreference.tallies([(key, response)])
    dropped = coreference.tallies([(key, response)], singletons=False)

    # Kept: B-cubed has a and b of a, b, c and of a, b, d; CEAF-e one chain of two on both sides
    assert [Tally(1, 1, 1, 1), Tally(2, 3, 2, 3), Tally(1, 2, 1, 2)] == list(kept.values())
    assert [Tally(1, 1, 1, 1), Tally(2, 2, 2, 2), Tally(1, 1, 1, 1)] == list(dropped.values())


def test_a_mention_in_two_chains_is_refused() -> None:
    """No measure says what it would count, on either side."""
    twice: Chains = [set("ab"), set("bc")]

    with pytest.raises(ValueError, match="in two chains"):
        coreference.score([(twice, [set("ab")])])
    with pytest.raises(ValueError, match="in two chains"):
        coreference.score([([set("ab")], twice)])
