"""Texts read by the real reader and coded by the real extractors, for the labelled cases and properties of coding.

A case is a text with the acts that a careful reader finds in it: rows of tests/cases/acts.csv with one id. A cell of
a row that is empty is not compared; "-" says that there is none.
"""

import csv
import dataclasses
import datetime as dt
import functools
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

from dragoman import codebook, ground, knowledge, mentions
from dragoman.claims import acts
from dragoman.claims.tree import Tree
from dragoman.coding import CodingResult, CodingTask
from dragoman.ids import sha256
from dragoman.language import english
from dragoman.map_half import code_text
from dragoman.types import Act, Claim, Report, Role, Says, Stance, Text

ROOT = Path(__file__).resolve().parent.parent
# How the roles of an act are shown to users: what is neither is not listed
ACTORS = (Role.VISITOR, Role.ACTOR, Role.MEDIATOR, Role.SIGNATORY)
RECIPIENTS = (Role.RECIPIENT, Role.HOST)
Row = dict[str, str]


def table(folder: str, name: str) -> list[Row]:
    """The rows of a table of the project: ``table("resources/claims", "cues")``."""
    with (ROOT / folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@functools.cache
def cases(name: str) -> tuple[tuple[Row, ...], ...]:
    """The cases of a table in tests/cases: its rows, those with the same id together."""
    grouped = itertools.groupby(table("tests/cases", name), key=lambda row: row["id"])
    return tuple(tuple(rows) for _, rows in grouped)


def strong(name: str) -> list[tuple[Row, ...]]:
    """The cases that must be read right."""
    return [case for case in cases(name) if case[0]["strength"] == "STRONG"]


def weak(name: str) -> list[tuple[Row, ...]]:
    """The cases that ought to be read right, and are not all yet."""
    return [case for case in cases(name) if case[0]["strength"] == "weak"]


@functools.cache
def coded(text: str, title: str = "", published: str = "2018-04-27", outlet: str = "") -> CodingResult:
    """What is claimed in a text; ``published`` an ISO day, or "" for an undated report."""
    content = f"{title}\n\n{text}" if title else text
    whole = Text(sha256(content), content)
    day = dt.date.fromisoformat(published) if published else None
    report = Report(
        "r", whole.id, "d", outlet=outlet, published=day, language="en", title=title,
        body_at=len(title) + 2 if title else 0,
    )  # fmt: skip
    return code_text(CodingTask(whole, (report,)))


@functools.cache
def ruled(text: str, title: str = "", published: str = "2018-04-27") -> tuple[Claim, ...]:
    """The acts that the rules alone find in a text: the network is told nothing."""
    content = f"{title}\n\n{text}" if title else text
    whole, known, body_at = Text(sha256(content), content), knowledge.load(), len(title) + 2 if title else 0
    day = dt.date.fromisoformat(published) if published else None
    report = Report("r", whole.id, "d", published=day, language="en", title=title, body_at=body_at)
    analysis = dataclasses.replace(english.analyse(whole, body_at), vectors=b"")
    grounded = ground.ground(report, analysis, mentions.find(analysis, known), known)
    return acts.extract(report, analysis, grounded, codebook.load())


def tree_of(text: str, published: str = "2018-04-27") -> Tree:
    """A text as the extractors see it: read, its mentions found and grounded."""
    whole, known = Text(sha256(text), text), knowledge.load()
    analysis = english.analyse(whole)
    day = dt.date.fromisoformat(published) if published else None
    report = Report("r", whole.id, "d", published=day, language="en")
    return Tree(analysis, ground.ground(report, analysis, mentions.find(analysis, known), known))


def token(tree: Tree, form: str) -> int:
    """The index of the first token with a form."""
    return next(at for at, one in enumerate(tree.tokens) if one.form == form)


def parties(text: str, published: str = "2018-04-27") -> dict[str, tuple[str, str, str]]:
    """Actor mentions of a text by their words -> (code, sector, name) of the party, ("", "", "") for none."""
    found = tree_of(text, published).grounded.actors
    values = ((mention.words, cell.value) for mention, cell in found)
    return {words: (one.code, one.sector, one.name) if one else ("", "", "") for words, one in values}


def read(case: Sequence[Row]) -> CodingResult:
    """What is claimed in a case's text."""
    return coded(case[0]["text"], case[0].get("title", ""), case[0]["published"])


def by_rules(case: Sequence[Row]) -> tuple[Claim, ...]:
    """The acts that the rules alone find in a case's text."""
    return ruled(case[0]["text"], case[0].get("title", ""), case[0]["published"])


def act_claims(result: CodingResult | tuple[Claim, ...]) -> list[tuple[Claim, Act]]:
    """The claims of acts that somebody tells of or denies, silences left out."""
    told = (Says.AFFIRMS, Says.DENIES)
    claims = result if isinstance(result, tuple) else result.claims
    return [(one, one.content) for one in claims if isinstance(one.content, Act) and one.says in told]


def stances(result: CodingResult) -> list[Stance]:
    """The stances of a text."""
    return [claim.content for claim in result.claims if isinstance(claim.content, Stance)]


def silences(result: CodingResult) -> list[tuple[Claim, Act]]:
    """The silences of a text, each with the act passed over."""
    kept = (Says.SILENT, Says.DECLINES)
    return [(one, one.content) for one in result.claims if isinstance(one.content, Act) and one.says in kept]


def codes(act: Act, roles: Iterable[Role]) -> str:
    """The codes of an act's participants in some roles, sorted, "-" for none."""
    listed = tuple(roles)
    found = {part.party.value.code for part in act.participations if part.party.value and part.role in listed}
    return " ".join(sorted(found)) or "-"


def voice_word(claim: Claim) -> str:
    """The first voice of a claim: "own", "TCD/statement" or "anon:officials"."""
    if not claim.voice.chain:
        return "own"
    first = claim.voice.chain[0]
    return f"{first.party.value.code}/{first.medium}" if first.party.value else f"anon:{first.anonymity}"


def as_row(claim: Claim, act: Act) -> Row:
    """A claim of an act in the form of a case's row."""
    date, place = act.date.value, act.place.value
    return {
        "type": act.type,
        "modes": " ".join(act.modes) or "-",
        "actors": codes(act, ACTORS),
        "recipients": codes(act, RECIPIENTS),
        "status": str(act.status.value),
        "start": str(date.start) if date and date.start else "-",
        "end": str(date.end) if date and date.end else "-",
        "country": place.country if place else "-",
        "voice": voice_word(claim),
    }


def lacking(rows: Iterable[str], named: Iterable[str]) -> list[str]:
    """The rows of a table (by name) that no case names, sorted."""
    return sorted(set(rows) - set(named))


def agrees(row: Row, found: Row) -> bool:
    """True when a found act is the one of a row; the voice's medium counts only where the row names one."""
    for name, value in found.items():
        wanted = row[name]
        whole = name != "voice" or "/" in wanted
        if wanted and wanted != (value if whole else value.partition("/")[0]):
            return False
    return True


def differences(case: Sequence[Row], result: CodingResult | tuple[Claim, ...]) -> str:
    """How the acts claimed in a case's text differ from the case's, in one line; "" when they do not."""
    found = [as_row(claim, act) for claim, act in act_claims(result)]
    missing = []
    for row in (row for row in case if row["type"] != "-"):
        match = next((one for one in found if agrees(row, one)), None)
        if match is None:
            missing.append(row)
        else:
            found.remove(match)
    wanted = [" ".join(f"{name}={row[name]}" for name in as_words(row)) for row in missing]
    said = [" ".join(f"{name}={value}" for name, value in row.items()) for row in found]
    return " | ".join([*(f"missing: {words}" for words in wanted), *(f"not there: {words}" for words in said)])


def as_words(row: Row) -> list[str]:
    """The compared columns of a row that it fills."""
    columns = ("type", "modes", "actors", "recipients", "status", "start", "end", "country", "voice")
    return [name for name in columns if row[name]]
