"""The trained reader as two ONNX graphs, made node by node with ONNX Runtime's fused operators.

encoder: ids, shapes [B, T] int64, lengths [B] int32, first [N] int64 (into B * T)   -> words [N, WIDTH], and
         MIDDLE [B, T, WIDTH], what its lower half gives (the coder's network goes on from there)
heads:   words [S, L, WIDTH]                                            -> tags, arcs, below, above, spans, query, key
"""

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from dragoman.language.network import MIDDLE
from train.reader_model import HEADS, LAYERS, SPAN, STEEP, WIDTH, WIDTHS

Weights = dict[str, NDArray[np.float32]]
OPSET = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]


class Graph:
    """Nodes and weights being put together; every method returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.stored: list[onnx.TensorProto] = []

    def keep(self, name: str, value: NDArray[np.generic]) -> str:
        """A weight or constant."""
        self.stored.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, kind: str, inputs: list[str], name: str, domain: str = "", outputs: int = 1, **options: object
    ) -> str:
        """An operator; its first output bears its name."""
        more = [f"{name}.{at}" for at in range(1, outputs)]
        self.nodes.append(helper.make_node(kind, inputs, [name, *more], name=f"{name}.node", domain=domain, **options))
        return name

    def linear(self, x: str, name: str, weights: Weights, key: str, bias: bool = True) -> str:
        """``x W + b`` of a torch linear layer."""
        out = self.node("MatMul", [x, self.keep(f"{name}.w", weights[f"{key}.weight"].T)], f"{name}.product")
        return self.node("Add", [out, self.keep(f"{name}.b", weights[f"{key}.bias"])], name) if bias else out

    def model(self, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]) -> onnx.ModelProto:
        """The finished model."""
        graph = helper.make_graph(self.nodes, "dragoman", inputs, outputs, self.stored)
        made = helper.make_model(graph, opset_imports=OPSET, producer_name="dragoman")
        made.ir_version = 9
        return made


def values(kind: int, **shapes: list[object]) -> list[onnx.ValueInfoProto]:
    """Named inputs or outputs with their shapes."""
    return [helper.make_tensor_value_info(name, kind, shape) for name, shape in shapes.items()]


def layer(g: Graph, x: str, at: int, weights: Weights) -> str:
    """One transformer layer."""
    own = f"layers.{at}"

    def w(part: str) -> NDArray[np.float32]:
        return weights[f"{own}.{part}"]

    joint = np.concatenate([w(f"{part}.weight").T for part in ("query", "key", "value")], 1)
    bias = np.concatenate([w(f"{part}.bias") for part in ("query", "key", "value")])
    inputs = [x, g.keep(f"{own}.qkv.w", joint), g.keep(f"{own}.qkv.b", bias), "lengths"]
    seen = g.node("Attention", inputs, f"{own}.attention", "com.microsoft", num_heads=HEADS)
    mixed = g.linear(seen, f"{own}.mixed", weights, f"{own}.mixed", bias=False)
    x = norm(g, (mixed, x), f"{own}.norm1", weights, w("mixed.bias"))
    wide = g.node("MatMul", [x, g.keep(f"{own}.wide.w", w("wide.weight").T)], f"{own}.wide")
    wide = g.node("BiasGelu", [wide, g.keep(f"{own}.wide.b", w("wide.bias"))], f"{own}.gelu", "com.microsoft")
    narrow = g.linear(wide, f"{own}.narrow", weights, f"{own}.narrow", bias=False)
    return norm(g, (narrow, x), f"{own}.norm2", weights, w("narrow.bias"))


def norm(g: Graph, both: tuple[str, str], name: str, weights: Weights, bias: NDArray[np.float32]) -> str:
    """Layer norm of the sum of ``both`` and of ``bias``."""
    inputs = [*both, *(g.keep(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias"))]
    inputs.append(g.keep(f"{name}.skip", bias))
    return g.node("SkipLayerNormalization", inputs, name, "com.microsoft", epsilon=1e-12)


def encoder(weights: Weights) -> onnx.ModelProto:
    """The encoder."""
    g = Graph()
    pieces = g.node("Gather", [g.keep("pieces.w", weights["pieces.weight"]), "ids"], "pieces")
    forms = g.node("Gather", [g.keep("shapes.w", weights["shapes.weight"]), "shapes"], "forms")
    length = g.node("Gather", [g.node("Shape", ["ids"], "size"), g.keep("second", np.array([1]))], "length")
    cut = [
        g.keep("places.w", weights["places.weight"]),
        g.keep("zero", np.array([0])),
        length,
        g.keep("axis", np.array([0])),
    ]
    places = g.node("Slice", cut, "places")
    x = g.node("Add", [g.node("Add", [pieces, forms], "summed"), places], "placed")
    scale, bias = (g.keep(f"norm.{part}", weights[f"norm.{part}"]) for part in ("weight", "bias"))
    x = g.node("LayerNormalization", [x, scale, bias], "embedded", epsilon=1e-12)
    for at in range(LAYERS):
        x = layer(g, x, at, weights)
    flat = g.node("Reshape", [x, g.keep("flat", np.array([-1, WIDTH]))], "pieces.out")
    g.node("Gather", [flat, "first"], "words")
    return g.model(
        values(TensorProto.INT64, ids=["B", "T"], shapes=["B", "T"])
        + values(TensorProto.INT32, lengths=["B"])
        + values(TensorProto.INT64, first=["N"]),
        values(TensorProto.FLOAT, **{"words": ["N", WIDTH], MIDDLE: ["B", "T", WIDTH]}),
    )


def side(g: Graph, name: str, weights: Weights) -> str:
    """A head's own view of words: linear, GELU."""
    product = g.linear("words", f"{name}.view", weights, f"{name}.0", bias=False)
    return g.node("BiasGelu", [product, g.keep(f"{name}.bias", weights[f"{name}.0.bias"])], name, "com.microsoft")


