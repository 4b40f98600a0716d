"""How long the pages of the workbench take on a large record.

``python -m evals.workbench_speed [--claims N] [--keep FILE] [--only WORDS] [--table] [--json]`` makes a record of N
claims (default 50,000) on made-up meetings, calls and demands between a hundred states, told by reports of five
sentences each, computes its events, and opens every view of the workbench on it in this process, each twenty times with
other events, parties and words: seconds until the index is made and until it is opened again, median and 95th
percentile of the server's time for each view, the 95th percentile of this process's processor time (what others on the
machine take is not in it), kilobytes as sent (gzip), and the memory of the process; views above 0.2 s are named.
``--keep`` keeps the record and its index, and takes them again where they are there; else a decision is timed too.
``--only`` opens the views whose names hold these words; ``--table`` prints the table of docs/workbench.md. ``--quick``
puts events together by who, what and when instead of computing them. Needs the extra ``web``.
"""

import argparse
import dataclasses
import datetime as dt
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from evals.asgi import ask, post
from starlette.types import ASGIApp

from dragoman import codebook, ids, knowledge, pipeline, runs
from dragoman.store import Store
from dragoman.types import (
    Act,
    ActorKind,
    Basis,
    Cell,
    CellSupport,
    Claim,
    Course,
    Dispute,
    Disputed,
    Document,
    Event,
    Interval,
    Participation,
    Party,
    Place,
    Position,
    Precision,
    Report,
    Role,
    Says,
    Span,
    Speaker,
    Stance,
    Standing,
    Status,
    Support,
    Text,
    Voice,
)
from dragoman.web import app
from dragoman.web.desk import Desk

PER_TEXT = 5
OPENINGS = 20
LIMIT = 0.2  # seconds, 95th percentile
_FIRST = dt.date(2021, 1, 1)
# (words, type, modes, place follows)
_DEEDS = (
    ("met", "CONSULT", (), True),
    ("visited", "CONSULT", ("visit",), True),
    ("telephoned", "CONSULT", ("phone",), False),
    ("warned", "THREATEN", (), False),
    ("asked help of", "REQUEST", ("assist",), False),
    ("accused", "ACCUSE", ("disapprove",), False),
)
_ISSUES = ("ceasefire", "sanctions", "membership", "arms", "negotiations")
# What is opened; names in braces are filled with another value each time.
PAGES = {
    "events": "/events",
    "events, another page": "/events?page={number}",
    "events, filtered": "/events?type={type}&party={party}&since=2021-06",
    "events, two parties": "/events?party={party}&party=FRA&sort=-date",
    "events, common word": "/events?q={common}",
    "events, rare word": "/events?q={rare}",
    "events, phrase": "/events?q=%22{common}+{rare}%22",
    "events, most disputed": "/events?sort=disputes&party={party}",
    "one event": "/events/{event}",
    "claims": "/claims?party={party}",
    "claims, searched": "/claims?q={common}",
    "one claim": "/claims/{claim}",
    "documents": "/documents?page={number}",
    "document": "/documents/{document}",
    "documents, searched": "/documents?q={common}",
    "positions": "/positions?party={party}",
    "all positions": "/positions",
    "one position": "/positions/{position}",
    "actors": "/actors",
    "actors, searched": "/actors?q={rare}",
    "one actor": "/actors/{actor}",
    "timeline": "/timeline?since=2021-{month}&until=2021-{month}",
    "whole timeline": "/timeline",
    "map": "/map?party={party}",
    "whole map": "/map",
    "processes": "/processes",
    "changes": "/changes?since=2022-{month}-01",
    "review": "/review",
    "pairs": "/review/pairs",
    "decisions": "/review/decisions",
    "differences": "/review/differences",
    "samples": "/review/samples",
    "second coding": "/second",
    "blind coding": "/second",
    "export": "/export?party={party}",
    "export of a filter": "/export/csv?party={party}&type={type}&since=2022-06",
    "export of all": "/export/csv",
    "API events": "/api/v1/events?party={party}",
    "API record": "/api/v1/",
}
_COMMON = ("ministry", "visited", "accused", "met", "warned", "help", "telephoned", "said")
# What a browser that codes blind sends
_COOKIES = {"blind coding": {"cookie": "dragoman_blind=yes"}}
# Those that may still be written when they are asked for (202), and then say so
_WAITING = frozenset({"export of all", "export of a filter"})


