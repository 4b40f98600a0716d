"""What holds for the coding of any text: claims lie in it, coding raises nothing and gives the same twice."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import anchors
from dragoman.coding import CodingResult
from dragoman.types import Act, Says
from readings import cases, coded

SENTENCES = [case[0]["text"] for case in cases("acts")]
JUNK = ["", " ", "\n\n", "😀", "“", "—", "...", "!!", "’s", "\u200b", "\x00", "ß", "of", "the", "not"]


def changed(text: str, seed: int) -> str:
    """A sentence as it may come out of a bad extraction: letters lost, case changed, signs doubled or strewn in."""
    pick = random.Random(seed)
    words = text.split(" ")
    for _ in range(pick.randint(1, 4)):
        at = pick.randrange(len(words))
        word = words[at]
        ways = (
            word[1:],
            word[:-1],
            word.upper(),
            word.lower(),
            word + word[-1:],
            pick.choice(JUNK),
            word + pick.choice(JUNK),
        )
        words[at] = pick.choice(ways)
        if pick.random() < 0.2:
            pick.shuffle(words)
    return " ".join(words)


MUTATED = st.builds(changed, st.sampled_from(SENTENCES), st.integers(0, 2**16))
TEXTS = st.one_of(MUTATED, st.lists(MUTATED, min_size=2, max_size=4).map(" ".join), st.text(max_size=120))


def check(result: CodingResult, content: str) -> None:
    """Every claim keeps the rules: its words in the text, none empty, its trigger in its evidence, its own id."""
    assert () == result.failures
    assert len(result.claims) == len({claim.id for claim in result.claims})
    for claim in result.claims:
        assert "" == anchors.misplaced(claim, claim.text, len(content))
        assert content[claim.evidence.start : claim.evidence.end].strip()
        assert claim.reasons
        if isinstance(claim.content, Act) and claim.says in (Says.AFFIRMS, Says.DENIES):
            trigger = claim.content.trigger
            assert claim.evidence.start <= trigger.start < trigger.end <= claim.evidence.end


@given(TEXTS)
def test_claims_lie_in_their_text(content: str) -> None:
    """No text, however broken, makes coding raise, fail, or claim what is not in it."""
    check(coded(content), content)


@given(TEXTS, st.text(max_size=60))
@settings(max_examples=25)
def test_titles_are_part_of_the_text(body: str, title: str) -> None:
    """The same holds for a report with a title of any words, and for one without a date."""
    check(coded(body, title), f"{title}\n\n{body}" if title else body)
    check(coded(body, title, ""), f"{title}\n\n{body}" if title else body)


@given(TEXTS)
@settings(max_examples=25)
def test_coding_twice_gives_the_same_claims(content: str) -> None:
    """The claims of a text do not depend on what was read before it."""
    first = coded(content)
    coded.cache_clear()
    coded("Kenya's president visited Uganda on Monday.")

    assert first == coded(content)


@given(MUTATED, st.sampled_from(SENTENCES))
@settings(max_examples=25)
def test_a_sentence_is_dated_by_the_report_alone(text: str, other: str) -> None:
    """Claims of one text and those of a longer one that begins with it differ only in what the rest can change."""
    alone, joined = coded(text), coded(f"{text}\n\n{other}")
    ends = len(text)

    assert {claim.text for claim in alone.claims}.isdisjoint(claim.text for claim in joined.claims)
    assert all(claim.evidence.end <= ends or claim.evidence.start >= ends for claim in joined.claims)


def test_labelled_sentences_keep_the_rules() -> None:
    """Every text of the case table, as it stands."""
    for content in SENTENCES:
        check(coded(content), content)
