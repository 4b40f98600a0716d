"""Turns a trained reader into what is shipped: int8 graphs, vocabulary, what numbers mean, lemma rules.

    python -m train.reader_export FOLDER [--to src/dragoman/data/reader] [--float] [--backbone ...]

FOLDER is what ``train.reader`` wrote. Weights are rounded to signed bytes, one scale for each output of a product; of
seven bits, because on processors without dot products of bytes (AVX2) sums of larger ones overflow. ``--float`` leaves
all as it is.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from evals import treebank
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from train import lemmas, reader_data, reader_graph
from train.reader_average import Averaged
from train.reader_batches import SCHEMES
from train.reader_model import Encoder, Heads, backbone

TO = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "data" / "reader"
# What is made of bytes: products with weights, and the table of pieces
QUANTIZED = {
    "encoder": ["MatMul", "Attention", "Gather"],
    "heads": ["MatMul"],
    "upper": ["MatMul", "Attention"],
    "relation": ["MatMul", "Attention"],
}
# Products whose inputs have a few large values, which bytes would blur: only their weights are bytes
WHOLE_INPUTS = ".narrow."


def averaged(stored: dict[str, Any]) -> tuple[reader_graph.Weights, reader_graph.Weights]:
    """The weights of encoder and heads as arrays, averaged over the last steps (train.reader_average)."""
    sizes = [len(stored["heads"][f"{part}.weight"]) for part in ("tags", "relation")]
    encoder, heads = Encoder(len(stored["encoder"]["pieces.weight"])), Heads(*sizes, SCHEMES)
    for module, name in ((encoder, "encoder"), (heads, "heads")):
        module.load_state_dict(stored[name])
    mean = Averaged(encoder, heads)
    mean.load(stored["averaged"])
    mean.put(mean.means)
    return tuple(  # type: ignore[return-value]
        {name: value.detach().numpy() for name, value in module.state_dict().items()} for module in (encoder, heads)
    )


def write(made: onnx.ModelProto, path: Path, whole: bool) -> None:
    """A graph, rounded unless ``whole``."""
    if whole:
        onnx.save(made, path)
        return
    plain = path.with_suffix(".float.onnx")
    kept = [node for node in made.graph.node if node.op_type == "MatMul" and WHOLE_INPUTS in node.name]
    onnx.save(made, plain)
    quantize_dynamic(
        plain,
        path,
        op_types_to_quantize=QUANTIZED[path.stem],
        nodes_to_exclude=[node.name for node in kept],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    plain.unlink()
    rounded = onnx.load(path)
    for node in kept:
        in_bytes(rounded.graph, node.input[1])
    onnx.save(rounded, path)


def in_bytes(graph: onnx.GraphProto, name: str) -> None:
    """Store a matrix as bytes, one scale for each column, that are made floats again when the graph is run."""
    held = next(tensor for tensor in graph.initializer if tensor.name == name)
    matrix = numpy_helper.to_array(held)
    scales = (np.abs(matrix).max(0) / 127).astype(np.float32)
    graph.initializer.remove(held)
    graph.initializer.append(numpy_helper.from_array(np.rint(matrix / scales).astype(np.int8), f"{name}.bytes"))
    graph.initializer.append(numpy_helper.from_array(scales, f"{name}.scales"))
    graph.initializer.append(numpy_helper.from_array(np.zeros(len(scales), np.int8), f"{name}.zeros"))
    inputs = [f"{name}.{part}" for part in ("bytes", "scales", "zeros")]
    graph.node.insert(0, helper.make_node("DequantizeLinear", inputs, [name], name=f"{name}.floats", axis=1))


def rules() -> dict[str, dict[str, tuple[int, str]]]:
    """The lemma rules of the treebanks."""
    found = treebank.ewt("train") + treebank.gum("train", treebank.SHIPPED)
    return lemmas.learn((row.form, row.tag, row.lemma) for sentence in found for row in sentence.rows)


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--to", type=Path, default=TO)
    parser.add_argument("--backbone", type=Path, help="the folder with vocab.txt; else of the installed package")
    parser.add_argument("--float", action="store_true", help="32-bit floats: to measure what rounding costs")
    chosen = parser.parse_args()
    chosen.to.mkdir(parents=True, exist_ok=True)
    stored = torch.load(chosen.folder / "last.pt", weights_only=True)
    encoder, heads = averaged(stored)
    write(reader_graph.encoder(encoder), chosen.to / "encoder.onnx", chosen.float)
    write(reader_graph.heads(heads, SCHEMES), chosen.to / "heads.onnx", chosen.float)
    relation = np.concatenate([heads["relation.weight"].T, heads["relation.bias"][None]])
    (chosen.to / "relations.f32").write_bytes(np.ascontiguousarray(relation, "<f4").tobytes())
    shutil.copyfile((chosen.backbone or backbone()) / "vocab.txt", chosen.to / "vocab.txt")
    codes = json.loads((chosen.folder / "codes.json").read_text(encoding="utf-8"))
    types = {"names": reader_data.NAMES, "mentions": reader_data.MENTIONS, "re3d": reader_data.RE3D}
    meaning = {**codes, "types": types, "epochs": stored["epochs"]}
    (chosen.to / "reader.json").write_text(json.dumps(meaning, indent=0) + "\n", encoding="utf-8")
    text = json.dumps(rules(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (chosen.to / "lemmas.json").write_text(text + "\n", encoding="utf-8")
    sys.stdout.write("".join(f"{path.name}: {path.stat().st_size:,} bytes\n" for path in sorted(chosen.to.iterdir())))


if __name__ == "__main__":
    main()
