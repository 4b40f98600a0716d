"""The sentences that the network of relations learns from: ours, and how they are varied."""

import random

from evals import plv
from train import relation_data
from train.relation_data import Example

FREED = Example("Chad freed two Malians.", (0, 4), (11, 22), "YIELD")
WAITED = Example("In Lome the guards beat Togolese farmers.", (8, 18), (24, 40), "ASSAULT")


def test_our_sentences_have_a_source_a_target_and_a_known_root() -> None:
    """Every line, and each root has examples."""
    found = relation_data.ours()

    assert {root for roots in plv.QUADS.values() for root in roots} == {one.root for one in found}
    assert all(one.sentence[slice(*one.source)].strip() and one.sentence[slice(*one.target)].strip() for one in found)
    assert len(found) == len({one.sentence for one in found})


def test_signs_are_taken_out_and_their_places_kept() -> None:
    """Source in square, target in curly brackets, in either order."""
    plain, source, target = relation_data.unmarked("{Mali} was warned by [Chad].")

    assert "Mali was warned by Chad." == plain
    assert ("Chad", "Mali") == (plain[slice(*source)], plain[slice(*target)])


def test_a_source_is_put_in_the_place_of_another() -> None:
    """The parties are found again where they then stand; a sentence begins with a capital."""
    found = list(relation_data.swapped([FREED, WAITED], 1.0, random.Random(3)))

    for one in found:
        assert one.sentence[slice(*one.target)] in ("two Malians", "Togolese farmers")
        assert one.sentence[slice(*one.source)].lower() in ("chad", "the guards")
        assert one.sentence[0].isupper()


def test_a_sentence_stands_in_one_fold() -> None:
    """Whatever its spaces and capitals."""
    again = Example("CHAD freed  two Malians.", (0, 4), (12, 23), "YIELD")
    parts = relation_data.folds([FREED, WAITED, again])

    assert [sorted(one.root for one in part) for part in parts if FREED in part] == [["YIELD", "YIELD"]]
