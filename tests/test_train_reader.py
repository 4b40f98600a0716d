"""What training makes of a treebank: lemma rules that give its lemmas back, a lexicon, varied sentences."""

import random

from hypothesis import given
from hypothesis import strategies as st
from train import lemmas as rules
from train import tagger as training

from dragoman.language import lemmas, tagger

NOUNS, NAMES = 0, 1
TAGS = ["NOUN:NN", "PROPN:NNP"]
WORDS = st.text("abdeirsty", min_size=1, max_size=9)


@given(st.dictionaries(WORDS, WORDS, max_size=20))
def test_learned_rules_give_back_what_they_were_learned_from(words: dict[str, str]) -> None:
    """Every form with one lemma gets that lemma, however irregular."""
    learned = rules.learn((form, "VERB:VBZ", lemma) for form, lemma in words.items())

    assert words == {form: lemmas.lemma(form, "VERB:VBZ", learned) for form in words}


def test_rules_reach_forms_that_were_not_seen() -> None:
    """What holds for an ending in several words holds for the next one."""
    learned = rules.learn([(f"{stem}ies", "NOUN:NNS", f"{stem}y") for stem in ("all", "countr", "dut", "part")])

    assert "treaty" == lemmas.lemma("Treaties", "NOUN:NNS", learned)


def test_a_stored_lexicon_says_what_was_counted() -> None:
    """How often a word was seen decides whether its tags may be trusted."""
    data = [[("the", NOUNS)] * 25, [("Lee", NAMES)] * 5, [("odd", NOUNS)]]
    words = training.count_words(data)
    stored = {"words": training.describe(words), "endings": training.describe_endings(words)}
    found = tagger.lexicon(stored, TAGS).entries

    assert [tagger.CLOSED, tagger.OPEN, tagger.RARE] == [found[word].level for word in ("the", "lee", "odd")]
    assert (NAMES,) == found["lee"].kind
    assert () == found["odd"].kind


@given(st.integers(0, 10_000), st.lists(st.tuples(WORDS, st.integers(0, 1)), min_size=1, max_size=12))
def test_a_varied_sentence_keeps_its_words_and_tags(seed: int, sentence: list[tuple[str, int]]) -> None:
    """Only capitals change, and at most the last stop is dropped."""
    given_sentence = [*sentence, (".", NOUNS)]
    varied = training.vary(random.Random(seed), given_sentence)

    assert len(varied) in (len(sentence), len(given_sentence))
    assert [(form.lower(), tag) for form, tag in varied] == given_sentence[: len(varied)]


def test_weights_become_whole_numbers_within_a_byte() -> None:
    """Large weights are cut off, small ones vanish, the sign stays."""
    step = training.LARGEST / 127

    assert [127, -127, 1, -1, 0] == list(training.whole_numbers([99.0, -99.0, step, -step, step / 3]))
