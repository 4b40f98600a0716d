"""When an act most likely was, its words being given: no known day, the report's, or one that the text names.

Knows trees and grounded mentions; weighs what the words show by weights learned from coded reports (train/likely.py).
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dragoman import occasions, ranking
from dragoman.claims.tree import Tree
from dragoman.claims.when_where import DONE, compared, not_ahead
from dragoman.types import Basis, Cell, Interval, Mention, Status

PUBLICATION = "D+0"  # timex: the day of the report itself
VERBS = ("VERB", "AUX")
CLAUSAL = ("ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "conj", "root", "appos")
BY_READING = 800  # thousandths of log-odds for each unit of log share that a network gives; chosen on left-out topics
FAR = 12  # words between a time and its act beyond which distance tells nothing more


@dataclass(frozen=True, slots=True)
class Clause:
    """The act whose day is sought: its word, the words of its clause, how far it has come, whether in the title."""

    at: int
    inside: range
    status: str
    title: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day an act may be of: None where not known; from the words ``mention``, or of the happening ``name``."""

    value: Interval | None
    features: tuple[str, ...]
    mention: Mention | None = None
    name: str = ""


def kind_of(day: Day) -> str:
    """What a candidate is: no day, the report's, a time that the text names, a happening of the table."""
    if day.value is None:
        return "none"
    return "occasion" if day.name else "time" if day.mention else "report"


def likely_day(tree: Tree, clause: Clause, kinds: Mapping[str, float] | None = None) -> tuple[Cell[Interval], str]:
    """The days of an act with the words they rest on, or why none is known; and the normal form of what dates it.

    The form is one of :mod:`dragoman.timex`, "" where no words date the act. ``kinds``: what a network that read the
    text makes of each kind of candidate, as shares.
    """
    found = candidates(tree, clause)
    read = [round(BY_READING * math.log(max(kinds[kind_of(one)], 1e-4))) if kinds else 0 for one in found]
    best = ranking.choose(ranking.load()["day"], [one.features for one in found], read)
    day = found[best.index]
    normal = day.mention.normal if day.mention else PUBLICATION if day.value and not day.name else ""
    return _told(day, f"likeliest of {len(found)} readings ({best.probability:.2f})"), normal


def _told(day: Day, why: str) -> Cell[Interval]:
    """A chosen day as a cell."""
    if day.value is None:
        return Cell(reason=f"background or to come, no day told: {why}")
    if day.name:
        return Cell(day.value, reason=f"{day.name}, of the table of dated happenings: {why}")
    if day.mention is None:
        return Cell(day.value, reason=f"told as news, the day of the report: {why}")
    return Cell(day.value, day.mention.span, f"“{day.mention.words}”: {why}")


def candidates(tree: Tree, clause: Clause) -> list[Day]:
    """No day, the report's day, and every time the text names, each with what speaks for and against it."""
    told = tuple(_act(tree, clause))
    found = [Day(None, tuple(f"none {one}" for one in told))]
    anchor = tree.grounded.anchor
    if anchor.known:
        basis = Basis.PUBLICATION if not anchor.among else anchor.basis
        value = Interval(anchor.first_min, anchor.first_max, anchor.last_min, anchor.last_max, basis, anchor.among)
        found.append(Day(value, tuple(f"report {one}" for one in told)))
    listed = list(tree.grounded.times)
    listed = not_ahead(tree, listed) if clause.status in DONE else listed
    times = [pair for pair in listed if pair[1].value and pair[1].value.known and not compared(tree, pair[0])]
    order = sorted(range(len(times)), key=lambda at: _distance(tree, clause, times[at][0]))
    for rank, number in enumerate(order):
        mention, cell = times[number]
        if cell.value:
            features = (
                *_time(tree, clause, mention, cell.value),
                f"rank {min(rank, 3)}",
                f"times {min(len(times), 3)}",
            )
            crossed = tuple(f"{one} {told[1]}" for one in features[:4])
            found.append(Day(cell.value, ("time", *features, *crossed, *(f"time {one}" for one in told[:6])), mention))
    found += _occasions(tree, clause, told)
    return found


def _occasions(tree: Tree, clause: Clause, told: tuple[str, ...]) -> Iterator[Day]:
    """The happenings of the table that an act's clause may mean, each with what speaks for and against it."""
    day = tree.grounded.anchor.start
    if not clause.inside:
        return
    first, end = tree.analysis.sentences[tree.sentence_of[clause.at]]
    own = {word for at in clause.inside for word in (tree.tokens[at].form.lower(), tree.lemma(at))}
    near = {word for at in range(first, end) for word in (tree.tokens[at].form.lower(), tree.lemma(at))}
    word = {tree.lemma(clause.at), tree.tokens[clause.at].form.lower()}
    for rank, one in enumerate(occasions.meant(tree.occasions, near, day)):
        ago = (day - one.last).days if day else 0
        age = "ahead" if ago < -1 else "now" if ago < 3 else "week" if ago < 10 else "month" if ago < 60 else "old"
        close = all(not own.isdisjoint(group) for group in one.act)
        named = any(not word.isdisjoint(group) for group in one.act)
        shown = (
            f"occasion {age} {named} {close}",
            f"occasion rank {rank} {one.groups}",
            f"occasion {tree.lemma(clause.at)} {age}",
            f"occasion {named} {told[1]}",
        )
        value = Interval(one.first, one.first, one.last, one.last, Basis.BACKGROUND)
        yield Day(value, ("occasion", *shown, *(f"occasion {named} {that}" for that in told[1:8])), name=one.name)


