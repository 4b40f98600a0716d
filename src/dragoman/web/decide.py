"""What a person decides at the workbench, as judgements and links in the record; and taking it back.

Nothing is ever deleted: taking back is a further word. Of several links made at one moment by one person (a split),
all are one decision. Words of blind second coding are kept by the same functions and go their own way
(:mod:`dragoman.web.blind`). Knows no page.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman import ids, said
from dragoman.said import Saying
from dragoman.types import Claim, Decision, Judgement, Link, Verdict
from dragoman.web.desk import Desk, NotHereError
from dragoman.withdrawn import said as meant
from dragoman.withdrawn import standing, standing_links

# Limits of what a person writes: letters of a name, of a reason, of a value.
MOST_NAME, MOST_WHY, MOST_VALUE = 80, 500, 500
# Claims that one split may take out of an event.
MOST_SPLIT = 200


class DecisionError(ValueError):
    """A decision that cannot be kept; one line for a person."""


@dataclass(frozen=True, slots=True)
class Made:
    """One decision as people see it: a judgement, or the links made at one moment. ``stands``: not taken back, nor
    settled by another.
    """

    id: str
    by: str
    at: str
    why: str
    judgement: Judgement | None
    links: tuple[Link, ...]
    stands: bool


def saying(desk: Desk, by: str, why: str, fallback: str) -> Saying:
    """Who says something now and why, checked; raises :class:`DecisionError`."""
    by, why = " ".join(by.split()), " ".join(why.split()) or fallback
    if not by:
        raise DecisionError("by: a word needs somebody's name")
    if len(by) > MOST_NAME or len(why) > MOST_WHY:
        raise DecisionError(f"by or why: too long (at most {MOST_NAME} and {MOST_WHY} letters)")
    if not (by + why).isprintable():
        raise DecisionError("by or why: holds letters that cannot be printed")
    run = desk.store.latest_run()
    return Saying(by, _now(), why, run.codebook if run else "")


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


def checked(decision: Decision, cell: str, value: str) -> tuple[str, str]:
    """The cell and value of a word on a claim; raises :class:`DecisionError`."""
    if decision not in (Decision.ACCEPT, Decision.REJECT, Decision.SET):
        raise DecisionError(f"decision: accept, reject or set, not {decision.value}")
    cell, value = (cell.strip(), value.strip()) if decision is Decision.SET else ("", "")
    if decision is Decision.SET and not cell:
        raise DecisionError("cell: say which cell is wrong")
    if len(value) > MOST_VALUE:
        raise DecisionError(f"value: more than {MOST_VALUE} letters")
    return cell, value


def judge(desk: Desk, claim: str, decision: Decision, *, cell: str = "", value: str = "", by: str, why: str) -> str:
    """Keep a person's word on a claim; the id of the judgement. The same word of the same person again is not kept.

    Raises :class:`DecisionError`, :class:`NotHereError` and :class:`StoreError`.
    """
    cell, value = checked(decision, cell, value)
    word = saying(desk, by, why, f"{decision.value} in review")
    with desk.writing:
        look = desk.part(claims=[desk.find("claims", claim)])
        target = next(iter(look.claims.values()))
        last = next((one for one in reversed(look.judged.get(target.id, ())) if one.cell == cell), None)
        if last and (last.decision, last.value, last.by) == (decision, value, word.by):
            return last.id
        made = said.judgement(target, look.words(target.evidence), decision, word, cell=cell, value=value)
        desk.decide([made])
    return made.id


def add(desk: Desk, claim: Claim, words: str, word: Saying) -> str:
    """Keep a claim of a person's own that rests on ``words``: the id of the judgement. The same again is not kept."""
    with desk.writing:
        judgements, _ = desk.store.words_of_people()
        same = (claim.id, word.blind, Decision.OWN)
        kept = next((one.id for one in meant(judgements) if (one.claim, one.blind, one.decision) == same), "")
        if kept:
            return kept
        made = said.judgement(claim, words, Decision.OWN, word)
        _keep(desk, [made], blind=word.blind)
    return made.id


def _keep(desk: Desk, words: Sequence[Judgement], *, blind: bool) -> None:
    """Keep words and compute with them; from those of blind coding nothing is computed."""
    if blind:
        desk.store.add_words(words)
    else:
        desk.decide(words)


