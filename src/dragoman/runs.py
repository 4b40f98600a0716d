"""What a run is: everything that decides what coding a text gives, as one value with an id.

A text is coded again when any of it changes: a plug-in, a table, the codebook, the code of the map half itself.
"""

import dataclasses
import functools
import hashlib
from collections.abc import Callable
from pathlib import Path

import dragoman
from dragoman import ids, knowledge, plugins
from dragoman.codebook import Codebook
from dragoman.knowledge import Knowledge
from dragoman.types import Run

# The options under which a run keeps the hashes of a user's codebook and table of actors, by which their bytes are
# found in the record.
CODEBOOK_FILE = "codebook_file"
ACTORS_FILE = "actors_file"

# Parts of the package that cannot change what is read in a text, beside the command line (``cli*.py``). What is new is
# on the other side until named here: a text coded once too often costs time, one not coded again would be wrong.
_COMMANDS = "cli"
_ELSEWHERE = frozenset(
    {"__pycache__", "agreement.py", "audit.py", "crew.py", "demo", "differences", "export", "exports.json"}
    | {"found_again.py", "imported.py", "ingest", "ingest.json", "kept.py", "lookup.py", "origins.py", "phrases.py"}
    | {"pipeline.py", "reconcile", "reconcile.json", "reducing.py", "runs.py", "said.py", "samples.py", "sandbox.py"}
    | {"stepwise", "storage", "store.py", "terminal", "web", "withdrawn.py"}
)

# What decides which events claims give, beside the values and look-ups that both halves share.
_REDUCE = frozenset(
    {"found_again.py", "ids.py", "reconcile", "reconcile.json", "said.py", "stepwise", "storage", "timex.py", "types"}
    | {"withdrawn.py"}
)


def this_run(book: Codebook, codebook_file: str = "", *, known: Knowledge | None = None, actors_file: str = "") -> Run:
    """The run of this program with its plug-ins and tables; the files are the hashes of a user's, with ``known``."""
    files = ((CODEBOOK_FILE, codebook_file), (ACTORS_FILE, actors_file))
    options = (("code", _code()), *((name, digest) for name, digest in files if digest))
    run = Run(
        id="",
        version=dragoman.__version__,
        readers=plugins.identities(plugins.READERS),
        extractors=plugins.identities(plugins.EXTRACTORS),
        knowledge=(known or knowledge.load()).hash,
        codebook=book.hash,
        options=options,
    )
    return dataclasses.replace(run, id=ids.run_id(run))


def reduced_with(book: Codebook, known: Knowledge) -> str:
    """A hash (64 hex digits) of all that decides which events claims give: code, tables, codebook, actors."""
    return hashlib.sha256("\x1f".join((_reducing(), book.hash, known.hash)).encode()).hexdigest()


@functools.cache
def _code() -> str:
    """A hash (16 hex digits) of the map half as installed: its code and tables."""
    return _hashed(lambda parts: _ELSEWHERE.isdisjoint(parts) and not parts[0].startswith(_COMMANDS))


@functools.cache
def _reducing() -> str:
    """A hash (16 hex digits) of the reduce half as installed."""
    return _hashed(lambda parts: not _REDUCE.isdisjoint(parts))


def _hashed(wanted: Callable[[tuple[str, ...]], bool]) -> str:
    root = Path(dragoman.__file__).parent
    running = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.is_file() and "__pycache__" not in inside.parts and wanted(inside.parts):
            running.update(inside.as_posix().encode() + b"\x1f" + hashlib.sha256(path.read_bytes()).digest())
    return running.hexdigest()[:16]
