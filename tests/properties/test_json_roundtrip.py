"""Property tests: every type of a record has one JSON form, and nothing is lost on the way there and back."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import jsonform
from dragoman.types import Claim
from strategies import RECORD_TYPES, anything

_LARGE = ("Record",)  # drawing one takes as long as fifty claims: fewer examples say as much


@pytest.mark.parametrize("cls", RECORD_TYPES, ids=lambda cls: str(cls.__name__))
def test_round_trip(cls: type) -> None:
    """What is written is read back equal, and writes the same text again."""

    @settings(max_examples=8 if cls.__name__ in _LARGE else 25)
    @given(anything(cls))
    def holds(value: object) -> None:
        text = jsonform.dumps(value)
        back = jsonform.loads(text)

        assert value == back
        assert type(value) is type(back)
        assert text == jsonform.dumps(back)
        assert text.encode("utf-8").decode("utf-8") == text
        assert "\n" not in text

    holds()


def test_every_type_is_tried() -> None:
    """The strategies know every type that the record is made of."""
    assert {"Act", "Cell", "Claim", "Event", "Interval", "Record", "Span", "Stance"} < {
        c.__name__ for c in RECORD_TYPES
    }
    assert len(jsonform.CLASSES) == len(RECORD_TYPES)


@settings(max_examples=25)
@given(anything(Claim), st.data())
def test_a_changed_key_is_never_read_as_something_else(claim: object, data: st.DataObject) -> None:
    """A form with one key renamed is refused, with the new name in the message."""
    form = json.loads(jsonform.dumps(claim))
    name = data.draw(st.sampled_from([key for key in form if not key.startswith("@")]))
    form["no_such_field"] = form.pop(name)

    with pytest.raises(jsonform.JsonFormError, match=r"no_such_field"):
        jsonform.loads(json.dumps(form))


@settings(max_examples=100)
@given(st.text(max_size=40) | st.binary(max_size=40))
def test_junk_is_refused_in_one_line(junk: str | bytes) -> None:
    """Whatever is not a form of ours raises JsonFormError, never anything else."""
    with pytest.raises(jsonform.JsonFormError):
        jsonform.loads(junk)
