"""Times that depend on a state which the sentence names: its national days, its fiscal year.

"Independence Day" is a day of Ukraine's, Finland's or another's; "fiscal 2012" began in October 2011 in the United
States. Tables: resources/times/national_days.csv and fiscal.csv, and the names of states of resources/actors. Must not
know tense or anchors.
"""

import functools
import re
from collections.abc import Mapping

from dragoman.mentions.times_table import tables

DAY = "DAY OF A STATE "
_FISCAL = re.compile(r"FISCAL(?P<span>S?) (?P<year>\d{4})")
_DAY = re.compile(rf"{DAY}(?P<name>\D+?)(?: (?P<year>\d{{4}}))?")
# A state right before a day ("Ukraine's Independence Day", "the Finnish Independence Day") or "of", "in" it right after
_BEFORE = 4
_AFTER = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?$")
# A state in the next clause is further away than its characters say
_CLAUSE = re.compile(r"[,;]|\band\b")
_FURTHER = 100


def of_state(normal: str, sentence: str, start: int, end: int) -> str | None:
    """The normal form of a day or year of some state, settled by its sentence; None where no state tells which day."""
    if match := _FISCAL.fullmatch(normal):
        return _fiscal(int(match["year"]), bool(match["span"]), _state(sentence, start, end, tables()["fiscal"]))
    if match := _DAY.fullmatch(normal):
        days: dict[str, str] = tables()["national"][match["name"]]
        state = _state(sentence, start, end, days)
        if state is None:
            return None
        day = days[state] if days[state].startswith("FE:") else f"MD:{days[state]}"
        return f"{day}:+0@{match['year']}" if match["year"] else f"{day}:?"
    return normal


def _fiscal(year: int, span: bool, state: str | None) -> str:
    """A fiscal year by its name, "2012" or "2012-13"; without a state that is known the calendar year or years."""
    if state is None:
        return f"{year}/{year + 1}" if span else f"{year}"
    month, named = tables()["fiscal"][state]
    return f"{year - 1 if named == 'end' and not span else year}-F{month}"


def _state(sentence: str, start: int, end: int, known: Mapping[str, object]) -> str | None:
    """Of the states in ``known``, the one that the words name right before or after, else the nearest one."""
    found = []
    for match in _names().finditer(sentence):
        state = tables()["states"][match[0]]
        if state not in known:
            continue
        before, after = start - match.end(), match.start() - end
        between = sentence[end : match.start()]
        beside = 0 <= before <= _BEFORE or (after >= 0 and _AFTER.fullmatch(between))
        further = _FURTHER if _CLAUSE.search(between) else 0
        found.append((not beside, max(before, after) + further, state))
    return min(found)[2] if found else None


@functools.cache
def _names() -> re.Pattern[str]:
    words = sorted(tables()["states"], key=lambda word: (-len(word), word))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
