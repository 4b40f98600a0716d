"""The values everything is made of: spans, intervals, cells; texts, reports and failures to read them."""

import datetime as dt
from dataclasses import dataclass
from typing import Generic, TypeVar

from dragoman.types.vocabulary import Basis

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points ``start`` to ``end`` (exclusive) of the text with this id."""

    text: str
    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a span that cannot lie in any text."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span must have 0 <= start < end, not {self.start}..{self.end}")


@dataclass(frozen=True, slots=True)
class Interval:
    """When something was or is to be: bounds of its first and of its last day, each possibly open (None).

    Duration and uncertainty are kept apart: "16 to 17 May" has first day 16 and last day 17, both certain;
    "last week" (one visit, some day) has first and last day both between Monday and Sunday. ``among`` holds
    the candidate days when only one of several separate days can be meant. ``str()`` gives EDTF.
    """

    first_min: dt.date | None = None
    first_max: dt.date | None = None
    last_min: dt.date | None = None
    last_max: dt.date | None = None
    basis: Basis = Basis.NONE
    among: tuple[dt.date, ...] = ()

    def __post_init__(self) -> None:
        """Refuse bounds in the wrong order."""
        for low, high, what in (
            (self.first_min, self.first_max, "first day"),
            (self.last_min, self.last_max, "last day"),
            (self.first_min, self.last_max, "whole"),
        ):
            if low and high and low > high:
                raise ValueError(f"interval: {what} ends ({high}) before it begins ({low})")
        if tuple(sorted(set(self.among))) != self.among:
            raise ValueError("interval: candidate days must be sorted and distinct")

    @property
    def start(self) -> dt.date | None:
        """The earliest day it can have begun."""
        return self.first_min

    @property
    def end(self) -> dt.date | None:
        """The latest day it can have ended."""
        return self.last_max

    @property
    def known(self) -> bool:
        """True when at least one bound is set."""
        return any((self.first_min, self.first_max, self.last_min, self.last_max))

    def __str__(self) -> str:
        """EDTF (ISO 8601-2): one day, ``a/b``, ``[a..b]`` for one unknown day within, ``[a,b]`` for one of a set.

        ``a~/b~`` has bounds that are not certain, ``..`` one that is open; "" where nothing is known.
        """
        if len(self.among) > 1:
            return "[" + ",".join(day.isoformat() for day in self.among) + "]"
        a, b, c, d = (
            day.isoformat() if day else "" for day in (self.first_min, self.first_max, self.last_min, self.last_max)
        )
        if not (a or b or c or d):
            return ""
        if a == b == c == d:
            return a
        if a == c and b == d and a != b:
            return f"[{a}..{d}]"
        begin, end = a + ("" if a == b else "~"), d + ("" if c == d else "~")  # ~ marks the bound that is not certain
        return f"{begin if a else '..'}/{end if d else '..'}"


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """A value with the words it was read from or the reason it was inferred; or the reason there is none."""

    value: T | None = None
    span: Span | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a cell with neither words nor reason."""
        if self.span is None and not self.reason:
            raise ValueError("a cell needs the words it was read from or a reason")
        if self.value is None and not self.reason:
            raise ValueError("an empty cell needs a reason")


@dataclass(frozen=True, slots=True)
class Text:
    """A text, identified by ``id``, the SHA-256 (hex) of its content in UTF-8. Never altered."""

    id: str
    content: str


@dataclass(frozen=True, slots=True)
class Report:
    """A publication of a text. ``document`` is the publisher's or user's own id, kept for exports."""

    id: str
    text: str
    document: str
    outlet: str = ""
    published: dt.date | None = None
    published_at: str = ""
    retrieved: str = ""
    title: str = ""
    url: str = ""
    dateline: str = ""
    agency: str = ""
    language: str = ""
    path: str = ""
    body_at: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """What reading one source item gives: the report, its text, the bytes as found and how they were read."""

    report: Report
    text: Text
    raw: bytes
    media_type: str
    extractor: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be read or coded: where, and why, in one line for a person."""

    source: str
    reason: str
    line: int | None = None
    field: str = ""
    stage: str = "read"

    def __str__(self) -> str:
        """``file:line: field: reason`` with the parts that are known."""
        where = f"{self.source}:{self.line}" if self.line else self.source
        return f"{where}: {self.field + ': ' if self.field else ''}{self.reason}"
