"""Spans from their scores: names flat, mentions nested but never crossing. Knows only arrays of numbers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def decode(scores: NDArray[np.float32], types: Sequence[str], *, nested: bool) -> list[tuple[int, int, str]]:
    """(first word, last word, type) in order of the text; of spans in conflict the surer one.

    ``scores`` [L, L, 1 + types] by first and last word, "none" first; a span counts whose best type is above "none".
    Spans conflict that cross, or that overlap at all unless ``nested``.
    """
    size = len(scores)
    best = scores[..., 1:].argmax(-1)
    margins = np.take_along_axis(scores[..., 1:], best[..., None], -1)[..., 0] - scores[..., 0]
    firsts, lasts = np.nonzero(np.triu(margins > 0))
    order = np.lexsort((lasts, firsts, -margins[firsts, lasts]))
    kept: list[tuple[int, int, str]] = []
    taken = np.zeros(size, bool)
    for first, last in zip(firsts[order].tolist(), lasts[order].tolist(), strict=True):
        if nested:
            if any(a < first <= b < last or first < a <= last < b for a, b, _ in kept):
                continue
        elif taken[first : last + 1].any():
            continue
        taken[first : last + 1] = True
        kept.append((first, last, types[int(best[first, last])]))
    return sorted(kept)
