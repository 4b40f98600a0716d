"""``dragoman explain``: everything a record knows of one event, claim or position, down to the words it was read from.

Makes rich renderables and the same as JSON. All news text passes through ``plain`` and no markup is parsed. It must
not compute standing, links or accounts; it shows them with the reasons they carry.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from dragoman import jsonform
from dragoman.lookup import Lookup, disputing
from dragoman.terminal import accounts, tables, words
from dragoman.terminal.plain import plain
from dragoman.types import Act, Cell, Claim, Event, Link, Position, Relation, Report, Stance


def explain(thing: Claim | Event | Position, look: Lookup, width: int) -> Group:
    """The explanation of one thing for a terminal of ``width`` columns."""
    if isinstance(thing, Event):
        return Group(*_event(thing, look, width))
    if isinstance(thing, Position):
        return Group(*_position(thing, look))
    return Group(*_lone_claim(thing, look))


def as_json(thing: Claim | Event | Position, look: Lookup) -> dict[str, Any]:
    """The same as one JSON object: the thing, then the claims, reports, links, judgements and datings behind it."""
    if isinstance(thing, Claim):
        ids: tuple[str, ...] = (thing.id,)
    else:
        ids = thing.claims + (disputing(thing) if isinstance(thing, Event) else ())
    claims = [look.claims[key] for key in dict.fromkeys(ids) if key in look.claims]
    texts = sorted({claim.text for claim in claims})
    return {
        "id": thing.id,
        "kind": type(thing).__name__.lower(),
        type(thing).__name__.lower(): jsonform.encode(thing),
        "event_of": look.event_of.get(thing.id),
        "claims": [{**jsonform.encode(claim), "quote": look.words(claim.evidence)} for claim in claims],
        "reports": [jsonform.encode(report) for report in look.reports_of(ids)],
        "links": [jsonform.encode(link) for link in _links(thing, look)],
        "judgements": [jsonform.encode(word) for key in dict.fromkeys(ids) for word in look.judged.get(key, ())],
        "datings": [jsonform.encode(look.datings[text]) for text in texts if text in look.datings],
    }


def _heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold")


def _indented(lines: Iterable[str | Text], by: int = 2) -> Iterator[RenderableType]:
    """Lines set in by their own leading spaces and ``by`` more, also where they are too long and go on below."""
    for line in lines:
        text = Text(line) if isinstance(line, str) else line
        own = len(text.plain) - len(text.plain.lstrip())
        yield Padding(text[own:], (0, 0, 0, by + own)) if text.plain else text


def _event(event: Event, look: Lookup, width: int) -> Iterator[RenderableType]:
    names = words.state_names(look.record)
    yield Text(f"Event {event.id}", style="bold")
    yield Text(words.event_summary(event))
    yield Text(words.standing(event.standing, names))
    if event.former_ids:
        yield Text(f"formerly {', '.join(event.former_ids)}", style="dim")
    yield _heading("What the record holds, and from which words")
    yield from _indented(_cells_of_act(event.act, look))
    if event.accounts:
        yield _heading("Accounts side by side")
        yield from accounts.side_by_side(event, names, width)
    yield _heading("Why it stands so")
    support = [f"{plain(one.cell)}: {words.support(one, names)}" for one in event.standing.support]
    yield from _indented([*support, *(plain(reason) for reason in event.standing.reasons)])
    yield from _claims(event.claims, look, "The words")
    silent = tuple(key for key in disputing(event) if key not in event.claims)
    yield from _claims(silent, look, "Silences and declined comments")
    yield from _linked(event, look)
    if event.relations:
        yield _heading("Related events")
        yield from _indented(line for relation in event.relations for line in _relation(relation, event, look))
    yield from _datings(event.claims + silent, look)


def _relation(relation: Relation, event: Event, look: Lookup) -> Iterator[str]:
    forth, back = words.RELATION[relation.kind]
    other = relation.right if relation.left == event.id else relation.left
    summary = words.event_summary(look.events[other]) if other in look.events else ""
    yield f"{forth if relation.left == event.id else back} {other}: {summary}"
    yield from (f"  because {plain(reason)}" for reason in relation.reasons)


def _position(position: Position, look: Lookup) -> Iterator[RenderableType]:
    yield Text(f"Position {position.id}", style="bold")
    said = words.stance(position.stance, position.issue, position.object)
    yield Text(f"{words.party(position.party)} {said}")
    if position.condition:
        yield Text(f"on condition: {plain(position.condition)}")
    yield Text(f"period: {str(position.period) or 'undated'}")
    yield from _claims(position.claims, look, "The words")
    yield from _datings(position.claims, look)


def _lone_claim(claim: Claim, look: Lookup) -> Iterator[RenderableType]:
    yield Text(f"Claim {claim.id}", style="bold")
    yield Text(words.content(claim))
    belongs = look.event_of.get(claim.id) or look.position_of.get(claim.id)
    yield Text(f"belongs to {belongs}" if belongs else "belongs to no event or position", style="dim")
    yield from _claims((claim.id,), look, "The words")
    event = look.events.get(look.event_of.get(claim.id, ""))
    if event:
        yield from _linked(event, look, only=claim.id)
    yield from _datings((claim.id,), look)


def _claims(ids: Iterable[str], look: Lookup, heading: str) -> Iterator[RenderableType]:
    """Each claim with its words, who printed them, on whose word, and every cell with its words or reason."""
    found = sorted(
        (look.claims[key] for key in ids if key in look.claims), key=lambda c: (_first_day(c, look), c.evidence)
    )
    if found:
        yield _heading(heading)
    for claim in found:
        yield from _indented(_one_claim(claim, look))


def _first_day(claim: Claim, look: Lookup) -> str:
    days = [report.published.isoformat() for report in look.reports.get(claim.text, ()) if report.published]
    return min(days, default="undated")


def _one_claim(claim: Claim, look: Lookup) -> Iterator[Text]:
    for report in look.reports.get(claim.text, ()):
        yield Text(source(report, look))
    yield Text(f"  “{plain(look.words(claim.evidence))}”", style="italic")
    about = "" if claim.about == "happened" else f" (the cell {plain(claim.about)})"
    voice = words.voice(claim.voice, look)
    yield Text(f"  {voice} {words.SAYS[claim.says]}{about}: {words.content(claim)}")
    for number, speaker in enumerate(claim.voice.chain, 1):
        cue = f", by the words “{plain(look.words(speaker.cue))}”" if speaker.cue else ""
        yield Text(f"    voice {number}: {words.speaker(speaker, look)} {_ground(speaker.party, look)}{cue}")
    cells = (
        _cells_of_act(claim.content, look) if isinstance(claim.content, Act) else _cells_of_stance(claim.content, look)
    )
    for cell in cells:
        yield Text(f"    {cell}")
    for reason in claim.reasons:
        yield Text(f"    because {plain(reason)}", style="dim")
    yield Text(f"    read by {plain(claim.origin)}, confidence {claim.confidence:.2f}, claim {claim.id}", style="dim")
    for judgement in look.judged.get(claim.id, ()):
        change = f" {plain(judgement.cell)} = {plain(judgement.value)}" if judgement.cell else ""
        said = f"{plain(judgement.by)} on {plain(judgement.at)}: {judgement.decision.value}{change}"
        yield Text(f"    {said}, because {plain(judgement.why)}", style="bold")
    yield Text("")


def source(report: Report, look: Lookup) -> str:
    """Where words stand: document, outlet, day, agency."""
    parts = (report.document, report.outlet, tables.published(report, look), report.agency and f"by {report.agency}")
    return ", ".join(plain(part) for part in parts if part)


def _ground(cell: Cell[Any], look: Lookup) -> str:
    """From which words, or why: what stands behind the value of a cell."""
    read = f"from “{plain(look.words(cell.span))}”" if look.words(cell.span) else ""
    return f"[{'; '.join(part for part in (read, plain(cell.reason)) if part)}]"


def _cells_of_act(act: Act, look: Lookup) -> Iterator[str]:
    """Every cell of an act with the words or the reason behind it."""
    yield f"type: {plain(' '.join((act.type, *act.modes)))} [from “{plain(look.words(act.trigger))}”]"
    status = words.STATUS[act.status.value] if act.status.value else "unknown"
    yield f"status: {status} {_ground(act.status, look)}"
    for participation in act.participations:
        yield f"who: {words.participation(participation)} {_ground(participation.party, look)}"
    basis = f", {act.date.value.basis.value}" if act.date.value and act.date.value.known else ""
    yield f"when: {words.when(act.date)}{basis} {_ground(act.date, look)}"
    yield f"where: {words.where(act) or 'unknown'} {_ground(act.place, look)}"
    for quantity in act.quantities:
        bounds = " to ".join(f"{value:g}" for value in (quantity.low, quantity.high) if value is not None)
        best = f"{quantity.best:g}" if quantity.best is not None else bounds
        yield f"{plain(quantity.measure)}: {best} [from “{plain(look.words(quantity.span))}”]"
    if act.contexts or act.cameo:
        yield plain(
            ", ".join(part for part in (" ".join(act.contexts), f"CAMEO {act.cameo}" * bool(act.cameo)) if part)
        )


def _cells_of_stance(stance: Stance, look: Lookup) -> Iterator[str]:
    holder = words.party(stance.holder.value) if stance.holder.value else "unknown"
    yield f"holder: {holder} {_ground(stance.holder, look)}"
    yield f"stance: {words.stance(stance.stance, stance.issue, '')}"
    yield f"object: {plain(stance.object.value or 'none')} {_ground(stance.object, look)}"
    yield f"condition: {plain(stance.condition.value or 'none')} {_ground(stance.condition, look)}"


def _links(thing: Claim | Event | Position, look: Lookup) -> list[Link]:
    """The links behind an event or at a claim: the model's, as the event keeps them, and people's."""
    if isinstance(thing, Position):
        return []
    event = thing if isinstance(thing, Event) else look.events.get(look.event_of.get(thing.id, ""))
    ends = {thing.id} if isinstance(thing, Claim) else set(thing.claims)
    known = (*(event.links if event else ()), *look.record.links)
    found = {repr(link): link for link in known if ends & {link.left, link.right}}
    return sorted(found.values(), key=lambda link: (not link.person, link.left, link.right, link.by, link.at))


def _linked(event: Event, look: Lookup, only: str = "") -> Iterator[RenderableType]:
    links = _links(look.claims.get(only, event), look)
    if links:
        yield _heading("Why these claims tell of one act, or do not")
    for link in links:
        who = f"{plain(link.by)}{f' on {plain(link.at)}' if link.at else ''}"
        verdict = link.verdict.value.replace("_", " ")
        ends = " and ".join(_end(key, look) for key in (link.left, link.right))
        yield from _indented([f"{verdict} ({link.score:.2f}, {who}): {ends}"])
        yield from _indented((f"because {plain(reason)}" for reason in link.reasons), 4)


def _end(key: str, look: Lookup) -> str:
    claim = look.claims.get(key)
    documents = sorted({report.document for report in look.reports.get(claim.text, ())}) if claim else []
    return f"“{plain(look.words(claim.evidence))}” ({plain(', '.join(documents))})" if claim else plain(key)


def _datings(ids: Iterable[str], look: Lookup) -> Iterator[RenderableType]:
    """For every undated text among the claims': the days it may be of, each with its reasons."""
    texts = sorted({look.claims[key].text for key in ids if key in look.claims})
    datings = [look.datings[text] for text in texts if text in look.datings]
    if datings:
        yield _heading("Undated reports: the days they may be of")
    for dating in datings:
        documents = ", ".join(report.document for report in look.reports.get(dating.text, ())) or dating.text
        window = f", between {dating.window}" if dating.window.known else ""
        yield from _indented([f"{plain(documents)}: {len(dating.candidates)} candidates{window}"])
        yield from _indented((plain(reason) for reason in dating.reasons), 4)
        for day, reasons in dating.candidates:
            yield from _indented([f"{day.isoformat()}: {'; '.join(map(plain, reasons))}"], 4)
