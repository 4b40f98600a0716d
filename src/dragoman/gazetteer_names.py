"""One key for the spellings of a place name, and the simpler names that a long one may hold.

Knows letters and words that place names are made with ("province", "city of"), which it is given; no place. The build
of the tables and the look-ups use the same functions, so that a name is found as it was stored.
"""

import functools
import unicodedata
from collections.abc import Iterator, Mapping

# Letters that Unicode does not decompose into a base letter and an accent; apostrophes and points are left out
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "ı": "i",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "ə": "a",
        "ħ": "h",
        "&": " and ",
    }
    | dict.fromkeys("'’‘ʼʻ`´ʾʿ.\"“”")
    | dict.fromkeys("-‐‑–—_/,()\u00a0", " ")
)
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}  # written either way in names
LONGEST = 3  # words of the longest entry of resources/places/name_words.csv
Words = Mapping[str, str]


@functools.lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """The key of a name: no case, accents, points, apostrophes or hyphens, no "the" before it, "St" as "Saint".

    ``fold(fold(name)) == fold(name)``.
    """
    if name.isascii():
        words = name.lower().translate(_LETTERS).split()
    else:
        decomposed = unicodedata.normalize("NFKD", name.casefold())
        words = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS).split()
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    if len(words) > 1:
        words[0] = _SHORT.get(words[0], words[0])
    return " ".join(words)


def unowned(name: str) -> str:
    """The name without a possessive: "Iran's" and "Cyprus'" as "Iran" and "Cyprus"."""
    for ending in ("'s", "’s", "'", "’"):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name


def simpler(key: str, starts: Words, ends: Words) -> Iterator[tuple[str, str]]:
    """Keys within a key and the kind of place that the words left out tell, the longest first.

    "northern aleppo province" gives "northern aleppo" and "aleppo", both "admin"; a word that tells no kind gives "".
    """
    words = key.split(" ")
    todo = [(words, "")]
    seen = {key}
    while todo:
        words, kind = todo.pop(0)
        for count in range(min(LONGEST, len(words) - 1), 0, -1):
            for rest, cut, table in (
                (words[:-count], words[-count:], ends),
                (words[count:], words[:count], starts),
            ):
                told = table.get(" ".join(cut))
                form = " ".join(rest)
                if told is not None and form not in seen:
                    seen.add(form)
                    todo.append((rest, kind or told))
                    yield form, kind or told


def inner(key: str) -> Iterator[str]:
    """The beginnings and ends of a key of several words, longer ones and ends first."""
    words = key.split(" ")
    for count in range(len(words) - 1, 0, -1):
        yield " ".join(words[-count:])
        yield " ".join(words[:count])
