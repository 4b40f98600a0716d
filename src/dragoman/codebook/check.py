"""From the raw tables of a codebook file to a checked Codebook; the schema itself, version 1.

Every violation is a :class:`CodebookError` whose text starts with the dotted key: ``types.CONSULT.quad: must be ...``.
It knows neither files nor TOML.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from dragoman.codebook.rules import CameoChoice, CameoRule, Codebook, CodebookError, ModeRule, PloverChoice, TypeRule
from dragoman.types import Basis, Says, Status

SCHEMA = 1
AUXILIARY = ("historical", "future", "hypothetical", "negation")  # PLOVER 2.0 §2.3

# The keys of each table: the type of the value, and "!" where it must be there.
_TOP = {
    "schema": "int!",
    "name": "str!",
    "version": "str!",
    "license": "str",
    "types": "dict!",
    "contexts": "dict",
    "sectors": "dict",
    "nonstate": "dict",
    "issues": "dict!",
    "stances": "dict!",
    "cameo": "dict",
    "when": "dict",
    "auxiliary": "dict",
    "to_cameo": "list",
    "to_plover": "list",
    "hosting": "dict",
    "says": "dict",
}
_TYPE = {
    "quad": "int!",
    "score": "float!",
    "recipient": "bool!",
    "definition": "str!",
    "cameo": "str",
    "decisions": "list",
    "modes": "dict",
}
_MODE = {"score": "float!", "definition": "str!", "contexts": "list"}
_CAMEO = {"label": "str!", "plover": "str", "mode": "str", "contexts": "list", "decision": "str"}
_TO_CAMEO = {"when": "str!", "type": "str!", "mode": "str", "context": "str", "code": "str!", "why": "str"}
_TO_PLOVER = {"when": "str!", "types": "list!", "becomes": "str!", "mode": "str", "why": "str"}
_AUXILIARY = {"status": "dict", "basis": "dict"}

_KINDS: dict[str, tuple[type, str]] = {
    "int": (int, "a whole number"),
    "float": (float, "a number"),
    "str": (str, "a text"),
    "bool": (bool, "true or false"),
    "list": (list, "a list"),
    "dict": (dict, "a table"),
}

# What a code of each sort looks like: PLOVER's and CAMEO's own spelling.
_CODES = {
    "types": (r"[A-Z][A-Z_]*", "capital letters"),
    "modes": (r"[a-z][a-z0-9_-]*", "small letters"),
    "contexts": (r"[a-z][a-z0-9_]*", "small letters"),
    "sectors": (r"[A-Z]{3}", "three capital letters"),
    "nonstate": (r"[A-Z]{3}", "three capital letters"),
    "issues": (r"[a-z][a-z0-9_]*", "small letters"),
    "stances": (r"[a-z][a-z0-9_]*", "small letters"),
    "cameo": (r"[0-9]{2,4}", "two to four digits, in quotes"),
    "when": (r"[a-z][a-z0-9_]*", "small letters"),
}


def parse(raw: Mapping[str, Any], digest: str) -> Codebook:
    """The codebook of a file's raw tables and SHA-256 (hex); raises :class:`CodebookError` naming the key."""
    if raw.get("schema") != SCHEMA or isinstance(raw.get("schema"), bool):
        raise CodebookError(f"schema: must be {SCHEMA}, the form this program reads, not {raw.get('schema')!r}")
    raw = _table(raw, "", _TOP)
    contexts = _definitions(raw.get("contexts", {}), "contexts")
    types = {
        code: _type_rule(value, code, contexts) for code, value in _coded(raw["types"], "types", "types", "one type")
    }
    cameo = {
        code: _cameo_rule(value, code, types, contexts)
        for code, value in _coded(raw.get("cameo", {}), "cameo", "cameo")
    }
    for rule in types.values():
        _known(rule.cameo_default, ("", *cameo), f"types.{rule.code}.cameo", "CAMEO code")
    when = _when(raw.get("when", {}))
    return Codebook(
        name=raw["name"],
        version=raw["version"],
        hash=digest,
        types=types,
        contexts=contexts,
        sectors=_definitions(raw.get("sectors", {}), "sectors"),
        nonstate=_definitions(raw.get("nonstate", {}), "nonstate"),
        issue_definitions=_definitions(raw["issues"], "issues", "one issue"),
        stance_definitions=_definitions(raw["stances"], "stances", "one stance"),
        cameo=cameo,
        when=when,
        auxiliary=_auxiliary(raw.get("auxiliary", {})),
        cameo_choices=_cameo_choices(raw.get("to_cameo", []), types, contexts, cameo, when),
        plover_choices=_plover_choices(raw.get("to_plover", []), types, when),
        hosting=_pairs(raw.get("hosting", {}), "hosting", cameo, cameo),
        says=_pairs(raw.get("says", {}), "says", [str(value) for value in Says], cameo),
    )


