"""The network: windows and groups, threads, and that a text's reading is its own."""

import pytest

from dragoman.language import english, network
from dragoman.types import Text


@pytest.mark.parametrize("lengths", [[], [3], [5, 1, 4], [300, 2, 300], [40] * 100])
def test_groups_hold_every_sentence_once(lengths: list[int]) -> None:
    """Of similar length, none with more pairs of words than there is room for, unless it is one sentence."""
    found = list(network.groups(lengths))

    assert sorted(at for group in found for at in group) == list(range(len(lengths)))
    assert all(
        len(group) == 1 or len(group) * max(lengths[at] for at in group) ** 2 <= network.PAIRS for group in found
    )


def test_windows_hold_whole_sentences_in_order() -> None:
    """A window is full where the next sentence does not fit; each of its words begins at a piece of its own."""
    model = network.load()
    sentences = [["Kenya", "met", "Uganda", "."]] * 60
    found = list(model.windows(sentences))

    assert 240 == sum(len(first) for _, _, first in found)
    assert all(len(ids) == len(shapes) <= network.WINDOW for ids, shapes, _ in found)
    assert all(first == sorted(set(first)) for _, _, first in found)
    assert len(found) > 1


def test_the_scores_of_a_sentence_have_its_shape() -> None:
    """Whatever else was read with it."""
    model = network.load()
    scores = dict(model.scored([["Kenya", "met", "Uganda", "on", "Friday", "."], ["Talks", "failed"]]))
    long, short = scores[0], scores[1]

    assert (2, 3) == short.arcs.shape
    assert (6, 7) == long.arcs.shape
    assert short.spans.shape == (2, 2, sum(1 + len(types) for types in model.types.values()))
    assert len(short.above) == 3
    assert short.tags.shape == (2, len(model.tags))


def test_only_the_root_is_root() -> None:
    """A word below another never has the relation "root"."""
    model = network.load()
    ((_, scores),) = model.scored([["Talks", "failed", "again"]])

    assert "root" == model.relations(scores, [-1, 0, 1])[0]
    assert "root" not in model.relations(scores, [-1, 0, 1])[1:]


@pytest.mark.parametrize("given", ["0", "-1", "two", ""])
def test_a_number_of_threads_that_is_none_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line that names the variable."""
    monkeypatch.setenv(network.THREADS, given)

    with pytest.raises(ValueError, match="DRAGOMAN_THREADS is"):
        network.threads()


def test_threads_are_set_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """One where it says nothing."""
    monkeypatch.delenv(network.THREADS, raising=False)
    assert 1 == network.threads()
    monkeypatch.setenv(network.THREADS, "4")
    assert 4 == network.threads()


def test_a_reading_does_not_depend_on_what_was_read_before() -> None:
    """The same text twice, another between."""
    first = english.analyse(Text("t", "Kenya's envoy met rebels in Goma, Uganda said."))
    english.analyse(Text("t", "Talks failed. " * 40))

    assert first == english.analyse(Text("t", "Kenya's envoy met rebels in Goma, Uganda said."))


def test_every_token_has_a_vector() -> None:
    """Sixteen bits a number, a row a token."""
    read = english.analyse(Text("t", "Kenya met Uganda. Talks failed."))

    assert len(read.vectors) % (2 * len(read.tokens)) == 0
    assert len(read.vectors) // (2 * len(read.tokens)) == 384
