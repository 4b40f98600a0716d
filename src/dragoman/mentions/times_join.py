"""Neighbouring time expressions and the words between and before them -> one expression.

"early" + "next week", "Tuesday" + "and" + "Wednesday", "since" + "February", "two days after" + "Friday", "Friday" +
"(26 May)". The words before an expression that change it are a table (resources/times/signals.csv). Must not know
tense or anchors.
"""

import functools
import re
from dataclasses import replace

from dragoman import timex
from dragoman.mentions.times_patterns import Found
from dragoman.mentions.times_table import tables

_PERIOD = re.compile(
    r"(?:(?:W|M|Q|Y|DE|CE)[+-]\d+|(?:MO|SE|QU|HY|FE):.*|WE:.*|\d{4}(?:-\d\d|-[A-Z]\w\w?)?|\d\d(?:\dX|XX))"
    r"(?:;\w+)?(?:@.*)?$"
)
_DAY = re.compile(r"D[+-]\d+$|WD:|MD:|DM:|EA:|OE:|NTH:|\d{4}-\d\d-\d\d$")
_FAMILY = re.compile(
    r"(WD|MD|DM|MO|QU|SE)(?=:)|(\d{4})(?=$|/)|(\d{4}-\d\d)(?=$|/)|(\d{4}-\d\d-\d\d)(?=$|/)|(D)(?=[+-])"
)
_TO = re.compile(r"\s*[-–—]\s*|,?\s+(?:to|through|until|till|into)\s+(?:the\s+)?")
_AND = re.compile(r"\s+and\s+(?:on\s+|the\s+|in\s+)?|,\s+")
_OR = re.compile(r",?\s+or\s+(?:on\s+|in\s+)?")
_APPOSED = re.compile(r"\s*\(\s*(?:on\s+)?|,\s+(?:on\s+)?|\s+on\s+")
_AT = re.compile(r"(?:\s+local\s+time|\s+[A-Z]{2,4})?,?\s+(?:on\s+|at\s+(?:around\s+|about\s+)?)?")
_MONTH = re.compile(r"M[DO]:(\d\d)[-:]|(\d{4}-\d\d)(?:$|[-;])")
_OF_MONTH = re.compile(r"DM:(\d\d):\?")
# "next Tuesday", "Tuesday of next week": which one is told by the words themselves
_TOLD = re.compile(r"(?:WD|MO):\d+:(?P<which>[-+]\d(?:@.*)?)$")
_OPEN = re.compile(r"(?:WD|MO):\d+:\?$")
# From a time that lies ahead by its own words
_AHEAD = re.compile(r"(?:^|:|@)[A-Z]*\+[1-9]")
_GOES_ON = re.compile(r"\s*(?:[-–—]|to\b|until\b|till\b|through\b)")
_ONWARDS = re.compile(r"\s+(?:onwards?\b|on(?=\s*(?:[,.;:]|$)))")
# "up from 2014" compares
_COMPARED = re.compile(
    r"\b(?:up|down|far|away|apart|different|rise|rose|risen|fall|fell|drop|dropped|increase|increased|date|dates|dating"
    r"|return|returned|back)\s$",
    re.IGNORECASE,
)
# Characters before a range in which "from", "postponed from" are looked for: longer than the longest of them
_NEAR = 60
_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)
# "postponed from May to June" gives two times, not a period
_MOVED = re.compile(
    r"\b(?:moved|postponed|rescheduled|delayed|pushed|shifted|changed|brought forward)\b[^.;]{0,40}$", re.IGNORECASE
)
_EVENT = re.compile(r"\s+(?:the\s+|a\s+|an\s+|on\s+|his\s+|her\s+|its\s+|their\s+|\w+[’']s\s+)?")
_OF = re.compile(r"\s+of\s+(?:the\s+)?")
_OF_WHAT = re.compile(r"(?:\s+[\w'’-]+){0,5}\s+of\s+(?:the\s+)?")
# After a time, these show that it does not qualify a noun ("after Friday talks" against "after Friday, the")
_NO_NOUN = re.compile(
    r"\s*(?:[^\w\s'’]|$)|\s+(?:[A-Z]|(?:and|or|but|in|on|at|to|for|from|with|by|of|as|that|when|while|which|who|if"
    r"|because|is|was|are|were|has|had|have|will|would|the|a|an|he|she|it|they|his|her|its|their|there|unless)\b)"
)


def join(found: list[Found], sentence: str) -> list[Found]:
    """The expressions of a sentence put together with their neighbours and with the words before them."""
    ends = [0] + [one.end for one in found]
    placed = _with_months(found)
    joined = [_with_part(one, sentence, ends[at]) for at, one in enumerate(placed)]
    clocks = [one.name == "clock" for one in (*joined[1:], *joined[:1])]
    # "Tuesday night and Wednesday" are neighbours; "Sunday night at 8 p.m." are a day and an hour of it
    joined = [one if clock else _with_hours(one, sentence) for one, clock in zip(joined, clocks, strict=True)]
    for index in range(len(joined) - 2, -1, -1):
        one = _pair(joined[index], joined[index + 1], sentence)
        if one:
            joined[index : index + 2] = [one]
    ends = [0] + [one.end for one in joined]
    return [_with_bound(_with_hours(one, sentence), sentence, ends[index]) for index, one in enumerate(joined)]


