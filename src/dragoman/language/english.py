"""The English reader: a text to sentences, words, tags, lemmas, trees, names, mentions and chains.

``Token.tag`` is the UD part of speech, with a form after a colon where one is needed: "VERB:VBD" (and VB, VBG, VBN,
VBP, VBZ), "AUX:MD" for modals, "NOUN:NNS" for plural nouns, else the bare UPOS ("AUX", "NOUN", "PROPN", "ADJ", ...).
``head`` is an index into the text's tokens, -1 at a root; ``relation`` is UD v2. Offsets count code points of
``Text.content``; characters that are no part of a word (white space, control and zero-width characters) belong to no
token. Sentences and words are cut by rules, lemmas made by rules on endings, all else read by the network.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.language import chains, lemmas, names, network, prose, sentences, spans, tokens, trees
from dragoman.language.network import Floats, Network, Scores
from dragoman.types import Analysis, Entity, Text, Token

MODEL = "english@5"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is read of one sentence: tags as UPOS:XPOS, heads by place in it (-1 at the root), spans of words, and a
    row a word of vectors, queries and keys (:class:`dragoman.language.network.Scores`).
    """

    tags: list[str]
    lemmas: list[str]
    heads: list[int]
    relations: list[str]
    names: list[tuple[int, int, str]]
    mentions: list[tuple[int, int, str]]
    vectors: Floats
    acts: Floats
    query: Floats
    key: Floats


def blocks(content: str, body_at: int) -> Iterator[tuple[int, int]]:
    """The title and the body, as spans; the title is sentences of its own."""
    if 0 < body_at < len(content):
        yield 0, body_at
        yield body_at, len(content)
    else:
        yield 0, len(content)


def runs(model: Network, forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """A sentence's words in runs (first, end) that the network can read at once: mostly one run, of all of them."""
    first, room = 0, network.LONGEST
    for at, form in enumerate(forms):
        size = model.pieces(form)
        if size > room:
            yield first, at
            first, room = at, network.LONGEST
        room -= size
    if first < len(forms):
        yield first, len(forms)


def cut(model: Network, content: str, body_at: int) -> Iterator[list[tuple[int, int]]]:
    """The sentences that have a word, as lists of token spans, none longer than the network can read at once."""
    for start, end in blocks(content, body_at):
        for first, last in sentences.split(content, start, end):
            words = list(tokens.split(content, first, last))
            for begin, stop in runs(model, [content[a:b] for a, b in words]):
                yield words[begin:stop]


def output(tag: str) -> str:
    """The tag that leaves the reader: UPOS, with the form of verbs, modals and plural nouns after a colon."""
    upos, _, xpos = tag.partition(":")
    if upos == "VERB":
        return tag if xpos.startswith("VB") else "VERB:VB"
    return tag if tag in ("AUX:MD", "NOUN:NNS") else upos


def sentence(model: Network, forms: Sequence[str], scores: Scores) -> Sentence:
    """One sentence of its scores."""
    tags = model.chosen(scores)
    heads = trees.decode(scores.arcs)
    relations = model.relations(scores, heads)
    prose.mend(forms, tags, heads, relations)
    rules = lemmas.load()
    return Sentence(
        tags,
        [lemmas.lemma(form, tag, rules) for form, tag in zip(forms, tags, strict=True)],
        heads,
        relations,
        names.decode(forms, model.scheme(scores, "names"), model.types["names"]),
        spans.decode(model.scheme(scores, "mentions"), model.types["mentions"], nested=True),
        scores.vectors,
        scores.acts,
        scores.query.copy(),
        scores.key.copy(),
    )


def read(model: Network, given: Sequence[Sequence[str]]) -> list[Sentence]:
    """Sentences of words, as they follow each other in a text; none is longer than the network can read at once."""
    found = {at: sentence(model, given[at], scores) for at, scores in model.scored(given)}
    return [found[at] for at in range(len(given))]


def analyse(text: Text, body_at: int = 0) -> Analysis:
    """Read a text; ``body_at`` is the code point where its body starts, after its title (0: there is no title)."""
    model = network.load()
    content = text.content
    places = list(cut(model, content, body_at))
    forms = [[content[start:end] for start, end in place] for place in places]
    found = read(model, forms)
    words: list[Token] = []
    ranges: list[tuple[int, int]] = []
    entities: list[Entity] = []
    for place, one in zip(places, found, strict=True):
        first = len(words)
        for at, (start, end) in enumerate(place):
            head = one.heads[at]
            words.append(
                Token(
                    start,
                    end,
                    content[start:end],
                    one.lemmas[at],
                    output(one.tags[at]),
                    head + first if head >= 0 else -1,
                    one.relations[at],
                )
            )
        ranges.append((first, len(words)))
        entities += [Entity(first + a, first + b, kind) for a, b, kind in one.names]
    mentions = chains.mentions(forms, found)
    linked = chains.link(mentions)
    begin = len(entities)
    entities += [Entity(m.first, m.last, m.kind, "mention") for m in mentions]
    vectors = np.concatenate([one.acts for one in found]).astype("<f2").tobytes() if found else b""
    return Analysis(
        text,
        tuple(words),
        tuple(ranges),
        tuple(entities),
        tuple(tuple(begin + at for at in chain) for chain in linked),
        MODEL,
        vectors,
    )
