"""Copies of one report, lightly edited, are found and count once; reports in other words are left apart."""

import datetime as dt
import random

import pytest

from dragoman.reconcile import copies
from dragoman.reconcile.copies import Printed
from dragoman.types import Support, Text, Verdict
from tellings import Telling, event_of, record, tell, word

FIRST = dt.date(2024, 3, 4)
LEAD = (
    "The foreign minister of Egypt arrived in Ankara on Monday for two days of talks on trade and on the war in Sudan. "
)
SECOND = (
    "It is the first visit of its kind in eleven years, and both sides called it a new beginning for their peoples. "
)
THIRD = "Officials at the airport said that three agreements were ready to be signed before he leaves for Doha. "
LAST = "The ministers last met on the edge of a conference in Munich, where they spoke for less than half an hour."
WIRE = LEAD + SECOND + THIRD + LAST
EDITED = {
    "byline": "By Our Correspondent, Cairo. " + WIRE,
    "a sentence dropped": LEAD + SECOND + LAST,
    "the end cut": LEAD + SECOND + "Officials at the airport said that three... Continue reading",
    "words touched up": WIRE.replace("arrived in Ankara", "landed in Ankara").replace("half an hour", "30 minutes"),
    "typography": WIRE.upper().replace(" OF ", "  of\n") + " \N{HORIZONTAL ELLIPSIS}",
    "a sentence added": WIRE + " The Herald has asked both ministries for the wording of the agreements.",
}
OTHER_WORDS = (
    "Turkey welcomed Cairo's top diplomat at the start of the week. Over two days he is to discuss commerce and the "
    "fighting in Sudan with his host. No Egyptian holder of the office had been there for eleven years; papers on "
    "three matters are waiting for the pens of the two men, people at the airport told reporters."
)
QUOTING = (
    "Markets in Istanbul rose at noon. Dealers pointed to the news from the capital, where guests were expected. "
    "Officials at the airport said that three agreements were ready to be signed before he leaves for Doha. "
    "Shares of two builders and a shipping line gained most, and the lira held its ground against the dollar all day."
)


def leaders(*contents: str, days: tuple[int, ...] = ()) -> list[int]:
    """For each text the number of the text that it is a copy of."""
    known = [FIRST + dt.timedelta(days=gap) for gap in days] or [FIRST] * len(contents)
    texts = {
        str(number): Printed(content, 0, day) for number, (content, day) in enumerate(zip(contents, known, strict=True))
    }
    found = copies.find(texts).leader
    return [int(found[str(number)]) for number in range(len(contents))]


@pytest.mark.parametrize("change", EDITED)
def test_an_edited_copy_is_the_same_report(change: str) -> None:
    """Whatever was done to it, both have one leader."""
    assert 1 == len(set(leaders(WIRE, EDITED[change])))


def test_all_edits_of_one_report_are_one() -> None:
    """The copies need not be alike among themselves."""
    assert 1 == len(set(leaders(WIRE, *EDITED.values())))


def test_another_headline_does_not_part_a_short_report() -> None:
    """The body is compared where it is long enough: headlines are each outlet's own."""
    heads = "Egypt's top diplomat in Ankara after eleven years of silence\n\n", "A thaw? Cairo's man comes calling\n\n"
    texts = {head: Printed(head + LEAD, len(head), FIRST) for head in heads}

    assert 1 == len(set(copies.find(texts).leader.values()))


@pytest.mark.parametrize("other", [OTHER_WORDS, QUOTING])
def test_other_words_are_another_report(other: str) -> None:
    """The same news told anew, and a report that shares one sentence, are reports of their own."""
    assert [0, 1] == leaders(WIRE, other)


def test_a_short_part_of_a_long_report_is_no_copy() -> None:
    """A round-up that holds two agencies' briefs does not make one report of them."""
    assert 3 == len(set(leaders(LEAD, THIRD, QUOTING + " " + WIRE)))


def test_too_few_words_are_never_copies() -> None:
    """Twelve words are the least that can be judged."""
    assert [0, 1] == leaders("The ministers met in Ankara on Monday.", "The ministers met in Ankara on Monday!")


@pytest.mark.parametrize(("days", "reports"), [((0, 7), 1), ((0, 8), 2), ((8, 0), 2)])
def test_copies_are_printed_within_a_week(days: tuple[int, ...], reports: int) -> None:
    """Stock phrases come round again."""
    assert reports == len(set(leaders(WIRE, EDITED["byline"], days=days)))


def test_an_undated_copy_is_a_copy() -> None:
    """A text whose day is not known may be of any."""
    found = copies.find({"a": Printed(WIRE, 0, FIRST), "b": Printed(EDITED["byline"])}).leader

    assert {"a": "b", "b": "b"} == found


