"""The codebook: what acts, contexts, sectors, issues and stances there are, and their codes in PLOVER and CAMEO.

One typed, checked :class:`Codebook`: the built-in one (PLOVER 2.0, CAMEO 1.1b3 and our issues; tables in
``resources/codebook``, reference in ``docs/codebook.md``, house decisions in ``docs/decisions/0002-plover-traps.md``)
or a user's own. It knows nothing of texts, claims or how an act is found in words.
"""

from dragoman.codebook.check import parse
from dragoman.codebook.files import load
from dragoman.codebook.rules import (
    CameoChoice,
    CameoRule,
    Codebook,
    CodebookError,
    ModeRule,
    PloverChoice,
    TypeRule,
)

__all__ = [
    "CameoChoice",
    "CameoRule",
    "Codebook",
    "CodebookError",
    "ModeRule",
    "PloverChoice",
    "TypeRule",
    "load",
    "parse",
]
