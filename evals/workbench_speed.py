"""How long the pages of the workbench take on a large record.

``python -m evals.workbench_speed [--claims N] [--keep FILE] [--json]`` makes a record of N claims (default 50,000) on
made-up meetings, calls and demands between a hundred states, told by reports of five sentences each, computes its
events, and opens pages of the workbench on it in this process: seconds until the index is made and until it is opened
again, the median of five openings of each page, kilobytes as sent (gzip), and the memory of the process. ``--keep``
keeps the record, and takes it again where it is there; else a decision is timed too. Needs the extra ``web``.
"""

import argparse
import datetime as dt
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.asgi import ask, post
from starlette.types import ASGIApp

from dragoman import codebook, ids, knowledge, pipeline, runs
from dragoman.store import Store
from dragoman.types import (
    Act,
    ActorKind,
    Basis,
    Cell,
    Claim,
    Document,
    Interval,
    Participation,
    Party,
    Place,
    Precision,
    Report,
    Role,
    Says,
    Span,
    Speaker,
    Stance,
    Status,
    Text,
    Voice,
)
from dragoman.web import app
from dragoman.web.desk import Desk

PER_TEXT = 5
OPENINGS = 5
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
PAGES = {
    "events": "/events",
    "events, page 40": "/events?page=40",
    "events, filtered": "/events?type=CONSULT&party=FRA&since=2021-06",
    "events, searched": "/events?q=ministry",
    "events, most disputed": "/events?sort=disputes",
    "one event": "/events/{event}",
    "document": "/documents/{document}",
    "documents, searched": "/documents?q=visited",
    "positions": "/positions",
    "actors": "/actors",
    "timeline": "/timeline?since=2021-03&until=2021-04",
    "changes": "/changes?since=2022-06-01",
    "review": "/review",
    "pairs": "/review/pairs",
    "API events": "/api/v1/events",
}


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


def fill(path: Path, claims: int) -> None:
    """A record of that many claims, with its events."""
    run = runs.this_run(codebook.load(), "", known=knowledge.load(), actors_file="")
    with Store.open(path, create=True) as store:
        for document, told in documents(claims):
            store.add_document(document)
            store.finish_text(document.text.id, run, told, None)
        store.settle(run)
        started = time.monotonic()
        pipeline.reduce(store)
        print(f"{time.monotonic() - started:.1f} s to compute the events", file=sys.stderr)


def measure(record: Path, *, write: bool) -> dict[str, Any]:
    """Figures of the pages on a record, and, with ``write``, of a decision on it."""
    with tempfile.TemporaryDirectory() as folder:
        cache = str(Path(folder, "index"))
        started = time.monotonic()
        Desk(record, cache=cache).close()
        made = time.monotonic()
        desk = Desk(record, cache=cache)
        opened = time.monotonic()
        made_app = app.make(desk)
        items = {name: ask(made_app, f"/api/v1/{name}s").json()["items"][0]["id"] for name in ("event", "document")}
        pages = {name: _page(made_app, path.format(**items)) for name, path in PAGES.items()}
        style = sum(_page(made_app, f"/static/{name}")[1] for name in ("app.css", "app.js"))
        counts = ask(made_app, "/api/v1/").json()["counts"]
        decision = _decision(made_app) if write else None
        desk.close()
    return {
        "counts": counts,
        "index_seconds": round(made - started, 1),
        "open_seconds": round(opened - made, 1),
        "pages": pages,
        "decision_seconds": decision,
        "first_view_kb": round(pages["events"][1] + style, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _page(made_app: ASGIApp, path: str) -> tuple[float, float]:
    """Median seconds of a page, and its kilobytes as sent."""
    took, size = [], 0
    for _ in range(OPENINGS):
        started = time.monotonic()
        answer = ask(made_app, path, headers={"accept-encoding": "gzip"})
        took.append(time.monotonic() - started)
        size = len(answer.raw)
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {answer.text[:200]}")
    return round(statistics.median(took), 3), round(size / 1024, 1)


def _decision(made_app: ASGIApp) -> float:
    """Seconds of a decision on the first claim of the queue, with the queue after it."""
    claim = ask(made_app, "/api/v1/review").json()["items"][0]["id"]
    started = time.monotonic()
    answer = post(made_app, "/api/v1/judgements", {"claim": claim, "decision": "accept", "by": "A. Reader"})
    ask(made_app, "/review")
    if answer.status != 200:
        raise SystemExit(answer.text)
    return round(time.monotonic() - started, 3)


def main() -> int:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--claims", type=int, default=50_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = given.keep or Path(folder, "large.db")
        if not record.exists():
            fill(record, given.claims)
        found = measure(record, write=not given.keep)
    if given.json:
        print(json.dumps(found))
        return 0
    print(", ".join(f"{count} {name}" for name, count in found["counts"].items()))
    print(f"{found['index_seconds']} s to make the index, {found['open_seconds']} s to open it again")
    for name, (seconds, size) in found["pages"].items():
        print(f"{name:24} {seconds:7.3f} s {size:7.1f} kB")
    if found["decision_seconds"] is not None:
        print(f"{found['decision_seconds']} s from a decision to the queue after it")
    print(f"first view with style and script {found['first_view_kb']} kB; {found['peak_mb']} MB of memory")
    return 0


if __name__ == "__main__":
    sys.exit(main())
