"""Names: honorifics are left out, all else is as the span scores have it."""

import numpy as np

from dragoman.language import names

TYPES = ("PERSON", "PLACE")


def scores(size: int, first: int, last: int, kind: int) -> np.ndarray:
    """Scores of a sentence with one span above "none"."""
    out = np.zeros((size, size, 3), np.float32)
    out[..., 0] = 1.0
    out[first, last, 1 + kind] = 2.0
    return out


def test_an_honorific_is_no_part_of_a_name() -> None:
    """With or without its stop, as one word or two, in any case."""
    for words in (["Mr", "Otieno"], ["Mrs.", "Otieno"], ["DR", "Otieno"]):
        assert names.decode(words, scores(2, 0, 1, 0), TYPES) == [(1, 1, "PERSON")]
    assert names.decode(["Ms", ".", "Otieno", "left"], scores(4, 0, 2, 0), TYPES) == [(2, 2, "PERSON")]


def test_only_persons_lose_it_and_never_all_their_words() -> None:
    """A place called so keeps its name, and an honorific alone stays a name."""
    assert names.decode(["Lady", "Hill"], scores(2, 0, 1, 0), TYPES) == [(0, 1, "PERSON")]
    assert names.decode(["Sir", "Abu"], scores(2, 0, 1, 1), TYPES) == [(0, 1, "PLACE")]
    assert names.decode(["Dr"], scores(1, 0, 0, 0), TYPES) == [(0, 0, "PERSON")]
