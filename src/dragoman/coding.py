"""What goes to the map half and what comes back: plain values that pickle, so that any engine can carry them.

Light on purpose: a worker that runs another coder than ours loads nothing else of Dragoman.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from dragoman.types import Claim, Dating, Failure, Report, Text


@dataclass(frozen=True, slots=True)
class CodingTask:
    """One text to code. ``reports`` are its publications, the one it is read as part of first (:func:`lead`).

    ``codebook`` is the user's codebook file, "" for the built-in one; ``codebook_hash`` what it must be; ``actors``
    and ``actors_hash`` the same of the user's own table of actors.
    """

    text: Text
    reports: tuple[Report, ...]
    codebook: str = ""
    codebook_hash: str = ""
    actors: str = ""
    actors_hash: str = ""


@dataclass(frozen=True, slots=True)
class CodingResult:
    """The claims of one text, in text order; its dating where it has no date; what an extractor did wrong."""

    text: str
    claims: tuple[Claim, ...]
    dating: Dating | None = None
    failures: tuple[Failure, ...] = ()


Coder: TypeAlias = Callable[[CodingTask], CodingResult]


def order(report: Report) -> tuple[bool, str, str]:
    """The order of a text's reports: the earliest published first, undated last, then by id."""
    return (report.published is None, str(report.published or ""), report.id)


def where(report: Report) -> str:
    """The name of a report's source for a person: its file, and the document where the file has several."""
    if not report.path or report.path.rsplit("/", 1)[-1] == report.document:
        return report.path or report.document
    return f"{report.path}: {report.document}"
