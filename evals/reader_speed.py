"""How fast the English reader reads, and how near it comes to what the processor can do.

    python -m evals.reader_speed [--items 600] [--json]

Reads news items in fresh processes (evals/reader_timing.py), with one thread, with two, and in two processes of one
thread each: words a second of the whole reader (sentences, words, tags, lemmas, trees, names, mentions, chains), items
read one by one and joined to articles of ten; peak memory; seconds from the start of Python to the first analysis. In
the same run ONNX Runtime's peak in matrix products of bytes and of floats (2048 x 384 x 1536, the shape of most of the
encoder's work) is measured, and the words a second it would allow: a word piece costs the encoder 21.2 million
operations, a word the heads 2.2 million.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from typing import Any

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

ROWS, WIDTH, INNER = 2048, 384, 1536
PIECE, WORD = 21.2e6, 2.2e6  # operations: six layers of 12 * 384^2 products, two operations each; the heads'
FIRST = (
    "from dragoman.language.english import analyse; from dragoman.types import Text; "
    "analyse(Text('', 'Kenya met Uganda.'))"
)


def peak(kind: str, threads: int) -> float:
    """Operations a second of one matrix product: "float" or "byte"."""
    luck = np.random.default_rng(0)
    number = TensorProto.FLOAT if kind == "float" else TensorProto.UINT8
    out = TensorProto.FLOAT if kind == "float" else TensorProto.INT32
    weights = luck.integers(-64, 63, (WIDTH, INNER)).astype(np.float32 if kind == "float" else np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMul" if kind == "float" else "MatMulInteger", ["x", "w"], ["y"])],
        "product",
        [helper.make_tensor_value_info("x", number, [ROWS, WIDTH])],
        [helper.make_tensor_value_info("y", out, [ROWS, INNER])],
        [numpy_helper.from_array(weights, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    given = luck.integers(0, 255, (ROWS, WIDTH)).astype(np.float32 if kind == "float" else np.uint8)
    best = 0.0
    for _ in range(30):
        began = time.perf_counter()
        session.run(None, {"x": given})
        best = max(best, 2 * ROWS * WIDTH * INNER / (time.perf_counter() - began))
    return best


def start(threads: int) -> float:
    """Seconds from the start of Python to the first analysis."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", FIRST], check=True, env={**os.environ, "DRAGOMAN_THREADS": str(threads)})
    return time.perf_counter() - began


def processes(count: int, threads: int, number: int) -> dict[str, float]:
    """The figures of fresh processes side by side: speeds added up, of the rest the largest."""
    environment = {**os.environ, "DRAGOMAN_THREADS": str(threads)}
    command = [sys.executable, "-m", "evals.reader_timing", "--items", str(count)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(number)]
    found = [json.loads(one.communicate()[0]) for one in running]
    if any(one.returncode for one in running):
        raise SystemExit("a process failed")
    return {
        name: sum(one[name] for one in found) if name.endswith("words_s") else max(one[name] for one in found)
        for name in found[0]
    }


def measure(count: int) -> dict[str, Any]:
    """All figures by how many threads and processes."""
    found: dict[str, Any] = {}
    for name, threads, number in (("1 thread", 1, 1), ("2 threads", 2, 1), ("2 processes", 1, 2)):
        own = processes(count, threads, number)
        cores = threads * number
        bytes_, floats = peak("byte", cores), peak("float", cores)
        own |= {"cold_start_s": start(threads), "byte_gflop_s": bytes_ / 1e9, "float_gflop_s": floats / 1e9}
        own["limit_words_s"] = bytes_ / (own["pieces_a_word"] * PIECE + WORD)
        own["share_of_limit"] = own["articles_words_s"] / own["limit_words_s"]
        found[name] = {figure: round(value, 3) for figure, value in own.items()}
    return found


def main() -> int:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--items", type=int, default=600)
    arguments.add_argument("--json", action="store_true", help="one JSON object")
    options = arguments.parse_args()
    found = measure(options.items)
    if options.json:
        print(json.dumps(found))
    else:
        for name, figures in found.items():
            print(name, "".join(f"\n  {figure}: {value}" for figure, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
