"""How far a change to some claims reaches among the groups: only to those that they meet on the way to their own.

Groups join best pair first, and a mean is never above the larger of what it is made of. So whether two groups meet on
the way depends on the claims of these two alone, and a partition in which each group is what its own claims give, and
no two meet, is that of all claims at once (decision 0018). Knows numbers only.
"""

from collections.abc import Collection, Mapping
from typing import Protocol

Numbers = frozenset[int]


class Groups(Protocol):
    """What is asked of the record: groups of acts by number, as they stand and as they would be."""

    def whole(self, acts: Collection[int]) -> Numbers:
        """These acts with all others of the groups they stand in, and of those that people's words tie to them."""
        ...

    def near(self, acts: Numbers) -> Mapping[str, Numbers]:
        """The groups, as they stand, of other acts of which one and one of these reach the threshold."""
        ...

    def made(self, acts: Numbers) -> Collection[Numbers]:
        """The groups of these acts, were there no others."""
        ...


def settle(changed: Collection[int], groups: Groups) -> tuple[Numbers, Collection[Numbers]]:
    """The acts whose groups had to be found again, and the groups of these and of all near them.

    Groups near the changed that come out as they stood do not concern what lies beyond them; one that does not is
    looked at as the changed ones are, with all that is near to it.
    """
    core = groups.whole(changed)
    while True:
        near = groups.near(core)
        made = groups.made(core.union(*near.values()))
        moved = [acts for acts in near.values() if acts not in set(made)]
        if not moved:
            return core, made
        core = groups.whole(core.union(*moved))
