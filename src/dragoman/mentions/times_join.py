"""Neighbouring time expressions and the words between and before them -> one expression.

"early" + "next week", "Tuesday" + "and" + "Wednesday", "since" + "February", "two days after" + "Friday", "Friday" +
"(26 May)". The words before an expression that change it are a table (resources/times/signals.csv). Must not know
tense or anchors.
"""

import functools
import re
from dataclasses import replace

from dragoman.mentions.times_patterns import Found, tables

_PERIOD = re.compile(
    r"(?:(?:W|M|Q|Y|DE|CE)[+-]\d+|(?:MO|SE|QU|HY):.*|WE:.*|\d{4}(?:-\d\d|-[A-Z]\w)?|\d\d(?:\dX|XX))(?:;\w+)?(?:@.*)?$"
)
_DAY = re.compile(r"D[+-]\d+$|WD:|MD:|EA:|NTH:|\d{4}-\d\d-\d\d$")
_FAMILY = re.compile(r"(WD|MD|MO|QU|SE)(?=:)|(\d{4})(?=$|/)|(\d{4}-\d\d)(?=$|/)|(\d{4}-\d\d-\d\d)(?=$|/)|(D)(?=[+-])")
_TO = re.compile(r"\s*[-–—]\s*|,?\s+(?:to|through|until|till)\s+(?:the\s+)?")
_AND = re.compile(r"\s+and\s+(?:on\s+|the\s+|in\s+)?|,\s+")
_OR = re.compile(r",?\s+or\s+(?:on\s+|in\s+)?")
_APPOSED = re.compile(r"\s*\(\s*(?:on\s+)?|,\s+(?:on\s+)?|\s+on\s+")
_AT = re.compile(r"(?:\s+local\s+time|\s+[A-Z]{2,4})?,?\s+(?:on\s+|at\s+(?:around\s+|about\s+)?)?")
# Characters before a range in which "from", "postponed from" are looked for: longer than the longest of them
_NEAR = 60
_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)
# "postponed from May to June" gives two times, not a period
_MOVED = re.compile(
    r"\b(?:moved|postponed|rescheduled|delayed|pushed|shifted|changed|brought forward)\b[^.;]{0,40}$", re.IGNORECASE
)
_EVENT = re.compile(r"\s+(?:the\s+|a\s+|an\s+|on\s+|his\s+|her\s+|its\s+|their\s+|\w+[’']s\s+)?")
# After a time, these show that it does not qualify a noun ("after Friday talks" against "after Friday, the")
_NO_NOUN = re.compile(
    r"\s*(?:[^\w\s'’]|$)|\s+(?:[A-Z]|(?:and|or|but|in|on|at|to|for|from|with|by|of|as|that|when|while|which|who|if"
    r"|because|is|was|are|were|has|had|have|will|would|the|a|an|he|she|it|they|his|her|its|their|there|unless)\b)"
)


def join(found: list[Found], sentence: str) -> list[Found]:
    """The expressions of a sentence put together with their neighbours and with the words before them."""
    joined = [_with_part(one, sentence, found[index - 1].end if index else 0) for index, one in enumerate(found)]
    for index in range(len(joined) - 2, -1, -1):
        one = _pair(joined[index], joined[index + 1], sentence)
        if one:
            joined[index : index + 2] = [one]
    ends = [0] + [one.end for one in joined]
    return [_with_bound(_with_hours(one, sentence), sentence, ends[index]) for index, one in enumerate(joined)]


def _with_part(one: Found, sentence: str, since: int) -> Found:
    """The words "early", "the end of" and the like before a period; before a day they only widen the words."""
    head, at, outer = one.normal.partition("@")
    period, day = bool(_PERIOD.match(head)), bool(_DAY.match(head))
    if not (period or day):
        return one
    for regex, kind, value in _signals():
        if kind not in ("part", "time of day"):
            continue
        match = regex.search(sentence, since, one.start)
        if match and kind == "part" and period and ";" not in head:
            return replace(one, start=match.start("signal"), normal=f"{head};{value}{at}{outer}")
        if match and day:
            return replace(one, start=match.start("signal"))
    return one


def _with_hours(one: Found, sentence: str) -> Found:
    """An hour after a day, "Friday" + "morning": the words are widened, the day stays."""
    match = _hours().match(sentence, one.end) if _DAY.match(one.normal.rpartition("/")[2]) else None
    return replace(one, end=match.end()) if match else one


