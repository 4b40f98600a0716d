"""The built tables of this stage (scripts/build_ingest.py): news agencies, language codes, where pages keep dates."""

import functools
import importlib.resources
import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tables:
    """``agencies``: surface -> name. ``languages``: code or English name, lower case -> ISO 639-1.
    ``page_dates``: (meta | jsonld | itemprop, name), most trusted first.
    """

    agencies: dict[str, str]
    languages: dict[str, str]
    page_dates: tuple[tuple[str, str], ...]


@functools.cache
def tables() -> Tables:
    """The tables, read once."""
    built = json.loads((importlib.resources.files("dragoman") / "data" / "ingest.json").read_text(encoding="utf-8"))
    return Tables(
        agencies=built["agencies"],
        languages=built["languages"],
        page_dates=tuple((where, name) for where, name in built["page_dates"]),
    )
