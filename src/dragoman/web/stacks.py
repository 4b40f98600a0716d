"""People's words on pairs of claims, stacked: the last one counts, and taking it back uncovers the one before.

A link that only takes back says so in its reasons. Pure.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from dragoman.types import Link

Pair: TypeAlias = tuple[str, str]

# The whole reason of a link that takes the word before it back.
TAKEN_BACK = "taken back"


def pair(link: Link) -> Pair:
    """The two claims in one order."""
    return (link.left, link.right) if link.left <= link.right else (link.right, link.left)


def takes_back(link: Link) -> bool:
    """Whether a link is no word of its own."""
    return link.reasons == (TAKEN_BACK,)


def stacks(links: Iterable[Link]) -> Mapping[Pair, list[Link]]:
    """Pair -> the words on it that are not taken back, the one that counts last; ``links`` oldest first."""
    found: dict[Pair, list[Link]] = {}
    for link in links:
        words = found.setdefault(pair(link), [])
        if not takes_back(link):
            words.append(link)
        elif words:
            words.pop()
    return found
