"""Groups found again near what changed are those of all claims at once, whatever came and went, in any order."""

import itertools
from collections.abc import Collection, Mapping
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reconcile import cluster
from dragoman.stepwise import joins
from dragoman.stepwise.settling import Numbers, settle

_SETTINGS = {"threshold": 0, "absent": -1750, "least": -1750, "most": 4250}


class _Held:
    """Acts in groups, with the points of pairs, as the shelf holds them."""

    def __init__(self, points: Mapping[tuple[int, int], int]) -> None:
        self.points = points
        self.group: dict[int, Numbers] = {}
        self.became: dict[int, list[joins.Join]] = {}
        self.made_of: list[joins.Join] = []
        self.lasting: list[joins.Join] = []

    def whole(self, acts: Collection[int]) -> Numbers:
        return frozenset(acts).union(*(self.group.get(n, frozenset((n,))) for n in acts))

    def near(self, acts: Numbers) -> Mapping[str, Numbers]:
        ends = {n for pair, points in self.points.items() if points >= 0 and not acts.isdisjoint(pair) for n in pair}
        groups = {self.group[n] for n in ends - acts if n in self.group}
        self.lasting = []
        return {str(min(group)): group for group in groups if self._met(group, acts)}

    def _met(self, group: Numbers, acts: Numbers) -> bool:
        nearest = {n: max(self.points.get((min(n, act), max(n, act)), -1750) for act in acts) for n in group}
        became = joins.read(joins.written(self.became[min(group)]))
        lasted = joins.lasting(group, became, nearest)
        met = not joins.stands(group, lasted, nearest, _SETTINGS["threshold"])
        self.lasting += lasted if met else []
        return met

    def made(self, acts: Numbers) -> Collection[Numbers]:
        names = {f"{n:04d}": n for n in acts}
        among = {
            (f"{one:04d}", f"{other:04d}"): points
            for (one, other), points in self.points.items()
            if one in acts and other in acts
        }
        one = [(f"{keep:04d}", f"{gone:04d}") for keep, gone, _ in self.lasting]
        found = cluster.cluster(names, among, {}, _SETTINGS, one)
        self.made_of = [(names[keep], names[gone], mean) for keep, gone, mean in found.joins]
        return [frozenset(names[name] for name in group) for group in found.groups]

    def change(self, come: Collection[int], gone: Collection[int]) -> None:
        shaken = self.whole([n for n in gone if n in self.group]) - frozenset(gone)
        for n in [n for n, group in self.group.items() if not group.isdisjoint(gone)]:
            self.group[n] -= frozenset(gone)
        for n in gone:
            self.group.pop(n, None)
        for group in settle({*come, *shaken}, self)[1]:
            if any(self.group.get(n) != group for n in group):
                self.group |= dict.fromkeys(group, group)
                self.became[min(group)] = [join for join in self.made_of if join[0] in group]
        self.lasting = []


@settings(max_examples=300, deadline=None)
@given(
    st.integers(2, 16).flatmap(
        lambda size: st.lists(
            # Few values, so that means are often equal
            st.sampled_from((-1750, -1750, -1000, -500, 0, 0, 500, 1000, 4250)),
            min_size=size * (size - 1) // 2,
            max_size=size * (size - 1) // 2,
        ).map(lambda drawn: (size, drawn))
    ),
    st.randoms(use_true_random=False),
)
def test_groups_near_a_change_are_those_of_all(case: tuple[int, list[int]], random: Random) -> None:
    """Acts come in any order, a few at a time; then some go."""
    size, drawn = case
    pairs = itertools.combinations(range(size), 2)
    held = _Held({pair: points for pair, points in zip(pairs, drawn, strict=True) if points > -1750})
    coming = list(range(size))
    random.shuffle(coming)
    while coming:
        some = [coming.pop() for _ in range(min(len(coming), random.randint(1, 3)))]
        held.change(some, ())
        assert set(held.made(frozenset(held.group))) == set(held.group.values())
    going = random.sample(range(size), size // 3)
    held.change((), going)
    assert set(held.made(frozenset(range(size)) - frozenset(going))) == set(held.group.values())


def test_a_group_stands_beside_what_it_is_nearer_to_itself() -> None:
    """Not where what others are to a part of it reaches what joined that part, or to all of it the threshold."""
    became = [(1, 2, 3000.0), (1, 3, 1000.0)]

    def stands(*nearest: int) -> bool:
        near = dict(enumerate(nearest, 1))
        return joins.stands({1, 2, 3}, joins.lasting({1, 2, 3}, became, near), near, 0)

    assert stands(500, -400, -200)
    assert stands(2900, -1750, -1750)  # one of them near, which joins the second before
    assert not stands(3000, -1750, -1750)
    assert not stands(2900, 0, -1750)  # two together nearer to the others than to the third
    assert not stands(0, 0, 0)
    far = dict.fromkeys((1, 2, 3), -1750)
    assert not joins.stands({1, 2, 3}, joins.lasting({1, 2, 3}, became[1:], far), far, 0)  # people joined two of them
    assert became[:1] == joins.lasting({1, 2, 3}, became, {1: 2000, 2: 1000, 3: 0})  # two are one whatever the third is


def test_joins_of_other_acts_are_damage() -> None:
    """They come from a file."""
    with pytest.raises(ValueError, match="not of its acts"):
        joins.lasting({1, 2}, [(1, 3, 500.0)], {1: 0, 2: 0})
