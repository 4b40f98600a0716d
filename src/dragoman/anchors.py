"""The places in texts that a value rests on: every span in it, however deep. Knows no value's sense, only its shape."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from dragoman.types import Span


def spans(value: Any) -> Iterator[Span]:
    """Every :class:`Span` inside a value of ours, in field order."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from spans(getattr(value, field.name))


def misplaced(value: Any, text: str, length: int) -> str:
    """Why a span of ``value`` does not lie in the text with this id and length (code points); "" when all do."""
    for span in spans(value):
        if span.text != text:
            return f"words {span.start}-{span.end} are of another text ({span.text[:12]})"
        if span.end > length:
            return f"words {span.start}-{span.end} lie outside the text of {length} characters"
    return ""
