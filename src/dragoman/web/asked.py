"""What a URL asks for: filters, words to search, days, order and page; and the URLs of what else may be asked.

The same for pages and for the API. Everything is checked here, so that a wrong value is one line and not an empty
list. Knows no tables.
"""

import collections
import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from dragoman.terminal import choose
from dragoman.types import Course, Dispute, Support

NUMBERS = ("page", "size")  # an empty one is wrong; any other empty field of a form asks for nothing
DAYS = ("since", "until")  # blanks alone are no day
# Limits: rows of a page, values of one filter, letters of a search, the last page.
MOST_ROWS, MOST_VALUES, MOST_LETTERS, LAST_PAGE = 200, 20, 200, 100_000

EVENT_FILTERS = (
    "type", "status", "course", "support", "dispute", "party", "actor", "voice", "outlet", "country", "place",
    "process", "document",
)  # fmt: skip
CLAIM_FILTERS = ("kind", "type", "stance", "status", "says", "party", "actor", "voice")
HELD_FILTERS = ("party", "actor", "issue", "stance")
EVENT_ORDERS = ("date", "-date", "reports", "disputes", "doubt")

# Filters whose values are known beforehand; a dispute may name a party after a colon.
_AXES = {"course": tuple(Course), "support": tuple(Support), "dispute": tuple(Dispute)}
_WORD = re.compile(r'"([^"]+)"|(\S+)')


class AskedError(ValueError):
    """A value that a URL cannot ask for; one line that names it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for. ``chosen``: filter -> values, any of which may fit; all filters must."""

    chosen: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    q: str = ""
    since: str = ""
    until: str = ""
    standing: str = ""
    sort: str = "date"
    page: int = 1
    size: int = 50

    @property
    def first_day(self) -> str:
        """The first day asked for, ISO 8601, "" for none."""
        day = choose.day("since", self.since, last=False)
        return day.isoformat() if day else ""

    @property
    def last_day(self) -> str:
        """The last day asked for, ISO 8601, "" for none."""
        day = choose.day("until", self.until, last=True)
        return day.isoformat() if day else ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but order and page is asked for."""
        return bool(any(self.chosen.values()) or self.q or self.since or self.until or self.standing)

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of a URL that asks for this."""
        found = [(name, value) for name in sorted(self.chosen) for value in self.chosen[name]]
        plain = (("q", self.q), ("since", self.since), ("until", self.until), ("standing", self.standing))
        found += [(name, value) for name, value in plain if value]
        found += [("sort", self.sort)] if self.sort != "date" else []
        found += [("page", str(self.page))] if self.page != 1 else []
        found += [("size", str(self.size))] if self.size != 50 else []
        return found

    def url(self, path: str) -> str:
        """The URL that asks for this at a path."""
        return path + (f"?{urlencode(self.pairs())}" if self.pairs() else "")

    def at(self, page: int) -> "Asked":
        """The same, another page."""
        return dataclasses.replace(self, page=page)

    def ordered(self, sort: str) -> "Asked":
        """The same in another order, from the first page."""
        return dataclasses.replace(self, sort=sort, page=1)

    def between(self, since: str, until: str) -> "Asked":
        """The same of other days, from the first page."""
        return dataclasses.replace(self, since=since, until=until, page=1)

    def toggled(self, name: str, value: str) -> "Asked":
        """The same with a value of a filter put in, or taken out where it is in."""
        have = self.chosen.get(name, ())
        values = tuple(one for one in have if one != value) if value in have else (*have, value)
        return dataclasses.replace(self, chosen={**self.chosen, name: values}, page=1)

    def with_value(self, name: str, value: str) -> "Asked":
        """The same with this one value of a filter instead of others."""
        return dataclasses.replace(self, chosen={**self.chosen, name: (value,)}, page=1)

    def without(self, name: str) -> "Asked":
        """The same without one filter, search or bound."""
        if name in ("q", "since", "until", "standing"):
            changes: dict[str, Any] = {name: ""}
            return dataclasses.replace(self, page=1, **changes)
        return dataclasses.replace(self, chosen={k: v for k, v in self.chosen.items() if k != name}, page=1)


def asked(parameters: Iterable[tuple[str, str]], filters: Sequence[str], orders: Sequence[str] = ("date",)) -> Asked:
    """What the parameters of a URL ask for; raises :class:`AskedError`. Empty ones ask for nothing."""
    told = list(parameters)
    given = [(name, value.strip() or value) for name, value in told if value.strip() or name in NUMBERS or name in DAYS]
    chosen: dict[str, tuple[str, ...]] = {}
    for name, value in given:
        if name in filters and value not in chosen.get(name, ()):
            chosen[name] = (*chosen.get(name, ()), value)
    single = dict(given)
    q = single.get("q", "")
    if len(q) > MOST_LETTERS or "\x00" in q:
        raise AskedError(f"q: more than {MOST_LETTERS} letters, or a letter that is none")
    if max(collections.Counter(name for name, _ in told if name in filters).values(), default=0) > MOST_VALUES:
        raise AskedError(f"a filter has more than {MOST_VALUES} values")
    for name, known in _AXES.items():
        unknown = next((one for one in chosen.get(name, ()) if one.partition(":")[0] not in known), None)
        if unknown is not None:
            raise AskedError(f"{name}: {unknown[:20]!r} is none of {', '.join(known)}")
    sort = single.get("sort", "date")
    if sort not in orders:
        raise AskedError(f"sort: {sort!r} is none of {', '.join(orders)}")
    standing = re.sub(r"[\s-]+", "_", single.get("standing", "").casefold())
    if standing and not any(value.startswith(standing) for value in choose.standings()):
        raise AskedError(f"standing: {standing!r} is none of {', '.join(choose.standings())}")
    made = Asked(
        chosen=chosen,
        q=q,
        since=single.get("since", ""),
        until=single.get("until", ""),
        standing=standing,
        sort=sort,
        page=number("page", single.get("page", "1"), LAST_PAGE),
        size=number("size", single.get("size", "50"), MOST_ROWS),
    )
    try:
        made.first_day, made.last_day  # noqa: B018 -- read to be checked
    except choose.ChoiceError as problem:
        raise AskedError(str(problem)) from problem
    return made


def number(name: str, written: str, most: int) -> int:
    """A whole number from 1 to ``most``; raises :class:`AskedError`."""
    if not written.isascii() or not written.isdigit() or len(written) > 9 or not 1 <= int(written) <= most:
        raise AskedError(f"{name}: a number from 1 to {most} is needed, not {written[:20]!r}")
    return int(written)


def words_of(q: str) -> str:
    """A search as FTS5 reads it: every word and "quoted phrase" must be there, the last word may go on.

    What people type is quoted word by word, so that nothing of it is read as an operator.
    """
    found = []
    for phrase, word in _WORD.findall(q):
        text = (phrase or word).replace('"', " ").strip()
        if any(char.isalnum() for char in text):
            found.append((f'"{text}"', bool(word)))
    return " ".join(quoted + ("*" if last and place == len(found) - 1 else "")
                    for place, (quoted, last) in enumerate(found))  # fmt: skip
