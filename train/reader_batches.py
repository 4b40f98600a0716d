"""Sentences to windows, windows to batches of tensors; what is changed in training so that headlines are read too."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import torch
from evals.corpora import Span
from evals.treebank import Row
from torch import Tensor

from dragoman.language.wordpiece import BEGIN, NONE, PADDING, SEPARATOR, UNKNOWN, Vocabulary
from train.reader_data import MENTIONS, NAMES, RE3D, Document, Sentence

T = TypeVar("T")
IGNORE = -100
SCHEMES = tuple(1 + len(types) for types in (NAMES, MENTIONS, RE3D))  # types of each, with "none" first
ARTICLES = ("a", "an", "the")
PLURAL = ("NOUN:NNS", "PROPN:NNPS")


@dataclass(frozen=True, slots=True)
class Codes:
    """Numbers of tags (UPOS:XPOS) and of relations."""

    tags: Mapping[str, int]
    relations: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of about one length as padded tensors [S, L]; see :func:`group`."""

    words: Tensor  # index into the batch's word vectors
    real: Tensor  # bool
    tags: Tensor
    heads: Tensor
    relations: Tensor
    schemes: tuple[Tensor, Tensor, Tensor]  # [S, L, L] bits of the types allowed, 0: not labelled


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows [B, T] and the sentences in them; ``links``: by text the words that head mentions, and their chains."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    first: Tensor
    groups: tuple[Group, ...]
    links: tuple[tuple[Tensor, Tensor], ...]


def keep(rows: Sequence[Row], kept: Sequence[int]) -> Sentence:
    """A sentence of only these words of a tree, whose heads are all among them; its other layers are let go."""
    new = {old: at for at, old in enumerate(kept)}
    short = tuple(replace(rows[old], head=new.get(rows[old].head, -1)) for old in kept)
    return Sentence(tuple(row.form for row in short), short)


def third(lemma: str) -> str:
    """A verb's form with -s."""
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    return lemma[:-1] + "ies" if lemma[-1] == "y" and lemma[-2:-1] not in "aeiou" else lemma + "s"


def present(rows: Sequence[Row]) -> list[Row]:
    """The tree with its root told in the present, as headlines do, and "will" as "to"."""
    out = list(rows)
    for at, row in enumerate(rows):
        subject = next((r for r in rows if r.head == at and r.relation == "nsubj"), None)
        if row.head == -1 and row.tag == "VERB:VBD" and subject and row.lemma.isalpha():
            single = subject.tag not in PLURAL and subject.form.lower() not in ("they", "we", "i", "you")
            several = any(r.relation == "conj" and rows[r.head] is subject for r in rows)
            form, tag = (third(row.lemma), "VERB:VBZ") if single and not several else (row.lemma, "VERB:VBP")
            out[at] = replace(row, form=form, tag=tag)
        if row.form.lower() == "will" and row.relation == "aux" and rows[row.head].tag == "VERB:VB":
            out[at] = replace(row, form="to", tag="PART:TO", relation="mark", lemma="to")
    return out


def headline(sentence: Sentence, luck: random.Random) -> Sentence:
    """A treebank sentence as a headline would put it: no articles, no "be", the present, no full stop."""
    if sentence.rows is None:
        return sentence
    rows = present(sentence.rows)
    above = {row.head for row in rows}
    kept = []
    for at, row in enumerate(rows):
        article = row.form.lower() in ARTICLES and row.relation == "det"
        be = row.lemma == "be" and row.relation in ("aux", "aux:pass", "cop")
        stop = at == len(rows) - 1 and row.form == "."
        if at in above or not (article or stop or (be and luck.random() < 0.7)):
            kept.append(at)
    short = keep(rows, kept)
    return capitals(short) if luck.random() < 0.4 else short


def capitals(sentence: Sentence) -> Sentence:
    """The sentence in title case."""
    return recased(sentence, lambda form: form[:1].upper() + form[1:] if len(form) > 3 or form[:1].isupper() else form)


