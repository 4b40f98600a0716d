"""A record made of what an export holds whole: the same reports, texts, claims, links and judgements in a new file.

Knows records and the store; what is read from a file is for the format to say (export/plover.py).
"""

import contextlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dragoman import ids, runs
from dragoman.store import Store, StoreError
from dragoman.types import Claim, Decision, Document, Record, Run


def take_in(record: Record, run: Run | None, path: Path, name: str) -> None:
    """Make a new file at ``path`` of a record read from ``name``; raises :class:`StoreError` where it cannot be one.

    There must be none at ``path``, and after an error there is none.
    """
    lacks = next(_lacks(record, run), "")
    if run is None or lacks:
        raise StoreError(f"{name}: no whole record: it has {lacks}")
    if own := [option for option, _ in run.options if option in (runs.CODEBOOK_FILE, runs.ACTORS_FILE)]:
        raise StoreError(f"{name}: was coded with a file of the user's ({own[0]}), which it does not hold")
    try:
        _put(record, run, path, name)
    except BaseException as problem:
        for made in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            with contextlib.suppress(OSError):
                made.unlink()
        if isinstance(problem, UnicodeEncodeError):  # JSON can write half of a surrogate pair, no text can hold one
            raise StoreError(f"{name}: holds half a character, which no record can ({problem.reason})") from problem
        raise


def _lacks(record: Record, run: Run | None) -> Iterator[str]:
    """What keeps a record from being whole, each in a few words."""
    if run is None:
        yield "no run"
    for what in ("report", "text", "claim", "event"):
        counted = Counter(one.id for one in getattr(record, f"{what}s"))
        yield from (f"{what} {key} {number} times" for key, number in counted.items() if number > 1)
    texts, told = {text.id for text in record.texts}, {report.text for report in record.reports}
    yield from (f"no text of {report.document}" for report in record.reports if report.text not in texts)
    if any(ids.sha256(text.content) != text.id for text in record.texts):
        yield "no texts, or others (--text-free?)"
    yield from (f"no report of the text of claim {claim.id}" for claim in record.claims if claim.text not in told)
    claims = {claim.id for claim in record.claims} | _added(record)
    yield from (
        f"no claim {key} of event {event.id}" for event in record.events for key in event.claims if key not in claims
    )


def _added(record: Record) -> set[str]:
    """The claims that people added: they are kept as words of people."""
    return {word.claim for word in record.judgements if word.decision is Decision.OWN}


def _put(record: Record, run: Run, path: Path, name: str) -> None:
    texts = {text.id: text for text in record.texts}
    claims: dict[str, list[Claim]] = {report.text: [] for report in record.reports}
    added = _added(record)
    for claim in record.claims:
        if claim.id not in added:
            claims[claim.text].append(claim)
    datings = {dating.text: dating for dating in record.datings}
    with Store.open(path, create=True) as store:
        as_read = [(report, texts[report.text]) for report in record.reports]
        store.add_documents([Document(one, text, text.content.encode(), "text/plain", name) for one, text in as_read])
        for text in sorted(claims):
            store.finish_text(text, run, claims[text], datings.get(text))
        for failure in record.failures:
            store.add_failure(failure)
        store.replace_derived(record, words=(*record.links, *record.judgements))
