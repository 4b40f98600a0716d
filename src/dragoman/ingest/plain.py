"""Text and Markdown files -> items: an optional head of known keys, an optional headline, and the text as it stands.

A ``.txt`` file may begin with lines ``Title: …``, ``Date: …``, ``Outlet: …`` (any key of JSON input, in any case)
and a blank line; where another line stands among them there is no head, and all is text. A ``.md`` file may begin with
front matter, ``key: value`` lines between two lines ``---``, in which unknown keys are passed over (it is often written
for something else), and its first line may be a ``#`` heading: the headline. Other markup stays in the text.
"""

import re
from collections.abc import Callable

from dragoman.ingest.decode import check, decode
from dragoman.ingest.fields import FIELD_OF, Item, item
from dragoman.ingest.limits import Limits
from dragoman.ingest.unreadable import Unreadable

_PAIR = re.compile(r"(?P<key>[A-Za-z]+)[ \t]*:[ \t]*(?P<value>.*)")
# A head line that is longer is a sentence that happens to begin like one ("Source: …")
_LONGEST_VALUE = 500

# Lines of front matter; what has more has a rule at its beginning and another one somewhere
_LONGEST_MATTER = 200

# The values of a head by key, the line that each stands on, and the text that follows
Head = tuple[dict[str, str], dict[str, int], str]


def read_text(data: bytes, limits: Limits) -> Item:
    """The item of a ``.txt`` file; raises Unreadable, with the line where the head is at fault."""
    return _read(data, limits, _head)


def read_markdown(data: bytes, limits: Limits) -> Item:
    """The item of a ``.md`` file; raises Unreadable, with the line where the front matter is at fault."""
    return _read(data, limits, _front_matter)


def _read(data: bytes, limits: Limits, split: Callable[[str], Head]) -> Item:
    text = check(decode(data))
    if not text.strip():
        raise Unreadable("empty")
    values, lines, body = split(text)
    try:
        return item({**values, "text": body}, limits.text)
    except Unreadable as problem:
        if problem.field == "text":  # not a field that the file names
            raise Unreadable(f"{problem.reason} below the head") from None
        raise Unreadable(problem.reason, line=lines.get(problem.field), field=problem.field) from None


def _head(text: str) -> Head:
    """The values and line numbers of the head of a text file, and what follows it."""
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    rest = text
    number = 0
    while True:
        line, newline, rest = rest.partition("\n")
        number += 1
        if not line.strip():
            return (values, lines, rest) if values else ({}, {}, text)
        pair = _PAIR.fullmatch(line.strip())
        key = pair["key"].lower() if pair else ""
        if pair is None or FIELD_OF.get(key, "text") == "text" or len(line) > _LONGEST_VALUE or not newline:
            return {}, {}, text
        _put(values, lines, key, pair["value"], number)


def _front_matter(text: str) -> Head:
    """The values and line numbers of a Markdown file's front matter, and what follows it; its heading is its title."""
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    pairs, body = _between_rules(text)
    for number, line in enumerate(pairs, start=2):
        pair = _PAIR.fullmatch(line.rstrip())  # an indented line belongs to a nested value, which is none of ours
        if pair and FIELD_OF.get(pair["key"].lower(), "text") != "text":
            _put(values, lines, pair["key"].lower(), _unquoted(pair["value"].strip()), number)
    first, _, rest = body.lstrip().partition("\n")
    heading = first[2:].rstrip().rstrip("#").strip() if first.startswith(("# ", "#\t")) else ""
    if heading and not {"title", "headline"} & values.keys():
        values["title"] = heading
        body = rest
    return values, lines, body


def _between_rules(text: str) -> tuple[list[str], str]:
    """The lines of the front matter, and what follows it; no lines where there is none, or it is not closed."""
    first, _, rest = text.partition("\n")
    pairs: list[str] = []
    while first.rstrip() == "---" and rest and len(pairs) < _LONGEST_MATTER:
        line, _, rest = rest.partition("\n")
        if line.rstrip() in ("---", "..."):
            return pairs, rest
        pairs.append(line)
    return [], text


def _put(values: dict[str, str], lines: dict[str, int], key: str, value: str, number: int) -> None:
    if key in values:
        raise Unreadable("given twice", line=number, field=key)
    values[key], lines[key] = value.strip(), number


def _unquoted(value: str) -> str:
    """The value without the quotes that YAML puts around some."""
    quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
