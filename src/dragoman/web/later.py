"""Words of people on a large record: kept at once, computed with in a process of its own when the person pauses.

Computing 50,000 claims takes minutes (``python -m evals.workbench_speed``); nobody waits for that after each word. What
is kept is safe on disk; whoever opens the record next computes what is still to do (:func:`dragoman.pipeline.read`).
Run as a program, ``python -m dragoman.web.later RECORD``, it computes once.
"""

import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from dragoman import pipeline
from dragoman.knowledge import Knowledge
from dragoman.reconcile import judgements
from dragoman.storage.parts import Wanted
from dragoman.store import Store, StoreError
from dragoman.types import Judgement, Link

# Seconds without a further word after which computing begins.
PAUSE = 20.0


def keep(store: Store, words: Sequence[Link | Judgement], actors: Knowledge) -> None:
    """Keep words, all or none; raises :class:`StoreError` for one that could not be computed with."""
    judged = [word for word in words if isinstance(word, Judgement)]
    part = store.part(Wanted(claims=[word.claim for word in judged]))
    try:
        judgements.apply(part.claims, judged, {text.id: text for text in part.texts}, actors)
    except ValueError as problem:
        raise StoreError(f"{store.path}: {' '.join(str(problem).split())}") from problem
    store.add_words(words)


class Later:
    """Computes a record again in another process, once nobody has decided anything for a while."""

    def __init__(self, path: Path, pause: float = PAUSE) -> None:
        self._path, self._pause = path, pause
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def touch(self, pause: float | None = None) -> None:
        """Somebody decided something: what is being computed is out of date, begin after the next pause."""
        with self._lock:
            self._stop()
            self._timer = threading.Timer(self._pause if pause is None else pause, self._begin)
            self._timer.daemon = True
            self._timer.start()

    def _begin(self) -> None:
        with self._lock:
            if self._timer is not threading.current_thread():  # stopped while it waited for its turn
                return
            command = [sys.executable, "-m", "dragoman.web.later", str(self._path)]
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def _stop(self) -> None:
        if self._timer:
            self._timer.cancel()
        if self._process:
            self._process.terminate()  # what it writes, it writes in one transaction
            self._process.wait()
        self._timer = self._process = None

    def close(self) -> None:
        """Stop; what is not computed yet is when the record is opened next."""
        with self._lock:
            self._stop()


def main() -> int:
    """Compute the record once."""
    with Store.open(sys.argv[1]) as store:
        pipeline.read(store)
    return 0


if __name__ == "__main__":
    sys.exit(main())
