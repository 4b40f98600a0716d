"""The evaluation of the CoNLL 2018 shared task (conll18_ud_eval.py): a system that reads raw text against a treebank.

Pure, and knows no system: what one found comes as plain values. A position is a number of characters counted over the
forms of all gold tokens, one after the other and without white space, so that it depends on no spacing. The texts to
read are :func:`raw_texts`; :func:`counted` turns positions in them into such counts; :func:`score` compares.

Tokens and sentences are right where they begin and end as in gold. Words are aligned first: where neither side has a
multi-word token ("can't": "ca", "n't") those of the same characters, elsewhere by the longest common sequence of
forms, small or capital. Tags, lemmas, heads and relations are then asked of aligned words, and a head is right where
it is aligned with the gold head. Every figure is an F1: the right ones among all of gold and all that were found.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby, islice
from typing import NamedTuple

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldWord:
    """A syntactic word; ``head`` counts the words of the sentence from 0, -1 is the root."""

    form: str
    lemma: str
    upos: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class GoldToken:
    """What stands in the text: mostly one word, several in a multi-word token, whose forms it need not spell."""

    form: str
    words: tuple[GoldWord, ...]


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence: raw text ("" where the file has none), whether it begins a paragraph, whether no space follows it."""

    tokens: tuple[GoldToken, ...]
    text: str = ""
    first: bool = False
    glued: bool = False


@dataclass(frozen=True, slots=True)
class SystemWord:
    """A word that was found, from ``start`` to ``end``: code points of a raw text, or characters once counted.

    ``head`` counts the words of its sentence from 0, -1 is the root. Neighbours of one sentence with the same start and
    end are the words of one multi-word token.
    """

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    head: int = -1
    relation: str = ""


@dataclass(frozen=True, slots=True)
class SystemSentence:
    """A sentence that was found: its words in the order of the text."""

    words: tuple[SystemWord, ...]


