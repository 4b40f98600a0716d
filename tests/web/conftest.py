"""What the tests of the workbench share: a small record with a hostile article in it, computed, and its application."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman import ids, pipeline
from dragoman.store import Store
from dragoman.types import Act as ActType
from dragoman.types import (
    Cell,
    Claim,
    Document,
    Event,
    Interval,
    Participation,
    Place,
    Precision,
    Report,
    Role,
    Run,
    Says,
    Span,
    Speaker,
    Stance,
    Status,
    Text,
    Voice,
)
from tellings import day, party, when

_BARE = Run("", "1", (), (), "", "")
RUN = dataclasses.replace(_BARE, id=ids.run_id(_BARE))

MET = (
    "Envoy meets president in Cairo\n\n"
    "Chinese envoy Li Hui met the Egyptian president in Cairo on 16 May 2023, the Chinese ministry said. "
    "Egypt has not confirmed the meeting."
)
ALSO = "The envoy Li Hui and the president met in Alexandria on 16 May, Egyptian officials told reporters."
PLAN = "Turkey will send an envoy to Brazil in June. Turkey rejects a partition of the island unless both sides agree."
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> Li Hui visited France \u202etxt.exe on 20 May 2023.\n"
    "\"'><svg/onload=alert(3)> {{ 7*7 }} {% raw %} javascript:alert(4) \x1b[2J ]]> <!-- -->"
)


def _report(text: str, document: str, outlet: str, published: str, **more: Any) -> Report:
    return Report(f"r{sum(map(ord, document)):05x}", text, document, outlet, day(published), language="en", **more)


class Shelf:
    """Texts with their claims, put into a record."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def text(self, content: str, *reports: Report, title: int = 0) -> Callable[..., Claim]:
        """A text with its reports; what comes back makes claims of it, found by their words."""
        text = Text(ids.sha256(content), content)
        self.reports = [dataclasses.replace(one, text=text.id, body_at=title) for one in reports]

        def claim(words: str, content_of: Any, voice: str = "", says: Says = Says.AFFIRMS, **more: Any) -> Claim:
            at = content.index(words)
            span = Span(text.id, at, at + len(words))
            chain = (Speaker(Cell(party(voice), span)),) if voice else ()
            key = f"c{sum(map(ord, words)):05x}{at:04x}"
            return Claim(
                key, text.id, content_of(span), Voice(chain), says, span, "tests@1", more.pop("sure", 0.8), **more
            )

        for report in self.reports:
            self.store.add_document(Document(report, text, content.encode("utf-8"), "text/plain", "tests"))
        self.of = text.id
        return claim

    def keep(self, *claims: Claim) -> None:
        """These claims of the last text."""
        self.store.finish_text(self.of, RUN, claims, None)


def act(
    who: str, whom: str = "", *, days: str = "", place: str = "", status: str = "happened"
) -> Callable[[Span], ActType]:
    """An act that is read from one span."""

    def made(span: Span) -> ActType:
        sides = [(who, Role.ACTOR), *([(whom, Role.RECIPIENT)] if whom else [])]
        found: Cell[Interval] = Cell(when(days), span) if days else Cell(reason="no day is named")
        where: Cell[Place] = Cell(reason="no place is named")
        if place:
            name, _, code = place.partition("/")
            where = Cell(Place(name, code, lat=30.0, lon=31.2, precision=Precision.CITY), span)
        parts = tuple(Participation(Cell(party(one), span), role) for one, role in sides)
        return ActType("CONSULT", (), Cell(Status(status), span), parts, found, where, span)

    return made


def partition(span: Span) -> Stance:
    """Turkey's position."""
    holder = Cell(party("TUR"), span)
    return Stance(holder, "territory", "rejects", Cell("a partition", span), Cell("both sides agree", span))


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The record as a file."""
    path = tmp_path / "talks.db"
    with Store.open(path, create=True) as store:
        shelf = Shelf(store)
        meeting = act("CHN/Li Hui", "EGY", days="2023-05-16", place="Cairo/EGY")
        claim = shelf.text(
            MET,
            _report("", "met-1", "Daily", "2023-05-17", title="Envoy meets president in Cairo", url="https://daily.example/1"),
            _report("", "met-2", "Gazette", "2023-05-18", agency="Daily", url="javascript:alert(5)"),
            title=MET.index("\n\n") + 2,
        )  # fmt: skip
        silence = claim("Egypt has not confirmed the meeting", meeting, "EGY", Says.SILENT)
        shelf.keep(
            claim("Chinese envoy Li Hui met the Egyptian president in Cairo on 16 May 2023", meeting, "CHN"), silence
        )
        claim = shelf.text(ALSO, _report("", "also", "Weekly", "2023-05-19"))
        other = act("CHN/Li Hui", "EGY", days="2023-05-16", place="Alexandria/EGY")
        shelf.keep(claim("The envoy Li Hui and the president met in Alexandria on 16 May", other, "TUR", sure=0.45))
        claim = shelf.text(PLAN, _report("", "plan", "Weekly", "2023-05-25"))
        sent = act("TUR", "BRA", days="2023-06-01..2023-06-30", status="planned")
        shelf.keep(
            claim("Turkey will send an envoy to Brazil in June", sent),
            claim("Turkey rejects a partition of the island unless both sides agree", partition),
        )
        claim = shelf.text(
            HOSTILE,
            _report("", "<b>hostile</b>", "<i>Out\"let</i>", "2023-05-26", title="<script>alert(6)</script>", url="http://x.example/<script>"),
        )  # fmt: skip
        visit = act("CHN/Li Hui", "FRA", days="2023-05-20", place="<u>Paris</u>/FRA")
        shelf.keep(claim("<img src=x onerror=alert(2)> Li Hui visited France \u202etxt.exe on 20 May 2023", visit))
        pipeline.reduce(store)
    return path


@pytest.fixture
def desk(record: Path) -> Iterator[Any]:
    """The desk on the record, its index in memory."""
    module = pytest.importorskip("dragoman.web.desk", reason="the extra web is not installed")
    made = module.Desk(record, by="A. Reader", cache=":memory:")
    yield made
    made.close()


@pytest.fixture
def desks(record: Path) -> Iterator[list[Any]]:
    """Two programs on the record, of A. Reader and B. Reader."""
    module = pytest.importorskip("dragoman.web.desk", reason="the extra web is not installed")
    made = [module.Desk(record, by=name, cache=":memory:") for name in ("A. Reader", "B. Reader")]
    yield made
    for one in made:
        one.close()


@pytest.fixture
def app(desk: Any) -> Any:
    """The application on the desk."""
    return pytest.importorskip("dragoman.web.app", reason="the extra web is not installed").make(desk)


@pytest.fixture
def meeting(desk: Any) -> Event:
    """The event of the meeting in Egypt."""
    held: list[Event] = [e for e in desk.store.read().events if any(d.party == "EGY" for d in e.standing.dispute)]
    return held[0]
