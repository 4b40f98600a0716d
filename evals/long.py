"""Long articles coded, to be read by eye: thirty of ../shared/data/fulltext with every claim that is made of them.

    python -m evals.long [--seed N] [--only ID ...] [--text] [--save FILE] [--against FILE]

A seeded draw over the sources of full texts, of 180 to 700 words each, none that is in the benchmark's dev set. For
each: the claims in the order of their words, with type, modes, status, participants with codes, date, place, voices,
stances and silences, and the words. Nothing is scored: what is wrong is for whoever reads (train/LOG.md has one such
reading). ``--text`` prints the articles as well; ``--save`` keeps the lines in a file, ``--against`` prints what came
and went since.
"""

import argparse
import difflib
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals import bench

from dragoman.types import Act, Claim, Record, Speaker, Stance

FULL = bench.SHARED / "data" / "fulltext"
DRAWN = {
    "readouts_kremlin_2021_22": 6,
    "readouts_ukraine_2021_22": 6,
    "guardian_sdf_2019": 6,
    "basil_triplets": 6,
    "re3d_syria_iraq": 3,
    "semeval25_en_ukraine": 3,
}
SHORTEST, LONGEST = 180, 700  # words: more than a lede, and short enough to be read whole
Item = dict[str, Any]


def _dev() -> set[str]:
    rows = (bench.BENCH / "items" / "dev" / "full.jsonl").read_text(encoding="utf-8").splitlines()
    return {_start(row.get("text") or row.get("lede", "")) for row in map(json.loads, rows)}


def _start(text: str) -> str:
    return " ".join(text.split())[:100]


def draw(seed: int) -> Iterator[Item]:
    """The articles: of each source as many as ``DRAWN`` says; of the triplets on one event, whole triplets."""
    dev = _dev()
    for name, count in sorted(DRAWN.items()):
        luck = random.Random(f"{seed} {name}")
        rows = [json.loads(line) for line in (FULL / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        fit = [
            row
            for row in rows
            if SHORTEST <= len(row["text"].split()) <= LONGEST and _start(row["text"]) not in dev
        ]  # fmt: skip
        if "cluster" in rows[0]:
            groups = sorted({row["cluster"] for row in fit})
            whole = [one for one in groups if sum(row["cluster"] == one for row in fit) == 3]
            chosen = luck.sample(whole, count // 3)
            yield from (row for row in fit if row["cluster"] in chosen)
        else:
            yield from luck.sample(sorted(fit, key=lambda row: str(row["id"])), count)


def coded(item: Item) -> Record:
    """An article's record, by itself."""
    row = {"id": item["id"], "title": item["title"], "text": item["text"], "url": f"x:{item['id']}"}
    row |= {"outlet": item["outlet"] or "unknown", **({"published": item["date"]} if item["date"] else {})}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "item.jsonl")
        path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
        return bench.record_of([path])


def _speaker(one: Speaker) -> str:
    return one.party.value.name if one.party.value else one.anonymity or "unknown"


def lines(record: Record) -> Iterator[str]:
    """One line for each claim, in the order of words."""
    texts = {text.id: text.content for text in record.texts}
    for claim in sorted(record.claims, key=lambda one: (one.evidence.start, one.id)):
        quote = " ".join(texts[claim.text][claim.evidence.start : claim.evidence.end].split())
        yield f"{_told(claim)} | {quote!r}"
    yield from (f"failure: {failure}" for failure in record.failures)


def _told(claim: Claim) -> str:
    content = claim.content
    said = f" {claim.says.value} about {claim.about}" if claim.says.value != "affirms" else ""
    voices = " < ".join(map(_speaker, claim.voice.chain)) or "own"
    if isinstance(content, Stance):
        holder = content.holder.value.name if content.holder.value else "?"
        return f"STANCE {holder}: {content.stance} {content.issue}, voice {voices}"
    return f"{_act(content)}, voice {voices}{said}"


def _act(act: Act) -> str:
    parties = " ".join(
        f"{one.role.value}={one.party.value.name} ({one.party.value.code})"
        for one in act.participations
        if one.party.value
    )
    day = act.date.value
    days = f"{day.start}..{day.end}" if day else "no day"
    place = act.place.value.name if act.place.value else "-"
    status = act.status.value.value if act.status.value else "?"
    return f"{act.type} {'+'.join(act.modes) or '-'} {status} [{parties}] {days} @{place}"


def main() -> int:
    """Print the articles' claims."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--text", action="store_true")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--against", type=Path)
    options = parser.parse_args()
    if not bench.present() or not FULL.is_dir():
        return 2
    told: list[str] = []
    for item in draw(options.seed):
        if options.only and str(item["id"]) not in options.only:
            continue
        head = f"== {item['id']} {item['outlet']} {item['date']} {item['title']}"
        told += [head, *([item["text"]] if options.text else []), *(f"  {line}" for line in lines(coded(item)))]
    if options.save:
        options.save.write_text("\n".join(told) + "\n", encoding="utf-8")
    if options.against:
        before = options.against.read_text(encoding="utf-8").splitlines()
        told = [line for line in difflib.unified_diff(before, told, n=0, lineterm="") if not line.startswith("@@")]
    print("\n".join(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
