"""Names, mentions and chains of the English reader, measured on parts of corpora that it was not trained on.

    python -m evals.entities [--corpus NAME ...] [--every N] [--json]

Exact spans with exact types, F1 over all documents, from the corpus's own words. ``newswire`` (ww_newswire): PERSON,
ORGANISATION, LOCATION (our STATE and PLACE), NORP (our GROUP); ``uner`` (UNER EWT test): PERSON, ORGANISATION,
LOCATION (STATE, PLACE, FACILITY); ``politics`` (CrossNER politics test): those, EVENT, and OTHER for its "misc" (our
GROUP and OTHER); ``re3d``: the documents held out of training, by the types of its own; ``gum``: all mentions of GUM
test with its ten types; ``chains``: CoNLL F1 on OntoGUM test, the genres whose texts may be in a shipped model, over
mentions found by the reader; ``chains all``: on all genres that are not masked. ``--every N``: every N-th document of
newswire.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from evals import coreference, corpora, treebank
from evals.corpora import Span
from evals.treebank import SHARED

from dragoman.language import chains, english, network, spans
from dragoman.language import names as names_of

Sentences = Sequence[Sequence[str]]
Found = set[tuple[int, int, int, str]]  # sentence, first word, last word, type
LOCATION = "LOCATION"
NEWSWIRE = {"PERSON": "PERSON", "ORGANISATION": "ORGANISATION", "STATE": LOCATION, "PLACE": LOCATION, "GROUP": "NORP"}
NEWSWIRE_GOLD = {"Person": "PERSON", "Organization": "ORGANISATION", "Location": LOCATION, "NORP": "NORP"}
COARSE = {
    "PERSON": "PERSON", "ORGANISATION": "ORGANISATION", "STATE": LOCATION, "PLACE": LOCATION, "FACILITY": LOCATION,
}  # fmt: skip
UNER_GOLD = {"PER": "PERSON", "ORG": "ORGANISATION", "LOC": LOCATION}
POLITICS = {**COARSE, "EVENT": "EVENT", "GROUP": "OTHER", "OTHER": "OTHER"}
POLITICS_GOLD = {
    "politician": "PERSON", "person": "PERSON", "organisation": "ORGANISATION", "politicalparty": "ORGANISATION",
    "country": LOCATION, "location": LOCATION, "event": "EVENT", "election": "EVENT", "misc": "OTHER",
}  # fmt: skip


def found(sentences: Sentences, scheme: str) -> Found:
    """The spans of one scheme in sentences that follow each other; what is too long to be read at once is cut."""
    model = network.load()
    cuts = [(at, a, b) for at, words in enumerate(sentences) for a, b in english.runs(model, words)]
    out: Found = set()
    for number, scores in model.scored([sentences[at][a:b] for at, a, b in cuts]):
        at, begin, _ = cuts[number]
        own, types = model.scheme(scores, scheme), model.types[scheme]
        words = sentences[at][begin : begin + len(own)]
        kept = names_of.decode(words, own, types) if scheme == "names" else spans.decode(own, types, nested=True)
        out |= {(at, begin + first, begin + last, kind) for first, last, kind in kept}
    return out


def renamed(spans_: Found, names: Mapping[str, str]) -> Found:
    """Spans with the types that ``names`` has, under their other name."""
    return {(at, first, last, names[kind]) for at, first, last, kind in spans_ if kind in names}


def labelled(layers: Iterable[Mapping[Span, str]]) -> Found:
    """Gold spans sentence by sentence as one set."""
    return {(at, first, last, kind) for at, layer in enumerate(layers) for (first, last), kind in layer.items()}


def f1(right: int, gold: int, guessed: int) -> float:
    """F1 of counts."""
    return 2 * right / (gold + guessed) if gold + guessed else 0.0


def figures(documents: Iterable[tuple[Found, Found]], name: str) -> dict[str, float]:
    """F1 over documents of (gold, found), of all types together and of each."""
    counts: dict[str, Counter[str]] = {"right": Counter(), "gold": Counter(), "found": Counter()}
    for gold, guessed in documents:
        for which, chosen in (("right", gold & guessed), ("gold", gold), ("found", guessed)):
            counts[which].update(kind for *_, kind in chosen)
    both = [counts[which] for which in ("right", "gold", "found")]
    kinds = sorted(counts["gold"] | counts["found"])
    total = {name: f1(*(found.total() for found in both))}
    return total | {f"{name} {kind}": f1(*(found[kind] for found in both)) for kind in kinds}


def names(
    documents: Iterable[corpora.Labelled], gold: Mapping[str, str], ours: Mapping[str, str], name: str
) -> dict[str, float]:
    """Names of a corpus, its types and ours brought to the same ones."""
    return figures(
        (
            (renamed(labelled(layers), gold), renamed(found(sentences, "names"), ours))
            for sentences, layers in documents
        ),
        name,
    )


def newswire(every: int) -> dict[str, float]:
    """Names on worldwide newswire."""
    paths = sorted((SHARED / "ww_newswire" / "processed_annotated").glob("*.tsv"))[::every]
    return names(map(corpora.newswire, paths), NEWSWIRE_GOLD, NEWSWIRE, "newswire")


def re3d() -> dict[str, float]:
    """Entities of re3d's held-out documents."""
    kept = [document for name, document in corpora.re3d().items() if corpora.held_out(name)]
    return figures(((labelled(layers), found(sentences, "re3d")) for sentences, layers in kept), "re3d")


