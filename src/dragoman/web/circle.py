"""Who met whom, drawn: an actor in the middle, those it met around it, lines between all who met.

Pure geometry, in units of the drawing. Knows no page.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 720, 430
# Those who are drawn around an actor; more names would touch.
MOST = 16
# Half of the width and of the height of the ring, and the room between a dot and its name.
_ACROSS, _DOWN, _BESIDE = 175.0, 165.0, 12.0
_THICKEST = 7.0
# How far a line between two of the ring bends, as a part of its length.
_BENT = 0.16


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody: a dot, and where the name stands (``anchor`` as in SVG)."""

    key: str
    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Edge:
    """That two met ``events`` times."""

    left: Node
    right: Node
    events: int
    width: float

    @property
    def path(self) -> str:
        """An SVG path, bent where it could run through the middle."""
        one, other = self.left, self.right
        bent = _BENT if self.left.anchor != "middle" or self.left.y != HEIGHT / 2 else 0
        x = (one.x + other.x) / 2 + (other.y - one.y) * bent
        y = (one.y + other.y) / 2 - (other.x - one.x) * bent
        return f"M{one.x} {one.y}Q{x:.1f} {y:.1f} {other.x} {other.y}"


@dataclass(frozen=True, slots=True)
class Circle:
    """The drawing, the actor's own node first."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def drawn(key: str, name: str, met: Sequence[dict[str, Any]], among: Iterable[tuple[str, str, int]]) -> Circle | None:
    """The circle of those an actor met (``key``, ``name``, ``events``); ``among`` them who met how often.

    None where fewer than two were met: a line tells that as well.
    """
    around = met[:MOST]
    if len(around) < 2:
        return None
    middle = Node(key, name, WIDTH / 2, HEIGHT / 2, WIDTH / 2, HEIGHT / 2 - 14, "middle")
    ring = {one["key"]: _node(one, number, len(around)) for number, one in enumerate(around)}
    pairs = [(middle, ring[one["key"]], one["events"]) for one in around]
    pairs += [(ring[left], ring[right], events) for left, right, events in among if left in ring and right in ring]
    most = max(events for *_, events in pairs)
    edges = tuple(
        Edge(left, right, events, round(1 + (_THICKEST - 1) * math.sqrt((events - 1) / most), 1))
        for left, right, events in pairs
    )
    return Circle((middle, *ring.values()), edges)


def _node(one: dict[str, Any], number: int, of: int) -> Node:
    turn = 2 * math.pi * (number + 0.5) / of
    across, down = math.sin(turn), -math.cos(turn)
    x, y = WIDTH / 2 + across * _ACROSS, HEIGHT / 2 + down * _DOWN
    anchor = "middle" if abs(across) < 0.15 else "start" if across > 0 else "end"
    beside = 0.0 if anchor == "middle" else math.copysign(_BESIDE, across)
    below = (18.0 if down > 0 else -10.0) if anchor == "middle" else 4.0
    return Node(one["key"], one["name"], round(x, 1), round(y, 1), round(x + beside, 1), round(y + below, 1), anchor)
