"""Makes the pictures of the workbench in docs/screenshots from the demo coverage, and checks each page with axe-core.

``python -m scripts.screenshots [--record FILE] [--browser /usr/bin/chromium] [--axe axe.min.js] [--all] [--width N]``:
codes the demo (or opens a record), serves it, and opens every view in a headless browser. Needs the extra ``web``, the
package ``playwright`` and a Chromium of the system; ``axe.min.js`` is a file of the npm package ``axe-core``. With
``--all`` every page is also opened narrow and dark, in all widths or in one, for axe-core and for text that runs over
the edge. Exit code 1 where axe-core finds a violation or a page is wider than its window.
"""

import argparse
import contextlib
import functools
import importlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.serving import served

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"
# Name -> page; an id in braces is taken from the record's API.
PAGES = {
    "events": "/events",
    "search": "/events?q=denucleariz",
    "event": "/events/{disputed}",
    "claims": "/claims",
    "claim": "/claims/{claim}",
    "documents": "/documents",
    "document": "/documents/{document}",
    "positions": "/positions",
    "position": "/positions/{position}",
    "actors": "/actors",
    "actor": "/actors/kim_jong_un",
    "timeline": "/timeline",
    "map": "/map",
    "journeys": "/map?actor=kim_jong_un",
    "closer": "/timeline?since=2018-05&until=2018-05",
    "processes": "/processes",
    "process": "/processes/{process}",
    "changes": "/changes?since=2018-05-24",
    "review": "/review",
    "pairs": "/review/pairs",
    "merge": "/review/merge?left={disputed}&right={disputed}",
    "decisions": "/review/decisions",
    "differences": "/review/differences",
    "samples": "/review/samples",
    "sample": "{sample}",
    "second": "/second",
    "export": "/export",
    "api": "/api",
}
# The pictures that are kept: page, width, height, colours.
KEPT = {
    "events": ("events", 1360, 850, "light"),
    "event": ("event", 1360, 1000, "light"),
    "document": ("document", 1360, 850, "light"),
    "positions": ("positions", 1360, 850, "light"),
    "actor": ("actor", 1360, 850, "light"),
    "timeline": ("timeline", 1360, 760, "light"),
    "map": ("map", 1360, 850, "light"),
    "process": ("process", 1360, 760, "light"),
    "changes": ("changes", 1360, 850, "light"),
    "review": ("review", 1360, 850, "light"),
    "pairs": ("pairs", 1360, 700, "light"),
    "differences": ("differences", 1360, 850, "light"),
    "sample": ("sample", 1360, 850, "light"),
    "event-dark": ("event", 1360, 850, "dark"),
    "events-phone": ("events", 380, 780, "light"),
}
# What a page is checked at: from a small phone to 4K.
SIZES = ((380, 780), (1360, 850), (3840, 2160))


@contextlib.contextmanager
def opened(record: Path | None) -> Iterator[str]:
    """The address of a workbench on the record, or on a new one of the demo."""
    with tempfile.TemporaryDirectory() as folder:
        if record is None:
            record = Path(folder, "demo.db")
            demo = ROOT / "src" / "dragoman" / "data" / "demo"
            subprocess.run([sys.executable, "-m", "dragoman", "code", demo, "--record", record], check=True)
        with served(record, Path(folder)) as base:
            yield base


def addresses(page: Any, base: str) -> dict[str, str]:
    """Every page's path with its ids filled in."""

    def first(path: str) -> str:
        return str(page.request.get(f"{base}/api/v1/{path}").json()["items"][0]["id"])

    ids = {
        "disputed": first("events?sort=disputes"),
        "claim": first("claims?kind=statement"),
        "document": first("documents?since=2018-05-24"),
        "position": first("positions"),
        "process": first("processes"),
        "sample": sampled(page, base),
    }
    return {name: path.format(**ids) for name, path in PAGES.items()}


def sampled(page: Any, base: str) -> str:
    """The path of the first random sample, that of all of them where none was drawn."""
    page.goto(f"{base}/review/samples")
    link = page.locator(".sample a[data-open]").first
    return str(link.get_attribute("href")) if link.count() else "/review/samples"


