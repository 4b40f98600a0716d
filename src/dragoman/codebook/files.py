"""Codebook files: the built-in book, and a user's own in TOML, that may extend it.

Errors name file, line and key. What a table may hold is :mod:`dragoman.codebook.check`'s business.
"""

import functools
import hashlib
import importlib.resources
import json
import re
import tomllib
from pathlib import Path
from typing import Any

from dragoman.codebook.check import parse
from dragoman.codebook.rules import Codebook, CodebookError


def load(path: Path | None = None) -> Codebook:
    """The built-in codebook, or the one in a TOML file; raises :class:`CodebookError` naming file, line and key.

    A file with ``extends = "plover-2.0"`` adds to the built-in book and overrides it key by key.
    """
    return _built_in() if path is None else _from_toml(Path(path))


@functools.cache
def _built_in() -> Codebook:
    content = importlib.resources.files("dragoman").joinpath("data", "codebook.json").read_bytes()
    return parse(json.loads(content), hashlib.sha256(content).hexdigest())


def _from_toml(path: Path) -> Codebook:
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
        raw = tomllib.loads(text)
    except OSError as problem:
        raise CodebookError(f"{path}: cannot be read: {problem.strerror or problem}") from problem
    except UnicodeDecodeError as problem:
        raise CodebookError(f"{path}: not UTF-8 at byte {problem.start}") from problem
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        line = re.search(r"at line (\d+)", str(problem))
        raise CodebookError(f"{path}:{line[1] if line else '?'}: not TOML: {problem}") from problem
    digest = hashlib.sha256(content)
    try:
        if "extends" in raw:
            base = importlib.resources.files("dragoman").joinpath("data", "codebook.json").read_bytes()
            digest.update(_built_in().hash.encode())
            raw = _extended(json.loads(base), raw)
        return parse(raw, digest.hexdigest())
    except CodebookError as problem:
        line_number = _line_of(text, str(problem).split(": ", 1)[0])
        raise CodebookError(f"{path}{f':{line_number}' if line_number else ''}: {problem}") from problem


def _extended(base: dict[str, Any], added: dict[str, Any]) -> dict[str, Any]:
    if added["extends"] != base["name"]:
        raise CodebookError(f"extends: must be {base['name']!r}, the built-in codebook, not {added['extends']!r}")
    for key in ("schema", "name", "version"):
        if key not in added:
            raise CodebookError(f"{key}: missing")
    merged = _merged(base, {key: value for key, value in added.items() if key != "extends"})
    keys = ("when", "type", "mode", "context")
    own = [[row.get(key, "") for key in keys] for row in _rows(added, "to_cameo")]
    rest = [row for row in base["to_cameo"] if [row.get(key, "") for key in keys] not in own]
    merged["to_cameo"] = [*_rows(added, "to_cameo"), *rest]
    own = [[row.get("when"), code] for row in _rows(added, "to_plover") for code in row.get("types", "")]
    narrowed = [
        row | {"types": [code for code in row["types"] if [row["when"], code] not in own]} for row in base["to_plover"]
    ]
    merged["to_plover"] = [*_rows(added, "to_plover"), *(row for row in narrowed if row["types"])]
    return merged


def _rows(added: dict[str, Any], table: str) -> list[dict[str, Any]]:
    """The rows that a user's book adds to a table of rows."""
    rows = added.get(table, [])
    if not isinstance(rows, list):
        raise CodebookError(f"{table}: must be a list, not {rows!r}")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not isinstance(row.get("types", []), list):
            raise CodebookError(f"{table}[{number}]: must be a table, and its types a list")
    return rows


def _merged(base: dict[str, Any], added: dict[str, Any]) -> dict[str, Any]:
    out = dict(base)
    for key, value in added.items():
        below = out.get(key)
        out[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return out


def _line_of(text: str, where: str) -> int:
    """The line of a TOML text that a dotted key is on, or the nearest table above it; 0 where none is."""
    wanted, best, at, table, counts = where.split("."), 0, 0, [""], dict[str, int]()
    plain = [part.split("[")[0] for part in wanted]  # rows written inside one list have no header of their own
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*(\[\[?)([^\]]+)\]", line)
        key = re.match(r"\s*([\w\"'.-]+)\s*=", line)
        if header:
            table = [part.strip(" \"'") for part in header[2].split(".")]
            if header[1] == "[[":
                counts[header[2]] = counts.get(header[2], 0) + 1
                table[-1] += f"[{counts[header[2]]}]"
            path = table
        elif key:
            path = [*table, *(part.strip("\"'") for part in key[1].split("."))] if table != [""] else [key[1]]
        else:
            continue
        if path in (wanted[: len(path)], plain[: len(path)]) and len(path) > best:
            best, at = len(path), number
    return at
