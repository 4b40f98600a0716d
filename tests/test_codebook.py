"""The built-in codebook: its tables against the manual's, and the questions asked of them."""

import csv
import pickle
import runpy
from pathlib import Path
from typing import Any

import pytest

from dragoman.codebook import Codebook, CodebookError, load
from dragoman.types import Status

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[dict[str, str]]:
    """A table of cases."""
    with (CASES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def crosswalk() -> list[dict[str, str]]:
    """The hand-edited CAMEO table, with what was published in 2021."""
    path = ROOT / "resources" / "codebook" / "cameo-1.1b3.tsv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def book() -> Codebook:
    """The built-in codebook."""
    return load()


@pytest.fixture(scope="module")
def build() -> dict[str, Any]:
    """The names of the build script."""
    return runpy.run_path(str(ROOT / "scripts" / "build_codebook.py"))


# --- the built-in book against the manual


@pytest.mark.parametrize("case", rows("plover.csv"), ids=lambda case: f"{case['type']}-{case['mode']}")
def test_types_and_modes_are_the_manuals(book: Codebook, case: dict[str, str]) -> None:
    """Quad classes, recipients and scores are those printed in PLOVER 2.0, but for two decided traps."""
    decided = {("ACCUSE", ""): -3.0, ("PROTEST", "vandalize"): -5.0}  # docs/decisions/0002-plover-traps.md
    rule = book.types[case["type"]]
    expected = decided.get((case["type"], case["mode"])) or float(case["score"])

    assert expected == book.score(case["type"], [case["mode"]] if case["mode"] else [])
    if not case["mode"]:
        assert (int(case["quad"]), case["recipient"] == "yes") == (rule.quad, rule.recipient_required)
        assert [row["mode"] for row in rows("plover.csv") if row["type"] == rule.code and row["mode"]] == [*rule.modes]


def test_book_is_whole(book: Codebook) -> None:
    """All types, contexts and non-state codes of PLOVER 2.0, the issues and stances of positions, CAMEO 1.1b3."""
    assert {case["type"] for case in rows("plover.csv")} == set(book.types)
    assert (16, 37, 7, 19, 6) == tuple(map(len, (book.types, book.contexts, book.nonstate, book.issues, book.stances)))
    assert 296 + 2 == len(book.cameo)  # and two codes that coded data have and the manual of CAMEO has not
    assert {"UNO", "EUR", "IGO"} < set(book.nonstate)
    assert {"GOV", "MIL", "ELI", "PRE", "NGO"} < set(book.sectors)
    assert ("ceasefire", "other") == (book.issues[0], book.issues[-1])


def test_traps_are_decided_as_documented(book: Codebook) -> None:
    """The manual's contradictions have one answer each."""
    assert 4 == book.types["SANCTION"].quad
    assert -3.0 == book.score("ACCUSE")
    assert book.types["AID"].recipient_required
    assert not book.types["PROTEST"].recipient_required
    assert {"ASSAULT"} == {rule.plover for code, rule in book.cameo.items() if code.startswith("20")}
    assert {"REQUEST"} == {rule.plover for code, rule in book.cameo.items() if code.startswith("02")}
    assert {""} == {rule.plover for code, rule in book.cameo.items() if code.startswith("01")}


def test_stale_modes_of_2021_are_all_replaced(book: Codebook) -> None:
    """The codes whose published mode 2.0 does not have are those known, and each has its decision in words."""
    stale = {
        row["code"]: row["decision"]
        for row in crosswalk()
        for type_code, _, mode in [row["published_2021"].partition("-")]
        if mode and mode not in book.types[type_code].modes
    }
    known = {"0842", "085", "132", "1321", "1322", "1712", "1722", "175", "185", "186", "200", "201", "202", "203"}

    assert known == set(stale)
    assert all(stale.values())


def test_changes_to_the_published_crosswalk_are_explained() -> None:
    """A row that differs from the crosswalk of 2021 says why, and no row is there twice."""
    changed = [
        row for row in crosswalk() if row["published_2021"] != "-".join(filter(None, (row["plover"], row["mode"])))
    ]

    assert [] == [row["code"] for row in changed if not row["decision"]]
    assert len(crosswalk()) == len({row["code"] for row in crosswalk()})


def test_ways_to_cameo_lead_back(book: Codebook) -> None:
    """An act that was done gets a CAMEO code of its own PLOVER type, unless its row says why not."""
    astray = [
        (row.type, row.mode, row.context, row.code)
        for (when, type_code), choices in book.cameo_choices.items()
        for row in choices
        if when == "done" and book.cameo[row.code].plover != type_code and not row.why
    ]

    assert [] == astray


def test_built_files_are_current(build: dict[str, Any]) -> None:
    """The committed data and reference are what the tables give."""
    book = load()

    assert build["data"]() == build["DATA"].read_text(encoding="utf-8")
    assert build["reference"](book) == build["REFERENCE"].read_text(encoding="utf-8")


def test_every_code_is_in_the_reference(book: Codebook) -> None:
    """Each code of each table stands in docs/codebook.md."""
    reference = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    modes = {mode for rule in book.types.values() for mode in rule.modes}
    quoted = {*modes, *book.contexts, *book.sectors, *book.nonstate, *book.issues, *book.stances}

    assert set() == {code for code in quoted if f"`{code}`" not in reference}
    assert set() == {code for code in book.types if f"### {code}\n" not in reference}
    assert set() == {code for code in book.cameo if f"| {code} |" not in reference}


# --- the questions


@pytest.mark.parametrize("case", rows("cameo.csv"), ids=lambda case: "-".join(filter(None, list(case.values())[:5])))
def test_acts_in_cameo_and_in_plover(book: Codebook, case: dict[str, str]) -> None:
    """Each case's act has its CAMEO code, and its type, modes and auxiliary mode in PLOVER's own coding."""
    modes, contexts = case["modes"].split(), case["contexts"].split()

    assert [] == book.check_act(case["type"], modes, contexts)
    assert case["cameo"] == book.to_cameo(
        case["type"], modes, Status(case["status"]), contexts, hosting=case["side"] == "hosting"
    )
    assert (case["plover"], tuple(case["plover_modes"].split()), case["auxiliary"]) == book.to_plover(
        case["type"], modes, Status(case["status"])
    )


def test_wrong_codes_are_all_named(book: Codebook) -> None:
    """A check lists every problem of an act, and none of a good one."""
    assert [] == book.check_act("CONSULT", ["visit", "multilateral"], ["diplomatic"])
    assert ["no type 'CHAT'"] == book.check_act("CHAT", ["visit"], [])
    assert [
        "CONSULT has no mode 'aerial'",
        "no context 'humanitarian'",
        "'visit' is given twice",
    ] == book.check_act("CONSULT", ["visit", "aerial", "visit"], ["humanitarian"])
    assert [] == book.check_stance("ceasefire", "accepts_if")
    assert ["no issue 'weather'", "no stance 'likes'"] == book.check_stance("weather", "likes")


def test_score_of_several_modes_is_the_strongest(book: Codebook) -> None:
    """The mode farthest from zero decides, whatever the order; without a mode the type does."""
    assert -9.5 == book.score("ASSAULT", ["firearms", "targeted"]) == book.score("ASSAULT", ["targeted", "firearms"])
    assert -1.0 == book.score("REQUEST", ["assist", "change"])
    assert 2.5 == book.score("CONSULT")
    with pytest.raises(CodebookError, match="no type 'CHAT'"):
        book.score("CHAT")


def test_modes_bring_their_contexts(book: Codebook) -> None:
    """A cyber attack is about cyber without anybody saying so; an arrest brings nothing."""
    assert ("cyber", "misinformation") == book.implied_contexts("COERCE", ["arrest", "cyber", "misinformation"])


def test_every_status_has_an_answer(book: Codebook) -> None:
    """No status of any act is without a CAMEO code or the plain word that there is none."""
    codes = {book.to_cameo(code, [], status) for code in book.types for status in Status}

    assert codes <= {"", *book.cameo}


def test_statements_keep_their_cameo_codes(book: Codebook) -> None:
    """Denying and declining to comment are statements of CAMEO's root 01; silence is none."""
    assert {"denies": "016", "declines_comment": "011"} == book.says


def test_book_travels_and_keys(book: Codebook) -> None:
    """A book goes to another process unchanged and can key a cache; the built-in one is loaded once."""
    copy = pickle.loads(pickle.dumps(book))

    assert book == copy
    assert 1 == len({book, copy})
    assert load() is book
