"""Claims that a person adds: by words of a document, into the record, its events and exports; taken back; kept."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")

from evals.asgi import Answer, ask, post

from dragoman import codebook, ids, pipeline
from dragoman.export.forms import source
from dragoman.store import Store
from dragoman.types import Act, Decision, Run, Says, Span, Status, Text
from dragoman.web import adding, own
from dragoman.web.decide import DecisionError
from dragoman.web.marks import Mark, pieces

FORM = {"origin": "http://127.0.0.1:8765", "content-type": "application/x-www-form-urlencoded"}
WORDS = "Egypt has not confirmed the meeting"
ASTRAL = "Ada 🕊️ met  Bo\tin 𝒞airo.\r\nThen\u202e left 𐍈 again."


def document_of(desk: Any, name: str) -> str:
    """The id of the document with this name."""
    return str(desk.index.one("SELECT id FROM documents WHERE document = ?", (name,)))


def send(app: Any, path: str, **fields: Any) -> Answer:
    """A form sent from one of our pages."""
    return ask(app, path, method="POST", headers=FORM, body=urlencode(fields, doseq=True).encode())


def met(desk: Any) -> str:
    """The text of the article on the meeting."""
    return str(next(one.content for one in desk.store.read().texts if WORDS in one.content))


def _run(desk: Any, version: str) -> Run:
    """Another run than the one of the record."""
    made: Run = dataclasses.replace(desk.store.latest_run(), id="", version=version)
    return dataclasses.replace(made, id=ids.run_id(made))


def added(app: Any, desk: Any, **more: Any) -> dict[str, Any]:
    """A claim added through the API; the answer."""
    word = {"document": document_of(desk, "met-1"), "words": "in Cairo on 16 May 2023", "type": "CONSULT"}
    word |= {"actors": "Egypt", "recipients": "Brazil", "date": "2023-05-20", "by": "C. Hand", "why": "it says so"}
    answer = post(app, "/api/v1/claims", word | more)
    assert 200 == answer.status, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_a_claim_of_ones_own_is_computed_with_and_exported_as_reviewed(app: Any, desk: Any) -> None:
    """It has the person's name as its origin, code points as its place, an event, and is in every list and export."""
    before = len(desk.store.read().events)
    told = added(app, desk)
    held = desk.store.read()
    claim = next(one for one in held.claims if one.id == told["claim"])
    assert isinstance(claim.content, Act)

    assert ("person:C. Hand", 1.0, Says.AFFIRMS) == (claim.origin, claim.confidence, claim.says)
    assert "in Cairo on 16 May 2023" == met(desk)[claim.evidence.start : claim.evidence.end]
    assert (before + 1, told["events"]) == (len(held.events), len(held.events))
    assert [claim.id] == [key for event in held.events for key in event.claims if key == claim.id]
    assert claim.id in source(held, codebook.load()).reviewed
    assert claim.id in {one["id"] for one in ask(app, "/api/v1/claims").json()["items"]}
    assert claim.id not in {one["id"] for one in ask(app, "/api/v1/review").json()["items"]}
    assert "added by C. Hand" in ask(app, f"/claims/{claim.id}").text
    assert '"Person"' in ask(app, "/export/annotations").text
    assert [] == desk.store.verify()


def test_it_is_there_after_coding_again_and_gone_when_taken_back(app: Any, desk: Any) -> None:
    """A later coding of its text leaves it as it is; taken back, the record is that of before."""
    before = desk.store.read()
    told = added(app, desk)
    text = ids.sha256(met(desk))
    kept = [one for one in before.claims if one.text == text]
    desk.store.finish_text(text, _run(desk, "2"), kept, None)
    pipeline.reduce(desk.store)
    assert told["claim"] in {key for event in desk.store.read().events for key in event.claims}

    assert 200 == post(app, "/api/v1/undo", {"decision": told["decision"], "by": "C. Hand"}).status
    after = desk.store.read()
    assert (before.claims, before.events) == (after.claims, after.events)
    assert 404 == ask(app, f"/claims/{told['claim']}").status
    assert [] == desk.store.verify()


def test_the_same_claim_twice_is_one(app: Any, desk: Any) -> None:
    """A double click adds nothing; another person's like claim is their own."""
    first, second, other = added(app, desk), added(app, desk), added(app, desk, by="D. Hand")

    assert (first["decision"], first["claim"]) == (second["decision"], second["claim"])
    assert first["claim"] != other["claim"]


def test_a_claim_taken_back_is_added_again(app: Any, desk: Any) -> None:
    """Also where a correction of it by another person stands, which counts again."""
    first = added(app, desk)
    word = {"claim": first["claim"], "decision": "set", "cell": "status", "value": "planned", "by": "D. Hand"}
    assert 200 == post(app, "/api/v1/judgements", word).status
    assert 200 == post(app, "/api/v1/undo", {"decision": first["decision"], "by": "C. Hand"}).status
    again = added(app, desk)

    assert first["claim"] == again["claim"] in {one.id for one in desk.store.read().claims}
    home = next(one for one in desk.store.read().events if again["claim"] in one.claims)
    assert Status.PLANNED is home.act.status.value


