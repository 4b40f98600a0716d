"""Anchors: every span of a value is found, and one outside its text is told."""

from dragoman import anchors
from dragoman.types import Span
from given import claim, text

_TEXT = text("The ministers met in Seoul.")


def test_every_span_of_a_claim_is_found() -> None:
    """Spans are found in cells, in acts and in the claim itself."""
    assert [Span(_TEXT.id, 4, 13)] * 3 == list(anchors.spans(claim(_TEXT, 4, 13)))


def test_a_span_that_lies_in_no_text_is_told() -> None:
    """Words past the end or of another text are named; good ones are not."""
    assert "" == anchors.misplaced(claim(_TEXT, 4, 27), _TEXT.id, 27)
    assert "words 4-28 lie outside the text of 27 characters" == anchors.misplaced(claim(_TEXT, 4, 28), _TEXT.id, 27)
    assert anchors.misplaced(claim(_TEXT, 4, 13), "other", 27).startswith("words 4-13 are of another text")