def with_root(g: Graph, x: str, name: str, root: NDArray[np.float32]) -> str:
    """[S, L, n] -> [S, 1 + L, n], the root's vector first."""
    size = root.shape[-1]
    shape = g.node("Concat", ["sentences", g.keep(f"{name}.row", np.array([1, size]))], f"{name}.shape", axis=0)
    wide = g.node("Expand", [g.keep(f"{name}.root", root.reshape(1, 1, size)), shape], f"{name}.roots")
    return g.node("Concat", [wide, x], name, axis=1)


def biaffine_spans(g: Graph, weights: Weights, schemes: Sequence[int]) -> None:
    """Scores of spans by type, [S, L, L, types]; ``schemes``: how many types each scheme has."""
    sides = {name: side(g, name, weights) for name in ("span_first", "span_last")}
    found = [
        scheme_spans(g, weights["span"][start:end], at, sides)
        for at, (start, end) in enumerate(itertools.pairwise(itertools.accumulate(schemes, initial=0)))
    ]
    joined = g.node("Concat", found, "span.joined", axis=3)
    ends = [g.keep("span.nought", np.array(0)), g.node("Squeeze", ["words.count"], "n"), g.keep("one", np.array(1))]
    places = g.node("Range", ends, "span.places")
    down = g.node("Unsqueeze", [places, g.keep("span.down", np.array([1]))], "span.from")
    apart = g.node("Sub", [places, down], "span.apart")
    ends = [g.keep("span.least", np.array(0)), g.keep("span.most", np.array(WIDTHS - 1))]
    wide = g.node("Clip", [apart, *ends], "span.wide")
    widths = g.node("Gather", [g.keep("span.width", STEEP * weights["width"]), wide], "span.widths")
    g.node("Add", [joined, widths], "spans")


