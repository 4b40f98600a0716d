"""The benchmark's files and scorer, beside the project in ../shared, and records coded from them in this process."""

import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from dragoman import codebook, ingest, knowledge
from dragoman.coding import CodingTask
from dragoman.export import claims as claims_export
from dragoman.export import positions as positions_export
from dragoman.map_half import code_text, served
from dragoman.reconcile import reconcile
from dragoman.types import Claim, Dating, Document, Failure, Record, Report, Text

SHARED = Path(__file__).resolve().parents[2] / "shared"
BENCH = SHARED / "bench"
DEV = ("lihui", "nk", "kosovo")


def present() -> bool:
    """Whether the benchmark is on this machine; says so on stderr when it is not."""
    if BENCH.is_dir():
        return True
    print(f"no benchmark here: {BENCH.name} is looked for in ../shared beside the project", file=sys.stderr)
    return False


def scorer() -> ModuleType:
    """The benchmark's own score.py as a module."""
    spec = importlib.util.spec_from_file_location("bench_score", BENCH / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError("../shared/bench/score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def names(split: str) -> list[str]:
    """The topics of a split ("train", "dev"), sorted."""
    return sorted(path.stem for path in (BENCH / "gold" / split).glob("*.jsonl"))


def coded(
    paths: Iterable[Path],
) -> tuple[list[Report], list[Text], list[Claim], list[Dating], list[Failure]]:
    """Reports, texts, claims, datings and failures of some files."""
    reports: list[Report] = []
    texts: dict[str, Text] = {}
    failures: list[Failure] = []
    for found in ingest.read(paths):
        if isinstance(found, Document):
            reports.append(found.report)
            texts[found.text.id] = found.text
        else:
            failures.append(found)
    claims: list[Claim] = []
    datings: list[Dating] = []
    for text in texts.values():
        own = sorted(
            (r for r in reports if r.text == text.id), key=lambda r: (r.published is None, str(r.published), r.id)
        )
        if own[0].language not in served():
            continue  # stored, reported and not coded, as the pipeline does
        result = code_text(CodingTask(text, tuple(own)))
        claims += result.claims
        failures += result.failures
        datings += [result.dating] if result.dating else []
    return reports, list(texts.values()), claims, datings, failures


def record_of(paths: Iterable[Path]) -> Record:
    """The record of some files: what ``dragoman code`` computes, without store and child processes."""
    reports, texts, claims, datings, failures = coded(paths)
    done = reconcile(claims, reports, (), (), knowledge.load(), codebook.load(), texts=tuple(texts), datings=datings)
    return Record(
        reports=tuple(reports),
        texts=tuple(texts),
        claims=tuple(claims),
        events=done.events,
        positions=done.positions,
        processes=done.processes,
        datings=done.datings,
        failures=tuple(failures),
    )


def exported(record: Record) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(claims, positions) as the exports give them."""
    return list(claims_export.rows(record)), list(positions_export.rows(record))
