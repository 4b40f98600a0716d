"""Exports: made at once where they are small, else by a process of their own, and served when they are ready.

One is known by its format, by what is selected and by the state of the record, so that asking again gives what is
there. Files lie in a private folder that goes with the workbench. Run as a program,
``python -m dragoman.web.prepared SPEC``, it writes one.
"""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman import pipeline, plugins
from dragoman.export.forms import ExportError, File, Format, source
from dragoman.origins import origins
from dragoman.store import Store
from dragoman.terminal.plain import json_text, plain
from dragoman.web.index import Index
from dragoman.web.index_rows import Known
from dragoman.web.selection import Selection, part, selection

# Exports written at the same time, and files kept: more have to wait, the oldest go.
MOST_AT_ONCE, MOST_KEPT = 2, 12
# PLOVER's codes of parties that are no state, as pages name them.
_BODIES = {
    "EUR": "European Union",
    "UNO": "United Nations",
    "IGO": "International bodies",
    "NGO": "NGOs",
    "ISM": "Movements",
    "IMG": "Armed groups",
    "MNC": "Companies",
}
# Seconds between two looks at whether a file is there.
_LOOK = 0.05


class BusyError(Exception):
    """As many exports as may be are being written; one line for a person."""


@dataclass(frozen=True, slots=True)
class Export:
    """A format, what is selected, and whether the words are left out."""

    form: str
    selected: Selection
    text_free: bool = False


def made(store: Store, index: Index, export: Export) -> tuple[str, Iterable[bytes]]:
    """The name and bytes of an export; raises :class:`ExportError` for a format that cannot be written here.

    Of a part the record is read in part. Words of people that are not computed with yet are not in the events.
    """
    exporter = plugins.loaded(plugins.EXPORTERS, export.form)
    held = store.read() if export.selected.whole else part(store, index, export.selected)
    of = source(
        held,
        pipeline.kept_codebook(store),
        store.latest_run(),
        text_free=export.text_free,
        origins=lambda: origins(held),
    )
    if not isinstance(exporter, Format):
        return f"{export.form}.jsonl", ((json_text(row) + "\n").encode() for row in exporter(of.record))
    files = exporter.files(of)
    if exporter.folder:
        return f"{export.form}.zip", (zipped(files),)
    return files[0].name, files[0].content


def zipped(files: Sequence[File]) -> bytes:
    """The same bytes for the same files: no clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name), b"".join(file.content))
    return out.getvalue()


class Prepared:
    """The exports of one open record that take their time."""

    def __init__(self, record: Path, index: str) -> None:
        self._record, self._index = str(record), index
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def file(self, export: Export, state: str, patience: float) -> Path | None:
        """The file, None where it is still being written after ``patience`` seconds.

        ``state`` is the record's, so that a file of an older state is never given. Raises :class:`ExportError` where
        it could not be written, :class:`BusyError`.
        """
        spec = {
            "record": self._record,
            "index": self._index,
            "form": export.form,
            "asked": [("of", export.selected.of), *export.selected.asked.pairs()],
            "text_free": export.text_free,
        }
        key = _key(spec, state)
        until = time.monotonic() + patience
        self._begin(key, spec)
        while not (found := self._found(key)) and time.monotonic() < until:
            time.sleep(_LOOK)
        return found

    def _begin(self, key: str, spec: dict[str, object]) -> None:
        with self._lock:
            self._folder = self._folder or Path(tempfile.mkdtemp(prefix="dragoman-exports-"))  # readable by us alone
            if key in self._running or (self._folder / key).exists():
                return
            if sum(process.poll() is None for process in self._running.values()) >= MOST_AT_ONCE:
                raise BusyError("other exports are being written; ask again when they are done")
            done = (one for one in self._folder.iterdir() if one.is_dir() and not one.suffix)
            kept = sorted(done, key=lambda one: one.stat().st_mtime)
            for old in kept[: max(0, len(kept) - MOST_KEPT + 1)]:
                shutil.rmtree(old, ignore_errors=True)
            command = [
                sys.executable,
                "-m",
                "dragoman.web.prepared",
                json.dumps({**spec, "out": str(self._folder / key)}),
            ]
            self._running[key] = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def _found(self, key: str) -> Path | None:
        with self._lock:
            assert self._folder
            process, folder = self._running.get(key), self._folder / key
            if process is not None and process.poll() is None:
                return None
            self._running.pop(key, None)
            failed = folder.with_suffix(".failed")
            if failed.exists():
                why = failed.read_text(encoding="utf-8")
                failed.unlink()
                raise ExportError(why)
            if not folder.exists():
                raise ExportError("could not be written; the log of the workbench says why")
            return next(folder.iterdir())

    def close(self) -> None:
        """Stop what is being written, and delete all."""
        with self._lock:
            for process in self._running.values():
                process.terminate()
                process.wait()
            self._running.clear()
            if self._folder:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None


def _key(spec: Mapping[str, object], state: str) -> str:
    return hashlib.sha256(json.dumps([spec, state]).encode()).hexdigest()[:24]


def main() -> int:
    """Write one export, whole or not at all: a folder with one file, or beside it why there is none."""
    spec = json.loads(sys.argv[1])
    out = Path(spec["out"])
    export = Export(spec["form"], selection(spec["form"], spec["asked"]), spec["text_free"])
    unfinished = out.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)  # of one that was stopped
    unfinished.mkdir(mode=0o700)
    with Store.open(spec["record"]) as store:
        index = Index(spec["index"])
        if not export.selected.whole:
            index.refresh(store, known(store))
        try:
            name, content = made(store, index, export)
            with (unfinished / name).open("wb") as file:
                file.writelines(content)
        except ExportError as problem:
            out.with_suffix(".failed").write_text(plain(str(problem)), encoding="utf-8")
            return 1
        finally:
            index.close()
    unfinished.rename(out)
    return 0


def known(store: Store) -> Known:
    """The names and the codebook by which a record's index is made."""
    actors = pipeline.kept_actors(store)
    names = {code: actors.actor(code).name for code in actors.states()}
    return Known(_BODIES | names, pipeline.kept_codebook(store))


if __name__ == "__main__":
    sys.exit(main())
