"""What each coder said of a claim, and where coders differ. Pure: judgements in, differences out.

Words of open review and of blind second coding are compared alike; a third person's decision between differing words
is no word of a coder. Of a coder the latest acceptance or rejection of a claim counts, and the latest value of a cell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.types import Decision, Judgement
from dragoman.withdrawn import said, standing


@dataclass(frozen=True, slots=True)
class Coded:
    """What one coder said of one claim: ``decision`` accept, reject or own (added it), ``cells`` what they set.

    ``ids`` are the judgements, ``at`` and ``why`` the latest's; ``added`` holds the claim in its JSON form where the
    coder added it.
    """

    by: str
    blind: bool
    decision: Decision
    cells: tuple[tuple[str, str], ...]
    ids: tuple[str, ...]
    at: str
    why: str
    added: str = ""

    @property
    def says(self) -> tuple[bool, tuple[tuple[str, str], ...]]:
        """What is compared: whether the claim is there, and the cells set; one that is rejected has none."""
        there = self.decision is not Decision.REJECT
        return there, self.cells if there else ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A claim on which coders differ, by name; ``settled``: the third person's words that stand, oldest first.

    ``without`` are those who coded the text and did not add the claim that another added.
    """

    claim: str
    text: str
    words: tuple[Coded, ...]
    settled: tuple[Judgement, ...]
    without: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The judgements that differ."""
        return tuple(sorted(key for one in self.words for key in one.ids))


def coded(judgements: Iterable[Judgement], about: Mapping[str, str]) -> dict[str, dict[str, Coded]]:
    """Claim -> coder -> what they said; ``about`` gives the claim that a judgement is about now, by its id."""
    found: dict[tuple[str, str], list[Judgement]] = {}
    for one in sorted(said(judgements), key=_when):
        if not one.settles:
            found.setdefault((about.get(one.id, one.claim), one.by), []).append(one)
    made: dict[str, dict[str, Coded]] = {}
    for (claim, by), words in found.items():
        made.setdefault(claim, {})[by] = _coded(by, words)
    return made


def _coded(by: str, words: list[Judgement]) -> Coded:
    decision, last = Decision.ACCEPT, words[-1]
    cells: dict[str, str] = {}
    for one in words:
        if one.decision is Decision.SET:
            cells[one.cell] = one.value
        elif decision is not Decision.OWN or one.decision is not Decision.ACCEPT:
            decision = one.decision
    added = next((one.value for one in words if one.decision is Decision.OWN), "")
    ids = tuple(one.id for one in words)
    return Coded(by, last.blind, decision, tuple(sorted(cells.items())), ids, last.at, last.why, added)


def differences(judgements: Iterable[Judgement], about: Mapping[str, str]) -> list[Difference]:
    """The claims on which coders differ, those not settled first, then by claim.

    A claim that a coder added in blind coding is a difference to everybody else who coded its text.
    """
    known = tuple(judgements)
    words = coded(known, about)
    texts = {about.get(one.id, one.claim): one.text for one in known}
    coders: dict[str, set[str]] = {}
    for claim, by in words.items():
        coders.setdefault(texts[claim], set()).update(by)
    settling = [one for one in sorted(standing(known), key=_when) if one.settles]
    found = []
    for claim, by in words.items():
        added = any(one.blind and one.added for one in by.values())
        without = sorted(coders[texts[claim]] - by.keys()) if added else []
        if without or len({one.says for one in by.values()}) > 1:
            found.append(_difference(claim, texts[claim], by, settling, without))
    return sorted(found, key=lambda one: (bool(one.settled), one.text, one.claim))


def _difference(
    claim: str, text: str, by: Mapping[str, Coded], settling: Iterable[Judgement], without: Iterable[str]
) -> Difference:
    words = tuple(by[name] for name in sorted(by))
    ids = {key for one in words for key in one.ids}
    settled = tuple(one for one in settling if ids <= set(one.settles))
    return Difference(claim, text, words, settled, tuple(without))


def _when(word: Judgement) -> tuple[str, str]:
    return word.at, word.id
