"""Review: words of people are kept with who, when and why, change the record, and can be taken back."""

import json
import time
from typing import Any
from urllib.parse import urlencode

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")

from evals.asgi import Answer, ask, post

from dragoman.storage import sql
from dragoman.types import Decision, Event, Link, Record, Verdict
from dragoman.web import decide, later, queue
from dragoman.web.asked import Asked

OWN = {"origin": "http://127.0.0.1:8765", "content-type": "application/x-www-form-urlencoded"}


def send(app: Any, path: str, **fields: Any) -> Answer:
    """A form sent from one of our pages."""
    return ask(app, path, method="POST", headers=OWN, body=urlencode(fields, doseq=True).encode())


def held(desk: Any) -> Record:
    """The record as it is now."""
    found: Record = desk.store.read()
    return found


def claim_of(desk: Any, words: str) -> str:
    """The id of the claim with these words."""
    return next(one.id for one in held(desk).claims if words in desk.part(claims=[one.id]).words(one.evidence))


def test_a_word_is_kept_with_who_when_and_why(app: Any, desk: Any) -> None:
    """And the event is no more that rested on nothing else."""
    claim = claim_of(desk, "visited France")
    told = post(app, "/api/v1/judgements", {"claim": claim, "decision": "reject", "why": "not an act"}).json()
    judgement = held(desk).judgements[0]

    assert (told["decision"], 2) == (judgement.id, told["events"])
    assert (claim, Decision.REJECT, "A. Reader", "not an act") == (
        judgement.claim, judgement.decision, judgement.by, judgement.why,
    )  # fmt: skip
    assert judgement.at.startswith("20")
    assert "visited France" in judgement.words


def test_a_cell_is_corrected(app: Any, desk: Any) -> None:
    """The event says so; a value that is none is refused and not kept."""
    claim = claim_of(desk, "will send")
    word = {"claim": claim, "decision": "set", "cell": "date", "by": "B. Reader"}

    assert 409 == post(app, "/api/v1/judgements", word | {"value": "in June"}).status
    assert 409 == post(app, "/api/v1/judgements", word | {"cell": "colour", "value": "red"}).status
    assert () == held(desk).judgements
    assert 200 == post(app, "/api/v1/judgements", word | {"value": "2023-06-09"}).status
    assert ["2023-06-09"] == [e["when"] for e in ask(app, "/api/v1/events?status=planned").json()["items"]]


def test_the_same_word_again_is_one_decision(app: Any, desk: Any) -> None:
    """A double click changes nothing."""
    word = {"claim": claim_of(desk, "will send"), "decision": "accept"}
    first, second = (post(app, "/api/v1/judgements", word).json()["decision"] for _ in range(2))

    assert first == second
    assert 1 == len(held(desk).judgements)


def test_undo_takes_the_latest_back_and_keeps_both_words(app: Any, desk: Any) -> None:
    """The record is as it was; the decision is listed as taken back; there is nothing more to take back."""
    before = held(desk)
    post(app, "/api/v1/judgements", {"claim": claim_of(desk, "visited France"), "decision": "reject"})
    assert 2 == len(held(desk).events)
    assert 200 == post(app, "/api/v1/undo", {}).status

    assert (before.events, ()) == (held(desk).events, held(desk).judgements)
    assert [False] == [one["stands"] for one in ask(app, "/api/v1/decisions").json()]
    assert 2 == len(desk.store.words_of_people()[0])
    assert 400 == post(app, "/api/v1/undo", {}).status
    assert [] == desk.store.verify()


def test_each_persons_word_is_their_own(app: Any, desk: Any) -> None:
    """The same word of another person is kept beside it, and undo takes one's own back, not the latest of all."""
    word = {"claim": claim_of(desk, "will send"), "decision": "accept"}
    mine = post(app, "/api/v1/judgements", word | {"by": "A. Reader"}).json()["decision"]
    theirs = post(app, "/api/v1/judgements", word | {"by": "B. Reader"}).json()["decision"]

    assert mine != theirs
    assert mine == post(app, "/api/v1/undo", {"by": "A. Reader"}).json()["decision"]
    assert [theirs] == [one.id for one in held(desk).judgements]


def test_the_pairs_nearest_to_the_middle_come_first(desk: Any) -> None:
    """Those that a person has spoken of do not come at all."""
    rows = [("a", "b", 0.1, 0), ("a", "c", 0.55, 0), ("a", "d", 0.8, 0), ("a", "e", 0.5, 1)]
    for row in rows:
        desk.index.all("INSERT INTO pairs VALUES (?, ?, ?, ?)", row)
    known = {row[2] for row in rows}
    found = [row["score"] for row in queue.pairs(desk.index, Asked()).rows]

    assert [0.55, 0.8, 0.1] == [score for score in found if score in known]


