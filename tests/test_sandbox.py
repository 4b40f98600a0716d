"""The sandbox: results come back, and nothing a task does to itself is felt outside."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.sandbox import Sandbox, SandboxDied, SandboxError, SandboxTimeout

_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and address-space limits are POSIX")
_MIB = 2**20


def perform(deed: str) -> object:
    """The task under test: does what it is told, good or bad."""
    verb, _, what = deed.partition(":")
    return _DEEDS[verb](what)


def _print(_: str) -> str:
    print("to standard output", flush=True)  # noqa: T201  # what is tested
    os.write(1, b"to its file descriptor")
    return "printed"


def _fail(words: str) -> None:
    raise ValueError(words)


def _recurse(what: str) -> None:
    _recurse(what)


def _leak(_: str) -> None:
    held = []
    while True:
        held.append(bytearray(16 * _MIB))


_DEEDS: dict[str, Callable[[str], object]] = {
    "echo": str,
    "pid": lambda _: os.getpid(),
    "print": _print,
    "raise": _fail,
    "lambda": lambda _: lambda: None,
    "recurse": _recurse,
    "exit": lambda status: sys.exit(int(status)),
    "kill": lambda number: os.kill(os.getpid(), int(number)),
    "threads": os.environ.get,
    "hoard": lambda size: len(bytearray(int(size) * _MIB)),
    "leak": _leak,
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "child": lambda code: subprocess.run([sys.executable, "-c", code], check=True),
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox[str, object]]:
    """One sandbox for all tests: each thereby also tests that the one before did no lasting harm."""
    with Sandbox(perform, seconds=5, memory=512 * _MIB) as box:
        yield box


@pytest.mark.parametrize("words", ["", "Minsk", "Київ 🕊", "x" * 3_000_000])
def test_call_returns_result(sandbox: Sandbox[str, object], words: str) -> None:
    """Values of any size come back as they are."""
    assert words == sandbox.call(f"echo:{words}")


def test_child_is_reused_and_is_not_this_process(sandbox: Sandbox[str, object]) -> None:
    """Two calls run in one child, which is another process than the caller's."""
    first, second = sandbox.call("pid"), sandbox.call("pid")

    assert first == second
    assert first != os.getpid()


@pytest.mark.parametrize(("said", "threads"), [(None, "1"), ("3", "3")])
def test_libraries_of_matrices_use_one_thread(monkeypatch: pytest.MonkeyPatch, said: str | None, threads: str) -> None:
    """Else each child starts one per core, and they wait for each other; who says otherwise is heard."""
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if said:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", said)
    with Sandbox(perform, seconds=5) as box:
        assert threads == box.call("threads:OPENBLAS_NUM_THREADS")


def test_child_is_replaced_after_its_calls() -> None:
    """A child that has served its calls is replaced by a fresh one."""
    with Sandbox(perform, seconds=5, recycle=2) as box:
        pids = [box.call("pid") for _ in range(4)]

    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_printing_does_not_disturb_answers(sandbox: Sandbox[str, object]) -> None:
    """What a task prints does not get between the answers."""
    assert sandbox.call("print") == "printed"
    assert sandbox.call("echo:after") == "after"


@pytest.mark.parametrize(
    ("deed", "message"),
    [
        ("raise:two\nlines", "ValueError: two lines"),
        ("recurse", "RecursionError: maximum recursion depth exceeded"),
        ("lambda", "can't pickle|Can't pickle|Can't get local object"),
    ],
)
def test_exception_is_one_line_and_child_survives(sandbox: Sandbox[str, object], deed: str, message: str) -> None:
    """What a task raises comes back as one line, and the same child serves the next call."""
    pid = sandbox.call("pid")

    with pytest.raises(SandboxError, match=message) as caught:
        sandbox.call(deed)

    assert "\n" not in str(caught.value)
    assert pid == sandbox.call("pid")


def test_argument_that_does_not_pickle_is_refused(sandbox: Sandbox[str, object]) -> None:
    """An argument that cannot be sent is an error of that call only."""
    with pytest.raises(SandboxError, match="the argument cannot be sent"):
        sandbox.call(lambda: None)  # type: ignore[arg-type]  # what is tested

    assert sandbox.call("echo:after") == "after"


class Unloadable:
    """A task that pickles but cannot be loaded again."""

    def __reduce__(self) -> tuple[type[int], tuple[str]]:
        return int, ("not a number",)

    def __call__(self, argument: str) -> str:
        """Never reached: the child has no task to call."""
        return argument


def test_task_that_does_not_load_is_an_error() -> None:
    """A task that the child cannot load is reported with the reason, at every call."""
    with Sandbox(Unloadable(), seconds=5) as box:
        for _ in range(2):
            with pytest.raises(SandboxError, match="the task cannot be loaded: ValueError: invalid literal"):
                box.call("anything")


