"""A child process that runs one function on one argument at a time and can be killed.

Made for input that can hang, crash or eat the memory of whatever reads it (LIBRARIES.md: no HTML extractor is safe
in-process; one text that kills its worker breaks every engine). Knows nothing of documents, texts or claims: a task
is any function that pickles by name, its argument and result any values that pickle.

The child is a fresh interpreter spoken to over two pipes, not a :mod:`multiprocessing` one: nothing is forked (safe
with threads), the caller's ``__main__`` is not run a second time in it (which costs the whole command line's imports,
and breaks scripts without a ``__name__`` guard), and no helper process stays behind. Three clocks end it: the parent's
timer; its own alarm, should the parent be killed meanwhile; and end of file on its input when the parent is gone.
"""

import contextlib
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from types import TracebackType
from typing import IO, Any, Generic, Self, TypeVar

if sys.platform != "win32":
    import resource

A = TypeVar("A")
B = TypeVar("B")

# Seconds a child may take to start and import its task. An import takes 0.3 s here; a loaded machine has taken 10.
_BOOT_SECONDS = 60.0
# The child's own alarm rings this much after the parent's timer, so that the parent's word is the one that counts.
_GRACE_SECONDS = 1.0
# Libraries of matrices start a thread for each core in each child, unless told otherwise: two children on two cores
# then took 2.8 times as long. One thread also adds up in one order, whatever the machine.
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
# The head of a frame: the length of the pickle that follows.
_HEAD = struct.Struct("<Q")


class NoResult(Exception):  # noqa: N818  # its subclasses, one of which is an Error, say what happened
    """Why a call gave no result, in one line. Its three subclasses say whose fault it was."""


class SandboxTimeout(NoResult):
    """The task took longer than its seconds and was killed."""


class SandboxDied(NoResult):
    """The child is gone: killed by a signal, out of memory, or it exited."""


class SandboxError(NoResult):
    """The task raised, or could not be loaded, or its argument or result does not pickle. The child lives on."""


