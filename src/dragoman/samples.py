"""Samples of a record: drawn, kept in its file, and what they tell so far. Knows the store; how to draw is audit's."""

import datetime as dt

from dragoman import audit, jsonform
from dragoman.audit import Estimate
from dragoman.lookup import Lookup
from dragoman.store import Store, StoreError
from dragoman.types import Record, Sample

# The most claims of one sample: more than a team judges.
MOST = 5000


def kept(store: Store) -> tuple[Sample, ...]:
    """The samples of a record, oldest first; raises :class:`StoreError` for one that is damaged."""
    found = []
    for content in store.raws_of(audit.MEDIA_TYPE):
        try:
            sample = jsonform.loads(content.decode())
        except ValueError as problem:
            raise StoreError(f"{store.path}: a sample is damaged ({problem}); see `dragoman verify`") from problem
        if isinstance(sample, Sample):
            found.append(sample)
    return tuple(sorted(found, key=lambda one: (one.at, one.id)))


def draw(store: Store, record: Record, size: int, *, seed: str, per: str, by: str, at: str = "") -> Sample:
    """Draw a sample of the claims that a record holds now, and keep it; raises :class:`~dragoman.audit.AuditError`.

    The same again (size, seed, strata, claims) is the one that is kept already.
    """
    if not by.strip():
        raise audit.AuditError("by: a sample needs the name of who draws it")
    if size > MOST:
        raise audit.AuditError(f"size: at most {MOST}")
    at = at or dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    made = audit.draw(record.claims, record.texts, size, seed=seed, per=per, by=by.strip(), at=at)
    for one in kept(store):
        if (one.seed, one.per, one.strata, one.drawn) == (made.seed, made.per, made.strata, made.drawn):
            return one
    store.add_raw(jsonform.dumps(made).encode(), audit.MEDIA_TYPE)
    return made


def told(sample: Sample, look: Lookup) -> tuple[dict[str, tuple[str, bool | None, bool]], Estimate]:
    """Of each drawn claim what people said of it, and the estimate; ``look`` holds the drawn claims' whole texts."""
    said = audit.verdicts(sample, look.record.claims, look.record.texts, look.judged)
    return said, audit.estimate(sample, said)
