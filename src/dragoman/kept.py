"""A record as a command that only looks at it needs it, without loading what computes records.

What reads, codes and reconciles takes a second to load; a record that is up to date needs none of it.
"""

import importlib
from typing import cast

from dragoman.store import Store
from dragoman.types import Record

_COMPUTES = "dragoman.pipeline"


def read(store: Store) -> Record:
    """The record, as :func:`dragoman.pipeline.read` gives it: computed first where that was left undone."""
    if store.is_reduced():
        return store.read()
    return cast(Record, importlib.import_module(_COMPUTES).read(store))
