"""Builds src/dragoman/data/codebook.json and docs/codebook.md from the tables in resources/codebook.

The four tables become the one table of a codebook file, are checked as a user's file is, and written in one
deterministic form. CI builds again and compares.
"""

import csv
import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

from dragoman.codebook import CameoRule, Codebook, parse

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources" / "codebook"
DATA = ROOT / "src" / "dragoman" / "data" / "codebook.json"
REFERENCE = ROOT / "docs" / "codebook.md"

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


def read_tsv(path: Path) -> list[dict[str, str]]:
    """The rows of a table with ``#`` comments above its header."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def tables() -> dict[str, Any]:
    """The raw tables of the built-in codebook, in the form that a user's codebook file has."""
    raw = tomllib.loads((SOURCE / "plover-2.0.toml").read_text(encoding="utf-8"))
    raw |= tomllib.loads((SOURCE / "issues.toml").read_text(encoding="utf-8"))
    raw["cameo"] = {}
    for row in read_tsv(SOURCE / "cameo-1.1b3.tsv"):
        if row["code"] in raw["cameo"]:
            raise SystemExit(f"cameo-1.1b3.tsv: {row['code']} is given twice")
        entry: dict[str, Any] = {key: row[key] for key in ("label", "plover", "mode", "decision") if row[key]}
        contexts = [context.strip() for context in row["contexts"].split(";") if context.strip()]
        raw["cameo"][row["code"]] = entry | ({"contexts": contexts} if contexts else {})
    raw["to_cameo"] = [
        {key: value for key, value in row.items() if value} for row in read_tsv(SOURCE / "plover-to-cameo.tsv")
    ]
    return raw


def data() -> str:
    """The text of codebook.json."""
    return json.dumps(tables(), ensure_ascii=False, indent=1) + "\n"


def _table(header: list[str], rows: list[list[str]]) -> list[str]:
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    return [*lines, *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows), ""]


def _types(book: Codebook) -> list[str]:
    lines = ["## Types and modes", ""]
    for rule in book.types.values():
        needs = "recipient required" if rule.recipient_required else "recipient optional"
        lines += [f"### {rule.code}", "", rule.definition, ""]
        lines += [f"Quad class {rule.quad} ({QUADS[rule.quad]}) · score {rule.score:g} · {needs} · ", ""]
        lines[-2] += f"CAMEO {rule.cameo_default} where nothing finer fits"
        if rule.modes:
            modes = [[f"`{mode.code}`", f"{mode.score:g}", mode.definition] for mode in rule.modes.values()]
            lines += _table(["mode", "score", "meaning"], modes)
        if rule.decisions:
            lines += ["House decisions and traps:", "", *(f"- {words}" for words in rule.decisions), ""]
    return lines


def _lists(book: Codebook) -> list[str]:
    lines: list[str] = []
    for title, codes in (
        ("Contexts", book.contexts),
        ("Sectors", book.sectors),
        ("Codes of non-state actors", book.nonstate),
        ("Issues", book.issue_definitions),
        ("Stances", book.stance_definitions),
    ):
        lines += [
            f"## {title}",
            "",
            *_table(["code", "meaning"], [[f"`{code}`", words] for code, words in codes.items()]),
        ]
    return lines


def _statuses(book: Codebook) -> list[str]:
    lines = ["## Statuses in PLOVER's terms", ""]
    lines += ["PLOVER's auxiliary mode (§2.3) of an act, from its status or from the basis of its date:", ""]
    lines += _table(["status or basis", "auxiliary mode"], [[key, value] for key, value in book.auxiliary.items()])
    lines += ["Where the status makes an act another type in PLOVER (`to_plover`), instead of an auxiliary mode:", ""]
    rows = [
        [choice.when, code, " ".join((choice.becomes or code, choice.mode)).strip(), choice.why]
        for (_, code), choice in book.plover_choices.items()
    ]
    lines += _table(["when", "act", "in PLOVER", "why"], rows)
    classes = [
        [name, ", ".join(s for s, of in book.when.items() if of == name)] for name in dict.fromkeys(book.when.values())
    ]
    return [*lines, *_table(["when", "statuses"], classes)]


def _cameo(book: Codebook) -> list[str]:
    lines = ["## From PLOVER to CAMEO", ""]
    lines += ["The rows of `to_cameo`: a mode beats none, then a context beats none, then the earlier row wins.", ""]
    rows = [
        [row.when, row.type, row.mode, row.context, row.code, book.cameo[row.code].label, row.why]
        for choices in book.cameo_choices.values()
        for row in choices
    ]
    lines += _table(["when", "type", "mode", "context", "CAMEO", "label", "why"], rows)
    lines += ["## CAMEO 1.1b3 in PLOVER 2.0", ""]
    lines += [
        "Decisions stand where the crosswalk of 2021 has nothing, or something that 2.0 no longer has or contradicts.",
        "",
    ]
    rows = [_cameo_row(rule) for rule in book.cameo.values()]
    return [*lines, *_table(["CAMEO", "label", "PLOVER", "contexts", "decision"], rows)]


def _cameo_row(rule: CameoRule) -> list[str]:
    return [rule.code, rule.label, " ".join((rule.plover, rule.mode)).strip(), ", ".join(rule.contexts), rule.decision]


def reference(book: Codebook) -> str:
    """The text of docs/codebook.md."""
    opening = (SOURCE / "reference.md").read_text(encoding="utf-8")
    head = opening.replace("{name}", book.name).replace("{version}", book.version).rstrip().splitlines()
    return "\n".join([*head, "", *_types(book), *_lists(book), *_statuses(book), *_cameo(book)]).rstrip() + "\n"


def main() -> None:
    """Write both files and say what is in them."""
    text = data()
    book = parse(json.loads(text), hashlib.sha256(text.encode()).hexdigest())
    DATA.parent.mkdir(parents=True, exist_ok=True)
    DATA.write_text(text, encoding="utf-8")
    REFERENCE.write_text(reference(book), encoding="utf-8")
    modes = sum(len(rule.modes) for rule in book.types.values())
    print(
        f"codebook {book.name} {book.version}: {len(book.types)} types, {modes} modes, {len(book.contexts)} contexts, "
        f"{len(book.issues)} issues, {len(book.cameo)} CAMEO codes"
    )


if __name__ == "__main__":
    main()
