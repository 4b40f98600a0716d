"""The part of a record that a list shows, for export: the same filters in a URL and on the command line.

Ids come from the index, by the queries of the lists themselves; what they stand for comes from the record. Needs no
web server. Knows no page and no format.
"""

import dataclasses
from collections.abc import Iterable
from typing import Any

from dragoman.storage.parts import Wanted
from dragoman.store import Store
from dragoman.types import Event, Record
from dragoman.web import people, search
from dragoman.web.asked import CLAIM_FILTERS, EVENT_FILTERS, HELD_FILTERS, Asked, AskedError, asked
from dragoman.web.index import Index

# The lists that can be exported, with their filters.
LISTS: dict[str, tuple[str, ...]] = {"events": EVENT_FILTERS, "claims": CLAIM_FILTERS, "positions": HELD_FILTERS}
# What a format is about where nothing is said: events, but for these.
_ABOUT = {"positions": "positions"}
# Parameters of a list that say how much of it a page shows, and in which order.
_HOW_SHOWN = ("sort", "page", "size")
# The formats that make sense of a part of the claims, or of the positions, alone; all make sense of events.
FORMATS = {"claims": ("claims", "statements", "annotations"), "positions": ("positions",)}


@dataclasses.dataclass(frozen=True, slots=True)
class Selection:
    """What of a record is to be exported: what a list (``of``) shows when it is asked for ``asked``."""

    of: str = "events"
    asked: Asked = dataclasses.field(default_factory=Asked)

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return not self.asked.narrowed


def selection(form: str, parameters: Iterable[tuple[str, str]]) -> Selection:
    """What parameters of a URL (``of``, and the filters of that list) select for a format; raises AskedError.

    A filter that the list does not have is an error: nobody should get more than was asked for.
    """
    given = [(name, value) for name, value in parameters if value.strip() and name not in _HOW_SHOWN]
    of = dict(given).get("of", _ABOUT.get(form, "events"))
    if of not in LISTS:
        raise AskedError(f"of: {of[:20]!r} is none of {', '.join(LISTS)}")
    if form and form not in FORMATS.get(of, (form,)):
        raise AskedError(f"of: {form} is not written of {of} alone; {', '.join(FORMATS[of])} are")
    known = {*LISTS[of], "q", "since", "until", "of"} | ({"standing"} if of == "events" else set())
    unknown = next((name for name, _ in given if name not in known), None)
    if unknown is not None:
        raise AskedError(f"{unknown[:20]}: {of} have no such filter; they have {', '.join(sorted(known - {'of'}))}")
    return Selection(of, asked([(name, value) for name, value in given if name != "of"], LISTS[of]))


def number(index: Index, selected: Selection) -> int:
    """How many events, claims or positions are selected."""
    if selected.of == "events":
        return len(search.numbers(index, selected.asked))
    listed = search.claims if selected.of == "claims" else people.positions
    return listed(index, dataclasses.replace(selected.asked, page=1, size=1)).total


def part(store: Store, index: Index, selected: Selection) -> Record:
    """The part of the record that is selected, as the events stand now, with what it rests on and nothing else.

    Of claims the events they tell of come whole, without other events' claims. Links and relations to what is left out
    are left out.
    """
    if selected.of == "positions":
        return within_itself(store.part(Wanted(positions=people.position_ids(index, selected.asked))))
    ids = search.ids(index, selected.of, selected.asked)
    if selected.of == "events":
        return within_itself(store.part(Wanted(events=ids)))
    homes = {row[0] for key in ids for row in index.all("SELECT event FROM event_claims WHERE claim = ?", (key,))}
    found, wanted = store.part(Wanted(claims=ids, events=sorted(homes))), frozenset(ids)
    claims = tuple(claim for claim in found.claims if claim.id in wanted)
    texts = {claim.text for claim in claims}
    return within_itself(
        dataclasses.replace(
            found,
            claims=claims,
            texts=_of(found.texts, texts, "id"),
            reports=_of(found.reports, texts, "text"),
            datings=_of(found.datings, texts, "text"),
            judgements=_of(found.judgements, set(wanted), "claim"),
        )
    )


def _of(values: tuple[Any, ...], wanted: set[str], name: str) -> tuple[Any, ...]:
    return tuple(value for value in values if getattr(value, name) in wanted)


def within_itself(record: Record) -> Record:
    """The record without links and relations that lead out of it."""
    events, claims = {event.id for event in record.events}, {claim.id for claim in record.claims}

    def inside(event: Event) -> Event:
        relations = tuple(one for one in event.relations if one.left in events and one.right in events)
        links = tuple(one for one in event.links if one.left in claims and one.right in claims)
        return dataclasses.replace(event, relations=relations, links=links)

    links = tuple(one for one in record.links if one.left in claims and one.right in claims)
    return dataclasses.replace(record, events=tuple(map(inside, record.events)), links=links)