def scheme_spans(g: Graph, own: NDArray[np.float32], at: int, sides: Mapping[str, str]) -> str:
    """The scores of one scheme, [S, L, L, its types]; ``own`` [types, first, last]."""
    name, types = f"span{at}", len(own)
    cut = [
        g.keep(f"{name}.{part}", np.array([value]))
        for part, value in (("begin", at * SPAN), ("end", (at + 1) * SPAN), ("axis", 2))
    ]
    first, last = (g.node("Slice", [sides[part], *cut], f"{name}.{part}") for part in ("span_first", "span_last"))
    both = own.transpose(1, 0, 2)  # first, type, last
    # The last column of either side stands for the constant 1: added as a bias, left out of the products
    inner = both[:SPAN, :, :SPAN].reshape(SPAN, -1)
    mixed = g.node("MatMul", [first, g.keep(f"{name}.inner", inner)], f"{name}.product")
    mixed = g.node("Add", [mixed, g.keep(f"{name}.last", both[SPAN, :, :SPAN].reshape(-1))], f"{name}.mixed")
    shape = g.node("Concat", ["sentences", g.keep(f"{name}.rows", np.array([-1, SPAN]))], f"{name}.shape", axis=0)
    rows = g.node("Reshape", [mixed, shape], f"{name}.flat")
    across = g.node("Transpose", [last], f"{name}.across", perm=[0, 2, 1])
    scores = g.node("MatMul", [rows, across], f"{name}.scores")
    parts = ["sentences", "words.count", g.keep(f"{name}.types", np.array([types])), "words.count"]
    shape = g.node("Concat", parts, f"{name}.shape4", axis=0)
    scores = g.node("Reshape", [scores, shape], f"{name}.by_type")
    scores = g.node("Transpose", [scores], f"{name}.typed", perm=[0, 1, 3, 2])
    ones = g.node("MatMul", [first, g.keep(f"{name}.first", both[:SPAN, :, SPAN])], f"{name}.firsts")
    ones = g.node("Add", [ones, g.keep(f"{name}.constant", both[SPAN, :, SPAN])], f"{name}.constants")
    ones = g.node("Unsqueeze", [ones, cut[2]], f"{name}.ones")
    return g.node("Add", [scores, ones], name)


def heads(weights: Weights, schemes: Sequence[int]) -> onnx.ModelProto:
    """All heads."""
    g = Graph()
    size = g.node("Shape", ["words"], "size")
    for at, name in enumerate(("sentences", "words.count")):
        g.node("Gather", [size, g.keep(f"{name}.at", np.array([at]))], name)
    g.linear("words", "tags", weights, "tags")
    below = g.node("MatMul", [side(g, "arc_below", weights), g.keep("arc.w", weights["arc"])], "arc.product")
    below = g.node("Add", [below, g.keep("arc.b", weights["arc_bias"])], "arc.below")
    above = with_root(g, side(g, "arc_above", weights), "arc.above", weights["root"])
    g.node("MatMul", [below, g.node("Transpose", [above], "arc.across", perm=[0, 2, 1])], "arcs")
    g.node("Identity", [side(g, "rel_below", weights)], "below")
    with_root(g, side(g, "rel_above", weights), "above", weights["rel_root"])
    biaffine_spans(g, weights, schemes)
    g.linear("words", "query", weights, "query")
    g.linear("words", "key", weights, "key")
    counts = {name: weights[f"{name}.weight"].shape[0] for name in ("tags", "query", "key")}
    rel, types = weights["rel_root"].shape[-1], weights["span"].shape[0]
    outputs = {
        "tags": ["S", "L", counts["tags"]],
        "arcs": ["S", "L", "L1"],
        "below": ["S", "L", rel],
        "above": ["S", "L1", rel],
        "spans": ["S", "L", "L", types],
        "query": ["S", "L", counts["query"]],
        "key": ["S", "L", counts["key"]],
    }
    return g.model(values(TensorProto.FLOAT, words=["S", "L", WIDTH]), values(TensorProto.FLOAT, **outputs))