def test_the_form_works_without_a_script(app: Any, desk: Any) -> None:
    """Words that are typed are found where they stand once; ticked names and typed ones are put together."""
    key = document_of(desk, "met-1")
    page = ask(app, f"/documents/{key}").text
    assert 'action="/review/own"' in page
    assert 'value="Li Hui (CHN)"' in page
    answer = send(
        app, "/review/own", document=key, words=WORDS, type="CONSULT", status="planned", says="is_silent",
        actors=["Turkey", "Li Hui (CHN)"], voice="Egypt", by="C. Hand",
    )  # fmt: skip
    assert 303 == answer.status
    claim = next(one for one in desk.store.read().claims if one.origin == "person:C. Hand")
    assert isinstance(claim.content, Act)
    names = [part.party.value.name for part in claim.content.participations if part.party.value]
    assert (["Turkey", "Li Hui"], Status.PLANNED, Says.SILENT) == (names, claim.content.status.value, claim.says)
    assert answer.headers["location"].endswith(f"?claim={claim.id}#claim-{claim.id}")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"start": 0, "end": 10**8}, "lies outside"),
        ({"start": 9, "end": 9}, "lies outside"),
        ({"start": 0, "end": 5, "words": "other words"}, "other words stand there"),
        ({"words": "words that nobody wrote"}, "stand in the text 0 times"),
        ({"words": "the"}, "times; exactly one"),
        ({"words": " \n "}, "select the words"),
        ({"words": "."}, "times; exactly one"),
        ({"type": "NOTHING"}, "no type"),
        ({"modes": "nothing"}, "no mode"),
        ({"status": "maybe"}, "status"),
        ({"date": "last Friday"}, "date"),
        ({"date": "2023-02-31"}, "date"),
        ({"actors": " ; ", "recipients": ""}, "name at least one"),
        ({"says": "shouts"}, "says"),
        ({"document": "nothing"}, "no document"),
        ({"by": "a\x00b"}, "printed"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(app: Any, desk: Any, change: dict[str, Any], why: str) -> None:
    """And nothing is kept."""
    word = {"document": document_of(desk, "met-1"), "words": WORDS, "type": "CONSULT", "actors": "Egypt", "by": "C."}
    answer = post(app, "/api/v1/claims", word | change)

    assert 400 <= answer.status < 500
    assert why in answer.json()["error"]
    assert ((), ()) == desk.store.words_of_people()


def test_code_points_are_counted_of_what_is_shown_otherwise_than_it_stands() -> None:
    """Every piece of a text shows one character for each code point, or says for how many it stands."""
    found = pieces(ASTRAL, [Mark(4, 9, "claim")], exact=True)

    assert "".join(ASTRAL[one.at : one.at + (one.length or len(one.text))] for one in found) == ASTRAL
    assert all(one.length or one.text == ASTRAL[one.at : one.at + len(one.text)] for one in found)
    assert {" ", "\\u202e", "\\ufe0f"} >= {one.text for one in found if one.length}


@pytest.mark.parametrize("words", ["Ada 🕊️ met", "Bo\tin 𝒞airo", "met  Bo", "airo.\r\nThen\u202e left 𐍈"])
def test_a_span_is_that_of_its_words(words: str) -> None:
    """Blanks at the ends are left out; signs beyond the first plane are one code point each."""
    text = Text("t", ASTRAL)
    at = ASTRAL.index(words)
    span = own.located(text, str(at), str(at + len(words)), "")

    assert Span("t", at, at + len(words)) == span
    assert own.located(text, str(at), str(at + len(words) + 1), "").end - span.end in (0, 1)
    assert own.located(text, "", "", words) == span
    typed = " ".join(words.split()).replace(" ", "\r\n", 1)  # as a form sends lines
    assert own.located(text, "", "", typed) == span


def test_longer_words_than_a_claim_rests_on_are_refused() -> None:
    """A whole article is no evidence."""
    with pytest.raises(DecisionError, match="more than"):
        own.located(Text("t", "a" * 5000), "0", "5000", "")


def test_two_browsers_lose_no_claim(record: Path, desks: list[Any]) -> None:
    """Two programs on one record add claims at once: all are kept, and the record is whole."""
    document = document_of(desks[0], "met-1")
    forms = [own.Form("in Cairo on", type="CONSULT", actors=name) for name in ("Egypt", "Turkey", "Brazil")]

    def write(number: int) -> None:
        desk = desks[number % 2]
        adding.add(desk, document, forms[number // 2], by=desk.by, why="")

    with ThreadPoolExecutor(4) as several:
        list(several.map(write, range(6)))
    with Store.open(record) as store:
        words, _ = store.words_of_people()
        assert 6 == len({one.claim for one in words if one.decision is Decision.OWN})
        assert 6 == sum(one.id.startswith("own") for one in store.read().claims)
        assert [] == store.verify()
