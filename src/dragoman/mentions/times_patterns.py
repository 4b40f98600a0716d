"""The patterns of single time expressions, compiled from the tables: sentence -> expressions with normal forms.

The tables are resources/times/*.csv, built by scripts/build_times.py. A pattern is a regular expression in which
``{class}`` stands for any word of a class; its normal form is a template with the same slots. A group named ``x``
limits the expression to a part of what is matched. Must not know tense, neighbouring expressions or anchors.
"""

import functools
import re
from dataclasses import dataclass
from typing import Any

from dragoman.mentions.times_states import of_state
from dragoman.mentions.times_table import tables

_FORTNIGHTS = re.compile(r"(\d+|X)FN")
_YEARS = re.compile(r"(\d{4})/(\d{4})")
_SLOT = re.compile(r"\{([a-z]+)(\d?)(?:\|([^}]*))?\}")
# Every expression holds one of these classes or words: a sentence without any is passed over at once
_TELLING_CLASSES = (
    *("weekday", "weekdays", "month", "season", "unit", "hour", "tod", "rate"),
    *("fixed", "easter", "orthodox", "nth", "feast", "national"),
)
_TELLING = (
    r"\d{4}|\d0s\b|\d[:.]\d\d|\d ?[ap]\.?m|today|tonight|yesterday|tomorrow|overnight|weekend|now|nowadays|currently"
    r"|present|moment|recently|lately|past|soon|shortly|future|course|long|time|point|noon|midnight|midday|quarter|eve|anniversary|since\sthen"
    r"|\bQ[1-4]\b|\bFY|\bfiscal|\d(?:st|nd|rd|th)\b"
)


@dataclass(frozen=True, slots=True)
class Found:
    """An expression at ``start`` to ``end`` of its sentence. ``otherwise``: what else it means in the past."""

    start: int
    end: int
    normal: str
    otherwise: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Pattern:
    name: str
    regex: re.Pattern[str]
    normal: str
    otherwise: str
    slots: tuple[tuple[str, str], ...]


def scan(sentence: str) -> list[Found]:
    """The single expressions of a sentence, leftmost and longest first, none overlapping, in order."""
    if not _telling().search(sentence):
        return []
    blocked = _blocked(sentence)
    found: list[tuple[int, int, int, Found]] = []
    for rank, pattern in enumerate(_patterns()):
        for match in pattern.regex.finditer(sentence):
            one = _expression(pattern, match)
            if one and one.start not in blocked:
                found.append((one.start, -one.end, rank, one))
    chosen: list[Found] = []
    for *_, one in sorted(found, key=lambda item: item[:3]):
        if not chosen or one.start >= chosen[-1].end:
            chosen.append(one)
    return chosen


def _blocked(sentence: str) -> set[int]:
    """Places where no expression may begin: names that are no times here, and where they look like one."""
    blocked: set[int] = set()
    for where, what in tables()["guards"]:
        for name in re.finditer(where, sentence):
            blocked.update(range(*name.span()))
            blocked.update(match.start() for match in re.finditer(what, sentence) if what)
    return blocked


def _expression(pattern: _Pattern, match: re.Match[str]) -> Found | None:
    values: dict[str, str] = {}
    for slot, name in pattern.slots:
        text = match[slot]
        if text is None:
            continue
        value = _value(name, text)
        if value is None:
            return None
        values[slot] = value
    start, end = match.span("x") if "x" in pattern.regex.groupindex else match.span()
    normal = of_state(_counted(_fill(pattern.normal, values)), match.string, start, end)
    if not normal or start >= end or _backwards(normal):
        return None
    return Found(start, end, normal, _counted(_fill(pattern.otherwise, values)), pattern.name)


def _counted(normal: str) -> str:
    """Fortnights counted in weeks."""
    return _FORTNIGHTS.sub(lambda found: f"{2 * int(found[1])}W" if found[1] != "X" else "XW", normal)


def _backwards(normal: str) -> bool:
    """Whether figures that look like two years ("2012-05") cannot be a range of them."""
    years = _YEARS.fullmatch(normal)
    return bool(years and years[1] >= years[2])


def _fill(template: str, values: dict[str, str]) -> str:
    return _SLOT.sub(lambda slot: values.get(slot[1] + slot[2], slot[3] or ""), template)


def _value(name: str, text: str) -> str | None:
    """The value of a word of a class, None where a name must be capitalised and is not."""
    cls = tables()["classes"][name]
    folded = _folded_words(name).get(" ".join(text.lower().replace("’", "'").split()))
    if folded is not None:
        word, value = folded
        return None if word[0].isupper() and not text[0].isupper() else value
    digits = re.search(r"\d+", text.replace(",", ""))
    return format(int(digits[0]), cls["form"]) if digits and cls["form"] else None


@functools.cache
def _folded_words(name: str) -> dict[str, tuple[str, str]]:
    return {word.lower(): (word, value) for word, value in tables()["classes"][name]["words"].items()}


def _words(cls: dict[str, Any]) -> str:
    """A regular expression for a class; longer words come first."""
    words = sorted(cls["words"], key=lambda word: (-len(word), word))
    parts = [re.escape(word).replace(r"\ ", r"\s").replace("'", "['’]") for word in words]
    return "|".join([part if part.endswith(".") else part + r"(?!\w)" for part in parts] + [cls["pattern"]]).strip("|")


def _expand(pattern: str, slots: list[tuple[str, str]]) -> str:
    def group(slot: re.Match[str]) -> str:
        cls = tables()["classes"][slot[1]]
        if not cls["words"] and not cls["form"]:
            return f"(?:{cls['pattern']})"  # no value: a dash
        slots.append((slot[1] + slot[2], slot[1]))
        return f"(?P<{slot[1]}{slot[2]}>{_words(cls)})"

    plain = pattern.replace("['’]", "'").replace("'", "['’]").replace(" ", r"\s")
    return rf"(?<!\w)(?:{_SLOT.sub(group, plain)})(?!\w)"


@functools.cache
def _patterns() -> tuple[_Pattern, ...]:
    compiled = []
    for row in tables()["patterns"]:
        slots: list[tuple[str, str]] = []
        regex = re.compile(_expand(row["pattern"], slots), re.IGNORECASE)
        compiled.append(_Pattern(row["name"], regex, row["normal"], row["otherwise"], tuple(slots)))
    return tuple(compiled)


@functools.cache
def _telling() -> re.Pattern[str]:
    classes = tables()["classes"]
    return re.compile("|".join([_words(classes[name]) for name in _TELLING_CLASSES] + [_TELLING]), re.IGNORECASE)
