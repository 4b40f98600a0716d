"""Grounding: mentions to actors, days and places, offline, with a reason for every answer and every empty cell."""

import datetime as dt

from dragoman.ground.actors import Syntax, resolve_actors
from dragoman.ground.dating import date_text
from dragoman.ground.places import resolve_places
from dragoman.ground.times import resolve_times
from dragoman.knowledge import Knowledge
from dragoman.types import Analysis, Basis, Dating, Grounded, Interval, Kind, Mention, Report, Token

SENDING = ("send", "dispatch", "appoint", "name", "deploy")  # whoever does it has those whom it is done to


def published_on(day: dt.date) -> Interval:
    """The anchor of a dated report: its day of publication."""
    return Interval(day, day, day, day, Basis.PUBLICATION)


def candidate_days(dating: Dating) -> Interval:
    """The anchor of an undated report: the days that its own words leave, never one invented day."""
    days = tuple(sorted(candidate for candidate, _ in dating.candidates))
    if not days:
        return dating.window
    return Interval(days[0], days[-1], days[0], days[-1], Basis.NONE, days)


def _syntax(analysis: Analysis) -> Syntax:
    """Where the subjects and the sentences of a text are, and whose its nouns are."""
    tokens = analysis.tokens
    subjects = [token for token in tokens if token.relation.startswith("nsubj")]
    doers = {token.head: token for token in reversed(subjects)}
    owned = []
    for token in tokens:
        if token.relation == "nmod:poss" and token.head >= 0:
            owned.append((tokens[token.head].start, token.start))
        elif token.relation == "obj" and token.head >= 0 and tokens[token.head].lemma in SENDING:
            sender = doers.get(_wanting(tokens, token.head))
            owned += [(token.start, sender.start)] if sender else []
    return Syntax(
        tuple((token.start, token.end) for token in subjects),
        tuple(tokens[start].start for start, _ in analysis.sentences),
        tuple(owned),
    )


def _wanting(tokens: tuple[Token, ...], at: int) -> int:
    """The verb whose subject a verb has: "plans to send"."""
    while tokens[at].relation == "xcomp" and tokens[at].head >= 0:
        at = tokens[at].head
    return at


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
        actors=resolve_actors(actors, knowledge, anchor.start, home, _syntax(analysis)),
        times=resolve_times(tuple(m for m in mentions if m.kind is Kind.TIME), anchor),
        places=resolve_places(tuple(m for m in mentions if m.kind is Kind.PLACE), knowledge, home),
        anchor=anchor,
    )
