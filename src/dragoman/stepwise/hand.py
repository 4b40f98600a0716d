"""Texts at hand: claims as people judged them, with their views, reports and words, read as they are needed."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.codebook import Codebook
from dragoman.knowledge import Knowledge
from dragoman.reconcile import cluster, judgements, tables, views
from dragoman.reconcile.copies import Source
from dragoman.reconcile.events import Given
from dragoman.reconcile.relations import Happening
from dragoman.reconcile.views import View
from dragoman.said import own_claims
from dragoman.stepwise.beside import Beside, beside
from dragoman.storage import parts, shelf
from dragoman.storage.shelf import Connection
from dragoman.types import Claim, Judgement, Link, Report, Text

# With more texts than this at hand they are put away; what is needed again is read again.
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Rules:
    """What events are computed with; ``made_with`` names it all, so that a shelf made with other rules is known."""

    knowledge: Knowledge
    codebook: Codebook
    made_with: str
    table: tables.Tables = field(default_factory=tables.load)

    def setting(self, name: str) -> int:
        """A number of the settings table."""
        return self.table.settings[name]


@dataclass(slots=True)
class Hand:
    """What was read so far of the record at one stage. Grows by :meth:`fetch`; ``made`` are events as far as their own
    claims make them; ``seen_texts``: which texts changed was asked at this stage, and noted.
    """

    connection: Connection
    rules: Rules
    beside: Beside
    stage: tuple[str, str, int]
    judged: Mapping[str, Sequence[Judgement]]
    links: Mapping[cluster.Pair, Link]
    texts: dict[str, Text] = field(default_factory=dict)
    reports: dict[str, tuple[Report, ...]] = field(default_factory=dict)
    published: dict[str, dt.date] = field(default_factory=dict)
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    fixed: set[tuple[str, str]] = field(default_factory=set)
    made: dict[tuple[str, ...], Happening] = field(default_factory=dict)
    seen_texts: bool = False

    def fetch(self, texts: Iterable[str]) -> None:
        """Read texts that are not at hand yet, with all that is said in and of them."""
        wanted = sorted(set(texts) - self.claims.keys())
        if not wanted:
            return
        if len(self.claims) + len(wanted) > _MOST:
            for held in (self.texts, self.reports, self.published, self.claims, self.views, self.made):
                held.clear()
            self.fixed.clear()
            wanted = sorted(set(texts))
        self._read(wanted)

    def _read(self, wanted: Sequence[str]) -> None:
        said = [judgement for text in wanted for judgement in self.judged.get(text, ())]
        contents = parts.contents(self.connection, wanted)
        self.texts |= {text: Text(text, content) for text, content in contents.items()}
        reports = shelf.reports_of(self.connection, wanted)
        self.reports |= reports
        self.published |= views.first_published(report for some in reports.values() for report in some)
        read = [*shelf.claims_of(self.connection, wanted), *own_claims(said)]
        found = judgements.apply(read, said, self.texts, self.rules.knowledge)
        self.fixed |= found.fixed
        self.claims |= {text: [] for text in wanted}
        for claim in found.claims:
            self.claims[claim.text].append(claim)
            body = max((report.body_at for report in self.reports.get(claim.text, ())), default=0)
            view = views.view(claim, self.published, self.texts, self.rules.table, body)
            if view is not None:
                self.views[claim.id] = view

    def given(self, texts: Iterable[str]) -> Given:
        """What building events of claims in these texts asks for; they and their copies' reports are read."""
        wanted = sorted(set(texts))
        self.fetch(wanted)
        return Given(
            reports=self.reports,
            published=self.published,
            texts=self.texts,
            sources=dict(self._sources(wanted)),
            table=self.rules.table,
            knowledge=self.rules.knowledge,
            codebook=self.rules.codebook,
            fixed=frozenset(self.fixed),
        )

    def _sources(self, texts: Sequence[str]) -> Iterator[tuple[str, Source]]:
        groups = shelf.copies_of(self.connection, texts)
        reports = shelf.reports_of(self.connection, [copy for copies in groups.values() for copy in copies])
        for leader, copies in groups.items():
            source = Source(leader, tuple(report for copy in copies for report in reports.get(copy, ())))
            yield from ((copy, source) for copy in copies)


def hand(connection: Connection, rules: Rules, before: Hand | None = None) -> Hand:
    """A hand that knows people's words, with the texts of the one before where the record is as it was then."""
    stage = shelf.stage(connection)
    if before is not None and before.stage == stage and before.rules is rules:
        return dataclasses.replace(before, connection=connection)
    judged, links = shelf.words(connection)
    return Hand(connection, rules, beside(rules.table), stage, judged, cluster.last_words(links))
