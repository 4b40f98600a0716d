"""The weights by which Dragoman chooses on whose word an act is told.

    python -m train.voices                 # cross-validate over the files and print the figures
    python -m train.voices --write         # fit on all and write src/dragoman/data/voices.json

Conditional logits (:mod:`dragoman.ranking`) over the candidates of :mod:`dragoman.claims.likely_voice`, fitted as those
of train/likely.py, on the acts that the coder finds in bench/gold/train and train/labels/acts and that agree with one
of the gold by type, words and participants. Right is a source that shares a word with one of the gold; where gold has
a source that is no candidate, any source. Files are left out whole.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evals import bench, ground

from dragoman.claims import acts, likely_voice
from dragoman.claims.found import Found
from dragoman.claims.lexicon import load as lexicon_of
from dragoman.claims.settled import settle
from dragoman.types import Speaker
from train.coder_items import rows_of, topics
from train.likely import Choice, Fitted, fit

OUT = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "data" / "voices.json"
RIDGE = 2.0  # by cross-validation among 2, 4 and 8
# Put to the outlet's own voice, by topics left out among -.6, -.45 and -.3: F1 wants more said than the likeliest
OUTLET = -0.6
FOLDS = 5
Named = tuple[list[str], list[str], Choice]  # the gold's voices; the candidates' names, "" for the outlet; the choice


def agreeing(item: ground.Item, row: dict[str, Any], found: list[Found]) -> Iterator[tuple[dict[str, Any], Found]]:
    """Acts of the gold, each with the first act found that agrees."""
    used: set[int] = set()
    for event in row["events"]:
        quote = ground.quoted(item, event)
        wanted = {one["code"] for side in ("actors", "recipients") for one in event[side]} - {"UNK", ""}
        for number, act in enumerate(found):
            codes = {one.party.code for _, one in act.filled if one.party} - {"UNK"}
            inside = quote.start <= item.tree.tokens[act.at].start < quote.end
            if number in used or act.trigger.type != event["type"] or not inside:
                continue
            if 2 * len(codes & wanted) >= max(1, len(codes | wanted)):
                used.add(number)
                yield event, act
                break


def name(speaker: Speaker | None, content: str) -> str:
    """How the export names a speaker."""
    if speaker is None:
        return ""
    if speaker.party.value:
        return speaker.party.value.name
    span = speaker.party.span
    return content[span.start : span.end] if span else speaker.anonymity


def taught(split: str, topic: str) -> Iterator[Named]:
    """What a file teaches."""
    lexicon, score = lexicon_of(), bench.scorer()
    for item, row, _ in rows_of(split, topic):
        tree = item.tree
        found = settle(tree, lexicon, acts.find_acts(tree, lexicon))
        known = likely_voice.sources(tree, lexicon)
        for event, act in agreeing(item, row, found):
            told = likely_voice.candidates(tree, lexicon, act, found, known)
            names = [name(one.speaker, tree.analysis.text.content) for one in told]
            alike = [at for at, said in enumerate(names) if shares_word(score, said, event["voices"])]
            right = alike or list(range(1, len(told))) if event["voices"] else [0]
            yield event["voices"], names, ([one.features for one in told], frozenset(right))


def shares_word(score: Any, said: str, voices: list[str]) -> bool:
    """As the scorer compares names of voices."""
    return any(score.words(said) & score.words(one) for one in voices)


def figures(rows: Iterable[tuple[list[str], str]]) -> str:
    """F1 of saying that an act is told on somebody's word, and the share of those whose source agrees."""
    score = bench.scorer()
    said = gold = both = agreed = 0
    for voices, found in rows:
        said, gold = said + bool(found), gold + bool(voices)
        if voices and found:
            both, agreed = both + 1, agreed + shares_word(score, found, voices)
    return f"voices {2 * both / max(said + gold, 1):.3f} voice_name {agreed / max(both, 1):.3f} of {gold}"


def chosen(model: Fitted, row: Named) -> str:
    """The name of the likeliest candidate, "" for the outlet."""
    return row[1][model.best(row[2][0])]


def fitted(rows: Iterable[Named]) -> Fitted:
    """Weights from choices."""
    weights = fit((choice for _, _, choice in rows), RIDGE).weights
    return Fitted({**weights, "none": weights.get("none", 0.0) + OUTLET})


def cross_validated(data: dict[tuple[str, str], list[Named]]) -> Iterator[str]:
    """A line for each kind of files, each file judged by weights that do not know it."""
    said: dict[str, list[tuple[list[str], str]]] = {}
    names = sorted(data)
    for fold in range(FOLDS):
        held = set(names[fold::FOLDS])
        model = fitted(row for one in names if one not in held for row in data[one])
        for one in sorted(held):
            said.setdefault(one[0], []).extend((row[0], chosen(model, row)) for row in data[one])
    for split, rows in sorted(said.items()):
        yield f"{split}: {figures(rows)}"


def main() -> int:
    """Cross-validate, or fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not bench.present():
        return 0
    data = {(split, topic): list(taught(split, topic)) for split, topic in topics() if split != "dev"}
    if not options.write:
        sys.stdout.write("".join(f"{line}\n" for line in cross_validated(data)))
        return 0
    model = fitted(row for one in sorted(data) for row in data[one])
    rounded = {one: round(1000 * value) for one, value in sorted(model.weights.items()) if abs(value) >= 0.03}
    OUT.write_text(json.dumps({"voice": rounded}, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