def documents(claims: int) -> Iterator[tuple[Document, list[Claim]]]:
    """Reports with their claims; the same for the same number. Each happening is told one to four times."""
    draw = random.Random(50_000)
    known = knowledge.load()
    states = [known.party(code, None) for code in sorted(known.states())][:100]
    people = [
        Party("", f"{name} {state.name.split()[0]}son", ActorKind.PERSON, state.code, "GOV", "minister")
        for state in states
        for name in ("Ada", "Bo", "Cleo")
    ]
    happenings: list[tuple[Any, ...]] = []
    for number in range(-(-claims // PER_TEXT)):
        told = []
        for _ in range(PER_TEXT):
            if happenings and draw.random() < 0.5:
                told.append(draw.choice(happenings[-40:]))
            else:
                left, right = draw.sample(people, 2)
                day = _FIRST + dt.timedelta(days=number * 700 * PER_TEXT // claims)
                happenings.append((left, right, draw.choice(_DEEDS), draw.choice(states), day))
                told.append(happenings[-1])
        yield _document(number, told, draw)


def _document(number: int, told: list[tuple[Any, ...]], draw: random.Random) -> tuple[Document, list[Claim]]:
    sentences, places = list[str](), list[int]()
    for left, right, (verb, *_, placed), state, day in told:
        where = f" in {state.name}" if placed else ""
        said = f", the ministry of {draw.choice((left, right)).code} said" if draw.random() < 0.4 else ""
        places.append(len("\n".join([*sentences, ""])))
        sentences.append(f"{left.name} {verb} {right.name}{where} on {day.isoformat()}{said}.")
    content = "\n".join(sentences)
    text = Text(ids.sha256(content), content)
    published = max(day for *_, day in told)
    report = Report(
        ids.report_id(text.id, f"d{number}", "", "", ""), text.id, f"d{number}", f"Outlet {number % 40}", published,
        title=sentences[0], language="en",
    )  # fmt: skip
    claims = [
        _claim(text, place, sentence, one, draw) for place, sentence, one in zip(places, sentences, told, strict=True)
    ]
    return Document(report, text, content.encode(), "text/plain", "made@1"), claims


def _claim(text: Text, start: int, sentence: str, told: tuple[Any, ...], draw: random.Random) -> Claim:
    left, right, (verb, kind, modes, placed), state, day = told

    def span(words: str) -> Span:
        at = text.content.index(words, start)
        return Span(text.id, at, at + len(words))

    evidence = Span(text.id, start, start + len(sentence))
    key = ids.sha256(f"{text.id}{start}")[:25]
    sure = round(draw.uniform(0.4, 1), 2)
    if kind == "REQUEST":
        holder, wish = Cell(left, span(left.name)), Cell(f"help of {right.name}", span(right.name))
        stance = Stance(holder, draw.choice(_ISSUES), "demands", wish, Cell(reason="no condition is named"))
        return Claim(f"c{key}", text.id, stance, Voice(), Says.AFFIRMS, evidence, "made@1", sure)
    act = Act(
        type=kind,
        modes=modes,
        status=Cell(Status.HAPPENED, span(verb)),
        participations=(
            Participation(Cell(left, span(left.name)), Role.ACTOR),
            Participation(Cell(right, span(right.name)), Role.RECIPIENT),
        ),
        date=Cell(Interval(day, day, day, day, Basis.EXPLICIT), span(day.isoformat())),
        place=Cell(Place(state.name, state.code, precision=Precision.COUNTRY), span(state.name))
        if placed
        else Cell(reason="no place is named"),
        trigger=span(verb),
    )
    speaker = left.code if f"ministry of {left.code}" in sentence else right.code
    voice = Voice()
    if " said" in sentence:
        ministry = Party("", f"ministry of {speaker}", ActorKind.BODY, speaker, "GOV")
        voice = Voice((Speaker(Cell(ministry, span(ministry.name))),))
    says = Says.SILENT if voice.chain and draw.random() < 0.1 else Says.AFFIRMS
    return Claim(f"c{key}", text.id, act, voice, says, evidence, "made@1", sure)


def put_together(store: Store) -> None:
    """Events and positions of the claims by who, what and when alone: as many as would be computed, in less time."""
    inputs, generation = store.inputs()
    groups: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in inputs.claims:
        groups.setdefault(_alike(claim), []).append(claim)
    events, positions = list[Event](), list[Position]()
    for found in groups.values():
        content, told = found[0].content, tuple(sorted(one.id for one in found if one.says is Says.AFFIRMS))
        silent = tuple(one.id for one in found if one.says is Says.SILENT)
        if isinstance(content, Stance):
            assert content.holder.value
            period = Interval(basis=Basis.NONE)
            wish = content.object.value or ""
            positions.append(
                Position(
                    f"p{found[0].id[1:17]}", content.holder.value, content.issue, content.stance, wish, "", period, told
                )
            )
        elif told:
            grade = Support.CORROBORATED if len(told) > 1 else Support.ONE_VOICE
            dispute = (Disputed(Dispute.UNACKNOWLEDGED, "USA", "happened", silent),) if silent else ()
            standing = Standing(Course.DONE_UNANNOUNCED, (CellSupport("happened", grade, (), len(told)),), dispute)
            events.append(Event(ids.event_id(told[0]), content, (), standing, told))
    made = dataclasses.replace(inputs, events=tuple(events), positions=tuple(positions))
    store.replace_derived(made, generation=generation)


def _alike(claim: Claim) -> tuple[Any, ...]:
    content = claim.content
    if isinstance(content, Stance):
        return (content.holder.value, content.issue, content.object.value)
    parties = tuple(one.party.value for one in content.participations)
    return (content.type, content.modes, parties, content.date.value, content.place.value)


def fill(path: Path, claims: int, *, quick: bool = False) -> None:
    """A record of that many claims, with its events, computed or, with ``quick``, put together."""
    run = runs.this_run(codebook.load(), "", known=knowledge.load(), actors_file="")
    with Store.open(path, create=True) as store:
        for document, told in documents(claims):
            store.add_document(document)
            store.finish_text(document.text.id, run, told, None)
        store.settle(run)
        started = time.monotonic()
        put_together(store) if quick else pipeline.reduce(store)
        print(f"{time.monotonic() - started:.1f} s to compute the events", file=sys.stderr)


def measure(record: Path, *, kept: bool, only: str = "") -> dict[str, Any]:
    """Figures of the pages on a record; of a decision on it too, where it is not ``kept`` (its index is, beside it)."""
    with tempfile.TemporaryDirectory() as folder:
        cache = f"{record}.index" if kept else str(Path(folder, "index"))
        started = time.monotonic()
        Desk(record, cache=cache).close()
        made = time.monotonic()
        desk = Desk(record, cache=cache)
        opened = time.monotonic()
        made_app = app.make(desk)
        fill_in = _values(made_app)
        pages = {name: _page(made_app, name, path, fill_in) for name, path in PAGES.items() if only in name}
        style = sum(_page(made_app, name, f"/static/{name}", fill_in).kilobytes for name in ("app.css", "app.js"))
        counts = ask(made_app, "/api/v1/").json()["counts"]
        first = _page(made_app, "first", "/events", fill_in).kilobytes
        decision = None if kept else _decision(made_app)
        desk.close()
    return {
        "counts": counts,
        "index_seconds": round(made - started, 1),
        "open_seconds": round(opened - made, 1),
        "pages": pages,
        "decision_seconds": decision,
        "first_view_kb": round(first + style, 1),
        "load": round(os.getloadavg()[0], 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _values(made_app: ASGIApp) -> dict[str, list[str]]:
    """Values for the names in braces: things from all over the record, the same for the same record."""
    values: dict[str, list[str]] = {}
    for name in ("event", "claim", "document", "position", "actor"):
        page = ask(made_app, f"/api/v1/{name}s?size={OPENINGS}&page=3").json()
        found = page["items"] or ask(made_app, f"/api/v1/{name}s?size={OPENINGS}").json()["items"]
        values[name] = [quote(one["key"] if name == "actor" else one["id"], safe="") for one in found] or ["none"]
    facets = ask(made_app, "/api/v1/").json()["facets"]
    values |= {name: [value for value, _ in facets[name]][:OPENINGS] for name in ("type", "party")}
    values["rare"] = [f"{first}+{party}" for party in values["party"] for first in ("Ada", "Bo")]
    return values | {
        "common": list(_COMMON),
        "number": [str(number) for number in range(2, 2 + OPENINGS)],
        "month": [f"{month:02}" for month in range(1, 13)],
    }


class View(NamedTuple):
    """Figures of a view: seconds by the clock, seconds of the processor, its largest size as sent."""

    median: float
    p95: float
    cpu_p95: float
    kilobytes: float


def _page(made_app: ASGIApp, name: str, path: str, values: Mapping[str, Sequence[str]]) -> View:
    took, worked, size = [], [], 0
    for number in range(OPENINGS):
        filled = path.format(**{key: found[number % len(found)] for key, found in values.items()})
        started, work = time.monotonic(), time.process_time()
        answer = ask(made_app, filled, headers={"accept-encoding": "gzip"} | _COOKIES.get(name, {}))
        took.append(time.monotonic() - started)
        worked.append(time.process_time() - work)
        size = max(size, len(answer.raw))
        if answer.status != 200 and not (name in _WAITING and answer.status in (202, 503)):
            raise SystemExit(f"{filled}: {answer.status} {answer.text[:200]}")
    worst, work = (round(statistics.quantiles(each, n=20, method="inclusive")[-1], 3) for each in (took, worked))
    return View(round(statistics.median(took), 3), worst, work, round(size / 1024, 1))


def _decision(made_app: ASGIApp) -> float:
    """Seconds of a decision on the first claim of the queue, with the queue after it."""
    claim = ask(made_app, "/api/v1/review").json()["items"][0]["id"]
    started = time.monotonic()
    answer = post(made_app, "/api/v1/judgements", {"claim": claim, "decision": "accept", "by": "A. Reader"})
    ask(made_app, "/review")
    if answer.status != 200:
        raise SystemExit(answer.text)
    return round(time.monotonic() - started, 3)


def _told(found: Mapping[str, Any]) -> Iterator[str]:
    """Lines for a person."""
    yield ", ".join(f"{count} {name}" for name, count in found["counts"].items())
    yield f"{found['index_seconds']} s to make the index, {found['open_seconds']} s to open it again"
    yield f"{'view':24}  median     p95  p95 of processor"
    for name, (median, worst, work, size) in found["pages"].items():
        yield f"{name:24} {median:7.3f} {worst:7.3f} {work:7.3f} s {size:7.1f} kB"
    slow = [name for name, view in found["pages"].items() if view.p95 > LIMIT]
    yield f"above {LIMIT} s: {', '.join(slow) or 'none'}"
    if found["decision_seconds"] is not None:
        yield f"{found['decision_seconds']} s from a decision to the queue after it"
    yield f"first view with style and script {found['first_view_kb']} kB; {found['peak_mb']} MB of memory"
    yield f"{os.cpu_count()} processors; {found['load']} processes waiting for them on average"


def _table(found: Mapping[str, Any]) -> Iterator[str]:
    """The table of docs/workbench.md: milliseconds."""
    yield "| view | median | 95th percentile | of it processor | kB |"
    yield "|---|---|---|---|---|"
    for name, (*seconds, size) in found["pages"].items():
        yield f"| {name} | {' | '.join(f'{one * 1000:.0f}' for one in seconds)} | {size:.0f} |"


def main() -> int:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--claims", type=int, default=50_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--quick", action="store_true", help="events by who, what and when, not computed")
    parser.add_argument("--only", default="", metavar="WORDS", help="only the views whose names hold these words")
    parser.add_argument("--table", action="store_true", help="a table in Markdown")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = given.keep or Path(folder, "large.db")
        if not record.exists():
            fill(record, given.claims, quick=given.quick)
        found = measure(record, kept=bool(given.keep), only=given.only)
    if given.json:
        print(json.dumps(found))
    else:
        print(*_told(found), sep="\n")
    if given.table:
        print(*_table(found), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
