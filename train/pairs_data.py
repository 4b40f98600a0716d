"""Pairs of claims to learn from: levels of the features, same event or not, from labelled topics.

A topic is a file of the benchmark's train split or of ``train/labels/acts``: items in which every act bears the number
of its event. It is read in three ways: ``annotated``, the gold acts as claims; ``blurred``, the same without what
single documents do not tell; ``coded``, our own claims of its texts, each with the event of the gold act that it
matches (bench ``score.py``, by ``who``), or none.
"""

import json
import math
import pickle
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals import bench, reconcile_gold
from evals.reconcile import seen
from evals.reconcile_gold import Gold

from dragoman.export.cells import ACTOR_ROLES, RECIPIENT_ROLES, date_row, side
from dragoman.reconcile import block, features, statements, tables, views
from dragoman.types import Act, Claim, Participation, Report, Says, Text
from train import acts

Level = tuple[str, str]
Row = dict[str, Any]
READINGS = ("annotated", "blurred", "coded")


@dataclass(frozen=True, slots=True)
class Observed:
    """One topic read in one way. ``claims`` are all claims by id with their text; ``event`` is gold's for those that
    have one; ``pairs`` are (left id, right id, levels) of every pair worth comparing.
    """

    claims: dict[str, str]
    event: dict[str, str]
    pairs: tuple[tuple[str, str, tuple[Level, ...]], ...]

    def examples(self) -> Iterator[tuple[int, bool, float]]:
        """(number of the pair, same event, weight) of pairs of two texts whose events are known.

        1 / sqrt(claims of the one event * claims of the other), so that an event of thirty reports does not outweigh
        thirty of one. Pairs of one text are left out: the guide lets an annotator write an event once a document.
        """
        sizes = Counter(self.event.values())
        for number, (left, right, _) in enumerate(self.pairs):
            a, b = self.event.get(left), self.event.get(right)
            if a and b and self.claims[left] != self.claims[right]:
                yield number, a == b, 1 / math.sqrt(sizes[a] * sizes[b])


def topics() -> Iterator[tuple[str, list[Row], list[Row]]]:
    """(name, items, gold) of every labelled topic, the benchmark's train files first; never a dev file."""
    for gold, items in reconcile_gold.files(bench.BENCH, "train"):
        yield gold.stem, reconcile_gold.read_jsonl(items), reconcile_gold.read_jsonl(gold)
    for name in acts.names():
        pairs = list(acts.labelled(name))
        yield f"labels {name}", [item for item, _ in pairs], [row for _, row in pairs]


def as_files(name: str, items: list[Row], gold: list[Row], folder: Path) -> tuple[Path, Path]:
    """Items and gold as files; ids begin with the topic's name, so that events of one topic are known as its own."""
    topic = name.replace("labels ", "")
    out = []
    for kind, key, rows in (("items", "id", items), ("gold", "item", gold)):
        named = [row if str(row[key]).startswith(f"{topic}-") else {**row, key: f"{topic}-{row[key]}"} for row in rows]
        path = folder / f"{topic}.{kind}.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in named), encoding="utf-8")
        out.append(path)
    return out[0], out[1]


def of_gold(gold: Gold, table: tables.Tables) -> Observed:
    """The gold acts of a topic as claims."""
    found = block.pairs(seen(gold, table), table)
    pairs = tuple((a.claim.id, b.claim.id, features.observe(a, b)) for a, b in found)
    return Observed({claim.id: claim.text for claim in gold.claims}, dict(gold.event), pairs)


def _row(claim: Claim, act: Act, document: str, words: str) -> Row:
    def parties(parts: list[Participation]) -> list[Row]:
        return [{"code": p.party.value.code, "name": p.party.value.name} for p in parts if p.party.value]

    return {
        "document": document,
        "type": act.type,
        "event": claim.id,
        "actors": parties(side(act, ACTOR_ROLES)),
        "recipients": parties(side(act, RECIPIENT_ROLES)),
        "date": date_row(act.date.value),
        "status": act.status.value or "happened",
        "quote": words,
    }


def events_of(
    claims: Iterable[Claim], texts: dict[str, Text], document: dict[str, str], gold: list[Row]
) -> dict[str, str]:
    """Claim id -> the event of the gold act that it matches by type and participants."""
    score = bench.scorer()
    golds, _ = score.gold_claims(gold)
    rows = []
    for claim in claims:
        if isinstance(claim.content, Act) and claim.says in (Says.AFFIRMS, Says.DENIES):
            words = texts[claim.text].content[claim.evidence.start : claim.evidence.end]
            rows.append(_row(claim, claim.content, document[claim.text], words))
    return {rows[j]["event"]: golds[i]["event"] for i, j in score.match(golds, rows, score.who)}


Coded = tuple[list[Report], list[Text], list[Claim]]


def of_coded(coded: Coded, gold: list[Row], table: tables.Tables) -> Observed:
    """Our own claims of a topic, as the pipeline compares them."""
    reports, texts, claims = coded
    by_id = {text.id: text for text in texts}
    published, bodies = views.first_published(reports), {report.text: report.body_at for report in reports}
    made = (views.view(claim, published, by_id, table, bodies.get(claim.text, 0)) for claim in claims)
    found = [view for view in made if view is not None and not statements.is_statement(view.claim)]
    pairs = tuple((a.claim.id, b.claim.id, features.observe(a, b)) for a, b in block.pairs(found, table))
    document = {report.text: report.document for report in sorted(reports, key=lambda r: r.id, reverse=True)}
    event = events_of((view.claim for view in found), by_id, document, gold)
    return Observed({view.claim.id: view.claim.text for view in found}, event, pairs)


def _coded(items: Path, cache: Path) -> Coded:
    """Our claims of a file of items, from the cache where they are there; coding takes some 5 s a file."""
    kept = cache / f"{items.name.split('.', 1)[0]}.pkl"
    if kept.exists():
        found: Coded = pickle.loads(kept.read_bytes())  # written by the lines below
        return found
    reports, texts, claims, _, _ = bench.coded([items])
    cache.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps((reports, texts, claims)))
    return reports, texts, claims


def read(table: tables.Tables, cache: Path) -> dict[str, dict[str, Observed]]:
    """Topic -> reading -> its pairs. ``cache`` keeps coded claims between runs."""
    out = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, items, gold in topics():
            item_file, gold_file = as_files(name, items, gold, Path(folder))
            annotated = reconcile_gold.read(gold_file, item_file)
            out[name] = {
                "annotated": of_gold(annotated, table),
                "blurred": of_gold(reconcile_gold.blurred(annotated), table),
                "coded": of_coded(_coded(item_file, cache), reconcile_gold.read_jsonl(gold_file), table),
            }
    return out
