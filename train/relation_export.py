"""Write the trained network of relations as an ONNX graph in bytes, without the table of pieces that the reader has.

    python -m train.relation_export RUN/last.pt [RUN/last.pt ...] [--to FOLDER] [--float]

Of several runs the mean of their weights is written (they begin with the same ones).
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto

from dragoman.language.relation import ROOTS, VIEWS
from train.reader_average import Averaged
from train.reader_export import write
from train.reader_graph import Graph, Weights, layer, values
from train.reader_model import LAYERS, WIDTH
from train.relation_model import Network

TO = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "data" / "coder"


def mean_of(path: Path) -> Weights:
    """A run's weights, the mean over its last steps."""
    stored = torch.load(path, weights_only=True)
    network = Network()
    network.load_state_dict(stored["network"])
    mean = Averaged(network)
    mean.load(stored["mean"])
    mean.put(mean.means)
    return {name: value.detach().numpy() for name, value in network.state_dict().items()}


def graph(weights: Weights) -> onnx.ModelProto:
    """Vectors of pieces [B, T, WIDTH], 0 at marks; marks, kinds [B, T]; views [B, VIEWS, T]; lengths [B] -> shares."""
    g = Graph()
    marks = {"marks": np.concatenate([np.zeros((1, WIDTH), np.float32), weights["marks.weight"][1:]])}
    kinds = {"kinds": weights["kinds.weight"]}
    x = "pieces"
    for name, rows in (marks | kinds).items():
        found = g.node("Gather", [g.keep(f"{name}.w", rows), name], f"{name}.rows")
        x = g.node("Add", [x, found], f"{name}.added")
    length = g.node("Gather", [g.node("Shape", ["marks"], "size"), g.keep("second", np.array([1]))], "length")
    cut = [g.keep("places.w", weights["places.weight"]), g.keep("zero", np.array([0])), length]
    places = g.node("Slice", [*cut, g.keep("axis", np.array([0]))], "places")
    scale, bias = (g.keep(f"norm.{part}", weights[f"norm.{part}"]) for part in ("weight", "bias"))
    x = g.node("LayerNormalization", [g.node("Add", [x, places], "placed"), scale, bias], "embedded", epsilon=1e-12)
    for at in range(LAYERS):
        x = layer(g, x, at, weights)
    seen = g.node("MatMul", ["views", x], "seen")
    flat = g.node("Reshape", [seen, g.keep("flat", np.array([-1, VIEWS * WIDTH]))], "seen.flat")
    inner = g.node("Tanh", [g.linear(flat, "inner", weights, "inner")], "inner.bent")
    g.node("Softmax", [g.linear(inner, "root", weights, "root")], "shares", axis=1)
    return g.model(
        values(TensorProto.FLOAT, pieces=["B", "T", WIDTH], views=["B", VIEWS, "T"])
        + values(TensorProto.INT64, marks=["B", "T"], kinds=["B", "T"])
        + values(TensorProto.INT32, lengths=["B"]),
        values(TensorProto.FLOAT, shares=["B", len(ROOTS)]),
    )


def main() -> int:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, default=TO)
    parser.add_argument("--float", action="store_true", help="32-bit floats: to measure what rounding costs")
    chosen = parser.parse_args()
    chosen.to.mkdir(parents=True, exist_ok=True)
    runs = [mean_of(path) for path in chosen.weights]
    weights = {name: np.mean([run[name] for run in runs], 0, dtype=np.float32) for name in runs[0]}
    write(graph(weights), chosen.to / "relation.onnx", chosen.float)
    sys.stdout.write(f"{(chosen.to / 'relation.onnx').stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
