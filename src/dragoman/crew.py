"""A crew of killable children that code texts, and hand back results in the order of the tasks.

Each of ``workers`` threads owns a :class:`dragoman.sandbox.Sandbox`; who asks sees one stream, the same for any number
of workers. Knows tasks and results, no store.
"""

import queue
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeAlias

from dragoman.coding import Coder, CodingResult, CodingTask
from dragoman.sandbox import NoResult, Sandbox

# A text's own time. A page of news takes some 0.1 s; 60 s is for long documents on a loaded machine (the contract).
SECONDS = 60.0
# Address space of a child, 4 GiB: ten times what the tables and a text of 5 MB need, and less than most machines have.
MEMORY = 4 * 2**30
# Tasks waiting per worker: enough that a slow text at the head of the line does not leave the others idle.
_AHEAD = 4

Outcome: TypeAlias = CodingResult | NoResult


def coded(
    tasks: Iterable[CodingTask], coder: Coder, *, workers: int = 1, seconds: float = SECONDS
) -> Generator[tuple[CodingTask, Outcome], None, None]:
    """Every task with its result, or with why there is none, in the order of the tasks.

    ``tasks`` is drawn from as results are taken, in the caller's thread. Closing the iterator kills the children.
    """
    boxes = [Sandbox(coder, seconds=seconds, memory=MEMORY) for _ in range(workers)]
    free: queue.SimpleQueue[Sandbox[CodingTask, CodingResult]] = queue.SimpleQueue()
    for box in boxes:
        free.put(box)
    stopping = threading.Event()

    def attempt(task: CodingTask) -> Outcome:
        box = free.get()
        try:
            return NoResult("stopped") if stopping.is_set() else box.call(task)
        except NoResult as why:
            return why
        finally:
            free.put(box)

    pool = ThreadPoolExecutor(workers, thread_name_prefix="dragoman")
    try:
        yield from _in_order(tasks, pool, attempt, workers * _AHEAD)
    finally:
        stopping.set()
        pool.shutdown(wait=False, cancel_futures=True)
        for box in boxes:
            box.close()
        pool.shutdown(wait=True)


def _in_order(
    tasks: Iterable[CodingTask], pool: ThreadPoolExecutor, attempt: Callable[[CodingTask], Outcome], ahead: int
) -> Iterator[tuple[CodingTask, Outcome]]:
    waiting: deque[tuple[CodingTask, Future[Outcome]]] = deque()
    for task in tasks:
        waiting.append((task, pool.submit(attempt, task)))
        if len(waiting) > ahead:
            first, future = waiting.popleft()
            yield first, future.result()
    for task, future in waiting:
        yield task, future.result()
