"""Chains: which mentions are compared, what of them, and that links join what a ranker likes best."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language import chains, english, network
from dragoman.language.chains import Mention
from dragoman.types import Analysis, Text


def made(at: int, string: str, **more: object) -> Mention:
    """A mention of one word at this place, each in a sentence of its own."""
    given_ = {
        "first": at, "last": at, "kind": "person", "sentence": at, "head": string, "words": frozenset({string}),
        "string": string, "pronoun": chains.PRONOUNS.get(string, 0), "number": 1, "proper": True, "definite": 0,
        "gender": 0, "subject": False, "above": -1, "query": np.ones(4, np.float32), "key": np.ones(4, np.float32),
    }  # fmt: skip
    return Mention(**{**given_, **more})  # type: ignore[arg-type]


def ranker(given_: list[Mention]) -> chains.Ranker:
    """One that likes pairs of equal strings: 1 where they are equal, and leaves mentions alone at 0.5."""
    earlier, later = chains.pairs(given_)
    width, own = chains.features(given_, earlier, later).shape[1], chains.own(given_).shape[1]
    column = 4 + 1 + 1 + len(chains.KINDS)  # behind the products, their sum, equal kinds, and the kind
    inner = np.zeros((width, 1), np.float32)
    inner[column] = 1
    one, zero = np.ones((1, 1), np.float32), np.zeros(1, np.float32)
    return chains.Ranker(
        (inner, zero, one, zero), (np.zeros((own, 1), np.float32), zero, one, np.array([0.5], np.float32))
    )


def test_a_mention_joins_the_chain_of_the_one_that_is_liked_best() -> None:
    """Equal strings are joined through others; what is above being alone by nothing stays alone."""
    given_ = [made(0, "lee"), made(1, "kim"), made(2, "lee"), made(3, "kim"), made(4, "park"), made(5, "lee")]

    assert [(0, 2, 5), (1, 3)] == chains.link(given_, ranker(given_))


def test_a_name_goes_with_its_namesake_first() -> None:
    """Of earlier mentions that are liked, however little, the one with its name; of places only with all of it."""
    lee = made(0, "mary lee", words=frozenset({"mary", "lee"}), head="mary")
    envoy = made(1, "lee", proper=False, words=frozenset({"envoy"}))
    later = made(2, "lee")

    assert chains.link([lee, envoy, later], ranker([lee, envoy, later])) == [(1, 2)]  # "mary lee" is not liked at all
    assert chains.namesakes(lee, later)
    assert not chains.namesakes(envoy, later)
    assert not chains.namesakes(
        made(0, "east timor", kind="place", words=frozenset({"east", "timor"})), made(1, "timor", kind="place")
    )


def test_a_mention_does_not_name_what_it_lies_in() -> None:
    """And two such mentions alone have no pair at all."""
    whole, part = made(0, "x", last=3), made(1, "x", last=2)

    assert [] == chains.link([whole, part], ranker([whole, part, made(5, "x")]))


def test_pronouns_are_not_joined_by_their_letters() -> None:
    """Two "he" are equal strings and say nothing."""
    given_ = [made(0, "he"), made(1, "he")]

    assert [] == chains.link(given_, ranker(given_))


@pytest.mark.parametrize("count", [0, 1])
def test_few_mentions_have_no_chain(count: int) -> None:
    """A chain has two mentions."""
    assert [] == chains.link([made(at, "lee") for at in range(count)])


def test_a_name_in_capitals_is_no_pronoun() -> None:
    """The state is not we."""
    read = english.read(network.load(), [["US", "envoy", "left", "."]])
    found = [one for one in chains.mentions([["US", "envoy", "left", "."]], read) if one.first == one.last == 0]

    assert all(one.pronoun == 0 for one in found)


@pytest.mark.parametrize(("name", "told"), [("Angela", chains.SHE), ("Vladimir", chains.HE), ("Xochitl", 0)])
def test_a_first_name_tells_a_man_from_a_woman(name: str, told: int) -> None:
    """Where nearly only men or only women have it."""
    forms = [[name, "Otieno", "spoke", "."]]
    found = chains.mentions(forms, english.read(network.load(), forms))

    assert {one.gender for one in found if one.proper and one.kind == "person"} == {told}


def test_pairs_reach_back_so_far_and_further_for_the_same_head() -> None:
    """Every pair once, in order of the later mention."""
    given_ = [made(0, "lee"), *(made(at, f"x{at}") for at in range(1, chains.BEFORE + 9)), made(99, "lee")]
    earlier, later = chains.pairs(given_)
    last = len(given_) - 1

    assert (0, last) in zip(earlier.tolist(), later.tolist(), strict=True)
    assert chains.BEFORE + 1 == int((later == last).sum())
    assert len(set(zip(earlier.tolist(), later.tolist(), strict=True))) == len(earlier)
    assert (earlier < later).all()
    assert sorted(later.tolist()) == later.tolist()


def together(read: Analysis) -> list[set[str]]:
    """The words of each chain's mentions."""
    words = [" ".join(token.form for token in read.tokens[e.first : e.last + 1]) for e in read.entities]
    return [{words[at] for at in chain} for chain in read.chains]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Kenya's envoy met Mary Lee in Accra. Lee thanked him.", {"Mary Lee", "Lee"}),
        ("Mary Lee arrived in Accra on Friday. She met ministers.", {"Mary Lee", "She"}),
        ("The company said it would leave.", {"The company", "it"}),
    ],
)
def test_plain_chains_are_found(text: str, same: set[str]) -> None:
    """A surname and the name, a pronoun and what it stands for."""
    assert any(same <= chain for chain in together(english.analyse(Text("t", text))))


@given(st.lists(st.sampled_from(["Lee", "met", "him", "She", "the envoy", ".", "Kenya's", "\n\n", "it"]), max_size=40))
def test_chains_are_sound(pieces: list[str]) -> None:
    """Each holds two mentions or more, in order, and no mention is in two."""
    read = english.analyse(Text("t", " ".join(pieces)))
    held = [at for chain in read.chains for at in chain]

    assert all(len(chain) > 1 and list(chain) == sorted(chain) for chain in read.chains)
    assert len(held) == len(set(held))
    assert all(read.entities[at].layer == "mention" for at in held)
