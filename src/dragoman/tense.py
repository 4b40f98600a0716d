"""Which way the words around a time point: past, to come, or not said.

A simple scan for the nearest verb that tells ("met", "will", "is due to"), first before the time, then after it. The
words are a table (resources/times/tense.csv, built by scripts/build_times.py). Must not know calendars, nor grammar
beyond that; where a reader gives parts of speech, a better rule can replace this one.
"""

import functools
import json
import re
from importlib import resources

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[;]")
# Words between a planning word and the "to" or the preposition that it governs: "scheduled talks for", "set again to"
_REACH = 3
# Characters on either side in which a verb is looked for: some fifty words, more than any clause of news prose
_AROUND = 300


def direction(sentence: str, start: int, end: int) -> str:
    """Past "<", to come ">" or not said "?", for the time at ``start`` to ``end`` of a sentence."""
    before = [match[0] for match in _WORD.finditer(sentence[max(start - _AROUND, 0) : start])]
    after = [match[0] for match in _WORD.finditer(sentence[end : end + _AROUND])]
    for index in range(len(before) - 1, -1, -1):
        if before[index] == ";":
            break
        if cue := _cue(before, index):
            return cue
    for index in range(len(after)):
        if after[index] == ";":
            break
        if cue := _cue(after, index):
            return cue
    return "?"


def _cue(words: list[str], index: int) -> str:
    """What the word at ``index`` says of the time of its clause: "<", ">" or "" for nothing."""
    word = words[index].replace("’", "'")
    lower = word.lower()
    previous = words[index - 1].lower() if index else ""
    following = words[index + 1].lower() if index + 1 < len(words) else ""
    if lower == "to":
        return _infinitive(words, index)
    if word in _class("would") and following == "have":
        return "<"
    if _to_come(words, index, lower, following):
        return ">"
    if previous in ("be", "to", "is", "are") or previous in _class("future") or previous in _class("would"):
        return ""
    return "<" if lower in _class("past") or _in_ed(word) else ""


def _to_come(words: list[str], index: int, lower: str, following: str) -> bool:
    """Whether a word that is no infinitive tells of the future: "will", "scheduled for", "is visiting", "has to"."""
    if lower in _class("future") or lower.endswith(("'ll", "won't")) or words[index] in _class("would"):
        return True
    if lower in _class("planned") and following in ("for", "on", "in", "to", "at", "next", "later", ""):
        return True
    if lower in _class("heads"):
        return bool({item.lower().replace("’", "'") for item in words[max(index - 2, 0) : index]} & _class("be"))
    return lower in ("have", "has") and following == "to"


def _in_ed(word: str) -> bool:
    return word.endswith("ed") and len(word) > 3 and word not in _class("not_past")


def _infinitive(words: list[str], index: int) -> str:
    """The infinitive "to visit" after a planning word, or in a headline before any other verb."""
    following = words[index + 1] if index + 1 < len(words) else ""
    if not following or not following[0].islower() or following in _class("noun") or following.endswith("ing"):
        return ""
    if index and words[index - 1].lower() in _class("be to"):
        return ">"
    near = range(max(index - _REACH, 0), index)
    if any(words[at].lower() in _class("planner") and not _noun(words, at) for at in near):
        return ">"
    earlier = any(_cue(words, at) for at in range(index) if words[at].lower() != "to")
    return "" if earlier or not index else ">"


def _noun(words: list[str], index: int) -> bool:
    """Whether a planning word is a noun: "the plan to", "his promise to", "Biden's plan to"."""
    before = words[index - 1].lower().replace("’", "'") if index else ""
    return before in _class("noun before") or before.endswith("'s")


@functools.cache
def _table() -> dict[str, frozenset[str]]:
    text = resources.files("dragoman").joinpath("data", "tense.json").read_text(encoding="utf-8")
    return {name: frozenset(words) for name, words in json.loads(text).items()}


def _class(name: str) -> frozenset[str]:
    return _table()[name]
