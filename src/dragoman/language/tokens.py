"""Words of English text with exact offsets, as UD EWT cuts them. Knows nothing of sentences, tags or lemmas.

Clitics are split ("China" "'s", "did" "n't", "can" "not"), hyphenated words too ("US" "-" "led") unless the first
part is a prefix ("pro-Russian") or both parts are syllables of a Korean or Chinese given name ("Jae-in");
abbreviations keep their full stop ("U.S.", "Gen."); a unit is split from its number ("$" "300" "m"). The lists are
resources/language/*.csv. Every pattern is bounded or unambiguous, so that time is linear in the text.
"""

import functools
import json
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

# Marks that join the letter before them, which Python's \w lacks: accents written apart, Hebrew and Arabic points
MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
# Soft hyphen, zero-width space and joiners: part of a word inside it only
INVISIBLE = "\u00ad\u200b-\u200d\u2060"
WORD = rf"\w(?:[\w{MARKS}]|[{INVISIBLE}]+(?=\w))*"
QUOTE = "['’`]"
CURRENCY = "$€£¥₹₽₩₺₴₪฿"
# Pictographs, dingbats, arrows and symbols, with the joiners and selectors that make one sign of several
EMOJI = r"[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]"
TOP_DOMAINS = "com|org|net|gov|edu|mil|int|info|tv|eu|uk|us|ru|ua|cn|fr|de|ir|il|tr|in|jp|kr|doc|pdf|xls"
RICH = re.compile(r"@|://|www\.|\w\.[a-z]{2}", re.IGNORECASE)
# Not part of any word: control characters, bidirectional marks, byte-order mark, joiners that join nothing
IGNORED = r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]"
CLITIC = re.compile(rf"(?:(?<=\w)n{QUOTE}t|(?<=\w){QUOTE}(?:s|m|d|ll|re|ve))$", re.IGNORECASE)


@functools.cache
def tables() -> dict[str, Any]:
    """The reader's tables, built by scripts/build_language.py."""
    text = resources.files("dragoman").joinpath("data", "language.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def addresses() -> list[str]:
    """Patterns of web and mail addresses and file names; tried only where the text has signs of one."""
    return [
        r"(?:https?://|www\.)[^\s<>\"“”‘’()\[\]{}]+[^\s<>\"“”‘’()\[\]{}.,;:!?']",
        r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}",
        rf"[\w-]{{1,64}}(?:\.[\w-]{{1,64}}){{0,4}}\.(?:{TOP_DOMAINS})(?![\w-])(?:/[\w./-]*[\w/-])?",
        r"[@#]\w+",
    ]


def abbreviations() -> list[str]:
    """Patterns of abbreviations with their full stop: letters each with one, listed ones, initials of names."""
    listed = tables()["abbreviations"]
    after = {"": "", "capital": r"(?=\s+[A-Z])", "digit": r"(?=\s*\d)", "more": r"(?=\s*\S)"}
    patterns = [
        f"(?:{any_of(word for word, (follow, _) in listed.items() if follow == kind)}){ahead}"
        for kind, ahead in after.items()
    ]
    return [r"(?:[^\W\d_]\.)+[^\W\d_](?!\w)\.?", *patterns, r"[A-Z]\.(?=\s*[A-Z][\w.])"]


def numbers() -> list[str]:
    """Patterns of telephone numbers, dates in figures, years, ordinals, and figures to be split from their unit."""
    units = any_of(tables()["units"])
    return [
        r"\d{4}-\d\d-\d\d(?!\w)",
        r"\d{1,2}([/-])\d{1,2}\1\d{2,4}(?!\w)",
        r"(?:(?:\d-)?\d{3}-)?\d{3}-\d{4}(?![\w-])",
        rf"{QUOTE}\d\ds?(?!\w)",
        rf"\d*0{QUOTE}s(?!\w)",
        r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)(?!\w)",
        rf"\d+(?:[.,:]\d+)*(?=(?:{units})(?!\w))",
        r"\d+(?:/\d+)+(?!\w)",
        r"\d+(?:[.,:]\d+)+",
        r"\.\d+(?!\w)",
    ]


def words() -> list[str]:
    """Patterns of words: with a prefix and hyphen, hyphenated given names, any word with its inner apostrophes."""
    prefixes = any_of(tables()["prefixes"])
    syllables = any_of(tables()["syllables"])
    return [
        rf"(?:(?i:{prefixes}))-{WORD}",
        rf"(?=[A-Z])(?i:{syllables})-(?i:{syllables})(?![\w-])",
        r"[A-Z]{1,4}&[A-Z]{1,4}(?!\w)",
        rf"(?<=\S){QUOTE}(?i:s|m|d|ll|re|ve)(?!\w)",
        rf"{WORD}(?:['’`](?=[^\W\d_]){WORD})*",
    ]


def signs() -> list[str]:
    """Patterns of punctuation, currency, emoticons and emoji, and last any other character that is not ignored."""
    joined = rf"[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*(?:\u200d{EMOJI}[\ufe0f\U0001f3fb-\U0001f3ff]*)*"
    return [
        rf"(?:US|HK|NZ|C|A|S)[{CURRENCY}]",
        rf"[{CURRENCY}]",
        r"[.!?…]{2,}|-{2,}|\*+|_+|=+|~+|<<|>>|``|''",
        r"(?<!\S)[:;]-?[)(DP](?!\w)",
        r"[\U0001f1e6-\U0001f1ff]{2}",
        EMOJI + joined,
        rf"(?!{IGNORED}).",
    ]


@functools.cache
def pattern(rich: bool) -> re.Pattern[str]:
    """The whole pattern; ``rich`` with web and mail addresses."""
    # "US$" must be tried before words, the single signs after them
    first, *rest = signs()
    parts = [*(addresses() if rich else ()), *abbreviations(), first, *numbers(), *words(), *rest]
    return re.compile("|".join(parts), re.DOTALL)


def split(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The tokens of ``content[start:end]`` as (start, end), in order, never empty, never overlapping."""
    contractions = tables()["contractions"]
    rich = RICH.search(content, start, end) is not None
    for match in pattern(rich).finditer(content, start, end):
        first, last = match.span()
        form = match.group()
        cuts = contractions.get(form.lower()) if last - first < 10 else None  # the longest has nine letters
        if cuts and len(form) == sum(map(len, cuts)):
            for part in cuts:
                yield first, first + len(part)
                first += len(part)
            continue
        clitic = CLITIC.search(form) if not form.isalnum() else None
        if clitic and clitic.start() and not form[0].isdigit():
            yield first, first + clitic.start()
            first += clitic.start()
        yield first, last