@_POSIX
@pytest.mark.parametrize(
    ("deed", "message"),
    [
        ("kill:9", "killed by signal 9 (SIGKILL)"),
        ("kill:11", "killed by signal 11 (SIGSEGV)"),
        ("exit:0", "exited with status 0"),
        ("exit:3", "exited with status 3"),
        ("hoard:4096", "out of memory (limit 512 MiB)"),
        ("leak", "out of memory (limit 512 MiB)"),
    ],
)
def test_death_is_reported_and_next_call_works(sandbox: Sandbox[str, object], deed: str, message: str) -> None:
    """A task that takes its process with it is reported with the manner of death, and a new child takes over."""
    with pytest.raises(SandboxDied) as caught:
        sandbox.call(deed)

    assert message == str(caught.value)
    assert sandbox.call("echo:after") == "after"


@_POSIX
def test_argument_too_large_for_its_memory() -> None:
    """An argument that does not fit into the child's memory is reported as that, at once."""
    with Sandbox(perform, seconds=60, memory=128 * _MIB) as box:
        with pytest.raises(SandboxDied, match="out of memory"):
            box.call("echo:" + "x" * (128 * _MIB))

        assert box.call("echo:after") == "after"


@pytest.mark.parametrize("deed", ["sleep:60", pytest.param("child:import time; time.sleep(60)", marks=_POSIX)])
def test_timeout_kills_and_leaves_no_process(deed: str) -> None:
    """A task past its time is stopped soon, with the processes it started, and leaves no zombie."""
    with Sandbox(perform, seconds=0.3) as box:
        pid = box.call("pid")
        began = time.monotonic()

        with pytest.raises(SandboxTimeout, match=r"^took longer than 0\.3 s$"):
            box.call(deed)

        assert time.monotonic() - began < 3
        assert isinstance(pid, int)
        assert not _alive(pid)
        assert box.call("echo:after") == "after"


def test_death_between_calls_is_not_the_next_calls_fault(sandbox: Sandbox[str, object]) -> None:
    """A child killed while it had nothing to do is replaced without an error."""
    pid = sandbox.call("pid")
    assert isinstance(pid, int)
    os.kill(pid, signal.SIGTERM)
    time.sleep(0.1)  # the signal is asynchronous

    assert pid != sandbox.call("pid")


def test_sandboxes_in_threads_do_not_wait_for_each_other() -> None:
    """A hanging sandbox does not keep another one's child from being noticed as dead."""
    outcomes: list[str] = []

    def hang() -> None:
        with Sandbox(perform, seconds=1) as box, pytest.raises(SandboxTimeout):
            box.call("sleep:60")
        outcomes.append("hung")

    thread = threading.Thread(target=hang)
    thread.start()
    with Sandbox(perform, seconds=5) as box, pytest.raises(SandboxDied):
        box.call("exit:1")
    thread.join()

    assert outcomes == ["hung"]


@pytest.mark.parametrize("options", [{"seconds": 0}, {"seconds": 1, "recycle": 0}])
def test_senseless_limits_are_refused(options: dict[str, int]) -> None:
    """Limits under which no call can succeed are refused at once."""
    with pytest.raises(ValueError, match="seconds > 0"):
        Sandbox(perform, **options)


_PARENT = """
    import sys
    from test_sandbox import perform
    from dragoman.sandbox import Sandbox
    box = Sandbox(perform, seconds={seconds})
    print(box.call("pid"), flush=True)
    {then}
"""


@_POSIX
@pytest.mark.parametrize(
    ("then", "seconds"),
    [("box.call('sleep:60')", 1), ("import time; time.sleep(60)", 60), ("sys.exit(0)", 60)],
    ids=["busy", "idle", "exits"],
)
def test_child_ends_with_its_parent(then: str, seconds: int) -> None:
    """A child does not outlive its parent: neither idle nor in the middle of a task that hangs."""
    script = textwrap.dedent(_PARENT.format(seconds=seconds, then=then))
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path(__file__).parent, text=True
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        if "exit" not in then:
            time.sleep(0.2)  # so that it is in the middle of its call
            parent.kill()

    assert _gone_within(6, pid)


def _alive(pid: int) -> bool:
    """True while the process exists (a zombie that nobody has reaped also does)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _gone_within(seconds: float, pid: int) -> bool:
    """True when the process is gone, or a zombie left to its new parent, before the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not _alive(pid) or _is_zombie(pid):
            return True
        time.sleep(0.05)
    return False


def _is_zombie(pid: int) -> bool:
    """True for a dead process whose new parent (a container's first process, it may be) does not reap."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return state.stdout.strip().startswith("Z")
