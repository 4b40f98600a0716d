"""Headlines without a verb: the word that must be one, found by its place between two names or nouns.

"Russia warns Ecowas", "Egyptian official meets Assad": the tagger, trained on running text, reads such verbs as
plural nouns. Changes tags of a sentence that has no finite verb; knows words and tags only.
"""

from collections.abc import Sequence

from dragoman.language import features
from dragoman.language.tagger import Tagger

FINITE = ("VERB:VBD", "VERB:VBZ", "VERB:VBP", "AUX:")
SUBJECT = ("PROPN", "NOUN", "PRON")
OBJECT = ("PROPN", "NOUN", "ADJ", "DET", "PRON", "NUM", "PUNCT", "ADV")
# Verbs in headlines even before a preposition ("calls for", "heads to"); other such words are nouns there ("talks on")
VERBS_BEFORE_PREPOSITIONS = ("calls", "heads", "appeals", "returns", "moves", "turns", "pushes")
MORE = ("ADP", "PART", "SCONJ")  # may follow a verb that is no noun ("warns of", "seeks to")


def _allowed(model: Tagger, form: str) -> set[str]:
    """The tags training saw a form with."""
    entry = model.lexicon.entries.get(features.plain(form))
    return {model.tags[tag] for tag in entry.allowed} if entry else set()


def _stems(form: str) -> list[str]:
    low = form.lower()
    return [low[:-1], *([low[:-2]] if low.endswith("es") else []), *([low[:-3] + "y"] if low.endswith("ies") else [])]


def _third_person(model: Tagger, form: str) -> bool:
    """True for what can be a verb in -s: seen as one, or a known verb with -s."""
    if not form.lower().endswith("s") or form.lower().endswith("ss"):
        return False
    return "VERB:VBZ" in _allowed(model, form) or any("VERB:VB" in _allowed(model, stem) for stem in _stems(form))


def _verb_here(model: Tagger, forms: Sequence[str], tags: Sequence[str], at: int) -> str:
    """The finite tag that a noun can have at this place, "" for none."""
    before = at - 2 if tags[at - 1].startswith("ADV") and at > 1 else at - 1
    if not tags[at].startswith(("NOUN", "PROPN")) or not tags[before].startswith(SUBJECT):
        return ""
    plural = tags[before] == "NOUN:NNS" or "CCONJ:CC" in tags[max(before - 3, 0) : before]
    if not plural and _third_person(model, forms[at]):
        noun = "NOUN:NNS" in _allowed(model, forms[at])
        if at + 1 == len(forms):
            return "" if noun else "VERB:VBZ"
        ruled = noun and forms[at].lower() not in VERBS_BEFORE_PREPOSITIONS
        return "VERB:VBZ" if tags[at + 1].startswith(OBJECT if ruled else (*OBJECT, *MORE)) else ""
    if plural and at + 1 < len(forms) and "VERB:VB" in _allowed(model, forms[at]):
        return "VERB:VBP" if tags[at + 1].startswith(OBJECT) else ""
    return ""


def retag(model: Tagger, forms: Sequence[str], tags: list[str]) -> list[str]:
    """The tags of a headline, with a finite verb where it has none and one word can be it."""
    if any(tag.startswith(FINITE) for tag in tags):
        return tags
    for at in range(1, len(forms)):
        found = _verb_here(model, forms, tags, at)
        if found:
            return [*tags[:at], found, *tags[at + 1 :]]
    return tags
