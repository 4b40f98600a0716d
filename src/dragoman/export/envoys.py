"""Who a nameless envoy is: the person whom other reports of the record call so. Pure.

A ministry or a state has one envoy at a time in one process, and reports name him late: "will send an envoy", weeks
before "special envoy Ana Ruiz". Only words for those who are sent count; "official" or "minister" are many.
"""

from collections.abc import Iterable, Mapping

from dragoman.lookup import Lookup
from dragoman.types import Act, ActorKind, Claim

SENT = frozenset(("ambassador", "emissary", "envoy", "mediator", "negotiator", "representative"))
LEAST = 2  # texts that call a person so
MOST = 0.75  # of the texts that call anybody of that state so

Called = Mapping[tuple[str, str], str]


def called(claims: Iterable[Claim], look: Lookup) -> Called:
    """(code of a state or body, word for those who are sent) -> the name of the one person whom its texts call so."""
    texts: dict[tuple[str, str], dict[str, set[str]]] = {}
    for claim in claims:
        if not isinstance(claim.content, Act):
            continue
        for one in claim.content.participations:
            party = one.party.value
            if party is not None and party.kind is ActorKind.PERSON:
                for noun in SENT.intersection(look.words(one.party.span).lower().split()):
                    texts.setdefault((party.code, noun), {}).setdefault(party.name, set()).add(claim.text)
    found = {}
    for key, names in texts.items():
        name = min(names, key=lambda one: (-len(names[one]), one))
        if len(names[name]) >= max(LEAST, MOST * sum(map(len, names.values()))):
            found[key] = name
    return found