def staged(browser: Any, base: str) -> None:
    """Words of two coders and a sample, so that there is something to see; only in a record made for the pictures.

    Then the pictures of what needs a browser's own state: words selected in a document, and a page of blind coding.
    """
    page = browser.new_page(viewport={"width": 1360, "height": 1000}, reduced_motion="reduce")
    listed = page.request.get(f"{base}/api/v1/documents?since=2018-05-24").json()["items"]
    document = listed[0]["id"]
    claims = [one["id"] for one in page.request.get(f"{base}/api/v1/documents/{document}").json()["claims"]][:4]
    for number, claim in enumerate(claims):
        for by, decision in (("A. Reader", "accept"), ("B. Coder", "reject" if number < 2 else "accept")):
            word = {"claim": claim, "decision": decision, "by": by, "why": "read in full", "blind": by == "B. Coder"}
            page.request.post(f"{base}/api/v1/judgements", data=word)
    page.goto(f"{base}/review/samples")
    page.fill("input[name=size]", "20")
    page.select_option("select[name=per]", "band")
    page.click("button:text-is('Draw')")
    page.wait_for_load_state()
    drawn = page.locator("[data-review] .task").evaluate_all("all => all.map((one) => one.dataset.claim)")
    for number, claim in enumerate(drawn[:9]):
        word = {"claim": claim, "decision": "reject" if number % 4 == 3 else "accept", "by": "A. Reader"}
        page.request.post(f"{base}/api/v1/judgements", data=word)
    page.goto(f"{base}/documents/{document}")
    page.keyboard.press("w")
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_timeout(800)  # until it has scrolled
    page.screenshot(path=TARGET / "own.png")
    page.goto(f"{base}/second")
    page.fill(".card input[name=by]", "B. Coder")
    page.click("text=Begin blind coding")
    page.wait_for_load_state()
    page.goto(f"{base}/second/{document}")
    page.screenshot(path=TARGET / "blind.png")
    page.close()
    for name in ("own", "blind"):
        _small(TARGET / f"{name}.png")


def violations(page: Any, axe: str) -> list[str]:
    """What axe-core finds, of WCAG and of good practice, by how bad it is."""
    page.evaluate(axe)
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{one['impact']}: {one['id']}: {one['nodes'][0]['html'][:160]} ({len(one['nodes'])} places)" for one in found
    ]


def checked(browser: Any, base: str, axe: str, only: int | None) -> list[str]:
    """Problems of all pages in all sizes or in one width, light and dark."""
    problems: list[str] = []
    for width, height in (size for size in SIZES if only in (None, size[0])):
        for colours in ("light", "dark"):
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=colours, bypass_csp=True)
            page.on("pageerror", functools.partial(_noted, problems))
            for name, path in addresses(page, base).items():
                page.goto(base + path)
                where = f"{name} at {width} {colours}"
                problems += [f"{where}: {line}" for line in violations(page, axe)]
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    problems.append(f"{where}: wider than the window")
            page.close()
    return problems


def _noted(problems: list[str], error: Any) -> None:
    problems.append(f"script: {error}")


def pictures(browser: Any, base: str) -> None:
    """The pictures that are kept."""
    for name, (view, width, height, colours) in KEPT.items():
        page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme=colours, reduced_motion="reduce"
        )
        page.goto(base + addresses(page, base)[view], wait_until="networkidle")
        page.screenshot(path=TARGET / f"{name}.png")
        page.close()
        _small(TARGET / f"{name}.png")


def _small(png: Path) -> None:
    """The picture with 200 colours, where Pillow is there to make it so; fewer lose rare ones, those of a dispute."""
    with contextlib.suppress(ImportError):
        image = importlib.import_module("PIL.Image")
        with image.open(png) as opened:
            small = opened.convert("RGB").quantize(200, kmeans=1, dither=0)
        small.save(png, optimize=True)


def main() -> int:
    """Pictures, then checks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", type=Path)
    parser.add_argument("--browser", default="/usr/bin/chromium")
    parser.add_argument("--axe", type=Path)
    parser.add_argument("--all", action="store_true", help="check every page in every width")
    parser.add_argument("--width", type=int, choices=[width for width, _ in SIZES], help="check in this width alone")
    given = parser.parse_args()
    playwright = importlib.import_module("playwright.sync_api")
    problems: list[str] = []
    with opened(given.record) as base, playwright.sync_playwright() as driver:
        TARGET.mkdir(parents=True, exist_ok=True)
        browser = driver.chromium.launch(executable_path=given.browser, args=["--no-sandbox"])
        if given.record is None:
            staged(browser, base)
        pictures(browser, base)
        if given.axe and given.all:
            problems = checked(browser, base, given.axe.read_text(encoding="utf-8"), given.width)
        browser.close()
    size = sum(path.stat().st_size for path in TARGET.glob("*.png"))
    print(f"{len(KEPT)} pictures, {size // 1024} kB; {len(problems)} problems", *sorted(set(problems)), sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