def recased(sentence: Sentence, change) -> Sentence:  # type: ignore[no-untyped-def]
    """The sentence with its words changed."""
    forms = tuple(change(form) for form in sentence.forms)
    rows = sentence.rows and tuple(replace(row, form=form) for row, form in zip(sentence.rows, forms, strict=True))
    return replace(sentence, forms=forms, rows=rows)


def varied(sentence: Sentence, luck: random.Random) -> Sentence:
    """The sentence, or now and then another way to write it."""
    dice = luck.random()
    if dice < 0.10 and sentence.mentions is None and sentence.names is None and len(sentence.forms) > 4:
        return headline(sentence, luck)
    if 0.10 <= dice < 0.14:
        return recased(sentence, str.lower)
    if 0.14 <= dice < 0.17:
        return capitals(sentence)
    if 0.17 <= dice < 0.19:
        return recased(sentence, str.upper)
    rows, last = sentence.rows, len(sentence.forms) - 1
    only_tree = rows is not None and sentence.mentions is None and sentence.names is None
    if 0.19 <= dice < 0.27 and only_tree and last > 2 and rows[last].form == "." and all(r.head != last for r in rows):
        return keep(rows, range(last))
    return sentence


def both(one: Mapping[Span, T] | None, other: Mapping[Span, T] | None, by: int) -> dict[Span, T] | None:
    """Spans of two sentences run together, the second ``by`` words further on; None where one is not labelled."""
    if one is None or other is None:
        return None
    return {**one, **{(first + by, last + by): kind for (first, last), kind in other.items()}}


def joined(document: Document, share: float, luck: random.Random) -> Document:
    """The document, a share of its sentences run on into the next, as bad splitting does: names stay, trees go."""
    out: Document = []
    for sentence in document:
        run = one_sentence(out[-1], sentence) if out and luck.random() < share else None
        if run is None:
            out.append(sentence)
        else:
            out[-1] = run
    return out


def one_sentence(one: Sentence, other: Sentence) -> Sentence | None:
    """Two sentences as one with the names of both; None where neither kind of names is labelled in both."""
    names, kept = (both(a, b, len(one.forms)) for a, b in ((one.names, other.names), (one.re3d, other.re3d)))
    if names is None and kept is None:
        return None
    return Sentence(one.forms + other.forms, names=names, names_free=one.names_free, re3d=kept)


Window = list[Sentence]


def windows(document: Document, budget: int, vocabulary: Vocabulary, longest: int = 500) -> Iterator[Window]:
    """Runs of sentences of at most ``budget`` pieces, or one longer sentence; one over ``longest`` is left out."""
    run: Window = []
    size = 1
    for sentence in document:
        pieces = 1 + sum(len(vocabulary.word(form)[0]) for form in sentence.forms)
        if pieces > longest:
            continue
        if run and size + pieces > budget:
            yield run
            run, size = [], 1
        run.append(sentence)
        size += pieces
    if run:
        yield run


def pieces(window: Window, vocabulary: Vocabulary) -> tuple[list[int], list[int], list[int]]:
    """A window's pieces, their shapes, and where each of its words begins."""
    numbers = vocabulary.numbers
    ids, shapes, first = [numbers[BEGIN]], [NONE], []
    for sentence in window:
        for form in sentence.forms:
            found, shape = vocabulary.word(form)
            first.append(len(ids))
            ids += found
            shapes += [shape] * len(found)
        ids.append(numbers[SEPARATOR])
        shapes.append(NONE)
    return ids, shapes, first


def bits(types: Sequence[str], allowed: frozenset[str] | set[str], none: bool) -> int:
    """A set of types as bits; bit 0 is "none"."""
    return int(none) | sum(2 << at for at, kind in enumerate(types) if kind in allowed)


def scheme(sentence: Sentence, which: int, length: int) -> Tensor:
    """The types each span of a sentence may have under a scheme, as bits [L, L]; 0 where nothing is labelled."""
    out = torch.zeros(length, length, dtype=torch.int32)
    size = len(sentence.forms)
    spans = (sentence.names, sentence.mentions, sentence.re3d)[which]
    if spans is None:
        return out
    types = (NAMES, MENTIONS, RE3D)[which]
    out[:size, :size] = torch.triu(
        torch.full((size, size), bits(types, sentence.names_free if which == 0 else frozenset(), True))
    )
    for (first, last), kind in spans.items():
        out[first, last] = bits(types, kind if isinstance(kind, frozenset) else {kind}, False)
    return out


