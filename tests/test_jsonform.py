"""The JSON form: what it looks like, and how it refuses what it did not write. Round trips: tests/properties."""

import datetime as dt
import json
from typing import Any

import pytest

from dragoman import jsonform
from dragoman.jsonform import JsonFormError
from dragoman.types import (
    Act,
    ActorKind,
    Basis,
    Cell,
    Claim,
    Interval,
    Link,
    Medium,
    Participation,
    Party,
    Place,
    Quantity,
    Report,
    Role,
    Says,
    Span,
    Speaker,
    Status,
    Verdict,
    Voice,
)

_DAY = dt.date(2023, 5, 26)


def _span(start: int, end: int) -> dict[str, Any]:
    return {"@type": "Span", "text": "t", "start": start, "end": end}


def a_claim() -> Claim:
    """A small claim with something in every corner that reading can go wrong in."""
    act = Act(
        type="CONSULT",
        modes=("visit",),
        status=Cell(Status.HAPPENED, Span("t", 0, 3)),
        participations=(Participation(Cell(None, reason="not named"), Role.VISITOR),),
        date=Cell(Interval(_DAY, _DAY, _DAY, _DAY, Basis.RELATIVE), Span("t", 20, 29)),
        place=Cell(Place("Moscow", "RUS", lat=55.75), Span("t", 10, 16)),
        trigger=Span("t", 0, 3),
        quantities=(Quantity("days", 1, 2, None, Span("t", 4, 8)),),
    )
    voice = Voice((Speaker(Cell(None, reason="anonymous"), medium=Medium.BRIEFING),))
    return Claim("c", "t", act, voice, Says.AFFIRMS, Span("t", 0, 30), "acts@1", 1)


def changed(path: list[str | int], value: Any) -> str:
    """The claim's form with the field at ``path`` set to ``value``."""
    form = json.loads(jsonform.dumps(a_claim()))
    at = form
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return json.dumps(form)


def test_form_is_short_and_plain() -> None:
    """Type and version first, fields in their order, defaults left out, text as it is."""
    expected = '{"@type":"Report","@version":1,"id":"r","text":"t","document":"Ä","published":"2023-05-26"}'

    assert expected == jsonform.dumps(Report("r", "t", "Ä", published=_DAY))


def test_whole_numbers_in_float_fields_write_one_text() -> None:
    """1 and 1.0, 0.0 and -0.0 are equal values, and equal values write equal text."""
    whole, real = (Link("a", "b", Verdict.SAME, score, (), "rule") for score in (1, 1.0))

    assert jsonform.dumps(whole) == jsonform.dumps(real)
    assert '"lat":0.0' in jsonform.dumps(Place("Null Island", lat=-0.0))