def test_undo_takes_a_correction_back(app: Any, desk: Any) -> None:
    """Also one of an earlier day, by its id."""
    before = held(desk).events
    word = {"claim": claim_of(desk, "will send"), "decision": "set", "cell": "status", "value": "cancelled"}
    said = post(app, "/api/v1/judgements", word).json()["decision"]
    post(app, "/api/v1/judgements", {"claim": claim_of(desk, "visited France"), "decision": "accept"})
    post(app, "/api/v1/undo", {"decision": said})

    assert before == held(desk).events
    assert 400 == post(app, "/api/v1/undo", {"decision": said}).status


def test_split_and_merge(app: Any, desk: Any, meeting: Event) -> None:
    """A claim is taken out of its event and is an event of its own; together again they are the event of before."""
    alexandria = claim_of(desk, "Alexandria")
    assert alexandria in meeting.claims
    split = post(app, "/api/v1/splits", {"event": meeting.id, "claims": [alexandria], "why": "another day"}).json()
    apart = {one.id: one for one in held(desk).events}

    assert 4 == split["events"] == len(apart)
    home = next(one.id for one in apart.values() if alexandria in one.claims)
    other = next(one.id for one in apart.values() if meeting.claims[0] in one.claims or meeting.claims[1] in one.claims)
    told = post(app, "/api/v1/links", {"left": home, "right": other, "verdict": "same"}).json()
    assert (3, "") == (told["events"], told["note"])
    assert 200 == post(app, "/api/v1/undo", {}).status
    assert 4 == len(held(desk).events)
    assert 200 == post(app, "/api/v1/undo", {}).status
    assert 3 == len(held(desk).events)
    assert meeting.claims == next(one for one in held(desk).events if alexandria in one.claims).claims
    assert [False, False] == [one["stands"] for one in ask(app, "/api/v1/decisions").json()]


@pytest.mark.parametrize(
    ("path", "word", "why"),
    [
        ("judgements", {"claim": "nothing", "decision": "accept"}, "no claim"),
        ("judgements", {"claim": "c", "decision": "accept"}, "begins several"),
        ("judgements", {"claim": "c", "decision": "own"}, "decision"),
        ("judgements", {"claim": "c"}, "decision"),
        ("judgements", {"claim": "c", "decision": "set", "by": "x" * 81}, "by"),
        ("judgements", {"claim": "c", "decision": "accept", "by": "a\nb\x00"}, "letters"),
        ("links", {"left": "nothing", "right": "c", "verdict": "same"}, "no claim"),
        ("links", {"left": "EVENT", "right": "EVENT", "verdict": "same"}, "same claim"),
        ("splits", {"event": "EVENT", "claims": []}, "name claims"),
        ("splits", {"event": "EVENT", "claims": ["ALL"]}, "must stay"),
        ("undo", {"decision": "nothing"}, "no decision"),
    ],
)
def test_wrong_words_are_refused_in_one_line(app: Any, meeting: Event, path: str, word: Any, why: str) -> None:
    """And nothing of them is kept."""
    made = json.loads(json.dumps(word).replace("EVENT", meeting.id))
    if made.get("claims") == ["ALL"]:
        made["claims"] = list(meeting.claims)
    answer = post(app, f"/api/v1/{path}", made)

    assert 400 <= answer.status < 500
    assert why in answer.json()["error"]
    assert ((), ()) == app.state.desk.store.words_of_people()


def test_nobody_decides_without_a_name(desk: Any) -> None:
    """A word of nobody is refused."""
    with pytest.raises(decide.DecisionError, match="name"):
        decide.link(desk, "a", "b", Verdict.SAME, by=" ", why="")


def test_the_queue_has_what_nobody_judged_the_doubtful_first(app: Any, desk: Any) -> None:
    """A judged claim leaves it."""
    queue = ask(app, "/api/v1/review").json()["items"]
    places = [one["place"] for one in queue]

    assert claim_of(desk, "Alexandria") == queue[0]["id"]
    assert sorted(places, reverse=True) == places
    post(app, "/api/v1/judgements", {"claim": queue[0]["id"], "decision": "accept"})
    assert queue[0]["id"] not in {one["id"] for one in ask(app, "/api/v1/review").json()["items"]}


