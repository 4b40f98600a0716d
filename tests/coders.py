"""Map halves for tests: quick, light to load in a child, and some that misbehave on certain words."""

import dataclasses
import os
import re
import signal
import time
from pathlib import Path

from dragoman.coding import CodingResult, CodingTask
from dragoman.types import Failure
from given import claim


def quick(task: CodingTask) -> CodingResult:
    """One claim for each sentence that has the word "met", dated by nothing; the lead report shows in its origin."""
    found = re.finditer(r"[^.\n]*\bmet\b[^.\n]*", task.text.content)
    origin = f"quick@1 {task.reports[0].published}"
    return CodingResult(task.text.id, tuple(claim(task.text, *match.span(), origin=origin) for match in found))


def hostile(task: CodingTask) -> CodingResult:
    """As :func:`quick`, but KILL kills the child, SLEEP never ends and BREAK raises."""
    if "KILL" in task.text.content:
        os.kill(os.getpid(), signal.SIGKILL)
    if "SLEEP" in task.text.content:
        time.sleep(60)
    if "BREAK" in task.text.content:
        raise ValueError("two\nlines")
    return quick(task)


def faulty(task: CodingTask) -> CodingResult:
    """As :func:`quick`, with a failure to tell of."""
    return dataclasses.replace(quick(task), failures=(Failure("a.jsonl", "an extractor broke a rule", stage="code"),))


def slow(task: CodingTask) -> CodingResult:
    """As :func:`quick`; WAIT takes a moment, "PID file" writes the child's id there and never ends."""
    if "WAIT" in task.text.content:
        time.sleep(0.2)
    if task.text.content.startswith("PID "):
        Path(task.text.content[4:]).write_text(str(os.getpid()))
        time.sleep(60)
    return quick(task)
