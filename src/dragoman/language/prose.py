"""Passives without their auxiliary, which are for headlines: in a sentence of prose they are the past tense.

"Three killed in raid" is a headline; "Ghana mediated in the dispute." with its full stop is none, and the network,
which reads both, at times takes the one for the other. Changes tags and relations; knows words only.
"""

from collections.abc import Sequence

from dragoman.language import lemmas

STOPS = (".", "!", "?")
CLOSING = ('"', "”", "’", "'", ")")
FINITE = ("root", "conj", "ccomp", "parataxis")
PARTICIPLE, PAST = "VERB:VBN", "VERB:VBD"


def stopped(forms: Sequence[str]) -> bool:
    """Whether a sentence has the stop of prose, before closing quotation marks too."""
    end = len(forms)
    while end > 1 and forms[end - 1] in CLOSING:
        end -= 1
    return end > 0 and forms[end - 1] in STOPS


def mend(forms: Sequence[str], tags: list[str], heads: Sequence[int], relations: list[str]) -> None:
    """Make finite, in place, the participles of a sentence of prose that have a subject but no auxiliary.

    Only where past tense and participle are one form: "taken" stays what it is.
    """
    if not stopped(forms):
        return
    rules = lemmas.load()
    for at, tag in enumerate(tags):
        if tag != PARTICIPLE or relations[at].partition(":")[0] not in FINITE:
            continue
        below = [kid for kid, head in enumerate(heads) if head == at]
        subjects = [kid for kid in below if relations[kid] == "nsubj:pass"]
        if not subjects or any(relations[kid].startswith("aux") for kid in below):
            continue
        if lemmas.lemma(forms[at], PAST, rules) == lemmas.lemma(forms[at], PARTICIPLE, rules):
            tags[at] = PAST
            for kid in subjects:
                relations[kid] = "nsubj"
