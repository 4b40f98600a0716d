"""Groups of claims -> events: best values, accounts, standing and relations of each, with a stable id.

An event's id comes from its earliest claim, so that it survives re-runs and later reports.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman import ids
from dragoman.codebook import Codebook
from dragoman.knowledge import Knowledge
from dragoman.reconcile import accounts, cluster, compare, course, relations, standing, values, voices
from dragoman.reconcile.copies import Source
from dragoman.reconcile.relations import Happening
from dragoman.reconcile.tables import Tables
from dragoman.reconcile.views import View
from dragoman.reconcile.voices import Told
from dragoman.types import Event, Link, Relation, RelationKind, Report, Text, Verdict

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What every step needs: reports, texts and what they are copies of by text id, tables, which cells people set."""

    reports: Mapping[str, tuple[Report, ...]]
    published: Mapping[str, dt.date]
    texts: Mapping[str, Text]
    sources: Mapping[str, Source]
    table: Tables
    knowledge: Knowledge
    codebook: Codebook
    fixed: values.Fixed


@dataclass(frozen=True, slots=True)
class Grouped:
    """Claims compared and clustered: views by claim id, points of compared pairs, groups; ``statements`` maps a
    silence to a claim of the event it concerns.
    """

    views: Mapping[str, View]
    points: Mapping[cluster.Pair, int]
    clustering: cluster.Clustering
    statements: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Context:
    """What one event may need of the others."""

    happenings: Mapping[str, Happening]
    related: Mapping[str, tuple[Relation, ...]]
    now: dt.date | None
    as_of: dt.date | None


def build(
    found: Grouped, words: Mapping[cluster.Pair, Link], given: Given, as_of: dt.date | None
) -> tuple[tuple[Event, ...], tuple[Happening, ...], tuple[Relation, ...]]:
    """Events sorted by id, what relations see of them, and all relations between them."""
    happenings = {group: happening(group, found, given) for group in found.clustering.groups}
    everything = tuple(happenings.values())
    related = related_among(everything, everything, given.table)
    context = Context(
        happenings={happening.id: happening for happening in everything},
        related=by_event(related),
        now=course.today([item for happening in everything for item in happening.told], as_of),
        as_of=as_of,
    )
    return made(happenings, found, words, context, given), everything, related


def made(
    happenings: Mapping[Group, Happening],
    found: Grouped,
    words: Mapping[cluster.Pair, Link],
    context: Context,
    given: Given,
) -> tuple[Event, ...]:
    """The events of the groups ``found``, sorted by id; ``context`` has what their relations lead to."""
    silent = _silent(found, given)
    links = _links(found, words, given.table)
    events = [
        _event(happenings[group], silent.get(group, ()), links[group], context, given)
        for group in found.clustering.groups
    ]
    return tuple(sorted(events, key=lambda event: event.id))


def related_among(some: Sequence[Happening], happenings: Sequence[Happening], table: Tables) -> tuple[Relation, ...]:
    """What ``some`` of the events are part of, or answer, among ``happenings``."""
    return (*relations.part_of(some, happenings, table), *relations.responses(some, happenings, table))


def _tell(keys: Sequence[str], found: Grouped, given: Given) -> tuple[Told, ...]:
    return voices.tell((found.views[key] for key in keys), given.reports, given.sources, given.table, given.knowledge)


def happening(group: Group, found: Grouped, given: Given) -> Happening:
    """The event of one group, as far as its own claims make it."""
    told = _tell(group, found, given)
    act = values.best_act(told, given.fixed, given.codebook)
    reported = next((item.published for item in told if item.published), None)
    return Happening(ids.event_id(told[0].view.claim.id), act, told, reported)


def by_event(related: Iterable[Relation]) -> dict[str, tuple[Relation, ...]]:
    """Event id -> the relations it stands in, sorted."""
    out: dict[str, list[Relation]] = defaultdict(list)
    for relation in related:
        for end in (relation.left, relation.right):
            out[end].append(relation)
    return {key: tuple(sorted(some, key=lambda r: (r.kind, r.left, r.right))) for key, some in out.items()}


def _silent(found: Grouped, given: Given) -> dict[Group, tuple[Told, ...]]:
    """The silences that concern each group."""
    group_of = {key: group for group in found.clustering.groups for key in group}
    out: dict[Group, list[str]] = defaultdict(list)
    for statement, claim in found.statements.items():
        out[group_of[claim]].append(statement)
    return {group: _tell(keys, found, given) for group, keys in out.items()}


def _links(found: Grouped, words: Mapping[cluster.Pair, Link], table: Tables) -> dict[Group, tuple[Link, ...]]:
    """What holds each group together: for every claim its strongest link into it, and every word of people's on it.

    People's words that hold a claim of the group apart from another event, or could not be kept, stand here too.
    """
    group_of = {key: group for group in found.clustering.groups for key in group}
    strongest: dict[str, tuple[int, cluster.Pair]] = {}
    for pair, points in sorted(found.points.items()):
        left, right = pair
        if group_of[left] is group_of[right]:
            for key in pair:
                if key not in strongest or points > strongest[key][0]:
                    strongest[key] = (points, pair)
    out: dict[Group, dict[tuple[cluster.Pair, str], Link]] = {group: {} for group in found.clustering.groups}
    for key, (points, pair) in strongest.items():
        left, right = pair
        made = compare.link(found.views[left], found.views[right], points, table)
        out[group_of[key]][pair, made.by] = made
    broken = {id(link): why for link, why in found.clustering.broken}
    for pair, link in words.items():
        for key in pair:
            if key in group_of and link.verdict is not Verdict.UNSURE:
                why = broken.get(id(link))
                said = cluster.noted(link, why) if why else link
                out[group_of[key]][pair, link.by] = said
    return {group: tuple(some[key] for key in sorted(some)) for group, some in out.items()}


def _event(
    happening: Happening, silent: Sequence[Told], links: tuple[Link, ...], context: Context, given: Given
) -> Event:
    related = context.related.get(happening.id, ())
    wholes = [context.happenings[r.right] for r in _parts(related) if r.left == happening.id]
    parts = [context.happenings[r.left] for r in _parts(related) if r.right == happening.id]
    return Event(
        id=happening.id,
        act=happening.act,
        accounts=accounts.accounts(happening.told, silent),
        standing=standing.compute(
            happening.told,
            silent,
            act=happening.act,
            whole=[item for whole in _up(wholes, context) for item in whole.told],
            parts=[item for part in parts for item in part.told],
            tables=given.table,
            now=context.now,
            as_of=context.as_of,
        ),
        claims=tuple(sorted(item.view.claim.id for item in happening.told)),
        links=links,
        relations=(*related, *relations.within(happening.told)),
        differing=standing.differing(happening.told),
    )


def _parts(related: Sequence[Relation]) -> list[Relation]:
    return [relation for relation in related if relation.kind is RelationKind.PART_OF]


def _up(wholes: Sequence[Happening], context: Context) -> list[Happening]:
    """The wholes an event is part of, and those they are part of in turn (meeting, visit, tour)."""
    seen: dict[str, Happening] = {}
    queue = list(wholes)
    while queue:
        whole = queue.pop()
        if whole.id in seen:
            continue
        seen[whole.id] = whole
        above = _parts(context.related.get(whole.id, ()))
        queue += [context.happenings[r.right] for r in above if r.left == whole.id]
    return [seen[key] for key in sorted(seen)]
