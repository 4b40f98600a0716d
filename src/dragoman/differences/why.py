"""Why two records differ in something: new reports, other claims, people's words, or how it was computed. Pure."""

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.lookup import Lookup, disputing
from dragoman.types import Claim, Dating, Event, Judgement, Link, Position, Report, Run

Thing = Event | Position
Word = Link | Judgement


class Cause(enum.StrEnum):
    """What sort of reason."""

    REPORTS = "reports"
    CODING = "coding"
    PERSON = "person"
    DATING = "dating"
    DAY = "day"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its sort, in words that may hold names from reports, and the ids of what it is about."""

    cause: Cause
    words: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records: its look-ups, the run that coded it last, the newest day its claims tell on, and what
    people said of each claim by its id.
    """

    look: Lookup
    run: Run | None
    newest: dt.date | None
    people: Mapping[str, frozenset[Word]]


# What a reader calls the parts of a run that have no plain name.
_PARTS = {"knowledge": "actors and places", "code": "program", "codebook_file": "codebook", "actors_file": "own actors"}


def side(look: Lookup, run: Run | None) -> Side:
    """A record with what reasons are looked up in."""
    told = {claim.text for claim in look.record.claims}
    days = [report.published for report in look.record.reports if report.published and report.text in told]
    people: dict[str, set[Word]] = {}
    said: tuple[Word, ...] = (*look.record.links, *look.record.judgements)
    for word in said:
        for key in _about(word):
            people.setdefault(key, set()).add(word)
    words = {key: frozenset(found) for key, found in people.items()}
    return Side(look, run, max(days, default=None), words)


def reasons(
    old: Side, new: Side, before: Iterable[Thing], after: Iterable[Thing], cells: Iterable[str] = ()
) -> tuple[Reason, ...]:
    """Why ``before`` became ``after``, either empty; ``cells`` are those that changed. At least one reason."""
    then, now, olds, news = _claims(old, before), _claims(new, after), tuple(before), tuple(after)
    texts = sorted({claim.text for claim in (*then, *now)})
    found = [
        *_of_reports(old, new, texts),
        *_of_coding(old, new, then, now),
        *_of_people(old, new, {claim.id for claim in (*then, *now)}),
        *_of_datings(old, new, texts),
    ]
    if not found and "standing" in cells and old.newest != new.newest:
        days = f"the newest report is of {new.newest or 'no day'}, before of {old.newest or 'no day'}"
        found.append(Reason(Cause.DAY, f"the same claims; {days}, and plans lapse by that day"))
    return tuple(found) or (_computed(old, new, len(olds) == len(news) == 1),)


def _claims(at: Side, things: Iterable[Thing]) -> list[Claim]:
    """The claims that things rest on or are disputed by, by id."""
    ids = {key for one in things for key in (*one.claims, *(disputing(one) if isinstance(one, Event) else ()))}
    return [at.look.claims[key] for key in sorted(ids) if key in at.look.claims]


def _of_reports(old: Side, new: Side, texts: Iterable[str]) -> Iterable[Reason]:
    had, has = _reports(old, texts), _reports(new, texts)
    for found, what in ((_lacking(has, had), "new report"), (_lacking(had, has), "no longer held: report")):
        if found:
            names = ", ".join(dict.fromkeys(report.document for report in found))
            yield Reason(Cause.REPORTS, f"{what}{_s(found)} {names}", tuple(report.id for report in found))


def _reports(at: Side, texts: Iterable[str]) -> dict[str, Report]:
    return {report.id: report for text in texts for report in at.look.reports.get(text, ())}


def _lacking(some: Mapping[str, Report], others: Mapping[str, Report]) -> list[Report]:
    found = [report for key, report in some.items() if key not in others]
    return sorted(found, key=lambda report: (report.document, report.id))


