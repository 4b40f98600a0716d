"""When a report without a date was published: candidate days, each with the words that leave it open.

The day sought is day zero, the day that the report's own weekdays are counted back from. Evidence is the text's own:
a dateline or "Published" line, a copyright year, written dates (the report is not older than what it tells as past,
not younger than what it tells as to come), "its 16th month" of something whose beginning is known, the weekday of the
lead. Never one invented day, never today's. What other reports fix is :mod:`dragoman.reconcile.dating`'s.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman import tense, timex
from dragoman.knowledge import DatedEvent, Knowledge
from dragoman.types import Analysis, Dating, Interval, Kind, Mention

# A weekday can be a day zero only in the lead: the first sentences, title included
_LEAD = 4
# Candidates are listed when there are at most so many: the same weekday over a year, or the days of a month and a half
_MOST = 53
# A weekday named at most so many days after the lead's: the report is of that day ("on Thursday", "said on Friday")
_FOLLOW_UP = 2
# A dateline or "Published on" stands within so many characters of the beginning of its line
_LINE = 120
_COPYRIGHT = re.compile(r"(?:©|\(c\)|\bcopyright\b)\s*(?:©|\(c\))?\s*(?:\d{4}\s*[-–]\s*)?(?P<year>(?:19|20)\d\d)", re.I)
_STAMP = re.compile(r"\b(?:published|posted|updated|issued|released|date)\b[^\w\n]*(?:on\b|at\b)?[^\w\n]*$", re.I)
_DATELINE = re.compile(r"(?:^|\n)\s*(?:[A-Z][\w.'’-]*[ ,/]+){1,5}$")
_AFTER_DATELINE = re.compile(r"\s*(?:,\s*\d{4}\s*)?(?:\(|[-–—:])")
_THEN = re.compile(r"\b(?:was|were|had|then)\b(?:\s+\w+){0,2}\s*$", re.I)
_NAMED_WEEKDAY = re.compile(r"WD:([1-7]):[<?]$")


@dataclass(frozen=True, slots=True)
class _Bound:
    """The report is not older than ``low`` and not younger than ``high``, for ``reason``."""

    low: dt.date | None
    high: dt.date | None
    reason: str


def date_text(analysis: Analysis, mentions: Iterable[Mention], knowledge: Knowledge) -> Dating:
    """The days an undated text may be of; none, and an unknown window, where its words do not say.

    A weekday in the lead ("met on Friday") is taken as day zero itself; the report may have appeared up to six days
    later, which its own words cannot show.
    """
    times = sorted((one for one in mentions if one.kind is Kind.TIME), key=lambda one: one.span)
    bounds = [*_copyright(analysis), *_written(analysis, times), *_ordinals(analysis, times, knowledge)]
    stamps = _stamps(analysis, times)
    low = max((bound.low for bound in bounds if bound.low), default=None)
    high = min((bound.high for bound in bounds if bound.high), default=None)
    reasons = tuple(dict.fromkeys(bound.reason for bound in bounds))
    if low and high and low > high:
        return Dating(analysis.text.id, (), Interval(), (*reasons, "these contradict each other: no day is left"))
    window = Interval(low, high, low, high)
    days = _candidates(stamps, _weekday(analysis, times), window, times, analysis)
    if not days:
        looked = "" if reasons else "no dateline, copyright year, written date or count from a known beginning found"
        return Dating(analysis.text.id, (), window, reasons or (looked,))
    return Dating(analysis.text.id, tuple(days), window, reasons)


def _candidates(
    stamps: list[tuple[Mention, str]],
    weekday: Mention | None,
    window: Interval,
    times: list[Mention],
    analysis: Analysis,
) -> list[tuple[dt.date, tuple[str, ...]]]:
    for mention, reason in stamps:
        days = [day for day in _days_of(mention.normal, window) if _inside(day, window)]
        if days:
            return [(day, (reason,)) for day in days]
    low, high = window.start, window.end
    if not low or not high:
        return []
    days = [low + dt.timedelta(days=count) for count in range((high - low).days + 1)]
    reason = f"{len(days)} days are left by the bounds"
    if weekday:
        number = int(weekday.normal[3])
        days = [day for day in days if day.isoweekday() == number]
        reason = f"“{weekday.words}” is day zero (the report may have appeared up to six days later)"
    if len(days) > _MOST:
        return []
    return [(day, (reason,)) for day in days if _consistent(day, times, analysis)]


def _days_of(normal: str, window: Interval) -> list[dt.date]:
    """The day of a dateline; without a year, that day of every year of a bounded window."""
    if not normal.startswith("MD:"):
        return _single(timex.evaluate(normal, None))
    if not window.start or not window.end:
        return []
    years = range(window.start.year, window.end.year + 1)
    found = [timex.evaluate(timex.directed(normal, "<"), dt.date(year, 12, 31)) for year in years]
    return sorted({day for interval in found for day in _single(interval)})


def _single(interval: Interval) -> list[dt.date]:
    return [interval.start] if interval.start and interval.start == interval.end else []


def _inside(day: dt.date, window: Interval) -> bool:
    return (window.start is None or window.start <= day) and (window.end is None or day <= window.end)


def _consistent(day: dt.date, times: list[Mention], analysis: Analysis) -> bool:
    """Whether from ``day`` nothing told as past lies ahead ("this summer they met" is not of May)."""
    for mention in times:
        if not re.match(r"(?:SE|MO|QU|HY):\w+:\+0", mention.normal) or "@" in mention.normal:
            continue
        interval = timex.evaluate(mention.normal, day)
        if interval.start and interval.start > day and _direction(analysis, mention) == "<":
            return False
    return True


def _copyright(analysis: Analysis) -> list[_Bound]:
    found = []
    for match in _COPYRIGHT.finditer(analysis.text.content):
        year = int(match["year"])
        found.append(_Bound(dt.date(year, 1, 1), dt.date(year, 12, 31), f"copyright line “{match[0].strip()}”"))
    return found[-1:]


def _written(analysis: Analysis, times: list[Mention]) -> list[_Bound]:
    """The newest date told as past and the oldest told as to come."""
    past: list[_Bound] = []
    ahead: list[_Bound] = []
    for mention in times:
        if not re.match(r"\d{4}(?:-[\dQHSAW][\dPUI]?(?:-\d\d)?)?(?:;(?!YET|SOFAR)\w+)?$", mention.normal):
            continue
        days, direction = timex.evaluate(mention.normal, None), _direction(analysis, mention)
        if direction == "<":
            past.append(_Bound(days.start, None, f"“{mention.words}” is told as past: not older than {days.start}"))
        elif direction == ">":
            ahead.append(_Bound(None, days.end, f"“{mention.words}” is told as to come: not after {days.end}"))
    newest = sorted(past, key=lambda bound: bound.low or dt.date.min)[-1:]
    return newest + sorted(ahead, key=lambda bound: bound.high or dt.date.max)[:1]


def _ordinals(analysis: Analysis, times: list[Mention], knowledge: Knowledge) -> list[_Bound]:
    """Bounds from "its 16th month" where the sentence names something whose beginning is known."""
    found = []
    for mention in times:
        if not mention.normal.startswith("ORD:") or "@" in mention.normal:
            continue
        sentence, at = _sentence(analysis, mention)
        event = _event(sentence, mention.normal, knowledge)
        if event is None:
            continue
        days = timex.evaluate(f"{mention.normal}@{event.start}", None)
        over = bool(_THEN.search(sentence[:at]))
        reason = f"“{mention.words}” of {event.name}, which began on {event.start}: {days}"
        found.append(_Bound(days.start, None if over else days.end, reason))
    return found


def _event(sentence: str, ordinal: str, knowledge: Knowledge) -> DatedEvent | None:
    """What a sentence counts from: named by its words and still going on by then; None where two fit equally."""
    words = set(re.findall(r"[\w-]+", sentence.lower()))
    fitting = []
    for event in knowledge.dated_events:
        named = max((len(one) for one in event.patterns if _holds(words, one)), default=0)
        begun = timex.evaluate(f"{ordinal}@{event.start}", None).start
        if named and begun and (event.end is None or begun <= event.end):
            fitting.append((named, event))
    most = max((named for named, _ in fitting), default=0)
    best = {event.start: event for named, event in fitting if named == most}
    return next(iter(best.values())) if len(best) == 1 else None


def _holds(words: set[str], pattern: tuple[str, ...]) -> bool:
    """Whether all words of a pattern are there; a word may hold alternatives parted by "|"."""
    return all(any(choice in words for choice in word.split("|")) for word in pattern)


def _stamps(analysis: Analysis, times: list[Mention]) -> list[tuple[Mention, str]]:
    """Days in a dateline or after "Published", those with a year first."""
    content, found = analysis.text.content, []
    for mention in times:
        if not re.match(r"(?:\d{4}-\d\d-\d\d|MD:\d\d-\d\d:.)$", mention.normal):
            continue
        line = content[
            max(content.rfind("\n", 0, mention.span.start), mention.span.start - _LINE, 0) : mention.span.start
        ]
        if _STAMP.search(line):
            found.append((mention, f"“{mention.words}” in a line that says when it was published"))
        elif _DATELINE.search(line) and _AFTER_DATELINE.match(content, mention.span.end):
            found.append((mention, f"“{mention.words}” in the dateline"))
    return sorted(found, key=lambda item: item[0].normal.startswith("MD:"))


def _weekday(analysis: Analysis, times: list[Mention]) -> Mention | None:
    """The weekday told as past in the lead, or one named in the text that follows it by a day or two."""
    if not analysis.sentences:
        return None
    named = [one for one in times if _NAMED_WEEKDAY.match(one.normal) and _direction(analysis, one) != ">"]
    first, end = analysis.sentences[0][0], analysis.sentences[min(_LEAD, len(analysis.sentences)) - 1][1]
    if first == end:
        return None
    stop = analysis.tokens[end - 1].end
    lead = next((one for one in named if one.span.start < stop), None)
    if lead is None:
        return None
    zero = int(lead.normal[3])
    after = [(step, one) for one in named if 0 < (step := (int(one.normal[3]) - zero) % 7) <= _FOLLOW_UP]
    return max(after, key=lambda item: item[0])[1] if after else lead


def _sentence(analysis: Analysis, mention: Mention) -> tuple[str, int]:
    """The sentence that holds a mention, and where the mention begins in it."""
    for first, end in analysis.sentences:
        if first < end and analysis.tokens[end - 1].end > mention.span.start:
            start = analysis.tokens[first].start
            return analysis.text.content[start : analysis.tokens[end - 1].end], mention.span.start - start
    return analysis.text.content, mention.span.start


def _direction(analysis: Analysis, mention: Mention) -> str:
    sentence, at = _sentence(analysis, mention)
    return tense.direction(sentence, at, at + len(mention.words))
