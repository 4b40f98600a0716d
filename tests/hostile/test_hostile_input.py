"""Hostile input: each kind is a one-line failure naming file, line and field, or is read; and the batch goes on.

The corpus is made here, file by file (RELIABILITY.md, rows I1 to I22 as far as they concern these formats); each case
lies in a directory between two good files, so that every test also shows that what follows is read.
"""

import csv
import os
import re
import socket
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.ingest import Limits, read
from dragoman.ingest.limits import DEFAULT
from dragoman.types import Document, Failure

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="special files are POSIX")

_SENTENCE = "The foreign ministers of both countries met in the capital on Tuesday and agreed to meet again in spring. "
_MB = 10**6
_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_GOOD = b'{"text": "The ministers met."}'


def page(body: str, filler: str = "") -> bytes:
    """A page of six paragraphs with something before them."""
    paragraphs = "".join(f"<p>{number}. {_SENTENCE}</p>" for number in range(6))
    return (
        f"<html><head><title>T</title></head><body>{filler}<article>{body}{paragraphs}</article></body></html>".encode()
    )


# The bytes of each file; what is said of it is in tests/cases/ingest_hostile.csv, nothing where it is read
_FILES: dict[str, Callable[[], bytes]] = {
    "empty.txt": lambda: b"",
    "empty.jsonl": lambda: b"\n \r\n",
    "empty.json": lambda: b" \n",
    "empty-list.json": lambda: b"[ ]",
    "empty.html": lambda: b"",
    "blank.txt": lambda: b" \n\t\xc2\xa0\n",
    "blank.html": lambda: b" \n",
    "mark-only.txt": lambda: b"\xef\xbb\xbf",
    "head-only.txt": lambda: b"Date: 2023-05-16\n\n \n",
    "line.txt": lambda: b"x" * 50 * _MB,
    "line.html": lambda: b"x" * 50 * _MB,
    "line.json": lambda: b'{"text": "' + b"x" * 50 * _MB + b'"}',
    "text.json": lambda: b'{"lede": "' + b"x" * 6 * _MB + b'"}',
    "line.jsonl": lambda: b'{"text": "' + b"x" * 50 * _MB + b'"}\n' + _GOOD,
    "cp1251.txt": lambda: "Министры встретились.".encode("cp1251"),
    "cp1252.md": lambda: b"\xef\xbb\xbfcaf\xe9 talks",
    "cut.txt": lambda: "Київ".encode()[:-1],
    "cut-utf16.txt": lambda: b"\xff\xfeA\0B",
    "latin.jsonl": lambda: _GOOD + b'\n{"text": "caf\xe9"}',
    "utf16.txt": lambda: "met".encode("utf-16-le"),
    "picture.txt": lambda: _PNG,
    "picture.html": lambda: _PNG,
    "picture.jsonl": lambda: _PNG,
    "report.md": lambda: b"%PDF-1.7\n",
    "noise.txt": lambda: zlib.compress(_SENTENCE.encode()),
    "nul.html": lambda: page("").replace(b"met", b"m\0t"),
    "line7.jsonl": lambda: (
        b"".join(b'{"text": "Round %d."}\n' % n for n in range(6)) + b'{"text": "met" "id": 7}\n' + _GOOD
    ),
    "line3.json": lambda: b'[\n{"text": "x"},\n{"text": }]',
    "open.json": lambda: b'[{"text": "x"}\n',
    "two.json": lambda: _GOOD + b"\n" + _GOOD,
    "more.jsonl": lambda: _GOOD + b" x",
    "more.json": lambda: b"[" + _GOOD + b"]\n]",
    "missing.jsonl": lambda: _GOOD + b'\n{"title": "T"}',
    "missing.json": lambda: b'{"title": "T", "text": null}',
    "blank.json": lambda: b'{"lede": " "}',
    "type.json": lambda: b'{"text": ["a"]}',
    "type.jsonl": lambda: b'{"text": "a", "outlet": true}',
    "date.json": lambda: b'{"text": "a", "date": "yesterday"}',
    "date.txt": lambda: b"Title: T\nDate: 2023-02-30\n\nText.",
    "date.md": lambda: b"---\nx: y\npublished: May\n---\nText.",
    "twice.txt": lambda: b"Date: 2023-05-16\nDate: 2023-05-17\n\nText.",
    "object.jsonl": lambda: b'["text"]',
    "deep.jsonl": lambda: b"[" * 10**6 + b"\n" + _GOOD,
    "deep.json": lambda: b'{"text":' * 10**6,
    "twice.jsonl": lambda: b'{"text": "a", "text": "b"}',
    "key.jsonl": lambda: b'{"a\\nb": 1, "a\\nb": 2}\n' + _GOOD,
    "nan.jsonl": lambda: b'{"text": "a", "x": NaN}\n' + _GOOD,
    "digits.json": lambda: b'{"text": "a", "x": ' + b"9" * 10**5 + b"}",
    "nul.json": lambda: b'{"text": "a\\u0000b"}',
    "half.jsonl": lambda: b'{"text": "a", "title": "\\ud83d"}',
    "attributes.html": lambda: page("", "<div " + " ".join(f"a{n}=1" for n in range(500_000)) + "></div>"),
    "tag.html": lambda: page("", "<div " + "a=1 " * 500_000 + "></div>"),
    "hidden.html": lambda: page("", '<div x="<" ' + " ".join(f"a{n}=1" for n in range(300_000)) + "></div>"),
    "comment.html": lambda: b"<html><body><!-- " + _SENTENCE.encode() * 30_000,
    "nested.html": lambda: page("<div>" * 300 + "</div>" * 300),
    "node.html": lambda: page(f"<p>{_SENTENCE * 20_000}</p>"),
    "entities.html": lambda: page("<p>" + "&amp;" * 500_000 + "</p>"),
    "colspan.html": lambda: page("<table><tr><td colspan=9007199254740991>x</td></tr></table>"),
    "controls.txt": "a\x01\u202e\u200b\u2028\u00ad\x85b\ufeff".encode,
}


