"""JSON and JSON Lines files -> their objects, one at a time, each with its line; what is not JSON is told by line.

A ``.jsonl`` file is read line by line in constant memory, and a bad line does not end it. A ``.json`` file holds one
object or a list of them and is read whole; what follows a syntax error in it cannot be trusted and is not read.
"""

import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from dragoman.ingest.decode import decode, is_utf16, refuse_binary
from dragoman.ingest.limits import Limits, in_words
from dragoman.ingest.unreadable import Unreadable

_CHUNK = 2**20
_BLANK = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Found:
    """An object with its bytes; the line it begins on; in a list, which item it is (from 1); whether it is alone."""

    line: int
    values: Mapping[str, Any]
    raw: bytes
    item: int = 0
    alone: bool = False


def read_lines(stream: BinaryIO, limits: Limits) -> Iterator[Found | Unreadable]:
    """The objects of a JSON Lines file; blank lines are passed over."""
    try:
        stream = _in_utf8(stream, limits)
    except Unreadable as problem:
        yield problem
        return
    empty = True
    number = 0
    while line := stream.readline(limits.text + 1):
        number += 1
        if len(line) > limits.text and not line.endswith(b"\n"):
            _skip_line(stream)
            yield Unreadable(f"line longer than {in_words(limits.text)}", line=number)
            empty = False
        elif line.strip():
            empty = False
            yield _line(line.rstrip(), number)
    if empty:
        yield Unreadable("empty")


def read_whole(data: bytes) -> Iterator[Found | Unreadable]:
    """The object, or the objects of the list, that a JSON file holds."""
    try:
        text = decode(data)
    except Unreadable as problem:
        yield problem
        return
    at = _after_blanks(text, 0)
    if at == len(text):
        yield Unreadable("empty")
    elif text[at] == "[":
        yield from _elements(text, at + 1)
    else:
        yield from _single(text, at)


def _in_utf8(stream: BinaryIO, limits: Limits) -> BinaryIO:
    """The stream, decoded and encoded again if it is UTF-16; raises Unreadable for what begins like a binary file."""
    head = stream.peek(16)[:16]  # type: ignore[attr-defined]  # every stream that we open is buffered
    refuse_binary(head)
    if not is_utf16(head):
        return stream
    data = stream.read(limits.json + 1)  # whole: its lines cannot be told by bytes alone
    if len(data) > limits.json:
        raise Unreadable(f"larger than {in_words(limits.json)} in UTF-16: use UTF-8")
    return io.BytesIO(decode(data).encode())


def _line(line: bytes, number: int) -> Found | Unreadable:
    """The object on a line."""
    try:
        text = decode(line)
        values, end = _value(text, _after_blanks(text, 0))
        if end < len(text):
            raise Unreadable(f"not JSON: more text after the object, at column {end + 1}")
        return Found(number, _object(values), line)
    except Unreadable as problem:
        return Unreadable(problem.reason, line=number, field=problem.field)


def _single(text: str, at: int) -> Iterator[Found | Unreadable]:
    """The one object of a file."""
    line = text.count("\n", 0, at) + 1
    try:
        values, end = _value(text, at)
        after = _after_blanks(text, end)
        if after < len(text):
            line = text.count("\n", 0, after) + 1
            hint = "; name a file with an object on every line .jsonl" if text[after] == "{" else ""
            raise Unreadable(f"not JSON: more text after the object{hint}")
        yield Found(line, _object(values), text[at:end].encode(), alone=True)
    except Unreadable as problem:
        yield Unreadable(problem.reason, line=problem.line or line, field=problem.field)


def _elements(text: str, at: int) -> Iterator[Found | Unreadable]:
    """The objects of a list that begins before ``at``, up to a syntax error."""
    line, counted = 1, 0
    count = 0
    while True:
        at = _after_blanks(text, at)
        line, counted = line + text.count("\n", counted, at), at
        if text[at : at + 1] == "]" and not count:
            yield Unreadable("empty")
            return
        try:
            values, end = _value(text, at)
        except Unreadable as problem:
            unread = "" if count == 0 else "; the rest of the file is not read"
            yield Unreadable(problem.reason + unread, line=problem.line or line)
            return
        count += 1
        try:
            yield Found(line, _object(values), text[at:end].encode(), item=count)
        except Unreadable as problem:
            yield Unreadable(f"{problem.reason} (item {count})", line=line, field=problem.field)
        at = _after_blanks(text, end)
        line, counted = line + text.count("\n", counted, at), at
        if text[at : at + 1] != ",":
            break
        at += 1
    after = _after_blanks(text, at + 1)
    if text[at : at + 1] != "]":
        yield Unreadable("not JSON: expecting ',' or ']' after an object of the list", line=line)
    elif after < len(text):
        yield Unreadable("not JSON: more text after the list", line=line + text.count("\n", at, after))


class _Members(dict[str, Any]):
    """The members of an object that remembers which keys it was given twice."""

    twice: tuple[str, ...] = ()


def _members(pairs: list[tuple[str, Any]]) -> _Members:
    members = _Members(pairs)
    if len(members) < len(pairs):
        members.twice = tuple(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
    return members


def _not_json(name: str) -> Any:
    raise Unreadable(f"not JSON: {name}")


_DECODER = json.JSONDecoder(object_pairs_hook=_members, parse_constant=_not_json)


def _value(text: str, at: int) -> tuple[Any, int]:
    """The JSON value at ``at`` and where it ends; raises Unreadable with its line, if the text has several."""
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        line = error.lineno if "\n" in text else None
        raise Unreadable(f"not JSON: {error.msg} at column {error.colno}", line=line) from None
    except RecursionError:
        raise Unreadable("not JSON that we read: nested too deeply") from None
    except Unreadable:
        raise
    except ValueError:  # Python refuses integers of more than 4,300 digits, which take quadratic time
        raise Unreadable("not JSON that we read: a number of too many digits") from None


def _object(value: Any) -> Mapping[str, Any]:
    """The value, if it is an object whose keys are all different."""
    if not isinstance(value, _Members):
        raise Unreadable("not a JSON object")
    if value.twice:
        raise Unreadable("given twice", field=value.twice[0])
    return value


def _after_blanks(text: str, at: int) -> int:
    """Where the next character is that is not JSON's white space."""
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at


def _skip_line(stream: BinaryIO) -> None:
    """Read on to the end of the line, in constant memory."""
    while chunk := stream.readline(_CHUNK):
        if chunk.endswith(b"\n"):
            return
