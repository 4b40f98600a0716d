"""The one exception of this stage: why something could not be read, for a person, in one line."""

from dragoman.types import Failure


class Unreadable(ValueError):  # noqa: N818  # it says what the input is, not that we failed
    """Why an item or a file could not be read; ``line`` and ``field`` say where, as far as known."""

    def __init__(self, reason: str, *, line: int | None = None, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.field = field

    def failure(self, source: str) -> Failure:
        """The same as a value, with the file or directory it is about."""
        return Failure(source=source, reason=printable(self.reason), line=self.line, field=printable(self.field))


def printable(text: str, longest: int = 300) -> str:
    """The text as one line for a terminal: what does not print escaped, and cut where it is longer than ``longest``."""
    cut = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)
