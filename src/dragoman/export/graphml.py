"""The export ``graphml``: the network of parties for igraph, networkx, Cytoscape, yEd."""

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from dragoman.export.forms import File, Format, Source
from dragoman.export.gexf import LOST, PARTS
from dragoman.export.network import EDGE_FIELDS, NODE_FIELDS, document, filled, network, text


def files(source: Source) -> tuple[File, ...]:
    """One document; its rows are nodes and edges."""
    nodes, edges = network(source)
    root = ET.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for of, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        for name, (kind, _) in fields.items():
            ET.SubElement(root, "key", {"id": f"{of}-{name}", "for": of, "attr.name": name, "attr.type": kind})
    graph = ET.SubElement(root, "graph", id="record", edgedefault="directed")
    for node in nodes:
        _data(ET.SubElement(graph, "node", id=text(node.key)), "node", node.fields)
    for edge in edges:
        ends = {"id": edge.key, "source": text(edge.left), "target": text(edge.right)}
        _data(ET.SubElement(graph, "edge", ends), "edge", edge.fields)
    return (File("network.graphml", document(root), len(nodes) + len(edges)),)


def _data(element: ET.Element, of: str, fields: Mapping[str, object]) -> None:
    for name, value in filled(fields):
        ET.SubElement(element, "data", key=f"{of}-{name}").text = value


FORMAT = Format("The network of parties for igraph, networkx, Cytoscape: GraphML.", files, PARTS, LOST)
