"""Builds src/dragoman/data/land.json, the outline of the land for the workbench's map, from resources/places.

``land-110m.json`` is Natural Earth's land at 1 : 110 million (public domain) in TopoJSON, as the npm package
world-atlas 2.0.2 has it (ISC). The result is one SVG path: x = longitude + 180, y = 90 - latitude, in tenths of a
degree.
"""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources" / "places" / "land-110m.json"
TARGET = ROOT / "src" / "dragoman" / "data" / "land.json"


def arcs(topology: dict[str, Any]) -> list[list[tuple[int, int]]]:
    """The arcs of a TopoJSON, delta-coded and quantised (TopoJSON 2.1.3), as points in tenths of a degree."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    made = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((round((x * kx + dx + 180) * 10), round((90 - y * ky - dy) * 10)))
        made.append(points)
    return made


def ring(numbers: list[int], known: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The points of a ring; a negative number is an arc read backwards."""
    points: list[tuple[int, int]] = []
    for number in numbers:
        arc = known[number] if number >= 0 else known[~number][::-1]
        points += arc[1:] if points else arc
    return points


def unrolled(points: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """A ring without jumps from one edge of the world to the other: as often as it takes to be seen on both.

    One that runs around the pole is closed along the lower edge.
    """
    made = [points[0]]
    for x, y in points[1:]:
        turns = round((made[-1][0] - x) / 3600)
        made.append((x + turns * 3600, y))
    if abs(made[-1][0] - made[0][0]) > 1800:
        made += [(made[-1][0], 1800), (made[0][0], 1800)]
    low, high = min(x for x, _ in made), max(x for x, _ in made)
    return [[(x + shift, y) for x, y in made] for shift in (-3600, 0, 3600) if low + shift < 3600 and high + shift > 0]


def main() -> None:
    """Write the path."""
    topology = json.loads(SOURCE.read_text(encoding="utf-8"))
    known = arcs(topology)
    rings = [
        ring(numbers, known)
        for geometry in topology["objects"]["land"]["geometries"]
        for polygon in geometry["arcs"]
        for numbers in polygon
    ]
    shown = [points for one in rings for points in unrolled(one)]
    path = "".join("M" + "L".join(f"{x} {y}" for x, y in dict.fromkeys(points)) + "Z" for points in shown)
    TARGET.write_text(json.dumps({"land": path}) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(rings)} outlines")


if __name__ == "__main__":
    main()
