"""Lemmas: a word and its tag to its dictionary form, by rules on endings. Knows nothing of sentences.

The rules are learned by train/lemmas.py from UD EWT and GUM (data/reader/lemmas.json). Per tag, an ending
(a whole word is marked "^") names how many characters to cut and what to put instead; the longest ending that is
listed wins, so that an irregular form is only a longer ending than the rule it breaks.
"""

import functools
import json
from collections.abc import Mapping
from importlib import resources

# tag (UPOS:XPOS) -> ending -> (characters to cut, what to put instead)
Rules = Mapping[str, Mapping[str, tuple[int, str]]]
LONG = 40  # longer words are no words of a dictionary
JOINERS = str.maketrans({"’": "'", "‘": "'", "`": "'", **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060", "")})
ENDING = 6  # the longest ending of a rule; longer ones are whole words
# Names keep their capitals, as in UD
KEPT = ("PROPN:", "ADJ:NNP", "X:", "VERB:NNP", "SYM:", "ADV:NNP", "NUM:NNP")


def key(form: str, tag: str) -> str:
    """A word as its rules see it: nothing invisible, straight apostrophes, lower case unless it is a name."""
    text = form.translate(JOINERS) or form
    return text if tag.startswith(KEPT) else text.lower()


def apply(text: str, rule: tuple[int, str]) -> str:
    """The word with its ending cut and replaced; itself where nothing would be left."""
    cut, put = rule
    return text[: len(text) - cut] + put if cut <= len(text) and (put or cut < len(text)) else text


def lemma(form: str, tag: str, rules: Rules) -> str:
    """The lemma of a word with this tag (UPOS:XPOS); never empty."""
    text = key(form, tag)
    listed = rules.get(tag)
    if not listed or len(text) > LONG:
        return text
    marked = "^" + text.lower()
    for ending in (marked, *(marked[-size:] for size in range(min(ENDING, len(text)), 0, -1)), ""):
        rule = listed.get(ending)
        if rule is not None:
            return apply(text, rule)
    return text


@functools.cache
def load() -> Rules:
    """The rules that come with Dragoman."""
    text = resources.files("dragoman").joinpath("data", "reader", "lemmas.json").read_text(encoding="utf-8")
    return {
        tag: {ending: (cut, put) for ending, (cut, put) in rules.items()} for tag, rules in json.loads(text).items()
    }
