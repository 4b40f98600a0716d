"""Labels of acts kept as offsets beside the text: nothing of the text in them, all of it back with the text."""

import json
import re

import pytest
from train import acts

ITEM = {"id": "w1", "title": "Chile recalls envoy", "lede": "Chile recalled its envoy from Peru, the envoy said."}
ROW = {
    "item": "w1",
    "events": [
        {
            "event": "E01",
            "quote": "Chile recalled its envoy from Peru",
            "field": "lede",
            "type": "SANCTION",
            "trigger": "recalled",
            "actors": [{"text": "Chile", "name": "Chile", "code": "CHL", "sector": "GOV"}],
            "recipients": [{"text": "", "name": "Peru", "code": "PER", "sector": "GOV"}],
        }
    ],
    "positions": [
        {
            "holder": {"name": "Chile", "code": "CHL"},
            "issue": "other",
            "stance": "rejects",
            "object": "words of the annotator",
            "condition": "",
            "quote": "the envoy said",
            "field": "lede",
        }
    ],
}

# Items of news2023, and texts of fulltext by their collections
KNOWN = r"w\d+|(?:kremlin|presua|sdf)-\d+|[0-9A-Fa-f-]{32,36}|EN_\S+"


def test_frozen_labels_hold_no_words_of_the_text() -> None:
    """Spans, codes and names; what a stance is about is left out."""
    kept = json.dumps(acts.frozen(ITEM, ROW))

    assert "recalled" not in kept
    assert "annotator" not in kept
    assert acts.frozen(ITEM, ROW)["events"][0]["quote"] == [21, 55]


def test_thawed_labels_have_their_words_again() -> None:
    """Quote, trigger and participants' words; those without words keep none."""
    event = acts.thawed(ITEM, acts.frozen(ITEM, ROW))["events"][0]

    assert (event["quote"], event["trigger"]) == ("Chile recalled its envoy from Peru", "recalled")
    assert [one["text"] for one in (*event["actors"], *event["recipients"])] == ["Chile", ""]


def test_of_a_long_text_is_kept_how_much_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the text is cut again where it was cut for whoever labelled it; of a whole one nothing is said."""
    whole = {**ITEM, "lede": f"{ITEM['lede']} And much more."}
    monkeypatch.setattr(acts, "news", lambda: {"w1": whole})

    assert len(ITEM["lede"]) == acts.frozen(ITEM, ROW)["read"]
    assert "read" not in acts.frozen(whole, ROW)


def test_words_that_do_not_stand_in_the_text_are_refused() -> None:
    """With the item and the words."""
    with pytest.raises(ValueError, match="w1: 'Bolivia' is not in its text"):
        acts.place(ITEM, "Bolivia")


def test_every_label_file_can_be_read() -> None:
    """Lines of JSON with items, spans in order and types of acts."""
    for name in acts.names():
        for line in (acts.FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            assert re.fullmatch(KNOWN, row["item"])
            for event in row["events"]:
                assert 0 <= event["quote"][0] < event["quote"][1]
                assert event["type"].isupper()
