"""Where output goes: data to stdout, talk to stderr, exports to a file that is whole or not there.

Must not know what it prints. Everything that reaches stdout passes through ``put``, which ends the program quietly
when the reader of a pipe has gone.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dragoman.terminal.plain import json_text, lines, plain, shortened

# What a shell reports of a program whose reader has gone: 128 + SIGPIPE (POSIX).
BROKEN_PIPE = 141
# Work that is done sooner needs no bar (issue 2, point 6).
_PATIENCE = 1.0


def put(text: str) -> None:
    """Text to stdout; raises SystemExit (141) when nobody reads it any more."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would flush again at exit and complain: give it somewhere to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(BROKEN_PIPE) from None


def tell(text: str) -> None:
    """One harmless line to stderr; it keeps its indent."""
    indent = " " * (len(text) - len(text.lstrip(" ")))
    print(indent + plain(text.lstrip(" ")), file=sys.stderr)  # noqa: T201 -- this is the one place that talks


def draw(*things: RenderableType) -> None:
    """Renderables to stdout, in colour on a terminal only."""
    console = stdout_console()
    with console.capture() as captured:
        for thing in things:
            console.print(thing)
    put("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def stdout_console() -> Console:
    """The console of stdout: news text is never read as markup, emoji codes or addresses to highlight."""
    return Console(highlight=False, markup=False, emoji=False)


def write_lines(rows: Iterable[Mapping[str, Any]], out: str) -> int:
    """Rows as JSON Lines to a file, whole or not at all, or to stdout for "-"; how many they were."""
    written = 0

    def encoded() -> Iterator[str]:
        nonlocal written
        for row in rows:
            yield json_text(row) + "\n"
            written += 1

    if out == "-":
        for line in encoded():
            put(line)
    else:
        write_whole(Path(out), (line.encode() for line in encoded()))
    return written


def put_bytes(content: Iterable[bytes]) -> None:
    """Bytes to stdout; raises SystemExit (141) when nobody reads them any more.

    A terminal gets them as harmless text; a file or pipe as they are.
    """
    if sys.stdout.isatty():
        for piece in content:
            put(lines(piece.decode("utf-8", "replace")))
        return
    try:
        for piece in content:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(BROKEN_PIPE) from None


def write_whole(target: Path, content: Iterable[bytes]) -> None:
    """Bytes to a file that is whole or not there; raises OSError."""
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with open(handle, "wb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())  # mkstemp's files are private, an export is an ordinary file
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def progress_bar() -> tuple[Callable[[int, int, str], None], Callable[[], None]]:
    """What to call as work goes on (done, of how many, what) and what to call at its end.

    Shows a bar on stderr once the work has taken a second, and only where stderr is a terminal.
    """
    console = Console(stderr=True, highlight=False, markup=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task("", total=None)
    since = time.monotonic()

    def advance(done: int, total: int, what: str) -> None:
        if console.is_terminal and time.monotonic() - since > _PATIENCE:
            bar.start()
            bar.update(task, completed=done, total=total or None, description=shortened(plain(what), 30))

    def stop() -> None:
        if bar.live.is_started:
            bar.stop()

    return advance, stop
