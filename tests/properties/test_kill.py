"""Nothing is lost under kill -9: a run killed at any moment and begun again gives the record of an undisturbed one.

50 kills; DRAGOMAN_KILLS in the environment sets another number. The moments are drawn with a fixed seed, but machines
differ in speed, so no two runs kill at quite the same places: whatever the place, what was acknowledged must be there.
"""

import json
import multiprocessing
import os
import random
import signal
import sqlite3
import time
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

import coders
from dragoman import pipeline
from dragoman.store import Store

_KILLS = int(os.environ.get("DRAGOMAN_KILLS", "50"))
_TEXTS = 30


def work(record: str, source: str, log: str) -> None:
    """Code a folder; each line of ``log`` says how many texts are coded for certain, of how many (0: still reading)."""
    with open(log, "wb", buffering=0) as lines, Store.open(record, create=True) as store:
        lines.write(b"0 0\n")

        def tell(done: int, total: int, _: str) -> None:
            lines.write(f"{done} {total}\n".encode())

        pipeline.code([source], store, coder=coders.quick, progress=tell)


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that start quickly, from one that has the program loaded."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["dragoman.pipeline", "coders", "test_kill"])
    return context


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder of reports: some are copies of one text, some lines cannot be read."""
    folder = tmp_path / "in"
    folder.mkdir()
    for part in range(3):
        lines = []
        for i in range(_TEXTS // 3):
            body = f"The ministers met {i * (part + 1)} times in the capital. They met the press afterwards."
            day = f"2018-04-{10 + i + part:02}" if i % 4 else ""
            lines.append(json.dumps({"id": f"{part}-{i}", "title": "Talks", "text": body, "published": day}))
        (folder / f"{part}.jsonl").write_text("\n".join([*lines, "no JSON", ""]))
    return folder


def killed(processes: ForkServerContext, record: Path, source: Path, log: Path, *, steps: int, after: float) -> bool:
    """Code in a process that is killed ``after`` seconds past its first ``steps``; whether that came before its end."""
    log.write_bytes(b"")
    process = processes.Process(target=work, args=(str(record), str(source), str(log)))
    process.start()
    while len(log.read_bytes().splitlines()) < steps and process.is_alive():
        time.sleep(0.001)
    process.join(after)
    process.kill()
    process.join()

    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode != 0


def acknowledged(log: Path) -> int:
    """How many texts were certainly coded in the run that wrote this log."""
    steps = [line.split() for line in log.read_text().splitlines()]
    return max((int(done) for done, total in steps if total != "0"), default=0)


def codings(record: Path) -> int:
    """How many texts the record has a coding of."""
    if not record.exists() or not record.stat().st_size:
        return 0
    connection = sqlite3.connect(record)
    try:
        found: int = connection.execute("SELECT count(*) FROM codings").fetchone()[0]
    except sqlite3.OperationalError:  # killed before the tables were made, which is done at once or not at all
        found = 0
    connection.close()
    return found


def test_nothing_is_lost_when_killed(processes: ForkServerContext, tmp_path: Path, source: Path) -> None:
    """After each kill the record is whole, with all that was acknowledged; finished, it equals an undisturbed one."""
    moments = random.Random(20180427)
    with Store.open(tmp_path / "undisturbed.db", create=True) as store:
        started = time.monotonic()
        pipeline.code([source], store, coder=coders.quick)
        span = time.monotonic() - started
        expected = store.digest()
    records, log, interrupted, begin = list[Path](), tmp_path / "log", 0, True
    for _ in range(_KILLS):
        if begin:
            records.append(tmp_path / f"{len(records)}.db")
        before = codings(records[-1])
        # Past the first step the tables are loaded, past none the file is not even made
        steps, after = moments.choice([1, 2, 2]), moments.uniform(0, span)
        begin = not killed(processes, records[-1], source, log, steps=steps, after=after)
        interrupted += not begin

        assert codings(records[-1]) >= before + acknowledged(log)
        if codings(records[-1]):
            with Store.open(records[-1]) as store:
                assert [] == store.verify()
    for record in records:
        with Store.open(record, create=True) as store:
            pipeline.code([source], store, coder=coders.quick)

            assert expected == store.digest()
            assert [] == store.verify()
    assert interrupted > 0
