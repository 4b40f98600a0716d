"""Names of a sentence from their scores: "Mr Kato" is the name "Kato" (train/labels/GUIDE.md: no honorifics)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dragoman.language import spans

HONORIFICS = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame"))


def decode(forms: Sequence[str], scores: NDArray[np.float32], types: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first word, last word, type), flat, in order; ``scores`` as for :func:`dragoman.language.spans.decode`."""
    out = []
    for begin, last, kind in spans.decode(scores, types, nested=False):
        first = begin
        while kind == "PERSON" and first < last and (forms[first] == "." or plain(forms[first]) in HONORIFICS):
            first += 1
        out.append((first, last, kind))
    return out


def plain(form: str) -> str:
    """A word in lower case, without the stop of an abbreviation."""
    return form.lower().removesuffix(".")
