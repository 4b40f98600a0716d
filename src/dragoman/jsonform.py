"""The one versioned JSON form of every type in :mod:`dragoman.types`.

A value becomes a plain JSON object with ``"@type"``; dates are ISO 8601 strings, enums their values, bytes lower-case
hexadecimal, tuples lists. ``dumps`` adds ``"@version"`` at the top, so that a later version can read what an older one
wrote. Fields that hold their default are left out. Reading is strict: an unknown type, field or version, a missing
field and a value in another form than the written one are errors that name the field.
"""

import dataclasses
import datetime as dt
import enum
import functools
import inspect
import json
import math
import types as pytypes
import typing
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from dragoman import types

VERSION = 1

CLASSES: dict[str, type] = {
    name: cls for name, cls in vars(types).items() if inspect.isclass(cls) and dataclasses.is_dataclass(cls)
}

_Decoder = Callable[[Any], Any]


class JsonFormError(ValueError):
    """The JSON is not a form of the type asked for; ``where`` is the path to the field, ``what`` is wrong with it."""

    def __init__(self, what: str, where: str = "") -> None:
        super().__init__(f"{where}: {what}" if where else what)
        self.what, self.where = what, where


def encode(value: Any) -> Any:
    """Value of ours -> what ``json.dumps`` takes; raises :class:`JsonFormError` for a value without a JSON form."""
    cls = type(value)
    if value is None or cls is str or cls is int or cls is bool:
        return value
    if cls is tuple or cls is list:
        return [encode(item) for item in value]
    if dataclasses.is_dataclass(cls):
        return _encode_class(value)
    return _encode_scalar(value)


def _encode_class(value: Any) -> dict[str, Any]:
    cls: type = type(value)
    out: dict[str, Any] = {"@type": cls.__name__}
    for name, default, is_number in _plan(cls):
        item = getattr(value, name)
        if item != default:
            out[name] = encode(float(item) if is_number and item is not None else item)
    return out


def _encode_scalar(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, str):
        return str(value)
    if type(value) is dt.date:  # not datetime, which is a date to Python
        return value.isoformat()
    if type(value) is float and math.isfinite(value):
        return value + 0.0  # one zero: -0.0 equals 0.0 and must write the same text
    if isinstance(value, bytes):
        return value.hex()
    raise JsonFormError(f"{type(value).__name__} {_shown(value)} has no JSON form")


@functools.cache
def _plan(cls: type) -> tuple[tuple[str, Any, bool], ...]:
    """Name, default and "is a float" of each field: 1 and 1.0 are equal values and must write the same text."""
    hints = typing.get_type_hints(cls)
    return tuple(
        (field.name, field.default, float in (hints[field.name], *typing.get_args(hints[field.name])))
        for field in dataclasses.fields(cls)
    )


def decode(raw: Any, hint: Any, where: str = "") -> Any:
    """What ``json.loads`` gave -> value of the type ``hint``; raises :class:`JsonFormError` naming the field."""
    try:
        return _decoder(hint)(raw)
    except JsonFormError as problem:
        raise JsonFormError(problem.what, where + problem.where) from problem


@functools.cache
def _decoder(hint: Any) -> _Decoder:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, pytypes.UnionType):
        return _union_decoder(args)
    if origin is tuple:
        return _list_decoder(args[0]) if args[-1] is Ellipsis else _tuple_decoder(args)
    cls = origin or hint
    if inspect.isclass(cls) and dataclasses.is_dataclass(cls):
        return _class_decoder(cls, args)
    if isinstance(hint, TypeVar):
        return _decode_any
    return _scalar_decoder(hint)


def _union_decoder(options: tuple[Any, ...]) -> _Decoder:
    """One type or null; of several classes the one that the form names."""
    choices = [option for option in options if option is not type(None)]
    named = {getattr(option, "__name__", ""): _decoder(option) for option in choices}
    alone = _decoder(choices[0]) if len(choices) == 1 else None
    nullable = len(choices) < len(options)

    def decoded(raw: Any) -> Any:
        if raw is None:
            if nullable:
                return None
            raise JsonFormError("may not be null")
        if alone is not None:
            return alone(raw)
        name = raw.get("@type") if isinstance(raw, dict) else None
        if not isinstance(name, str) or name not in named:
            raise JsonFormError(f"must be one of {', '.join(named)}, not {_shown(raw)}")
        return named[name](raw)

    return decoded


def _list_decoder(hint: Any) -> _Decoder:
    item_decoder = _decoder(hint)

    def decoded(raw: Any) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            raise JsonFormError(f"must be a list, not {_shown(raw)}")
        done: list[Any] = []
        try:
            for item in raw:
                done.append(item_decoder(item))
        except JsonFormError as problem:
            raise JsonFormError(problem.what, f"[{len(done)}]{problem.where}") from None
        return tuple(done)

    return decoded


def _tuple_decoder(hints: tuple[Any, ...]) -> _Decoder:
    decoders = [_decoder(hint) for hint in hints]

    def decoded(raw: Any) -> tuple[Any, ...]:
        if not isinstance(raw, list) or len(raw) != len(decoders):
            raise JsonFormError(f"must be a list of {len(decoders)}, not {_shown(raw)}")
        done: list[Any] = []
        try:
            for decoder, item in zip(decoders, raw, strict=True):
                done.append(decoder(item))
        except JsonFormError as problem:
            raise JsonFormError(problem.what, f"[{len(done)}]{problem.where}") from None
        return tuple(done)

    return decoded