def _act(tree: Tree, clause: Clause) -> Iterator[str]:
    """What an act's words and their place in the sentence show."""
    at = clause.at
    field = "title" if clause.title else "text"
    verbal = tree.tag(at) in VERBS
    form = tree.form_of_verb(at) if verbal else tree.tag(at)
    helpers = " ".join(tree.tokens[kid].form.lower() for kid in tree.children(at, "aux", "aux:pass", "cop"))
    yield "always"
    yield f"status {clause.status}"
    yield f"field {field}"
    yield f"form {form}"
    yield f"form {form} {field}"
    yield f"relation {tree.relation(at)}"
    yield f"form {form} {tree.relation(at)}"
    yield f"helpers {form} {helpers}" if helpers or verbal else "helpers none"
    yield f"lemma {tree.lemma(at)}"
    yield f"lemma {tree.lemma(at)} {'verb' if verbal else 'noun'} {field}"
    if not verbal:
        kinds = {tree.tokens[kid].form.lower() for kid in tree.children(at, "det")}
        owned = bool(tree.children(at, "nmod:poss"))
        kind = "the" if "the" in kinds else "a" if kinds & {"a", "an"} else "owned" if owned else "bare"
        yield f"noun {kind}"
        yield f"noun {kind} {tree.relation(at)} {field}"
        yield f"case {tree.case(at)}"
    for adverb in tree.children(at, "advmod", "amod"):
        yield f"adverb {tree.tokens[adverb].form.lower()}"
    for mark in tree.children(at, "mark"):
        yield f"mark {tree.lemma(mark)}"
    head = tree.head(at)
    above = tree.lemma(head) if head >= 0 else "-"
    yield f"above {above}"
    yield f"above {tree.tag(head) if head >= 0 else '-'} {tree.relation(at)} {form}"
    chain = [tree.relation(one) for one in (at, *tree.climb(at))]
    yield f"main {not any(one in ('acl', 'acl:relcl', 'advcl') for one in chain)} {field}"
    yield f"depth {min(sum(one in CLAUSAL for one in chain), 4)}"
    first = tree.sentence_of[clause.inside.start] if clause.inside else 0
    yield f"sentence {min(first, 4)}"
    yield f"length {min(len(clause.inside) // 4, 5)}"


def _distance(tree: Tree, clause: Clause, mention: Mention) -> tuple[int, int]:
    """How far a time stands from its act's word, other sentences last."""
    words = tree.tokens_in(mention.span)
    if not words:
        return (9, 0)
    apart = abs(tree.sentence_of[words.start] - tree.sentence_of[clause.at])
    return (apart, min(abs(words.start - clause.at), abs(words.stop - 1 - clause.at)))


def _time(tree: Tree, clause: Clause, mention: Mention, value: Interval) -> Iterator[str]:
    """What a time and its place beside the act show."""
    words = tree.tokens_in(mention.span)
    at = next((one for one in words if tree.head(one) not in words), words.start if words else 0)
    heads = [at, *tree.climb(at)]
    apart, steps = _distance(tree, clause, mention)
    where = (
        "quoted" if words and words.start in clause.inside else "sentence" if apart == 0 else f"apart {min(apart, 2)}"
    )
    hung = (
        f"under {min(heads.index(clause.at), 4)}"
        if clause.at in heads
        else "under quote"
        if any(one in clause.inside for one in heads[1:])
        else "elsewhere"
    )
    owner = next((tree.lemma(one) for one in heads[1:] if tree.tag(one) in VERBS), "-")
    day = tree.grounded.anchor.start
    ahead = (
        "unknown"
        if day is None or value.start is None
        else "ahead"
        if value.start > day
        else "past"
        if (value.end or value.start) < day
        else "now"
    )
    days = (value.end - value.start).days if value.end and value.start else -1
    width = "open" if days < 0 else "day" if days == 0 else "days" if days < 8 else "month" if days < 32 else "long"
    case = tree.case(at) or next(
        (tree.lemma(one) for one in (at - 1,) if one >= 0 and tree.tag(one) in ("ADP", "SCONJ")), ""
    )
    yield f"place {where} {hung}"
    yield f"ahead {ahead} {width}"
    yield f"case {case} {width}"
    yield f"near {min(steps, FAR) // 2} {where}"
    yield f"kind {mention.normal.split(':')[0][:4]} {ahead}"
    yield f"place {where} {hung} {width}"
    yield f"owner {owner} {hung}"
    yield f"words {mention.words.lower()}"
    yield f"side {'after' if words and words.start > clause.at else 'before'} {where}"
    yield f"field {'same' if clause.title == (words.start < _title_end(tree)) else 'other'} {where} {width}"


def _title_end(tree: Tree) -> int:
    """The index of the first word behind the first sentence: titles are one."""
    return tree.analysis.sentences[0][1] if tree.analysis.sentences else 0


def status_of(value: Status | None) -> str:
    """The word for a status in features."""
    return (value or Status.HAPPENED).value
