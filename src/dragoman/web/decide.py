"""What a person decides at the workbench, as judgements and links in the record; and taking it back.

Nothing is ever deleted: taking back is a further word. Of several links made at one moment by one person (a split),
all are one decision. Knows no page.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman import ids
from dragoman.store import StoreError
from dragoman.types import Decision, Judgement, Link, Verdict
from dragoman.web import stacks
from dragoman.web.desk import Desk, NotHereError
from dragoman.withdrawn import standing

# Limits of what a person writes: letters of a name, of a reason, of a value.
MOST_NAME, MOST_WHY, MOST_VALUE = 80, 500, 500
# Claims that one split may take out of an event.
MOST_SPLIT = 200


class DecisionError(ValueError):
    """A decision that cannot be kept; one line for a person."""


@dataclass(frozen=True, slots=True)
class Made:
    """One decision as people see it: a judgement, or the links made at one moment. ``stands``: not taken back."""

    id: str
    by: str
    at: str
    why: str
    judgement: Judgement | None
    links: tuple[Link, ...]
    stands: bool


def _said(by: str, why: str, fallback: str) -> tuple[str, str]:
    """Who and why, checked."""
    by, why = " ".join(by.split()), " ".join(why.split()) or fallback
    if not by:
        raise DecisionError("by: a word needs somebody's name")
    if len(by) > MOST_NAME or len(why) > MOST_WHY:
        raise DecisionError(f"by or why: too long (at most {MOST_NAME} and {MOST_WHY} letters)")
    if why == stacks.TAKEN_BACK:
        raise DecisionError(f"why: {why!r} is what undo writes; say it otherwise")
    if not (by + why).isprintable():
        raise DecisionError("by or why: holds letters that cannot be printed")
    return by, why


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


def judge(desk: Desk, claim: str, decision: Decision, *, cell: str = "", value: str = "", by: str, why: str) -> str:
    """Keep a person's word on a claim; the id of the judgement. The same word of the same person again is not kept.

    Raises :class:`DecisionError`, :class:`NotHereError` and :class:`StoreError`.
    """
    if decision not in (Decision.ACCEPT, Decision.REJECT, Decision.SET):
        raise DecisionError(f"decision: accept, reject or set, not {decision.value}")
    cell, value = (cell.strip(), value.strip()) if decision is Decision.SET else ("", "")
    if decision is Decision.SET and not cell:
        raise DecisionError("cell: say which cell is wrong")
    if len(value) > MOST_VALUE:
        raise DecisionError(f"value: more than {MOST_VALUE} letters")
    by, why = _said(by, why, f"{decision.value} in review")
    with desk.writing:
        look = desk.part(claims=[desk.find("claims", claim)])
        target = next(iter(look.claims.values()))
        last = next((one for one in reversed(look.record.judgements) if one.cell == cell), None)
        if last and (last.decision, last.value, last.by) == (decision, value, by):
            return last.id
        word = Judgement(
            id="", claim=target.id, decision=decision, by=by, at=_now(), why=why, cell=cell, value=value,
            text=target.text, words=look.words(target.evidence), codebook=_codebook(desk),
        )  # fmt: skip
        return _keep(desk, word)


def _codebook(desk: Desk) -> str:
    run = desk.store.latest_run()
    return run.codebook if run else ""


def _keep(desk: Desk, word: Judgement) -> str:
    made = dataclasses.replace(word, id=ids.judgement_id(word))
    desk.decide([made])
    return made.id


def link(desk: Desk, left: str, right: str, verdict: Verdict, *, by: str, why: str) -> tuple[str, str]:
    """Keep a person's word that two claims or events are one act, or are not: its id, and a note or "".

    The note says where the word is kept and the record cannot follow it, since another word stands against it.
    """
    by, why = _said(by, why, f"{verdict.value.replace('_', ' ')}, in review")
    with desk.writing:
        ends = [_founder(desk, key) for key in (left, right)]
        if ends[0] == ends[1]:
            raise DecisionError("both are the same claim; name two")
        at = _now()
        desk.decide([Link(ends[0], ends[1], verdict, 1.0, (why,), by, at, person=True)])
        homes = [desk.index.one(_HOME, (end,)) for end in ends]
        if desk.pending:
            return _links_id(by, at), "kept; the events follow when you pause"
    kept = verdict is Verdict.UNSURE or (homes[0] == homes[1]) == (verdict is Verdict.SAME)
    return _links_id(by, at), "" if kept else "kept, but an earlier word stands against it: see the decisions"


_HOME = "SELECT event FROM event_claims WHERE claim = ? AND how = 'tells'"


def _founder(desk: Desk, key: str) -> str:
    """A claim, or the claim that an event is named for."""
    try:
        event = desk.find("events", key)
    except NotHereError:
        return desk.find("claims", key)
    claims = [row[0] for row in desk.index.all(f"{_TOLD} ORDER BY claim", (event,))]
    return next((str(claim) for claim in claims if ids.event_id(claim) == event), str(claims[0]))


_TOLD = "SELECT claim FROM event_claims WHERE event = ? AND how = 'tells'"


def split(desk: Desk, event: str, claims: Sequence[str], *, by: str, why: str) -> str:
    """Take some claims out of an event: they are one act of their own, and none of those that stay; the decision's id.

    Raises as :func:`judge` does.
    """
    by, why = _said(by, why, "another act, split in review")
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
        at, first = _now(), out[0]
        words = [Link(first, other, Verdict.SAME, 1.0, (why,), by, at, person=True) for other in out[1:]]
        words += [Link(one, other, Verdict.NOT_SAME, 1.0, (why,), by, at, person=True) for one in out for other in stay]
        desk.decide(words)
    return _links_id(by, at)


def _links_id(by: str, at: str) -> str:
    return "l" + ids.sha256(f"{by}\x1f{at}")[:16]


def decisions(desk: Desk) -> list[Made]:
    """All decisions of people, newest first; takings back are not listed by themselves."""
    judgements, links = desk.store.words_of_people()
    valid = {one.id for one in standing(judgements)}
    made = [
        Made(one.id, one.by, one.at, one.why, one, (), one.id in valid)
        for one in judgements
        if one.decision is not Decision.WITHDRAW
    ]
    words = stacks.stacks(links)
    groups: dict[tuple[str, str], list[Link]] = {}
    for one in links:
        groups.setdefault((one.by, one.at), []).append(one)
    for (by, at), group in groups.items():
        if any(map(stacks.takes_back, group)):
            continue
        stands = any(_counts(one, words) for one in group)
        made.append(Made(_links_id(by, at), by, at, "; ".join(group[0].reasons), None, tuple(group), stands))
    return sorted(made, key=lambda one: (one.at, one.id), reverse=True)


def _counts(link: Link, words: Mapping[stacks.Pair, list[Link]]) -> bool:
    """Whether a link is the word that counts on its pair."""
    on_pair = words[stacks.pair(link)]
    return bool(on_pair) and on_pair[-1] == link


def undo(desk: Desk, decision: str = "", *, by: str) -> Made:
    """Take a decision back, by default this person's latest that stands; what was taken back.

    Raises :class:`DecisionError` where there is none. A link falls back to the word before it, or to the program's.
    """
    by, _ = _said(by, "", "undo")
    with desk.writing:
        known = decisions(desk)
        fits = (one for one in known if (one.id == decision if decision else one.stands and one.by == by))
        found = next(fits, None)
        if found is None:
            raise DecisionError(f"no decision {decision!r}" if decision else f"nothing of {by} to take back")
        if not found.stands:
            raise DecisionError("that decision is taken back already")
        if found.judgement:
            taken = found.judgement
            word = Judgement("", taken.claim, Decision.WITHDRAW, by, _now(), stacks.TAKEN_BACK, value=taken.id,
                             text=taken.text, words=taken.words, codebook=taken.codebook)  # fmt: skip
            _keep(desk, word)
        else:
            _take_back_links(desk, found, by)
    return found


def _take_back_links(desk: Desk, found: Made, by: str) -> None:
    _, links = desk.store.words_of_people()
    before, at, words = stacks.stacks(links), _now(), list[Link]()
    for one in found.links:
        if _counts(one, before):  # elsewhere a later word stands
            under = before[stacks.pair(one)][:-1]
            verdict = under[-1].verdict if under else Verdict.UNSURE
            words.append(Link(one.left, one.right, verdict, 1.0, (stacks.TAKEN_BACK,), by, at, person=True))
    if not words:
        raise StoreError(f"{desk.store.path}: later words stand on all pairs of this decision")
    desk.decide(words)