class Sandbox(Generic[A, B]):
    """Runs ``task`` on one argument at a time in a child process; a context manager.

    The child is started at the first call, used again, replaced after ``recycle`` calls (so that what leaks stays
    small) and after its death. ``seconds`` is wall-clock time for one call, the child's start not counted; ``memory``
    is bytes of address space (RLIMIT_AS; not enforced where the system has none). What the task prints is discarded.
    Libraries of matrices use one thread in it, where the environment says no other number. One call at a time:
    threads need a sandbox each.
    """

    def __init__(
        self, task: Callable[[A], B], *, seconds: float, memory: int | None = None, recycle: int = 1000
    ) -> None:
        if seconds <= 0 or recycle < 1:
            raise ValueError("a sandbox needs seconds > 0 and recycle >= 1")
        self._task = pickle.dumps(task)
        self._seconds = seconds
        self._memory = memory
        self._recycle = recycle
        self._calls = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._finalizer: weakref.finalize[Any, Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def call(self, argument: A) -> B:
        """The task's result on ``argument``.

        Raises SandboxTimeout, SandboxDied or SandboxError; after any of them the next call works. Anything else that
        comes up meanwhile (Ctrl-C) kills the child first and is raised as it is.
        """
        try:
            frame = pickle.dumps(argument, pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            raise SandboxError(f"the argument cannot be sent: {_one_line(error)}") from None
        if self._child is not None and (self._calls >= self._recycle or self._child.poll() is not None):
            self.close()
        if self._child is None:
            self._start()
        self._calls += 1
        outcome, value = self._exchange(frame, self._seconds)
        if outcome == "memory":
            self.close()
            limit = f" (limit {self._memory // 2**20} MiB)" if self._memory else ""
            raise SandboxDied(f"out of memory{limit}")
        if outcome == "raised":
            raise SandboxError(value)
        return value  # type: ignore[no-any-return]  # the pipe carries any value; the task's type says which

    def close(self) -> None:
        """End the child, if there is one; the sandbox can be used again."""
        if self._finalizer is not None:
            self._finalizer()
        self._child = self._finalizer = None

    def _start(self) -> None:
        """Start a child and wait until it has its task."""
        # The child looks for modules where the parent does, whatever changed its path since it started
        boot = f"import sys; sys.path[:] = {sys.path!r}; from dragoman.sandbox import serve; serve()"
        self._child = subprocess.Popen(
            [sys.executable, "-c", boot],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**_ONE_THREAD, **os.environ},
            start_new_session=True,  # Ctrl-C in a terminal is the parent's to handle; and one group to kill
        )
        self._finalizer = weakref.finalize(self, _end, self._child)
        self._calls = 0
        settings = pickle.dumps((self._task, self._seconds, self._memory))
        outcome, value = self._exchange(settings, _BOOT_SECONDS)
        if outcome != "ready":
            self.close()
            raise SandboxError(f"the task cannot be loaded: {value}")

    def _exchange(self, frame: bytes, seconds: float) -> tuple[str, Any]:
        """Send a frame and wait for the answer; a timer kills the child when the time is up, which ends the wait."""
        child = self._child
        assert child is not None
        late = threading.Event()
        try:
            answer = _within(seconds, late, child, frame)
        except BaseException:
            self.close()
            raise
        if answer is None and not late.is_set():  # it is on its way out: wait, so that its status tells how it ended
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(_GRACE_SECONDS)
        if answer is None or late.is_set():
            self.close()
        if answer is not None:
            outcome, value = pickle.loads(answer)
            return outcome, value
        if late.is_set():
            raise SandboxTimeout(f"took longer than {seconds:g} s")
        raise SandboxDied(_manner(child.returncode))


def serve() -> None:
    """The child's side: load the task, then answer every argument, until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the task prints must not get between the answers
    arguments = sys.stdin.buffer
    settings = _read(arguments)
    if settings is None:
        return
    pickled, seconds, memory = pickle.loads(settings)
    try:
        task = pickle.loads(pickled)
        _limit(memory)
    except Exception as error:
        _write(answers, pickle.dumps(("raised", _one_line(error))))
        return
    _write(answers, pickle.dumps(("ready", None)))
    with contextlib.suppress(BrokenPipeError):  # nobody waits for the answer any more
        try:
            while (argument := _read(arguments)) is not None:
                _alarm(seconds + _GRACE_SECONDS)
                answer = _answer(task, argument)
                _alarm(0)
                _write(answers, answer)
        except MemoryError:  # in reading the argument: the rest of it is still in the pipe, so this child is done
            _write(answers, pickle.dumps(("memory", None)))


def _within(seconds: float, late: threading.Event, child: subprocess.Popen[bytes], frame: bytes) -> bytes | None:
    """The answer to a frame, None if the child ends first; it is killed, and ``late`` set, when the time is up."""

    def ring() -> None:
        late.set()
        _kill(child)

    assert child.stdin is not None
    assert child.stdout is not None
    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        with contextlib.suppress(OSError):  # a broken pipe: it ended before it had read all, maybe with a last word
            _write(child.stdin, frame)
        return _read(child.stdout)
    finally:
        timer.cancel()
        timer.join()


def _answer(task: Callable[[Any], Any], argument: bytes) -> bytes:
    """The pickled outcome of one call: (done, result), (raised, why) or (memory, nothing)."""
    try:
        return pickle.dumps(("done", task(pickle.loads(argument))), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(("memory", None))
    except Exception as error:
        return pickle.dumps(("raised", _one_line(error)))


def _limit(memory: int | None) -> None:
    """Cap the address space of this process, where the system can; no core files of crashes we expect."""
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory is not None:
        with contextlib.suppress(OSError, ValueError):  # macOS refuses most values
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _alarm(seconds: float) -> None:
    """Have the system kill this process after so many seconds, also in C code; 0 calls it off."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _write(stream: IO[bytes], payload: bytes) -> None:
    stream.write(_HEAD.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes | None:
    """The payload of the next frame, None where the stream ends before it is whole."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    (length,) = _HEAD.unpack(head)
    payload = stream.read(length)
    return payload if len(payload) == length else None


def _kill(child: subprocess.Popen[bytes]) -> None:
    """SIGKILL the child and whatever it started (its process group); no error if it is gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            child.kill()
        elif child.returncode is None:  # not reaped, so the id is still its own
            os.killpg(child.pid, signal.SIGKILL)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the child, wait for it (no zombies) and close its pipes."""
    _kill(child)
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


def _manner(status: int | None) -> str:
    """How a child ended, from its return code."""
    if status is None or status >= 0:
        return f"exited with status {status}"
    try:
        return f"killed by signal {-status} ({signal.Signals(-status).name})"
    except ValueError:
        return f"killed by signal {-status}"


def _one_line(error: BaseException) -> str:
    """The exception's type and message as one line."""
    message = " ".join(str(error).split())
    return f"{type(error).__name__}: {message}" if message else type(error).__name__
