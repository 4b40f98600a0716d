"""The fields of an item as its source spells them: which keys are read, and what is refused, naming key and reason.

The same keys serve JSON, the header of a text file and the front matter of a Markdown file. Knows no file format; what
a field means for the record is :mod:`dragoman.ingest.reports`' matter.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.ingest.decode import check
from dragoman.ingest.limits import in_words
from dragoman.ingest.unreadable import Unreadable

# Our field -> the keys it is read from; the first that is there and not blank counts
KEYS: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "title": ("title", "headline"),
    "text": ("text", "body", "content", "lede"),
    "published": ("published", "date"),
    "outlet": ("outlet", "source"),
    "url": ("url",),
    "language": ("lang", "language"),
    "agency": ("agency",),
    "dateline": ("dateline",),
}
FIELD_OF: Mapping[str, str] = {key: name for name, keys in KEYS.items() for key in keys}

_DATE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item as found, every field as written, "" where not given; ``day`` is the date that ``published`` names."""

    text: str
    title: str = ""
    id: str = ""
    published: str = ""
    day: dt.date | None = None
    outlet: str = ""
    url: str = ""
    language: str = ""
    agency: str = ""
    dateline: str = ""


def item(values: Mapping[str, Any], limit: int) -> Item:
    """The item that an object holds; keys that we do not read are passed over.

    Raises Unreadable, naming the key, for a value of the wrong type, a character that no store can keep, a date that
    is none, a text over ``limit`` bytes, and where there is no text. An empty text beside a title is a headline on its
    own: news has them.
    """
    found: dict[str, str] = {}
    keys: dict[str, str] = {}
    for name, choices in KEYS.items():
        for key in choices:
            value = _string(values.get(key), key, number_too=name == "id")
            if value and name not in found:
                found[name], keys[name] = value, key
    present = [key for key in KEYS["text"] if values.get(key) is not None]
    if not present:
        raise Unreadable(f"missing (one of {', '.join(KEYS['text'])})", field="text")
    if "text" not in found and "title" not in found:
        raise Unreadable("empty", field=present[0])
    text = found.pop("text", "")
    if len(text) > limit or len(text.encode()) > limit:
        raise Unreadable(f"longer than {in_words(limit)}", field=keys["text"])
    try:
        day = day_of(found["published"]) if "published" in found else None
    except ValueError as error:
        raise Unreadable(str(error), field=keys["published"]) from None
    return Item(text=text, day=day, **found)


def day_of(written: str) -> dt.date:
    """The day of an ISO 8601 date or time, as written: no shifting between zones, since the outlet's day is meant.

    Raises ValueError for anything else, including days and times that do not exist.
    """
    parts = _DATE.fullmatch(written)
    if parts is None:
        raise ValueError(f"not an ISO date or time: {written[:40]!r}")
    try:
        dt.time(int(parts["hour"] or 0), int(parts["minute"] or 0), int(parts["second"] or 0))
        return dt.date.fromisoformat(parts["day"])
    except ValueError as error:
        raise ValueError(f"no such date or time: {written[:40]!r} ({error})") from None


def _string(value: Any, key: str, *, number_too: bool) -> str:
    """The value of a key, stripped; "" for none."""
    if value is None:
        return ""
    if number_too and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise Unreadable(f"must be a string, not {_kind(value)}", field=key)
    return check(value, key).strip()


def _kind(value: Any) -> str:
    """What JSON calls the type of a value."""
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return next((name for kind, name in names.items() if isinstance(value, kind)), type(value).__name__)
