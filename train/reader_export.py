"""Turns a trained reader into what is shipped: int8 graphs, vocabulary, what numbers mean, lemma rules.

    python -m train.reader_export FOLDER [--to src/dragoman/data/reader] [--float] [--backbone ...]

FOLDER is what ``train.reader`` wrote. Weights are rounded to bytes, one scale for each output of a product, and without
sign: on processors without dot products of bytes (AVX2) products with signed bytes overflow. ``--float`` leaves all as
it is.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from evals import treebank
from onnxruntime.quantization import QuantType, quantize_dynamic

from train import lemmas, reader_data, reader_graph
from train.reader_model import backbone

TO = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "data" / "reader"
# What is made of bytes: products with weights, and the table of pieces
QUANTIZED = {"encoder": ["MatMul", "Attention", "Gather"], "heads": ["MatMul"]}


def numpy(state: dict[str, torch.Tensor]) -> reader_graph.Weights:
    """Weights as arrays."""
    return {name: value.detach().numpy() for name, value in state.items()}


def write(made: onnx.ModelProto, path: Path, whole: bool) -> None:
    """A graph, rounded unless ``whole``."""
    if whole:
        onnx.save(made, path)
        return
    plain = path.with_suffix(".float.onnx")
    onnx.save(made, plain)
    quantize_dynamic(
        plain,
        path,
        op_types_to_quantize=QUANTIZED[path.stem],
        per_channel=True,
        weight_type=QuantType.QUInt8,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    plain.unlink()


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
    encoder, heads = numpy(stored["encoder"]), numpy(stored["heads"])
    write(reader_graph.encoder(encoder), chosen.to / "encoder.onnx", chosen.float)
    write(reader_graph.heads(heads), chosen.to / "heads.onnx", chosen.float)
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