def bare(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


def sentence(block: str) -> GoldSentence:
    """A sentence of its CoNLL-U lines; empty nodes are passed over."""
    tokens: list[tuple[str, list[GoldWord]]] = []
    last, glued = 0, False  # the last word of the latest range
    for line in block.split("\n"):
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        number, dash, end = cells[0].partition("-")
        if not number.isdigit():
            continue
        if dash or int(number) > last:
            tokens.append((cells[1], []))
            glued = "SpaceAfter=No" in cells[9].split("|")
        if dash:
            last = int(end)
        else:
            tokens[-1][1].append(GoldWord(cells[1], cells[2], cells[3], int(cells[6]) - 1, cells[7]))
    text = re.search(r"^# text = (.*)$", block, re.MULTILINE)
    return GoldSentence(
        tuple(GoldToken(form, tuple(words)) for form, words in tokens),
        text.group(1) if text else "",
        bool(re.search(r"^# new(?:par|doc)\b", block, re.MULTILINE)),
        glued,
    )


def read(text: str) -> list[GoldSentence]:
    """The sentences of CoNLL-U text."""
    return [sentence(block) for block in re.split(r"\n{2,}", text.replace("\r\n", "\n").strip("\n")) if block]


def paragraphs(gold: Sequence[GoldSentence]) -> list[list[GoldSentence]]:
    """Runs of sentences up to the next that begins a paragraph or a document."""
    groups: list[list[GoldSentence]] = []
    for found in gold:
        if found.first or not groups:
            groups.append([])
        groups[-1].append(found)
    return groups


def raw_texts(gold: Sequence[GoldSentence]) -> list[str]:
    """The raw text of each of the :func:`paragraphs`: sentences with a space between them, none where gold has none."""
    if not all(found.text for found in gold):
        raise ValueError("a sentence has no '# text = '")
    return [
        "".join(found.text + ("" if found.glued else " ") for found in group).removesuffix(" ")
        for group in paragraphs(gold)
    ]


def characters(gold: Sequence[GoldSentence]) -> str:
    """The characters of all tokens, over which positions are counted."""
    return "".join(bare(token.form) for found in gold for token in found.tokens)


def places(raw: str, content: str) -> list[int | None]:
    """For each code point of a raw text its number in ``content``; None for white space and what is not there.

    Mostly both are the same but for white space. Where they are not, what they have in common keeps its place, and a
    changed stretch of the same length is taken one for one.
    """
    seen = [at for at, sign in enumerate(raw) if not sign.isspace()]
    where: list[int | None] = [None] * len(raw)
    if bare(raw) == content:  # the matcher would find as much, in a time that grows with the square of the length
        stretches = [[0, len(content), 0, len(content)]]
    else:
        matcher = SequenceMatcher(None, bare(raw), content, autojunk=False)
        stretches = [stretch for _, *stretch in matcher.get_opcodes()]
    for start, end, there, until in stretches:
        if end - start == until - there:
            for step in range(end - start):
                where[seen[start + step]] = there + step
    return where


def placed(raw: str, spans: Sequence[Span], content: str) -> list[Span]:
    """Spans of a raw text, in its order, as spans of ``content`` (:func:`characters`).

    White space and characters that ``content`` lacks are dropped from a span; one that has no others is empty and
    stands after the one before it. Characters of ``content`` that are in no span stay in none.
    """
    where, out, last = places(raw, content), [], 0
    for start, end in spans:
        found = [place for place in where[start:end] if place is not None]
        last = found[-1] + 1 if found else last
        out.append((found[0] if found else last, last))
    return out


def counted(gold: Sequence[GoldSentence], readings: Sequence[Sequence[SystemSentence]]) -> list[SystemSentence]:
    """What was found in each of the :func:`raw_texts`, as one list, positions counted over gold's characters."""
    out: list[SystemSentence] = []
    before = 0
    for group, raw, reading in zip(paragraphs(gold), raw_texts(gold), readings, strict=True):
        content = characters(group)
        spans = iter(placed(raw, [(word.start, word.end) for found in reading for word in found.words], content))
        for found in reading:
            moved = zip(found.words, islice(spans, len(found.words)), strict=True)
            words = (replace(word, start=start + before, end=end + before) for word, (start, end) in moved)
            out.append(SystemSentence(tuple(words)))
        before += len(content)
    return out


def as_system(gold: Sequence[GoldSentence]) -> list[SystemSentence]:
    """Gold as a system would give it that makes no mistake, positions counted."""
    out: list[SystemSentence] = []
    end = 0
    for found in gold:
        words: list[SystemWord] = []
        for token in found.tokens:
            start, end = end, end + len(bare(token.form))
            words += [
                SystemWord(start, end, word.form, word.lemma, word.upos, word.head, word.relation)
                for word in token.words
            ]
        out.append(SystemSentence(tuple(words)))
    return out


class Unit(NamedTuple):
    """A word as it is aligned: its number on its side, its token's place, whether that has several words, its form."""

    number: int
    start: int
    end: int
    several: bool
    form: str


@dataclass(slots=True)
class Side:
    """All that gold, or the system, has: words, their heads by number (-1 the root), units, tokens and sentences.

    Words without a character are no units: they count as found and are aligned with nothing.
    """

    words: list[SystemWord]
    heads: list[int]
    units: list[Unit]
    tokens: list[Span]
    sentences: list[Span]


def side(sentences: Sequence[SystemSentence]) -> Side:
    """Sentences as one side; refuses a head outside its sentence."""
    out = Side([], [], [], [], [])
    for found in sentences:
        before = len(out.words)
        for word in found.words:
            if not -1 <= word.head < len(found.words):
                raise ValueError(f"{word.form!r}: head {word.head} in a sentence of {len(found.words)} words")
            out.heads.append(word.head + before if word.head >= 0 else -1)
        for (start, end), run in groupby(found.words, key=lambda word: (word.start, word.end)):
            words = list(run)
            out.tokens.append((start, end))
            if start < end:
                numbered = enumerate(words, len(out.words))
                out.units += [Unit(at, start, end, len(words) > 1, bare(word.form).lower()) for at, word in numbered]
            out.words += words
        covered = [word for word in found.words if word.start < word.end]
        out.sentences.append((covered[0].start, covered[-1].end) if covered else (0, 0))
    return out


def within(units: Sequence[Unit], at: int, end: int) -> bool:
    """Whether the unit at ``at`` belongs before ``end``: a word of several by its start, any other by its end."""
    if at >= len(units):
        return False
    return units[at].start < end if units[at].several else units[at].end <= end


def stretch(gold: Sequence[Unit], found: Sequence[Unit], g: int, f: int) -> tuple[slice, slice]:
    """The units that overlap with a multi-word token, which ``gold[g]`` or ``found[f]`` is of, and with those it meets.

    A plain word of the other side that begins before the token is left out, one at most, as the shared task has it.
    """
    token, other = (gold[g], found[f]) if gold[g].several else (found[f], gold[g])
    early = int(not other.several and other.start < token.start)
    sides, begin = (gold, found), (g, f + early) if gold[g].several else (g + early, f)
    at, end = list(begin), token.end
    while any(within(units, here, end) for units, here in zip(sides, at, strict=True)):
        g, f = at
        turn = 0 if g < len(gold) and (f >= len(found) or gold[g].start <= found[f].start) else 1
        unit = sides[turn][at[turn]]
        end = max(end, unit.end) if unit.several else end
        at[turn] += 1
    return slice(begin[0], at[0]), slice(begin[1], at[1])


def by_form(gold: Sequence[Unit], found: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """(number found, number in gold) along a longest common sequence of forms."""
    longest = [[0] * (len(found) + 1) for _ in range(len(gold) + 1)]  # of what is left from there on
    for g in reversed(range(len(gold))):
        for f in reversed(range(len(found))):
            alike = gold[g].form == found[f].form
            longest[g][f] = 1 + longest[g + 1][f + 1] if alike else max(longest[g + 1][f], longest[g][f + 1])
    g = f = 0
    while g < len(gold) and f < len(found):
        if gold[g].form == found[f].form:
            yield found[f].number, gold[g].number
            g, f = g + 1, f + 1
        elif longest[g][f] == longest[g + 1][f]:
            g += 1
        else:
            f += 1


def align(gold: Sequence[Unit], found: Sequence[Unit]) -> dict[int, int]:
    """Number of a word found -> number of the gold word it is aligned with."""
    same: dict[int, int] = {}
    g = f = 0
    while g < len(gold) and f < len(found):
        ours, theirs = gold[g], found[f]
        if ours.several or theirs.several:
            golds, founds = stretch(gold, found, g, f)
            same.update(by_form(gold[golds], found[founds]))
            g, f = golds.stop, founds.stop
        elif (ours.start, ours.end) == (theirs.start, theirs.end):
            same[theirs.number] = ours.number
            g, f = g + 1, f + 1
        elif ours.start <= theirs.start:
            g += 1
        else:
            f += 1
    return same


def shared(gold: Sequence[Span], found: Sequence[Span]) -> int:
    """How many spans that are not empty both have."""
    both = Counter(gold) & Counter(found)
    return sum(count for (start, end), count in both.items() if start < end)


def f1(right: int, gold: int, found: int) -> float:
    """The harmonic mean of precision and recall, 0 where there is nothing."""
    return 2 * right / (gold + found) if gold + found else 0.0


def score(gold: Sequence[GoldSentence], system: Sequence[SystemSentence]) -> dict[str, float]:
    """F1, from 0 to 1, of tokens, sentences, words, upos, lemma, uas and las; positions as :func:`counted` gives them.

    A lemma is right where gold has "_"; relations are compared without subtypes.
    """
    ours, theirs = side(as_system(gold)), side(system)
    same = align(ours.units, theirs.units)
    right = Counter({"words": len(same)})
    for found, known in same.items():
        word, truth = theirs.words[found], ours.words[known]
        head = theirs.heads[found]
        attached = ours.heads[known] == (same.get(head) if head >= 0 else -1)
        right["upos"] += word.upos == truth.upos
        right["lemma"] += truth.lemma in ("_", word.lemma)
        right["uas"] += attached
        right["las"] += attached and word.relation.partition(":")[0] == truth.relation.partition(":")[0]
    figures = {
        "tokens": f1(shared(ours.tokens, theirs.tokens), len(ours.tokens), len(theirs.tokens)),
        "sentences": f1(shared(ours.sentences, theirs.sentences), len(ours.sentences), len(theirs.sentences)),
    }
    words = ("words", "upos", "lemma", "uas", "las")
    return figures | {name: f1(right[name], len(ours.words), len(theirs.words)) for name in words}