def _with_bound(one: Found, sentence: str, since: int) -> Found:
    """The words "since", "until", "by", "before", "after" before an expression; "first … since" compares only."""
    if one.otherwise:
        rare = any(kind == "rarity" and regex.search(sentence, since, one.start) for regex, kind, _ in _signals())
        return replace(one, normal=one.otherwise, otherwise="") if rare else one
    if not (_PERIOD.match(one.normal) or _DAY.match(one.normal) or one.normal.startswith("AGO:")):
        return one
    for regex, kind, value in _signals():
        match = regex.search(sentence, since, one.start) if kind in ("bound", "comparison") else None
        if not match:
            continue
        if value in ("BEFORE", "AFTER") and not _NO_NOUN.match(sentence, one.end):
            return one  # "after Friday's talks", "before May elections": the time is that of the talks
        return replace(one, start=match.start("signal"), normal=f"{value} {one.normal}")
    return one


def _pair(left: Found, right: Found, sentence: str) -> Found | None:
    """One expression for two neighbours, None where they are two."""
    between = sentence[left.end : right.start]
    span = replace(left, end=right.end, otherwise="")
    if left.normal.endswith("@EVENT"):
        dated = _EVENT.fullmatch(between) and (_DAY.match(right.normal) or _PERIOD.match(right.normal))
        return replace(span, normal=left.normal[: -len("EVENT")] + right.normal) if dated else None
    if "clock" in (left.name, right.name) and _AT.fullmatch(between):
        day = right if left.name == "clock" else left
        return replace(span, normal=day.normal) if _DAY.match(day.normal) else None
    apposed = _APPOSED.fullmatch(between) and re.match(r"D[+-]|WD:", left.normal)
    if apposed and re.match(r"MD:[^/|]*$|\d{4}-\d\d-\d\d$", right.normal):
        closed = "(" in between and sentence[span.end : span.end + 1] == ")"
        return replace(span, normal=right.normal, end=span.end + closed)
    normal = _range(left, right, between, sentence)
    return replace(span, normal=normal) if normal else None


def _range(left: Found, right: Found, between: str, sentence: str) -> str:
    """The normal form of "x to y", "x and y", "x or y"; "" where the two are two times."""
    family, start = _family(left.normal), left.normal
    opened = _BETWEEN.search(sentence, max(left.start - _NEAR, 0), left.start)
    listed = _AND.fullmatch(between) and not opened
    if family in ("MD", "MO") and re.match(r"\d{4}-\d\d(?:-\d\d)?$", right.normal) and not listed:
        start = f"{right.normal[:4]}-{left.normal.split(':')[1]}"
    if not family or "/" in start or _family(start) != _family(right.normal):
        return ""
    if _OR.fullmatch(between):
        return f"{start}|{right.normal}" if "/" not in right.normal else ""
    if _TO.fullmatch(between):
        together = not (opened and _MOVED.search(sentence, max(opened.start() - _NEAR, 0), opened.start()))
    else:
        days = family in ("WD", "MD", "day", "D")
        together = bool(_AND.fullmatch(between) and (opened or (days and _neighbours(start, right.normal))))
    return f"{start}/{right.normal.rpartition('/')[2]}" if together else ""


def _family(normal: str) -> str:
    """What sort of day or period an expression names: only two of a sort make a range."""
    match = _FAMILY.match(normal)
    if not match:
        return ""
    kind = match[1] or match[5]
    return kind or {4: "year", 7: "month", 10: "day"}[len(match[0])]


def _neighbours(left: str, right: str) -> bool:
    """Whether two days or periods follow each other directly, as in "Tuesday and Wednesday"."""
    one, other = re.findall(r"\d+", left), re.findall(r"\d+", right)
    if not one or not other:
        return False
    step = int(other[-1] if left[:2] != "WD" else other[0]) - int(one[-1])
    return step == 1 or (left[:2] == "WD" and step == -6)


@functools.cache
def _signals() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple(
        (
            re.compile(_signal(row["pattern"]).replace(" ", r"\s"), re.IGNORECASE),
            row["kind"],
            row["value"],
        )
        for row in tables()["signals"]
    )


def _signal(pattern: str) -> str:
    """A pattern that ends where an expression begins; a group ``signal`` limits what is taken into its words."""
    return rf"\b(?:{pattern})\s*$" if "(?P<signal>" in pattern else rf"\b(?P<signal>{pattern})\s*$"


@functools.cache
def _hours() -> re.Pattern[str]:
    words = "|".join(sorted(tables()["classes"]["tod"]["words"], key=len, reverse=True))
    return re.compile(rf",?\s+(?:early\s+|late\s+)?(?:{words})\b", re.IGNORECASE)
