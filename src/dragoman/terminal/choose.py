"""Which events, claims, positions, actors and reports of a record somebody asks for.

Conditions are checked when they are made, so that a misspelt status is an error and not an empty answer. It must
not know how anything is printed.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from dragoman.knowledge import fold
from dragoman.lookup import Lookup
from dragoman.types import (
    Act,
    Claim,
    Course,
    Dispute,
    Event,
    Interval,
    Party,
    Position,
    Report,
    Stance,
    Status,
    Support,
)

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class ChoiceError(ValueError):
    """A condition that cannot be meant; the message names the option and what it takes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for; an empty field asks for nothing in particular. ``actor`` and ``type`` are folded."""

    since: dt.date | None = None
    until: dt.date | None = None
    actor: str = ""
    type: str = ""
    status: Status | None = None
    standing: str = ""


def day(option: str, written: str, *, last: bool) -> dt.date | None:
    """The first or last day of a written year, month or day, None for nothing; raises :class:`ChoiceError`."""
    if not written:
        return None
    found = _DAY.fullmatch(written.strip())
    try:
        if not found:
            raise ValueError
        year, month, of_month = (int(part) if part else None for part in found.groups())
        assert year is not None
        month = month or (12 if last else 1)
        return dt.date(year, month, of_month or (calendar.monthrange(year, month)[1] if last else 1))
    except ValueError:
        raise ChoiceError(
            f"{option}: a day, month or year is written 2018-06-12, 2018-06 or 2018: {written!r}"
        ) from None


def standings() -> tuple[str, ...]:
    """All values of the three axes of standing, as they are written."""
    return tuple(value.value for axis in (Course, Support, Dispute) for value in axis)


def choice(
    *, since: str = "", until: str = "", actor: str = "", act_type: str = "", status: str = "", standing: str = ""
) -> Choice:
    """What somebody wrote -> what is asked for; raises :class:`ChoiceError`."""
    wanted_status = _written(status)
    if wanted_status and wanted_status not in set(Status):
        raise ChoiceError(f"--status: {status!r} is none of {', '.join(Status)}")
    wanted_standing = _written(standing)
    if wanted_standing and not any(value.startswith(wanted_standing) for value in standings()):
        raise ChoiceError(f"--standing: {standing!r} is none of {', '.join(standings())}")
    return Choice(
        since=day("--since", since, last=False),
        until=day("--until", until, last=True),
        actor=fold(actor.strip()),
        type=act_type.strip().casefold(),
        status=Status(wanted_status) if wanted_status else None,
        standing=wanted_standing,
    )


def _written(value: str) -> str:
    return re.sub(r"[\s-]+", "_", value.strip().casefold())


def event_meets(event: Event, wanted: Choice) -> bool:
    """Whether an event is one of those asked for."""
    act, standing = event.act, event.standing
    values = {standing.course.value}
    values |= {one.support.value for one in standing.support}
    values |= {one.dispute.value for one in standing.dispute}
    return (
        _act_meets(act, wanted)
        and _within(act.date.value, wanted)
        and (not wanted.standing or any(value.startswith(wanted.standing) for value in values))
    )


def claim_meets(claim: Claim, wanted: Choice, look: Lookup) -> bool:
    """Whether a claim is one of those asked for; its standing is that of its event, its voices count as actors."""
    event = look.events.get(look.event_of.get(claim.id, ""))
    if wanted.standing and not (event and event_meets(event, Choice(standing=wanted.standing))):
        return False
    content = claim.content
    if isinstance(content, Stance):
        held_by = _named(content.holder.value, wanted) or _speaks(claim, wanted)
        return held_by and _issue_meets(content.issue, content.stance, wanted) and _within(None, wanted)
    spoken = wanted.actor != "" and _speaks(claim, wanted)
    unnamed = Choice(type=wanted.type, status=wanted.status) if spoken else wanted
    return _act_meets(content, unnamed) and _within(content.date.value, wanted)


def position_meets(position: Position, wanted: Choice) -> bool:
    """Whether a position is one of those asked for; ``--type`` names its issue or stance."""
    return (
        _named(position.party, wanted)
        and _issue_meets(position.issue, position.stance, wanted)
        and _within(position.period, wanted)
    )


def party_meets(party: Party, wanted: Choice) -> bool:
    """Whether an actor is the one asked for."""
    return _named(party, wanted)


def report_meets(report: Report, wanted: Choice) -> bool:
    """Whether a report is one of those asked for, by its day of publication."""
    published = report.published
    return _within(Interval(published, published, published, published) if published else None, wanted)


def _act_meets(act: Act, wanted: Choice) -> bool:
    cameo = wanted.type.zfill(3) if wanted.type.isdigit() else ""
    return (
        (not wanted.type or act.type.casefold() == wanted.type or (bool(cameo) and act.cameo.startswith(cameo)))
        and (wanted.status is None or act.status.value is wanted.status)
        and (not wanted.actor or any(_named(p.party.value, wanted) for p in act.participations))
    )


def _issue_meets(issue: str, stance: str, wanted: Choice) -> bool:
    return wanted.status is None and wanted.type in ("", issue.casefold(), stance.casefold())


def _speaks(claim: Claim, wanted: Choice) -> bool:
    return any(_named(speaker.party.value, wanted) for speaker in claim.voice.chain)


def _named(party: Party | None, wanted: Choice) -> bool:
    """By code, or by whole words of the name, case and accents aside ("zelensky" finds Volodymyr Zelenskyy)."""
    if not wanted.actor:
        return True
    if party is None:
        return False
    return fold(party.code) == wanted.actor or f" {wanted.actor} " in f" {fold(party.name)} "


def _within(interval: Interval | None, wanted: Choice) -> bool:
    """Whether some of the interval may lie between the days asked for; what has no date lies nowhere."""
    if wanted.since is None and wanted.until is None:
        return True
    if interval is None or not interval.known:
        return False
    if wanted.since and interval.end and interval.end < wanted.since:
        return False
    return not (wanted.until and interval.start and interval.start > wanted.until)
