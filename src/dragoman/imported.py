"""A record made of what an export holds whole: the same reports, texts, claims, links and judgements in a new file.

Knows records and the store; what is read from a file is for the format to say (export/plover.py).
"""

from pathlib import Path

from dragoman import ids, runs
from dragoman.store import Store, StoreError
from dragoman.types import Document, Record, Run


def take_in(record: Record, run: Run | None, path: Path, name: str) -> None:
    """Make a new file at ``path`` of a record read from ``name``; raises :class:`StoreError` where it cannot be one."""
    texts = {text.id: text for text in record.texts}
    orphan = next((report.document for report in record.reports if report.text not in texts), None)
    if run is None or orphan or any(ids.sha256(text.content) != text.id for text in record.texts):
        what = "no run" if run is None else f"no text of {orphan}" if orphan else "no texts, or others (--text-free?)"
        raise StoreError(f"{name}: no whole record: it has {what}")
    if own := [option for option, _ in run.options if option in (runs.CODEBOOK_FILE, runs.ACTORS_FILE)]:
        raise StoreError(f"{name}: was coded with a file of the user's ({own[0]}), which it does not hold")
    with Store.open(path, create=True) as store:
        as_read = [(report, texts[report.text]) for report in record.reports]
        store.add_documents([Document(one, text, text.content.encode(), "text/plain", name) for one, text in as_read])
        datings = {dating.text: dating for dating in record.datings}
        for text in sorted({report.text for report in record.reports}):
            store.finish_text(text, run, [one for one in record.claims if one.text == text], datings.get(text))
        for failure in record.failures:
            store.add_failure(failure)
        store.replace_derived(record, words=(*record.links, *record.judgements))