def _bind(path: Path) -> None:
    """A socket at a path."""
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket may have no more than some 100 bytes
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


def outcomes() -> dict[str, str]:
    """What is said of each file."""
    with (Path(__file__).parent.parent / "cases" / "ingest_hostile.csv").open(encoding="utf-8", newline="") as table:
        return {row["file"]: row["said"] for row in csv.DictReader(table)}


def test_every_file_has_an_outcome() -> None:
    """The generators and the table of outcomes name the same files."""
    assert outcomes().keys() == _FILES.keys()


@pytest.mark.parametrize(("name", "said"), outcomes().items())
def test_hostile_file(tmp_path: Path, name: str, said: str) -> None:
    """A hostile file is read or is one line naming it, within seconds, and its neighbours are read."""
    (tmp_path / name).write_bytes(_FILES[name]())
    began = time.monotonic()

    documents, failures = _read_between_good_files(tmp_path, Limits(page_seconds=2))

    assert time.monotonic() - began < 8
    if said:
        expected = f"{tmp_path}/{name}:{'' if said[0].isdigit() else ' '}{said}"
        assert [expected] == [re.sub(r"(?<=found in )[\d,]+ .*", "…", failure) for failure in failures]
    else:
        assert failures == []
        assert f"{tmp_path}/{name}" in documents


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("fifo.txt", os.mkfifo, "a FIFO, not a regular file"),
        ("zero.txt", lambda path: path.symlink_to("/dev/zero"), "a character device, not a regular file"),
        ("null.jsonl", lambda path: path.symlink_to("/dev/null"), "a character device, not a regular file"),
        ("broken.html", lambda path: path.symlink_to("nowhere"), "no such file or directory"),
        ("itself.md", lambda path: path.symlink_to(path), "too many levels of symbolic links"),
        ("loop", lambda path: path.symlink_to(path.parent), "a link to a directory that it is in"),
        ("socket.txt", _bind, "a socket, not a regular file"),
    ],
)
def test_special_file(tmp_path: Path, name: str, make: Callable[[Path], object], said: str) -> None:
    """What is no regular file is said to be that, in a directory and by itself, and is never waited for."""
    path = tmp_path / name
    make(path)

    _, failures = _read_between_good_files(tmp_path)

    assert [f"{path}: {said}"] == failures
    if name != "loop":
        assert [f"{path}: {said}"] == [str(found) for found in read([path])]


