"""How coding and reconciliation grow with the record, on a year of news; resumable, one small step at a time.

    python -m evals.scale code FOLDER [--items N] [--workers N]   # hours: code items in file order, 1,000 at a time
    python -m evals.scale measure FOLDER [--sizes N,N,...] [--more N] [--again]
    python -m evals.scale largest FOLDER [--show N]               # the largest events, to be looked at by eye

``code`` codes headlines with ledes of ../shared/data/news2023 into FOLDER/all.dragoman (--items 0: all), without
computing events; stopped, it goes on where it was. ``measure`` takes the first items of what is coded (sizes that are
not yet are left out), computes their events in a process of its own, then adds ``--more`` items and computes again. A
line for each size is kept in FOLDER/scale.json and printed: ``seconds`` of the whole process (``cpu``: of them, of the
processor), ``peak_mb`` its memory, ``pairs`` kept, ``largest`` event in claims; ``more_*`` the same of what was added,
``more_events`` how many events were written then. ``load``: how many processes wanted the machine, before and after;
with more than it has cores, only ``cpu`` says something. Says so where ../shared is absent.
"""

import argparse
import contextlib
import itertools
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals import bench

from dragoman import pipeline
from dragoman.storage import shelf_pairs
from dragoman.store import Store

NEWS = bench.SHARED / "data" / "news2023" / "world_2023.jsonl"
SIZES = "1000,2000,5000,10000,20000,40000,56000"
_CHUNK = 1000
_COPIED = ("texts", "raws", "reports", "runs", "codings", "claims", "currents")
Figures = dict[str, Any]


def code(folder: Path, items: int, workers: int) -> None:
    """Code what is not coded yet, and say how long each chunk took."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = NEWS.read_bytes().splitlines(keepends=True)
    lines = lines[:items] if items else lines
    with Store.open(folder / "all.dragoman", create=True) as store:
        for start in range(0, len(lines), _CHUNK):
            chunk = folder / f"items-{start:05d}.jsonl"
            chunk.write_bytes(b"".join(lines[start : start + _CHUNK]))
            began, load = time.monotonic(), os.getloadavg()[0]
            done = pipeline.code([chunk], store, workers=workers, events=False)
            if done.texts_coded:
                seconds = time.monotonic() - began
                print(f"{start + _CHUNK} items: {done.claims_new} claims, {seconds:.0f} s, load {load:.1f}", flush=True)


def coded(folder: Path) -> list[str]:
    """The documents of the items that are coded, in file order up to the first that is not."""
    query = """SELECT document, language <> 'en' OR text IN (SELECT text FROM currents) FROM reports"""
    with contextlib.closing(sqlite3.connect(folder / "all.dragoman")) as record:
        done = {document for document, whole in record.execute(query) if whole}
    with NEWS.open(encoding="utf-8") as lines:
        return list(itertools.takewhile(done.__contains__, (json.loads(line)["id"] for line in lines)))


def put(source: Path, target: Path, documents: list[str]) -> None:
    """Copy these items with their claims from one record to another, as if they had been coded there."""
    with Store.open(target, create=True):
        pass
    with contextlib.closing(sqlite3.connect(target)) as record:
        record.execute("ATTACH ? AS source", (str(source),))
        record.execute("CREATE TEMP TABLE wanted (text TEXT PRIMARY KEY)")
        record.execute(
            "INSERT OR IGNORE INTO wanted SELECT text FROM source.reports WHERE document IN "
            "(SELECT value FROM json_each(?))",
            (json.dumps(documents),),
        )
        where = {
            "texts": "id IN (SELECT text FROM wanted)",
            "raws": "sha256 IN (SELECT raw FROM source.reports WHERE text IN (SELECT text FROM wanted))",
            "runs": "1",
        }
        for table in _COPIED:
            rule = where.get(table, "text IN (SELECT text FROM wanted)")
            record.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM source.{table} WHERE {rule}")
        counted = "(SELECT count(*) FROM codings)"
        record.execute(f"INSERT OR REPLACE INTO meta SELECT 'generation', {counted}")
        record.commit()


def reduced(record: Path) -> Figures:
    """Figures of computing a record in a process of its own."""
    load, began = os.getloadavg()[0], time.monotonic()
    command = [sys.executable, "-m", "evals.scale", "reduce", str(record)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {"seconds": round(time.monotonic() - began, 1), **found, "load": [round(load, 1), _load()]}


def _load() -> float:
    return round(os.getloadavg()[0], 1)


def reduce(record: Path) -> Figures:
    """Compute a record here."""
    with Store.open(record) as store:
        pipeline.bring_up(store)
        counts = {kind: store.count(kind) for kind in ("texts", "claims", "events", "positions", "processes")}
        with store.stepping() as connection:
            counts["pairs"] = shelf_pairs.kept(connection)
    used = resource.getrusage(resource.RUSAGE_SELF)
    peak = round(used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))
    return {"cpu": round(used.ru_utime + used.ru_stime, 1), "peak_mb": peak, **counts}


def measure(folder: Path, size: int, more: int, documents: list[str]) -> Figures:
    """Figures of the first ``size`` items, and of ``more`` after them."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        record = Path(place, "r.dragoman")
        put(folder / "all.dragoman", record, documents[:size])
        figures = {"items": size, **reduced(record), "largest": _largest(record)}
        figures["record_mb"] = round(record.stat().st_size / 2**20)
        before = dict(_forms(record))
        put(folder / "all.dragoman", record, documents[size : size + more])
        added = reduced(record)
        after = dict(_forms(record))
        written = sum(before.get(id_) != form for id_, form in after.items()) + len(before.keys() - after.keys())
        figures |= {f"more_{name}": added[name] for name in ("seconds", "cpu", "peak_mb", "load")}
        return figures | {"more_items": more, "more_events": written}


