"""The reader's network: sentences of words to scores, by ONNX Runtime on the CPU. Knows no text and no offsets.

Two graphs in data/reader, trained by train/reader.py: the encoder sees windows of consecutive sentences as word
pieces and gives a vector per word; the heads see sentences of such vectors. A third in data/coder (train/coder.py) goes
on from the encoder's lower half to vectors of another kind, which tell of acts. The files are read once, when the first
sentence is; how many threads an operation may use is the environment variable DRAGOMAN_THREADS (1 where it is unset:
texts are read side by side in processes, ``dragoman code --workers``).
"""

import functools
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from dragoman.language.wordpiece import BEGIN, NONE, PADDING, SEPARATOR, Vocabulary

Floats = NDArray[np.float32]
Pieces = tuple[list[int], list[int], list[int]]  # of a window: its pieces, their shapes, where its words begin
WINDOW = 128  # pieces of a window, unless one sentence is longer
LONGEST = 256  # pieces of a sentence: longer ones are lists and tables, and pairs of words grow with its square
ROOM = 2_048  # pieces of a batch of windows, padded
PAIRS = 40_000  # pairs of words of a group of sentences, padded, unless one sentence has more
THREADS = "DRAGOMAN_THREADS"
MIDDLE = "layers.2.norm2"  # the encoder's output half way up
OUTPUTS = ("tags", "arcs", "below", "above", "spans", "query", "key")


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one sentence of L words.

    ``vectors`` and ``acts`` [L, width]; ``tags`` [L, tags]; ``arcs`` [L, 1 + L], column 0 the root; ``below`` [L, n]
    and ``above`` [1 + L, n] for :meth:`Network.relations`; ``spans`` [L, L, types] by first and last word; ``query``,
    ``key`` [L, m], whose products say which words name the same thing.
    """

    vectors: Floats
    acts: Floats
    tags: Floats
    arcs: Floats
    below: Floats
    above: Floats
    spans: Floats
    query: Floats
    key: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """The graphs with what their numbers mean."""

    encoder: Any
    heads: Any
    upper: Any
    vocabulary: Vocabulary
    tags: tuple[str, ...]
    relations_: tuple[str, ...]
    relation_weights: tuple[Floats, Floats]
    types: dict[str, tuple[str, ...]]  # by scheme, in the order of the scores; before each scheme's types stands "none"

    def pieces(self, form: str) -> int:
        """How many pieces a word has."""
        return len(self.vocabulary.word(form)[0])

    def scored(self, sentences: Sequence[Sequence[str]]) -> Iterator[tuple[int, Scores]]:
        """The scores of sentences that follow each other in a text, each with its number, the shortest first.

        None is empty or has more than LONGEST pieces. Scores are views of a group's: keep them no longer than needed.
        """
        lengths = [len(forms) for forms in sentences]
        vectors, acts = self.vectors(sentences)
        begins = np.cumsum([0, *lengths])
        for group in groups(lengths):
            longest = max(lengths[at] for at in group)
            own = [vectors[begins[at] : begins[at] + lengths[at]] for at in group]
            words = np.zeros((len(group), longest, vectors.shape[1]), np.float32)
            for place, rows in enumerate(own):
                words[place, : len(rows)] = rows
            outputs = self.heads.run(OUTPUTS, {"words": words})
            for place, at in enumerate(group):
                others = acts[begins[at] : begins[at] + lengths[at]]
                yield at, cut((own[place], others), [output[place] for output in outputs])

    def vectors(self, sentences: Sequence[Sequence[str]]) -> tuple[Floats, Floats]:
        """The vectors of all words, in order: the reader's, and those that tell of acts."""
        windows = list(self.windows(sentences))
        ordered = sorted(range(len(windows)), key=lambda at: len(windows[at][0]))
        nothing = np.zeros((0, 0), np.float32)
        found: list[tuple[Floats, Floats]] = [(nothing, nothing)] * len(windows)
        batch: list[int] = []
        for place, at in enumerate(ordered):
            batch.append(at)
            after = ordered[place + 1] if place + 1 < len(ordered) else -1
            if after < 0 or (len(batch) + 1) * len(windows[after][0]) > ROOM:
                for part, vectors in zip(batch, self.encode([windows[at] for at in batch]), strict=True):
                    found[part] = vectors
                batch = []
        found = found or [(nothing, nothing)]
        return np.concatenate([one for one, _ in found]), np.concatenate([other for _, other in found])

    def windows(self, sentences: Sequence[Sequence[str]]) -> Iterator[Pieces]:
        """Pieces, their shapes and where words begin, of runs of sentences."""
        numbers = self.vocabulary.numbers
        begin = [numbers[BEGIN]], [NONE]
        ids, shapes, first = [*begin[0]], [*begin[1]], list[int]()
        for forms in sentences:
            words = [self.vocabulary.word(form) for form in forms]
            size = sum(len(pieces) for pieces, _ in words) + 1
            if first and len(ids) + size > WINDOW:
                yield ids, shapes, first
                ids, shapes, first = [*begin[0]], [*begin[1]], []
            for pieces, shape in words:
                first.append(len(ids))
                ids += pieces
                shapes += [shape] * len(pieces)
            ids.append(numbers[SEPARATOR])
            shapes.append(NONE)
        if first:
            yield ids, shapes, first

    def encode(self, windows: Sequence[Pieces]) -> list[tuple[Floats, Floats]]:
        """The vectors of the words of each window of one batch, of both kinds."""
        given = self.batch(windows)
        words, middle = self.encoder.run(("words", MIDDLE), given)
        rest = {"middle": middle, "lengths": given["lengths"], "first": given["first"]}
        (acts,) = self.upper.run(("acts",), rest)
        ends = np.cumsum([len(starts) for _, _, starts in windows])[:-1]
        return list(zip(np.split(words, ends), np.split(acts, ends), strict=True))

    def middles(self, windows: Sequence[Pieces]) -> list[Floats]:
        """What the lower half of the encoder gives of each window of one batch, [pieces, width]."""
        (middle,) = self.encoder.run((MIDDLE,), self.batch(windows))
        return [rows[: len(ids)] for rows, (ids, _, _) in zip(middle, windows, strict=True)]

    def batch(self, windows: Sequence[Pieces]) -> dict[str, NDArray[Any]]:
        """Windows as the encoder's input, padded to the longest."""
        length = max(len(ids) for ids, _, _ in windows)
        ids = np.full((len(windows), length), self.vocabulary.numbers[PADDING], np.int64)
        shapes = np.full((len(windows), length), NONE, np.int64)
        for at, (pieces, forms, _) in enumerate(windows):
            ids[at, : len(pieces)] = pieces
            shapes[at, : len(forms)] = forms
        lengths = np.array([len(pieces) for pieces, _, _ in windows], np.int32)
        first = np.concatenate([np.array(starts) + at * length for at, (_, _, starts) in enumerate(windows)])
        return {"ids": ids, "shapes": shapes, "lengths": lengths, "first": first}

    def chosen(self, scores: Scores) -> list[str]:
        """The tag of each word: of the part of speech that all its tags together make likeliest, the likeliest tag."""
        shares = np.exp(scores.tags - scores.tags.max(1, keepdims=True))
        parts = [tag.partition(":")[0] for tag in self.tags]
        kinds = sorted(set(parts))
        member = np.array([[part == kind for kind in kinds] for part in parts], np.float32)
        best = (shares @ member).argmax(1)
        return [self.tags[at] for at in (shares * member.T[best]).argmax(1)]

    def relations(self, scores: Scores, heads: Sequence[int]) -> list[str]:
        """The relation of each word to its head (-1: the root)."""
        above = scores.above[np.array(heads) + 1]
        weights, bias = self.relation_weights
        found = np.concatenate([scores.below * above, scores.below, above], 1) @ weights + bias
        # Only the root is "root"
        found[:, self.relations_.index("root")] = -np.inf
        return ["root" if head < 0 else self.relations_[at] for head, at in zip(heads, found.argmax(1), strict=True)]

    def scheme(self, scores: Scores, name: str) -> Floats:
        """The scores of spans under one scheme, [L, L, 1 + types]: "none" first."""
        start = 0
        for scheme, types in self.types.items():
            if scheme == name:
                return scores.spans[..., start : start + 1 + len(types)]
            start += 1 + len(types)
        raise KeyError(name)


def groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of sentences of similar length, none of a group with more than PAIRS pairs of words."""
    group: list[int] = []
    for at in sorted(range(len(lengths)), key=lambda at: lengths[at]):
        if group and (len(group) + 1) * lengths[at] ** 2 > PAIRS:
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def cut(vectors: tuple[Floats, Floats], padded: Sequence[Floats]) -> Scores:
    """One sentence's scores without the padding, beside its vectors of both kinds."""
    size = len(vectors[0])
    tags, arcs, below, above, spans, query, key = padded
    return Scores(
        *vectors, tags[:size], arcs[:size, : size + 1], below[:size], above[: size + 1], spans[:size, :size],
        query[:size], key[:size],
    )  # fmt: skip


def session(graph: bytes, threads: int) -> Any:
    """A graph ready to run; idle threads sleep, for other processes read beside this one."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.disable_quant_qdq", "1")  # weights stored as bytes are made floats once
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def threads() -> int:
    """How many threads an operation may use; raises ValueError where the environment says no whole number from 1."""
    given = os.environ.get(THREADS, "1")
    if not given.isdecimal() or int(given) < 1:
        raise ValueError(f"{THREADS} is {given!r}: it must be a whole number from 1")
    return int(given)


@functools.cache
def load() -> Network:
    """The network that comes with Dragoman."""
    data = resources.files("dragoman").joinpath("data")
    folder = data.joinpath("reader")
    meaning = json.loads(folder.joinpath("reader.json").read_text(encoding="utf-8"))
    listed = folder.joinpath("vocab.txt").read_text(encoding="utf-8").split("\n")
    weights = np.frombuffer(folder.joinpath("relations.f32").read_bytes(), "<f4").reshape(-1, len(meaning["relations"]))
    return Network(
        session(folder.joinpath("encoder.onnx").read_bytes(), threads()),
        session(folder.joinpath("heads.onnx").read_bytes(), threads()),
        session(data.joinpath("coder", "upper.onnx").read_bytes(), threads()),
        Vocabulary({piece: number for number, piece in enumerate(listed) if piece}),
        tuple(meaning["tags"]),
        tuple(meaning["relations"]),
        (weights[:-1], weights[-1]),
        {scheme: tuple(types) for scheme, types in meaning["types"].items()},
    )
