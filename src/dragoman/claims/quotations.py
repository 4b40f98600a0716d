"""Quoted stretches of a text: from an opening quotation mark to its closing one, over paragraphs that go on.

Knows the marks and where paragraphs end; it does not know who speaks.
"""

from dragoman.claims.tree import Tree

OPENING, CLOSING, EITHER = ("“", "``"), ("”", "''"), ('"',)
MARKS = (*OPENING, *CLOSING, *EITHER)


def _paragraph_ends(tree: Tree, at: int) -> bool:
    """True when a line, or the text, ends behind a token."""
    if at + 1 >= len(tree.tokens):
        return True
    return "\n" in tree.analysis.text.content[tree.tokens[at].end : tree.tokens[at + 1].start]


def quotations(tree: Tree) -> tuple[range, ...]:
    """The quoted stretches with their marks, in order; a mark that opens inside one begins nothing.

    One that is never closed ends with its paragraph, unless the next paragraph opens with a mark again.
    """
    found: list[range] = []
    opened = -1
    for at, token in enumerate(tree.tokens):
        if opened < 0:
            opened = at if token.form in OPENING + EITHER else -1
            ends = False
        else:
            ends = token.form in CLOSING + EITHER
        if opened >= 0 and (ends or (_paragraph_ends(tree, at) and not _opens_next(tree, at))):
            found.append(range(opened, at + 1))
            opened = -1
    return tuple(found)


def _opens_next(tree: Tree, at: int) -> bool:
    return at + 1 < len(tree.tokens) and tree.tokens[at + 1].form in OPENING


def same_paragraph(tree: Tree, left: int, right: int) -> bool:
    """True when no line ends between two tokens."""
    return "\n" not in tree.analysis.text.content[tree.tokens[left].end : tree.tokens[right].start]
