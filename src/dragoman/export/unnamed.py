"""Names that are mere words of a text, replaced by a class and a hash, for exports without texts.

A party that a table knows keeps its name: that is public knowledge. So does an unknown person whose name has the shape
of one (two words or more, each with a capital): who took part is a fact. What is left are words ("men at the ford");
instead of them stands ``civilians-1f0c9a77b2``, the same for the same words throughout one export, so that who is who
is kept. The hash is salted with the texts that are withheld, so that nobody who has not got them finds the words by
hashing guesses. Addresses and file names of reports stay, words in them too: a source is cited and found by them.
"""

import dataclasses
import hashlib
import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from dragoman.knowledge import OWN_KEY
from dragoman.types import (
    Account,
    Act,
    ActorKind,
    Cell,
    Claim,
    Event,
    Party,
    Position,
    Record,
    Speaker,
    Stance,
    Voice,
)

T = TypeVar("T")

# What ids have that were made for a party of no table, "USA/civilians", and how those begin that were made of a text's
# words, "x/ada-lee" (ground/actors.py).
_MADE, _OF_WORDS = "/", "x/"
_CLASS = re.compile(r"[a-z_]+")
_DONE = re.compile(rf"{_CLASS.pattern}-[0-9a-f]{{10}}")
# Small words inside names: "Maria de la Cruz".
_SMALL = frozenset(
    {"al", "bin", "da", "das", "de", "del", "der", "di", "do", "dos", "du", "el", "ibn", "la", "van", "von"}
)


def unnamed(record: Record) -> Record:
    """The record with a class and a hash for each name that is mere words; done twice, it is the same."""
    salt = hashlib.sha256("\0".join(sorted(text.content for text in record.texts)).encode("utf-8", "surrogatepass"))
    instead = {party: _instead(party, salt.hexdigest()) for party in sorted(set(_parties(record)), key=repr)}
    instead = {party: other for party, other in instead.items() if party != other}
    if not instead:
        return record
    named = {party.name: other.name for party, other in instead.items()}
    named |= {party.id: other.id for party, other in instead.items() if party.id != other.id}
    names = _Names(instead, _replacing(named))
    return dataclasses.replace(
        record,
        claims=tuple(map(names.claim, record.claims)),
        events=tuple(map(names.event, record.events)),
        positions=tuple(map(names.position, record.positions)),
        processes=tuple(dataclasses.replace(one, name=names.words(one.name)) for one in record.processes),
    )


def _instead(party: Party, salt: str) -> Party:
    if not _words_only(party):
        return party
    made = hashlib.sha256(f"{salt}\0{party.id}\0{party.name}".encode("utf-8", "surrogatepass")).hexdigest()[:10]
    name = f"{party.title if _CLASS.fullmatch(party.title) else party.kind.value}-{made}"
    return dataclasses.replace(party, id=_OF_WORDS + name if party.id.startswith(_OF_WORDS) else party.id, name=name)


def _words_only(party: Party) -> bool:
    if party.id and (_MADE not in party.id or party.id.startswith(OWN_KEY)):
        return False
    if not party.name or _DONE.fullmatch(party.name):
        return False
    words = [word for word in party.name.split() if word not in _SMALL]
    shaped = len(words) >= 2 and all(word[0].isupper() for word in words)
    return not (party.kind is ActorKind.PERSON and shaped) and party.kind is not ActorKind.STATE


def _parties(record: Record) -> Iterator[Party]:
    acts = [event.act for event in record.events]
    for claim in record.claims:
        yield from (speaker.party.value for speaker in claim.voice.chain if speaker.party.value)
        if isinstance(claim.content, Stance):
            yield from [claim.content.holder.value] if claim.content.holder.value else []
        else:
            acts.append(claim.content)
    for act in acts:
        yield from (one.party.value for one in act.participations if one.party.value)
    yield from (position.party for position in record.positions)


def _replacing(named: dict[str, str]) -> Callable[[str], str]:
    """What replaces names in words that we made of them ("A; B"), longer names first, never inside another word."""
    listed = "|".join(re.escape(name) for name in sorted(named, key=lambda name: (-len(name), name)))
    pattern = re.compile(rf"(?<!\w)(?:{listed})(?!\w)")
    return lambda words: pattern.sub(lambda found: named[found.group()], words)


@dataclasses.dataclass(frozen=True, slots=True)
class _Names:
    """What stands for each party, and what replaces their names in words."""

    instead: dict[Party, Party]
    words: Callable[[str], str]

    def cell(self, cell: Cell[Party]) -> Cell[Party]:
        return dataclasses.replace(cell, value=self.instead.get(cell.value, cell.value)) if cell.value else cell

    def act(self, act: Act) -> Act:
        return dataclasses.replace(
            act,
            participations=tuple(
                dataclasses.replace(one, party=self.cell(one.party), on_behalf=self.words(one.on_behalf))
                for one in act.participations
            ),
            quantities=tuple(
                dataclasses.replace(one, side=self.words(one.side), whose=self.words(one.whose))
                for one in act.quantities
            ),
        )

    def claim(self, claim: Claim) -> Claim:
        chain = tuple(self.speaker(one) for one in claim.voice.chain)
        content = claim.content
        if isinstance(content, Stance):
            return dataclasses.replace(
                claim, voice=Voice(chain), content=dataclasses.replace(content, holder=self.cell(content.holder))
            )
        return dataclasses.replace(claim, voice=Voice(chain), content=self.act(content))

    def speaker(self, speaker: Speaker) -> Speaker:
        return dataclasses.replace(speaker, party=self.cell(speaker.party))

    def event(self, event: Event) -> Event:
        standing = event.standing
        return dataclasses.replace(
            event,
            act=self.act(event.act),
            accounts=tuple(map(self.account, event.accounts)),
            standing=dataclasses.replace(
                standing,
                support=tuple(
                    dataclasses.replace(one, roots=tuple(map(self.words, one.roots))) for one in standing.support
                ),
                dispute=tuple(dataclasses.replace(one, party=self.words(one.party)) for one in standing.dispute),
            ),
        )

    def account(self, account: Account) -> Account:
        cells = tuple((cell, self.words(value)) for cell, value in account.cells)
        return dataclasses.replace(account, root=self.words(account.root), cells=cells)

    def position(self, position: Position) -> Position:
        return dataclasses.replace(position, party=self.instead.get(position.party, position.party))
