"""Speed and memory of the whole way from items to a record, on news nobody chose for it.

``python -m evals.speed [--items N] [--workers N] [--json]`` codes N items spread evenly over ../shared/data/news2023
into a record that is thrown away, then runs again with nothing to do, and prints items and words per second, the peak
memory of this process and of its children, and the size of the record. ``--share`` instead reads the items, then codes
them, in this process and without a record, and prints the seconds of the processor for both: ``share`` is how fast all
that is done with a text is beside reading it alone. Says so where ../shared is absent.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dragoman import ingest, pipeline
from dragoman.coding import CodingTask
from dragoman.language.english import analyse
from dragoman.map_half import code_text
from dragoman.store import Store
from dragoman.types import Document

NEWS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "news2023" / "world_2023.jsonl"


def sample(news: Path, n: int) -> list[str]:
    """``n`` lines at even distances, so that every month and outlet has its share."""
    lines = news.read_text(encoding="utf-8").splitlines()
    step = max(1, len(lines) // n)
    return lines[::step][:n]


def measure(lines: list[str], workers: int) -> dict[str, float]:
    """Figures of coding these items."""
    words = sum(len(f"{item.get('title', '')} {item.get('lede', '')}".split()) for item in map(json.loads, lines))
    with tempfile.TemporaryDirectory(prefix="dragoman-speed-") as folder:
        source, path = Path(folder, "news.jsonl"), Path(folder, "r.db")
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        with Store.open(path, create=True) as store:
            started = time.monotonic()
            outcome = pipeline.code([source], store, workers=workers)
            coded = time.monotonic()
            pipeline.code([source], store, workers=workers)
            again = time.monotonic()
            pipeline.bring_up(store, anew=True)
            reduced = time.monotonic()
        size = path.stat().st_size
    seconds = coded - started
    return {
        "items": len(lines),
        "words": words,
        "texts": outcome.texts_coded,
        "claims": outcome.claims_new,
        "events": outcome.events,
        "failures": len(outcome.failures),
        "seconds": round(seconds, 2),
        "items_per_second": round(len(lines) / seconds, 1),
        "words_per_second": round(words / seconds),
        "seconds_nothing_to_do": round(again - coded, 2),
        "seconds_reduce": round(reduced - again, 2),
        "peak_mb": _megabytes(resource.RUSAGE_SELF),
        "peak_child_mb": _megabytes(resource.RUSAGE_CHILDREN),
        "record_kb_per_item": round(size / 1024 / len(lines), 1),
    }


def share(lines: list[str]) -> dict[str, float]:
    """Seconds of reading these items and of coding them, warm, the smaller of two rounds each."""
    with tempfile.TemporaryDirectory(prefix="dragoman-speed-") as folder:
        source = Path(folder, "news.jsonl")
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        found = [one for one in ingest.read([source]) if isinstance(one, Document) and one.report.language == "en"]
    tasks = [CodingTask(one.text, (one.report,)) for one in found]

    def read() -> None:
        for one in found:
            analyse(one.text, one.report.body_at)

    def code() -> None:
        for task in tasks:
            code_text(task)

    code()
    seconds = {name: min(_seconds(work) for _ in range(2)) for name, work in (("read", read), ("code", code))}
    return {"items": len(found), **seconds, "share": round(seconds["read"] / seconds["code"], 3)}


def _seconds(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return round(time.process_time() - began, 2)


def _megabytes(who: int) -> int:
    peak = resource.getrusage(who).ru_maxrss  # kilobytes, on macOS bytes
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10))


def main() -> int:
    """Measure and print; 0 also where there is nothing to measure on."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--items", type=int, default=500)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--share", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if not NEWS.exists():
        print("speed: not measured, ../shared/data/news2023 is absent")
        return 0
    lines = sample(NEWS, given.items)
    figures = share(lines) if given.share else measure(lines, given.workers)
    if given.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:24} {value:>10}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