def _class_decoder(cls: Any, args: tuple[Any, ...]) -> _Decoder:
    hints = typing.get_type_hints(cls)
    decoders = {name: _decoder(_filled(hint, args)) for name, hint in hints.items()}
    required = {field.name for field in dataclasses.fields(cls) if field.default is dataclasses.MISSING}
    own = cls.__name__

    def decoded(raw: Any) -> Any:
        if not isinstance(raw, dict) or raw.get("@type") != own:
            raise JsonFormError(f"must be of @type {own}, not {_shown(raw)}")
        values: dict[str, Any] = {}
        for name, item in raw.items():
            if name == "@type":
                continue
            if name not in decoders:
                raise JsonFormError(f"{own} has no such field", f".{name}")
            try:
                values[name] = decoders[name](item)
            except JsonFormError as problem:
                raise JsonFormError(problem.what, f".{name}{problem.where}") from None
        if missing := required - values.keys():
            raise JsonFormError("missing", f".{min(missing)}")
        try:
            return cls(**values)
        except (TypeError, ValueError) as problem:  # what the type itself refuses, such as a span that ends too early
            raise JsonFormError(str(problem)) from problem

    return decoded


def _filled(hint: Any, args: tuple[Any, ...]) -> Any:
    """The hint of a generic's field with its type put in: ``T | None`` of ``Cell[Party]`` is ``Party | None``."""
    if args and any(isinstance(part, TypeVar) for part in (hint, *typing.get_args(hint))):
        return args[0] | None
    return hint


def _decode_any(raw: Any) -> Any:
    """A value of a type that only the form itself tells: the value of a cell that stands alone."""
    if isinstance(raw, dict):
        if raw.get("@type") not in CLASSES:
            raise JsonFormError(f"must be of a Dragoman type, not {_shown(raw)}")
        return _decoder(CLASSES[raw["@type"]])(raw)
    if isinstance(raw, list):
        raise JsonFormError("may not be a list")
    return raw


def _scalar_decoder(hint: Any) -> _Decoder:
    if hint is dt.date:
        return functools.partial(_written, dt.date.fromisoformat, dt.date.isoformat, "a day as YYYY-MM-DD")
    if hint is bytes:
        return functools.partial(_written, bytes.fromhex, bytes.hex, "lower-case hexadecimal")
    if hint is float:
        return _decode_float
    if issubclass(hint, enum.Enum):
        values = {member.value: member for member in hint}
        words = f"one of {', '.join(values)}"
        return functools.partial(_decode_enum, values, words)
    return functools.partial(_decode_plain, hint)


def _written(read: Callable[[str], Any], write: Callable[[Any], str], words: str, raw: Any) -> Any:
    """A value in the one form that it is written in: what reads as it and is written otherwise is refused."""
    try:
        value = read(raw)
    except (TypeError, ValueError):
        value = None
    if value is None or write(value) != raw:
        raise JsonFormError(f"must be {words}, not {_shown(raw)}")
    return value


def _decode_float(raw: Any) -> float:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        try:
            value = float(raw)
        except OverflowError:
            value = math.inf
        if math.isfinite(value):
            return value
    raise JsonFormError(f"must be a finite number, not {_shown(raw)}")


def _decode_enum(values: dict[Any, enum.Enum], words: str, raw: Any) -> enum.Enum:
    if not isinstance(raw, str) or raw not in values:
        raise JsonFormError(f"must be {words}, not {_shown(raw)}")
    return values[raw]


def _decode_plain(hint: type, raw: Any) -> Any:
    if type(raw) is not hint:
        raise JsonFormError(f"must be of type {hint.__name__}, not {_shown(raw)}")
    return raw


def _shown(raw: Any) -> str:
    """What stands there instead, short enough for a line."""
    if isinstance(raw, dict):
        return f"an object of @type {raw.get('@type')!r}"[:60]
    return repr(raw) if len(repr(raw)) <= 60 else repr(raw)[:57] + "..."


def dumps(value: Any) -> str:
    """The JSON text of one value, keys in field order, no spaces: equal values give equal text."""
    if type(value).__name__ not in CLASSES:
        raise JsonFormError(f"{type(value).__name__} is no type of a record")
    form = encode(value)
    return json.dumps(
        {"@type": form.pop("@type"), "@version": VERSION, **form}, ensure_ascii=False, separators=(",", ":")
    )


def loads(text: str | bytes) -> Any:
    """The value of a JSON text that :func:`dumps` made; raises :class:`JsonFormError`."""
    try:
        raw = json.loads(text, parse_constant=_refuse_constant)
    except JsonFormError:
        raise
    except (ValueError, RecursionError) as problem:
        raise JsonFormError(f"not JSON: {problem}") from problem
    if not isinstance(raw, dict) or raw.get("@type") not in CLASSES:
        raise JsonFormError("not a JSON form of a Dragoman type")
    version = raw.pop("@version", None)
    if version != VERSION or isinstance(version, bool):
        raise JsonFormError(f"version {version!r}: this program reads version {VERSION}")
    return decode(raw, CLASSES[raw["@type"]], raw["@type"])


def _refuse_constant(name: str) -> NoReturn:
    raise JsonFormError(f"not JSON: {name} is no JSON number")
