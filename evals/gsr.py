"""Acts of PLOVER's own gold sentences: who acts, who is acted upon, what type of act, by which words, where.

    python -m evals.gsr [--errors N] [--json]

The 322 sentences of ../shared/data/plover_gsr (Open Event Data Alliance, 2016, CC BY-SA 4.0), one event each, taken
from the CAMEO manual; never trained on, and no rule is written for one. Spans are those of the records' mark-up; the
sentence is coded as a report of the record's day. The 2016 names of types become those of 2021 by the CAMEO root that
they stand for (CAMEO2PLOVER-2021.txt); ours are taken as PLOVER itself codes them (``Codebook.to_plover``: a meeting
to come is AGREE), without what is denied. Records of one sentence count together.

``type``       F1 over sentence and type; ``type macro``: the mean over the types of the gold
``event``      P: acts whose word is one of the marked event words; R: sentences with such an act
``actor``, ``recipient``  F1 over spans, one to one: ``exact`` (the same words, articles aside), ``head`` (ours has the
               word that the gold phrase hangs by), ``overlap`` (a word in common). Who is marked as both counts as an
               actor, whichever side we put it on
``place``      words in common with the marked place, over the sentences that have one

Gold marks one event where a sentence may tell of several; the lines ``... of the event`` take only those of our acts
whose word is a marked event word.
"""

import argparse
import difflib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evals.polnear import prf, tally
from evals.treebank import SHARED

from dragoman import codebook
from dragoman.coding import CodingTask
from dragoman.ids import sha256
from dragoman.language.english import analyse
from dragoman.map_half import code_text
from dragoman.types import Act, Analysis, Cell, Report, Role, Text

