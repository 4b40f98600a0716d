"""Whether an act took place, where the network reads it otherwise than the words that the rules know.

A linear reading of the vectors of the act's word, of the one that carries it and of the one that they hang on, beside
what the rules say (train/statuses.py, data/coder/statuses.npz). It moves what the rules take for done to what is yet
to come, and words that they take for planned to words said ("may have been involved" is an accusation now). A deed that
words plan, fear or want is never made one that was done; what is denied, cancelled or postponed stays so.
"""

import functools
import io
from collections.abc import Mapping
from importlib import resources

import numpy as np

from dragoman.claims.found import Found
from dragoman.claims.overlap import SPEECH_ACTS
from dragoman.claims.signs import STATUSES, TYPES
from dragoman.claims.tree import Tree
from dragoman.claims.weigher import Floats, Weights, shares
from dragoman.types import Cell, Span, Status

DONE, TO_COME, NOT = range(3)  # the three classes of the benchmark's scorer
CLASSES: Mapping[Status, int] = {
    **dict.fromkeys((Status.HAPPENED, Status.ONGOING, Status.UNCONFIRMED), DONE),
    **dict.fromkeys((Status.PLANNED, Status.CALLED_FOR, Status.HYPOTHETICAL), TO_COME),
    **dict.fromkeys((Status.DENIED, Status.CANCELLED, Status.POSTPONED), NOT),
}
SURE = 0.7  # the share from which another class is believed, by topics left out (train/LOG.md)
SCALE = np.float32(0.5)  # of vectors beside signs of one


def features(tree: Tree, act: Found, own: bool, vectors: Floats) -> Floats:
    """An act as numbers [features]: status and type by the rules, kind of word, vectors; ``own``: the network found it.

    ``vectors``: those of the text's words, [words, width].
    """
    status, kind = act.status.value or Status.HAPPENED, act.trigger.type
    types = np.array([name == kind for name in TYPES], np.float32)
    told = np.array([name == status.value for name in STATUSES], np.float32)
    verb = tree.tag(act.at) == "VERB"
    signs = [told, types, types * (CLASSES[status] == TO_COME), np.array([verb, own], np.float32)]
    head = tree.head(act.at)
    words = [act.at, act.carrier if act.carrier >= 0 else act.at]
    over = vectors[head] if head >= 0 else np.zeros_like(vectors[0])
    found: Floats = np.concatenate([*signs, *[vectors[at] * SCALE for at in words], over * SCALE])
    return found


@functools.cache
def load() -> Weights:
    """The weights that come with Dragoman: "weight" [features, 3], "bias" [3]."""
    data = resources.files("dragoman").joinpath("data", "coder", "statuses.npz").read_bytes()
    with np.load(io.BytesIO(data)) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def likely_status(tree: Tree, act: Found, own: bool, vectors: Floats) -> Cell[Status]:
    """The status of an act: that of the rules, or of the other class where the network is sure of it."""
    ruled = act.status.value or Status.HAPPENED
    weights = load()
    found = shares(features(tree, act, own, vectors) @ weights["weight"] + weights["bias"])
    best = int(found.argmax())
    if CLASSES[ruled] == NOT or best in (NOT, CLASSES[ruled]):
        return act.status
    if found[best] < SURE or (best == DONE and act.trigger.type not in SPEECH_ACTS):
        return act.status
    token = tree.tokens[act.at]
    why = f"read by the network ({found[best]:.2f}), not “{ruled.value}”: {act.status.reason}"
    value = Status.HAPPENED if best == DONE else Status.PLANNED
    return Cell(value, Span(tree.analysis.text.id, token.start, token.end), why)