def link(desk: Desk, left: str, right: str, verdict: Verdict, *, by: str, why: str) -> tuple[str, str]:
    """Keep a person's word that two claims or events are one act, or are not: its id, and a note or "".

    The note says where the word is kept and the record cannot follow it, since another word stands against it.
    """
    word = saying(desk, by, why, f"{verdict.value.replace('_', ' ')}, in review")
    with desk.writing:
        ends = [_founder(desk, key) for key in (left, right)]
        if ends[0] == ends[1]:
            raise DecisionError("both are the same claim; name two")
        desk.decide([Link(ends[0], ends[1], verdict, 1.0, (word.why,), word.by, word.at, person=True)])
        homes = [desk.index.one(_HOME, (end,)) for end in ends]
        if desk.pending:
            return _links_id(word.by, word.at), "kept; the events follow when you pause"
    kept = verdict is Verdict.UNSURE or (homes[0] == homes[1]) == (verdict is Verdict.SAME)
    return _links_id(word.by, word.at), "" if kept else "kept, but an earlier word stands against it: see the decisions"


_HOME = "SELECT event FROM event_claims WHERE claim = ? AND how = 'tells'"


def _founder(desk: Desk, key: str) -> str:
    """A claim, or the claim that an event is named for."""
    try:
        event = desk.find("events", key)
    except NotHereError:
        return desk.find("claims", key)
    return ids.founder(event, [str(row[0]) for row in desk.index.all(f"{_TOLD} ORDER BY claim", (event,))])


_TOLD = "SELECT claim FROM event_claims WHERE event = ? AND how = 'tells'"


def split(desk: Desk, event: str, claims: Sequence[str], *, by: str, why: str) -> str:
    """Take some claims out of an event: they are one act of their own, and none of those that stay; the decision's id.

    Raises as :func:`judge` does.
    """
    word = saying(desk, by, why, "another act, split in review")
    with desk.writing:
        home = desk.find("events", event)
        told = [row[0] for row in desk.index.all(_TOLD, (home,))]
        out = sorted({desk.find("claims", claim) for claim in claims})
        stay = [claim for claim in sorted(told) if claim not in out]
        if not out or not set(out) <= set(told):
            raise DecisionError("claims: name claims that this event rests on")
        if not stay:
            raise DecisionError("claims: at least one claim must stay in the event")
        if len(out) * len(stay) > MOST_SPLIT:
            raise DecisionError(f"claims: more than {MOST_SPLIT} pairs to hold apart; split in smaller steps")
        pairs = [(out[0], other, Verdict.SAME) for other in out[1:]]
        pairs += [(one, other, Verdict.NOT_SAME) for one in out for other in stay]
        desk.decide([Link(*pair, 1.0, (word.why,), word.by, word.at, person=True) for pair in pairs])
    return _links_id(word.by, word.at)


def _links_id(by: str, at: str) -> str:
    return "l" + ids.sha256(f"{by}\x1f{at}")[:16]


def decisions(desk: Desk, *, blind: bool = False) -> list[Made]:
    """All decisions of people, newest first, or all of blind coding; takings back are not listed by themselves."""
    judgements, links = desk.store.words_of_people()
    valid = {one.id for one in (meant(judgements) if blind else standing(judgements))}
    made = [
        Made(one.id, one.by, one.at, one.why, one, (), one.id in valid)
        for one in judgements
        if one.decision is not Decision.WITHDRAW and one.blind == blind
    ]
    standing_now = set(standing_links(links))
    groups: dict[tuple[str, str], list[Link]] = {}
    for one in () if blind else links:
        if not one.withdraws:
            groups.setdefault((one.by, one.at), []).append(one)
    for (by, at), group in groups.items():
        stands = not standing_now.isdisjoint(group)
        made.append(Made(_links_id(by, at), by, at, "; ".join(group[0].reasons), None, tuple(group), stands))
    return sorted(made, key=lambda one: (one.at, one.id), reverse=True)


def _together(word: Judgement, known: Sequence[Made]) -> list[Judgement]:
    """A judgement with those that settle the same difference at the same moment: they are one decision."""
    made = [one.judgement for one in known if one.judgement and one.stands]
    key = (word.by, word.at, word.settles)
    return [one for one in made if one.id == word.id or (word.settles and (one.by, one.at, one.settles) == key)]


def undo(desk: Desk, decision: str = "", *, by: str, blind: bool = False) -> Made:
    """Take a decision back, by default this person's latest that stands; what was taken back.

    Raises :class:`DecisionError` where there is none. What a word outranked counts again.
    """
    word = saying(desk, by, "", "taken back")
    with desk.writing:
        known = decisions(desk, blind=blind)
        fits = (one for one in known if (one.id == decision if decision else one.stands and one.by == word.by))
        found = next(fits, None)
        if found is None:
            raise DecisionError(f"no decision {decision!r}" if decision else f"nothing of {word.by} to take back")
        if not found.stands:
            raise DecisionError("that decision is taken back already, or settled by another")
        if found.judgement:
            _keep(desk, [said.withdrawal(one, word) for one in _together(found.judgement, known)], blind=blind)
        else:
            _, links = desk.store.words_of_people()
            left = set(standing_links(links))
            desk.decide([said.link_withdrawal(one, word) for one in found.links if one in left])
    return found
