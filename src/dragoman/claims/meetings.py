"""Meetings of two sides: on whose ground they are, where their own words leave it open. Of one text's acts. Pure.

"X met Y" makes both actors. Where the text tells elsewhere that X visits Y's state, or where Y leads a state and X is
another's minister or envoy, X is the visitor; such a meeting is a visit and takes place in Y's state. Nobody visits
the own state where another side is there too: "X and Y visited Y's capital" is a visit of X. And two states alone are
no multilateral meeting, whatever it is called ("the summit of Chad and Niger").
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.claims.when_where import implied_place, is_state
from dragoman.codebook import Codebook
from dragoman.types import Act, ActorKind, Participation, Party, Role, Status

# Words of meeting in person; who spoke or called may have done so from afar
MEETING = frozenset(
    (
        "meet",
        "meeting",
        "talk",
        "summit",
        "conference",
        "negotiation",
        "discuss",
        "discussion",
        "dialogue",
        "consultation",
    )
)
ALL = "multilateral"
LEADERS = ("president", "prime_minister", "chancellor", "king", "emir", "supreme_leader", "junta_leader")
SENT = ("minister", "secretary", "envoy", "ambassador", "representative", "diplomat", "delegation", "adviser")


def settled(acts: Sequence[Act], words: Sequence[str], codebook: Codebook) -> list[Act]:
    """The acts, meetings of two sides with their host where it is known; ``words``: the lemma of each act's word."""
    visits = {pair for act in acts for pair in _visit(act)}
    met = [_met(act, word, visits) if act.type == "CONSULT" else act for act, word in zip(acts, words, strict=True)]
    return [
        act if act.modes == before.modes else replace(act, cameo=_cameo(act, codebook) or act.cameo)
        for act, before in zip(met, acts, strict=True)
    ]


def _cameo(act: Act, codebook: Codebook) -> str:
    return codebook.to_cameo(act.type, act.modes, act.status.value or Status.HAPPENED)


def _codes(parts: Iterable[Participation]) -> list[str]:
    """The codes of some participants, each once, in their order."""
    return list(dict.fromkeys(one.party.value.code for one in parts if one.party.value))


def _visit(act: Act) -> set[tuple[str, str]]:
    """(visitor, host) by code of a visit."""
    if act.type != "CONSULT":
        return set()
    hosts = _codes(one for one in act.participations if one.role is Role.HOST)
    guests = _codes(one for one in act.participations if one.role in (Role.ACTOR, Role.VISITOR))
    return {(guest, host) for guest in guests for host in hosts if guest != host}


def _met(act: Act, word: str, visits: set[tuple[str, str]]) -> Act:
    codes = _codes(act.participations)
    if len(codes) > 2 and word in MEETING and "phone" not in act.modes:
        return _gathered(act, codes)
    if len(codes) != 2 or not any(map(is_state, codes)):
        return act
    if "visit" in act.modes:
        return _received(act, codes)
    if any(one.role is not Role.ACTOR for one in act.participations):
        return act
    modes = tuple(mode for mode in act.modes if mode != ALL)
    host = ""
    if word in MEETING and "phone" not in modes:
        first, second = codes
        told = [pair for pair in ((first, second), (second, first)) if pair in visits and is_state(pair[1])]
        host = told[0][1] if len(told) == 1 else _at(act, codes) or _leader(act, codes)
    if not host:
        return replace(act, modes=modes if all(map(is_state, codes)) else act.modes)
    parts = _with_host(act, host)
    hosts = [one.party.value for one in parts if one.role is Role.HOST and one.party.value]
    place = act.place if act.place.value else implied_place(hosts, "host") or act.place
    return replace(act, modes=tuple(dict.fromkeys([*modes, "visit"])), participations=parts, place=place)


def _received(act: Act, codes: Sequence[str]) -> Act:
    """A visit of two sides: nobody visits the own state, and whom somebody visits receives them."""
    hosts, guests, others = (
        _codes(one for one in act.participations if one.role is role) for role in (Role.HOST, Role.VISITOR, Role.ACTOR)
    )
    host = hosts[0] if len(hosts) == 1 else ""
    if not hosts and len(guests) == 1 and others == [code for code in codes if code not in guests]:
        host = others[0] if act.place.value is None or act.place.value.country == others[0] else ""
    if not is_state(host) or not {*guests, *others} - {host}:
        return act
    return replace(act, participations=_with_host(act, host))


def _at(act: Act, codes: Sequence[str]) -> str:
    where = act.place.value
    return where.country if where and act.place.span and where.country in codes else ""


def _gathered(act: Act, codes: Sequence[str]) -> Act:
    """A meeting of several sides, one of which is at home where words say that it takes place."""
    host = _at(act, codes)
    if not host or any(one.role is not Role.ACTOR for one in act.participations):
        return act
    return replace(act, participations=_with_host(act, host))


def _with_host(act: Act, host: str) -> tuple[Participation, ...]:
    """Who takes part in a meeting, all of this code as hosts and all others as visitors."""
    return tuple(
        replace(one, role=Role.HOST if one.party.value and one.party.value.code == host else Role.VISITOR)
        if one.role in (Role.ACTOR, Role.VISITOR)
        else one
        for one in act.participations
    )


def _leader(act: Act, codes: Sequence[str]) -> str:
    """The code of the side led by its state's leader, where the other sends a minister or envoy; "" where none is."""
    if not all(map(is_state, codes)):
        return ""
    ranks = [max(map(_rank, _of_code(act, code)), default=0) for code in codes]
    if sorted(ranks) != [1, 2] or act.place.value:
        return ""
    return codes[ranks.index(2)]


def _of_code(act: Act, code: str) -> list[Party]:
    return [one.party.value for one in act.participations if one.party.value and one.party.value.code == code]


def _rank(party: Party) -> int:
    """2 for the leader of a state, 1 for those whom states send, 0 for others."""
    title = party.title
    if party.kind not in (ActorKind.PERSON, ActorKind.OFFICE):
        return 0
    if title in LEADERS:
        return 2
    return int(any(word in title.split("_") for word in SENT))
