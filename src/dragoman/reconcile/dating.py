"""Undated texts dated by what the other reports of a record fix.

Two claims judged the same act happened at one time: a day is left to an undated text only if from that day its words
("last month") mean a time that the other claim allows ("in April"). Undated texts narrow each other until nothing
changes (arc consistency, which has one result whatever the order). Must not know the texts' language: claims carry
normal forms (:mod:`dragoman.timex`). Never adds a day that the text's own words exclude.
"""

import datetime as dt
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman import timex
from dragoman.types import Act, Basis, Claim, Dating, Interval, Span, Status

# Days on either side of what a linked report fixes that an undated text is looked for in: a year and some slack
_REACH = 400
# Candidates are listed when at most so many days are left (as in ground.dating), else only the window
_MOST = 53

Range = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class _Pair:
    """One act told by two claims, seen from the text of ``left``, which is undated."""

    left: Claim
    right: Claim


def narrow(
    datings: Sequence[Dating],
    claims: Sequence[Claim],
    same: Sequence[tuple[str, str]],
    fixed: Mapping[str, dt.date],
    *,
    words: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> tuple[Dating, ...]:
    """The datings of undated texts, each with the days that every linked claim allows, in the order given.

    ``same``: pairs of claim ids judged one act. ``fixed``: text id -> day of publication of the dated texts.
    ``words`` (text id -> content) and ``names`` (text id -> document) only make the reasons readable. A link that no
    day satisfies narrows nothing and is told in the reasons, and so are links that contradict each other.
    """
    pairs = _pairs(datings, claims, same)
    undated = {dating.text: dating for dating in datings if dating.text not in fixed}
    domains = _domains(undated, pairs, fixed, _zeros(claims))
    notes: dict[str, list[str]] = {text: [] for text in domains}
    usable = []
    for pair in pairs:
        if pair.left.text not in domains:
            continue
        if _kept(pair, domains, fixed):
            usable.append(pair)
        else:
            notes[pair.left.text].append(f"no day fits {_told(pair, words, names)}: the link narrows nothing")
    narrowed = _fixpoint(domains, usable, fixed)
    told: dict[str, list[str]] = {text: [] for text in domains}
    for pair in usable:
        told[pair.left.text].append(_told(pair, words, names))
    return tuple(
        _result(dating, domains, narrowed, sorted(set(told[dating.text])), sorted(set(notes[dating.text])))
        if dating.text in domains
        else dating
        for dating in datings
    )


def _pairs(datings: Sequence[Dating], claims: Sequence[Claim], same: Sequence[tuple[str, str]]) -> list[_Pair]:
    """The linked acts that happened, of two texts, once from the side of each undated one, in a fixed order."""
    by_id = {claim.id: claim for claim in claims}
    undated = {dating.text for dating in datings}
    found = set()
    for one, other in same:
        for left, right in ((one, other), (other, one)):
            if left in by_id and right in by_id and by_id[left].text in undated:
                found.add((left, right))
    return [
        _Pair(by_id[left], by_id[right])
        for left, right in sorted(found)
        if by_id[left].text != by_id[right].text and _tells(by_id[left]) and _tells(by_id[right])
    ]


def _tells(claim: Claim) -> bool:
    """Whether a claim dates its act by words of its own. Plans slip, so they fix nothing; nor does a date without
    words: that an act is told as fresh is no statement of its day.
    """
    act = claim.content
    if not isinstance(act, Act) or act.status.value not in (Status.HAPPENED, Status.ONGOING) or not act.date.span:
        return False
    value = act.date.value
    written = value is not None and value.known and value.basis in (Basis.EXPLICIT, Basis.RELATIVE)
    return bool(act.normal and timex.is_date(act.normal)) or written


def _domains(
    undated: Mapping[str, Dating], pairs: Sequence[_Pair], fixed: Mapping[str, dt.date], zeros: Mapping[str, int]
) -> dict[str, tuple[dt.date, ...]]:
    """Text id -> days it may be of: its candidates, else its bounded window, else days near those linked to it.

    Where the text's first dated act names a weekday (``zeros``), only those weekdays.
    Texts that have neither and are linked only to each other get no domain: nothing fixes them.
    """
    found = {text: days for text, dating in undated.items() if (days := _own_days(dating, zeros.get(text)))}
    growing = True
    while growing:
        near: dict[str, list[dt.date]] = {}
        for pair in pairs:
            text, other = pair.left.text, pair.right.text
            if text in undated and text not in found:
                known = (fixed[other],) if other in fixed else found.get(other, ())
                near.setdefault(text, []).extend([*known, *_ends(pair.right)])
        new = {text: _on(zeros.get(text), _reach(undated[text].window, days)) for text, days in near.items() if days}
        growing = any(new.values())
        found.update({text: days for text, days in new.items() if days})
    return found


def _ends(claim: Claim) -> list[dt.date]:
    """The ends of an act's days where its words fix them without an anchor."""
    value = claim.content.date.value if isinstance(claim.content, Act) else None
    if value is None or value.basis is not Basis.EXPLICIT:
        return []
    return [day for day in (value.start, value.end) if day]


def _own_days(dating: Dating, weekday: int | None) -> tuple[dt.date, ...]:
    if dating.candidates:
        return tuple(sorted({day for day, _ in dating.candidates}))
    start, end = dating.window.start, dating.window.end
    return _on(weekday, _range(start, end)) if start and end and (end - start).days <= 2 * _REACH else ()


def _zeros(claims: Sequence[Claim]) -> dict[str, int]:
    """Text id -> the weekday (1 Monday) that its first dated act names as past: day zero, as in ground.dating."""
    first: dict[str, tuple[Span, int]] = {}
    for claim in claims:
        act = claim.content
        if isinstance(act, Act) and act.date.span and (match := re.fullmatch(r"WD:([1-7]):[<?]", act.normal)):
            named = (act.date.span, int(match[1]))
            first[claim.text] = min(first.get(claim.text, named), named)
    return {text: weekday for text, (_, weekday) in first.items()}


def _on(weekday: int | None, days: tuple[dt.date, ...]) -> tuple[dt.date, ...]:
    return tuple(day for day in days if weekday is None or day.isoweekday() == weekday)


def _reach(window: Interval, days: Sequence[dt.date]) -> tuple[dt.date, ...]:
    low, high = min(days) - dt.timedelta(days=_REACH), max(days) + dt.timedelta(days=_REACH)
    return _range(max(low, window.start or low), min(high, window.end or high))


def _range(start: dt.date, end: dt.date) -> tuple[dt.date, ...]:
    return tuple(start + dt.timedelta(days=count) for count in range((end - start).days + 1))


def _kept(pair: _Pair, domains: Mapping[str, tuple[dt.date, ...]], fixed: Mapping[str, dt.date]) -> tuple[dt.date, ...]:
    """The days of the left text from which its words allow a time that the right claim allows too."""
    other = pair.right.text
    anchors = (fixed[other],) if other in fixed else domains.get(other, ())
    allowed = _union([time for anchor in anchors or (None,) if (time := _when(pair.right, anchor))])
    mine = domains[pair.left.text]
    if not allowed:
        return mine
    kept = []
    for day in mine:
        time = _when(pair.left, day)
        if time is None or any(time[0] <= end and start <= time[1] for start, end in allowed):
            kept.append(day)
    return tuple(kept)


def _when(claim: Claim, anchor: dt.date | None) -> Range | None:
    """The days of an act seen from ``anchor``, open ends taken as far away; None where nothing says."""
    act = claim.content
    assert isinstance(act, Act)  # _pairs keeps acts only
    if act.normal and timex.is_date(act.normal) and (anchor or act.date.value is None):
        return _evaluated(act.normal, anchor)
    value = act.date.value
    return (value.start or dt.date.min, value.end or dt.date.max) if value and value.known else None


@functools.lru_cache(maxsize=65536)
def _evaluated(normal: str, anchor: dt.date | None) -> Range | None:
    try:
        value = timex.evaluate(normal, anchor)
    except timex.TimexError:
        return None
    return (value.start or dt.date.min, value.end or dt.date.max) if value.known else None


def _union(ranges: Sequence[Range]) -> list[Range]:
    """The same days as few disjoint ranges."""
    merged: list[Range] = []
    for start, end in sorted(set(ranges)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _fixpoint(
    domains: Mapping[str, tuple[dt.date, ...]], pairs: Sequence[_Pair], fixed: Mapping[str, dt.date]
) -> dict[str, tuple[dt.date, ...]]:
    """The domains with every day removed that some pair excludes, until nothing changes."""
    current = dict(domains)
    changed = True
    while changed:
        changed = False
        for pair in pairs:
            kept = _kept(pair, current, fixed) if current[pair.left.text] else ()
            if kept != current[pair.left.text]:
                current[pair.left.text], changed = kept, True
    return current


def _told(pair: _Pair, words: Mapping[str, str] | None, names: Mapping[str, str] | None) -> str:
    other = (names or {}).get(pair.right.text) or pair.right.text[:12]
    return f"{_words(pair.left, words)} here is {_words(pair.right, words)} in {other}"


def _words(claim: Claim, words: Mapping[str, str] | None) -> str:
    act = claim.content
    assert isinstance(act, Act)  # _pairs keeps acts only
    span = act.date.span
    if words and span and span.text in words:
        return f"“{words[span.text][span.start : span.end]}”"
    return act.normal or str(act.date.value)


def _result(
    dating: Dating,
    before: Mapping[str, tuple[dt.date, ...]],
    after: Mapping[str, tuple[dt.date, ...]],
    told: Sequence[str],
    notes: Sequence[str],
) -> Dating:
    """A dating with the days that are left. When none is, the links contradict each other and narrow nothing."""
    days = after[dating.text]
    if not days:
        notes = [*notes, f"no day fits all of: {'; '.join(told)}: these links narrow nothing"]
    elif not told or days == before[dating.text]:
        days = ()
    if not days:
        return replace(dating, reasons=(*dating.reasons, *notes)) if notes else dating
    own = dict(dating.candidates)
    candidates = tuple((day, (*own.get(day, ()), *told)) for day in days) if own or len(days) <= _MOST else ()
    window = Interval(days[0], days[-1], days[0], days[-1])
    return Dating(dating.text, candidates, window, (*dating.reasons, *told, *notes))