@pytest.mark.parametrize(
    ("where", "path", "value"),
    [
        ("Claim.confidence: must be a finite number, not 'high'", ["confidence"], "high"),
        ("Claim.confidence: must be a finite number, not True", ["confidence"], True),
        ("Claim.confidence: must be a finite number, not 1000000000", ["confidence"], 10**400),
        ("Claim.says: must be one of affirms, denies", ["says"], "shouts"),
        ("Claim.says: must be one of", ["says"], ["affirms"]),
        ("Claim.evidence: a span must have 0 <= start < end, not 9..3", ["evidence"], _span(9, 3)),
        ("Claim.evidence.start: must be of type int, not '0'", ["evidence", "start"], "0"),
        ("Claim.evidence.start: must be of type int, not 1.0", ["evidence", "start"], 1.0),
        ("Claim.evidence: must be of @type Span, not 'here'", ["evidence"], "here"),
        ("Claim.text: must be of type str, not None", ["text"], None),
        ("Claim.content: must be one of Act, Stance, not an object of @type 'Span'", ["content"], _span(0, 1)),
        ("Claim.content: must be one of Act, Stance, not 3", ["content"], 3),
        ("Claim.content: may not be null", ["content"], None),
        ("Claim.content.modes: must be a list, not 'visit'", ["content", "modes"], "visit"),
        ("Claim.content.modes[0]: must be of type str, not 7", ["content", "modes", 0], 7),
        ("Claim.content.date.value.basis: must be one of", ["content", "date", "value", "basis"], "guess"),
        ("Claim.content.date.value.first_min: must be a day as", ["content", "date", "value", "first_min"], "20230526"),
        ("Claim.content.date.value.first_min: must be a day as", ["content", "date", "value", "first_min"], 20230526),
        ("Claim.content.date.value: interval: last day ends", ["content", "date", "value", "last_max"], "2020-01-01"),
        ("Claim.content.place.value.zip: Place has no such field", ["content", "place", "value", "zip"], "101000"),
        ("Claim.content.participations[0].role: must be", ["content", "participations", 0, "role"], "guest"),
        ("Claim.content.participations[0].@version: ", ["content", "participations", 0, "@version"], 1),
    ],
)
def test_refusals_name_the_field(where: str, path: list[str | int], value: object) -> None:
    """A value that the field cannot hold is refused with the whole path to it, in one line."""
    with pytest.raises(JsonFormError) as refusal:
        jsonform.loads(changed(path, value))

    assert str(refusal.value).startswith(where)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("not JSON", "{"),
        ("not JSON", ""),
        ("not JSON", b"\xff\xfe\xfa"),
        ("not JSON: NaN is no JSON number", '{"@type":"Link","@version":1,"score":NaN}'),
        ("not a JSON form", "[]"),
        ("not a JSON form", '{"@type":"Planet","@version":1}'),
        ("not a JSON form", '{"@version":1}'),
        ("version None: this program reads version 1", '{"@type":"Text","id":"t","content":""}'),
        ("version 2: this program reads version 1", '{"@type":"Text","@version":2,"id":"t","content":""}'),
        ("version True: this program", '{"@type":"Text","@version":true,"id":"t","content":""}'),
        ("Text.content: missing", '{"@type":"Text","@version":1,"id":"t"}'),
        ("Document.raw: must be lower-case hexadecimal", '{"@type":"Document","@version":1,"raw":"0A"}'),
        ("Dating.candidates[0]: must be a list of 2", '{"@type":"Dating","@version":1,"candidates":[["2023-05-26"]]}'),
        ("Dating.candidates[0][0]: must be a day", '{"@type":"Dating","@version":1,"candidates":[["Friday",[]]]}'),
        ("Cell.value: may not be a list", '{"@type":"Cell","@version":1,"value":[],"reason":"r"}'),
        ("Cell.value: must be of a Dragoman type", '{"@type":"Cell","@version":1,"value":{"a":1},"reason":"r"}'),
        ("Cell: a cell needs the words", '{"@type":"Cell","@version":1,"value":1}'),
    ],
)
def test_foreign_text_is_refused(words: str, text: str | bytes) -> None:
    """What is not a whole form of this version is refused in words, whatever it is."""
    with pytest.raises(JsonFormError) as refusal:
        jsonform.loads(text)

    assert str(refusal.value).startswith(words)


def test_deep_nesting_is_refused() -> None:
    """A text nested beyond what can be read is refused like any other junk."""
    with pytest.raises(JsonFormError, match="not JSON"):
        jsonform.loads("[" * 200_000)


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), dt.datetime(2023, 5, 26, tzinfo=dt.UTC), {"a": 1}, object()]
)
def test_values_without_a_form_are_refused(value: Any) -> None:
    """A number that JSON does not have, a time of day, a table: an error, not a text that cannot be read again."""
    with pytest.raises(JsonFormError, match="has no JSON form"):
        jsonform.dumps(Cell(value, reason="given"))


def test_only_types_of_a_record_are_written() -> None:
    """A bare list or text has no form at the top."""
    with pytest.raises(JsonFormError, match="list is no type of a record"):
        jsonform.dumps([])


def test_decode_takes_a_hint_and_a_place() -> None:
    """Parts of a form are read by their type, and the caller's name for the place stands in the error."""
    assert (_DAY, ("a",)) == jsonform.decode(["2023-05-26", ["a"]], tuple[dt.date, tuple[str, ...]])
    with pytest.raises(JsonFormError, match=r"row 7\[0\]: must be a day as YYYY-MM-DD, not 'Friday'"):
        jsonform.decode(["Friday", []], tuple[dt.date, tuple[str, ...]], "row 7")


def test_cell_alone_keeps_its_value() -> None:
    """A cell that stands alone finds the type of its value in the form."""
    cell = Cell(Party("Q1", "Li Hui", kind=ActorKind.PERSON, code="CHN"), reason="named")

    assert cell == jsonform.loads(jsonform.dumps(cell))