def _forms(record: Path) -> Iterator[tuple[str, str]]:
    with contextlib.closing(sqlite3.connect(record)) as held:
        yield from held.execute("SELECT id, form FROM events")


def _largest(record: Path) -> int:
    with contextlib.closing(sqlite3.connect(record)) as held:
        query = "SELECT count(*) AS k FROM shelf_acts WHERE event IS NOT NULL GROUP BY event ORDER BY k DESC LIMIT 1"
        return int((held.execute(query).fetchone() or (0,))[0])


def largest(folder: Path, show: int) -> None:
    """Print the largest events of all that is coded."""
    record = folder / "largest.dragoman"
    put(folder / "all.dragoman", record, coded(folder))
    reduce(record)
    with Store.open(record) as store:
        held = pipeline.read(store)
    texts = {text.id: text.content for text in held.texts}
    claims = {claim.id: claim for claim in held.claims}
    days = {report.text: report.published for report in held.reports}
    for event in sorted(held.events, key=lambda event: (-len(event.claims), event.id))[:show]:
        told = sorted({claims[key].text for key in event.claims}, key=lambda text: (str(days[text]), text))
        who = "; ".join(sorted({p.party.value.name for p in event.act.participations if p.party.value}))
        first, last = days[told[0]], days[told[-1]]
        print(f"{event.id} {len(event.claims)} claims {len(told)} texts {first}..{last} {event.act.type}: {who}")
        print(f"    {event.act.date.value} {event.act.place.value.name if event.act.place.value else ''}")
        for text in told[:: max(1, len(told) // 6)][:7]:
            words = next(claims[key].evidence for key in event.claims if claims[key].text == text)
            title = texts[text].split("\n", 1)[0]
            print(f"    {days[text]} {title} | {texts[text][words.start : words.end]}")


def main() -> int:
    """Do as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("code", "measure", "largest", "reduce"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--items", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--more", type=int, default=100)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--show", type=int, default=20)
    options = parser.parse_args()
    if options.what == "reduce":
        print(json.dumps(reduce(options.folder)))
    elif not NEWS.exists():
        print(f"{NEWS}: not there; nothing measured")
    elif options.what == "code":
        code(options.folder, options.items, options.workers)
    elif options.what == "largest":
        largest(options.folder, options.show)
    else:
        _measure(options.folder, options)
    return 0


def _measure(folder: Path, options: argparse.Namespace) -> None:
    kept = folder / "scale.json"
    known = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() and not options.again else {}
    documents = coded(folder)
    print(f"{len(documents)} items are coded", flush=True)
    for size in (int(size) for size in options.sizes.split(",")):
        if size + options.more > len(documents):
            continue
        if str(size) not in known:
            known[str(size)] = measure(folder, size, options.more, documents)
            kept.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
        print(json.dumps(known[str(size)]), flush=True)


if __name__ == "__main__":
    sys.exit(main())
