"""News text made safe for a terminal, and JSON that is safe there too.

News text comes from anywhere: it may hold escape sequences that move the cursor, set a window's title or recolour
the screen, and bidirectional overrides that show other words than are there. ``plain`` writes every such character
as its visible escape; nothing else of a text is changed. It must not know what the text is about.
"""

import json
import re
import unicodedata
from typing import Any

# Joiners that Arabic, Persian and Indic spelling needs; everything else of category Cf is written out.
_SPELLING = frozenset("\u200c\u200d")
# Control, format, surrogate and private characters, and line separators: Unicode general categories.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_SPACE = re.compile(r"[ \t\r\n]+")


def _escaped(char: str) -> str:
    code = ord(char)
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}"


def _safe(char: str) -> bool:
    return (char.isascii() and char.isprintable()) or char in _SPELLING or unicodedata.category(char) not in _UNSAFE


def plain(text: str) -> str:
    """One line of harmless text: line breaks and tabs become a space, unsafe characters their visible escapes."""
    flat = _SPACE.sub(" ", text)
    return flat if flat.isascii() and flat.isprintable() else "".join(c if _safe(c) else _escaped(c) for c in flat)


def lines(text: str) -> str:
    """Harmless text of several lines: tabs and line feeds stay, unsafe characters are their visible escapes."""
    return "".join(c if c in "\t\n" or _safe(c) else _escaped(c) for c in text.replace("\r\n", "\n"))


def shortened(text: str, length: int) -> str:
    """At most ``length`` characters, cut at a word with an ellipsis where more was there."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    whole = cut.rsplit(" ", 1)[0]
    return (whole if len(whole) > length // 2 else cut).rstrip(" ,;:") + "…"


def json_text(value: Any, *, indent: int | None = None) -> str:
    """The JSON of a value, unsafe characters as JSON escapes: the same value to a parser, harmless to a terminal."""
    made = json.dumps(value, ensure_ascii=False, indent=indent)
    if made.isascii() and "\x7f" not in made:
        return made
    return "".join(char if _safe(char) or char == "\n" else _json_escape(char) for char in made)


def _json_escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i] << 8 | units[i + 1]:04x}" for i in range(0, len(units), 2))
