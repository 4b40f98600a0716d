"""Grounding by itself: who, when and where an act is of, its clause and its participants' words being given.

    python -m evals.ground [--split train|dev] [--topic NAME ...] [--items FILE --gold FILE] [--errors N] [--json]

Of every act of the gold its quote and its participants' exact words are given; whom they name, the act's days and its
country are found in the item (its day, where its words leave it open, in the other items of the file too:
evals/ground_elsewhere.py), and compared as the benchmark's scorer compares them. Fractions: ``code``, ``sector`` and
``name`` over participants (the scorer's folding of names: a person by the last word, a body by all its words);
``date`` (the days overlap, or both unknown), ``date_exact`` (of the gold acts with days: the same days) and
``country`` (of the gold acts with a place) over acts. Without ``--items`` the train topics: dev is reported on only.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from evals import bench, ground_elsewhere

from dragoman import ground, ingest, knowledge, mentions, ranking
from dragoman.claims import participant
from dragoman.claims.lexicon import load as lexicon_of
from dragoman.claims.likely_day import Clause, candidates, status_of
from dragoman.claims.likely_party import likely, settle
from dragoman.claims.likely_place import NOWHERE, likely_place
from dragoman.claims.participant import UNKNOWN, Told
from dragoman.claims.status import noun_status, verb_status
from dragoman.claims.tree import Tree
from dragoman.language.english import analyse
from dragoman.phrases import look_up_actor
from dragoman.types import ActorKind, Analysis, Document, Interval, Party, Report, Span

FIGURES = ("code", "sector", "name", "date", "date_exact", "country")


@dataclass(frozen=True, slots=True)
class Item:
    """One item read and grounded, nothing coded."""

    tree: Tree
    report: Report
    home: str = ""


def read(path: Path) -> Iterator[tuple[str, Item]]:
    """The items of a file by id."""
    known = knowledge.load()
    for found in ingest.read([path]):
        if isinstance(found, Document):
            analysis = analyse(found.text, found.report.body_at)
            yield found.report.document, item(found.report, analysis, known)


def item(report: Report, analysis: Analysis, known: knowledge.Knowledge) -> Item:
    """A report, its text being read."""
    grounded = ground.ground(report, analysis, mentions.find(analysis, known), known)
    outlet = known.outlet(report.outlet) if report.outlet else None
    return Item(Tree(analysis, grounded), report, outlet.code if outlet else "")


def quoted(item: Item, event: dict[str, Any]) -> Span:
    """Where an act's quote stands; the beginning of its field where it is not found word for word."""
    content, body_at = item.tree.analysis.text.content, item.report.body_at
    low, high = (0, body_at) if event["field"] == "title" else (body_at, len(content))
    at = content.find(event["quote"], low, high)
    at = at if at >= 0 else low
    return Span(item.tree.analysis.text.id, at, min(high, at + len(event["quote"])))


def nearest(content: str, words: str, quote: Span) -> Span | None:
    """The occurrence of a participant's words nearest an act's quote."""
    found, at = [], content.find(words)
    while at >= 0 and words:
        found.append(at)
        at = content.find(words, at + 1)
    if not found:
        return None
    best = min(found, key=lambda at: (max(quote.start - at, at + len(words) - quote.end, 0), at))
    return Span(quote.text, best, best + len(words))


def told(item: Item, words: str, quote: Span) -> tuple[Told, Span] | None:
    """A participant's words as read in the text, with their span; None where the text does not have them."""
    span = nearest(item.tree.analysis.text.content, words, quote)
    if span is None:
        return None
    read_as = participant.read(item.tree, span, knowledge.load())
    if read_as.party is None or (read_as.party.code == UNKNOWN and read_as.party.sector in ("", UNKNOWN)):
        known = look_up_actor(words, item.report.published).value
        named = known or read_as.party or Party(f"x/{words}", words, ActorKind.GROUP, UNKNOWN, "CVL")
        read_as = replace(read_as, party=named)
    return read_as, span


def party(item: Item, words: str, quote: Span, role: str) -> Party | None:
    """Whom a participant's words name: read in the text, its state and sector weighed where they leave them open."""
    found = told(item, words, quote)
    if found is None:
        return look_up_actor(words, item.report.published).value
    read_as, span = found
    _, top = act_word(item.tree, quote)
    code, sector = likely(item.tree, read_as, span, at=top, role=role, home=item.home)
    return settle(read_as, code, sector)


def act_word(tree: Tree, quote: Span) -> tuple[range, int]:
    """The tokens of a quote, and the one of them that the others hang on; -1 where it has none."""
    inside = tree.tokens_in(quote)
    tops = [at for at in inside if tree.head(at) not in inside and tree.tag(at) != "PUNCT"]
    return inside, next((at for at in tops if tree.tag(at).startswith("VERB")), tops[0] if tops else -1)


def clause(item: Item, quote: Span) -> Clause | None:
    """An act's clause for dating it; None for a quote without words."""
    inside, top = act_word(item.tree, quote)
    if top < 0:
        return None
    status = (verb_status if item.tree.tag(top) == "VERB" else noun_status)(item.tree, lexicon_of(), top)
    return Clause(top, inside, status_of(status.value if status else None), quote.start < item.report.body_at)


