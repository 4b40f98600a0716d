"""Headlines: the word that must be the verb where the tagger found none; everything else as it was."""

import pytest

from dragoman.language import headlines, tagger
from dragoman.language.english import analyse
from dragoman.types import Text


def tags(title: str) -> dict[str, str]:
    """The tags of a title's words."""
    return {token.form: token.tag for token in analyse(Text("t", title), len(title)).tokens}


@pytest.mark.parametrize(
    ("title", "verb", "tag"),
    [
        ("Russia warns Ecowas", "warns", "VERB:VBZ"),
        ("Egyptian official meets Assad", "meets", "VERB:VBZ"),
        ("Israel strikes Syria", "strikes", "VERB:VBZ"),
        ("US envoy visits Niger", "visits", "VERB:VBZ"),
        ("Sudan bombs Chad", "bombs", "VERB:VBZ"),
        ("Ministers meet Assad", "meet", "VERB:VBP"),
    ],
)
def test_a_headline_has_its_verb(title: str, verb: str, tag: str) -> None:
    """A word in the place of a verb, that can be one, is one."""
    assert tag == tags(title)[verb]


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Kenya's talks with Uganda", "talks"),
        ("Talks between Laos and China", "Talks"),
        ("The attacks on Chad", "attacks"),
    ],
)
def test_nouns_stay_nouns(title: str, word: str) -> None:
    """Behind a possessive or an article, and at the beginning, no verb is made."""
    assert "NOUN:NNS" == tags(title)[word]


@pytest.mark.parametrize(
    ("forms", "before"),
    [
        (["Kenya", "met", "talks", "Uganda"], ["PROPN:NNP", "VERB:VBD", "NOUN:NNS", "PROPN:NNP"]),
        (["Kenya"], ["PROPN:NNP"]),
        ([], []),
        (["Kenya", "visits"], ["PROPN:NNP", "NOUN:NNS"]),
    ],
)
def test_other_headlines_are_left_alone(forms: list[str], before: list[str]) -> None:
    """A headline with a finite verb, or with no word in a verb's place, keeps its tags."""
    assert before == headlines.retag(tagger.load(), forms, before)


def test_only_one_word_is_changed() -> None:
    """The first that can be the verb; the tags given are not changed in place."""
    before = ["PROPN:NNP", "NOUN:NNS", "PROPN:NNP", "NOUN:NNS", "PROPN:NNP"]
    after = headlines.retag(tagger.load(), ["Peru", "visits", "Chile", "warns", "Cuba"], before)

    assert ["PROPN:NNP", "VERB:VBZ", "PROPN:NNP", "NOUN:NNS", "PROPN:NNP"] == after
    assert "NOUN:NNS" == before[1]


def test_the_body_is_not_retagged() -> None:
    """Running text without a verb stays as the tagger reads it: only titles are headlines."""
    text = "Ecowas.\n\nRussia warns Ecowas"
    title = analyse(Text("t", "Russia warns Ecowas"), 19).tokens[1].tag

    assert "VERB:VBZ" == title
    assert analyse(Text("t", text), 0).tokens == analyse(Text("t", text), -3).tokens
