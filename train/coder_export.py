"""Write the trained coder: its half encoder as an ONNX graph in bytes, its heads as 16-bit floats.

    python -m train.coder_export WEIGHTS [--to FOLDER] [--float]

WEIGHTS is what train.coder keeps. The graph goes on from what the reader's encoder gives half way up.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto

from train.coder_model import BELOW, Heads, Upper
from train.reader_average import Averaged
from train.reader_export import write
from train.reader_graph import Graph, Weights, layer, values
from train.reader_model import LAYERS, WIDTH

TO = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "data" / "coder"

UNREAD = ("state.", "status.", "asked", "joined.", "relation.")  # heads that only help to learn


def graph(weights: Weights) -> onnx.ModelProto:
    """The upper half: middle [B, T, WIDTH], lengths [B] int32, first [N] int64 (into B * T) -> acts [N, WIDTH]."""
    g = Graph()
    x = "middle"
    for at in range(LAYERS - BELOW):
        x = layer(g, x, at, weights)
    flat = g.node("Reshape", [x, g.keep("flat", np.array([-1, WIDTH]))], "pieces.out")
    g.node("Gather", [flat, "first"], "acts")
    return g.model(
        values(TensorProto.FLOAT, middle=["B", "T", WIDTH])
        + values(TensorProto.INT32, lengths=["B"])
        + values(TensorProto.INT64, first=["N"]),
        values(TensorProto.FLOAT, acts=["N", WIDTH]),
    )


def arrays(state: dict[str, Any]) -> Weights:
    """Tensors as arrays."""
    return {name: value.detach().numpy() for name, value in state.items()}


def mean_of(path: Path) -> tuple[Upper, Heads]:
    """The coder's network with the mean of its weights over the last steps."""
    stored = torch.load(path, weights_only=True)
    upper, heads = Upper(), Heads()
    upper.load_state_dict(stored["upper"])
    heads.load_state_dict(stored["heads"])
    mean = Averaged(upper, heads)
    mean.load(stored["mean"])
    mean.put(mean.means)
    return upper, heads


def main() -> int:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--to", type=Path, default=TO)
    parser.add_argument("--float", action="store_true", help="32-bit floats: to measure what rounding costs")
    chosen = parser.parse_args()
    chosen.to.mkdir(parents=True, exist_ok=True)
    upper, heads = (arrays(part.state_dict()) for part in mean_of(chosen.weights))
    write(graph(upper), chosen.to / "upper.onnx", chosen.float)
    kept = {name: value.astype("<f2") for name, value in sorted(heads.items()) if not name.startswith(UNREAD)}
    np.savez(chosen.to / "heads.npz", **kept)
    sys.stdout.write("".join(f"{path.name}: {path.stat().st_size:,} bytes\n" for path in sorted(chosen.to.iterdir())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
