"""Words of people that come and go: what they touched is computed again, as it would be computed whole."""

import dataclasses
from collections.abc import Iterator

import pytest

from dragoman import ids, said
from dragoman.said import Saying
from dragoman.store import Store
from dragoman.types import Claim, Decision, Document, Verdict
from steps import RUN, at_once, bring_up, opened, put, written
from tellings import Telling, reports, tell, word

NEAR = tell("CHN/Li Hui > RUS", "happened", "2023-05-26", published="2023-05-27", content="visited")
FAR = tell("BRA > EGY", "happened", "2023-05-17", published="2023-05-18", content="met far away")
EARLY = tell(
    "FRA > TUR", "happened", "2023-05-16", published="2023-05-10", type_code="REQUEST", modes=(), content="ask"
)
ANA = Saying("Ana", "2024-01-01T00:00:00Z", "seen")


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty record."""
    with opened() as made:
        yield made


def own(on: Telling, who: str, status: str = "happened") -> Telling:
    """A claim of a person's own in the words of a text."""
    made = tell(who, status, "2023-05-17", content=on.text.content, text=on.text)
    claim = dataclasses.replace(made.claim, origin=f"{said.PERSON}Ana")
    return dataclasses.replace(made, claim=dataclasses.replace(claim, id=ids.own_claim_id(claim)))


def follows(store: Store) -> bool:
    """Whether the record, brought up to date, is the one computed whole."""
    bring_up(store)
    return at_once(store) == written(store)


def events_with(store: Store, claim: Claim) -> list[tuple[str, ...]]:
    """The claims of the events that a claim is in."""
    return [event.claims for event in store.read().events if claim.id in event.claims]


@pytest.mark.parametrize("by", [Decision.WITHDRAW, Decision.REJECT])
def test_a_claim_of_ones_own_comes_and_goes(store: Store, by: Decision) -> None:
    """It is in events like others; when it goes, what only a person's link held to it is an event of its own."""
    put(store, [NEAR, FAR, EARLY])
    mine = own(EARLY, "POL > DEU")
    added = said.judgement(mine.claim, EARLY.text.content, Decision.OWN, ANA)
    store.add_words([added, word(mine, FAR, Verdict.SAME)])
    assert follows(store)
    assert [tuple(sorted((mine.claim.id, FAR.claim.id)))] == [
        tuple(sorted(one)) for one in events_with(store, FAR.claim)
    ]

    reject = said.judgement(mine.claim, EARLY.text.content, Decision.REJECT, dataclasses.replace(ANA, at="2024-01-02"))
    store.add_words([said.withdrawal(added, ANA) if by is Decision.WITHDRAW else reject])
    assert follows(store)
    assert [(FAR.claim.id,)] == events_with(store, FAR.claim)
    assert not events_with(store, mine.claim)


def test_what_a_claim_held_apart_joins_when_it_goes(store: Store) -> None:
    """Of two links that cannot both be kept, the other one is when a claim between them goes."""
    mine = own(EARLY, "POL > DEU")
    added = said.judgement(mine.claim, EARLY.text.content, Decision.OWN, ANA)
    put(store, [NEAR, FAR, EARLY])
    links = [word(mine, FAR, Verdict.SAME, at="2024-01-03"), word(FAR, NEAR, Verdict.SAME, at="2024-01-02")]
    store.add_words([added, *links, word(mine, NEAR, Verdict.NOT_SAME)])
    assert follows(store)
    assert [NEAR.claim.id] not in [sorted(one) for one in events_with(store, FAR.claim)]

    store.add_words([said.withdrawal(added, ANA)])
    assert follows(store)
    assert [sorted((NEAR.claim.id, FAR.claim.id))] == [sorted(one) for one in events_with(store, FAR.claim)]


def test_links_taken_back_count_no_more(store: Store) -> None:
    """A link taken back by name parts what it joined; one that held apart lets join again."""
    put(store, [NEAR, FAR, EARLY])
    joined, apart = word(NEAR, FAR, Verdict.SAME), word(FAR, EARLY, Verdict.NOT_SAME)
    store.add_words([joined, apart, word(NEAR, EARLY, Verdict.SAME, at="2023-12-01")])
    assert follows(store)
    store.add_words([said.link_withdrawal(apart, ANA)])
    assert follows(store)
    assert 1 == len(store.read().events)
    store.add_words([said.link_withdrawal(joined, ANA)])
    assert follows(store)
    assert [(FAR.claim.id,)] == events_with(store, FAR.claim)


def test_a_judgement_is_found_again_in_steps(store: Store) -> None:
    """Said of a claim that another run reads anew: by its words, also where a claim of one's own has the same ones."""
    put(store, [NEAR, FAR])
    content = NEAR.text.content
    store.add_words([said.judgement(NEAR.claim, content, Decision.SET, ANA, cell="status", value="planned")])
    assert follows(store)
    anew = dataclasses.replace(NEAR, claim=dataclasses.replace(NEAR.claim, id="f" * 32))
    put(store, [anew], dataclasses.replace(RUN, id="s" * 32))
    assert follows(store)
    assert {"planned"} == {event.act.status.value for event in store.read().events if "f" * 32 in event.claims}

    mine = said.judgement(own(NEAR, "POL > DEU").claim, content, Decision.OWN, ANA)
    store.add_words([mine])
    assert follows(store)
    assert {"planned"} == {event.act.status.value for event in store.read().events if "f" * 32 in event.claims}
    store.add_words([said.withdrawal(mine, ANA)])
    assert follows(store)


def test_settled_and_blind_words(store: Store) -> None:
    """What settles a difference takes the place of it until it is taken back; blind words touch nothing."""
    put(store, [NEAR, FAR])
    content = NEAR.text.content
    bring_up(store)
    blind = said.judgement(NEAR.claim, content, Decision.REJECT, dataclasses.replace(ANA, by="Ben", blind=True))
    store.add_words([blind])
    assert store.is_reduced()
    assert follows(store)
    assert 2 == len(store.read().events)

    reject = said.judgement(NEAR.claim, content, Decision.REJECT, ANA)
    settled = dataclasses.replace(ANA, by="Cleo", at="2023-01-01", settles=(reject.id, blind.id))
    accept = said.judgement(NEAR.claim, content, Decision.ACCEPT, settled)
    for more, events in ((reject, 1), (accept, 2), (said.withdrawal(accept, ANA), 1)):
        store.add_words([more])
        assert follows(store)
        assert events == len(store.read().events)


def test_a_claim_of_ones_own_in_a_text_that_nobody_codes(store: Store) -> None:
    """It counts where no program read the text, and follows when the text is printed again or coded at last."""
    put(store, [FAR])
    mine = own(NEAR, "POL > DEU")
    first, *more = [*NEAR.reports, *reports(NEAR.text, "2023-05-01", ("TASS",))]

    def printed(report: object) -> None:
        store.add_documents([Document(report, NEAR.text, b"visited", "text/plain", "tests")])  # type: ignore[arg-type]

    printed(first)
    store.add_words([said.judgement(mine.claim, NEAR.text.content, Decision.OWN, ANA)])
    assert follows(store)
    assert events_with(store, mine.claim)
    for report in more:
        printed(report)
        assert follows(store)
    put(store, [NEAR])
    assert follows(store)
