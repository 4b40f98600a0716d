"""Speed and memory of the whole way from items to a record, on news nobody chose for it.

``python -m evals.speed [--items N] [--workers N] [--json]`` codes N items spread evenly over ../shared/data/news2023
into a record that is thrown away, then runs again with nothing to do, and prints items and words per second, the peak
memory of this process and of its children, and the size of the record. Says so where ../shared is absent.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from dragoman import pipeline
from dragoman.store import Store

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


def _megabytes(who: int) -> int:
    peak = resource.getrusage(who).ru_maxrss  # kilobytes, on macOS bytes
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10))


def main() -> int:
    """Measure and print; 0 also where there is nothing to measure on."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--items", type=int, default=500)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if not NEWS.exists():
        print("speed: not measured, ../shared/data/news2023 is absent")
        return 0
    figures = measure(sample(NEWS, given.items), given.workers)
    if given.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:24} {value:>10}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
