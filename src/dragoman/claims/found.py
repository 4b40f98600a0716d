"""An act found at a word, before it becomes a claim."""

from dataclasses import dataclass

from dragoman.claims.arguments import Filled
from dragoman.claims.cells import Read
from dragoman.claims.lexicon import Trigger
from dragoman.types import Cell, Status


@dataclass(slots=True)
class Found:
    """An act at word ``at``; ``carrier``: the light verb that carries it, -1 for none; ``share``: how sure the network
    is that the word tells of an act, -1 where it was not asked; ``read``: the cells that it reads off the word.
    """

    at: int
    trigger: Trigger
    filled: Filled
    status: Cell[Status]
    carrier: int
    share: float = -1.0
    read: Read | None = None
