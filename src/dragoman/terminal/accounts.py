"""The accounts of one event side by side: a column for every voice, a row for every cell.

Marks what agrees, what differs and who passes a cell over. It must not decide any of that; accounts carry it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dragoman.terminal import words
from dragoman.terminal.plain import plain
from dragoman.types import Account, Event, Says

# A column of words narrower than this is hard to read.
_COLUMN = 22
_AGREES, _DIFFERS, _SILENT, _ALONE = "=", "≠", "∅", " "
LEGEND = "= accounts agree   ≠ accounts differ   ∅ passes it over   · does not say"


def side_by_side(event: Event, names: Mapping[str, str], width: int) -> Iterator[RenderableType]:
    """The accounts as tables of as many columns as the terminal holds, then what the marks mean."""
    cells = list(dict.fromkeys(cell for account in event.accounts for cell, _ in account.cells))
    cells = list(dict.fromkeys([*cells, *(cell for account in event.accounts for cell in account.silent)]))
    counted = {cell: _counted(cell, event.accounts) for cell in cells}
    per_table = max(1, width // _COLUMN - 1)
    for start in range(0, len(event.accounts), per_table):
        shown = event.accounts[start : start + per_table]
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
        table.add_column("", style="dim")
        for account in shown:
            table.add_column(Text(title(account, names)), overflow="fold", min_width=12)
        for cell in cells:
            values = [_value(cell, account, event, counted[cell]) for account in shown]
            table.add_row(Text(plain(cell)), *(Text(value) for value in values))
        yield table
        yield Text("")
    yield Text(LEGEND, style="dim")


def title(account: Account, names: Mapping[str, str]) -> str:
    """``Norland denies (in Daily, Gazette)``; where nobody is named it is the outlets' own word."""
    outlets = ", ".join(plain(outlet) for outlet in account.outlets)
    verb = "" if account.says is Says.AFFIRMS else f" {words.SAYS[account.says].removesuffix(' on')}"
    if not account.root:
        return f"{outlets or 'the outlet'} in its own words{verb}"
    root = words.named(account.root, names)
    return f"{root}{verb}" + (f" (in {outlets})" if outlets and outlets != root else "")


def _counted(cell: str, accounts: tuple[Account, ...]) -> Counter[str]:
    """How many accounts give each value of a cell."""
    return Counter(value for account in accounts for value in _values(cell, account))


def _values(cell: str, account: Account) -> set[str]:
    """The values one voice gives: reconciliation joins them with " / " where it said several things."""
    return {part for name, value in account.cells if name == cell for part in value.split(" / ")}


def _value(cell: str, account: Account, event: Event, counted: Counter[str]) -> str:
    own = _values(cell, account)
    if not own:
        return _SILENT if cell in account.silent else "·"
    commonest = min(counted, key=lambda value: (-counted[value], value))
    differs = cell in event.differing and own != {commonest}
    agrees = any(counted[value] > 1 for value in own)
    mark = _DIFFERS if differs else _AGREES if agrees else _ALONE
    return f"{mark} {plain(' / '.join(value for name, value in account.cells if name == cell))}"
