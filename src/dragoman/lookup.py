"""A record indexed by id, for whoever shows or exports it.

Makes look-ups over a finished :class:`~dragoman.types.Record`: claims, texts and reports by id, the words of a
span, the event or position a claim belongs to. It must not know how a record is computed, stored or printed.
"""

import dataclasses
from collections.abc import Mapping

from dragoman import found_again
from dragoman.types import Claim, Dating, Event, Judgement, Position, Record, Report, Span, Text


class UnknownIdError(LookupError):
    """No claim, event or position of the record has this id; the message is one line for a person."""


class AmbiguousIdError(LookupError):
    """Several ids of the record begin like this; the message names the first few."""


@dataclasses.dataclass(frozen=True, slots=True)
class Lookup:
    """The look-ups of one record. ``event_of`` holds every claim an event rests on or is disputed by, ``judged`` the
    words that count on a claim, oldest first, also those that were said of it before it was coded again.
    """

    record: Record
    claims: Mapping[str, Claim]
    texts: Mapping[str, Text]
    reports: Mapping[str, tuple[Report, ...]]
    events: Mapping[str, Event]
    positions: Mapping[str, Position]
    event_of: Mapping[str, str]
    position_of: Mapping[str, str]
    datings: Mapping[str, Dating]
    judged: Mapping[str, tuple[Judgement, ...]] = dataclasses.field(default_factory=dict)

    def words(self, span: Span | None) -> str:
        """The words of a span, "" for no span or a text that the record does not hold; of an emptied one its anchor."""
        text = self.texts.get(span.text) if span else None
        if not span or not text:
            return ""
        return text.content[span.start : span.end] if text.content else anchor(span)

    def reports_of(self, claims: tuple[str, ...]) -> tuple[Report, ...]:
        """The reports that carry any of these claims, in order of document and id, each once."""
        found = {
            report.id: report
            for key in claims
            if key in self.claims
            for report in self.reports.get(self.claims[key].text, ())
        }
        return tuple(sorted(found.values(), key=lambda report: (report.document, report.id)))

    def find(self, beginning: str) -> Claim | Event | Position:
        """The one claim, event or position whose id begins so; a whole id wins over longer ones.

        Raises :class:`UnknownIdError` and :class:`AmbiguousIdError`.
        """
        everything: dict[str, Claim | Event | Position] = {**self.claims, **self.positions, **self.events}
        if beginning in everything:
            return everything[beginning]
        matches = sorted(key for key in everything if beginning and key.startswith(beginning))
        if len(matches) == 1:
            return everything[matches[0]]
        if not matches:
            raise UnknownIdError(f"no claim, event or position with the id {beginning!r}")
        shown = ", ".join(matches[:3]) + (f" and {len(matches) - 3} more" if len(matches) > 3 else "")
        raise AmbiguousIdError(f"{beginning!r} begins several ids: {shown}")


def anchor(span: Span) -> str:
    """What stands for words that are withheld: the text's SHA-256 and the code points (RFC 5147), end exclusive."""
    return f"sha256:{span.text}#char={span.start},{span.end}"


def disputing(event: Event) -> tuple[str, ...]:
    """The ids of the claims that stand against an event: silences, declined comments, denials of a cell."""
    return tuple(sorted({key for dispute in event.standing.dispute for key in dispute.claims}))


def look_up(record: Record) -> Lookup:
    """The look-ups of a record; where a claim bears on several events, the one that rests on it comes first."""
    reports: dict[str, list[Report]] = {}
    for report in sorted(record.reports, key=lambda report: (report.document, report.id)):
        reports.setdefault(report.text, []).append(report)
    event_of: dict[str, str] = {}
    for event in record.events:
        event_of.update(dict.fromkeys(event.claims, event.id))
    for event in record.events:
        for key in disputing(event):
            event_of.setdefault(key, event.id)
    judged: dict[str, list[Judgement]] = {}
    about = found_again.targets(record.judgements, record.claims, record.texts)
    for word in sorted(record.judgements, key=lambda word: (word.at, word.id)):
        if word.id in about:
            judged.setdefault(about[word.id], []).append(word)
    return Lookup(
        record=record,
        claims={claim.id: claim for claim in record.claims},
        texts={text.id: text for text in record.texts},
        reports={text: tuple(found) for text, found in reports.items()},
        events={event.id: event for event in record.events},
        positions={position.id: position for position in record.positions},
        event_of=event_of,
        position_of={key: position.id for position in record.positions for key in position.claims},
        datings={dating.text: dating for dating in record.datings},
        judged={claim: tuple(words) for claim, words in judged.items()},
    )