def group(sentences: Sequence[tuple[int, Sentence]], codes: Codes) -> Group:
    """Sentences, each with the number of its first word in the batch, as padded tensors."""
    length = max(len(sentence.forms) for _, sentence in sentences)
    shape = (len(sentences), length)
    words, real = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.bool)
    tags, heads, relations = (torch.full(shape, IGNORE) for _ in range(3))
    for at, (begin, sentence) in enumerate(sentences):
        size = len(sentence.forms)
        words[at, :size] = torch.arange(begin, begin + size)
        real[at, :size] = True
        for place, row in enumerate(sentence.rows or ()):
            tags[at, place] = codes.tags.get(row.tag, IGNORE)
            heads[at, place] = row.head + 1
            relations[at, place] = codes.relations.get(row.relation, IGNORE)
    schemes = tuple(torch.stack([scheme(s, which, length) for _, s in sentences]) for which in range(3))
    return Group(words, real, tags, heads, relations, schemes)  # type: ignore[arg-type]


def links(window: Window, begin: int) -> tuple[Tensor, Tensor]:
    """The words of a window that head mentions, in order, with their chains (-1: of none)."""
    found: list[tuple[int, int]] = []
    for sentence in window:
        if sentence.chains is not None and sentence.rows is not None and sentence.mentions is not None:
            rows = sentence.rows
            heads = {next(at for at in range(a, b + 1) if not a <= rows[at].head <= b) for a, b in sentence.mentions}
            for at in sorted(heads | set(sentence.chains)):
                found.append((begin + at, sentence.chains.get(at, -1)))
        begin += len(sentence.forms)
    both = torch.tensor(found, dtype=torch.long).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def grouped(placed: Sequence[tuple[int, Sentence]], codes: Codes, room: int = 40_000) -> tuple[Group, ...]:
    """Sentences in groups of similar length, each of at most ``room`` pairs of words, padded, or of one sentence."""
    out: list[list[tuple[int, Sentence]]] = []
    for found in sorted(placed, key=lambda pair: len(pair[1].forms)):
        if not out or (len(out[-1]) + 1) * len(found[1].forms) ** 2 > room:
            out.append([])
        out[-1].append(found)
    return tuple(group(sentences, codes) for sentences in out)


def batch(
    chosen: Sequence[Window], vocabulary: Vocabulary, codes: Codes, unknown: float = 0.0, *, together: bool = False
) -> Batch:
    """Windows as one batch; ``unknown``: the share of pieces made unknown; ``together``: all are of one text."""
    read = [pieces(window, vocabulary) for window in chosen]
    length = max(len(ids) for ids, _, _ in read)
    ids = torch.full((len(read), length), vocabulary.numbers[PADDING])
    shapes = torch.full((len(read), length), NONE)
    mask = torch.zeros(len(read), length)
    first: list[int] = []
    placed, linked = [], []
    for at, ((found, forms, starts), window) in enumerate(zip(read, chosen, strict=True)):
        ids[at, : len(found)] = torch.tensor(found)
        shapes[at, : len(found)] = torch.tensor(forms)
        mask[at, : len(found)] = 1.0
        linked.append(links(window, len(first)))
        begin = len(first)
        for sentence in window:
            placed.append((begin, sentence))
            begin += len(sentence.forms)
        first += [at * length + start for start in starts]
    if unknown:
        gone = (torch.rand(ids.shape) < unknown) & (ids > 1995)  # below: special pieces and single characters
        ids[gone] = vocabulary.numbers[UNKNOWN]
    if together:
        linked = [(torch.cat([words for words, _ in linked]), torch.cat([chains for _, chains in linked]))]
    return Batch(ids, shapes, mask, torch.tensor(first), grouped(placed, codes), tuple(linked))
