"""The crew: results in the order of the tasks for any number of workers, and no child left behind."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import coders
from dragoman import crew
from dragoman.coding import CodingResult, CodingTask
from given import report, text


def tasks(*contents: str) -> Iterator[CodingTask]:
    """A task for each of these texts."""
    for content in contents:
        of = text(content)
        yield CodingTask(of, (report(of),))


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_the_order_of_the_tasks(workers: int) -> None:
    """A slow text does not change places with the quick ones after it."""
    contents = ["They met. WAIT", *(f"They met {i} times." for i in range(20))]
    found = list(crew.coded(tasks(*contents), coders.slow, workers=workers))

    assert contents == [task.text.content for task, _ in found]
    assert [text(content).id for content in contents] == [
        result.text for _, result in found if isinstance(result, CodingResult)
    ]


def test_what_gives_no_result_is_told_and_the_next_is_coded() -> None:
    """A child that dies is replaced; its text comes back with the reason."""
    found = [result for _, result in crew.coded(tasks("KILL", "They met."), coders.hostile)]

    assert "killed by signal 9 (SIGKILL)" == str(found[0])
    assert isinstance(found[1], CodingResult)


def test_tasks_are_drawn_as_results_are_taken() -> None:
    """However many texts there are, only a few are in memory at a time."""
    drawn = []

    def counted() -> Iterator[CodingTask]:
        for task in tasks(*(f"They met {i} times." for i in range(100))):
            drawn.append(task)
            yield task

    results = crew.coded(counted(), coders.quick, workers=2)
    next(results)
    results.close()

    assert len(drawn) < 12


def test_closing_ends_the_children(tmp_path: Path) -> None:
    """Who stops taking results waits for nobody: a child in the middle of a text is killed."""
    note = tmp_path / "pid"
    results = crew.coded(tasks("They met.", f"PID {note}", *(f"{i}" for i in range(20))), coders.slow)
    next(results)
    while not note.exists() or not note.read_text():
        time.sleep(0.01)
    started = time.monotonic()
    results.close()

    assert time.monotonic() - started < 5
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)