def act_of(item: Item, event: dict[str, Any]) -> ground_elsewhere.Told | None:
    """An act of the gold as its report tells it: its words, its participants, and the day that its own words give."""
    quote = quoted(item, event)
    found = clause(item, quote)
    if found is None:
        return None
    sides: tuple[list[Party], list[Party]] = ([], [])
    for role, one in sided(event):
        read_as = told(item, one["text"], quote)
        if read_as and read_as[0].party:
            sides[role == "recipient"].append(read_as[0].party)
    act = ground_elsewhere.told(item.report.document, item.report.published, item.tree, found, sides)
    readings = candidates(item.tree, found)
    chosen = ranking.choose(ranking.load()["day"], [one.features for one in readings])
    told_here = readings[chosen.index].mention is not None or bool(readings[chosen.index].name)
    left_open = not told_here and chosen.shares[0] >= ground_elsewhere.OPEN
    return replace(act, day=readings[chosen.index].value, left_open=left_open)


def country(item: Item, quote: Span, actors: list[Party], recipients: list[Party]) -> str:
    """The country of an act's place, "" where none is found; UNK for waters."""
    inside, top = act_word(item.tree, quote)
    place = likely_place(item.tree, top, inside, actors=actors, recipients=recipients, home=item.home).value
    return (place.country or NOWHERE) if place else ""


def bare(score: ModuleType, name: str) -> set[str]:
    """A name as the scorer compares it."""
    found: set[str] = score.people({"actors": [{"name": name}]})
    return found


def sided(event: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """The participants of an act of the gold, with their side."""
    yield from (("actor", one) for one in event["actors"])
    yield from (("recipient", one) for one in event["recipients"])


def judged(
    score: ModuleType, item: Item, event: dict[str, Any], value: Interval | None
) -> Iterator[tuple[str, bool, str]]:
    """(figure, right or not, what was wanted and what was found) for an act; ``value``: its days as found."""
    quote = quoted(item, event)
    sides: dict[str, list[Party]] = {"actor": [], "recipient": []}
    for role, one in sided(event):
        found = party(item, one["text"], quote, role)
        sides[role] += [found] if found else []
        got = (found.code, found.sector, found.name) if found else (UNKNOWN, UNKNOWN, "")
        said = f"{event['quote'][:60]!r} {one['text']!r}: {one['code']} {one['sector']} {one['name']!r}, found {got}"
        yield "code", got[0] == one["code"], said
        yield "sector", got[1] == one["sector"], said
        yield "name", bare(score, got[2]) == bare(score, one["name"]), said
    gold = (event.get("date") or {}).get("start")
    mine = {"date": {"start": str(value.start), "end": str(value.end or value.start)}} if value and value.start else {}
    said = f"{event['quote'][:90]!r}: {event.get('date')}, found {mine.get('date')}"
    yield "date", bool(score.dates_overlap(event, mine)), said
    if gold:
        yield "date_exact", score.interval(event) == score.interval(mine), said
    if event.get("place") and event["place"].get("country"):
        where = country(item, quote, sides["actor"], sides["recipient"])
        yield (
            "country",
            where == event["place"]["country"],
            f"{event['quote'][:90]!r}: {event['place']}, found {where!r}",
        )


def dated(items: dict[str, Item], events: list[tuple[str, dict[str, Any]]]) -> list[Interval | None]:
    """The days of the acts of a file, those included that only another of its reports tells."""
    acts = {at: act for at, (item, event) in enumerate(events) if (act := act_of(items[item], event))}
    values = dict(zip(acts, ground_elsewhere.days(list(acts.values())), strict=True))
    return [values.get(at) for at in range(len(events))]


def figures(files: list[tuple[Path, Path]], errors: int = 0) -> dict[str, float]:
    """The fractions over files of items and gold."""
    score, right, count = bench.scorer(), Counter[str](), Counter[str]()
    for items, gold in files:
        read_items = dict(read(items))
        events = [(row["item"], one) for row in score.read_jsonl(gold) for one in row["events"]]
        events = [(item, event) for item, event in events if item in read_items]
        for (item, event), value in zip(events, dated(read_items, events), strict=True):
            for name, good, said in judged(score, read_items[item], event, value):
                right[name] += good
                count[name] += 1
                if not good and count[name] - right[name] <= errors:
                    print(f"{name}: {item} {said}", file=sys.stderr)
    return {name: right[name] / count[name] for name in FIGURES if count[name]}


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("train", "dev"), default="train")
    parser.add_argument("--topic", nargs="*", default=[])
    parser.add_argument("--items", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    if (chosen.items is None) != (chosen.gold is None):
        parser.error("--items and --gold go together")
    if not bench.present():
        return 0
    folder = bench.BENCH
    topics = chosen.topic or bench.names(chosen.split)
    files = [
        (folder / "items" / chosen.split / f"{t}.jsonl", folder / "gold" / chosen.split / f"{t}.jsonl") for t in topics
    ]
    result = figures([(chosen.items, chosen.gold)] if chosen.items else files, chosen.errors)
    print(json.dumps(result) if chosen.json else "\n".join(f"{name:12} {value:.3f}" for name, value in result.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
