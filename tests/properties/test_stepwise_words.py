"""Words of people of every sort, taken back, settled, said blind: in steps the record is that computed whole."""

import dataclasses
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import ids, said
from dragoman.said import Saying
from dragoman.types import Claim, Decision, Judgement, Link, Text, Verdict
from drawn import tellings
from steps import RUN, at_once, bring_up, opened, put, unlike, written
from tellings import Telling, tell

STATUSES = ("planned", "happened", "cancelled", "denied")
VERDICTS = (Verdict.SAME, Verdict.SAME, Verdict.NOT_SAME)
SORTS = ("judge", "judge", "own", "withdraw", "settle", "link", "link", "unlink", "again")


def own(on: Text, status: str) -> Claim:
    """A claim of a person's own that rests on a whole text."""
    made = tell("CHN/Li Hui > RUS", status, "2023-05-17", content=on.content, text=on).claim
    made = dataclasses.replace(made, origin=f"{said.PERSON}Ana")
    return dataclasses.replace(made, id=ids.own_claim_id(made))


class Said:
    """Words of people drawn one after the other, each on what was told or said before."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.claims = list[tuple[Claim, Text]]()
        self.judgements, self.links = list[Judgement](), list[Link]()

    def saying(self) -> Saying:
        """Somebody at some moment, now and then blind."""
        at = f"2024-02-0{self.random.randint(1, 9)}T00:00:00Z"
        return Saying(self.random.choice(("Ana", "Ben")), at, "seen", blind=self.random.random() < 0.2)

    def next(self, sort: str) -> Link | Judgement:
        """One more word."""
        if sort == "unlink" and self.links:
            return said.link_withdrawal(self.random.choice(self.links), self.saying())
        if sort in {"link", "unlink"}:
            ends = [self.random.choice(self.claims)[0].id for _ in "ab"]
            by = self.saying()
            made = Link(ends[0], ends[1], self.random.choice(VERDICTS), 1.0, ("seen",), by.by, by.at, person=True)
            self.links.append(made)
            return made
        if sort == "withdraw" and self.judgements:
            word = said.withdrawal(self.random.choice(self.judgements), self.saying())
        elif sort == "own":
            word = self._own()
        else:
            word = self._judgement(settling=sort == "settle")
        self.judgements.append(word)
        return word

    def _own(self) -> Judgement:
        text = self.random.choice(self.claims)[1]
        claim = own(text, self.random.choice(STATUSES))
        self.claims.append((claim, text))
        return said.judgement(claim, text.content, Decision.OWN, self.saying())

    def _judgement(self, *, settling: bool) -> Judgement:
        claim, text = self.random.choice(self.claims)
        decision = self.random.choice((Decision.ACCEPT, Decision.REJECT, Decision.REJECT, Decision.SET))
        cell, value = ("status", self.random.choice(STATUSES)) if decision is Decision.SET else ("", "")
        by = self.saying()
        if settling:
            about = [one.id for one in self.judgements if one.claim == claim.id]
            by = dataclasses.replace(by, blind=False, settles=tuple(about))
        return said.judgement(claim, text.content, decision, by, cell=cell, value=value)


def again(telling: Telling) -> Telling:
    """The same words read by another program: a claim with another id."""
    return dataclasses.replace(telling, claim=dataclasses.replace(telling.claim, id=f"again{telling.claim.id[5:]}"))


# Each example opens a record of its own, which takes a fifth of a second
@settings(max_examples=15)
@given(tellings(), st.lists(st.sampled_from(SORTS), min_size=2, max_size=10), st.randoms(use_true_random=False))
def test_words_of_every_sort_step_by_step_give_what_all_at_once_give(
    told: list[Telling], sorts: list[str], random: Random
) -> None:
    """Claims of people's own, links and judgements taken back, settled or found again after re-coding, in any order."""
    words, coming = Said(random), list[Telling | str]([*unlike(told), *sorts])
    random.shuffle(coming)
    known = list[Telling]()
    with opened() as store:
        for item in coming:
            if isinstance(item, Telling):
                put(store, [item])
                known.append(item)
                words.claims.append((item.claim, item.text))
            elif not known:
                continue
            elif item == "again":
                other = again(random.choice(known))
                put(store, [other], dataclasses.replace(RUN, id="s" * 32))
                words.claims.append((other.claim, other.text))
            else:
                store.add_words([words.next(item)])
            bring_up(store)
            assert at_once(store) == written(store)
