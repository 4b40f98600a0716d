"""Heads and relations for tagged words: a greedy arc-hybrid parser and an arc labeller, both hashed linear models.

Knows words, tags and weights; it must not know what the trees are used for. Transition system: Kuhlmann,
Gomez-Rodriguez and Satta (2011); trained with the dynamic oracle of Goldberg and Nivre (2013) by train/parser.py,
whose log has the figures. Relations are Universal Dependencies v2.
"""

import functools
import importlib.resources
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.uint64]

SHIFT, LEFT, RIGHT = 0, 1, 2
NONE = 0  # the id of an absent word or tag
ROOT_TAG = 1  # the id of the root's tag, beside every real tag
_SEEDS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], dtype=np.uint64)
MAX_DISTANCE = 9  # longer distances are alike: 6.5 % of the arcs of EWT train

# Atoms of a parser state, by position in the vector that `_atoms` gives
_NAMES = (
    *("s0w", "s0t", "s1w", "s1t", "s2t", "b0w", "b0t", "b1w", "b1t", "b2t"),
    *("s0lt", "s0rt", "s0lw", "s0rw", "s1lt", "s1rt", "b0lt", "b0lw", "s0vl", "s0vr", "b0vl", "s1vr"),
    *("dist", "s0x", "b0x", "s1x", "none", "s0l2t", "s0r2t", "s2w", "b2w"),
)
_TEMPLATES = (
    *("s0w", "s0t", "s1w", "s1t", "b0w", "b0t", "b1w", "b1t", "b2t", "s2t", "s2w", "b2w", "s0w s0t", "b0w b0t"),
    *("s1w s1t", "b1w b1t", "s0t b0t", "s0w b0w", "s0w b0t", "s0t b0w", "s1t s0t", "s1w s0w", "s1w s0t", "s1t s0w"),
    *("s1t b0t", "s0t b0t b1t", "s1t s0t b0t", "s2t s1t s0t", "b0t b1t b2t", "s1t s0t s0rt", "s1t s0t s0lt"),
    *("s0t s0lt b0t", "s0t s0rt b0t", "s0t b0t b0lt", "s1t s1rt s0t", "s1t s1lt s0t", "s0w s0vr", "s0w s0vl"),
    *("s0t s0vr", "s0t s0vl", "b0w b0vl", "b0t b0vl", "s1w s1vr", "s0t dist b0t", "s0w dist", "b0w dist"),
    *("s0t s0lw", "s0t s0rw", "s0w s0rt", "s0w s0lt", "b0w b0lt", "s0x b0x", "s1x s0x", "s0w b0w s0t"),
    *("s0w s1t b0t", "s0t s1t b0w", "s0t s1w b0t", "s0x s0t b0t", "s0t s0lt s0l2t", "s0t s0rt s0r2t"),
    *("s1t s0rt b0t", "s1w s0rw", "s0t b0t s0vl", "s1t s0t s1vr", "s0w b1t", "s0t b0t b1w", "s1t b0w"),
)


def _template_index(templates: Sequence[str], names: Sequence[str]) -> npt.NDArray[np.intp]:
    """Templates -> 3 rows of atom positions, short ones filled with the atom that is always 0."""
    rows = [[names.index(atom) for atom in template.split()] for template in templates]
    filler = names.index("none")
    return np.array([row + [filler] * (3 - len(row)) for row in rows], dtype=np.intp).T


_INDEX = _template_index(_TEMPLATES, _NAMES)
_OFFSETS = np.arange(len(_TEMPLATES), dtype=np.uint64) * _SEEDS[3]


def hash_features(atoms: Ids, index: npt.NDArray[np.intp], offsets: Ids, bits: int) -> npt.NDArray[np.intp]:
    """Atoms combined by templates -> rows of a weight table of ``2**bits`` rows."""
    mixed = atoms[index[0]] * _SEEDS[0] + atoms[index[1]] * _SEEDS[1] + atoms[index[2]] * _SEEDS[2] + offsets
    mixed ^= mixed >> np.uint64(29)
    mixed *= _SEEDS[2]
    hashed: npt.NDArray[np.intp] = (mixed >> np.uint64(64 - bits)).astype(np.intp)
    return hashed


