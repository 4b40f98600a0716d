"""When a page says it was published, as it writes it; "" rather than a guess from words somewhere in it.

Read from its metadata in the order of resources/ingest/page_dates.csv, else from its address. (trafilatura's own date
is a day without its time, and where nothing is stated it is guessed.)
"""

import email.utils
import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html

from dragoman.ingest.fields import day_of
from dragoman.ingest.tables import tables

_IN_ADDRESS = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d\d)[/-](?P<day>\d\d)(?=[/-]|$)")
# Of JSON-LD: more blocks, or deeper ones, are not a description of one article
_MOST_BLOCKS = 50
_DEEPEST = 5


def published(tree: lxml.html.HtmlElement, url: str) -> tuple[str, tuple[str, ...]]:
    """A page's publication date in ISO 8601, as precise as it is given, and warnings of what was not understood."""
    stated = [value for where, name in tables().page_dates for value in _values(tree, where, name)]
    for value in stated:
        if day := _iso(value):
            return day, ()
    warnings = tuple(f"publication date not understood: {value[:40]!r}" for value in stated[:1])
    in_address = _IN_ADDRESS.search(url)
    return _iso("-".join(in_address.groups())) if in_address else "", warnings


def _values(tree: lxml.html.HtmlElement, where: str, name: str) -> Iterator[str]:
    """What the page states under a name, in one of the three ways of stating it."""
    if where == "meta":
        for element in tree.iter("meta"):
            if name in ((element.get(key) or "").lower() for key in ("property", "name", "itemprop")):
                yield (element.get("content") or "").strip()
    elif where == "itemprop":
        for element in tree.xpath("//*[@itemprop]"):
            if element.get("itemprop").lower() == name:
                yield (element.get("content") or element.get("datetime") or element.text_content()).strip()
    elif where == "jsonld":
        for element in tree.xpath("//script[@type='application/ld+json']")[:_MOST_BLOCKS]:
            try:
                yield from _members(json.loads(element.text or ""), name, _DEEPEST)
            except (ValueError, RecursionError):
                continue


def _members(value: Any, name: str, depth: int) -> Iterator[str]:
    """The strings under a name in nested JSON, outermost first."""
    if not depth:
        return
    if isinstance(value, dict) and isinstance(value.get(name), str):
        yield value[name].strip()
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        yield from _members(item, name, depth - 1)


def _iso(value: str) -> str:
    """The date in ISO 8601: as it is if it is that, else from the form of RFC 2822; "" if it is neither."""
    try:
        day_of(value)
    except ValueError:
        pass
    else:
        return value
    try:
        return email.utils.parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