def gum() -> dict[str, float]:
    """Mentions of GUM test."""
    documents = [corpora.gum(name) for name in treebank.gum_names("test")]
    return figures(
        (
            (
                labelled(document.mentions),
                found([[row.form for row in one.rows] for one in document.sentences], "mentions"),
            )
            for document in documents
        ),
        "gum",
    )


def linked(genres: Sequence[str], name: str) -> dict[str, float]:
    """CoNLL F1 of chains on OntoGUM test."""
    model = network.load()
    documents = []
    for title in treebank.gum_names("test", genres):
        document = corpora.gum(title)
        forms = [[row.form for row in one.rows] for one in document.sentences]
        given = chains.mentions(forms, english.read(model, forms))
        response = [{(given[at].first, given[at].last) for at in chain} for chain in chains.link(given)]
        documents.append((document.chains(), response))
    scores = coreference.score(documents, singletons=False)
    return {f"{name} {measure}" if measure != "conll" else name: value for measure, value in scores.items()}


def corpora_of(every: int) -> dict[str, tuple[Path, Callable[[], dict[str, float]]]]:
    """By name, what must be there and how it is measured."""
    return {
        "newswire": (SHARED / "ww_newswire", lambda: newswire(every)),
        "uner": (SHARED / "uner_ewt", lambda: names(corpora.uner("test"), UNER_GOLD, COARSE, "uner")),
        "politics": (
            SHARED / "crossner",
            lambda: names(corpora.politics("test"), POLITICS_GOLD, POLITICS, "politics"),
        ),
        "re3d": (SHARED / "re3d", re3d),
        "gum": (SHARED / "gum", gum),
        "chains": (SHARED / "gum", lambda: linked(treebank.SHIPPED, "chains")),
        "chains all": (SHARED / "gum", lambda: linked((), "chains all")),
    }


def main() -> int:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--corpus", action="append", choices=list(corpora_of(1)))
    arguments.add_argument("--every", type=int, default=1, metavar="N")
    arguments.add_argument("--json", action="store_true", help="one JSON object")
    options = arguments.parse_args()
    measured: dict[str, float] = {}
    for name, (folder, measure) in corpora_of(options.every).items():
        if options.corpus and name not in options.corpus:
            continue
        if not folder.exists():
            sys.stderr.write(f"{name}: not measured, {folder.name} is not in ../shared/data\n")
            continue
        measured |= measure()
    rounded = {name: round(value, 4) for name, value in measured.items()}
    print(json.dumps(rounded) if options.json else "\n".join(f"{name}: {value}" for name, value in rounded.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
