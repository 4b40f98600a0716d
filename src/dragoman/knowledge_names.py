"""One folded form for the many spellings of a name ("Zelenskyy", "Zelensky", "Zelenskiy").

It knows letters and the spellings table, not actors: two people may fold alike, and :mod:`dragoman.knowledge` returns
both.
"""

import functools
import json
import re
import unicodedata
from importlib import resources

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
    words, endings, _ = _spellings()
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
    return " ".join(filter(None, (_word(token, words, endings) for token in bare.split())))


def reads_as_name(form: str) -> bool:
    """True when a form is written like a person's name: capitals, or a particle first ("al-Assad", "bin Salman").

    Up to three capitals alone ("LI", "WHO") are taken for an acronym.
    """
    if form.rsplit(" ", 1)[-1].islower() or (len(form) < 4 and form.isupper()):
        return False
    return form[:1].isupper() or form.replace("-", " ").split(" ", 1)[0].lower() in _spellings()[2]


def _word(token: str, words: dict[str, str], endings: tuple[tuple[str, str], ...]) -> str:
    """One word in its one spelling; the rules are applied until none changes it."""
    seen = {""}
    while token not in seen and not _ROMAN.fullmatch(token):
        seen.add(token)
        token = words.get(token, token)
        for form, canonical in endings:
            if token.endswith(form) and len(token) > len(form) + 1:
                token = token.removesuffix(form) + canonical
                break
    return token


@functools.lru_cache(maxsize=1)
def _spellings() -> tuple[dict[str, str], tuple[tuple[str, str], ...], frozenset[str]]:
    """The table of spellings: whole words, endings with the longest first, and particles."""
    raw = json.loads(resources.files("dragoman").joinpath("data", "knowledge_spellings.json").read_bytes())
    return raw["words"], tuple((form, canonical) for form, canonical in raw["endings"]), frozenset(raw["particles"])
