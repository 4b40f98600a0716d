"""How much of what is read at most: every cap in one table, each with the reason for its default.

Hitting a limit is always a visible one-line failure, never a silent cut. Knows nothing of formats.
"""

from dataclasses import dataclass

_MB = 10**6


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on input. Bytes unless said otherwise; pass another instance to :func:`dragoman.ingest.read` to change them.

    The defaults follow RELIABILITY.md 3.3: news is small (the longest of 5,671 stored items has 20 kB), so a file that
    hits one of them is hardly news.
    """

    text: int = 5 * _MB  # a .txt or .md file; one line of .jsonl; one text field
    html: int = 5 * _MB  # a page
    json: int = 50 * _MB  # a .json file, which is read whole
    jsonl: int = 200 * _MB  # a .jsonl file, which is read line by line in constant memory
    page_seconds: float = 5.0  # wall clock for one page; a page takes 0.01 s on average
    page_memory: int = 2**30  # address space of the process that reads pages; it needs 0.2 GB to start
    page_attributes: int = 10_000  # of one tag; libxml2 needs quadratic time: 20,000 take 0.3 s, 500,000 minutes
    page_check: int = 2 * _MB  # code points of a page that the check for lost text reads
    language: int = 2_000  # code points that the language is told from


DEFAULT = Limits()


def in_words(size: int) -> str:
    """A size in bytes for a person: ``5 MB``, ``900 kB``, ``12 bytes``."""
    for unit, name in ((_MB, "MB"), (1000, "kB")):
        if size >= unit:
            return f"{size / unit:g} {name}"
    return f"{size} bytes"
