"""How soon a page of the workbench can be used in a browser that has never seen it.

``python -m evals.workbench_first RECORD [--browser /usr/bin/chromium] [--times N] [--json]`` serves the record, opens
its main views N times (default 10), each in a browser without a cache: median and 95th percentile of the seconds until
the page's script has run and it can be used, and kilobytes that came over the wire with style and script. A record of
50,000 claims is made by ``python -m evals.workbench_speed --keep RECORD``. Needs the extra ``web``, the package
``playwright`` and a Chromium of the system.
"""

import argparse
import importlib
import importlib.util
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from evals.serving import served

VIEWS = {
    "first page": "/",
    "one event": "/events/{event}",
    "timeline": "/timeline",
    "map": "/map",
    "positions": "/positions",
    "actors": "/actors",
    "documents": "/documents",
    "review": "/review",
}
# Most kilobytes of a first view, and most seconds until it can be used
MOST_KB, MOST_SECONDS = 200, 1.0
_TIMES = """() => {
    const page = performance.getEntriesByType('navigation')[0]
    const rest = performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, 0)
    return [page.domContentLoadedEventEnd / 1000, (page.transferSize + rest) / 1024]
}"""


def measured(browser: Any, address: str, times: int) -> tuple[float, float, float]:
    """Median and 95th percentile of the seconds until a page can be used, and its kilobytes."""
    found = []
    for _ in range(times):
        context = browser.new_context()  # without a cache
        page = context.new_page()
        page.goto(address, wait_until="load")
        found.append(page.evaluate(_TIMES))
        context.close()
    seconds = [one[0] for one in found]
    worst = statistics.quantiles(seconds, n=20, method="inclusive")[-1]
    return round(statistics.median(seconds), 3), round(worst, 3), round(max(one[1] for one in found), 1)


def main() -> int:
    """Serve, open, print; 1 where a view is too slow or too heavy."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("record", type=Path)
    parser.add_argument("--browser", default="/usr/bin/chromium")
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if importlib.util.find_spec("playwright") is None:
        sys.stderr.write("the package playwright is not installed: nothing is measured (pip install playwright)\n")
        return 2
    playwright = importlib.import_module("playwright.sync_api")
    with (
        tempfile.TemporaryDirectory() as cache,
        served(given.record, Path(cache)) as base,
        playwright.sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=given.browser, args=["--no-sandbox"])
        asked = browser.new_page()
        event = asked.request.get(f"{base}/api/v1/events?sort=disputes").json()["items"][0]["id"]
        found = {name: measured(browser, base + path.format(event=event), given.times) for name, path in VIEWS.items()}
        browser.close()
    if given.json:
        print(json.dumps(found))
    else:
        print(f"{'view':12}  median     p95   as sent")
        for name, (median, worst, size) in found.items():
            print(f"{name:12} {median:7.3f} {worst:7.3f} s {size:7.1f} kB")
        print(f"{os.cpu_count()} processors; {os.getloadavg()[0]:.1f} processes waiting for them on average")
    return int(any(worst > MOST_SECONDS or size > MOST_KB for _, worst, size in found.values()))


if __name__ == "__main__":
    sys.exit(main())
