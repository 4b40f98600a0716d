"""Attributions: source, cue and content of every way of telling whose word a thing is, as stretches of the text."""

import pytest

from dragoman.claims import lexicon
from dragoman.claims.attributing import table
from dragoman.claims.attributions import Attribution, attributions
from dragoman.types import Span
from readings import tree_of

# text; source, cue, content of the attribution whose cue this is; "|" stands between parted stretches
SAID = [
    ("The mayor said the bridge was unsafe.", "The mayor", "said", "the bridge was unsafe"),
    ("Peru said that Chile had closed the border.", "Peru", "said", "that Chile had closed the border"),
    ("The bridge was unsafe, the mayor said.", "the mayor", "said", "The bridge was unsafe"),
    ("The bridge was unsafe, said the mayor.", "the mayor", "said", "The bridge was unsafe"),
    (
        "The minister has also insisted that talks will go on.",
        "The minister",
        "has also insisted",
        "that talks will go on",
    ),
    ("He did not say whether the army had left.", "He", "did not say", "whether the army had left"),
    ("The general told reporters that the town had fallen.", "The general", "told", "that the town had fallen"),
    ("Kenya announced that it would send doctors.", "Kenya", "announced", "that it would send doctors"),
    ("The bridge, the mayor said, was unsafe.", "the mayor", "said", "The bridge|was unsafe"),
    ("As the envoy noted, the truce held.", "the envoy", "noted", "the truce held"),
]
QUOTED = [
    ("“We will not leave,” the colonel said.", "the colonel", "said", "“We will not leave,”"),
    ("The colonel said: “We will not leave.”", "The colonel", "said", "“We will not leave.”"),
    (
        "“We will not leave,” the colonel said. “This is our land.”",
        "the colonel", "said", "“We will not leave,”|“This is our land.”",
    ),
    (
        "“We will not leave,” the colonel said, “because this is our land.”",
        "the colonel", "said", "“We will not leave,”|“because this is our land.”",
    ),
    ('"The harvest failed," the farmer explained.', "the farmer", "explained", '"The harvest failed,"'),
    ("Ms. Okello: “The harvest failed.”", "Ms. Okello", ":", "“The harvest failed.”"),
    ("The senator called the treaty “a bad joke”.", "The senator", "called", "the treaty “a bad joke”"),
]  # fmt: skip
PHRASES = [
    ("According to the ministry, the dam is full.", "the ministry", "According to", "the dam is full"),
    ("The dam is full, according to engineers in Cairo.", "engineers in Cairo", "according to", "The dam is full"),
    ("In the judge's view, the law is clear.", "the judge", "In|view", "the law is clear"),
]
WITHOUT_CLAUSE = [
    ("The company promised to repay the loan.", "The company", "promised", "to repay the loan"),
    ("Sudan accused Chad of arming rebels.", "Sudan", "accused", "Chad of arming rebels"),
    ("The bank denied the report.", "The bank", "denied", "the report"),
    ("The bishop called for an election.", "The bishop", "called for", "an election"),
    ("The bishop praised the police.", "The bishop", "praised", "the police"),
    ("Activists criticized the mayor for raising fares.", "Activists", "criticized", "the mayor for raising fares"),
    ("The king urged both sides to stop fighting.", "The king", "urged", "both sides to stop fighting"),
    ("Voters want lower taxes.", "Voters", "want", "lower taxes"),
    ("The envoy described the talks as useful.", "The envoy", "described", "the talks as useful"),
    ("The union opposes the new law.", "The union", "opposes", "the new law"),
    ("The poll shows that the party is ahead.", "The poll", "shows", "that the party is ahead"),
]
PASSIVE = [
    ("The general is said to be in hiding.", "", "is said", "The general|to be in hiding"),
    ("It was reported that the ship had sunk.", "", "was reported", "that the ship had sunk"),
    ("The mayor was accused by the union of taking bribes.", "the union", "was accused", "The mayor|of taking bribes"),
    (
        "The clerk was quoted as saying that the files were lost.",
        "The clerk",
        "was quoted as saying",
        "that the files were lost",
    ),
]
PARTICIPLES = [
    ("The pilot resigned, saying he was tired.", "The pilot", "saying", "he was tired"),
    ("The pilot said he was tired, adding that he would rest.", "The pilot", "adding", "that he would rest"),
    ("A man claiming to be a doctor was arrested.", "A man", "claiming", "to be a doctor"),
]
NOUNS = [
    ("The court rejected Nadia's claim that she was ill.", "Nadia", "claim", "that she was ill"),
    ("A claim by the rebels that they held the port was false.", "the rebels", "A claim", "that they held the port"),
    ("The premier made a promise to cut taxes.", "The premier", "made a promise", "to cut taxes"),
    ("Their proposal to build a canal failed.", "Their", "proposal", "to build a canal"),
    ("The warden is confident that the walls will hold.", "The warden", "is confident", "that the walls will hold"),
    ("The warden was critical of the new rules.", "The warden", "was critical of", "the new rules"),
]
CASES = [*SAID, *QUOTED, *PHRASES, *WITHOUT_CLAUSE, *PASSIVE, *PARTICIPLES, *NOUNS]


def found(text: str) -> tuple[Attribution, ...]:
    """The attributions of a text."""
    return attributions(tree_of(text), lexicon.load())


def words(text: str, spans: tuple[Span, ...]) -> str:
    """The words of spans."""
    return "|".join(text[span.start : span.end] for span in spans)


@pytest.mark.parametrize(("text", "source", "cue", "content"), CASES, ids=[case[0][:40] for case in CASES])
def test_source_cue_and_content(text: str, source: str, cue: str, content: str) -> None:
    """Who it is said by, by which words, and what."""
    told = [(words(text, one.source), words(text, one.cue), words(text, one.content)) for one in found(text)]

    assert (source, cue, content) in told


@pytest.mark.parametrize(
    "text",
    [
        "The bridge fell on Monday.",
        "Rain is a way to see the roof leak.",
        "The accused man left the court.",
        "The train will hold fifty people.",
    ],
)
def test_what_nobody_says_is_no_attribution(text: str) -> None:
    """A text without a word of saying, or with one that takes nothing here."""
    assert () == found(text)


def test_an_attribution_in_another_is_found_too() -> None:
    """Who says that somebody said something: both."""
    text = "Latvia said that Poland had denied the report."

    assert ["said", "had denied"] == [words(text, one.cue) for one in found(text)]


def test_the_kind_tells_words_from_thoughts_and_from_evidence() -> None:
    """The table's kind of the cue's word."""
    text = "The mayor said it would rain. Farmers hope that it will. The poll shows that few believe it."

    assert ["said", "held", "shown"] == [one.kind for one in found(text)][:3]


def test_a_word_of_several_rows_takes_what_any_says() -> None:
    """Rows of one word are put together."""
    assert {"for", "predicate"} <= table()["V", "call"].takes