FOLDER = SHARED / "plover_gsr"
RECORDS = FOLDER / "gold_standard_records" / "PLOVER_GSR_CAMEO.txt"
CROSSWALK = FOLDER / "CAMEO2PLOVER-2021.txt"
ROOTS = {"DEMAND": "10", "DISAPPROVE": "11", "INVESTIGATE": "09", "FIGHT": "19"}  # names of 2016 that 2021 lacks
OPEN = re.compile(r"\(((?:SRC|TAR|EVT|LOC)(?:/(?:TAR|LOC))?):\s*")
ACTING = (Role.ACTOR, Role.VISITOR, Role.MEDIATOR, Role.SIGNATORY)
RECEIVING = (Role.RECIPIENT, Role.HOST)
ARTICLES = ("the", "a", "an")
Words = frozenset[int]  # numbers of the sentence's words
Counts = dict[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Gold:
    """A sentence with its day, types and marked words."""

    text: str
    day: date
    types: frozenset[str]
    actors: tuple[Words, ...]
    recipients: tuple[Words, ...]
    both: tuple[Words, ...]
    events: Words
    places: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """An act of ours: type as PLOVER codes it ("" for a denied one) and the words of its parts."""

    type: str
    trigger: Words
    actors: tuple[Words, ...]
    recipients: tuple[Words, ...]
    place: Words


def words_of(text: str, start: int, end: int) -> Words:
    """The words that a stretch of text touches, articles left out."""
    found = enumerate(re.finditer(r"\w+", text))
    return frozenset(
        at for at, word in found if word.start() < end and word.end() > start and word[0].lower() not in ARTICLES
    )


def unmarked(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """A sentence without its mark-up, and (mark, start, end) of each marked stretch; a stray bracket is dropped."""
    plain, spans, opened, at = "", [], [], 0
    while at < len(marked):
        match = OPEN.match(marked, at)
        if match:
            opened.append((match[1], len(plain)))
            at = match.end()
            continue
        char = marked[at]
        at += 1
        if char == "(":
            opened.append(("", len(plain)))
        elif char in ")}":
            mark, start = opened.pop() if opened else ("-", 0)
            if mark not in ("", "-"):
                spans.append((mark, start, len(plain)))
            if mark:
                continue
        plain += char
    return plain, spans


def placed(marked: str, text: str) -> Iterator[tuple[str, Words]]:
    """Mark and words of each marked stretch in the sentence, which the mark-up spells now and then otherwise."""
    plain, spans = unmarked(marked)
    blocks = difflib.SequenceMatcher(None, plain, text, autojunk=False).get_matching_blocks()
    there = {a + k: b + k for a, b, size in blocks for k in range(size)}
    for mark, start, end in spans:
        found = [there[k] for k in range(start, end) if k in there]
        if 2 * len(found) > end - start:
            yield mark, words_of(text, found[0], found[-1] + 1)


def gold() -> list[Gold]:
    """The sentences of the gold records, those of one sentence together."""
    names = dict(re.findall(r"^(\d+):\s*([A-Z]+)", CROSSWALK.read_text(encoding="utf-8"), re.MULTILINE))
    renamed = {old: names[root] for old, root in ROOTS.items()}
    grouped: dict[str, list[dict[str, Any]]] = {}
    for record in json.loads(RECORDS.read_text(encoding="utf-8")):
        if record["event"] != "DOCUMENT":
            grouped.setdefault(record["text"], []).append(record)
    return [_sentence(text, records, renamed) for text, records in grouped.items()]


def _sentence(text: str, records: Sequence[Mapping[str, Any]], renamed: Mapping[str, str]) -> Gold:
    marks: dict[str, dict[Words, None]] = {}
    for record in records:
        markup = record["textInfo"] if isinstance(record["textInfo"], str) else record["textInfo"]["markup"]
        for mark, words in placed(markup, text):
            for part in [mark] if mark == "SRC/TAR" else mark.split("/"):
                marks.setdefault(part, {})[words] = None
    spans = {mark: tuple(words for words in found if words) for mark, found in marks.items()}
    return Gold(
        text,
        date.fromisoformat(records[0]["date"]),
        frozenset(renamed.get(record["event"], record["event"]) for record in records),
        spans.get("SRC", ()),
        spans.get("TAR", ()),
        spans.get("SRC/TAR", ()),
        frozenset().union(*spans.get("EVT", ())),
        spans.get("LOC", ()),
    )


def told(one: Gold) -> list[Told]:
    """Our acts of a sentence; raises RuntimeError where an extractor failed, for then nothing is measured."""
    text = Text(sha256(one.text), one.text)
    report = Report("r", text.id, "d", published=one.day, language="en")
    book = codebook.load()
    result = code_text(CodingTask(text, (report,)))
    if result.failures:
        raise RuntimeError(result.failures[0].reason)
    found = []
    for claim in result.claims:
        act = claim.content
        if isinstance(act, Act) and act.type in book.types:
            kind, _, auxiliary = book.to_plover(act.type, act.modes, act.status.value or "happened")
            actors, recipients = (tuple(_people(one.text, act, roles)) for roles in (ACTING, RECEIVING))
            trigger = words_of(one.text, act.trigger.start, act.trigger.end)
            type_ = "" if auxiliary == "negation" else kind
            found.append(Told(type_, trigger, actors, recipients, _cell(one.text, act.place)))
    return found


def _cell(text: str, cell: Cell[Any]) -> Words:
    return words_of(text, cell.span.start, cell.span.end) if cell.span else frozenset()


def _people(text: str, act: Act, roles: Iterable[Role]) -> Iterator[Words]:
    words = (_cell(text, one.party) for one in act.participations if one.role in roles)
    return (one for one in words if one)


def heads(analysis: Analysis, text: str, spans: Iterable[Words]) -> dict[Words, Words]:
    """The word that each phrase hangs by."""
    tokens = [(words_of(text, token.start, token.end), token.head) for token in analysis.tokens]
    return {
        span: next((own for own, head in tokens if own & span and (head < 0 or not tokens[head][0] & span)), span)
        for span in spans
    }


def matched(gold_: Sequence[Words], found: Sequence[Words], same: Callable[[Words, Words], int]) -> Counter[str]:
    """Counts of spans matched one to one, those with most in common first."""
    scored = sorted(((same(a, b), i, j) for i, a in enumerate(gold_) for j, b in enumerate(found)), reverse=True)
    left, right = set(range(len(gold_))), set(range(len(found)))
    hits = 0
    for score, i, j in scored:
        if score and i in left and j in right:
            left.remove(i)
            right.remove(j)
            hits += 1
    return tally(hits, len(gold_), len(found))


def spans_of(one: Gold, acts: Sequence[Told], hangs: Mapping[Words, Words], suffix: str) -> Counts:
    """Counts of actor and recipient spans of one sentence."""
    received = {span for act in acts for span in act.recipients}
    either = {span for span in received if any(span & both for both in one.both)}
    ours = {"actor": {span for act in acts for span in act.actors} | either, "recipient": received - either}
    counts: Counts = {}
    for side, gold_ in (("actor", (*one.actors, *one.both)), ("recipient", one.recipients)):
        found = sorted(ours[side], key=sorted)
        counts[f"{side} exact{suffix}"] = matched(gold_, found, lambda a, b: int(a == b))
        counts[f"{side} head{suffix}"] = matched(gold_, found, lambda a, b: int(bool(hangs[a] & b)))
        counts[f"{side} overlap{suffix}"] = matched(gold_, found, lambda a, b: len(a & b))
    return counts


def compare(one: Gold, acts: Sequence[Told]) -> Counts:
    """What agrees in one sentence."""
    hangs = heads(analyse(Text(sha256(one.text), one.text)), one.text, (*one.actors, *one.both, *one.recipients))
    meant = [act for act in acts if act.trigger & one.events]
    types = {act.type for act in acts if act.type}
    counts: Counts = {"type": tally(len(types & one.types), len(one.types), len(types))}
    for name in sorted(types | one.types):
        counts[f"type {name}"] = tally(name in types & one.types, name in one.types, name in types)
    counts["event"] = Counter(right=len(meant), found=len(acts), hit=bool(meant), gold=1)
    counts |= spans_of(one, acts, hangs, "") | spans_of(one, meant, hangs, " of the event")
    if one.places:
        ours = sorted({act.place for act in acts if act.place}, key=sorted)
        counts["place overlap"] = matched(one.places, ours, lambda a, b: len(a & b))
    return counts


def figures(total: Counts) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of all counts; the macro mean is over the types that the gold has."""
    found = {name: prf(count) for name, count in total.items() if name != "event"}
    event = total["event"]
    precision, recall = event["right"] / max(1, event["found"]), event["hit"] / max(1, event["gold"])
    both = precision + recall
    found["event"] = {"p": precision, "r": recall, "f1": 2 * precision * recall / both if both else 0.0}
    kinds = [row for name, row in found.items() if name.startswith("type ") and total[name]["gold"]]
    mean = {key: sum(row[key] for row in kinds) / len(kinds) for key in ("p", "r", "f1")}
    ordered = sorted(found, key=lambda name: (name.startswith("type "), name))
    return {"type": found["type"], "type macro": mean, **{name: found[name] for name in ordered if name != "type"}}


def main() -> int:
    """Measure and print."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N sentences of wrong type")
    args.add_argument("--json", action="store_true", help="one JSON object")
    options = args.parse_args()
    for path in (RECORDS, CROSSWALK):
        if not path.is_file():
            print(f"evals.gsr: no {path.name}: looked for in ../shared/data/plover_gsr", file=sys.stderr)
            return 2
    total: Counts = {}
    misses = []
    sentences = gold()
    for one in sentences:
        try:
            acts = told(one)
        except RuntimeError as problem:
            print(f"evals.gsr: not measured: {problem}", file=sys.stderr)
            return 1
        for name, count in compare(one, acts).items():
            total.setdefault(name, Counter()).update(count)
        types = {act.type for act in acts if act.type}
        if types != one.types:
            misses.append(f"{'/'.join(sorted(one.types))} not {'/'.join(sorted(types)) or 'nothing'}: {one.text}")
    found = figures(total)
    if options.json:
        rounded = {name: {key: round(value, 4) for key, value in row.items()} for name, row in found.items()}
        print(json.dumps({"sentences": len(sentences), **rounded}))
        return 0
    print(f"{len(sentences)} sentences")
    for name, row in found.items():
        of = f"  gold {total[name]['gold']:3}" if name in total else ""
        print(f"  {name:30} P {row['p']:.3f} R {row['r']:.3f} F1 {row['f1']:.3f}{of}")
    print("\n".join(misses[: options.errors]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
