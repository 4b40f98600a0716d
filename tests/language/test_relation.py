"""What a sentence tells of between two given parties: how it is read, what the network says of sentences of ours."""

import pytest

from dragoman.language import relation, stored
from dragoman.language.relation import LONGEST, NO_MARK, PLAIN, SOURCE, SOURCE_FROM, SOURCE_TO, TARGET, TARGET_FROM
from dragoman.language.wordpiece import Vocabulary

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "chad", "freed", "mali", "##ans", ".", "rebels")
SMALL = Vocabulary({word: number for number, word in enumerate(WORDS)})


def test_parties_are_marked_where_they_begin_and_end() -> None:
    """Marks stand around the parties, and pieces belong to them."""
    found = relation.marked("Chad freed Malians.", (0, 4), (11, 18), SMALL)

    assert [2, 0, 4, 0, 5, 0, 6, 7, 0, 8, 3] == found.pieces
    assert [SOURCE_FROM, SOURCE_TO, TARGET_FROM] == [mark for mark in found.marks if mark != NO_MARK][:3]
    assert [SOURCE, PLAIN, TARGET, TARGET] == [found.kinds[at] for at in (2, 4, 6, 7)]


def test_a_party_within_the_other_belongs_to_both() -> None:
    """Parties may overlap: "Malian rebels", and Mali."""
    found = relation.marked("Malians rebels freed Chad", (0, 14), (0, 7), SMALL)

    assert relation.BOTH == found.kinds[found.pieces.index(6)]
    assert SOURCE == found.kinds[found.pieces.index(9)]


def test_of_a_long_sentence_what_stands_around_the_parties_is_read() -> None:
    """At most LONGEST pieces, and the parties among them."""
    before = "rebels " * 200
    found = relation.marked(f"{before}Chad freed Mali.", (1400, 1404), (1411, 1415), SMALL)

    assert LONGEST >= len(found.pieces)
    assert {SOURCE, TARGET} <= set(found.kinds)


def test_views_are_means_over_source_target_beginning_and_the_rest() -> None:
    """Weights of each view sum to one, and padding has none."""
    short = relation.marked("Chad freed Mali", (0, 4), (11, 15), SMALL)
    longer = relation.marked("Chad rebels freed Mali", (0, 11), (18, 22), SMALL)
    _, _, _, views = relation.padded([short, longer])

    assert views.sum(-1).ravel().tolist() == pytest.approx([1.0] * 8)
    assert 0 == views[0, :, len(short.pieces) :].sum()


def test_the_table_of_pieces_is_the_readers() -> None:
    """As many rows as the vocabulary has pieces, of which no two common ones are equal."""
    model = relation.load()
    numbers = [model.vocabulary.numbers[word] for word in ("attack", "aid")]

    assert len(model.vocabulary.numbers) == len(model.table.rows)
    assert (model.table.rows[numbers[0]] != model.table.rows[numbers[1]]).any()


def test_a_field_of_a_kind_that_onnx_does_not_use_is_refused() -> None:
    """Groups (kind 3) are no part of ONNX files."""
    with pytest.raises(ValueError, match="field 1 is of kind 3"):
        list(stored.fields(memoryview(bytes([1 << 3 | 3]))))


def test_numbers_of_more_than_seven_bits() -> None:
    """300 in two bytes."""
    assert (300, 2) == stored.varint(memoryview(bytes([0xAC, 0x02])), 0)


@pytest.mark.parametrize(
    ("sentence", "source", "target", "root"),
    [
        ("Peruvian police arrested two Bolivian smugglers near the lake.", "Peruvian police", "two Bolivian smugglers",
         "COERCE"),
        ("Fishermen in Dakar burned tyres to protest against the ministry.", "Fishermen in Dakar", "the ministry",
         "PROTEST"),
        ("Ireland has given Lesotho three million euros for new clinics.", "Ireland", "Lesotho", "AID"),
        ("The president of Latvia held talks with his Estonian counterpart.", "The president of Latvia",
         "his Estonian counterpart", "CONSULT"),
        ("Rebels shelled the army base outside Taiz.", "Rebels", "the army base outside Taiz", "ASSAULT"),
        ("Manila was accused by Beijing of ramming a patrol boat.", "Beijing", "Manila", "ACCUSE"),
        ("The junta turned down a plea from the bishops to free the deputies.", "The junta", "the bishops", "REJECT"),
        ("Panama threatened to close its ports to Nicaraguan ships.", "Panama", "Nicaraguan ships", "THREATEN"),
    ],
)  # fmt: skip
def test_roots_of_plain_sentences(sentence: str, source: str, target: str, root: str) -> None:
    """Sentences that no other test and no training has."""
    parts = [(sentence.index(words), sentence.index(words) + len(words)) for words in (source, target)]
    found = relation.shares(sentence, *parts)

    assert pytest.approx(1.0, abs=1e-5) == sum(found.values())
    assert root == max(found, key=lambda name: found[name])
