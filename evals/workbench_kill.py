"""Whether a workbench that is killed (-9) in the midst of reviewing loses a word that it acknowledged.

``python -m evals.workbench_kill RECORD`` copies the record, serves the copy, lets two people go through the same
claims at once over HTTP, kills the server after 1, then 4, then 7 words were acknowledged, and looks each time whether
all of them are in the record. Prints how many there were; exit code 1 where one is lost. Needs the extra ``web``.
"""

import argparse
import json
import shutil
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from evals.serving import running

from dragoman.store import Store

# Words that are acknowledged before the server is killed: at once, and in the midst of some more.
KILLS = (1, 4, 7)
# Seconds that anything may take.
_PATIENCE = 120


class Reviewer(threading.Thread):
    """Somebody who goes through the claims until the server is gone; ``kept``: the ids that were acknowledged."""

    def __init__(self, base: str, by: str, claims: list[str], told: threading.Semaphore) -> None:
        super().__init__(daemon=True)
        self.base, self.by, self.claims, self.told = base, by, claims, told
        self.kept: list[str] = []

    def run(self) -> None:
        """Accept and reject in turn."""
        for number, claim in enumerate(self.claims * 4):
            word = {"claim": claim, "decision": ("accept", "reject")[number % 2], "by": self.by}
            try:
                self.kept.append(ask(self.base, "/judgements", word)["decision"])
            except (urllib.error.URLError, OSError, ValueError):
                return
            self.told.release()


def ask(base: str, path: str, word: dict[str, Any] | None = None) -> Any:
    """What the API answers."""
    body = json.dumps(word).encode() if word else None
    request = urllib.request.Request(f"{base}/api/v1{path}", body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
        return json.load(answer)


def killed(record: Path, cache: Path, after: int) -> set[str]:
    """The ids of the words that a server acknowledged until it was killed, ``after`` so many of them or a few more."""
    with running(record, cache) as (base, server):
        claims = [one["id"] for one in ask(base, "/claims?size=20")["items"]]
        told = threading.Semaphore(0)
        reviewers = [Reviewer(base, by, claims, told) for by in ("A. Reader", "B. Reader")]
        for one in reviewers:
            one.start()
        for _ in range(after):
            if not told.acquire(timeout=_PATIENCE):
                raise SystemExit("no word was acknowledged in time")
        server.kill()
        for one in reviewers:
            one.join(_PATIENCE)
    return {key for one in reviewers for key in one.kept}


def main() -> int:
    """Kill, look, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("record", type=Path)
    given = parser.parse_args()
    acknowledged: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        record = Path(shutil.copy(given.record, Path(folder, "killed.db")))
        for after in KILLS:
            acknowledged |= killed(record, Path(folder), after)
            with Store.open(record) as store:
                lost = acknowledged - {one.id for one in store.words_of_people()[0]}
            if lost:
                break
    print(f"{len(acknowledged)} words acknowledged, {len(KILLS)} servers killed, {len(lost)} words lost")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