def _of_coding(old: Side, new: Side, then: Iterable[Claim], now: Iterable[Claim]) -> Iterable[Reason]:
    """Claims of a text that both records hold, and that one of them lacks or reads otherwise."""
    fresh = [one.id for one in now if one.id not in old.look.claims and one.text in old.look.reports]
    lost = [one.id for one in then if one.id not in new.look.claims and one.text in new.look.reports]
    both = {one.id for one in (*then, *now)} & old.look.claims.keys() & new.look.claims.keys()
    other = [key for key in sorted(both) if _said(old.look.claims[key]) != _said(new.look.claims[key])]
    counts = ((fresh, "new"), (lost, "gone"), (other, "read otherwise"))
    told = ", ".join(f"{len(ids)} {word}" for ids, word in counts if ids)
    if told:
        run = by_run(run_fields(old.run, new.run))
        by = f"; {run}" if run else ""
        yield Reason(Cause.CODING, f"other claims in the same texts: {told}{by}", (*fresh, *lost, *other))


def _said(claim: Claim) -> Claim:
    """A claim without what it came from."""
    return dataclasses.replace(claim, origin="", reasons=())


def run_fields(old: Run | None, new: Run | None) -> tuple[str, ...]:
    """In what two runs differ: version, readers, extractors, knowledge, codebook, and options by name."""
    if old is None or new is None:
        return () if old is new else ("run",)
    names = ("version", "readers", "extractors", "knowledge", "codebook")
    before, after = dict(old.options), dict(new.options)
    options = sorted(key for key in {*before, *after} if before.get(key) != after.get(key))
    return (*(name for name in names if getattr(old, name) != getattr(new, name)), *options)


def by_run(fields: Iterable[str]) -> str:
    """In what the runs differ, for a reader; "" for nothing."""
    names = dict.fromkeys(_PARTS.get(field, field.replace("_", " ")) for field in fields)
    return f"coded by another run ({', '.join(names)})" if names else ""


def words_of_people(at: Side) -> frozenset[Word]:
    """What people said that counts in a record."""
    return frozenset((*at.look.record.links, *at.look.record.judgements))


def _of_people(old: Side, new: Side, claims: set[str]) -> Iterable[Reason]:
    had, has = ({word for key in claims for word in at.people.get(key, ())} for at in (old, new))
    for found, back in ((has - had, ""), (had - has, "no longer counts: ")):
        for word in sorted(found, key=lambda word: (word.at, repr(word))):
            yield Reason(Cause.PERSON, back + said(word), _about(word))


def _about(word: Word) -> tuple[str, ...]:
    """The claims that a person spoke of."""
    return (word.left, word.right) if isinstance(word, Link) else (word.claim,)


def said(word: Word) -> str:
    """A person's word in one line: ``A. Reader: not the same (two rounds)``."""
    if isinstance(word, Link):
        return f"{word.by}: {word.verdict.value.replace('_', ' ')} ({', '.join(word.reasons)})"
    cell = f" {word.cell}={word.value}" if word.cell else ""
    return f"{word.by}: {word.decision.value.replace('_', ' ')}{cell} ({word.why})"


def _of_datings(old: Side, new: Side, texts: Iterable[str]) -> Iterable[Reason]:
    """Undated reports whose candidate days are others."""
    for text in texts:
        both = text in old.look.reports and text in new.look.reports
        if both and _days(old.look.datings.get(text)) != _days(new.look.datings.get(text)):
            names = ", ".join(dict.fromkeys(report.document for report in new.look.reports[text]))
            yield Reason(Cause.DATING, f"other days for the undated report {names}", (text,))


def _days(dating: Dating | None) -> object:
    return ({day for day, _ in dating.candidates}, dating.window) if dating else None


def _computed(old: Side, new: Side, one: bool) -> Reason:
    how = "computed" if one else "merged"
    run = by_run(run_fields(old.run, new.run))
    by = f"; {run}" if run else ""
    return Reason(Cause.COMPUTED, f"the same claims, {how} otherwise{by}")


def _s(things: list[Report]) -> str:
    return "" if len(things) == 1 else "s"
