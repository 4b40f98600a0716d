"""A second, independent reading of a page, to notice when the first one lost text.

It goes by the standard library's tolerant tokenizer and makes no tree, so that neither nesting nor size makes it drop
what follows (libxml2 does so silently: LIBRARIES.md 0.3). It finds paragraphs, not articles: what it finds is compared
with, never kept.
"""

import re
from html.parser import HTMLParser

# Elements whose text a reader of the page does not see, or that hold its furniture and not its article
_ASIDE = frozenset(
    """aside button footer form head header iframe nav noscript object script select style svg template textarea
    """.split()  # noqa: SIM905  # a list of words reads better so
)
# Elements that do not end a paragraph
_INLINE = frozenset(
    """a abbr b bdi bdo br cite code em font i img ins mark q s small span strong sub sup time u wbr
    """.split()  # noqa: SIM905
)
# Shorter runs of text are links, captions and labels more often than sentences
_PROSE = 80
# Enough of a paragraph to find it again; less than all of it, since extraction may join or cut its end
_KEY = 40


class _Paragraphs(HTMLParser):
    """Collects the runs of text between block elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[list[str]] = [[]]
        self._aside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # inherited
        """Begin a run, or an aside."""
        if tag in _ASIDE:
            self._aside.append(tag)
        elif tag not in _INLINE:
            self.runs.append([])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """End a run; an element closed at once holds nothing."""
        if tag not in _ASIDE:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """End a run, or the aside that is open, with those in it that were left open."""
        if tag not in _ASIDE:
            self.handle_starttag(tag, [])
        elif tag in self._aside:
            while self._aside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Add to the run."""
        if not self._aside:
            self.runs[-1].append(data)


def paragraphs(page: str) -> list[str]:
    """The runs of text of a page, outside its furniture, with single spaces."""
    parser = _Paragraphs()
    parser.feed(page)
    parser.close()
    runs = (" ".join("".join(run).split()) for run in parser.runs)
    return [run for run in runs if run]


def prose(runs: list[str]) -> int:
    """How many characters of the runs are in ones long enough for sentences."""
    return sum(len(run) for run in runs if len(run) >= _PROSE)


def kept(runs: list[str], extracted: str) -> int:
    """How many characters of those are also in the extracted text, white space and punctuation apart."""
    letters = _letters(extracted)
    return sum(len(run) for run in runs if len(run) >= _PROSE and _letters(run)[:_KEY] in letters)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