def _table(value: Any, where: str, spec: Mapping[str, str]) -> dict[str, Any]:
    """The table at ``where``, if it has exactly the keys of ``spec``, each of its type and no text blank."""
    dot = f"{where}." if where else ""
    if not isinstance(value, dict):
        raise CodebookError(f"{where}: must be a table, not {value!r}")
    for key in value:
        if key not in spec:
            raise CodebookError(f"{dot}{key}: unknown key, expected one of {', '.join(spec)}")
    for key, wanted in spec.items():
        if key not in value:
            if wanted.endswith("!"):
                raise CodebookError(f"{dot}{key}: missing")
            continue
        _kind(value[key], f"{dot}{key}", wanted)
    return value


def _kind(value: Any, where: str, wanted: str) -> None:
    kind, words = _KINDS[wanted.rstrip("!")]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    fits = number if kind is float else (number and isinstance(value, int)) if kind is int else isinstance(value, kind)
    if not fits:
        raise CodebookError(f"{where}: must be {words}, not {value!r}")


def _coded(value: Any, where: str, sort: str, at_least: str = "") -> Iterable[tuple[str, Any]]:
    """The entries of a table keyed by codes, each spelled as codes of its sort are."""
    if not isinstance(value, dict):
        raise CodebookError(f"{where}: must be a table, not {value!r}")
    if at_least and not value:
        raise CodebookError(f"{where}: needs at least {at_least}")
    pattern, words = _CODES[sort]
    for code in value:
        if not re.fullmatch(pattern, code):
            raise CodebookError(f"{where}.{code}: a code here is {words}")
    return value.items()


def _definitions(value: Any, sort: str, at_least: str = "") -> dict[str, str]:
    for code, words in _coded(value, sort, sort, at_least):
        _words(words, f"{sort}.{code}")
    return dict(value)


