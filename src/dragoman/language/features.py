"""What the tagger sees of a word and its neighbours, as hashes of BITS bits. Knows neither weights nor tags' names.

A word has one hash per role (the word before, with the class of the word after, ...); a feature of several words is
their hashes by exclusive or, and so is a feature for a tag, whose weight stands at that place of one table of
2**BITS small integers. Features that meet at one place were trained together; train/LOG.md has what that costs.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

BITS = 22  # 4 MB in memory
MASK = (1 << BITS) - 1
# An odd constant of multiplicative hashing (Knuth, TAOCP 3, 6.4), and as many different ones as there are roles
GOLDEN = 0x9E3779B1
LONG = 40  # longer words are read as this many characters
START = 255  # the number of the "tag" of what stands before the first word
PROSE, HEADLINE, CAPITALS, LOWER = range(4)
JOINERS = str.maketrans({"’": "'", "‘": "'", "`": "'", **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060", "")})


def spread(number: int, role: int) -> int:
    """A number's hash in this role: the upper bits of its product with the role's odd constant."""
    return (number * (GOLDEN * (2 * role + 1) | 1) & 0xFFFFFFFF) >> 32 - BITS


@dataclass(frozen=True, slots=True)
class Word:
    """A word's hashes: ``own`` of the features of it alone, then by role of its letters (``key``), its last three
    letters (``ending``), its ``outline`` and the class of its usual tags (``kind``); the numbers of the tags it may
    have.
    """

    own: tuple[int, ...]
    key: tuple[int, ...]
    ending: tuple[int, ...]
    outline: tuple[int, ...]
    kind: tuple[int, ...]
    tags: tuple[int, ...]


def roles(text: str, first: int, last: int) -> tuple[int, ...]:
    """The hashes of a piece of a word in the roles ``first`` to ``last`` (exclusive)."""
    number = zlib.crc32(text.encode("utf-8", "surrogatepass")) + 1
    return tuple([spread(number, role) for role in range(first, last)])


# What tags are mixed with: for the tag to be chosen, and by role for the tags before
CONSTANTS = tuple(spread(zlib.crc32(b"tag%d" % tag), 997) for tag in range(256))
LAST = tuple(tuple(spread(zlib.crc32(b"last%d" % tag), role) for role in range(80, 90)) for tag in range(256))
BEFORE = tuple(tuple(spread(zlib.crc32(b"before%d" % tag), role) for role in range(90, 93)) for tag in range(256))
STYLES = tuple(tuple(spread(zlib.crc32(b"style%d" % style), role) for role in range(93, 95)) for style in range(4))


def plain(form: str) -> str:
    """A word as it is looked up: lower case, straight apostrophes, nothing invisible, every digit 0."""
    text = form[:LONG].translate(JOINERS).lower()
    return text if text.isalpha() else "".join("0" if char.isdigit() else char for char in text)


def outline(form: str) -> str:
    """The shape of a word, each run of a class once: "Xx", "X", "x", "d", "x-x", "X.X."; at most 12 characters."""
    out: list[str] = []
    for char in form[:LONG]:
        kind = "X" if char.isupper() else "x" if char.isalpha() else "d" if char.isdigit() else char
        if not out or out[-1] != kind:
            out.append(kind)
    return "".join(out[:12])


def word(form: str, kind: str, tags: tuple[int, ...], *, known: bool = True) -> Word:
    """The hashes of a word of this class; of one not ``known`` (rare in training), nothing of the whole word."""
    text, shape = plain(form), outline(form)
    parts = [*(text[-n:] for n in range(1, 6)), *(text[:n] for n in range(1, 5)), shape, kind]
    parts += [shape + text[-3:], shape + kind, kind + text[-3:], "", *([text, shape + text] if known else [])]
    own = [zlib.crc32(part.encode("utf-8", "surrogatepass"), number) for number, part in enumerate(parts, start=1)]
    return Word(
        tuple([spread(number, 998) for number in own]),
        roles(text if known else "", 0, 18),
        roles(text[-3:], 20, 26),
        roles(shape, 30, 37),
        roles(kind, 40, 59),
        tags,
    )


# Stands for the words before the first and after the last
NOTHING = word("\n", "", ())


def context(words: Sequence[Word], at: int, style: int) -> list[int]:
    """The features of the word at ``at`` with its neighbours; two words of padding stand at either end."""
    a, b, w, y, z = words[at - 2 : at + 3]
    b_key, w_key, y_key = b.key, w.key, y.key
    b_kind, w_kind, y_kind, z_kind = b.kind, w.kind, y.kind, z.kind
    first, second = STYLES[style]
    return [
        b_key[0],
        y_key[1],
        a.key[2],
        z.key[3],
        b_key[4] ^ w_key[5],
        w_key[6] ^ y_key[7],
        b_key[8] ^ y_key[9],
        w_key[10] ^ a.key[11],
        w_key[12] ^ z.key[13],
        b.ending[0],
        y.ending[1],
        w.ending[2] ^ y_kind[0],
        w.ending[3] ^ b_key[14],
        w.outline[0] ^ y.outline[1],
        w.outline[2] ^ b.outline[3],
        w.outline[4] ^ first,
        w_kind[1] ^ second,
        w_kind[2] ^ y_kind[3],
        y_kind[4] ^ z_kind[5],
        w_kind[6] ^ b_kind[7],
        w_kind[8] ^ b_key[15],
        w_kind[9] ^ y_key[16],
        w_kind[10] ^ b_kind[11] ^ y_kind[12],
        w_kind[13] ^ z_kind[14],
    ]


def history(words: Sequence[Word], at: int, last: int, before: int) -> list[int]:
    """The features of the word at ``at`` with the tags given to the two words before it."""
    w, y = words[at], words[at + 1]
    w_kind, y_kind, tag, pair = w.kind, y.kind, LAST[last], BEFORE[before]
    return [
        tag[0],
        tag[1] ^ pair[0],
        tag[2] ^ w.key[17],
        tag[3] ^ y_kind[15],
        tag[4] ^ w.ending[4],
        tag[5] ^ pair[1] ^ w_kind[16],
        tag[6] ^ w_kind[17] ^ y_kind[18],
        tag[7] ^ y.key[10],
        tag[8] ^ pair[2] ^ w.key[12],
        tag[9] ^ w.outline[5],
    ]


def style(forms: Sequence[str]) -> int:
    """How a sentence is capitalised: PROSE, HEADLINE (three words of four), CAPITALS (half of them), LOWER (none)."""
    words = [form for form in forms if len(form) > 3 and form[0].isalpha()]
    if sum(form.isupper() for form in words) * 2 > len(words):
        return CAPITALS
    capitals = sum(form[0].isupper() for form in words)
    if len(words) > 2 and capitals * 4 > len(words) * 3:
        return HEADLINE
    return LOWER if words and not capitals and not forms[0][0].isupper() else PROSE
