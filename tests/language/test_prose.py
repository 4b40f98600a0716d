"""Participles without an auxiliary: finite in prose, left alone in headlines and where the form says participle."""

import pytest

from dragoman.language import prose


def mended(forms: list[str], tag: str = "VERB:VBN", *more: str) -> tuple[str, str]:
    """The tag of the second word, a root, and the relation of the first, its subject."""
    tags = ["PROPN:NNP", tag, *["PUNCT:."] * (len(forms) - 2)]
    heads = [1, -1, *[1] * (len(forms) - 2)]
    relations = ["nsubj:pass", "root", *more, *["punct"] * (len(forms) - 2 - len(more))]
    prose.mend(forms, tags, heads, relations)
    return tags[1], relations[0]


@pytest.mark.parametrize("end", [["."], [".", "”"], ["!"], ["?", "'"]])
def test_in_prose_it_is_the_past_tense(end: list[str]) -> None:
    """A sentence with its stop, before closing quotation marks too."""
    assert ("VERB:VBD", "nsubj") == mended(["Ghana", "mediated", *end])


@pytest.mark.parametrize(
    ("forms", "tag", "more"),
    [
        (["Three", "killed"], "VERB:VBN", ()),
        (["Ghana", "taken", "."], "VERB:VBN", ()),
        (["Ghana", "left", "."], "VERB:VBD", ()),
        (["Ghana", "praised", "was", "."], "VERB:VBN", ("aux:pass",)),
    ],
)
def test_what_may_be_a_passive_is_left_alone(forms: list[str], tag: str, more: tuple[str, ...]) -> None:
    """A headline, a form that is a participle only, another tag, an auxiliary."""
    assert (tag, "nsubj:pass") == mended(forms, tag, *more)


@pytest.mark.parametrize("forms", [["."], ["Ghana"], ["”", "”"]])
def test_short_sentences_are_allowed(forms: list[str]) -> None:
    """Also those of nothing but signs."""
    assert prose.stopped(forms) == (forms == ["."])