def test_unreadable_file(tmp_path: Path) -> None:
    """A file that may not be read is said to be that."""
    path = tmp_path / "secret.txt"
    path.write_text(_SENTENCE)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")

    _, failures = _read_between_good_files(tmp_path)

    assert [f"{path}: permission denied"] == failures


@pytest.mark.parametrize("name", [b"caf\xe9.txt", b"two\nlines.txt", b"x" * 251 + b".txt", "Київ.txt".encode()])
def test_odd_file_names(tmp_path: Path, name: bytes) -> None:
    """A file of any name is read, and its name is kept in a form that can be stored and printed in one line."""
    with open(os.fsencode(tmp_path) + b"/" + name, "wb") as file:
        file.write(_SENTENCE.encode())

    (found,) = read([tmp_path])

    assert isinstance(found, Document)
    assert found.report.path.encode().decode().isprintable()
    assert found.report.path == f"{tmp_path}/{found.report.document}"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "no such file or directory"),
        ("nowhere.txt", "no such file or directory"),
        ("a.docx", "unknown kind of file .docx: not one of .htm, .html, .json, .jsonl, .md, .txt"),
        ("README", "a file without a suffix: not one of .htm, .html, .json, .jsonl, .md, .txt"),
        ("pictures", "no news in this directory: no .htm, .html, .json, .jsonl, .md, .txt file"),
        ("nul\0.txt", "embedded null byte"),
    ],
)
def test_what_cannot_be_read_by_name(tmp_path: Path, name: str, said: str) -> None:
    """A path named directly that leads to no news is a failure, and the next path is read."""
    for other in ("a.docx", "README", "good.txt"):
        (tmp_path / other).write_text(_SENTENCE)
    (tmp_path / "pictures" / "empty").mkdir(parents=True)
    (tmp_path / "pictures" / "x.png").write_bytes(_PNG)

    failure, document = read([tmp_path / name, tmp_path / "good.txt"])

    assert isinstance(failure, Failure)
    assert said == failure.reason
    assert "\n" not in str(failure)
    assert isinstance(document, Document)


def test_page_over_its_memory_is_told(tmp_path: Path) -> None:
    """A page that needs more memory than it may have ends its own process and nothing else."""
    (tmp_path / "big.html").write_bytes(page("<p>" + "<b>x</b>" * 400_000 + "</p>"))

    _, failures = _read_between_good_files(tmp_path, Limits(page_memory=300 * 2**20, page_seconds=20))

    assert [f"{tmp_path}/big.html: page not read: out of memory (limit 300 MiB)"] == failures


def test_deep_directories(tmp_path: Path) -> None:
    """Directories nested as deep as the system allows are read without recursion."""
    deep = tmp_path
    for _ in range(300):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(_SENTENCE)

    documents, failures = _read_between_good_files(tmp_path)

    assert f"{deep}/a.txt" in documents
    assert failures == []


def _read_between_good_files(directory: Path, limits: Limits = DEFAULT) -> tuple[list[str], list[str]]:
    """The paths read and the failures of a directory, once files before and after are seen to be read."""
    for name in ("!first.txt", "~last.txt"):
        (directory / name).write_text(_SENTENCE)
    if any(path.suffix == ".html" for path in directory.iterdir()):
        (directory / "~last.html").write_bytes(page(""))  # read by the process that read, or died of, the hostile page
    found = list(read([directory], limits))
    documents = [item.report.path for item in found if isinstance(item, Document)]
    failures = [str(item) for item in found if isinstance(item, Failure)]

    assert documents[0] == f"{directory}/!first.txt"
    assert documents[-1] == f"{directory}/~last.txt"
    assert (f"{directory}/~last.html" in documents) == (directory / "~last.html").exists()
    assert all("\n" not in failure for failure in failures)
    return documents, failures
