"""The tables of time expressions as scripts/build_times.py built them from resources/times/*.csv."""

import functools
import json
from importlib import resources
from typing import Any


@functools.cache
def tables() -> dict[str, Any]:
    """The built tables: classes, patterns, signals, guards, states, national days, fiscal years."""
    text = resources.files("dragoman").joinpath("data", "times.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