def test_likeness_is_not_handed_on() -> None:
    """What is like a copy and not like the report itself is not a copy of the report."""
    whole = [f"{name} said so {number} times over on that day in words nobody else has" for number, name in enumerate(
        ("Anna", "Boris", "Chen", "Dora", "Emil", "Farid", "Greta", "Hugo", "Ines", "Jan", "Kemal", "Lena", "Mona")
    )]  # fmt: skip
    first, between, last = (". ".join(whole[at : at + 7]) for at in (0, 2, 4))

    assert leaders(first, between)[0] == leaders(first, between)[1]
    assert leaders(between, last)[0] == leaders(between, last)[1]
    assert 2 == len(set(leaders(first, between, last)))


def made_up(rng: random.Random, words: int) -> str:
    """A text of words that no other has in this order."""
    return " ".join(f"w{rng.randrange(400)}" for _ in range(words))


def edited(rng: random.Random, content: str) -> str:
    """A few words changed."""
    words = content.split()
    for _ in range(3):
        words[rng.randrange(len(words))] = f"x{rng.randrange(400)}"
    return " ".join(words)


def test_any_order_gives_the_same() -> None:
    """Leaders, shares and the count of comparisons do not hang on the order of the texts."""
    rng = random.Random(7)
    wires = [made_up(rng, 120) for _ in range(20)]
    texts = {f"{number:03}": Printed(edited(rng, wires[number % 20]), 0, FIRST) for number in range(200)}
    found = copies.find(texts)
    mixed = list(texts.items())
    rng.shuffle(mixed)

    assert found == copies.find(dict(mixed))
    assert 20 == len(set(found.leader.values()))


@pytest.mark.parametrize("wires", [1, 50, 2000])
def test_comparisons_grow_with_the_texts_only(wires: int) -> None:
    """A flood of copies of one report, copies of many, and no copies at all: two comparisons for a text at most."""
    rng = random.Random(wires)
    originals = [made_up(rng, 80) for _ in range(wires)]
    texts = {f"{number:04}": Printed(edited(rng, originals[number % wires]), 0, FIRST) for number in range(2000)}
    found = copies.find(texts)

    assert wires == len(set(found.leader.values()))
    assert found.compared <= 2 * len(texts)


def test_a_footer_that_all_share_costs_no_more_than_its_bound() -> None:
    """A thousand texts with one footer are compared sixteen times each at most, and are no copies."""
    rng = random.Random(3)
    footer = made_up(rng, 60)
    texts = {f"{number:04}": Printed(f"{made_up(rng, 80)} {footer}", 0, FIRST) for number in range(1000)}
    found = copies.find(texts)

    assert not found.shares
    assert found.compared <= 16 * len(texts)


def printed(content: str, outlet: str, published: str = "2024-03-04", voice_of: str = "") -> Telling:
    """A claim of the visit, in the words of a text."""
    text = Text(f"{outlet} {published} {content}"[:200], content)
    return tell("EGY > TUR", days="2024-03-04", published=published, outlets=(outlet,), text=text, voice_of=voice_of)


def told_by(*tellings: Telling, as_of: str = "") -> tuple[int, list[tuple[str, ...]]]:
    """How many outlets bear the event out, and the outlets of each account."""
    links = [word(tellings[0], other, Verdict.SAME) for other in tellings[1:]]
    event = event_of(record(tellings, links, as_of=as_of), tellings[0])
    assert Support.UNATTRIBUTED is event.standing.support[0].support
    return event.standing.support[0].outlets, [account.outlets for account in event.accounts]


def test_copies_count_as_one_outlet_and_are_one_account() -> None:
    """Three outlets print one report, a fourth its own: two that are not copies."""
    globe, herald = printed(WIRE, "The Globe"), printed(EDITED["a sentence dropped"], "The Herald", "2024-03-05")
    post, mail = printed(EDITED["byline"], "The Post", "2024-03-06"), printed(OTHER_WORDS, "The Mail", "2024-03-07")

    assert (2, [("The Globe", "The Herald", "The Post"), ("The Mail",)]) == told_by(globe, herald, post, mail)


def test_one_unnamed_source_of_a_report_and_its_copies_is_one() -> None:
    """Anonymous voices are told apart by the report they speak in, not by its copies."""
    globe = printed(WIRE, "The Globe", voice_of="?officials")
    herald = printed(EDITED["byline"], "The Herald", voice_of="?officials")
    event = event_of(record([globe, herald], [word(globe, herald, Verdict.SAME)]), globe)

    assert [("The Globe", "The Herald")] == [account.outlets for account in event.accounts]
    assert Support.ONE_VOICE is event.standing.support[0].support


def test_as_of_a_day_a_copy_of_a_later_report_stands_by_itself() -> None:
    """Only what was published by then is looked at; what links two reports may come later."""
    globe, post = printed(LEAD + SECOND, "The Globe"), printed(SECOND + THIRD + LAST, "The Post", "2024-03-05")
    whole = printed(WIRE, "The Herald", "2024-03-08")

    assert 2 == told_by(globe, post, as_of="2024-03-06")[0]
    assert 1 == told_by(globe, post, whole)[0]
