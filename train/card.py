"""Writes docs/reader.md, the card of the shipped reader, from train/card.md and figures measured now.

    python -m train.card [--figures FILE.json]

``--figures`` keeps what was measured, or takes it from there where the file exists.
"""

import argparse
import json
from pathlib import Path

from evals import conll18, corpora, entities, reader, treebank

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "src" / "dragoman" / "data" / "reader"
TITLES = {
    "newswire": "ww_newswire: person, organisation, location, NORP",
    "uner": "UNER EWT test: person, organisation, location",
    "politics": "CrossNER politics test: person, organisation, location, event, other",
    "re3d": "re3d, documents held out: its eleven types",
    "gum": "GUM test: mentions of ten types",
    "chains": "OntoGUM test, genres that are trained on: chains (CoNLL F1)",
    "chains all": "OntoGUM test, all genres: chains (CoNLL F1)",
}


def measure() -> dict[str, dict[str, float]]:
    """All figures, by table and row."""
    files = {
        "EWT test": [treebank.SHARED / "ud_ewt" / "en_ewt-ud-test.conllu"],
        "GUM test": [treebank.SHARED / "gum" / "dep" / f"{name}.conllu" for name in treebank.gum_names("test")],
        "EWT dev": [treebank.SHARED / "ud_ewt" / "en_ewt-ud-dev.conllu"],
    }
    found: dict[str, dict[str, float]] = {}
    for name, paths in files.items():
        gold = [sentence for path in paths for sentence in conll18.read(path.read_text(encoding="utf-8"))]
        found[f"trees {name}"] = reader.gold_words(gold)
        found[f"raw {name}"] = reader.raw_words(gold)
    found["spans"] = {}
    for _, run in entities.corpora_of(1).values():
        found["spans"] |= run()
    return found


def row(title: str, values: list[float]) -> str:
    """A row of a table."""
    return "| " + " | ".join([title, *(f"{value:.3f}" for value in values)]) + " |"


def filled(figures: dict[str, dict[str, float]]) -> str:
    """The card."""
    text = (ROOT / "train" / "card.md").read_text(encoding="utf-8")
    names = [name.removeprefix("trees ") for name in figures if name.startswith("trees ")]
    parts = {
        "size": f"{sum(path.stat().st_size for path in MODEL.iterdir()) / 1e6:.0f}",
        "held": str(sum(corpora.held_out(name) for name in corpora.re3d())),
        "trees": "\n".join(row(n, [figures[f"trees {n}"][f] for f in ("upos", "uas", "las", "lemma")]) for n in names),
        "raw": "\n".join(
            row(n, [figures[f"raw {n}"][f] for f in ("words", "sentences", "upos", "uas", "las", "lemma")])
            for n in names
        ),
        "spans": "\n".join(row(title, [figures["spans"][name]]) for name, title in TITLES.items()),
    }
    for name, value in parts.items():
        text = text.replace("{" + name + "}", value)
    return text


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=Path)
    kept = parser.parse_args().figures
    if kept and kept.is_file():
        figures = json.loads(kept.read_text(encoding="utf-8"))
    else:
        figures = measure()
        if kept:
            kept.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    (ROOT / "docs" / "reader.md").write_text(filled(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
