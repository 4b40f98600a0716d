"""Feasts whose days follow the moon or another calendar, as pairs of days, first and last, year by year.

A table (resources/times/feasts.csv, made by scripts/import_feasts.py from packages that it names): Ramadan, both Eids,
Nowruz, Lunar New Year, Diwali, Passover and others, 1995 to 2035. Jewish feasts begin on the evening before their day;
those of Islam are a day later or earlier where the moon is seen so. Must not know text nor language.
"""

import datetime as dt
import functools
import json
from importlib import resources


def feast(name: str) -> tuple[tuple[dt.date, dt.date], ...]:
    """The days of a feast in all years of the table, in order; raises ValueError for a name that it lacks."""
    days = _table().get(name)
    if not days:
        raise ValueError(f"there is no feast {name}")
    return days


@functools.cache
def _table() -> dict[str, tuple[tuple[dt.date, dt.date], ...]]:
    text = resources.files("dragoman").joinpath("data", "times.json").read_text(encoding="utf-8")
    return {
        name: tuple((dt.date.fromisoformat(first), dt.date.fromisoformat(last)) for first, last in days)
        for name, days in json.loads(text)["feasts"].items()
    }
