"""The export ``parquet``: the columns of ``events`` with their types, for pandas, polars, DuckDB, R; needs pyarrow."""

import datetime as dt
import io
import json
from collections.abc import Iterator
from typing import Any

from dragoman.export import events
from dragoman.export.flat import COLUMNS
from dragoman.export.forms import ExportError, File, Format, Part, Source

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError:  # an extra: the format says so when it is asked for
    pa = pq = None

_TYPES = {
    "start": "date",
    "end": "date",
    "as_of": "date",
    "modes": "texts",
    "contexts": "texts",
    "actor_names": "texts",
    "actor_codes": "texts",
    "recipient_names": "texts",
    "recipient_codes": "texts",
    "disputes": "texts",
    "documents": "texts",
    "latitude": "number",
    "longitude": "number",
    "accounts": "count",
    "support": "pairs",
}


def _table(rows: list[dict[str, Any]]) -> Any:
    kinds = {
        "text": pa.string(),
        "date": pa.date32(),
        "texts": pa.list_(pa.string()),
        "number": pa.float64(),
        "count": pa.int32(),
        "pairs": pa.map_(pa.string(), pa.string()),
    }
    names = [*(column.name for column in COLUMNS), "event"]
    schema = pa.schema([(name, kinds[_TYPES.get(name, "text")]) for name in names])
    return pa.Table.from_pylist([{name: _cell(name, row[name]) for name in names} for row in rows], schema=schema)


def _cell(name: str, value: Any) -> Any:
    if name == "event":
        return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    kind = _TYPES.get(name, "text")
    if kind == "date":
        return dt.date.fromisoformat(value) if value else None
    if kind == "pairs":
        return sorted((_plain(key), _plain(item)) for key, item in value.items())
    return [_plain(item) for item in value] if kind == "texts" else _plain(value)


def _plain(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _content(rows: list[dict[str, Any]]) -> Iterator[bytes]:
    buffer = io.BytesIO()
    pq.write_table(_table(rows), buffer, compression="zstd")
    yield buffer.getvalue()


def files(source: Source) -> tuple[File, ...]:
    """One table; raises :class:`ExportError` where pyarrow is not installed."""
    if pa is None:
        raise ExportError("parquet needs pyarrow: pip install 'dragoman[parquet]'")
    rows = list(events.rows(source.record))
    return (File("events.parquet", _content(rows), len(rows)),)


FORMAT = Format(
    "Events as Parquet, every column with its type; needs pip install 'dragoman[parquet]'.",
    files,
    (
        Part(
            "",
            (
                *((column.name, f"{column.about} ({_TYPES.get(column.name, 'text')})") for column in COLUMNS),
                ("event", "the whole event in its versioned JSON form (text)"),
            ),
        ),
    ),
    "Nothing of the events. Reports, texts, claims and positions are in `plover` and `datapackage`.",
    binary=True,
)
