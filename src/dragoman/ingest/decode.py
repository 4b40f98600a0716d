"""Bytes -> text, strictly: UTF-8, or UTF-16 with a byte order mark; anything else is refused with the reason.

Plain text and JSON carry no declaration of their encoding, and a guess that is wrong by one letter changes names: so
nothing is guessed here. (Pages declare theirs; :mod:`dragoman.ingest.pages` reads that.)
"""

import codecs
import re

from dragoman.ingest.unreadable import Unreadable

# The first bytes of files that are often misnamed; anything else binary shows by a NUL or by not being UTF-8
_SIGNATURES = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP, WAV, AVI)"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
# What no store can keep and JSON can spell: NUL (PostgreSQL refuses it) and halves of surrogate pairs (no UTF-8)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_utf16(data: bytes) -> bool:
    """True where the bytes begin with UTF-16's byte order mark."""
    return data.startswith(_UTF16)


def refuse_binary(data: bytes) -> None:
    """Raise Unreadable for what is no text in any encoding that we read."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise Unreadable(f"{what}, not text")
    if not is_utf16(data) and (at := data.find(b"\0")) >= 0:
        raise Unreadable(f"NUL byte at offset {at}: a binary file, or UTF-16 without a byte order mark")


def decode(data: bytes) -> str:
    """The text of the bytes, without a byte order mark; raises Unreadable naming the first byte that does not fit."""
    refuse_binary(data)
    if is_utf16(data):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Unreadable(f"not UTF-16 text: {error.reason} at offset {error.start}") from None
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        start = error.start + len(codecs.BOM_UTF8) * data.startswith(codecs.BOM_UTF8)
        raise Unreadable(f"not UTF-8 text: byte 0x{data[start]:02x} at offset {start}") from None


def check(value: str, field: str = "") -> str:
    """The value, unless it holds what no store can keep: NUL or a lone surrogate."""
    if found := _UNSTORABLE.search(value):
        what = "NUL" if found[0] == "\0" else f"lone surrogate U+{ord(found[0]):04X}"
        raise Unreadable(f"{what} at character {found.start()}", field=field)
    return value
