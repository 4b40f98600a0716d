"""The first, light English reader: a text to sentences, words, tags, lemmas, heads and relations.

``Token.tag`` is the UD part of speech, with a form after a colon where one is needed: "VERB:VBD" (and VB, VBG, VBN,
VBP, VBZ), "AUX:MD" for modals, "NOUN:NNS" for plural nouns, else the bare UPOS ("AUX", "NOUN", "PROPN", "ADJ", ...).
``head`` is an index into the text's tokens, -1 at a root; ``relation`` is UD v2 (parser.py). Offsets
count code points of ``Text.content``; characters that are no part of a word (white space, control and zero-width
characters) belong to no token.
"""

from collections.abc import Iterator

from dragoman.language import headlines, lemmas, parser, sentences, tagger, tokens
from dragoman.types import Analysis, Text, Token

MODEL = "english@2"
# A "sentence" of more tokens is a table or a list; it is cut so that time per token stays bounded
LONGEST = 400


def blocks(content: str, body_at: int) -> Iterator[tuple[int, int]]:
    """The title and the body, as spans; the title is sentences of its own."""
    if 0 < body_at < len(content):
        yield 0, body_at
        yield body_at, len(content)
    else:
        yield 0, len(content)


def cut(content: str, body_at: int) -> Iterator[list[tuple[int, int]]]:
    """The sentences that have a word, as lists of token spans, none longer than LONGEST."""
    for start, end in blocks(content, body_at):
        for first, last in sentences.split(content, start, end):
            spans = list(tokens.split(content, first, last))
            for at in range(0, len(spans), LONGEST):
                yield spans[at : at + LONGEST]


def analyse(text: Text, body_at: int = 0) -> Analysis:
    """Read a text; ``body_at`` is the code point where its body starts, after its title (0: there is no title)."""
    model, trees = tagger.load(), parser.load()
    content = text.content
    found: list[Token] = []
    ranges: list[tuple[int, int]] = []
    for spans in cut(content, body_at):
        first = len(found)
        forms = [content[start:end] for start, end in spans]
        inner = model.tag(forms)
        if spans[0][0] < body_at:
            inner = headlines.retag(model, forms, inner)
        tags = [tagger.output(tag) for tag in inner]
        for at, (head, relation) in enumerate(zip(*trees.parse(forms, tags), strict=True)):
            lemma = lemmas.lemma(forms[at], inner[at], model.lemmas)
            above = head + first if head >= 0 else -1
            found.append(Token(*spans[at], forms[at], lemma, tags[at], above, relation))
        ranges.append((first, len(found)))
    return Analysis(text, tuple(found), tuple(ranges), model=MODEL)
