"""Words to the word pieces and the shapes that the encoder reads. Knows no model and no offsets.

Pieces are those of BERT's uncased vocabulary: lower case, accents off, punctuation apart, then the longest piece that
fits, left to right (Wu et al. 2016). Case is not lost: every piece carries the shape of its word. A word is looked at
up to LONG characters and PIECES pieces, so that one of a million characters costs no more than a long one.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

LONG = 100
PIECES = 16
UNKNOWN, BEGIN, SEPARATOR, PADDING = "[UNK]", "[CLS]", "[SEP]", "[PAD]"
# Shapes: of a piece that is no word, and of words by their letters
NONE, LOWER, TITLE, UPPER, MIXED, LETTER, DIGITS, SIGNS = range(8)
SHAPES = 8
# Words remembered; enough for the vocabulary of some hundred documents
REMEMBERED = 50_000


def plain(form: str) -> str:
    """A word in lower case, without accents, marks, control and format characters."""
    if form.isascii():
        return form.lower()
    apart = unicodedata.normalize("NFD", form.lower())
    return "".join(char for char in apart if unicodedata.category(char) not in ("Mn", "Cc", "Cf"))


def runs(text: str) -> Iterator[str]:
    """Its stretches of letters and digits, and each other character alone."""
    start = 0
    for at, char in enumerate(text):
        if not char.isalnum() or "\u4e00" <= char <= "\u9fff":
            if start < at:
                yield text[start:at]
            yield char
            start = at + 1
    if start < len(text):
        yield text[start:]


def shape(form: str) -> int:
    """The class of a word's letters."""
    if any(char.isdigit() for char in form):
        return DIGITS
    letters = [char for char in form if char.isalpha()]
    if not letters:
        return SIGNS
    if not any(char.isupper() for char in letters):
        return LOWER
    if all(char.isupper() for char in letters):
        return UPPER if len(letters) > 1 else LETTER
    return TITLE if letters[0].isupper() and not any(char.isupper() for char in letters[1:]) else MIXED


@dataclass(slots=True)
class Vocabulary:
    """Pieces by number, with what is remembered of words: their pieces and their shape."""

    numbers: Mapping[str, int]
    memory: dict[str, tuple[tuple[int, ...], int]] = field(default_factory=dict)

    def run(self, text: str) -> Iterator[int]:
        """The pieces of one stretch; one unknown piece where any part of it is unknown."""
        found, start = [], 0
        while start < len(text):
            end = len(text)
            while end > start:
                number = self.numbers.get(("##" if start else "") + text[start:end])
                if number is not None:
                    break
                end -= 1
            else:
                yield self.numbers[UNKNOWN]
                return
            found.append(number)
            start = end
        yield from (number for number in found if number is not None)

    def word(self, form: str) -> tuple[tuple[int, ...], int]:
        """A word's pieces, at least one, and its shape."""
        form = form[:LONG]
        known = self.memory.get(form)
        if known is None:
            text = plain(form)
            pieces = [number for run in runs(text) for number in self.run(run)][:PIECES]
            known = tuple(pieces) or (self.numbers[UNKNOWN],), shape(form)
            if len(self.memory) >= REMEMBERED:
                self.memory.clear()
            self.memory[form] = known
        return known
