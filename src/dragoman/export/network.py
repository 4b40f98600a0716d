"""Who deals with whom: the network of a record, which the exports ``gexf`` and ``graphml`` write.

A node is a party, an edge all events of one type and status between two parties. Knows no file format.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from dragoman.export.forms import Source
from dragoman.export.happenings import Happening, happenings
from dragoman.types import Party

# What XML 1.0 cannot hold, even escaped (section 2.2).
_NO_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")

NODE_FIELDS = {
    "name": ("string", "name"),
    "kind": ("string", "state, body, office, person, group, collective or outlet"),
    "code": ("string", "country or PLOVER code"),
    "sector": ("string", "PLOVER sector"),
    "events": ("int", "events it takes part in"),
}
EDGE_FIELDS = {
    "type": ("string", "PLOVER type, whatever the status"),
    "status": ("string", "happened, planned, denied ...: keep happened and ongoing for what took place"),
    "mutual": ("boolean", "true where neither side receives (a meeting): the direction is of names only"),
    "events": ("int", "how many events: the edge's weight"),
    "score": ("double", "their mean PLOVER score, -10 conflict to 10 cooperation"),
    "first": ("string", "first day of the earliest, ISO 8601"),
    "last": ("string", "last day of the latest"),
    "ids": ("string", "the events' ids, separated by spaces"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Node:
    """A party; ``key`` tells it apart."""

    key: str
    fields: Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Edge:
    """Events of one type and status from one party to another."""

    key: str
    left: str
    right: str
    fields: Mapping[str, Any]


def network(source: Source) -> tuple[list[Node], list[Edge]]:
    """The nodes in order of key, the edges in order of their ends, type and status."""
    parties: dict[str, Party] = {}
    takes_part: dict[str, set[str]] = {}
    grouped: dict[tuple[str, str, str, str, bool], list[Happening]] = {}
    for happening in happenings(source):
        for member in (*happening.actors, *happening.recipients):
            parties.setdefault(_key(member.party), member.party)
            takes_part.setdefault(_key(member.party), set()).add(happening.event.id)
        mutual = not happening.recipients
        for left, right, turned in happening.pairs():
            ends = (_key(left.party), _key(right.party))
            if turned or ends[0] == ends[1]:
                continue
            ends = (min(ends), max(ends)) if mutual else ends
            grouped.setdefault((*ends, happening.act.type, happening.status.value, mutual), []).append(happening)
    nodes = [Node(key, _node(parties[key], len(takes_part[key]))) for key in sorted(parties)]
    edges = [
        Edge(f"e{number}", group[0], group[1], _edge(group, grouped[group]))
        for number, group in enumerate(sorted(grouped))
    ]
    return nodes, edges


def _key(party: Party) -> str:
    return party.id or f"{party.name}/{party.code}"


def _node(party: Party, events: int) -> dict[str, Any]:
    kind = party.kind.value
    return {"name": party.name, "kind": kind, "code": party.code, "sector": party.sector, "events": events}


def _edge(group: tuple[str, str, str, str, bool], found: list[Happening]) -> dict[str, Any]:
    events = list({one.event.id: one for one in found}.values())
    book = events[0].source.book
    scores = [book.score(one.act.type, one.act.modes) for one in events if one.act.type in book.types]
    first = min((one.first for one in events if one.first), default=None)
    last = max((one.last for one in events if one.last), default=None)
    return {
        "type": group[2],
        "status": group[3],
        "mutual": group[4],
        "events": len(events),
        "score": round(sum(scores) / len(scores), 3) if scores else None,
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
        "ids": " ".join(sorted(one.event.id for one in events)),
    }


def text(value: Any) -> str:
    """A value as an attribute or content in XML."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).translate(_NO_XML)


def filled(fields: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The fields that have a value, as text."""
    return ((name, text(value)) for name, value in fields.items() if value not in (None, ""))


def document(root: ET.Element) -> Iterable[bytes]:
    """An XML document, indented."""
    ET.indent(root)
    return (b'<?xml version="1.0" encoding="UTF-8"?>\n', ET.tostring(root, encoding="utf-8"), b"\n")
