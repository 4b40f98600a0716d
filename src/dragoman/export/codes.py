"""Codes of other data sets: of countries, languages, actors as CAMEO has them; Goldstein scores, quad classes.

Built from ``resources/exports`` and ``resources/actors/countries.csv`` by ``scripts/build_exports.py``. What is not in
a table is "": a code is never guessed.
"""

import dataclasses
import functools
import importlib.resources
import json
from typing import Any

# PLOVER's quad classes as POLECAT writes them.
QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}

# PLOVER sector -> CAMEO type code (CAMEO 1.1b3; GDELT's CAMEO.type.txt): MED is the press there, health is HLH.
_SAME = (
    "COP",
    "GOV",
    "JUD",
    "LEG",
    "MIL",
    "OPP",
    "REB",
    "SPY",
    "UAF",
    "AGR",
    "BUS",
    "CRM",
    "CVL",
    "EDU",
    "ELI",
    "LAB",
    "REF",
)
CAMEO_TYPES = {**{code: code for code in _SAME}, "JRN": "MED", "MED": "HLH", "PRM": "UAF"}
# PLOVER's actors of no state -> (known group, type) in CAMEO.
CAMEO_GROUPS = {
    "UNO": ("UNO", "IGO"),
    "EUR": ("EEC", "IGO"),
    "IGO": ("", "IGO"),
    "NGO": ("", "NGO"),
    "IMG": ("", "IMG"),
    "MNC": ("", "MNC"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Country:
    """A state or territory: ISO 3166-1 alpha-2 and numeric, FIPS 10-4, Correlates of War and Gleditsch-Ward numbers."""

    name: str = ""
    iso2: str = ""
    numeric: str = ""
    fips: str = ""
    cow: str = ""
    gw: str = ""


@functools.cache
def _tables() -> dict[str, Any]:
    content = importlib.resources.files("dragoman").joinpath("data", "exports.json").read_bytes()
    tables: dict[str, Any] = json.loads(content)
    return tables


@functools.cache
def country(iso3: str) -> Country:
    """The country of an ISO 3166-1 alpha-3 code; one without any codes where there is none."""
    row = _tables()["countries"].get(iso3)
    return Country(*row) if row else Country()


def name_of(code: str) -> str:
    """The name of a country, else the code itself (PLOVER's codes of actors of no state); "" for an unknown one."""
    return country(code).name or ("" if code == "UNK" else code)


def language(iso639_1: str) -> str:
    """The ISO 639-3 code of a language; "" for none."""
    codes: dict[str, str] = _tables()["languages"]
    return codes.get(iso639_1, "")


def goldstein(cameo: str) -> float | None:
    """The Goldstein score of a CAMEO code, or of the nearest code above it; None where there is none."""
    scores: dict[str, float] = _tables()["goldstein"]
    return next((scores[cameo[:end]] for end in range(len(cameo), 1, -1) if cameo[:end] in scores), None)


def cameo_quad(cameo: str) -> int | None:
    """GDELT's quad class of a CAMEO code by its root: 1-5, 6-8, 9-14, 15-20; None for no code."""
    root = cameo[:2]
    if not (root.isascii() and root.isdigit() and 1 <= int(root) <= 20):
        return None
    return 1 + sum(int(root) > last for last in (5, 8, 14))
