"""What one process measures of the English reader in it, as one JSON object; run by evals/reader_speed.py.

python -m evals.reader_timing [--items 600]
"""

import argparse
import json
import resource
import sys
import time
from importlib import resources
from pathlib import Path

from dragoman.language import english, network
from dragoman.types import Text

NEWS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "news2023" / "world_2023.jsonl"
ARTICLE = 10  # items
RUNS = 3


def texts(count: int) -> list[str]:
    """Items of news: title, two newlines, lede; where ../shared is absent, the demo coverage again and again."""
    if NEWS.is_file():
        with NEWS.open(encoding="utf-8") as lines:
            rows = [json.loads(line) for _, line in zip(range(count), lines, strict=False)]
        return [f"{row['title']}\n\n{row['lede']}" for row in rows]
    folder = resources.files("dragoman").joinpath("data", "demo")
    own = [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir(), key=lambda path: path.name)]
    return [own[at % len(own)] for at in range(count)]


def speed(chosen: list[str]) -> float:
    """Words a second, the median of RUNS."""
    speeds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        words = sum(len(english.analyse(Text("", text)).tokens) for text in chosen)
        speeds.append(words / (time.perf_counter() - began))
    return sorted(speeds)[RUNS // 2]


def measure(count: int) -> dict[str, float]:
    """Words a second in items read one by one, and joined to articles; pieces a word; peak memory."""
    given = texts(count)
    articles = ["\n\n".join(given[at : at + ARTICLE]) for at in range(0, len(given), ARTICLE)]
    measured = {"items_words_s": speed(given), "articles_words_s": speed(articles)}
    measured["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    model = network.load()
    sizes = [model.pieces(token.form) for text in given for token in english.analyse(Text("", text)).tokens]
    return measured | {"pieces_a_word": sum(sizes) / len(sizes)}


def main() -> int:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--items", type=int, default=600)
    print(json.dumps(measure(arguments.parse_args().items)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
