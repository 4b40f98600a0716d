"""Blind second coding: nothing is shown, nothing is computed, and a third person settles the differences."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")

from evals.asgi import Answer, ask, post

from dragoman import cli
from dragoman.store import Store
from dragoman.types import Decision
from dragoman.web import adjudicate, blind, decide
from dragoman.web.adjudicate import Verdict
from dragoman.web.decide import DecisionError

FORM = {"origin": "http://127.0.0.1:8765", "content-type": "application/x-www-form-urlencoded"}
BLIND = {"cookie": "dragoman_blind=yes; dragoman_by=B.%20Coder"}


def send(app: Any, path: str, **fields: Any) -> Answer:
    """A form sent by a browser that codes blind."""
    return ask(app, path, method="POST", headers=FORM | BLIND, body=urlencode(fields, doseq=True).encode())


def claim_of(desk: Any, words: str) -> str:
    """The id of the claim with these words."""
    claims = desk.store.read().claims
    return str(next(one.id for one in claims if words in desk.part(claims=[one.id]).words(one.evidence)))


def document_of(desk: Any, name: str) -> str:
    """The id of the document with this name."""
    return str(desk.index.one("SELECT id FROM documents WHERE document = ?", (name,)))


def test_a_blind_coder_sees_documents_as_they_were_read_and_nothing_else(app: Any, desk: Any) -> None:
    """Neither decisions nor added claims nor anything that is computed of them."""
    silent = claim_of(desk, "not confirmed")
    decide.judge(desk, silent, Decision.REJECT, by="A. Reader", why="a secret reason")
    key = document_of(desk, "met-1")
    page = ask(app, f"/second/{key}", headers=BLIND)

    assert 200 == page.status
    assert silent in page.text
    assert all(word not in page.text for word in ("a secret reason", "A. Reader", "/events"))
    for path in (
        "/",
        "/events",
        f"/claims/{silent}",
        "/review/decisions",
        "/review/differences",
        "/api/v1/claims",
        "/export",
    ):
        assert 403 == ask(app, path, headers=BLIND).status, path
    assert 400 == ask(app, f"/second/{key}").status
    assert 200 == ask(app, "/second", headers=BLIND).status


def test_blind_words_are_kept_apart(app: Any, desk: Any, record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The record does not follow them; agreement counts them; they are taken back by themselves."""
    before = desk.store.read()
    claim, other = claim_of(desk, "visited France"), claim_of(desk, "will send")
    decide.judge(desk, claim, Decision.ACCEPT, by="A. Reader", why="")
    decide.judge(desk, other, Decision.ACCEPT, by="A. Reader", why="")
    assert 303 == send(app, "/second/judge", claim=claim, decision="reject", to="/second").status
    assert 303 == send(app, "/second/judge", claim=other, decision="accept", to="/second").status
    assert 400 == send(app, "/second/judge", claim=other, decision="set", cell="date", value="in June").status
    added = send(
        app, "/second/own", document=document_of(desk, "met-1"), words="Egypt has not", type="CONSULT", actors="Egypt"
    )
    assert 303 == added.status
    held = desk.store.read()

    assert (before.events, before.claims) == (held.events, held.claims)
    assert not desk.pending
    assert ["A. Reader"] * 2 == [one.by for one in held.judgements]
    assert 0 == cli.main(["agreement", "--record", str(record), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (2, ["A. Reader", "B. Coder"]) == (told["claims"], told["reviewers"])
    assert [1] == [pair["alike"] for pair in told["pairs"]]
    assert 303 == send(app, "/second/undo", decision="", to="/second").status
    assert {claim, other} == blind.own_words(desk, "B. Coder").keys()
    assert [claim] == [one.claim for one in adjudicate.between(desk)]
    assert [] == desk.store.verify()


def test_a_third_person_settles_a_difference_and_may_take_that_back(app: Any, desk: Any) -> None:
    """The settled words count no more, and again when the decision is taken back."""
    claim = claim_of(desk, "visited France")
    decide.judge(desk, claim, Decision.REJECT, by="A. Reader", why="")
    blind.judge(desk, claim, Decision.SET, cell="place", value="Lyon (FRA)", by="B. Coder", why="the words")
    assert 2 == len(desk.store.read().events)
    page = ask(app, "/review/differences").text
    assert all(word in page for word in ("A. Reader", "rejects it", "B. Coder", "place = Lyon (FRA)", "visited France"))
    with pytest.raises(DecisionError, match="third person"):
        adjudicate.settle(desk, claim, Verdict(side="B. Coder"), by="A. Reader", why="")
    said = adjudicate.settle(desk, claim, Verdict(side="B. Coder"), by="C. Third", why="as the words say")
    after = desk.store.read()

    assert ["Lyon"] == [e.act.place.value.name for e in after.events if claim in e.claims and e.act.place.value]
    assert [("C. Third", "as the words say")] == [(one.by, one.why) for one in after.judgements]
    assert 2 == len(after.judgements[0].settles)
    assert [True] == [bool(one.settled) for one in adjudicate.between(desk)]
    decide.undo(desk, said, by="C. Third")
    assert 2 == len(desk.store.read().events)
    assert [False] == [bool(one.settled) for one in adjudicate.between(desk)]
    assert [] == desk.store.verify()


def test_a_claim_added_blind_comes_into_the_record_by_a_third_persons_word(app: Any, desk: Any) -> None:
    """Until then it is in no list; the coder's name stays its origin."""
    decide.judge(desk, claim_of(desk, "not confirmed"), Decision.ACCEPT, by="A. Reader", why="")
    fields = {"words": "Egypt has not confirmed", "type": "CONSULT", "actors": "Egypt", "recipients": "Turkey"}
    send(app, "/second/own", document=document_of(desk, "met-1"), **fields)
    (found,) = [one for one in adjudicate.between(desk) if one.claim.startswith("own")]
    assert ("A. Reader",) == found.without
    assert "did not add it" in ask(app, "/review/differences").text
    assert 404 == ask(app, f"/claims/{found.claim}").status
    adjudicate.settle(desk, found.claim, Verdict(decision="accept"), by="C. Third", why="")

    assert "added by B. Coder" in ask(app, f"/claims/{found.claim}").text
    assert found.claim in {key for event in desk.store.read().events for key in event.claims}
    assert [] == desk.store.verify()


def test_a_later_decision_between_coders_takes_the_place_of_the_earlier(app: Any, desk: Any) -> None:
    """Taken back as one, whatever it set, it leaves the earlier one in force."""
    claim = claim_of(desk, "visited France")
    decide.judge(desk, claim, Decision.REJECT, by="A. Reader", why="")
    for cell, value in (("place", "Lyon (FRA)"), ("date", "2023-05-21")):
        blind.judge(desk, claim, Decision.SET, cell=cell, value=value, by="B. Coder", why="")
    first = adjudicate.settle(desk, claim, Verdict(decision="accept"), by="C. Third", why="first")
    later = adjudicate.settle(desk, claim, Verdict(side="B. Coder"), by="D. Fourth", why="later")
    (found,) = adjudicate.between(desk)

    assert ["D. Fourth"] * 2 == [one.by for one in found.settled] == [one.by for one in desk.store.read().judgements]
    assert "first" not in ask(app, "/review/differences").text
    decide.undo(desk, later, by="D. Fourth")
    assert [first] == [one.id for one in adjudicate.between(desk)[0].settled]
    assert [first] == [one.id for one in desk.store.read().judgements]


def test_a_claim_added_blind_is_left_out_alone(app: Any, desk: Any) -> None:
    """That of the program in the same words stays; let in and corrected, it is as the third person says."""
    read = claim_of(desk, "not confirmed")
    decide.judge(desk, read, Decision.ACCEPT, by="A. Reader", why="")
    words = "Egypt has not confirmed the meeting"
    send(app, "/second/own", document=document_of(desk, "met-1"), words=words, type="CONSULT", actors="Egypt")
    (added,) = [one.claim for one in adjudicate.between(desk) if one.claim.startswith("own")]
    before = desk.store.read().events
    said = adjudicate.settle(desk, added, Verdict(decision="reject"), by="C. Third", why="")
    assert before == desk.store.read().events
    assert [] == desk.store.verify()
    decide.undo(desk, said, by="C. Third")
    adjudicate.settle(desk, added, Verdict("", "set", "status", "planned"), by="C. Third", why="")

    home = next(one for one in desk.store.read().events if added in one.claims)
    assert "planned" == home.act.status.value


def test_a_claim_added_in_the_open_stays_where_another_coder_is_followed(app: Any, desk: Any) -> None:
    """Who accepts it says what who added it says; as one says who corrects it, it is corrected and not lost."""
    words = {"words": "in Cairo on 16 May 2023", "type": "CONSULT", "actors": "Egypt", "by": "A. Reader"}
    added = str(post(app, "/api/v1/claims", words | {"document": document_of(desk, "met-1")}).json()["claim"])
    decide.judge(desk, added, Decision.ACCEPT, by="B. Coder", why="")
    assert [] == adjudicate.between(desk)
    decide.judge(desk, added, Decision.SET, cell="status", value="planned", by="B. Coder", why="")
    adjudicate.settle(desk, added, Verdict(side="B. Coder"), by="C. Third", why="")

    home = next(one for one in desk.store.read().events if added in one.claims)
    assert "planned" == home.act.status.value
    assert [] == desk.store.verify()


def test_two_blind_browsers_lose_no_word(record: Path, desks: list[Any]) -> None:
    """Two programs on one record at once, one blind and one open: every word is kept."""
    claims = [one.id for one in desks[0].store.read().claims][:4]

    def write(number: int) -> None:
        judge, desk = (decide.judge, blind.judge)[number % 2], desks[number % 2]
        judge(desk, claims[number // 2], Decision.ACCEPT, by=desk.by, why="")

    with ThreadPoolExecutor(4) as several:
        list(several.map(write, range(8)))
    with Store.open(record) as store:
        words, _ = store.words_of_people()
        assert {(claim, on) for claim in claims for on in (True, False)} == {(one.claim, one.blind) for one in words}
        assert 8 == len(words)
        assert [] == store.verify()


def test_a_sample_is_drawn_and_judged_on_its_page(app: Any, desk: Any) -> None:
    """What is judged moves the estimate; a wrong size is one line; a sample that is not there is not found."""
    open_form = {"origin": FORM["origin"], "content-type": FORM["content-type"]}

    def draw(**fields: Any) -> Answer:
        body = urlencode({"by": "A. Reader", "seed": "1", **fields}).encode()
        return ask(app, "/review/samples", method="POST", headers=open_form, body=body)

    assert [400, 400, 400] == [draw(size=size, per=per).status for size, per in (("x", ""), ("99", ""), ("3", "day"))]
    drawn = draw(size=3, per="type")
    page = ask(app, drawn.headers["location"]).text
    assert "0 of 3 judged" in page
    claim = page.split('data-claim="')[1].split('"')[0]
    decide.judge(desk, claim, Decision.ACCEPT, by="A. Reader", why="")
    page = ask(app, drawn.headers["location"]).text

    assert "1 of 3 judged" in page
    assert "100%" in page
    assert "1 of 3 judged" in ask(app, "/review/samples").text
    assert 404 == ask(app, "/review/samples/nothing").status
