"""Which way the words around a time point: past, to come, or not said.

A simple scan for the nearest verb that tells ("met", "will", "is due to"), first before the time, then after it. The
words are a table (resources/times/tense.csv, built by scripts/build_times.py). Must not know calendars, nor grammar
beyond that; where a reader gives parts of speech, a better rule can replace this one.
"""

import functools
import json
import re
from collections.abc import Iterable
from importlib import resources

# A word, with the apostrophe of a plural's genitive ("the ministers' visit")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*(?:(?<=s)['’](?!\w))?|[;]")
# Words between a planning word and the "to" or the preposition that it governs: "scheduled talks for", "set again to"
_REACH = 3
# Characters on either side in which a verb is looked for: some fifty words, more than any clause of news prose
_AROUND = 300
# A verb that may tell of what is to come: nothing is said of the direction, and no further word asked
_OPEN = "?"


def direction(sentence: str, start: int, end: int, plans: tuple[str, ...] = ()) -> str:
    """Past "<", to come ">" or not said "?", for the time at ``start`` to ``end`` of a sentence.

    ``plans``: the classes of verbs whose present tense tells of the future too ("begin": the summit opens on Friday;
    "meet": the ministers meet on Friday); none where the time may be one of history ("the film opens in 1945").
    """
    before = [match[0] for match in _WORD.finditer(sentence[max(start - _AROUND, 0) : start])]
    after = [match[0] for match in _WORD.finditer(sentence[end : end + _AROUND])]
    scans = ((before, range(len(before) - 1, -1, -1)), (after, range(len(after))))
    return next((cue for words, places in scans if (cue := _first(words, places, plans))), _OPEN)


def _first(words: list[str], places: Iterable[int], plans: tuple[str, ...]) -> str:
    """What the first word that tells says of the time, of the words up to a semicolon; "" where none tells."""
    for index in places:
        if words[index] == ";":
            return ""
        if cue := _cue(words, index) or (">" if any(_plan(words, index, name) for name in plans) else ""):
            return cue
    return ""


def _cue(words: list[str], index: int) -> str:
    """What the word at ``index`` says of the time of its clause: "<", ">", "?" or "" for nothing."""
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
    if previous in ("be", "being", "to", "is", "are") or previous in _class("future") or previous in _class("would"):
        return ""
    if lower in _class("deciding") and previous in ("has", "have"):
        return _OPEN
    return "<" if lower in _class("past") or _in_ed(word) else ""


def _plan(words: list[str], index: int, name: str) -> bool:
    """Whether a verb of the present tells of a plan: "the summit opens", "the ministers meet", not "a visit"."""
    lower = words[index].lower()
    following = words[index + 1] if index + 1 < len(words) else ""
    near = [word.replace("’", "'") for word in words[max(index - 2, 0) : index]]
    if near and (near[-1].lower().endswith("ly") or near[-1].lower() in _class("adverb")):
        near.pop()
    subject = near[-1] if near else ""
    if subject.lower() in ("which", "who", "that"):
        return False  # what somebody does who is told of: "Minsk, which hosts their troops"
    tells = {lower, f"{lower} {following.lower()}", " ".join(words[index : index + 3]).lower()}
    if not tells.isdisjoint(_class(f"{name}s")):
        alone = not following and lower in _class("alone")
        told = alone or following[:1].isupper() or following in _class("noun")
        noun = lower in _class("noun too") and not told
        return not (noun or subject.lower() in _class("no subject") or _noun(words, index))
    return not tells.isdisjoint(_class(name)) and _plural(subject, near)


def _plural(word: str, near: list[str]) -> bool:
    """Whether a word can be the plural subject of the verb after it: "ministers", "people", "heads of state"."""
    lower = word.lower()
    if lower in ("state", "government"):
        return near[-2:-1] == ["of"]
    return lower in _class("plural") or (lower.endswith("s") and len(lower) > 3 and lower not in _class("no plural"))


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
