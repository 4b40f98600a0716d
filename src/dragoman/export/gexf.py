"""The export ``gexf``: the network of parties for Gephi, GEXF 1.3."""

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from dragoman.export.forms import File, Format, Part, Source
from dragoman.export.network import EDGE_FIELDS, NODE_FIELDS, document, filled, network, text

_TYPES = {"int": "integer"}


def files(source: Source) -> tuple[File, ...]:
    """One document; its rows are nodes and edges."""
    nodes, edges = network(source)
    root = ET.Element("gexf", xmlns="http://gexf.net/1.3", version="1.3")
    graph = ET.SubElement(root, "graph", defaultedgetype="directed", mode="static")
    _declare(graph, "node", NODE_FIELDS)
    _declare(graph, "edge", EDGE_FIELDS)
    inside = ET.SubElement(graph, "nodes")
    for node in nodes:
        element = ET.SubElement(inside, "node", id=text(node.key), label=text(node.fields["name"]))
        _values(element, node.fields, NODE_FIELDS)
    inside = ET.SubElement(graph, "edges")
    for edge in edges:
        element = ET.SubElement(
            inside,
            "edge",
            id=edge.key,
            source=text(edge.left),
            target=text(edge.right),
            weight=text(edge.fields["events"]),
            label=text(edge.fields["type"]),
        )
        _values(element, edge.fields, EDGE_FIELDS)
    return (File("network.gexf", document(root), len(nodes) + len(edges)),)


def _declare(graph: ET.Element, of: str, fields: Mapping[str, tuple[str, str]]) -> None:
    attributes = ET.SubElement(graph, "attributes", {"class": of})
    for name, (kind, _) in fields.items():
        ET.SubElement(attributes, "attribute", id=name, title=name, type=_TYPES.get(kind, kind))


def _values(element: ET.Element, fields: Mapping[str, object], known: Mapping[str, object]) -> None:
    values = ET.SubElement(element, "attvalues")
    for name, value in filled({name: fields[name] for name in known}):
        ET.SubElement(values, "attvalue", {"for": name, "value": value})


LOST = (
    "Days and places of single events (the edge lists their ids), roles, voices, standing. One event of five parties "
    "is ten edges: count events in `csv`."
)
PARTS = (
    Part("nodes", tuple((name, about) for name, (_, about) in NODE_FIELDS.items())),
    Part("edges", tuple((name, about) for name, (_, about) in EDGE_FIELDS.items())),
)
FORMAT = Format("The network of parties for Gephi: GEXF 1.3.", files, PARTS, LOST)
