"""Standing, first axis: how far an act has come, by a table of rules tried in order (docs/standing.md).

Only voices that affirm the act count. A plan is older than the deed when it was published on or before the day the
deed was done. A stop of a tour has the tour's plan; a tour is under way when one of its stops is done.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.reconcile.traits import DONE
from dragoman.reconcile.values import affirming
from dragoman.reconcile.views import View, hull
from dragoman.reconcile.voices import Told
from dragoman.types import Act, Course, Place, Status


@dataclass(frozen=True, slots=True)
class CourseResult:
    """The course, the cells that were done otherwise than planned, and why."""

    course: Course
    changed: tuple[str, ...]
    reasons: tuple[str, ...]


def today(told: Sequence[Told], as_of: dt.date | None) -> dt.date | None:
    """The day standing is computed for: the one asked for, else the last day a report at hand was published."""
    return as_of or max((item.published for item in told if item.published), default=None)


def find(
    told: Sequence[Told], *, whole: Sequence[Told], parts: Sequence[Told], act: Act, now: dt.date | None, grace: int
) -> CourseResult:
    """The course of an event.

    ``told`` are its own claims, ``whole`` those of the tour or visit it is part of, ``parts`` those of its own parts,
    ``act`` its best values, ``now`` the day, ``grace`` the days after which a plan has lapsed.
    """
    own = affirming(told)
    deeds = [item for item in own if item.view.status in DONE]
    plans = [item for item in own if item.view.status is Status.PLANNED]
    if not deeds and plans:
        deeds = [item for item in affirming(parts) if item.view.status in DONE]
        if deeds:
            return _done(plans, deeds, None, "one of its stops is done")
    if deeds:
        inherited = [] if plans else [item for item in affirming(whole) if item.view.status is Status.PLANNED]
        note = "it is part of a whole that was planned" if inherited else ""
        return _done(plans or inherited, deeds, act, note, partial=bool(inherited))
    return _not_done(own, plans, now, grace)


def _first_day(deeds: Sequence[Told]) -> dt.date | None:
    days = [item.view.days[0] for item in deeds if item.view.days]
    return min(days) if days else min((item.published for item in deeds if item.published), default=None)


def _done(
    plans: Sequence[Told], deeds: Sequence[Told], act: Act | None, note: str, *, partial: bool = False
) -> CourseResult:
    first = _first_day(deeds)
    older = [p for p in plans if first is None or p.published is None or p.published <= first]
    if not older:
        return CourseResult(Course.DONE_UNANNOUNCED, (), ("no plan older than the deed is on record",))
    plan = _reference(older)
    said = f"planned on {_by(plan)}"
    reasons = (said, note) if note else (said,)
    late = _late(plan.view, act, deeds)
    if late:
        return CourseResult(Course.DONE_LATE, ("date",), (*reasons, late))
    changed = _changes(plan.view, act, deeds, partial=partial)
    if changed:
        return CourseResult(Course.DONE_CHANGED, changed, (*reasons, f"done otherwise: {', '.join(changed)}"))
    window = str(plan.view.act.date.value or "") or "no stated day"
    return CourseResult(Course.DONE_AS_ANNOUNCED, (), (*reasons, f"done as planned ({window})"))


def _reference(plans: Sequence[Told]) -> Told:
    """The plan a deed is measured by: the earliest that states a day, else the earliest."""
    dated = [plan for plan in plans if plan.view.days]
    return min(dated or plans, key=lambda plan: plan.order)


def _by(told: Told) -> str:
    day = f", {told.published.isoformat()}" if told.published else ""
    return f"the word of {told.root.name or 'an unnamed outlet'}{day}"


def _deed_days(act: Act | None, deeds: Sequence[Told]) -> tuple[dt.date, dt.date] | None:
    """The days of the deed: the event's best date, of a tour the span of its stops."""
    if act is not None:
        return hull(act.date.value)
    days = [item.view.days for item in deeds if item.view.days]
    return (min(day[0] for day in days), max(day[1] for day in days)) if days else None


def _late(plan: View, act: Act | None, deeds: Sequence[Told]) -> str:
    days = _deed_days(act, deeds)
    if not days or not plan.days:
        return ""
    if _start_only(plan):
        return ""
    begun = days[0] if act is not None else days[1]  # a tour is late when its last known stop is
    if begun > plan.days[1]:
        return f"done {begun.isoformat()}, after the planned window ended {plan.days[1].isoformat()}"
    return ""


def _start_only(plan: View) -> bool:
    """A single day for a tour of several hosts is the day it begins: it says nothing of the end."""
    return len(plan.recipient_codes) > 1 and plan.days is not None and plan.days[0] == plan.days[1]


def _changes(plan: View, act: Act | None, deeds: Sequence[Told], *, partial: bool) -> tuple[str, ...]:
    """The cells in which the deed differs from the plan. A part is measured by days alone: its whole names more."""
    changed = []
    days = _deed_days(act, deeds)
    if days and plan.days and days[1] < plan.days[0]:
        changed.append("date")
    if partial or act is None:
        return tuple(changed)
    codes = {part.party.value.code for part in act.participations if part.party.value}
    if plan.codes and codes and not plan.codes <= codes:
        changed.append("participants")
    if _elsewhere(plan.place, act.place.value):
        changed.append("place")
    return tuple(changed)


def _elsewhere(planned: Place | None, done: Place | None) -> bool:
    return bool(planned and done and planned.country and done.country and planned.country != done.country)


def _participant(item: Told) -> bool:
    """Whether the claim rests on the authorised word of somebody who takes part, or on the outlet's own."""
    return item.root.counts and item.root.code in item.view.codes


def _not_done(own: Sequence[Told], plans: Sequence[Told], now: dt.date | None, grace: int) -> CourseResult:
    news = [item for item in own if item.view.status in (Status.PLANNED, Status.POSTPONED, Status.CANCELLED)]
    news = [item for item in news if item.view.status is Status.PLANNED or item.root.own or _participant(item)]
    last = max(news, key=lambda item: (item.published is not None, item.order), default=None)
    if last is not None and last.view.status is Status.CANCELLED:
        return CourseResult(Course.CANCELLED, (), (f"cancelled on {_by(last)}",))
    if last is not None and last.view.status is Status.POSTPONED:
        return CourseResult(Course.POSTPONED, (), (f"postponed on {_by(last)}",))
    if not plans:
        return CourseResult(Course.OPEN, (), ("neither a plan nor a deed is on record",))
    ends = [plan.view.days[1] for plan in plans if plan.view.days]
    if ends and now and now > max(ends) + dt.timedelta(days=grace):
        lapsed = f"its window ended {max(ends).isoformat()} and nothing was found in the {grace} days after"
        return CourseResult(Course.LAPSED, (), (lapsed,))
    announced = [plan for plan in plans if _participant(plan)]
    if announced:
        return CourseResult(Course.ANNOUNCED, (), (f"announced on {_by(min(announced, key=lambda p: p.order))}",))
    return CourseResult(Course.REPORTED_PLAN, (), (f"planned on {_by(_reference(plans))}, who takes no part in it",))
