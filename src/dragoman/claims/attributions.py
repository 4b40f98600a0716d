"""Attributions: every place where a text says that somebody says, holds or shows something; source, cue and content.

Knows trees, quoted stretches and the attributing words; it does not know what is an act. Nothing is grounded here: a
source is words, "he" included. Attributions inside the content of others are found too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.claims.attributing import words
from dragoman.claims.cue_nouns import according, adjective, colon, framing, noun
from dragoman.claims.cue_verbs import Found, Reader, describes, trimmed, verb
from dragoman.claims.lexicon import Lexicon
from dragoman.claims.quotations import MARKS, quotations, same_paragraph
from dragoman.claims.tree import Tree
from dragoman.types import Span

LONG_WAY = 12  # tokens between a cue and the quoted words behind it that are its content; set by hand
JUST_BEFORE = 3  # tokens between quoted words and a cue behind them; set by hand


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose word a thing is. ``kind``: "said", "held" (thought, felt, wanted) or "shown" (by a poll, a report).

    Each part is stretches of words in order, as "C, said X, C" divides a content; ``source`` is empty where nobody is
    named ("is said to").
    """

    kind: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def attributions(tree: Tree, lexicon: Lexicon) -> tuple[Attribution, ...]:
    """All attributions of a text in the order of their cues."""
    reader = Reader(tree, words(lexicon), quotations(tree))
    found = []
    for at in range(len(tree.tokens)):
        one = _found_at(reader, at)
        if one:
            _add_quotes(reader, one)
            one.content -= one.cue | one.source
            if one.content:
                found.append(one)
    _continue_quotes(reader, found)
    return tuple(_as_attribution(tree, one) for one in found)


def _found_at(reader: Reader, at: int) -> Found | None:
    tree = reader.tree
    tag, form = tree.tag(at), tree.tokens[at].form.lower()
    if form == ":":
        return colon(reader, at)
    if form == "according":
        return according(reader, at)
    if tag == "NOUN":
        return framing(reader, at) or noun(reader, at)
    if tag == "ADJ" or describes(reader, at):
        return adjective(reader, at)
    return verb(reader, at) if tag == "VERB" else None


def _add_quotes(reader: Reader, found: Found) -> None:
    """Quoted words that a content enters belong to it whole; a cue without content has the nearest ones.

    A content that begins with a quoted clause is that clause, and not where or when it was said.
    """
    outside = [quote for quote in reader.quotes if found.at not in quote]
    if found.content:
        entered = [quote for quote in outside if found.content.intersection(quote)]
        inside = {at for quote in entered for at in quote}
        direct = any(min(found.content) in quote and _is_clause(reader.tree, quote) for quote in entered)
        found.content = inside if direct else found.content | inside
        return
    near = [(gap, quote) for quote in outside if (gap := _gap(reader, found, quote)) is not None]
    if near:
        found.content = set(min(near, key=lambda pair: pair[0])[1])


def _is_clause(tree: Tree, quote: range) -> bool:
    return any(tree.tag(at) in ("VERB", "AUX") for at in quote)


def _gap(reader: Reader, found: Found, quote: range) -> int | None:
    """The tokens between a cue with its source and quoted words; None where these cannot be what is said."""
    tree, own = reader.tree, found.cue | found.source
    first, last = min(own), max(own)
    start, end = tree.analysis.sentences[tree.sentence_of[found.at]]
    if quote.start > last:
        colon = tree.tokens[end - 1].form == ":" and quote.start == end
        return quote.start - last if (quote.start < end or colon) and quote.start - last < LONG_WAY else None
    if quote.stop <= first:
        return first - quote.stop if quote.stop >= start and first - quote.stop < JUST_BEFORE else None
    return None


def _continue_quotes(reader: Reader, found: list[Found]) -> None:
    """Whole quoted sentences right behind "C, X said." are the same speaker's."""
    tree = reader.tree
    quoted = {at for quote in reader.quotes for at in quote}
    taken = {at for one in found if one.at not in quoted for at in one.content}
    for one in found:
        said = [quote for quote in reader.quotes if one.content.intersection(quote)]
        if not said or not one.content <= {at for quote in said for at in quote}:
            continue
        end = max(one.content | one.cue | one.source)
        for quote in reader.quotes:
            between = range(end + 1, quote.start)
            if quote.start <= end or any(tree.tag(k) != "PUNCT" for k in between):
                continue
            if taken.isdisjoint(quote) and same_paragraph(tree, end, quote.start):
                one.content |= set(quote)
                end = quote.stop - 1


def _runs(tokens: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each run of tokens that follow each other."""
    first = last = -1
    for at in sorted(tokens):
        if first >= 0 and at != last + 1:
            yield first, last
            first = at
        first, last = (at, at) if first < 0 else (first, at)
    if first >= 0:
        yield first, last


def _spans(tree: Tree, tokens: set[int]) -> tuple[Span, ...]:
    """Tokens as spans, each without punctuation at its edges; what only punctuation divides is one."""
    joined = set(tokens)
    previous = None
    for first, last in _runs(tokens):
        if previous is not None and all(tree.tag(k) == "PUNCT" for k in range(previous + 1, first)):
            joined |= set(range(previous + 1, first))
        previous = last
    found = []
    for first, last in _runs(joined):
        kept = trimmed(tree, set(range(first, last + 1)))
        if len(tokens) == 1 and not kept:
            kept = tokens  # the colon of "X: C"
        if kept and any(tree.tokens[k].form not in MARKS for k in kept):
            found.append(tree.span(min(kept), max(kept)))
    return tuple(found)


def _as_attribution(tree: Tree, found: Found) -> Attribution:
    return Attribution(found.kind, _spans(tree, found.source), _spans(tree, found.cue), _spans(tree, found.content))
