"""Readers, extractors and exporters: callables that this or any installed package registers as entry points.

Knows their groups, names and signatures, and nothing of what they do.
"""

import functools
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import Any, TypeAlias, cast

from dragoman.codebook import Codebook
from dragoman.types import Analysis, Claim, Grounded, Record, Report, Text

READERS = "dragoman.readers"
EXTRACTORS = "dragoman.extractors"
EXPORTERS = "dragoman.exporters"

# A reader is registered under the ISO 639-1 code of its language; its second argument is where the body starts.
Reader: TypeAlias = Callable[[Text, int], Analysis]
Extractor: TypeAlias = Callable[[Report, Analysis, Grounded, Codebook], tuple[Claim, ...]]
Exporter: TypeAlias = Callable[[Record], Iterator[dict[str, Any]]]


class PluginError(Exception):
    """A plug-in that cannot be loaded: one line that names it and its distribution."""


@functools.cache
def registered(group: str) -> dict[str, EntryPoint]:
    """The entry points of a group by name, names in order. Of two with one name the first by distribution counts."""
    points = sorted(entry_points(group=group), key=lambda point: point.dist.name if point.dist else "", reverse=True)
    return dict(sorted({point.name: point for point in points}.items()))


@functools.cache
def loaded(group: str, name: str) -> Any:
    """The callable registered under a name; KeyError where there is none, :class:`PluginError` where it cannot load."""
    point = registered(group)[name]
    try:
        return point.load()
    except Exception as error:  # whatever somebody else's module does when imported
        owner = f" of {point.dist.name}" if point.dist else ""
        said = " ".join(str(error).split())
        raise PluginError(f"{group} {name!r}{owner} ({point.value}) cannot be loaded: {said}") from error


def reader(language: str) -> Reader:
    """The reader of a language."""
    return cast(Reader, loaded(READERS, language))


def extractor(name: str) -> Extractor:
    """The extractor of a name."""
    return cast(Extractor, loaded(EXTRACTORS, name))


def exporter(name: str) -> Exporter:
    """The exporter of a name."""
    return cast(Exporter, loaded(EXPORTERS, name))


def identities(group: str) -> tuple[str, ...]:
    """``name=module:function distribution version`` of each: what decides a coding's result besides the tables."""
    return tuple(
        f"{name}={point.value}" + (f" {point.dist.name} {point.dist.version}" if point.dist else "")
        for name, point in registered(group).items()
    )