def word_id(form: str) -> int:
    """A stable 32-bit id of a lower-cased form (FNV-1a), digits alike; never 0."""
    value = 0x811C9DC5
    for byte in "".join("0" if c.isdigit() else c for c in form.lower()).encode("utf-8", "surrogatepass"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value | 1


@dataclass(slots=True)
class State:
    """A parse in progress over words 0..n-1; index n is the root, last in the buffer."""

    words: list[int]
    tags: list[int]
    suffixes: list[int]
    stack: list[int]
    heads: list[int]
    left: list[list[int]]
    right: list[list[int]]
    front: int = 0

    @classmethod
    def begin(cls, words: list[int], tags: list[int], suffixes: list[int]) -> "State":
        """The first state of a sentence (ids without the root)."""
        n = len(words)
        return cls(
            [*words, ROOT_TAG], [*tags, ROOT_TAG], [*suffixes, ROOT_TAG], [], [-1] * (n + 1),
            [[] for _ in range(n + 1)], [[] for _ in range(n + 1)],
        )  # fmt: skip

    @property
    def root(self) -> int:
        """The root's index, one past the last word."""
        return len(self.words) - 1

    def done(self) -> bool:
        """True when every word has its head."""
        return self.front == self.root and not self.stack

    def allowed(self) -> tuple[bool, bool, bool]:
        """Which of SHIFT, LEFT, RIGHT can be taken."""
        return self.front < self.root, bool(self.stack), len(self.stack) > 1

    def take(self, move: int) -> None:
        """Apply a move that is allowed."""
        if move == SHIFT:
            self.stack.append(self.front)
            self.front += 1
            return
        child = self.stack.pop()
        head = self.front if move == LEFT else self.stack[-1]
        self.heads[child] = head
        (self.left if move == LEFT else self.right)[head].append(child)

    def atoms(self) -> Ids:
        """The state's atoms in the order of ``_NAMES``."""
        stack, front, words, tags, suffixes = self.stack, self.front, self.words, self.tags, self.suffixes
        depth, n = len(stack), len(words)
        s0 = stack[-1] if depth else -1
        s1 = stack[-2] if depth > 1 else -1
        s2 = stack[-3] if depth > 2 else -1
        b1 = front + 1 if front + 1 < n else -1
        b2 = front + 2 if front + 2 < n else -1
        s0l, s0r = (self.left[s0], self.right[s0]) if depth else ([], [])
        s1l, s1r = (self.left[s1], self.right[s1]) if depth > 1 else ([], [])
        b0l = self.left[front]
        return np.array(
            [
                words[s0] if depth else NONE, tags[s0] if depth else NONE,
                words[s1] if depth > 1 else NONE, tags[s1] if depth > 1 else NONE, tags[s2] if depth > 2 else NONE,
                words[front], tags[front], words[b1] if b1 > 0 else NONE, tags[b1] if b1 > 0 else NONE,
                tags[b2] if b2 > 0 else NONE,
                tags[s0l[-1]] if s0l else NONE, tags[s0r[-1]] if s0r else NONE,
                words[s0l[-1]] if s0l else NONE, words[s0r[-1]] if s0r else NONE,
                tags[s1l[-1]] if s1l else NONE, tags[s1r[-1]] if s1r else NONE,
                tags[b0l[-1]] if b0l else NONE, words[b0l[-1]] if b0l else NONE,
                len(s0l), len(s0r), len(b0l), len(s1r), min(front - s0, MAX_DISTANCE) if depth else 0,
                suffixes[s0] if depth else NONE, suffixes[front], suffixes[s1] if depth > 1 else NONE, 0,
                tags[s0l[-2]] if len(s0l) > 1 else NONE, tags[s0r[-2]] if len(s0r) > 1 else NONE,
                words[s2] if depth > 2 else NONE, words[b2] if b2 > 0 else NONE,
            ],
            dtype=np.uint64,
        )  # fmt: skip

    def features(self, bits: int) -> npt.NDArray[np.intp]:
        """Rows of the move table that this state switches on."""
        return hash_features(self.atoms(), _INDEX, _OFFSETS, bits)


_ARC_NAMES = (
    *("hw", "ht", "dw", "dt", "dir", "dist", "hx", "dx", "cw", "pt", "nt"),
    *("hpt", "hnt", "none", "ct", "gt", "gw", "lt"),
)
_ARC_TEMPLATES = (
    *("hw", "ht dir", "dw", "dt", "dt dir", "ht dt dir", "hw dt dir", "ht dw dir", "hw dw", "hx dt", "dx ht"),
    *("cw ht dt", "cw hw", "pt dt nt", "hpt ht hnt", "dist ht dt", "ct dt ht", "gt ht dt", "gw dt", "hw cw"),
    *("dt cw dir", "lt ht dt", "dw dir", "hw dir", "lt dt dir", "gt dw"),
)
_ARC_INDEX = _template_index(_ARC_TEMPLATES, _ARC_NAMES)
_ARC_OFFSETS = np.arange(len(_ARC_TEMPLATES), dtype=np.uint64) * _SEEDS[3]


def arc_features(
    words: list[int],
    tags: list[int],
    suffixes: list[int],
    heads: list[int],
    *,
    children: list[list[int]],
    at: int,
    bits: int,
) -> npt.NDArray[np.intp]:
    """Rows of the label table for the arc above word ``at``; the root is the last index of each list."""
    n = len(words) - 1
    head = heads[at]
    grand = heads[head] if head < n else -1
    first = children[at][0] if children[at] else -1
    before = [child for child in children[head] if child < at]
    atoms = np.array(
        [
            words[head], tags[head], words[at], tags[at], 1 + (head > at), min(abs(head - at), MAX_DISTANCE),
            suffixes[head], suffixes[at], words[first] if first >= 0 else NONE,
            tags[at - 1] if at > 0 else NONE, tags[at + 1] if at + 1 < n else NONE,
            tags[head - 1] if head > 0 else NONE, tags[head + 1] if head + 1 < n else NONE, 0,
            tags[first] if first >= 0 else NONE, tags[grand] if grand >= 0 else NONE,
            words[grand] if grand >= 0 else NONE, tags[before[-1]] if before else NONE,
        ],
        dtype=np.uint64,
    )  # fmt: skip
    return hash_features(atoms, _ARC_INDEX, _ARC_OFFSETS, bits)


def children_of(heads: Sequence[int]) -> list[list[int]]:
    """Heads (root = last index) -> the children of each index, in order."""
    children: list[list[int]] = [[] for _ in heads]
    for at, head in enumerate(heads[:-1]):
        children[head].append(at)
    return children


@dataclass(frozen=True)
class Parser:
    """Weights: ``moves`` (2**k, 3), ``labels`` (2**m, number of relations), and the ids of tags and relations."""

    moves: npt.NDArray[Any]
    labels: npt.NDArray[Any]
    tag_ids: dict[str, int]
    relations: tuple[str, ...]

    def ids(self, forms: Sequence[str], tags: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        """Forms and tags -> ids of words, tags and suffixes."""
        return (
            [word_id(form) for form in forms],
            [self.tag_ids.get(tag, NONE) for tag in tags],
            [word_id(form[-3:]) for form in forms],
        )

    def parse(self, forms: Sequence[str], tags: Sequence[str]) -> tuple[list[int], list[str]]:
        """One sentence -> the head (index, -1 for the root) and the relation of every word."""
        if not forms:
            return [], []
        words, tag_row, suffixes = self.ids(forms, tags)
        state = State.begin(words, tag_row, suffixes)
        bits = int(self.moves.shape[0]).bit_length() - 1
        while not state.done():
            scores = self.moves[state.features(bits)].sum(axis=0, dtype=np.int32)
            allowed = state.allowed()
            moves = [m for m in (SHIFT, LEFT, RIGHT) if allowed[m]]
            sound = [m for m in moves if not _under_punctuation(state, m, tags)]
            state.take(max(sound or moves, key=lambda m: (scores[m], -m)))
        heads = _one_root(state.heads, tags)
        return [head if head < len(forms) else -1 for head in heads[:-1]], self._relations(state, heads)

    def _relations(self, state: State, heads: list[int]) -> list[str]:
        children = children_of(heads)
        bits = int(self.labels.shape[0]).bit_length() - 1
        names = []
        for at in range(state.root):
            rows = arc_features(state.words, state.tags, state.suffixes, heads, children=children, at=at, bits=bits)
            names.append(self.relations[int(self.labels[rows].sum(axis=0, dtype=np.int32).argmax())])
        return [
            "root" if heads[at] == state.root else "dep" if name == "root" else name for at, name in enumerate(names)
        ]


@functools.cache
def load() -> Parser:
    """The parser that comes with Dragoman."""
    source = importlib.resources.files("dragoman").joinpath("data", "parser.npz")
    with source.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        meta = json.loads(bytes(stored["meta"]).decode())
        tags = {tag: number for number, tag in enumerate(meta["tags"], ROOT_TAG + 1)}
        return Parser(stored["moves"], stored["labels"], tags, tuple(meta["relations"]))


def _under_punctuation(state: State, move: int, tags: Sequence[str]) -> bool:
    """True for a move that would hang a word on a punctuation mark, which UD does not do."""
    if move == SHIFT:
        return False
    head = state.front if move == LEFT else state.stack[-2]
    return head < len(tags) and tags[head] == "PUNCT"


def _one_root(heads: list[int], tags: Sequence[str]) -> list[int]:
    """Keep one word under the root (a verb first, else the earliest) and hang the others on it, as UD asks."""
    n = len(heads) - 1
    tops = [at for at in range(n) if heads[at] == n]
    best = min(tops, key=lambda at: (not tags[at].startswith("VERB"), at))
    return [best if head == n and at != best and at < n else head for at, head in enumerate(heads)]
