"""The bench's gold annotations -> our reports, texts and claims, so that merging is measured apart from reading.

Every annotated act becomes one claim with its gold cells; its gold event id is kept beside it, never in it.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from babel import Locale

from dragoman import knowledge
from dragoman.types import (
    Act,
    ActorKind,
    Basis,
    Cell,
    Claim,
    Interval,
    Medium,
    Participation,
    Party,
    Place,
    Precision,
    Report,
    Role,
    Says,
    Span,
    Speaker,
    Status,
    Text,
    Voice,
)

STATES = frozenset(Locale("en").territories.values()) | {"United States", "UK", "US", "Kosovo", "Türkiye"}
# Words that make a capitalised name a body's or group's and not a person's
BODIES = frozenset([
    "ministry", "government", "army", "forces", "council", "commission", "parliament", "court", "party", "police",
    "officials", "leaders", "department", "union", "junta", "group", "nations", "embassy", "guard", "house",
    "administration", "agency", "committee", "senate", "congress", "navy", "troops", "kremlin", "state", "company",
    "bank", "university", "office", "service", "militia", "rebels", "association", "organization", "presidency",
    "cabinet", "authorities", "coalition", "movement", "front", "alliance", "club", "center", "centre", "church",
    "people",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gold:
    """One file of the bench as claims; ``event`` maps a claim's id to its gold event, ``row`` to its annotation."""

    reports: tuple[Report, ...]
    texts: tuple[Text, ...]
    claims: tuple[Claim, ...]
    event: dict[str, str]
    row: dict[str, dict[str, Any]]


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _kind(name: str, sector: str) -> ActorKind:
    if name in STATES or name.removeprefix("the ") in STATES:
        return ActorKind.STATE
    words = name.split()
    if {word.lower().strip(",.") for word in words} & BODIES:
        return ActorKind.BODY if words[0][:1].isupper() else ActorKind.GROUP
    capitals = [word for word in words if word[:1].isupper()]
    if 2 <= len(words) <= 4 and len(capitals) >= len(words) - 1 and sector not in ("NGO", "MED", "BUS", "PTY"):
        return ActorKind.PERSON
    return ActorKind.BODY if words and words[0][:1].isupper() else ActorKind.GROUP


def _party(raw: dict[str, Any], on: dt.date | None) -> Party:
    name, code, sector = raw.get("name") or raw.get("text") or "", raw.get("code") or "UNK", raw.get("sector") or ""
    kind = _kind(name, sector)
    known = knowledge.load()
    people = known.persons(name) if kind is ActorKind.PERSON else ()
    offices = {known.party(actor.id, on).title for actor in people if actor.code == code}
    title = offices.pop() if len(offices) == 1 else ""
    return Party(id="", name=name, kind=kind, code=code, sector=sector, title=title)


def _date(raw: dict[str, Any] | None) -> Cell[Interval]:
    if not raw or not raw.get("start"):
        return Cell(None, None, "gold has no date")
    start = dt.date.fromisoformat(raw["start"])
    end = dt.date.fromisoformat(raw.get("end") or raw["start"])
    return Cell(Interval(start, end, start, end, Basis(raw.get("basis") or "none")), None, "gold")


def _place(raw: dict[str, Any] | None) -> Cell[Place]:
    if not raw:
        return Cell(None, None, "gold has no place")
    precision = Precision.COUNTRY if raw.get("name") in STATES else Precision.CITY
    return Cell(Place(raw.get("name") or "", raw.get("country") or "", precision=precision), None, "gold")


def _claim(raw: dict[str, Any], text: Text, number: int, on: dt.date | None) -> Claim:
    at = max(text.content.find(raw["quote"]), 0)
    span = Span(text.id, at, at + max(len(raw["quote"]), 1))
    visit = "visit" in raw["mode"] and raw["actors"] and raw["recipients"]
    sides = (
        ("actors", Role.VISITOR if visit else Role.ACTOR),
        ("recipients", Role.HOST if visit else Role.RECIPIENT),
    )
    act = Act(
        type=raw["type"],
        modes=tuple(sorted(raw["mode"])),
        status=Cell(Status(raw["status"]), span),
        participations=tuple(Participation(Cell(_party(p, on), span), role) for side, role in sides for p in raw[side]),
        date=_date(raw.get("date")),
        place=_place(raw.get("place")),
        trigger=span,
    )
    voice = Voice(tuple(
        Speaker(Cell(Party("", name, ActorKind.BODY, "UNK"), span), medium=Medium.UNKNOWN) for name in raw["voices"]
    ))  # fmt: skip
    key = hashlib.sha256(f"{text.id}\x1f{at}\x1f{number}".encode()).hexdigest()[:32]
    return Claim(key, text.id, act, voice, Says.AFFIRMS, span, "gold@1", 1.0)


def read(gold: Path, items: Path) -> Gold:
    """The gold of one file as claims; raises OSError, ValueError or KeyError for files in another format."""
    reports, texts, claims = [], [], []
    event: dict[str, str] = {}
    row: dict[str, dict[str, Any]] = {}
    found = {item["id"]: item for item in read_jsonl(items)}
    for line in read_jsonl(gold):
        item = found[line["item"]]
        body = item.get("lede") or ""
        content = f"{item['title']}\n\n{body}" if item.get("title") else body
        # The item's id keeps two items of one wording apart: gold counts them as two
        text = Text(hashlib.sha256(f"{item['id']}\x1f{content}".encode()).hexdigest(), content)
        texts.append(text)
        day = dt.date.fromisoformat(item["published"][:10]) if item.get("published") else None
        outlet = item.get("outlet") or ""
        reports.append(Report(item["id"], text.id, item["id"], outlet=outlet, published=day))
        for number, raw in enumerate(line["events"]):
            claim = _claim(raw, text, number, day)
            claims.append(claim)
            event[claim.id] = f"{line['item'].rsplit('-', 1)[0]}/{raw['event']}"
            row[claim.id] = {**raw, "document": line["item"]}
    return Gold(tuple(reports), tuple(texts), tuple(claims), event, row)


def _chance(claim: Claim, what: str) -> float:
    return int(hashlib.sha256(f"{claim.id}\x1f{what}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def blurred(gold: Gold) -> Gold:
    """The gold as a reader of single documents would have it: no day that only other items tell, a third of the
    people named by their state alone. Which third is decided by a hash, so that it never changes.
    """
    return replace(gold, claims=tuple(_blur(claim) for claim in gold.claims))


def _blur(claim: Claim) -> Claim:
    act = claim.content
    if not isinstance(act, Act):
        return claim
    if act.date.value and act.date.value.basis is Basis.BACKGROUND:
        act = replace(act, date=Cell(None, None, "the words tell no day"))
    parts = []
    for part in act.participations:
        party = part.party.value
        if party and party.kind is ActorKind.PERSON and _chance(claim, party.name) < 1 / 3:
            general = Party("", party.code, ActorKind.STATE, party.code, party.sector)
            part = replace(part, party=Cell(general, part.party.span, part.party.reason))  # noqa: PLW2901
        parts.append(part)
    return replace(claim, content=replace(act, participations=tuple(parts)))


def files(bench: Path, part: str) -> Iterator[tuple[Path, Path]]:
    """(gold, items) of every file of ``train`` or ``dev`` in order of name."""
    for gold in sorted((bench / "gold" / part).glob("*.jsonl")):
        yield gold, bench / "items" / part / gold.name