def test_forms_do_the_same_without_a_script(app: Any, desk: Any, meeting: Event) -> None:
    """They lead back to where they were, with what came of it said once."""
    claim = claim_of(desk, "visited France")
    done = send(app, "/review/judge", claim=claim, decision="reject", why="", to="/review?page=1")

    assert (303, "/review?page=1") == (done.status, done.headers["location"])
    assert any("dragoman_note" in cookie for cookie in done.cookies)
    assert "reject in review" == held(desk).judgements[0].why
    page = ask(app, "/review", headers={"cookie": "dragoman_note=kept%3A%20reject"})
    assert "kept: reject" in page.text
    assert any('dragoman_note=""' in cookie for cookie in page.cookies)
    said = held(desk).judgements[0].id
    assert 303 == send(app, "/review/undo", decision=said, to="/review/decisions").status
    assert () == held(desk).judgements
    send(app, "/review/split", event=meeting.id, claims=[claim_of(desk, "Alexandria")], to="/events")
    assert 4 == len(held(desk).events)
    assert 303 == send(app, "/review/name", by="B. Reader", to="/review").status
    assert 400 == send(app, "/review/judge", claim=claim, decision="own", to="/").status
    assert 404 == send(app, "/review/split", event=meeting.id, claims=["nothing"] * 600, to="/events").status


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/\\evil.example", "", "javascript:alert(1)"])
def test_a_form_leads_nowhere_else(app: Any, to: str) -> None:
    """Only to a path of ours."""
    assert "/review" == send(app, "/review/name", by="A. Reader", to=to).headers["location"]


def test_another_programs_words_are_seen(app: Any, desk: Any) -> None:
    """The index follows the record, whoever writes to it."""
    claim = claim_of(desk, "visited France")
    assert 3 == ask(app, "/api/v1/events").json()["total"]
    decide.judge(desk, claim, Decision.REJECT, by="somebody else", why="")

    assert 2 == ask(app, "/api/v1/events").json()["total"]
    assert "somebody else" in ask(app, f"/claims/{claim}").text


def test_on_a_large_record_words_are_kept_at_once_and_computed_later(
    app: Any, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says so; the queue moves on; what is computed in the end is what a small record gives at once."""
    monkeypatch.setattr("dragoman.web.desk.MOST_CLAIMS_AT_ONCE", 1)
    claim = claim_of(desk, "visited France")
    told = post(app, "/api/v1/judgements", {"claim": claim, "decision": "reject"})
    wrong = {"claim": claim_of(desk, "will send"), "decision": "set", "cell": "date", "value": "in June"}

    assert (200, 3, True) == (told.status, told.json()["events"], desk.pending)
    assert 409 == post(app, "/api/v1/judgements", wrong).status
    assert "after a pause" in ask(app, "/events").text
    assert claim not in {one["id"] for one in ask(app, "/api/v1/review").json()["items"]}
    desk._later.touch(0)
    deadline = time.monotonic() + 60
    while desk.pending and time.monotonic() < deadline:
        time.sleep(0.1)
    assert 2 == ask(app, "/api/v1/events").json()["total"]
    assert "after a pause" not in ask(app, "/events").text


def test_a_link_whose_reason_is_taken_back_is_a_word(app: Any, desk: Any, meeting: Event) -> None:
    """It is listed, counts, and is itself taken back by name."""
    alexandria = claim_of(desk, "Alexandria")
    other = next(one for one in meeting.claims if one != alexandria)
    word = {"left": alexandria, "right": other, "verdict": "not_same", "why": "taken back"}
    assert 200 == post(app, "/api/v1/links", word).status
    assert ["taken back"] == [one["why"] for one in ask(app, "/api/v1/decisions").json() if one["stands"]]
    assert 1 == len(held(desk).links)
    assert 200 == post(app, "/api/v1/undo", {}).status

    assert () == held(desk).links
    assert [False] == [one["stands"] for one in ask(app, "/api/v1/decisions").json()]
    assert [] == desk.store.verify()


def test_words_on_a_large_record_are_kept_all_or_none(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure at the second of two leaves neither."""
    ends = [one.id for one in held(desk).claims][:3]
    words = [Link(ends[0], end, Verdict.SAME, 1.0, ("so",), "A", "2026-01-01", person=True) for end in ends[1:]]
    keep = sql.keep_word
    calls: list[Any] = []

    def failing(connection: Any, word: Any) -> bool:
        calls.append(word)
        if len(calls) == 2:
            raise OSError("the disk is full")
        return keep(connection, word)

    monkeypatch.setattr(sql, "keep_word", failing)
    with pytest.raises(OSError, match="full"):
        later.keep(desk.store, words, desk.actors)
    assert ((), ()) == desk.store.words_of_people()
    monkeypatch.undo()
    later.keep(desk.store, words, desk.actors)
    assert 2 == len(desk.store.words_of_people()[1])
