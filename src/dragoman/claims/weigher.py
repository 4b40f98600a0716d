"""How likely a word tells of an act, of which type, and who takes part: a network's word, from vectors and signs.

The heads of the coder's network, in NumPy, from data/coder (trained by train/coder.py; layer by layer the same as
train/coder_model.py). Knows no rules: what is made of these shares is decided in :mod:`dragoman.claims.weighed`.
"""

import functools
import io
from collections.abc import Mapping, Sequence
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from dragoman.claims.signs import PAIR_SIZES, SIZES, Named, Numbers
from dragoman.claims.tree import Tree

Floats = NDArray[np.float32]
Weights = Mapping[str, Floats]
SCALE = np.float32(
    0.7978845608028654
)  # of the tanh form of GELU (Hendrycks and Gimpel 2016), near 1e-3 to the exact one


@functools.cache
def load() -> Weights:
    """The weights that come with Dragoman."""
    data = resources.files("dragoman").joinpath("data", "coder", "heads.npz").read_bytes()
    with np.load(io.BytesIO(data)) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def vectors(tree: Tree) -> Floats:
    """The vectors of a text's words, [words, width]."""
    size = len(tree.tokens)
    found = np.frombuffer(tree.analysis.vectors, "<f2").reshape(size, -1) if size else np.zeros((0, 0), "<f2")
    return found.astype(np.float32)


def linear(weights: Weights, name: str, x: Floats) -> Floats:
    """``x W + b``."""
    found: Floats = x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return found


def gelu(x: Floats) -> Floats:
    """The activation of the heads."""
    found: Floats = 0.5 * x * (1 + np.tanh(SCALE * (x + np.float32(0.044715) * x * x * x)))
    return found


def shares(scores: Floats) -> Floats:
    """Scores as shares of one, along the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    found: Floats = raised / raised.sum(-1, keepdims=True)
    return found


def types(words: Floats, signs: Numbers, weights: Weights) -> Floats:
    """The share of each type for each word, [words, 17]: column 0 is "none"."""
    inner = linear(weights, "word", words)
    for at in range(len(SIZES)):
        inner = inner + weights[f"signs.{at}.weight"][signs[:, at]]
    return shares(linear(weights, "typed", gelu(inner)))


def roles(words: tuple[Floats, Floats], kind: int, pairs: Numbers, people: Sequence[Named], weights: Weights) -> Floats:
    """The share of each role of those named in an act of a kind (a row of types), [named, 3]: none, acting, affected.

    ``words``: the vector [width] of the word that tells of it, those [named, width] of the ones named; ``pairs``
    [named, 4].
    """
    at, by = words
    kinds = np.array([one.signs for one in people], np.int64).reshape(-1, 2)
    inner = linear(weights, "at", at) + linear(weights, "by", by) + weights["of_type.weight"][kind]
    inner = inner + linear(weights, "product", linear(weights, "left", at) * linear(weights, "right", by))
    inner = inner + weights["kind.weight"][kinds[:, 0]] + weights["sector.weight"][kinds[:, 1]]
    for column in range(len(PAIR_SIZES)):
        inner = inner + weights[f"pairs.{column}.weight"][pairs[:, column]]
    return shares(linear(weights, "role", gelu(linear(weights, "mixed", gelu(inner)))))
