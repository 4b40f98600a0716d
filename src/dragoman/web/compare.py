"""The accounts of an event as a table for a page: a column per voice, a row per cell, what agrees and what differs.

Decides nothing: what differs is what reconciliation found (``event.differing``); who is silent, what accounts carry.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.lookup import Lookup
from dragoman.terminal import words
from dragoman.terminal.plain import plain
from dragoman.types import Account, Claim, Event, Report, Says
from dragoman.web import cells as shown

# Marks of a cell, each with the sign that is shown beside its colour, and what it means in words.
MEANINGS = {
    "agrees": ("=", "agrees with another account"),
    "differs": ("≠", "differs from the other accounts"),
    "silent": ("∅", "passes it over"),
    "alone": ("", "the only account that says so"),
    "none": ("·", "does not say"),
}


# The cell that a silence passes over or a denial denies: that it happened at all.
ITSELF = "happened"


@dataclass(frozen=True, slots=True)
class Given:
    """What one voice gives for one cell; ``claim`` is one to show the words of, "" for none."""

    value: str
    mark: str
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One voice: its title, its attitude, the outlets that carried it, its reports and claims."""

    title: str
    says: str
    outlets: tuple[str, ...]
    reports: tuple[Report, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and rows of (cell, what each column gives)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[Given, ...]], ...]


def side_by_side(event: Event, look: Lookup, names: Mapping[str, str]) -> Table:
    """The accounts of an event side by side."""
    order = list(dict.fromkeys(cell for account in event.accounts for cell, _ in account.cells))
    order += [cell for account in event.accounts for cell in account.silent if cell not in order]
    order = list(dict.fromkeys([ITSELF, *order]))
    counted = {cell: Counter(v for a in event.accounts for v in _values(cell, a)) for cell in order}
    rows = [
        (cell, tuple(_given(cell, account, event, counted[cell], look) for account in event.accounts)) for cell in order
    ]
    return Table(tuple(_column(account, look, names) for account in event.accounts), tuple(rows))


def _column(account: Account, look: Lookup, names: Mapping[str, str]) -> Column:
    verb = "" if account.says is Says.AFFIRMS else words.SAYS[account.says].removesuffix(" on")
    title = words.named(account.root, names) if account.root else "the outlet in its own words"
    outlets = tuple(plain(outlet) for outlet in account.outlets)
    if not account.root and len(outlets) > 1:
        title = f"{len(outlets)} outlets in their own words"
    elif not account.root and outlets:
        title = f"{outlets[0]}, in its own words"
    return Column(title, verb, outlets, look.reports_of(account.claims), account.claims)


def _values(cell: str, account: Account) -> set[str]:
    """The values one voice gives: reconciliation joins them with " / " where it said several things."""
    return {part for name, value in account.cells if name == cell for part in value.split(" / ")}


def _given(cell: str, account: Account, event: Event, counted: Counter[str], look: Lookup) -> Given:
    own = _values(cell, account)
    if cell == ITSELF and account.says in (Says.AFFIRMS, Says.DENIES):
        word, mark = ("tells of it", "alone") if account.says is Says.AFFIRMS else ("denies it", "differs")
        return Given(word, mark, account.claims[0] if account.claims else "")
    if not own:
        silent = cell in account.silent
        said = silent and account.says not in (Says.AFFIRMS, Says.DENIES)
        claim = account.claims[0] if said and account.claims else ""
        return Given("", "silent" if silent else "none", claim)
    commonest = min(counted, key=lambda value: (-counted[value], value))
    if cell in event.differing and own != {commonest}:
        mark = "differs"
    else:
        mark = "agrees" if any(counted[value] > 1 for value in own) else "alone"
    value = " / ".join(plain(value) for name, value in account.cells if name == cell)
    return Given(value, mark, _shows(cell, account, look))


def _shows(cell: str, account: Account, look: Lookup) -> str:
    """A claim of the account with words for the cell, else any."""
    held: list[Claim] = [look.claims[key] for key in account.claims if key in look.claims]
    with_words = next((claim.id for claim in held if shown.spans(claim, cell)), "")
    return with_words or (held[0].id if held else "")
