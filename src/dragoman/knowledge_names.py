"""One folded form for the many spellings of a name ("Zelenskyy", "Zelensky", "Zelenskiy").

It knows letters and the spellings table, not actors: two people may fold alike, and :mod:`dragoman.knowledge` returns
both.
"""

import functools
import json
import re
import unicodedata
from importlib import resources
from typing import NamedTuple

# Every apostrophe as the straight one, as forms are stored
STRAIGHT = str.maketrans(dict.fromkeys("’‘ʼʻ`´", "'") | {"\u00a0": " "})
# Letters that Unicode does not decompose into a base letter and an accent
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a", "ħ": "h"}
    | dict.fromkeys("'’‘ʼʻ`´ʾʿ.,\"“”", "")
    | dict.fromkeys("-‐‑–—_/", " ")
)
_ROMAN = re.compile(r"[ivx]+")


@functools.lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """The folded form of a name: no case, accents, apostrophes or hyphens, one spelling of common transliterations.

    ``fold(fold(name)) == fold(name)``; words stay in their order, parted by one space.
    """
    return " ".join(filter(None, map(_folded, name.split())))


@functools.lru_cache(maxsize=1 << 16)
def _folded(part: str) -> str:
    """The folded form of what stands between two spaces of a name, which may be several words ("al-Assad")."""
    bare = part.casefold()
    if bare.isascii() and bare.isalnum():
        return _word(bare)
    if not bare.isascii():
        decomposed = unicodedata.normalize("NFKD", bare)
        bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(filter(None, map(_word, bare.translate(_LETTERS).split())))


def straight(form: str) -> str:
    """A form with straight apostrophes only."""
    return form if form.isascii() and "`" not in form else form.translate(STRAIGHT)


def without_initials(name: str) -> str:
    """A name without the initials between its first and last word: "Antony J. Blinken" is "Antony Blinken"."""
    parts = name.split()
    if len(parts) < 3:
        return name
    inner = [part for part in parts[1:-1] if not (len(part.rstrip(".")) == 1 and part.isupper())]
    return " ".join((parts[0], *inner, parts[-1]))


def reads_as_name(form: str) -> bool:
    """True when a form is written like a person's name: capitals, or a particle first ("al-Assad", "bin Salman").

    Up to three capitals alone ("LI", "WHO") are taken for an acronym.
    """
    if form[form.rfind(" ") + 1 :].islower() or (len(form) < 4 and form.isupper()):
        return False
    return form[:1].isupper() or form.replace("-", " ").split(" ", 1)[0].lower() in _spellings().particles


def _word(token: str) -> str:
    """One word in its one spelling; the rules are applied until none changes it."""
    table = _spellings()
    if token not in table.words and not token.endswith(table.forms):
        return token
    seen = {""}
    while token not in seen and not _ROMAN.fullmatch(token):
        seen.add(token)
        token = table.words.get(token, token)
        if not token.endswith(table.forms):
            continue
        for form, canonical in table.endings:
            if token.endswith(form) and len(token) > len(form) + 1:
                token = token.removesuffix(form) + canonical
                break
    return token


class _Spellings(NamedTuple):
    """Whole words, endings with the longest first, the forms of these by themselves, and particles."""

    words: dict[str, str]
    endings: tuple[tuple[str, str], ...]
    forms: tuple[str, ...]
    particles: frozenset[str]


@functools.lru_cache(maxsize=1)
def _spellings() -> _Spellings:
    """The table of spellings."""
    raw = json.loads(resources.files("dragoman").joinpath("data", "knowledge_spellings.json").read_bytes())
    endings = tuple((form, canonical) for form, canonical in raw["endings"])
    return _Spellings(raw["words"], endings, tuple(form for form, _ in endings), frozenset(raw["particles"]))