def _words(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CodebookError(f"{where}: must be a definition in words, not {value!r}")
    return value


def _score(value: float, where: str) -> float:
    if not (math.isfinite(value) and -10 <= value <= 10):  # the range of PLOVER's scale, §2.5
        raise CodebookError(f"{where}: must be from -10 to 10, not {value!r}")
    return float(value)


def _texts(value: list[Any], where: str) -> tuple[str, ...]:
    for item in value:
        _words(item, where)
    return tuple(_once(value, where))


def _once(codes: Iterable[Any], where: str) -> list[Any]:
    codes = list(codes)
    for code, times in Counter(codes).items():
        if times > 1:
            raise CodebookError(f"{where}: {code!r} is given twice")
    return codes


def _known(code: str, codes: Iterable[str], where: str, sort: str) -> str:
    if code not in codes:
        raise CodebookError(f"{where}: no {sort} {code!r} in this codebook")
    return code


def _contexts(value: Mapping[str, Any], where: str, contexts: Iterable[str]) -> tuple[str, ...]:
    where = f"{where}.contexts"
    return tuple(_known(code, contexts, where, "context") for code in _texts(value.get("contexts", []), where))


def _type_rule(value: Any, code: str, contexts: Iterable[str]) -> TypeRule:
    where = f"types.{code}"
    value = _table(value, where, _TYPE)
    if value["quad"] not in (1, 2, 3, 4):
        raise CodebookError(f"{where}.quad: must be 1, 2, 3 or 4, not {value['quad']!r}")
    modes = {}
    for mode, raw in _coded(value.get("modes", {}), f"{where}.modes", "modes"):
        at = f"{where}.modes.{mode}"
        rule = _table(raw, at, _MODE)
        modes[mode] = ModeRule(
            mode,
            _words(rule["definition"], f"{at}.definition"),
            _score(rule["score"], f"{at}.score"),
            _contexts(rule, at, contexts),
        )
    return TypeRule(
        code=code,
        quad=value["quad"],
        definition=_words(value["definition"], f"{where}.definition"),
        recipient_required=value["recipient"],
        score=_score(value["score"], f"{where}.score"),
        modes=modes,
        cameo_default=value.get("cameo", ""),
        decisions=_texts(value.get("decisions", []), f"{where}.decisions"),
    )


def _mode_of(types: Mapping[str, TypeRule], type_code: str, mode: str, where: str) -> str:
    """The mode, if the type has it; "" is every type's, and no mode goes without a type."""
    if mode and (not type_code or mode not in types[type_code].modes):
        raise CodebookError(f"{where}.mode: {type_code or 'no type'} has no mode {mode!r}")
    return mode


def _cameo_rule(value: Any, code: str, types: Mapping[str, TypeRule], contexts: Iterable[str]) -> CameoRule:
    where = f"cameo.{code}"
    value = _table(value, where, _CAMEO)
    plover = _known(value.get("plover", ""), ("", *types), f"{where}.plover", "type")
    return CameoRule(
        code=code,
        label=_words(value["label"], f"{where}.label"),
        plover=plover,
        mode=_mode_of(types, plover, value.get("mode", ""), where),
        contexts=_contexts(value, where, contexts),
        decision=value.get("decision", ""),
    )


def _when(value: Any) -> dict[str, str]:
    """Status -> class of statuses; a status is in one class at most."""
    out: dict[str, str] = {}
    for name, statuses in _coded(value, "when", "when"):
        where = f"when.{name}"
        _kind(statuses, where, "list")
        for status in _texts(statuses, where):
            _known(status, [str(known) for known in Status], where, "status")
            if status in out:
                raise CodebookError(f"{where}: {status!r} is in when.{out[status]} too")
            out[status] = name
    return out


def _auxiliary(value: Any) -> dict[str, str]:
    table = _table(value, "auxiliary", _AUXILIARY)
    statuses = _pairs(table.get("status", {}), "auxiliary.status", [str(known) for known in Status], AUXILIARY)
    bases = _pairs(table.get("basis", {}), "auxiliary.basis", [str(known) for known in Basis], AUXILIARY)
    return statuses | bases  # no status is named like a basis


def _pairs(value: Any, where: str, keys: Iterable[str], values: Iterable[str]) -> dict[str, str]:
    if not isinstance(value, dict):
        raise CodebookError(f"{where}: must be a table, not {value!r}")
    for key, code in value.items():
        _known(key, keys, f"{where}.{key}", "key")
        _kind(code, f"{where}.{key}", "str")
        _known(code, values, f"{where}.{key}", "code")
    return dict(value)


def _cameo_choices(
    rows: Any,
    types: Mapping[str, TypeRule],
    contexts: Iterable[str],
    cameo: Iterable[str],
    when: Mapping[str, str],
) -> dict[tuple[str, str], tuple[CameoChoice, ...]]:
    out: dict[tuple[str, str], tuple[CameoChoice, ...]] = {}
    for number, raw in enumerate(rows, 1):
        where = f"to_cameo[{number}]"
        row = CameoChoice(**{"mode": "", "context": ""} | _table(raw, where, _TO_CAMEO))
        _known(row.when, when.values(), f"{where}.when", "class of statuses")
        _known(row.type, types, f"{where}.type", "type")
        _mode_of(types, row.type, row.mode, where)
        _known(row.context, ("", *contexts), f"{where}.context", "context")
        _known(row.code, cameo, f"{where}.code", "CAMEO code")
        before = out.get((row.when, row.type), ())
        if any((row.mode, row.context) == (other.mode, other.context) for other in before):
            raise CodebookError(f"{where}: {' '.join(filter(None, (row.type, row.mode, row.context)))} is given twice")
        out[row.when, row.type] = (*before, row)
    return out


def _plover_choices(
    rows: Any, types: Mapping[str, TypeRule], when: Mapping[str, str]
) -> dict[tuple[str, str], PloverChoice]:
    out: dict[tuple[str, str], PloverChoice] = {}
    for number, raw in enumerate(rows, 1):
        where = f"to_plover[{number}]"
        table = _table(raw, where, _TO_PLOVER)
        row = PloverChoice(**table | {"types": _texts(table["types"], f"{where}.types")})
        _known(row.when, when.values(), f"{where}.when", "class of statuses")
        _known(row.becomes, ("", *types), f"{where}.becomes", "type")
        _mode_of(types, row.becomes, row.mode, where)
        for code in row.types:
            _known(code, types, f"{where}.types", "type")
            if (row.when, code) in out:
                raise CodebookError(f"{where}.types: {code} {row.when} is given twice")
            out[row.when, code] = row
    return out
