"""Finding the files to read, and reading their bytes: regular files only, up to a cap, never hanging.

Knows suffixes and the file system; nothing of what is in a file.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dragoman.ingest.limits import in_words
from dragoman.ingest.unreadable import Unreadable, printable
from dragoman.types import Failure

SUFFIXES = (".htm", ".html", ".json", ".jsonl", ".md", ".txt")

_KINDS = (
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISCHR, "a character device"),
    (stat.S_ISBLK, "a block device"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISDIR, "a directory"),
)


def shown(path: Path) -> str:
    """The path as text for messages and the record: bytes that are not UTF-8 and control characters escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return printable(text, len(text))


def find(path: Path) -> Iterator[Path | Failure]:
    """The readable files at a path: the file itself, or those below the directory, sorted by name at every level.

    Below a directory, hidden entries and unknown suffixes are passed over and links followed, but not in circles. A
    file of unknown suffix named directly, and a directory without any news, are failures.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISDIR(mode):
            _refuse_special(mode)
            _refuse_unknown(path)
            yield path
            return
    except Unreadable as problem:
        yield problem.failure(shown(path))
        return
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        yield failure(path, error)
        return
    empty = True
    for found in _below(path):
        empty = False
        yield found
    if empty:
        yield Failure(shown(path), f"no news in this directory: no {_choice()} file")


def open_regular(path: Path, limit: int) -> BinaryIO:
    """The file, open for reading bytes; raises Unreadable where it is no regular file, unreadable or too large."""
    try:
        # Looked at before opening, as opening alone can have effects on a device; and after, as it may be swapped
        _refuse_special(path.stat().st_mode)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise Unreadable(_why(error)) from None
    stream = os.fdopen(descriptor, "rb")
    try:
        status = os.fstat(descriptor)
        _refuse_special(status.st_mode)
        if status.st_size > limit:
            raise Unreadable(f"larger than {in_words(limit)}")
    except Unreadable:
        stream.close()
        raise
    return stream


def read_bytes(path: Path, limit: int) -> bytes:
    """The bytes of a regular file; raises Unreadable, also for an empty one."""
    with open_regular(path, limit) as stream:
        data = stream.read(limit + 1)  # it may have grown since it was measured
    if len(data) > limit:
        raise Unreadable(f"larger than {in_words(limit)}")
    if not data:
        raise Unreadable("empty")
    return data


def _below(top: Path) -> Iterator[Path | Failure]:
    """All readable files below a directory and what went wrong in looking for them."""
    # A stack and not recursion: directories nest deeper than Python does. Each level: its identity, what is to come
    levels = [_level(top)]
    while levels:
        entry = next(levels[-1][1], None)
        if entry is None:
            levels.pop()
        elif isinstance(entry, Failure) or not os.path.isdir(entry):
            yield entry
        else:
            level = _level(entry)
            if level[0] in (identity for identity, _ in levels):
                yield Failure(shown(entry), "a link to a directory that it is in")
            else:
                levels.append(level)


def _level(directory: Path) -> tuple[tuple[int, int] | None, Iterator[Path | Failure]]:
    """A directory's identity (None if it cannot be told) and its subdirectories and readable files, by name."""
    try:
        status = directory.stat()
        names = sorted(os.listdir(directory), key=os.fsencode)
    except OSError as error:
        return None, iter([failure(directory, error)])
    entries = (directory / name for name in names if not name.startswith("."))
    # os.path.isdir, as Path.is_dir raises where the directory may be listed but not entered
    kept = (entry for entry in entries if entry.suffix.lower() in SUFFIXES or os.path.isdir(entry))
    return (status.st_dev, status.st_ino), kept


def _refuse_special(mode: int) -> None:
    """Raise Unreadable for anything but a regular file: reading one may never end."""
    if not stat.S_ISREG(mode):
        kind = next((name for test, name in _KINDS if test(mode)), "something special")
        raise Unreadable(f"{kind}, not a regular file")


def _refuse_unknown(path: Path) -> None:
    if path.suffix.lower() not in SUFFIXES:
        kind = f"unknown kind of file {shown(Path(path.suffix))}" if path.suffix else "a file without a suffix"
        raise Unreadable(f"{kind}: not one of {_choice()}")


def _choice() -> str:
    return ", ".join(SUFFIXES)


def failure(path: Path, error: OSError | ValueError) -> Failure:
    """A failure in the system's words."""
    return Failure(shown(path), _why(error))


def _why(error: OSError | ValueError) -> str:
    """The system's words for an error, without the path (the caller names it)."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return words[:1].lower() + words[1:]
