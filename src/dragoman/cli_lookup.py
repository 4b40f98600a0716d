"""``dragoman lookup``: actors, times and places by phrase, one or a stream of them. Prints; decides nothing."""

import datetime as dt
import enum
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman import own_actors, phrases
from dragoman.cli_options import NOTHING, OK, USAGE
from dragoman.knowledge import Knowledge
from dragoman.own_actors import OwnActorsError
from dragoman.terminal import output
from dragoman.terminal.plain import json_text

_OFFICES = 12  # offices listed of an actor at most, the latest first


class Asked(enum.StrEnum):
    """What can be looked up."""

    ACTORS = "actors"
    TIMES = "times"
    PLACES = "places"


class QuestionError(ValueError):
    """A line that is no question; the message names the line and the field."""


def _text(row: dict[str, Any], name: str, line: int) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise QuestionError(f"line {line}: {name}: expected a string or null, found {type(value).__name__}")
    return value


def _day(row: dict[str, Any], name: str, line: int) -> dt.date | None:
    value = _text(row, name, line)
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError:
        raise QuestionError(f"line {line}: {name}: {value!r} is no day (YYYY-MM-DD)") from None


def answer(kind: Asked, row: dict[str, Any], line: int = 1, tables: Knowledge | None = None) -> dict[str, Any]:
    """The answer to one question as a JSON object, by ``tables`` of actors; raises :class:`QuestionError`."""
    phrase, context, country = (_text(row, name, line) for name in ("phrase", "context", "country"))
    if country and country not in phrases.countries():
        raise QuestionError(f"line {line}: country: {country!r} is no ISO 3166-1 alpha-3 code that is known")
    on = _day(row, "on", line)
    if not phrase.strip():
        raise QuestionError(f"line {line}: phrase: missing or empty")
    asked = {"id": row["id"]} if "id" in row else {}
    if kind is Asked.ACTORS:
        return asked | _actor(phrase, on, context, country, tables)
    if kind is Asked.TIMES:
        return asked | _time(phrase, on, _day(row, "anchor", line), context)
    return asked | _place(phrase, context, country)


def _actor(phrase: str, on: dt.date | None, context: str, country: str, tables: Knowledge | None) -> dict[str, Any]:
    cell = phrases.look_up_actor(phrase, on, context=context, country=country, tables=tables)
    party = cell.value
    if party is None:
        return {"name": None, "code": None, "sector": None, "actor": None, "offices": [], "why": cell.reason}
    return {
        "name": party.name,
        "code": party.code,
        "sector": party.sector,
        "actor": party.id,
        "offices": [
            {"title": one.title, "of": one.of, "since": _iso(one.since), "until": _iso(one.until)}
            for one in phrases.offices(party, tables)[:_OFFICES]
        ],
        "why": cell.reason,
    }


def _time(phrase: str, on: dt.date | None, anchor: dt.date | None, context: str) -> dict[str, Any]:
    cell = phrases.look_up_time(phrase, on, anchor=anchor, context=context)
    days = cell.value
    found = {"start": _iso(days.start), "end": _iso(days.end), "basis": days.basis.value} if days else {}
    return {"start": None, "end": None, "basis": "none", **found, "why": cell.reason}


def _place(phrase: str, context: str, country: str) -> dict[str, Any]:
    cell = phrases.look_up_place(phrase, context=context, country=country)
    names = ("name", "country", "lat", "lon", "geonameid", "precision")
    found = {name: getattr(cell.value, name) if cell.value else None for name in names}
    return {**found, "why": cell.reason}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def questions(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The questions of JSON Lines with their line numbers; raises :class:`QuestionError`."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise QuestionError(f"line {number}: no JSON: {error.msg} at character {error.pos + 1}") from None
        except RecursionError:
            raise QuestionError(f"line {number}: no question: nested too deeply") from None
        if not isinstance(row, dict):
            raise QuestionError(f"line {number}: expected an object, found {type(row).__name__}")
        yield number, row


def lookup(
    kind: Annotated[Asked, typer.Argument(metavar="KIND", help="actors, times or places.")],
    phrase: Annotated[
        str, typer.Argument(metavar="PHRASE", help="The words; without them JSON Lines are read from stdin.")
    ] = "",
    *,
    on: Annotated[str, typer.Option(metavar="DAY", help="The day of the report.")] = "",
    anchor: Annotated[str, typer.Option(metavar="DAY", help="The day that a time is counted from, if another.")] = "",
    context: Annotated[str, typer.Option(metavar="TEXT", help="Words said before, or around it.")] = "",
    country: Annotated[str, typer.Option(metavar="ISO3", help="The state whose officers or places are meant.")] = "",
    actors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own actors (CSV), before the built-in ones.")
    ] = None,
) -> None:
    """Look up who, when or where a phrase means, offline, with the reason.

    With no PHRASE, reads one JSON object a line from stdin, {"id", "phrase", "on", "context", "country", "anchor"}, and
    writes one a line.
    """
    given = {"phrase": phrase, "on": on, "anchor": anchor, "context": context, "country": country}
    try:
        if actors and kind is not Asked.ACTORS:
            raise QuestionError(f"--actors has no say in {kind.value}")
        tables = own_actors.load(actors) if actors else None
        if phrase:
            found = answer(kind, given, tables=tables)
            output.put(json_text(found, indent=2) + "\n")
            raise typer.Exit(OK if any(found[name] for name in ("name", "start", "end") if name in found) else NOTHING)
        for line, row in questions(sys.stdin):
            output.put(json_text(answer(kind, {**given, **row}, line, tables)) + "\n")
    except (QuestionError, OwnActorsError, UnicodeDecodeError) as problem:
        told = "stdin is not UTF-8" if isinstance(problem, UnicodeDecodeError) else str(problem)
        output.tell(f"dragoman: {told.removeprefix('line 1: ') if phrase else told}")
        raise typer.Exit(USAGE) from None
