"""Claims -> the pairs worth comparing, without looking at all pairs.

A pair is compared when both acts are of one family and share a participant's code, a person, or (where nobody is
named) a country, and their time windows meet. Within a block the claims are swept by time, so that the cost grows
with the pairs that meet and not with the square of the block.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from dragoman.reconcile import names, tours
from dragoman.reconcile.tables import Tables
from dragoman.reconcile.traits import PLANS, Traits
from dragoman.reconcile.views import View

Key = tuple[str, str, str]


def keys(view: View) -> frozenset[Key]:
    """The blocks a claim lies in."""
    family = view.kind.family
    found = {(family, "code", code) for code in view.codes}
    for party in view.parties:
        if names.is_person(party):
            found.update((family, "name", token) for token in names.tokens(party.name))
    if view.place is not None and view.place.country and not (view.actor_codes and view.recipient_codes):
        found.add((family, "code", view.place.country))
    if not found:
        found.add((family, "nobody", ""))
    return frozenset(found)


def window(view: View, settings: dict[str, int]) -> tuple[int, int]:
    """First and last day (ordinals) of acts this claim may be about.

    A stated day reaches ``near`` days either way, a plan ``reach`` days forward; a report of an undated deed looks
    ``memory`` days back. A claim with neither day nor publication day may be about any day.
    """
    near, reach, memory = settings["near_days"], settings["reach_days"], settings["memory_days"]
    plan = view.status in PLANS
    if view.days:
        start, end = view.days
        return start.toordinal() - near, end.toordinal() + (reach if plan else near)
    if view.published:
        day = view.published.toordinal()
        return (day - near, day + reach) if plan else (day - memory, day + near)
    return dt.date.min.toordinal(), dt.date.max.toordinal()


def plausible(a: View, b: View) -> bool:
    """Whether two acts may be one: their codes leave a chance, or they are stops of one tour that one text announces.

    Cheap, and true of all but one of the 1,756 same-event pairs of bench/gold/train.
    """
    return fitting(a, b) or tours.one_tour(a, b)


def fitting(a: Traits, b: Traits) -> bool:
    """Whether the codes of two acts leave any chance that they are one.

    A with B and B with C are two meetings; two deeds or statements with nobody in common on either side are two.
    """
    if a.kind.manner == "occasion":
        return len(a.codes & b.codes) > 1 or len(a.codes) < 2 or len(b.codes) < 2
    for left, right in ((a.actor_codes, b.actor_codes), (a.recipient_codes, b.recipient_codes)):
        if not left or not right or left & right:
            return True
    return False


def pairs(views: Iterable[View], tables: Tables) -> Iterator[tuple[View, View]]:
    """Every pair worth comparing, once, in an order that depends on the claims alone."""
    settings = dict(tables.settings)
    blocks: dict[Key, list[tuple[int, int, str, View]]] = defaultdict(list)
    known = {}
    for view in views:
        first, last = window(view, settings)
        known[view.claim.id] = keys(view)
        for key in known[view.claim.id]:
            blocks[key].append((first, last, view.claim.id, view))
    for key in sorted(blocks):
        for a, b in _sweep(sorted(blocks[key], key=lambda item: item[:3])):
            if key == home(known[a.claim.id], known[b.claim.id]) and plausible(a, b):
                yield a, b


def home(left: frozenset[Key], right: frozenset[Key]) -> Key:
    """The one block in which two claims that share several are compared: no list of pairs already seen is kept."""
    return min(left & right)


def _sweep(members: list[tuple[int, int, str, View]]) -> Iterator[tuple[View, View]]:
    """Pairs of one block whose windows meet, by id: ``members`` sorted by first day, the still open ones kept."""
    open_: list[tuple[int, int, str, View]] = []
    for item in members:
        open_ = [other for other in open_ if other[1] >= item[0]]
        for other in open_:
            if other[2] != item[2]:
                yield (other[3], item[3]) if other[2] < item[2] else (item[3], other[3])
        open_.append(item)