def _with_months(found: list[Found]) -> list[Found]:
    """The day of a month that was named before it in the sentence: "on 7 August … on the 20th"."""
    month, placed = "", []
    for one in found:
        if named := _MONTH.match(one.normal):
            month = f"MD:{named[1]}-" if named[1] else f"{named[2]}-"
        day = _OF_MONTH.fullmatch(one.normal)
        dated = f"{month}{day[1]}" + (":?" if month.startswith("MD") else "") if day and month else ""
        placed.append(replace(one, normal=dated) if dated else one)
    return placed


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
        if kind not in ("bound", "comparison", "passing", "opening"):
            continue
        if match := regex.search(sentence, since, one.start):
            return _bounded(one, sentence, match.start("signal"), kind, value)
    return one


def _bounded(one: Found, sentence: str, start: int, kind: str, value: str) -> Found:
    """An expression with the bound that the word at ``start`` makes of it, or as it was."""
    onwards = _ONWARDS.match(sentence, one.end) if value == "FROM" else None
    if onwards and "/" not in one.normal:
        return replace(one, start=start, end=onwards.end(), normal=f"FROM {one.normal}")
    if value in ("BEFORE", "AFTER", "FROM") and not _NO_NOUN.match(sentence, one.end):
        return one  # "after Friday's talks", "before May elections": the time is that of the talks
    whole = replace(one, start=start, normal=f"{value} {one.normal}")
    if value == "FROM":
        return _opened(one, whole, sentence, kind)
    if kind == "passing" and _hour().search(sentence, one.start, one.end):
        return replace(whole, otherwise=one.normal)  # they "talked through Tuesday night": all of it
    return whole


def _opened(one: Found, whole: Found, sentence: str, kind: str) -> Found:
    """The bound "from Friday" in what is to come, where neither an hour is told nor an end follows."""
    if one.name == "clock" or "/" in one.normal or _GOES_ON.match(sentence, one.end):
        return one
    if kind == "bound" or _AHEAD.search(one.normal):
        return whole
    before = sentence[max(whole.start - _NEAR, 0) : whole.start]
    if _COMPARED.search(before) or _MOVED.search(before):
        return one
    return replace(whole, start=one.start, otherwise=one.normal)


def _pair(left: Found, right: Found, sentence: str) -> Found | None:
    """One expression for two neighbours, None where they are two."""
    between = sentence[left.end : right.start]
    span = replace(left, end=right.end, otherwise="")
    if left.normal.endswith("@EVENT"):
        if left.normal.startswith("ANN:"):
            return _anniversary(left, right, between, span)
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


def _anniversary(left: Found, right: Found, between: str, span: Found) -> Found | None:
    """An anniversary with the day of what it is of: "of the 11 September attacks", "of the invasion of 24 May 2022"."""
    if right.normal.startswith("MD:"):
        return replace(span, normal=right.normal) if _OF.fullmatch(between) else None
    dated = re.match(r"\d{4}(?:-\d\d){0,2}$", right.normal) and _OF_WHAT.fullmatch(between)
    return replace(span, normal=left.normal[: -len(timex.EVENT)] + right.normal) if dated else None


def _range(left: Found, right: Found, between: str, sentence: str) -> str:
    """The normal form of "x to y", "x and y", "x or y"; "" where the two are two times."""
    family, start, end = _family(left.normal), left.normal, right.normal
    opened = _BETWEEN.search(sentence, max(left.start - _NEAR, 0), left.start)
    listed = _AND.fullmatch(between) and not opened
    if family in ("MD", "MO") and re.match(r"\d{4}-\d\d(?:-\d\d)?$", end) and not listed:
        start = f"{end[:4]}-{left.normal.split(':')[1]}"
    if not family or "/" in start or timex.REF in start or _family(start) != _family(end):
        return ""
    if _OR.fullmatch(between):
        return f"{start}|{end}" if "/" not in end else ""
    if _TO.fullmatch(between):
        together = not (opened and _MOVED.search(sentence, max(opened.start() - _NEAR, 0), opened.start()))
    else:
        days = family in ("WD", "MD", "MO", "DM", "day", "D")
        together = bool(_AND.fullmatch(between) and (opened or (days and _neighbours(start, end))))
    return "/".join(_alike(start, end.rpartition("/")[2])) if together else ""


def _alike(start: str, end: str) -> tuple[str, str]:
    """The ends of a range, where only one tells which: "next Tuesday and Wednesday", "May and June last year"."""
    if _TOLD.match(start) and _OPEN.match(end):
        return start, f"{end[:-1]}>@{start}"
    told = _TOLD.match(end)
    if _OPEN.match(start) and told and "@" in end:
        return start[:-1] + told["which"], end
    return start, end


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
    at = {"WD": 0, "MO": 0, "DM": 0, "MD": 1}.get(left[:2], -1)
    step = int(other[at]) - int(one[at])
    return step == 1 or (left[:2], step) in (("WD", -6), ("MO", -11))


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
    return re.compile(rf",?\s+(?:early\s+|late\s+)?(?:{_day_parts()})\b", re.IGNORECASE)


@functools.cache
def _hour() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_day_parts()})\b", re.IGNORECASE)


def _day_parts() -> str:
    """Morning, evening and the like, as a regular expression."""
    return "|".join(sorted(tables()["classes"]["tod"]["words"], key=len, reverse=True))
