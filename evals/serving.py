"""A workbench served by a process of its own, for measurements, pictures and tests in a browser."""

import contextlib
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def served(record: Path, cache: Path) -> Iterator[str]:
    """The address of a workbench on the record, its index kept in the folder ``cache``; ends it afterwards.

    Raises SystemExit where it does not start.
    """
    with running(record, cache) as (base, _):
        yield base


@contextlib.contextmanager
def running(record: Path, cache: Path) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The same, with the process that serves."""
    command = [sys.executable, "-m", "dragoman", "serve", "--record", str(record), "--port", "0", "--by", "A. Reader"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stderr
            found = next((f for f in (re.search(r"http://\S+/", line) for line in server.stderr) if f), None)
            if found is None:
                raise SystemExit("the workbench did not start")
            threading.Thread(target=server.stderr.read, daemon=True).start()  # a full pipe would stop the server
            yield found[0].rstrip("/"), server
        finally:
            server.terminate()
