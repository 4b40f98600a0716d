"""Actor mentions: which words are one phrase, with the name, the office and whom it speaks for."""

import itertools

import pytest

from readings import tree_of

Phrase = tuple[str, str, str, str]


def phrases(text: str) -> list[Phrase]:
    """(words, name, title, of) of every actor mention."""
    found = tree_of(text).grounded.actors
    return [(mention.words, mention.name, mention.title, mention.of) for mention, _ in found]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (
            "The Norwegian foreign minister left.",
            ("The Norwegian foreign minister", "", "foreign_minister", "Norwegian"),
        ),
        ("Kenya's defence minister left.", ("Kenya's defence minister", "", "defence_minister", "Kenya")),
        ("The president of Ghana left.", ("The president of Ghana", "", "president", "Ghana")),
        (
            "China's special envoy for Africa, Xu Jinghu, left.",
            ("China's special envoy for Africa, Xu Jinghu", "Xu Jinghu", "envoy", "China"),
        ),
        (
            "Sergei Lavrov, the Russian foreign minister, left.",
            ("Sergei Lavrov, the Russian foreign minister", "Sergei Lavrov", "foreign_minister", "Russian"),
        ),
        (
            "Tunisian president Kais Saied left.",
            ("Tunisian president Kais Saied", "Kais Saied", "president", "Tunisian"),
        ),
        (
            "The Foreign Ministry in Moscow protested.",
            ("The Foreign Ministry in Moscow", "", "foreign_ministry", "Moscow"),
        ),
        ("The White House agreed.", ("The White House", "", "", "The White House")),
        ("It was agreed with the Kremlin.", ("the Kremlin", "", "", "the Kremlin")),
        ("Beijing agreed.", ("Beijing", "", "", "Beijing")),
        ("The Biden administration left.", ("The Biden administration", "", "government", "Biden")),
    ],
)
def test_a_phrase_is_one_mention(text: str, phrase: Phrase) -> None:
    """Title, name and owner are put together, in whatever order they stand."""
    assert phrase in phrases(text)


def test_several_owners_of_a_plural_are_several_mentions() -> None:
    """The officials of "Japanese and South Korean officials" are two groups."""
    assert [("Japanese", "officials"), ("South Korean", "officials")] == [
        (of, title) for _, _, title, of in phrases("Japanese and South Korean officials met.")
    ]


@pytest.mark.parametrize("text", ["NATO accused Russia.", "Peru heads the list.", "The accused pilots accused Chile."])
def test_a_finite_verb_is_no_title(text: str) -> None:
    """Words that are titles and verbs ("accused", "heads") are read as the tagger tags them."""
    assert not [words for words, *_ in phrases(text) if words.endswith((" accused", " heads"))]


@pytest.mark.parametrize("text", ["The police station burned.", "Monday was cold in April.", "The river is wide."])
def test_what_is_nobody_is_no_mention(text: str) -> None:
    """A title that modifies a thing, days and months, things."""
    assert [] == phrases(text)


def test_pronouns_are_mentions() -> None:
    """Third person singular pronouns of persons and bodies, for grounding to resolve."""
    found = tree_of("She met him and it helped its friends.").grounded.actors

    assert ["pronoun:person", "pronoun:person", "pronoun:body", "pronoun:body"] == [one.normal for one, _ in found]


def test_mentions_are_in_order_and_do_not_overlap() -> None:
    """Each begins after the one before it has ended, within the text."""
    text = "The Norwegian foreign minister, Xu Jinghu and Japanese and Chinese officials met the president of Ghana."
    spans = [mention.span for mention, _ in tree_of(text).grounded.actors]

    assert len(spans) > 3
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
    assert all(
        mention.words == text[mention.span.start : mention.span.end] for mention, _ in tree_of(text).grounded.actors
    )


def test_owners_behind_a_title_that_belong_to_the_next_phrase() -> None:
    """Envoys "of" two adjectives that begin another office's phrase: the phrases stay apart, and each has words."""
    text = "The envoys of Norwegian and Danish Prime Minister Jens Hansen met in Accra."
    found = [mention for mention, _ in tree_of(text).grounded.actors]

    assert "The envoys" == found[0].words
    assert all(mention.words for mention in found)
