"""Claims, reports and people's words -> events, positions, processes: the whole reduce half, a pure function.

Order: people's judgements, then block, compare, cluster; undated texts are narrowed by what they are linked to and
their claims dated again; then values, relations, accounts and standing of each group. The same for any order of the
input, and the same when computed claim by claim or at once.
"""

import dataclasses
import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dragoman import timex
from dragoman.codebook import Codebook
from dragoman.knowledge import Knowledge
from dragoman.reconcile import (
    block,
    cluster,
    compare,
    copies,
    dating,
    positions,
    processes,
    statements,
    tables,
    values,
    views,
)
from dragoman.reconcile import events as building
from dragoman.reconcile import judgements as judging
from dragoman.reconcile.events import Given, Grouped
from dragoman.types import (
    Act,
    Basis,
    Claim,
    Dating,
    Event,
    Interval,
    Judgement,
    Link,
    Position,
    Process,
    Report,
    Text,
)

Said = TypeVar("Said", Claim, Judgement)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What is computed of a record. ``links`` are the comparer's doubts: of each claim the strongest few pairs
    that it is unsure of; ``notes`` say which of people's words could not be kept and why.
    """

    events: tuple[Event, ...]
    positions: tuple[Position, ...]
    processes: tuple[Process, ...]
    datings: tuple[Dating, ...]
    links: tuple[Link, ...]
    notes: tuple[str, ...] = ()


def reconcile(  # noqa: PLR0917 # six kinds of input, each always given, in the order of the flow
    claims: Iterable[Claim],
    reports: Iterable[Report],
    links: Iterable[Link],
    judgements: Iterable[Judgement],
    knowledge: Knowledge,
    codebook: Codebook,
    *,
    texts: Iterable[Text] = (),
    datings: Iterable[Dating] = (),
    as_of: dt.date | None = None,
) -> Reconciled:
    """Events, positions, processes, datings and the links that the comparer is unsure of.

    ``links`` and ``judgements`` are people's words; ``texts`` let words be compared and judgements be found again after
    re-coding; ``as_of`` computes the record on the reports published up to that day (undated ones left out).
    """
    shown = [r for r in reports if as_of is None or (r.published is not None and r.published <= as_of)]
    by_text: dict[str, list[Report]] = defaultdict(list)
    for report in sorted(set(shown), key=lambda r: r.id):
        by_text[report.text].append(report)
    by_id = {text.id: text for text in texts}
    of = None if as_of is None else by_text.keys()
    judged = judging.apply(_of_texts(claims, of), _of_texts(judgements, of), by_id, knowledge)
    given = Given(
        reports={key: tuple(found) for key, found in by_text.items()},
        published=views.first_published(shown),
        texts=by_id,
        sources=copies.sources((claim.text for claim in judged.claims), by_id, by_text),
        table=tables.load(),
        knowledge=knowledge,
        codebook=codebook,
        fixed=judged.fixed,
    )
    words = cluster.last_words(link for link in links if link.person)
    found = _group(judged.claims, words, given)
    days = tuple(sorted({d for d in datings if d.text not in given.published}, key=lambda d: d.text))
    redated, narrowed = _redate(judged.claims, days, found, given)
    if redated != judged.claims:
        found = _group(redated, words, given)
    events, happenings, related = building.build(found, words, given, as_of)
    return Reconciled(
        events=events,
        positions=positions.positions(redated, given.published, given.table, knowledge),
        processes=processes.of_events(happenings, related, given.table),
        datings=narrowed,
        links=_model_links(found, given.table),
        notes=judged.notes + tuple(why for _, why in found.clustering.broken),
    )


def _of_texts(things: Iterable[Said], texts: Container[str] | None) -> list[Said]:
    """The claims or judgements of some texts, and judgements that name none; None: all."""
    return [one for one in things if texts is None or not one.text or one.text in texts]


def _group(claims: Sequence[Claim], words: Mapping[cluster.Pair, Link], given: Given) -> Grouped:
    """Compare what is worth comparing and cluster it; statements are compared and not clustered."""
    table = given.table
    bodies = {text: max(report.body_at for report in found) for text, found in given.reports.items()}
    made = (views.view(c, given.published, given.texts, table, bodies.get(c.text, 0)) for c in claims)
    found = {item.claim.id: item for item in made if item is not None}
    silent = {key for key, item in found.items() if statements.is_statement(item.claim)}
    card = compare.Card(table)
    points: dict[cluster.Pair, int] = {}
    near: dict[str, list[tuple[int, views.View]]] = defaultdict(list)
    for a, b in block.pairs(found.values(), table):
        if a.claim.id not in silent and b.claim.id not in silent:
            # A pair of the least points counts as one that was not worth comparing
            if (value := card.worth(a, b)) is not None:
                points[cluster.ordered(a.claim.id, b.claim.id)] = value
        elif (a.claim.id in silent) != (b.claim.id in silent) and a.claim.text != b.claim.text:
            statement, other = (a, b) if a.claim.id in silent else (b, a)
            near[statement.claim.id].append((statements.points(statement, other, table), other))
    for statement, other in statements.beside(found.values()):
        near[statement.claim.id].append((statements.points(statement, other, table), other))
    clustering = cluster.cluster(
        (key for key in found if key not in silent),
        points,
        words,
        table.settings,
    )
    attached = statements.attach((found[key] for key in sorted(silent)), near, table)
    return Grouped(found, points, clustering, attached)


def _redate(
    claims: tuple[Claim, ...], datings: tuple[Dating, ...], found: Grouped, given: Given
) -> tuple[tuple[Claim, ...], tuple[Dating, ...]]:
    """Narrow undated texts by the events their claims were put in, and date those claims again where that changed."""
    if not datings:
        return claims, ()
    same = [
        (left, right)
        for group in found.clustering.groups
        for number, left in enumerate(group)
        for right in group[number + 1 :]
    ]
    narrowed = dating.narrow(
        datings,
        claims,
        same,
        given.published,
        words={key: text.content for key, text in given.texts.items()},
        names={key: reports[0].document for key, reports in given.reports.items()},
    )
    changed = {new.text: new for old, new in zip(datings, narrowed, strict=True) if old.candidates != new.candidates}
    return tuple(_dated_again(claim, changed, given.fixed) for claim in claims), narrowed


def _dated_again(claim: Claim, changed: Mapping[str, Dating], fixed: values.Fixed) -> Claim:
    act, narrowed = claim.content, changed.get(claim.text)
    if narrowed is None or not isinstance(act, Act) or not act.normal or (claim.id, "date") in fixed:
        return claim
    days = tuple(day for day, _ in narrowed.candidates)
    if not days:
        return claim
    anchor = Interval(days[0], days[-1], days[0], days[-1], among=days)
    try:
        interval = timex.evaluate(act.normal, anchor)
    except timex.TimexError:
        return claim
    if act.date.span is None:  # told as fresh, dated by no words: no more than the report's own day
        interval = dataclasses.replace(interval, basis=Basis.PUBLICATION if len(days) == 1 else Basis.NONE)
    return views.redated(claim, interval, f"the text is of one of {len(days)} days that other reports leave to it")


def _model_links(found: Grouped, table: tables.Tables) -> tuple[Link, ...]:
    """The links of pairs in doubt, by id: of each claim the strongest few."""
    doubt, threshold = table.settings["doubt"], table.settings["threshold"]
    near: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (left, right), value in found.points.items():
        if doubt <= value < threshold:
            near[left].append((-value, right))
            near[right].append((-value, left))
    kept = {
        cluster.ordered(key, other)
        for key, others in near.items()
        for _, other in heapq.nsmallest(table.settings["doubts_kept"], others)
    }
    return tuple(
        compare.link(found.views[left], found.views[right], found.points[left, right], table)
        for left, right in sorted(kept)
    )
