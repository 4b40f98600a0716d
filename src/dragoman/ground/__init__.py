"""Grounding: mentions to actors, days and places, offline, with a reason for every answer and every empty cell."""

import datetime as dt

from dragoman.ground.actors import resolve_actors
from dragoman.ground.dating import date_text
from dragoman.ground.places import resolve_places
from dragoman.ground.syntax import of_trees
from dragoman.ground.times import resolve_times
from dragoman.knowledge import Knowledge
from dragoman.types import Analysis, Basis, Dating, Grounded, Interval, Kind, Mention, Report


def published_on(day: dt.date) -> Interval:
    """The anchor of a dated report: its day of publication."""
    return Interval(day, day, day, day, Basis.PUBLICATION)


def candidate_days(dating: Dating) -> Interval:
    """The anchor of an undated report: the days that its own words leave, never one invented day."""
    days = tuple(sorted(candidate for candidate, _ in dating.candidates))
    if not days:
        return dating.window
    return Interval(days[0], days[-1], days[0], days[-1], Basis.NONE, days)


def ground(report: Report, analysis: Analysis, mentions: tuple[Mention, ...], knowledge: Knowledge) -> Grounded:
    """All mentions of a text grounded as of its report's day (or the days it may be of)."""
    if report.published:
        anchor = published_on(report.published)
    else:
        anchor = candidate_days(date_text(analysis, mentions, knowledge))
    outlet = knowledge.outlet(report.outlet) if report.outlet else None
    actors = tuple(m for m in mentions if m.kind is Kind.ACTOR)
    home = outlet.code if outlet else ""
    return Grounded(
        actors=resolve_actors(actors, knowledge, anchor.start, home, of_trees(analysis)),
        times=resolve_times(tuple(m for m in mentions if m.kind is Kind.TIME), anchor),
        places=resolve_places(tuple(m for m in mentions if m.kind is Kind.PLACE), knowledge, home),
        anchor=anchor,
    )
