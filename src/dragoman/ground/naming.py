"""What a party is called that no table has by itself: "Russian authorities", "the Delhi police", "Hamas gunmen".

Knows mentions and tables. A canonical name is that of the body or state that acts: authorities act for theirs,
fighters for their movement. Other groups and bodies, officials too, keep their own words, without articles and numbers.
Measured by ``python -m evals.ground`` (``name``).
"""

import datetime as dt
import re
from collections.abc import Container

from dragoman.ground.tables import forces, missions
from dragoman.knowledge import Knowledge, Title
from dragoman.types import ActorKind, Mention

# Titles whose nameless holders are the state or body that they speak for
SPEAKING = frozenset(("government", "governments", "authorities", "country", "countries"))
# Sectors of those who are their movement's: "Hamas militants", "Wagner fighters"
FIGHTING = frozenset(("REB", "MIL", "PRM", "UAF", "GOV"))
# Words for some of a state or body that speak for it: "Chinese officials" are China (37 of 41 in our labels), "G7
# leaders" the G7 (26 of 28; of the EU 15 of 24)
OFFICIALS = "officials"
OF_BLOCS = frozenset(("leaders", "ministers", "members", "nations", "countries", "states"))
# What a state's soldiers are called in news, as the table of bodies has it where it knows them: of a hundred nameless
# "troops" and "forces" of a state eighty have the name of its forces in our labels
SOLDIERS = frozenset(("troops", "soldiers", "forces", "army", "military", "servicemen"))
_COUNTED = re.compile(
    r"^(?:the|an?|some|several|many|most|all|any|both|his|her|its|their|other|two|three|four|five|six|seven|eight|nine"
    r"|ten|dozens of|hundreds of|thousands of|dozens|hundreds|thousands|at least|more than|up to|around|about|nearly"
    r"|over|[\d.,]+)\s+",
    re.IGNORECASE,
)


def bare(words: str) -> str:
    """Words without articles and numbers before them: "at least 13 U.S. troops" is "U.S. troops"."""
    before = ""
    while words != before:
        before, words = words, _COUNTED.sub("", words)
    return words


def party_name(mention: Mention, title: Title, knowledge: Knowledge, owner: str, code: str) -> str:
    """The name of whom a title without a name means. ``owner``: the key of the state or body it belongs to, or ""."""
    stated = owner or (code if _kind(knowledge, code) is ActorKind.STATE else "")
    if title.key in SPEAKING and stated:
        return knowledge.actor(stated).name
    if mention.plural and owner and _kind(knowledge, owner) is ActorKind.GROUP and title.sector in FIGHTING:
        return knowledge.actor(owner).name
    words = bare(mention.words).replace("’s ", " ").replace("'s ", " ")
    alone = words.removeprefix(mention.of).strip() if mention.of and mention.plural | (title.sector == "MIL") else ""
    if stated and (alone == OFFICIALS or (alone in OF_BLOCS and _kind(knowledge, stated) is ActorKind.BODY)):
        return knowledge.actor(stated).name
    if alone in SOLDIERS and stated == code and title.sector == "MIL" and (called := forces().get(code)):
        return called
    if title.key.endswith("_ministry") and mention.of:
        return f"{knowledge.actor(owner).name if owner else code} {title.words.title()}"
    return words


def mission(words: str, owner: str, codes: Container[str], on: dt.date | None) -> str:
    """The key of the mission whose soldiers these are, "" where nothing tells: "NATO troops", "peacekeepers", where the
    text names the state that it is in (``codes``). ``owner`` is the key of the body they are of; without, they
    are peacekeepers by their words.
    """
    if not owner and "peacekeep" not in words.lower():
        return ""
    day = on.isoformat() if on else ""
    found = [
        one.key
        for one in missions()
        if one.state in codes and owner in ("", one.body) and (not day or one.since <= day <= (one.until or day))
    ]
    return found[0] if len(found) == 1 else ""


def _kind(knowledge: Knowledge, key: str) -> ActorKind | None:
    return knowledge.kind(key) if key and knowledge.has(key) else None
